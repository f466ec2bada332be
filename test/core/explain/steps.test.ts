import { readFileSync } from 'node:fs';
import katex from 'katex';
import { describe, expect, test } from 'vitest';
import { evaluateSource, inspect, readDocument, type Step } from '../../../src/core/index';
import { random } from '../../support/random';

const strict = (latex: string): void => {
  katex.renderToString(latex, { strict: 'error', trust: false, throwOnError: true, displayMode: true });
};

function stepsOf(text: string, language: string): readonly Step[] {
  const document = readDocument(text, language);
  const [e] = evaluateSource(document, language).slice(-1);
  const inspection = inspect(document, language, e.span, { orStatement: true });
  expect(inspection?.status, inspection?.message).toBe('ok');
  return inspection?.steps ?? [];
}
const lastOf = (text: string, language: string): string => stepsOf(text, language).at(-1)?.latex ?? '';
const python = (line: string): string =>
  lastOf(
    `import numpy as np\nW = np.array([[1, 2], [3, 4]])\na = np.array([1, 2])\nb = np.array([3, 4])\n${line}`,
    'python',
  );
const latex = (formula: string): string =>
  lastOf(
    `$W = \\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix}, \\mathbf{a} = [1, 2], \\mathbf{b} = [3, 4]$\n\n$${formula}$`,
    'latex',
  );
const matlab = (line: string): string => lastOf(`W = [1 2; 3 4]; a = [1; 2]; b = [3; 4];\n${line}`, 'matlab');

const column = (...entries: readonly (string | number)[]): string =>
  `\\begin{bmatrix} ${entries.join(' \\\\ ')} \\end{bmatrix}`;

describe('worked in the form of the page', () => {
  test.each([
    ['Python', python('W @ b')],
    ['Python', python('np.dot(W, b)')],
    ['LaTeX', latex('W \\mathbf{b}')],
    ['MATLAB', matlab('W * b')],
  ])('matrix times vector, %s', (_, work) => {
    expect(work.replaceAll(' ', '')).toContain(
      '\\begin{bmatrix}1\\cdot3+2\\cdot4\\\\3\\cdot3+4\\cdot4\\end{bmatrix}=\\begin{bmatrix}11\\\\25\\end{bmatrix}',
    );
  });

  test.each([
    ['Python', python('np.linalg.norm(a - b)')],
    ['LaTeX', latex('\\|\\mathbf{a} - \\mathbf{b}\\|')],
    ['MATLAB', matlab('norm(a - b)')],
  ])('distance, %s', (_, work) => {
    expect(work.replaceAll(' ', '')).toContain('\\sqrt{(1-3)^2+(2-4)^2}=\\sqrt{8}\\approx2.83');
  });

  test.each([
    ['Python', python('np.dot(a, b)')],
    ['Python', python('a @ b')],
    ['LaTeX', latex('\\mathbf{a} \\cdot \\mathbf{b}')],
    ['MATLAB', matlab('dot(a, b)')],
  ])('dot product, %s', (_, work) => {
    expect(work.replaceAll(' ', '')).toContain('1\\cdot3+2\\cdot4=11');
  });

  test.each([
    ['Python', python('a + b'), '1 + 3'],
    ['LaTeX', latex('\\mathbf{a} + \\mathbf{b}'), '1 + 3'],
    ['MATLAB', matlab('a + b'), '1 + 3'],
  ])('sum, %s', (_, work, entry) => {
    expect(work).toContain(entry);
    expect(work).toMatch(/4.*6/s);
  });

  test('scalar multiple', () => {
    expect(python('3 * a')).toContain('3 \\cdot 1');
    expect(latex('3 \\mathbf{a}')).toContain(column('3 \\cdot 1', '3 \\cdot 2'));
    expect(matlab('3 * a')).toContain(column('3 \\cdot 1', '3 \\cdot 2'));
  });

  test('norm', () => {
    expect(python('np.linalg.norm(b)').replaceAll(' ', '')).toContain('\\sqrt{3^2+4^2}=\\sqrt{25}=5');
  });

  test('matrix times matrix', () => {
    expect(python('W @ W').replaceAll(' ', '')).toContain('1\\cdot1+2\\cdot3&1\\cdot2+2\\cdot4');
  });

  test('the parts come before what is made of them', () => {
    const steps = stepsOf('import numpy as np\nA = np.array([[1, 2], [3, 4]])\nA @ (A + A)', 'python');
    expect(steps.map(s => s.outline ?? false)).toEqual([true, false, false]);
    expect(steps[0].latex).toContain('\\underbrace{A + A}_{2 \\times 2}');
    expect(steps[1].latex).toContain('+');
    expect(steps[2].latex).toContain('\\cdot');
  });
});

/** The numbers of the last matrix or number in a derivation. */
function resultOf(work: string): number[] {
  const last = work.split(/=|\\approx/).at(-1) ?? '';
  return [...last.replace(/\\[a-z]+\{bmatrix\}/g, ' ').matchAll(/-?\d+(\.\d+)?/g)].map(m => Number(m[0]));
}

