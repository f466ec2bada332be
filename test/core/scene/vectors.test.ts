import { describe, expect, it } from 'vitest';
import { crossOf } from '../../../src/core/scene/cross-product';
import { editedPicture, handleValues } from '../../../src/core/scene/edit';
import { restOf, sceneOf } from '../../../src/core/scene/index';
import type { Picture } from '../../../src/core/scene/picture';
import { DEFAULT_SCENE_OPTIONS, type Scene } from '../../../src/core/scene/scene';
import { frameOf, projected, type Vector3 } from '../../../src/core/scene/space';
import { inner } from '../../../src/core/scene/vector-marks';
import { picturesIn } from '../../support/pictures';
import { random } from '../../support/random';

const drawn = (picture: Picture, time = 1): Scene => sceneOf(picture, { ...DEFAULT_SCENE_OPTIONS, time });
const texts = (scene: Scene): string[] => scene.marks.flatMap(m => (m.kind === 'label' ? [m.text] : []));
const tips = (scene: Scene): (readonly [number, number])[] =>
  scene.marks.flatMap(m => (m.kind === 'arrow' && !m.dash ? [m.to] : []));
const u = { label: 'u', components: [2, 1, 3], operand: 'a' } as const;
const v = { label: 'v', components: [-1, 2, 1], operand: 'b' } as const;
const seen = (p: readonly number[], kind: 'vector-sum' | 'cross-product' = 'vector-sum') =>
  projected(frameOf(restOf({ kind, a: u, b: v })), p as unknown as Vector3);

describe('vectors of space', () => {
  it('are drawn where the projection sees them, and may be turned', () => {
    const scene = drawn({ kind: 'vector-sum', a: u, b: v });
    expect(scene.turnable).toBe(true);
    expect(tips(scene)).toEqual([seen(u.components), seen([1, 3, 4]), seen([1, 3, 4])]);
    expect(scene.description).toBe('u (2, 1, 3) and then v (−1, 2, 1) lead to (1, 3, 4).');
    expect(scene.handles.map(h => h.at)).toEqual([seen(u.components), seen(v.components)]);
  });

  it('follow their handles, all three components as literals', () => {
    const f = frameOf(restOf({ kind: 'vector-sum', a: u, b: v }));
    const moved = editedPicture({ kind: 'vector-sum', a: u, b: v }, 'a', [0.5, 1]);
    const [x, y] = projected(f, handleValues(moved, 'a') as unknown as Vector3);
    expect(Math.hypot(x - 0.5, y - 1)).toBeLessThan(0.1);
    expect(handleValues(moved, 'b')).toEqual([...v.components]);
  });

  it('have a difference, a multiple and an angle', () => {
    expect(texts(drawn({ kind: 'vector-difference', a: u, b: v }))).toContain('√14 ≈ 3.74');
    const twice = drawn({ kind: 'scalar-multiple', scalar: 2, scalarLabel: '2', vector: u });
    expect(texts(twice)).toContain('2u (4, 2, 6)');
    expect(drawn({ kind: 'dot-product', a: u, b: v }).description).toContain('that is 3; the angle is 70.9°');
  });
});

describe('a dot product beyond space', () => {
  it('is drawn in the plane of the two, with their lengths and angle kept', () => {
    const next = random(3);
    for (let n = 4; n < 9; n++) {
      const [a, b] = [0, 1].map(() => Array.from({ length: n }, () => Math.round(20 * next() - 10)));
      const scene = drawn({
        kind: 'dot-product',
        a: { label: 'a', components: a },
        b: { label: 'b', components: b },
      });
      const [tipB, tipA] = tips(scene);
      expect(Math.hypot(...tipA)).toBeCloseTo(Math.hypot(...a), 9);
      expect(Math.hypot(...tipB)).toBeCloseTo(Math.hypot(...b), 9);
      expect(inner(tipA, tipB)).toBeCloseTo(inner(a, b), 9);
      expect(scene.turnable).toBeUndefined();
      expect(scene.description).toContain(`which have ${n} components`);
    }
  });
});

describe('a cross product', () => {
  it('stands at right angles to both, as long as the area', () => {
    const n = crossOf(u.components, v.components);
    expect(n).toEqual([-5, -5, 5]);
    expect([inner(n, u.components), inner(n, v.components)]).toEqual([0, 0]);
    const scene = drawn({ kind: 'cross-product', a: u, b: v });
    expect(tips(scene)[2]).toEqual(seen(n, 'cross-product'));
    expect(texts(scene)).toContain('area 8.66');
  });

  it('is a signed area in the plane, and nothing for vectors on one line', () => {
    const flat = drawn({
      kind: 'cross-product',
      a: { label: 'a', components: [1, 2] },
      b: { label: 'b', components: [3, -1] },
    });
    expect(flat.description).toContain('= −7 is the signed area of the parallelogram: b lies clockwise of a');
    const line = drawn({ kind: 'cross-product', a: u, b: { label: 'w', components: [4, 2, 6] } });
    expect(line.description).toContain('lie on one line');
    expect(line.animated).toBe(false);
  });
});

it('fits operations with vectors of two and three components', () => {
  const kinds = (at: string): string | undefined =>
    picturesIn(`import numpy as np\na = np.array([1, 2, 3])\nb = np.array([3, 1, 0])\n${at}`, at)[0]?.kind;
  expect(kinds('a')).toBe('vectors');
  expect(kinds('a + b')).toBe('vector-sum');
  expect(kinds('a - b')).toBe('vector-difference');
  expect(kinds('2 * a')).toBe('scalar-multiple');
  expect(kinds('a @ b')).toBe('dot-product');
  expect(kinds('np.cross(a, b)')).toBe('cross-product');
  expect(kinds('np.dot([1, 2, 3, 4], [1, 0, 1, 0])')).toBe('dot-product');
});
