import { describe, expect, it } from 'vitest';
import { generalEigen, matrix } from '../../../src/core/linalg/index';
import { editedPicture, handleValues } from '../../../src/core/scene/edit';
import { gershgorin } from '../../../src/core/scene/eigenvalue-plane';
import { sceneOf } from '../../../src/core/scene/index';
import { normOf } from '../../../src/core/scene/norm-balls';
import type { Matrix2, Picture, Vector2 } from '../../../src/core/scene/picture';
import { eigenlines } from '../../../src/core/scene/plane';
import { powerTrail } from '../../../src/core/scene/power-iteration';
import { contour, formAt, principalAxes } from '../../../src/core/scene/quadratic-form';
import { DEFAULT_SCENE_OPTIONS, type Scene } from '../../../src/core/scene/scene';
import { picturesIn } from '../../support/pictures';
import { random } from '../../support/random';

const drawn = (picture: Picture, time = 1, settings = {}): Scene =>
  sceneOf(picture, { ...DEFAULT_SCENE_OPTIONS, time, settings });
const texts = (scene: Scene): string[] => scene.marks.flatMap(m => (m.kind === 'label' ? [m.text] : []));
const kinds = (at: string, text = ''): string[] =>
  picturesIn(`import numpy as np\n${text}${at}\n`, at).map(p => p.kind);
const next = random(8);
const whole = (n: number): number[] => Array.from({ length: n }, () => Math.round(10 * next() - 5));

describe('eigenvalues in the complex plane', () => {
  it('lie in the discs of the rows and of the columns', () => {
    for (let n = 2; n < 9; n++) {
      const values = Float64Array.from(whole(n * n));
      const e = generalEigen(matrix(n, n, values));
      if (e.kind !== 'ok') throw new Error(e.kind);
      for (const by of ['rows', 'columns'] as const) {
        const discs = gershgorin(values, n, by);
        for (let k = 0; k < n; k++)
          expect(discs.some(d => Math.hypot(e.values.re[k] - d.centre, e.values.im[k]) <= d.radius + 1e-6)).toBe(true);
      }
    }
  });

  it('are labelled where they are few, and move from the diagonal', () => {
    const values = Float64Array.of(4, 1, 0, -1, 3, 2, 0.5, -1, -2);
    const picture: Picture = { kind: 'eigenvalue-plane', label: 'A', rows: 3, values };
    expect(texts(drawn(picture))).toEqual(expect.arrayContaining(['−1.54', '3.27 + 0.607i', '3.27 − 0.607i']));
    expect(texts(drawn(picture, 0))).toEqual(expect.arrayContaining(['4', '3', '−2']));
    expect(drawn(picture).description).toContain('3 eigenvalues, 1 of them real, the largest 3.32 in magnitude');
    expect(kinds('np.linalg.eigvals(np.diag([1.0, 2, 3, 4, 5]))')[0]).toBe('eigenvalue-plane');
  });
});

it('shows what a decomposition tells about its matrix first, and no arrow of its numbers', () => {
  const text = 'A = np.array([[2, 1], [1, 3]])\nB = np.array([[2, 1, 0], [0, 1, 1], [1, 0, 1]])\n';
  expect(kinds('np.linalg.eigvals(A)', text)[0]).toBe('linear-map');
  expect(kinds('np.linalg.eigh(A)', text)[0]).toBe('quadratic-form');
  expect(kinds('np.linalg.svd(A)', text)[0]).toBe('singular-map');
  expect(kinds('np.linalg.svd(B)', text)[0]).toBe('space-singular-map');
  for (const at of ['np.linalg.eigvals(A)', 'np.linalg.svdvals(B)']) {
    const all = kinds(at, text);
    expect(all).not.toContain('vectors');
    expect(new Set(all).size).toBe(all.length);
  }
});

