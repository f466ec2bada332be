import { holdsArray, pythonRepr, pythonStr, textUnknown } from '../../format/numpy';
import { type DType, kindOf } from '../../values/dtype';
import { asType, ndarray, sizeOf } from '../../values/ndarray';
import { strings } from '../../values/strings';
import {
  denseList,
  type FunctionValue,
  type ListValue,
  NONE,
  scalar,
  stringValue,
  type Value,
} from '../../values/value';
import { bind, catalogue } from '../catalogue';
import { type CallArgument, type Context, type Dialect, type SubscriptValue, subscriptOf } from '../dialect';
import { claimItems } from '../sizes';
import { fail, unknown } from '../stop';
import { ARRAY_API, NEW_TYPES, ofChar, renamed } from './array-api';
import { BITS } from './bits';
import { BUILTINS, described, iterate } from './builtins';
import { CALCULUS } from './calculus';
import { CALLBACKS, callVectorized } from './callbacks';
import { change, setMember, take } from './changes';
import { float, int, needFit, resultType, toArray, unwrap } from './coerce';
import { COMPLEX_DOMAIN } from './complex-domain';
import { COVARIANCE } from './covariance';
import { CREATION } from './creation';
import { dictOf } from './dicts';
import { TYPE_NAMES } from './dtypes';
import { EINSUM } from './einsum';
import { ELEMENTWISE } from './elementwise';
import { FFT, WINDOWS } from './fft';
import { formatValue } from './formatting';
import { gridIndex, isGrid } from './grids';
import { changedArgument, IN_PLACE } from './in-place';
import { assign, index, write } from './indexing';
import { ITERATORS } from './iterators';
import { JOINING } from './joining';
import { LINALG } from './linalg';
import { assignToList, without } from './list-parts';
import { MATH_CONSTANTS, MATH_FUNCTIONS } from './math';
import { MEMORY_ORDER } from './memory-order';
import { callMethod, member } from './methods';
import { NAN_REDUCTIONS } from './nan-reductions';
import { callNumberMethod, isNumberMethod } from './number-methods';
import { callGetter, isGetter, operatorFunctions } from './operator-functions';
import { binary, compare, truth, unary } from './operators';
import { withOut } from './out';
import { laidAs, orderedByIndex, ownBuffer } from './own-buffers';
import { PADDING } from './padding';
import { PARTITIONS } from './partitions';
import { POLYNOMIAL_FITS } from './polynomial-fits';
import { callWithPolynomials, POLYNOMIAL_OBJECTS, polynomialIndex, polynomialMember } from './polynomial-objects';
import { formatSeries, SERIES } from './polynomial-series';
import { POLYNOMIALS } from './polynomials';
import { printingAt } from './printing';
import { PRODUCTS } from './products';
import {
  callRandom,
  generatorMember,
  isRandomCall,
  RANDOM_MODULES,
  randomAttribute,
  shuffledArgument,
} from './random/library';
import { callTorchDraw, initialised, isTorchDraw, torchRandomAttribute } from './random/torch-library';
import { callNamedTuple, namedMethod, RECORDS } from './records';
import { REDUCTIONS } from './reduction-catalogue';
import { SCIPY, SCIPY_MODULES } from './scipy/library';
import { SELECTING } from './selecting';
import { changedSet, SET_METHODS, setDisplay, setMethod } from './sets';
import { SHAPE } from './shape';
import { SORTING } from './sorting';
import { STATISTICS } from './statistics';
import { STRIDED } from './strided';
import { stringsAsNumbers } from './string-arrays';
import { callWithStrings, stringsAssign, stringsIndex, stringsMember, stringTypeMember } from './string-calls';
import { STRING_FUNCTIONS } from './string-functions';
import { STRING_METHODS, stringMethod } from './strings';
import { systemFact } from './system';
import { ACTIVATIONS } from './tensors/activations';
import { isOptimiser, optimiserMember } from './tensors/autograd/optimisers';
import { isScheduler, schedulerMember } from './tensors/autograd/schedulers';
import {
  callLayer,
  callLibrary,
  callWithTensors,
  namedPart,
  tensorAugment,
  tensorChange,
  tensorMember,
} from './tensors/dispatch';
import { likeAttribute, NUMPY_LIKE_MODULES } from './tensors/numpy-like';
import { tensorAssign, tensorIndex } from './tensors/subscripts';
import { isTensor } from './tensors/tensor';
import { TENSORFLOW, TF_MODULES, tensorflowAttribute } from './tensors/tensorflow';
import { TORCH, TORCH_MODULES, torchAttribute } from './tensors/torch/library';
import { moduleText } from './tensors/torch/module-methods';
import { isLayer, layerItem, layerMember, MODULE_METHODS } from './tensors/torch/modules';
import { TEXTS } from './texts';
import { dtypeMember, family, machineLimit, TYPES } from './types';
import { callUfuncMethod, UFUNC_ENTRIES, ufuncMember } from './ufunc-catalogue';
import { OPERATORS } from './ufuncs';
import { WALKS } from './walks';

