import { remembered } from './remembered';
import type { Paint } from './scene';

/** Blue through neutral to orange about zero, dark to bright in one direction, or a closed round for angles. */
export type ColorMap = 'diverging' | 'sequential' | 'cyclic';

/** How numbers become colours: those from `low` to `high` are told apart, those beyond take the ends. */
export interface ColorScale {
  readonly map: ColorMap;
  readonly low: number;
  readonly high: number;
}

/** What is known of many numbers at a glance; `low`, `high` and `mean` are NaN where no number is finite. */
export interface Overall {
  readonly count: number;
  readonly low: number;
  readonly high: number;
  readonly mean: number;
  readonly nan: number;
  readonly above: number;
  readonly below: number;
}

/** How many cells carry a mark, in words. */
export interface LegendNote {
  readonly mark: CellMark;
  readonly text: string;
}

/** What a picture with heat colours says beside them. */
export interface Legend extends ColorScale {
  /** NaN, infinities, numbers beyond the range. */
  readonly notes: readonly LegendNote[];
}

/** Counts and extremes; `above` and `below` count the two infinities. Kept for as long as the numbers are. */
export const overallOf = remembered((values: Float64Array): Overall => {
  let [low, high, sum, finite, nan, above, below] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0, 0, 0, 0];
  for (let k = 0; k < values.length; k++) {
    const x = values[k];
    if (x - x === 0) {
      if (x < low) low = x;
      if (x > high) high = x;
      sum += x;
      finite++;
    } else if (x > 0) above++;
    else if (x < 0) below++;
    else nan++;
  }
  const count = values.length;
  return finite > 0
    ? { count, low, high, mean: sum / finite, nan, above, below }
    : { count, low: Number.NaN, high: Number.NaN, mean: Number.NaN, nan, above, below };
});

/** The mean, with what rounding has left of a zero as the zero it stands for. */
export const tidyMean = ({ low, high, mean }: Overall): number =>
  Math.abs(mean) < 1e-14 * Math.max(-low, high) ? 0 : mean;

/** Up to so many numbers the range is the whole one, and from so many a sample stands for all. */
const FEW = 64;
const SAMPLE = 1 << 16;
const SHARE = 0.01;
/** The range leaves out extremes only where they are so many times as wide as the rest. */
const WIDE = 2;
const MARGIN = 0.25;

/**
 * The scale for these numbers: diverging about zero where both signs occur, otherwise sequential. Where a few extremes
 * would leave no colours for the rest, the range is that of the middle 98 % with a
 * margin.
 */
export function scaleFor(values: Float64Array, overall = overallOf(values)): ColorScale {
  if (Number.isNaN(overall.low)) return { map: 'sequential', low: 0, high: 1 };
  const { low, high } = robustRange(values, overall);
  if (low < 0 && high > 0) {
    const most = Math.max(-low, high);
    return { map: 'diverging', low: -most, high: most };
  }
  if (low < high) return { map: 'sequential', low, high };
  // A single number is seen against zero.
  return low === 0
    ? { map: 'sequential', low: 0, high: 1 }
    : { map: 'diverging', low: -Math.abs(low), high: Math.abs(low) };
}

function robustRange(values: Float64Array, { low, high }: Overall): { readonly low: number; readonly high: number } {
  if (values.length <= FEW) return { low, high };
  // An odd stride visits all columns of the usual widths.
  const stride = Math.max(1, Math.floor(values.length / SAMPLE)) | 1;
  const sample = new Float64Array(Math.ceil(values.length / stride));
  let n = 0;
  for (let k = 0; k < values.length; k += stride) if (Number.isFinite(values[k])) sample[n++] = values[k];
  const sorted = sample.slice(0, n).sort();
  if (n === 0) return { low, high };
  const inner = { low: sorted[Math.floor(SHARE * (n - 1))], high: sorted[Math.ceil((1 - SHARE) * (n - 1))] };
  const spread = inner.high - inner.low;
  if (!(spread > 0) || high - low <= WIDE * spread) return { low, high };
  // A margin keeps what lies just beyond the middle.
  return { low: Math.max(low, inner.low - MARGIN * spread), high: Math.min(high, inner.high + MARGIN * spread) };
}

