import { asType, ndarray, toFloat64 } from '../../../../values/ndarray';
import type { Value } from '../../../../values/value';
import type { Bound, LibraryFunction } from '../../../catalogue';
import { fail, unknown } from '../../../stop';
import { needInteger, real } from '../../coerce';
import { isTrue } from '../../reductions';
import { erf } from '../../special-functions';
import { laidOver } from '../layout';
import { elementwise } from '../operators';
import { arrayOf, dimOf, given, tensor } from '../tensor';
import { both, functional as F, functions, need } from './define';
import { mapped } from './elementwise';
import { floats } from './nn';
import { geluSingle, sigmoidSingle, siluSingle } from './single';

/** Activations: functions of one number, with settings. Those that work in place are carried out where calls are. */

const round = Math.fround;
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
export const sigmoidOf = (v: Value | undefined): Value =>
  arrayOf(v).dtype === 'float32'
    ? tensor(laidOver(sigmoidSingle(arrayOf(v)), [arrayOf(v)]), 'torch')
    : mapped(v, sigmoid);
/** log(1 + exp(x)) without overflow. */
export const softplus = (x: number): number => (x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x)));
const CUBIC = Math.sqrt(2 / Math.PI);
export const gelu = (x: number): number => (x * (1 + erf(x / Math.SQRT2))) / 2;
export const geluTanh = (x: number): number => (x * (1 + Math.tanh(CUBIC * (x + 0.044715 * x ** 3)))) / 2;
/** The same step by step as float32 numbers go through it, so that it ends in zeros where torch's does. */
const geluTanhSingle = (x: number): number => {
  const cube = round(round(x * x) * x);
  const inner = round(round(CUBIC) * round(x + round(round(0.044715) * cube)));
  return round(round(0.5 * x) * round(1 + round(Math.tanh(inner))));
};

type Scalar = (e: number) => number;
interface Activation {
  /** What stands behind `input`. */
  readonly settings?: string;
  readonly of: (x: Bound) => Scalar;
}
const plain = (f: Scalar): Activation => ({ of: () => f });
const between = (e: number, low: number, high: number): number =>
  Number.isNaN(e) ? e : Math.min(Math.max(e, low), high);
const ELU = { scale: 1.0507009873554805, alpha: 1.6732632423543772 };

/** By their names in torch.nn.functional, computed in double precision and rounded once. */
const ACTIVATIONS: Readonly<Record<string, Activation>> = {
  mish: plain(e => e * Math.tanh(softplus(e))),
  selu: plain(e => ELU.scale * (e > 0 ? e : ELU.alpha * Math.expm1(e))),
  hardsigmoid: plain(e => between(e + 3, 0, 6) / 6),
  hardswish: plain(e => (e * between(e + 3, 0, 6)) / 6),
  logsigmoid: plain(e => Math.min(e, 0) - Math.log1p(Math.exp(-Math.abs(e)))),
  relu6: plain(e => between(e, 0, 6)),
  hardtanh: {
    settings: 'min_val=-1.0, max_val=1.0',
    of: x => {
      const [low, high] = [real(x.min_val, -1), real(x.max_val, 1)];
      return e => between(e, low, high);
    },
  },
  elu: {
    settings: 'alpha=1.0',
    of: x => {
      const alpha = real(x.alpha, 1);
      return e => (e > 0 ? e : alpha * Math.expm1(e));
    },
  },
  celu: {
    settings: 'alpha=1.0',
    of: x => {
      const alpha = real(x.alpha, 1);
      return e => (e > 0 ? e : alpha * Math.expm1(e / alpha));
    },
  },
  threshold: {
    settings: 'threshold, value',
    of: x => {
      const [limit, otherwise] = [real(x.threshold, 0), real(x.value, 0)];
      return e => (e <= limit ? otherwise : e);
    },
  },
  softshrink: {
    settings: 'lambd=0.5',
    of: x => {
      const by = real(x.lambd, 0.5);
      return e =>
        e > by
          ? e - by
          : e < -by
            ? e + by
            : Number.isNaN(e)
              ? unknown('softshrink of NaN depends on the version of torch')
              : 0;
    },
  },
  hardshrink: {
    settings: 'lambd=0.5',
    of: x => {
      const by = real(x.lambd, 0.5);
      return e => (e >= -by && e <= by ? 0 : e);
    },
  },
  leaky_relu: {
    settings: 'negative_slope=0.01',
    of: x => {
      const given = real(x.negative_slope, 0.01);
      const slope = arrayOf(x.input).dtype === 'float32' ? round(given) : given;
      return e => (e > 0 ? e : e * slope);
    },
  },
  softplus: {
    settings: 'beta=1, threshold=20',
    of: x => {
      const [beta, limit] = [real(x.beta, 1), real(x.threshold, 20)];
      return e => (e * beta > limit ? e : softplus(e * beta) / beta);
    },
  },
};
/** Those that have no form in place. */
const APART = new Set(['logsigmoid', 'softshrink', 'hardshrink', 'softplus']);

