import { describe, expect, test } from 'vitest';
import { inspect, plainWorking, type Step } from '../../../src/core/index';
import { strictly } from '../../support/katex';

const HEAD = `import numpy as np
a = np.array([1, 2, 2])
b = np.array([3, 0, 4])
A = np.array([[1, 2], [3, 4], [5, 6]])
y = np.array([1, 2, 4])
Q = np.array([[1.0, 0], [0, 1], [1, 1]])
K = np.array([[1.0, 2], [0, 1], [1, 0]])
V = np.array([[1, 0], [0, 1], [2, 2]])
W = np.array([[1, -2], [0, 1]])
P = np.array([[1, 1], [0, 1]])
def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
def projection(u, v):
    return np.dot(u, v) / np.dot(v, v) * v
def relu(z):
    return np.maximum(0, z)
def fibonacci(n):
    if n < 2:
        return n
    return fibonacci(n - 1) + fibonacci(n - 2)
def factorial(n):
    return 1 if n < 2 else n * factorial(n - 1)
def powers(M):
    total = np.eye(2)
    for k in range(40):
        total = total @ M
    return total
`;

function steps(line: string): readonly Step[] {
  const text = HEAD + line;
  return inspect(text, 'python', { start: HEAD.length, end: text.length }, { orStatement: true })?.steps ?? [];
}

const flat = (list: readonly Step[]): Step[] =>
  list.flatMap(s => [s, ...flat(s.children ?? []), ...flat(s.alternatives ?? [])]);

describe('the outline comes first, with shapes', () => {
  test.each([
    ['np.linalg.norm(a - b)', '\\underbrace{a - b}_{3}'],
    ['softmax(Q @ K.T / np.sqrt(2)) @ V', '_{3 \\times 3}'],
    ['softmax(Q @ K.T / np.sqrt(2)) @ V', '\\underbrace{V}_{3 \\times 2}'],
    ['np.linalg.inv(A.T @ A) @ A.T @ y', '_{2 \\times 3}'],
    ['np.linalg.inv(P) @ W @ P', '_{2 \\times 2}'],
    ['relu(W @ a[:2] + a[1:])', '_{2}'],
  ])('%s', (line, part) => {
    const [first, ...rest] = steps(line);
    expect(first.outline).toBe(true);
    expect(first.latex).toContain(part);
    expect(rest.length).toBeGreaterThan(0);
    expect(rest.some(s => s.outline)).toBe(false);
    for (const s of flat([first, ...rest])) strictly(s.latex);
  });

  test('every part opens to its own outline, down to single operations', () => {
    const [, inverse] = steps('np.linalg.inv(A.T @ A) @ A.T @ y');
    expect(inverse.children?.map(s => [s.outline ?? false, s.method])).toEqual([
      [true, undefined],
      [false, 'Entries'],
      [false, 'Adjugate'],
    ]);
  });

  test('products and sums in a row are told one after the other', () => {
    const list = steps('P @ W @ P @ W');
    expect(list.map(s => s.method)).toEqual([undefined, 'Entries', 'Entries', 'Entries']);
    expect(list[0].latex.match(/underbrace/g)?.length).toBe(4);
    expect(steps('a + b - a + b').map(s => s.sentence)).toEqual([
      'The whole is a sum of shape 3. Its parts come first.',
      'Add entry by entry.',
      'Subtract entry by entry.',
      'Add entry by entry.',
    ]);
  });

  test('a step stands where its expression stands', () => {
    const line = 'np.linalg.inv(A.T @ A) @ A.T @ y';
    for (const s of steps(line)) {
      const source = (HEAD + line).slice(s.span?.start, s.span?.end);
      expect(line).toContain(source);
    }
  });
});

