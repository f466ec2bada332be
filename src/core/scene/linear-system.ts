import { type Elimination, type Equation, eliminate, rowsAt } from './elimination';
import { spaceOf } from './ground';
import type { PictureOf } from './picture';
import { type TypeOf, vectorPart } from './picture-type';
import { around, backdrop, brief, disc, isDrawable, pair, undrawable } from './plane';
import { type Handle, type Mark, type Paint, type Point, REST, type Scene, type SceneOptions } from './scene';
import { boxAbout, crossing, section } from './sections';
import { tellingOrbit } from './telling-orbit';

/** Equations in two unknowns as lines, in three as planes: they meet in the solution, and elimination turns them about it. */
export const linearSystem: TypeOf<'linear-system'> = {
  title: 'Equations as lines or planes',
  scene: linearSystemScene,
  layers: ['grid'],
  // The planes are seen open, at the beginning and at the end.
  rest: picture => {
    if (picture.system.columns !== 3) return REST;
    const equations = equationsOf(picture);
    const ends = rowsAt(equations, eliminate(equations).moves, 1);
    return tellingOrbit(
      [],
      [...equations, ...ends].map(row => row.slice(0, 3)),
    );
  },
  parts: picture => [vectorPart('right', picture.right, right => ({ ...picture, right }))],
  moved: (picture, id, to) => {
    const row = rowOf(id);
    return row === undefined ? undefined : throughPoint(picture, row, to);
  },
};

const PREFIX = 'right:';
const rowOf = (id: string): number | undefined => (id.startsWith(PREFIX) ? Number(id.slice(PREFIX.length)) : undefined);

/** The system with one line moved to a point, parallel to itself: its right side is another number. */
function throughPoint(picture: PictureOf<'linear-system'>, row: number, [x, y]: Point): PictureOf<'linear-system'> {
  const { system, right } = picture;
  const [a, b] = system.values.slice(row * system.columns);
  const exact = a * x + b * y;
  // Round numbers, finer than can be seen.
  const size = Math.max(Math.abs(a), Math.abs(b), Math.abs(exact), ...right.components.map(Math.abs));
  const digits = 3 - Math.floor(Math.log10(size));
  const value = Number(exact.toFixed(Math.min(Math.max(digits, 0), 20))) + 0;
  return { ...picture, right: { ...right, components: right.components.map((old, i) => (i === row ? value : old)) } };
}

/** Most equations that are drawn. */
export const SYSTEM_ROWS = 4;

const PAINTS: readonly Paint[] = ['first', 'second', 'eigen', 'ellipse'];
const UNKNOWNS = ['x', 'y', 'z'];

const equationsOf = ({ system, right }: PictureOf<'linear-system'>): Equation[] =>
  Array.from({ length: system.rows }, (_, i) => [
    ...system.values.slice(i * system.columns, (i + 1) * system.columns),
    right.components[i],
  ]);

/** `3x − 2y = 5`; with one unknown left, what it is. */
export function equationText(row: Equation): string {
  const n = row.length - 1;
  const small = 1e-12 * Math.max(...row.map(Math.abs));
  const left = row.slice(0, n).map(x => (Math.abs(x) > small ? x : 0));
  const used = left.filter(x => x !== 0);
  const unit = used.length === 1 ? used[0] : 1;
  const terms = left.flatMap((x, k) => (x === 0 ? [] : [[x / unit, UNKNOWNS[k]] as const]));
  const text = terms.map(([x, name], k) => {
    const sign = k === 0 ? (x < 0 ? '−' : '') : x < 0 ? ' − ' : ' + ';
    return `${sign}${Math.abs(x) === 1 ? '' : brief(Math.abs(x))}${name}`;
  });
  const right = row[n] / unit;
  return `${text.join('') || '0'} = ${brief(Math.abs(row[n]) > small ? right : 0)}`;
}

function linearSystemScene(picture: PictureOf<'linear-system'>, options: SceneOptions): Scene {
  const equations = equationsOf(picture);
  if (!isDrawable(...equations))
    return undrawable('The system has entries that are not finite: there is nothing to draw.');
  const found = eliminate(equations);
  const rows = rowsAt(equations, found.moves, options.time);
  const inSpace = picture.system.columns === 3;
  const drawn = inSpace ? planes(equations, rows, found, options) : lines(equations, rows, found, options);
  return {
    ...drawn,
    // Handles are for the equations as they are written.
    handles: inSpace || options.time > 0 ? [] : handlesOf(picture, equations, drawn.bounds),
    description: describe(equations, found, inSpace ? 'planes' : 'lines'),
    caption: rows.map(equationText).join('; '),
    moments: found.moves.map(({ row, column }, k) => ({
      time: (k + 1) / found.moves.length,
      label: `${UNKNOWNS[column]} leaves row ${row + 1}`,
    })),
    animated: found.moves.length > 0,
    start: 0,
  };
}

