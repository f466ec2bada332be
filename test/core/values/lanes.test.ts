import { expect, test } from 'vitest';
import { eachLane, softmax } from '../../../src/core/values/lanes';

test('softmax adds up to 1 and keeps the order, whatever is added to all', () => {
  const x = Float64Array.of(1000, 1001, 1003);
  const p = softmax(x);
  expect(p[0] + p[1] + p[2]).toBeCloseTo(1, 15);
  expect(p).toEqual(softmax(x.map(v => v - 1000)));
  expect(p[2] / p[1]).toBeCloseTo(Math.E ** 2, 12);
  expect([...softmax(Float64Array.of(Number.NEGATIVE_INFINITY))]).toEqual([Number.NaN]);
});

test('lanes are replaced one by one', () => {
  const reversed = (lane: Float64Array): Float64Array => lane.slice().reverse();
  expect([...eachLane(Float64Array.of(1, 2, 3, 4), 2, reversed)]).toEqual([2, 1, 4, 3]);
  expect([...eachLane(Float64Array.of(1, 2, 3, 4), 4, reversed)]).toEqual([4, 3, 2, 1]);
  expect(eachLane(new Float64Array(0), 0, reversed).length).toBe(0);
});
