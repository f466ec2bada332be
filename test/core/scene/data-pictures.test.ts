import { describe, expect, it } from 'vitest';
import { inspect } from '../../../src/core/index';
import { frobenius, matrix, svd } from '../../../src/core/linalg/index';
import { ticks } from '../../../src/core/scene/chart';
import { histogramOf } from '../../../src/core/scene/histogram';
import { sceneOf } from '../../../src/core/scene/index';
import { approximation } from '../../../src/core/scene/low-rank';
import type { Picture } from '../../../src/core/scene/picture';
import { DEFAULT_SCENE_OPTIONS, type Scene } from '../../../src/core/scene/scene';
import { decimated } from '../../../src/core/scene/series';
import { sideNormsOf } from '../../../src/core/scene/side-norms';
import { sparsityOf } from '../../../src/core/scene/sparsity';
import { rankShare } from '../../../src/core/scene/spectrum';
import { generate } from '../../../src/core/values/ndarray';
import { random } from '../../support/random';

const next = random(3);
const drawn = (picture: Picture, settings = {}): Scene => sceneOf(picture, { ...DEFAULT_SCENE_OPTIONS, settings });

/** Kinds of the pictures of the last place where `at` stands. */
function kindsOf(text: string, at: string): string[] {
  const source = `import numpy as np\n${text}`;
  const start = source.lastIndexOf(at);
  const found = inspect(source, 'python', { start, end: start + at.length }, { limits: 'large' });
  return found?.pictures.map(p => p.kind) ?? [];
}

describe('the ticks of a chart', () => {
  it('are round and within', () => {
    expect(ticks(0, 10)).toEqual([0, 2, 4, 6, 8, 10]);
    expect(ticks(-0.31, 0.29)).toEqual([-0.2, 0, 0.2]);
    expect(ticks(3, 3)).toEqual([3]);
  });
});

describe('a histogram', () => {
  it('counts each finite number once and names the rest', () => {
    const values = generate(1000, () => next() * 7 - 2);
    values[5] = Number.NaN;
    values[6] = Number.POSITIVE_INFINITY;
    const h = histogramOf('x', values, false);
    if (!h) throw new Error('no histogram');
    expect(h.counts.reduce((a, b) => a + b, 0)).toBe(998);
    const width = (h.right - h.left) / h.counts.length;
    const third = values.filter(x => x >= h.left + 2 * width && x < h.left + 3 * width).length;
    expect(h.counts[2]).toBe(third);
    expect(drawn(h).description).toContain('Left out: 1 NaN, 1 +∞.');
  });

  it('gives whole numbers a bin each', () => {
    const h = histogramOf('n', Float64Array.of(1, 1, 2, 5), true);
    expect(Array.from(h?.counts ?? [])).toEqual([2, 1, 0, 0, 1]);
    expect(h && drawn(h, { heights: 'log' }).controls?.[0].value).toBe('log');
  });

  it('is not there without a finite number', () => {
    expect(histogramOf('x', Float64Array.of(Number.NaN), false)).toBeUndefined();
  });
});

describe('the line through many entries', () => {
  it('keeps every peak and breaks where an entry is not finite', () => {
    const values = generate(10_000, k => Math.sin(k / 500));
    values[1234] = 9;
    values[4321] = -9;
    values[7000] = Number.NaN;
    const lines = decimated(values, 300);
    expect(lines).toHaveLength(2);
    const heights = lines.flat().filter((_, k) => k % 2 === 1);
    expect(Math.max(...heights)).toBe(9);
    expect(Math.min(...heights)).toBe(-9);
    expect(heights.length).toBeLessThan(1300);
  });
});

describe('an approximation of rank k', () => {
  it('leaves the residual that its caption says', () => {
    const [rows, columns] = [9, 7];
    const values = generate(rows * columns, () => next() - 0.5);
    const picture = { kind: 'low-rank', label: 'A', rows, columns, values } as const;
    const f = svd(matrix(rows, columns, values));
    if (f.kind !== 'ok') throw new Error('no factors');
    for (const k of [1, 3, 7]) {
      const near = approximation(picture, f, k);
      const left = matrix(
        rows,
        columns,
        values.map((x, i) => x - near[i]),
      );
      const { residual } = rankShare(Array.from(f.s), k);
      expect(frobenius(left) / frobenius(matrix(rows, columns, values))).toBeCloseTo(residual, 10);
      expect(drawn(picture, { rank: k }).caption).toMatch(new RegExp(`^Rank ${k} of 7: `));
    }
  });
});

describe('norms and patterns', () => {
  it('are those of the rows and columns', () => {
    const p = sideNormsOf('A', 2, 2, Float64Array.of(3, 4, 0, 1e200));
    expect(Array.from(p.ofRows)).toEqual([5, 1e200]);
    expect(p.ofColumns[0]).toBeCloseTo(3, 12);
    expect(drawn(p).description).toContain('the longest is row 1');
  });

  it('count what is not zero and how far it is from the diagonal', () => {
    const p = sparsityOf(
      'A',
      100,
      100,
      generate(10_000, k => (Math.abs(Math.floor(k / 100) - (k % 100)) <= 2 ? 1 : 0)),
    );
    expect([p.filled, p.band]).toEqual([494, 2]);
    expect(p.cells.shares).toHaveLength(64 * 64);
    expect(drawn(p).description).toContain('494 entries that are not zero (4.94 %), all within 2 of the diagonal');
  });
});

describe('the choice of pictures', () => {
  it('follows the array', () => {
    expect(kindsOf('v = np.sin(np.arange(200))', 'v')).toEqual(['series', 'array-heatmap', 'histogram']);
    expect(kindsOf('A = np.arange(300 * 200).reshape(300, 200)', 'A')).toEqual([
      'array-heatmap',
      'histogram',
      'side-norms',
    ]);
    expect(kindsOf('T = np.arange(24.).reshape(2, 3, 4)', 'T')).toEqual(['multiples', 'array-heatmap', 'histogram']);
    expect(kindsOf('I = np.eye(6)', 'I')).toContain('sparsity');
    expect(kindsOf('Z = np.array([1j, 2])', 'Z')).toEqual(['array-heatmap']);
    expect(kindsOf('m = np.arange(9).reshape(3, 3) > 4', 'm')).toContain('array-heatmap');
  });

  it('shows a vector itself, not the one that it was made from', () => {
    const source = 'import numpy as np\nx = np.arange(100) % 7\nsums = np.cumsum(x)';
    const start = source.indexOf('sums');
    const found = inspect(source, 'python', { start, end: start + 4 })?.pictures.find(p => p.kind === 'series');
    expect(found?.kind === 'series' && [found.label, found.values[99]]).toEqual(['sums', 295]);
  });

  it('shows a determinant in its matrix', () => {
    const kinds = kindsOf('B = np.eye(5) * 2\ndelta = np.linalg.det(B)', 'delta');
    expect(kinds).toContain('low-rank');
  });
});

describe('slices', () => {
  it('are those of the chosen axis', () => {
    const picture = { kind: 'multiples', label: 'T', shape: [3, 2, 20], values: generate(120, k => k) } as const;
    const cells = (scene: Scene) =>
      scene.marks.reduce((n, m) => n + (m.kind === 'raster' ? m.codes.length : m.kind === 'cell' ? 1 : 0), 0);
    expect(cells(drawn(picture))).toBe(120);
    const across = drawn(picture, { axis: '2', first: 4 });
    expect(cells(across)).toBe(16 * 6);
    expect(across.description).toContain('slices 4 to 19 of 20 along axis 2');
  });
});
