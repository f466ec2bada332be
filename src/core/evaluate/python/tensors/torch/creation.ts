import { type DType, isComplexType, isFloatType, isIntegerType, kindOf } from '../../../../values/dtype';
import { gather } from '../../../../values/elementwise';
import {
  asType,
  broadcastTo,
  contiguous,
  generate,
  type NDArray,
  ndarray,
  reshape,
  sizeOf,
  toFloat64,
} from '../../../../values/ndarray';
import { NONE, scalar, tuple, type Value } from '../../../../values/value';
import type { Bound, LibraryFunction } from '../../../catalogue';
import type { Context } from '../../../dialect';
import { fail, unknown } from '../../../stop';
import { bool, integerOf, integersOf, needInteger, real, toArray, unwrap } from '../../coerce';
import { concatenate } from '../../joining';
import { isTrue } from '../../reductions';
import { laidOver } from '../layout';
import { arrayOf, foreign, given, isTensor, sizeTuple, tensor, typeArgument } from '../tensor';
import type { Composed } from './composed';
import { grids } from './composed-algebra';
import { both, collected, functions, methods, need } from './define';

/** The type that torch infers for data: Python's floats take the default type, NumPy's arrays and tensors keep theirs. */
function inferred(v: Value): DType {
  switch (v.kind) {
    case 'array':
      return v.array.dtype;
    case 'scalar':
      return v.weak ? (v.dtype === 'float64' ? 'float32' : v.dtype === 'complex128' ? 'complex64' : v.dtype) : v.dtype;
    case 'list':
    case 'tuple': {
      if (v.dense) return v.dense.dtype === 'float64' ? 'float32' : v.dense.dtype;
      if (v.items.length === 0) return 'float32';
      const types = new Set(v.items.map(inferred));
      const [first, ...rest] = [...types];
      if (rest.length === 0) return first;
      // Numbers of several kinds: the highest kind's type.
      const order = ['bool', 'unsigned', 'signed', 'float', 'complex'];
      const sorted = [...types].sort((p, q) => order.indexOf(kindOf(p)) - order.indexOf(kindOf(q)));
      const highest = sorted[sorted.length - 1];
      if (sorted.filter(d => kindOf(d) === kindOf(highest)).length > 1)
        return unknown('a tensor of numbers of several types is not covered');
      return highest;
    }
    default:
      return unknown('a tensor of this is not covered');
  }
}

/** Stops where lists are of different lengths, in torch's words. */
function regular(v: Value): void {
  const walk = (x: Value, depth: number, shape: number[]): void => {
    if ((x.kind !== 'list' && x.kind !== 'tuple') || x.dense) return;
    if (shape.length <= depth) shape.push(x.items.length);
    else if (shape[depth] !== x.items.length)
      fail(`ValueError: expected sequence of length ${shape[depth]} at dim ${depth} (got ${x.items.length})`);
    for (const item of x.items) walk(item, depth + 1, shape);
  };
  walk(v, 0, []);
}

/** Data in which the tensors within lists are numbers: those of one element, whatever their dimensions. */
function numbersIn(v: Value): Value {
  if ((v.kind !== 'list' && v.kind !== 'tuple') || v.dense) return v;
  const items = v.items.map((item): Value => {
    if (item.kind !== 'array' || item.library !== 'torch') return numbersIn(item);
    const { array } = item;
    if (sizeOf(array.shape) === 1) return unwrap({ ...array, shape: [], strides: [] });
    if (isFloatType(array.dtype))
      return fail('ValueError: only one element tensors can be converted to Python scalars');
    return isIntegerType(array.dtype)
      ? fail('TypeError: only integer tensors of a single element can be converted to an index')
      : unknown('a tensor of a list of tensors is not covered');
  });
  return items.every((item, k) => item === v.items[k]) ? v : { kind: v.kind, items };
}

/** Data as a tensor of its own. */
export function tensorOf(given: Value, dtype?: DType): Value {
  if (given.kind === 'list' && given.lazy === '') return unknown('a tensor of an iterator is not covered');
  const v = numbersIn(given);
  regular(v);
  const d = dtype ?? inferred(v);
  const a = toArray(v);
  if (kindOf(d) === 'unsigned' && d !== 'uint8') return unknown(`torch has no ${d}`);
  if (isComplexType(a.dtype) && !isComplexType(d)) return unknown('complex numbers as a real tensor are not covered');
  return tensor(asType(contiguous(a), d), 'torch');
}

