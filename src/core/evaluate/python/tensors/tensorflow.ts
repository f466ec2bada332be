import { type DType, isFloatType, isIntegerType } from '../../../values/dtype';
import { asType, contiguous, generate, ndarray, sizeOf, transpose } from '../../../values/ndarray';
import type { Value } from '../../../values/value';
import type { Bound, LibraryFunction } from '../../catalogue';
import type { Context } from '../../dialect';
import { fail, unknown } from '../../stop';
import { int, integerOf, integersOf, needInteger, real, toArray } from '../coerce';
import { oneHot } from './activations';
import { runNumpy } from './numpy-entries';
import { elementwise, tensorBinary, tensorPower } from './operators';
import { tensorMatmul } from './products';
import { refusals } from './refusals';
import { arrayOf, bare, given, isTensor, lifted, type Tensor, tensor, typeArgument } from './tensor';

/** TensorFlow 2 in eager mode, by its manual: 32-bit numbers, no promotion between types. */

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');
const T = (v: Value): Value => lifted(v, 'tensorflow');
const of = (v: Value | undefined): ReturnType<typeof arrayOf> => arrayOf(v, 'tensorflow');

export const TF_MODULES: readonly string[] = ['tensorflow', 'tensorflow.linalg', 'tensorflow.math', 'tensorflow.nn'];

const TYPES: Readonly<Record<string, DType>> = {
  bfloat16: 'bfloat16',
  float32: 'float32',
  float64: 'float64',
  int32: 'int32',
  int64: 'int64',
  bool: 'bool',
};

const RANDOM = new Set(['random', 'Variable', 'keras', 'GradientTape', 'data', 'function']);

export function tensorflowAttribute(path: string, name: string): Value | undefined {
  if (path !== 'tensorflow') return undefined;
  if (name in TYPES) return { kind: 'dtype', dtype: TYPES[name], library: 'tensorflow' };
  if (name === 'newaxis') return { kind: 'none' };
  if (name === 'random') return unknown('tf.random: random, known only when the code runs');
  return RANDOM.has(name) ? unknown(`tf.${name} is not followed`) : undefined;
}

/** Numbers as a tensor: Python's floats are float32, its integers int32; NumPy's arrays keep their type. */
function constant(v: Value, dtype: DType | undefined): Value {
  if (isTensor(v)) return v;
  const a = toArray(v);
  const own: DType =
    v.kind === 'array' || (v.kind === 'scalar' && !v.weak)
      ? a.dtype
      : a.dtype === 'float64'
        ? 'float32'
        : a.dtype === 'int64'
          ? 'int32'
          : a.dtype;
  if (v.kind === 'list' && v.items.some(isTensor)) return unknown('a tensor of tensors is not covered here');
  if (dtype && isIntegerType(dtype) && isFloatType(a.dtype)) return unknown('floats as integers are refused');
  return tensor(asType(contiguous(a), dtype ?? own), 'tensorflow');
}

/** Functions that NumPy has under another name, with its names for their parameters. */
interface Alias {
  readonly names: string;
  readonly signature: string;
  readonly numpy: string;
  readonly rename?: Readonly<Record<string, string>>;
  /** Types that the function takes; integers are refused where only floats are. */
  readonly floats?: boolean;
}

