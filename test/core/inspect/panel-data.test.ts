import { describe, expect, it } from 'vitest';
import { answerFor, forPanel, type Inspection, inspect, isLean } from '../../../src/core/index';
import { readFromPanel } from '../../../src/protocol/read-from-panel';

/** The inspection of the name `A` where it is assigned. */
function inspected(expression: string): Inspection {
  const text = `import numpy as np\nA = ${expression}`;
  const start = text.indexOf('\nA =') + 1;
  const found = inspect(text, 'python', { start, end: start + 1 }, { limits: 'large' });
  if (!found) throw new Error('nothing found');
  return found;
}

const placeOf = ({ pictures }: Inspection): number => pictures.findIndex(p => p.kind === 'array-heatmap');

describe('what goes to the panel', () => {
  it('is the inspection itself where it is small', () => {
    const small = inspected('np.array([[1, 2], [3, 4]])');
    expect(forPanel(small)).toBe(small);
    const middle = inspected('np.arange(10000).reshape(100, 100)');
    expect(forPanel(middle)).toBe(middle);
    expect(isLean(middle)).toBe(false);
  });

  it('leaves the numbers of large arrays with the host, which tells them', () => {
    const large = inspected('np.arange(1100 * 1000).reshape(1100, 1000)');
    const sent = forPanel(large);
    expect(sent.value).toBeUndefined();
    expect(sent.text).toBe(large.text);
    expect(isLean(sent)).toBe(true);
    const picture = sent.pictures[placeOf(sent)];
    if (picture?.kind !== 'array-heatmap') throw new Error('no heatmap');
    // Halved three times down and twice across.
    expect(picture.overview).toHaveLength(138 * 250);
    const plane = { rows: 0, columns: 1, at: [0, 0] };
    const question = { kind: 'entries', plane, row: 1099, column: 998, rows: 5, columns: 5 } as const;
    expect(answerFor(large, placeOf(large), question)).toEqual({ kind: 'entries', items: [1099998, 1099999] });
    expect(answerFor(sent, placeOf(sent), question)).toBeUndefined();
  });

  it('carries no more than its part of a large array', () => {
    const view = inspected('np.arange(2000 * 1000).reshape(2000, 1000)[::20, ::10]');
    const sent = forPanel(view);
    const picture = sent.pictures[placeOf(sent)];
    if (picture?.kind !== 'array-heatmap') throw new Error('no heatmap');
    expect(picture.array?.data.length).toBe(100 * 100);
  });
});

describe('a question of the panel', () => {
  const plane = { rows: 0, columns: 1, at: [0, 0] };
  const scale = { map: 'diverging', low: -1, high: 1 };
  const place = { down: 1, across: 1, row: 0, column: 0 };
  const tile = { kind: 'tile', plane, part: 'real', aggregate: 'mean', scale, ...place };
  const asked = (question: unknown) => readFromPanel({ type: 'data', id: 1, picture: 0, question });

  it('is read', () => {
    expect(asked(tile)).toEqual({ type: 'data', id: 1, picture: 0, question: tile });
    expect(asked({ kind: 'entries', plane, row: 0, column: 0, rows: 2, columns: 2 })).toBeDefined();
  });

  it('is dropped where it is none', () => {
    for (const wrong of [
      undefined,
      { ...tile, part: 'half' },
      { ...tile, aggregate: 'sum' },
      { ...tile, down: 1000 },
      { ...tile, plane: { rows: -1, columns: 1, at: [] } },
      { ...tile, scale: { map: 'rainbow', low: 0, high: 1 } },
      { kind: 'entries', plane, row: 0, column: 0, rows: 1e5, columns: 1e5 },
    ])
      expect(asked(wrong)).toBeUndefined();
  });
});

describe('a picture that the panel saves', () => {
  const png = { type: 'save', format: 'png', name: 'Rotate stretch', data: 'iVBORw0KGgo=' };

  it('is taken as a PNG, an SVG or TikZ of limited size', () => {
    for (const message of [png, { ...png, format: 'svg', data: '<svg xmlns=""></svg>' }, { ...png, format: 'tex' }])
      expect(readFromPanel(message)).toEqual(message);
    expect(readFromPanel({ ...png, format: 'svg', data: `<svg ${' '.repeat(20_000_000)}` })).toBeUndefined();
  });

  it('is refused as anything else, and under a name that is a path', () => {
    for (const wrong of [
      { ...png, format: 'exe' },
      { ...png, data: 'TVqQ' },
      { ...png, data: 'iVBORw0KGgo<' },
      { ...png, format: 'svg', data: '<script>' },
      { ...png, name: '../a' },
      { ...png, name: '.profile' },
      { ...png, name: '' },
    ])
      expect(readFromPanel(wrong)).toBeUndefined();
  });
});
