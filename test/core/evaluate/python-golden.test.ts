import { expect, test } from 'vitest';
import { compareWithNumpy, programs } from '../../support/numpy-goldens';

/** Some of the manual's arrays hold millions of numbers. */
const SLOW = { timeout: 240_000 };

test('programs as people write them show what NumPy shows', SLOW, () => {
  const { wrong, close, unknown, unknowns } = compareWithNumpy(programs('numpy.json'));
  expect(wrong).toEqual([]);
  expect(close).toBeLessThanOrEqual(20);
  expect(unknown, unknowns.join('\n')).toBeLessThanOrEqual(64);
});

test('classes, objects and sets of the document show what Python shows', SLOW, () => {
  const { wrong, close, unknown, unknowns } = compareWithNumpy(programs('python.json'));
  expect(wrong).toEqual([]);
  expect(close).toBeLessThanOrEqual(20);
  // The order of a set that has lost items, and whether two arrays are one.
  expect(unknown, unknowns.join('\n')).toBeLessThanOrEqual(120);
});

test('the examples of the manual show what NumPy shows', SLOW, () => {
  const { wrong, exact } = compareWithNumpy(programs('numpy-manual.json'));
  expect(wrong).toEqual([]);
  expect(exact).toBeGreaterThanOrEqual(1435);
});

test('the examples of the user guide show what NumPy shows', SLOW, () => {
  const { wrong, exact } = compareWithNumpy(programs('numpy-guide.json'));
  expect(wrong).toEqual([]);
  expect(exact).toBeGreaterThanOrEqual(365);
});
