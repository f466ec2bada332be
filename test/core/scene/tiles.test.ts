import { describe, expect, it } from 'vitest';
import { type ColorScale, codeOf, decoded, legendOf, overallOf, scaleFor } from '../../../src/core/scene/color-scale';
import { answerData, type PlaneChoice, placePlane, TILE, tileValues } from '../../../src/core/scene/tiles';
import { fromElements, generate, ndarray, transpose } from '../../../src/core/values/ndarray';
import { random as seeded } from '../../support/random';

const random = seeded(5);
const [ROWS, COLUMNS] = [700, 530];
const values = generate(ROWS * COLUMNS, () => random() * 8 - 3);
const whole: PlaneChoice = { rows: 0, columns: 1, at: [0, 0] };
const plane = placePlane([ROWS, COLUMNS], whole);

/** The entries that a cell stands for, found one by one. */
function entriesOf(i: number, j: number, down: number, across: number): number[] {
  const out: number[] = [];
  for (let r = i * down; r < Math.min((i + 1) * down, ROWS); r++)
    for (let c = j * across; c < Math.min((j + 1) * across, COLUMNS); c++) out.push(values[r * COLUMNS + c]);
  return out;
}

describe('a tile', () => {
  it('is the entries themselves where nothing is brought together', () => {
    const tile = tileValues(values, plane, { down: 0, across: 0, row: 2, column: 2 }, 'mean');
    expect(tile).toHaveLength((ROWS - 2 * TILE) * (COLUMNS - 2 * TILE));
    expect(tile[0]).toBe(values[2 * TILE * COLUMNS + 2 * TILE]);
    expect(tile[tile.length - 1]).toBe(values[values.length - 1]);
  });

  for (const [down, across] of [
    [2, 2],
    [1, 3],
    [3, 0],
  ])
    it(`holds means and largest magnitudes of ${2 ** down}×${2 ** across} entries, ragged edges included`, () => {
      const height = Math.ceil(ROWS / 2 ** down);
      const width = Math.min(TILE, Math.ceil(COLUMNS / 2 ** across));
      const place = { down, across, row: 0, column: 0 };
      const [mean, largest, nearest] = (['mean', 'largest', 'nearest'] as const).map(aggregate =>
        tileValues(values, plane, place, aggregate),
      );
      for (const [i, j] of [
        [0, 0],
        [Math.min(TILE, height) - 1, 0],
        [0, width - 1],
        [17, 11],
      ]) {
        const block = entriesOf(i, j, 2 ** down, 2 ** across);
        const k = i * width + j;
        expect(mean[k]).toBeCloseTo(block.reduce((s, x) => s + x, 0) / block.length, 12);
        expect(Math.abs(largest[k])).toBe(Math.max(...block.map(Math.abs)));
        expect(block).toContain(largest[k]);
        expect(block).toContain(nearest[k]);
      }
    });

  it('shows a single NaN among the entries of a cell', () => {
    const some = new Float64Array(1024 * 1024).fill(1);
    some[300 * 1024 + 7] = Number.NaN;
    const of = placePlane([1024, 1024], whole);
    for (const aggregate of ['mean', 'largest'] as const) {
      const tile = tileValues(some, of, { down: 2, across: 2, row: 0, column: 0 }, aggregate);
      expect(tile.filter(Number.isNaN)).toHaveLength(1);
      expect(tile[75 * 256 + 1]).toBeNaN();
    }
  });

  it('is empty beyond the array', () => {
    expect(tileValues(values, plane, { down: 0, across: 0, row: 9, column: 0 }, 'mean')).toHaveLength(0);
  });
});

describe('an answer about an array', () => {
  const a = transpose(
    fromElements(
      'int64',
      [2, 3, 4],
      Array.from({ length: 24 }, (_, k) => k),
    ),
  );
  const plane: PlaneChoice = { rows: 2, columns: 0, at: [0, 1, 0] };

  it('tells the entries of any plane of any view', () => {
    const answer = answerData(a, { kind: 'entries', plane, row: 1, column: 1, rows: 5, columns: 2 });
    // a[c, 1, r] is 12 r + 4 + c.
    expect(answer).toEqual({ kind: 'entries', items: [17, 18] });
  });

  it('is whole for integers beyond the exact numbers', () => {
    const big = ndarray('int64', [1, 2], BigInt64Array.of(2n ** 60n + 1n, -1n));
    expect(answerData(big, { kind: 'entries', plane: whole, row: 0, column: 0, rows: 1, columns: 2 })).toEqual({
      kind: 'entries',
      items: [2n ** 60n + 1n, -1n],
    });
  });

  it('sends a tile with a buffer of its own size', () => {
    const scale: ColorScale = { map: 'sequential', low: 0, high: 23 };
    const answer = answerData(a, {
      kind: 'tile',
      plane,
      part: 'real',
      aggregate: 'mean',
      scale,
      down: 0,
      across: 0,
      row: 0,
      column: 0,
    });
    if (answer?.kind !== 'tile') throw new Error('no tile');
    expect(answer.codes.buffer.byteLength).toBe(8);
    expect(decoded(scale, answer.codes[7]).level).toBeCloseTo(19 / 23, 2);
  });

  it('refuses axes that the array does not have', () => {
    for (const wrong of [
      { columns: 3, at: [] },
      { rows: 1, columns: 1, at: [] },
    ])
      expect(answerData(a, { kind: 'entries', plane: wrong, row: 0, column: 0, rows: 1, columns: 1 })).toBeUndefined();
  });
});

describe('the colours', () => {
  const scaleOf = (...x: number[]): ColorScale => scaleFor(Float64Array.from(x));

  it('lie about zero where both signs occur, otherwise from low to high', () => {
    expect(scaleOf(-1, 3)).toEqual({ map: 'diverging', low: -3, high: 3 });
    expect(scaleOf(2, 5)).toEqual({ map: 'sequential', low: 2, high: 5 });
    expect(scaleOf(4, 4)).toEqual({ map: 'diverging', low: -4, high: 4 });
    expect(scaleOf(Number.NaN).map).toBe('sequential');
  });

  it('leave out a few extremes, and say how many', () => {
    const numbers = generate(10_000, k => k / 10_000);
    numbers[77] = 1e6;
    numbers[78] = Number.NaN;
    numbers[79] = Number.NEGATIVE_INFINITY;
    const overall = overallOf(numbers);
    const scale = scaleFor(numbers, overall);
    expect(scale.low).toBe(0);
    expect(scale.high).toBeCloseTo(1.235, 2);
    const { notes } = legendOf(scale, numbers, overall);
    expect(notes).toEqual([
      { mark: 'X', text: '1 NaN (X)' },
      { mark: '−∞', text: '1 −∞' },
      { mark: '+', text: '1 above (+)' },
    ]);
    expect(overall.mean).toBeCloseTo((1e6 + 4999.5 - (77 + 78 + 79) / 10_000) / 9998, 8);
  });

  it('keep their place in a byte', () => {
    const scale: ColorScale = { map: 'diverging', low: -2, high: 2 };
    for (const x of [-2, -0.5, 0, 1.3, 2]) expect(decoded(scale, codeOf(scale, x)).level).toBeCloseTo(x / 2, 2);
    const marks = [Number.NaN, 3, -3, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map(
      x => decoded(scale, codeOf(scale, x)).mark,
    );
    expect(marks).toEqual(['X', '+', '-', '∞', '−∞']);
  });
});
