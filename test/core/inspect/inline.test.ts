import { expect, test } from 'vitest';
import { evaluateSource } from '../../../src/core/index';
import { inlineText } from '../../../src/core/inspect/inline';

test.each([
  ['matrix(1:4, 2, dimnames = list(c("r1", "r2"), c("a", "b")))', '[1 3; 2 4]'],
  ['matrix(c(1.5, 2, 3, 4), 2)', '[1.5 3; 2.0 4]'],
  ['matrix(1:60, 2)', '2×30 integer'],
  ['matrix(c("x", "y"), 1)', '["x" "y"]'],
  ['1:30', Array.from({ length: 30 }, (_, k) => k + 1).join(' ')],
  ['c(a = 1, b = 2)', 'a b 1 2'],
])("R's %s on one line", (source, text) => {
  const [{ value }] = evaluateSource(source, 'r');
  expect(value && inlineText(value, 'r')).toBe(text);
});