const filled = (shape: readonly number[], value: number, dtype: DType, c: Context): Value => {
  if (shape.some(n => n < 0)) return unknown('a tensor has no negative sides');
  c.budget.claim(sizeOf(shape));
  const one = asType(ndarray('float64', [], Float64Array.of(value)), dtype);
  return tensor(contiguous(broadcastTo(one, shape)), 'torch');
};

/** A new tensor laid out as another of its shape. */
const likeShape = (v: Value, a: NDArray): Value => (isTensor(v) ? { ...v, array: laidOver(v.array, [a]) } : v);

const constant = (name: string, value: number): LibraryFunction[] => [
  ...functions(name, '*size, dtype=None', (x, c) =>
    filled(collected(x.size), value, typeArgument(x.dtype) ?? 'float32', c),
  ),
  ...functions(`${name}_like`, 'input, *, dtype=None', (x, c) => {
    const a = arrayOf(x.input);
    return likeShape(filled(a.shape, value, typeArgument(x.dtype) ?? a.dtype, c), a);
  }),
  ...methods(`new_${name}`, 'self, *size, dtype=None', (x, c) =>
    filled(collected(x.size), value, typeArgument(x.dtype) ?? arrayOf(x.self).dtype, c),
  ),
];

function fillWith(shape: readonly number[], v: Value, dtype: DType | undefined, c: Context): Value {
  if (v.kind !== 'scalar') return unknown('filling with a tensor is not covered yet');
  const d = dtype ?? inferred(v);
  c.budget.claim(sizeOf(shape));
  return tensor(contiguous(broadcastTo(asType(toArray(v), d), shape)), 'torch');
}

/** Numbers from start in steps, each computed from the start; whole when all arguments are. */
function arange(x: Bound, c: Context): Value {
  const args = x.args?.kind === 'tuple' ? x.args.items : [];
  const start = x.start ?? (args.length > 1 ? args[0] : scalar('int64', 0, true));
  const end = x.end ?? (args.length > 1 ? args[1] : args[0]);
  const step = x.step ?? args[2] ?? scalar('int64', 1, true);
  if (end === undefined || args.length > 3 || [start, end, step].some(v => v.kind !== 'scalar'))
    return unknown('torch.arange with these arguments is not covered');
  const [a, b, h] = [start, end, step].map(v => real(v, 0));
  if (h === 0) return fail('RuntimeError: step must be nonzero');
  if ((h > 0 && b < a) || (h < 0 && b > a))
    return fail('RuntimeError: upper bound and larger bound inconsistent with step sign');
  const whole = [start, end, step].every(v => integerOf(v) !== undefined);
  const dtype = typeArgument(x.dtype) ?? (whole ? 'int64' : 'float32');
  const count = Math.ceil((b - a) / h);
  c.budget.claim(count);
  return tensor(
    asType(
      ndarray(
        'float64',
        [count],
        generate(count, k => a + k * h),
      ),
      dtype,
    ),
    'torch',
  );
}

/** torch.linspace counts from both ends towards the middle. */
function linspace(x: Bound, c: Context, map: (e: number) => number = e => e): Value {
  const [a, b] = [real(x.start, 0), real(x.end, 0)];
  const n = needInteger(need(x.steps));
  const dtype = typeArgument(x.dtype) ?? 'float32';
  if (!isFloatType(dtype)) return unknown('a linspace of integers is not covered');
  c.budget.claim(n);
  const round = dtype === 'float64' ? (e: number): number => e : Math.fround;
  const [first, last] = [round(a), round(b)];
  const step = round(round(last - first) / (n - 1));
  const half = Math.floor(n / 2);
  const data = generate(n, k =>
    map(n === 1 ? first : k < half ? round(first + step * k) : round(last - step * (n - k - 1))),
  );
  return tensor(asType(ndarray('float64', [n], data), dtype), 'torch');
}

