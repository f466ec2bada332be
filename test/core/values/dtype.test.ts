import { expect, test } from 'vitest';
import { type DType, promote, roundBrain, roundHalf, wrapInteger } from '../../../src/core/values/dtype';
import { arithmetic } from '../../../src/core/values/elementwise';
import { asType, elements, fromElements, integersFrom } from '../../../src/core/values/ndarray';

const TYPES: readonly DType[] = [
  'bool',
  'int8',
  'int16',
  'int32',
  'int64',
  'uint8',
  'uint16',
  'uint32',
  'uint64',
  'float16',
  'bfloat16',
  'float32',
  'float64',
  'complex64',
  'complex128',
];

test('promotion is symmetric, keeps a type with itself, and never loses the higher kind', () => {
  for (const a of TYPES) {
    expect(promote(a, a)).toBe(a);
    for (const b of TYPES) {
      expect(promote(a, b)).toBe(promote(b, a));
      expect(promote(promote(a, b), a)).toBe(promote(a, b));
    }
  }
});

test('promotion follows numpy.promote_types where kinds meet', () => {
  expect(promote('int8', 'uint8')).toBe('int16');
  expect(promote('int32', 'uint32')).toBe('int64');
  expect(promote('int64', 'uint64')).toBe('float64');
  expect(promote('int8', 'float16')).toBe('float16');
  expect(promote('int16', 'float16')).toBe('float32');
  expect(promote('int32', 'float32')).toBe('float64');
  expect(promote('float64', 'complex64')).toBe('complex128');
  expect(promote('int16', 'complex64')).toBe('complex64');
});

test('half precision rounds to nearest, ties to even, and overflows to infinity', () => {
  expect(roundHalf(0.1)).toBe(0.0999755859375);
  expect(roundHalf(2049)).toBe(2048);
  expect(roundHalf(2051)).toBe(2052);
  expect(roundHalf(65519)).toBe(65504);
  expect(roundHalf(65520)).toBe(Number.POSITIVE_INFINITY);
  expect(roundHalf(2 ** -25)).toBe(0);
  expect(roundHalf(2 ** -24)).toBe(2 ** -24);
  expect(Object.is(roundHalf(-0), -0)).toBe(true);
});

test('integers wrap around in their own width', () => {
  expect(wrapInteger('int8', 128n)).toBe(-128n);
  expect(wrapInteger('uint8', -1n)).toBe(255n);
  expect(wrapInteger('uint64', -1n)).toBe(2n ** 64n - 1n);
  const sum = arithmetic('add', fromElements('uint8', [1], [200]), fromElements('uint8', [1], [100]), 'uint8');
  expect(sum && elements(sum)).toEqual([44]);
  const product = arithmetic(
    'multiply',
    fromElements('int64', [1], [2 ** 40]),
    fromElements('int64', [1], [2 ** 40]),
    'int64',
  );
  expect(product && elements(product)).toEqual([0]);
});

test('integers beyond 2^53 stay exact through arithmetic and conversion', () => {
  const big = integersFrom([2n ** 62n + 1n], [1]);
  const next = arithmetic('add', big, fromElements('int64', [1], [1]), 'int64');
  expect(next && elements(next)).toEqual([2n ** 62n + 2n]);
  expect(elements(asType(integersFrom([2n ** 64n - 1n], [1], 'uint64'), 'int64'))).toEqual([-1]);
  expect(elements(asType(fromElements('float64', [2], [1.9, -1.9]), 'int8'))).toEqual([1, -1]);
});

test('bfloat16 keeps eight significant bits, ties to even, and rounds to float32 first', () => {
  expect([0.1, 3.138, 256, 257, 259, -257, 1e-40, 3.4e38].map(roundBrain)).toEqual([
    0.10009765625,
    3.140625,
    256,
    256,
    260,
    -256,
    2 ** -133,
    Number.POSITIVE_INFINITY,
  ]);
  expect(roundBrain(Number.NaN)).toBeNaN();
  expect(roundBrain(3.39e38)).toBe(3.3895313892515355e38);
  expect(promote('bfloat16', 'float16')).toBe('float32');
});