/** Every library function that is known, by path. A new one is one entry in one of these lists. */
export const LIBRARY = catalogue(
  CREATION,
  PRODUCTS,
  LINALG,
  UFUNC_ENTRIES,
  ELEMENTWISE,
  REDUCTIONS,
  STATISTICS,
  NAN_REDUCTIONS,
  COVARIANCE,
  SORTING,
  SHAPE,
  JOINING,
  SELECTING,
  EINSUM,
  CALCULUS,
  PADDING,
  TYPES,
  FFT,
  WINDOWS,
  POLYNOMIALS,
  POLYNOMIAL_FITS,
  POLYNOMIAL_OBJECTS,
  SERIES,
  TEXTS,
  STRING_FUNCTIONS,
  BUILTINS,
  MATH_FUNCTIONS,
  CALLBACKS,
  ARRAY_API,
  operatorFunctions((object, subscripts, context) => subscripted(object, subscripts, context)),
  IN_PLACE,
  TORCH,
  SCIPY,
  ACTIVATIONS,
  TENSORFLOW,
  PARTITIONS,
  BITS,
  WALKS,
  MEMORY_ORDER,
  STRIDED,
  COMPLEX_DOMAIN,
  ITERATORS,
  RECORDS,
);

/** Types of Python's own that are named but not called here. */
const TYPE_NAMES_OF_PYTHON = new Set(['object', 'staticmethod', 'classmethod', 'property']);

/** Names that Python itself defines: what is not covered of them is unknown, not undefined. */
const PYTHON_NAMES = new Set(
  `ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError BrokenPipeError BufferError
   BytesWarning ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError ConnectionResetError
   DeprecationWarning EOFError EncodingWarning EnvironmentError Exception ExceptionGroup FileExistsError FileNotFoundError
   FloatingPointError FutureWarning GeneratorExit IOError ImportError ImportWarning IndentationError IndexError
   InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError
   NotADirectoryError NotImplementedError OSError OverflowError PendingDeprecationWarning PermissionError
   ProcessLookupError RecursionError ReferenceError ResourceWarning RuntimeError RuntimeWarning StopAsyncIteration
   StopIteration SyntaxError SyntaxWarning SystemError SystemExit TabError TimeoutError TypeError UnboundLocalError
   UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning
   ZeroDivisionError NotImplemented aiter anext ascii breakpoint __debug__ __package__ __spec__ __loader__
   bytearray bytes classmethod compile copyright credits delattr dict dir eval exec exit frozenset getattr globals
   hasattr hash help id input issubclass iter license locals memoryview next open property quit set setattr
   staticmethod super vars __import__ __name__ __file__ __doc__ __builtins__`.split(/\s+/),
);

