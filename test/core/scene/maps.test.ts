import { describe, expect, it } from 'vitest';
import { editedPicture, handleValues } from '../../../src/core/scene/edit';
import { sceneOf } from '../../../src/core/scene/index';
import type { Matrix2, Picture, SpaceMap } from '../../../src/core/scene/picture';
import { apply, singular } from '../../../src/core/scene/plane';
import { DEFAULT_SCENE_OPTIONS, REST, type Scene } from '../../../src/core/scene/scene';
import { rotateStretchRotate } from '../../../src/core/scene/singular-map';
import { apply3, determinant3, frameOf, movedInView, projected } from '../../../src/core/scene/space';
import { rankShare } from '../../../src/core/scene/spectrum';
import { picturesIn } from '../../support/pictures';

const drawn = (picture: Picture, time = 1, way = 'dot', base: 0 | 1 = 0): Scene =>
  sceneOf(picture, { ...DEFAULT_SCENE_OPTIONS, time, settings: { way }, base });
const texts = (scene: Scene): string[] => scene.marks.flatMap(m => (m.kind === 'label' ? [m.text] : []));
const MATRICES: readonly Matrix2[] = [
  [1, 2, 3, 4],
  [2, 1, 1, 3],
  [0, -1, 1, 0],
  [-3, 0, 0, -3],
  [1, 2, 2, 4],
  [1, 0, 0, -1],
];
const closeTo = (a: readonly number[], b: readonly number[]): void =>
  a.forEach((x, k) => expect(x).toBeCloseTo(b[k], 9));

const kindsOf = (text: string, at: string): string[] => picturesIn(text, at).map(p => p.kind);

describe('rotate, stretch, rotate', () => {
  it('begins with the identity and ends with the matrix', () => {
    for (const m of MATRICES) {
      closeTo(rotateStretchRotate(m, 0), [1, 0, 0, 1]);
      closeTo(rotateStretchRotate(m, 1), m);
    }
  });

  it('turns without stretching in the first third, and the stretched directions lie on the axes in the second', () => {
    for (const m of MATRICES) {
      const third = rotateStretchRotate(m, 1 / 3);
      closeTo([Math.hypot(third[0], third[2]), Math.hypot(third[1], third[3])], [1, 1]);
      const { from, large } = singular(m);
      closeTo(apply(rotateStretchRotate(m, 2 / 3), from), [large, 0]);
    }
  });

  it('says the three moves', () => {
    const scene = drawn({ kind: 'singular-map', matrix: { label: 'W', entries: [1, 2, 3, 4] } }, 0.5);
    expect(scene.description).toBe(
      'W in three moves: turn by −54.8°, then stretch by 5.46 and 0.366, mirrored, then turn by 66.1°.',
    );
    expect(scene.caption).toBe('2 of 3: stretch by 5.46 and 0.366, mirrored');
  });
});

describe('a matrix product', () => {
  const a = { label: 'A', rows: 2, columns: 3, values: [1, 2, 0, 0, 1, 1] };
  const b = { label: 'B', rows: 3, columns: 2, values: [1, 0, 2, -1, 0, 3] };
  const numbers = (scene: Scene): string[] =>
    scene.marks.flatMap(m => (m.kind === 'label' && m.inCell ? [m.text] : []));

  it('ends with every entry, whichever way it is seen', () => {
    for (const way of ['dot', 'columns', 'rows', 'outer'] as const)
      expect(numbers(drawn({ kind: 'matrix-product', a, b }, 1, way)).slice(12)).toEqual(['5', '−2', '2', '2']);
  });

  it('shows only what is computed so far, and how', () => {
    const scene = drawn({ kind: 'matrix-product', a, b }, 0.3);
    expect(numbers(scene).slice(12)).toEqual(['5', '−2']);
    expect(scene.caption).toBe('Row 0 · column 1: 1·0 + 2·(−1) + 0·3 = −2');
    // MATLAB counts from one.
    expect(drawn({ kind: 'matrix-product', a, b }, 0.9, 'columns', 1).caption).toContain(
      'Column 2 is a mix of the columns of A: 0·a₁ + (−1)·a₂ + 3·a₃',
    );
  });

  it('adds outer products up', () => {
    expect(numbers(drawn({ kind: 'matrix-product', a, b }, 0.1, 'outer')).slice(12)).toEqual(['1', '0', '0', '0']);
    expect(numbers(drawn({ kind: 'matrix-product', a, b }, 0.5, 'outer')).slice(12)).toEqual(['5', '−2', '2', '−1']);
  });
});