const REDUCE = 'input_tensor, axis=None, keepdims=False';
const ALIASES: readonly Alias[] = [
  ...(['sum', 'prod', 'max', 'min', 'mean', 'any', 'all'] as const).map(n => ({
    names: `reduce_${n} math.reduce_${n}`,
    signature: REDUCE,
    numpy: n,
    rename: { input_tensor: 'a' },
    floats: n === 'mean',
  })),
  { names: 'math.reduce_std', signature: REDUCE, numpy: 'std', rename: { input_tensor: 'a' }, floats: true },
  { names: 'math.reduce_variance', signature: REDUCE, numpy: 'var', rename: { input_tensor: 'a' }, floats: true },
  { names: 'transpose', signature: 'a, perm=None', numpy: 'transpose', rename: { perm: 'axes' } },
  { names: 'linalg.det', signature: 'input', numpy: 'linalg.det', rename: { input: 'a' }, floats: true },
  { names: 'linalg.inv', signature: 'input', numpy: 'linalg.inv', rename: { input: 'a' }, floats: true },
  { names: 'linalg.trace', signature: 'x', numpy: 'trace', rename: { x: 'a' } },
  { names: 'linalg.cholesky', signature: 'input', numpy: 'linalg.cholesky', rename: { input: 'a' }, floats: true },
  {
    names: 'linalg.solve',
    signature: 'matrix, rhs',
    numpy: 'linalg.solve',
    rename: { matrix: 'a', rhs: 'b' },
    floats: true,
  },
  {
    names: 'clip_by_value',
    signature: 't, clip_value_min, clip_value_max',
    numpy: 'clip',
    rename: { t: 'a', clip_value_min: 'a_min', clip_value_max: 'a_max' },
  },
  { names: 'cumsum math.cumsum', signature: 'x, axis=0', numpy: 'cumsum', rename: { x: 'a' } },
];

const UNARY: Readonly<Record<string, string>> = {
  'abs math.abs': 'absolute',
  'square math.square': 'square',
  'negative math.negative': 'negative',
};
const UNARY_FLOAT: Readonly<Record<string, string>> = {
  'sqrt math.sqrt': 'sqrt',
  'exp math.exp': 'exp',
  'math.log': 'log',
  'math.log1p': 'log1p',
  'sin math.sin': 'sin',
  'cos math.cos': 'cos',
  'tan math.tan': 'tan',
  'tanh math.tanh nn.tanh': 'tanh',
  'floor math.floor': 'floor',
  'math.ceil': 'ceil',
};
const BINARY: Readonly<Record<string, string>> = {
  'maximum math.maximum': 'maximum',
  'minimum math.minimum': 'minimum',
};
const OPERATORS = {
  'add math.add': 'add',
  'subtract math.subtract': 'subtract',
  'multiply math.multiply': 'multiply',
  'divide math.divide': 'divide',
} as const;

const paths = (names: string): string[] => names.split(' ').map(n => `tensorflow.${n}`);
const each = (names: string, signature: string, evaluate: LibraryFunction['evaluate']): LibraryFunction[] =>
  paths(names).map(path => ({ path, signature, evaluate }));

/** What rounds nothing. */
const EXACT = new Set(['transpose', 'max', 'min', 'any', 'all', 'clip']);

/** The NumPy function that an alias stands for; the result in the operand's type where it is a number of the same kind. */
const aliased = (a: Alias): LibraryFunction[] =>
  each(a.names, a.signature, (x, c) => {
    const operands = Object.values(x).filter(isTensor);
    const types = new Set(operands.map(v => v.array.dtype));
    if (types.size !== 1) return unknown('TensorFlow combines tensors of one type only');
    const [type] = types;
    if (type === 'bfloat16' && !EXACT.has(a.numpy))
      return unknown(`how ${a.numpy} in bfloat16 is rounded is not covered`);
    if (a.floats && !isFloatType(type)) return unknown('integers are not covered here');
    const args = Object.entries(x).flatMap(([name, v]) =>
      v === undefined ? [] : [[a.rename?.[name] ?? name, bare(v)] as const],
    );
    return refusals(() => {
      const out = T(runNumpy(a.numpy, Object.fromEntries(args), c));
      return isTensor(out) && isIntegerType(out.array.dtype) ? tensor(asType(out.array, type), 'tensorflow') : out;
    });
  });

function matmul(x: Bound, c: Context): Value {
  const turn = (v: Value | undefined, flag: Value | undefined): Value => {
    const a = of(v);
    if (!(flag?.kind === 'scalar' && flag.value === true)) return need(v);
    const n = a.shape.length;
    return n < 2
      ? unknown('a transpose takes a matrix')
      : tensor(transpose(a, [...a.shape.map((_, k) => k).slice(0, -2), n - 1, n - 2]), 'tensorflow');
  };
  const [a, b] = [turn(x.a, x.transpose_a), turn(x.b, x.transpose_b)];
  if (of(a).shape.length < 2 || of(b).shape.length < 2) return unknown('tf.matmul takes matrices');
  return tensorMatmul(a, b, c);
}

