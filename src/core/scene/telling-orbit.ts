import type { Vector } from './ground';
import { type Orbit, REST } from './scene';
import { frameOf, type Vector3 } from './space';

/** Tilts and turns that are tried. */
const PITCHES = [0.25, 0.42, 0.6, 0.8];
const TURNS = 48;

/** What is seen of a length at least counts, so that one hidden line does not outweigh all others. */
const LEAST = 0.02;
/** A face of which so much is seen is open enough: seen broad it hides how it stands. */
const OPEN = 0.45;

const cross = ([a, b, c]: Vector, [d, e, f]: Vector): Vector => [b * f - c * e, c * d - a * f, a * e - b * d];

/** The cosine of the angle between a vector and a unit vector, without its sign. */
function along(v: Vector, unit: Vector3): number {
  const length = Math.hypot(...v);
  return length === 0 ? 1 : Math.abs(v[0] * unit[0] + v[1] * unit[1] + v[2] * unit[2]) / length;
}

/**
 * From where lines of space (as vectors) are seen long, faces (by vectors upright on them) open, and no two of the lines
 * over each other: the orbit with the largest product of their seen shares, near the usual one among equals.
 */
export function tellingOrbit(lines: readonly Vector[], faces: readonly Vector[]): Orbit {
  // Of the plane there is one view, and of more than space none.
  if (lines.some(v => v.length !== 3)) return REST;
  // Two lines are seen apart where the face between them is broad.
  const between = lines.flatMap((u, k) => lines.slice(k + 1).map(v => cross(u, v)));
  let best: { readonly score: number; readonly orbit: Orbit } | undefined;
  for (const pitch of PITCHES)
    for (let k = 0; k < TURNS; k++) {
      const away = (2 * Math.PI * k) / TURNS - Math.PI;
      const orbit = { yaw: REST.yaw + away, pitch };
      const { near } = frameOf(orbit);
      const seen = (share: number, weight: number): number => weight * Math.log(LEAST + share);
      const score =
        lines.reduce((sum, v) => sum + seen(Math.sqrt(Math.max(0, 1 - along(v, near) ** 2)), 2), 0) +
        faces.reduce((sum, n) => sum + seen(Math.min(OPEN, along(n, near)), 1), 0) +
        between.reduce((sum, n) => sum + seen(along(n, near), 0.5), 0) -
        0.1 * Math.abs(away) -
        0.3 * Math.abs(pitch - REST.pitch);
      if (!best || score > best.score + 1e-9) best = { score, orbit };
    }
  return best?.orbit ?? REST;
}
