import { asType, ndarray, sizeOf, toFloat64 } from '../../../../values/ndarray';
import { NONE, scalar, type Value } from '../../../../values/value';
import { float, integersOf, needInteger, real, toArray } from '../../coerce';
import { dimOf, given, tensor } from '../tensor';
import { batchNormGradients } from '../torch/batch-norm';
import { normBiasGradient, normGradient, normWeightGradient } from '../torch/single-norm';
import type { Operations } from './node';
import { each, type Gradient, light, type Recorded, type Rule, rule } from './rules';
import { shapeOf } from './rules-reductions';

/** Activations, normalising and losses of networks. */

const v = (x: Value | undefined): Value => x ?? NONE;
const zeros = (like: Value, t: Operations): Value => t('zeros_like', like);
const axisOf = (x: Recorded): number =>
  dimOf(given(x.dim) ? needInteger(x.dim) : shapeOf(x.input).length - 1, shapeOf(x.input).length);

const softmax: Gradient = (g, x, t) => {
  if (shapeOf(g).length === 0) return zeros(g, t);
  const product = t('mul', g, x.result);
  return t('mul', t('sub', g, t('sum', product, axisOf(x), true)), x.result);
};
const logSoftmax = (g: Value, result: Value, axis: number, t: Operations): Value =>
  shapeOf(g).length === 0 ? zeros(g, t) : t('addcmul', g, t('neg', t('exp', result)), t('sum', g, axis, true));

/** What stands in for a loss's gradient of every entry: divided by their number where the loss is their mean. */
function each1(g: Value, x: Recorded, t: Operations, count: number): Value {
  const how = x.reduction === undefined ? 'mean' : x.reduction.kind === 'string' ? x.reduction.value : '';
  return how === 'mean' ? t('div', g, count) : g;
}

const isMean = (x: Recorded): boolean =>
  x.reduction === undefined || (x.reduction.kind === 'string' && x.reduction.value === 'mean');
const entries = (x: Recorded): number => sizeOf(shapeOf(x.input));

const weighed = (g: Value, x: Recorded, t: Operations): Value => (given(x.weight) ? t('mul', g, x.weight) : g);

/** The gradient of a loss of pairs, that of its target being the negative one. */
const pairs = (name: Rule['name'], of: (g: Value, x: Recorded, t: Operations) => Value, target = true): Rule =>
  rule(name, {
    input: ['input target', of],
    ...(target
      ? { target: ['input target', (g: Value, x: Recorded, t: Operations) => t('neg', of(g, x, t))] as const }
      : {}),
  });

/** The negative gradient at the class that each target names, times the weight of the class. */
function atTargets(g: Value, x: Recorded, t: Operations): Value {
  const rows = v(x.input);
  const target = toArray(v(x.target));
  const keep = t('ne', v(x.target), given(x.ignore_index) ? needInteger(x.ignore_index) : -100);
  const index = t('where', keep, v(x.target), t('zeros_like', v(x.target)));
  const flat = t('reshape', index, [sizeOf(target.shape)]);
  const weights = given(x.weight) ? t('reshape', t('index_select', x.weight, 0, flat), target.shape) : undefined;
  const counted = weights ? t('where', keep, weights, zeros(weights, t)) : keep;
  const share = isMean(x) ? t('div', g, t('to', t('sum', counted), typeOf(g))) : g;
  const one = t('neg', t('broadcast_to', share, target.shape));
  const values = t('where', keep, weights ? t('mul', one, weights) : one, zeros(one, t));
  const axis = shapeOf(rows).length === 1 ? 0 : 1;
  return t('scatter', zeros(rows, t), axis, t('unsqueeze', index, axis), t('unsqueeze', values, axis));
}

const typeOf = (g: Value): Value => ({ kind: 'dtype', dtype: toArray(g).dtype, library: 'torch' });

/** The gradient of a cross entropy with probabilities of classes. */
function softCrossEntropy(g: Value, x: Recorded, t: Operations): Value {
  const logs = t('log_softmax', v(x.input), 1);
  const n = shapeOf(logs)[0];
  const shared = isMean(x) ? t('div', t('neg', g), n) : t('neg', g);
  const rows = shapeOf(shared).length === 1 ? t('unsqueeze', shared, 1) : shared;
  return logSoftmax(t('mul', v(x.target), rows), logs, 1, t);
}

