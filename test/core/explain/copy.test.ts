import katex from 'katex';
import { describe, expect, test } from 'vitest';
import { evaluateSource, inspect, readDocument, type Step, stepsText } from '../../../src/core/index';

function stepsOf(line: string): readonly Step[] {
  const text = `import numpy as np\nA = np.array([[2.5, 1, 0], [1, 3, 1], [0, 1, 4]])\n${line}`;
  const document = readDocument(text, 'python');
  const span = evaluateSource(document, 'python').at(-1)?.span;
  if (!span) throw new Error(line);
  return inspect(document, 'python', span, { orStatement: true })?.steps ?? [];
}

const flat = (steps: readonly Step[]): Step[] => steps.flatMap(s => [s, ...flat(s.children ?? [])]);
const count = (text: string, part: string): number => text.split(part).length - 1;

const LINES = [
  'np.linalg.det(A)',
  'np.linalg.inv(A)',
  'np.linalg.solve(A, np.array([1, 2, 3]))',
  'np.linalg.matrix_rank(A)',
  'np.linalg.qr(np.array([[1, 1], [0, 1], [1, 0]]))',
  'np.linalg.eig(np.array([[2, 1], [1, 2]]))',
  'np.linalg.svd(np.array([[3, 0], [4, 5]]))',
  'np.linalg.cholesky(np.array([[4, 2], [2, 3]]))',
  'np.linalg.norm(np.array([1, 2]) - np.array([3, 4]))',
  'A @ A + A',
  'np.linalg.inv(A.T @ A) @ A.T @ np.array([1, 2, 3])',
  'np.exp(A[0]) / np.exp(A[0]).sum()',
  'np.linalg.matrix_power(A - np.eye(3), 9)',
  'np.linalg.det(np.eye(9))',
  'np.linalg.norm(A, np.inf)',
];

describe.each(LINES)('%s', line => {
  const steps = stepsOf(line);

  test('has steps', () => expect(steps.length).toBeGreaterThan(0));

  test('as LaTeX: balanced lists at most four deep, formulas that KaTeX reads, text without bare signs', () => {
    const text = stepsText(steps, 'latex');
    const formulas = [...text.matchAll(/\\\[ (.*?) \\\]\n/g)].map(m => m[1]);
    expect(formulas).toEqual(flat(steps).map(s => s.latex));
    for (const f of formulas) katex.renderToString(f, { strict: 'error', throwOnError: true });
    let depth = 0;
    for (const [, edge] of text.matchAll(/\\(begin|end)\{enumerate\}/g)) {
      depth += edge === 'begin' ? 1 : -1;
      expect(depth).toBeGreaterThanOrEqual(0);
      expect(depth).toBeLessThanOrEqual(4);
    }
    expect(depth).toBe(0);
    // An engine without fonts for every letter sets ASCII alone, and a sign that is left out is written "?".
    expect(text).toMatch(/^[\x20-\x7e\n]*$/);
    expect(count(text, '?')).toBe(flat(steps).filter(s => s.sentence.includes('?')).length);
    const sentences = text.match(/\\item .*/g) ?? [];
    for (const s of sentences) {
      expect(count(s, '$') % 2, s).toBe(0);
      for (const [, inner] of s.matchAll(/\$(.*?)\$/g))
        katex.renderToString(inner, { strict: 'error', throwOnError: true });
    }
  });

  test('as Markdown: every formula stands between $$ lines', () => {
    const text = stepsText(steps, 'markdown');
    const formulas = [...text.matchAll(/^ *\$\$\n +(.*)\n +\$\$$/gm)].map(m => m[1]);
    expect(formulas).toEqual(flat(steps).map(s => s.latex));
  });
});

test('no steps give no text', () => {
  expect(stepsText([], 'latex')).toBe('');
  expect(stepsText([], 'markdown')).toBe('');
});

test('text of sentences is escaped', () => {
  const steps = [{ sentence: 'A_1 & 50% of $x*', latex: 'x' }];
  expect(stepsText(steps, 'latex')).toContain('\\item A\\_1 \\& 50\\% of \\$x*\n');
  expect(stepsText(steps, 'markdown')).toContain('1. A\\_1 & 50% of \\$x\\*\n');
});
