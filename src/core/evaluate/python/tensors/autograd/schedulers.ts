import {
  type DictValue,
  type FunctionValue,
  type ListValue,
  NONE,
  stringValue,
  tuple,
  type Value,
} from '../../../../values/value';
import { type Bound, bind } from '../../../catalogue';
import type { CallArgument, Context } from '../../../dialect';
import { unknown } from '../../../stop';
import { float, int, needInteger, real, toArray } from '../../coerce';
import { isTrue } from '../../reductions';
import { given } from '../tensor';
import { isOptimiser, type Optimiser } from './optimisers';
import { PLATEAU, plateauBehind, SCHEDULES, type Schedule, type Step } from './schedules';

/**
 * Schedules of learning rates. One is a function of the path `torch.scheduler` that holds its class's name, its settings, its
 * optimiser, the rates that it began with, and a list with the number of steps taken, which changes as lists do. What waits for
 * a plateau keeps what it remembers in that list too.
 */

export const isScheduler = (v: Value | undefined): v is FunctionValue & { readonly self: ListValue } =>
  v?.kind === 'function' && v.path === 'torch.scheduler' && v.self?.kind === 'tuple';

const ON_PLATEAU = 'ReduceLROnPlateau';
export const SCHEDULER_NAMES: ReadonlySet<string> = new Set([...Object.keys(SCHEDULES), ON_PLATEAU]);

const PATH = /^torch\.optim\.lr_scheduler\.(\w+)$/;

const groupsIn = (o: Optimiser): readonly DictValue[] => {
  const list = o.self.items[1];
  return (list.kind === 'list' ? list.items : []).flatMap(g => (g.kind === 'dict' ? [g] : []));
};
const entryOf = (g: DictValue, name: string): Value | undefined =>
  g.entries.find(([k]) => k.kind === 'string' && k.value === name)?.[1];
const rateOf = (g: DictValue): Value => entryOf(g, 'lr') ?? NONE;

/** A group with another rate, and with another momentum where one is given. */
const withRate = (g: DictValue, rate: number, momentum?: number): DictValue => ({
  kind: 'dict',
  entries: g.entries.map(([key, v]): readonly [Value, Value] => {
    const name = key.kind === 'string' ? key.value : '';
    if (name === 'lr') return [key, float(rate)];
    if (momentum === undefined) return [key, v];
    if (name === 'momentum') return [key, float(momentum)];
    return name === 'betas' && v.kind === 'tuple' ? [key, tuple([float(momentum), ...v.items.slice(1)])] : [key, v];
  }),
});
const setRate = (g: DictValue, rate: number, context: Context, momentum?: number): void =>
  context.change?.(g, withRate(g, rate, momentum));

/** The momentum behind a step of a schedule that turns it too. */
const momentumBehind = (schedule: Schedule, s: Step): number | undefined =>
  s.x.cycle_momentum === undefined || isTrue(s.x.cycle_momentum) ? schedule.momentum?.(s) : undefined;

/** `torch.optim.lr_scheduler.StepLR(optimizer, step_size=10)`; undefined for other paths. */
export function schedulerMade(path: string, args: readonly CallArgument[], context: Context): Value | undefined {
  const name = PATH.exec(path)?.[1];
  if (name === undefined || !SCHEDULER_NAMES.has(name)) return undefined;
  const schedule = SCHEDULES[name];
  const signature = `${schedule?.signature ?? PLATEAU}, last_epoch=-1, verbose=False`;
  const { optimizer, verbose, ...settings } = bind({ path, signature, evaluate: () => NONE }, args);
  if (verbose && isTrue(verbose)) return unknown('what a schedule prints is not followed');
  if (settings.last_epoch && needInteger(settings.last_epoch) !== -1)
    return unknown('a schedule that goes on with an earlier one is not followed');
  if (!isOptimiser(optimizer)) return unknown('a schedule of this is not followed');
  const groups = groupsIn(optimizer);
  const turns = schedule?.momentum && (settings.cycle_momentum === undefined || isTrue(settings.cycle_momentum));
  if (turns && groups.some(g => !entryOf(g, 'momentum') && !(name === 'OneCycleLR' && entryOf(g, 'betas'))))
    return unknown('this schedule is refused for an optimiser without momentum');
  const kept = Object.entries(settings).flatMap(([k, v]) => (given(v) ? [tuple([stringValue(k), v])] : []));
  const first = groups.map(rateOf);
  let held: Optimiser = optimizer;
  if (schedule?.begins) {
    if (!context.program) return unknown('schedules are followed only where the whole program is');
    for (let group = 0; group < groups.length; group++) {
      const rate = real(first[group], 0);
      const at: Step = { rate, first: rate, step: 0, group, x: settings, context };
      const g = groupsIn(held)[group];
      const begun = withRate(g, schedule.begins(at), momentumBehind(schedule, at));
      const now = context.following?.(held, () => context.change?.(g, begun));
      held = isOptimiser(now) ? now : unknown('a schedule of this is not followed');
    }
  }
  const best = settings.mode?.kind === 'string' && settings.mode.value === 'max' ? -Infinity : Infinity;
  const state = schedule ? [int(0)] : [int(0), float(best), int(0), int(0)];
  const self = tuple([stringValue(name), tuple(kept), held, tuple(first), { kind: 'list', items: state }]);
  return { kind: 'function', path: 'torch.scheduler', self };
}