const activation = (name: string, { settings, of }: Activation): LibraryFunction =>
  F(name, ['input', settings, APART.has(name) ? '' : 'inplace=False'].filter(Boolean).join(', '), (x, c) => {
    floats(x.input, name);
    const out = mapped(x.input, of(x));
    c.record(name, [need(x.input)]);
    return out;
  });

function relu(x: Bound): Value {
  const a = arrayOf(x.input);
  if (a.dtype === 'bool') return unknown('relu of truth values is not covered');
  const data = toFloat64(a).map(e => (e > 0 || Number.isNaN(e) ? e : 0));
  return tensor(laidOver(asType(ndarray('float64', a.shape, data), a.dtype), [a]), 'torch');
}

/** What lies below 0 times a weight, one for all or one for every channel. */
function leaking(x: Bound): Value {
  const [a, w] = [floats(x.input, 'prelu'), arrayOf(x.weight)];
  const weights = toFloat64(w);
  const [v, channels] = [toFloat64(a), a.shape.length > 1 ? a.shape[1] : 1];
  if (w.dtype !== a.dtype || (weights.length !== 1 && weights.length !== channels))
    return unknown('this weight of a prelu is refused');
  const behind = a.shape.slice(2).reduce((n, m) => n * m, 1);
  const data = v.map((e, k) => (e > 0 ? e : e * weights[weights.length === 1 ? 0 : Math.floor(k / behind) % channels]));
  return tensor(asType(ndarray('float64', a.shape, data), a.dtype), 'torch');
}

export const TORCH_ACTIVATIONS: readonly LibraryFunction[] = [
  ...Object.entries(ACTIVATIONS).map(([name, a]) => activation(name, a)),
  ...both('relu', 'input', (x, c) => {
    c.record('relu', [need(x.input)]);
    return relu(x);
  }),
  F('relu', 'input, inplace=False', (x, c) => {
    c.record('relu', [need(x.input)]);
    return relu(x);
  }),
  ...both('sigmoid', 'input', x => sigmoidOf(x.input)),
  F('sigmoid', 'input', x => sigmoidOf(x.input)),
  ...functions('special.expit', 'input', x => sigmoidOf(x.input)),
  F('tanh', 'input', (x, c) => elementwise('tanh', [need(x.input)], c)),
  F('silu', 'input, inplace=False', (x, c) => {
    const a = floats(x.input, 'silu');
    c.record('silu', [need(x.input)]);
    return a.dtype === 'float32' ? tensor(laidOver(siluSingle(a), [a]), 'torch') : mapped(x.input, e => e * sigmoid(e));
  }),
  F('gelu', 'input, approximate=none', (x, c) => {
    const tanh = x.approximate?.kind === 'string' && x.approximate.value === 'tanh';
    const a = floats(x.input, 'gelu');
    const single = a.dtype === 'float32';
    const out =
      single && !tanh
        ? tensor(laidOver(geluSingle(a, erf), [a]), 'torch')
        : mapped(x.input, tanh ? (single ? geluTanhSingle : geluTanh) : gelu);
    c.record('gelu', [need(x.input)]);
    return out;
  }),
  ...both('prelu', 'input, weight', leaking),
  F('prelu', 'input, weight', leaking),
  ...functions('celu', 'input, alpha=1.0', x => mapped(x.input, ACTIVATIONS.celu.of(x))),
  ...functions('selu', 'input', x => mapped(x.input, ACTIVATIONS.selu.of(x))),
  ...functions('threshold', 'input, threshold, value', x => mapped(x.input, ACTIVATIONS.threshold.of(x))),
  F('rrelu', 'input, lower=0.125, upper=0.3333333333333333, training=False, inplace=False', x => {
    if (given(x.training) && isTrue(x.training)) return unknown('rrelu: random, known only when the code runs');
    floats(x.input, 'rrelu');
    const slope = (real(x.lower, 1 / 8) + real(x.upper, 1 / 3)) / 2;
    return mapped(x.input, e => (e > 0 ? e : e * (arrayOf(x.input).dtype === 'float32' ? round(slope) : slope)));
  }),
  F('glu', 'input, dim=-1', (x, c) => {
    const a = floats(x.input, 'glu');
    if (a.shape.length === 0) return unknown('glu of a number is refused');
    const axis = dimOf(x.dim ? needInteger(x.dim) : -1, a.shape.length);
    const half = a.shape[axis] / 2;
    if (!Number.isInteger(half))
      return fail(`RuntimeError: Halving dimension must be even, but dimension ${axis} is size ${a.shape[axis]}`);
    const part = (start: number): Value =>
      tensor(
        { ...a, shape: a.shape.map((n, k) => (k === axis ? half : n)), offset: a.offset + start * a.strides[axis] },
        'torch',
      );
    return elementwise('multiply', [part(0), mapped(part(half), sigmoid)], c);
  }),
];
