import { type NDArray, toFloat64 } from '../../../values/ndarray';
import { NONE, tuple, type Value } from '../../../values/value';
import type { Bound } from '../../catalogue';
import { fail, unknown } from '../../stop';
import { int, integerOf, integersOf, needInteger } from '../coerce';
import { isTrue } from '../reductions';
import { given } from '../tensors/tensor';
import { type Layer, layerOf, parameter } from '../tensors/torch/modules';
import type { Drawing, RandomMethod } from './drawing';
import { firstNormal, firstWeights } from './torch-random';

/** Layers of torch whose first weights are drawn when they are made. */

const whole = (v: Value | undefined): number =>
  v !== undefined && integerOf(v) !== undefined ? needInteger(v) : unknown('a layer of this size is not covered');

export const size = (v: Value | undefined): number => {
  const n = whole(v);
  return n > 0 ? n : unknown('a layer without inputs or outputs is not covered');
};

export const flag = (v: Value | undefined, otherwise: boolean): boolean => (v === undefined ? otherwise : isTrue(v));
export const python = (b: boolean): string => (b ? 'True' : 'False');
const written = (sides: readonly number[]): string => `(${sides.join(', ')}${sides.length === 1 ? ',' : ''})`;

export function linear(drawing: Drawing, { in_features, out_features, bias }: Bound): Layer {
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

/** A convolution of one to three dimensions, or a transposed one, whose weights stand the other way round. */
const convolution =
  (dimensions: number, transposed: boolean) =>
  (drawing: Drawing, args: Bound): Value => {
    const [inputs, outputs] = [size(args.in_channels), size(args.out_channels)];
    const sides = (v: Value | undefined, otherwise: number): readonly number[] => {
      if (v === undefined) return Array<number>(dimensions).fill(otherwise);
      const found = integersOf(v);
      if (found.length === 1) return Array<number>(dimensions).fill(found[0]);
      return found.length === dimensions ? found : unknown('a convolution of these sizes is not covered');
    };
    const mode = args.padding_mode?.kind === 'string' ? args.padding_mode.value : 'zeros';
    if (mode !== 'zeros') return unknown(`padding_mode='${mode}' is not covered`);
    const groups = args.groups ? size(args.groups) : 1;
    if (inputs % groups !== 0) return fail('ValueError: in_channels must be divisible by groups');
    if (outputs % groups !== 0) return fail('ValueError: out_channels must be divisible by groups');
    const kernel = sides(args.kernel_size, 1);
    if (kernel.some(n => n < 1)) return unknown('a convolution of these sizes is not covered');
    const word = args.padding?.kind === 'string' ? args.padding : undefined;
    const [stride, padding] = [sides(args.stride, 1), word ? [] : sides(args.padding, 0)];
    const [dilation, more] = [sides(args.dilation, 1), sides(args.output_padding, 0)];
    const biased = flag(args.bias, true);
    const rows = transposed ? [inputs, outputs / groups] : [outputs, inputs / groups];
    const first = firstWeights(drawing, [...rows, ...kernel], biased, outputs);
    const said = (name: string, list: readonly number[], otherwise: number): string =>
      list.some(n => n !== otherwise) ? `, ${name}=${written(list)}` : '';
    const text = [
      `${inputs}, ${outputs}, kernel_size=${written(kernel)}, stride=${written(stride)}`,
      word ? `, padding=${word.value}` : said('padding', padding, 0),
      said('dilation', dilation, 1),
      said('output_padding', more, 0),
      groups === 1 ? '' : `, groups=${groups}`,
      biased ? '' : ', bias=False',
    ];
    const name = `Conv${transposed ? 'Transpose' : ''}${dimensions}d`;
    return layerOf(
      name,
      {
        in_channels: int(inputs),
        out_channels: int(outputs),
        kernel_size: tuple(kernel.map(int)),
        stride: tuple(stride.map(int)),
        padding: word ?? tuple(padding.map(int)),
        dilation: tuple(dilation.map(int)),
        groups: int(groups),
        ...(transposed ? { output_padding: tuple(more.map(int)) } : {}),
        weight: parameter(first.weight),
        bias: first.bias ? parameter(first.bias) : NONE,
      },
      `${name}(${text.join('')})`,
    );
  };

const CONVOLUTION =
  'in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode=zeros';
const TRANSPOSED =
  'in_channels, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1, padding_mode=zeros';

/** How they are made, by the names of their classes. */
export const WEIGHTED_LAYERS: readonly RandomMethod[] = [
  { name: 'Linear', signature: 'in_features, out_features, bias=True', run: linear },
  { name: 'Embedding', signature: 'num_embeddings, embedding_dim, padding_idx=None', run: embedding },
  ...[1, 2, 3].flatMap(d => [
    { name: `Conv${d}d`, signature: CONVOLUTION, run: convolution(d, false) },
    { name: `ConvTranspose${d}d`, signature: TRANSPOSED, run: convolution(d, true) },
  ]),
];