describe('a map of space', () => {
  const cube: SpaceMap = {
    kind: 'space-map',
    label: 'A',
    rows: 3,
    columns: 3,
    values: [2, 1, 0, 0, 1, 1, 1, 0, 1],
    operand: 'matrix',
  };

  it('has arrows that end on the projected columns', () => {
    const scene = drawn(cube);
    const f = frameOf(REST);
    const tips = scene.marks.flatMap(m => (m.kind === 'arrow' && !m.dash ? [m.to] : []));
    [
      [2, 0, 1],
      [1, 1, 0],
      [0, 1, 1],
    ].forEach((column, j) => closeTo(tips[j], projected(f, column as unknown as [number, number, number])));
    expect(scene.handles.map(h => h.label)).toEqual([
      'first column of A, (2, 0, 1)',
      'second column of A, (1, 1, 0)',
      'third column of A, (0, 1, 1)',
    ]);
    expect(scene.description).toContain(`multiplies volumes by ${determinant3(cube.values)}`);
  });

  it('looks from a frame of unit directions at right angles', () => {
    for (const orbit of [
      { yaw: 0.5, pitch: 0.42 },
      { yaw: -2, pitch: -1 },
    ]) {
      const { right, up, near } = frameOf(orbit);
      const m = [...right, ...up, ...near];
      expect(determinant3(m)).toBeCloseTo(1, 12);
      closeTo(apply3(m, right), [1, 0, 0]);
      closeTo(apply3(m, up), [0, 1, 0]);
    }
  });

  it('moves a column to where the handle is seen', () => {
    const orbit = { yaw: 0.3, pitch: 0.5 };
    const f = frameOf(orbit);
    closeTo(projected(f, movedInView(f, [2, 0, 1], [0.25, 1.5])), [0.25, 1.5]);
    const next = editedPicture(cube, 'matrix:1', [0.2, 0.9], 0.1, orbit);
    const values = handleValues(next, 'matrix');
    expect(values.filter((_, k) => k % 3 !== 1)).toEqual([2, 0, 0, 1, 1, 1]);
    const seen = projected(f, [values[1], values[4], values[7]]);
    expect(Math.hypot(seen[0] - 0.2, seen[1] - 0.9)).toBeLessThan(0.1);
  });

  it('shows the null space and says what the columns span', () => {
    const flat = drawn({ ...cube, values: [1, 2, 3, 4, 5, 6, 7, 8, 9] });
    expect(texts(flat)).toContain('null space');
    expect(flat.description).toContain('the columns span a plane; (−0.408, 0.816, −0.408) goes to zero');
    expect(flat.description).toContain('16.8, 1.07, 0');
    const wide = drawn({ ...cube, rows: 2, values: [1, 2, 0, 0, 1, 1] });
    expect(wide.description).toContain('Takes space to the plane');
    expect(wide.description).toContain('(0.816, −0.408, 0.408) goes to zero');
  });
});

describe('singular values', () => {
  it('give the energy and the residual of each rank', () => {
    const s = [4, 3, 0];
    expect(rankShare(s, 1).energy).toBeCloseTo(16 / 25, 12);
    expect(rankShare(s, 1).residual).toBeCloseTo(3 / 5, 12);
    expect(rankShare(s, 2)).toEqual({ energy: 1, residual: 0 });
  });

  it('are those of the engine', () => {
    const scene = drawn({ kind: 'spectrum', label: 'A', rows: 2, columns: 2, values: Float64Array.of(3, 0, 4, 5) });
    expect(texts(scene)).toEqual(expect.arrayContaining(['6.71', '2.24']));
    expect(scene.caption).toContain('Rank 2 keeps 100 %');
  });
});

describe('the pictures offered', () => {
  const text =
    'import numpy as np\nA = np.array([[2, 1, 0], [0, 1, 1], [1, 0, 1]])\nB = np.ones((40, 3))\nM = np.array([[1, 2], [3, 4]])\n';
  it('fit the value and the expression', () => {
    expect(kindsOf(`${text}A`, 'A').slice(0, 3)).toEqual(['space-map', 'space-singular-map', 'heatmap']);
    expect(kindsOf(`${text}A @ A`, 'A @ A')[0]).toBe('matrix-product');
    expect(kindsOf(`${text}B`, 'B').slice(0, 2)).toEqual(['heatmap', 'spectrum']);
    expect(kindsOf(`${text}M`, 'M').slice(0, 3)).toEqual(['linear-map', 'singular-map', 'power-iteration']);
    expect(kindsOf(`${text}np.linalg.solve(M, [5, 6])`, 'np.linalg.solve(M, [5, 6])')[0]).toBe('linear-system');
    expect(kindsOf(`${text}B @ A`, 'B @ A').slice(0, 2)).toEqual(['product-entry', 'heatmap']);
    expect(kindsOf('import numpy as np\nN = np.array([[1, np.nan], [0, 1]])\nN', 'N')[0]).toBe('heatmap');
  });
});
