import { expect, test } from 'vitest';
import { exp, log } from '../../../src/core/values/exponential';

/** From the C library by way of Python's math, on values where the runtime's own are off by the last place, and others. */
test.each([
  [1, Math.E],
  [0.6931471805599455, 2.0000000000000004],
  [-1.5, 0.22313016014842982],
  [10.25, 28282.541920334977],
  [-699.5, 1.6255858439919858e-304],
  [0, 1],
])('exp(%d)', (x, expected) => expect(exp(x)).toBe(expected));

test.each([
  [3, 1.0986122886681098],
  [2 - (1 / 3) * 4, -0.4054651081081643],
  [0.2, -1.6094379124341003],
  [1e300, 690.7755278982137],
  [1, 0],
])('log(%d)', (x, expected) => expect(log(x)).toBe(expected));

test('the ends are those of the runtime', () => {
  expect(exp(Number.NEGATIVE_INFINITY)).toBe(0);
  expect(exp(710)).toBe(Number.POSITIVE_INFINITY);
  expect(exp(Number.NaN)).toBeNaN();
  expect(log(0)).toBe(Number.NEGATIVE_INFINITY);
  expect(log(-1)).toBeNaN();
});
