import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { evaluateSource, inspect, readDocument, type Step } from '../../../src/core/index';

/**
 * Worked examples whose answers are published, as facts: the matrix, what is asked of it, and the answer. Our exact
 * answer, as the steps write it, is the published one. FCLA is Robert A. Beezer, A First Course in Linear Algebra.
 */
interface Case {
  readonly ask: string;
  readonly a: string;
  readonly b?: string;
  readonly answer: string;
  readonly source: string;
}

const CASES = JSON.parse(
  readFileSync(new URL('../../golden/published-steps.json', import.meta.url), 'utf8'),
) as readonly Case[];

const flat = (steps: readonly Step[]): Step[] =>
  steps.flatMap(s => [s, ...flat(s.children ?? []), ...flat(s.alternatives ?? [])]);

function formulas(source: string): string[] {
  const document = readDocument(source, 'matlab');
  const span = evaluateSource(document, 'matlab').at(-1)?.span;
  const steps = span ? (inspect(document, 'matlab', span, { orStatement: true })?.steps ?? []) : [];
  expect(steps.length, source).toBeGreaterThan(0);
  return flat(steps).map(s =>
    s.latex.replaceAll('\\\\[4pt]', '\\\\').replace(/\\boxed\{((?:[^{}]|\{[^{}]*\})*)\}/g, '$1'),
  );
}

/** `-1/2` as a step writes it. */
const number = (text: string): string => text.replace(/^(-?)(\d+)\/(\d+)$/, '$1\\frac{$2}{$3}');

const rows = (text: string): string[][] => text.split(';').map(row => row.trim().split(/\s+/));

const matrix = (text: string): string =>
  `\\begin{bmatrix} ${rows(text)
    .map(row => row.map(number).join(' & '))
    .join(' \\\\ ')} \\end{bmatrix}`;

const column = (text: string): string => matrix(text.trim().split(/\s+/).join('; '));

/** The columns behind a name in the steps, as numbers. */
function columns(latex: string): number[][] {
  return [...latex.matchAll(/\\begin\{bmatrix\} (.*?) \\end\{bmatrix\}/g)].map(m =>
    m[1].split(' \\\\ ').map(x => {
      const [, sign, top, bottom] = /^(-?)\\frac\{(\d+)\}\{(\d+)\}$/.exec(x) ?? [];
      return top === undefined ? Number(x) : Number(`${sign}${top}`) / Number(bottom);
    }),
  );
}

/** How many of the vectors are independent. */
function rankOf(vectors: readonly (readonly number[])[]): number {
  const left = vectors.map(v => [...v]);
  let rank = 0;
  for (let j = 0; j < (left[0]?.length ?? 0); j++) {
    const k = left.findIndex((v, i) => i >= rank && Math.abs(v[j]) > 1e-9);
    if (k < 0) continue;
    [left[rank], left[k]] = [left[k], left[rank]];
    for (let i = rank + 1; i < left.length; i++) {
      const t = left[i][j] / left[rank][j];
      left[i] = left[i].map((x, c) => x - t * left[rank][c]);
    }
    rank++;
  }
  return rank;
}

const vectors = (text: string): number[][] => text.split('|').map(v => v.trim().split(/\s+/).map(Number));
const array = (text: string): string => `[${text.trim().split(/\s+/).join('; ')}]`;

/** `2 + 2x - x^2` by its coefficients, with 1 before the highest power, as the steps write it. */
function polynomial(text: string): string {
  const coefficients = text.split(' ').map(Number);
  const sign = coefficients[coefficients.length - 1];
  const terms = coefficients.flatMap((c, k) => {
    if (c === 0) return [];
    const power = k === 0 ? '' : k === 1 ? '\\lambda' : `\\lambda^{${k}}`;
    const size = Math.abs(c) === 1 && k > 0 ? '' : String(Math.abs(c));
    return [`${c * sign < 0 ? '-' : '+'} ${size}${power}`];
  });
  return terms.reverse().join(' ').replace(/^\+ /, '');
}

