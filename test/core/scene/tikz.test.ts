import { expect, it } from 'vitest';
import { sceneOf } from '../../../src/core/scene/index';
import { DEFAULT_SCENE_OPTIONS } from '../../../src/core/scene/scene';
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
  }
});

it('escapes what LaTeX reads otherwise', () => {
  expect(texText('x_1 & 50 % of λ₂ = −3²')).toBe('x\\_1 \\& 50 \\% of $\\lambda$$_2$ = $-$3$^2$');
});
