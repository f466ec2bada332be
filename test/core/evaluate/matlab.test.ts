import { expect, test } from 'vitest';
import { evaluateSource } from '../../../src/core/index';

const last = (text: string) => {
  const found = evaluateSource(text, 'matlab', { limits: 'small' });
  const { status, text: shown, message } = found[found.length - 1];
  return status === 'ok' ? shown : `${status}: ${message}`;
};

test('products as Octave prints them', () => {
  expect(last('[1 2; 3 4] * [3; 4]')).toBe('ans =\n\n   11\n   25');
  expect(last("[1 -2] * [3 4]'")).toBe('ans = -5');
});

test('what cannot be known says why', () => {
  expect(last('x = rand(2)')).toBe('unknown: rand: random, known only when the code runs');
  expect(last('x = fft([1 2])')).toBe('unknown: fft: not covered yet');
  expect(last('x = my_function(3)')).toBe('unknown: my_function: a function that is not in this file');
  expect(last('[1 2; 2 4] \\ [1; 2]')).toBe('unknown: matrix singular to machine precision');
  expect(last('zeros(1e6)')).toMatch(/^unknown: an array of/);
});

test('an infinity is not spread by zeros that are not there', () => {
  expect(last('2 * complex(Inf, 1)')).toBe('ans =  Inf +   2i');
  expect(last('eye(2) * [Inf 1; 1 1]')).toBe('ans =\n\n   Inf     1\n     1     1');
});

test('growth, deletion and end', () => {
  expect(last('x = [1 2 3];\nx(end + 1) = 4')).toBe('x =\n\n   1   2   3   4');
  expect(last('x = [1 2; 3 4];\nx(:, 1) = []')).toBe('x =\n\n   2\n   4');
  expect(last('y(2, 2) = 7')).toBe('y =\n\n   0   0\n   0   7');
});

test('values of functions of the document', () => {
  expect(last('f = @(x) x.^2 + 1;\nf([1 2])')).toBe('ans =\n\n   2   5');
});

test('results by count', () => {
  expect(last('[q, r] = qr([3 0; 4 5]);\nr')).toBe('r =\n\n  -5  -4\n   0   3');
  expect(last('[~, k] = max([3 9 2]);\nk')).toBe('k = 2');
});

test('every decomposition reproduces its matrix', () => {
  for (const source of [
    `[q, r] = qr(A); n = norm(q * r - A, 'fro')`,
    `[l, u, p] = lu(A); n = norm(l * u - p * A, 'fro')`,
    `[u, s, v] = svd(A); n = norm(u * s * v' - A, 'fro')`,
    `[v, d] = eig(A); n = norm(A * v - v * d, 'fro')`,
    `n = norm(inv(A) * A - eye(3), 'fro')`,
    `n = norm(A ^ 0.5 * A ^ 0.5 - A, 'fro')`,
  ]) {
    const text = last(`A = [4 1 2; 0 3 -1; 1 5 9];\n${source} < 1e-12`);
    expect(text).toBe('n = 1');
  }
});

test('a multiple assignment shows every target', () => {
  expect(last('[m, i] = max([3 9 2])')).toBe('m = 9\ni = 2');
  expect(last('[q, r] = qr([3 0; 4 5])')).toBe(
    'q =\n\n  -0.6000  -0.8000\n  -0.8000   0.6000\n\nr =\n\n  -5  -4\n   0   3',
  );
});

test('ans is the last value that was not assigned', () => {
  expect(last('3 + 4;\ndisp(1)\nans')).toBe('ans = 7');
  expect(last('disp(1)\nans')).toBe("error: 'ans' undefined");
});

test('a function sees its own names only', () => {
  expect(last('A = 3;\nf = @(x) A * x;\nf(2)')).toBe('ans = 6');
});

test('another output format makes the text unknown', () => {
  expect(last('format long g\npi')).toBe('unknown: the output format set on line 1 is not covered');
  expect(last('format long\npi')).toBe('ans = 3.141592653589793');
  expect(last('format long\ndisp(pi)')).toBe('3.141592653589793');
  expect(last('format long\nsingle(pi)')).toBe('unknown: the long format of single precision is not covered');
  expect(last('format long\nformat\npi')).toBe('ans = 3.1416');
});

test('an index out of bounds names the variable', () => {
  expect(last('A = [1 2];\nA(3)')).toBe('error: A(3): out of bound 2 (dimensions are 1x2)');
  expect(last('A = [1 2];\n(A + 1)(3)')).toBe('error: index (3): out of bound 2 (dimensions are 1x2)');
});

test('a semicolon silences values, not what is printed', () => {
  const texts = (text: string) => evaluateSource(text, 'matlab').map(e => e.text);
  expect(texts("disp(5);\nx = 3;\nprintf('%d\\n', x);\nx + 1;")).toEqual(['5', '3']);
});

test('a field that is assigned shows the whole structure', () => {
  expect(last('y.a = 3')).toBe('y =\n\n  scalar structure containing the fields:\n\n    a = 3');
});

test('a function handle keeps what its names hold where it is made', () => {
  expect(last('a = 1; f = @(x) a * x; a = 2;\nf(3)')).toBe('ans = 3');
  expect(last('f = @(g, x) g(g(x));\nf(@(t) 2 * t, 5)')).toBe('ans = 20');
});

test('blocks print in the order in which they run', () => {
  expect(last('for k = 3:-1:2, k, printf("%d;", k^2); end')).toBe('k = 3\n9;k = 2\n4;');
  expect(last('s = 0;\nfor k = 1:4\n  if k == 2, continue; end\n  s += k;\nend\ns')).toBe('s = 8');
  expect(last('n = 0; do n++; until n >= 3\nn')).toBe('n = 3');
  expect(last("switch 'b'\n  case {'a', 'b'}\n    x = 1\n  otherwise\n    x = 2\nend")).toBe('x = 1');
});

test('functions of the file give as many results as are asked for', () => {
  const source = 'function [a, b] = f(x, y)\n  a = nargin;\n  b = 2 * x;\nend\n';
  expect(last(`${source}[p, q] = f(4)`)).toBe('p = 1\nq = 8');
  expect(last(`${source}f(1, 2, 3)`)).toBe('error: f: function called with too many inputs');
  expect(last('function r = fact(n)\n  if n < 2, r = 1; return; end\n  r = n * fact(n - 1);\nend\nfact(5)')).toBe(
    'ans = 120',
  );
});

test('cells and structures nest', () => {
  expect(last("c = {1, 'a'; [1 2], {2}};\nc{2, 1}(2)")).toBe('ans = 2');
  expect(last('s.x.y(2) = 3; s.x.y')).toBe('ans =\n\n   0   3');
  expect(last('c = {}; c{end + 1} = 5; c(1) = [];\nc')).toBe('c = {}(1x0)');
});

test('a function by its name alone is called', () => {
  expect(last('intmax')).toBe('ans = 2147483647');
  expect(last('x = sum')).toBe('error: Invalid call to sum');
});
