import { describe, expect, test } from 'vitest';
import { type Evaluated, evaluateSource, inspect, readDocument, type Step } from '../../../src/core/index';
import { strictly } from '../../support/katex';
import { random } from '../../support/random';

/** The worked methods against the engine: what the last part of a formula says is what was computed. */

interface Worked {
  readonly evaluated: Evaluated;
  readonly steps: readonly Step[];
}

function work(text: string, language: string): Worked {
  const document = readDocument(text, language);
  const evaluated = evaluateSource(document, language).at(-1);
  if (!evaluated) throw new Error(text);
  const inspection = inspect(document, language, evaluated.span, { orStatement: true });
  return { evaluated, steps: inspection?.steps ?? [] };
}

const flat = (steps: readonly Step[]): Step[] =>
  steps.flatMap(s => [s, ...flat(s.children ?? []), ...flat(s.alternatives ?? [])]);

/** The numbers that a LaTeX matrix or number comes to, by our own reading of it. */
function numbers(latex: string): number[] {
  const value = evaluateSource(`$x = ${latex}$ and $1 x$`, 'latex').at(-1)?.value;
  return value?.kind === 'array'
    ? Array.from(value.array.data as Float64Array, Number)
    : value?.kind === 'scalar'
      ? [Number(value.value)]
      : [];
}

function computed({ value }: Evaluated): number[] {
  if (value?.kind === 'array') return Array.from(value.array.data as Float64Array, Number);
  return value?.kind === 'scalar' ? [Number(value.value)] : [];
}

const lastPart = (latex: string): string =>
  latex
    .split(/ = | \\approx |\\to/)
    .at(-1)
    ?.trim() ?? '';

function close(found: readonly number[], expected: readonly number[], what: string): void {
  expect(found.length, what).toBe(expected.length);
  for (const [k, x] of found.entries())
    expect(Math.abs(x - expected[k]), what).toBeLessThanOrEqual(1e-3 * Math.max(1, Math.abs(expected[k])));
}

const next = random(21);
const integer = (): number => Math.floor(next() * 13) - 6;
const square = (n: number): number[][] => Array.from({ length: n }, () => Array.from({ length: n }, integer));
const matrices = Array.from({ length: 120 }, (_, k) => square(2 + (k % 3)));
const rowsOf = (m: readonly (readonly number[])[]): string => JSON.stringify(m);
const matlab = (m: readonly (readonly number[])[]): string => `[${m.map(r => r.join(' ')).join('; ')}]`;
const latex = (m: readonly (readonly number[])[]): string =>
  `\\begin{bmatrix} ${m.map(r => r.join(' & ')).join(' \\\\ ')} \\end{bmatrix}`;

