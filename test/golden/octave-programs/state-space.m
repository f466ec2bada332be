% A mass on a spring with a damper, as a state space model.
m = 2; k = 8; c = 1;
A = [0 1; -k/m -c/m]
B = [0; 1/m];
C = [1 0];
D = 0;

poles = eig(A);
disp('Real parts of the poles:')
disp(real(poles)')
if all(real(poles) < 0)
  disp('stable')
else
  disp('unstable')
end

% Controllability and observability.
Co = [B, A*B]
Ob = [C; C*A]
printf('rank of Co: %d, of Ob: %d\n', rank(Co), rank(Ob));

% Steady state for a constant force.
u = 4;
x_ss = -A \ (B * u)
y_ss = C * x_ss + D * u

% Damping.
wn = sqrt(k / m);
zeta = c / (2 * sqrt(k * m));
fprintf('wn = %.3f, zeta = %.4f\n', wn, zeta);

% Steps of the explicit Euler method.
dt = 0.125;
x = [1; 0];
N = 8;
X = zeros(2, N + 1);
X(:, 1) = x;
for n = 1:N
  x = x + dt * (A * x);
  X(:, n + 1) = x;
end
X
t = (0:N) * dt;
[peak, at] = max(abs(X(2, :)))
t(at)

% The same with the implicit method.
M = eye(2) - dt * A;
z = [1; 0];
for n = 1:4
  z = M \ z;
  fprintf('%d: %8.5f %8.5f\n', n, z(1), z(2));
end

% A feedback that places the poles at -2 and -3.
wanted = poly([-2 -3])
K = [0 1] / Co * (A^2 + wanted(2) * A + wanted(3) * eye(2))
Acl = A - B * K
char_poly = [1, -trace(Acl), det(Acl)]

% Transfer function at some frequencies.
for w = [0.5 1 2 4]
  G = C * ((1i * w * eye(2) - A) \ B);
  printf('w = %g: |G| = %.4f\n', w, abs(G));
end
