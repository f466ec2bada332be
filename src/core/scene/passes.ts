import { chartBounds, chartFrame, type Frame, type Tick, ticks } from './chart';
import { choice } from './controls';
import type { PassValues } from './picture';
import type { TypeOf } from './picture-type';
import { arrow, backdrop, brief, pair, undrawable } from './plane';
import type { Mark, Paint, Point, Scene, SceneOptions } from './scene';

/** A value of a loop or a function over the times that it runs: lines over the passes, or two numbers as a path in the plane. */
export const passes: TypeOf<'passes'> = { title: 'Through the passes', scene: passesScene, layers: ['grid'] };

const PAINTS: readonly Paint[] = ['area', 'second', 'eigen', 'result'];

/** Passes up to which each has a point of its own. */
const POINTS = 80;

/** How many powers of ten positive numbers span until they are drawn by their logarithms. */
const DECADES = 3;

function passesScene(p: PassValues, options: SceneOptions): Scene {
  const finite = p.values.filter(Number.isFinite);
  if (finite.length === 0) return undrawable('There are no finite numbers: there is nothing to draw.');
  const view = choice(options, {
    name: 'view',
    label: 'Show as',
    choices: [
      { value: 'path', label: 'path in the plane' },
      { value: 'lines', label: 'numbers over passes' },
    ],
  });
  if (p.width !== 2) return linesScene(p, finite, options);
  const scene = view.value === 'path' ? pathScene(p, options) : linesScene(p, finite, options);
  return { ...scene, controls: [view, ...(scene.controls ?? [])] };
}

/** The number of the pass that the k-th kept value is of, from 1. */
const passOf = (p: PassValues, k: number): number => k * p.stride + 1;

/** The kept value that is shown, or the one before it. */
const shownOf = (p: PassValues): number =>
  Math.min(Math.floor((p.number - 1) / p.stride), p.values.length / p.width - 1);

function linesScene(p: PassValues, finite: Float64Array, options: SceneOptions): Scene {
  const [least, most] = [finite.reduce((a, b) => Math.min(a, b)), finite.reduce((a, b) => Math.max(a, b))];
  const scale = choice(options, {
    name: 'scale',
    label: 'Scale',
    choices:
      least > 0 && most / least >= 10 ** DECADES
        ? [
            { value: 'log', label: 'logarithmic' },
            { value: 'linear', label: 'linear' },
          ]
        : [{ value: 'linear', label: 'linear' }],
  });
  const log = scale.value === 'log';
  const at = (x: number): number => (log ? Math.log10(x) : x);
  const n = p.values.length / p.width;
  const frame = frameOf(
    1,
    passOf(p, n - 1),
    log ? at(least) : Math.min(least, most > 0 && least < 0.4 * most ? 0 : least),
    log ? at(most) : Math.max(most, least < 0 && most > 0.4 * least ? 0 : most),
  );
  const across = ticks(frame.left, frame.right, 6)
    .filter(t => Number.isInteger(t) && t >= 1)
    .map(t => ({ at: t, text: String(t) }));
  const up: Tick[] | undefined = log
    ? ticks(frame.low, frame.high)
        .filter(Number.isInteger)
        .map(t => ({ at: t, text: brief(10 ** t) }))
    : undefined;
  const marks: Mark[] = chartFrame(frame, options, across, up && up.length > 1 ? up : undefined, frame.low);
  const now = shownOf(p);
  marks.push({
    kind: 'path',
    lines: [[passOf(p, now), frame.low, passOf(p, now), frame.high]],
    stroke: 'muted',
    width: 1,
    dash: [3, 3],
  });
  for (let c = 0; c < p.width; c++) {
    const paint = PAINTS[c % PAINTS.length];
    const points: number[] = [];
    const lines: number[][] = [[]];
    for (let k = 0; k < n; k++) {
      const y = at(p.values[k * p.width + c]);
      if (Number.isFinite(y)) {
        points.push(passOf(p, k), y);
        lines[lines.length - 1].push(passOf(p, k), y);
      } else lines.push([]);
    }
    marks.push({ kind: 'path', lines: lines.filter(l => l.length > 2), stroke: paint, width: 2 });
    if (n <= POINTS) marks.push({ kind: 'points', at: points, radius: 2.5, paint });
    const y = at(p.values[now * p.width + c]);
    if (!Number.isFinite(y)) continue;
    marks.push({ kind: 'points', at: [passOf(p, now), y], radius: 5, paint });
    if (options.labels)
      marks.push({
        kind: 'label',
        at: [passOf(p, now), y],
        text: brief(p.values[now * p.width + c]),
        paint: 'foreground',
        offset: [now > n / 2 ? -8 : 8, -9],
        anchor: now > n / 2 ? 'end' : 'start',
        size: 12,
        bold: true,
        optional: true,
      });
  }
  const first = p.values.subarray(0, p.width);
  const last = p.values.subarray((n - 1) * p.width);
  const said = (v: Float64Array): string => (v.length === 1 ? brief(v[0]) : pair([...v]));
  return {
    bounds: chartBounds(frame),
    square: false,
    marks,
    handles: [],
    description: `${p.label || 'The value'} over ${p.count} passes${log ? ', on a logarithmic scale' : ''}: first ${said(first)}, last ${said(last)}; least ${brief(least)}, greatest ${brief(most)}${p.stride > 1 ? `; every ${p.stride}th is drawn` : ''}.`,
    caption: `Pass ${passOf(p, now)}: ${said(p.values.subarray(now * p.width, (now + 1) * p.width))}`,
    animated: false,
    ...(scale.choices.length > 1 ? { controls: [scale] } : {}),
  };
}

