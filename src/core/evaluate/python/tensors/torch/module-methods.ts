import { type DType, isFloatType } from '../../../../values/dtype';
import { asType, contiguous } from '../../../../values/ndarray';
import { type FunctionValue, NONE, stringValue, tuple, type Value } from '../../../../values/value';
import { bind } from '../../../catalogue';
import type { CallArgument, Context } from '../../../dialect';
import { unknown } from '../../../stop';
import { bool } from '../../coerce';
import { isTrue } from '../../reductions';
import { flagged } from '../autograd/gradients';
import type { Operations } from '../autograd/node';
import { cleared } from '../autograd/optimisers';
import { isTensor, type Tensor, tensor } from '../tensor';
import { heldBy, isLayer, type Layer } from './modules';

/** Methods that layers and the document's own modules have of torch.nn.Module. */

/** The parameters and the modules that a module holds under their names, in the order in which it was given them. */
function partsOf(v: Value): readonly (readonly [string, Value])[] {
  if (v.kind === 'object') {
    const [hidden] = v.unknowns ?? [];
    return hidden ? unknown(hidden[1]) : v.attributes;
  }
  return isLayer(v) ? [...heldBy(v)].map(([name, part]) => [name.replace(/^#/, ''), part] as const) : [];
}

const isModule = (v: Value, context: Context): boolean => {
  if (v.kind !== 'object') return isLayer(v);
  return context.ofLibrary?.(v) === 'torch.nn.Module';
};

const isParameter = (v: Value): v is Tensor => isTensor(v) && v.parameter === true;

const childrenOf = (v: Value, context: Context): readonly (readonly [string, Value])[] =>
  partsOf(v).filter(([, part]) => isModule(part, context));

/** A module's own parameters, then those of the modules in it; one that is held twice counts once. */
export function parametersOf(
  v: Value,
  context: Context,
  seen = new Set<Value>(),
  prefix = '',
): (readonly [string, Tensor])[] {
  const own = partsOf(v).flatMap(([name, part]) =>
    isParameter(part) && !seen.has(part) ? [[prefix + name, part] as const] : [],
  );
  for (const [, part] of own) seen.add(part);
  return [
    ...own,
    ...childrenOf(v, context).flatMap(([name, part]) => parametersOf(part, context, seen, `${prefix}${name}.`)),
  ];
}

/** A module and those in it under their names; one that is held twice counts once. */
const namedModules = (
  v: Value,
  context: Context,
  seen = new Set<unknown>(),
  prefix = '',
): (readonly [string, Value])[] => {
  if (seen.has(identity(v))) return [];
  seen.add(identity(v));
  const inner = childrenOf(v, context).flatMap(([name, part]) =>
    namedModules(part, context, seen, `${prefix}${prefix === '' ? '' : '.'}${name}`),
  );
  return [[prefix, v], ...inner];
};
const modulesOf = (v: Value, context: Context): Value[] => namedModules(v, context).map(([, m]) => m);

/** What tells a module from others: copies of a layer hold the same parts. */
const identity = (v: Value): unknown => (isLayer(v) ? v.self : v);

const isBuffer = (v: Value): v is Tensor => isTensor(v) && v.buffer === true;

/** What a module keeps beside its parameters, those of the modules in it too. */
function buffersOf(v: Value, context: Context): (readonly [string, Tensor])[] {
  return namedModules(v, context).flatMap(([prefix, m]) => {
    if (isLayer(m) && heldBy(m).has('running_mean'))
      return unknown('how many batches a layer has seen is not followed');
    return partsOf(m).flatMap(([name, part]) =>
      isBuffer(part) ? [[prefix === '' ? name : `${prefix}.${name}`, part] as const] : [],
    );
  });
}

/** Parameters and buffers under their names, module by module. */
function stateOf(v: Value, context: Context): (readonly [string, Tensor])[] {
  return namedModules(v, context).flatMap(([prefix, m]) => {
    if (isLayer(m) && heldBy(m).has('running_mean'))
      return unknown('how many batches a layer has seen is not followed');
    const parts = partsOf(m);
    const own = [...parts.filter(([, e]) => isParameter(e)), ...parts.filter(([, e]) => isBuffer(e))];
    return own.map(([name, e]) => [prefix === '' ? name : `${prefix}.${name}`, e as Tensor] as const);
  });
}

/** Puts numbers of a state in the place of a module's own. */
function loadState(self: Value, state: Value, context: Context): Value {
  if (!context.program || state.kind !== 'dict')
    return unknown('the state of a module is followed only where the whole program is');
  const own = stateOf(self, context);
  const given = new Map(state.entries.map(([k, e]) => [k.kind === 'string' ? k.value : '', e]));
  if (given.size !== own.length) return unknown('a state of other names than the module has is refused');
  const changes = own.map(([name, before]) => {
    const e = given.get(name);
    if (!isTensor(e) || e.array.shape.join() !== before.array.shape.join())
      return unknown('a state of other names or sizes than the module has is refused');
    return [before, { ...before, array: asType(copied(e.array), before.array.dtype) }] as const;
  });
  for (const [before, after] of changes) context.change?.(before, after);
  return { kind: 'function', path: 'torch.keys', text: '<All keys matched successfully>' };
}

const copied = (a: Tensor['array']): Tensor['array'] => {
  const own = contiguous(a);
  return { ...own, data: own.data.slice() as typeof own.data };
};

/** Calls a function with every module, inner ones first. */
function applied(v: Value, f: Value, context: Context): Value {
  let now = v;
  for (let k = 0; k < childrenOf(now, context).length; k++) {
    const [, child] = childrenOf(now, context)[k];
    now = context.following?.(now, () => applied(child, f, context)) ?? now;
  }
  return context.following?.(now, () => context.call(f, [now])) ?? now;
}

/** The type or device that `model.to(…)` names, which leaves it as it is on the processor. */
const staysThere = (v: Value): boolean =>
  (v.kind === 'string' && v.value === 'cpu') || (v.kind === 'function' && v.path === 'torch.device.cpu');

/** Parameters and buffers in another type of floats. */
function retype(self: Value, dtype: DType, context: Context): Value {
  if (!context.program) return unknown('the type of a module is followed only where the whole program is');
  for (const [, p] of stateOf(self, context))
    if (isFloatType(p.array.dtype)) context.change?.(p, { ...p, array: asType(p.array, dtype) });
  return self;
}

const iterator = (items: readonly Value[]): Value => ({ kind: 'list', items, lazy: '' });

/** Whether a layer computes otherwise while it is trained. */
const hasMode = (v: Value): v is Layer => isLayer(v) && heldBy(v).has('mode');

/** Sets what layers do while a model is trained, or no longer. */
function setMode(v: Value, on: boolean, context: Context): void {
  const all = modulesOf(v, context);
  if (!context.program) {
    if (all.some(hasMode))
      unknown('layers that compute otherwise while they are trained are followed only where the whole program is');
    return;
  }
  for (const m of all) {
    const mode = hasMode(m) ? heldBy(m).get('mode') : undefined;
    if (mode) context.change?.(mode, { kind: 'list', items: [bool(on)] });
    if (m.kind !== 'object') continue;
    const attributes = m.attributes.filter(([name]) => name !== 'training');
    context.change?.(m, { ...m, attributes: [...attributes, ['training', bool(on)]] });
  }
}

/** Calls such a method. */
export function callModuleMethod(
  f: FunctionValue,
  args: readonly CallArgument[],
  t: Operations,
  context: Context,
): Value {
  const self = f.self ?? NONE;
  const name = f.path.slice(f.path.lastIndexOf('.') + 1);
  const bound = (signature: string) => bind({ path: f.path, signature, evaluate: () => NONE }, args);
  switch (name) {
    case 'parameters':
      bound('');
      return iterator(parametersOf(self, context).map(([, p]) => p));
    case 'named_parameters':
      bound('');
      return iterator(parametersOf(self, context).map(([n, p]) => tuple([stringValue(n), p])));
    case 'named_children':
      return iterator(childrenOf(self, context).map(([n, part]) => tuple([stringValue(n), part])));
    case 'named_modules':
      bound('');
      return iterator(namedModules(self, context).map(([n, m]) => tuple([stringValue(n), m])));
    case 'buffers':
      return iterator(buffersOf(self, context).map(([, b]) => b));
    case 'named_buffers':
      return iterator(buffersOf(self, context).map(([n, b]) => tuple([stringValue(n), b])));
    case 'state_dict':
      bound('');
      return {
        kind: 'dict',
        ordered: true,
        entries: stateOf(self, context).map(([n, e]) => [stringValue(n), tensor(e.array, 'torch')] as const),
      };
    case 'load_state_dict': {
      const { state_dict } = bound('state_dict, strict=True');
      return loadState(self, state_dict ?? NONE, context);
    }
    case 'apply': {
      const { fn } = bound('fn');
      if (!context.program)
        return unknown('what a function does to modules is followed only where the whole program is');
      applied(self, fn ?? NONE, context);
      return self;
    }
    case 'register_buffer': {
      const { name: key, tensor: value } = bound('name, tensor, persistent=True');
      if (!context.program || self.kind !== 'object' || key?.kind !== 'string' || !isTensor(value))
        return unknown('this buffer of a module is not followed');
      const attributes = self.attributes.filter(([n]) => n !== key.value);
      context.change?.(self, { ...self, attributes: [...attributes, [key.value, { ...value, buffer: true }]] });
      return NONE;
    }
    case 'float':
    case 'double': {
      bound('');
      return retype(self, name === 'float' ? 'float32' : 'float64', context);
    }
    case 'to': {
      const { target } = bound('target');
      if (target && staysThere(target)) return self;
      return target?.kind === 'dtype' && isFloatType(target.dtype)
        ? retype(self, target.dtype, context)
        : unknown('where this module goes is not covered');
    }
    case 'children':
      return iterator(childrenOf(self, context).map(([, part]) => part));
    case 'modules':
      return iterator(modulesOf(self, context));
    case 'zero_grad': {
      const x = bound('set_to_none=');
      if (!context.program) return unknown('gradients are followed only where the whole program is');
      for (const [, p] of parametersOf(self, context)) cleared(p, x, t, context);
      return NONE;
    }
    case 'train': {
      const { mode } = bound('mode=True');
      setMode(self, mode === undefined || isTrue(mode), context);
      return self;
    }
    case 'eval':
      bound('');
      setMode(self, false, context);
      return self;
    case 'requires_grad_': {
      const { requires_grad } = bound('requires_grad=True');
      if (!context.program) return unknown('what a module records is followed only where the whole program is');
      const on = requires_grad === undefined || isTrue(requires_grad);
      for (const [, p] of parametersOf(self, context)) context.change?.(p, flagged(p, on));
      return self;
    }
    case 'cpu':
      return self;
    default:
      return unknown(`${name} of a module is not followed`);
  }
}

/** How a module of the document's own prints: its modules under their names, or undefined where one of them is not known. */
export function moduleText(v: Value, context: Context): string | undefined {
  if (v.kind !== 'object') return isLayer(v) ? v.text : undefined;
  if (v.unknowns?.length || context.method?.(v, 'extra_repr') || context.method?.(v, '__repr__')) return undefined;
  const parts = childrenOf(v, context).map(([name, part]) => [name, moduleText(part, context)] as const);
  if (parts.some(([, text]) => text === undefined)) return undefined;
  const lines = parts.map(([name, text]) => `  (${name}): ${text?.replaceAll('\n', '\n  ')}\n`);
  return `${v.name}(${lines.length === 0 ? '' : `\n${lines.join('')}`})`;
}
