import { NONE, type Value } from '../../../../values/value';
import { real } from '../../coerce';
import { isTensor } from '../tensor';
import type { Operations } from './node';
import { type Recorded, type Rule, rule } from './rules';
import { shapeOf } from './rules-reductions';

/** Activations, by the formulas of torch's kernels. */

const v = (x: Value | undefined): Value => x ?? NONE;
type Of = (g: Value, e: Value, t: Operations, x: Recorded) => Value | undefined;

/** A function of one number whose gradient is found from its argument. */
const of = (names: string, node: Rule['name'], f: Of): [string, Rule][] =>
  names.split(' ').map(name => [name, rule(node, { input: ['input', (g, x, t) => f(g, v(x.input), t, x)] })]);

const zeros = (g: Value, t: Operations): Value => t('zeros_like', g);
const where = (t: Operations, test: string, e: Value, limit: number, g: Value, otherwise: Value): Value =>
  t('where', t(test, e, limit), g, otherwise);
/** `g` strictly between two ends, 0 elsewhere. */
const between = (t: Operations, e: Value, low: number, high: number, g: Value): Value =>
  where(t, 'gt', e, low, where(t, 'lt', e, high, g, zeros(g, t)), zeros(g, t));

/** The derivative of the normal distribution's form, Φ(x) + x φ(x), or of the one with the hyperbolic tangent. */
const gelu: Of = (g, e, t, x) => {
  if (x.approximate?.kind === 'string' && x.approximate.value === 'tanh') {
    const beta = Math.SQRT2 * (2 / Math.sqrt(Math.PI)) * 0.5;
    const square = t('mul', e, e);
    const inner = t('mul', t('add', e, t('mul', t('mul', square, e), 0.044715)), beta);
    const tanh = t('tanh', inner);
    const left = t('mul', t('add', tanh, 1), 0.5);
    const slope = t('mul', t('add', t('mul', square, 3 * 0.044715), 1), beta);
    const right = t('mul', t('mul', t('mul', e, 0.5), t('sub', 1, t('mul', tanh, tanh))), slope);
    return t('mul', g, t('add', left, right));
  }
  const cdf = t('mul', t('add', t('erf', t('mul', e, Math.SQRT1_2)), 1), 0.5);
  const pdf = t('mul', t('exp', t('mul', t('mul', e, e), -0.5)), Math.SQRT1_2 * (2 / Math.sqrt(Math.PI)) * 0.5);
  return t('mul', g, t('add', cdf, t('mul', e, pdf)));
};

const SELU = { scale: 1.0507009873554805, alpha: 1.6732632423543772 };
const slope = (g: Value, t: Operations, by: number): Value => t('mul', g, by);

/** Adds up what belongs to each channel. */
function perWeight(g: Value, x: Recorded, t: Operations): Value {
  const below = t('where', t('gt', v(x.input), 0), zeros(g, t), t('mul', g, v(x.input)));
  if (shapeOf(x.weight)[0] === 1) return t('reshape', t('sum', below), shapeOf(x.weight));
  const axes = shapeOf(below).flatMap((_, k) => (k === 1 ? [] : [k]));
  return t('sum', below, axes);
}