/** The node of a negative log likelihood, which is computed in two dimensions where classes have places. */
function likelihoodNode(x: Recorded): string | undefined {
  const n = shapeOf(x.input).length;
  return n <= 2 ? 'NllLossBackward0' : isMean(x) || n === 4 ? 'NllLoss2DBackward0' : undefined;
}

/** Whether the gradients of a normalisation go through the kernels' own steps. */
const singly = (x: Recorded, t: Operations): boolean => !t.create && toArray(v(x.input)).dtype === 'float32';

/** The gradient of the weight of a normalisation. */
function normWeight(g: Value, x: Recorded, t: Operations): Value {
  const dims = integersOf(v(x.normalized_shape));
  if (!singly(x, t)) return summed(t('mul', g, standard(x, t).hat), lead(x), t);
  const [a, own] = [toFloat64(toArray(v(x.input))), toFloat64(toArray(g))];
  const out = normWeightGradient(a, own, sizeOf(dims), real(x.eps, 1e-5));
  return tensor(asType(ndarray('float64', dims, out), 'float32'), 'torch');
}

/** The gradient of what is normalised over the last dimensions, in the steps of torch's kernel: a g w + b x + c. */
function layerNorm(g: Value, x: Recorded, t: Operations): Value {
  const [a, own] = [toArray(v(x.input)), toArray(g)];
  if (singly(x, t)) {
    const n = sizeOf(integersOf(v(x.normalized_shape)));
    const [input, incoming] = [toFloat64(a), toFloat64(own)];
    const weight = given(x.weight) ? toFloat64(toArray(x.weight)) : undefined;
    const out = new Float64Array(input.length);
    for (let k = 0; k < out.length; k += n)
      out.set(normGradient(input.subarray(k, k + n), incoming.subarray(k, k + n), real(x.eps, 1e-5), weight), k);
    return tensor(asType(ndarray('float64', a.shape, out), 'float32'), 'torch');
  }
  const { mean, scale, dims } = standard(x, t);
  const n = sizeOf(integersOf(v(x.normalized_shape)));
  const h = given(x.weight) ? t('mul', g, x.weight) : g;
  const [ds, db] = [t('sum', t('mul', h, v(x.input)), dims, true), t('sum', h, dims, true)];
  const b = t('mul', t('mul', t('mul', t('mul', t('sub', t('mul', db, mean), ds), scale), scale), scale), 1 / n);
  const c = t('sub', t('neg', t('mul', b, mean)), t('mul', t('mul', db, scale), 1 / n));
  return t('add', t('add', t('mul', h, scale), t('mul', b, v(x.input))), c);
}

function standard(x: Recorded, t: Operations): { mean: Value; hat: Value; scale: Value; dims: number[] } {
  const n = shapeOf(x.input).length;
  const dims = integersOf(v(x.normalized_shape)).map((_, k, all) => n - all.length + k);
  const mean = t('mean', v(x.input), dims, true);
  const centred = t('sub', v(x.input), mean);
  const spread = t('mean', t('mul', centred, centred), dims, true);
  const scale = t('rsqrt', t('add', spread, given(x.eps) ? x.eps : float(1e-5)));
  return { mean, hat: t('mul', centred, scale), scale, dims };
}

const lead = (x: Recorded): number[] =>
  Array.from({ length: shapeOf(x.input).length - integersOf(v(x.normalized_shape)).length }, (_, k) => k);
const summed = (g: Value, dims: readonly number[], t: Operations): Value => (dims.length === 0 ? g : t('sum', g, dims));

const number = (e: number): Value => scalar('float64', e, true);

