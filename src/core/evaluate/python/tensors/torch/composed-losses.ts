import { isFloatType } from '../../../../values/dtype';
import { NONE, type Value } from '../../../../values/value';
import type { Bound } from '../../../catalogue';
import { fail, unknown } from '../../../stop';
import { needInteger, real, toArray } from '../../coerce';
import { isTrue } from '../../reductions';
import type { Operations } from '../autograd/node';
import { given, isTensor } from '../tensor';
import { type Composed, composed } from './composed';

/** Losses that torch computes step by step (ATen's Loss.cpp and torch/nn/functional.py). */

const v = (x: Value | undefined): Value => x ?? NONE;
const text = (x: Value | undefined, otherwise: string): string => (x?.kind === 'string' ? x.value : otherwise);
const shapeOf = (x: Value | undefined): readonly number[] => toArray(v(x)).shape;

/** The losses of all entries, their mean or their sum. */
function reduced(loss: Value, x: Bound, t: Operations): Value {
  const how = text(x.reduction, 'mean');
  if (how === 'none') return loss;
  return how === 'mean' || how === 'sum' ? t(how, loss) : fail(`ValueError: ${how} is not a valid value for reduction`);
}

/** Target times its logarithm, 0 where it is 0. */
const selfEntropy = (target: Value, t: Operations): Value => t('xlogy', target, target);

function divergence(x: Bound, t: Operations): Value {
  const [input, target] = [v(x.input), v(x.target)];
  const loss =
    x.log_target && isTrue(x.log_target)
      ? t('mul', t('exp', target), t('sub', target, input))
      : t('sub', selfEntropy(target, t), t('mul', target, input));
  if (text(x.reduction, 'mean') !== 'batchmean') return reduced(loss, x, t);
  return t('div', t('sum', loss), shapeOf(input)[0] ?? unknown('a batch of numbers without dimensions'));
}

function hinge(x: Bound, t: Operations): Value {
  const [input, target] = [v(x.input), v(x.target)];
  const zeros = t('zeros_like', input);
  const below = t('clamp_min', t('sub', real(x.margin, 1), input), 0);
  const apart = t('where', t('ne', target, 1), below, zeros);
  const near = t('where', t('ne', target, -1), input, zeros);
  return reduced(t('add', apart, near), x, t);
}

function cosineEmbedding(x: Bound, t: Operations): Value {
  const [a, b, target] = [v(x.input1), v(x.input2), v(x.target)];
  const dim = shapeOf(target).length;
  if (shapeOf(a).length !== dim + 1 || dim > 1) return unknown('this cosine embedding loss is not covered');
  const dot = (p: Value, q: Value): Value => t('sum', t('mul', p, q), dim);
  const size = t('sqrt', t('mul', t('add', dot(a, a), 1e-12), t('add', dot(b, b), 1e-12)));
  const cosine = t('div', dot(a, b), size);
  const zeros = t('zeros_like', cosine);
  const same = t('where', t('eq', target, 1), t('sub', 1, cosine), zeros);
  const other = t('clamp_min', t('sub', cosine, real(x.margin, 0)), 0);
  return reduced(t('add', same, t('where', t('eq', target, -1), other, zeros)), x, t);
}

function triplet(x: Bound, t: Operations): Value {
  const distance = (p: Value | undefined, q: Value | undefined): Value =>
    t('pairwise_distance', v(p), v(q), x.p ?? 2, x.eps ?? 1e-6);
  const near = distance(x.anchor, x.positive);
  let far = distance(x.anchor, x.negative);
  if (x.swap && isTrue(x.swap)) far = t('min', far, distance(x.positive, x.negative));
  return reduced(t('clamp_min', t('sub', t('add', near, real(x.margin, 1)), far), 0), x, t);
}

function multilabelSoftMargin(x: Bound, t: Operations): Value {
  const [input, target] = [v(x.input), v(x.target)];
  const yes = t('mul', target, t('nn.functional.logsigmoid', input));
  const no = t('mul', t('sub', 1, target), t('nn.functional.logsigmoid', t('neg', input)));
  let loss = t('neg', t('add', yes, no));
  if (given(x.weight)) loss = t('mul', loss, x.weight);
  const axis = shapeOf(input).length - 1;
  if (axis < 0) return unknown('this loss of a number is refused');
  return reduced(t('div', t('sum', loss, axis), shapeOf(input)[axis]), x, t);
}

function poisson(x: Bound, t: Operations): Value {
  const [input, target] = [v(x.input), v(x.target)];
  if (x.full && isTrue(x.full)) return unknown("the terms of Stirling's in this loss are not covered yet");
  const loss =
    x.log_input === undefined || isTrue(x.log_input)
      ? t('sub', t('exp', input), t('mul', target, input))
      : t('sub', input, t('mul', target, t('log', t('add', input, real(x.eps, 1e-8)))));
  return reduced(loss, x, t);
}