function joined(x: Bound, numpy: string, c: Context): Value {
  const v = need(x.values);
  const list = v.kind === 'list' || v.kind === 'tuple' ? v.items : [];
  if (new Set(list.map(e => of(e).dtype)).size !== 1) return unknown('TensorFlow combines tensors of one type only');
  return refusals(() => T(c.call({ kind: 'function', path: `numpy.${numpy}` }, [bare(v), x.axis ?? int(0)])));
}

const filled = (shape: Value, value: number, dtype: DType, c: Context): Value => {
  const sides = integersOf(shape);
  c.budget.claim(sizeOf(sides));
  return tensor(asType(ndarray('float64', sides, new Float64Array(sizeOf(sides)).fill(value)), dtype), 'tensorflow');
};

function range(x: Bound, c: Context): Value {
  const [start, limit] = given(x.limit) ? [need(x.start), x.limit] : [int(0), need(x.start)];
  const step = x.delta ?? int(1);
  if (given(x.dtype) || [start, limit, step].some(v => integerOf(v) === undefined))
    return unknown('a range of floats is not covered here');
  const [a, b, h] = [start, limit, step].map(v => needInteger(v));
  if (h === 0) return unknown('a range in steps of 0 is refused');
  const n = Math.max(0, Math.ceil((b - a) / h));
  c.budget.claim(n);
  return tensor(
    ndarray(
      'int32',
      [n],
      generate(n, k => a + k * h),
    ),
    'tensorflow',
  );
}