describe('forms with a name', () => {
  test.each([
    ['np.exp(a) / np.exp(a).sum()', 'Softmax'],
    ['np.exp(a - np.max(a)) / np.sum(np.exp(a - np.max(a)))', 'Softmax'],
    ['softmax(Q @ K.T / np.sqrt(2)) @ V', 'Attention'],
    ['np.dot(a, b) / (np.linalg.norm(a) * np.linalg.norm(b))', 'Cosine similarity'],
    ['np.dot(a, b) / np.dot(b, b) * b', 'Projection'],
    ['projection(a, b)', 'Projection'],
    ['(a - a.mean()) / np.sqrt(a.var() + 1e-5)', 'Layer norm'],
    ['(a - a.mean()) / a.std()', 'Layer norm'],
    ['np.maximum(0, W @ a[:2] + a[1:])', 'A layer with ReLU'],
    ['np.linalg.inv(A.T @ A) @ A.T @ y', 'Least squares'],
    ['np.linalg.inv(P) @ W @ P', 'Change of basis'],
    ['P @ W @ np.linalg.inv(P)', 'P D P⁻¹'],
    ['np.array([[0.5, 0.25], [0.5, 0.75]]) @ np.array([0.5, 0.5])', 'Markov step'],
    ['np.array([0.5, 0.5]) @ np.array([[0.5, 0.5], [0.25, 0.75]])', 'Markov step'],
  ])('%s', (line, name) => expect(steps(line).some(s => s.sentence.startsWith(name))).toBe(true));

  test('what only looks like one is not called so', () => {
    for (const line of ['np.exp(a) / np.exp(b).sum()', 'np.dot(a, b) / np.dot(a, a) * b', 'np.linalg.inv(P) @ W @ W'])
      expect(steps(line).every(s => !/^(Softmax|Projection|Change)/.test(s.sentence))).toBe(true);
  });
});

describe('functions of the file', () => {
  test('open as the steps of their body', () => {
    const all = flat(steps('softmax(Q)')).map(s => s.sentence);
    expect(all.some(s => s.includes('function of this file'))).toBe(true);
    expect(all.some(s => s.startsWith('Raise e'))).toBe(true);
    expect(all.some(s => s.startsWith('Add all entries, for every row'))).toBe(true);
  });

  test('that call themselves open only so far', () => {
    const list = flat(steps('fibonacci(14)'));
    expect(list.length).toBeGreaterThan(5);
    expect(list.length).toBeLessThan(2000);
    expect(flat(steps('factorial(20)')).length).toBeLessThan(100);
  });

  test('a long loop is told by its ends', () => {
    const list = steps('powers(P)');
    expect(list.length).toBeLessThan(20);
    expect(list.some(s => s.sentence.includes('left out'))).toBe(true);
  });
});

describe('alternatives', () => {
  test.each([
    ['np.linalg.det([[1, 2], [3, 4]])', ['2×2 rule', 'Elimination']],
    ['np.linalg.det([[1, 2, 3], [0, 4, 5], [1, 0, 6]])', ['3×3 rule', 'Cofactors', 'Elimination']],
    ['np.linalg.inv([[1, 2], [3, 4]])', ['Adjugate', 'Gauss–Jordan']],
    ['np.linalg.inv([[1, 2, 3], [0, 4, 5], [1, 0, 6]])', ['Gauss–Jordan', 'Adjugate']],
    ['W @ P', ['Entries', 'Columns', 'Rows', 'Outer products']],
    ['W @ a[:2]', ['Entries', 'Columns']],
    ['np.linalg.solve(W, a[:2])', ['Elimination', 'Cramer’s rule', 'Inverse']],
    ['np.linalg.matrix_power(np.array([[2, 1], [1, 2]]), 5)', ['Products', 'Squaring', 'Diagonalisation']],
    ['np.cross(a, b)', ['Entries', 'Determinant']],
  ])('%s', (line, methods) => {
    const step = steps(line).at(-1);
    expect([step?.method, ...(step?.alternatives ?? []).map(s => s.method)]).toEqual(methods);
    for (const s of step?.alternatives ?? []) expect(s.span).toEqual(step?.span);
  });
});

