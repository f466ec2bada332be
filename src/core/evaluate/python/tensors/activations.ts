import { type DType, isFloatType } from '../../../values/dtype';
import { softmax as softmaxOf } from '../../../values/lanes';
import { asType, ndarray, toFloat64 } from '../../../values/ndarray';
import type { Library, Value } from '../../../values/value';
import type { LibraryFunction } from '../../catalogue';
import { fail, unknown } from '../../stop';
import { axisOf, int, needInteger, real } from '../coerce';
import { isTrue } from '../reductions';
import { arrayOf, given, tensor } from './tensor';
import { gelu, geluTanh, softplus } from './torch/activation-functions';
import { alongLanes, logSoftmaxOf } from './torch/nn';

/** jax.nn and tf.nn: activations, by the manuals of both. They differ in names and defaults alone. */

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

interface Dialect {
  readonly library: Library;
  readonly module: string;
  /** What the argument is called. */
  readonly x: string;
  /** Whether gelu takes the form with the hyperbolic tangent where nothing is said. */
  readonly approximate: boolean;
  readonly alpha: string;
  readonly slope: number;
}

const elementwise = (d: Dialect, name: string, f: (e: number) => number, more = ''): LibraryFunction => ({
  path: `${d.module}.${name}`,
  signature: `${d.x}${more}`,
  evaluate: (x, c) => {
    const a = arrayOf(x[d.x], d.library);
    if (a.dtype === 'bfloat16' && !name.startsWith('relu'))
      return unknown(`how ${name} in bfloat16 is rounded on the way is not covered`);
    if (!isFloatType(a.dtype) && name !== 'relu') return unknown(`${name} of integers is not covered`);
    c.record(name, [need(x[d.x])]);
    return tensor(asType(ndarray('float64', a.shape, toFloat64(a).map(f)), a.dtype), d.library);
  },
});

const softmax = (d: Dialect, name: 'softmax' | 'log_softmax'): LibraryFunction => ({
  path: `${d.module}.${name}`,
  signature: `${d.x === 'features' ? 'logits' : d.x}, axis=-1`,
  evaluate: (x, c) => {
    const v = need(x[d.x] ?? x.logits);
    const a = arrayOf(v, d.library);
    if (a.dtype === 'bfloat16') return unknown(`how ${name} in bfloat16 is rounded on the way is not covered`);
    if (!isFloatType(a.dtype)) return unknown(`${name} of integers is not covered`);
    const axis = given(x.axis) ? needInteger(x.axis) : -1;
    if (a.shape.length === 0) return unknown(`${name} of a number is not covered`);
    c.record(name, [v, int(axis)]);
    const at = axisOf(int(axis), a.shape.length);
    return tensor(alongLanes(a, at, name === 'softmax' ? softmaxOf : logSoftmaxOf(a.dtype)), d.library);
  },
});

function activations(d: Dialect): LibraryFunction[] {
  const slope = (x: Readonly<Record<string, Value | undefined>>): number => real(x[d.alpha], d.slope);
  return [
    softmax(d, 'softmax'),
    softmax(d, 'log_softmax'),
    elementwise(d, 'relu', e => (e > 0 || Number.isNaN(e) ? e : 0)),
    elementwise(d, 'relu6', e => (Number.isNaN(e) ? e : Math.min(Math.max(e, 0), 6))),
    elementwise(d, 'sigmoid', sigmoid),
    elementwise(d, 'silu', e => e * sigmoid(e)),
    elementwise(d, 'softplus', softplus),
    elementwise(d, 'elu', e => (e > 0 ? e : Math.expm1(e))),
    {
      path: `${d.module}.gelu`,
      signature: `${d.x}, approximate=`,
      evaluate: (x, c) => {
        const form = x.approximate === undefined ? d.approximate : isTrue(x.approximate);
        return elementwise(d, 'gelu', form ? geluTanh : gelu).evaluate({ [d.x]: x[d.x] }, c);
      },
    },
    {
      path: `${d.module}.leaky_relu`,
      signature: `${d.x}, ${d.alpha}=`,
      evaluate: (x, c) => elementwise(d, 'leaky_relu', e => (e >= 0 ? e : e * slope(x))).evaluate({ [d.x]: x[d.x] }, c),
    },
  ];
}

const JAX: Dialect = {
  library: 'jax',
  module: 'jax.nn',
  x: 'x',
  approximate: true,
  alpha: 'negative_slope',
  slope: 0.01,
};
const TF: Dialect = {
  library: 'tensorflow',
  module: 'tensorflow.nn',
  x: 'features',
  approximate: false,
  alpha: 'alpha',
  slope: 0.2,
};

/** Ones at the indices, in floating point. */
export function oneHot(v: Value | undefined, n: number, library: Library): Value {
  const a = arrayOf(v, library);
  if (isFloatType(a.dtype)) return unknown('one_hot takes integers');
  const at = toFloat64(a);
  const out = new Float64Array(at.length * n);
  at.forEach((k, i) => {
    if (k >= 0 && k < n) out[i * n + k] = 1;
  });
  return tensor(asType(ndarray('float64', [...a.shape, n], out), FLOAT), library);
}

const FLOAT: DType = 'float32';

export const ACTIVATIONS: readonly LibraryFunction[] = [
  ...activations(JAX),
  ...activations(TF).filter(e => e.path !== 'tensorflow.nn.softplus' && e.path !== 'tensorflow.nn.sigmoid'),
  {
    path: 'jax.nn.swish',
    signature: 'x',
    evaluate: (x, c) => elementwise(JAX, 'silu', e => e * sigmoid(e)).evaluate(x, c),
  },
  ...(['math', 'nn'] as const).flatMap(m => [
    elementwise({ ...TF, module: `tensorflow.${m}`, x: 'x' }, 'sigmoid', sigmoid),
    { ...elementwise({ ...TF, module: `tensorflow.${m}` }, 'softplus', softplus) },
  ]),
  elementwise({ ...TF, module: 'tensorflow', x: 'x' }, 'sigmoid', sigmoid),
  {
    path: 'jax.nn.one_hot',
    signature: 'x, num_classes',
    evaluate: x => oneHot(x.x, needInteger(need(x.num_classes)), 'jax'),
  },
];
