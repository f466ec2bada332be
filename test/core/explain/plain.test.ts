import { expect, test } from 'vitest';
import { inspect, plainWorking } from '../../../src/core/index';

const working = (line: string): string | undefined => {
  const text = `import numpy as np\na = np.array([1, 2])\nb = np.array([3, 4])\nA = np.array([[1, 2], [3, 4]])\n${line}`;
  return plainWorking(inspect(text, 'python', { start: text.lastIndexOf('\n') + 1, end: text.length })?.steps ?? []);
};

test.each([
  ['a @ b', '1·3 + 2·4 = 11'],
  ['np.linalg.norm(a - b)', '√((1-3)²+(2-4)²) = √8 ≈ 2.83'],
  ['np.linalg.norm(b)', '√(3² + 4²) = √25 = 5'],
  ['np.linalg.det(A)', '1·4 - 2·3 = -2'],
  ['np.trace(A)', '1 + 4 = 5'],
])('%s', (line, expected) => expect(working(line)).toBe(expected));

test.each(['A @ A', 'a + b', '(A @ A) @ b', 'np.arange(100) @ np.arange(100)', 'a'])('not on one line: %s', line =>
  expect(working(line)).toBeUndefined(),
);
