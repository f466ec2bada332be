import { sizeOf } from '../../../../values/ndarray';
import { tuple, type Value } from '../../../../values/value';
import { unknown } from '../../../stop';
import { needInteger, real, toArray } from '../../coerce';
import { isTrue } from '../../reductions';
import { dimOf, given } from '../tensor';
import { dimsOf } from '../torch/define';
import { type Operations, REFUSED } from './node';
import { each, light, type Recorded, type Rule, rule } from './rules';
import { countOf } from './rules-elementwise';

/** Sums, means, extremes, products, variances and norms, over all entries or along dimensions. */

const v = (x: Value | undefined): Value => x ?? { kind: 'none' };
export const shapeOf = (x: Value | undefined): readonly number[] => toArray(v(x)).shape;
const axesOf = (x: Recorded): number[] => dimsOf(flagOf(x) ? undefined : x.dim, shapeOf(x.input).length);
/** `x.var(False)`: the place of the dimensions may hold `unbiased`. */
const flagOf = (x: Recorded): Value | undefined =>
  x.dim?.kind === 'scalar' && x.dim.dtype === 'bool' ? x.dim : undefined;

/** What a reduction gave, with the dimensions that it took away as sides of 1. */
function kept(r: Value, x: Recorded, t: Operations): Value {
  const shape = shapeOf(x.input);
  const axes = axesOf(x);
  return t(
    'reshape',
    r,
    shape.map((n, k) => (axes.includes(k) ? 1 : n)),
  );
}

const spread = (r: Value, x: Recorded, t: Operations): Value => t('broadcast_to', kept(r, x, t), shapeOf(x.input));
const reduced = (x: Recorded): number => axesOf(x).reduce((n, k) => n * shapeOf(x.input)[k], 1);

/** The name with a number that tells whether dimensions were given. */
const numbered =
  (node: string, whole = 0) =>
  (x: Recorded): string =>
    `${node}Backward${given(x.dim) ? 1 - whole : whole}`;

/** Entries equal to an extreme share its gradient. */
export function shared(g: Value, x: Recorded, t: Operations, extreme: Value): Value {
  const mask = t('eq', v(x.input), spread(extreme, x, t));
  const count = t('sum', mask, axesOf(x), true);
  return t('where', mask, t('div', spread(g, x, t), count), t('zeros_like', v(x.input)));
}

/** The extreme of all entries, or with its places along a dimension. */
const extreme = (node: string): Rule =>
  rule(numbered(node, 1), {
    input: [
      'input result',
      (g, x, t) => {
        if (!given(x.dim)) return shared(g, x, t, x.result);
        if (x.result.kind !== 'tuple') return undefined;
        const axis = dimOf(needInteger(x.dim), shapeOf(x.input).length);
        if (shapeOf(x.input).length === 0) return g;
        return t('scatter', t('zeros_like', v(x.input)), axis, kept(x.result.items[1], x, t), kept(g, x, t));
      },
    ],
  });

/** (2 / (n − correction)) g (x − mean). */
function variance(g: Value, x: Recorded, t: Operations): Value {
  const flag = flagOf(x) ?? x.unbiased;
  const correction = given(x.correction) ? needInteger(x.correction) : flag === undefined || isTrue(flag) ? 1 : 0;
  const n = axesOf(x).length === shapeOf(x.input).length ? countOf(x.input) : reduced(x);
  if (n <= correction) return unknown(REFUSED);
  const centred = t('sub', v(x.input), t('mean', v(x.input), axesOf(x), true));
  return t('mul', t('mul', kept(g, x, t), 2 / (n - correction)), centred);
}

/** The product of the other entries, which is the result over the entry where none is 0. */
function product(g: Value, x: Recorded, t: Operations): Value {
  const input = v(x.input);
  const shape = shapeOf(input);
  if (shape.length === 0) return g;
  if (!toArray(t('any', t('eq', input, 0))).data[0]) return t('div', spread(t('mul', g, x.result), x, t), input);
  if (given(x.dim)) return t('mul', spread(g, x, t), others(input, dimOf(needInteger(x.dim), shape.length), t));
  return t('mul', spread(g, x, t), t('reshape', others(t('reshape', input, [sizeOf(shape)]), 0, t), shape));
}