describe('the last part is the value', () => {
  for (const [name, python, octave, mathematics] of [
    ['determinant', (m: string) => `np.linalg.det(${m})`, (m: string) => `det(${m})`, (m: string) => `\\det ${m}`],
    ['inverse', (m: string) => `np.linalg.inv(${m})`, (m: string) => `inv(${m})`, (m: string) => `${m}^{-1}`],
    ['power', (m: string) => `np.linalg.matrix_power(${m}, 3)`, (m: string) => `${m}^3`, (m: string) => `${m}^3`],
    ['trace', (m: string) => `np.trace(${m})`, (m: string) => `trace(${m})`, (m: string) => `\\operatorname{tr} ${m}`],
  ] as const) {
    test(name, () => {
      let told = 0;
      for (const m of matrices) {
        for (const [text, language] of [
          [`import numpy as np\n${python(rowsOf(m))}`, 'python'],
          [octave(matlab(m)), 'matlab'],
          [`$${mathematics(latex(m))}$`, 'latex'],
        ] as const) {
          const { evaluated, steps } = work(text, language);
          if (evaluated.status !== 'ok') continue;
          const step = steps.at(-1);
          if (!step || step.sentence.startsWith('No inverse')) continue;
          told++;
          close(numbers(lastPart(step.latex)), computed(evaluated), `${text}\n${step.latex}`);
          for (const s of flat(steps)) strictly(s.latex);
        }
      }
      expect(told).toBeGreaterThan(250);
    });
  }

  test('solve', () => {
    let told = 0;
    for (const m of matrices) {
      const b = m.map(integer);
      for (const [text, language] of [
        [`import numpy as np\nnp.linalg.solve(${rowsOf(m)}, ${JSON.stringify(b)})`, 'python'],
        [`${matlab(m)} \\ [${b.join('; ')}]`, 'matlab'],
      ] as const) {
        const { evaluated, steps } = work(text, language);
        const step = steps.at(-1);
        if (evaluated.status !== 'ok' || !step) continue;
        told++;
        close(numbers(lastPart(step.latex)), computed(evaluated), `${text}\n${step.latex}`);
      }
    }
    expect(told).toBeGreaterThan(150);
  });

  test('rank is the number of pivots', () => {
    for (const m of matrices) {
      const dependent = [...m.slice(1), m[1].map((x, j) => x + 2 * m[0][j])];
      for (const a of [m, dependent]) {
        const { evaluated, steps } = work(`import numpy as np\nnp.linalg.matrix_rank(${rowsOf(a)})`, 'python');
        expect(steps.at(-1)?.sentence).toContain(`, ${evaluated.text}.`);
      }
    }
  });

  test('eigenvalues', () => {
    let told = 0;
    for (const m of matrices) {
      const { evaluated, steps } = work(`import numpy as np\nnp.linalg.eigvals(${rowsOf(m)})`, 'python');
      const step = steps.at(-1);
      if (!step?.latex.startsWith('\\lambda') || evaluated.value?.kind !== 'array') continue;
      if (evaluated.value.array.dtype === 'complex128') continue;
      told++;
      const roots = step.latex.split(', \\quad ').map(part => numbers(part.split('=')[1].split('\\approx')[0])[0]);
      close(
        roots.toSorted((x, y) => x - y),
        computed(evaluated).toSorted((x, y) => x - y),
        `${rowsOf(m)}\n${step.latex}`,
      );
    }
    expect(told).toBeGreaterThan(20);
  });

  test('singular values', () => {
    let told = 0;
    for (const m of matrices.filter(m => m.length === 2)) {
      const { evaluated, steps } = work(`import numpy as np\nnp.linalg.svd(${rowsOf(m)}, compute_uv=False)`, 'python');
      const step = steps.at(-1);
      if (!step || evaluated.status !== 'ok') continue;
      told++;
      const values = step.latex.split(', \\quad ').map(part => numbers(part.split('=')[1].split('\\approx')[0])[0]);
      close(values, computed(evaluated), `${rowsOf(m)}\n${step.latex}`);
    }
    expect(told).toBeGreaterThan(30);
  });
});

