import { expect, it } from 'vitest';
import type { Heatmap } from '../../src/core/panel';
import { cellText } from '../../webview/picture/words';

const map: Heatmap = {
  kind: 'heatmap',
  label: 'A',
  rows: 2,
  columns: 2,
  values: Float64Array.of(1, 2, 3, 4),
};

it('names the entry of a cell in the numbering of the language', () => {
  expect(cellText(map, 1, 0, 0)).toBe('row 1, column 0: 3');
  expect(cellText(map, 1, 1, 1)).toBe('row 2, column 2: 4');
});
