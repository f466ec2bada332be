import { brief, briefer, tickStep } from './plane';
import type { Mark, Paint, Point, Scene } from './scene';
import { toPixel, type View } from './view';

/** A rectangle in pixels, y down. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A label at its place: `x` is where its anchor lies, `y` its base line, in pixels. */
export interface PlacedLabel {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly size: number;
  readonly bold: boolean;
  readonly paint: Paint;
}

type Label = Extract<Mark, { kind: 'label' }>;
type Axes = Extract<Mark, { kind: 'axes' }>;

/** Width of a text in pixels at a font size. */
export type Measure = (text: string, size: number, bold: boolean) => number;

/** An estimate for where no font can be asked: a sans-serif face. */
export const estimatedWidth: Measure = (text, size, bold) => {
  let width = 0;
  for (const c of text) width += /[.,:;()[\]il| ]/.test(c) ? 0.34 : /[mwMW@]/.test(c) ? 0.9 : 0.6;
  return width * size * (bold ? 1.06 : 1);
};

const TICK = 10;
/** Least distance between ticks, in pixels. */
const TICK_GAP = 44;
const EDGE = 4;

const overlap = (a: Box, b: Box): number =>
  Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) *
  Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));

const between = (x: number, low: number, high: number): number => Math.max(low, Math.min(high, x));

function boxOf(l: PlacedLabel, width: number): Box {
  const left = l.anchor === 'start' ? l.x : l.anchor === 'end' ? l.x - width : l.x - width / 2;
  return { left, right: left + width, top: l.y - 0.8 * l.size, bottom: l.y + 0.25 * l.size };
}

/** The places where a label may stand about its point, its own wish first. */
function wishes(
  [dx, dy]: Point,
  anchor: Label['anchor'],
  size: number,
): readonly (readonly [number, number, Label['anchor']])[] {
  const side = anchor === 'end' ? 'start' : 'end';
  const [up, down] = [-8, size + 4];
  const other = dy < 0 ? down : up;
  const far = size + 4;
  if (anchor === 'middle')
    return [0, -far, far, -2 * far, 2 * far, -3 * far, 3 * far].map(shift => [dx, dy + shift, anchor] as const);
  const near: (readonly [number, number, Label['anchor']])[] = [
    [dx, dy, anchor],
    [-dx, dy, side],
    [dx, other, anchor],
    [-dx, other, side],
    [0, up - 6, 'middle'],
    [0, down + 8, 'middle'],
    [1.8 * dx, size / 3, anchor],
    [-1.8 * dx, size / 3, side],
  ];
  return [
    ...near,
    ...near
      .slice(0, 4)
      .flatMap(([x, y, a]) => [far, 2 * far, 3 * far, 4 * far].map(s => [x, y + (y < 0 ? -s : s), a] as const)),
  ];
}

/**
 * Places the labels so that they stay in the view, clear of each other and of `blocked` as far as there is room: each
 * takes the best of a few places about its point, the bold ones first. Labels of points outside the view are left out, and
 * optional ones that would cover another.
 */
export function placeLabels(
  labels: readonly Label[],
  view: View,
  measure: Measure,
  blocked: readonly Box[],
): PlacedLabel[] {
  const taken: Box[] = [...blocked];
  const weight = ({ bold, optional }: Label): number => (optional ? 0 : bold ? 2 : 1);
  const order = [...labels].sort((a, b) => weight(b) - weight(a));
  const placed: PlacedLabel[] = [];
  for (const label of order) {
    const [x, y] = toPixel(view, label.at);
    if (x < -EDGE || y < -EDGE || x > view.width + EDGE || y > view.height + EDGE) continue;
    const size = label.size ?? 12;
    const bold = label.bold ?? false;
    const width = measure(label.text, size, bold) + 4;
    let best: { readonly cost: number; readonly label: PlacedLabel; readonly box: Box } | undefined;
    let rank = 0;
    for (const [dx, dy, anchor] of wishes(label.offset, label.anchor, size)) {
      const low = anchor === 'start' ? EDGE : anchor === 'end' ? width + EDGE : width / 2 + EDGE;
      const high =
        anchor === 'start'
          ? view.width - width - EDGE
          : anchor === 'end'
            ? view.width - EDGE
            : view.width - width / 2 - EDGE;
      const at: PlacedLabel = {
        text: label.text,
        x: between(x + dx, low, Math.max(low, high)),
        y: between(y + dy, size + EDGE, view.height - EDGE - 2),
        anchor,
        size,
        bold,
        paint: label.paint,
      };
      const box = boxOf(at, width);
      // A label that the edge has pushed away from its point is read with less ease.
      const pushed = Math.hypot(at.x - x - dx, at.y - y - dy);
      const cost = taken.reduce((sum, other) => sum + overlap(box, other), 0) + 4 * pushed + 6 * rank++;
      if (!best || cost < best.cost) best = { cost, label: at, box };
    }
    if (!best) continue;
    const { box } = best;
    if (label.optional && taken.some(other => overlap(box, other) > 0)) continue;
    placed.push(best.label);
    taken.push(best.box);
  }
  return placed;
}

