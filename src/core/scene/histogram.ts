import { chartBounds, chartFrame, ticks } from './chart';
import { overallOf, tidyMean } from './color-scale';
import { choice } from './controls';
import type { Histogram } from './picture';
import type { TypeOf } from './picture-type';
import { brief, undrawable } from './plane';
import type { Mark, Scene, SceneOptions } from './scene';

const MAX_BINS = 60;

/** Counts of numbers in bins of equal width. */
export function histogramOf(label: string, values: Float64Array, whole: boolean): Histogram | undefined {
  const { low, high, mean, nan, above, below } = overallOf(values);
  if (Number.isNaN(low)) return undefined;
  const finite = values.length - nan - above - below;
  // Whole numbers of a narrow range have a bin each; otherwise Sturges' rule with a few more for many numbers.
  const each = whole && high - low < MAX_BINS;
  const bins = each ? high - low + 1 : high > low ? Math.min(MAX_BINS, Math.ceil(2 * Math.cbrt(finite))) : 1;
  const [left, right] = each ? [low - 0.5, high + 0.5] : high > low ? [low, high] : [low - 0.5, high + 0.5];
  const counts = new Float64Array(bins);
  const scale = bins / (right - left);
  let squares = 0;
  for (let k = 0; k < values.length; k++) {
    const x = values[k];
    if (x - x !== 0) continue;
    counts[Math.min(bins - 1, Math.floor((x - left) * scale))]++;
    squares += (x - mean) * (x - mean);
  }
  const spread = Math.sqrt(squares / finite);
  const shown = tidyMean({ count: values.length, low, high, mean, nan, above, below });
  return { kind: 'histogram', label, left, right, counts, each, low, high, mean: shown, spread, nan, above, below };
}

/** How often which numbers occur. */
export const histogram: TypeOf<'histogram'> = { title: 'Histogram', scene: histogramScene, layers: ['grid'] };

function histogramScene(p: Histogram, options: SceneOptions): Scene {
  const { counts, left, right } = p;
  const heights = choice(options, {
    name: 'heights',
    label: 'Counts',
    choices: [
      { value: 'linear', label: 'as they are' },
      { value: 'log', label: 'as logarithms' },
    ],
  });
  const log = heights.value === 'log';
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  if (most === 0) return undrawable('There are no finite numbers: there is nothing to draw.');
  // On the logarithmic scale a bin of one is seen: zero lies half a decade below it.
  const floor = -0.5;
  const height = (n: number): number => (log ? (n > 0 ? Math.log10(n) : floor) : n);
  const frame = { left, right, low: log ? floor : 0, high: Math.max(height(most), log ? 0.5 : 1) };
  const width = (right - left) / counts.length;
  const whole = frame.high < 5 ? Array.from({ length: Math.floor(frame.high) + 1 }, (_, k) => k) : ticks(0, frame.high);
  const up = log
    ? Array.from({ length: Math.floor(frame.high) + 1 }, (_, k) => ({ at: k, text: brief(10 ** k) }))
    : whole.map(at => ({ at, text: brief(at) }));
  const across = ticks(left, right, 6)
    .filter(at => !p.each || Number.isInteger(at))
    .map(at => ({ at, text: brief(at) }));
  const marks: Mark[] = chartFrame(frame, options, across, up, frame.low);
  const gap = counts.length > 30 ? 0.04 : 0.08;
  counts.forEach((n, k) => {
    if (n === 0) return;
    const [a, b] = [left + (k + gap) * width, left + (k + 1 - gap) * width];
    marks.push({
      kind: 'path',
      lines: [[a, frame.low, b, frame.low, b, height(n), a, height(n)]],
      closed: true,
      fill: 'area',
    });
  });
  marks.push({
    kind: 'path',
    lines: [[p.mean, frame.low, p.mean, frame.high]],
    stroke: 'first',
    width: 1.5,
    dash: [5, 4],
  });
  if (options.labels)
    marks.push({
      kind: 'label',
      at: [p.mean, frame.high],
      text: `mean ${brief(p.mean)}`,
      paint: 'first',
      offset: [5, 2],
      anchor: 'start',
      size: 11,
      bold: true,
    });
  const peak = counts.indexOf(most);
  const other = [
    p.nan > 0 ? `${p.nan} NaN` : '',
    p.above > 0 ? `${p.above} +∞` : '',
    p.below > 0 ? `${p.below} −∞` : '',
  ].filter(Boolean);
  return {
    bounds: chartBounds(frame),
    square: false,
    marks,
    handles: [],
    description: `${counts.reduce((a, b) => a + b, 0).toLocaleString('en-US')} numbers of ${p.label} from ${brief(p.low)} to ${brief(p.high)}: mean ${brief(p.mean)}, standard deviation ${brief(p.spread)}. Most, ${most.toLocaleString('en-US')}, ${p.each ? `are ${brief(left + peak + 0.5)}` : `lie from ${brief(left + peak * width)} to ${brief(left + (peak + 1) * width)}`}.${other.length > 0 ? ` Left out: ${other.join(', ')}.` : ''}`,
    animated: false,
    controls: [heights],
  };
}
