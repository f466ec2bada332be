import { type NDArray, toFloat64 } from '../../../values/ndarray';
import { NONE, tuple, type Value } from '../../../values/value';
import type { Bound } from '../../catalogue';
import { unknown } from '../../stop';
import { int, integerOf, integersOf, needInteger } from '../coerce';
import { isTrue } from '../reductions';
import { given } from '../tensors/tensor';
import { layerOf, parameter } from '../tensors/torch/modules';
import type { Drawing, RandomMethod } from './drawing';
import { firstNormal, firstWeights } from './torch-random';

/** Layers of torch whose first weights are drawn when they are made. */

const whole = (v: Value | undefined): number =>
  v !== undefined && integerOf(v) !== undefined ? needInteger(v) : unknown('a layer of this size is not covered');

const size = (v: Value | undefined): number => {
  const n = whole(v);
  return n > 0 ? n : unknown('a layer without inputs or outputs is not covered');
};

const flag = (v: Value | undefined, otherwise: boolean): boolean => (v === undefined ? otherwise : isTrue(v));
const python = (b: boolean): string => (b ? 'True' : 'False');
const written = (sides: readonly number[]): string => `(${sides.join(', ')}${sides.length === 1 ? ',' : ''})`;

function linear(drawing: Drawing, { in_features, out_features, bias }: Bound): Value {
  const [inputs, outputs] = [size(in_features), size(out_features)];
  const biased = flag(bias, true);
  const first = firstWeights(drawing, [outputs, inputs], biased);
  return layerOf(
    'Linear',
    {
      in_features: int(inputs),
      out_features: int(outputs),
      weight: parameter(first.weight),
      bias: first.bias ? parameter(first.bias) : NONE,
    },
    `Linear(in_features=${inputs}, out_features=${outputs}, bias=${python(biased)})`,
  );
}

function embedding(drawing: Drawing, { num_embeddings, embedding_dim, padding_idx }: Bound): Value {
  const [rows, columns] = [size(num_embeddings), size(embedding_dim)];
  const drawn = firstNormal(drawing, [rows, columns]);
  if (!given(padding_idx))
    return layerOf(
      'Embedding',
      { num_embeddings: int(rows), embedding_dim: int(columns), weight: parameter(drawn) },
      `Embedding(${rows}, ${columns})`,
    );
  const at = whole(padding_idx);
  if (at < -rows || at >= rows) return unknown('this padding_idx is out of range');
  const row = at < 0 ? at + rows : at;
  const data = Float32Array.from(toFloat64(drawn)).fill(0, row * columns, (row + 1) * columns);
  const padded: NDArray = { ...drawn, data };
  return layerOf(
    'Embedding',
    { num_embeddings: int(rows), embedding_dim: int(columns), padding_idx: int(row), weight: parameter(padded) },
    `Embedding(${rows}, ${columns}, padding_idx=${row})`,
  );
}

/** A convolution of one or two dimensions: its weights; what it computes is not covered. */
const convolution =
  (dimensions: number) =>
  (drawing: Drawing, args: Bound): Value => {
    const [inputs, outputs] = [size(args.in_channels), size(args.out_channels)];
    const sides = (v: Value | undefined, otherwise: number): readonly number[] => {
      if (v === undefined) return Array<number>(dimensions).fill(otherwise);
      const found = integersOf(v);
      if (found.length === 1) return Array<number>(dimensions).fill(found[0]);
      return found.length === dimensions ? found : unknown('a convolution of these sizes is not covered');
    };
    if (given(args.padding) && args.padding.kind === 'string') return unknown('padding by a word is not covered');
    const kernel = sides(args.kernel_size, 1);
    const [stride, padding] = [sides(args.stride, 1), sides(args.padding, 0)];
    if (kernel.some(n => n < 1)) return unknown('a convolution of these sizes is not covered');
    const biased = flag(args.bias, true);
    const first = firstWeights(drawing, [outputs, inputs, ...kernel], biased);
    const more = `${padding.some(n => n !== 0) ? `, padding=${written(padding)}` : ''}${biased ? '' : ', bias=False'}`;
    return layerOf(
      `Conv${dimensions}d`,
      {
        in_channels: int(inputs),
        out_channels: int(outputs),
        kernel_size: tuple(kernel.map(int)),
        stride: tuple(stride.map(int)),
        padding: tuple(padding.map(int)),
        weight: parameter(first.weight),
        bias: first.bias ? parameter(first.bias) : NONE,
      },
      `Conv${dimensions}d(${inputs}, ${outputs}, kernel_size=${written(kernel)}, stride=${written(stride)}${more})`,
    );
  };

const CONVOLUTION = 'in_channels, out_channels, kernel_size, stride=1, padding=0, *, bias=True';

/** How they are made, by the names of their classes. */
export const TORCH_LAYERS: ReadonlyMap<string, RandomMethod> = new Map(
  [
    { name: 'Linear', signature: 'in_features, out_features, bias=True', run: linear },
    { name: 'Embedding', signature: 'num_embeddings, embedding_dim, padding_idx=None', run: embedding },
    { name: 'Conv1d', signature: CONVOLUTION, run: convolution(1) },
    { name: 'Conv2d', signature: CONVOLUTION, run: convolution(2) },
  ].map(method => [method.name, method]),
);
