import { eliminate } from '../../exact/elimination';
import { toNumber } from '../../exact/rational';
import { beside, identity, rationalMatrix } from '../../exact/rational-matrix';
import type { BinaryOperator } from '../../expression/expression';
import * as L from '../../linalg/index';
import * as cx from '../../values/complex';
import { type DType, isComplex, promote } from '../../values/dtype';
import { type Arithmetic, arithmetic } from '../../values/elementwise';
import {
  asType,
  contiguous,
  elementAt,
  elements,
  fromElements,
  type NDArray,
  ndarray,
  reshape,
  sizeOf,
  toFloat64,
  transpose,
} from '../../values/ndarray';
import { matrixProduct } from '../../values/product';
import { arrayValue, type FunctionValue, type Scalar, scalar, type Value } from '../../values/value';
import type { CallArgument, Context, Dialect } from '../dialect';
import { fromMatrix, toMatrix } from '../matrices';
import { fail, unknown } from '../stop';
import { spoken } from './greek';

/** Mathematics: integers stay exact, products follow shapes, an inline vector acts as a column. */

const isScalar = (a: NDArray): boolean => a.shape.length === 0;
const isVector = (a: NDArray): boolean => a.shape.length === 1 || (a.shape.length === 2 && a.shape[1] === 1);
const named = (a: NDArray): string =>
  isScalar(a) ? 'a number' : isVector(a) ? `a ${sizeOf(a.shape)}-vector` : `a ${a.shape.join('×')} matrix`;

/** Multiples of an identity matrix written without its size, as in A − λI: they take the size of what they are added to. */
export const UNSIZED = 'I: an identity matrix whose size the formula does not tell';

const isIdentity = (v: Value): v is Scalar => v.kind === 'scalar' && v.identity === true;
const plainNumber = (v: Scalar): Scalar => scalar(v.dtype, v.value, true);
const identityTimes = (v: Value): Value => (v.kind === 'scalar' ? { ...v, identity: true } : unknown(UNSIZED));

/** The multiple of the identity as a matrix of the size of `other`. */
function sized(v: Scalar, other: Value, context: Context): Value {
  const a = toArray(other);
  if (a.shape.length !== 2 || a.shape[0] !== a.shape[1])
    return isScalar(a) ? unknown(UNSIZED) : fail(`an identity matrix and ${named(a)} do not go together`);
  const unit = arrayValue(asType(fromMatrix(L.identity(a.shape[0])), 'int64'));
  return v.value === 1 ? unit : productOf(plainNumber(v), unit, context, 'juxtapose');
}

function identityBinary(op: BinaryOperator, left: Value, right: Value, context: Context): Value {
  const number = (v: Value): Value => (isIdentity(v) ? plainNumber(v) : v);
  switch (op) {
    case 'add':
    case 'subtract':
      if (isIdentity(left) && isIdentity(right)) return identityTimes(binary(op, number(left), number(right), context));
      return isIdentity(left)
        ? binary(op, sized(left, right, context), right, context)
        : binary(op, left, isIdentity(right) ? sized(right, left, context) : right, context);
    case 'juxtapose':
    case 'multiply':
    case 'matmul':
    case 'dot': {
      if (left.kind === 'scalar' && right.kind === 'scalar')
        return identityTimes(productOf(number(left), number(right), context, 'juxtapose'));
      const [unit, other] = isIdentity(left) ? [left, right] : [right, left];
      return isIdentity(unit) && unit.value === 1 ? other : productOf(number(unit), other, context, 'juxtapose');
    }
    case 'divide':
    case 'power':
      return isIdentity(right) ? unknown(UNSIZED) : identityTimes(binary(op, number(left), right, context));
    default:
      return unknown(UNSIZED);
  }
}

