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
import { float, int, integersOf, needInteger, real } from '../../coerce';
import { given } from '../tensor';
import { isOptimiser, type Optimiser } from './optimisers';

/**
 * Schedules of learning rates. One is a function of the path `torch.scheduler` that holds its class's name, its settings, its
 * optimiser, the rates that it began with, and a list with the number of steps taken, which changes as lists do.
 */

interface Schedule {
  readonly signature: string;
  /** The rate behind a step, from the one before it, the first one, and the number of steps. */
  readonly next: (rate: number, first: number, step: number, x: Bound) => number;
}

const SCHEDULES: Readonly<Record<string, Schedule>> = {
  StepLR: {
    signature: 'optimizer, step_size, gamma=0.1',
    next: (rate, _, step, x) => (step % needInteger(x.step_size ?? int(1)) === 0 ? rate * real(x.gamma, 0.1) : rate),
  },
  MultiStepLR: {
    signature: 'optimizer, milestones, gamma=0.1',
    next: (rate, _, step, x) =>
      integersOf(x.milestones ?? NONE).reduce((r, m) => (m === step ? r * real(x.gamma, 0.1) : r), rate),
  },
  ExponentialLR: {
    signature: 'optimizer, gamma',
    next: (rate, _, __, x) => rate * real(x.gamma, 1),
  },
};

export const isScheduler = (v: Value | undefined): v is FunctionValue & { readonly self: ListValue } =>
  v?.kind === 'function' && v.path === 'torch.scheduler' && v.self?.kind === 'tuple';

export const SCHEDULER_NAMES: ReadonlySet<string> = new Set(Object.keys(SCHEDULES));

const PATH = /^torch\.optim\.lr_scheduler\.(\w+)$/;

const groupsIn = (o: Optimiser): readonly DictValue[] => {
  const list = o.self.items[1];
  return (list.kind === 'list' ? list.items : []).flatMap(g => (g.kind === 'dict' ? [g] : []));
};
const rateOf = (g: DictValue): Value => g.entries.find(([k]) => k.kind === 'string' && k.value === 'lr')?.[1] ?? NONE;

/** `torch.optim.lr_scheduler.StepLR(optimizer, step_size=10)`; undefined for other paths. */
export function schedulerMade(path: string, args: readonly CallArgument[]): Value | undefined {
  const name = PATH.exec(path)?.[1];
  const schedule = name === undefined ? undefined : SCHEDULES[name];
  if (name === undefined || !schedule) return undefined;
  const { optimizer, ...settings } = bind({ path, signature: schedule.signature, evaluate: () => NONE }, args);
  if (!isOptimiser(optimizer)) return unknown('a schedule of this is not followed');
  const kept = Object.entries(settings).flatMap(([k, v]) => (given(v) ? [tuple([stringValue(k), v])] : []));
  const first = tuple(groupsIn(optimizer).map(rateOf));
  const self = tuple([stringValue(name), tuple(kept), optimizer, first, { kind: 'list', items: [int(0)] }]);
  return { kind: 'function', path: 'torch.scheduler', self };
}

/** `scheduler.step` and `scheduler.get_last_lr`. */
export function schedulerMember(s: FunctionValue, name: string): Value {
  return name === 'step' || name === 'get_last_lr'
    ? { kind: 'function', path: `torch.scheduler.${name}`, self: s }
    : unknown(`${name} of a schedule is not followed`);
}

export function callScheduler(f: FunctionValue, args: readonly CallArgument[], context: Context): Value {
  const s = isScheduler(f.self) ? f.self : unknown('no schedule');
  if (!context.program) return unknown('schedules are followed only where the whole program is');
  const [name, kept, optimiser, first, count] = s.self.items;
  const schedule = SCHEDULES[name.kind === 'string' ? name.value : ''];
  if (!isOptimiser(optimiser) || count.kind !== 'list') return unknown('no schedule');
  const groups = groupsIn(optimiser);
  if (f.path.endsWith('get_last_lr')) return { kind: 'list', items: groups.map(rateOf) };
  if (args.length > 0) return unknown('a step of a schedule to an epoch is not followed');
  const x: Bound = Object.fromEntries(
    (kept.kind === 'tuple' ? kept.items : []).flatMap(e =>
      e.kind === 'tuple' && e.items[0].kind === 'string' ? [[e.items[0].value, e.items[1]]] : [],
    ),
  );
  const step = needInteger(count.items[0]) + 1;
  const began = first.kind === 'tuple' ? first.items : [];
  for (const [k, g] of groups.entries()) {
    const rate = float(schedule.next(real(rateOf(g), 0), real(began[k], 0), step, x));
    const entries = g.entries.map(([key, v]) =>
      key.kind === 'string' && key.value === 'lr' ? ([key, rate] as const) : ([key, v] as const),
    );
    context.change?.(g, { kind: 'dict', entries });
  }
  context.change?.(count, { kind: 'list', items: [int(step)] });
  return NONE;
}
