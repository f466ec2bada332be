import { expect, test } from 'vitest';
import { compareWithTorch, programs } from '../../support/numpy-goldens';

test('programs as people write them show what torch shows', { timeout: 120_000 }, () => {
  const { wrong, close, unknown, unknowns } = compareWithTorch(programs('torch.json'));
  expect(wrong).toEqual([]);
  expect(close).toBeLessThanOrEqual(40);
  // Most of these torch refuses too, in words that change from version to version.
  expect(unknown, unknowns.join('\n')).toBeLessThanOrEqual(280);
});

test('the examples of the manual show what torch shows', { timeout: 120_000 }, () => {
  const { wrong, exact } = compareWithTorch(programs('torch-manual.json'));
  expect(wrong).toEqual([]);
  expect(exact).toBeGreaterThanOrEqual(1890);
});
