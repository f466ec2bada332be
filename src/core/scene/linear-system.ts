import type { Matrix2, PictureOf, Vector2 } from './picture';
import type { TypeOf } from './picture-type';
import { around, backdrop, brief, determinant, isDrawable, pair, undrawable } from './plane';
import type { Mark, Paint, Scene, SceneOptions } from './scene';

type Row = readonly [number, number, number];

const minus = (a: Row, b: Row, factor: number): Row => [
  a[0] - factor * b[0],
  a[1] - factor * b[1],
  a[2] - factor * b[2],
];

/**
 * The two rows on their way through elimination, with partial pivoting: in the first half x leaves the second row, in the
 * other y leaves the first. A row that has lost one unknown is a line along an axis.
 */
export function eliminated(m: Matrix2, right: Vector2, time: number): readonly [Row, Row] {
  const rows: [Row, Row] = [
    [m[0], m[1], right[0]],
    [m[2], m[3], right[1]],
  ];
  const [pivot, other] = Math.abs(m[2]) > Math.abs(m[0]) ? [1, 0] : [0, 1];
  if (rows[pivot][0] === 0) return rows;
  const begin = rows[other];
  const factor = begin[0] / rows[pivot][0];
  rows[other] = minus(begin, rows[pivot], factor * Math.min(1, 2 * time));
  const ended = minus(begin, rows[pivot], factor);
  const flat = Math.abs(ended[1]) <= 1e-12 * Math.max(...m.map(Math.abs));
  if (time > 0.5 && !flat) rows[pivot] = minus(rows[pivot], ended, (rows[pivot][1] / ended[1]) * (2 * time - 1));
  return rows;
}

/** The coefficient of the one unknown that a row still has. */
function lone([a, b]: Row): number | undefined {
  const small = 1e-12 * Math.max(Math.abs(a), Math.abs(b));
  if (Math.abs(b) <= small && a !== 0) return a;
  return Math.abs(a) <= small && b !== 0 ? b : undefined;
}

/** `3x − 2y = 5`; with one unknown left, what it is. */
function equation(row: Row): string {
  const only = lone(row);
  const [a, b, c] = only === undefined ? row : [row[0] / only, row[1] / only, row[2] / only];
  const small = 1e-12 * Math.max(Math.abs(a), Math.abs(b), Math.abs(c));
  const term = (k: number, name: string): string => (Math.abs(k) === 1 ? name : `${brief(Math.abs(k))}${name}`);
  const parts: string[] = [];
  if (Math.abs(a) > small) parts.push(`${a < 0 ? '−' : ''}${term(a, 'x')}`);
  if (Math.abs(b) > small)
    parts.push(parts.length ? `${b < 0 ? '−' : '+'} ${term(b, 'y')}` : `${b < 0 ? '−' : ''}${term(b, 'y')}`);
  return `${parts.join(' ') || '0'} = ${brief(Math.abs(c) > small ? c : 0)}`;
}

/** The equations of a 2×2 system as lines: they meet in the solution, and elimination turns them about it. */
export const linearSystem: TypeOf<'linear-system'> = {
  title: 'Lines of the equations',
  scene: linearSystemScene,
  layers: ['grid'],
};

function linearSystemScene(picture: PictureOf<'linear-system'>, options: SceneOptions): Scene {
  const m = picture.matrix.entries;
  const right: Vector2 = [picture.right.components[0], picture.right.components[1]];
  if (!isDrawable(m, right)) return undrawable('The system has entries that are not finite: there is nothing to draw.');
  const d = determinant(m);
  const singular = Math.abs(d) <= 1e-12 * Math.max(...m.map(Math.abs)) ** 2;
  const solution: Vector2 | undefined = singular
    ? undefined
    : [(right[0] * m[3] - m[1] * right[1]) / d, (m[0] * right[1] - right[0] * m[2]) / d];
  const before = eliminated(m, right, 0);
  const nearest = before.map(([a, b, c]): Vector2 => {
    const n = a * a + b * b;
    return n === 0 ? [0, 0] : [(a * c) / n, (b * c) / n];
  });
  const bounds = around(solution ? [solution, ...nearest] : nearest, 1);
  const far = 20 * Math.max(bounds.right - bounds.left, bounds.top - bounds.bottom);
  const centre: Vector2 = solution ?? nearest[0];
  const paints: readonly Paint[] = ['first', 'second'];
  const marks: Mark[] = [backdrop(options.grid, options.labels)];
  const reach = 0.3 * Math.max(bounds.right - bounds.left, bounds.top - bounds.bottom);
  const rows = eliminated(m, right, options.time);
  rows.forEach((row, k) => {
    const [a, b, c] = row;
    const n = Math.hypot(a, b);
    if (n <= 1e-12 * Math.max(...m.map(Math.abs))) return;
    // The foot of the line nearest to what the picture is about.
    const lack = (c - a * centre[0] - b * centre[1]) / (n * n);
    const foot: Vector2 = [centre[0] + a * lack, centre[1] + b * lack];
    const along: Vector2 = b < 0 || (b === 0 && a > 0) ? [-b / n, a / n] : [b / n, -a / n];
    marks.push({
      kind: 'path',
      lines: [[foot[0] - far * along[0], foot[1] - far * along[1], foot[0] + far * along[0], foot[1] + far * along[1]]],
      stroke: paints[k],
      width: 2.5,
    });
    if (options.labels)
      marks.push({
        kind: 'label',
        at: [foot[0] + (k === 0 ? reach : -reach) * along[0], foot[1] + (k === 0 ? reach : -reach) * along[1]],
        text: equation(row),
        paint: paints[k],
        offset: [k === 0 ? 10 : -10, -10],
        anchor: k === 0 ? 'start' : 'end',
        size: 13,
        bold: true,
      });
  });
  if (solution) {
    const r = 0.012 * Math.max(bounds.right - bounds.left, bounds.top - bounds.bottom);
    const dot: number[] = [];
    for (let k = 0; k < 24; k++)
      dot.push(solution[0] + r * Math.cos((k * Math.PI) / 12), solution[1] + r * Math.sin((k * Math.PI) / 12));
    marks.push({ kind: 'path', lines: [dot], closed: true, fill: 'result', stroke: 'background', width: 1.5 });
    if (options.labels)
      marks.push({
        kind: 'label',
        at: solution,
        text: pair(solution),
        paint: 'result',
        offset: [12, -10],
        anchor: 'start',
        size: 13,
        bold: true,
      });
  }
  const said = `${equation(before[0])} and ${equation(before[1])}`;
  const same =
    singular && Math.abs(m[0] * right[1] - m[2] * right[0]) + Math.abs(m[1] * right[1] - m[3] * right[0]) < 1e-12;
  return {
    bounds,
    square: true,
    marks,
    handles: [],
    description: solution
      ? `The lines ${said} meet in ${pair(solution)}. Elimination turns them about that point until one is level and one upright.`
      : `The lines ${said} ${same ? 'are the same: every point of it is a solution' : 'never meet: there is no solution'}.`,
    caption: rows.map(equation).join('; '),
    animated: !singular,
    start: 0,
  };
}
