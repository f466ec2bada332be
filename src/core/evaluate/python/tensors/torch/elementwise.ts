import { type DType, isComplexType, isFloatType, narrowing } from '../../../../values/dtype';
import { mapReal } from '../../../../values/elementwise';
import {
  asType,
  broadcastShapes,
  broadcastTo,
  contiguous,
  ndarray,
  sizeOf,
  toFloat64,
} from '../../../../values/ndarray';
import { scalar, type Value } from '../../../../values/value';
import type { Bound, LibraryFunction } from '../../../catalogue';
import type { Context } from '../../../dialect';
import { fail, unknown } from '../../../stop';
import { bool, integerOf, needInteger, real, toArray } from '../../coerce';
import { rounded } from '../../elementwise';
import { isTrue, partOf } from '../../reductions';
import { erf } from '../../special-functions';
import { isWhole } from '../../ufuncs';
import { laidOver } from '../layout';
import { comparison, elementwise, operandsOf, tensorBinary, tensorPower } from '../operators';
import { arrayOf, broadcastError, floating, given, isTensor, tensor, torchType } from '../tensor';
import { both, functions, methods, need } from './define';
import { fuses, plusTimes } from './fused';
import { nonzero } from './selecting';
import { expSingle } from './single';

/** A real function of every element; integers become the default float first. */
export const mapped = (v: Value | undefined, f: (x: number) => number, dtype?: DType): Value => {
  const a = arrayOf(v);
  const d = dtype ?? floating(a.dtype);
  if (isComplexType(d)) return unknown('complex tensors are not covered here');
  const x = asType(a, d);
  return tensor(laidOver(mapReal(x, d as 'float32', f), [a]), 'torch');
};

/** torch's names of functions of every element, and NumPy's for the same. */
const UNARY: Readonly<Record<string, string>> = {
  sqrt: 'sqrt',
  exp: 'exp',
  exp2: 'exp2',
  expm1: 'expm1',
  log: 'log',
  log2: 'log2',
  log10: 'log10',
  log1p: 'log1p',
  sin: 'sin',
  cos: 'cos',
  tan: 'tan',
  'asin arcsin': 'arcsin',
  'acos arccos': 'arccos',
  'atan arctan': 'arctan',
  sinh: 'sinh',
  cosh: 'cosh',
  tanh: 'tanh',
  'asinh arcsinh': 'arcsinh',
  'acosh arccosh': 'arccosh',
  'atanh arctanh': 'arctanh',
  deg2rad: 'deg2rad',
  rad2deg: 'rad2deg',
};

/** Functions that keep the type of integers. */
const KEEPING: Readonly<Record<string, string>> = {
  'abs absolute': 'absolute',
  'neg negative': 'negative',
  square: 'square',
};

const BINARY: Readonly<Record<string, string>> = {
  fmod: 'fmod',
  hypot: 'hypot',
  logaddexp: 'logaddexp',
  'atan2 arctan2': 'arctan2',
  copysign: 'copysign',
  maximum: 'maximum',
  minimum: 'minimum',
  fmax: 'fmax',
  fmin: 'fmin',
  gcd: 'gcd',
  lcm: 'lcm',
};

/** Functions that torch has for floats only. */
const FLOATS_ONLY = new Set(['hypot', 'logaddexp']);

const COMPARISONS: Readonly<Record<string, string>> = {
  eq: 'equal',
  'ne not_equal': 'not_equal',
  'lt less': 'less',
  'le less_equal': 'less_equal',
  'gt greater': 'greater',
  'ge greater_equal': 'greater_equal',
};

/** `torch.add(a, b, alpha=2)`. */
const scaled = (op: 'add' | 'subtract') => (x: Bound, c: Context) => {
  const [a, b] = [need(x.input), need(x.other)];
  if (given(x.alpha) && fuses(a, b)) {
    const factor = op === 'add' ? real(x.alpha, 1) : -real(x.alpha, 1);
    return plusTimes(a, b, scalar('float64', factor, true), c);
  }
  const other =
    given(x.alpha) && !(integerOf(x.alpha) === 1) ? tensorOrPlain(need(x.other), x.alpha, c) : need(x.other);
  return tensorBinary(op, need(x.input), other, c);
};

const tensorOrPlain = (v: Value, by: Value, c: Context): Value =>
  isTensor(v) && !narrowing(v.array.dtype)
    ? tensorBinary('multiply', v, by, c)
    : unknown('alpha= beside this is not covered');

