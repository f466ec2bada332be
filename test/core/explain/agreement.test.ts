import { describe, expect, test } from 'vitest';
import { type Evaluated, evaluateSource, inspect, readDocument, type Step } from '../../../src/core/index';
import { strictly } from '../../support/katex';
import { random } from '../../support/random';

/** Every method and every alternative against the engine, in several spellings: what the last line says is the value. */

type Rows = readonly (readonly number[])[];

interface Worked {
  readonly text: string;
  readonly evaluated: Evaluated;
  readonly step: Step;
}

const flat = (steps: readonly Step[]): Step[] =>
  steps.flatMap(s => [s, ...flat(s.children ?? []), ...flat(s.alternatives ?? [])]);

function work(text: string, language: string): Worked | undefined {
  const document = readDocument(text, language);
  const evaluated = evaluateSource(document, language).at(-1);
  if (evaluated?.status !== 'ok') return undefined;
  const steps = inspect(document, language, evaluated.span, { orStatement: true })?.steps ?? [];
  for (const s of flat(steps)) strictly(s.latex);
  const step = steps.at(-1);
  return step && { text, evaluated, step };
}

const cache = new Map<string, number[]>();

/** The numbers that a typeset matrix or number comes to, by our own reading of it. */
function numbers(latex: string): number[] {
  const known = cache.get(latex);
  if (known) return known;
  const value = evaluateSource(`$x = ${latex}$ and $1 x$`, 'latex').at(-1)?.value;
  const found =
    value?.kind === 'array'
      ? Array.from(value.array.data as Float64Array, Number)
      : value?.kind === 'scalar'
        ? [Number(value.value)]
        : [];
  cache.set(latex, found);
  return found;
}

function valuesOf(v: Evaluated['value'] | undefined): number[] {
  if (v?.kind === 'array') return Array.from(v.array.data as Float64Array, Number);
  if (v?.kind === 'tuple' || v?.kind === 'list') return v.items.flatMap(valuesOf);
  return v?.kind === 'scalar' ? [Number(v.value)] : [];
}

/** The last value of a line, and the exact one before its decimals. */
function endings(latex: string): { readonly part: string; readonly rounded: boolean }[] {
  const pieces = latex.split(/ (=|\\approx|\\to|\\Rightarrow\\quad x =) /);
  const last = pieces.at(-1) ?? '';
  const rounded = pieces.at(-2) === '\\approx';
  const before = pieces.at(-3) ?? '';
  return rounded && pieces.at(-4) === '=' && !/[.]|\\cdot|\\mathrm|e\^|underbrace|\\right/.test(before)
    ? [
        { part: last, rounded },
        { part: before, rounded: false },
      ]
    : [{ part: last, rounded }];
}

/** A length is written with two decimals, other numbers with four. */
function near(found: readonly number[], expected: readonly number[], rounded: boolean, what: string): void {
  expect(found.length, what).toBe(expected.length);
  const size = Math.max(1, ...expected.map(Math.abs));
  const step = /\\sqrt.*\\approx \d+\.\d\d$/.test(what) ? 6e-3 : 6e-5;
  for (const [k, x] of found.entries())
    expect(Math.abs(x - expected[k]), what).toBeLessThanOrEqual(
      rounded ? step + 1e-3 * Math.abs(expected[k]) : 1e-7 * size,
    );
}

const next = random(2026);
const whole = (limit = 9): number => Math.floor(next() * (2 * limit + 1)) - limit;
/** Whole numbers, and now and then quarters and tenths. */
const entry = (): number => (next() < 0.85 ? whole() : next() < 0.5 ? whole(20) / 4 : whole(30) / 10);
const grid = (rows: number, columns: number, of = entry): Rows =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, of));
const side = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
const square = (): Rows => {
  const n = side(2, 4);
  return grid(n, n);
};
const times = (a: Rows, b: Rows): Rows => a.map(row => b[0].map((_, j) => row.reduce((s, x, k) => s + x * b[k][j], 0)));
const turned = (a: Rows): Rows => a[0].map((_, j) => a.map(row => row[j]));

