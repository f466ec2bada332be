import { type DType, isComplexType, isFloatType } from '../../../values/dtype';
import { sizeOf, transpose } from '../../../values/ndarray';
import {
  type ArrayValue,
  type FunctionValue,
  type ListValue,
  NONE,
  scalar,
  tuple,
  type Value,
} from '../../../values/value';
import { type Bound, bind, type LibraryFunction, parametersOf } from '../../catalogue';
import type { CallArgument, Context, SubscriptValue } from '../../dialect';
import { fail, unknown } from '../../stop';
import { bool, int, needInteger, typeName, unwrap } from '../coerce';
import { givesView } from '../own-buffers';
import { drawsAsMethod, filledTensor } from '../random/torch-library';
import { isTrue, partOf } from '../reductions';
import { backward, flagged, gradientMember, gradientsAsked, hooked, retained } from './autograd/gradients';
import type { Argument, Named, Operations } from './autograd/node';
import { callOptimiser, clipped, clippedEach, optimiserMade } from './autograd/optimisers';
import { recordedBinary, recordedCall, recordedUnary, renamed } from './autograd/record';
import { callScheduler, schedulerMade } from './autograd/schedulers';
import { inPlaceOf, needChangeable, VIEWED, viewed } from './changes';
import { laidOver } from './layout';
import { callLike, likeMember } from './numpy-like';
import { elementwise, tensorBinary } from './operators';
import { item, nested } from './plain';
import { guarded, refusals } from './refusals';
import { tensorAssign } from './subscripts';
import { arrayOf, bare, foreign, given, HALF, isTensor, recording, sizeTuple, type Tensor, tensor } from './tensor';
import { tensorflowMember } from './tensorflow';
import { keptBehind } from './torch/batch-norm';
import { isComposed } from './torch/composed';
import { tensorOf } from './torch/creation';
import { layerMade } from './torch/layer-making';
import { BRAIN_SAFE, HALF_SAFE } from './torch/library';
import { callModuleMethod } from './torch/module-methods';
import { computing, isTraining, type Layer } from './torch/modules';
import { TORCH_CHANGES } from './torch/scattering';
import { typeText } from './torch/views';

/** Calls, attributes and subscripts of tensors: the door between the dialect and the libraries' catalogues. */

/** Where a call has these, they say nothing about the value. */
const IGNORED = new Set(['pin_memory', 'non_blocking', 'layout', 'memory_format', 'generator', 'copy']);

const NAMES: Readonly<Record<string, string>> = { axis: 'dim', keepdims: 'keepdim', x: 'input', y: 'other' };

/** Devices print themselves: only the processor's own memory is followed. */
function onProcessor(v: Value): void {
  if (v.kind === 'none') return;
  if (v.kind === 'string' && v.value === 'cpu') return;
  if (v.kind === 'function' && v.path === 'torch.device.cpu') return;
  unknown('a device other than the processor is known only when the code runs');
}

/** Arguments as the catalogue names them, those about devices and memory taken out. */
function named(args: readonly CallArgument[], entry: LibraryFunction): CallArgument[] {
  const known = parametersOf(entry.signature).map(p => p.name);
  return args.flatMap((a): CallArgument[] => {
    if (a.name === undefined) return [a];
    if (a.name === 'device') {
      onProcessor(a.value);
      return [];
    }
    if (a.name === 'requires_grad' || IGNORED.has(a.name)) return [];
    if (a.name === 'axis' && entry.path.endsWith('.norm')) return unknown('torch.norm has no axis=');
    const other = NAMES[a.name];
    return [!known.includes(a.name) && other && known.includes(other) ? { ...a, name: other } : a];
  });
}

const isTrueValue = (v: Value | undefined): boolean => v?.kind === 'scalar' && v.value === true;

/** Functions whose results record no gradient. */
const DETACHED =
  /\.(detach|tensor|equal|allclose|size|numel|dim|one_hot|item|tolist|numpy|requires_grad_|zeros_like|ones_like|full_like|Parameter)$/;

