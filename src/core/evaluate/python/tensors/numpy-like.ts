import { type DType, isComplexType, isFloatType, roundBrain } from '../../../values/dtype';
import { asType, transpose } from '../../../values/ndarray';
import type { FunctionValue, Library, Value } from '../../../values/value';
import { bind, type LibraryFunction } from '../../catalogue';
import type { CallArgument, Context } from '../../dialect';
import { unknown } from '../../stop';
import { int } from '../coerce';
import { callMethod } from '../methods';
import { partOf } from '../reductions';
import { tensorMatmul } from './products';
import { refusals } from './refusals';
import { bare, foreign, isTensor, lifted, type Tensor, tensor } from './tensor';

/**
 * jax.numpy and cupy: functions of NumPy's names that mean the same, by their manuals. JAX keeps numbers in 32 bits and
 * marks results of Python's numbers alone as weak, which its text shows and which is left unknown here.
 */

const CREATION = new Set('array asarray zeros ones eye identity arange linspace tri vander'.split(' '));

const SHARED = new Set(
  `zeros_like ones_like full_like diag tril triu sum mean max min prod std var argmax argmin any all cumsum cumprod dot matmul
   vdot inner outer kron einsum tensordot transpose reshape ravel squeeze expand_dims concatenate stack vstack hstack
   column_stack where clip abs absolute sqrt exp log log2 log10 log1p expm1 sin cos tan arcsin arccos arctan sinh cosh tanh
   square maximum minimum add subtract multiply divide true_divide power negative trace round floor ceil sign sort argsort
   cross broadcast_to tile repeat flip roll isnan isinf isfinite swapaxes moveaxis amax amin median take equal not_equal
   greater greater_equal less less_equal logical_and logical_or logical_not hypot arctan2 diff atleast_2d allclose
   array_equal count_nonzero nansum nanmean linalg.norm linalg.det linalg.inv linalg.solve linalg.matrix_rank linalg.cholesky
   linalg.pinv linalg.matrix_power linalg.eigvalsh linalg.multi_dot linalg.cond shape ndim size`.split(/\s+/),
);

/** Functions of several results: what holds them prints by the version. */
const FACTORS = new Set(['linalg.qr', 'linalg.svd', 'linalg.eigh', 'linalg.slogdet']);

/** Answers that are Python's own numbers. */
const PLAIN = new Set(['shape', 'ndim', 'size']);

const METHODS = new Set(
  `sum mean max min prod std var argmax argmin any all cumsum cumprod dot trace ravel squeeze round clip swapaxes repeat
   argsort reshape transpose flatten astype copy tolist item`.split(/\s+/),
);

const PATHS: Readonly<Record<string, 'jax' | 'cupy'>> = { 'jax.numpy': 'jax', cupy: 'cupy' };

export const NUMPY_LIKE_MODULES: readonly string[] = [
  'jax',
  'jax.numpy',
  'jax.numpy.linalg',
  'jax.nn',
  'cupy',
  'cupy.linalg',
];

/** `jnp.sum`, `cp.linalg.norm`: a function that NumPy has too; undefined where it is none of these. */
export function likeAttribute(path: string, name: string): Value | undefined {
  for (const [module, library] of Object.entries(PATHS)) {
    if (path !== module && path !== `${module}.linalg`) continue;
    const own = path === module ? name : `linalg.${name}`;
    if (
      SHARED.has(own) ||
      CREATION.has(own) ||
      FACTORS.has(own) ||
      (own === 'full' && library === 'cupy') ||
      (library === 'cupy' && own === 'asnumpy')
    )
      return { kind: 'function', path: `${module}.${own}` };
    const type = TYPES[own];
    if (type && path === module) return { kind: 'dtype', dtype: type, library };
    if (own === 'random') return unknown(`${module}.random: random, known only when the code runs`);
    if (own === 'newaxis') return { kind: 'none' };
    if (own in CONSTANTS) return { kind: 'scalar', dtype: 'float64', value: CONSTANTS[own], weak: true };
    return unknown(`${module === 'cupy' ? 'cp' : 'jnp'}.${own} is not covered yet`);
  }
  return undefined;
}

const CONSTANTS: Readonly<Record<string, number>> = {
  pi: Math.PI,
  e: Math.E,
  inf: Number.POSITIVE_INFINITY,
  nan: Number.NaN,
};

const TYPES: Readonly<Record<string, DType>> = {
  bfloat16: 'bfloat16',
  float32: 'float32',
  float64: 'float64',
  int32: 'int32',
  int64: 'int64',
  bool_: 'bool',
  complex64: 'complex64',
};

