import { expect, test } from 'vitest';
import { inspect } from '../../../src/core/index';

const TEXT = `import numpy as np
SCALE = 3
def double(x):
    return x * 2 * SCALE
class Model:
    def __init__(self, w):
        self.w = w
    def __call__(self, x):
        return double(x @ self.w)
    def bump(self):
        self.w += 1
def later(x):
    return helper(x) + 1
def main():
    x = np.ones(2)
    SCALE = 100
    y = double(x)
    model = Model(np.eye(2))
    z = model(x)
    model.bump()
    q = model.w[0]
    t = later(2)
    k = counter
def helper(x):
    return x * 10
counter = 1
counter = 2
`;

/** What the name that a line (counted from 0) assigns is there. */
function shown(line: number): string | undefined {
  const start = TEXT.split('\n').slice(0, line).join('\n').length + 5;
  const found = inspect(TEXT, 'python', { start, end: start + 1 });
  return found && ('text' in found && found.text !== undefined ? found.text : found.message);
}

test.each([
  ['a function sees the names around its definition, not those of its caller', 16, 'array([6., 6.])'],
  ['an object made in a function', 18, 'array([6., 6.])'],
  ['and what its method changes', 20, 'array([2., 1.])'],
  ['a function that is defined below', 21, '21'],
  [
    'a name assigned twice',
    22,
    'counter: assigned more than once outside this function, known only when the code runs',
  ],
])('%s', (_, line, expected) => {
  expect(shown(line)).toBe(expected);
});
