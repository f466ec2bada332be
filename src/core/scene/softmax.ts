import { bar, chartBounds, chartFrame } from './chart';
import { range } from './controls';
import type { Softmax } from './picture';
import type { TypeOf } from './picture-type';
import { brief, undrawable } from './plane';
import type { Mark, Scene, SceneOptions } from './scene';

/** Scores as probabilities, hotter or colder. */
export const softmax: TypeOf<'softmax'> = { title: 'Softmax with temperature', scene: softmaxScene, layers: ['grid'] };

/** exp(x / T) / Σ exp(x / T), shifted so that nothing overflows; a score of −∞ has probability 0. */
export function probabilities(scores: ArrayLike<number>, temperature = 1): Float64Array {
  let top = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < scores.length; k++) top = Math.max(top, scores[k]);
  const out = new Float64Array(scores.length);
  let sum = 0;
  for (let k = 0; k < out.length; k++) {
    out[k] = Math.exp((scores[k] - top) / temperature);
    sum += out[k];
  }
  return out.map(x => x / sum);
}

/** The entropy in bits. */
export const entropy = (p: Float64Array): number => p.reduce((h, x) => (x > 0 ? h - x * Math.log2(x) : h), 0) + 0;

function softmaxScene({ label, scores }: Softmax, options: SceneOptions): Scene {
  const n = scores.length;
  // In powers of two, so that half and double lie equally far.
  const heat = range(options, { name: 'heat', label: 'Temperature', min: -4, max: 4, step: 0.25, value: 0 });
  const temperature = 2 ** heat.value;
  const p = probabilities(scores, temperature);
  if (!p.every(Number.isFinite)) return undrawable('The scores are not numbers: they have no probabilities.');
  const plain = probabilities(scores);
  const frame = { left: -0.5, right: n - 0.5, low: 0, high: 1 };
  const every = Math.ceil(n / 16);
  const across = Array.from({ length: n }, (_, k) => ({ at: k, text: String(k + options.base) })).filter(
    t => t.at % every === 0,
  );
  const marks: Mark[] = chartFrame(frame, options, across);
  p.forEach((x, k) => {
    marks.push(bar(k, 0.76, 0, x, 'area'));
    if (heat.value !== 0)
      marks.push({ kind: 'path', lines: [[k - 0.38, plain[k], k + 0.38, plain[k]]], stroke: 'first', width: 2 });
    if (options.labels && n <= 12)
      marks.push({
        kind: 'label',
        at: [k, x],
        text: brief(x),
        paint: 'foreground',
        offset: [0, -5],
        anchor: 'middle',
        size: 11,
      });
  });
  const most = p.indexOf(Math.max(...p));
  const text = brief(temperature);
  return {
    bounds: chartBounds(frame),
    square: false,
    marks,
    handles: [],
    description: `Softmax of the ${n} entries of ${label}: colder sharpens it towards the largest, hotter evens it out.${heat.value !== 0 ? ' The lines are the probabilities at temperature 1.' : ''}`,
    caption: `Temperature ${text}: entry ${most + options.base} has ${brief(100 * p[most])} %, entropy ${brief(entropy(p))} of at most ${brief(Math.log2(n))} bits`,
    animated: false,
    controls: [{ ...heat, text }],
  };
}
