import { conjugate } from '../../values/complex';
import { type DType, isComplexType, promote } from '../../values/dtype';
import { arithmetic, mapComplex } from '../../values/elementwise';
import {
  allocate,
  asType,
  broadcastShapes,
  broadcastTo,
  contiguous,
  elementAt,
  fromElements,
  type NDArray,
  ndarray,
  reshape,
  sizeOf,
  transpose,
} from '../../values/ndarray';
import { dotProduct, matrixProduct } from '../../values/product';
import { arrayValue, scalar, type Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import type { Context } from '../dialect';
import { fail, unknown } from '../stop';
import { commonShape, singleShape } from './apply';
import { axisOf, int, join, needInteger, resultType, shapeText, toArray, truthOf, unwrap } from './coerce';
import { moved, partsOf } from './joining';
import { NO_BOOLEAN_SUBTRACT } from './ufuncs';

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
  const dtype = promote(toArray(left).dtype, toArray(right).dtype);
  const k = a.shape[a.shape.length - 1];
  const core = Math.max(b.shape.length - 2, 0);
  if (b.shape[core] !== k) {
    fail(
      `ValueError: matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) (size ${b.shape[core]} is different from ${k})`,
    );
  }
  if (a.shape.length === 1 && b.shape.length === 1) {
    context.record('dot', [left, right]);
    return unwrap(asBLAS(fromElements(dtype, [], [dotProduct(a, b, dtype)]), k));
  }
  context.record('matmul', [left, right]);
  const x = a.shape.length === 1 ? reshape(a, [1, k]) : a;
  const y = b.shape.length === 1 ? reshape(b, [k, 1]) : b;
  const lead = broadcastShapes(x.shape.slice(0, -2), y.shape.slice(0, -2));
  const requested =
    a.shape.length > 1 && b.shape.length > 1 ? `  and requested shape (${x.shape.at(-2)},${y.shape.at(-1)})` : ' ';
  if (!lead)
    return fail(
      `ValueError: operands could not be broadcast together with remapped shapes [original->remapped]: ${shapeText(a.shape).replace(/ /g, '')}->(${[...x.shape.slice(0, -2), 'newaxis', 'newaxis'].join(',')}) ${shapeText(b.shape).replace(/ /g, '')}->(${[...y.shape.slice(0, -2), 'newaxis', 'newaxis'].join(',')})${requested}`,
    );
  const m = x.shape[x.shape.length - 2];
  const n = y.shape[y.shape.length - 1];
  context.budget.spend(2 * sizeOf(lead) * m * k * n);
  context.budget.claim(sizeOf(lead) * m * n);
  const product = lead.length === 0 ? asBLAS(matrixProduct(x, y, dtype), k) : batched(x, y, lead, m, k, n, dtype);
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
    asBLAS(matrixProduct(slice(a, i, m, k), slice(b, i, k, n), dtype), k),
  );
  return join(parts, dtype, [...lead, m, n]);
}

/**
 * A product of complex numbers over `k` terms as BLAS leaves it: where a sum is not finite, its multiplication by one
 * makes both parts NaN. A single dot product is not multiplied, and its order of terms depends on the processor.
 */
function asBLAS(product: NDArray, k: number): NDArray {
  if (!isComplexType(product.dtype) || k < 2) return product;
  const data = product.data as Float64Array;
  for (let i = 0; i < data.length; i += 2) {
    const [re, im] = [data[i], data[i + 1]];
    if ((Number.isFinite(re) && Number.isFinite(im)) || (Number.isNaN(re) && Number.isNaN(im))) continue;
    if (data.length === 2)
      return unknown('what BLAS makes of complex numbers that are not finite differs by processor');
    data[i] = data[i + 1] = Number.NaN;
  }
  return product;
}

/**
 * Where one of two arrays is a single number, NumPy's `dot` of up to two dimensions adds the multiple of the other to zeros
 * (`cblas_matrixproduct`, BLAS axpy): a multiple by zero adds nothing, not even NaN, and no zero is negative.
 */
export function multipleOf(a: NDArray, b: NDArray, product: NDArray): NDArray | undefined {
  const { dtype, shape } = product;
  if (a.shape.length > 2 || b.shape.length > 2 || (!isComplexType(dtype) && dtype !== 'float64' && dtype !== 'float32'))
    return undefined;
  const [one, other] = sizeOf(a.shape) === 1 ? [a, b] : [b, a];
  if (sizeOf(one.shape) !== 1 || sizeOf(other.shape) < 2) return undefined;
  const zeros = ndarray(dtype, shape, allocate(dtype, sizeOf(shape)));
  return truthOf(scalar(one.dtype, elementAt(contiguous(one), 0))) ? arithmetic('add', product, zeros, dtype) : zeros;
}

