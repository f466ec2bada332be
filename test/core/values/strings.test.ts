import { expect, test } from 'vitest';
import { get } from '../../../src/core/values/ndarray';
import { compareTexts, cut, onOneTable, strings, textsOf } from '../../../src/core/values/strings';

test('texts stand in order in a table, each cut to the width', () => {
  const v = strings([3], ['b', 'abc', 'b'], 2);
  expect(v.table).toEqual(['ab', 'b']);
  expect(textsOf(v)).toEqual(['b', 'ab', 'b']);
  expect([0, 1, 2].map(k => get(v.array, k))).toEqual([1, 0, 1]);
});

test('arrays are brought onto one table with their texts kept', () => {
  const [p, q] = onOneTable([strings([2], ['b', 'd']), strings([2], ['c', 'b'])]);
  expect(p.table).toBe(q.table);
  expect(p.table).toEqual(['b', 'c', 'd']);
  expect([textsOf(p), textsOf(q)]).toEqual([
    ['b', 'd'],
    ['c', 'b'],
  ]);
});

test('an array that has the table already keeps its buffer', () => {
  const v = strings([2], ['b', 'd']);
  expect(onOneTable([v, strings([1], ['d'])])[0].array.data).toBe(v.array.data);
});

test('texts are ordered and cut by code points', () => {
  expect(compareTexts('\u{1f600}', '\uffff')).toBeGreaterThan(0);
  expect(compareTexts('a', 'ab')).toBeLessThan(0);
  expect(cut('\u{1f600}bc', 2)).toBe('\u{1f600}b');
});
