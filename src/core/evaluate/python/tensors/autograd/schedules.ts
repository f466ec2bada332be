import { NONE } from '../../../../values/value';
import type { Bound } from '../../../catalogue';
import type { Context } from '../../../dialect';
import { unknown } from '../../../stop';
import { int, integersOf, needInteger, real, toArray } from '../../coerce';
import { given } from '../tensor';

/** How learning rates go on, by the rules of torch/optim/lr_scheduler.py, each step from the one before it. */

export interface Step {
  /** The rate before the step, and the one that the schedule began with. */
  readonly rate: number;
  readonly first: number;
  /** How many steps have been taken with this one. */
  readonly step: number;
  /** Which group of parameters it is. */
  readonly group: number;
  readonly x: Bound;
  readonly context: Context;
}

export interface Schedule {
  readonly signature: string;
  /** The rate with which it begins, where that is another one. */
  readonly begins?: (s: Step) => number;
  readonly next: (s: Step) => number;
  /** The momentum that goes the other way, unless `cycle_momentum=False` says that it stays. */
  readonly momentum?: (s: Step) => number;
}

const setting = (x: Bound, name: string, otherwise: number): number => real(x[name], otherwise);
const cosine = (share: number): number => Math.cos(Math.PI * share);

/** What a function of the program gives for a step; of several that of the group. */
function called(s: Step): number {
  const f = s.x.lr_lambda ?? NONE;
  const own = f.kind === 'list' || f.kind === 'tuple' ? f.items[s.group] : f;
  if (!own) return unknown('functions of another number than there are groups');
  const v = s.context.call(own, [int(s.step)]);
  return v.kind === 'scalar' ? Number(v.value) : unknown('the function of a schedule gives no number');
}

function cosineAnnealing({ rate, first, step, x }: Step): number {
  const [most, least] = [setting(x, 'T_max', 1), setting(x, 'eta_min', 0)];
  if ((step - 1 - most) % (2 * most) === 0) return rate + ((first - least) * (1 - cosine(1 / most))) / 2;
  return ((1 + cosine(step / most)) / (1 + cosine((step - 1) / most))) * (rate - least) + least;
}

function warmRestarts({ first, step, x }: Step): number {
  let length = needInteger(x.T_0 ?? int(1));
  const times = x.T_mult ? needInteger(x.T_mult) : 1;
  const least = setting(x, 'eta_min', 0);
  let at = step;
  while (at >= length) {
    at -= length;
    length *= times;
  }
  return least + ((first - least) * (1 + cosine(at / length))) / 2;
}

/** The parts of one cycle: where each ends, and the numbers between which it goes, at first `low`, then `high`, at last `end`. */
function oneCycle({ step, x }: Step, low: number, high: number, end: number): number {
  const total = given(x.total_steps)
    ? needInteger(x.total_steps)
    : needInteger(x.epochs ?? NONE) * needInteger(x.steps_per_epoch ?? NONE);
  if (step > total) return unknown('a step behind the end of the cycle is refused');
  const rise = setting(x, 'pct_start', 0.3) * total;
  const three = x.three_phase !== undefined && Number(toArray(x.three_phase).data[0]) !== 0;
  const phases: readonly (readonly [number, number, number])[] = three
    ? [
        [rise - 1, low, high],
        [2 * rise - 2, high, low],
        [total - 1, low, end],
      ]
    : [
        [rise - 1, low, high],
        [total - 1, high, end],
      ];
  const linear = x.anneal_strategy?.kind === 'string' && x.anneal_strategy.value === 'linear';
  let start = 0;
  for (const [k, [last, from, to]] of phases.entries()) {
    if (step <= last || k === phases.length - 1) {
      const share = (step - start) / (last - start);
      return linear ? (to - from) * share + from : to + ((from - to) / 2) * (cosine(share) + 1);
    }
    start = last;
  }
  return end;
}

function oneCycleRate(s: Step): number {
  const { x, group } = s;
  const most = x.max_lr?.kind === 'list' ? real(x.max_lr.items[group], 0) : setting(x, 'max_lr', 0);
  const initial = most / setting(x, 'div_factor', 25);
  return oneCycle(s, initial, most, initial / setting(x, 'final_div_factor', 1e4));
}

const oneCycleMomentum = (s: Step): number => {
  const [low, high] = [setting(s.x, 'base_momentum', 0.85), setting(s.x, 'max_momentum', 0.95)];
  return oneCycle(s, high, low, high);
};

/** Up and down between two numbers. */
function cyclic({ step, x }: Step, low: number, high: number): number {
  if (given(x.scale_fn)) return unknown('scale_fn= of a cycle is not followed');
  const up = setting(x, 'step_size_up', 2000);
  const whole = up + (given(x.step_size_down) ? real(x.step_size_down, up) : up);
  const cycle = Math.floor(1 + step / whole);
  const at = 1 + step / whole - cycle;
  const share = up / whole;
  const height = (high - low) * (at <= share ? at / share : (at - 1) / (share - 1));
  const mode = x.mode?.kind === 'string' ? x.mode.value : 'triangular';
  if (mode === 'triangular') return height;
  return mode === 'triangular2' ? height / 2 ** (cycle - 1) : height * setting(x, 'gamma', 1) ** step;
}