const np = (m: Rows | readonly number[]): string => `np.array(${JSON.stringify(m)})`;
const ml = (m: Rows): string => `[${m.map(r => r.join(' ')).join('; ')}]`;
const tex = (m: Rows): string => `\\begin{bmatrix} ${m.map(r => r.join(' & ')).join(' \\\\ ')} \\end{bmatrix}`;
const python = (line: string): readonly [string, string] => [`import numpy as np\n${line}`, 'python'];
const matlab = (line: string): readonly [string, string] => [line, 'matlab'];
const latex = (formula: string): readonly [string, string] => [`$${formula}$`, 'latex'];
const vector = (n: number): number[] => grid(1, n, () => whole() || 1)[0] as number[];

/** Spellings of one question about random operands. */
type Question = () => readonly (readonly [string, string])[];

const QUESTIONS: Readonly<Record<string, { readonly ask: Question; readonly rounds: number; readonly least: number }>> =
  {
    determinant: {
      ask: () => {
        const a = square();
        return [python(`np.linalg.det(${np(a)})`), matlab(`det(${ml(a)})`), latex(`\\det ${tex(a)}`)];
      },
      rounds: 90,
      least: 250,
    },
    inverse: {
      ask: () => {
        const a = square();
        return [python(`np.linalg.inv(${np(a)})`), matlab(`inv(${ml(a)})`), latex(`${tex(a)}^{-1}`)];
      },
      rounds: 60,
      least: 160,
    },
    solve: {
      ask: () => {
        const a = square();
        const b = vector(a.length);
        return [python(`np.linalg.solve(${np(a)}, ${np(b)})`), matlab(`${ml(a)} \\ ${ml(b.map(x => [x]))}`)];
      },
      rounds: 90,
      least: 160,
    },
    'least squares': {
      ask: () => {
        const a = grid(side(3, 5), 2, whole as () => number);
        const b = vector(a.length);
        return [
          python(`np.linalg.lstsq(${np(a)}, ${np(b)}, rcond=None)[0]`),
          matlab(`${ml(a)} \\ ${ml(b.map(x => [x]))}`),
          matlab(`${ml(turned(a))} \\ ${ml(vector(2).map(x => [x]))}`),
        ];
      },
      rounds: 60,
      least: 100,
    },
    product: {
      ask: () => {
        const [n, k, m] = [side(1, 4), side(1, 4), side(1, 4)];
        const [a, b] = [grid(n, k), grid(k, m)];
        return [
          python(`${np(a)} @ ${np(b)}`),
          python(`np.dot(${np(a)}, ${np(turned(b)[0])})`),
          python(`${np(turned(a)[0])} @ ${np(a)}`),
          matlab(`${ml(a)} * ${ml(b)}`),
          latex(`${tex(a)} ${tex(b)}`),
        ];
      },
      rounds: 90,
      least: 350,
    },
    power: {
      ask: () => {
        const n = side(2, 3);
        const a = grid(n, n, () => whole(3));
        const k = side(2, 9);
        return [python(`np.linalg.matrix_power(${np(a)}, ${k})`), matlab(`${ml(a)}^${k}`), latex(`${tex(a)}^${k}`)];
      },
      rounds: 40,
      least: 110,
    },
    vectors: {
      ask: () => {
        const n = side(2, 5);
        const [a, b] = [vector(n), vector(n)];
        const [c, d] = [vector(3), vector(3)];
        return [
          python(`np.dot(${np(a)}, ${np(b)})`),
          python(`np.linalg.norm(${np(a)})`),
          python(`np.linalg.norm(${np(a)}, 1)`),
          python(`np.linalg.norm(${np(a)}, np.inf)`),
          python(`np.linalg.norm(${np(a)} - ${np(b)})`),
          python(`np.cross(${np(c)}, ${np(d)})`),
          python(`np.outer(${np(a)}, ${np(c)})`),
          python(`np.dot(${np(a)}, ${np(b)}) / np.dot(${np(b)}, ${np(b)}) * ${np(b)}`),
          python(`np.dot(${np(a)}, ${np(b)}) / (np.linalg.norm(${np(a)}) * np.linalg.norm(${np(b)}))`),
          matlab(`dot(${ml([a])}, ${ml([b])})`),
          matlab(`norm(${ml([a])} - ${ml([b])})`),
          matlab(`cross(${ml([c])}, ${ml([d])})`),
          matlab(`${ml([a])} / norm(${ml([a])})`),
        ];
      },
      rounds: 40,
      least: 500,
    },
    'matrix norms': {
      ask: () => {
        const a = grid(side(2, 3), 2, () => whole());
        return [
          python(`np.linalg.norm(${np(a)})`),
          python(`np.linalg.norm(${np(a)}, 2)`),
          python(`np.linalg.norm(${np(a)}, 1)`),
          python(`np.linalg.norm(${np(a)}, np.inf)`),
          matlab(`norm(${ml(a)})`),
          matlab(`norm(${ml(a)}, 'fro')`),
          matlab(`norm(${ml(a)}, 1)`),
          matlab(`norm(${ml(a)}, Inf)`),
        ];
      },
      rounds: 30,
      least: 200,
    },
    'entry by entry': {
      ask: () => {
        const [n, m] = [side(1, 3), side(1, 3)];
        const [a, b, c] = [grid(n, m), grid(n, m), grid(1, m)];
        return [
          python(`${np(a)} + ${np(b)}`),
          python(`${np(a)} - ${np(b)}`),
          python(`${np(a)} * ${np(b)}`),
          python(`${np(a)} + ${np(c[0])}`),
          python(`np.maximum(0, ${np(a)} @ ${np(turned(b))})`),
          python(`np.sum(${np(a)}, axis=1)`),
          python(`${np(a)}.mean(axis=0)`),
          python(`${np(a)}.var()`),
          python(`np.trace(${np(times(a, turned(b)))})`),
          matlab(`${ml(a)} + ${ml(b)}`),
          matlab(`${ml(a)} .* ${ml(b)}`),
          matlab(`sum(${ml(a)})`),
          matlab(`std(${ml(a)})`),
          matlab(`${whole() || 2} * ${ml(a)}`),
          latex(`${tex(a)} - ${tex(b)}`),
        ];
      },
      rounds: 35,
      least: 380,
    },
    networks: {
      ask: () => {
        const n = side(2, 4);
        const x = vector(n).map(y => y / 4);
        const [q, k, v] = [grid(2, 3, () => whole(3)), grid(3, 3, () => whole(3)), grid(3, 2, () => whole(3))];
        const head =
          'def softmax(z):\n    e = np.exp(z - z.max(axis=-1, keepdims=True))\n    return e / e.sum(axis=-1, keepdims=True)\n';
        return [
          python(`x = ${np(x)}\nnp.exp(x) / np.exp(x).sum()`),
          python(`x = ${np(x)}\nnp.exp(x - np.max(x)) / np.sum(np.exp(x - np.max(x)), keepdims=True)`),
          python(`${head}softmax(${np(q)})`),
          python(`${head}softmax(${np(q)} @ ${np(k)}.T / np.sqrt(3)) @ ${np(v)}`),
          python(`x = ${np(x)}\n(x - x.mean()) / np.sqrt(x.var() + 1e-5)`),
          python(`np.maximum(0, ${np(q)} @ ${np(vector(3))} + ${np(vector(2))})`),
        ];
      },
      rounds: 25,
      least: 120,
    },
    'changes of basis and normal equations': {
      ask: () => {
        const [p, a] = [grid(2, 2, () => whole()), grid(2, 2, () => whole())];
        const b = grid(4, 2, () => whole());
        const y = vector(4);
        return [
          python(`np.linalg.inv(${np(p)}) @ ${np(a)} @ ${np(p)}`),
          python(`A = ${np(b)}\ny = ${np(y)}\nnp.linalg.inv(A.T @ A) @ A.T @ y`),
          python(`np.array([[0.5, 0.25], [0.5, 0.75]]) @ np.array([0.5, 0.5])`),
          matlab(`inv(${ml(p)}) * ${ml(a)} * ${ml(p)}`),
        ];
      },
      rounds: 25,
      least: 70,
    },
  };