function toArray(v: Value): NDArray {
  if (v.kind === 'scalar' && v.identity) return unknown(UNSIZED);
  if (v.kind === 'array') return v.array;
  if (v.kind === 'scalar') return fromElements(v.dtype, [], [v.value]);
  if ((v.kind === 'list' || v.kind === 'tuple') && v.items.length > 0) {
    const parts = v.items.map(toArray);
    if (parts.some(p => p.shape.length !== parts[0].shape.length || p.shape.some((n, i) => n !== parts[0].shape[i])))
      return fail('the entries of the vector have different sizes');
    const dtype = parts.map(p => p.dtype).reduce(promote);
    return fromElements(
      dtype,
      [parts.length, ...parts[0].shape],
      parts.flatMap(p => elements(asType(p, dtype))),
    );
  }
  return unknown('this is no number, vector or matrix');
}

/** Scalars without wrap-around: an integer beyond 2^53 is left to exact bigints in the scalar. */
const unwrap = (a: NDArray): Value => (isScalar(a) ? scalar(a.dtype, elementAt(a, a.offset), true) : arrayValue(a));

/** Quotients of integers that come out whole stay integers. */
function whole(a: NDArray): NDArray {
  if (a.dtype !== 'float64') return a;
  const d = toFloat64(a);
  return d.every(x => Number.isInteger(x) && Math.abs(x) < Number.MAX_SAFE_INTEGER)
    ? ndarray(
        'int64',
        a.shape,
        d.map(x => x + 0),
      )
    : a;
}

const sameShape = (a: NDArray, b: NDArray): boolean =>
  a.shape.length === b.shape.length && a.shape.every((n, i) => n === b.shape[i]);

function elementwise(op: Arithmetic, a: NDArray, b: NDArray): NDArray {
  let dtype: DType = promote(a.dtype, b.dtype);
  const integers = dtype === 'int64';
  if (op === 'divide' && integers) dtype = 'float64';
  if (integers && op === 'power' && toFloat64(b).some(x => x < 0)) dtype = 'float64';
  if (integers && dtype === 'int64' && !exact(op, a, b)) dtype = 'float64';
  const result = arithmetic(op, a, b, dtype) ?? fail(`${named(a)} and ${named(b)} do not go together`);
  return integers && dtype === 'float64' && op === 'divide' ? whole(result) : result;
}

/** Whether 64 bits hold the result: mathematics does not wrap around. */
function exact(op: Arithmetic, a: NDArray, b: NDArray): boolean {
  const top = (x: NDArray): number => toFloat64(x).reduce((m, e) => Math.max(m, Math.abs(e)), 0);
  const [p, q] = [top(a), top(b)];
  const size = op === 'multiply' ? p * q : op === 'power' ? p ** q : p + q;
  return size < Number.MAX_SAFE_INTEGER;
}

const columnOf = (a: NDArray): NDArray => (a.shape.length === 1 ? reshape(a, [a.shape[0], 1]) : a);

function productOf(left: Value, right: Value, context: Context, sign: 'juxtapose' | 'dot' | 'cross'): Value {
  const a = toArray(left);
  const b = toArray(right);
  if (isScalar(a) || isScalar(b)) {
    if (isScalar(a) && isScalar(b)) context.record('multiply', [left, right]);
    else context.record('scale', isScalar(a) ? [left, right] : [right, left]);
    return unwrap(elementwise('multiply', a, b));
  }
  if (sign === 'cross')
    return isVector(a) && isVector(b) && sizeOf(a.shape) === 3 && sizeOf(b.shape) === 3
      ? cross(left, right, a, b, context)
      : unknown(`\\times of ${named(a)} and ${named(b)} has no single meaning`);
  if (isVector(a) && isVector(b) && (sign === 'dot' || (a.shape.length === 1 && b.shape.length === 1))) {
    if (sizeOf(a.shape) !== sizeOf(b.shape))
      fail(`the dot product needs vectors of one length, not ${named(a)} and ${named(b)}`);
    const dtype = productType(a, b);
    const n = sizeOf(a.shape);
    context.record('dot', [left, right]);
    return unwrap({
      ...matrixProduct(reshape(asType(a, dtype), [1, n]), reshape(asType(b, dtype), [n, 1]), dtype),
      shape: [],
      strides: [],
    });
  }
  const x = columnOf(a);
  const y = columnOf(b);
  if (x.shape.length !== 2 || y.shape.length !== 2) return unknown('products of more than two dimensions are not read');
  if (x.shape[1] !== y.shape[0])
    return fail(`${named(a)} times ${named(b)}: the ${x.shape[1]} columns do not meet ${y.shape[0]} rows`);
  context.budget.spend(2 * x.shape[0] * x.shape[1] * y.shape[1]);
  const dtype = productType(x, y);
  const product = matrixProduct(asType(x, dtype), asType(y, dtype), dtype);
  context.record(sizeOf(product.shape) === 1 ? 'dot' : 'matmul', [left, right]);
  if (sizeOf(product.shape) === 1) return unwrap({ ...product, shape: [], strides: [] });
  return arrayValue(b.shape.length === 1 ? reshape(product, [product.shape[0]]) : product);
}