/** `scheduler.step`, `scheduler.get_last_lr`, and how many steps have been taken. */
export function schedulerMember(s: FunctionValue, name: string): Value {
  if (name === 'last_epoch' && isScheduler(s)) {
    const count = s.self.items[4];
    return count.kind === 'list' ? count.items[0] : NONE;
  }
  return name === 'step' || name === 'get_last_lr'
    ? { kind: 'function', path: `torch.scheduler.${name}`, self: s }
    : unknown(`${name} of a schedule is not followed`);
}

export function callScheduler(f: FunctionValue, args: readonly CallArgument[], context: Context): Value {
  const s = isScheduler(f.self) ? f.self : unknown('no schedule');
  if (!context.program) return unknown('schedules are followed only where the whole program is');
  const [name, kept, optimiser, first, count] = s.self.items;
  if (!isOptimiser(optimiser) || count.kind !== 'list' || name.kind !== 'string') return unknown('no schedule');
  const groups = groupsIn(optimiser);
  if (f.path.endsWith('get_last_lr')) return { kind: 'list', items: groups.map(rateOf) };
  const x: Bound = Object.fromEntries(
    (kept.kind === 'tuple' ? kept.items : []).flatMap(e =>
      e.kind === 'tuple' && e.items[0].kind === 'string' ? [[e.items[0].value, e.items[1]]] : [],
    ),
  );
  const step = needInteger(count.items[0]) + 1;
  const schedule = SCHEDULES[name.value];
  if (!schedule) return plateauStep(groups, args, x, count, context);
  if (args.length > 0) return unknown('a step of a schedule to an epoch is not followed');
  const began = first.kind === 'tuple' ? first.items : [];
  const steps = groups.map((g, group): Step => {
    return { rate: real(rateOf(g), 0), first: real(began[group], 0), step, group, x, context };
  });
  const rates = steps.map(schedule.next);
  groups.forEach((g, k) => {
    setRate(g, rates[k], context, momentumBehind(schedule, steps[k]));
  });
  context.change?.(count, { kind: 'list', items: [int(step)] });
  return NONE;
}

/** A step by a number that should get better: the rate falls where it has not for long. */
function plateauStep(
  groups: readonly DictValue[],
  args: readonly CallArgument[],
  x: Bound,
  state: ListValue,
  context: Context,
): Value {
  const [metric, ...more] = args;
  if (!metric || more.length > 0 || (metric.value.kind !== 'scalar' && metric.value.kind !== 'array'))
    return unknown('a step by this number is not followed');
  const a = toArray(metric.value);
  const number =
    a.shape.length === 0 || a.shape.join() === '1' ? Number(a.data[a.offset]) : unknown('a step by several numbers');
  const [count, best, bad, rest] = state.items.map(v => real(v, 0));
  const { after, falls } = plateauBehind({ best, bad, rest }, number, x);
  if (falls)
    for (const g of groups) {
      const rate = real(rateOf(g), 0);
      const low = Math.max(rate * real(x.factor, 0.1), real(x.min_lr, 0));
      if (rate - low > real(x.eps, 1e-8)) setRate(g, low, context);
    }
  const items = [int(count + 1), float(after.best), int(after.bad), int(after.rest)];
  context.change?.(state, { kind: 'list', items });
  return NONE;
}