const MODULES: ReadonlySet<string> = new Set([
  'numpy',
  'numpy.linalg',
  'numpy.fft',
  'numpy.char',
  'numpy.emath',
  'numpy.strings',
  'numpy.lib',
  'numpy.lib.stride_tricks',
  'numpy.polynomial',
  'numpy.polynomial.polynomial',
  'math',
  'functools',
  'operator',
  'itertools',
  'sys',
  ...RANDOM_MODULES,
  'dataclasses',
  'typing',
  'collections',
  'abc',
  'copy',
  ...TORCH_MODULES,
  ...SCIPY_MODULES,
  ...NUMPY_LIKE_MODULES,
  ...TF_MODULES,
]);
const CONSTANTS: Readonly<Record<string, number>> = {
  pi: Math.PI,
  e: Math.E,
  inf: Number.POSITIVE_INFINITY,
  Inf: Number.POSITIVE_INFINITY,
  infty: Number.POSITIVE_INFINITY,
  nan: Number.NaN,
  NaN: Number.NaN,
  NINF: Number.NEGATIVE_INFINITY,
  PINF: Number.POSITIVE_INFINITY,
  Infinity: Number.POSITIVE_INFINITY,
  NAN: Number.NaN,
  NZERO: -0,
  PZERO: 0,
  euler_gamma: 0.5772156649015329,
};
/** `np.linalg.LinAlgError`'s way: names of numpy as people write them. */
const written = (path: string): string => path.replace(/^numpy/, 'np');

function attribute(path: string, name: string): Value {
  const full = `${path}.${name}`;
  const limit = machineLimit(path, name);
  if (limit) return limit;
  if (full === 'numpy.polynomial.polynomial.Polynomial')
    return { kind: 'function', path: 'numpy.polynomial.Polynomial' };
  if (MODULES.has(full)) return { kind: 'module', path: full };
  const known = renamed(full);
  if (known) return { kind: 'function', path: known };
  if (LIBRARY.has(full) || isGrid(full)) return { kind: 'function', path: full };
  if (path === 'numpy') {
    if (name in CONSTANTS) return float(CONSTANTS[name]);
    if (name === 'newaxis') return NONE;
    if (name === 'True_' || name === 'False_') return scalar('bool', name === 'True_');
    const types = family(name);
    if (types) return types;
    if (name === 'str_' || name === 'unicode_') return { kind: 'string-type', width: 0, form: 'type' };
    const type = TYPE_NAMES[name] ?? NEW_TYPES[name];
    if (type) return { kind: 'dtype', dtype: type, form: 'type' };
  }
  const random = randomAttribute(path, name) ?? torchRandomAttribute(path, name);
  if (random) return random;
  const own = torchAttribute(path, name) ?? likeAttribute(path, name) ?? tensorflowAttribute(path, name);
  if (own) return own;
  const fact = systemFact(path, name);
  if (fact) return fact;
  if (path === 'math' && name in MATH_CONSTANTS) return float(MATH_CONSTANTS[name]);
  return unknown(`${written(full)} is not covered yet`);
}

/** Paths of libraries with arrays of their own. */
const LIBRARY_PATHS = /^(torch|jax|cupy|tensorflow|like)\./;

function call(f: FunctionValue, args: readonly CallArgument[], context: Context): Value {
  return ownBuffer(f, called(f, args, context), args);
}

