import { generalEigen, matrix, svd } from '../linalg/index';
import type { Vector } from './ground';
import type { Table } from './picture';
import { remembered } from './remembered';
import { apply3, determinant3, type Vector3 } from './space';

/** Row-major 3×3. */
export type Matrix3 = readonly number[];

export const IDENTITY3: Matrix3 = [1, 0, 0, 0, 1, 0, 0, 0, 1];

export const BASIS: readonly Vector3[] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

/** The map as 3×3: what a 2×3 or 3×2 matrix lacks is zero. */
export const asCube = remembered(
  ({ rows, columns, values }: Table): Matrix3 =>
    Array.from({ length: 9 }, (_, k) => {
      const [i, j] = [Math.floor(k / 3), k % 3];
      return i < rows && j < columns ? values[i * columns + j] : 0;
    }),
);

export const columnOf = (m: Matrix3, j: number): Vector3 => [m[j], m[3 + j], m[6 + j]];

export const multiply3 = (a: Matrix3, b: Matrix3): Matrix3 =>
  Array.from({ length: 9 }, (_, k) => {
    const [i, j] = [3 * Math.floor(k / 3), k % 3];
    return a[i] * b[j] + a[i + 1] * b[3 + j] + a[i + 2] * b[6 + j];
  });

export const transpose3 = (m: Matrix3): Matrix3 =>
  Array.from({ length: 9 }, (_, k) => m[3 * (k % 3) + Math.floor(k / 3)]);

/** (1 − t) A + t B. */
export const mixed = (a: Matrix3, b: Matrix3, t: number): Matrix3 => a.map((x, k) => x + (b[k] - x) * t);

const diagonal = ([a, b, c]: Vector): Matrix3 => [a, 0, 0, 0, b, 0, 0, 0, c];

/** The angle from 0 to π of a rotation of space and its unit axis, right-handed; a half turn takes either. None for the identity. */
export function turnOf(r: Matrix3): { readonly angle: number; readonly axis: Vector3 } | undefined {
  const cosine = Math.max(-1, Math.min(1, (r[0] + r[4] + r[8] - 1) / 2));
  const twist: Vector3 = [r[7] - r[5], r[2] - r[6], r[3] - r[1]];
  const size = Math.hypot(...twist);
  const angle = Math.atan2(size / 2, cosine);
  if (angle < 1e-12) return undefined;
  if (size >= 1e-6) return { angle, axis: [twist[0] / size, twist[1] / size, twist[2] / size] };
  // Near a half turn R + I is twice the projection on the axis: its longest column lies along it.
  const columns = [0, 1, 2].map(j =>
    columnOf(
      r.map((x, k) => x + IDENTITY3[k]),
      j,
    ),
  );
  const [long] = columns.sort((a, b) => Math.hypot(...b) - Math.hypot(...a));
  const n = Math.hypot(...long);
  return { angle, axis: [long[0] / n, long[1] / n, long[2] / n] };
}

/** The turn by `share` of the angle of a rotation about its axis (Rodrigues). */
export function partOfTurn(r: Matrix3, share: number): Matrix3 {
  const turn = turnOf(r);
  if (!turn) return IDENTITY3;
  const [x, y, z] = turn.axis;
  const [c, s] = [Math.cos(share * turn.angle), Math.sin(share * turn.angle)];
  const v = 1 - c;
  return [
    c + x * x * v,
    x * y * v - z * s,
    x * z * v + y * s,
    y * x * v + z * s,
    c + y * y * v,
    y * z * v - x * s,
    z * x * v - y * s,
    z * y * v + x * s,
    c + z * z * v,
  ];
}

/** A = U diag(s) Vᵀ with turns U and V: where A flips, the last of `s` is negative. */
export interface Turns {
  readonly u: Matrix3;
  readonly s: Vector;
  readonly v: Matrix3;
}

export const turnsOf = remembered((m: Matrix3): Turns => {
  const f = svd(matrix(3, 3, Float64Array.from(m)), true);
  if (f.kind !== 'ok') return { u: IDENTITY3, s: [1, 1, 1], v: IDENTITY3 };
  const flipLast = (a: Matrix3): Matrix3 => a.map((x, k) => (k % 3 === 2 ? -x : x));
  const [u, v] = [Array.from(f.u.re), transpose3(Array.from(f.vh.re))];
  const [flippedU, flippedV] = [determinant3(u) < 0, determinant3(v) < 0];
  const tiny = 1e-12 * f.s[0];
  const s = Array.from(f.s, x => (x > tiny ? x : 0));
  return {
    u: flippedU ? flipLast(u) : u,
    s: flippedU === flippedV ? s : [s[0], s[1], -s[2]],
    v: flippedV ? flipLast(v) : v,
  };
});

