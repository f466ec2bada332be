% Rotations in the plane and in space.
deg = pi / 180;
R = @(t) [cos(t) -sin(t); sin(t) cos(t)];
R90 = round(R(90 * deg))
p = [2; 1];
q = R90 * p
R(30 * deg)
R(30 * deg) * R(60 * deg);
is_same = norm(ans - R(90 * deg)) < 1e-12

square = [0 1 1 0; 0 0 1 1];
centre = mean(square, 2)
turned = R90 * (square - centre) + centre
area = @(P) 0.5 * abs(sum(P(1, :) .* P(2, [2:end 1]) - P(1, [2:end 1]) .* P(2, :)));
area(square)
area(2 * square)

% Homogeneous coordinates.
T = @(dx, dy) [1 0 dx; 0 1 dy; 0 0 1];
S = diag([2 3 1])
H = T(1, 2) * S
H * [1; 1; 1]
inv(H)

% Around the axes in space.
Rx = [1 0 0; 0 0 -1; 0 1 0];
Rz = [0 -1 0; 1 0 0; 0 0 1];
Rx * Rz
Rz * Rx
commute = isequal(Rx * Rz, Rz * Rx)
det(Rx * Rz)
trace(Rz)
angle_deg = acos((trace(Rz) - 1) / 2) / deg

% Rodrigues' formula.
axis_ = [1; 1; 1] / sqrt(3);
th = 120 * deg;
K = [0 -axis_(3) axis_(2); axis_(3) 0 -axis_(1); -axis_(2) axis_(1) 0];
Rr = eye(3) + sin(th) * K + (1 - cos(th)) * K ^ 2;
disp(round(Rr))
v = [1; 2; 3];
fprintf('%g ', round(Rr * v * 1e6) / 1e6); fprintf('\n');

% Cross and dot products.
a = [1 2 3]; b = [4 5 6];
cross(a, b)
dot(a, cross(a, b))
angle_between = acosd(dot(a, b) / (norm(a) * norm(b)))
proj = dot(a, b) / dot(b, b) * b

% A quaternion for a quarter turn about z.
qw = cos(pi / 4); qz = sin(pi / 4);
quat = [qw 0 0 qz];
norm(quat)
for k = 0:45:180
  printf('%3d: (%6.3f, %6.3f)\n', k, cosd(k), sind(k));
end
