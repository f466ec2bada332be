import { toFloat64 } from '../../../../values/ndarray';
import {
  type DictValue,
  type FunctionValue,
  type ListValue,
  NONE,
  ORIGIN,
  stringValue,
  tuple,
  type Value,
} from '../../../../values/value';
import { type Bound, bind } from '../../../catalogue';
import type { CallArgument, Context } from '../../../dialect';
import { fail, unknown } from '../../../stop';
import { iterate } from '../../builtins';
import { float, real, toArray } from '../../coerce';
import { isTrue } from '../../reductions';
import { isTensor, type Tensor } from '../tensor';
import { Leaf, type Operations } from './node';
import { STEPS } from './optimiser-steps';

/**
 * torch's optimisers. One is a function of the path `torch.optimizer` that holds its class's name, its groups of parameters,
 * dicts as in `optimizer.param_groups`, and a list with what it keeps for each parameter; both change as lists do.
 */
export interface Optimiser extends FunctionValue {
  readonly path: 'torch.optimizer';
  readonly self: ListValue;
}

export const isOptimiser = (v: Value | undefined): v is Optimiser =>
  v?.kind === 'function' && v.path === 'torch.optimizer' && v.self?.kind === 'tuple';

const MADE = /^torch\.optim\.(\w+)$/;

const text = (v: Value): string => (v.kind === 'string' ? v.value : '');
const named = (d: DictValue, name: string): Value | undefined => d.entries.find(([k]) => text(k) === name)?.[1];

/** A parameter as an optimiser takes it: a leaf. */
function parameterOf(v: Value): Tensor {
  if (!isTensor(v)) return unknown('an optimiser of other than tensors is refused');
  return v.gradient === 'computed' ? fail("ValueError: can't optimize a non-leaf Tensor") : v;
}

/** `torch.optim.SGD(model.parameters(), lr=0.1)`; undefined for other paths. */
export function optimiserMade(path: string, args: readonly CallArgument[], context: Context): Value | undefined {
  const name = MADE.exec(path)?.[1];
  const rule = name === undefined ? undefined : STEPS[name];
  if (name === undefined || !rule) return undefined;
  const signature = ['params', ...Object.keys(rule.settings).map(k => `${k}=`)].join(', ');
  const { params, ...given } = bind({ path, signature, evaluate: () => NONE }, args);
  for (const key of ['foreach', 'capturable', 'differentiable', 'fused', 'amsgrad', 'centered', 'maximize'])
    if (given[key] && given[key].kind !== 'none' && isTrue(given[key]))
      return unknown(`${key}= of an optimiser is not followed`);
  const defaults = Object.entries(rule.settings).map(([key, v]): [string, Value] => [key, given[key] ?? v]);
  const first = params ?? fail(`TypeError: ${name}.__init__() missing 1 required positional argument: 'params'`);
  if (first.kind === 'array')
    return fail(
      'TypeError: params argument given to the optimizer should be an iterable of Tensors or dicts, but got torch.FloatTensor',
    );
  const items = iterate(first, context);
  if (items.length === 0) return fail('ValueError: optimizer got an empty parameter list');
  const groups = items.every(v => v.kind === 'dict')
    ? items
    : [{ kind: 'dict' as const, entries: [[stringValue('params'), { kind: 'list', items }] as const] }];
  const made = groups.map((g): DictValue => {
    if (g.kind !== 'dict') return unknown('these groups of parameters are not followed');
    const own = named(g, 'params') ?? NONE;
    const list: Value = {
      kind: 'list',
      items: (own.kind === 'array' ? [own] : iterate(own, context)).map(parameterOf),
    };
    const settings = defaults.map(([key, v]): readonly [Value, Value] => [stringValue(key), named(g, key) ?? v]);
    for (const [k, v] of settings) checkSetting(name, text(k), v);
    return { kind: 'dict', entries: [[stringValue('params'), list], ...settings] };
  });
  const state: Value = { kind: 'list', items: made.flatMap(g => parametersOf(g).map(() => NONE)) };
  const self: ListValue = tuple([stringValue(name), { kind: 'list', items: made }, state]);
  return { kind: 'function', path: 'torch.optimizer', self };
}

function checkSetting(name: string, key: string, v: Value): void {
  if (key === 'lr' && v.kind === 'none') unknown(`${name} without lr= is refused by some versions of torch`);
  if (['lr', 'momentum', 'weight_decay', 'eps'].includes(key) && v.kind === 'scalar' && Number(v.value) < 0) {
    const words: Readonly<Record<string, string>> = {
      lr: 'learning rate',
      momentum: 'momentum value',
      weight_decay: 'weight_decay value',
      eps: 'epsilon value',
    };
    fail(`ValueError: Invalid ${words[key]}: ${v.value}`);
  }
}

const parametersOf = (g: DictValue): readonly Tensor[] => {
  const list = named(g, 'params');
  return (list?.kind === 'list' ? list.items : []).map(parameterOf);
};

const groupsOf = (o: Optimiser): readonly DictValue[] => {
  const list = o.self.items[1];
  return (list.kind === 'list' ? list.items : []).map(g =>
    g.kind === 'dict' ? g : unknown('this group of parameters is not followed'),
  );
};

/** `optimizer.step`: its groups, or a method. */
export function optimiserMember(o: Optimiser, name: string): Value {
  if (name === 'param_groups') return o.self.items[1];
  if (name === 'step' || name === 'zero_grad') return { kind: 'function', path: `torch.optimizer.${name}`, self: o };
  return unknown(`${name} of an optimiser is not followed`);
}