/** Calls a function or method of a library's catalogue. */
export function callLibrary(
  f: FunctionValue,
  args: readonly CallArgument[],
  context: Context,
  library: ReadonlyMap<string, LibraryFunction>,
): Value {
  const layer = layerMade(f.path, args);
  if (layer) return layer;
  if (/^(jax\.numpy|cupy|like)\./.test(f.path)) return callLike(f, args, context, library);
  if (!f.path.startsWith('torch.')) return callForeign(f, args, context, library);
  const own =
    wayBack(f, args, context, library) ?? optimiserMade(f.path, args, context) ?? schedulerMade(f.path, args, context);
  if (own) return own;
  if (f.path.startsWith('torch.scheduler.')) return callScheduler(f, args, context);
  if (f.path === 'torch.nn.utils.clip_grad_norm_') return clipped(args, operations(context, library, false), context);
  if (f.path === 'torch.nn.utils.clip_grad_value_')
    return clippedEach(args, operations(context, library, false), context);
  if (f.path.startsWith('torch.optimizer.'))
    return callOptimiser(f, args, operations(context, library, false), context);
  if (f.path.startsWith('torch.module.'))
    return callModuleMethod(f, args, operations(context, library, false), context);
  if (f.self && isTensor(f.self) && f.path.endsWith('_') && !OWN.has(f.path))
    return changedWhole(f, args, context, library);
  const entry = library.get(f.path) ?? OWN.get(f.path);
  if (!entry) return unknown(`${f.path} is not covered yet`);
  const all = f.self ? [{ value: f.self }, ...args] : args;
  if (all.some(a => isTensor(a.value) && a.value.array.dtype === 'float16') && !HALF_SAFE.has(entry.path))
    return unknown(HALF);
  if (all.some(a => isTensor(a.value) && a.value.array.dtype === 'bfloat16') && !BRAIN_SAFE.has(entry.path))
    return unknown('whether and how torch rounds this in bfloat16 on the way depends on its version');
  let bound: Bound = {};
  let composed: Value | undefined;
  const result = guarded(() => {
    bound = bind(entry, named(all, entry));
    composed = isComposed(entry) ? entry.compose(bound, apart(operations(context, library)), context) : undefined;
    return composed ?? entry.evaluate(bound, context);
  });
  if (composed)
    return isComposed(entry) && entry.node !== undefined && recording([composed], context)
      ? renamed(composed, entry.node)
      : composed;
  if (isTrueValue(args.find(a => a.name === 'requires_grad')?.value)) {
    if (isTensor(result) && !isFloatType(result.array.dtype) && !isComplexType(result.array.dtype))
      return fail('RuntimeError: Only Tensors of floating point and complex dtype can require gradients');
    return withGradient(result, 'leaf');
  }
  const values = all.map(a => a.value);
  const inPlace = bound.inplace !== undefined && isTrue(bound.inplace);
  const out =
    !recording(values) || DETACHED.test(f.path)
      ? result
      : recording(values, context)
        ? recordedCall(entry.path, bound, withGradient(result, 'computed'))
        : // A view says that it records what it is a view of does, also where nothing is recorded.
          givesView(f.path)
          ? viewsRecording(result, values)
          : result;
  return inPlace && isTensor(bound.input) ? changedInPlace(bound.input, out, context) : out;
}

/** What a function that works in place, `F.relu(x, inplace=True)`, leaves in its argument. */
function changedInPlace(before: Tensor, made: Value, context: Context): Value {
  if (!context.program || !context.change || !isTensor(made))
    return unknown('a function that works in place is followed only where the whole program is');
  needChangeable(before, context);
  const after = inPlaceOf(before, made);
  context.change(before, after);
  return after;
}

/** `tensor.requires_grad_()`: what is computed records already. */
const recorded = (v: Value | undefined, on: Value | undefined): Value =>
  isTensor(v) ? flagged(v, on === undefined || isTrueValue(on)) : unknown('no tensor');

