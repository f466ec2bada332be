import type { Orbit, Point } from './scene';

/** A point of space. */
export type Vector3 = readonly [number, number, number];

/** The directions of the picture's plane in space: `right`, `up`, and `near` towards the eye. Parallel projection, z upright. */
export interface Frame {
  readonly right: Vector3;
  readonly up: Vector3;
  readonly near: Vector3;
}

export function frameOf({ yaw, pitch }: Orbit): Frame {
  const [c, s] = [Math.cos(yaw), Math.sin(yaw)];
  const [cp, sp] = [Math.cos(pitch), Math.sin(pitch)];
  return { right: [c, s, 0], up: [-s * sp, c * sp, cp], near: [s * cp, -c * cp, sp] };
}

const inner = (a: Vector3, b: Vector3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

export const projected = (f: Frame, p: Vector3): Point => [inner(f.right, p), inner(f.up, p)];

/** The point of space that is seen at `to` and lies as deep as `from`. */
export function movedInView(f: Frame, from: Vector3, to: Point): Vector3 {
  const [x, y] = projected(f, from);
  const [dx, dy] = [to[0] - x, to[1] - y];
  const along = (k: 0 | 1 | 2): number => from[k] + dx * f.right[k] + dy * f.up[k];
  return [along(0), along(1), along(2)];
}

export const scaled = (v: Vector3, k: number): Vector3 => [k * v[0], k * v[1], k * v[2]];

/** Row-major 3×3 matrix times a vector. */
export const apply3 = (m: readonly number[], [x, y, z]: Vector3): Vector3 => [
  m[0] * x + m[1] * y + m[2] * z,
  m[3] * x + m[4] * y + m[5] * z,
  m[6] * x + m[7] * y + m[8] * z,
];

export const determinant3 = (m: readonly number[]): number =>
  m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6]) + m[2] * (m[3] * m[7] - m[4] * m[6]);
