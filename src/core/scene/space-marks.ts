import type { Ground, Vector } from './ground';
import { arrow, brief, pair, times, tipLabel } from './plane';
import type { Mark, Paint, SceneOptions } from './scene';
import { apply3, determinant3, scaled, type Vector3 } from './space';
import { BASIS, columnOf, corners, type Matrix3, type Structure } from './space-linear';

export const COLUMN_PAINTS: readonly Paint[] = ['first', 'second', 'result'];

const flat = (ground: Ground, ps: readonly Vector[]): number[] => ps.flatMap(p => [...ground.at(p)]);

/** What a map has made of the lattice, the unit cube, the unit sphere and the basis. `columns` of them count. */
export function spaceMarks(
  ground: Ground,
  now: Matrix3,
  { rows, columns, label }: { readonly rows: number; readonly columns: number; readonly label: string },
  options: SceneOptions,
): Mark[] {
  return [
    ...(options.grid ? [lattice(ground, now, columns)] : []),
    ...(options.ellipse ? [ellipsoid(ground, now, columns)] : []),
    ...cube(ground, now, columns, options.labels && rows === 3),
    ...BASIS.slice(0, columns).map((e, j) => arrow(ground.at([0, 0, 0]), ground.at(e), COLUMN_PAINTS[j], 1.5, [4, 3])),
    ...BASIS.slice(0, columns).flatMap((_, j): Mark[] => {
      const tip = columnOf(now, j);
      const [from, to] = [ground.at([0, 0, 0]), ground.at(tip)];
      const text = `${times(label, `e${'₁₂₃'[j]}`)} ${pair(tip.slice(0, rows))}`;
      return [
        arrow(from, to, COLUMN_PAINTS[j], 3),
        ...(options.labels ? [tipLabel(from, to, text, COLUMN_PAINTS[j])] : []),
      ];
    }),
  ];
}

/** Lines through the whole-numbered points next to the origin, as the map leaves them. */
function lattice(ground: Ground, m: Matrix3, columns: number): Mark {
  const lines: number[][] = [];
  const sides = columns === 2 ? [0] : [-1, 0, 1];
  const far = columns === 2 ? 2 : 1;
  const between = columns === 2 ? [-2, -1, 0, 1, 2] : sides;
  for (let axis = 0; axis < columns; axis++)
    for (const a of between)
      for (const b of sides) {
        const p = (x: number): Vector3 => {
          const at = columns === 2 ? [a, a, 0] : [a, a, a];
          at[axis] = x;
          if (columns === 3) at[(axis + 2) % 3] = b;
          return apply3(m, [at[0], at[1], at[2]]);
        };
        lines.push(flat(ground, [p(-far), p(far)]));
      }
  return { kind: 'path', lines, stroke: 'grid', width: 1, opacity: 0.4 };
}

/** The image of the unit sphere by its three great circles, of the unit circle for a plane. */
function ellipsoid(ground: Ground, m: Matrix3, columns: number): Mark {
  const planes =
    columns === 2
      ? [[0, 1]]
      : [
          [0, 1],
          [1, 2],
          [0, 2],
        ];
  const lines = planes.map(([i, j]) =>
    flat(
      ground,
      Array.from({ length: 73 }, (_, k) => {
        const x = [0, 0, 0];
        x[i] = Math.cos((k * Math.PI) / 36);
        x[j] = Math.sin((k * Math.PI) / 36);
        return apply3(m, [x[0], x[1], x[2]]);
      }),
    ),
  );
  return { kind: 'path', lines, stroke: 'ellipse', width: 1.5, opacity: 0.9 };
}