/** torch's functions as others call them: what they compute is recorded as here, or as the rules of gradients have it where `create` says. */
export function operations(
  context: Context,
  library: ReadonlyMap<string, LibraryFunction>,
  create?: boolean,
): Operations {
  const inner: Context = {
    budget: context.budget,
    outputs: 1,
    withoutGradient: create === undefined ? context.withoutGradient : !create,
    call: () => unknown('a gradient calls no function'),
    print: () => undefined,
    record: () => undefined,
  };
  const lift = (a: Argument): Value =>
    typeof a === 'number'
      ? Number.isInteger(a)
        ? int(a)
        : scalar('float64', a, true)
      : typeof a === 'boolean'
        ? bool(a)
        : 'kind' in a
          ? a
          : tuple(a.map(int));
  const run = (name: string, ...args: readonly (Argument | Named)[]): Value =>
    callLibrary(
      { kind: 'function', path: OWN.has(`torch.Tensor.${name}`) ? `torch.Tensor.${name}` : `torch.${name}` },
      args.flatMap((a): CallArgument[] =>
        typeof a === 'object' && !('kind' in a) && 'named' in a
          ? Object.entries(a.named).map(([key, value]) => ({ name: key, value }))
          : [{ value: lift(a) }],
      ),
      inner,
      library,
    );
  return Object.assign(run, { create: create ?? false });
}

/** Operations within another function, which says in its own words what it refuses. */
const apart = (t: Operations): Operations =>
  Object.assign((...given: Parameters<Operations>): Value => refusals(() => t(...given)), { create: t.create });

/** What works on the graph: the way back itself. */
const WAYS: ReadonlyMap<string, readonly [signature: string, run: typeof backward]> = new Map([
  ['torch.Tensor.backward', ['input, gradient=None, retain_graph=None, create_graph=False, inputs=None', backward]],
  [
    'torch.autograd.backward',
    ['input, gradient=None, retain_graph=None, create_graph=False, grad_variables=None, inputs=None', backward],
  ],
  [
    'torch.autograd.grad',
    [
      'outputs, inputs, grad_outputs=None, retain_graph=None, create_graph=False, only_inputs=True, allow_unused=False',
      gradientsAsked,
    ],
  ],
]);

function wayBack(
  f: FunctionValue,
  args: readonly CallArgument[],
  context: Context,
  library: ReadonlyMap<string, LibraryFunction>,
): Value | undefined {
  const way = WAYS.get(f.path);
  if (!way) return undefined;
  const entry: LibraryFunction = { path: f.path, signature: way[0], evaluate: () => NONE };
  const x = bind(entry, f.self ? [{ value: f.self }, ...args] : args);
  return way[1](x, operations(context, library, isTrueValue(x.create_graph)), context);
}

/** A result whose parts record a gradient where they share their memory with a value that does. */
function viewsRecording(v: Value, of: readonly Value[]): Value {
  if (v.kind === 'tuple' || v.kind === 'list')
    return { ...v, kind: v.kind, items: v.items.map(item => viewsRecording(item, of)) };
  const shared = isTensor(v) && of.some(x => isTensor(x) && x.gradient && x.array.data === v.array.data);
  if (shared) viewed.add(v.array.data);
  return shared ? withGradient(v, 'computed') : v;
}

/** `x.add_(1)` as a statement: the tensor after it. Within an expression or a function the change would not be seen. */
function changedWhole(
  f: FunctionValue,
  args: readonly CallArgument[],
  context: Context,
  library: ReadonlyMap<string, LibraryFunction>,
): Value {
  const name = f.path.slice(f.path.lastIndexOf('.') + 1);
  const after = context.whole && isTensor(f.self) ? tensorChange(f.self, name, args, context, library) : undefined;
  return after ?? unknown(`${name}: changes the tensor in place, which is not followed here`);
}

