import { type FunctionValue, NONE, type Value } from '../values/value';
import type { CallArgument, Dialect } from './dialect';
import { identityOf } from './heap';
import { flowing } from './iterator-functions';
import { CHANGING_FUNCTIONS, changesReceiver, inPlaceName, outIndex, TAKING_METHODS } from './memory';
import type { Run } from './run';
import { unknown } from './stop';

/** Calls of libraries' functions where code runs: what they change is changed. */

/** How the paths of methods begin that change the object they are bound to. */
const CHANGING = 'changing.';

const METHODS: Readonly<Record<string, ReadonlySet<string>>> = {
  list: new Set('append extend insert pop remove clear reverse sort'.split(' ')),
  dict: new Set('clear pop popitem setdefault update'.split(' ')),
  set: new Set(
    'add discard remove pop clear update difference_update intersection_update symmetric_difference_update'.split(' '),
  ),
};

/** A method that changes its object, bound to it, as the value of `object.name`; undefined for all others. */
export function changingMethod(object: Value, name: string): FunctionValue | undefined {
  if (!identityOf(object) || object.kind === 'object' || object.kind === 'generator') return undefined;
  const changes = object.kind === 'array' ? changesReceiver(name) : METHODS[object.kind]?.has(name);
  return changes ? { kind: 'function', path: CHANGING + name, self: object } : undefined;
}

const nameOf = (f: FunctionValue): string => f.path.slice(f.path.lastIndexOf('.') + 1);

/** What a call of a library's function gives; the objects that it changes are changed. */
export function carriedOut(run: Run, dialect: Dialect, callee: FunctionValue, args: readonly CallArgument[]): Value {
  if (callee.path.startsWith(CHANGING) && callee.self) return changed(run, dialect, callee.self, nameOf(callee), args);
  const name = nameOf(callee);
  if (CHANGING_FUNCTIONS.has(name)) {
    const path =
      callee.path === 'ufunc.at' && callee.self?.kind === 'function' ? `${callee.self.path}.at` : callee.path;
    const after =
      name === 'shuffle' ? dialect.shuffled?.(callee, args, run) : dialect.changeArgument?.(path, args, run);
    if (!after || args.length === 0) return unknown(`what ${name} changes is not followed`);
    run.change(args[0].value, after);
    return NONE;
  }
  const inPlace = args.some(a => a.name === 'inplace' && !(a.value.kind === 'scalar' && !a.value.value));
  // torch's layers and functions change what they are given themselves.
  if (inPlace && !/^torch\.nn\.([A-Z]|functional\.)/.test(callee.path))
    return unknown(`what ${name} changes in place is not followed`);
  if (inPlaceName(name) && !callee.self && !callee.path.startsWith('torch.nn.utils.')) {
    const changed = run.holding(() => dialect.changeArgument?.(callee.path, args, run));
    if (!changed || args.length === 0 || args[0].name !== undefined)
      return unknown(`what ${name} changes in place is not followed`);
    return after(run, args[0].value, changed);
  }
  const place = outIndex(name);
  const positional = args.filter(a => a.name === undefined);
  const out =
    args.find(a => a.name === 'out')?.value ??
    (callee.path === 'numpy.nan_to_num' ? filledInPlace(args) : undefined) ??
    (place === undefined || !/^(numpy|ndarray|torch)\./.test(callee.path)
      ? undefined
      : positional[callee.self ? place - 1 : place]?.value);
  const at = run.waiting.length;
  if (callee.self) run.waiting.push(callee.self);
  const given =
    flowing(run, dialect, callee, args) ??
    apart(
      // What a function does to modules is seen by the next ones.
      callee.path === 'torch.module.apply'
        ? dialect.call(callee, args, run)
        : run.holding(() => dialect.call(callee, args, run)),
      args,
    );
  // What gives back its object gives it as it is then, `model.eval()`.
  const result = callee.self && given === callee.self ? run.waiting[at] : given;
  run.waiting.length = at;
  if (!out || out.kind === 'none') return result;
  if (out.kind !== 'array' || result.kind !== 'array') return unknown('what is written by out= is not followed');
  return after(run, out, result);
}

/** The array that `np.nan_to_num(x, copy=False)` fills and gives back. */
function filledInPlace(args: readonly CallArgument[]): Value | undefined {
  const positional = args.filter(a => a.name === undefined);
  const copy = args.find(a => a.name === 'copy') ?? positional[1];
  const x = (positional[0] ?? args.find(a => a.name === 'x'))?.value;
  return copy?.value.kind === 'scalar' && copy.value.value === false && x?.kind === 'array' ? x : undefined;
}

/** A result with a buffer of its own where it has that of a literal, which may be evaluated again. */
function apart(result: Value, args: readonly CallArgument[]): Value {
  if (result.kind !== 'array') return result;
  const { array } = result;
  const literal = args.some(
    ({ value: v }) => (v.kind === 'list' || v.kind === 'tuple') && v.dense !== undefined && v.dense.data === array.data,
  );
  return literal ? { ...result, array: { ...array, data: array.data.slice() } } : result;
}

/** Changes an object, and gives what it is then. */
function after(run: Run, before: Value, value: Value): Value {
  const at = run.waiting.length;
  run.waiting.push(before);
  run.change(before, value);
  return run.waiting[at];
}

/** A method that changes its object, `items.append(3)` and `items.pop()`. */
function changed(run: Run, dialect: Dialect, receiver: Value, name: string, args: readonly CallArgument[]): Value {
  if (TAKING_METHODS.has(name)) {
    const [taken, left] =
      run.holding(() => dialect.take?.(receiver, name, args, run)) ?? unknown(`what ${name} changes is not followed`);
    run.change(receiver, left);
    return taken;
  }
  const given = run.holding(() => dialect.change?.(receiver, name, args, run));
  if (!given) return unknown(`what ${name} changes is not followed`);
  // A tensor's method of a changing one's name may change nothing.
  if (given === receiver) {
    const plain = dialect.member(receiver, name, run);
    return plain.kind === 'function'
      ? run.holding(() => dialect.call(plain, args, run))
      : unknown(`what ${name} changes is not followed`);
  }
  const now = after(run, receiver, given);
  return now.kind === 'array' && now.library ? now : NONE;
}