/** The image of the unit cube, in the colour of its orientation, with its volume. */
function cube(ground: Ground, m: Matrix3, columns: number, labels: boolean): Mark[] {
  const size = Math.max(...m.map(Math.abs));
  const exact = determinant3(m);
  const volume = Math.abs(exact) <= 1e-14 * size ** 3 ? 0 : exact;
  const paint: Paint = volume < 0 ? 'area-flipped' : 'area';
  const at = corners(m, columns);
  const square = [0, 1, 3, 2];
  const axes = Array.from({ length: columns }, (_, k) => 1 << k);
  const faces =
    columns === 2
      ? [square]
      : axes.flatMap((bit, k) => {
          const [p, q] = [axes[(k + 1) % 3], axes[(k + 2) % 3]];
          return [0, bit].map(side => [side, side | p, side | p | q, side | q]);
        });
  const edges = at.flatMap((_, corner) => axes.filter(bit => !(corner & bit)).map(bit => [corner, corner | bit]));
  const marks: Mark[] = [
    ...faces.map(
      (ring): Mark => ({
        kind: 'path',
        lines: [
          flat(
            ground,
            ring.map(k => at[k]),
          ),
        ],
        closed: true,
        fill: paint,
        opacity: columns === 2 ? 0.3 : 0.1,
      }),
    ),
    {
      kind: 'path',
      lines: edges.map(ends =>
        flat(
          ground,
          ends.map(k => at[k]),
        ),
      ),
      stroke: paint,
      width: 1.3,
    },
  ];
  if (labels && columns === 3)
    marks.push({
      kind: 'label',
      at: ground.at(scaled(at[7], 0.5)),
      text: `det ${brief(volume)}`,
      paint: 'foreground',
      offset: [0, 4],
      anchor: 'middle',
      size: 12,
    });
  return marks;
}

/** A line or plane through the origin, as far as `reach`, with its name. */
export function subspace(
  ground: Ground,
  basis: readonly Vector3[],
  reach: number,
  paint: Paint,
  text: string,
  dash: readonly number[],
): Mark[] {
  const [u, v] = basis.map(b => scaled(b, reach));
  if (!u) return [];
  const label: Mark = {
    kind: 'label',
    at: ground.at(v ? [u[0] + v[0], u[1] + v[1], u[2] + v[2]] : u),
    text,
    paint,
    offset: [8, -6],
    anchor: 'start',
    size: 12,
  };
  const named = text ? [label] : [];
  if (!v)
    return [{ kind: 'path', lines: [flat(ground, [scaled(u, -1), u])], stroke: paint, width: 1.8, dash }, ...named];
  const ring = [
    [1, 1],
    [1, -1],
    [-1, -1],
    [-1, 1],
  ].map(([a, b]): Vector => [a * u[0] + b * v[0], a * u[1] + b * v[1], a * u[2] + b * v[2]]);
  return [
    { kind: 'path', lines: [flat(ground, ring)], closed: true, fill: paint, opacity: 0.1 },
    { kind: 'path', lines: [flat(ground, ring)], closed: true, stroke: paint, width: 1.2, dash },
    ...named,
  ];
}

/** Lines that a map keeps, and what it makes zero or fills where that is less than everything. */
export function structureMarks(
  ground: Ground,
  { rank, vanishing, reached, lines }: Structure,
  { rows, columns }: { readonly rows: number; readonly columns: number },
  reach: number,
  labels: boolean,
): Mark[] {
  const name = (text: string): string => (labels ? text : '');
  return [
    ...lines.flatMap(({ value, direction }) =>
      subspace(ground, [direction], 1.1 * reach, 'eigen', name(`λ = ${brief(value)}`), [7, 4]),
    ),
    ...(rank > 0 && rank < columns
      ? subspace(
          ground,
          vanishing,
          (vanishing.length > 1 ? 0.7 : 1.1) * reach,
          'area-flipped',
          name('null space'),
          [2, 4],
        )
      : []),
    ...(rank > 0 && rank < rows
      ? subspace(ground, reached, (rank > 1 ? 0.7 : 1.1) * reach, 'ellipse', name('column space'), [1, 0])
      : []),
  ];
}
