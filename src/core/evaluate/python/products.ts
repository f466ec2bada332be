import { conjugate } from '../../values/complex';
import { type DType, isComplexType } from '../../values/dtype';
import { arithmetic, mapComplex } from '../../values/elementwise';
import {
  allocate,
  asType,
  broadcastShapes,
  broadcastTo,
  contiguous,
  type NDArray,
  ndarray,
  reshape,
  sizeOf,
  transpose,
} from '../../values/ndarray';
import { dotProduct, matrixProduct } from '../../values/product';
import { arrayValue, scalar, type Value } from '../../values/value';
import type { LibraryFunction } from '../catalogue';
import type { Context } from '../dialect';
import { fail, unknown } from '../stop';
import { join, needInteger, resultType, shapeText, toArray, unwrap } from './coerce';

const alignedError = (a: NDArray, b: NDArray): never =>
  fail(
    `ValueError: shapes ${shapeText(a.shape).replace(/ /g, '')} and ${shapeText(b.shape).replace(/ /g, '')} not aligned: ${a.shape[a.shape.length - 1]} (dim ${a.shape.length - 1}) != ${b.shape[Math.max(b.shape.length - 2, 0)]} (dim ${Math.max(b.shape.length - 2, 0)})`,
  );

/** `a @ b` (numpy.matmul): batches broadcast, 1-D operands act as row and column. */
export function matmul(left: Value, right: Value, context: Context): Value {
  const a = toArray(left);
  const b = toArray(right);
  if (a.shape.length === 0 || b.shape.length === 0) {
    const which = a.shape.length === 0 ? 0 : 1;
    fail(
      `ValueError: matmul: Input operand ${which} does not have enough dimensions (has 0, gufunc core with signature (n?,k),(k,m?)->(n?,m?) requires 1)`,
    );
  }
  const dtype = resultType([left, right]);
  const k = a.shape[a.shape.length - 1];
  const core = Math.max(b.shape.length - 2, 0);
  if (b.shape[core] !== k) {
    fail(
      `ValueError: matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) (size ${b.shape[core]} is different from ${k})`,
    );
  }
  if (a.shape.length === 1 && b.shape.length === 1) {
    context.record('dot', [left, right]);
    return scalar(dtype, dotProduct(a, b, dtype));
  }
  context.record('matmul', [left, right]);
  const x = a.shape.length === 1 ? reshape(a, [1, k]) : a;
  const y = b.shape.length === 1 ? reshape(b, [k, 1]) : b;
  const lead = broadcastShapes(x.shape.slice(0, -2), y.shape.slice(0, -2));
  if (!lead)
    return fail(
      `ValueError: operands could not be broadcast together with remapped shapes [original->remapped]: ${shapeText(a.shape).replace(/ /g, '')}->(${[...x.shape.slice(0, -2), 'newaxis', 'newaxis'].join(',')}) ${shapeText(b.shape).replace(/ /g, '')}->(${[...y.shape.slice(0, -2), 'newaxis', 'newaxis'].join(',')}) `,
    );
  const m = x.shape[x.shape.length - 2];
  const n = y.shape[y.shape.length - 1];
  context.budget.spend(2 * sizeOf(lead) * m * k * n);
  context.budget.claim(sizeOf(lead) * m * n);
  const product = lead.length === 0 ? matrixProduct(x, y, dtype) : batched(x, y, lead, m, k, n, dtype);
  const shape = [...lead, ...(a.shape.length === 1 ? [] : [m]), ...(b.shape.length === 1 ? [] : [n])];
  return unwrap(reshape(product, shape));
}

function batched(
  x: NDArray,
  y: NDArray,
  lead: readonly number[],
  m: number,
  k: number,
  n: number,
  dtype: DType,
): NDArray {
  const a = contiguous(broadcastTo(x, [...lead, m, k]));
  const b = contiguous(broadcastTo(y, [...lead, k, n]));
  const slice = (of: NDArray, i: number, rows: number, columns: number): NDArray => ({
    ...of,
    shape: [rows, columns],
    strides: [columns, 1],
    offset: i * rows * columns,
  });
  const parts = Array.from({ length: sizeOf(lead) }, (_, i) =>
    matrixProduct(slice(a, i, m, k), slice(b, i, k, n), dtype),
  );
  return join(parts, dtype, [...lead, m, n]);
}

