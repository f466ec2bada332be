import { sizeOf } from '../../../../values/ndarray';
import { scalar, type Value } from '../../../../values/value';
import { real, toArray } from '../../coerce';
import { given, isTensor } from '../tensor';
import type { Argument, Operations } from './node';
import { each, light, type Recorded, type Rule, rule } from './rules';

/** Arithmetic and functions of every element, by the formulas of torch's derivatives.yaml. */

const v = (x: Value | undefined): Value => x ?? { kind: 'none' };
const half = (g: Value, t: Operations): Value => t('div', g, 2);
const zeros = (like: Value, t: Operations): Value => t('zeros_like', like);

/** `g` where a test of two values holds, 0 elsewhere. */
const where = (t: Operations, test: string, a: Argument, b: Argument, g: Value): Value =>
  t('where', t(test, a, b), g, zeros(g, t));

/** How many times `alpha=` counts the second operand. */
const times = (x: Recorded, g: Value, t: Operations): Value =>
  given(x.alpha) && real(x.alpha, 1) !== 1 ? t('mul', g, x.alpha) : g;

/** One function whose gradient is the incoming one times or over something. */
const unary = (
  names: string,
  node: string,
  keeps: 'input' | 'result',
  of: (g: Value, e: Value, t: Operations) => Value,
) => each(names, rule(node, { input: [keeps, (g, x, t) => of(g, v(x[keeps]), t)] }));

/** Extremes of two share the gradient where they are equal. */
const larger = (node: string, smaller: string, greater: string): Rule =>
  rule(node, {
    input: [
      'input other',
      (g, x, t) =>
        where(t, greater, v(x.input), v(x.other), t('where', t('eq', v(x.input), v(x.other)), half(g, t), g)),
    ],
    other: [
      'input other',
      (g, x, t) =>
        where(t, smaller, v(x.input), v(x.other), t('where', t('eq', v(x.input), v(x.other)), half(g, t), g)),
    ],
  });

const within = (g: Value, x: Recorded, t: Operations): Value => {
  let out = g;
  if (given(x.min)) out = where(t, 'ge', v(x.input), x.min, out);
  if (given(x.max)) out = where(t, 'le', v(x.input), x.max, out);
  return out;
};

/** The ends of a clamp that are tensors take the gradient beyond them. */
const clamp = (name: string): Rule =>
  rule(x => (isTensor(x.min) || isTensor(x.max) ? undefined : name), {
    input: ['input min max', within],
  });

function powerGradient(g: Value, x: Recorded, t: Operations): Value {
  const e = v(x.exponent);
  if (e.kind === 'scalar') {
    const n = real(e, 0);
    if (n === 0) return zeros(g, t);
    const less = scalar(e.dtype, Number(e.value) - 1, true);
    return t('mul', g, t('mul', t('pow', v(x.input), less), e));
  }
  const whole = t('mul', g, t('mul', e, t('pow', v(x.input), t('sub', e, 1))));
  return t('where', t('eq', e, 0), zeros(whole, t), whole);
}

function exponentGradient(g: Value, x: Recorded, t: Operations): Value {
  const base = isTensor(x.input) ? x.input : t('full_like', v(x.exponent), v(x.input));
  const whole = t('mul', g, t('mul', x.result, t('log', base)));
  const flat = t('logical_and', t('eq', base, 0), t('ge', v(x.exponent), 0));
  return t('where', flat, zeros(whole, t), whole);
}

const SQRT_PI = 2 / Math.sqrt(Math.PI);

