import type { Layer, Matrix2, Vector2 } from './picture';
import type { TypeOf } from './picture-type';
import { brief } from './plane';
import type { Mark, Scene, SceneOptions } from './scene';

/** What a layer of a network does to points of the plane: a map, a shift, and what is negative cut to zero. */
export const layer: TypeOf<'layer'> = { title: 'Effect of a layer', scene: layerScene, layers: ['grid'] };

/** Reach of the grid that goes along, and points along one of its lines. */
const REACH = 3;
const FINE = 40;

/** Shares of the time that the map, the shift and the cut take. */
const [MAPPED, SHIFTED] = [0.45, 0.65];

const share = (t: number, from: number, to: number): number => Math.min(1, Math.max(0, (t - from) / (to - from)));

/** Where a point is at a time: (1 − t)x + tWx, then + tb, then what is negative goes to zero. */
export function movedByLayer({ entries, bias, cut }: Layer, [x, y]: Vector2, time: number): Vector2 {
  const last = cut ? SHIFTED : 1;
  const [map, shift] = [share(time, 0, cut ? MAPPED : 0.65), share(time, cut ? MAPPED : 0.65, last)];
  const [a, b, c, d]: Matrix2 = entries;
  const u = x + map * (a * x + b * y - x) + shift * bias[0];
  const v = y + map * (c * x + d * y - y) + shift * bias[1];
  if (!cut) return [u, v];
  const rest = 1 - share(time, SHIFTED, 1);
  // Adding zero makes a zero of either sign the plain one.
  return [u < 0 ? rest * u + 0 : u, v < 0 ? rest * v + 0 : v];
}

function layerScene(p: Layer, options: SceneOptions): Scene {
  const { time } = options;
  const at = (x: Vector2): Vector2 => movedByLayer(p, x, time);
  const marks: Mark[] = [{ kind: 'axes', grid: false, labels: options.labels }];
  if (options.grid) {
    const lines: number[][] = [];
    for (let k = -REACH; k <= REACH; k++)
      for (const upright of [false, true])
        lines.push(
          Array.from({ length: FINE + 1 }, (_, i) => -REACH + (2 * REACH * i) / FINE).flatMap(s =>
            at(upright ? [k, s] : [s, k]),
          ),
        );
    marks.push({ kind: 'path', lines, stroke: 'grid', width: 1, opacity: 0.7 });
  }
  const n = p.points.length / 2;
  const ends = Array.from({ length: n }, (_, i) => movedByLayer(p, [p.points[2 * i], p.points[2 * i + 1]], 1));
  let reach = 1;
  for (let i = 0; i < n; i++)
    reach = Math.max(reach, Math.abs(p.points[2 * i]), Math.abs(p.points[2 * i + 1]), ...ends[i].map(Math.abs));
  reach *= 1.15;
  const dot = (n > 200 ? 0.009 : 0.018) * reach;
  const now = Array.from({ length: n }, (_, i) => at([p.points[2 * i], p.points[2 * i + 1]]));
  const alive = (i: number): boolean => !p.cut || ends[i].some(x => x > 0);
  for (const [fill, chosen] of [
    ['muted', false],
    ['result', true],
  ] as const) {
    const lines = now
      .filter((_, i) => alive(i) === chosen)
      .map(([x, y]) => [x - dot, y, x, y - dot, x + dot, y, x, y + dot]);
    if (lines.length > 0) marks.push({ kind: 'path', lines, closed: true, fill });
  }
  const dead = ends.filter((_, i) => !alive(i)).length;
  const [mapped, shifted] = [p.cut ? MAPPED : 0.65, p.cut ? SHIFTED : 1];
  const stage =
    time >= 1
      ? ''
      : time < mapped
        ? `${p.label} turns and stretches`
        : time < shifted
          ? 'The bias shifts'
          : 'ReLU cuts what is negative';
  const hasBias = p.bias[0] !== 0 || p.bias[1] !== 0;
  return {
    bounds: { left: -reach, right: reach, bottom: -reach, top: reach },
    square: true,
    marks,
    handles: [],
    description: `${n} ${n === 1 ? 'point' : 'points'} through ${p.label}${hasBias ? `, shifted by (${brief(p.bias[0])}, ${brief(p.bias[1])})` : ''}${p.cut ? `, then ReLU: what is negative becomes zero${dead > 0 ? `; ${dead} ${dead === 1 ? 'point ends' : 'points end'} at the origin, drawn grey` : ''}` : ''}.`,
    caption: stage,
    animated: true,
    moments: [{ time: mapped, label: 'mapped' }, ...(p.cut ? [{ time: shifted, label: 'shifted' }] : [])],
  };
}
