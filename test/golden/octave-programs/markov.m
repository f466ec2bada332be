% Weather as a Markov chain.
names = {'sun', 'cloud', 'rain'};
P = [0.7 0.2 0.1
     0.3 0.4 0.3
     0.2 0.4 0.4]
sum(P, 2)'
x = [1 0 0];
for day = 1:5
  x = x * P;
  printf('day %d:', day);
  for k = 1:3
    printf(' %s %.4f', names{k}, x(k));
  end
  printf('\n');
end

P2 = P ^ 2
P(1, :) * P(:, 3)

% The stationary distribution: pi (P - I) = 0, sum 1.
A = [(P' - eye(3)); ones(1, 3)];
b = [0; 0; 0; 1];
N = A' * A;
pi_s = (N \ (A' * b))';
fprintf('%.4f %.4f %.4f\n', pi_s);
check = max(abs(pi_s * P - pi_s)) < 1e-12

% Limit by powers.
k = 1;
Q = P;
while max(max(abs(Q - Q * P))) > 1e-10
  Q = Q * P;
  k += 1;
end
k
Q(1, :)

% An absorbing chain: gambling with 4 coins, fair game.
T = zeros(5);
T(1, 1) = 1;
T(5, 5) = 1;
for s = 2:4
  T(s, s - 1) = 0.5;
  T(s, s + 1) = 0.5;
end
T
inner = 2:4;
Qt = T(inner, inner)
R = T(inner, [1 5]);
F = inv(eye(3) - Qt)
steps = F * ones(3, 1)
win = F * R

% A path for given numbers between 0 and 1.
u = [0.2 0.75 0.95 0.1 0.65 0.35];
state = 1;
path = {};
for r = u
  c = cumsum(P(state, :));
  state = find(r <= c, 1);
  path{end + 1} = names{state};
end
strjoin(path, ' -> ')
counts = struct();
for k = 1:numel(names)
  counts.(names{k}) = sum(strcmp(path, names{k}));
end
counts
