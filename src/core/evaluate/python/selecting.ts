import { pythonRepr } from '../../format/numpy';
import {
  type DType,
  type Element,
  integerRange,
  isComplex,
  isComplexType,
  isFloatType,
  isIntegerType,
  kindOf,
} from '../../values/dtype';
import { gather } from '../../values/elementwise';
import {
  asType,
  broadcastShapes,
  broadcastTo,
  contiguous,
  fromElements,
  generate,
  type NDArray,
  ndarray,
  positions,
  reshape,
  sizeOf,
  toFloat64,
} from '../../values/ndarray';
import { arrayValue, tuple, type Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import type { Context } from '../dialect';
import { fail, unknown } from '../stop';
import { commonShape, singleShape } from './apply';
import {
  axisOf,
  elementsOf,
  int,
  integerOf,
  integersOf,
  needFit,
  needInteger,
  real,
  resultType,
  toArray,
  unwrap,
  withAttribute,
} from './coerce';
import { dtypeOf } from './dtypes';
import { clipModeOf, indexArrayOf } from './index-arrays';
import { alongAxis, partsOf, takeAlong } from './joining';
import { isTrue, sum } from './reductions';
import { nonzero } from './sorting';
import { isWhole } from './ufuncs';

const EMPTY_TAKE = 'IndexError: cannot do a non-empty take from an empty axes.';

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');
const given = (v: Value | undefined): v is Value => v !== undefined && v.kind !== 'none';

const indexArray = (list: ArrayLike<number>, shape: readonly number[] = [list.length]): Value =>
  arrayValue(ndarray('int64', shape, Float64Array.from(list)));

/** An operand in the result's type, into which Python's integers of up to 64 bits wrap, as NumPy's integers do. */
function converted(v: Value, dtype: DType): NDArray {
  const large = v.kind === 'scalar' && typeof v.value === 'bigint' && v.weak;
  if (large && isFloatType(dtype)) return asType(fromElements('float64', [], [Number(v.value)]), dtype);
  if (large && isIntegerType(dtype) && (v.value as bigint) !== BigInt.asUintN(64, v.value as bigint))
    needFit([v], 'int64');
  return asType(toArray(v), dtype);
}

function where(x: Bound, c: Context): Value {
  const condition = toArray(need(x.condition));
  if (x.x === undefined && x.y === undefined) return tuple(nonzero(condition));
  if (x.x === undefined || x.y === undefined)
    return fail('ValueError: either both or neither of x and y should be given');
  const dtype = resultType([x.x, x.y]);
  const a = converted(x.x, dtype);
  const b = converted(x.y, dtype);
  const shape = commonShape(condition, a, b);
  c.budget.claim(sizeOf(shape));
  const mask = asType(contiguous(broadcastTo(condition, shape)), 'bool').data;
  const p = elementsOf(broadcastTo(a, shape));
  const q = elementsOf(broadcastTo(b, shape));
  return arrayValue(
    fromElements(
      dtype,
      shape,
      p.map((e, k) => (mask[k] ? e : q[k])),
    ),
  );
}

/** An index brought into 0 … n-1 by the mode's rule. */
function wrapped(k: number, n: number, mode: string): number {
  if (mode === 'wrap') return ((k % n) + n) % n;
  if (mode === 'clip') return Math.min(Math.max(k, 0), n - 1);
  return k;
}

function take(x: Bound, c: Context): Value {
  if (x.axis?.kind === 'scalar' && x.axis.dtype === 'bool')
    return fail('TypeError: an integer is required for the axis');
  const [a, axis] = alongAxis(need(x.a), x.axis);
  const n = a.shape[axis];
  const indices = indexArrayOf(need(x.indices));
  const mode = clipModeOf(x.mode);
  if (n === 0 && sizeOf(indices.shape) > 0) return fail(EMPTY_TAKE);
  const places = Array.from(toFloat64(indices), k => {
    if (mode === 'raise') {
      if (k < -n || k >= n) fail(`IndexError: index ${k} is out of bounds for axis ${axis} with size ${n}`);
      return k < 0 ? k + n : k;
    }
    return wrapped(k, n, mode);
  });
  c.budget.claim((sizeOf(a.shape) / Math.max(n, 1)) * places.length);
  const out = takeAlong(a, places, axis);
  return unwrap(reshape(out, [...a.shape.slice(0, axis), ...indices.shape, ...a.shape.slice(axis + 1)]));
}

function takeAlongAxis(x: Bound): Value {
  let a = toArray(need(x.arr));
  const indices = withAttribute(need(x.indices), 'dtype');
  if (!isIntegerType(indices.dtype)) fail('IndexError: `indices` must be an integer array');
  if (x.axis?.kind === 'none') a = reshape(a, [sizeOf(a.shape)]);
  const axis = given(x.axis) ? axisOf(x.axis, a.shape.length) : 0;
  if (indices.shape.length !== a.shape.length)
    fail('ValueError: `indices` and `arr` must have the same number of dimensions');
  const shape = broadcastShapes(
    a.shape.map((n, i) => (i === axis ? 1 : n)),
    indices.shape,
  );
  if (!shape) return fail('IndexError: shape mismatch: indexing arrays could not be broadcast together');
  const picks = toFloat64(broadcastTo(indices, shape));
  const base = positions(broadcastTo({ ...a, shape: a.shape.map((n, i) => (i === axis ? 1 : n)) }, shape));
  const n = a.shape[axis];
  const from = Array.from(base, (p, k) => {
    const i = picks[k];
    if (i < -n || i >= n) fail(`IndexError: index ${i} is out of bounds for axis ${axis} with size ${n}`);
    return p + (i < 0 ? i + n : i) * a.strides[axis];
  });
  return arrayValue(gather(a, from, shape));
}

/** Whether a number of Python's fits an integer type. */
const fitsType = (v: Value, dtype: DType): boolean => {
  const [low, high] = integerRange(dtype);
  if (v.kind !== 'scalar' || !v.weak || isComplex(v.value) || typeof v.value === 'boolean') return true;
  return v.value >= low && v.value <= high;
};

function choose(x: Bound): Value {
  const index = indexArrayOf(arrayValue(toArray(need(x.a))));
  const values = partsOf(need(x.choices));
  if (values.length === 0) return fail('ValueError: 0-length sequence.');
  const choices = values.map(toArray);
  // Python's own numbers take the type of the others, into which versions of NumPy bring them in ways of their own.
  const dtype = resultType(values);
  if (isIntegerType(dtype) && !values.every(v => fitsType(v, dtype)))
    return unknown('the type of these choices differs between versions of NumPy');
  const shape = singleShape(...choices.map(a => a.shape), index.shape);
  const mode = clipModeOf(x.mode);
  const full = choices.map(a => elementsOf(broadcastTo(asType(a, dtype), shape)));
  const picks = toFloat64(broadcastTo(index, shape));
  const out = Array.from(picks, (k, at): Element => {
    const i = wrapped(k, choices.length, mode);
    return full[i]?.[at] ?? fail('ValueError: invalid entry in choice array');
  });
  return unwrap(fromElements(dtype, shape, out));
}

function select(x: Bound): Value {
  const conditions = partsOf(need(x.condlist)).map(toArray);
  const values = partsOf(need(x.choicelist));
  if (conditions.length !== values.length) fail('ValueError: list of cases must be same length as list of conditions');
  const otherwise = x.default ?? int(0);
  // Python's own numbers take the type of the arrays, as everywhere in NumPy 2; a truth is an array of its own.
  const typed = (v: Value): Value => (v.kind === 'scalar' && v.weak && v.dtype !== 'bool' ? v : arrayValue(toArray(v)));
  const dtype = resultType([...values, otherwise].map(typed));
  const shape = commonShape(...conditions, ...values.map(toArray), toArray(otherwise));
  const choices = values.map(toArray);
  const alone = [...choices, toArray(otherwise)].every(a => a.shape.length === 0);
  const out = elementsOf(broadcastTo(asType(toArray(otherwise), dtype), shape));
  for (let k = conditions.length - 1; k >= 0; k--) {
    if (conditions[k].dtype !== 'bool') fail(`TypeError: invalid entry ${k} in condlist: should be boolean ndarray`);
    // Choices are copied by the rule for what is of one kind, which lets no signed number into unsigned ones.
    if (kindOf(dtype) === 'unsigned' && kindOf(choices[k].dtype) === 'signed')
      fail(
        `TypeError: Cannot cast ${alone ? 'scalar' : 'array data'} from dtype('${choices[k].dtype}') to dtype('${dtype}') according to the rule 'same_kind'`,
      );
    const mask = contiguous(broadcastTo(conditions[k], shape)).data;
    const v = elementsOf(broadcastTo(asType(choices[k], dtype), shape));
    for (let i = 0; i < out.length; i++) if (mask[i]) out[i] = v[i];
  }
  return unwrap(fromElements(dtype, shape, out));
}

/** numpy.compress; `flat` flattens the condition too. */
function compress(x: Bound, flat: boolean): Value {
  const [a, axis] = alongAxis(need(x.a), x.axis);
  const given = toArray(need(x.condition));
  if (given.shape.length !== 1 && !flat) fail('ValueError: condition must be a 1-d array');
  const condition = asType(contiguous(given), 'bool').data;
  const places = Array.from(condition as Uint8Array).flatMap((e, i) => (e ? [i] : []));
  if (a.shape[axis] === 0 && places.length > 0) fail(EMPTY_TAKE);
  const bad = places.find(k => k >= a.shape[axis]);
  if (bad !== undefined) fail(`IndexError: index ${bad} is out of bounds for axis ${axis} with size ${a.shape[axis]}`);
  return arrayValue(takeAlong(a, places, axis));
}

/** Open grid: every list of places along an axis of its own. */
function openGrid(lists: readonly Value[]): Value {
  return tuple(
    lists.map((v, k) => {
      let a = toArray(v);
      if (a.shape.length !== 1) return fail('ValueError: Cross index must be 1 dimensional');
      if (a.dtype === 'bool') a = toArray(nonzero(a)[0]);
      if (a.shape[0] === 0 && v.kind !== 'array') a = asType(a, 'int64');
      return arrayValue(
        reshape(
          a,
          lists.map((_, i) => (i === k ? a.shape[0] : 1)),
        ),
      );
    }),
  );
}

/** Places in arrays, which must be whole numbers; an empty list is of float64. */
function wholePlaces(v: Value): NDArray {
  const a = toArray(v);
  if (isWhole(a.dtype)) return a;
  const empty = (v.kind === 'list' || v.kind === 'tuple') && sizeOf(a.shape) === 0;
  return fail(
    empty
      ? "TypeError: indices must be integral: the provided empty sequence was inferred as float. Wrap it with 'np.array(indices, dtype=np.intp)'"
      : 'TypeError: only int indices permitted',
  );
}

function unravel(x: Bound): Value {
  const indices = wholePlaces(need(x.indices));
  const given = need(x.shape);
  if (given.kind === 'scalar' && integerOf(given) === undefined)
    return fail(`TypeError: expected a sequence of integers or a single integer, got '${pythonRepr(given)}'`);
  const shape = integersOf(given);
  if (x.order?.kind === 'string' && !/^[CF]$/i.test(x.order.value))
    return fail("ValueError: only 'C' or 'F' order is permitted");
  const order = x.order?.kind === 'string' && x.order.value === 'F' ? 'F' : 'C';
  const size = sizeOf(shape);
  if (size > 2 ** 63 - 1)
    return fail(
      "ValueError: dimensions are too large; arrays and shapes with a total size greater than 'intp' are not supported.",
    );
  const axes = order === 'C' ? shape.map((_, i) => i).reverse() : shape.map((_, i) => i);
  const rest = Float64Array.from(toFloat64(indices));
  for (const k of rest)
    if (k < 0 || k >= size) fail(`ValueError: index ${k} is out of bounds for array with size ${size}`);
  if (shape.length === 0 && indices.shape.length > 0)
    return fail('ValueError: multiple indices are not supported for 0d arrays');
  const out: Value[] = new Array(shape.length);
  for (const axis of axes) {
    out[axis] = unwrap(
      ndarray(
        'int64',
        indices.shape,
        rest.map(k => k % shape[axis]),
      ),
    );
    rest.forEach((k, i) => {
      rest[i] = Math.floor(k / shape[axis]);
    });
  }
  return tuple(out);
}

function ravelMulti(x: Bound): Value {
  const lists = partsOf(need(x.multi_index)).map(wholePlaces);
  const dims = integersOf(need(x.dims));
  if (lists.length !== dims.length)
    return fail(`ValueError: parameter multi_index must be a sequence of length ${dims.length}`);
  if (!lists.every(a => isWhole(a.dtype))) return fail('TypeError: only int indices permitted');
  const given = x.mode?.kind === 'tuple' || x.mode?.kind === 'list' ? x.mode.items.map(clipModeOf) : undefined;
  const order = x.order?.kind === 'string' && x.order.value === 'F' ? 'F' : 'C';
  const shape = commonShape(...lists);
  const full = lists.map(a => toFloat64(broadcastTo(a, shape)));
  const axes = dims.map((_, i) => i);
  if (order === 'F') axes.reverse();
  const out = generate(sizeOf(shape), k => {
    let at = 0;
    for (const axis of axes) {
      const mode = given?.[axis] ?? clipModeOf(x.mode);
      const i = wrapped(full[axis][k], dims[axis], mode);
      if (i < 0 || i >= dims[axis]) fail('ValueError: invalid entry in coordinates array');
      at = at * dims[axis] + i;
    }
    return at;
  });
  return unwrap(ndarray('int64', shape, out));
}

/** Row and column indices of the entries (i, j) of an n×m matrix that `keep` accepts. */
function triangleIndices(n: number, m: number, keep: (i: number, j: number) => boolean): Value {
  const rows: number[] = [];
  const columns: number[] = [];
  for (let i = 0; i < n; i++)
    for (let j = 0; j < m; j++)
      if (keep(i, j)) {
        rows.push(i);
        columns.push(j);
      }
  return tuple([indexArray(rows), indexArray(columns)]);
}

const triangle = (name: 'tril' | 'triu'): readonly LibraryFunction[] => {
  const keep = (k: number) => (i: number, j: number) => (name === 'tril' ? j - i <= k : j - i >= k);
  // NumPy makes a range up to them, which floats may bound as well.
  const side = (v: Value): number => Math.max(Math.ceil(real(v, 0)), 0);
  return [
    {
      path: `numpy.${name}_indices`,
      signature: 'n, k=0, m=None',
      evaluate: (x, c) => {
        const n = side(need(x.n));
        const m = given(x.m) ? side(x.m) : n;
        c.budget.claim(n * m);
        return triangleIndices(n, m, keep(real(x.k, 0)));
      },
    },
    {
      path: `numpy.${name}_indices_from`,
      signature: 'arr, k=0',
      evaluate: x => {
        const a = withAttribute(need(x.arr), 'ndim');
        if (a.shape.length !== 2) return fail('ValueError: input array must be 2-d');
        return triangleIndices(a.shape[0], a.shape[1], keep(real(x.k, 0)));
      },
    },
  ];
};

function indices(x: Bound, c: Context): Value {
  const dims = partsOf(need(x.dimensions)).map(v => needInteger(v));
  if (dims.some(n => n < 0)) return fail('ValueError: negative dimensions are not allowed');
  const dtype = dtypeOf(x.dtype) ?? 'int64';
  c.budget.claim(dims.length * sizeOf(dims));
  const grids = dims.map((n, k) => {
    const line = asType(
      ndarray(
        'int64',
        [n],
        generate(n, i => i),
      ),
      dtype,
    );
    return reshape(
      line,
      dims.map((_, i) => (i === k ? n : 1)),
    );
  });
  if (isTrue(x.sparse)) return tuple(grids.map(arrayValue));
  const all = grids.flatMap(g => elementsOf(broadcastTo(g, dims)));
  return arrayValue(fromElements(dtype, [dims.length, ...dims], all));
}

function meshgrid(x: Bound, c: Context): Value {
  const given = x.xi?.kind === 'tuple' ? x.xi.items : [];
  const lists = given.map(v => {
    const a = toArray(v);
    return reshape(a, [sizeOf(a.shape)]);
  });
  if (x.indexing && !(x.indexing.kind === 'string' && ['xy', 'ij'].includes(x.indexing.value)))
    return fail("ValueError: Valid values for `indexing` are 'xy' and 'ij'.");
  const cartesian = x.indexing === undefined || (x.indexing.kind === 'string' && x.indexing.value === 'xy');
  const n = lists.length;
  const place = (k: number): number => (cartesian && n > 1 && k < 2 ? 1 - k : k);
  const shape = new Array<number>(n);
  lists.forEach((a, k) => {
    shape[place(k)] = a.shape[0];
  });
  c.budget.claim(n * sizeOf(shape));
  const grids = lists.map((a, k) =>
    reshape(
      a,
      shape.map((_, i) => (i === place(k) ? a.shape[0] : 1)),
    ),
  );
  const copies = x.copy === undefined || isTrue(x.copy);
  return {
    kind: 'list',
    items: grids.map(g => {
      const full = isTrue(x.sparse) ? g : copies ? contiguous(broadcastTo(g, shape)) : broadcastTo(g, shape);
      const shared = full.data === g.data;
      return arrayValue(copies ? ndarray(full.dtype, full.shape, shared ? full.data.slice() : full.data) : full);
    }),
  };
}

function maskIndices(x: Bound): Value {
  const f = need(x.mask_func);
  const n = needInteger(need(x.n));
  const k = given(x.k) ? needInteger(x.k) : 0;
  if (f.kind !== 'function' || (f.path !== 'numpy.triu' && f.path !== 'numpy.tril'))
    return unknown('this mask function is not covered yet');
  return triangleIndices(n, n, (i, j) => (f.path === 'numpy.triu' ? j - i >= k : j - i <= k));
}

export const SELECTING: readonly LibraryFunction[] = [
  { path: 'numpy.where', signature: 'condition, x=None, y=None, /', evaluate: where },
  { path: 'numpy.take', signature: 'a, indices, axis=None, out=None, mode=raise', evaluate: take },
  { path: 'numpy.take_along_axis', signature: 'arr, indices, axis', evaluate: takeAlongAxis },
  { path: 'numpy.choose', signature: 'a, choices, out=None, mode=raise', evaluate: choose },
  { path: 'numpy.select', signature: 'condlist, choicelist, default=0', evaluate: select },
  { path: 'numpy.compress', signature: 'condition, a, axis=None, out=None', evaluate: x => compress(x, false) },
  {
    path: 'numpy.extract',
    signature: 'condition, arr',
    evaluate: x => compress({ condition: x.condition, a: x.arr }, true),
  },
  {
    path: 'numpy.ix_',
    signature: '*args',
    evaluate: x => openGrid(x.args?.kind === 'tuple' ? x.args.items : []),
  },
  { path: 'numpy.unravel_index', signature: 'indices, shape, order=C', evaluate: unravel },
  { path: 'numpy.ravel_multi_index', signature: 'multi_index, dims, mode=raise, order=C', evaluate: ravelMulti },
  ...triangle('tril'),
  ...triangle('triu'),
  { path: 'numpy.mask_indices', signature: 'n, mask_func, k=0', evaluate: maskIndices },
  {
    path: 'numpy.diag_indices',
    signature: 'n, ndim=2',
    evaluate: x => {
      const n = needInteger(need(x.n));
      const line = indexArray(Array.from({ length: n }, (_, i) => i));
      return tuple(new Array<Value>(x.ndim ? needInteger(x.ndim) : 2).fill(line));
    },
  },
  {
    path: 'numpy.diag_indices_from',
    signature: 'arr',
    evaluate: x => {
      const { shape } = withAttribute(need(x.arr), 'ndim');
      if (shape.length < 2) return fail('ValueError: input array must be at least 2-d');
      if (shape.some(n => n !== shape[0])) return fail('ValueError: All dimensions of input must be of equal length');
      const line = indexArray(Array.from({ length: shape[0] }, (_, i) => i));
      return tuple(shape.map(() => line));
    },
  },
  { path: 'numpy.indices', signature: 'dimensions, dtype=int, sparse=False', evaluate: indices },
  { path: 'numpy.meshgrid', signature: '*xi, copy=True, sparse=False, indexing=xy', evaluate: meshgrid },
  {
    path: 'numpy.broadcast_shapes',
    signature: '*args',
    evaluate: x => {
      const shapes = (x.args?.kind === 'tuple' ? x.args.items : []).map(integersOf);
      return tuple(singleShape(...shapes).map(int));
    },
  },
  {
    path: 'numpy.broadcast_arrays',
    signature: '*args, subok=False',
    evaluate: x => {
      const arrays = (x.args?.kind === 'tuple' ? x.args.items : []).map(toArray);
      const shape = singleShape(...arrays.map(a => a.shape));
      return { kind: 'list', items: arrays.map(a => arrayValue(broadcastTo(a, shape))) };
    },
  },
  {
    path: 'numpy.diagonal',
    signature: 'a, offset=0, axis1=0, axis2=1',
    evaluate: x => arrayValue(diagonal(toArray(need(x.a)), x)),
  },
  {
    path: 'numpy.trace',
    signature: 'a, offset=0, axis1=0, axis2=1, dtype=None, out=None',
    evaluate: x => {
      const d = diagonal(toArray(need(x.a)), x);
      const type = dtypeOf(x.dtype);
      if (isComplexType(d.dtype) && type !== undefined) return unknown('this trace is not covered yet');
      return sum(arrayValue(d), int(d.shape.length - 1), undefined, type);
    },
  },
];

/** The diagonal of the planes that two axes span, as the last axis of a view. */
function diagonal(a: NDArray, x: Bound): NDArray {
  if (a.shape.length < 2) return fail('ValueError: diag requires an array of at least two dimensions');
  const p = axisOf(x.axis1 ?? int(0), a.shape.length);
  const q = axisOf(x.axis2 ?? int(1), a.shape.length);
  if (p === q) return fail('ValueError: axis1 and axis2 cannot be the same');
  const k = given(x.offset) ? needInteger(x.offset) : 0;
  const count = Math.max(0, k >= 0 ? Math.min(a.shape[p], a.shape[q] - k) : Math.min(a.shape[p] + k, a.shape[q]));
  const rest = a.shape.map((_, i) => i).filter(i => i !== p && i !== q);
  return {
    ...a,
    shape: [...rest.map(i => a.shape[i]), count],
    strides: [...rest.map(i => a.strides[i]), a.strides[p] + a.strides[q]],
    offset: a.offset + (k >= 0 ? k * a.strides[q] : -k * a.strides[p]),
  };
}
