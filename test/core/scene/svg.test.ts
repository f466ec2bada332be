import { describe, expect, it } from 'vitest';
import { inspect, matrixImages } from '../../../src/core/index';
import { sceneOf } from '../../../src/core/scene/index';
import { matrixSvg } from '../../../src/core/scene/matrix-svg';
import { PALETTES, readableOn } from '../../../src/core/scene/palette';
import type { Picture } from '../../../src/core/scene/picture';
import { DEFAULT_SCENE_OPTIONS } from '../../../src/core/scene/scene';
import { sceneSvg } from '../../../src/core/scene/svg';
import { fromElements } from '../../../src/core/values/ndarray';
import { arrayValue } from '../../../src/core/values/value';

const svgOf = (picture: Picture, kind: keyof typeof PALETTES = 'light'): string =>
  sceneSvg(sceneOf(picture, DEFAULT_SCENE_OPTIONS), { width: 240, height: 180 }, PALETTES[kind], picture.kind);

describe('a scene as SVG', () => {
  const golden: Readonly<Record<string, Picture>> = {
    'linear-map': { kind: 'linear-map', matrix: { label: 'W', entries: [1, 2, 3, 4] } },
    'vector-sum': {
      kind: 'vector-sum',
      a: { label: 'a', components: [1, 2] },
      b: { label: 'b', components: [3, 4] },
    },
    heatmap: {
      kind: 'heatmap',
      label: 'A',
      rows: 2,
      columns: 2,
      values: Float64Array.of(1, -2, 0, 4),
    },
    softmax: { kind: 'softmax', label: 'x', scores: Float64Array.of(0, 1, 2) },
    series: { kind: 'series', label: 'v', values: Float64Array.of(1, -2, 3, 0) },
  };
  for (const [name, picture] of Object.entries(golden))
    it(`draws ${name} the same each time`, async () => {
      await expect(svgOf(picture)).toMatchFileSnapshot(`golden/${name}.svg`);
    });

  it('escapes the names of the source', () => {
    const svg = svgOf({ kind: 'vectors', vectors: [{ label: '<b>&"', components: [1, 1] }] });
    expect(svg).not.toContain('<b>');
    expect(svg).toContain('&#60;b&#62;&#38;&#34;');
  });
});

const numbers = (rows: number, columns: number) =>
  arrayValue(
    fromElements(
      'int64',
      [rows, columns],
      Array.from({ length: rows * columns }, (_, k) => k - 3),
    ),
  );

const decoded = (uri: string): string => Buffer.from(uri.slice(uri.indexOf(',') + 1), 'base64').toString('utf8');

describe('the matrix of a hover', () => {
  it('elides beyond 8×8 and stays small', () => {
    const [image] = matrixImages(numbers(500, 500), 'dark');
    const svg = decoded(image.uri);
    expect(svg).toContain('⋱');
    expect(svg.match(/<text/g)).toHaveLength(64);
    expect(image.uri.length).toBeLessThan(60_000);
    expect(image.width).toBeLessThanOrEqual(480);
    expect(svg).toContain('>249996<');
  });

  it('is one image for each of several results, and none where a part is no matrix', () => {
    const images = (source: string) => {
      const text = `import numpy as np\nr = ${source}`;
      const value = inspect(text, 'python', { start: 19, end: 19 })?.value;
      if (!value) throw new Error('no value');
      return matrixImages(value, 'dark').map(image => image.alt);
    };
    expect(images('np.linalg.svd([[1, 2], [3, 4], [5, 6]])')).toEqual(['3×3 matrix', '1×2 matrix', '2×2 matrix']);
    expect(images('np.linalg.lstsq([[1, 2], [3, 4]], [1, 2])')).toEqual([]);
  });

  it('puts ink on each heat colour that reads well there, in each kind of theme', () => {
    for (const kind of ['light', 'dark', 'high-contrast', 'high-contrast-light'] as const) {
      const { svg } = matrixSvg({ rows: 1, columns: 3, text: (_, j) => String(j), level: (_, j) => j - 1 }, kind);
      const fills = [...svg.matchAll(/<rect[^>]*fill="(#\w+)"/g)].map(m => m[1]);
      const inks = [...svg.matchAll(/<text[^>]*fill="(#\w+)"/g)].map(m => m[1]);
      expect(inks).toEqual(fills.map(readableOn));
      expect(svg).toContain(`stroke="${PALETTES[kind].foreground}"`);
    }
  });
});