function called(f: FunctionValue, args: readonly CallArgument[], context: Context): Value {
  const char = ofChar(f, args);
  if (char) return called(char, args, context);
  if (isRandomCall(f)) return callRandom(f, args, context);
  if (isTorchDraw(f)) return callTorchDraw(f, args, context);
  if (isLayer(f)) return callLayer(f, args, context, LIBRARY);
  if (LIBRARY_PATHS.test(f.path)) return callLibrary(f, args, context, LIBRARY);
  const other =
    callWithTensors(f, args, context) ??
    callWithStrings(f, args, context, LIBRARY) ??
    callWithPolynomials(f, args, context, LIBRARY);
  if (other) return other;
  if (f.path === 'call') {
    const callee = f.self;
    if (callee?.kind === 'dtype' && !callee.library) return convert(callee.dtype, args);
    return fail(
      `TypeError: '${callee ? (callee.kind === 'scalar' ? 'number' : callee.kind === 'array' ? 'numpy.ndarray' : callee.kind) : 'value'}' object is not callable`,
    );
  }
  if (f.path === 'namedtuple') return callNamedTuple(f, args);
  if (f.self?.kind === 'tuple' && f.path.startsWith('named.'))
    return namedMethod(f.self, f.path.slice('named.'.length), args, context);
  if (f.self?.kind === 'set' && f.path.startsWith('set.'))
    return setMethod(f.self, f.path.slice('set.'.length), args, context);
  if (isNumberMethod(f)) return callNumberMethod(f, args);
  if (isGetter(f)) return callGetter(f, args, context, subscripted);
  if (f.path === 'vectorized') return callVectorized(f, args, context);
  if (f.path.startsWith('str.')) return stringMethod(f, args, context);
  if (f.path.startsWith('ufunc.')) return callUfuncMethod(f, args, context);
  if (f.self) return callMethod(f, args, context, LIBRARY);
  const entry = LIBRARY.get(f.path);
  if (!entry) return unknown(`${written(f.path)} is not covered yet`);
  return withOut(entry, bind(entry, args), args, context);
}

/** `object[subscripts]`. */
const subscripted: Dialect['index'] = (object, subscripts, context) => pythonDialect.index(object, subscripts, context);

/** `np.float32(3)`, `np.int64([1, 2])`. */
function convert(dtype: DType, args: readonly CallArgument[]): Value {
  const [first] = args;
  if (args.length !== 1 || first.name !== undefined) return unknown('this conversion is not covered yet');
  if (first.value.kind === 'string') return unwrap(stringsAsNumbers(strings([], [first.value.value]), dtype));
  // What is beyond 64 bits is no error of one type alone.
  if (dtype === 'int64') needFit([first.value], dtype);
  return unwrap(asType(toArray(first.value), dtype));
}

/** The items that a list grows by. */
function claimed(list: ListValue, items: readonly Value[], context: Context): readonly Value[] {
  claimItems(list.items.length + items.length, context.budget);
  return items;
}

/** `object[i]` by its own method. */
function objectItem(object: Value, subscripts: readonly SubscriptValue[], context: Context): Value {
  const method = context.method?.(object, '__getitem__') ?? unknown('subscripts of this object are not followed');
  return context.call(method, [subscriptOf(subscripts)]);
}

