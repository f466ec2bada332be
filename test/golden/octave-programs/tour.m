1;
function y = clamp(x, lo, hi)
  y = min(max(x, lo), hi);
endfunction
function [varargout] = swap(a, b)
  varargout{1} = b; varargout{2} = a;
endfunction
function r = fib(n)
  if n <= 1
    r = n;
  else
    r = fib(n - 1) + fib(n - 2);
  endif
endfunction
function show(varargin)
  for k = 1:nargin
    disp(varargin{k});
  endfor
endfunction
clamp([-5 0.5 9], 0, 1)
[p, q] = swap(1, 'two')
fib(10)
show(1, 'x', [1 2; 3 4])
a.x = 1;
a.y = 'str';
fn = fieldnames(a);
for i = 1:numel(fn)
  printf('%s\n', fn{i});
end
b = a;
b.x = 2;
a.x
v = 1:10;
v(v > 3 & v < 8)
v(end) = 100;
v([1 end])
sum(v(1:2:end))
M = reshape(1:12, 3, 4);
M(2, :)
M(:, [1 3])
M(:, end) = []
M(end + 1, :) = [7 8 9]
M(M > 8) = 0
mean(M(:))
any(M(:) == 0)
[r, c] = find(M == 0);
[r c]
s = 'Hello World';
s(1:5)
length(s)
strrep(s, 'World', 'There')
upper(s)
fliplr(s)
s(end:-1:1)
strfind(s, 'o')
double(s(1))
[s, '!']
strcmp(s, 'Hello World')
num2str(3.14159, 4)
num2str([1 2 3])
mat2str([1 2; 3 4.5])
x = 10;
while x > 1
  x = floor(x / 2);
  printf('%d ', x);
end
printf("\n");
for k = [1 2; 3 4]
  k'
end
for k = {1, 'a'}
  class(k)
end
z = 3 + 4i;
abs(z)
conj(z)
z'
real(z), imag(z)
z * (1 - 2i)
[1+2i 3].'
A = [2 1; 1 3];
b = [3; 5];
x = A \ b
inv(A)
A .^ 2
A ^ 2
A'
det(A)
eig(A)
[q, r] = qr(A);
round(q * r)
trace(A)
A(:)'
isempty(find(A > 5))
g = @(x) x(end);
g([1 2 3])
h = @(varargin) varargin;
h(1, 'a')
k = @() [];
k()
isempty(k())
cellfun(@isempty, {[], 1, '', {}})
cellfun(@(x) x(1), {[1 2], [3 4]})
[mn, im] = cellfun(@min, {[3 1 2], [5 4]})
cellfun(@(s) [s '!'], {'a', 'b'}, 'UniformOutput', false)
arrayfun(@(i) i^2, [1 2; 3 4])
c = {3, 'x'; [1 2 3], {4}};
c{2, 1}(2)
c{2, 2}{1}
c(1, :)
size(c)
c{end, 1}
iscellstr({'a', 'b'})
t = true; u = false;
t && u || t
xor(t, u)
!t
~[1 0 2]
bitshift(8, -2)
1/0, -1/0, 0/0
int8(127) + int8(1)
uint8(3) - uint8(5)
5 / int32(2)
class(single(1) + 1)
single(pi)
class(true + true)
1:0
zeros(0, 3)
ones(2, 0)
''
{}
1e-20
[1e-20 1]
[1e6 1e-6]
123456.789
[0.001 1000]
-0
[NaN 1 Inf]
1e3
pi * 1e5
[pi; 1e5]
uint8([1 2; 3 4])
[true false]
100 * eye(2)
max([])
sum([])
prod([])
size(sum(zeros(0, 3)))
