import * as cx from '../../values/complex';
import type { Complex, DType } from '../../values/dtype';
import {
  type Arithmetic,
  arithmetic,
  type ComparisonKind,
  compare,
  mapComplex,
  mapReal,
} from '../../values/elementwise';
import {
  asType,
  broadcastShapes,
  broadcastTo,
  contiguous,
  fromElements,
  type NDArray,
  ndarray,
  sizeOf,
  toFloat64,
} from '../../values/ndarray';
import type { Value } from '../../values/value';
import type { LibraryFunction } from '../catalogue';
import { fail, unknown } from '../stop';
import { elementsOf, needInteger, real, resultType, shapeText, toArray, unwrap } from './coerce';
import { ufunc } from './operators';
import { conjugated } from './products';

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');

/** Round half to even. */
export function roundEven(x: number): number {
  const r = Math.round(x);
  return Math.abs(x % 1) === 0.5 && r % 2 !== 0 ? r - 1 : r;
}

/** numpy.round: scale, round half to even, scale back. */
export function rounded(a: NDArray, decimals: number): NDArray {
  if (a.dtype === 'complex128')
    return mapComplex(a, z => ({ re: roundTo(z.re, decimals), im: roundTo(z.im, decimals) }));
  if (a.dtype === 'bool') unknown('rounding booleans gives float16, which is not read');
  if (a.dtype === 'int64') return decimals >= 0 ? a : unknown('rounding integers to tens is not covered yet');
  return mapReal(a, a.dtype, x => roundTo(x, decimals));
}

const roundTo = (x: number, decimals: number): number => {
  if (decimals === 0) return roundEven(x);
  const scale = 10 ** Math.abs(decimals);
  return decimals > 0 ? roundEven(x * scale) / scale : roundEven(x / scale) * scale;
};

type RealFunction = (x: number) => number;

const log1p = Math.log1p;
const FLOAT: Readonly<Record<string, readonly [RealFunction, ((z: Complex) => Complex)?]>> = {
  sqrt: [Math.sqrt, cx.sqrt],
  exp: [Math.exp, cx.exp],
  log: [Math.log, cx.log],
  log2: [Math.log2],
  log10: [Math.log10],
  log1p: [log1p],
  expm1: [Math.expm1],
  exp2: [x => 2 ** x],
  cbrt: [Math.cbrt],
  sin: [Math.sin],
  cos: [Math.cos],
  tan: [Math.tan],
  arcsin: [Math.asin],
  arccos: [Math.acos],
  arctan: [Math.atan],
  sinh: [Math.sinh],
  cosh: [Math.cosh],
  tanh: [Math.tanh],
  arcsinh: [Math.asinh],
  arccosh: [Math.acosh],
  arctanh: [Math.atanh],
  deg2rad: [x => x * (Math.PI / 180)],
  radians: [x => x * (Math.PI / 180)],
  rad2deg: [x => x * (180 / Math.PI)],
  degrees: [x => x * (180 / Math.PI)],
};

const WHOLE: Readonly<Record<string, RealFunction>> = {
  floor: Math.floor,
  ceil: Math.ceil,
  trunc: Math.trunc,
  rint: roundEven,
};

/** float64 for integers and booleans, float32 stays. */
const floatType = (dtype: DType): 'float32' | 'float64' => (dtype === 'float32' ? 'float32' : 'float64');

const unaryFloat = Object.entries(FLOAT).map(
  ([name, [f, z]]): LibraryFunction => ({
    path: `numpy.${name}`,
    signature: 'x, /',
    evaluate: (x, c) => {
      const a = toArray(need(x.x));
      if (name === 'sqrt') c.record('sqrt', [need(x.x)]);
      if (a.dtype === 'complex128')
        return z ? unwrap(mapComplex(a, z)) : unknown(`np.${name} of complex numbers is not covered yet`);
      if (a.dtype === 'bool') unknown(`np.${name} of booleans gives float16, which is not read`);
      c.budget.claim(sizeOf(a.shape));
      return unwrap(mapReal(a, floatType(a.dtype), f));
    },
  }),
);

