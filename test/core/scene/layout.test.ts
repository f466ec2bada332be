import { expect, it } from 'vitest';
import { sceneOf } from '../../../src/core/scene/index';
import { type Box, estimatedWidth, layOut, type PlacedLabel } from '../../../src/core/scene/layout';
import type { Picture } from '../../../src/core/scene/picture';
import { DEFAULT_SCENE_OPTIONS } from '../../../src/core/scene/scene';
import { fitView } from '../../../src/core/scene/view';

const boxOf = (l: PlacedLabel): Box => {
  const width = estimatedWidth(l.text, l.size, l.bold);
  const left = l.anchor === 'start' ? l.x : l.anchor === 'end' ? l.x - width : l.x - width / 2;
  return { left, right: left + width, top: l.y - 0.7 * l.size, bottom: l.y + 0.2 * l.size };
};
const meet = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const PICTURES: readonly Picture[] = [
  { kind: 'linear-map', matrix: { label: 'W', entries: [3, 4, 5, 6], operand: 'matrix' } },
  { kind: 'linear-map', matrix: { label: 'A', entries: [1, 0.001, 0, 1], operand: 'matrix' } },
  { kind: 'linear-map', matrix: { label: 'R', entries: [0, -1, 1, 0], operand: 'matrix' } },
  {
    kind: 'vector-sum',
    a: { label: 'a', components: [1, 2], operand: 'a' },
    b: { label: 'b', components: [1.1, 2.1], operand: 'b' },
  },
  {
    kind: 'matrix-vector',
    matrix: { label: 'W', entries: [3, 4, 5, 6], operand: 'matrix' },
    vector: { label: 'a', components: [1, 2], operand: 'vector' },
  },
];

it('keeps labels in the view, off the controls and off each other', () => {
  const toolbar: Box = { left: 290, right: 388, top: 0, bottom: 38 };
  for (const picture of PICTURES) {
    const scene = sceneOf(picture, DEFAULT_SCENE_OPTIONS);
    const { labels } = layOut(scene, fitView(scene, 388, 291), estimatedWidth, [toolbar]);
    const boxes = labels.map(boxOf);
    const name = JSON.stringify(picture);
    for (const b of boxes) {
      expect(b.left >= 0 && b.right <= 388 && b.top >= 0 && b.bottom <= 291, name).toBe(true);
      expect(meet(b, toolbar), name).toBe(false);
    }
    boxes.forEach((b, i) => {
      for (const [k, other] of boxes.entries())
        if (k < i) expect(meet(b, other), `${labels[i].text} ${name}`).toBe(false);
    });
  }
});

it('leaves out the label of a point that is out of the view', () => {
  const scene = sceneOf(PICTURES[3], DEFAULT_SCENE_OPTIONS);
  const view = fitView(scene, 300, 300);
  const { labels } = layOut(scene, { ...view, originX: -5000 }, estimatedWidth);
  expect(labels.some(l => l.text.includes('sum'))).toBe(false);
});

it('puts ticks on round numbers at every zoom', () => {
  const scene = sceneOf(PICTURES[0], DEFAULT_SCENE_OPTIONS);
  for (const zoom of [0.1, 1, 7, 50]) {
    const fit = fitView(scene, 400, 300);
    const view = { ...fit, scaleX: fit.scaleX * zoom, scaleY: fit.scaleY * zoom };
    const ticks = layOut(scene, view, estimatedWidth).labels.filter(l => l.paint === 'muted');
    expect(ticks.length).toBeGreaterThan(3);
    for (const { text } of ticks) expect(text).toMatch(/^−?(\d{1,5}|0\.\d{1,3}|\d\.\d{1,2}|\d\d\.\d)$/);
  }
});

it('numbers of a table that do not fit their cells have a digit less rather than none, whole ones keep all', () => {
  const table = (values: readonly number[]) => ({ label: 'A', rows: 2, columns: 2, values });
  const texts = (values: readonly number[], width: number): string[] => {
    const scene = sceneOf({ kind: 'matrix-product', a: table(values), b: table(values) }, DEFAULT_SCENE_OPTIONS);
    const { marks } = layOut(scene, fitView(scene, width, width), estimatedWidth);
    return marks.flatMap(m => (m.kind === 'label' ? [m.text] : [])).slice(0, 4);
  };
  const decimals = [0.158, -0.158, 1.25, 12];
  expect(texts(decimals, 400)).toEqual(['0.158', '−0.158', '1.25', '12']);
  expect(texts(decimals, 200)).toEqual(['0.16', '−0.16', '1.3', '12']);
  // A few among empty cells would look like the only ones.
  expect(texts([0.158, -0.158, 1.25, -0.0125], 155)).toEqual([]);
  expect(texts([-10457, 1, 2, 3], 200)).not.toContain('−10000');
});
