import { generalEigen, matrix } from '../../linalg/index';
import { type DType, isComplexType } from '../../values/dtype';
import { arithmetic } from '../../values/elementwise';
import {
  asType,
  contiguous,
  fromElements,
  generate,
  type NDArray,
  ndarray,
  reshape,
  sizeOf,
  toFloat64,
} from '../../values/ndarray';
import { arrayValue, tuple, type Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import { type Context, unrecorded } from '../dialect';
import { fail, unknown } from '../stop';
import { commonShape, ufuncArrays } from './apply';
import { float, needInteger, resultType, toArray, unwrap } from './coerce';
import { eig } from './decompositions';
import { ufuncNamed } from './elementwise';
import { concatenate, operandsIn } from './joining';
import { partOf } from './reductions';
import { isWhole } from './ufuncs';

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');
const given = (v: Value | undefined): v is Value => v !== undefined && v.kind !== 'none';

/** Coefficients, highest power first, as a 1-D array. */
const coefficients = (v: Value | undefined): NDArray => {
  const a = toArray(need(v));
  if (a.shape.length > 1) return unknown('polynomials of more than 1-D arrays are not covered');
  return a.shape.length === 0 ? reshape(a, [1]) : a;
};

const view = (a: NDArray, from: number, to: number): NDArray => ({
  ...a,
  shape: [Math.max(to - from, 0)],
  offset: a.offset + from * a.strides[0],
});

const at = (a: NDArray, k: number): NDArray => ({ ...a, shape: [], strides: [], offset: a.offset + k * a.strides[0] });

const calc = (op: 'add' | 'subtract' | 'multiply' | 'divide', a: NDArray, b: NDArray, d: DType): NDArray =>
  arithmetic(op, a, b, d) ?? fail('ValueError: operands could not be broadcast together');

const zeros = (n: number, d: DType): NDArray => asType(ndarray('float64', [n], new Float64Array(n)), d);

/** Without leading zeros, of which one stays when there is nothing else. */
export function trimmed(a: NDArray): NDArray {
  const [re, im] = [toFloat64(partOf(a, 0)), toFloat64(partOf(a, 1))];
  let first = 0;
  while (first < re.length - 1 && re[first] === 0 && im[first] === 0) first++;
  return view(a, first, re.length);
}

/** An operation by NumPy's rules of types and broadcasting. */
function applied(name: 'add' | 'subtract' | 'multiply', a: NDArray, b: NDArray): NDArray {
  commonShape(a, b);
  return ufuncArrays(ufuncNamed(name), [a, b], resultType([arrayValue(a), arrayValue(b)]))[0];
}

/** The shorter one with zeros in front, then a sum by NumPy's broadcasting. */
function sumOf(x: Bound, op: 'add' | 'subtract'): Value {
  const given = [x.a1, x.a2].map(v => toArray(need(v))).map(a => (a.shape.length === 0 ? reshape(a, [1]) : a));
  const n = Math.max(...given.map(a => a.shape[0]));
  const [a, b] = given.map(p => {
    if (p.shape[0] === n) return p;
    if (p.shape.length > 1)
      fail(
        `ValueError: all the input arrays must have same number of dimensions, but the array at index 0 has 1 dimension(s) and the array at index 1 has ${p.shape.length} dimension(s)`,
      );
    return concatenate([zeros(n - p.shape[0], p.dtype), p], 0, p.dtype);
  });
  return arrayValue(applied(op, a, b));
}

/** Products of coefficients, the convolution of both lists. */
function product(a: NDArray, b: NDArray): NDArray {
  const dtype = resultType([arrayValue(a), arrayValue(b)]);
  const [n, m] = [a.shape[0], b.shape[0]];
  let out = zeros(n + m - 1, dtype);
  for (let j = 0; j < m; j++) {
    const line = calc('multiply', a, at(b, j), dtype);
    const shifted = concatenate([zeros(j, dtype), line, zeros(m - 1 - j, dtype)], 0, dtype);
    out = calc('add', out, shifted, dtype);
  }
  return out;
}

const row = (a: NDArray, k: number): NDArray => ({
  ...a,
  shape: a.shape.slice(1),
  strides: a.strides.slice(1),
  offset: a.offset + k * a.strides[0],
});

/** numpy.polyval: Horner's scheme; coefficients may be arrays, which broadcast. */
function valued(x: Bound, c: Context): Value {
  const p = toArray(need(x.p));
  if (p.shape.length === 0) return fail('TypeError: iteration over a 0-d array');
  const v = toArray(need(x.x));
  c.budget.claim(sizeOf(v.shape) * sizeOf(p.shape.slice(1)));
  let y = asType(ndarray('float64', v.shape, new Float64Array(sizeOf(v.shape))), v.dtype);
  for (let k = 0; k < p.shape[0]; k++) y = applied('add', applied('multiply', y, v), row(p, k));
  return p.shape[0] === 0 ? arrayValue(y) : unwrap(y);
}

function derivative(x: Bound): Value {
  let p = toArray(need(x.p));
  if (p.shape.length === 0) return fail('TypeError: len() of unsized object');
  const m = x.m ? needInteger(x.m) : 1;
  if (m < 0) return fail('ValueError: Order of derivative must be positive (see polyint)');
  // NumPy takes one derivative more than it gives back.
  for (let k = 0; k <= m; k++) {
    const n = Math.max(p.shape[0] - 1, 0);
    const powers = ndarray(
      'int64',
      [n],
      generate(n, i => n - i),
    );
    const derived = applied('multiply', { ...p, shape: [n, ...p.shape.slice(1)] }, powers);
    if (k < m) p = derived;
  }
  return arrayValue(contiguous(p));
}

function integral(x: Bound): Value {
  const m = x.m ? needInteger(x.m) : 1;
  const ndim = toArray(need(x.p)).shape.length;
  if (ndim > 1 && m > 0)
    fail(
      `ValueError: all the input arrays must have same number of dimensions, but the array at index 0 has ${ndim} dimension(s) and the array at index 1 has 1 dimension(s)`,
    );
  if (ndim === 0 && m > 0) return fail('TypeError: len() of unsized object');
  let p = coefficients(x.p);
  if (m < 0) return fail('ValueError: Order of integral must be positive (see polyder)');
  const constants = given(x.k) ? coefficients(x.k) : zeros(m, 'float64');
  if (constants.shape[0] < m && constants.shape[0] !== 1)
    return fail('ValueError: k must be a scalar or a rank-1 array of length 1 or >m.');
  for (let k = 0; k < m; k++) {
    const n = p.shape[0];
    const powers = ndarray(
      'int64',
      [n],
      generate(n, i => n - i),
    );
    const d = resultType([arrayValue(p), float(0)]);
    const last = reshape(at(constants, constants.shape[0] === 1 ? 0 : k), [1]);
    p = concatenate(
      [calc('divide', p, powers, isWhole(d) ? 'float64' : d), last],
      0,
      resultType([arrayValue(p), arrayValue(last), float(0)]),
    );
  }
  return arrayValue(p);
}

/** Polynomial division: quotient and remainder with a = q·b + r. */
function divided(x: Bound): Value {
  const [u, v] = [coefficients(x.u), coefficients(x.v)].map(a => (isWhole(a.dtype) ? asType(a, 'float64') : a));
  const dtype = resultType([arrayValue(u), arrayValue(v), float(0)]);
  const [m, n] = [u.shape[0] - 1, v.shape[0] - 1];
  if (m < 0 || n < 0) return fail('IndexError: index 0 is out of bounds for axis 0 with size 0');
  const w = asType(v, dtype);
  let r = contiguous(asType(u, dtype));
  if (n > m) return tuple([arrayValue(zeros(1, dtype)), arrayValue(r)]);
  const scale = calc('divide', ndarray('float64', [], Float64Array.of(1)), at(w, 0), dtype);
  const parts: NDArray[] = [];
  for (let k = 0; k <= m - n; k++) {
    const d = calc('multiply', scale, at(r, k), dtype);
    parts.push(reshape(d, [1]));
    const line = concatenate([zeros(k, dtype), calc('multiply', d, w, dtype), zeros(m - n - k, dtype)], 0, dtype);
    r = calc('subtract', r, line, dtype);
  }
  const [re, im] = [toFloat64(partOf(r, 0)), toFloat64(partOf(r, 1))];
  let first = 0;
  while (first < re.length - 1 && Math.hypot(re[first], im[first]) <= 1e-8) first++;
  return tuple([arrayValue(concatenate(parts, 0, dtype)), arrayValue(view(r, first, m + 1))]);
}

/** Roots as the eigenvalues of the companion matrix, as NumPy finds them; a zero for every trailing zero. */
function roots(x: Bound, c: Context): Value {
  operandsIn(need(x.p));
  if (toArray(need(x.p)).shape.length > 1) return fail('ValueError: Input must be a rank-1 array.');
  const given = coefficients(x.p);
  const whole = isWhole(given.dtype) ? asType(given, 'float64') : given;
  const [re, im] = [toFloat64(partOf(whole, 0)), toFloat64(partOf(whole, 1))];
  const places = Array.from(re.keys()).filter(k => re[k] !== 0 || im[k] !== 0);
  const [first, last] = [places[0], places[places.length - 1]];
  if (first === undefined) return arrayValue(zeros(0, 'float64'));
  const n = last - first;
  const trailing = re.length - 1 - last;
  if (n === 0) return arrayValue(zeros(trailing, 'float64'));
  c.budget.spend(25 * n ** 3);
  const { dtype } = whole;
  const head = calc(
    'divide',
    ufuncArrays(ufuncNamed('negative'), [view(whole, first + 1, last + 1)], dtype)[0],
    at(whole, first),
    dtype,
  );
  const below = new Float64Array((n - 1) * n);
  for (let k = 0; k < n - 1; k++) below[k * n + k] = 1;
  const companion = concatenate(
    [reshape(head, [1, n]), asType(ndarray('float64', [n - 1, n], below), dtype)],
    0,
    dtype,
  );
  const found = toArray(eig(arrayValue(companion), unrecorded(c), false));
  return arrayValue(concatenate([found, zeros(trailing, found.dtype)], 0, found.dtype));
}

/** The polynomial with given roots, or the characteristic polynomial of a matrix. */
function fromRoots(x: Bound): Value {
  operandsIn(need(x.seq_of_zeros));
  const seq = toArray(need(x.seq_of_zeros));
  if (seq.dtype === 'float32' || seq.dtype === 'complex64' || seq.dtype === 'float16')
    return unknown('np.poly in this type is not covered yet');
  let [re, im] = [toFloat64(partOf(seq, 0)), toFloat64(partOf(seq, 1))];
  if (seq.shape.length === 2 && seq.shape[0] === seq.shape[1] && seq.shape[0] !== 0) {
    if (isComplexType(seq.dtype)) return unknown('poly of complex matrices is not covered yet');
    const found = generalEigen(matrix(seq.shape[0], seq.shape[0], toFloat64(seq)));
    if (found.kind !== 'ok') return fail('LinAlgError: Eigenvalues did not converge');
    [re, im] = [found.values.re, found.values.im];
  } else if (seq.shape.length !== 1 && seq.shape.length !== 0)
    return fail('ValueError: input must be 1d or non-empty square 2d array.');
  if (re.length === 0) return float(1);
  let a: { re: number; im: number }[] = [{ re: 1, im: 0 }];
  for (let k = 0; k < re.length; k++) {
    const next = [...a, { re: 0, im: 0 }];
    for (let j = 0; j < a.length; j++) {
      next[j + 1] = {
        re: next[j + 1].re - (a[j].re * re[k] - a[j].im * im[k]),
        im: next[j + 1].im - (a[j].re * im[k] + a[j].im * re[k]),
      };
    }
    a = next;
  }
  const pairs = im.every((v, k) => v === 0 || im.some((w, j) => j !== k && w === -v && re[j] === re[k]));
  const realOnly = pairs || a.every(z => z.im === 0);
  return arrayValue(
    realOnly
      ? ndarray(
          'float64',
          [a.length],
          Float64Array.from(a, z => z.re),
        )
      : fromElements('complex128', [a.length], a),
  );
}

export const POLYNOMIALS: readonly LibraryFunction[] = [
  { path: 'numpy.polyadd', signature: 'a1, a2', evaluate: x => sumOf(x, 'add') },
  { path: 'numpy.polysub', signature: 'a1, a2', evaluate: x => sumOf(x, 'subtract') },
  {
    path: 'numpy.polymul',
    signature: 'a1, a2',
    evaluate: x => {
      if ([x.a1, x.a2].some(v => toArray(need(v)).shape.length > 1))
        return fail('ValueError: Polynomial must be 1d only.');
      // Of no coefficients it is the polynomial 0.
      const [p, q] = [coefficients(x.a1), coefficients(x.a2)].map(a =>
        a.shape[0] === 0 ? zeros(1, a.dtype) : trimmed(a),
      );
      return arrayValue(product(p, q));
    },
  },
  { path: 'numpy.polydiv', signature: 'u, v', evaluate: divided },
  { path: 'numpy.polyval', signature: 'p, x', evaluate: valued },
  { path: 'numpy.polyder', signature: 'p, m=1', evaluate: derivative },
  { path: 'numpy.polyint', signature: 'p, m=1, k=None', evaluate: integral },
  { path: 'numpy.roots', signature: 'p', evaluate: roots },
  { path: 'numpy.poly', signature: 'seq_of_zeros', evaluate: fromRoots },
];