const whole = Object.entries(WHOLE).map(
  ([name, f]): LibraryFunction => ({
    path: `numpy.${name}`,
    signature: 'x, /',
    evaluate: x => {
      const a = toArray(need(x.x));
      if (a.dtype === 'complex128')
        fail(
          `TypeError: ufunc '${name}' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''`,
        );
      if (a.dtype === 'bool') unknown(`np.${name} of booleans is not covered yet`);
      return unwrap(mapReal(a, floatType(a.dtype), f));
    },
  }),
);

export function absolute(v: Value): Value {
  const a = toArray(v);
  if (a.dtype === 'bool') return unwrap(a);
  if (a.dtype === 'complex128') {
    const d = contiguous(a).data as Float64Array;
    return unwrap(
      ndarray(
        'float64',
        a.shape,
        Float64Array.from({ length: d.length / 2 }, (_, k) => Math.hypot(d[2 * k], d[2 * k + 1])),
      ),
    );
  }
  if (a.dtype === 'int64')
    return unwrap(
      fromElements(
        'int64',
        a.shape,
        elementsOf(a).map(e => (typeof e === 'bigint' ? (e < 0n ? BigInt.asIntN(64, -e) : e) : Math.abs(Number(e)))),
      ),
    );
  return unwrap(mapReal(a, a.dtype, Math.abs));
}

const BINARY: Readonly<Record<string, Arithmetic>> = {
  add: 'add',
  subtract: 'subtract',
  multiply: 'multiply',
  divide: 'divide',
  true_divide: 'divide',
  power: 'power',
  floor_divide: 'floor-divide',
  mod: 'modulo',
  remainder: 'modulo',
};

const COMPARISONS: Readonly<Record<string, ComparisonKind>> = {
  equal: 'equal',
  not_equal: 'not-equal',
  less: 'less',
  less_equal: 'less-equal',
  greater: 'greater',
  greater_equal: 'greater-equal',
};

function pairwise(
  name: string,
  left: Value,
  right: Value,
  f: (x: number, y: number) => number,
  keepInteger: boolean,
): Value {
  let dtype = resultType([left, right]);
  if (dtype === 'complex128') unknown(`np.${name} of complex numbers is not covered yet`);
  if (!keepInteger && (dtype === 'int64' || dtype === 'bool')) dtype = 'float64';
  const a = toArray(left);
  const b = toArray(right);
  const shape = broadcastShapes(a.shape, b.shape);
  if (!shape)
    return fail(
      `ValueError: operands could not be broadcast together with shapes ${shapeText(a.shape).replace(/ /g, '')} ${shapeText(b.shape).replace(/ /g, '')} `,
    );
  const x = toFloat64(broadcastTo(a, shape));
  const y = toFloat64(broadcastTo(b, shape));
  return unwrap(
    asType(
      ndarray(
        'float64',
        shape,
        x.map((p, k) => f(p, y[k])),
      ),
      dtype,
    ),
  );
}

const nanMax = (x: number, y: number): number =>
  Number.isNaN(x) || x > y || (Number.isNaN(y) === false && x >= y) ? x : y;
const nanMin = (x: number, y: number): number =>
  Number.isNaN(x) || x < y || (Number.isNaN(y) === false && x <= y) ? x : y;

const PAIRS: Readonly<Record<string, readonly [(x: number, y: number) => number, boolean]>> = {
  maximum: [nanMax, true],
  minimum: [nanMin, true],
  hypot: [Math.hypot, false],
  arctan2: [Math.atan2, false],
  copysign: [(x, y) => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x)), false],
};

function predicate(v: Value, f: (x: number) => boolean, both: 'any' | 'all'): Value {
  const a = toArray(v);
  if (a.dtype === 'complex128') {
    const d = contiguous(a).data as Float64Array;
    return unwrap(
      fromElements(
        'bool',
        a.shape,
        Array.from({ length: d.length / 2 }, (_, k) =>
          both === 'any' ? f(d[2 * k]) || f(d[2 * k + 1]) : f(d[2 * k]) && f(d[2 * k + 1]),
        ),
      ),
    );
  }
  return unwrap(fromElements('bool', a.shape, Array.from(toFloat64(a), f)));
}