/** A function of JAX's or TensorFlow's own. */
function callForeign(
  f: FunctionValue,
  args: readonly CallArgument[],
  context: Context,
  library: ReadonlyMap<string, LibraryFunction>,
): Value {
  if (f.path === 'tensorflow.Tensor.numpy' && f.self && isTensor(f.self)) return unwrap(f.self.array);
  const entry = library.get(f.path);
  if (!entry) return unknown(`${f.path} is not covered yet`);
  return refusals(() =>
    entry.evaluate(
      bind(
        entry,
        args.filter(a => a.name !== 'name'),
      ),
      context,
    ),
  );
}

const withGradient = (v: Value, gradient: NonNullable<ArrayValue['gradient']>): Value => {
  if (isTensor(v)) return v.gradient === 'leaf' || v.gradient === gradient ? v : tensor(v.array, v.library, gradient);
  if (v.kind === 'tuple') return { ...v, kind: 'tuple', items: v.items.map(item => withGradient(item, gradient)) };
  return v;
};

/** Calls a layer: its function with what it holds. */
export function callLayer(
  layer: Layer,
  args: readonly CallArgument[],
  context: Context,
  library: ReadonlyMap<string, LibraryFunction>,
): Value {
  const found = computing(layer);
  const training = isTraining(layer);
  // What the text tells of a layer may be from before its mode was changed.
  if (training && !context.program)
    return unknown('layers that compute otherwise while they are trained are followed only where the whole program is');
  if ('path' in found) {
    const all = [...args, ...found.more];
    const out = callLibrary({ kind: 'function', path: found.path }, all, context, library);
    if (training && isTrue(training) && found.path.endsWith('batch_norm')) keepStatistics(all, context);
    return out;
  }
  const [first, ...rest] = args;
  if (first === undefined || rest.length > 0) return unknown('nn.Sequential takes one argument');
  return found.layers.reduce((x, l) => callLayer(l, [{ value: x }], context, library), first.value);
}

/** What a batch norm keeps of the batches that it has seen changes with each of them. */
function keepStatistics(args: readonly CallArgument[], context: Context): void {
  const x: Bound = Object.fromEntries(args.map(a => [a.name ?? 'input', a.value]));
  const { mean, spread } = keptBehind(x);
  if (x.running_mean) context.change?.(x.running_mean, mean);
  if (x.running_var) context.change?.(x.running_var, spread);
}

/** `tensor.name`: an attribute, or a method bound to it. */
export function tensorMember(
  object: Tensor,
  name: string,
  context: Context,
  library: ReadonlyMap<string, LibraryFunction>,
): Value {
  if (object.library === 'tensorflow') return tensorflowMember(object, name);
  if (object.library !== 'torch') return likeMember(object, name, context);
  const { array } = object;
  const T = (a: typeof array): Value => {
    const records = recording([object], context);
    if (object.gradient && !records) viewed.add(a.data);
    const out = tensor(a, object.library, object.gradient && 'computed');
    return records ? recordedCall(`torch.${name}`, { input: object }, out) : out;
  };
  const about = gradientMember(object, name, context);
  if (about) return about;
  switch (name) {
    case 'shape':
      return sizeTuple(array.shape);
    case 'ndim':
      return int(array.shape.length);
    case 'dtype':
      return { kind: 'dtype', dtype: array.dtype, library: object.library };
    case 'T':
    case 'mT':
    case 'H':
    case 'mH': {
      const n = array.shape.length;
      if (n !== 2 && name !== 'T' && (name !== 'mT' || n < 2))
        return unknown(`.${name} of a tensor that is no matrix is not covered`);
      if (name.endsWith('H') && isComplexType(array.dtype))
        return unknown(`.${name} of complex tensors is not covered yet`);
      context.record('transpose', [object]);
      if (name === 'T') return T(transpose(array));
      return T(transpose(array, [...array.shape.map((_, k) => k).slice(0, -2), n - 1, n - 2]));
    }
    case 'data':
      return tensor(array, object.library);
    case 'real':
      return isComplexType(array.dtype) ? T(partOf(array, 0)) : object;
    case 'imag':
      return isComplexType(array.dtype) ? T(partOf(array, 1)) : unknown('imag of a real tensor is refused');
    case 'requires_grad':
      if (object.gradient === 'computed' && viewed.has(array.data)) return unknown(VIEWED);
      return bool(object.gradient !== undefined);
    case 'is_cuda':
      return bool(false);
    case 'itemsize':
    case 'nbytes':
    case 'device':
      return unknown(`${name}: known only when the code runs`);
  }
  const path = `torch.Tensor.${name}`;
  if (library.has(path) || OWN.has(path) || WAYS.has(path)) return { kind: 'function', path, self: object };
  if (drawsAsMethod(name) || (name.endsWith('_') && !name.endsWith('__')))
    return { kind: 'function', path, self: object };
  return unknown(`the attribute ${name} of a tensor is not covered yet`);
}