function productType(a: NDArray, b: NDArray): DType {
  const dtype = promote(a.dtype, b.dtype);
  if (dtype !== 'int64') return dtype;
  const top = (x: NDArray): number => toFloat64(x).reduce((m, e) => Math.max(m, Math.abs(e)), 0);
  return top(a) * top(b) * sizeOf(a.shape) < Number.MAX_SAFE_INTEGER ? 'int64' : 'float64';
}

function cross(left: Value, right: Value, a: NDArray, b: NDArray, context: Context): Value {
  const [p, q] = [toFloat64(a), toFloat64(b)];
  context.record('cross', [left, right]);
  const out = Float64Array.of(p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0]);
  const result = ndarray('float64', a.shape, out);
  return arrayValue(promote(a.dtype, b.dtype) === 'int64' ? whole(result) : result);
}

const SIGN: Readonly<Partial<Record<BinaryOperator, string>>> = { add: 'added', subtract: 'subtracted' };

function binary(op: BinaryOperator, left: Value, right: Value, context: Context): Value {
  if (isIdentity(left) || isIdentity(right)) return identityBinary(op, left, right, context);
  switch (op) {
    case 'add':
    case 'subtract': {
      let a = toArray(left);
      let b = toArray(right);
      if (isVector(a) && isVector(b) && a.shape.length !== b.shape.length) [a, b] = [columnOf(a), columnOf(b)];
      if (!sameShape(a, b)) fail(`${named(a)} and ${named(b)} cannot be ${SIGN[op]}`);
      context.record(op, [left, right]);
      return unwrap(elementwise(op, a, b));
    }
    case 'juxtapose':
    case 'multiply':
    case 'matmul':
      return productOf(left, right, context, 'juxtapose');
    case 'dot':
      return productOf(left, right, context, 'dot');
    case 'cross':
      return productOf(left, right, context, 'cross');
    case 'kronecker':
      return kronecker(left, right, context);
    case 'elementwise-multiply':
      return unwrap(elementwise('multiply', toArray(left), toArray(right)));
    case 'divide': {
      const b = toArray(right);
      if (!isScalar(b)) fail(`division by ${named(b)} has no meaning`);
      if (elements(b).every(e => !isComplex(e) && Number(e) === 0)) fail('division by zero');
      context.record('divide', [left, right]);
      return unwrap(elementwise('divide', toArray(left), b));
    }
    case 'power':
      return power(left, right, context);
    default:
      return unknown(`the operator ${op} is not read in mathematics`);
  }
}

function kronecker(left: Value, right: Value, context: Context): Value {
  const [a, b] = [columnOf(toArray(left)), columnOf(toArray(right))];
  if (a.shape.length !== 2 || b.shape.length !== 2) return productOf(left, right, context, 'juxtapose');
  const [m, n] = a.shape;
  const [p, q] = b.shape;
  context.budget.claim(m * n * p * q);
  const product = elementwise('multiply', reshape(contiguous(a), [m, 1, n, 1]), reshape(contiguous(b), [1, p, 1, q]));
  return arrayValue(reshape(contiguous(product), [m * p, n * q]));
}