function isClose(x: { readonly [name: string]: Value | undefined }): NDArray {
  const a = toArray(need(x.a));
  const b = toArray(need(x.b));
  if (a.dtype === 'complex128' || b.dtype === 'complex128') unknown('isclose of complex numbers is not covered yet');
  const rtol = real(x.rtol, 1e-5);
  const atol = real(x.atol, 1e-8);
  const shape = broadcastShapes(a.shape, b.shape);
  if (!shape)
    return fail(
      `ValueError: operands could not be broadcast together with shapes ${shapeText(a.shape).replace(/ /g, '')} ${shapeText(b.shape).replace(/ /g, '')} `,
    );
  const p = toFloat64(broadcastTo(a, shape));
  const q = toFloat64(broadcastTo(b, shape));
  return fromElements(
    'bool',
    shape,
    Array.from(
      p,
      (u, k) =>
        u === q[k] ||
        (Number.isFinite(u) && Number.isFinite(q[k]) && Math.abs(u - q[k]) <= atol + rtol * Math.abs(q[k])),
    ),
  );
}

const truthArray = (v: Value): NDArray => asType(toArray(v), 'bool');

function logic(left: Value, right: Value, f: (x: boolean, y: boolean) => boolean): Value {
  const a = truthArray(left);
  const b = truthArray(right);
  const shape = broadcastShapes(a.shape, b.shape);
  if (!shape)
    return fail(
      `ValueError: operands could not be broadcast together with shapes ${shapeText(a.shape).replace(/ /g, '')} ${shapeText(b.shape).replace(/ /g, '')} `,
    );
  const p = contiguous(broadcastTo(a, shape)).data;
  const q = contiguous(broadcastTo(b, shape)).data;
  return unwrap(
    fromElements(
      'bool',
      shape,
      Array.from({ length: p.length }, (_, k) => f(p[k] !== 0, q[k] !== 0)),
    ),
  );
}

