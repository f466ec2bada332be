import { bytesOf, type DType, isComplexType, isFloatType, isIntegerType } from '../../../../values/dtype';
import {
  asType,
  broadcastShapes,
  broadcastTo,
  contiguous,
  type NDArray,
  ndarray,
  toFloat64,
} from '../../../../values/ndarray';
import { scalar, type Value } from '../../../../values/value';
import type { Bound, LibraryFunction } from '../../../catalogue';
import { fail, unknown } from '../../../stop';
import { bool, integerOf, toArray } from '../../coerce';
import { erf, erfc } from '../../special-functions';
import { isWhole } from '../../ufuncs';
import { operandsOf } from '../operators';
import { arrayOf, broadcastError, floating, given, promoted, tensor, torchType, typeArgument } from '../tensor';
import { both, functions, need } from './define';
import { mapped } from './elementwise';

/** Special functions, functions of two numbers that NumPy has otherwise, and questions about types. */

const T = (a: NDArray): Value => tensor(a, 'torch');

/** log Γ by Lanczos's sum (g = 7, n = 9), by reflection below one half. */
export function logGamma(x: number): number {
  if (Number.isNaN(x)) return x;
  if (!Number.isFinite(x)) return Number.POSITIVE_INFINITY;
  if (x <= 0 && Number.isInteger(x)) return Number.POSITIVE_INFINITY;
  if (x === 1 || x === 2) return 0;
  if (x < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - logGamma(1 - x);
  const terms = [
    676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
    -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
  ];
  const z = x - 1;
  const sum = terms.reduce((s, c, k) => s + c / (z + k + 1), 0.9999999999998099);
  const t = z + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}

/** ψ by recurrence and its asymptotic series. */
export function digamma(x: number): number {
  if (x === 0) return Object.is(x, -0) ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  if (x < 0) return Number.isInteger(x) ? Number.NaN : digamma(1 - x) - Math.PI / Math.tan(Math.PI * x);
  let shift = 0;
  let z = x;
  for (; z < 10; z++) shift -= 1 / z;
  const q = 1 / (z * z);
  const series = q * (1 / 12 - q * (1 / 120 - q * (1 / 252 - q * (1 / 240 - q * (1 / 132 - (q * 691) / 32760)))));
  return shift + Math.log(z) - 1 / (2 * z) - series;
}

/** The inverse of erf by a start from Winitzki's form and Newton's steps. */
export function erfinv(y: number): number {
  if (Number.isNaN(y) || Math.abs(y) > 1) return Number.NaN;
  if (Math.abs(y) === 1) return y * Number.POSITIVE_INFINITY;
  if (y === 0) return y;
  const p = Math.abs(y);
  const a = 0.147;
  const log = Math.log(1 - p * p);
  const first = 2 / (Math.PI * a) + log / 2;
  let x = Math.sqrt(Math.sqrt(first * first - log / a) - first);
  for (let k = 0; k < 5; k++) {
    const over = p > 0.5 ? 1 - p - erfc(x) : erf(x) - p;
    x -= (Math.sqrt(Math.PI) / 2) * Math.exp(x * x) * over;
  }
  return Math.sign(y) * x;
}

/** Beyond this torch's steps in single precision leave digits that are those of rounding. */
const STEEP = 0.995;
const erfinvOf = (v: Value | undefined): Value =>
  arrayOf(v).dtype === 'float64' || toFloat64(arrayOf(v)).every(e => Math.abs(e) < STEEP || Math.abs(e) >= 1)
    ? mapped(v, erfinv)
    : unknown('erfinv in single precision so near to ±1 is little more than rounding');

/** A modified Bessel function of the first kind by its power series, to which all terms are positive. */
function bessel(order: 0 | 1, x: number): number {
  if (Number.isNaN(x)) return x;
  if (!Number.isFinite(x)) return unknown('a Bessel function of an infinity depends on the version of torch');
  let term = order === 0 ? 1 : x / 2;
  let sum = term;
  for (let k = 1; k < 2000; k++) {
    term *= ((x / 2) * (x / 2)) / (k * (k + order));
    sum += term;
    if (Math.abs(term) < 1e-18 * Math.abs(sum)) break;
  }
  return sum;
}

/** Φ(x) of the normal distribution. */
const normal = (x: number): number => 0.5 * erfc(-x / Math.SQRT2);

const SPECIAL: Readonly<Record<string, (e: number) => number>> = {
  erfc,
  erfinv,
  lgamma: logGamma,
  digamma,
  sinc: e => (e === 0 ? 1 : Math.sin(Math.PI * e) / (Math.PI * e)),
  i0: e => bessel(0, e),
};
/** Those that stand in torch.special alone, or under another name there. */
const IN_SPECIAL: Readonly<Record<string, (e: number) => number>> = {
  erf,
  erfc,
  erfinv,
  gammaln: logGamma,
  digamma,
  psi: digamma,
  sinc: SPECIAL.sinc,
  i0: SPECIAL.i0,
  i0e: e => bessel(0, e) * Math.exp(-Math.abs(e)),
  i1: e => bessel(1, e),
  i1e: e => bessel(1, e) * Math.exp(-Math.abs(e)),
  exp2: e => 2 ** e,
  expm1: Math.expm1,
  log1p: Math.log1p,
  ndtr: normal,
  ndtri: p => Math.SQRT2 * erfinv(2 * p - 1),
  log_ndtr: e => Math.log(normal(e)),
  erfcx: e => Math.exp(e * e) * erfc(e),
  entr: e => (Number.isNaN(e) ? e : e > 0 ? -e * Math.log(e) : e === 0 ? 0 : Number.NEGATIVE_INFINITY),
};

/** log(p / (1 − p)), with p kept `eps` away from the ends where that is said. */
function logit(x: Bound): Value {
  const eps = given(x.eps) ? Number(toFloat64(toArray(x.eps))[0]) : undefined;
  return mapped(x.input, e => {
    const p = eps === undefined ? e : Math.min(Math.max(e, eps), 1 - eps);
    return Math.log(p / (1 - p));
  });
}

/** A function of two numbers, in the type that both go to with a point. */
function ofTwo(x: Bound, f: (p: number, q: number) => number, dtype?: (common: DType) => DType): Value {
  const { values } = operandsOf([need(x.input), need(x.other)]);
  const common = (dtype ?? floating)(torchType(values));
  if (isComplexType(common)) return unknown('complex tensors are not covered here');
  const arrays = values.map(v => asType(toArray(v), common));
  const shape = broadcastShapes(...arrays.map(a => a.shape));
  if (!shape) return broadcastError(arrays[0].shape, arrays[1].shape);
  const [p, q] = arrays.map(a => toFloat64(contiguous(broadcastTo(a, shape))));
  return T(
    asType(
      ndarray(
        'float64',
        shape,
        p.map((e, k) => f(e, q[k])),
      ),
      common,
    ),
  );
}

const xlogy = (p: number, q: number): number => (Number.isNaN(q) ? q : p === 0 ? 0 : p * Math.log(q));
const xlog1py = (p: number, q: number): number => (Number.isNaN(q) ? q : p === 0 ? 0 : p * Math.log1p(q));

/** The next number in float32 or float64 on the way to another. */
function following(p: number, q: number, single: boolean): number {
  if (Number.isNaN(p) || Number.isNaN(q)) return Number.NaN;
  if (p === q) return q;
  if (p === 0) return Math.sign(q) * (single ? 2 ** -149 : 5e-324);
  const up = p < q === p > 0;
  if (single) {
    const bits = new Int32Array(Float32Array.of(p).buffer);
    bits[0] += up ? 1 : -1;
    return new Float32Array(bits.buffer)[0];
  }
  const bits = new BigInt64Array(Float64Array.of(p).buffer);
  bits[0] += up ? 1n : -1n;
  return new Float64Array(bits.buffer)[0];
}

/** Bits moved to the left or to the right, of whole numbers within 53 bits. */
const shifted = (x: Bound, left: boolean): Value =>
  ofTwo(
    x,
    (p, q) => {
      if (q < 0 || q > 62) return unknown('a shift by so many bits is not covered');
      const out = left ? p * 2 ** q : Math.floor(p / 2 ** q);
      return Math.abs(out) < 2 ** 53 ? out : unknown('a shift beyond 53 bits is not covered');
    },
    d => (isIntegerType(d) ? d : unknown('bits of integers only are shifted')),
  );

const dtypeOf = (v: Value | undefined): DType => typeArgument(v) ?? fail('TypeError: a dtype is missing');
const typeValue = (dtype: DType): Value => ({ kind: 'dtype', dtype, library: 'torch' });

/** Kinds of numbers in the order in which torch casts them without being asked. */
const kindOf = (d: DType): number => (d === 'bool' ? 0 : isWhole(d) ? 1 : isFloatType(d) ? 2 : 3);

export const TORCH_SPECIAL: readonly LibraryFunction[] = [
  ...Object.entries(SPECIAL).flatMap(([name, f]) =>
    both(name, 'input', x => (f === erfinv ? erfinvOf(x.input) : mapped(x.input, f))),
  ),
  ...Object.entries(IN_SPECIAL).flatMap(([name, f]) =>
    functions(`special.${name}`, 'input', x => (f === erfinv ? erfinvOf(x.input) : mapped(x.input, f))),
  ),
  ...both('logit', 'input, eps=None', logit),
  ...functions('special.logit', 'input, eps=None', logit),
  ...both('xlogy', 'input, other', x => ofTwo(x, xlogy)),
  ...functions('special.xlogy', 'input, other', x => ofTwo(x, xlogy)),
  ...functions('special.xlog1py', 'input, other', x => ofTwo(x, xlog1py)),
  ...both('ldexp', 'input, other', x => ofTwo(x, (p, q) => p * 2 ** q)),
  ...both('nextafter', 'input, other', x => {
    const d = torchType([need(x.input), need(x.other)]);
    if (d !== 'float32' && d !== 'float64') return unknown('nextafter of these numbers is not covered');
    return ofTwo(x, (p, q) => following(p, q, d === 'float32'));
  }),
  ...both('bitwise_not', 'input', x => {
    const a = arrayOf(x.input);
    if (!isWhole(a.dtype)) return unknown('bits of integers and truth values only are turned round');
    if (a.dtype === 'bool')
      return T(
        asType(
          ndarray(
            'float64',
            a.shape,
            toFloat64(a).map(e => 1 - e),
          ),
          'bool',
        ),
      );
    if (toFloat64(a).some(e => Math.abs(e) >= 2 ** 53)) return unknown('bits beyond 53 are not covered here');
    const low = a.dtype === 'uint8';
    return T(
      asType(
        ndarray(
          'float64',
          a.shape,
          toFloat64(a).map(e => (low ? 255 - e : -e - 1)),
        ),
        a.dtype,
      ),
    );
  }),
  ...both('bitwise_left_shift', 'input, other', x => shifted(x, true)),
  ...both('bitwise_right_shift', 'input, other', x => shifted(x, false)),
  ...functions('result_type', 'input, other', x => typeValue(torchType([need(x.input), need(x.other)]))),
  ...functions('promote_types', 'type1, type2', x => typeValue(promoted(dtypeOf(x.type1), dtypeOf(x.type2)))),
  ...functions('can_cast', 'from, to', x => bool(kindOf(dtypeOf(x.from)) <= kindOf(dtypeOf(x.to)))),
  ...both('is_nonzero', 'input', x => {
    const a = arrayOf(x.input);
    const v = toFloat64(a);
    if (v.length === 1) return bool(v[0] !== 0);
    return v.length === 0
      ? fail('RuntimeError: Boolean value of Tensor with no values is ambiguous')
      : fail('RuntimeError: Boolean value of Tensor with more than one value is ambiguous');
  }),
  ...both('is_inference', 'input', x =>
    isComplexType(arrayOf(x.input).dtype) ? unknown('whether this is marked so is not followed') : bool(false),
  ),
  ...both('is_signed', 'input', x => bool(!['bool', 'uint8'].includes(arrayOf(x.input).dtype))),
  ...both('element_size', 'input', x => scalar('int64', bytesOf(arrayOf(x.input).dtype), true)),
  ...(['finfo', 'iinfo'] as const).flatMap(name =>
    functions(name, 'type=', x => {
      const d = typeArgument(x.type) ?? 'float32';
      const fits = name === 'finfo' ? d === 'float32' || d === 'float64' || d === 'float16' : isIntegerType(d);
      return fits ? { kind: 'module', path: `torch.${name}.${d}` } : unknown(`${name} of this type is not covered`);
    }),
  ),
  ...functions('is_storage', 'obj', () => bool(false)),
  ...both('mvlgamma multigammaln', 'input, p', x => {
    const p = integerOf(need(x.p)) ?? unknown('the order of this is not known');
    return mapped(x.input, e => {
      let s = ((p * (p - 1)) / 4) * Math.log(Math.PI);
      for (let j = 0; j < p; j++) s += logGamma(e - j / 2);
      return s;
    });
  }),
];