export const TENSORFLOW: readonly LibraryFunction[] = [
  ...ALIASES.flatMap(aliased),
  ...Object.entries(UNARY).flatMap(([names, u]) =>
    each(names, 'x', (x, c) => elementwise(u, [tensorArgument(x.x)], c)),
  ),
  ...Object.entries(UNARY_FLOAT).flatMap(([names, u]) =>
    each(names, 'x', (x, c) =>
      isFloatType(of(x.x).dtype) ? elementwise(u, [need(x.x)], c) : unknown(`${u} takes floats`),
    ),
  ),
  ...Object.entries(BINARY).flatMap(([names, u]) =>
    each(names, 'x, y', (x, c) => elementwise(u, [need(x.x), need(x.y)], c)),
  ),
  ...Object.entries(OPERATORS).flatMap(([names, op]) =>
    each(names, 'x, y', (x, c) => tensorBinary(op, need(x.x), need(x.y), c)),
  ),
  ...each('pow math.pow', 'x, y', (x, c) => tensorPower(need(x.x), need(x.y), c)),
  ...each('constant', 'value, dtype=None', x => constant(need(x.value), typeArgument(x.dtype, 'tensorflow'))),
  ...each('convert_to_tensor', 'value, dtype=None', x => constant(need(x.value), typeArgument(x.dtype, 'tensorflow'))),
  ...each('matmul linalg.matmul', 'a, b, transpose_a=False, transpose_b=False', matmul),
  ...each('reshape', 'tensor, shape', (x, c) => {
    of(x.tensor);
    return refusals(() =>
      T(c.call({ kind: 'function', path: 'numpy.reshape' }, [bare(need(x.tensor)), bare(need(x.shape))])),
    );
  }),
  ...each('concat', 'values, axis', (x, c) => joined(x, 'concatenate', c)),
  ...each('stack', 'values, axis=0', (x, c) => joined(x, 'stack', c)),
  ...each('expand_dims', 'input, axis', (x, c) => {
    of(x.input);
    return refusals(() =>
      T(c.call({ kind: 'function', path: 'numpy.expand_dims' }, [bare(need(x.input)), need(x.axis)])),
    );
  }),
  ...each('squeeze', 'input, axis=None', (x, c) => {
    of(x.input);
    const args = given(x.axis) ? [bare(need(x.input)), x.axis] : [bare(need(x.input))];
    return refusals(() => T(c.call({ kind: 'function', path: 'numpy.squeeze' }, args)));
  }),
  ...each('argmax math.argmax', 'input, axis=0', (x, c) => {
    of(x.input);
    return refusals(() =>
      T(c.call({ kind: 'function', path: 'numpy.argmax' }, [bare(need(x.input)), x.axis ?? int(0)])),
    );
  }),
  ...each('argmin math.argmin', 'input, axis=0', (x, c) => {
    of(x.input);
    return refusals(() =>
      T(c.call({ kind: 'function', path: 'numpy.argmin' }, [bare(need(x.input)), x.axis ?? int(0)])),
    );
  }),
  ...each('cast', 'x, dtype', x =>
    tensor(asType(of(x.x), typeArgument(x.dtype, 'tensorflow') ?? 'float32'), 'tensorflow'),
  ),
  ...each('zeros', 'shape, dtype=', (x, c) =>
    filled(need(x.shape), 0, typeArgument(x.dtype, 'tensorflow') ?? 'float32', c),
  ),
  ...each('ones', 'shape, dtype=', (x, c) =>
    filled(need(x.shape), 1, typeArgument(x.dtype, 'tensorflow') ?? 'float32', c),
  ),
  ...each('fill', 'dims, value', (x, c) => {
    const v = need(x.value);
    if (v.kind !== 'scalar' || !v.weak || v.dtype === 'bool') return unknown('this fill is not covered');
    return filled(need(x.dims), real(v, 0), v.dtype === 'int64' ? 'int32' : 'float32', c);
  }),
  ...each('eye linalg.eye', 'num_rows', (x, c) => {
    const n = needInteger(need(x.num_rows));
    c.budget.claim(n * n);
    return tensor(
      asType(
        ndarray(
          'float64',
          [n, n],
          generate(n * n, k => (Math.floor(k / n) === k % n ? 1 : 0)),
        ),
        'float32',
      ),
      'tensorflow',
    );
  }),
  ...each('range', 'start, limit=None, delta=1, dtype=None', range),
  ...each('one_hot', 'indices, depth', x =>
    oneHot(constant(need(x.indices), undefined), needInteger(need(x.depth)), 'tensorflow'),
  ),
  ...each('norm linalg.norm', 'tensor, ord=euclidean, axis=None', (x, c) => {
    const a = of(x.tensor);
    if (!isFloatType(a.dtype) || given(x.ord)) return unknown('this norm is not covered yet');
    const flat = bare(need(x.tensor));
    if (given(x.axis) && x.axis.kind !== 'scalar') return unknown('this norm is not covered yet');
    const source: Value = given(x.axis)
      ? flat
      : { kind: 'array', array: { ...contiguous(a), shape: [sizeOf(a.shape)], strides: [1] } };
    const none: Value = { kind: 'none' };
    return refusals(() => T(c.call({ kind: 'function', path: 'numpy.linalg.norm' }, [source, none, x.axis ?? none])));
  }),
];

const tensorArgument = (v: Value | undefined): Value => {
  of(v);
  return need(v);
};

/** `x.shape`, `x.numpy()`: attributes of TensorFlow's tensors. */
export function tensorflowMember(object: Tensor, name: string): Value {
  switch (name) {
    case 'shape':
      return { kind: 'tuple', items: object.array.shape.map(int), named: { path: 'TensorShape' } };
    case 'dtype':
      return { kind: 'dtype', dtype: object.array.dtype, library: 'tensorflow' };
    case 'ndim':
      return int(object.array.shape.length);
    case 'numpy':
      return { kind: 'function', path: 'tensorflow.Tensor.numpy', self: object };
    default:
      return unknown(`the attribute ${name} of a tensor is not covered yet`);
  }
}