function eye(x: Bound, c: Context): Value {
  if (typeArgument(x.dtype) === 'bfloat16')
    return unknown('an identity in bfloat16 is refused by some versions of torch');
  const n = needInteger(need(x.n));
  const m = given(x.m) ? needInteger(x.m) : n;
  c.budget.claim(n * m);
  const data = generate(n * m, k => (Math.floor(k / m) === k % m ? 1 : 0));
  return tensor(asType(ndarray('float64', [n, m], data), typeArgument(x.dtype) ?? 'float32'), 'torch');
}

/** The entries of the last two dimensions that a test of row and column keeps. */
function triangle(x: Bound, keeps: (i: number, j: number, k: number) => boolean): Value {
  const a = arrayOf(x.input);
  if (a.shape.length < 2) return unknown('a triangle takes at least two dimensions');
  if (isComplexType(a.dtype)) return unknown('triangles of complex tensors are not covered yet');
  const [rows, columns] = a.shape.slice(-2);
  const shift = x.diagonal ? needInteger(x.diagonal) : 0;
  const v = toFloat64(a);
  const data = v.map((e, k) => (keeps(Math.floor(k / columns) % rows, k % columns, shift) ? e : 0));
  return tensor(asType(ndarray('float64', a.shape, data), a.dtype), 'torch');
}

function diagonal(x: Bound, c: Context): Value {
  const a = arrayOf(x.input);
  const shift = x.diagonal ? needInteger(x.diagonal) : 0;
  if (a.shape.length === 1) {
    const n = a.shape[0] + Math.abs(shift);
    c.budget.claim(n * n);
    const places = new Int32Array(n * n).fill(-1);
    for (let k = 0; k < a.shape[0]; k++) places[(k + Math.max(-shift, 0)) * n + k + Math.max(shift, 0)] = k;
    // A zero behind the numbers stands for all other places.
    const zero = asType(ndarray('float64', [1], new Float64Array(1)), a.dtype);
    const all = concatenate([a, zero], 0, a.dtype);
    return tensor(
      gather(
        all,
        places.map(k => (k < 0 ? a.shape[0] : k)),
        [n, n],
      ),
      'torch',
    );
  }
  return a.shape.length === 2 ? diagonalOf(a, shift) : unknown('torch.diag takes a vector or a matrix');
}

export function diagonalOf(a: NDArray, shift: number): Value {
  const [row, column] = [Math.max(-shift, 0), Math.max(shift, 0)];
  const n = Math.max(0, Math.min(a.shape[0] - row, a.shape[1] - column));
  return tensor(
    {
      ...a,
      shape: [n],
      strides: [a.strides[0] + a.strides[1]],
      offset: n === 0 ? a.offset : a.offset + row * a.strides[0] + column * a.strides[1],
    },
    'torch',
  );
}

const fromData = (x: Bound): Value => {
  const v = need(x.data);
  if (v.kind === 'array' && foreign(v) && !isTensor(v)) return unknown('this array is not of torch');
  return tensorOf(v, typeArgument(x.dtype));
};

const TYPED_CLASSES: Readonly<Record<string, DType>> = {
  Tensor: 'float32',
  FloatTensor: 'float32',
  DoubleTensor: 'float64',
  LongTensor: 'int64',
  IntTensor: 'int32',
  BoolTensor: 'bool',
};

const PRINTING = 'precision=None, threshold=None, edgeitems=None, linewidth=None, profile=None, sci_mode=None';

