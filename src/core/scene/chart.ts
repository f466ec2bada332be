import { brief } from './plane';
import type { Mark, Paint } from './scene';

/** Round numbers from `low` to `high`, about `count` of them, at steps of 1, 2 or 5 times a power of ten. */
export function ticks(low: number, high: number, count = 5): number[] {
  if (!(high > low)) return [low];
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find(m => m * power >= rough * 0.999) ?? 10) * power;
  const out: number[] = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++)
    out.push(Number((k * step).toPrecision(12)) + 0);
  return out;
}

/** The part of the plane that a chart fills, with its numbers outside of it. */
export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly low: number;
  readonly high: number;
}

/** Bounds with room for the numbers of both axes. */
export const chartBounds = ({ left, right, low, high }: Frame) => ({
  left: left - 0.13 * (right - left),
  right: right + 0.03 * (right - left),
  bottom: low - 0.12 * (high - low),
  top: high + 0.06 * (high - low),
});

export interface Tick {
  readonly at: number;
  readonly text: string;
}

const plain = (at: number): Tick => ({ at, text: brief(at) });

/** Lines at round heights with their numbers, and the numbers along the bottom. */
export function chartFrame(
  frame: Frame,
  options: { readonly grid: boolean; readonly labels: boolean },
  across: readonly Tick[],
  up: readonly Tick[] = ticks(frame.low, frame.high).map(plain),
  base = frame.low <= 0 && frame.high >= 0 ? 0 : frame.low,
): Mark[] {
  const { left, right, low } = frame;
  const marks: Mark[] = [];
  if (options.grid)
    marks.push({ kind: 'path', lines: up.map(({ at }) => [left, at, right, at]), stroke: 'ghost', width: 1 });
  marks.push({ kind: 'path', lines: [[left, base, right, base]], stroke: 'axis', width: 1 });
  if (!options.labels) return marks;
  const label = (x: number, y: number, text: string, anchor: 'middle' | 'end', offset: [number, number]): Mark => ({
    kind: 'label',
    at: [x, y],
    text,
    paint: 'muted',
    offset,
    anchor,
    size: 11,
  });
  for (const { at, text } of up) marks.push(label(left, at, text, 'end', [-6, 4]));
  for (const { at, text } of across) marks.push(label(at, low, text, 'middle', [0, 15]));
  return marks;
}

/** A bar from zero, `width` wide about its middle. */
export const bar = (middle: number, width: number, from: number, to: number, fill: Paint): Mark => ({
  kind: 'path',
  lines: [[middle - width / 2, from, middle + width / 2, from, middle + width / 2, to, middle - width / 2, to]],
  closed: true,
  fill,
});