export const ELEMENTWISE: readonly LibraryFunction[] = [
  ...unaryFloat,
  ...whole,
  ...Object.entries(BINARY).map(
    ([name, op]): LibraryFunction => ({
      path: `numpy.${name}`,
      signature: 'x1, x2, /',
      evaluate: (x, c) => ufunc(op, need(x.x1), need(x.x2), c),
    }),
  ),
  ...Object.entries(COMPARISONS).map(
    ([name, op]): LibraryFunction => ({
      path: `numpy.${name}`,
      signature: 'x1, x2, /',
      evaluate: x => {
        const a = toArray(need(x.x1));
        const b = toArray(need(x.x2));
        const result = compare(op, a, b);
        return result
          ? unwrap(result)
          : fail(
              `ValueError: operands could not be broadcast together with shapes ${shapeText(a.shape).replace(/ /g, '')} ${shapeText(b.shape).replace(/ /g, '')} `,
            );
      },
    }),
  ),
  ...Object.entries(PAIRS).map(
    ([name, [f, keep]]): LibraryFunction => ({
      path: `numpy.${name}`,
      signature: 'x1, x2, /',
      evaluate: x => pairwise(name, need(x.x1), need(x.x2), f, keep),
    }),
  ),
  { path: 'numpy.abs', signature: 'x, /', evaluate: x => absolute(need(x.x)) },
  { path: 'numpy.absolute', signature: 'x, /', evaluate: x => absolute(need(x.x)) },
  { path: 'numpy.square', signature: 'x, /', evaluate: (x, c) => ufunc('multiply', need(x.x), need(x.x), c) },
  {
    path: 'numpy.negative',
    signature: 'x, /',
    evaluate: x =>
      unwrap(
        arithmetic('multiply', toArray(need(x.x)), fromElements('int64', [], [-1]), resultType([need(x.x)])) ??
          toArray(need(x.x)),
      ),
  },
  {
    path: 'numpy.sign',
    signature: 'x, /',
    evaluate: x => {
      const a = toArray(need(x.x));
      if (a.dtype === 'complex128' || a.dtype === 'bool') unknown('np.sign of this dtype is not covered yet');
      return unwrap(
        asType(
          ndarray(
            'float64',
            a.shape,
            toFloat64(a).map(v => (v > 0 ? 1 : v < 0 ? -1 : v === 0 ? 0 : Number.NaN)),
          ),
          a.dtype,
        ),
      );
    },
  },
  {
    path: 'numpy.round',
    signature: 'a, decimals=0',
    evaluate: x => unwrap(rounded(toArray(need(x.a)), x.decimals ? needInteger(x.decimals) : 0)),
  },
  {
    path: 'numpy.around',
    signature: 'a, decimals=0',
    evaluate: x => unwrap(rounded(toArray(need(x.a)), x.decimals ? needInteger(x.decimals) : 0)),
  },
  {
    path: 'numpy.clip',
    signature: 'a, a_min, a_max',
    evaluate: x => {
      const low = x.a_min && x.a_min.kind !== 'none' ? pairwise('clip', need(x.a), x.a_min, nanMax, true) : need(x.a);
      return x.a_max && x.a_max.kind !== 'none' ? pairwise('clip', low, x.a_max, nanMin, true) : low;
    },
  },
  ...['conj', 'conjugate'].map(
    (name): LibraryFunction => ({
      path: `numpy.${name}`,
      signature: 'x, /',
      evaluate: x => unwrap(conjugated(toArray(need(x.x)))),
    }),
  ),
  { path: 'numpy.real', signature: 'val', evaluate: x => unwrap(part(toArray(need(x.val)), 0)) },
  { path: 'numpy.imag', signature: 'val', evaluate: x => unwrap(part(toArray(need(x.val)), 1)) },
  {
    path: 'numpy.angle',
    signature: 'z, deg=False',
    evaluate: x => {
      if (x.deg) unknown('angle in degrees is not covered yet');
      const a = asType(contiguous(toArray(need(x.z))), 'complex128').data as Float64Array;
      return unwrap(
        ndarray(
          'float64',
          toArray(need(x.z)).shape,
          Float64Array.from({ length: a.length / 2 }, (_, k) => Math.atan2(a[2 * k + 1], a[2 * k])),
        ),
      );
    },
  },
  { path: 'numpy.isnan', signature: 'x, /', evaluate: x => predicate(need(x.x), Number.isNaN, 'any') },
  {
    path: 'numpy.isinf',
    signature: 'x, /',
    evaluate: x => predicate(need(x.x), v => Math.abs(v) === Number.POSITIVE_INFINITY, 'any'),
  },
  { path: 'numpy.isfinite', signature: 'x, /', evaluate: x => predicate(need(x.x), Number.isFinite, 'all') },
  { path: 'numpy.isclose', signature: 'a, b, rtol=1e-05, atol=1e-08', evaluate: x => unwrap(isClose(x)) },
  {
    path: 'numpy.allclose',
    signature: 'a, b, rtol=1e-05, atol=1e-08',
    evaluate: x => ({
      kind: 'scalar',
      dtype: 'bool',
      weak: true,
      value: isClose(x).data.every((v: number | bigint) => v !== 0),
    }),
  },
  { path: 'numpy.logical_and', signature: 'x1, x2, /', evaluate: x => logic(need(x.x1), need(x.x2), (p, q) => p && q) },
  { path: 'numpy.logical_or', signature: 'x1, x2, /', evaluate: x => logic(need(x.x1), need(x.x2), (p, q) => p || q) },
  {
    path: 'numpy.logical_xor',
    signature: 'x1, x2, /',
    evaluate: x => logic(need(x.x1), need(x.x2), (p, q) => p !== q),
  },
  { path: 'numpy.logical_not', signature: 'x, /', evaluate: x => logic(need(x.x), need(x.x), p => !p) },
];

/** The real (0) or imaginary (1) parts. */
export function part(a: NDArray, which: 0 | 1): NDArray {
  if (a.dtype === 'complex128') {
    const d = contiguous(a).data as Float64Array;
    return ndarray(
      'float64',
      a.shape,
      Float64Array.from({ length: d.length / 2 }, (_, k) => d[2 * k + which]),
    );
  }
  return which === 0 ? a : asType(ndarray('float64', a.shape, new Float64Array(sizeOf(a.shape))), a.dtype);
}
