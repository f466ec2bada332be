import type { Equation } from './elimination';

/** A cube about a point of space. */
export interface SpaceBox {
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly corners: readonly (readonly number[])[];
}

export function boxAbout(centre: readonly number[], half: number): SpaceBox {
  const low = centre.map(x => x - half);
  const high = centre.map(x => x + half);
  const corners = Array.from({ length: 8 }, (_, bits) => low.map((x, k) => (bits & (1 << k) ? high[k] : x)));
  return { low, high, corners };
}

/** The part of the plane a x + b y + c z = d within a box, as a ring of corners; empty where they do not meet. */
export function section([a, b, c, d]: Equation, { corners }: SpaceBox): (readonly number[])[] {
  const normal = [a, b, c];
  const size = Math.hypot(a, b, c);
  if (size < 1e-300) return [];
  const level = (p: readonly number[]): number => (a * p[0] + b * p[1] + c * p[2] - d) / size;
  const span = Math.hypot(...corners[7].map((x, k) => x - corners[0][k]));
  const found: (readonly number[])[] = [];
  const add = (p: readonly number[]): void => {
    if (!found.some(q => Math.hypot(...q.map((x, k) => x - p[k])) < 1e-9 * span)) found.push(p);
  };
  for (let from = 0; from < 8; from++)
    for (const bit of [1, 2, 4]) {
      const to = from | bit;
      if (to === from) continue;
      const [l0, l1] = [level(corners[from]), level(corners[to])];
      if (l0 === l1 || l0 * l1 > 0) continue;
      const t = l0 / (l0 - l1);
      add(corners[from].map((x, k) => x + t * (corners[to][k] - x)));
    }
  if (found.length < 3) return [];
  // In order about their middle, in directions u and v of the plane.
  const middle = [0, 1, 2].map(k => found.reduce((s, p) => s + p[k], 0) / found.length);
  const first = found[0].map((x, k) => x - middle[k]);
  const across = [0, 1, 2].map(
    k => normal[(k + 1) % 3] * first[(k + 2) % 3] - normal[(k + 2) % 3] * first[(k + 1) % 3],
  );
  const angle = (p: readonly number[]): number => {
    const r = p.map((x, k) => x - middle[k]);
    const dot = (v: readonly number[]): number => r.reduce((s, x, k) => s + x * v[k], 0);
    return Math.atan2(dot(across) / size, dot(first));
  };
  return found.sort((p, q) => angle(p) - angle(q));
}

/** The part of the line in which two planes meet within a box; undefined where they are parallel or meet outside. */
export function crossing(p: Equation, q: Equation, { low, high }: SpaceBox): readonly [number[], number[]] | undefined {
  const along = [0, 1, 2].map(k => p[(k + 1) % 3] * q[(k + 2) % 3] - p[(k + 2) % 3] * q[(k + 1) % 3]);
  const [np, nq, size] = [p, q, along].map(v => v[0] ** 2 + v[1] ** 2 + v[2] ** 2);
  if (size <= 1e-18 * np * nq) return undefined;
  // The point of both planes nearest to the origin: a mix of their normals.
  const mixed = p[0] * q[0] + p[1] * q[1] + p[2] * q[2];
  const s = (p[3] * nq - q[3] * mixed) / size;
  const t = (q[3] * np - p[3] * mixed) / size;
  const at = [0, 1, 2].map(k => s * p[k] + t * q[k]);
  let [enter, leave] = [-Infinity, Infinity];
  for (let k = 0; k < 3; k++) {
    const slack = 1e-9 * (high[k] - low[k]);
    if (Math.abs(along[k]) < 1e-12 * Math.sqrt(size)) {
      if (at[k] < low[k] - slack || at[k] > high[k] + slack) return undefined;
      continue;
    }
    const [a, b] = [(low[k] - at[k]) / along[k], (high[k] - at[k]) / along[k]];
    enter = Math.max(enter, Math.min(a, b));
    leave = Math.min(leave, Math.max(a, b));
  }
  if (enter >= leave) return undefined;
  const on = (x: number): number[] => at.map((v, k) => v + x * along[k]);
  return [on(enter), on(leave)];
}