/** The axes with the ghost grid over the whole view, and the numbers of their ticks: those that stand clear of `taken`. */
export function drawAxes(
  axes: Axes,
  view: View,
  measure: Measure,
  taken: readonly Box[],
): { readonly marks: readonly Mark[]; readonly labels: readonly PlacedLabel[] } {
  const left = -view.originX / view.scaleX;
  const right = (view.width - view.originX) / view.scaleX;
  const top = -view.originY / view.scaleY;
  const bottom = (view.height - view.originY) / view.scaleY;
  const across = tickStep(right - left, Math.max(2, view.width / TICK_GAP));
  // Where a unit is as long on both axes, the grid is one of squares.
  const alike = Math.abs(Math.abs(view.scaleX) - Math.abs(view.scaleY)) <= 1e-9 * Math.abs(view.scaleX);
  const up = alike ? across : tickStep(Math.abs(top - bottom), Math.max(2, view.height / TICK_GAP));
  const ks = (from: number, to: number, step: number): number[] => {
    const first = Math.ceil(from / step);
    return Array.from({ length: Math.max(0, Math.min(400, Math.floor(to / step) - first + 1)) }, (_, i) => first + i);
  };
  const marks: Mark[] = [];
  if (axes.grid)
    marks.push({
      kind: 'path',
      lines: [
        ...ks(left, right, across).map(k => [k * across, bottom, k * across, top]),
        ...ks(bottom, top, up).map(k => [left, k * up, right, k * up]),
      ],
      stroke: 'ghost',
      width: 1,
      opacity: 0.6,
    });
  marks.push({
    kind: 'path',
    lines: [
      [left, 0, right, 0],
      [0, bottom, 0, top],
    ],
    stroke: 'axis',
    width: 1,
    opacity: 0.8,
  });
  if (!axes.labels) return { marks, labels: [] };
  // Where an axis is out of the view, its numbers stand at the edge.
  const y = between(view.originY + TICK + 4, TICK + EDGE, view.height - EDGE);
  const x = between(view.originX - 6, EDGE + 26, view.width - EDGE);
  const base = { size: TICK, bold: false, paint: 'muted' } as const;
  const all: PlacedLabel[] = [
    ...ks(left, right, across)
      .filter(k => k !== 0)
      .map(k => ({
        ...base,
        text: brief(k * across),
        x: view.originX + view.scaleX * k * across,
        y,
        anchor: 'middle' as const,
      })),
    ...ks(bottom, top, up)
      .filter(k => k !== 0)
      .map(k => ({
        ...base,
        text: brief(k * up),
        x,
        y: view.originY + view.scaleY * k * up + 4,
        anchor: 'end' as const,
      })),
  ];
  const clear: PlacedLabel[] = [];
  const boxes = [...taken];
  for (const label of all) {
    const box = boxOf(label, measure(label.text, label.size, false) + 4);
    const inside = box.left >= 0 && box.right <= view.width && box.top >= 0 && box.bottom <= view.height;
    if (!inside || boxes.some(other => overlap(box, other) > 0)) continue;
    boxes.push(box);
    clear.push(label);
  }
  return { marks, labels: clear };
}

/** Smallest numbers that can be read. */
const LEAST_SIZE = 8;

/**
 * Numbers within cells, all of one size: as small as they must be to fit their cells. Where some do not fit, all have a digit
 * less if that makes more of them fit; what is too small to be read even so is left out, and all where that is most of them.
 */
function fitNumbers(labels: readonly Label[], { scaleX, scaleY }: View, measure: Measure): ReadonlyMap<Label, Label> {
  const fitting = (texts: readonly Label[]): ReadonlyMap<Label, Label> => {
    const sizes = new Map<number, number>();
    texts.forEach((label, k) => {
      const [width, height] = label.inCell ?? [0, 0];
      const size = label.size ?? 12;
      const across = (size * (Math.abs(scaleX) * width - 3)) / measure(label.text, size, label.bold ?? false);
      const fits = Math.min(size, across, Math.abs(scaleY) * height - 2);
      if (fits >= LEAST_SIZE) sizes.set(k, fits);
    });
    const size = Math.floor(2 * Math.min(...sizes.values())) / 2;
    return new Map(
      Array.from(sizes.keys(), k => [labels[k], { ...texts[k], size, offset: [texts[k].offset[0], 0.36 * size] }]),
    );
  };
  const full = fitting(labels);
  if (full.size === labels.length) return full;
  const shorter = fitting(labels.map(l => ({ ...l, text: shortened(l.text) })));
  const most = shorter.size > full.size ? shorter : full;
  // A few numbers among empty cells would look like the only ones.
  return most.size >= labels.length / 2 ? most : new Map();
}

/** A decimal in two digits; whole numbers and other texts as they are. */
function shortened(text: string): string {
  const x = Number(text.replaceAll('−', '-'));
  return text.includes('.') && Number.isFinite(x) ? briefer(x, 2) : text;
}

/** A scene for a view: what to draw in order, and over it the labels at their places. */
export function layOut(
  scene: Scene,
  view: View,
  measure: Measure,
  blocked: readonly Box[] = [],
): { readonly marks: readonly Mark[]; readonly labels: readonly PlacedLabel[] } {
  const named = scene.marks.filter((m): m is Label => m.kind === 'label' && !m.inCell);
  const grips = scene.handles.map(({ at }): Box => {
    const [x, y] = toPixel(view, at);
    return { left: x - 9, right: x + 9, top: y - 9, bottom: y + 9 };
  });
  const labels = placeLabels(named, view, measure, [...blocked, ...grips]);
  const taken = [...blocked, ...labels.map(l => boxOf(l, measure(l.text, l.size, l.bold) + 4))];
  const marks: Mark[] = [];
  const numbers = fitNumbers(
    scene.marks.filter((m): m is Label => m.kind === 'label' && m.inCell !== undefined),
    view,
    measure,
  );
  for (const mark of scene.marks) {
    if (mark.kind === 'label') {
      const number = numbers.get(mark);
      if (number) marks.push(number);
    } else if (mark.kind !== 'axes') {
      marks.push(mark);
    } else {
      const drawn = drawAxes(mark, view, measure, taken);
      marks.push(...drawn.marks);
      labels.push(...drawn.labels);
    }
  }
  return { marks, labels };
}