const cyclicRate = (s: Step): number => {
  const [low, high] = [setting(s.x, 'base_lr', 0), setting(s.x, 'max_lr', 0)];
  return low + cyclic(s, low, high);
};
const cyclicMomentum = (s: Step): number => {
  const [low, high] = [setting(s.x, 'base_momentum', 0.8), setting(s.x, 'max_momentum', 0.9)];
  return high - cyclic(s, low, high);
};

export const SCHEDULES: Readonly<Record<string, Schedule>> = {
  StepLR: {
    signature: 'optimizer, step_size, gamma=0.1',
    next: ({ rate, step, x }) =>
      step % needInteger(x.step_size ?? int(1)) === 0 ? rate * setting(x, 'gamma', 0.1) : rate,
  },
  MultiStepLR: {
    signature: 'optimizer, milestones, gamma=0.1',
    next: ({ rate, step, x }) =>
      rate * setting(x, 'gamma', 0.1) ** integersOf(x.milestones ?? NONE).filter(m => m === step).length,
  },
  ExponentialLR: { signature: 'optimizer, gamma', next: ({ rate, x }) => rate * setting(x, 'gamma', 1) },
  LambdaLR: {
    signature: 'optimizer, lr_lambda',
    begins: s => s.first * called(s),
    next: s => s.first * called(s),
  },
  MultiplicativeLR: { signature: 'optimizer, lr_lambda', next: s => s.rate * called(s) },
  ConstantLR: {
    signature: 'optimizer, factor=0.3333333333333333, total_iters=5',
    begins: ({ rate, x }) => rate * setting(x, 'factor', 1 / 3),
    next: ({ rate, step, x }) =>
      step === setting(x, 'total_iters', 5) ? rate * (1 / setting(x, 'factor', 1 / 3)) : rate,
  },
  LinearLR: {
    signature: 'optimizer, start_factor=0.3333333333333333, end_factor=1.0, total_iters=5',
    begins: ({ rate, x }) => rate * setting(x, 'start_factor', 1 / 3),
    next: ({ rate, step, x }) => {
      const [start, end, total] = [
        setting(x, 'start_factor', 1 / 3),
        setting(x, 'end_factor', 1),
        setting(x, 'total_iters', 5),
      ];
      return step > total ? rate : rate * (1 + (end - start) / (total * start + (step - 1) * (end - start)));
    },
  },
  PolynomialLR: {
    signature: 'optimizer, total_iters=5, power=1.0',
    next: ({ rate, step, x }) => {
      const total = setting(x, 'total_iters', 5);
      if (step > total) return rate;
      return rate * ((1 - step / total) / (1 - (step - 1) / total)) ** setting(x, 'power', 1);
    },
  },
  CosineAnnealingLR: { signature: 'optimizer, T_max, eta_min=0', next: cosineAnnealing },
  CosineAnnealingWarmRestarts: { signature: 'optimizer, T_0, T_mult=1, eta_min=0', next: warmRestarts },
  OneCycleLR: {
    signature:
      'optimizer, max_lr, total_steps=None, epochs=None, steps_per_epoch=None, pct_start=0.3, anneal_strategy=cos, cycle_momentum=True, base_momentum=0.85, max_momentum=0.95, div_factor=25.0, final_div_factor=10000.0, three_phase=False',
    begins: oneCycleRate,
    next: oneCycleRate,
    momentum: oneCycleMomentum,
  },
  CyclicLR: {
    signature:
      'optimizer, base_lr, max_lr, step_size_up=2000, step_size_down=None, mode=triangular, gamma=1.0, scale_fn=None, scale_mode=cycle, cycle_momentum=True, base_momentum=0.8, max_momentum=0.9',
    begins: cyclicRate,
    next: cyclicRate,
    momentum: cyclicMomentum,
  },
};

export const PLATEAU =
  'optimizer, mode=min, factor=0.1, patience=10, threshold=0.0001, threshold_mode=rel, cooldown=0, min_lr=0, eps=1e-08, verbose=False';

/** What a plateau remembers: the best number, how many have not been better, and how many more are not counted. */
export interface Plateau {
  readonly best: number;
  readonly bad: number;
  readonly rest: number;
}

/** What a number makes of a plateau, and whether the rate falls. */
export function plateauBehind(
  before: Plateau,
  metric: number,
  x: Bound,
): { readonly after: Plateau; readonly falls: boolean } {
  const most = x.mode?.kind === 'string' && x.mode.value === 'max';
  const threshold = setting(x, 'threshold', 1e-4);
  const relative = !(x.threshold_mode?.kind === 'string' && x.threshold_mode.value === 'abs');
  const best = before.best;
  const limit = relative ? best * (most ? 1 + threshold : 1 - threshold) : best + (most ? threshold : -threshold);
  const better = most ? metric > limit : metric < limit;
  let { bad, rest } = before;
  bad = better ? 0 : bad + 1;
  if (rest > 0) {
    rest--;
    bad = 0;
  }
  const falls = bad > setting(x, 'patience', 10);
  if (falls) [rest, bad] = [setting(x, 'cooldown', 0), 0];
  return { after: { best: better ? metric : best, bad, rest }, falls };
}