function gaussian(x: Bound, t: Operations): Value {
  const [input, target] = [v(x.input), v(x.target)];
  const [shape, own] = [shapeOf(input), shapeOf(x.var)];
  let spread = v(x.var);
  if (own.join() === shape.slice(0, -1).join() && own.join() !== shape.join()) spread = t('unsqueeze', spread, -1);
  else if (own.join() !== shape.join() && own.join() !== [...shape.slice(0, -1), 1].join())
    return fail('ValueError: var is of incorrect size');
  // The clamp is not recorded, so that nothing of the gradient is lost.
  const low = real(x.eps, 1e-6);
  if (toArray(t('any', t('lt', spread, low))).data[0]) return unknown('a variance below eps is not covered');
  const d = t('sub', input, target);
  let loss = t('mul', t('add', t('log', spread), t('div', t('pow', d, 2), spread)), 0.5);
  if (x.full && isTrue(x.full)) loss = t('add', loss, 0.5 * Math.log(2 * Math.PI));
  return reduced(loss, x, t);
}

/** The largest margin that a wrong class has beside the right one, summed over classes. */
function multiMargin(x: Bound, t: Operations): Value {
  if (given(x.weight)) return unknown('weights of this loss are not covered yet');
  const input = v(x.input);
  const rows = shapeOf(input).length === 1 ? t('unsqueeze', input, 0) : input;
  const [n, classes] = shapeOf(rows);
  const target = t('reshape', v(x.target), [n, 1]);
  const right = t('gather', rows, 1, target);
  // At the margin itself nothing is pulled.
  let loss = t('relu', t('add', t('sub', rows, right), real(x.margin, 1)));
  if (x.p && needInteger(x.p) === 2) loss = t('mul', loss, loss);
  const without = t('scatter', loss, 1, target, 0);
  const sums = t('div', t('sum', without, 1), classes);
  const how = text(x.reduction, 'mean');
  return how === 'none' && shapeOf(input).length === 1 ? t('reshape', sums, []) : reduced(sums, x, t);
}

const f = (name: string): string => `nn.functional.${name}`;

/** Losses are of floats alone. */
const ofFloats = (entry: Composed): Composed => ({
  ...entry,
  compose: (x, t, c) =>
    Object.entries(x).some(([name, e]) => name !== 'target' && isTensor(e) && !isFloatType(e.array.dtype))
      ? unknown('a loss of other than floats is refused, or not covered')
      : entry.compose(x, t, c),
});

const LOSSES: readonly Composed[] = [
  ...composed(`${f('kl_div')}`, 'input, target, *, reduction=mean, log_target=False', divergence),
  ...composed(f('margin_ranking_loss'), 'input1, input2, target, margin=0, *, reduction=mean', (x, t) => {
    const apart = t('mul', t('neg', v(x.target)), t('sub', v(x.input1), v(x.input2)));
    return reduced(t('clamp_min', t('add', apart, real(x.margin, 0)), 0), x, t);
  }),
  ...composed(f('hinge_embedding_loss'), 'input, target, margin=1.0, *, reduction=mean', hinge),
  ...composed(f('cosine_embedding_loss'), 'input1, input2, target, margin=0, *, reduction=mean', cosineEmbedding),
  ...composed(
    f('triplet_margin_loss'),
    'anchor, positive, negative, margin=1.0, p=2, eps=1e-06, swap=False, *, reduction=mean',
    triplet,
  ),
  ...composed(f('multilabel_soft_margin_loss'), 'input, target, weight=None, *, reduction=mean', multilabelSoftMargin),
  ...composed(
    f('poisson_nll_loss'),
    'input, target, log_input=True, full=False, *, eps=1e-08, reduction=mean',
    poisson,
  ),
  ...composed(f('gaussian_nll_loss'), 'input, target, var, full=False, eps=1e-06, reduction=mean', gaussian),
  ...composed(
    f('multi_margin_loss'),
    'input, target, p=1, margin=1.0, weight=None, *, reduction=mean',
    multiMargin,
    'MultiMarginLossBackward0',
  ),
  ...composed(`${f('pairwise_distance')} pairwise_distance`, 'x1, x2, p=2.0, eps=1e-06, keepdim=False', (x, t) =>
    t('norm', t('add', t('sub', v(x.x1), v(x.x2)), real(x.eps, 1e-6)), x.p ?? 2, -1, x.keepdim ?? false),
  ),
  ...composed(f('softmin'), 'input, dim=None, dtype=None', (x, t) => t('softmax', t('neg', v(x.input)), v(x.dim))),
  ...composed(`${f('tanhshrink')}`, 'input', (x, t) => t('sub', v(x.input), t('tanh', v(x.input)))),
  ...composed(`${f('softsign')}`, 'input', (x, t) => t('div', v(x.input), t('add', t('abs', v(x.input)), 1))),
];

export const COMPOSED_LOSSES: readonly Composed[] = LOSSES.map(ofFloats);
