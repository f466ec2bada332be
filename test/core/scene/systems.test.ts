import { describe, expect, it } from 'vitest';
import { polynomial } from '../../../src/core/scene/curve-fit';
import { editedPicture, handleValues } from '../../../src/core/scene/edit';
import { eliminate, rowsAt } from '../../../src/core/scene/elimination';
import { sceneOf } from '../../../src/core/scene/index';
import { nearestIn } from '../../../src/core/scene/least-squares';
import type { Picture } from '../../../src/core/scene/picture';
import { DEFAULT_SCENE_OPTIONS, type Scene } from '../../../src/core/scene/scene';
import { boxAbout, crossing, section } from '../../../src/core/scene/sections';
import { picturesIn } from '../../support/pictures';
import { random } from '../../support/random';

const system = (values: readonly number[], right: readonly number[], columns = 2): Picture => ({
  kind: 'linear-system',
  system: { label: 'A', rows: right.length, columns, values },
  right: { label: 'b', components: right },
});
const drawn = (picture: Picture, time = 1): Scene => sceneOf(picture, { ...DEFAULT_SCENE_OPTIONS, time });
const next = random(21);
const whole = (n: number): number[] => Array.from({ length: n }, () => Math.round(10 * next() - 5));
const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((s, x, k) => s + x * b[k], 0);

describe('elimination', () => {
  it('keeps every solution in every row at every time', () => {
    let unique = 0;
    for (let trial = 0; trial < 60; trial++) {
      const n = 2 + (trial % 2);
      const x = whole(n);
      const equations = Array.from({ length: n + (trial % 3) - 1 }, () => {
        const row = whole(n);
        return [...row, dot(row, x)];
      });
      const { moves, solution } = eliminate(equations);
      if (!solution) throw new Error('a system with a solution');
      if (solution.along.length === 0) unique++;
      const points = [solution.at, ...solution.along.map(d => d.map((v, k) => solution.at[k] + 2 * v))];
      for (const time of [0, 0.3, 0.75, 1])
        for (const row of rowsAt(equations, moves, time))
          for (const p of points) expect(dot(row.slice(0, n), p)).toBeCloseTo(row[n], 6);
    }
    expect(unique).toBeGreaterThan(20);
  });

  it('ends with one unknown a row', () => {
    expect(drawn(system([1, 2, 3, 4], [5, 6])).caption).toBe('y = 4.5; x = −4');
    const scene = drawn(system([2, 1, 1, 1, 3, 2, 1, 0, 2], [4, 5, 3], 3));
    expect(scene.caption).toBe('x = 1.22; y = 0.667; z = 0.889');
    expect(scene.moments?.[0].label).toBe('x leaves row 2');
  });

  it('tells one solution, many and none apart', () => {
    const said = (values: readonly number[], right: readonly number[], columns = 2): string =>
      drawn(system(values, right, columns)).description;
    expect(said([1, 2, 3, 4], [5, 6])).toContain('x + 2y = 5 and 3x + 4y = 6 meet in (−4, 4.5)');
    expect(said([1, 2, 2, 4], [1, 1])).toContain('no common point');
    expect(said([1, 2, 2, 4], [1, 2])).toContain('share the line through (1, 0) along (−2, 1)');
    expect(said([1, 1, 1, 1, -1, 2, 2, 0, 3], [3, 1, 4], 3)).toContain('share the line');
    expect(said([1, 1, 1, 1, -1, 2, 2, 0, 3], [3, 1, 9], 3)).toContain('no common point');
    expect(said([1, 1, 1, 2, 2, 2], [1, 2], 3)).toContain('share a whole plane');
  });
});

describe('planes in a box', () => {
  it('are cut to rings of points on both, and meet in lines of both', () => {
    for (let trial = 0; trial < 40; trial++) {
      const box = boxAbout(whole(3), 3);
      const [p, q] = [whole(4), whole(4)];
      for (const plane of [p, q])
        for (const point of section(plane, box)) {
          expect(dot(plane.slice(0, 3), point)).toBeCloseTo(plane[3], 9);
          point.forEach((x, k) => expect(Math.abs(x - (box.low[k] + 3))).toBeLessThan(3 + 1e-9));
        }
      for (const point of crossing(p, q, box) ?? [])
        for (const plane of [p, q]) expect(dot(plane.slice(0, 3), point)).toBeCloseTo(plane[3], 7);
    }
    expect(section([0, 0, 1, 0], boxAbout([0, 0, 0], 1)).length).toBe(4);
    expect(section([1, 1, 1, 0], boxAbout([0, 0, 0], 1)).length).toBe(6);
    expect(crossing([0, 0, 1, 0], [0, 0, 2, 5], boxAbout([0, 0, 0], 1))).toBeUndefined();
  });
});