/** numpy.dot: 1-D inner product, 2-D matrix product, N-D over the last axis of a and the last but one of b. */
export function dot(left: Value, right: Value, context: Context): Value {
  const a = toArray(left);
  const b = toArray(right);
  const dtype = promote(toArray(left).dtype, toArray(right).dtype);
  if (a.shape.length === 0 || b.shape.length === 0) {
    const scalarFirst = a.shape.length === 0;
    if (a.shape.length !== b.shape.length) context.record('scale', scalarFirst ? [left, right] : [right, left]);
    const product = arithmetic('multiply', a, b, dtype);
    if (!product) return fail('ValueError: shapes do not broadcast');
    return unwrap(multipleOf(a, b, product) ?? product);
  }
  const k = a.shape[a.shape.length - 1];
  const axis = Math.max(b.shape.length - 2, 0);
  if (b.shape[axis] !== k) alignedError(a, b);
  if (a.shape.length <= 2 && b.shape.length <= 2) {
    const product = matmul(left, right, context);
    return product.kind === 'array' ? { ...product, array: multipleOf(a, b, product.array) ?? product.array } : product;
  }
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
    // The message shows the second operand as the product takes it, with its last two sides exchanged.
    const n = b.shape.length;
    const turned = n < 2 ? b.shape : [...b.shape.slice(0, -2), b.shape[n - 1], b.shape[n - 2]];
    fail(
      `ValueError: shapes ${shapeText(a.shape).replace(/ /g, '')} and ${shapeText(turned).replace(/ /g, '')} not aligned: ${a.shape[a.shape.length - 1]} (dim ${a.shape.length - 1}) != ${b.shape[b.shape.length - 1]} (dim ${Math.max(b.shape.length - 2, 0)})`,
    );
  }
  if (b.shape.length === 1) return dot(left, right, context);
  const last = b.shape.length - 1;
  const order = [...b.shape.map((_, i) => i).filter(i => i < last - 1), last, last - 1];
  return dot(left, arrayValue(transpose(b, order)), context);
};

function outer(left: Value, right: Value, context: Context): Value {
  const a = toArray(left);
  const b = toArray(right);
  const m = sizeOf(a.shape);
  const n = sizeOf(b.shape);
  context.budget.claim(m * n);
  const dtype = promote(toArray(left).dtype, toArray(right).dtype);
  context.record('outer', [left, right]);
  return arrayValue(arithmetic('multiply', reshape(a, [m, 1]), reshape(b, [1, n]), dtype) ?? a);
}

/** numpy.cross over the last axis (or the axes named): vectors of 2 or 3 components, the missing one 0. */
function cross(x: Bound, context: Context): Value {
  const [left, right] = [needed(x.a), needed(x.b)];
  const front = (a: NDArray, axis: Value | undefined, name: string): NDArray => {
    if (a.shape.length === 0) return fail(`AxisError: ${name}: axis -1 is out of bounds for array of dimension 0`);
    const ndim = a.shape.length;
    const k = needInteger(x.axis && x.axis.kind !== 'none' ? x.axis : (axis ?? int(-1)));
    if (k < -ndim || k >= ndim) fail(`AxisError: ${name}: axis ${k} is out of bounds for array of dimension ${ndim}`);
    const at = k < 0 ? k + ndim : k;
    return transpose(a, [at, ...a.shape.map((_, i) => i).filter(i => i !== at)]);
  };
  const a = front(toArray(left), x.axisa, 'axisa');
  const b = front(toArray(right), x.axisb, 'axisb');
  if (![2, 3].includes(a.shape[0]) || ![2, 3].includes(b.shape[0]))
    fail('ValueError: incompatible dimensions for cross product\n(dimension must be 2 or 3)');
  singleShape(a.shape.slice(1), b.shape.slice(1));
  const dtype = promote(toArray(left).dtype, toArray(right).dtype);
  if (dtype === 'bool') fail(NO_BOOLEAN_SUBTRACT);
  const [p, q] = [a, b].map(v => asType(v, dtype));
  const part = (v: NDArray, i: number): NDArray | undefined =>
    i < v.shape[0]
      ? { ...v, shape: v.shape.slice(1), strides: v.strides.slice(1), offset: v.offset + i * v.strides[0] }
      : undefined;
  const zero = ndarray(dtype, [], allocate(dtype, 1));
  const times = (u: NDArray | undefined, v: NDArray | undefined): NDArray | undefined =>
    u && v ? multiplied(u, v, dtype) : undefined;
  const minor = (i: number, j: number): NDArray => {
    const [first, second] = [times(part(p, i), part(q, j)), times(part(p, j), part(q, i))];
    const shape = commonShape(part(p, 0) ?? zero, part(q, 0) ?? zero);
    const difference = arithmetic('subtract', first ?? zero, second ?? zero, dtype) ?? zero;
    return contiguous(broadcastTo(difference, shape));
  };
  if (a.shape.length === 1 && b.shape.length === 1) context.record('cross', [left, right]);
  // NumPy gives the product of two plane vectors as a 0-d array.
  if (a.shape[0] === 2 && b.shape[0] === 2) return arrayValue(minor(0, 1));
  const parts = [minor(1, 2), minor(2, 0), minor(0, 1)];
  const out = join(parts, dtype, [3, ...parts[0].shape]);
  const ndim = out.shape.length;
  const to = axisOf(x.axis && x.axis.kind !== 'none' ? x.axis : (x.axisc ?? int(-1)), ndim);
  return arrayValue(contiguous(transpose(out, moved(ndim, 0, to))));
}

