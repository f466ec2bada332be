import { describe, expect, it } from 'vitest';
import { sceneOf } from '../../../src/core/scene/index';
import { type Box, estimatedWidth, layOut } from '../../../src/core/scene/layout';
import { PALETTES } from '../../../src/core/scene/palette';
import { DEFAULT_SCENE_OPTIONS, type Scene } from '../../../src/core/scene/scene';
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

  const clear = (scene: Scene, width: number, height: number, head?: number): number => {
    const { labels } = layOut(scene, fitView(scene, width, height, head), estimatedWidth);
    const boxes = labels.map((l): Box => {
      const wide = estimatedWidth(l.text, l.size, l.bold);
      const left = l.anchor === 'start' ? l.x : l.anchor === 'end' ? l.x - wide : l.x - wide / 2;
      return { left, right: left + wide, top: l.y - 0.75 * l.size, bottom: l.y + 0.2 * l.size };
    });
    const inside = boxes.every(b => Math.min(b.left, b.top, width - b.right, height - b.bottom) > -1);
    const shares = boxes.flatMap((box, k) =>
      boxes.slice(0, k).map(other => area(common(box, other)) / Math.min(area(box), area(other))),
    );
    return inside ? Math.max(0, ...shares) : 1;
  };

  it.each([
    [360, 270],
    [512, 384],
  ])('has labels in the view and clear of each other at %i × %i', (width, height) => {
    for (const { title, picture, times = [1], settings = {} } of EXHIBITS)
      for (const time of times) {
        const scene = sceneOf(picture, { ...DEFAULT_SCENE_OPTIONS, time, settings });
        expect(clear(scene, width, height), title).toBeLessThan(0.2);
      }
  });

  it('stands its parts below each other in a narrow view, as clear', () => {
    const [width, head] = [268, 42];
    const crowded = EXHIBITS.flatMap(({ title, picture, settings = {} }) => {
      const scene = sceneOf(picture, { ...DEFAULT_SCENE_OPTIONS, settings, narrow: true });
      return scene.crowded ? [{ title, scene }] : [];
    });
    expect(crowded.length).toBeGreaterThan(6);
    for (const { title, scene } of crowded) {
      const { left, right, bottom, top } = scene.bounds;
      const height = Math.min(460, (width * Math.abs(top - bottom)) / (right - left) + 54);
      expect(clear(scene, width, height, head), title).toBeLessThan(0.2);
    }
  });
});
