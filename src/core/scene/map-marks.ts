import type { LabelledMatrix, Matrix2, Vector2 } from './picture';
import {
  alongSpiral,
  apply,
  around,
  arrow,
  backdrop,
  between,
  brief,
  determinant,
  disc,
  eigenlines,
  gridLines,
  nullDirection,
  pair,
  singular,
  spiralOf,
  tickStep,
  times,
  tipLabel,
} from './plane';
import type { Handle, Mark, Paint, Scene, SceneOptions } from './scene';

/** An expression that shows a 2×2 map is the matrix or its determinant. */
export const mapResults = (m: Matrix2): readonly (readonly number[])[] => [m, [determinant(m)]];

export function mapBounds(m: Matrix2, extra: readonly Vector2[] = []): Scene['bounds'] {
  const { large } = singular(m);
  const reach = Math.max(large, 1);
  const corners = [1, 0.5].flatMap(t => {
    const [a, b, c, d] = between(m, t);
    return [
      [a, c],
      [b, d],
      [a + b, c + d],
    ] as const;
  });
  return around([[reach, reach], [-reach, -reach], ...corners, ...extra], 1);
}

export function mapMarks(
  matrix: LabelledMatrix,
  options: SceneOptions,
  bounds: Scene['bounds'],
  faint = false,
  now: Matrix2 = between(matrix.entries, options.time),
): Mark[] {
  const m = matrix.entries;
  const extent = Math.max(bounds.right - bounds.left, bounds.top - bounds.bottom);
  // Lines that the map presses together are drawn further apart, each family by itself.
  const size = Math.max(Math.abs(determinant(m)), extent / 1e6);
  const stepFor = (length: number): number =>
    tickStep(Math.max(1, extent / 16, Math.min(extent, ((extent / 36) * length) / size)), 1);
  const steps = [stepFor(Math.hypot(m[1], m[3])), stepFor(Math.hypot(m[0], m[2]))] as const;
  const marks: Mark[] = [];
  marks.push(backdrop(options.grid, options.labels));
  if (options.grid) marks.push(gridLines(bounds, steps, now, 'grid', faint ? 0.35 : 0.7));
  const d = determinant(now);
  const square = (
    [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ] as Vector2[]
  ).flatMap(x => apply(now, x));
  const area = d >= 0 ? 'area' : 'area-flipped';
  marks.push(
    { kind: 'path', lines: [square], closed: true, fill: area, opacity: faint ? 0.12 : 0.28 },
    { kind: 'path', lines: [square], closed: true, stroke: area, width: 1.5, opacity: faint ? 0.4 : 1 },
  );
  if (options.ellipse && !faint) {
    const circle: number[] = [];
    const image: number[] = [];
    for (let k = 0; k <= 96; k++) {
      const x: Vector2 = [Math.cos((k * Math.PI) / 48), Math.sin((k * Math.PI) / 48)];
      circle.push(...x);
      image.push(...apply(now, x));
    }
    marks.push(
      { kind: 'path', lines: [circle], stroke: 'muted', width: 1, dash: [3, 3], opacity: 0.8 },
      { kind: 'path', lines: [image], stroke: 'ellipse', width: 2 },
    );
  }
  if (options.eigenlines && !faint) marks.push(...eigenMarks(m, bounds, options.labels));
  if (!faint) marks.push(arrow([0, 0], [1, 0], 'first', 1.5, [4, 3]), arrow([0, 0], [0, 1], 'second', 1.5, [4, 3]));
  const [i, j]: Vector2[] = [
    [now[0], now[2]],
    [now[1], now[3]],
  ];
  marks.push(arrow([0, 0], i, 'first', faint ? 2 : 3), arrow([0, 0], j, 'second', faint ? 2 : 3));
  if (options.labels && !faint) {
    marks.push(
      tipLabel([0, 0], i, `${times(matrix.label, 'i')} ${pair(i)}`, 'first'),
      tipLabel([0, 0], j, `${times(matrix.label, 'j')} ${pair(j)}`, 'second'),
    );
    const middle = apply(now, [0.5, 0.5]);
    marks.push({
      kind: 'label',
      at: middle,
      text: `det ${brief(d)}`,
      paint: 'foreground',
      offset: [0, 4],
      anchor: 'middle',
      size: 12,
    });
  }
  return marks;
}