/** Calls a method of an optimiser. */
export function callOptimiser(f: FunctionValue, args: readonly CallArgument[], t: Operations, context: Context): Value {
  const o = isOptimiser(f.self) ? f.self : unknown('no optimiser');
  if (!context.program) return unknown('optimisers are followed only where the whole program is');
  if (f.path.endsWith('zero_grad')) {
    const x = bind({ path: f.path, signature: 'set_to_none=', evaluate: () => NONE }, args);
    for (const p of groupsOf(o).flatMap(parametersOf)) cleared(p, x, t, context);
    return NONE;
  }
  if (args.some(a => a.value.kind !== 'none')) return unknown('a step with a closure is not followed');
  stepped(o, t, context);
  return NONE;
}

/** Puts a gradient away: as zeros or as nothing, by the version of torch where it is not said. */
export function cleared(p: Tensor, x: Bound, t: Operations, context: Context): void {
  const origin = p[ORIGIN];
  context.touch?.();
  if (!(origin instanceof Leaf)) return;
  origin.lost = undefined;
  const how = x.set_to_none;
  if (origin.grad && how && !isTrue(how)) context.change?.(origin.grad, t('zeros_like', origin.grad));
  else {
    if (origin.grad) origin.cleared = how === undefined;
    origin.grad = undefined;
  }
}

function stepped(o: Optimiser, t: Operations, context: Context): void {
  const state = o.self.items[2];
  const rule = STEPS[text(o.self.items[0])];
  const kept = state.kind === 'list' ? [...state.items] : [];
  const changes: (readonly [Tensor, Value])[] = [];
  const squared: Value[] = [];
  let at = 0;
  for (const g of groupsOf(o)) {
    const settings = Object.fromEntries(g.entries.map(([k, v]) => [text(k), v]));
    for (const p of parametersOf(g)) {
      const place = at++;
      const grad = gradientFor(p);
      if (!grad) continue;
      const before = kept[place];
      const { value, keeps, squares } = rule.step(
        p,
        grad,
        before.kind === 'tuple' ? before.items : undefined,
        settings,
        t,
      );
      kept[place] = tuple(keeps);
      if (squares) squared.push(squares);
      changes.push([p, value]);
    }
  }
  needMeaning(squared);
  for (const [p, value] of changes)
    context.change?.(p, value.kind === 'array' ? { ...p, array: value.array } : unknown('a step of an optimiser'));
  context.change?.(state, { kind: 'list', items: kept });
}

/** What is left of a gradient whose terms cancel, beside the largest one. */
const ROUNDING = 3e-7;

/**
 * Stops where an optimiser that divides by the size that gradients have had would make a step, as large as any, out of what has been
 * nothing but rounding.
 */
function needMeaning(squares: readonly Value[]): void {
  const sizes = squares.map(v => toFloat64(toArray(v)).map(Math.sqrt));
  const largest = sizes.reduce((m, g) => g.reduce((n, e) => Math.max(n, e), m), 0);
  if (sizes.some(g => g.some(e => e > 0 && e < ROUNDING * largest)))
    unknown('a step is made of a gradient that is nothing but rounding, which differs between machines');
}

/** The gradient that a step goes by; undefined where the parameter has none. */
function gradientFor(p: Tensor): Value | undefined {
  const origin = p[ORIGIN];
  if (!(origin instanceof Leaf)) return undefined;
  if (origin.lost !== undefined) return unknown(`the gradient is not known: ${origin.lost}`);
  if (origin.cleared)
    return unknown('whether a step without a new gradient changes this depends on the version of torch');
  return origin.grad;
}

/** `nn.utils.clip_grad_value_(parameters, clip_value)`: keeps every entry of the gradients between two ends. */
export function clippedEach(args: readonly CallArgument[], t: Operations, context: Context): Value {
  if (!context.program) return unknown('gradients are followed only where the whole program is');
  const x = bind({ path: 'clip_grad_value_', signature: 'parameters, clip_value', evaluate: () => NONE }, args);
  const most = real(x.clip_value, 0);
  const given = x.parameters ?? NONE;
  for (const p of (given.kind === 'array' ? [given] : iterate(given, context)).map(parameterOf)) {
    const g = gradientFor(p);
    const within = g && t('clamp', g, -most, most);
    if (isTensor(g) && isTensor(within)) context.change?.(g, { ...g, array: within.array });
  }
  return NONE;
}

/** `nn.utils.clip_grad_norm_(parameters, max_norm)`: scales the gradients down where they are longer together. */
export function clipped(args: readonly CallArgument[], t: Operations, context: Context): Value {
  if (!context.program) return unknown('gradients are followed only where the whole program is');
  const x = bind(
    { path: 'clip_grad_norm_', signature: 'parameters, max_norm, norm_type=2.0', evaluate: () => NONE },
    args,
  );
  if (x.norm_type && real(x.norm_type, 2) !== 2) return unknown('clipping by another norm is not followed');
  const given = x.parameters ?? NONE;
  const list = (given.kind === 'array' ? [given] : iterate(given, context)).map(parameterOf);
  const found = list.flatMap(p => {
    const g = gradientFor(p);
    return g ? [g] : [];
  });
  if (found.length === 0) return unknown('clipping without gradients is not followed');
  const total = t('norm', t('stack', { kind: 'list', items: found.map(g => t('norm', g, 2)) }), 2);
  const share = t('clamp', t('div', float(real(x.max_norm, 1)), t('add', total, float(1e-6))), NONE, float(1));
  for (const g of found) {
    const scaled = t('mul', g, share);
    if (isTensor(g) && isTensor(scaled)) context.change?.(g, { ...g, array: scaled.array });
  }
  return total;
}
