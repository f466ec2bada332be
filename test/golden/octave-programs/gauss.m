1;
function [x, steps] = gauss(A, b)
  n = rows(A);
  M = [A b];
  steps = 0;
  for k = 1:n
    [~, p] = max(abs(M(k:n, k)));
    p = p + k - 1;
    if p != k
      M([k p], :) = M([p k], :);
      steps++;
    end
    if M(k, k) == 0
      error('gauss:singular', 'column %d has no pivot', k);
    end
    for i = k+1:n
      f = M(i, k) / M(k, k);
      M(i, :) -= f * M(k, :);
      steps++;
    end
  end
  x = zeros(n, 1);
  for i = n:-1:1
    x(i) = (M(i, end) - M(i, i+1:n) * x(i+1:n)) / M(i, i);
  end
end

function d = determinant(A)
  % By cofactors along the first row.
  n = rows(A);
  if n == 1
    d = A;
    return
  end
  d = 0;
  for j = 1:n
    minor_ = A(2:end, [1:j-1, j+1:n]);
    d += (-1) ^ (1 + j) * A(1, j) * determinant(minor_);
  end
end

A = [2 1 -1; -3 -1 2; -2 1 2];
b = [8; -11; -3];
[x, steps] = gauss(A, b);
fprintf('%8.4f\n', x);
steps
determinant(A)
round(det(A))

try
  gauss([1 2; 2 4], [1; 2]);
catch err
  disp(err.message)
  disp(err.identifier)
end

% Without pivoting, as matrices.
U = [4 -2 1; -2 4 -2; 1 -2 4];
L = eye(3);
L(1, 1) = 1;
for k = 1:2
  for i = k+1:3
    L(i, k) = U(i, k) / U(k, k);
    U(i, k:3) = U(i, k:3) - L(i, k) * U(k, k:3);
  end
end
L
U
L * U

% Reduced rows.
R = rref([1 2 3 6; 2 5 2 4; 6 -3 1 2])
rref([1 2 3; 4 5 6; 7 8 9])
null_dim = 3 - rank([1 2 3; 4 5 6; 7 8 9])

% Cramer's rule.
for k = 1:3
  Ak = A;
  Ak(:, k) = b;
  printf('x%d = %g / %g\n', k, determinant(Ak), determinant(A));
end
