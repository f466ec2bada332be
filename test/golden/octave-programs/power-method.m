1;
function [lambda, v, n] = power_method(A, v, tol, most)
  lambda = 0;
  for n = 1:most
    w = A * v;
    w = w / norm(w);
    next = w' * A * w;
    if abs(next - lambda) < tol
      lambda = next;
      v = w;
      return;
    end
    lambda = next;
    v = w;
  end
end

function r = rayleigh(A, x)
  r = (x' * A * x) / (x' * x);
end

A = [4 1 0; 1 3 1; 0 1 2];
x0 = [1; 1; 1];
rayleigh(A, x0)
[lambda, v, n] = power_method(A, x0, 1e-12, 200);
printf('%.6f after %d steps\n', lambda, n);
disp(v')
e = eig(A);
fprintf('%.6f\n', e);
error_in_lambda = abs(lambda - max(e)) < 1e-9

% Deflation finds the next one.
B = A - lambda * (v * v');
[mu, u] = power_method(B, x0, 1e-12, 500);
printf('%.6f\n', mu);
abs(u' * v) < 1e-5

% Inverse iteration with a shift.
shift = 1.2;
M = A - shift * eye(3);
y = x0;
for k = 1:6
  y = M \ y;
  y = y / norm(y);
  est = rayleigh(A, y);
  fprintf('step %d: %.8f\n', k, est);
end

% A matrix of links and its ranks.
L = [0 1 1; 1 0 0; 0 1 0];
P = L ./ sum(L)
d = 0.85;
N = rows(P);
G = d * P + (1 - d) / N * ones(N)
r = ones(N, 1) / N;
steps = 0;
do
  old = r;
  r = G * r;
  steps++;
until norm(r - old, 1) < 1e-8 || steps > 1000
printf('%.5f %.5f %.5f\n', r);
sum(r)
[~, order] = sort(r, 'descend')