export const ELEMENTWISE_RULES: readonly (readonly [string, Rule])[] = [
  ['add', light('AddBackward0', { input: g => g, other: (g, x, t) => times(x, g, t) })],
  ...each('sub subtract', light('SubBackward0', { input: g => g, other: (g, x, t) => t('neg', times(x, g, t)) })),
  // A number minus a tensor.
  ['rsub', light('RsubBackward1', { other: (g, _, t) => t('neg', g) })],
  ...each(
    'mul multiply',
    rule('MulBackward0', {
      input: ['other', (g, x, t) => t('mul', g, v(x.other))],
      other: ['input', (g, x, t) => t('mul', g, v(x.input))],
    }),
  ),
  ...each(
    'div divide true_divide',
    rule(x => (given(x.rounding_mode) ? undefined : 'DivBackward0'), {
      input: ['other', (g, x, t) => (given(x.rounding_mode) ? zeros(g, t) : t('div', g, v(x.other)))],
      other: [
        'input other',
        (g, x, t) =>
          given(x.rounding_mode)
            ? zeros(g, t)
            : t('mul', t('neg', g), t('div', t('div', v(x.input), v(x.other)), v(x.other))),
      ],
    }),
  ),
  // A number over a tensor is its reciprocal times the number.
  [
    'rdiv',
    rule('MulBackward0', {
      other: [
        'other',
        (g, x, t) => {
          const r = t('reciprocal', v(x.other));
          return t('mul', t('neg', t('mul', g, v(x.input))), t('mul', r, r));
        },
      ],
    }),
  ],
  [
    'pow',
    rule(x => (isTensor(x.input) && !isTensor(x.exponent) ? 'PowBackward0' : 'PowBackward1'), {
      input: ['input exponent', powerGradient],
      exponent: ['input exponent result', exponentGradient],
    }),
  ],
  ['square', rule('PowBackward0', { input: ['input', (g, x, t) => t('mul', g, t('mul', v(x.input), 2))] })],
  ...each('neg negative', light('NegBackward0', { input: (g, _, t) => t('neg', g) })),
  ...unary('abs absolute', 'AbsBackward0', 'input', (g, e, t) => t('mul', g, t('sgn', e))),
  ...unary('exp', 'ExpBackward0', 'result', (g, e, t) => t('mul', g, e)),
  ...unary('exp2', 'Exp2Backward0', 'result', (g, e, t) => t('mul', t('mul', g, e), Math.LN2)),
  ...unary('expm1', 'Expm1Backward0', 'result', (g, e, t) => t('mul', g, t('add', e, 1))),
  ...unary('log', 'LogBackward0', 'input', (g, e, t) => t('div', g, e)),
  ...unary('log2', 'Log2Backward0', 'input', (g, e, t) => t('div', g, t('mul', e, Math.LN2))),
  ...unary('log10', 'Log10Backward0', 'input', (g, e, t) => t('div', g, t('mul', e, Math.LN10))),
  ...unary('log1p', 'Log1PBackward0', 'input', (g, e, t) => t('div', g, t('add', e, 1))),
  ...unary('sqrt', 'SqrtBackward0', 'result', (g, e, t) => t('div', g, t('mul', e, 2))),
  ...unary('rsqrt', 'RsqrtBackward0', 'result', (g, e, t) => t('mul', t('mul', g, -0.5), t('pow', e, 3))),
  ...unary('reciprocal', 'ReciprocalBackward0', 'result', (g, e, t) => t('mul', t('neg', g), t('mul', e, e))),
  ...unary('sin', 'SinBackward0', 'input', (g, e, t) => t('mul', g, t('cos', e))),
  ...unary('cos', 'CosBackward0', 'input', (g, e, t) => t('mul', g, t('neg', t('sin', e)))),
  ...unary('tan', 'TanBackward0', 'result', (g, e, t) => t('mul', g, t('add', t('pow', e, 2), 1))),
  ...unary('sinh', 'SinhBackward0', 'input', (g, e, t) => t('mul', g, t('cosh', e))),
  ...unary('cosh', 'CoshBackward0', 'input', (g, e, t) => t('mul', g, t('sinh', e))),
  ...unary('asin arcsin', 'AsinBackward0', 'input', (g, e, t) =>
    t('mul', g, t('rsqrt', t('add', t('neg', t('mul', e, e)), 1))),
  ),
  ...unary('acos arccos', 'AcosBackward0', 'input', (g, e, t) =>
    t('mul', g, t('neg', t('rsqrt', t('add', t('neg', t('mul', e, e)), 1)))),
  ),
  ...unary('atan arctan', 'AtanBackward0', 'input', (g, e, t) => t('div', g, t('add', t('mul', e, e), 1))),
  ...unary('erf', 'ErfBackward0', 'input', (g, e, t) =>
    t('mul', t('mul', t('exp', t('neg', t('pow', e, 2))), SQRT_PI), g),
  ),
  ...unary('asinh arcsinh', 'AsinhBackward0', 'input', (g, e, t) =>
    t('mul', g, t('rsqrt', t('add', t('pow', e, 2), 1))),
  ),
  ...unary('acosh arccosh', 'AcoshBackward0', 'input', (g, e, t) =>
    t('mul', g, t('rsqrt', t('sub', t('pow', e, 2), 1))),
  ),
  ...unary('atanh arctanh', 'AtanhBackward0', 'input', (g, e, t) => t('div', g, t('sub', 1, t('pow', e, 2)))),
  ...unary('erfc', 'ErfcBackward0', 'input', (g, e, t) =>
    t('mul', t('mul', t('exp', t('neg', t('pow', e, 2))), -SQRT_PI), g),
  ),
  ...unary('erfinv', 'ErfinvBackward0', 'result', (g, e, t) =>
    t('mul', t('mul', t('exp', t('pow', e, 2)), Math.sqrt(Math.PI) / 2), g),
  ),
  ...unary('lgamma', 'LgammaBackward0', 'input', (g, e, t) => t('mul', g, t('digamma', e))),
  ...unary('frac', 'FracBackward0', 'input', g => g),
  ...unary('deg2rad', 'Deg2RadBackward0', 'input', (g, _, t) => t('deg2rad', g)),
  ...unary('rad2deg', 'Rad2DegBackward0', 'input', (g, _, t) => t('rad2deg', g)),
  [
    'logit',
    rule('LogitBackward0', {
      input: [
        'input',
        (g, x, t) => (given(x.eps) ? undefined : t('div', g, t('mul', v(x.input), t('sub', 1, v(x.input))))),
      ],
    }),
  ],
  [
    'xlogy',
    rule(x => (isTensor(x.input) && isTensor(x.other) ? 'XlogyBackward0' : undefined), {
      input: [
        'input other',
        (g, x, t) => {
          const log = t('mul', g, t('log', v(x.other)));
          const flat = t('logical_and', t('eq', v(x.input), 0), t('le', v(x.other), 0));
          return t('where', flat, zeros(log, t), log);
        },
      ],
      other: ['input other', (g, x, t) => t('mul', g, t('div', v(x.input), v(x.other)))],
    }),
  ],
  [
    'logaddexp',
    rule('LogaddexpBackward0', {
      input: ['input other', (g, x, t) => t('div', g, t('add', 1, t('exp', t('sub', v(x.other), v(x.input)))))],
      other: ['input other', (g, x, t) => t('div', g, t('add', 1, t('exp', t('sub', v(x.input), v(x.other)))))],
    }),
  ],
  [
    'addcdiv',
    rule('AddcdivBackward0', {
      input: g => g,
      tensor1: ['tensor2', (g, x, t) => t('mul', g, t('div', x.value ?? scalar('float64', 1, true), v(x.tensor2)))],
      tensor2: [
        'tensor1 tensor2',
        (g, x, t) => {
          const top = t('mul', v(x.tensor1), x.value ?? 1);
          return t('mul', t('neg', g), t('div', top, t('mul', v(x.tensor2), v(x.tensor2))));
        },
      ],
    }),
  ],
  [
    'nan_to_num',
    rule('NanToNumBackward0', {
      input: ['input', (g, x, t) => t('mul', g, t('isfinite', v(x.input)))],
    }),
  ],
  // Rounded once after 1 − y², as a fused multiply-add does.
  ...unary('tanh', 'TanhBackward0', 'result', (g, e, t) =>
    t('mul', g, t('addcmul', t('ones_like', e), t('neg', e), e)),
  ),
  ...unary('sigmoid', 'SigmoidBackward0', 'result', (g, e, t) => t('mul', t('mul', g, t('add', t('neg', e), 1)), e)),
  ...unary('relu', 'ReluBackward0', 'result', (g, e, t) => where(t, 'gt', e, 0, g)),
  ...each('floor ceil round trunc sign sgn', light(undefined, { input: (g, _, t) => zeros(g, t) })),
  ...each('clamp clip', clamp('ClampBackward1')),
  ['clamp_min', clamp('ClampMinBackward0')],
  ['clamp_max', clamp('ClampMaxBackward0')],
  ['maximum', larger('MaximumBackward0', 'le', 'ge')],
  ['minimum', larger('MinimumBackward0', 'ge', 'le')],
  [
    'where',
    rule('WhereBackward0', {
      input: ['condition', (g, x, t) => t('where', v(x.condition), g, zeros(g, t))],
      other: ['condition', (g, x, t) => t('where', v(x.condition), zeros(g, t), g)],
    }),
  ],
  [
    'masked_fill',
    rule('MaskedFillBackward0', {
      input: ['mask', (g, x, t) => t('masked_fill', g, v(x.mask), 0)],
      value: ['mask', (g, x, t) => t('sum', t('where', v(x.mask), g, zeros(g, t)))],
    }),
  ],
  [
    'addcmul',
    rule('AddcmulBackward0', {
      input: g => g,
      tensor1: ['tensor2', (g, x, t) => t('mul', g, t('mul', v(x.tensor2), x.value ?? 1))],
      tensor2: ['tensor1', (g, x, t) => t('mul', g, t('mul', v(x.tensor1), x.value ?? 1))],
    }),
  ],
  ['remainder', light(x => (isTensor(x.other) ? undefined : 'RemainderBackward0'), { input: g => g })],
  ['fmod', light(x => (isTensor(x.other) ? undefined : 'FmodBackward0'), { input: g => g })],
  [
    'atan2',
    rule('Atan2Backward0', {
      input: ['input other', (g, x, t) => t('mul', g, t('mul', v(x.other), squaresOver(x, t)))],
      other: ['input other', (g, x, t) => t('mul', g, t('mul', t('neg', v(x.input)), squaresOver(x, t)))],
    }),
  ],
  [
    'hypot',
    rule('HypotBackward0', {
      input: ['input result', (g, x, t) => t('mul', g, t('div', v(x.input), x.result))],
      other: ['other result', (g, x, t) => t('mul', g, t('div', v(x.other), x.result))],
    }),
  ],
  [
    'lerp',
    light('LerpBackward0', {
      input: (g, x, t) => (isTensor(x.weight) ? undefined : t('mul', g, 1 - real(x.weight, 0))),
      end: (g, x, t) => (isTensor(x.weight) ? undefined : t('mul', g, v(x.weight))),
    }),
  ],
];

const squaresOver = (x: Recorded, t: Operations): Value =>
  t('reciprocal', t('add', t('mul', v(x.input), v(x.input)), t('mul', v(x.other), v(x.other))));

/** How many numbers a value has. */
export const countOf = (x: Value | undefined): number => sizeOf(toArray(v(x)).shape);