/** `result.values` of a result of several named parts; methods of `torch.Size`. */
export function namedPart(v: ListValue, name: string): Value | undefined {
  const k = v.named?.fields?.indexOf(name) ?? -1;
  if (k >= 0) return v.items[k];
  if (v.named?.form === 'namedtuple' && (name === '_asdict' || name === '_replace'))
    return { kind: 'function', path: `named.${name}`, self: v };
  if (v.named?.form === 'namedtuple' && name === '_fields')
    return { kind: 'tuple', items: (v.named.fields ?? []).map(value => ({ kind: 'string', value })) };
  if (v.named?.path === 'torch.Size' && name === 'numel')
    return { kind: 'function', path: 'torch.Size.numel', self: v };
  return undefined;
}

const method = (name: string, signature: string, evaluate: LibraryFunction['evaluate']): [string, LibraryFunction] => [
  `torch.Tensor.${name}`,
  { path: `torch.Tensor.${name}`, signature, evaluate },
];

/** A tensor in another type, laid out as it is. */
function retyped(v: Value, dtype: DType): Value {
  const made = tensorOf(bare(v), dtype);
  return isTensor(made) && v.kind === 'array' && v.array.dtype !== dtype
    ? { ...made, array: laidOver(made.array, [v.array]) }
    : v.kind === 'array' && v.array.dtype === dtype
      ? v
      : made;
}

/** Methods that leave the library, or that are about where and how a tensor lies. */
const OWN: ReadonlyMap<string, LibraryFunction> = new Map([
  [
    'torch.Size.numel',
    {
      path: 'torch.Size.numel',
      signature: 'self',
      evaluate: x => int(x.self?.kind === 'tuple' ? x.self.items.reduce((n, i) => n * needInteger(i), 1) : 0),
    },
  ],
  method('item', 'input', x => item(x.input)),
  method('tolist', 'input', x => nested(arrayOf(x.input))),
  method('numpy', 'input, *, force=False', x => {
    if (isTensor(x.input) && x.input.gradient === 'computed' && viewed.has(x.input.array.data)) return unknown(VIEWED);
    if (recording([x.input]))
      return fail(
        "RuntimeError: Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.",
      );
    if (arrayOf(x.input).dtype === 'bfloat16') return fail('TypeError: Got unsupported ScalarType BFloat16');
    return { kind: 'array', array: arrayOf(x.input) };
  }),
  method('detach', 'input', x => tensor(arrayOf(x.input), 'torch')),
  method('cpu', 'input', x => x.input ?? unknown('no tensor')),
  method('cuda', 'input, device=None', () =>
    unknown('a tensor on a graphics card prints its device, which is known only when the code runs'),
  ),
  method('requires_grad_', 'input, requires_grad=True', x => recorded(x.input, x.requires_grad)),
  method('retain_grad', 'input', (x, c) => retained(x.input, c)),
  method('register_hook', 'input, hook', (x, c) => hooked(x.input, x.hook, c)),
  method('to', 'input, *args, dtype=None, copy=False', x => {
    const parts = [...(x.args?.kind === 'tuple' ? x.args.items : []), ...(given(x.dtype) ? [x.dtype] : [])];
    return parts.reduce<Value>((v, p) => {
      if (p.kind === 'string' || p.kind === 'none' || (p.kind === 'function' && p.path.startsWith('torch.device'))) {
        onProcessor(p);
        return v;
      }
      if (isTensor(p)) return retyped(v, p.array.dtype);
      return p.kind === 'dtype' && p.library === 'torch'
        ? retyped(v, p.dtype)
        : unknown('where this tensor goes is not covered');
    }, x.input ?? unknown('no tensor'));
  }),
  method('type', 'input, dtype=None', x =>
    x.dtype?.kind === 'dtype' ? retyped(x.input ?? int(0), x.dtype.dtype) : typeText(arrayOf(x.input)),
  ),
]);

