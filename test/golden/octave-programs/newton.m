1;
function [x, trace_] = newton(f, df, x, tol)
  trace_ = x;
  while abs(f(x)) > tol && numel(trace_) < 50
    x = x - f(x) / df(x);
    trace_(end + 1) = x;
  end
end

function [x, n] = bisect(f, a, b)
  n = 0;
  while b - a > 1e-6
    n++;
    x = (a + b) / 2;
    if sign(f(x)) == sign(f(a))
      a = x;
    else
      b = x;
    end
  end
end

f = @(x) x.^2 - 2
df = @(x) 2 * x;
[root, path] = newton(f, df, 1, 1e-12);
printf('%.10f\n', root);
printf('%d points: ', numel(path)); printf('%.6f ', path); printf('\n');
err = abs(path - sqrt(2));
for k = 2:numel(path) - 1
  fprintf('%d: %.3e\n', k, err(k));
end
[x, n] = bisect(f, 0, 2);
printf('%.4f after %d halvings\n', x, n);

% Systems: x^2 + y^2 = 4, x y = 1.
F = @(v) [v(1)^2 + v(2)^2 - 4; v(1) * v(2) - 1];
J = @(v) [2*v(1) 2*v(2); v(2) v(1)];
v = [2; 1];
for it = 1:5
  step = J(v) \ F(v);
  v = v - step;
  fprintf('%d: %.6f %.6f  |F| = %.1e\n', it, v, norm(F(v)) * (norm(F(v)) > 1e-14));
  if norm(step) < 1e-10, break; end
end
J([2; 1])
F([2; 1])'

% Roots of polynomials.
p = [1 -6 11 -6];
polyval(p, 0:4)
r = sort(roots(p));
fprintf('%.6f\n', r);
dp = polyder(p)
q = conv([1 -1], [1 -2])
[quot, rest] = deconv(p, [1 -1])

% A fixed point and a table of methods.
methods_ = {'newton', 'bisect'};
results = cell(2, 2);
for k = 1:2
  switch methods_{k}
    case 'newton'
      value = newton(@(t) cos(t) - t, @(t) -sin(t) - 1, 1, 1e-12);
    otherwise
      value = bisect(@(t) cos(t) - t, 0, 1);
  end
  results{k, 1} = methods_{k};
  results{k, 2} = round(value * 1e4) / 1e4;
end
results
g = @(t) cos(t);
t = 1; count = 0;
do
  old = t; t = g(t); count += 1;
until abs(t - old) < 1e-4
printf('%.3f %d\n', t, count);
s = sum(cellfun(@numel, methods_))
squares = arrayfun(@(k) k^2, 1:5)
