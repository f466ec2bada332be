import { expect, test } from 'vitest';
import { evaluateSource } from '../../../src/core/index';

const last = (source: string): string => {
  const { status, text, message } = evaluateSource(source, 'python').at(-1) ?? {};
  return status === 'ok' ? String(text) : `${status}: ${message}`;
};

test('an assignment expression that is evaluated first is followed', () => {
  expect(last('if (n := 5) > 3:\n    y = n * 2\ny, n')).toBe('(10, 5)');
  expect(last('z = (m := 3) * 2\nz + m')).toBe('9');
});

test.each([
  ['n = 1\nn + (n := 5)\nn', 'line 2'],
  ['True or (b := 3)\nb', 'line 1'],
  ['[(v := i) for i in range(3)]\nv', 'line 1'],
  ['x = 9\nwhile (x := x - 1) > 5:\n    pass\nx', 'line 2'],
  ['q = 3 if (1 > 2) else (w := 4)\nw', 'line 1'],
])('elsewhere its name is unknown: %s', (source, line) => {
  expect(last(source)).toContain(`unknown: `);
  expect(last(source)).toContain(`assigned within an expression on ${line}`);
});

test('an except that may catch or not is unknown, and so is an import that may fail', () => {
  const failing = 'import numpy as np\ntry:\n    x = np.linalg.inv(np.zeros((2, 2)))\n';
  expect(last(`${failing}except ValueError:\n    x = 1\nx`)).toContain('unknown');
  expect(last(`${failing}except np.linalg.LinAlgError:\n    x = 1\nx`)).toBe('1');
  expect(last('class E(Exception):\n    pass\ntry:\n    x = 1 / 0\nexcept E:\n    x = 2\nx')).toContain('unknown');
  expect(last('try:\n    import cupy as xp\nexcept ImportError:\n    xp = 1\nxp')).toContain('unknown');
});