function divided(x: Bound, c: Context): Value {
  const mode = x.rounding_mode?.kind === 'string' ? x.rounding_mode.value : undefined;
  if (mode === 'floor') return tensorBinary('floor-divide', need(x.input), need(x.other), c);
  if (mode === 'trunc') {
    const { values } = operandsOf([need(x.input), need(x.other)]);
    const d = torchType(values);
    if (narrowing(d)) return unknown('how this quotient is rounded in half precision is not covered');
    const q = elementwise('divide', values, c, isWhole(d) ? 'float64' : d);
    return tensor(asType(toArray(elementwise('trunc', [q], c)), d), 'torch');
  }
  return tensorBinary('divide', need(x.input), need(x.other), c);
}

/** Rounding functions leave integers as they are. */
const whole = (name: string) => (x: Bound, c: Context) => {
  const a = arrayOf(x.input);
  if (a.dtype === 'bool') return unknown(`${name} of truth values is refused`);
  return isWhole(a.dtype) ? need(x.input) : elementwise(name, [need(x.input)], c);
};

function clamped(x: Bound, c: Context): Value {
  const a = arrayOf(x.input);
  const [low, high] = [x.min, x.max].map(v => (given(v) ? v : undefined));
  if (!low && !high) return unknown('clamp without ends');
  const d = torchType([need(x.input), ...[low, high].filter(v => v !== undefined)]);
  let out: Value = tensor(asType(a, d), 'torch');
  const at = (v: Value): Value => (isTensor(v) ? v : tensor(asType(toArray(v), d), 'torch'));
  if (low) out = elementwise('maximum', [out, at(low)], c);
  if (high) out = elementwise('minimum', [out, at(high)], c);
  return out;
}

/** `torch.where(condition, a, b)`. */
function where(x: Bound): Value {
  const condition = arrayOf(x.condition);
  if (x.input === undefined) return nonzero({ input: x.condition, as_tuple: bool(true) });
  if (condition.dtype !== 'bool') return unknown('torch.where takes a tensor of truth values');
  const { values } = operandsOf([need(x.input), need(x.other), need(x.condition)]);
  const pair = values.slice(0, 2);
  const d = torchType(pair);
  const arrays = pair.map(v => asType(toArray(v), d));
  const shape = broadcastShapes(condition.shape, ...arrays.map(a => a.shape));
  if (!shape) return broadcastError(condition.shape, arrays[0].shape);
  return tensor(laidOver(chosen(condition, arrays[0], arrays[1], shape), [condition, ...arrays]), 'torch');
}

type Arr = ReturnType<typeof arrayOf>;

/** `a` where the condition holds, `b` elsewhere; both of one type. */
export function chosen(condition: Arr, a: Arr, b: Arr, shape: readonly number[]): Arr {
  const flags = contiguous(broadcastTo(condition, shape)).data;
  if (isComplexType(a.dtype)) return unknown('a choice between complex tensors is not covered yet');
  const [p, q] = [a, b].map(e => contiguous(broadcastTo(e, shape)));
  const [x, y] = [p, q].map(toFloat64);
  return asType(
    ndarray(
      'float64',
      shape,
      x.map((e, k) => (flags[k] ? e : y[k])),
    ),
    a.dtype,
  );
}

function close(x: Bound): Uint8Array {
  const [a, b] = [arrayOf(x.input), arrayOf(x.other)];
  if (a.dtype !== b.dtype) unknown('torch compares tensors of one type only');
  const shape = broadcastShapes(a.shape, b.shape);
  if (!shape) return broadcastError(a.shape, b.shape);
  if (isComplexType(a.dtype)) return unknown('complex tensors are compared with == only here');
  const [p, q] = [a, b].map(e => toFloat64(contiguous(broadcastTo(e, shape))));
  const [rtol, atol] = [real(x.rtol, 1e-5), real(x.atol, 1e-8)];
  const nan = isTrue(x.equal_nan);
  return Uint8Array.from(p, (e, k) => {
    if (e === q[k] || (nan && Number.isNaN(e) && Number.isNaN(q[k]))) return 1;
    return Number.isFinite(q[k]) && Math.abs(e - q[k]) <= atol + rtol * Math.abs(q[k]) ? 1 : 0;
  });
}

const CLOSE = 'input, other, rtol=1e-05, atol=1e-08, equal_nan=False';