/** In-place methods, `x.add_(y)`, by the operator or function that they stand for. */
export function tensorChange(
  object: Tensor,
  name: string,
  args: readonly CallArgument[],
  context: Context,
  library: ReadonlyMap<string, LibraryFunction>,
): Value | undefined {
  if (object.library !== 'torch') return undefined;
  // A tensor sorts into a new one, unlike a list and an array of NumPy's, and adds as no set does.
  if (name === 'sort' || name === 'add') return object;
  if (!/[a-z0-9]_$/.test(name)) return undefined;
  const base = name.slice(0, -1);
  if (name === 'requires_grad_') return recorded(object, args[0]?.value);
  needChangeable(object, context);
  const filled = filledTensor(object, name, args, context);
  if (filled) return isTensor(filled) ? inPlaceOf(object, filled) : filled;
  const all: SubscriptValue[] = [{ kind: 'at', value: { kind: 'ellipsis' } }];
  if (base === 'zero') return tensorAssign(object, all, int(0), context);
  if (base === 'fill') return args.length === 1 ? tensorAssign(object, all, args[0].value, context) : undefined;
  if (base === 'copy') return args.length === 1 ? tensorAssign(object, all, args[0].value, context) : undefined;
  const change = TORCH_CHANGES.get(base);
  if (change) {
    if (object.gradient) return unknown(`what ${name} records is not followed`);
    return guarded(() => change.evaluate(bind(change, [{ value: object }, ...args]), context));
  }
  const path = `torch.Tensor.${base}`;
  if (!library.has(path) || !IN_PLACE.has(base)) return unknown(`what ${name} changes is not followed`);
  const made = callLibrary({ kind: 'function', path, self: object }, args, context, library);
  if (!isTensor(made)) return unknown(`what ${name} changes is not followed`);
  const result = inPlaceOf(object, made);
  if (
    result.array.dtype !== object.array.dtype ||
    (!RESHAPING.has(base) && result.array.shape.join() !== object.array.shape.join())
  )
    return unknown(`${name} of another type or shape is refused`);
  return result;
}

const RESHAPING = new Set(['t', 'unsqueeze', 'squeeze', 'transpose', 'swapaxes', 'swapdims']);
const IN_PLACE = new Set(
  `add sub subtract mul multiply div divide true_divide pow neg negative abs absolute square exp exp2 expm1 log log2 log10 log1p sqrt rsqrt
   reciprocal floor ceil round trunc fix frac sign sgn clamp clip clamp_min clamp_max masked_fill masked_scatter tril triu
   sigmoid tanh relu sin cos tan asin acos atan arcsin arccos arctan sinh cosh asinh acosh atanh erf erfc erfinv sinc lgamma digamma
   logit deg2rad rad2deg nan_to_num t unsqueeze squeeze transpose swapaxes swapdims remainder fmod floor_divide lerp addcmul addcdiv addmm
   addmv addr addbmm baddbmm hypot atan2 copysign xlogy gcd lcm heaviside cumsum cumprod logical_and logical_or logical_xor
   logical_not bitwise_and bitwise_or bitwise_xor bitwise_not eq ne lt le gt ge scatter scatter_add scatter_reduce index_add index_copy
   index_fill index_put renorm`.split(/\s+/),
);

