import { bar, chartBounds, chartFrame, ticks } from './chart';
import { overallOf } from './color-scale';
import type { Series } from './picture';
import type { TypeOf } from './picture-type';
import { brief, undrawable } from './plane';
import type { Mark, Scene, SceneOptions } from './scene';

/** Points up to which each has a bar, and up to which each is a corner of the line. */
const BARS = 64;
const POINTS = 2000;

/** Bars up to which each has its number. */
const NUMBERED = 10;

/** Room for the numbers at the ends of few bars. */
function roomy({ low, high }: { readonly low: number; readonly high: number }, n: number) {
  const room = n <= NUMBERED ? 0.06 * (high - low) : 0;
  return { low: low < 0 ? low - room : low, high: high > 0 ? high + room : high };
}

/** The numbers at the ends of bars. */
const numbersOf = (values: Float64Array): Mark[] =>
  Array.from(
    values,
    (x, k): Mark => ({
      kind: 'label',
      at: [k, Number.isFinite(x) ? x : 0],
      text: brief(x),
      paint: 'foreground',
      offset: [0, x < 0 ? 14 : -6],
      anchor: 'middle',
      size: 11,
      optional: true,
    }),
  );

/** The numbers of a long vector as bars, or as a line that keeps every peak. */
export const series: TypeOf<'series'> = { title: 'Entries in order', scene: seriesScene, layers: ['grid'] };

/**
 * The line through many points in `columns` columns: of each the first, least, greatest and last, in their order, so that
 * no peak is lost. Numbers that are not finite interrupt it.
 */
export function decimated(values: Float64Array, columns: number): number[][] {
  const lines: number[][] = [];
  let line: number[] = [];
  const end = (): void => {
    if (line.length > 2) lines.push(line);
    line = [];
  };
  const width = Math.max(1, values.length / columns);
  for (let c = 0; c * width < values.length; c++) {
    const [from, to] = [Math.floor(c * width), Math.min(Math.floor((c + 1) * width), values.length)];
    const chosen = new Set<number>();
    let [least, greatest] = [-1, -1];
    for (let k = from; k < to; k++) {
      if (!Number.isFinite(values[k])) {
        chosen.add(k);
        continue;
      }
      if (least < 0 || values[k] < values[least]) least = k;
      if (greatest < 0 || values[k] > values[greatest]) greatest = k;
    }
    for (const k of [from, least, greatest, to - 1]) if (k >= from) chosen.add(k);
    for (const k of [...chosen].sort((a, b) => a - b))
      if (Number.isFinite(values[k])) line.push(k, values[k]);
      else end();
  }
  end();
  return lines;
}

function seriesScene({ label, values }: Series, options: SceneOptions): Scene {
  const overall = overallOf(values);
  const n = values.length;
  if (Number.isNaN(overall.low)) return undrawable('There are no finite numbers: there is nothing to draw.');
  const low = Math.min(0, overall.low);
  const high = Math.max(0, overall.high);
  // A line needs no zero, where that would press it flat.
  const far = n > BARS && (overall.low > 0 || overall.high < 0) && overall.high - overall.low < 0.4 * (high - low);
  const span = far ? { low: overall.low, high: overall.high } : { low, high };
  const frame = {
    left: -0.5,
    right: n - 0.5,
    ...(span.high > span.low ? roomy(span, n) : { low: span.low, high: span.low + 1 }),
  };
  const across = ticks(0, n - 1, 6)
    .filter(Number.isInteger)
    .map(at => ({ at, text: String(at + options.base) }));
  const marks: Mark[] = chartFrame(frame, options, across);
  if (n <= BARS) {
    for (let k = 0; k < n; k++)
      if (Number.isFinite(values[k])) marks.push(bar(k, 0.76, 0, values[k], values[k] < 0 ? 'area-flipped' : 'area'));
    if (options.labels && n <= NUMBERED) marks.push(...numbersOf(values));
  } else marks.push({ kind: 'path', lines: decimated(values, POINTS / 4), stroke: 'area', width: 1.5 });
  const at = (x: number): number => values.indexOf(x);
  const bad = overall.nan + overall.above + overall.below;
  return {
    bounds: chartBounds(frame),
    square: false,
    marks,
    handles: [],
    description: `The ${n.toLocaleString('en-US')} entries of ${label} in order${n > POINTS ? ', every peak kept' : ''}: ${overall.low === overall.high ? `all ${brief(overall.low)}` : `least ${brief(overall.low)} at index ${at(overall.low) + options.base}, greatest ${brief(overall.high)} at index ${at(overall.high) + options.base} (counted from ${options.base})`}${bad > 0 ? `; ${bad} not finite are left out` : ''}.`,
    animated: false,
  };
}
