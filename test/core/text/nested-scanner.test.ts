import { expect, test } from 'vitest';
import { NumberReader } from '../../../src/core/text/decimal';
import { MAX_NESTING, scanNested } from '../../../src/core/text/nested-scanner';
import { random } from '../../support/random';

const scan = (text: string) => scanNested(new NumberReader(text), 0);
const plain = (text: string) => {
  const found = scan(text);
  return found.kind === 'plain' ? { shape: found.shape, data: Array.from(found.data) } : found;
};

test('shapes and numbers, row by row', () => {
  expect(plain('[1, 2, 3]')).toEqual({ shape: [3], data: [1, 2, 3] });
  expect(plain('[[1, -2.5], [3e2, +4]]')).toEqual({ shape: [2, 2], data: [1, -2.5, 300, 4] });
  expect(plain('[[[1], [2]], [[3], [4]]]')).toEqual({ shape: [2, 2, 1], data: [1, 2, 3, 4] });
  expect(plain('[[], []]')).toEqual({ shape: [2, 0], data: [] });
  expect(plain('[\n  [1, 2],  # first\n  [3, 4],\n]')).toEqual({ shape: [2, 2], data: [1, 2, 3, 4] });
  expect(plain('(1, 2)')).toEqual({ shape: [2], data: [1, 2] });
});

test('an integer has no negative zero, a float has', () => {
  expect(plain('[-0, -0.0]')).toEqual({ shape: [2], data: [0, -0] });
});

test.each([
  ['ragged rows', '[[1, 2], [3]]'],
  ['mixed depths', '[1, [2]]'],
  ['mixed depths, the deeper first', '[[1], 2]'],
  ['names', '[1, x]'],
  ['arithmetic', '[1 + 2, 3]'],
  ['no end', '[[1, 2], [3, 4]'],
  ['two commas', '[1,, 2]'],
  ['no comma', '[1 2]'],
  ['the wrong bracket', '[1, 2)'],
  ['an integer that a double does not hold', '[9007199254740993]'],
  ['leading zeros', '[01, 2]'],
  ['a number in brackets', '(1)'],
  ['a tuple in a list', '[(1, 2), (3, 4)]'],
  ['imaginary numbers', '[1j, 2]'],
  ['brackets without end', '['.repeat(MAX_NESTING + 1)],
])('left to the parser: %s', (_, text) => expect(scan(text).kind).toBe('not-plain'));

test('one scan leaves nothing behind for the next', () => {
  const next = random(3);
  for (let k = 0; k < 300; k++) {
    const rows = 1 + Math.floor(next() * 40);
    const columns = 1 + Math.floor(next() * 60);
    const values = Array.from({ length: rows }, () =>
      Array.from({ length: columns }, () => (next() < 0.5 ? Math.floor(next() * 100) : next())),
    );
    scan('[[1, 2');
    expect(plain(JSON.stringify(values))).toEqual({ shape: [rows, columns], data: values.flat() });
  }
});