/** numpy.dot: 1-D inner product, 2-D matrix product, N-D over the last axis of a and the last but one of b. */
export function dot(left: Value, right: Value, context: Context): Value {
  const a = toArray(left);
  const b = toArray(right);
  const dtype = resultType([left, right]);
  if (a.shape.length === 0 || b.shape.length === 0) {
    const scalarFirst = a.shape.length === 0;
    if (a.shape.length !== b.shape.length) context.record('scale', scalarFirst ? [left, right] : [right, left]);
    const product = arithmetic('multiply', a, b, dtype);
    return product ? unwrap(product) : fail('ValueError: shapes do not broadcast');
  }
  const k = a.shape[a.shape.length - 1];
  const axis = Math.max(b.shape.length - 2, 0);
  if (b.shape[axis] !== k) alignedError(a, b);
  if (a.shape.length <= 2 && b.shape.length <= 2) return matmul(left, right, context);
  const rest = [...b.shape.slice(0, axis), ...b.shape.slice(axis + 1)];
  const y = transpose(b, [axis, ...b.shape.map((_, i) => i).filter(i => i !== axis)]);
  const m = sizeOf(a.shape) / Math.max(k, 1);
  const n = sizeOf(rest);
  context.budget.spend(2 * m * k * n);
  return unwrap(
    reshape(matrixProduct(reshape(a, [m, k]), reshape(contiguous(y), [k, n]), dtype), [
      ...a.shape.slice(0, -1),
      ...rest,
    ]),
  );
}

const inner = (left: Value, right: Value, context: Context): Value => {
  const a = toArray(left);
  const b = toArray(right);
  if (a.shape.length === 0 || b.shape.length === 0) return dot(left, right, context);
  if (a.shape[a.shape.length - 1] !== b.shape[b.shape.length - 1]) {
    fail(
      `ValueError: shapes ${shapeText(a.shape).replace(/ /g, '')} and ${shapeText(b.shape).replace(/ /g, '')} not aligned: ${a.shape[a.shape.length - 1]} (dim ${a.shape.length - 1}) != ${b.shape[b.shape.length - 1]} (dim ${b.shape.length - 1})`,
    );
  }
  if (b.shape.length === 1) return dot(left, right, context);
  if (b.shape.length > 2) unknown('inner of arrays with more than 2 dimensions is not covered yet');
  return dot(left, arrayValue(transpose(b)), context);
};

function outer(left: Value, right: Value, context: Context): Value {
  const a = toArray(left);
  const b = toArray(right);
  const m = sizeOf(a.shape);
  const n = sizeOf(b.shape);
  context.budget.claim(m * n);
  const dtype = resultType([left, right]);
  context.record('outer', [left, right]);
  return arrayValue(arithmetic('multiply', reshape(a, [m, 1]), reshape(b, [1, n]), dtype) ?? a);
}

function cross(left: Value, right: Value, context: Context): Value {
  const a = toArray(left);
  const b = toArray(right);
  const size = (x: NDArray): number => x.shape[x.shape.length - 1];
  if (![2, 3].includes(size(a)) || ![2, 3].includes(size(b)))
    fail('ValueError: incompatible dimensions for cross product\n(dimension must be 2 or 3)');
  if (a.shape.length > 1 || b.shape.length > 1) unknown('cross of more than 1-D arrays is not covered yet');
  const dtype = resultType([left, right]);
  const at = (x: NDArray, i: number): NDArray => ({
    ...x,
    shape: [],
    strides: [],
    offset: x.offset + i * x.strides[0],
  });
  const zero = ndarray(dtype, [], allocate(dtype, 1));
  const component = (x: NDArray, i: number): NDArray => (i < x.shape[0] ? asType(at(x, i), dtype) : zero);
  const mul = (p: NDArray, q: NDArray): NDArray => arithmetic('multiply', p, q, dtype) ?? p;
  const minor = (i: number, j: number): NDArray =>
    arithmetic('subtract', mul(component(a, i), component(b, j)), mul(component(a, j), component(b, i)), dtype) ?? zero;
  context.record('cross', [left, right]);
  if (a.shape[0] === 2 && b.shape[0] === 2) return unwrap(minor(0, 1));
  return arrayValue(join([minor(1, 2), minor(2, 0), minor(0, 1)], dtype, [3]));
}

