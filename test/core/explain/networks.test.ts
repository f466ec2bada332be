import { describe, expect, test } from 'vitest';
import type { Trace } from '../../../src/core/evaluate/trace';
import { relu } from '../../../src/core/explain/elementwise';
import { attention, cosineSimilarity, layerNorm, softmax } from '../../../src/core/explain/networks';
import { ndarray } from '../../../src/core/values/ndarray';
import { arrayValue, scalar, type Value } from '../../../src/core/values/value';
import { strictly } from '../../support/katex';
import { random } from '../../support/random';

/** Operations that libraries do in one call: the worked form of each, told only where it gives the library's value. */

type Rows = readonly (readonly number[])[];

const matrix = (rows: Rows): Value =>
  arrayValue(ndarray('float64', [rows.length, rows[0].length], Float64Array.from(rows.flat())));
const vector = (x: readonly number[]): Value => arrayValue(ndarray('float64', [x.length], Float64Array.from(x)));

const node = (operation: string, operands: readonly Value[], result: Value): Trace => ({
  operation,
  expression: { kind: 'name', name: 'x', span: { start: 0, end: 1 } },
  operands,
  result,
  children: [],
});

const next = random(8);
const grid = (rows: number, columns: number): number[][] =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, () => Math.floor(next() * 17 - 8) / 4));
const share = (x: readonly number[]): number[] => {
  const e = x.map(Math.exp);
  return e.map(y => y / e.reduce((s, t) => s + t, 0));
};
const turned = (a: Rows): number[][] => a[0].map((_, j) => a.map(row => row[j]));
const times = (a: Rows, b: Rows): number[][] =>
  a.map(row => b[0].map((_, j) => row.reduce((s, x, k) => s + x * b[k][j], 0)));

/** The rounded entries at the end of a formula. */
const last = (latex: string): number[] =>
  (latex.split(/ = | \\approx /).at(-1) ?? '')
    .replace(/\\(begin|end)\{bmatrix\}/g, '')
    .split(/&|\\\\/)
    .map(t => Number(t.trim().replace(/ \\times 10\^\{(-?\d+)\}/, 'e$1')));

function agrees(step: ReturnType<typeof softmax>, expected: readonly number[]): void {
  if (!step) throw new Error('not told');
  for (const s of [step, ...(step.children ?? []), ...(step.children ?? []).flatMap(c => c.children ?? [])])
    strictly(s.latex);
  for (const found of [last(step.latex), last(step.children?.at(-1)?.latex ?? '')]) {
    expect(found.length).toBe(expected.length);
    for (const [k, x] of found.entries()) expect(Math.abs(x - expected[k])).toBeLessThan(1e-4 + 1e-3 * Math.abs(x));
  }
}

describe('what the library gave', () => {
  for (let round = 0; round < 12; round++) {
    const [n, m] = [2 + (round % 3), 2 + (round % 4)];
    const x = grid(n, m);

    test(`softmax of a vector, rows and columns ${round}`, () => {
      agrees(softmax(node('softmax', [vector(x[0])], vector(share(x[0])))), share(x[0]));
      agrees(softmax(node('torch.softmax', [matrix(x), scalar('int64', 1)], matrix(x.map(share)))), x.flatMap(share));
      const down = turned(turned(x).map(share));
      agrees(softmax(node('softmax', [matrix(x)], matrix(down))), down.flat());
    });

    test(`attention ${round}`, () => {
      const [q, k, v] = [grid(n, 3), grid(m, 3), grid(m, 2)];
      const scores = times(q, turned(k)).map(row => row.map(s => s / Math.sqrt(3)));
      const mixed = times(scores.map(share), v);
      agrees(attention(node('attention', [matrix(q), matrix(k), matrix(v)], matrix(mixed))), mixed.flat());
    });

    test(`layer norm ${round}`, () => {
      const normed = x.map(row => {
        const mean = row.reduce((s, y) => s + y, 0) / m;
        const variance = row.reduce((s, y) => s + (y - mean) ** 2, 0) / m;
        return row.map(y => (y - mean) / Math.sqrt(variance + 1e-5));
      });
      agrees(layerNorm(node('layer_norm', [matrix(x)], matrix(normed))), normed.flat());
    });

    test(`cosine similarity ${round}`, () => {
      const [a, b] = [x[0].map(y => y + 3), x[1].map(y => y - 3)];
      const length = (v: readonly number[]): number => Math.hypot(...v);
      const cosine = a.reduce((s, y, k) => s + y * b[k], 0) / (length(a) * length(b));
      const step = cosineSimilarity(node('cosine_similarity', [vector(a), vector(b)], scalar('float64', cosine)));
      expect(Math.abs(last(step?.latex ?? '')[0] - cosine)).toBeLessThan(1e-4);
      for (const s of [step, ...(step?.children ?? [])]) strictly(s?.latex ?? '');
    });

    test(`ReLU ${round}`, () => {
      const cut = x.map(row => row.map(y => Math.max(0, y)));
      expect(last(relu(node('relu', [matrix(x)], matrix(cut)))?.latex ?? '').length).toBe(n * m);
    });
  }
});

test('another value is not told', () => {
  const x = grid(2, 3);
  const q = grid(2, 2);
  expect(softmax(node('softmax', [matrix(x)], matrix(x)))).toBeUndefined();
  expect(attention(node('attention', [matrix(q), matrix(q), matrix(q)], matrix(q)))).toBeUndefined();
  expect(
    layerNorm(node('layer_norm', [matrix(x), vector([3])], matrix(x.map(r => r.map(y => 2 * y))))),
  ).toBeUndefined();
  expect(
    cosineSimilarity(node('cosine_similarity', [vector([1, 2]), vector([3, 4])], scalar('float64', 0.5))),
  ).toBeUndefined();
});