/** Where a finite number lies on its scale: from -1 to 1 about zero, otherwise from 0 to 1. */
export function levelOf({ map, low, high }: ColorScale, x: number): number {
  if (Number.isNaN(x)) return x;
  if (map === 'diverging') return Math.max(-1, Math.min(1, x / high));
  return Math.max(0, Math.min(1, (x - low) / (high - low)));
}

/** What a cell carries where its colour cannot say its number: X for NaN, the sign of an infinity, a sign beyond the range. */
export type CellMark = 'X' | '∞' | '−∞' | '+' | '-';

export function cellMark({ low, high }: ColorScale, x: number): CellMark | undefined {
  if (Number.isNaN(x)) return 'X';
  if (!Number.isFinite(x)) return x > 0 ? '∞' : '−∞';
  return x > high ? '+' : x < low ? '-' : undefined;
}

/** Codes of colours in a byte: the steps of the scale, then what is marked. */
export const STEPS = 251;
const MARKS: readonly CellMark[] = ['-', '+', 'X', '∞', '−∞'];

/** The code of a number: 0 to 250 along the scale, then one for each mark. */
export function codeOf(scale: ColorScale, x: number): number {
  if (x >= scale.low && x <= scale.high) {
    const share = (x - scale.low) / (scale.high - scale.low);
    return Math.round(share * (STEPS - 1));
  }
  const mark = cellMark(scale, x);
  return mark ? STEPS + MARKS.indexOf(mark) : 0;
}

/** Whether a code stands for a mark. */
export const isMarked = (code: number): boolean => code >= STEPS;

/** The codes of numbers. */
export function codesOf(scale: ColorScale, values: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  const codes = new Uint8Array(values.length);
  for (let k = 0; k < values.length; k++) codes[k] = codeOf(scale, values[k]);
  return codes;
}

/** What a code stands for: its level on the scale, and its mark. */
export function decoded({ map }: ColorScale, code: number): { readonly level: number; readonly mark?: CellMark } {
  const share = code / (STEPS - 1);
  if (!isMarked(code)) return { level: map === 'diverging' ? 2 * share - 1 : share };
  const mark = MARKS[code - STEPS];
  const [first, last] = [map === 'diverging' ? -1 : 0, 1];
  return { level: mark === '-' || mark === '−∞' ? first : mark === 'X' ? Number.NaN : last, mark };
}

/** The paint of the cells that carry a mark. */
export const paintOfMark = (scale: ColorScale, mark: CellMark): Paint =>
  paintOf(scale, decoded(scale, STEPS + MARKS.indexOf(mark)).level, mark);

/** The paint of a number: infinities stand out from the ends of the scale. */
export function paintOf({ map }: ColorScale, level: number, mark?: CellMark): Paint {
  return mark === '∞' || mark === '−∞' ? 'foreground' : { kind: 'heat', level, map };
}

export const paintFor = (scale: ColorScale, x: number): Paint => paintOf(scale, levelOf(scale, x), cellMark(scale, x));

const plural = (n: number, one: string): string => `${n.toLocaleString('en-US')} ${one}`;

/** The scale with what the reader must know beside it. */
export function legendOf(scale: ColorScale, values: Float64Array, overall: Overall): Legend {
  const notes: LegendNote[] = [];
  const note = (count: number, what: string, mark: CellMark): void => {
    if (count > 0)
      notes.push({ mark, text: what.endsWith(mark) ? plural(count, what) : `${plural(count, what)} (${mark})` });
  };
  note(overall.nan, 'NaN', 'X');
  note(overall.above, '+∞', '∞');
  note(overall.below, '−∞', '−∞');
  if (overall.high > scale.high || overall.low < scale.low) {
    let [over, under] = [-overall.above, -overall.below];
    for (let k = 0; k < values.length; k++) {
      if (values[k] > scale.high) over++;
      else if (values[k] < scale.low) under++;
    }
    note(over, 'above', '+');
    note(under, 'below', '-');
  }
  return { ...scale, notes };
}
