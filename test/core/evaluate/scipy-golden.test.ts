import { expect, test } from 'vitest';
import { compareWithScipy, programs } from '../../support/numpy-goldens';

test('programs as people write them show what scipy shows', () => {
  const { wrong, close, unknown, unknowns } = compareWithScipy(programs('scipy.json'));
  expect(wrong).toEqual([]);
  expect(close).toBeLessThanOrEqual(8);
  expect(unknown, unknowns.join('\n')).toBeLessThanOrEqual(0);
});