test('the last line of a derivation is the value', () => {
  const next = random(11);
  const integer = (): number => Math.floor(next() * 19) - 9;
  for (let k = 0; k < 150; k++) {
    const [n, m, p] = [1, 2, 3].map(() => 1 + Math.floor(next() * 3));
    const grid = (r: number, c: number): number[][] =>
      Array.from({ length: r }, () => Array.from({ length: c }, integer));
    const [A, B, C] = [grid(n, m), grid(m, p), grid(n, m)].map(g => JSON.stringify(g));
    const u = JSON.stringify(Array.from({ length: m }, integer));
    const before = `import numpy as np\nA = np.array(${A})\nB = np.array(${B})\nC = np.array(${C})\nu = np.array(${u})\n`;
    for (const line of ['A @ B', 'A @ u', 'A + C', 'A - C', '3 * A', 'u @ u']) {
      const [found] = evaluateSource(before + line, 'python');
      const work = lastOf(before + line, 'python');
      if (work === '') continue;
      const { value } = found;
      const numbers =
        value?.kind === 'array'
          ? Array.from(value.array.data as Float64Array, Number)
          : value?.kind === 'scalar'
            ? [Number(value.value)]
            : [];
      expect(resultOf(work), `${before}${line}\n${work}`).toEqual(numbers);
    }
  }
});

test('every formula is typeset by KaTeX without a complaint', () => {
  const files = ['first.py', 'linear-algebra.md', 'example.m', 'regression.R', 'notes.tex'];
  let count = 0;
  for (const file of files) {
    const text = readFileSync(new URL(`../../../samples/${file}`, import.meta.url), 'utf8');
    const language = { py: 'python', md: 'markdown', tex: 'latex', m: 'matlab', R: 'r' }[file.split('.')[1]] ?? '';
    const document = readDocument(text, language);
    for (let at = 0; at < text.length; at++) {
      const found = inspect(document, language, { start: at, end: at }, { orStatement: true });
      if (!found) continue;
      for (const formula of [
        found.latex,
        found.sourceLatex,
        ...found.steps.map(s => s.latex),
        ...found.facts.map(f => f.latex),
      ]) {
        if (formula === undefined) continue;
        strict(formula);
        count++;
      }
    }
  }
  expect(count).toBeGreaterThan(500);
});

test.each([
  'np.array([np.nan, np.inf, -np.inf])',
  'np.array([[1+2j, 3], [0, -1j]])',
  'np.array([[True, False]])',
  'np.array([])',
  'np.zeros((0, 3))',
  'np.zeros((2, 3, 4))',
  'np.arange(1000).reshape(20, 50)',
  'np.array(3.5)',
  'np.array([1e-300, 1e300, 1e22])',
  '(1, "text_with_{braces}", None, True)',
  '[[1, 2], [3]]',
  '"a $ b # c % d & e ~ f ^ g \\\\ h"',
  '{"a": 1}',
  '10**30',
  'np.float32(0.1)',
  'np.eye(3) @ np.ones((3, 1))',
  'np.linalg.eig(np.array([[0.0, -1.0], [1.0, 0.0]]))',
  'np.where(np.eye(2) > 0, 1, np.nan)',
  'np.array([1, 2])[::-1][0]',
  'np.array([[1, 2], [3, 4]])[:, None, ..., -1]',
  'np.maximum(np.array([1, -2]), 0) ** 2 / 3 // 4 % 5',
  'not (1 < 2 <= 3) and 4 != 5 or 6 == 7',
  '1 if 2 > 1 else 3',
  'print("x_1:", np.array([1, 2]))',
  'np.array([complex(1, np.inf), 2j]) + np.array([1, 2])',
  'np.array([complex(np.nan, -np.inf)]) * 2',
])('%s is typeset', line => {
  const [e] = evaluateSource(`import numpy as np\n${line}`, 'python');
  if (e?.latex !== undefined) strict(e.latex);
  const text = `import numpy as np\n${line}`;
  const found = inspect(text, 'python', { start: text.indexOf('\n') + 1, end: text.length });
  for (const formula of [found?.latex, found?.sourceLatex, ...(found?.steps ?? []).map(s => s.latex)])
    if (formula !== undefined) strict(formula);
  expect(found?.status ?? 'unknown').not.toBe('error');
});

test('a step with several ways names its operation', () => {
  const np = 'import numpy as np\nW = np.array([[2, 1, 0], [1, 3, 1], [0, 1, 2]])\n';
  const named = (call: string): readonly (string | undefined)[] =>
    stepsOf(`${np}${call}`, 'python').flatMap(s => (s.alternatives ? [s.operation] : []));
  expect(named('np.linalg.det(W)')).toEqual(['determinant']);
  expect(named('np.linalg.inv(W)')).toEqual(['inverse']);
  expect(named('W @ W')).toEqual(['matmul']);
});