function kron(left: Value, right: Value, context: Context): Value {
  let a = toArray(left);
  let b = toArray(right);
  const ndim = Math.max(a.shape.length, b.shape.length);
  const padded = (x: NDArray): NDArray => reshape(x, [...new Array<number>(ndim - x.shape.length).fill(1), ...x.shape]);
  a = padded(a);
  b = padded(b);
  context.budget.claim(sizeOf(a.shape) * sizeOf(b.shape));
  const dtype = resultType([left, right]);
  const x = reshape(
    a,
    a.shape.flatMap(n => [n, 1]),
  );
  const y = reshape(
    b,
    b.shape.flatMap(n => [1, n]),
  );
  const product = arithmetic('multiply', x, y, dtype) ?? a;
  return unwrap(
    reshape(
      product,
      a.shape.map((n, i) => n * b.shape[i]),
    ),
  );
}

function trace(v: Value, offset: number): Value {
  const a = toArray(v);
  if (a.shape.length < 2) fail('ValueError: diag requires an array of at least two dimensions');
  if (a.shape.length > 2) unknown('trace of more than 2 dimensions is not covered yet');
  const [m, n] = a.shape;
  const count = Math.max(0, offset >= 0 ? Math.min(m, n - offset) : Math.min(m + offset, n));
  const start = a.offset + (offset >= 0 ? offset * a.strides[1] : -offset * a.strides[0]);
  const diagonal: NDArray = { ...a, shape: [count], strides: [a.strides[0] + a.strides[1]], offset: start };
  const dtype = a.dtype === 'bool' ? 'int64' : a.dtype;
  const ones = ndarray('int64', [count], new Float64Array(count).fill(1));
  return scalar(dtype, count === 0 ? 0 : dotProduct(asType(diagonal, dtype), asType(ones, dtype), dtype));
}

const needed = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');

export const PRODUCTS: readonly LibraryFunction[] = [
  { path: 'numpy.dot', signature: 'a, b, out=None', evaluate: (x, c) => dot(needed(x.a), needed(x.b), c) },
  { path: 'numpy.matmul', signature: 'x1, x2, /', evaluate: (x, c) => matmul(needed(x.x1), needed(x.x2), c) },
  { path: 'numpy.inner', signature: 'a, b, /', evaluate: (x, c) => inner(needed(x.a), needed(x.b), c) },
  { path: 'numpy.outer', signature: 'a, b, out=None', evaluate: (x, c) => outer(needed(x.a), needed(x.b), c) },
  { path: 'numpy.cross', signature: 'a, b', evaluate: (x, c) => cross(needed(x.a), needed(x.b), c) },
  { path: 'numpy.kron', signature: 'a, b', evaluate: (x, c) => kron(needed(x.a), needed(x.b), c) },
  {
    path: 'numpy.trace',
    signature: 'a, offset=0',
    evaluate: x => trace(needed(x.a), x.offset ? needInteger(x.offset) : 0),
  },
  {
    path: 'numpy.vdot',
    signature: 'a, b, /',
    evaluate: (x, c) => {
      const a = toArray(needed(x.a));
      const b = toArray(needed(x.b));
      if (sizeOf(a.shape) !== sizeOf(b.shape))
        fail(`ValueError: cannot reshape array of size ${sizeOf(a.shape)} into shape ${shapeText(b.shape)}`);
      const left = conjugated(a);
      const dtype = resultType([needed(x.a), needed(x.b)]);
      c.record('dot', [arrayValue(left), needed(x.b)]);
      return scalar(dtype, dotProduct(reshape(left, [sizeOf(a.shape)]), reshape(b, [sizeOf(b.shape)]), dtype));
    },
  },
  {
    path: 'numpy.linalg.multi_dot',
    signature: 'arrays',
    evaluate: (x, c) => {
      const list = needed(x.arrays);
      if ((list.kind !== 'list' && list.kind !== 'tuple') || list.items.length < 2)
        return fail('ValueError: Expecting at least two arrays.');
      return list.items.slice(1).reduce((p, q) => dot(p, q, c), list.items[0]);
    },
  },
];

export function conjugated(a: NDArray): NDArray {
  return isComplexType(a.dtype) ? mapComplex(a, conjugate) : a;
}
