import { expect, test } from 'vitest';
import { rText } from '../../../src/core/format/r';
import { fixed, layoutOf, numberText, scientific } from '../../../src/core/format/r-numbers';
import { toValue, vectorOf } from '../../../src/core/values/r-vector';

const alone = (x: number): string => numberText(x, layoutOf([x]));
const shown = (...[type, values, shaped]: Parameters<typeof vectorOf>): string => {
  const found = rText(toValue(vectorOf(type, values, shaped)));
  return 'text' in found ? found.text : found.reason;
};

test.each([
  [0.1 + 0.2, '0.3'],
  [1e5, '1e+05'],
  [123456, '123456'],
  [99999.99975, '1e+05'],
  [1234567.5, '1234568'],
  [1234566.5, '1234566'],
  [-0, '0'],
  [1e-5, '1e-05'],
  [0.0001, '1e-04'],
  [0.00012, '0.00012'],
  [Math.PI, '3.141593'],
  [1e15, '1e+15'],
  [Number.NaN, 'NaN'],
  [Number.NEGATIVE_INFINITY, '-Inf'],
])('%d', (x, text) => {
  expect(alone(x)).toBe(text);
});

test('halves are rounded to even, as C does', () => {
  expect(fixed(0.5, 0)).toBe('0');
  expect(fixed(1.5, 0)).toBe('2');
  expect(fixed(10000.125, 2)).toBe('10000.12');
  expect(fixed(-2.675, 2)).toBe('-2.67');
  expect(scientific(12345, 2)).toBe('1.23e+04');
});

test('a vector is written alike and breaks at 80 columns', () => {
  expect(shown('double', [1, 2.5, null])).toBe('[1] 1.0 2.5  NA\n');
  const lines = shown(
    'integer',
    Array.from({ length: 30 }, (_, k) => k + 1),
  ).split('\n');
  expect(lines[0]).toHaveLength(79);
  expect(lines[1]).toBe('[26] 26 27 28 29 30');
  expect(shown('character', ['a', 'bcd', null])).toBe('[1] "a"   "bcd" NA   \n');
});

test('matrices, names and lists', () => {
  expect(shown('double', [1, 2, 3.5, 4], { dim: [2, 2] })).toBe('     [,1] [,2]\n[1,]    1  3.5\n[2,]    2  4.0\n');
  expect(shown('double', [1, 2], { names: ['a', 'long'] })).toBe('   a long \n   1    2 \n');
  const inner = toValue(vectorOf('integer', [1, 2]));
  expect(shown('list', [inner, { kind: 'none' }], { names: ['x', ''] })).toBe('$x\n[1] 1 2\n\n[[2]]\nNULL\n\n');
  expect(shown('double', [], { dim: [0, 2] })).toBe('     [,1] [,2]\n');
});

test('what depends on rounding is not told', () => {
  expect(shown('double', [1, 1e-17], { doubt: { reason: 'rounding', noise: 1e-16 } })).toBe('rounding');
});
