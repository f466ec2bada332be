import { isFloatType } from '../../../../values/dtype';
import {
  asType,
  broadcastShapes,
  broadcastTo,
  contiguous,
  generate,
  type NDArray,
  ndarray,
  sizeOf,
  toFloat64,
  transpose,
} from '../../../../values/ndarray';
import type { Value } from '../../../../values/value';
import type { Bound, LibraryFunction } from '../../../catalogue';
import type { Context } from '../../../dialect';
import { fail, unknown } from '../../../stop';
import { needInteger, real, toArray } from '../../coerce';
import type { Operations } from '../autograd/node';
import { arrayOf, given, tensor } from '../tensor';
import { softplus } from './activation-functions';
import type { Composed } from './composed';
import { functional as F, need } from './define';
import { alongLanes, floats, logSoftmaxOf } from './nn';
import { meanOver, sumOver } from './reductions';
import { expSingle } from './single';

/** Losses: distances and likelihoods, summed or averaged as `reduction=` says. */

const T = (a: NDArray): Value => tensor(a, 'torch');
const round = Math.fround;

const mean = (v: Float64Array): number => v.reduce((s, e) => s + e, 0) / v.length;

/** A loss of every element, reduced as `reduction=` says. */
function reducedLoss(
  losses: Float64Array,
  like: NDArray,
  shape: readonly number[],
  reduction: Value | undefined,
): Value {
  const how = reduction === undefined ? 'mean' : reduction.kind === 'string' ? reduction.value : '';
  const of = (s: readonly number[], v: Float64Array): Value => T(asType(ndarray('float64', s, v), like.dtype));
  if (like.dtype === 'float32' && (how === 'sum' || how === 'mean')) {
    const all = asType(ndarray('float64', [losses.length], losses), 'float32');
    return T(how === 'sum' ? sumOver(all, [0], false) : meanOver(all, [0], false));
  }
  if (how === 'none') return of(shape, losses);
  if (how === 'sum') return of([], Float64Array.of(losses.reduce((s, e) => s + e, 0)));
  return how === 'mean'
    ? of([], Float64Array.of(mean(losses)))
    : fail(`ValueError: ${how} is not a valid value for reduction`);
}

/** Two tensors of one shape, for losses that compare them entry by entry; `weight=` counts each loss so many times. */
const pairLoss = (
  name: string,
  f: (x: Bound) => (p: number, t: number, at: number) => number,
  /** The same step by step as float32 numbers go through it. */
  narrow = f,
  settings = '*, reduction=mean',
): LibraryFunction => ({
  path: `torch.nn.functional.${name}`,
  signature: `input, target, ${settings}`,
  evaluate: x => {
    const [p, t] = [floats(x.input, name), floats(x.target, name)];
    if (p.shape.join() !== t.shape.join()) return unknown(`${name} of two shapes is not covered`);
    if (p.dtype !== t.dtype) return unknown(`${name} of two types is not covered`);
    const [a, b] = [toFloat64(p), toFloat64(t)];
    const loss = (p.dtype === 'float32' ? narrow : f)(x);
    const weight = given(x.weight) ? spread(x.weight, p.shape) : undefined;
    const shorten = p.dtype === 'float32' ? round : (e: number): number => e;
    return reducedLoss(
      a.map((e, k) => (weight ? shorten(shorten(loss(e, b[k], k)) * weight[k]) : loss(e, b[k], k))),
      p,
      p.shape,
      x.reduction,
    );
  },
});

/** A weight for every entry. */
const spread = (v: Value, shape: readonly number[]): Float64Array =>
  broadcastShapes(arrayOf(v).shape, shape)?.join() === shape.join()
    ? toFloat64(contiguous(broadcastTo(arrayOf(v), shape)))
    : unknown('a weight of another shape than the loss is refused');