export const TORCH_ELEMENTWISE: readonly LibraryFunction[] = [
  ...Object.entries(UNARY).flatMap(([names, name]) =>
    both(names, 'input', (x, c) =>
      name === 'exp' && arrayOf(x.input).dtype === 'float32'
        ? mapped(x.input, expSingle)
        : elementwise(name, [need(x.input)], c),
    ),
  ),
  ...Object.entries(KEEPING).flatMap(([names, name]) =>
    both(names, 'input', (x, c) => elementwise(name, [need(x.input)], c)),
  ),
  ...both('conj', 'input', (x, c) =>
    isComplexType(arrayOf(x.input).dtype) ? elementwise('conjugate', [need(x.input)], c) : need(x.input),
  ),
  ...both('resolve_conj resolve_neg', 'input', x => need(x.input)),
  ...Object.entries(BINARY).flatMap(([names, name]) =>
    both(names, 'input, other', (x, c) => {
      if (FLOATS_ONLY.has(name) && isWhole(torchType([need(x.input), need(x.other)])))
        return unknown(`${name} takes floats; torch refuses integers`);
      return elementwise(name, [need(x.input), need(x.other)], c);
    }),
  ),
  ...Object.entries(COMPARISONS).flatMap(([names, name]) =>
    both(names, 'input, other', (x, c) => comparison(name, [need(x.input), need(x.other)], c)),
  ),
  ...['floor', 'ceil', 'trunc'].flatMap(name => both(name === 'trunc' ? 'trunc fix' : name, 'input', whole(name))),
  ...both('round', 'input, *, decimals=0', x => {
    const a = arrayOf(x.input);
    if (a.dtype === 'bool') return unknown('round of truth values is refused');
    return tensor(laidOver(rounded(a, x.decimals ? needInteger(x.decimals) : 0), [a]), 'torch');
  }),
  ...both('frac', 'input', x =>
    isWhole(arrayOf(x.input).dtype) ? unknown('frac takes floats') : mapped(x.input, e => e - Math.trunc(e)),
  ),
  ...both('sign sgn', 'input', x => {
    const a = arrayOf(x.input);
    if (isComplexType(a.dtype)) return unknown('the sign of complex tensors is not covered yet');
    // NaN has no sign: 0.
    const signs = toFloat64(a).map(e => (e > 0 ? 1 : e < 0 ? -1 : 0));
    return tensor(laidOver(asType(ndarray('float64', a.shape, signs), a.dtype), [a]), 'torch');
  }),
  ...both('reciprocal', 'input', x => mapped(x.input, e => 1 / e)),
  ...both('rsqrt', 'input', x => mapped(x.input, e => 1 / Math.sqrt(e))),
  ...both('erf', 'input', x => mapped(x.input, erf)),
  ...both('add', 'input, other, *, alpha=1', scaled('add')),
  ...both('sub subtract', 'input, other, *, alpha=1', scaled('subtract')),
  ...both('mul multiply', 'input, other', (x, c) => tensorBinary('multiply', need(x.input), need(x.other), c)),
  ...both('div divide true_divide', 'input, other, *, rounding_mode=None', divided),
  ...both('floor_divide', 'input, other', (x, c) => tensorBinary('floor-divide', need(x.input), need(x.other), c)),
  ...both('remainder', 'input, other', (x, c) => tensorBinary('modulo', need(x.input), need(x.other), c)),
  ...both('pow', 'input, exponent', (x, c) => tensorPower(need(x.input), need(x.exponent), c)),
  ...both('bitwise_and', 'input, other', (x, c) => tensorBinary('bit-and', need(x.input), need(x.other), c)),
  ...both('bitwise_or', 'input, other', (x, c) => tensorBinary('bit-or', need(x.input), need(x.other), c)),
  ...both('bitwise_xor', 'input, other', (x, c) => tensorBinary('bit-xor', need(x.input), need(x.other), c)),
  ...['and', 'or', 'xor'].flatMap(name =>
    both(`logical_${name}`, 'input, other', (x, c) => {
      const sides = [arrayOf(x.input), arrayOf(x.other)].map(a => tensor(asType(contiguous(a), 'bool'), 'torch'));
      return elementwise(`logical_${name}`, sides, c);
    }),
  ),
  ...both('logical_not', 'input', (x, c) => {
    const flags = tensor(asType(contiguous(arrayOf(x.input)), 'bool'), 'torch');
    return elementwise('logical_not', [flags], c);
  }),
  ...(
    [
      ['isnan', Number.isNaN],
      ['isinf', e => Math.abs(e) === Number.POSITIVE_INFINITY],
      ['isfinite', Number.isFinite],
      ['signbit', e => e < 0 || Object.is(e, -0)],
    ] as const satisfies readonly (readonly [string, (e: number) => boolean])[]
  ).flatMap(([name, f]) =>
    both(name, 'input', x => {
      const a = arrayOf(x.input);
      if (isComplexType(a.dtype)) return unknown(`${name} of complex tensors is not covered yet`);
      const flags = Uint8Array.from(toFloat64(a), e => (f(e) ? 1 : 0));
      return tensor(laidOver(ndarray('bool', a.shape, flags), [a]), 'torch');
    }),
  ),
  ...both('clamp clip', 'input, min=None, max=None', clamped),
  ...both('clamp_min', 'input, min', clamped),
  ...both('clamp_max', 'input, max', clamped),
  ...functions('where', 'condition, input=, other=', where),
  ...methods('where', 'input, condition, other', x =>
    where({ condition: x.condition, input: x.input, other: x.other }),
  ),
  ...both('masked_fill', 'input, mask, value', x => {
    const a = arrayOf(x.input);
    const mask = arrayOf(x.mask);
    if (mask.dtype !== 'bool') return unknown('masked_fill takes a mask of truth values');
    const shape = broadcastShapes(a.shape, mask.shape);
    if (!shape) return broadcastError(a.shape, mask.shape);
    const fill = toArray(need(x.value));
    if (isFloatType(fill.dtype) && isWhole(a.dtype))
      return unknown('masked_fill of integers with a float is not covered');
    return tensor(laidOver(chosen(mask, asType(fill, a.dtype), a, shape), [a]), 'torch');
  }),
  ...both('lerp', 'input, end, weight', (x, c) => {
    const step = tensorBinary('multiply', need(x.weight), tensorBinary('subtract', need(x.end), need(x.input), c), c);
    return tensorBinary('add', need(x.input), step, c);
  }),
  ...both('nan_to_num', 'input, nan=0.0, posinf=None, neginf=None', x => {
    const a = arrayOf(x.input);
    if (isWhole(a.dtype)) return need(x.input);
    const most = a.dtype === 'float64' ? Number.MAX_VALUE : a.dtype === 'float16' ? 65504 : 3.4028234663852886e38;
    const [nan, high, low] = [real(x.nan, 0), real(x.posinf, most), real(x.neginf, -most)];
    return mapped(x.input, e =>
      Number.isNaN(e) ? nan : e === Number.POSITIVE_INFINITY ? high : e === Number.NEGATIVE_INFINITY ? low : e,
    );
  }),
  ...both('isclose', CLOSE, x => {
    const flags = close(x);
    const shape = broadcastShapes(arrayOf(x.input).shape, arrayOf(x.other).shape) ?? [];
    return tensor(ndarray('bool', shape, flags), 'torch');
  }),
  ...both('allclose', CLOSE, x => bool(close(x).every(e => e === 1))),
  ...both('equal', 'input, other', x => {
    const [a, b] = [arrayOf(x.input), arrayOf(x.other)];
    if (a.shape.join() !== b.shape.join()) return bool(false);
    if (a.dtype !== b.dtype) return unknown('torch.equal of two types differs between versions');
    const parts = isComplexType(a.dtype) ? [0, 1] : undefined;
    const sides = parts ? parts.map(k => [partOf(a, k as 0 | 1), partOf(b, k as 0 | 1)]) : [[a, b]];
    return bool(
      sides.every(([s, o]) => {
        const [p, q] = [toFloat64(s), toFloat64(o)];
        return p.every((e, k) => e === q[k]);
      }),
    );
  }),
  ...both('real', 'input', x => tensor(partOf(arrayOf(x.input), 0), 'torch')),
  ...functions('is_tensor', 'obj', x => bool(isTensor(x.obj))),
  ...both('is_floating_point', 'input', x => bool(isFloatType(arrayOf(x.input).dtype))),
  ...both('is_complex', 'input', x => bool(isComplexType(arrayOf(x.input).dtype))),
  ...both('heaviside', 'input, values', (x, c) =>
    arrayOf(x.input).dtype === arrayOf(x.values).dtype
      ? elementwise('heaviside', [need(x.input), need(x.values)], c)
      : fail('RuntimeError: heaviside is not yet implemented for tensors with different dtypes.'),
  ),
  ...both('numel', 'input', x => scalar('int64', sizeOf(arrayOf(x.input).shape), true)),
];