/** JAX's types without its switch for 64 bits. */
export const narrow = (d: DType): DType =>
  d === 'float64' ? 'float32' : d === 'int64' ? 'int32' : d === 'complex128' ? 'complex64' : d;

/** Every array of a value in the types of its library. */
export function settled(v: Value, library: Library): Value {
  if (v.kind === 'list' || v.kind === 'tuple')
    return { ...v, kind: v.kind, items: v.items.map(item => settled(item, library)) };
  const held = lifted(v, library);
  if (!isTensor(held)) return held;
  return library === 'jax' ? tensor(asType(held.array, narrow(held.array.dtype)), library) : held;
}

/** JAX has its rules for these types; the others come from 64-bit mode or half precision. */
function covered(v: Value): void {
  if (
    isTensor(v) &&
    v.library === 'jax' &&
    !['float32', 'int32', 'bool', 'complex64', 'bfloat16'].includes(v.array.dtype)
  )
    unknown(`${v.array.dtype} arrays of JAX are not covered yet`);
}

const holdsFloat = (v: Value): boolean =>
  v.kind === 'scalar' && v.weak === true && v.dtype !== 'bool' && v.dtype !== 'int64';

/** Calls a function or method that means what NumPy's of the name means. */
export function callLike(
  f: FunctionValue,
  args: readonly CallArgument[],
  context: Context,
  library: ReadonlyMap<string, LibraryFunction>,
): Value {
  const [, module, name] = /^(jax\.numpy|cupy|like\.jax|like\.cupy)\.(.+)$/.exec(f.path) ?? [];
  const owner: 'jax' | 'cupy' = module?.endsWith('cupy') ? 'cupy' : 'jax';
  const all = f.self ? [{ value: f.self }, ...args] : [...args];
  const arrays = all.map(a => foreign(a.value)).filter(l => l !== undefined);
  if (arrays.some(l => l !== owner)) return unknown('arrays of different libraries are not combined');
  if (name === 'asnumpy') return all.length === 1 ? bare(all[0].value) : unknown('this asnumpy is not covered');
  for (const a of all) covered(a.value);
  if (all.some(a => a.name === 'out' || a.name === 'device'))
    return unknown(`out= and device= of ${name} are not followed`);
  if (owner === 'jax')
    weakness(
      name,
      all.map(a => a.value),
    );
  if (owner === 'jax' && all.some(a => isBrain(a.value))) return inBrain(f, name, all, context, library);
  const entry = library.get(`numpy.${name}`);
  const [first] = all.map(a => a.value);
  if (owner === 'jax' && isTensor(first)) {
    if ((name === 'tril' || name === 'triu') && first.array.shape.length < 2) return unknown(`${name} takes a matrix`);
    if ((name === 'floor' || name === 'ceil') && !isFloatType(first.array.dtype))
      return unknown(`the type of ${name} of whole numbers depends on the version of JAX`);
  }
  const given = all.map((a): CallArgument => ({ ...a, value: typed(bare(a.value)) }));
  // Unlike NumPy's, theirs keeps the order of equal elements.
  if (name === 'argsort' && !given.some(a => a.name === 'kind'))
    given.push({ name: 'kind', value: { kind: 'string', value: 'stable' } });
  const result = refusals(() => {
    if (f.self && METHODS.has(name))
      return callMethod({ ...f, path: `ndarray.${name}`, self: bare(f.self) }, given.slice(1), context, library);
    return entry ? entry.evaluate(bind(entry, given), context) : unknown(`${name} is not covered yet`);
  });
  if (PLAIN.has(name) || name === 'tolist' || name === 'item') return result;
  const out = settled(result, owner);
  return FACTORS.has(name) && out.kind === 'tuple' ? { ...out, named: { path: '' } } : out;
}

/** A dtype that only JAX knows by this name. */
const typed = (v: Value): Value =>
  v.kind === 'string' && v.value === 'bfloat16' ? { kind: 'dtype', dtype: 'bfloat16' } : v;

/** Whether there are numbers in bfloat16 in a value. */
const isBrain = (v: Value): boolean =>
  isTensor(v)
    ? v.array.dtype === 'bfloat16'
    : (v.kind === 'list' || v.kind === 'tuple') && v.dense === undefined && v.items.some(isBrain);

