import { expect, test } from 'vitest';
import { inspect } from '../../../src/core/index';

const TEXT = `import numpy as np
class Counter:
    def __init__(self):
        self.n = 0
    def step(self, k):
        self.n += k
        return self.n
c = Counter()
w = np.eye(2)
z = w[0] + c.step(3) * 2 + c.n
q = c.step(1) + c.step(2)
c.step(c.n)
r = c.n
s = {3, 1, 2}
`;

/** What the part of a line (counted from 0) shows: its text, or why that is not known. */
function shown(line: number, part: string): string | undefined {
  const before = TEXT.split('\n').slice(0, line).join('\n').length + 1;
  const start = TEXT.indexOf(part, before);
  const found = inspect(TEXT, 'python', { start, end: start + part.length });
  return found && ('text' in found && found.text !== undefined ? found.text : found.message);
}

test.each([
  [9, 'w[0]', 'array([1., 0.])'],
  [9, 'c.step(3)', '3'],
  [9, 'c.step(3) * 2', '6'],
  [9, 'c.n', '3'],
  [9, 'z', 'array([10.,  9.])'],
  [10, 'c.step(2)', '6'],
  [10, 'q', '10'],
  [11, 'c.n', '6'],
  [11, 'c.step(c.n)', '12'],
  [12, 'r', '12'],
  [13, 's', '{1, 2, 3}'],
])('line %i: %s', (line, part, expected) => {
  expect(shown(line, part)).toBe(expected);
});

test('an object of the document has no text of its own, but attributes', () => {
  expect(shown(7, 'c')).toBe('an object prints its address, known only when the code runs');
});
