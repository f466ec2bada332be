import { expect, test } from 'vitest';
import { compareWithNumpy, programs } from '../../support/numpy-goldens';

test('programs as people write them show what NumPy shows', () => {
  const { wrong, close, unknown, unknowns } = compareWithNumpy(programs('numpy.json'));
  expect(wrong).toEqual([]);
  expect(close).toBeLessThanOrEqual(6);
  expect(unknown, unknowns.join('\n')).toBeLessThanOrEqual(45);
});

test('the examples of the manual show what NumPy shows', () => {
  const { wrong, exact } = compareWithNumpy(programs('numpy-manual.json'));
  expect(wrong).toEqual([]);
  expect(exact).toBeGreaterThanOrEqual(1200);
});
