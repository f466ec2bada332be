import { describe, expect, it } from 'vitest';
import { sceneOf } from '../../../src/core/scene/index';
import type { Picture } from '../../../src/core/scene/picture';
import { DEFAULT_SCENE_OPTIONS, type Scene } from '../../../src/core/scene/scene';
import { apply3, determinant3 } from '../../../src/core/scene/space';
import {
  alongPolar,
  IDENTITY3,
  type Matrix3,
  mixed,
  multiply3,
  partOfTurn,
  structureOf,
  transpose3,
  turnStretchTurn,
  turnsOf,
} from '../../../src/core/scene/space-linear';
import { random } from '../../support/random';

const next = random(11);
const some = (): Matrix3 => Array.from({ length: 9 }, () => Math.round(20 * next() - 10) / 2);
const MATRICES: readonly Matrix3[] = [
  IDENTITY3,
  [-1, 0, 0, 0, -1, 0, 0, 0, 1],
  [0, 1, 0, 1, 0, 0, 0, 0, 1],
  [1, 2, 3, 4, 5, 6, 7, 8, 9],
  [0, 1, 0, 0, 0, 1, 0, 0, 0],
  ...Array.from({ length: 30 }, some),
];
const closeTo = (a: readonly number[], b: readonly number[], digits = 9): void =>
  a.forEach((x, k) => expect(x).toBeCloseTo(b[k], digits));
const map = (values: readonly number[], rows = 3, columns = 3) => ({ label: 'A', rows, columns, values });
const drawn = (picture: Picture, time = 1, settings = {}): Scene =>
  sceneOf(picture, { ...DEFAULT_SCENE_OPTIONS, time, settings });
const texts = (scene: Scene): string[] => scene.marks.flatMap(m => (m.kind === 'label' ? [m.text] : []));

describe('turns of space', () => {
  it('are taken in shares that add up, also half turns', () => {
    for (const m of MATRICES) {
      const { u } = turnsOf(m);
      closeTo(partOfTurn(u, 0), IDENTITY3);
      closeTo(partOfTurn(u, 1), u, 8);
      const half = partOfTurn(u, 0.5);
      closeTo(multiply3(half, half), u, 8);
      closeTo(multiply3(half, transpose3(half)), IDENTITY3);
    }
  });
});

describe('the way to a map of space', () => {
  it('goes by turn, stretch, turn from the identity to the matrix', () => {
    for (const m of MATRICES) {
      const turns = turnsOf(m);
      expect(determinant3(turns.u)).toBeCloseTo(1, 9);
      expect(determinant3(turns.v)).toBeCloseTo(1, 9);
      closeTo(turnStretchTurn(turns, 0), IDENTITY3);
      closeTo(turnStretchTurn(turns, 1), m, 8);
      closeTo(turnStretchTurn(turns, 1 / 3), transpose3(turns.v), 8);
    }
  });

  it('never collapses along the polar factors where the determinant is positive', () => {
    for (const m of MATRICES.filter(a => determinant3(a) > 1e-9)) {
      closeTo(alongPolar(turnsOf(m), 1), m, 8);
      for (let t = 0; t <= 1; t += 0.1) expect(determinant3(alongPolar(turnsOf(m), t))).toBeGreaterThan(0);
    }
  });

  it('names the flat moments of the straight way', () => {
    let met = 0;
    for (const m of MATRICES) {
      const scene = drawn({ kind: 'space-map', ...map(m) }, 1, { path: 'straight' });
      for (const { time } of scene.moments ?? []) {
        met++;
        const size = Math.max(1, ...m.map(Math.abs));
        expect(Math.abs(determinant3(mixed(IDENTITY3, m, time))) / size ** 3).toBeLessThan(1e-9);
      }
    }
    expect(met).toBeGreaterThan(10);
  });
});

describe('what a map of space makes zero, reaches and keeps', () => {
  it('is what the engine finds', () => {
    for (const m of MATRICES) {
      const { vanishing, reached, lines, rank } = structureOf(map(m));
      expect(vanishing.length + rank).toBe(3);
      expect(reached.length).toBe(rank);
      for (const v of vanishing) closeTo(apply3(m, v), [0, 0, 0]);
      for (const { value, direction } of lines)
        closeTo(
          apply3(m, direction),
          direction.map(x => value * x),
          7,
        );
    }
  });

  it('is drawn and said', () => {
    const plane = drawn({ kind: 'space-map', ...map([1, 2, 3, 4, 5, 6, 7, 8, 9]) });
    expect(texts(plane)).toEqual(expect.arrayContaining(['null space', 'column space', 'det 0', 'λ = 16.1']));
    const into = drawn({ kind: 'space-map', ...map([1, 2, 0, 1, 1, 1], 3, 2) });
    expect(texts(into)).toContain('column space');
    expect(texts(into).join()).not.toContain('det');
    expect(drawn({ kind: 'space-map', ...map(Array(9).fill(0)) }).description).toBe('A: every vector goes to zero.');
    const turn = drawn({ kind: 'space-map', ...map([0, 0, 1, 1, 0, 0, 0, 1, 0]) });
    expect(turn.description).toBe('A: Turns space by 120° about (0.577, 0.577, 0.577); keeps all lengths and angles.');
    const half = drawn({ kind: 'space-map', ...map([-1, 0, 0, 0, -1, 0, 0, 0, 1]) });
    expect(half.description).toContain('180° about (0, 0, 1)');
    const onto = drawn({ kind: 'space-map', ...map([0.36, 0, 0.48, 0, 0, 0, 0.48, 0, 0.64]) });
    expect(onto.description).toContain('Projects onto a line; ');
    // The singular values are those of a projection, the map is none.
    const skew = drawn({ kind: 'space-map', ...map([0, 1, 0, 0, 0, 0, 0, 0, 0]) });
    expect(skew.description).toContain('Stretches by 1, 0, 0');
    const grown = drawn({ kind: 'space-map', ...map([0, 0, 2, 2, 0, 0, 0, 2, 0]) });
    expect(grown.description).toContain('a complex pair turns a plane by 120° and 2 times a step');
  });

  it('says the three moves of the decomposition', () => {
    const scene = drawn({ kind: 'space-singular-map', ...map([2, 1, 0, 0, 1, 1, 1, 0, 1]) }, 0.5);
    expect(scene.caption).toBe('2 of 3: stretch by 2.53, 1.35, 0.879');
    expect(scene.moments?.length).toBe(3);
  });
});