/** The whole numbers from `start` to `stop`, both included, as \\sum counts. */
function count(start: Value | undefined, stop: Value | undefined, context: Context): Value {
  const [from, to] = [start, stop].map(v =>
    v?.kind === 'scalar' && !isComplex(v.value) ? Number(v.value) : Number.NaN,
  );
  if (to === Number.POSITIVE_INFINITY) return unknown('a sum without an end is not evaluated');
  if (!Number.isInteger(from) || !Number.isInteger(to)) return unknown('a sum counts in whole numbers only');
  context.budget.claim(Math.max(0, to - from + 1));
  return {
    kind: 'list',
    items: Array.from({ length: Math.max(0, to - from + 1) }, (_, k) => scalar('int64', from + k, true)),
  };
}

function factorial(n: number): bigint {
  let product = 1n;
  for (let k = 2n; k <= BigInt(n); k++) product *= k;
  return product;
}

/** n! and n over k of whole numbers up to 1000, exact. */
function factorials(name: 'factorial' | 'binom', v: Value, second: Value | undefined): Value {
  const [n, k] = [v, second].map(x => (x?.kind === 'scalar' && !isComplex(x.value) ? Number(x.value) : Number.NaN));
  if (!(Number.isInteger(n) && n >= 0 && n <= 1000)) return unknown(`${name} of this is not evaluated`);
  if (name === 'factorial') return integer(factorial(n));
  if (!(Number.isInteger(k) && k >= 0)) return unknown('binom of this is not evaluated');
  return integer(k > n ? 0n : factorial(n) / (factorial(k) * factorial(n - k)));
}

const integer = (n: bigint): Value => scalar('int64', n <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(n) : n, true);

function power(left: Value, right: Value, context: Context): Value {
  const a = toArray(left);
  const b = toArray(right);
  if (!isScalar(b)) return unknown('a power with a matrix as exponent is not evaluated');
  const e = elementAt(b, b.offset);
  if (isScalar(a)) {
    context.record('power', [left, right]);
    const x = elementAt(a, a.offset);
    if (!isComplex(x) && !isComplex(e) && Number(x) < 0 && !Number.isInteger(Number(e)))
      return scalar('complex128', cx.pow(cx.toComplex(x), cx.toComplex(e)), true);
    if (!isComplex(x) && Number(x) === 0 && Number(e) < 0) fail('division by zero');
    return unwrap(elementwise('power', a, b));
  }
  const n = Number(e as number);
  if (a.shape.length !== 2 || a.shape[0] !== a.shape[1]) return fail(`${named(a)} has no powers: it is not square`);
  if (!Number.isInteger(n) || Math.abs(n) > 1000) return unknown('this power of a matrix is not evaluated');
  let base: Value = n < 0 ? inverse(left, context) : left;
  let result: Value = arrayValue(asType(fromMatrix(L.identity(a.shape[0])), 'int64'));
  for (let k = Math.abs(n); k > 0; k = Math.floor(k / 2)) {
    if (k % 2 === 1) result = productOf(result, base, context, 'juxtapose');
    if (k > 1) base = productOf(base, base, context, 'juxtapose');
  }
  return result;
}

function inverse(v: Value, context: Context): Value {
  const a = toArray(v);
  if (isScalar(a)) return binary('divide', scalar('int64', 1, true), v, context);
  if (a.shape.length !== 2 || a.shape[0] !== a.shape[1]) return fail(`${named(a)} has no inverse: it is not square`);
  context.record('inverse', [v]);
  const exact = exactInverse(a);
  if (exact) return arrayValue(whole(exact));
  const s = L.inverse(toMatrix(a), n => context.budget.spend(n));
  if (s.kind === 'singular' || rankOf(a, context) < a.shape[0])
    return fail('the matrix is singular: it has no inverse');
  return arrayValue(whole(fromMatrix(s.x)));
}

/** The inverse of a small matrix of whole numbers and short decimals, every entry rounded once. Undefined for others. */
function exactInverse(a: NDArray): NDArray | undefined {
  const n = a.shape[0];
  const items = elements(a);
  const m = rationalMatrix(n, n, (i, j) => items[i * n + j]);
  if (!m) return undefined;
  const found = eliminate(beside(m, identity(n)), n, true);
  if (found.pivots.length < n) return fail('the matrix is singular: it has no inverse');
  const entries = found.result.flatMap(row => row.slice(n).map(toNumber));
  return entries.every(Number.isFinite) ? fromElements('float64', [n, n], entries) : undefined;
}

