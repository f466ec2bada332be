import { describe, expect, it } from 'vitest';
import { editedPicture, type Inspection, type Picture, reinspect } from '../../../src/core/panel';
import { fromElements } from '../../../src/core/values/ndarray';
import { arrayValue } from '../../../src/core/values/value';

const map: Picture = { kind: 'linear-map', matrix: { label: 'W', entries: [1, 2, 3, 4], operand: 'matrix' } };
const inspection: Inspection = {
  languageId: 'python',
  dialect: 'python',
  span: { start: 0, end: 30 },
  source: 'W',
  status: 'ok',
  needsMore: false,
  value: arrayValue(fromElements('int64', [2, 2], [1, 2, 3, 4])),
  summary: ['2×2 int64', 'det -2'],
  facts: [],
  notes: [],
  steps: [{ sentence: 's', latex: 'l' }],
  pictures: [map],
  links: [],
  editable: [{ operand: 'matrix', span: { start: 4, end: 20 }, shape: [2, 2] }],
};

describe('reinspect', () => {
  it('recomputes a value that is the picture itself', () => {
    const moved = editedPicture(map, 'matrix:0', [1.5, 3]);
    const next = reinspect(inspection, moved);
    expect(next.status).toBe('ok');
    expect(next.value).toEqual(arrayValue(fromElements('float64', [2, 2], [1.5, 2, 3, 4])));
    expect(next.pictures).toEqual([moved]);
    expect(next.steps).toEqual([]);
  });

  it('does not guess a value that the picture does not determine', () => {
    const other: Inspection = { ...inspection, value: arrayValue(fromElements('int64', [2, 2], [9, 9, 9, 9])) };
    const next = reinspect(other, editedPicture(map, 'matrix:0', [1.5, 3]));
    expect(next.status).toBe('unknown');
    expect(next.value).toBeUndefined();
  });
});
