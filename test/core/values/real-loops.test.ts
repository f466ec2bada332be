import { expect, test } from 'vitest';
import { exp } from '../../../src/core/values/exponential';
import { largest, pairwise, REAL_LOOPS_2, smallest, sumOfSquares } from '../../../src/core/values/real-loops';
import { random } from '../../support/random';

const numbers = (n: number, seed = 1): Float64Array => {
  const next = random(seed);
  return Float64Array.from({ length: n }, () => next() - 0.5);
};

test.each([0, 1, 7, 8, 31, 32, 100, 128, 129, 1000, 4099])('sums of %d numbers', n => {
  const x = numbers(n + 3);
  let plain = 0;
  for (let k = 3; k < n + 3; k++) plain += x[k];
  expect(pairwise(x, 3, n)).toBeCloseTo(plain, 11);
  expect(sumOfSquares(x)).toBeCloseTo(
    x.reduce((s, v) => s + v * v, 0),
    10,
  );
});

test('a block of eight is added in pairs', () => {
  expect(pairwise(Float64Array.of(1e16, 1, -1e16, 1, 1, 1, 1, 1), 0, 8)).toBe(4);
});

test('a single number goes with every element', () => {
  const out = new Float64Array(3);
  REAL_LOOPS_2.subtract(Float64Array.of(1, 2, 3), Float64Array.of(1), out);
  expect([...out]).toEqual([0, 1, 2]);
  REAL_LOOPS_2.divide(Float64Array.of(6), Float64Array.of(1, 2, 3), out);
  expect([...out]).toEqual([6, 3, 2]);
});

test.each([4, 7, 16, 37])('%d pairs of numbers', n => {
  const [x, y] = [numbers(n), numbers(n, 2)];
  for (const [name, f] of [
    ['add', (a: number, b: number) => a + b],
    ['subtract', (a: number, b: number) => a - b],
    ['multiply', (a: number, b: number) => a * b],
    ['divide', (a: number, b: number) => a / b],
  ] as const) {
    const out = new Float64Array(n);
    REAL_LOOPS_2[name](x, y, out);
    expect(out).toEqual(x.map((v, k) => f(v, y[k])));
  }
});

test('extremes of many numbers, wherever they stand', () => {
  const x = numbers(23);
  for (let k = 0; k < x.length; k++) {
    const y = x.slice();
    y[k] = 7;
    expect(largest(y, 0, 23)).toBe(7);
    y[k] = -7;
    expect(smallest(y, 0, 23)).toBe(-7);
    y[k] = Number.NaN;
    expect([largest(y, 0, 23), smallest(y, 0, 23)]).toEqual([Number.NaN, Number.NaN]);
  }
});

test('extremes of a part, and not a number', () => {
  const x = Float64Array.of(9, 1, 5, -2, 9);
  expect([largest(x, 1, 3), smallest(x, 1, 3)]).toEqual([5, -2]);
  x[2] = Number.NaN;
  expect([largest(x, 1, 3), smallest(x, 1, 3)]).toEqual([Number.NaN, Number.NaN]);
});

test('exp agrees with the product of its halves', () => {
  for (const x of numbers(2000, 5)) {
    const whole = exp(1000 * x);
    expect(Math.abs(exp(500 * x) ** 2 - whole)).toBeLessThanOrEqual(whole * 4e-16);
  }
});