function rankOf(a: NDArray, context: Context): number {
  if (a.dtype === 'complex128') return unknown('the rank of a complex matrix is not evaluated yet');
  const f = L.svd(toMatrix(a), false, n => context.budget.spend(n));
  return f.kind === 'ok' ? L.rankOf(f.s, a.shape[0], a.shape[1]) : unknown('the singular values did not converge');
}

function determinant(v: Value, context: Context): Value {
  const a = toArray(v);
  if (a.shape.length !== 2 || a.shape[0] !== a.shape[1])
    return fail(`${named(a)} has no determinant: it is not square`);
  const d = L.determinant(toMatrix(a), n => context.budget.spend(n));
  context.record('determinant', [v]);
  if (a.dtype === 'complex128') return scalar('complex128', d, true);
  return a.dtype === 'int64' && Math.abs(d.re) < 2 ** 40
    ? scalar('int64', Math.round(d.re) + 0, true)
    : scalar('float64', d.re, true);
}

function norm(v: Value, order: Value | undefined, context: Context): Value {
  const a = toArray(v);
  const name = order?.kind === 'string' ? order.value : undefined;
  const p = order?.kind === 'scalar' ? Number(order.value) : 2;
  const magnitudes =
    a.dtype === 'complex128'
      ? Float64Array.from(elements(a), e => (isComplex(e) ? Math.hypot(e.re, e.im) : Number(e)))
      : toFloat64(a).map(Math.abs);
  const root = (): Value => whole2(Math.sqrt(magnitudes.reduce((s, x) => s + x * x, 0)));
  if (isVector(a) || isScalar(a)) {
    context.record('norm', order && p !== 2 ? [v, order] : [v]);
    if (name !== undefined) return name === 'F' ? root() : unknown(`the norm ${name} is not read`);
    if (p === 2) return root();
    if (p === 1) return whole2(magnitudes.reduce((s, x) => s + x, 0));
    if (p === Number.POSITIVE_INFINITY) return whole2(Math.max(...magnitudes));
    return p > 0 ? whole2(magnitudes.reduce((s, x) => s + x ** p, 0) ** (1 / p)) : unknown('this norm is not read');
  }
  if (name === 'F') {
    context.record('norm', [v]);
    return root();
  }
  if (a.shape.length !== 2 || name !== undefined) return unknown('this norm is not read');
  const [m, n] = a.shape;
  const sums = (along: 'rows' | 'columns'): number[] =>
    Array.from({ length: along === 'rows' ? m : n }, (_, i) =>
      Array.from(
        { length: along === 'rows' ? n : m },
        (_, j) => magnitudes[along === 'rows' ? i * n + j : j * n + i],
      ).reduce((s, x) => s + x, 0),
    );
  if (p === 1) return whole2(Math.max(...sums('columns')));
  if (p === Number.POSITIVE_INFINITY) return whole2(Math.max(...sums('rows')));
  if (p !== 2 || a.dtype === 'complex128') return unknown('this norm is not read');
  const f = L.svd(toMatrix(a), false, k => context.budget.spend(k));
  return f.kind === 'ok' ? scalar('float64', f.s[0] ?? 0, true) : unknown('the singular values did not converge');
}

const whole2 = (x: number): Value => (Number.isInteger(x) ? scalar('int64', x, true) : scalar('float64', x, true));

const REAL: Readonly<Record<string, (x: number) => number>> = {
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  arcsin: Math.asin,
  arccos: Math.acos,
  arctan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  exp: Math.exp,
  ln: Math.log,
  log: Math.log,
  floor: Math.floor,
  ceil: Math.ceil,
};

const KNOWN = new Set([
  ...Object.keys(REAL),
  'sqrt',
  'root',
  'norm',
  'det',
  'tr',
  'trace',
  'rank',
  'diag',
  'max',
  'min',
  'sum',
  'prod',
  'factorial',
  'binom',
]);