export const NN_RULES: readonly (readonly [string, Rule])[] = [
  ['softmax', rule('SoftmaxBackward0', { input: ['result', softmax] })],
  [
    'log_softmax',
    rule('LogSoftmaxBackward0', { input: ['result', (g, x, t) => logSoftmax(g, x.result, axisOf(x), t)] }),
  ],
  [
    'layer_norm',
    rule('NativeLayerNormBackward0', {
      input: ['input weight', layerNorm],
      weight: ['input', normWeight],
      bias: (g, x, t) => {
        const dims = integersOf(v(x.normalized_shape));
        if (!singly(x, t)) return summed(g, lead(x), t);
        const out = normBiasGradient(toFloat64(toArray(g)), sizeOf(dims));
        return tensor(asType(ndarray('float64', dims, out), 'float32'), 'torch');
      },
    }),
  ],
  [
    'mse_loss',
    pairs('MseLossBackward0', (g, x, t) =>
      t('mul', t('mul', t('sub', v(x.input), v(x.target)), isMean(x) ? 2 / entries(x) : 2), g),
    ),
  ],
  [
    'l1_loss',
    pairs(
      x =>
        x.reduction?.kind !== 'string' || isMean(x)
          ? 'MeanBackward0'
          : x.reduction.value === 'sum'
            ? 'SumBackward0'
            : 'AbsBackward0',
      (g, x, t) => t('mul', each1(g, x, t, entries(x)), t('sgn', t('sub', v(x.input), v(x.target)))),
    ),
  ],
  [
    'smooth_l1_loss',
    pairs('SmoothL1LossBackward0', (g, x, t) => {
      const d = t('sub', v(x.input), v(x.target));
      const beta = real(x.beta, 1);
      const slope = beta === 1 ? t('clamp', d, -1, 1) : t('clamp', t('div', d, beta), -1, 1);
      return t('mul', t('mul', slope, isMean(x) ? 1 / entries(x) : 1), g);
    }),
  ],
  [
    'binary_cross_entropy',
    pairs(
      'BinaryCrossEntropyBackward0',
      (g, x, t) => {
        const p = v(x.input);
        const below = t('clamp', t('mul', t('add', t('neg', p), 1), p), 1e-12);
        return each1(weighed(t('div', t('mul', g, t('sub', p, v(x.target))), below), x, t), x, t, entries(x));
      },
      false,
    ),
  ],
  [
    'binary_cross_entropy_with_logits',
    pairs(
      'BinaryCrossEntropyWithLogitsBackward0',
      (g, x, t) => {
        const p = t('sigmoid', v(x.input));
        if (!given(x.pos_weight)) return each1(weighed(t('mul', t('sub', p, v(x.target)), g), x, t), x, t, entries(x));
        const yes = t('mul', x.pos_weight, v(x.target));
        const slope = t('sub', t('mul', t('sub', t('add', yes, 1), v(x.target)), p), yes);
        return each1(weighed(t('mul', slope, g), x, t), x, t, entries(x));
      },
      false,
    ),
  ],
  ['cross_entropy', rule(x => (isMean(x) ? 'DivBackward1' : undefined), { input: ['input target', softCrossEntropy] })],
  ['nll_loss', rule(likelihoodNode, { input: ['target', atTargets] })],
  [
    'huber_loss',
    pairs('HuberLossBackward0', (g, x, t) => {
      const delta = real(x.delta, 1);
      const d = t('sub', v(x.input), v(x.target));
      return t('mul', t('mul', t('clamp', d, -delta, delta), isMean(x) ? 1 / entries(x) : 1), g);
    }),
  ],
  [
    'soft_margin_loss',
    pairs(
      'SoftMarginLossBackward0',
      (g, x, t) => {
        const z = t('exp', t('neg', t('mul', v(x.input), v(x.target))));
        const slope = t('div', t('mul', t('neg', v(x.target)), z), t('add', z, 1));
        return each1(t('mul', slope, g), x, t, entries(x));
      },
      false,
    ),
  ],
  [
    'normalize',
    rule('DivBackward0', {
      input: [
        'input',
        (g, x, t) => {
          if (given(x.p) && real(x.p, 2) !== 2) return undefined;
          const axis = x.dim ? needInteger(x.dim) : 1;
          const size = t('clamp', t('norm', v(x.input), 2, axis, true), given(x.eps) ? x.eps : number(1e-12));
          const hat = t('div', v(x.input), size);
          return t('div', t('sub', g, t('mul', hat, t('sum', t('mul', g, hat), axis, true))), size);
        },
      ],
    }),
  ],
  [
    'batch_norm',
    rule('NativeBatchNormBackward0', {
      input: ['input weight', (g, x) => batchNormGradients(g, x).input],
      weight: ['input', (g, x) => batchNormGradients(g, x).weight],
      bias: (g, x) => batchNormGradients(g, x).bias,
    }),
  ],
  ...each('dropout', light(undefined, { input: g => g })),
];
