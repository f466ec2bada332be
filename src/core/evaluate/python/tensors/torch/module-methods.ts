import { type FunctionValue, NONE, stringValue, tuple, type Value } from '../../../../values/value';
import { bind } from '../../../catalogue';
import type { CallArgument, Context } from '../../../dialect';
import { unknown } from '../../../stop';
import { bool } from '../../coerce';
import { isTrue } from '../../reductions';
import { flagged } from '../autograd/gradients';
import type { Operations } from '../autograd/node';
import { cleared } from '../autograd/optimisers';
import { isTensor, type Tensor } from '../tensor';
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

/** A module and those in it; one that is held twice counts once. */
const modulesOf = (v: Value, context: Context, seen = new Set<unknown>()): Value[] => {
  if (seen.has(identity(v))) return [];
  seen.add(identity(v));
  return [v, ...childrenOf(v, context).flatMap(([, part]) => modulesOf(part, context, seen))];
};

/** What tells a module from others: copies of a layer hold the same parts. */
const identity = (v: Value): unknown => (isLayer(v) ? v.self : v);

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