describe('forms', () => {
  const python = (line: string): Step[] =>
    flat(work(`import numpy as np\nA = np.array([[1, 2], [3, 4]])\n${line}`, 'python').steps);
  const all = (line: string): string =>
    python(line)
      .map(s => s.latex)
      .join('\n');

  test.each([
    ['np.linalg.det(A)', '1 \\cdot 4 - 2 \\cdot 3 = -2'],
    ['np.linalg.inv(A)', '\\begin{bmatrix} -2 & 1 \\\\[4pt] \\frac{3}{2} & -\\frac{1}{2} \\end{bmatrix}'],
    ['np.linalg.inv(A)', 'R_2 \\leftarrow R_2 - 3R_1'],
    ['np.linalg.eig(A)', '\\frac{5 + \\sqrt{33}}{2}'],
    ['np.linalg.eig(A)', '\\lambda^{2} - 5\\lambda - 2'],
    ['np.linalg.eigvals([[0, -1], [1, 0]])', '\\lambda_{1} = i, \\quad \\lambda_{2} = -i'],
    ['np.linalg.qr(A)', '\\frac{1}{\\sqrt{10}}\\begin{bmatrix} 3 \\\\ -1 \\end{bmatrix}'],
    ['np.linalg.cholesky([[4, 2], [2, 3]])', '\\ell_{22} = \\sqrt{3 - 1} = \\sqrt{2} \\approx 1.4142'],
    ['np.cross([1, 2, 3], [4, 5, 6])', '2 \\cdot 6 - 3 \\cdot 5'],
    ['np.outer([1, 2], [3, 4])', '2 \\cdot 3 & 2 \\cdot 4'],
    [
      'np.linalg.lstsq([[1, 0], [1, 1], [1, 2]], [6, 0, 0], rcond=None)',
      'x = \\begin{bmatrix} 5 \\\\ -3 \\end{bmatrix}',
    ],
    [
      'np.linalg.matrix_rank([[1, 2], [2, 4]])',
      '\\operatorname{span}\\left\\{ \\begin{bmatrix} -2 \\\\ 1 \\end{bmatrix} \\right\\}',
    ],
    ['np.linalg.inv([[0.1, 0], [0, 0.5]])', '\\begin{bmatrix} 10 & 0 \\\\ 0 & 2 \\end{bmatrix}'],
  ])('%s', (line, expected) => expect(all(line)).toContain(expected));

  test('an elementwise power is no power of the matrix', () => {
    expect(python('A ** 2').filter(s => s.sentence.startsWith('Power'))).toEqual([]);
  });

  test.each([
    ['np.linalg.inv(A / 3)', 'Exact steps need whole numbers or short decimals'],
    ['np.linalg.inv(np.eye(7))', 'this matrix is 7×7'],
    ['np.linalg.eigvals([[0, 0, 2], [1, 0, 0], [0, 1, 0]])', 'does not split'],
    [
      'np.linalg.det([[0.12345678, 0.87654321, 0.5], [0.98765432, 0.33333333, 0.25], [0.11111111, 0.22222222, 0.125]])',
      '',
    ],
    ['np.linalg.matrix_power([[0.123456, 0.5], [0.25, 0.654321]], 12)', 'The fractions grow beyond 60 digits'],
  ])('what ends exact work is said: %s', (line, sentence) => {
    const [step] = work(`import numpy as np\nA = np.array([[1, 2], [3, 4]])\n${line}`, 'python').steps.slice(-1);
    expect(step.sentence).toContain(sentence);
  });

  test('LU keeps its permutation', () => {
    const steps = flat(work('[L, U, P] = lu([1 2; 3 4])', 'matlab').steps);
    expect(steps.map(s => s.latex).join('\n')).toContain('\\begin{bmatrix} 0 & 1 \\\\ 1 & 0 \\end{bmatrix}');
  });
});

describe('right division, Kronecker products and matrix exponentials', () => {
  const outer = (text: string): Step => {
    const { steps } = work(text, 'matlab');
    const step = steps.at(-1);
    if (!step) throw new Error(text);
    for (const s of flat(steps)) strictly(s.latex);
    return step;
  };

  test('A / B is worked by elimination and by the inverse', () => {
    for (let k = 0; k < 30; k++) {
      const b = square(2 + (k % 2)).map((row, i) => row.map((x, j) => (i === j ? x + 20 : x)));
      const text = `${matlab(square(b.length))} / ${matlab(b)}`;
      const step = outer(text);
      expect(step.alternatives?.map(s => s.method)).toEqual(['Inverse']);
      close(numbers(lastPart(step.latex)), computed(work(text, 'matlab').evaluated), text);
    }
  });

  test('kron writes every entry with the second matrix beside it', () => {
    const step = outer('kron([1 2; 3 -4], [0 5; 6 7])');
    expect(step.latex).toContain('(-4)\\, B');
    close(numbers(lastPart(step.latex)), [0, 5, 0, 10, 6, 7, 12, 14, 0, 15, 0, -20, 18, 21, -24, -28], 'kron');
    expect(step.children?.length).toBe(4);
  });

  test.each([
    ['expm([0 1; 0 0])', 'series'],
    ['expm([2 1; 0 2])', 'multiple of the identity'],
    ['expm([2 1; 1 2])', 'diagonalisation'],
    ['expm([0 1 2; 0 0 3; 0 0 0])', 'series'],
  ])('%s by its %s', (text, way) => {
    const step = outer(text);
    expect(step.sentence).toContain(way);
    close(numbers(lastPart(step.latex)), computed(work(text, 'matlab').evaluated), text);
  });
});
