import { describe, expect, it } from 'vitest';
import { generalEigen, matrix } from '../../../src/core/linalg/index';
import { sceneOf } from '../../../src/core/scene/index';
import type { Matrix2 } from '../../../src/core/scene/picture';
import {
  alongSpiral,
  apply,
  between,
  collapses,
  determinant,
  nullDirection,
  spiralOf,
  straightTo,
} from '../../../src/core/scene/plane';
import { DEFAULT_SCENE_OPTIONS, type Scene } from '../../../src/core/scene/scene';
import { random } from '../../support/random';

const drawn = (entries: Matrix2, time = 1, settings = {}): Scene =>
  sceneOf({ kind: 'linear-map', matrix: { label: 'A', entries } }, { ...DEFAULT_SCENE_OPTIONS, time, settings });
const texts = (scene: Scene): string[] => scene.marks.flatMap(m => (m.kind === 'label' ? [m.text] : []));
const closeTo = (a: readonly number[], b: readonly number[], digits = 9): void =>
  a.forEach((x, k) => expect(x).toBeCloseTo(b[k], digits));

const many = (count: number, keep: (m: Matrix2) => boolean): Matrix2[] => {
  const next = random(5);
  const entry = (): number => Math.round(20 * next() - 10) / 2;
  const found: Matrix2[] = [];
  while (found.length < count) {
    const m: Matrix2 = [entry(), entry(), entry(), entry()];
    if (keep(m)) found.push(m);
  }
  return found;
};

describe('the way to a 2×2 map', () => {
  it('keeps the determinant positive along the polar factors', () => {
    for (const m of many(40, a => determinant(a) > 0)) {
      closeTo(between(m, 0), [1, 0, 0, 1]);
      closeTo(between(m, 1), m);
      for (let t = 0; t <= 1; t += 0.05) expect(determinant(between(m, t))).toBeGreaterThan(0);
    }
  });

  it('collapses on the straight way where the determinant of (1 − t)I + tA is zero', () => {
    let met = 0;
    for (const m of many(60, a => determinant(a) !== 0)) {
      const times = collapses(m);
      met += times.length;
      for (const t of times) expect(determinant(straightTo(m, t))).toBeCloseTo(0, 9);
      // One sign change where the map flips, none or two where it does not.
      expect(times.length % 2 === 1).toBe(determinant(m) < 0);
    }
    expect(met).toBeGreaterThan(20);
  });

  it('marks the flat moment, and lets the reader choose the way where there are two', () => {
    const flips = drawn([0, 1, 1, 0], 0.5);
    expect(flips.moments).toEqual([{ time: 0.5, label: 'Flat at 50 %: the determinant passes zero' }]);
    expect(flips.caption).toContain('Flat at 50 %');
    expect(flips.controls).toEqual([]);
    const turn: Matrix2 = [-1, 0, 0, -1];
    expect(texts(drawn(turn, 0.5))).toContain('det 1');
    const straight = drawn(turn, 0.5, { path: 'straight' });
    expect(texts(straight)).toContain('det 0');
    expect(straight.controls?.[0].value).toBe('straight');
  });
});

describe('eigenvalues of a 2×2 map', () => {
  it('are a spiral through x, Ax, A²x where they are complex', () => {
    for (const m of many(30, a => spiralOf(a) !== undefined)) {
      const spiral = spiralOf(m);
      const e = generalEigen(matrix(2, 2, Float64Array.from(m)));
      if (!spiral || e.kind !== 'ok') throw new Error('real');
      expect(spiral.ratio).toBeCloseTo(Math.hypot(e.values.re[0], e.values.im[0]), 9);
      expect(spiral.ratio * Math.sin(spiral.angle)).toBeCloseTo(Math.abs(e.values.im[0]), 9);
      closeTo(alongSpiral(m, spiral, [1, 2], 1), apply(m, [1, 2]));
      const twice = apply(m, apply(m, [1, 2]));
      closeTo(alongSpiral(m, spiral, [1, 2], 2), twice, 6);
    }
    expect(drawn([0, -1, 2, 0]).description).toContain('λ = ±1.41i, 90° a step on a spiral that grows by 1.41');
    expect(drawn([0, -1, 1, 0]).description).toBe('Turns by 90°; keeps all lengths and areas; λ = ±i.');
    expect(drawn([1, 0, 0, 1]).description).toBe('Keeps every vector as it is.');
    expect(drawn([1, -2, 1, 1.5]).description).toContain(
      'λ = 1.25 ± 1.39i, 48.1° a step on a spiral that grows by 1.87',
    );
  });

  it('name the null space and the column space where the map is singular', () => {
    expect(texts(drawn([1, 2, 2, 4]))).toEqual(expect.arrayContaining(['λ = 5, column space', 'λ = 0, null space']));
    expect(texts(drawn([0, 1, 0, 0]))).toContain('λ = 0, null and column space');
    closeTo(apply([1, 2, 2, 4], nullDirection([1, 2, 2, 4]) ?? [1, 1]), [0, 0]);
    expect(nullDirection([1, 2, 3, 4])).toBeUndefined();
  });

  it('has no picture of numbers that are not finite', () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY])
      expect(drawn([1, bad, 0, 1]).marks.filter(m => m.kind !== 'axes')).toEqual([]);
  });
});