/** The logarithm to a base, exact where the number is a whole power of it. */
function logarithm(v: Value, base: Value): Value {
  const [x, b] = [v, base].map(n => {
    const a = toArray(n);
    return isScalar(a) && a.dtype !== 'complex128' ? Number(elementAt(a, a.offset)) : Number.NaN;
  });
  if (!(x > 0 && b > 0 && b !== 1)) return unknown('this logarithm is not evaluated');
  const found = Math.log(x) / Math.log(b);
  return whole2(b ** Math.round(found) === x ? Math.round(found) : found);
}

function call(f: FunctionValue, args: readonly CallArgument[], context: Context): Value {
  const name = f.path.slice('math.'.length);
  const v = args[0]?.value ?? fail('an argument is missing');
  const second = args[1]?.value;
  if (name === 'log' && second) return logarithm(v, second);
  switch (name) {
    case 'sqrt': {
      const a = toArray(v);
      if (!isScalar(a)) return unknown(`the root of ${named(a)} is not evaluated`);
      context.record('sqrt', [v]);
      const x = elementAt(a, a.offset);
      if (isComplex(x) || Number(x) < 0) {
        const z = cx.sqrt(cx.toComplex(x));
        return scalar('complex128', z, true);
      }
      return whole2(Math.sqrt(Number(x)));
    }
    case 'root':
      return power(v, binary('divide', scalar('int64', 1, true), second ?? scalar('int64', 2, true), context), context);
    case 'norm':
      return norm(v, second, context);
    case 'det':
      return determinant(v, context);
    case 'tr':
    case 'trace': {
      const a = toArray(v);
      if (a.shape.length !== 2 || a.shape[0] !== a.shape[1]) return fail(`${named(a)} has no trace: it is not square`);
      const diagonal = elements(contiguous(a)).filter((_, k) => k % (a.shape[0] + 1) === 0);
      return diagonal.map(e => scalar(a.dtype, e, true) as Value).reduce((p, q) => binary('add', p, q, context));
    }
    case 'rank': {
      const a = toArray(v);
      return scalar('int64', rankOf(columnOf(a), context), true);
    }
    case 'diag': {
      const a = toArray(v);
      if (!isVector(a)) return unknown('diag of a matrix is not read');
      const n = sizeOf(a.shape);
      const items = elements(a);
      return arrayValue(
        fromElements(
          a.dtype,
          [n, n],
          Array.from({ length: n * n }, (_, k) => (k % (n + 1) === 0 ? items[k / (n + 1)] : 0)),
        ),
      );
    }
    case 'sum':
    case 'prod': {
      if (v.kind !== 'list') return unknown(`${name} of this is not evaluated`);
      if (v.items.length === 0) return scalar('int64', name === 'sum' ? 0 : 1, true);
      return v.items.reduce((p, q) => binary(name === 'sum' ? 'add' : 'multiply', p, q, context));
    }
    case 'factorial':
    case 'binom':
      return factorials(name, v, second);
    case 'max':
    case 'min': {
      const d = toFloat64(toArray(v));
      return whole2(name === 'max' ? Math.max(...d) : Math.min(...d));
    }
    default: {
      const g = REAL[name];
      const a = toArray(v);
      if (!g || !isScalar(a) || a.dtype === 'complex128') return unknown(`${name} of ${named(a)} is not evaluated`);
      const y = g(Number(toFloat64(a)[0]));
      return Number.isNaN(y) ? unknown(`${name} is not defined there`) : scalar('float64', y, true);
    }
  }
}