const ASK: Readonly<Record<string, (c: Case) => void>> = {
  determinant: ({ a, answer }) => expect(formulas(`det([${a}])`)[0].split(' = ').at(-1)).toBe(answer),
  inverse: ({ a, answer }) => expect(formulas(`inv([${a}])`)[0]).toContain(` = ${matrix(answer)}`),
  rref: ({ a, answer }) => expect(formulas(`rref([${a}])`)[0]).toBe(`${matrix(a)} \\to ${matrix(answer)}`),
  solve: ({ a, b = '', answer }) => expect(formulas(`[${a}] \\ ${array(b)}`)[0]).toContain(`x = ${column(answer)}`),
  'least squares': ({ a, b = '', answer }) =>
    expect(formulas(`[${a}] \\ ${array(b)}`)[0]).toContain(`x = ${column(answer)}`),
  product: ({ a, b = '', answer }) =>
    expect(formulas(`[${a}] * [${b}]`)[0]).toMatch(new RegExp(` = ${quoted(matrix(answer))}$`)),
  power: ({ a, b, answer }) => expect(formulas(`[${a}]^${b}`)[0]).toContain(`^{${b}} = ${matrix(answer)}`),
  null: ({ a, answer }) => space(a, 'N(A)', answer),
  row: ({ a, answer }) => space(a, 'C(A^T)', answer),
  column: ({ a, answer }) => space(a, 'C(A)', answer),
  charpoly: ({ a, answer }) =>
    expect(formulas(`eig([${a}])`).some(f => f.endsWith(` = ${polynomial(answer)}`))).toBe(true),
  roots: ({ a, answer }) => {
    const [list] = formulas(`eig([${a}])`);
    for (const root of answer.split(', ')) expect(list).toContain(`= ${root}`);
  },
  eigen: ({ a, answer }) => {
    const all = formulas(`[V, D] = eig([${a}])`);
    const published = [...answer.matchAll(/(-?\d+): ([^,]*)/g)];
    expect(published.length).toBeGreaterThan(0);
    for (const [, value, basis] of published) {
      const line = all.find(f => f.startsWith(`\\lambda = ${value}:`) && f.includes('v = '));
      const ours = columns(line?.split('\\quad v = ').at(-1) ?? '');
      const theirs = vectors(basis);
      expect(ours.length, `λ = ${value}`).toBe(theirs.length);
      expect(rankOf([...ours, ...theirs])).toBe(theirs.length);
    }
    const values = new Set([...all[0].matchAll(/= (-?\d+)/g)].map(m => m[1]));
    expect([...values].toSorted()).toEqual(published.map(p => p[1]).toSorted());
  },
  orthogonal: ({ a, answer }) => {
    const all = formulas(`[Q, R] = qr([${a}], 0)`);
    for (const [k, v] of vectors(answer).entries()) {
      const line = all.find(f => f.startsWith(`u_{${k + 1}} = `)) ?? '';
      expect(rankOf([columns(line)[0], v])).toBe(1);
    }
  },
  orthonormal: ({ a, answer }) => {
    const all = formulas(`[Q, R] = qr([${a}], 0)`).join('\n');
    for (const v of answer.split(' | ')) {
      const [, root, entries] = /^(\S+) (.*)$/.exec(v) ?? [];
      expect(all).toContain(`${root}${column(entries)}`);
    }
  },
  projection: ({ a, b = '', answer }) => {
    const [w, v] = [array(a), array(b)];
    const last =
      formulas(`w = ${w}; v = ${v};\ndot(v, w) / dot(v, v) * v`)
        .filter(f => f.includes('bmatrix'))
        .at(-1) ?? '';
    const shown = columns(last).at(-1) ?? [];
    const exact = answer
      .split(' ')
      .map(t => t.split('/').map(Number))
      .map(([n, d = 1]) => n / d);
    for (const [k, x] of exact.entries()) expect(shown[k]).toBeCloseTo(x, 4);
  },
  cross: ({ a, b = '', answer }) =>
    expect(formulas(`cross(${array(a)}, ${array(b)})`)[0].endsWith(` = ${column(answer)}`)).toBe(true),
  dot: ({ a, b = '', answer }) =>
    expect(formulas(`dot(${array(a)}, ${array(b)})`)[0].endsWith(` = ${answer}`)).toBe(true),
  'length squared': ({ a, answer }) => expect(formulas(`norm(${array(a)})`)[0]).toContain(`= \\sqrt{${answer}}`),
  'distance squared': ({ a, b = '', answer }) =>
    expect(formulas(`norm(${array(a)} - ${array(b)})`).some(f => f.includes(`= \\sqrt{${answer}}`))).toBe(true),
};

const quoted = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** The basis as our steps give it, and as it was published, span the same space. */
function space(a: string, name: string, answer: string): void {
  const line = formulas(`rank([${a}])`).find(f => f.startsWith(`${name} = `)) ?? '';
  const ours = columns(line);
  const theirs = answer === '' ? [] : vectors(answer);
  expect(ours.length).toBe(theirs.length);
  expect(rankOf([...ours, ...theirs])).toBe(theirs.length);
}

test('there are enough of them, each with its source', () => {
  expect(CASES.length).toBeGreaterThanOrEqual(150);
  expect(CASES.every(c => c.source !== '' && c.ask in ASK)).toBe(true);
});

test.each(CASES.map(c => [`${c.source}: ${c.ask}`, c] as const))('%s', (_, c) => ASK[c.ask](c));
