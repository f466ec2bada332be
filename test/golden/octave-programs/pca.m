% Principal components of a small table.
X = [2 0 1
     4 2 3
     6 3 4
     8 5 8
     5 5 4];
[n, d] = size(X);
mu = mean(X)
Xc = X - mu
C = (Xc' * Xc) / (n - 1)
isequal(C, C')
max(max(abs(C - cov(X)))) < 1e-12

[V, D] = eig(C);
lambda = diag(D);
[lambda, order] = sort(lambda, 'descend');
fprintf('%.4f ', lambda); fprintf('\n');
V = V(:, order);
share = lambda / sum(lambda);
fprintf('%.1f%% ', 100 * share); fprintf('\n');
kept = find(cumsum(share) > 0.95, 1)

% A sign for each direction.
for k = 1:d
  [~, i] = max(abs(V(:, k)));
  if V(i, k) < 0
    V(:, k) = -V(:, k);
  end
end
disp(round(V * 1e4) / 1e4)

Z = Xc * V(:, 1:2);
disp(round(Z * 1000) / 1000)
back = Z * V(:, 1:2)' + mu;
err = norm(X - back, 'fro') ^ 2;
abs(err - (n - 1) * lambda(3)) < 1e-10

% The same by singular values.
s = svd(Xc);
max(abs(s .^ 2 / (n - 1) - lambda)) < 1e-10

% Standard scores and correlations.
sd = std(X);
Zs = (X - mu) ./ sd;
Rc = Zs' * Zs / (n - 1);
fprintf('%7.4f %7.4f %7.4f\n', Rc');
trace(round(Rc))

% Groups by the sign of the first score.
groups = {};
for i = 1:n
  if Z(i, 1) > 0
    groups{i} = 'high';
  else
    groups{i} = 'low';
  end
end
groups
names = unique(groups);
for k = 1:numel(names)
  member = strcmp(groups, names{k});
  info.name = names{k};
  info.count = sum(member);
  info.centre = mean(X(member, :), 1);
  info
end
distance = zeros(n);
for i = 1:n
  for j = i+1:n
    distance(i, j) = norm(X(i, :) - X(j, :));
    distance(j, i) = distance(i, j);
  end
end
distance
