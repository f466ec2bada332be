import { describe, expect, it } from 'vitest';
import { sceneOf } from '../../../src/core/scene/index';
import { type Box, estimatedWidth, layOut } from '../../../src/core/scene/layout';
import { PALETTES } from '../../../src/core/scene/palette';
import { DEFAULT_SCENE_OPTIONS } from '../../../src/core/scene/scene';
import { sceneSvg } from '../../../src/core/scene/svg';
import { fitView } from '../../../src/core/scene/view';
import { EXHIBITS } from '../../support/gallery';

/** Longest SVG that is kept as golden data. */
const KEPT = 10_000;

const area = (b: Box): number => Math.max(0, b.right - b.left) * Math.max(0, b.bottom - b.top);
const common = (a: Box, b: Box): Box => ({
  left: Math.max(a.left, b.left),
  right: Math.min(a.right, b.right),
  top: Math.max(a.top, b.top),
  bottom: Math.min(a.bottom, b.bottom),
});

describe('every picture of the gallery', () => {
  const first = new Map(EXHIBITS.map(e => [e.picture.kind, e] as const).reverse());
  for (const [kind, { picture }] of first) {
    const scene = sceneOf(picture, { ...DEFAULT_SCENE_OPTIONS, time: 0.75, grid: false });
    const svg = sceneSvg(scene, { width: 240, height: 180 }, PALETTES.light, kind);
    if (svg.length <= KEPT)
      it(`draws ${kind} the same each time`, async () => {
        await expect(svg).toMatchFileSnapshot(`golden/kinds/${kind}.svg`);
      });
  }

  it.each([
    [360, 270],
    [512, 384],
  ])('has labels in the view and clear of each other at %i × %i', (width, height) => {
    for (const { title, picture, times = [1], settings = {} } of EXHIBITS)
      for (const time of times) {
        const scene = sceneOf(picture, { ...DEFAULT_SCENE_OPTIONS, time, settings });
        const { labels } = layOut(scene, fitView(scene, width, height), estimatedWidth);
        const boxes = labels.map((l): Box => {
          const wide = estimatedWidth(l.text, l.size, l.bold);
          const left = l.anchor === 'start' ? l.x : l.anchor === 'end' ? l.x - wide : l.x - wide / 2;
          return { left, right: left + wide, top: l.y - 0.75 * l.size, bottom: l.y + 0.2 * l.size };
        });
        boxes.forEach((box, k) => {
          expect(Math.min(box.left, box.top, width - box.right, height - box.bottom), title).toBeGreaterThan(-1);
          for (const other of boxes.slice(0, k))
            expect(area(common(box, other)) / Math.min(area(box), area(other)), title).toBeLessThan(0.2);
        });
      }
  });
});
