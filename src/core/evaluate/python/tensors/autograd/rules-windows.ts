import { NONE, type Value } from '../../../../values/value';
import { unknown } from '../../../stop';
import { integersOf, toArray } from '../../coerce';
import { CONVOLUTIONS, convolutionGradient } from '../torch/convolution';
import { GROUP_NORMS, groupNormGradient } from '../torch/group-norm';
import { POOLS, poolingGradient } from '../torch/pooling';
import { RESAMPLINGS, resamplingGradient } from '../torch/resampling';
import type { Operations } from './node';
import { type Gradient, light, type Recorded, type Rule, rule } from './rules';

/** Convolutions, pooling, padding and normalising by groups, whose gradients are not differentiated again. */

const once = (t: Operations): void => {
  if (t.create) unknown('the gradient of this gradient is not covered');
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

const NODES: Readonly<Record<string, string | ((x: Recorded) => string | undefined)>> = {
  unfold: 'Im2ColBackward0',
  fold: 'Col2ImBackward0',
  pixel_shuffle: 'PixelShuffleBackward0',
  pixel_unshuffle: 'PixelUnshuffleBackward0',
  pad: x => {
    const sides = integersOf(x.pad ?? x.padding ?? NONE);
    const mode = x.mode?.kind === 'string' ? x.mode.value : 'constant';
    if (mode === 'constant') return sides.every(n => n === 0) ? undefined : 'ConstantPadNdBackward0';
    const name = { reflect: 'Reflection', replicate: 'Replication' }[mode];
    return name && `${name}Pad${sides.length / 2}DBackward0`;
  },
  interpolate: x => {
    const d = toArray(x.result).shape.length - 2;
    const mode = x.mode?.kind === 'string' ? x.mode.value : 'nearest';
    if (mode === 'nearest') return `UpsampleNearest${d}DBackward0`;
    return mode.endsWith('linear') ? `Upsample${mode[0].toUpperCase()}${mode.slice(1)}${d}DBackward0` : undefined;
  },
};

const grouped =
  (name: string, of: 'input' | 'weight' | 'bias'): Gradient =>
  (g, x, t) => {
    once(t);
    return groupNormGradient(name, g, x, of);
  };

export const WINDOW_RULES: readonly (readonly [string, Rule])[] = [
  ...GROUP_NORMS.map((name): [string, Rule] => [
    name,
    rule(name === 'group_norm' ? 'NativeGroupNormBackward0' : 'ViewBackward0', {
      input: ['input weight', grouped(name, 'input')],
      weight: ['input', grouped(name, 'weight')],
      bias: grouped(name, 'bias'),
    }),
  ]),
  ...CONVOLUTIONS.map((name): [string, Rule] => [
    name,
    rule(x => convolutionNode(name, x), {
      input: ['weight', convolved(name, 'input')],
      weight: ['input', convolved(name, 'weight')],
      bias: convolved(name, 'bias'),
    }),
  ]),
  ...Object.keys(RESAMPLINGS).map((name): [string, Rule] => [
    `functional.${name}`,
    light(NODES[name], {
      input: (g, x, t, _, c) => {
        once(t);
        return resamplingGradient(name, g, x, c);
      },
    }),
  ]),
  ...POOLS.map((name): [string, Rule] => [name, rule(x => poolNode(name, x), { input: ['input', pooled(name)] })]),
];