/** `a += b` on a tensor: in the tensor's own type and shape. */
export function tensorAugment(
  operator: Parameters<typeof tensorBinary>[0],
  left: Value,
  right: Value,
  context: Context,
): Value {
  if (isTensor(left) && left.library !== 'torch')
    return unknown(`a change in place is not followed for ${left.library}: write x = x + 1`);
  const made = recordedBinary(operator, left, right, tensorBinary(operator, left, right, context), context);
  if (!isTensor(left) || !isTensor(made)) return made;
  if (operator !== 'matmul') needChangeable(left, context);
  if (operator === 'matmul') return made;
  const result = inPlaceOf(left, made);
  const a = left.array;
  if (result.array.shape.join() !== a.shape.join())
    return fail(
      `RuntimeError: output with shape [${a.shape.join(', ')}] doesn't match the broadcast shape [${result.array.shape.join(', ')}]`,
    );
  return result.array.dtype === a.dtype ? result : unknown('a result of another type in place is refused, or rounded');
}

/** Built-in functions that take tensors as they take other values, through operators and loops. */
const BUILTINS = new Set(
  `print str repr format len list tuple zip enumerate map filter reversed sum float int bool complex isinstance type min max
   any all sorted callable dict next iter`.split(/\s+/),
);

/** What a function of Python's or NumPy's makes of tensors, where that is certain; undefined where it is called as usual. */
export function callWithTensors(f: FunctionValue, args: readonly CallArgument[], context: Context): Value | undefined {
  const found = args.map(a => foreign(a.value)).find(l => l !== undefined);
  if (!found && !(f.self && foreign(f.self))) return undefined;
  const [module, name] = [f.path.slice(0, f.path.lastIndexOf('.')), f.path.slice(f.path.lastIndexOf('.') + 1)];
  if (module === 'builtins') {
    const [first] = args;
    if (name === 'abs' && isTensor(first?.value) && first.value.library === 'cupy')
      return unknown('abs of this is not covered');
    if (name === 'abs' && isTensor(args[0]?.value))
      return recordedUnary(args[0].value, elementwise('absolute', [args[0].value], context), context, 'abs');
    if (name === 'type')
      return isTensor(args[0]?.value) && args[0].value.library === 'torch' && !args[0].value.parameter
        ? { kind: 'function', path: 'torch.Tensor', text: "<class 'torch.Tensor'>" }
        : unknown('the type of this is not covered yet');
    if (name === 'isinstance') {
      const [, t] = args;
      const [v] = args;
      if (t?.value.kind === 'function' && t.value.path === 'torch.Tensor') return bool(isTensor(v.value));
      if (t?.value.kind === 'function' && t.value.path === 'torch.nn.Parameter')
        return bool(isTensor(v.value) && v.value.parameter === true);
      if (t?.value.kind === 'function' && t.value.path === 'torch.nn.Module') return bool(false);
      return unknown('this isinstance is not covered yet');
    }
    return BUILTINS.has(name) ? undefined : unknown(`${name} of a tensor is not covered yet`);
  }
  if (module === 'math' && args.length === 1 && isTensor(args[0].value) && sizeOf(args[0].value.array.shape) === 1)
    return undefined;
  if (module === 'dict' || f.path === 'ndarray.copy' || f.path === 'copy.deepcopy') return undefined;
  if (module === 'str' && name === 'format') return undefined;
  if (module === 'numpy' && (name === 'array' || name === 'asarray') && args.length === 1 && isTensor(args[0].value))
    return recording([args[0].value])
      ? fail("RuntimeError: Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.")
      : { kind: 'array', array: args[0].value.array };
  return unknown(
    `${f.path.replace(/^numpy/, 'np')} of a ${typeName(args[0]?.value ?? int(0))} of ${found ?? 'a library'} is not covered yet`,
  );
}
