import { around, backdrop, brief, tickStep } from './plane';
import { type Mark, type Point, REST, type Scene, type SceneOptions } from './scene';
import { frameOf, projected, type Vector3 } from './space';

/** Components of a vector of the plane or of space. */
export type Vector = readonly number[];

/** What vectors of two or three components are drawn on: the plane itself, or space as it is seen. */
export interface Ground {
  readonly at: (v: Vector) => Point;
  /** What a scene on this ground has in common. */
  readonly frame: Pick<Scene, 'bounds' | 'square' | 'turnable'>;
  /** Axes, and the grid of the plane or of the floor. */
  readonly backdrop: readonly Mark[];
}

const AXES = ['x', 'y', 'z'] as const;

/** The ground that holds `points`, all of two or all of three components, and at least `least` about the origin. */
export function groundOf(points: readonly Vector[], options: SceneOptions, least = 0): Ground {
  if ((points[0]?.length ?? 2) < 3)
    return {
      at: ([x, y]) => [x, y],
      frame: {
        bounds: around(
          points.map(([x, y]): Point => [x, y]),
          least,
        ),
        square: true,
      },
      backdrop: [backdrop(options.grid, options.labels)],
    };
  return spaceOf(points, options, least);
}

/**
 * Space with `points` and at least `least` about a centre. The view is chosen for the orbit at rest, so that turning
 * does not change the scale; the axes go to the edge of the view.
 */
export function spaceOf(
  points: readonly Vector[],
  options: SceneOptions,
  least = 0,
  [cx, cy, cz]: Vector = [0, 0, 0],
): Ground {
  const away = points.map(([x, y, z]): Vector3 => [x - cx, y - cy, (z ?? 0) - cz]);
  const reach = Math.max(least, ...away.map(p => Math.hypot(...p))) || 1;
  const { rest = REST, orbit = rest } = options;
  const first = frameOf(rest);
  const seen = away.map(p => projected(first, p));
  const across = 1.3 * Math.max(0.62 * reach, ...seen.map(p => Math.abs(p[0])));
  const above = 1.18 * Math.max(0.56 * reach, ...seen.map(p => Math.abs(p[1])));
  const f = frameOf(orbit);
  const at = ([x, y, z]: Vector): Point => projected(f, [x - cx, y - cy, (z ?? 0) - cz]);
  const marks: Mark[] = [];
  const step = tickStep(2 * reach, 8);
  if (options.grid) marks.push(floor(at, step, Math.ceil(reach / step)));
  for (const [k, name] of AXES.entries()) {
    const along = (x: number): Vector3 => [k === 0 ? x : 0, k === 1 ? x : 0, k === 2 ? x : 0];
    const [zero, one] = [at(along(0)), at(along(1))];
    /** How far the axis goes before it leaves the view, in the direction of `sign`. */
    const room = (sign: 1 | -1): number =>
      [across, above].reduce(
        (least, half, side) => {
          const way = sign * (one[side] - zero[side]);
          return Math.min(least, (0.93 * half - Math.sign(way) * zero[side]) / Math.max(Math.abs(way), 1e-9));
        },
        1.4 * reach + Math.hypot(cx, cy, cz),
      );
    const end = room(1);
    if (end <= 0) continue;
    marks.push({
      kind: 'path',
      lines: [[...at(along(-Math.max(0, room(-1)))), ...at(along(end))]],
      stroke: 'axis',
      width: 1,
      opacity: 0.8,
    });
    if (!options.labels) continue;
    const base = { kind: 'label', paint: 'muted', anchor: 'start', optional: true } as const;
    const tick = step * Math.floor(Math.min(reach, end) / step);
    marks.push({ ...base, at: at(along(end)), text: name, offset: [8, 4], size: 12 });
    if (tick > 0) marks.push({ ...base, at: at(along(tick)), text: brief(tick), offset: [4, 12], size: 10 });
  }
  return {
    at,
    frame: {
      bounds: { left: -across, right: across, bottom: -above, top: above },
      square: true,
      turnable: true,
    },
    backdrop: marks,
  };
}

/** The grid of the plane z = 0, `n` steps to each side. */
function floor(at: Ground['at'], step: number, n: number): Mark {
  const lines: number[][] = [];
  for (let k = -n; k <= n; k++)
    lines.push(
      [...at([k * step, -n * step, 0]), ...at([k * step, n * step, 0])],
      [...at([-n * step, k * step, 0]), ...at([n * step, k * step, 0])],
    );
  return { kind: 'path', lines, stroke: 'ghost', width: 1, opacity: 0.7 };
}

/** From the tip of a vector of space down to the floor and back to the origin: where it stands. */
export const stem = (ground: Ground, v: Vector): Mark[] =>
  v.length < 3
    ? []
    : [
        {
          kind: 'path',
          lines: [[...ground.at(v), ...ground.at([v[0], v[1], 0]), ...ground.at([0, 0, 0])]],
          stroke: 'muted',
          width: 1,
          dash: [2, 3],
          opacity: 0.7,
        },
      ];
