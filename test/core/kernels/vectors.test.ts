import { expect, test } from 'vitest';
import { exp, exponentials } from '../../../src/core/kernels/exponential';
import { sumOfSquares } from '../../../src/core/kernels/vectors';
import { inRoom, plainly } from '../../../src/core/kernels/wasm';
import { random } from '../../support/random';

const numbers = (n: number, spread: number): Float64Array => {
  const next = random(n);
  return Float64Array.from({ length: n }, () => spread * (next() - 0.5));
};

const powersOf = (x: Float64Array, shift?: number): Float64Array => {
  const out = new Float64Array(x.length);
  exponentials(x, out, shift);
  return out;
};

test.each([0, 1, 31, 32, 1000, 2047, 2048, 2053, 8192, 8193, 30_001])(
  'squares of %d numbers: the same bits both ways',
  n => {
    const x = numbers(n, 100);
    expect(sumOfSquares(x)).toBe(plainly(() => sumOfSquares(x)));
  },
);

test.each([1, 255, 256, 257, 4096, 4097, 12_289])('powers of %d numbers: the bits of one by one, both ways', n => {
  for (const spread of [1, 1000, 3000]) {
    const x = numbers(n, spread);
    expect(powersOf(x)).toEqual(x.map(exp));
    expect(plainly(() => powersOf(x, 3))).toEqual(x.map(v => exp(v - 3)));
    expect(powersOf(x, 3)).toEqual(x.map(v => exp(v - 3)));
  }
});

test('powers at the ends, where the array is its own result, and inside a room', () => {
  const x = numbers(300, 2);
  x.set([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 709.7, 720, -745, -800]);
  const expected = x.map(exp);
  expect([...expected.subarray(0, 8)]).toEqual([
    Number.NaN,
    Number.POSITIVE_INFINITY,
    0,
    1,
    Math.exp(709.7),
    Number.POSITIVE_INFINITY,
    Math.exp(-745),
    0,
  ]);
  const same = x.slice();
  exponentials(same, same);
  expect(same).toEqual(expected);
  inRoom(2 ** 12, () => expect(powersOf(x)).toEqual(expected));
});