/** The map after a share of each of: the turn Vᵀ, the stretch along the axes, the turn U. */
export function turnStretchTurn({ u, s, v }: Turns, time: number): Matrix3 {
  const [first, second, third] = [0, 1, 2].map(k => Math.max(0, Math.min(1, 3 * time - k)));
  const stretched = mixed(IDENTITY3, diagonal(s), second);
  return multiply3(partOfTurn(u, third), multiply3(stretched, partOfTurn(transpose3(v), first)));
}

/** The map on its way along the polar factors, R(tθ)((1 − t)I + tS): never flat where det A > 0. */
export function alongPolar({ u, s, v }: Turns, time: number): Matrix3 {
  const stretch = multiply3(v, multiply3(diagonal(s), transpose3(v)));
  return multiply3(partOfTurn(multiply3(u, transpose3(v)), time), mixed(IDENTITY3, stretch, time));
}

/** What the pictures and words of a map of space tell about it. */
export interface Structure {
  /** Singular values of the map itself, rounded remains of zero as zero. */
  readonly s: readonly number[];
  readonly rank: number;
  /** Orthonormal directions that go to zero. */
  readonly vanishing: readonly Vector3[];
  /** Orthonormal directions of the column space. */
  readonly reached: readonly Vector3[];
  /** Lines kept by a square map, those of eigenvalue zero left out; none where every line is kept. */
  readonly lines: readonly { readonly value: number; readonly direction: Vector3 }[];
  /** The complex pair of a square map. */
  readonly pair?: { readonly re: number; readonly im: number };
}

export const structureOf = remembered((map: Table): Structure => {
  const { rows, columns, values } = map;
  const f = svd(matrix(rows, columns, Float64Array.from(values)), true);
  if (f.kind !== 'ok') return { s: [], rank: 0, vanishing: [], reached: [], lines: [] };
  const small = 1e-12 * (f.s[0] ?? 0);
  const s = Array.from(f.s, x => (x > small ? x : 0));
  const rank = s.filter(x => x > 0).length;
  const direction = (at: (i: number) => number, length: number): Vector3 => [at(0), at(1), length > 2 ? at(2) : 0];
  const vanishing = Array.from({ length: columns - rank }, (_, k) =>
    direction(j => f.vh.re[(rank + k) * columns + j], columns),
  );
  const reached = Array.from({ length: rank }, (_, k) => direction(i => f.u.re[i * rows + k], rows));
  const e = rows === 3 && columns === 3 ? generalEigen(matrix(3, 3, Float64Array.from(values))) : undefined;
  if (e?.kind !== 'ok') return { s, rank, vanishing, reached, lines: [] };
  const size = Math.max(...values.map(Math.abs), 1e-300);
  const found = [0, 1, 2].map(k => ({ re: e.values.re[k], im: e.values.im[k], k }));
  const lines = found
    .filter(({ re, im }) => Math.abs(im) <= 1e-10 * size && Math.abs(re) > 1e-12 * size)
    .map(({ re, k }) => ({
      value: re,
      direction: [e.vectors.re[k], e.vectors.re[3 + k], e.vectors.re[6 + k]] as const,
    }));
  const pair = found.find(({ im }) => im > 1e-10 * size);
  // A multiple of the identity keeps every line; three of them would say otherwise.
  const every =
    lines.length === 3 &&
    s[0] - s[2] <= 1e-12 * s[0] &&
    lines.every(l => Math.abs(l.value - lines[0].value) <= 1e-12 * s[0]);
  return { s, rank, vanishing, reached, lines: every ? [] : lines, ...(pair ? { pair } : {}) };
});

/** Corners of the image of the unit cube, or of the unit square where only two columns count. */
export const corners = (m: Matrix3, columns: number): Vector3[] =>
  Array.from({ length: 2 ** columns }, (_, bits) => apply3(m, [bits & 1, (bits >> 1) & 1, (bits >> 2) & 1]));