export const latexDialect: Dialect = {
  id: 'latex',
  number: node =>
    node.integer !== undefined
      ? scalar('int64', Number.isSafeInteger(node.value) ? node.value : node.integer, true)
      : scalar('float64', node.value, true),
  dense: node => arrayValue(ndarray(node.integer ? 'int64' : 'float64', node.shape, node.data)),
  sequence: (_, items) => arrayValue(toArray({ kind: 'list', items })),
  matrix(rows) {
    const cells = rows.map(row => row.map(toArray));
    if (cells.some(row => row.some(c => !isScalar(c)))) return unknown('block matrices are not read yet');
    const dtype = cells
      .flat()
      .map(c => c.dtype)
      .reduce(promote, 'int64');
    return arrayValue(
      fromElements(
        dtype,
        [rows.length, rows[0]?.length ?? 0],
        cells.flat().flatMap(c => elements(asType(c, dtype))),
      ),
    );
  },
  range: (start, _, stop, context) => count(start, stop, context),
  iterate: value => (value.kind === 'list' ? value.items : unknown('this is not counted')),
  unary(operator, operand, context) {
    if (isIdentity(operand)) {
      if (operator === 'negate')
        return identityTimes(binary('subtract', scalar('int64', 0, true), plainNumber(operand), context));
      if (operator === 'inverse') return identityTimes(inverse(plainNumber(operand), context));
      return ['plus', 'transpose', 'conjugate-transpose'].includes(operator) ? operand : unknown(UNSIZED);
    }
    const a = toArray(operand);
    switch (operator) {
      case 'plus':
        return operand;
      case 'negate':
        context.record('negate', [operand]);
        return unwrap(elementwise('multiply', a, fromElements('int64', [], [-1])));
      case 'transpose':
      case 'conjugate-transpose': {
        context.record('transpose', [operand]);
        const t = isScalar(a) ? a : a.shape.length === 1 ? reshape(a, [1, a.shape[0]]) : transpose(a);
        if (operator === 'transpose' || t.dtype !== 'complex128') return unwrap(t);
        return unwrap(
          fromElements(
            'complex128',
            t.shape,
            elements(t).map(e => (isComplex(e) ? { re: e.re, im: -e.im } : e)),
          ),
        );
      }
      case 'inverse':
        return inverse(operand, context);
      case 'absolute':
        if (isScalar(a)) {
          const x = elementAt(a, a.offset);
          return isComplex(x) ? scalar('float64', Math.hypot(x.re, x.im), true) : whole2(Math.abs(Number(x)));
        }
        return isVector(a) ? norm(operand, undefined, context) : determinant(operand, context);
      default:
        return unknown(`the operator ${operator} is not read in mathematics`);
    }
  },
  binary,
  compare: () => unknown('comparisons are not evaluated in mathematics'),
  truth: () => unknown('truth is not evaluated in mathematics'),
  logical: () => unknown('truth is not evaluated in mathematics'),
  index: () => unknown('a product with parentheses behind a name is not read as a call'),
  component(value, indices) {
    const a = toArray(value);
    const at = indices.map(i => (i.kind === 'scalar' && !isComplex(i.value) ? Number(i.value) : Number.NaN));
    const shape = at.length === 1 && isVector(a) ? [sizeOf(a.shape)] : a.shape;
    if (at.length !== shape.length || !at.every((k, i) => Number.isInteger(k) && k >= 1 && k <= shape[i]))
      return unknown(`${named(a)} has no such entry`);
    return scalar(a.dtype, elements(a)[at.reduce((flat, k, i) => flat * shape[i] + k - 1, 0)], true);
  },
  assign: () => unknown('assignments to entries are not read in mathematics'),
  member: () => unknown('members are not read in mathematics'),
  call,
  builtin(name) {
    if (KNOWN.has(name)) return { kind: 'function', path: `math.${name}` };
    if (name === '\\pi') return scalar('float64', Math.PI, true);
    if (name === 'e') return scalar('float64', Math.E, true);
    const unit = /^I(?:_\{?(.+?)\}?)?$/.exec(name);
    if (unit && /^\d{1,3}$/.test(unit[1] ?? ''))
      return arrayValue(asType(fromMatrix(L.identity(Number(unit[1]))), 'int64'));
    if (unit) return { ...scalar('int64', 1, true), identity: true };
    if (name === 'i') return scalar('complex128', { re: 0, im: 1 }, true);
    return undefined;
  },
  module: () => undefined,
  attribute: () => unknown('members are not read in mathematics'),
  undefinedName: name => `${spoken(name)}: not defined above`,
};