const multiplied = (u: NDArray, v: NDArray, dtype: DType): NDArray => {
  commonShape(u, v);
  return arithmetic('multiply', u, v, dtype) ?? u;
};

function kron(left: Value, right: Value, context: Context): Value {
  let a = toArray(left);
  let b = toArray(right);
  const ndim = Math.max(a.shape.length, b.shape.length);
  const padded = (x: NDArray): NDArray => reshape(x, [...new Array<number>(ndim - x.shape.length).fill(1), ...x.shape]);
  a = padded(a);
  b = padded(b);
  context.budget.claim(sizeOf(a.shape) * sizeOf(b.shape));
  const dtype = promote(toArray(left).dtype, toArray(right).dtype);
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

const needed = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');

export const PRODUCTS: readonly LibraryFunction[] = [
  { path: 'numpy.dot', signature: 'a, b, out=None', evaluate: (x, c) => dot(needed(x.a), needed(x.b), c) },
  { path: 'numpy.matmul', signature: 'x1, x2, /, out=None', evaluate: (x, c) => matmul(needed(x.x1), needed(x.x2), c) },
  { path: 'numpy.inner', signature: 'a, b, /', evaluate: (x, c) => inner(needed(x.a), needed(x.b), c) },
  { path: 'numpy.outer', signature: 'a, b, out=None', evaluate: (x, c) => outer(needed(x.a), needed(x.b), c) },
  { path: 'numpy.cross', signature: 'a, b, axisa=-1, axisb=-1, axisc=-1, axis=None', evaluate: cross },
  {
    path: 'numpy.kron',
    signature: 'a, b',
    evaluate: (x, c) => kron(arrayValue(toArray(needed(x.a))), arrayValue(toArray(needed(x.b))), c),
  },
  {
    path: 'numpy.vdot',
    signature: 'a, b, /',
    evaluate: (x, c) => {
      const a = toArray(needed(x.a));
      const b = toArray(needed(x.b));
      if (sizeOf(a.shape) !== sizeOf(b.shape))
        fail(`ValueError: cannot reshape array of size ${sizeOf(b.shape)} into shape (${sizeOf(a.shape)},)`);
      const left = conjugated(a);
      const dtype = resultType([needed(x.a), needed(x.b)]);
      c.record('dot', [arrayValue(left), needed(x.b)]);
      const n = sizeOf(a.shape);
      return unwrap(asBLAS(fromElements(dtype, [], [dotProduct(reshape(left, [n]), reshape(b, [n]), dtype)]), n));
    },
  },
  {
    path: 'numpy.linalg.multi_dot',
    signature: 'arrays',
    evaluate: (x, c) => {
      const items = partsOf(needed(x.arrays));
      return items.length < 2 ? fail('ValueError: Expecting at least two arrays.') : multiDot(items, c);
    },
  },
];

/** np.linalg.multi_dot: the first and the last of more than two may be vectors; three are multiplied in the cheaper order, as NumPy does. */
function multiDot(items: readonly Value[], c: Context): Value {
  if (items.length === 2) return dot(items[0], items[1], c);
  const arrays = items.map(toArray);
  const last = arrays.length - 1;
  const shapes = arrays.map(({ shape }, k) =>
    shape.length !== 1 ? shape : k === 0 ? [1, shape[0]] : k === last ? [shape[0], 1] : shape,
  );
  for (const shape of shapes)
    if (shape.length !== 2) fail(`LinAlgError: ${shape.length}-dimensional array given. Array must be two-dimensional`);
  const sides = (shape: readonly number[]): number[] =>
    shape.filter((_, k) => arrays[k === 0 ? 0 : last].shape.length === 2);
  const [first, , third] = shapes;
  const left = first[0] * third[0] * (first[1] + third[1]) < first[1] * third[1] * (first[0] + third[0]);
  if (items.length === 3 && !left) {
    const [p, q, r] = arrays.map((a, k) => arrayValue(reshape(a, shapes[k])));
    const product = toArray(dot(p, dot(q, r, c), c));
    return unwrap(reshape(product, sides(product.shape)));
  }
  const turned = arrays.map((a, k) => arrayValue(reshape(a, shapes[k])));
  const product = toArray(turned.slice(1).reduce<Value>((p, q) => dot(p, q, c), turned[0]));
  return unwrap(reshape(product, sides(product.shape)));
}

export function conjugated(a: NDArray): NDArray {
  return isComplexType(a.dtype) ? mapComplex(a, conjugate) : a;
}