test('large input is refused in words, and gives little data', () => {
  const decimals = (n: number): string =>
    JSON.stringify(
      Array.from({ length: n }, (_, i) =>
        Array.from(
          { length: n },
          (_, j) => ((i * 7919 + j * 104729 + i * j * 31) % 999983) / 1000 + (i === j ? 500 : 0),
        ),
      ),
    );
  for (const n of [4, 6, 12])
    for (const name of ['det', 'inv', 'eig', 'svd', 'qr', 'matrix_rank', 'cholesky']) {
      const list = steps(`np.linalg.${name}(${decimals(n)})`);
      expect(JSON.stringify(list).length, `${name} ${n}`).toBeLessThan(150_000);
      if (n === 12 && name !== 'cholesky') expect(list.at(-1)?.sentence).toContain('this matrix is 12×12');
    }
});

test('a working on one line is the last step, where it starts from what is written', () => {
  expect(plainWorking(steps('np.linalg.norm(a - b)'))).toBe('√((1-3)²+(2-0)²+(2-4)²) = √12 ≈ 3.46');
  expect(plainWorking(steps('(A @ P) @ a[:2]'))).toBeUndefined();
  expect(plainWorking(steps('np.linalg.norm(a, 1)'))).toBe('|1| + |2| + |2| = 5');
  expect(plainWorking(steps('a.mean()'))).toBe('(1 + 2 + 2)/3 ≈ 1.6667');
});

describe('why there is no result', () => {
  const said = (text: string, language: string): string[] =>
    flat(
      inspect(text, language, { start: text.lastIndexOf('\n') + 1, end: text.length }, { orStatement: true })?.steps ??
        [],
    ).map(s => s.sentence);
  const np = (line: string): string => `import numpy as np\nS = np.array([[1, 2], [2, 4]])\n${line}`;

  test.each([
    [np('np.linalg.inv(S)'), 'python', 'No inverse: column 2 has no pivot'],
    [np('np.linalg.solve(S, [1, 3])'), 'python', 'this system has no solution'],
    [np('np.linalg.solve(S, [1, 3])'), 'python', 'the system is inconsistent'],
    [np('np.linalg.solve(S, [1, 2])'), 'python', 'this unknown is free'],
    [np('np.linalg.solve(S @ S, [1, 2]) + 1'), 'python', 'this system has many solutions'],
    ['inv([1 2; 2 4])', 'matlab', 'No inverse: column 2 has no pivot'],
    ['[1 2; 2 4] \\ [1; 3]', 'matlab', 'this system has no solution'],
    ['$\\begin{bmatrix} 1 & 2 \\\\ 2 & 4 \\end{bmatrix}^{-1}$', 'latex', 'No inverse: column 2 has no pivot'],
  ])('%s', (text, language, sentence) => expect(said(text, language).some(s => s.includes(sentence))).toBe(true));

  test('another failure has no such steps', () => {
    expect(said(np('np.linalg.inv(S[:, :1])'), 'python')).toEqual([]);
    expect(said(np('np.ones((2, 3)) @ S'), 'python')).toEqual([]);
  });
});

test('a square comes out of the root', () =>
  expect(flat(steps('np.linalg.norm(np.array([2, 2]))')).map(s => s.latex)).toContain(
    '\\sqrt{8} = \\sqrt{2^2 \\cdot 2} = 2\\sqrt{2}',
  ));

test.each([
  'np.array([200, 100], dtype=np.uint8) @ np.array([2, 2], dtype=np.uint8)',
  'np.array([[200, 100]], dtype=np.uint8) @ np.array([[2], [2]], dtype=np.uint8)',
  'np.array([[200, 100], [1, 1]], dtype=np.uint8) @ np.array([2, 2], dtype=np.uint8)',
])('arithmetic that does not give the value is not told: %s', line => expect(steps(line)).toEqual([]));
