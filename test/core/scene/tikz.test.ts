import { expect, it } from 'vitest';
import { clippedRing, clipper } from '../../../src/core/scene/clip';
import { sceneOf } from '../../../src/core/scene/index';
import { DEFAULT_SCENE_OPTIONS, type Point } from '../../../src/core/scene/scene';
import { sceneTikz, texText } from '../../../src/core/scene/tikz';
import { EXHIBITS } from '../../support/gallery';

it('writes a drawing the same each time', async () => {
  const scene = sceneOf(
    {
      kind: 'vector-sum',
      a: { label: 'a', components: [1, 2] },
      b: { label: 'b', components: [3, -1] },
    },
    { ...DEFAULT_SCENE_OPTIONS, grid: false },
  );
  await expect(sceneTikz(scene)).toMatchFileSnapshot('golden/vector-sum.tikz');
});

it('is balanced, of finite numbers and in plain characters for every picture', () => {
  for (const { title, picture } of EXHIBITS) {
    const text = sceneTikz(sceneOf(picture, DEFAULT_SCENE_OPTIONS));
    const body = text
      .split('\n')
      .filter(line => !line.startsWith('%'))
      .join('\n');
    expect(body, title).not.toMatch(/NaN|Infinity|undefined/);
    expect(body.match(/\{/g)?.length, title).toBe(body.match(/\}/g)?.length);
    expect((body.match(/(?<!\\)\$/g)?.length ?? 0) % 2, title).toBe(0);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the plain characters are all of ASCII.
    expect(body, title).toMatch(/^[\x00-\x7f]*$/);
    // TeX's longest length is 575 centimetres.
    for (const [, x, y] of body.matchAll(/\((-?[\d.e+]+),(-?[\d.e+]+)\)/g))
      expect(Math.max(Math.abs(Number(x)), Math.abs(Number(y))), title).toBeLessThan(300);
  }
});

it('escapes what LaTeX reads otherwise', () => {
  expect(texText('√13 ≈ 3.6')).toBe('$\\sqrt{13}$ $\\approx$ 3.6');
  expect(texText('x_1 & 50 % of λ₂ = −3²')).toBe('x\\_1 \\& 50 \\% of $\\lambda$$_2$ = $-$3$^2$');
});

it('cuts off what lies far outside', () => {
  const square: Point[] = [
    [-1, -1],
    [9, -1],
    [9, 9],
    [-1, 9],
  ];
  expect(clippedRing(square, [0, 0], 2)).toEqual([
    [-1, 2],
    [-1, -1],
    [2, -1],
    [2, 2],
  ]);
  expect(clippedRing(square, [20, 20], 2)).toEqual([]);
  expect(
    clipper(
      [0, 0],
      2,
    )([
      [-9, 0],
      [9, 0],
      [9, 1],
      [0, 1],
    ]),
  ).toEqual([
    [-2, 0, 2, 0],
    [2, 1, 0, 1],
  ]);
});