export const TORCH_CREATION: readonly (LibraryFunction | Composed)[] = [
  ...functions('tensor as_tensor asarray', 'data, dtype=None', fromData),
  ...functions('from_numpy', 'data', x =>
    need(x.data).kind === 'array' && !isTensor(x.data) ? tensorOf(need(x.data)) : unknown('from_numpy takes an array'),
  ),
  ...methods('new_tensor', 'self, data, dtype=None', x =>
    tensorOf(need(x.data), typeArgument(x.dtype) ?? arrayOf(x.self).dtype),
  ),
  ...Object.entries(TYPED_CLASSES).flatMap(([name, d]) =>
    functions(name, '*args', x => {
      const [first, ...rest] = x.args?.kind === 'tuple' ? x.args.items : [];
      if (first === undefined || rest.length > 0 || (first.kind !== 'list' && first.kind !== 'tuple'))
        return unknown(`torch.${name} with these arguments is not covered`);
      return tensorOf(first, d);
    }),
  ),
  {
    path: 'torch.nn.Parameter',
    signature: 'data, requires_grad=True',
    evaluate: x => {
      const made = tensor(arrayOf(x.data), 'torch', isTrue(x.requires_grad ?? bool(true)) ? 'leaf' : undefined);
      return made.gradient ? { ...made, parameter: true } : unknown('a parameter without a gradient is not covered');
    },
  },
  ...functions('set_printoptions', PRINTING, () => NONE),
  ...functions('device', 'type', x =>
    x.type?.kind === 'string' && x.type.value === 'cpu'
      ? { kind: 'function', path: 'torch.device.cpu' }
      : unknown('a device other than the processor is known only when the code runs'),
  ),
  ...functions('Size', 'sizes', x => sizeTuple(integersOf(need(x.sizes)))),
  ...constant('zeros', 0),
  ...constant('ones', 1),
  ...functions('full', 'size, fill_value, *, dtype=None', (x, c) =>
    fillWith(collected(tuple([need(x.size)])), need(x.fill_value), typeArgument(x.dtype), c),
  ),
  ...functions('full_like', 'input, fill_value, *, dtype=None', (x, c) =>
    likeShape(
      fillWith(arrayOf(x.input).shape, need(x.fill_value), typeArgument(x.dtype) ?? arrayOf(x.input).dtype, c),
      arrayOf(x.input),
    ),
  ),
  ...methods('new_full', 'self, size, fill_value, *, dtype=None', (x, c) =>
    fillWith(collected(tuple([need(x.size)])), need(x.fill_value), typeArgument(x.dtype) ?? arrayOf(x.self).dtype, c),
  ),
  ...functions('arange', '*args, start=, end=, step=, dtype=None', arange),
  ...functions('linspace', 'start, end, steps, *, dtype=None', (x, c) => linspace(x, c)),
  ...functions('logspace', 'start, end, steps, base=10.0, *, dtype=None', (x, c) =>
    linspace(x, c, e => real(x.base, 10) ** e),
  ),
  ...functions('eye', 'n, m=None, *, dtype=None', eye),
  ...both('tril', 'input, diagonal=0', x => triangle(x, (i, j, k) => j - i <= k)),
  ...both('triu', 'input, diagonal=0', x => triangle(x, (i, j, k) => j - i >= k)),
  ...both('diag', 'input, diagonal=0', diagonal),
  ...functions('complex', 'real, imag', x => {
    const [re, im] = [arrayOf(x.real), arrayOf(x.imag)];
    if (re.dtype !== im.dtype || !isFloatType(re.dtype) || re.shape.join() !== im.shape.join())
      return unknown('torch.complex of these is not covered');
    const [p, q] = [toFloat64(re), toFloat64(im)];
    const data = generate(2 * p.length, k => (k % 2 === 0 ? p : q)[Math.floor(k / 2)]);
    const z = ndarray('complex128', re.shape, data);
    return tensor(re.dtype === 'float64' ? z : asType(z, 'complex64'), 'torch');
  }),
  ...functions('meshgrid', '*tensors, indexing=', (x: Bound, c: Context) => {
    const items = x.tensors?.kind === 'tuple' ? x.tensors.items : [];
    const list =
      items.length === 1 && items[0].kind !== 'array' && items[0].kind !== 'vector' && 'items' in items[0]
        ? items[0].items
        : items;
    const axes = list.map(v => arrayOf(v));
    if (new Set(axes.map(a => a.dtype)).size > 1)
      return fail('RuntimeError: meshgrid expects all tensors to have the same dtype');
    if (axes.some(a => a.shape.length > 1)) return unknown('this meshgrid is not covered yet');
    const shape = axes.map(a => sizeOf(a.shape));
    c.budget.claim(sizeOf(shape) * axes.length);
    return tuple(
      axes.map((a, k) => {
        const line = reshape(
          contiguous(a),
          shape.map((n, i) => (i === k ? n : 1)),
        );
        return tensor(broadcastTo(line, shape), 'torch');
      }),
    );
  }).map(e => ({ ...e, compose: grids })),
];