describe('a quadratic form', () => {
  const FORMS: readonly Matrix2[] = [
    [2, 1, 1, 3],
    [1, 2, 2, -1],
    [-2, 0, 0, -1],
    [1, 2, 2, 4],
    [0, 0, 0, -3],
  ];
  it('has its value all along a contour', () => {
    for (const m of FORMS) {
      const [p, q] = principalAxes(m);
      for (const c of [-2, 0.5, 3])
        for (const line of contour([p.value, q.value], c, 4))
          for (const [u, v] of line) {
            const x: Vector2 = [u * p.direction[0] + v * q.direction[0], u * p.direction[1] + v * q.direction[1]];
            expect(formAt(m, x)).toBeCloseTo(c, 8);
          }
    }
    expect(contour([2, 1], -1, 4)).toEqual([]);
    expect(contour([0, -3], 1, 4)).toEqual([]);
  });

  it('says what it is, and its value at a point', () => {
    const said = FORMS.map(entries => drawn({ kind: 'quadratic-form', matrix: { label: 'A', entries } }).description);
    expect(said.map(s => s.split(':')[0])).toEqual([
      'Positive definite',
      'Indefinite',
      'Negative definite',
      'Positive semidefinite',
      'Negative semidefinite',
    ]);
    const text = 'A = np.array([[2, 1], [1, 3]])\nx = np.array([1, 1.5])\n';
    const at = 'x @ A @ x';
    const [form] = picturesIn(`import numpy as np\n${text}${at}\n`, at);
    expect(form.kind).toBe('quadratic-form');
    expect(texts(drawn(form))).toContain('x (1, 1.5): 11.8');
    expect(texts(drawn(editedPicture(form, 'vector', [1, 0])))).toContain('x (1, 0): 2');
    expect(kinds('x @ A @ np.array([1, 2])', text)[0]).toBe('dot-product');
  });
});

describe('power iteration', () => {
  it('turns to the line of the largest eigenvalue', () => {
    const m: Matrix2 = [2, 1, 1, 3];
    const trail = powerTrail(m, 40);
    const lines = eigenlines(m);
    if (lines === 'all') throw new Error('every line');
    const end = trail[trail.length - 1];
    expect(Math.abs(end[0] * lines[0].direction[0] + end[1] * lines[0].direction[1])).toBeCloseTo(1, 12);
    expect(drawn({ kind: 'power-iteration', matrix: { label: 'A', entries: m } }).caption).toContain('quotient 3.62');
  });

  it('is offered only where it goes somewhere', () => {
    expect(kinds('np.array([[2, 1], [1, 3]])')).toContain('power-iteration');
    expect(kinds('np.array([[0, -1], [1, 0]])')).not.toContain('power-iteration');
    expect(kinds('np.array([[1, 0], [0, -1]])')).not.toContain('power-iteration');
  });
});

describe('balls of the norms', () => {
  it('go through the vector', () => {
    const v: Vector2 = [3, -1];
    expect(['1', '2', 'inf'].map(order => normOf(v, order as '1' | '2' | 'inf'))).toEqual([4, Math.sqrt(10), 3]);
    const at = 'np.linalg.norm([3, -1], 1)';
    const [balls] = picturesIn(`import numpy as np\n${at}\n`, at);
    expect(balls.kind === 'norm-balls' && balls.order).toBe('1');
    const scene = drawn(balls);
    expect(scene.controls?.[0].value).toBe('1');
    expect(scene.description).toContain('has the norms 4 (1), 3.16 (2) and 3 (∞)');
    expect(drawn(balls, 1, { 'norm-1': 'inf' }).controls?.[0].value).toBe('inf');
  });
});

describe('an affine map', () => {
  const plane: Picture = {
    kind: 'affine-map',
    label: 'T',
    rows: 3,
    columns: 3,
    values: [0, -1, 3, 1, 0, 1, 0, 0, 1],
    operand: 'matrix',
  };
  it('is told from a linear map by its last row', () => {
    expect(kinds('np.array([[0, -1, 3], [1, 0, 1], [0, 0, 1]])')[0]).toBe('affine-map');
    expect(kinds('np.array([[0, -1, 0], [1, 0, 0], [0, 0, 1]])')[0]).toBe('space-map');
    expect(kinds('np.eye(4)')[0]).toBe('affine-map');
    expect(kinds('np.ones((4, 4))')).not.toContain('affine-map');
  });

  it('moves the axes to where the matrix takes them, and finds what stays', () => {
    const scene = drawn(plane);
    expect(scene.handles.map(h => h.at)).toEqual([
      [3, 2],
      [2, 1],
      [3, 1],
    ]);
    expect(scene.description).toBe('T takes x to Ax + b: turns by 90°, then moves by (3, 1); the point (1, 2) stays.');
    const space = drawn({ ...plane, rows: 4, columns: 4, values: [0, 0, 1, 2, 1, 0, 0, -1, 0, 1, 0, 1, 0, 0, 0, 1] });
    expect(space.description).toContain('turns by 120° about (0.577, 0.577, 0.577), then moves by (2, −1, 1)');
  });

  it('changes one column by its handle, the axes from the moved origin', () => {
    expect(handleValues(editedPicture(plane, 'matrix:0', [5, 1], 0), 'matrix')).toEqual([2, -1, 3, 0, 0, 1, 0, 0, 1]);
    expect(handleValues(editedPicture(plane, 'matrix:2', [1, 0], 0), 'matrix')).toEqual([0, -1, 1, 1, 0, 0, 0, 0, 1]);
  });
});