/** Classes by their indices: the negative entry at the class that each target names, times the weight of the class. */
function negativeLogLikelihood(x: Bound): Value {
  const [rows, target] = [floats(x.input, 'nll_loss'), arrayOf(x.target)];
  if (target.dtype !== 'int64') return unknown('targets other than indices of classes are not covered yet');
  const axis = rows.shape.length === 1 ? 0 : 1;
  const classes = rows.shape[axis];
  const wanted = rows.shape.filter((_, k) => k !== axis);
  if (target.shape.join() !== wanted.join())
    return rows.shape.length === 2 && target.shape.length === 1
      ? fail(`ValueError: Expected input batch_size (${wanted[0]}) to match target batch_size (${target.shape[0]}).`)
      : unknown('targets of this shape are not covered');
  const ignored = given(x.ignore_index) ? needInteger(x.ignore_index) : -100;
  const weight = given(x.weight) ? toFloat64(arrayOf(x.weight)) : undefined;
  if (weight && weight.length !== classes) return unknown('weights of another number than there are classes');
  const t = toFloat64(target);
  const order = [...rows.shape.map((_, k) => k).filter(k => k !== axis), axis];
  const v = toFloat64(transpose(rows, order));
  const shorten = rows.dtype === 'float32' ? round : (e: number): number => e;
  const losses: number[] = [];
  let total = 0;
  const all = Float64Array.from(t, (k, i) => {
    if (k === ignored) return 0;
    if (k < 0 || k >= classes) return fail(`IndexError: Target ${k} is out of bounds.`);
    const e = -v[i * classes + k];
    losses.push(weight ? shorten(e * weight[k]) : e);
    total += weight ? weight[k] : 1;
    return losses[losses.length - 1];
  });
  const how = x.reduction?.kind === 'string' ? x.reduction.value : 'mean';
  if (how === 'none') return reducedLoss(all, rows, wanted, x.reduction);
  const own = Float64Array.from(losses);
  if (how !== 'mean' || !weight) return reducedLoss(own, rows, wanted, x.reduction);
  const sum = toFloat64(toArray(reducedLoss(own, rows, wanted, { kind: 'string', value: 'sum' })))[0];
  return T(asType(ndarray('float64', [], Float64Array.of(sum / shorten(total))), rows.dtype));
}

/** Probabilities of classes: the mean over rows of −Σ t log softmax(x). */
function softCrossEntropy(x: Bound, c: Context): Value {
  const a = floats(x.input, 'cross_entropy');
  const target = arrayOf(x.target);
  if (a.shape.length !== 2 || target.shape.join() !== a.shape.join())
    return unknown('this cross entropy is not covered yet');
  const logs = toFloat64(alongLanes(a, 1, logSoftmaxOf(a.dtype)));
  const t = toFloat64(target);
  const [n, m] = a.shape;
  const rows = generate(n, i => {
    let s = 0;
    for (let j = 0; j < m; j++) s -= t[i * m + j] * logs[i * m + j];
    return s;
  });
  c.record('cross_entropy', [need(x.input), need(x.target)]);
  return reducedLoss(rows, a, [n], x.reduction);
}

/** A cross entropy as torch composes it; undefined for plain probabilities of classes. */
function crossEntropy(x: Bound, t: Operations, c: Context): Value | undefined {
  const input = need(x.input);
  const shape = floats(input, 'cross_entropy').shape;
  const target = arrayOf(x.target);
  const smoothing = given(x.label_smoothing) ? real(x.label_smoothing, 0) : 0;
  const soft = isFloatType(target.dtype);
  if (soft && smoothing === 0 && !given(x.weight)) return undefined;
  const axis = shape.length === 1 ? 0 : 1;
  const classes = shape[axis];
  const logs = t('log_softmax', input, axis);
  const { reduction } = x;
  const how = reduction?.kind === 'string' ? reduction.value : 'mean';
  const weights = given(x.weight)
    ? t(
        'reshape',
        x.weight,
        shape.map((_, k) => (k === axis ? classes : 1)),
      )
    : undefined;
  const weighted = weights ? t('mul', logs, weights) : logs;
  if (soft) {
    if (target.shape.join() !== shape.join()) return unknown('this cross entropy is not covered yet');
    const smooth =
      smoothing === 0 ? need(x.target) : t('add', t('mul', need(x.target), 1 - smoothing), smoothing / classes);
    const losses = t('neg', t('mul', weighted, smooth));
    if (how === 'none') return t('sum', losses, axis);
    return how === 'sum' ? t('sum', losses) : t('div', t('sum', losses), sizeOf(shape) / classes);
  }
  const { label_smoothing: _, ...rest } = x;
  const own = Object.fromEntries(Object.entries(rest).flatMap(([k, v]) => (v && given(v) ? [[k, v] as const] : [])));
  const likelihood = t('nn.functional.nll_loss', { named: { ...own, input: logs } });
  c.record('cross_entropy', [input, need(x.target)]);
  if (smoothing === 0) return likelihood;
  const ignored = t('eq', need(x.target), given(x.ignore_index) ? needInteger(x.ignore_index) : -100);
  if (toArray(t('any', ignored)).data[0])
    return unknown('smoothing beside targets that are ignored is not covered yet');
  const losses = t('neg', t('sum', weighted, axis));
  let smooth = losses;
  if (how === 'sum' || (how === 'mean' && given(x.weight))) smooth = t('sum', losses);
  else if (how === 'mean') smooth = t('mean', losses);
  if (how === 'mean' && given(x.weight))
    smooth = t('div', smooth, t('sum', t('take', x.weight, t('reshape', need(x.target), [sizeOf(target.shape)]))));
  return t('add', t('mul', likelihood, 1 - smoothing), t('mul', smooth, smoothing / classes));
}

