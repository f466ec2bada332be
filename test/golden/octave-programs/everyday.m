1;
function out = apply_twice(f, x), out = f(f(x)); end
function varargout = multi(varargin)
  for k = 1:nargout
    varargout{k} = varargin{k} * 2;
  end
end
function r = defaulted(a, b)
  if nargin < 2, b = 10; end
  if ~exist('b', 'var'), b = 3; end
  r = a + b;
end
function [s, varargout] = stats(x)
  s.mean = mean(x); s.n = numel(x);
  if nargout > 1, varargout{1} = max(x); end
end
apply_twice(@(t) t + 3, 1)
[a, b, c] = multi(1, 2, 3)
defaulted(1)
[s, m] = stats([4 8 6])
x = 1:5;
x(x > 2 & mod(x, 2) == 1) = -1
y = x';
y(end:-1:1)'
names = {'x', 'yy', 'zzz'};
lens = cellfun(@length, names)
[~, idx] = max(lens);
names{idx}
z = 3;
z -= 1
str = sprintf('%d,', 1:4);
str(end) = []
if any(x < 0) && ~isempty(names)
  disp('yes');
end
v = [];
for k = 1:3
  v = [v, k ^ 2];
end
v
A = zeros(2, 3);
[r, c] = size(A);
for i = 1:r
  for j = 1:c
    A(i, j) = 10 * i + j;
  end
end
A
A(:, 2)'
w = linspace(0, 1, 3)
t = true;
while t
  z++;
  t = z < 5;
end
z
num2str(pi, 8)
disp(['z = ', num2str(z)])
fprintf('%s has %d\n', 'abc', 3);
q = cell(1, 3);
q{2} = magic(3);
q
isfield(s, {'mean', 'foo'})
p.list{3} = 'c';
p
numel(p.list)
ones(2, 3)(end)
mat2str(A)
int32(7) / int32(2)
bitand(12, 10)
f = @() disp('called');
f()
g = @plus;
g(2, 3)
1e5
100000.5
[1e5 1.5]
x = 0.1 + 0.2
x == 0.3
abs(x - 0.3) < eps
unique([3 1 2 3 1])
cumsum(1:4)
any([0 0 1]), all([1 1 0])
fix(-2.5), round(2.5), floor(-2.5)
mod(-7, 3), rem(-7, 3)
strsplit('a,b,c', ','){2}
upper('abc')
isempty([]), isempty('')
ifelse_ = {1, 2}{2}