/** The products of what stands before and behind each entry along a dimension. */
function others(input: Value, axis: number, t: Operations): Value {
  const n = shapeOf(input)[axis];
  const before = (of: Value): Value => {
    const first = t('ones_like', t('narrow', of, axis, 0, 1));
    return t('cumprod', t('cat', tuple([first, t('narrow', of, axis, 0, n - 1)]), axis), axis);
  };
  return t('mul', before(input), t('flip', before(t('flip', input, [axis])), [axis]));
}

function norm(g: Value, x: Recorded, t: Operations): Value | undefined {
  const order = x.p ?? x.ord;
  const p = given(order) ? (order.kind === 'string' ? (order.value === 'fro' ? 2 : Number.NaN) : real(order, 2)) : 2;
  // Of a matrix an order without dimensions is another norm.
  if (x.ord?.kind === 'scalar' && !given(x.dim) && shapeOf(x.A).length === 2) return undefined;
  const [self, size] = [v(x.input ?? x.A), spread(x.result, { ...x, input: x.input ?? x.A }, t)];
  const wide = spread(g, { ...x, input: x.input ?? x.A }, t);
  if (p === 1) return t('mul', t('sgn', self), wide);
  if (p !== 2) return undefined;
  return t('masked_fill', t('mul', self, t('div', wide, size)), t('eq', size, 0), 0);
}

export const REDUCTION_RULES: readonly (readonly [string, Rule])[] = [
  ['sum', light(numbered('Sum'), { input: (g, x, t) => spread(g, x, t) })],
  [
    'mean',
    light(
      numbered('Mean'),
      { input: (g, x, t) => t('div', spread(g, x, t), reduced(x)) },
      { saves: x => given(x.dim) },
    ),
  ],
  ['max', extreme('Max')],
  ['min', extreme('Min')],
  ['amax', rule('AmaxBackward0', { input: ['input result', (g, x, t) => shared(g, x, t, x.result)] })],
  ['amin', rule('AminBackward0', { input: ['input result', (g, x, t) => shared(g, x, t, x.result)] })],
  ['prod', rule(numbered('Prod'), { input: ['input result', product] })],
  ['var', rule('VarBackward0', { input: ['input', variance] })],
  [
    'std',
    rule('StdBackward0', {
      input: [
        'input result',
        (g, x, t) => variance(t('masked_fill', t('div', g, t('mul', x.result, 2)), t('eq', x.result, 0), 0), x, t),
      ],
    }),
  ],
  ['norm', rule(undefined, { input: ['input result', norm] })],
  ...each(
    'linalg.norm linalg.vector_norm',
    rule('LinalgVectorNormBackward0', { A: ['A result', norm], x: ['x result', norm], input: ['input result', norm] }),
  ),
  [
    'logsumexp',
    rule('LogsumexpBackward0', {
      input: [
        'input result',
        (g, x, t) => t('mul', spread(g, x, t), t('exp', t('sub', v(x.input), spread(x.result, x, t)))),
      ],
    }),
  ],
  [
    'cumsum',
    light('CumsumBackward0', {
      input: (g, x, t) =>
        t('flip', t('cumsum', t('flip', g, [needInteger(v(x.dim))]), v(x.dim)), [needInteger(v(x.dim))]),
    }),
  ],
  [
    'trace',
    light('TraceBackward0', {
      input: (g, x, t) => {
        const shape = shapeOf(x.input);
        // Of tall matrices some versions of torch give more than the diagonal.
        if (shape[0] > shape[1]) return undefined;
        return t('mul', t('eye', shape[0], shape[1]), g);
      },
    }),
  ],
];