/** What JAX computes in float32 and rounds once, or only moves or tells of. */
const BRAIN_SAFE = new Set(
  `zeros_like ones_like full_like diag tril triu sum mean max min amax amin argmax argmin any all outer transpose reshape ravel
   squeeze expand_dims concatenate stack vstack hstack column_stack where clip abs absolute sqrt exp log log1p expm1 sin cos tanh
   square maximum minimum add subtract multiply divide true_divide negative floor ceil sign sort argsort broadcast_to tile
   repeat flip roll isnan isinf isfinite swapaxes moveaxis take equal not_equal greater greater_equal less less_equal
   logical_and logical_or logical_not array_equal count_nonzero shape ndim size flatten copy tolist item astype`.split(
    /\s+/,
  ),
);

/** A call with numbers in bfloat16: in float32, its result rounded. */
function inBrain(
  f: FunctionValue,
  name: string,
  all: readonly CallArgument[],
  context: Context,
  library: ReadonlyMap<string, LibraryFunction>,
): Value {
  if ((name === 'dot' || name === 'matmul') && all.length === 2)
    return tensorMatmul(all[0].value, all[1].value, context);
  if (!BRAIN_SAFE.has(name)) return unknown(`how JAX rounds ${name} in bfloat16 on the way is not covered`);
  const wide = (v: Value): Value => {
    if (isTensor(v)) {
      if (v.array.dtype !== 'bfloat16' && isFloatType(v.array.dtype)) unknown('how these types combine is not covered');
      return isFloatType(v.array.dtype) ? tensor(asType(v.array, 'float32'), 'jax') : v;
    }
    if (v.kind === 'scalar' && v.weak && v.dtype === 'float64' && typeof v.value === 'number')
      return { ...v, value: roundBrain(v.value) };
    return (v.kind === 'list' || v.kind === 'tuple') && isBrain(v) ? { kind: v.kind, items: v.items.map(wide) } : v;
  };
  const args = all.map(a => ({ ...a, value: wide(a.value) }));
  const result = f.self
    ? callLike({ ...f, self: args[0].value }, args.slice(1), context, library)
    : callLike(f, args, context, library);
  return name === 'astype' ? result : narrowed(result);
}

const narrowed = (v: Value): Value => {
  if (isTensor(v)) return v.array.dtype === 'float32' ? tensor(asType(v.array, 'bfloat16'), v.library) : v;
  return v.kind === 'list' || v.kind === 'tuple' ? { ...v, kind: v.kind, items: v.items.map(narrowed) } : v;
};

/** Stops where JAX's result would be of a weak type, or of a type that depends on one. */
function weakness(name: string, values: readonly Value[]): void {
  if (CREATION.has(name)) {
    const [first] = values;
    if ((name === 'array' || name === 'asarray') && (first?.kind === 'scalar' || foreign(first)))
      unknown('an array of a single number is of a weak type, which is not covered');
    return;
  }
  const tensors = values.flatMap(v =>
    isTensor(v) ? [v] : v.kind === 'list' || v.kind === 'tuple' ? v.items.filter(isTensor) : [],
  );
  const strong = name === 'where' ? tensors.slice(1) : tensors;
  if (strong.length === 0) unknown('a result of plain numbers alone is of a weak type, which is not covered');
  if (values.some(holdsFloat) && strong.every(t => t.array.dtype !== 'float32' && !isComplexType(t.array.dtype)))
    unknown('integers beside a float are of a weak type, which is not covered');
  if (new Set(strong.map(t => t.array.dtype)).size > 1) unknown('how these types combine is not covered');
}

/** `x.shape`, `x.T`, `x.sum`: attributes of arrays of JAX and cupy. */
export function likeMember(object: Tensor, name: string, context: Context): Value {
  const { array, library } = object;
  switch (name) {
    case 'shape':
      return { kind: 'tuple', items: array.shape.map(int) };
    case 'ndim':
      return int(array.shape.length);
    case 'size':
      return int(array.shape.reduce((n, m) => n * m, 1));
    case 'dtype':
      return { kind: 'dtype', dtype: array.dtype };
    case 'T':
      context.record('transpose', [object]);
      return tensor(transpose(array), library);
    case 'real':
      return tensor(partOf(array, 0), library);
    case 'at':
      return unknown('.at of an array is not covered yet');
    case 'get':
      if (library === 'cupy') return { kind: 'function', path: 'cupy.asnumpy', self: object };
  }
  if (METHODS.has(name)) return { kind: 'function', path: `like.${library}.${name}`, self: object };
  return unknown(`the attribute ${name} of an array of ${library} is not covered yet`);
}
