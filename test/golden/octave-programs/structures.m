1;
function x = solve2(a, b, c)
  d = b^2 - 4*a*c;
  if d < 0
    error('solve2:negative', 'no real roots for d = %g', d);
  elseif d == 0
    x = -b / (2*a);
  else
    x = [-b + sqrt(d), -b - sqrt(d)] / (2*a);
  end
end
solve2(1, -3, 2)
solve2(1, 2, 1)
try
  solve2(1, 0, 1);
catch e
  fprintf('caught: %s\n', e.message);
end
% matrix things
A = [4 -2; 1 1];
[V, D] = eig(A);
diag(D)'
norm(A * V - V * D) < 1e-12
B = A';
B(1, :) = []
C = repmat([1 2], 2, 2)
C(:, [2 4]) = []
isequal(C, [1 1; 1 1])
s = struct('name', {'ann', 'bob'}, 'age', {30, 40});
for p = s
  printf('%s is %d\n', p.name, p.age);
end
ages = [s.age]
s(2).age = 41;
s(2)
s(3).name = 'eve';
numel(s)
isempty(s(3).age)
c = num2cell([1 2; 3 4])
m = cell2mat(c) * 2
d = {};
d(end + 1) = {'x'};
d{end + 1} = [1 2 3];
size(d)
class(d{2})
txt = '';
for k = 1:3
  txt = [txt, sprintf('%d;', k)];
end
txt
w = strjoin(cellfun(@(x) num2str(x), {1, 2, 3}, 'UniformOutput', false), '+')
f = @(n) prod(1:n);
arrayfun(f, 0:5)
g = @(varargin) numel(varargin);
g(1, 2, 3)
h = {@sin, @cos, @(x) x^2};
for k = 1:3
  fprintf('%.4f\n', h{k}(1));
end
n = 0;
while n < 10
  n = n + 3;
  if n == 6
    continue
  end
  printf('%d ', n);
end
printf('\n');
switch class(n)
  case {'single', 'double'}
    disp('float')
  otherwise
    disp('other')
end
x.a.b.c = 5;
x.a.b.e = [1 2; 3 4];
x.a.b.f.g = {1};
x.a.b.h = true;
x
x.a.b.c += 1;
x.a.b.c
r = 10:-3:1
numel(r)
isrow(r)
k = find(r < 5, 1)
r(k:end) = []
z = 1:3 == [1 5 3]
~z
!true
bitor(uint8(5), uint8(2))
idx = sub2ind([3 4], 2, 3)
[i, j] = ind2sub([3 4], idx)
triu(magic(3))
kron(eye(2), [1 2])
max([1 5; 7 2])
[mx, ix] = max([1 5; 7 2], [], 2)
sort([3 1 2], 'descend')
mean([1 2; 3 4])
var([1 2 3 4])
polyfit([0 1 2], [1 3 7], 2);
polyval([1 1 1], 2)
trapz([0 1 2], [0 1 4])
interp1([0 1 2], [0 10 20], 1.5)
floor(log10(12345))
