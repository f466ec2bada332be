import { expect, it } from 'vitest';
import { restOf } from '../../../src/core/scene/index';
import { nearestIn } from '../../../src/core/scene/least-squares';
import { REST } from '../../../src/core/scene/scene';
import { frameOf, projected } from '../../../src/core/scene/space';
import { tellingOrbit } from '../../../src/core/scene/telling-orbit';
import { plus } from '../../../src/core/scene/vector-marks';
import { random } from '../../support/random';

const next = random(5);
const number = (): number => Math.round(20 * next() - 10) / 2;

it('shows most of what is left of least squares, and the plane of the columns open', () => {
  for (let run = 0; run < 60; run++) {
    const matrix = { label: 'A', rows: 3, columns: 2, values: Array.from({ length: 6 }, number) };
    const right = { label: 'b', components: Array.from({ length: 3 }, number) };
    const rest = plus(right.components, nearestIn(matrix, right.components), -1);
    const length = Math.hypot(...rest);
    if (length < 0.1) continue;
    const frame = frameOf(restOf({ kind: 'least-squares', matrix, right }));
    const [x, y, z] = rest;
    expect(Math.hypot(...projected(frame, [x, y, z])) / length).toBeGreaterThan(0.5);
    const upright = frame.near.reduce((sum, n, k) => sum + n * rest[k], 0) / length;
    expect(Math.abs(upright)).toBeGreaterThan(0.15);
  }
});

it('sees no two vectors over each other', () => {
  for (let run = 0; run < 60; run++) {
    const [a, b] = [0, 1].map(() => Array.from({ length: 3 }, number));
    const angle = ([x, y]: readonly number[], [u, v]: readonly number[]): number =>
      Math.abs(Math.atan2(x * v - y * u, x * u + y * v));
    const inSpace = Math.acos(a.reduce((sum, x, k) => sum + x * b[k], 0) / (Math.hypot(...a) * Math.hypot(...b) || 1));
    if (!(Math.sin(inSpace) > 0.3)) continue;
    const frame = frameOf(
      restOf({ kind: 'vector-sum', a: { label: 'a', components: a }, b: { label: 'b', components: b } }),
    );
    const [p, q] = [a, b].map(([x, y, z]) => projected(frame, [x, y, z]));
    expect(Math.sin(angle(p, q)), `${a} ${b}`).toBeGreaterThan(0.15);
  }
});

it('is the usual one for the plane and for nothing', () => {
  expect(tellingOrbit([[1, 2]], [])).toEqual(REST);
  expect(tellingOrbit([], [])).toEqual(REST);
  expect(restOf({ kind: 'linear-map', matrix: { label: 'A', entries: [1, 2, 3, 4] } })).toEqual(REST);
});