/** A point of each line to take hold of it: beside the point nearest to the origin, which moves along with it. */
function handlesOf(
  { right }: PictureOf<'linear-system'>,
  equations: readonly Equation[],
  bounds: Scene['bounds'],
): Handle[] {
  if (right.operand === undefined) return [];
  const aside = 0.1 * (bounds.right - bounds.left);
  return equations.flatMap(([a, b, c], k): Handle[] => {
    const n = Math.hypot(a, b);
    if (n === 0) return [];
    const shift = k % 2 === 0 ? aside : -aside;
    const at: Point = [(a * c) / n ** 2 - (shift * b) / n, (b * c) / n ** 2 + (shift * a) / n];
    return [{ id: `${PREFIX}${k}`, at, paint: PAINTS[k], label: `line ${equationText(equations[k])}` }];
  });
}

function describe(equations: readonly Equation[], { solution }: Elimination, shapes: string): string {
  const said = `The ${shapes} ${equations.map(equationText).join(' and ')}`;
  if (!solution) return `${said} have no common point: there is no solution.`;
  const { at, along } = solution;
  switch (along.length) {
    case 0:
      return `${said} meet in ${pair(at)}. Elimination turns them about that point until each holds one unknown.`;
    case 1:
      return `${said} share the line through ${pair(at)} along ${pair(along[0])}: every point of it is a solution.`;
    default:
      return `${said} share a whole plane: every point of it is a solution.`;
  }
}

/** A point of the solution, or near the equations where there is none. */
function middle(equations: readonly Equation[], { solution }: Elimination): number[] {
  const n = equations[0].length - 1;
  if (solution) {
    const { at, along } = solution;
    if (along.length !== 1) return [...at];
    // The point of the line nearest to the origin.
    const [d] = along;
    const share = at.reduce((s, x, k) => s + x * d[k], 0) / d.reduce((s, x) => s + x * x, 0);
    return at.map((x, k) => x - share * d[k]);
  }
  const feet = equations.map(row => {
    const size = row.slice(0, n).reduce((s, x) => s + x * x, 0);
    return row.slice(0, n).map(x => (size === 0 ? 0 : (x * row[n]) / size));
  });
  return feet[0].map((_, k) => feet.reduce((s, foot) => s + foot[k], 0) / feet.length);
}

type Drawn = Pick<Scene, 'bounds' | 'square' | 'turnable' | 'marks'>;

function solutionMarks(at: Point, text: string, radius: number, labels: boolean): Mark[] {
  const dot: Mark = {
    kind: 'path',
    lines: [disc(at, radius)],
    closed: true,
    fill: 'result',
    stroke: 'background',
    width: 1.5,
  };
  const label: Mark = {
    kind: 'label',
    at,
    text,
    paint: 'result',
    offset: [12, -10],
    anchor: 'start',
    size: 13,
    bold: true,
  };
  return labels ? [dot, label] : [dot];
}

