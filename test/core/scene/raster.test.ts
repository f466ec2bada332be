import { expect, it } from 'vitest';
import { inspect, pictureImage } from '../../../src/core/index';
import { codesOf } from '../../../src/core/scene/color-scale';
import { sceneOf } from '../../../src/core/scene/index';
import { estimatedWidth, layOut } from '../../../src/core/scene/layout';
import { colorOf, PALETTES } from '../../../src/core/scene/palette';
import { cellsOf, markedCells, thinned } from '../../../src/core/scene/raster';
import { DEFAULT_SCENE_OPTIONS, type Mark } from '../../../src/core/scene/scene';
import { sceneSvg } from '../../../src/core/scene/svg';
import { fitView } from '../../../src/core/scene/view';

const scale = { map: 'diverging', low: -2, high: 2 } as const;
const RASTER: Extract<Mark, { kind: 'raster' }> = {
  kind: 'raster',
  x: 1,
  y: 2,
  width: 3,
  height: 4,
  rows: 2,
  columns: 3,
  codes: codesOf(scale, [1, 1, -2, 0, Number.NaN, 9]),
  scale,
};

it('is a grid of cells with colours and marks', () => {
  const cells = cellsOf(RASTER);
  expect(cells.map(c => [c.x, c.y])).toEqual([
    [1, 2],
    [2, 2],
    [3, 2],
    [1, 4],
    [2, 4],
    [3, 4],
  ]);
  expect(markedCells(RASTER)).toEqual(cells.slice(4));
  expect(cells.map(c => c.mark)).toEqual([undefined, undefined, undefined, undefined, 'X', '+']);
});

it('is thinned to rows and columns at even distances', () => {
  const codes = Uint8Array.from({ length: 100 * 60 }, (_, k) => Math.floor(k / 60) + (k % 60));
  const thin = thinned({ ...RASTER, rows: 100, columns: 60, codes }, 10);
  expect([thin.rows, thin.columns, thin.width, thin.codes[0], thin.codes[99]]).toEqual([10, 10, 3, 5 + 3, 95 + 57]);
  expect(thinned(RASTER, 10)).toEqual(RASTER);
});

it('fits into a hover', () => {
  const text = 'import numpy as np\nA = np.sin(np.arange(90000) ** 1.5).reshape(300, 300)\n';
  const inspection = inspect(text, 'python', { start: 19, end: 20 }, { limits: 'large' });
  const [picture] = inspection?.pictures ?? [];
  expect(picture.kind).toBe('array-heatmap');
  expect(pictureImage(picture, 'dark').uri.length).toBeLessThan(60_000);
});

it('has one run of each colour in SVG, in the colour of its cells', () => {
  const bounds = { left: 0, right: 5, top: 0, bottom: 7 };
  const scene = { bounds, square: true, marks: [RASTER], handles: [], description: 'a grid', animated: false };
  const svg = sceneSvg(scene, { width: 200, height: 200 }, PALETTES.dark, 'grid');
  const fill = colorOf(cellsOf(RASTER)[0].fill, PALETTES.dark);
  expect(svg).toContain(`<path fill="${fill}" d="M0 0h2v1H0z"/>`);
  expect(svg).toContain('>X</text>');
});

it('writes the numbers of a heatmap in one size that fits the cells, or not at all', () => {
  const values = Float64Array.from({ length: 144 }, (_, k) => Math.sin(k) / 3);
  const scene = sceneOf({ kind: 'heatmap', label: 'A', rows: 12, columns: 12, values }, DEFAULT_SCENE_OPTIONS);
  const sizesAt = (width: number): Map<number, number> => {
    const view = fitView(scene, width, 0.75 * width);
    const sizes = new Map<number, number>();
    for (const mark of layOut(scene, view, estimatedWidth).marks) {
      if (mark.kind !== 'label') continue;
      const size = mark.size ?? 0;
      expect(estimatedWidth(mark.text, size, false)).toBeLessThan(view.scaleX);
      sizes.set(size, (sizes.get(size) ?? 0) + 1);
    }
    return sizes;
  };
  expect([...sizesAt(800)]).toEqual([[11, 144]]);
  expect([...sizesAt(560).values()]).toEqual([144]);
  expect(sizesAt(160).size).toBe(0);
});