/** A line through the origin over the whole view, named near the edge where there is a name. */
export function throughOrigin(
  direction: Vector2,
  bounds: Scene['bounds'],
  paint: Paint,
  dash: readonly number[],
  text: string,
): Mark[] {
  const far = 3 * Math.max(bounds.right - bounds.left, bounds.top - bounds.bottom);
  const line: Mark = {
    kind: 'path',
    lines: [[-far * direction[0], -far * direction[1], far * direction[0], far * direction[1]]],
    stroke: paint,
    width: 1.5,
    dash,
  };
  if (!text) return [line];
  const along =
    0.72 *
    Math.min(
      (direction[0] > 0 ? bounds.right : -bounds.left) / Math.max(Math.abs(direction[0]), 1e-9),
      (direction[1] > 0 ? bounds.top : -bounds.bottom) / Math.max(Math.abs(direction[1]), 1e-9),
    );
  const side = direction[0] * direction[1] > 0 ? -1 : 1;
  return [
    line,
    {
      kind: 'label',
      at: [along * direction[0], along * direction[1]],
      text,
      paint,
      offset: [side * 8, -6],
      anchor: side > 0 ? 'start' : 'end',
      size: 12,
    },
  ];
}

/** Lines that the map keeps, those that it makes zero or fills, and the spiral of a complex pair. */
function eigenMarks(m: Matrix2, bounds: Scene['bounds'], labels: boolean): Mark[] {
  const lines = eigenlines(m);
  const spiral = spiralOf(m);
  if (spiral) return spiralMarks(m, spiral, bounds);
  if (lines === 'all') return [];
  const none = nullDirection(m);
  const marks = lines.flatMap(({ value, direction }) => {
    const goes = none && Math.abs(value) <= 1e-12 * singular(m).large;
    const space = !none ? '' : !goes ? ', column space' : lines.length > 1 ? ', null space' : ', null and column space';
    const text = `λ = ${goes ? 0 : brief(value)}${space}`;
    return throughOrigin(direction, bounds, 'eigen', goes ? [2, 4] : [7, 4], labels ? text : '');
  });
  return marks;
}

/** Longest part of the spiral that is drawn, in steps of the map. */
const STEPS = 24;

/** x, Ax, A²x, … on the curve Aᵗx, from (1, 0) outwards or inwards until it leaves the view or closes. */
function spiralMarks(m: Matrix2, spiral: NonNullable<ReturnType<typeof spiralOf>>, bounds: Scene['bounds']): Mark[] {
  const reach = Math.max(bounds.right, -bounds.left, bounds.top, -bounds.bottom);
  const start: Vector2 = [1, 0];
  const round = Math.abs(Math.log(spiral.ratio)) < 1e-9;
  const last = Math.min(STEPS, round ? (2 * Math.PI) / spiral.angle : STEPS);
  const per = Math.max(4, Math.ceil(spiral.angle / 0.12));
  const curve: number[] = [];
  const dots: number[][] = [];
  for (let k = 0; k <= last * per; k++) {
    const p = alongSpiral(m, spiral, start, k / per);
    const size = Math.hypot(...p);
    if (size > 1.5 * reach || size < 0.01) break;
    curve.push(...p);
    if (k % per === 0) dots.push(disc(p, 0.011 * reach));
  }
  return [
    { kind: 'path', lines: [curve], stroke: 'eigen', width: 1.5 },
    { kind: 'path', lines: dots, closed: true, fill: 'eigen' },
  ];
}

export function columnHandles(matrix: LabelledMatrix): Handle[] {
  if (matrix.operand === undefined) return [];
  const m = matrix.entries;
  return [
    {
      id: 'matrix:0',
      at: [m[0], m[2]],
      paint: 'first',
      label: `first column of ${matrix.label}, ${pair([m[0], m[2]])}`,
    },
    {
      id: 'matrix:1',
      at: [m[1], m[3]],
      paint: 'second',
      label: `second column of ${matrix.label}, ${pair([m[1], m[3]])}`,
    },
  ];
}