function lines(
  equations: readonly Equation[],
  rows: readonly Equation[],
  found: Elimination,
  options: SceneOptions,
): Drawn {
  const { solution } = found;
  const nearest = equations.map(([a, b, c]): Point => {
    const n = a * a + b * b;
    return n === 0 ? [0, 0] : [(a * c) / n, (b * c) / n];
  });
  const at = middle(equations, found);
  const centre: Point = [at[0], at[1]];
  const bounds = around([centre, ...nearest], 1);
  const extent = Math.max(bounds.right - bounds.left, bounds.top - bounds.bottom);
  const marks: Mark[] = [backdrop(options.grid, options.labels)];
  const small = 1e-12 * Math.max(...equations.flat().map(Math.abs));
  rows.forEach((row, k) => {
    const [a, b, c] = row;
    const n = Math.hypot(a, b);
    if (n <= small) return;
    // The foot of the line nearest to what the picture is about.
    const lack = (c - a * centre[0] - b * centre[1]) / (n * n);
    const foot: Point = [centre[0] + a * lack, centre[1] + b * lack];
    const along: Point = b < 0 || (b === 0 && a > 0) ? [-b / n, a / n] : [b / n, -a / n];
    const on = (t: number): Point => [foot[0] + t * along[0], foot[1] + t * along[1]];
    const shared = solution?.along.length === 1 && k === 0;
    marks.push({
      kind: 'path',
      lines: [[...on(-20 * extent), ...on(20 * extent)]],
      stroke: PAINTS[k],
      width: 2.5,
      ...(shared ? { dash: [10, 8] } : {}),
    });
    if (!options.labels) return;
    const side = k % 2 === 0 ? 1 : -1;
    // Beside the line, on the side where it leaves more room.
    const [across, above]: Point = [side * Math.abs(a / n), (side * Math.sign(a || 1) * b) / n];
    // Where there is room for it beside the line.
    const share = k < 2 ? 0.3 : 0.18;
    const hasRoom = ([x, y]: Point): boolean =>
      Math.min(x, x + across * 0.4 * extent) > bounds.left &&
      Math.max(x, x + across * 0.4 * extent) < bounds.right &&
      y > bounds.bottom &&
      y < bounds.top;
    const places = [share, -share, 0.15, -0.15, 0].map(t => on(side * t * extent));
    marks.push({
      kind: 'label',
      at: places.find(hasRoom) ?? places[0],
      text: equationText(row),
      paint: PAINTS[k],
      offset: [12 * across, 4 - 14 * above],
      anchor: across > 0.25 ? 'start' : across < -0.25 ? 'end' : 'middle',
      size: 13,
      bold: true,
    });
  });
  if (solution?.along.length === 0) marks.push(...solutionMarks(centre, pair(centre), 0.012 * extent, options.labels));
  return { bounds, square: true, marks };
}

function planes(
  equations: readonly Equation[],
  rows: readonly Equation[],
  found: Elimination,
  options: SceneOptions,
): Drawn {
  const { solution } = found;
  const centre = middle(equations, found);
  const half = Math.max(1, 0.8 * Math.hypot(...centre));
  const box = boxAbout(centre, half);
  const ground = spaceOf(box.corners, options, 1, centre);
  const { at } = ground;
  const flat = (ps: readonly (readonly number[])[]): number[] => ps.flatMap(p => [...at(p)]);
  const marks: Mark[] = [...ground.backdrop];
  const sections = rows.map(row => section(row, box));
  sections.forEach((ring, k) => {
    if (ring.length < 3) return;
    marks.push(
      { kind: 'path', lines: [flat(ring)], closed: true, fill: PAINTS[k], opacity: 0.22 },
      { kind: 'path', lines: [flat(ring)], closed: true, stroke: PAINTS[k], width: 1.5 },
    );
  });
  for (let i = 0; i < rows.length; i++)
    for (let j = i + 1; j < rows.length; j++) {
      const line = crossing(rows[i], rows[j], box);
      if (line)
        marks.push({ kind: 'path', lines: [flat(line)], stroke: 'foreground', width: 1.2, dash: [5, 4], opacity: 0.8 });
    }
  if (options.labels)
    sections.forEach((ring, k) => {
      if (ring.length < 3) return;
      // Each at a corner of its own, the first furthest to the right.
      const seen = ring.map(at).sort((p, q) => q[0] - p[0]);
      const corner = seen[Math.round((k * (seen.length - 1)) / Math.max(1, sections.length - 1))];
      const right = k === 0;
      marks.push({
        kind: 'label',
        at: corner,
        text: equationText(rows[k]),
        paint: PAINTS[k],
        offset: [right ? 6 : -6, -6],
        anchor: right ? 'start' : 'end',
        size: 12,
        bold: true,
      });
    });
  if (solution?.along.length === 0) marks.push(...solutionMarks(at(centre), pair(centre), 0.03 * half, options.labels));
  if (solution?.along.length === 1) {
    const [d] = solution.along;
    const size = Math.hypot(...d);
    const ends = [-1.2, 1.2].map(t => centre.map((x, k) => x + (t * half * d[k]) / size));
    marks.push({ kind: 'path', lines: [flat(ends)], stroke: 'result', width: 3.5 });
    if (options.labels)
      marks.push({
        kind: 'label',
        at: at(ends[1]),
        text: 'all solutions',
        paint: 'result',
        offset: [8, -6],
        anchor: 'start',
        size: 12,
        bold: true,
      });
  }
  return { ...ground.frame, marks };
}