/** Python with NumPy: values, operators and names as NumPy's manual defines them. */
export const pythonDialect: Dialect = {
  id: 'python',
  number(node) {
    if (node.imaginary) return scalar('complex128', { re: 0, im: node.value }, true);
    return node.integer !== undefined ? int(node.integer) : float(node.value);
  },
  dense(node) {
    const array = ndarray(node.integer ? 'int64' : 'float64', node.shape, node.data);
    const mixed = node.integers;
    const item = (k: number): Value => (node.integer || mixed?.[k] === 1 ? int(node.data[k]) : float(node.data[k]));
    const build = (axis: number, offset: number, count: number): readonly Value[] => {
      const step = count / Math.max(node.shape[axis], 1);
      return Array.from(
        { length: node.shape[axis] },
        (_, i): Value =>
          axis === node.shape.length - 1
            ? item(offset + i)
            : { kind: node.form === 'tuple' ? 'tuple' : 'list', items: build(axis + 1, offset + i * step, step) },
      );
    };
    return denseList(node.form === 'tuple' ? 'tuple' : 'list', array, () => build(0, 0, sizeOf(node.shape)));
  },
  sequence: (form, items) => ({ kind: form, items }),
  matrix: () => fail('SyntaxError: invalid syntax'),
  range: () => fail('SyntaxError: invalid syntax'),
  unary: (operator, operand, context) => laidAs(unary(operator, operand, context), [operand]),
  binary: (operator, left, right, context) => {
    const result = binary(operator, left, right, context);
    return operator === 'matmul' ? result : laidAs(result, [left, right]);
  },
  compare: (operator, left, right, context) => laidAs(compare(operator, left, right, context), [left, right]),
  truth,
  logical: (operator, left, right) => (truth(left) === (operator === 'and') ? right() : left),
  index: (object, subscripts, context) =>
    isLayer(object)
      ? layerItem(object, subscripts.length === 1 && subscripts[0].kind === 'at' ? subscripts[0].value : undefined)
      : object.kind === 'function' && isGrid(object.path)
        ? gridIndex(object.path, subscripts, context)
        : object.kind === 'object'
          ? objectItem(object, subscripts, context)
          : isTensor(object)
            ? tensorIndex(object, subscripts, context)
            : object.kind === 'polynomial'
              ? polynomialIndex(object, subscripts)
              : object.kind === 'strings'
                ? stringsIndex(object, subscripts, context)
                : orderedByIndex(index(object, subscripts, context), object, subscripts),
  assign: (object, subscripts, value, context) =>
    isTensor(object)
      ? tensorAssign(object, subscripts, value, context)
      : object.kind === 'strings'
        ? stringsAssign(object, subscripts, value, context)
        : object.kind === 'list'
          ? assignToList(object, subscripts, value, context)
          : assign(object, subscripts, value, context),
  write: (object, subscripts, value, context) => !isTensor(object) && write(object, subscripts, value, context),
  member: (object, name, context) =>
    (object.kind === 'generator' ? generatorMember(object, name) : undefined) ??
    (isLayer(object) ? layerMember(object, name, context) : undefined) ??
    (isOptimiser(object) ? optimiserMember(object, name) : undefined) ??
    (isScheduler(object) ? schedulerMember(object, name) : undefined) ??
    (isTensor(object) ? tensorMember(object, name, context, LIBRARY) : undefined) ??
    (object.kind === 'string' && name in STRING_METHODS
      ? { kind: 'function', path: `str.${name}`, self: object }
      : undefined) ??
    (object.kind === 'function' && object.path === 'builtins.str' && name in STRING_METHODS
      ? { kind: 'function', path: `str.${name}` }
      : undefined) ??
    ((object.kind === 'dict' || (object.kind === 'function' && object.path === 'builtins.dict')) && name === 'fromkeys'
      ? { kind: 'function', path: 'dict.fromkeys' }
      : undefined) ??
    (object.kind === 'polynomial' ? polynomialMember(object, name, context) : undefined) ??
    (object.kind === 'function' && !object.self && LIBRARY.has(`${object.path}.${name}`)
      ? { kind: 'function', path: `${object.path}.${name}` }
      : undefined) ??
    (object.kind === 'strings' ? stringsMember(object, name) : undefined) ??
    (object.kind === 'string-type' ? stringTypeMember(object.width, name) : undefined) ??
    (object.kind === 'function' ? ufuncMember(object, name) : undefined) ??
    (object.kind === 'tuple' ? namedPart(object, name) : undefined) ??
    (object.kind === 'set' && SET_METHODS.has(name)
      ? { kind: 'function', path: `set.${name}`, self: object }
      : undefined) ??
    (object.kind === 'dtype' && !object.form && !object.library ? dtypeMember(object.dtype, name) : undefined) ??
    member(object, name, context),
  call,
  attribute,
  inheritedText: (library, object, context) =>
    library === 'torch.nn.Module' ? moduleText(object, context) : undefined,
  inherited: (library, object, name, context) =>
    library !== 'torch.nn.Module'
      ? undefined
      : MODULE_METHODS.has(name)
        ? { kind: 'function', path: `torch.module.${name}`, self: object }
        : name === 'training' && context.program
          ? scalar('bool', true, true)
          : undefined,
  builtin(name) {
    if (name === 'Ellipsis') return { kind: 'ellipsis' };
    if (LIBRARY.has(`builtins.${name}`) || TYPE_NAMES_OF_PYTHON.has(name))
      return { kind: 'function', path: `builtins.${name}` };
    return PYTHON_NAMES.has(name) ? unknown(`${name} is not covered yet`) : undefined;
  },
  module: path => (MODULES.has(path) ? { kind: 'module', path } : undefined),
  augment(operator, left, right, context) {
    if (left.kind === 'set' && right.kind === 'set' && !left.frozen && operator === 'bit-or')
      return changedSet(left, 'update', [{ value: right }], context) ?? left;
    if (left.kind === 'list' && operator === 'add')
      return { kind: 'list', items: [...left.items, ...claimed(left, iterate(right, context), context)] };
    if (isTensor(left)) return tensorAugment(operator, left, right, context);
    if (left.kind !== 'array') return binary(operator, left, right, context);
    const result = toArray(binary(operator, left, right, context));
    const wanted = resultType([left, right]);
    const found = result.dtype;
    const RANK = { bool: 0, unsigned: 1, signed: 2, float: 3, complex: 4 };
    const kind = (d: DType): number => RANK[kindOf(d)];
    if (kind(found) > kind(left.array.dtype)) {
      const name = OPERATORS[operator] ?? operator;
      return fail(
        `UFuncTypeError: Cannot cast ufunc '${name}' output from dtype('${operator === 'divide' ? 'float64' : wanted}') to dtype('${left.array.dtype}') with casting rule 'same_kind'`,
      );
    }
    if (result.shape.length !== left.array.shape.length || result.shape.some((n, i) => n !== left.array.shape[i])) {
      return fail(
        `ValueError: non-broadcastable output operand with shape (${left.array.shape.join(',')}${left.array.shape.length === 1 ? ',' : ''}) doesn't match the broadcast shape (${result.shape.join(',')}${result.shape.length === 1 ? ',' : ''})`,
      );
    }
    return { kind: 'array', array: asType(result, left.array.dtype) };
  },
  printing: printingAt,
  iterate,
  change: (receiver, method, args, context) =>
    receiver.kind === 'set'
      ? changedSet(receiver, method, args, context)
      : isTensor(receiver)
        ? tensorChange(receiver, method, args, context, LIBRARY)
        : change(receiver, method, args, context),
  take,
  without,
  setMember,
  changeArgument: (path, args, context) => initialised(path, args, context) ?? changedArgument(path, args, context),
  shuffled: shuffledArgument,
  mapping: (entries, context) => dictOf(entries, context),
  set: setDisplay,
  formatted(given, conversion, format, context) {
    const options = holdsArray(given) ? context.printing : undefined;
    const value =
      given.kind === 'object'
        ? stringValue((conversion === 'r' ? pythonRepr : pythonStr)(described(given, context), options))
        : given;
    if (given.kind === 'object' && format !== '' && conversion === undefined)
      return unknown('a format of an object is not followed');
    if (given.kind === 'object') return formatValue(value, format);
    if (conversion === 'r') return formatValue({ kind: 'string', value: pythonRepr(value, options) }, format);
    if (conversion === 's') return formatValue({ kind: 'string', value: pythonStr(value, options) }, format);
    if (conversion !== undefined) return unknown('this conversion is not covered yet');
    const reason = textUnknown(value);
    if (reason) return unknown(reason);
    if (value.kind === 'polynomial' && format !== '') return formatSeries(value, format, context.printing);
    return format === '' && !isTensor(value) ? pythonStr(value, options) : formatValue(value, format);
  },
  undefinedName: name => `NameError: name '${name}' is not defined`,
};