let told = 0;

test.each(Object.entries(QUESTIONS))('%s: the last line of every way is the value', (_, { ask, rounds, least }) => {
  let count = 0;
  for (let round = 0; round < rounds; round++)
    for (const [text, language] of ask()) {
      const found = work(text, language);
      if (!found || /Exact steps need|grow beyond|numerically|No inverse/.test(found.step.sentence)) continue;
      const expected = valuesOf(found.evaluated.value);
      for (const way of [found.step, ...(found.step.alternatives ?? [])]) {
        const what = `${text}\n${way.latex}`;
        for (const { part, rounded } of endings(way.latex))
          near(numbers(part), expected, rounded || /\d\.\d{3}/.test(part), what);
        count++;
      }
    }
  told += count;
  expect(count).toBeGreaterThanOrEqual(least);
});

describe('decompositions', () => {
  const exact = (latex: string): number[] => numbers(latex.split(' \\approx ')[0]);

  test('LU: P A = L U, and U is the engine’s', () => {
    for (let k = 0; k < 60; k++) {
      const a = square();
      const found = work(`[L, U, P] = lu(${ml(a)})`, 'matlab');
      if (!found) throw new Error(ml(a));
      const [left, right] = found.step.latex.split(' = ');
      near(numbers(left), numbers(right), false, found.text);
      told++;
    }
  });

  test('QR: Q and R with the library’s signs', () => {
    let count = 0;
    for (let k = 0; k < 60; k++) {
      const a = grid(side(2, 4), 2, () => whole());
      for (const [text, language] of [python(`np.linalg.qr(${np(a)})`), matlab(`[Q, R] = qr(${ml(a)}, 0)`)]) {
        const found = work(text, language);
        if (found?.evaluated.value?.kind !== 'tuple' || !found.step.latex.startsWith('Q =')) continue;
        const parts = found.step.latex.replace('Q = ', '').split(', \\quad R = ');
        for (const [i, part] of parts.entries())
          near(exact(part), valuesOf(found.evaluated.value.items[i]), false, text);
        count++;
      }
    }
    told += count;
    expect(count).toBeGreaterThan(90);
  });

  test('Cholesky', () => {
    let count = 0;
    for (let k = 0; k < 40; k++) {
      const n = side(2, 3);
      const b = grid(n, n, () => whole(4));
      const a = times(b, turned(b)).map((row, i) => row.map((x, j) => x + (i === j ? 1 : 0)));
      for (const [text, language] of [python(`np.linalg.cholesky(${np(a)})`), matlab(`chol(${ml(a)})`)]) {
        const found = work(text, language);
        if (!found) throw new Error(text);
        near(exact(found.step.latex.split(' = ').slice(1).join(' = ')), valuesOf(found.evaluated.value), false, text);
        count++;
      }
    }
    told += count;
    expect(count).toBe(80);
  });

  test('rank, null space and its dimension', () => {
    for (let k = 0; k < 80; k++) {
      const [n, m, r] = [side(2, 4), side(2, 5), side(1, 3)];
      const a = times(
        grid(n, r, () => whole(4)),
        grid(r, m, () => whole(4)),
      );
      for (const [text, language] of [python(`np.linalg.matrix_rank(${np(a)})`), matlab(`rank(${ml(a)})`)]) {
        const found = work(text, language);
        if (!found) throw new Error(text);
        const [rank] = valuesOf(found.evaluated.value);
        expect(found.step.sentence).toContain(`, ${rank}.`);
        const basis = flat([found.step]).find(s => s.latex.startsWith('N(A) = '))?.latex ?? '';
        const vectors = basis.match(/\\begin\{bmatrix\}.*?\\end\{bmatrix\}/g) ?? [];
        expect(vectors.length, text).toBe(m - rank);
        for (const v of vectors)
          for (const x of times(
            a,
            numbers(v).map(y => [y]),
          ).flat())
            expect(Math.abs(x)).toBeLessThan(1e-9);
        told++;
      }
    }
  });

  const listed = (latex: string): string[] =>
    latex.split(', \\quad ').map(p => p.split(' = ')[1].split(' \\approx ')[0]);
  const complex = (text: string): { re: number; im: number } => {
    const value = evaluateSource(`$x = ${text}$ and $1 x$`, 'latex').at(-1)?.value;
    const x = value?.kind === 'scalar' ? value.value : Number.NaN;
    return typeof x === 'object' ? x : { re: Number(x), im: 0 };
  };

  test('eigenvalues of 2×2 always, of larger ones where they split; eigenvectors are such', () => {
    let [count, two, twoTold] = [0, 0, 0];
    for (let k = 0; k < 150; k++) {
      const n = k % 2 === 0 ? 2 : side(3, 4);
      const a = grid(n, n, n === 2 ? entry : () => whole(3));
      const found = work(...python(`np.linalg.eig(${np(a)})`));
      const value = found?.evaluated.value;
      if (n === 2) two++;
      if (!found?.step.latex.startsWith('\\lambda') || value?.kind !== 'tuple' || value.items[0].kind !== 'array')
        continue;
      if (n === 2) twoTold++;
      count++;
      const { array } = value.items[0];
      const data = Array.from(array.data as Float64Array, Number);
      const expected =
        array.dtype === 'complex128'
          ? Array.from({ length: n }, (_, i) => ({ re: data[2 * i], im: data[2 * i + 1] }))
          : data.map(re => ({ re, im: 0 }));
      for (const root of listed(found.step.latex).map(complex)) {
        const at = expected.findIndex(
          e => Math.hypot(e.re - root.re, e.im - root.im) < 1e-3 * Math.max(1, Math.abs(e.re)),
        );
        expect(at, `${np(a)}\n${found.step.latex}`).toBeGreaterThanOrEqual(0);
        expected.splice(at, 1);
      }
      expect(expected).toEqual([]);
      for (const s of flat([found.step])) {
        const [, lambda, vectors] = /^\\lambda = (.*?): \\quad (?:.*\\quad )?v = (.*)$/.exec(s.latex) ?? [];
        const root = lambda === undefined ? undefined : complex(lambda);
        if (root?.im !== 0) continue;
        for (const v of vectors.split(', \\; ').map(numbers))
          for (const [i, x] of times(
            a,
            v.map(y => [y]),
          )
            .flat()
            .entries())
            expect(Math.abs(x - root.re * v[i]), `${np(a)}\n${s.latex}`).toBeLessThan(
              1e-9 * Math.max(1, ...v.map(Math.abs)) * 100,
            );
      }
    }
    told += count;
    expect(twoTold).toBe(two);
    expect(count).toBeGreaterThan(80);
  });

  test('singular values', () => {
    let count = 0;
    for (let k = 0; k < 60; k++) {
      const a = grid(side(2, 3), 2, () => whole());
      for (const [text, language] of [python(`np.linalg.svd(${np(a)}, compute_uv=False)`), matlab(`svd(${ml(a)})`)]) {
        const found = work(text, language);
        if (!found?.step.latex.startsWith('\\sigma')) throw new Error(text);
        near(
          listed(found.step.latex).map(p => numbers(p)[0]),
          valuesOf(found.evaluated.value),
          false,
          text,
        );
        count++;
      }
    }
    told += count;
    expect(count).toBe(120);
  });
});

test('thousands were compared', () => expect(told).toBeGreaterThan(3000));
