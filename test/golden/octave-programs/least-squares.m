% Fits of a line and a parabola.
x = [0 1 2 3 4 5]';
y = [1.1 2.9 5.2 6.8 9.1 10.7]';
n = numel(x);

A = [x ones(n, 1)];
N = A' * A
r = A' * y
p = N \ r
yhat = A * p;
res = y - yhat;
fprintf('%6.2f %6.2f %8.4f\n', [x y res]');
sse = sum(res .^ 2)
R2 = 1 - sse / sum((y - mean(y)) .^ 2)

% By QR.
[Q, R] = qr(A, 0);
pq = R \ (Q' * y);
if norm(p - pq) < 1e-10
  disp('QR agrees')
end

% A parabola by Vandermonde's matrix.
V = zeros(n, 3);
for k = 0:2
  V(:, 3 - k) = x .^ k;
end
V
c = (V' * V) \ (V' * y);
fprintf('y = %.4f x^2 + %.4f x + %.4f\n', c);

% Weights.
w = [1 1 1 2 2 2];
W = diag(w)
pw = (A' * W * A) \ (A' * W * y)

% Standard errors.
s2 = sse / (n - 2);
C = s2 * inv(N);
se = sqrt(diag(C))
for k = 1:2
  printf('p(%d) = %.4f +- %.4f\n', k, p(k), se(k));
end

% Ridge regression for several lambda.
lambdas = [0 0.1 1 10];
for lambda = lambdas
  q = (N + lambda * eye(2)) \ r;
  fprintf('lambda = %5.1f: [%7.4f %7.4f], norm %.4f\n', lambda, q(1), q(2), norm(q));
end

% Prediction.
predict = @(t) p(1) * t + p(2);
predict(6)
predict([7 8])
table = [x, y, predict(x)]