function frameOf(left: number, right: number, low: number, high: number): Frame {
  const room = high > low ? 0.06 * (high - low) : Math.max(1, Math.abs(high)) * 0.1;
  return {
    left,
    right: right > left ? right : left + 1,
    low: low === 0 ? 0 : low - room,
    high: high === 0 ? 0 : high + room,
  };
}

/** Two numbers as a point that goes through the plane. */
function pathScene(p: PassValues, options: SceneOptions): Scene {
  const n = p.values.length / 2;
  const points: Point[] = [];
  for (let k = 0; k < n; k++) points.push([p.values[2 * k], p.values[2 * k + 1]]);
  const drawn = points.filter(q => q.every(Number.isFinite));
  const now = points[shownOf(p)];
  const xs = drawn.map(q => q[0]);
  const ys = drawn.map(q => q[1]);
  const [left, right, bottom, top] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const pad = 0.2 * (Math.max(right - left, top - bottom) || Math.max(1, Math.abs(right), Math.abs(top)));
  const shown = now.every(Number.isFinite);
  const marks: Mark[] = [
    backdrop(options.grid, options.labels),
    { kind: 'path', lines: [drawn.flatMap(q => [...q])], stroke: 'area', width: 1.5, opacity: 0.8 },
    ...(n <= POINTS ? [{ kind: 'points', at: drawn.flatMap(q => [...q]), radius: 2.5, paint: 'area' } as const] : []),
  ];
  if (drawn.length > 0) marks.push({ kind: 'points', at: [...drawn[0]], radius: 4, paint: 'foreground' });
  if (shown) {
    marks.push(arrow([0, 0], now, 'result', 2), { kind: 'points', at: [...now], radius: 5, paint: 'result' });
    if (options.labels)
      marks.push({
        kind: 'label',
        at: now,
        text: `pass ${passOf(p, shownOf(p))}`,
        paint: 'result',
        offset: [10, -8],
        anchor: 'start',
        size: 13,
        bold: true,
      });
  }
  const where = (q: Point): string => pair([...q]);
  return {
    bounds: {
      left: Math.min(left, 0) - pad,
      right: Math.max(right, 0) + pad,
      bottom: Math.min(bottom, 0) - pad,
      top: Math.max(top, 0) + pad,
    },
    square: true,
    marks,
    handles: [],
    description: `${p.label || 'The value'} goes through the plane in ${p.count} passes, from ${where(points[0])} to ${where(points[n - 1])}${p.stride > 1 ? `; every ${p.stride}th point is drawn` : ''}.`,
    caption: `Pass ${passOf(p, shownOf(p))}: ${where(now)}`,
    animated: false,
  };
}
