import { isFloatType } from '../../../../values/dtype';
import { asType, generate, type NDArray, ndarray, toFloat64 } from '../../../../values/ndarray';
import type { Value } from '../../../../values/value';
import type { Bound, LibraryFunction } from '../../../catalogue';
import type { Context } from '../../../dialect';
import { fail, unknown } from '../../../stop';
import { needInteger, toArray } from '../../coerce';
import { arrayOf, given, tensor } from '../tensor';
import { functional as F, need } from './define';
import { alongLanes, floats, logSoftmaxOf, softplus } from './nn';
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

/** Two tensors of one shape, for losses that compare them entry by entry. */
const pairLoss = (
  name: string,
  f: (p: number, t: number) => number,
  /** The same step by step as float32 numbers go through it. */
  narrow = f,
): LibraryFunction => ({
  path: `torch.nn.functional.${name}`,
  signature: 'input, target, *, reduction=mean',
  evaluate: x => {
    const [p, t] = [floats(x.input, name), floats(x.target, name)];
    if (p.shape.join() !== t.shape.join()) return unknown(`${name} of two shapes is not covered`);
    if (p.dtype !== t.dtype) return unknown(`${name} of two types is not covered`);
    const [a, b] = [toFloat64(p), toFloat64(t)];
    return reducedLoss(
      a.map((e, k) => (p.dtype === 'float32' ? narrow : f)(e, b[k])),
      p,
      p.shape,
      x.reduction,
    );
  },
});

/** Classes by their indices: the negative entry of each row that its target names. */
function negativeLogLikelihood(rows: NDArray, target: NDArray, x: Bound): Value {
  if (given(x.weight) || given(x.label_smoothing))
    return unknown('weights and smoothing of a loss are not covered yet');
  if (rows.shape.length > 2) return unknown('a loss over more than two dimensions is not covered yet');
  if (target.dtype !== 'int64') return unknown('targets other than indices of classes are not covered yet');
  const n = rows.shape.length === 2 ? rows.shape[0] : 1;
  const classes = rows.shape[rows.shape.length - 1];
  const wanted = rows.shape.length === 2 ? [n] : [];
  if (target.shape.join() !== wanted.join())
    return rows.shape.length === 2 && target.shape.length === 1
      ? fail(`ValueError: Expected input batch_size (${n}) to match target batch_size (${target.shape[0]}).`)
      : unknown('targets of this shape are not covered');
  const ignored = given(x.ignore_index) ? needInteger(x.ignore_index) : -100;
  const t = toFloat64(target);
  const v = toFloat64(rows);
  const losses: number[] = [];
  const all = Float64Array.from(t, (k, i) => {
    if (k === ignored) return 0;
    if (k < 0 || k >= classes) return fail(`IndexError: Target ${k} is out of bounds.`);
    losses.push(-v[i * classes + k]);
    return -v[i * classes + k];
  });
  const none = x.reduction?.kind === 'string' && x.reduction.value === 'none';
  return reducedLoss(none ? all : Float64Array.from(losses), rows, wanted, x.reduction);
}

function crossEntropy(x: Bound, c: Context): Value {
  const a = floats(x.input, 'cross_entropy');
  const target = arrayOf(x.target);
  if (isFloatType(target.dtype)) {
    // Probabilities of classes: the mean over rows of −Σ t log softmax(x).
    if (a.shape.length !== 2 || target.shape.join() !== a.shape.join() || given(x.weight) || given(x.label_smoothing))
      return unknown('this cross entropy is not covered yet');
    const logs = toFloat64(alongLanes(a, 1, logSoftmaxOf(a.dtype)));
    const t = toFloat64(target);
    const [n, m] = a.shape;
    const rows = generate(n, i => {
      let s = 0;
      for (let j = 0; j < m; j++) s -= t[i * m + j] * logs[i * m + j];
      return s;
    });
    return reducedLoss(rows, a, [n], x.reduction);
  }
  const logs = alongLanes(a, Math.max(a.shape.length - 1, 0), logSoftmaxOf(a.dtype));
  const out = T(asType(toArray(negativeLogLikelihood(logs, target, x)), a.dtype));
  c.record('cross_entropy', [need(x.input), need(x.target)]);
  return out;
}

export const TORCH_LOSSES: readonly LibraryFunction[] = [
  F(
    'cross_entropy',
    'input, target, weight=None, *, ignore_index=-100, reduction=mean, label_smoothing=0.0',
    crossEntropy,
  ),
  F('nll_loss', 'input, target, weight=None, *, ignore_index=-100, reduction=mean', x =>
    negativeLogLikelihood(floats(x.input, 'nll_loss'), arrayOf(x.target), x),
  ),
  pairLoss(
    'mse_loss',
    (p, t) => (p - t) ** 2,
    (p, t) => round(p - t) ** 2,
  ),
  pairLoss('l1_loss', (p, t) => Math.abs(p - t)),
  pairLoss(
    'binary_cross_entropy',
    (p, t) => -(t * Math.max(Math.log(p), -100) + (1 - t) * Math.max(Math.log1p(-p), -100)),
    (p, t) => {
      const [yes, no] = [Math.max(round(Math.log(p)), -100), Math.max(round(Math.log1p(-p)), -100)];
      return round(round(round(t - 1) * no) - round(t * yes));
    },
  ),
  pairLoss(
    'binary_cross_entropy_with_logits',
    (p, t) => softplus(-p) + p * (1 - t),
    (p, t) => {
      const most = Math.max(-p, 0);
      const both = round(expSingle(-most) + expSingle(round(-p - most)));
      return round(round(round(round(1 - t) * p) + most) + round(Math.log(both)));
    },
  ),
  pairLoss('smooth_l1_loss', (p, t) => (Math.abs(p - t) < 1 ? (p - t) ** 2 / 2 : Math.abs(p - t) - 0.5)),
];