describe('least squares', () => {
  it('leaves a residual at right angles to every column', () => {
    for (let trial = 0; trial < 20; trial++) {
      const matrix = { label: 'A', rows: 3, columns: 2, values: whole(6) };
      const b = whole(3);
      const p = nearestIn(matrix, b);
      for (let j = 0; j < 2; j++)
        expect(
          dot(
            b.map((x, k) => x - p[k]),
            [0, 1, 2].map(i => matrix.values[2 * i + j]),
          ),
        ).toBeCloseTo(0, 9);
    }
  });

  it('shows the projection and the line through the points', () => {
    const text = 'import numpy as np\nA = np.array([[0, 1], [1, 1], [2, 1]])\nb = np.array([1, 3, 2.5])\n';
    const at = 'np.linalg.lstsq(A, b, rcond=None)[0]';
    const pictures = picturesIn(`${text}${at}\n`, at);
    expect(pictures.map(p => p.kind).slice(0, 2)).toEqual(['least-squares', 'curve-fit']);
    const [onto, fit] = pictures;
    expect(drawn(onto).description).toContain('nearest to b (1, 3, 2.5) is (1.42, 2.17, 2.92)');
    if (fit.kind !== 'curve-fit') throw new Error(fit.kind);
    expect(fit.coefficients[0]).toBeCloseTo(0.75, 9);
    expect(fit.xs).toEqual([0, 1, 2]);
    const scene = drawn(fit);
    expect(scene.description).toContain('3 points and the fit y = 0.75x + 1.42');
    // The residuals sum to zero, and each line ends on the fit.
    const ends = scene.marks.flatMap(m => (m.kind === 'path' && m.stroke === 'area-flipped' ? m.lines : []));
    expect(ends.length).toBe(3);
    for (const [x, , , y] of ends) expect(y).toBeCloseTo(polynomial(fit.coefficients, x), 12);
  });

  it('shows polynomials', () => {
    const at = 'np.polyfit([0, 1, 2, 3], [1, 2, 5, 10], 2)';
    const [fit] = picturesIn(`import numpy as np\n${at}\n`, at);
    expect(drawn(fit).description).toContain('the fit y = x² + 1.');
  });
});

it('offers systems of equations where they have a solution', () => {
  const kinds = (at: string, text: string, languageId = 'python'): string[] =>
    picturesIn(`${text}${at}\n`, at, languageId).map(p => p.kind);
  const np = 'import numpy as np\n';
  expect(kinds('np.linalg.solve([[1, 2], [3, 4]], [5, 6])', np)[0]).toBe('linear-system');
  expect(kinds('np.linalg.solve([[2, 1, 1], [1, 3, 2], [1, 0, 2]], [4, 5, 3])', np)[0]).toBe('linear-system');
  expect(kinds('[1 0; 1 1; 1 2] \\ [1; 3; 2.5]', '', 'matlab').slice(0, 2)).toEqual(['least-squares', 'curve-fit']);
});

describe('handles of systems and of points', () => {
  const NP = 'import numpy as np\n';
  it('move a line parallel to itself: its right side changes', () => {
    const at = 'np.linalg.solve([[2, 1], [1, -1]], [4, 1])';
    const [picture] = picturesIn(`${NP}${at}\n`, at);
    const scene = drawn(picture, 0);
    expect(scene.handles.map(h => h.label)).toEqual(['line 2x + y = 4', 'line x − y = 1']);
    for (const [k, { at: p }] of scene.handles.entries()) {
      const [a, b, c] = [
        [2, 1, 4],
        [1, -1, 1],
      ][k];
      expect(a * p[0] + b * p[1]).toBeCloseTo(c, 9);
    }
    const moved = editedPicture(picture, 'right:0', [3, 1]);
    expect(handleValues(moved, picture.kind === 'linear-system' ? (picture.right.operand ?? '') : '')).toEqual([7, 1]);
    // Along its own line nothing changes.
    expect(editedPicture(picture, 'right:1', [5, 4])).toEqual(picture);
    expect(drawn(picture, 0.5).handles).toEqual([]);
  });

  it('have none where no literal feeds the right side', () => {
    expect(drawn(system([2, 1, 1, -1], [4, 1]), 0).handles).toEqual([]);
  });

  it('move a point up and down', () => {
    const at = 'np.polyfit([0, 1, 2, 3], [1, 2, 5, 10], 1)';
    const [picture] = picturesIn(`${NP}${at}\n`, at);
    expect(drawn(picture).handles[2]).toMatchObject({ id: 'ys:2', at: [2, 5], label: 'point (2, 5)' });
    const moved = editedPicture(picture, 'ys:2', [7, 4.5]);
    if (moved.kind !== 'curve-fit') throw new Error(moved.kind);
    expect([moved.xs, moved.ys]).toEqual([
      [0, 1, 2, 3],
      [1, 2, 4.5, 10],
    ]);
  });
});