export const ACTIVATION_RULES: readonly (readonly [string, Rule])[] = [
  ...of('gelu', 'GeluBackward0', gelu),
  ...of('silu', 'SiluBackward0', (g, e, t) => {
    const s = t('sigmoid', e);
    return t('mul', t('mul', g, s), t('addcmul', t('ones_like', s), e, t('add', t('neg', s), 1)));
  }),
  ...of('mish', 'MishBackward0', (g, e, t) => {
    const [s, th] = [t('sigmoid', e), t('tanh', t('nn.functional.softplus', e))];
    return t('mul', g, t('add', th, t('mul', t('mul', e, s), t('sub', 1, t('mul', th, th)))));
  }),
  ...of('leaky_relu', 'LeakyReluBackward0', (g, e, t, x) =>
    where(t, 'gt', e, 0, g, slope(g, t, real(x.negative_slope, 0.01))),
  ),
  ...of('rrelu', undefined, (g, e, t, x) =>
    where(t, 'gt', e, 0, g, slope(g, t, (real(x.lower, 1 / 8) + real(x.upper, 1 / 3)) / 2)),
  ),
  ...of('elu', 'EluBackward0', (g, e, t, x) =>
    where(t, 'gt', e, 0, g, t('mul', g, t('mul', t('exp', e), real(x.alpha, 1)))),
  ),
  ...of('celu', 'CeluBackward0', (g, e, t, x) =>
    where(t, 'gt', e, 0, g, t('mul', g, t('exp', t('mul', e, 1 / real(x.alpha, 1))))),
  ),
  ...of('selu', 'EluBackward0', (g, e, t) =>
    where(t, 'gt', e, 0, slope(g, t, SELU.scale), t('mul', g, t('mul', t('exp', e), SELU.alpha * SELU.scale))),
  ),
  ...of('softplus', 'SoftplusBackward0', (g, own, t, x) => {
    const [beta, limit] = [real(x.beta, 1), real(x.threshold, 20)];
    const e = t('exp', t('mul', own, beta));
    return where(t, 'gt', t('mul', own, beta), limit, g, t('div', t('mul', g, e), t('add', e, 1)));
  }),
  ...of('logsigmoid', 'LogSigmoidBackward0', (g, e, t) => t('mul', g, t('sigmoid', t('neg', e)))),
  ...of('relu6', 'HardtanhBackward0', (g, e, t) => between(t, e, 0, 6, g)),
  ...of('hardtanh', 'HardtanhBackward0', (g, e, t, x) => between(t, e, real(x.min_val, -1), real(x.max_val, 1), g)),
  ...of('hardsigmoid', 'HardsigmoidBackward0', (g, e, t) => between(t, e, -3, 3, slope(g, t, 1 / 6))),
  ...of('hardswish', 'HardswishBackward0', (g, e, t) => {
    const middle = t('mul', g, t('add', t('div', e, 3), 0.5));
    return where(t, 'lt', e, -3, zeros(g, t), where(t, 'le', e, 3, middle, g));
  }),
  ...of('softshrink', 'SoftshrinkBackward0', (g, e, t, x) =>
    where(t, 'gt', t('abs', e), real(x.lambd, 0.5), g, zeros(g, t)),
  ),
  ...of('hardshrink', 'HardshrinkBackward0', (g, e, t, x) =>
    where(t, 'gt', t('abs', e), real(x.lambd, 0.5), g, zeros(g, t)),
  ),
  ...of('threshold', 'ThresholdBackward0', (g, e, t, x) => where(t, 'gt', e, real(x.threshold, 0), g, zeros(g, t))),
  [
    'glu',
    rule('GluBackward0', {
      input: [
        'input',
        (g, x, t) => {
          const axis = isTensor(x.dim) || x.dim === undefined ? -1 : x.dim;
          const parts = t('chunk', v(x.input), 2, axis);
          const [a, b] = parts.kind === 'tuple' ? parts.items : [];
          const s = t('sigmoid', v(b));
          const second = t('mul', t('mul', g, v(a)), t('mul', s, t('sub', 1, s)));
          return t('cat', { kind: 'tuple', items: [t('mul', g, s), second] }, axis);
        },
      ],
    }),
  ],
  [
    'prelu',
    rule('PreluBackward0', {
      input: [
        'input weight',
        (g, x, t) => {
          const shape = shapeOf(x.input).map((_, k) => (k === 1 ? -1 : 1));
          const w = shapeOf(x.weight)[0] === 1 ? v(x.weight) : t('reshape', v(x.weight), shape);
          return where(t, 'gt', v(x.input), 0, g, t('mul', g, w));
        },
      ],
      weight: ['input', perWeight],
    }),
  ],
];