/** log(1 + exp(−p)) counted `times` times, plus what the other class adds, as float32 numbers go through it. */
const logits =
  (x: Bound) =>
  (p: number, t: number, at: number): number => {
    const most = Math.max(-p, 0);
    const both = round(expSingle(-most) + expSingle(round(-p - most)));
    const other = round(round(1 - t) * p);
    if (!given(x.pos_weight)) return round(round(other + most) + round(Math.log(both)));
    const times = round(round(round(spread(x.pos_weight, arrayOf(x.input).shape)[at] - 1) * t) + 1);
    return round(other + round(times * round(round(Math.log(both)) + most)));
  };

export const TORCH_LOSSES: readonly (LibraryFunction | Composed)[] = [
  {
    ...F(
      'cross_entropy',
      'input, target, weight=None, *, ignore_index=-100, reduction=mean, label_smoothing=0.0',
      softCrossEntropy,
    ),
    compose: crossEntropy,
  },
  F('nll_loss', 'input, target, weight=None, *, ignore_index=-100, reduction=mean', negativeLogLikelihood),
  pairLoss(
    'mse_loss',
    () => (p, t) => (p - t) ** 2,
    () => (p, t) => round(p - t) ** 2,
  ),
  pairLoss('l1_loss', () => (p, t) => Math.abs(p - t)),
  pairLoss(
    'binary_cross_entropy',
    () => (p, t) => -(t * Math.max(Math.log(p), -100) + (1 - t) * Math.max(Math.log1p(-p), -100)),
    () => (p, t) => {
      const [yes, no] = [Math.max(round(Math.log(p)), -100), Math.max(round(Math.log1p(-p)), -100)];
      return round(round(round(t - 1) * no) - round(t * yes));
    },
    'weight=None, *, reduction=mean',
  ),
  pairLoss(
    'binary_cross_entropy_with_logits',
    x => (p, t, at) => {
      const times = given(x.pos_weight) ? (spread(x.pos_weight, arrayOf(x.input).shape)[at] - 1) * t + 1 : 1;
      return softplus(-p) * times + p * (1 - t);
    },
    logits,
    'weight=None, *, reduction=mean, pos_weight=None',
  ),
  pairLoss(
    'smooth_l1_loss',
    x => {
      const beta = real(x.beta, 1);
      return (p, t) => {
        const d = Math.abs(p - t);
        return d < beta ? d ** 2 / (2 * beta) : d - beta / 2;
      };
    },
    undefined,
    '*, reduction=mean, beta=1.0',
  ),
  pairLoss(
    'huber_loss',
    x => {
      const delta = real(x.delta, 1);
      return (p, t) => {
        const d = Math.abs(p - t);
        return d <= delta ? d ** 2 / 2 : delta * (d - delta / 2);
      };
    },
    undefined,
    'reduction=mean, delta=1.0',
  ),
  pairLoss('soft_margin_loss', () => (p, t) => softplus(-p * t)),
];
