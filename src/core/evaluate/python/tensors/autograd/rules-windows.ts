import { NONE, type Value } from '../../../../values/value';
import { unknown } from '../../../stop';
import { toArray } from '../../coerce';
import { CONVOLUTIONS, convolutionGradient } from '../torch/convolution';
import { POOLS, poolingGradient } from '../torch/pooling';
import type { Operations } from './node';
import { type Gradient, type Recorded, type Rule, rule } from './rules';

/** Convolutions and pooling, whose gradients are not differentiated again. */

const once = (t: Operations): void => {
  if (t.create) unknown('the gradient of a gradient of a convolution or of pooling is not covered');
};

const convolutionNode = (name: string, x: Recorded): string =>
  toArray(x.input ?? NONE).shape.length === Number(name.at(-2)) + 2 ? 'ConvolutionBackward0' : 'SqueezeBackward1';

const convolved =
  (name: string, of: 'input' | 'weight' | 'bias'): Gradient =>
  (g, x, t, _, c) => {
    once(t);
    return convolutionGradient(name, g, x, of, c);
  };

/** torch computes in one dimension what it computes in two, with views around it. */
function poolNode(name: string, x: Recorded): string | undefined {
  const dimensions = Number(name.at(-2));
  if (toArray(x.input ?? NONE).shape.length !== dimensions + 2) return undefined;
  if (dimensions === 1) return 'SqueezeBackward1';
  const whole = toArray(x.result.kind === 'tuple' ? x.result.items[0] : x.result)
    .shape.slice(2)
    .every(n => n === 1);
  const kind = name.includes('max') ? 'Max' : 'Avg';
  if (!name.startsWith('adaptive')) return `${kind}Pool${dimensions}D${kind === 'Max' ? 'WithIndices' : ''}Backward0`;
  return kind === 'Avg' && whole ? 'MeanBackward1' : `Adaptive${kind}Pool${dimensions}DBackward0`;
}

const pooled =
  (name: string): Gradient =>
  (g, x: Recorded, t, all, c): Value => {
    once(t);
    return poolingGradient(name, all[0] ?? g, x, c);
  };

export const WINDOW_RULES: readonly (readonly [string, Rule])[] = [
  ...CONVOLUTIONS.map((name): [string, Rule] => [
    name,
    rule(x => convolutionNode(name, x), {
      input: ['weight', convolved(name, 'input')],
      weight: ['input', convolved(name, 'weight')],
      bias: convolved(name, 'bias'),
    }),
  ]),
  ...POOLS.map((name): [string, Rule] => [name, rule(x => poolNode(name, x), { input: ['input', pooled(name)] })]),
];
