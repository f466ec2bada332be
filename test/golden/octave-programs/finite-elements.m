% -u'' = f on (0, 1) with u(0) = u(1) = 0, linear elements.
n = 4;
h = 1 / n;
nodes = linspace(0, 1, n + 1)
K = zeros(n + 1);
F = zeros(n + 1, 1);
ke = [1 -1; -1 1] / h;
f = @(x) 2 + 0 * x;
for e = 1:n
  idx = [e, e + 1];
  K(idx, idx) += ke;
  xm = (nodes(e) + nodes(e + 1)) / 2;
  F(idx) += f(xm) * h / 2 * [1; 1];
end
K
F'

% Boundary values.
free = 2:n;
Kff = K(free, free);
u = zeros(n + 1, 1);
u(free) = Kff \ F(free);
u'
exact = nodes' .* (1 - nodes');
max_error = max(abs(u - exact)) < 1e-12

% Slopes on the elements.
slope = diff(u) / h;
printf('element %d: %7.4f\n', [1:n; slope']);

% Mass matrix and the smallest eigenvalue.
M = zeros(n + 1);
me = h / 6 * [2 1; 1 2];
for e = 1:n
  M(e:e+1, e:e+1) = M(e:e+1, e:e+1) + me;
end
M
sum(M(:))
lambda = sort(eig(Kff, M(free, free)));
lambda1 = min(lambda) / pi ^ 2;

% Finer meshes.
for n = [2 4 8 16]
  h = 1 / n;
  A = (2 * eye(n - 1) - diag(ones(n - 2, 1), 1) - diag(ones(n - 2, 1), -1)) / h;
  b = zeros(n - 1, 1);
  for i = 1:n - 1
    b(i) = h * sin(pi * i * h) * pi ^ 2;
  end
  v = A \ b;
  e = max(abs(v - sin(pi * (1:n-1)' * h)));
  fprintf('n = %2d, error %.2e\n', n, e);
end

% A bar with two materials.
E1 = [1 1 4 4];
k2 = zeros(5);
for e = 1:4
  k2(e:e+1, e:e+1) += E1(e) * [1 -1; -1 1] / 0.25;
end
k2
load_ = zeros(5, 1); load_(end) = 2;
d = [0; k2(2:5, 2:5) \ load_(2:5)];
disp(d')
reaction = k2(1, :) * d
