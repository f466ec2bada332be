import { NONE, tuple, type Value } from '../../../../values/value';
import { bool, float, int, real } from '../../coerce';
import { isTrue } from '../../reductions';
import type { Operations } from './node';

/** What one step of each optimiser makes of a parameter, operation by operation as torch/optim has them for single tensors. */

type Settings = Readonly<Record<string, Value>>;

export interface OptimiserRule {
  /** Their settings in order, with the values that they have where none is given. */
  readonly settings: Settings;
  /** The parameter after a step, what is kept for the next one, and the squares of gradients whose root the step is divided by. */
  readonly step: (
    p: Value,
    g: Value,
    kept: readonly Value[] | undefined,
    s: Settings,
    t: Operations,
  ) => { readonly value: Value; readonly keeps: readonly Value[]; readonly squares?: Value };
}

const of = (s: Settings, name: string): number => real(s[name], 0);
const plus = (t: Operations, a: Value, b: Value, alpha: number): Value =>
  t('add', a, b, { named: { alpha: float(alpha) } });
const decayed = (g: Value, p: Value, s: Settings, t: Operations): Value =>
  of(s, 'weight_decay') === 0 ? g : plus(t, g, p, of(s, 'weight_decay'));
/** `value` for `torch.addcmul` and `torch.addcdiv`. */
const value = (e: number) => ({ named: { value: float(e) } });

function sgd(p: Value, grad: Value, kept: readonly Value[] | undefined, s: Settings, t: Operations) {
  let g = decayed(grad, p, s, t);
  const momentum = of(s, 'momentum');
  if (momentum === 0) return { value: plus(t, p, g, -of(s, 'lr')), keeps: [] };
  const buffer = kept?.[0] ? plus(t, t('mul', kept[0], float(momentum)), g, 1 - of(s, 'dampening')) : g;
  g = isTrue(s.nesterov) ? plus(t, g, buffer, momentum) : buffer;
  return { value: plus(t, p, g, -of(s, 'lr')), keeps: [buffer] };
}

const adam =
  (decoupled: boolean): OptimiserRule['step'] =>
  (parameter, grad, kept, s, t) => {
    const [one, two] =
      s.betas.kind === 'tuple' || s.betas.kind === 'list' ? s.betas.items.map(b => real(b, 0)) : [0.9, 0.999];
    const lr = of(s, 'lr');
    const p = decoupled ? t('mul', parameter, float(1 - lr * of(s, 'weight_decay'))) : parameter;
    const g = decoupled ? grad : decayed(grad, p, s, t);
    const steps = (kept?.[0] ? real(kept[0], 0) : 0) + 1;
    const zeros = t('zeros_like', p);
    const mean = plus(t, t('mul', kept?.[1] ?? zeros, float(one)), g, 1 - one);
    const square = t('addcmul', t('mul', kept?.[2] ?? zeros, float(two)), g, g, value(1 - two));
    const size = lr / (1 - one ** steps);
    const root = t('div', t('sqrt', square), float(Math.sqrt(1 - two ** steps)));
    const below = t('add', root, float(of(s, 'eps')));
    return { value: t('addcdiv', p, mean, below, value(-size)), keeps: [int(steps), mean, square], squares: square };
  };

function rmsprop(p: Value, grad: Value, kept: readonly Value[] | undefined, s: Settings, t: Operations) {
  const g = decayed(grad, p, s, t);
  const zeros = t('zeros_like', p);
  const alpha = of(s, 'alpha');
  const square = t('addcmul', t('mul', kept?.[0] ?? zeros, float(alpha)), g, g, value(1 - alpha));
  const below = t('add', t('sqrt', square), float(of(s, 'eps')));
  if (of(s, 'momentum') === 0)
    return { value: t('addcdiv', p, g, below, value(-of(s, 'lr'))), keeps: [square], squares: square };
  const buffer = t('addcdiv', t('mul', kept?.[1] ?? zeros, float(of(s, 'momentum'))), g, below);
  return { value: plus(t, p, buffer, -of(s, 'lr')), keeps: [square, buffer], squares: square };
}

function adagrad(p: Value, grad: Value, kept: readonly Value[] | undefined, s: Settings, t: Operations) {
  const g = decayed(grad, p, s, t);
  const steps = (kept?.[0] ? real(kept[0], 0) : 0) + 1;
  const before = kept?.[1] ?? t('full_like', p, float(of(s, 'initial_accumulator_value')));
  const sum = t('addcmul', before, g, g, value(1));
  const rate = of(s, 'lr') / (1 + (steps - 1) * of(s, 'lr_decay'));
  const below = t('add', t('sqrt', sum), float(of(s, 'eps')));
  return { value: t('addcdiv', p, g, below, value(-rate)), keeps: [int(steps), sum], squares: sum };
}

const FLAGS: Settings = {
  foreach: NONE,
  maximize: bool(false),
  capturable: bool(false),
  differentiable: bool(false),
  fused: NONE,
};
const ADAM: Settings = {
  lr: float(1e-3),
  betas: tuple([float(0.9), float(0.999)]),
  eps: float(1e-8),
  weight_decay: int(0),
  amsgrad: bool(false),
  ...FLAGS,
};

export const STEPS: Readonly<Record<string, OptimiserRule>> = {
  SGD: {
    settings: { lr: NONE, momentum: int(0), dampening: int(0), weight_decay: int(0), nesterov: bool(false), ...FLAGS },
    step: sgd,
  },
  Adam: { settings: ADAM, step: adam(false) },
  AdamW: { settings: { ...ADAM, weight_decay: float(1e-2) }, step: adam(true) },
  RMSprop: {
    settings: {
      lr: float(1e-2),
      alpha: float(0.99),
      eps: float(1e-8),
      weight_decay: int(0),
      momentum: int(0),
      centered: bool(false),
      ...FLAGS,
    },
    step: rmsprop,
  },
  Adagrad: {
    settings: {
      lr: float(1e-2),
      lr_decay: int(0),
      weight_decay: int(0),
      initial_accumulator_value: int(0),
      eps: float(1e-10),
      ...FLAGS,
    },
    step: adagrad,
  },
};
