import { isFloatType } from '../../../../values/dtype';
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

/** The gradient of a loss of pairs, that of its target being the negative one. */
const pairs = (name: Rule['name'], of: (g: Value, x: Recorded, t: Operations) => Value, target = true): Rule =>
  rule(name, {
    input: ['input target', of],
    ...(target
      ? { target: ['input target', (g: Value, x: Recorded, t: Operations) => t('neg', of(g, x, t))] as const }
      : {}),
  });

/** The negative gradient at the class of each row. */
function atTargets(g: Value, rows: Value, x: Recorded, t: Operations): Value {
  const shape = shapeOf(rows);
  const target = toArray(v(x.target));
  const ignored = given(x.ignore_index) ? needInteger(x.ignore_index) : -100;
  const keep = t('ne', v(x.target), ignored);
  const counted = Number(toArray(t('sum', keep)).data[0]);
  const one = t('neg', t('broadcast_to', isMean(x) ? t('div', g, counted) : g, target.shape));
  const values = t('where', keep, one, zeros(one, t));
  const index = t('where', keep, v(x.target), t('zeros_like', v(x.target)));
  if (shape.length === 1) return t('scatter', zeros(rows, t), 0, t('reshape', index, [1]), t('reshape', values, [1]));
  return t('scatter', zeros(rows, t), 1, t('unsqueeze', index, 1), t('unsqueeze', values, 1));
}

function crossEntropy(g: Value, x: Recorded, t: Operations): Value | undefined {
  const logits = v(x.input);
  const axis = Math.max(shapeOf(logits).length - 1, 0);
  const logs = t('log_softmax', logits, axis);
  if (!isFloatType(toArray(v(x.target)).dtype)) return logSoftmax(atTargets(g, logs, x, t), logs, axis, t);
  const n = shapeOf(logits)[0];
  const shared = isMean(x) ? t('div', t('neg', g), n) : t('neg', g);
  const rows = shapeOf(shared).length === 1 ? t('unsqueeze', shared, 1) : shared;
  return logSoftmax(t('mul', v(x.target), rows), logs, axis, t);
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
const step = (t: Operations, test: string, e: Value, limit: number, g: Value, otherwise: Value): Value =>
  t('where', t(test, e, limit), g, otherwise);

/** The derivative of the normal distribution's form: Φ(x) + x φ(x). */
function gelu(g: Value, x: Recorded, t: Operations): Value | undefined {
  if (x.approximate?.kind === 'string' && x.approximate.value === 'tanh') return undefined;
  const e = v(x.input);
  const cdf = t('mul', t('add', t('erf', t('mul', e, Math.SQRT1_2)), 1), 0.5);
  const pdf = t('mul', t('exp', t('mul', t('mul', e, e), -0.5)), Math.SQRT1_2 * (2 / Math.sqrt(Math.PI)) * 0.5);
  return t('mul', g, t('add', cdf, t('mul', e, pdf)));
}

export const NN_RULES: readonly (readonly [string, Rule])[] = [
  ['softmax', rule('SoftmaxBackward0', { input: ['result', softmax] })],
  [
    'log_softmax',
    rule('LogSoftmaxBackward0', { input: ['result', (g, x, t) => logSoftmax(g, x.result, axisOf(x), t)] }),
  ],
  ['gelu', rule('GeluBackward0', { input: ['input', gelu] })],
  [
    'silu',
    rule('SiluBackward0', {
      input: [
        'input',
        (g, x, t) => {
          const s = t('sigmoid', v(x.input));
          return t('mul', t('mul', g, s), t('addcmul', t('ones_like', s), v(x.input), t('add', t('neg', s), 1)));
        },
      ],
    }),
  ],
  [
    'leaky_relu',
    rule('LeakyReluBackward0', {
      input: ['input', (g, x, t) => step(t, 'gt', v(x.input), 0, g, t('mul', g, x.negative_slope ?? number(0.01)))],
    }),
  ],
  [
    'elu',
    rule('EluBackward0', {
      input: [
        'input',
        (g, x, t) => {
          const alpha = real(x.alpha, 1);
          return step(t, 'gt', v(x.input), 0, g, t('mul', g, t('mul', t('exp', v(x.input)), alpha)));
        },
      ],
    }),
  ],
  [
    'softplus',
    rule('SoftplusBackward0', {
      input: [
        'input',
        (g, x, t) => {
          const [beta, limit] = [real(x.beta, 1), real(x.threshold, 20)];
          const e = t('exp', t('mul', v(x.input), beta));
          return step(t, 'gt', t('mul', v(x.input), beta), limit, g, t('div', t('mul', g, e), t('add', e, 1)));
        },
      ],
    }),
  ],
  [
    'logsigmoid',
    rule('LogSigmoidBackward0', {
      input: ['input', (g, x, t) => t('mul', g, t('sigmoid', t('neg', v(x.input))))],
    }),
  ],
  [
    'relu6',
    rule('HardtanhBackward0', {
      input: [
        'input',
        (g, x, t) => step(t, 'gt', v(x.input), 0, step(t, 'lt', v(x.input), 6, g, zeros(g, t)), zeros(g, t)),
      ],
    }),
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
      return t('mul', t('mul', t('clamp', d, -1, 1), isMean(x) ? 1 / entries(x) : 1), g);
    }),
  ],
  [
    'binary_cross_entropy',
    pairs(
      'BinaryCrossEntropyBackward0',
      (g, x, t) => {
        const p = v(x.input);
        const below = t('clamp', t('mul', t('add', t('neg', p), 1), p), 1e-12);
        return each1(t('div', t('mul', g, t('sub', p, v(x.target))), below), x, t, entries(x));
      },
      false,
    ),
  ],
  [
    'binary_cross_entropy_with_logits',
    pairs(
      'BinaryCrossEntropyWithLogitsBackward0',
      (g, x, t) => each1(t('mul', t('sub', t('sigmoid', v(x.input)), v(x.target)), g), x, t, entries(x)),
      false,
    ),
  ],
  [
    'cross_entropy',
    rule(
      x => (isFloatType(toArray(v(x.target)).dtype) ? (isMean(x) ? 'DivBackward1' : undefined) : 'NllLossBackward0'),
      {
        input: ['input target', crossEntropy],
      },
    ),
  ],
  ['nll_loss', rule('NllLossBackward0', { input: ['target', (g, x, t) => atTargets(g, v(x.input), x, t)] })],
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
