import { expect, it } from 'vitest';
import type { Heatmap } from '../../src/core/panel';
import { cellText } from '../../webview/picture/words';

const map: Heatmap = {
  kind: 'heatmap',
  label: 'A',
  rows: 2,
  columns: 2,
  values: Float64Array.of(1, 2, 3, 4),
  block: 4,
  wholeRows: 7,
  wholeColumns: 8,
};

it('names the entries that a cell stands for, in the numbering of the language', () => {
  expect(cellText(map, 1, 0, 0)).toBe('row 4–6, column 0–3: mean 3');
  expect(cellText(map, 1, 1, 1)).toBe('row 5–7, column 5–8: mean 4');
  expect(cellText({ ...map, block: 1, wholeRows: 2, wholeColumns: 2 }, 0, 1, 0)).toBe('row 0, column 1: 2');
});
