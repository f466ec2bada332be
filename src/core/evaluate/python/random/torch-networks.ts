import { fromReal } from '../../../values/ndarray';
import { NONE, type Value } from '../../../values/value';
import type { Bound } from '../../catalogue';
import { fail, unknown } from '../../stop';
import { bool, float, int, real } from '../coerce';
import { given } from '../tensors/tensor';
import { copyOf, layerMade, trainingMode } from '../tensors/torch/layer-making';
import { isLayer, type Layer, layerOf, parameter } from '../tensors/torch/modules';
import type { Drawing, RandomMethod } from './drawing';
import { flag, linear, python, size, WEIGHTED_LAYERS } from './torch-layers';
import { firstWeights, uniformWeights } from './torch-random';

/** Recurrent layers and attention, whose first weights are drawn. */

const GATES = { LSTM: 4, GRU: 3, RNN: 1 } as const;
type Recurrent = keyof typeof GATES;

const recurrent =
  (kind: Recurrent) =>
  (drawing: Drawing, x: Bound): Value => {
    const [inputs, hidden] = [size(x.input_size), size(x.hidden_size)];
    if (given(x.proj_size) && real(x.proj_size, 0) !== 0) return unknown('projections of an LSTM are not covered');
    const layers = x.num_layers ? size(x.num_layers) : 1;
    const [biased, first, two] = [flag(x.bias, true), flag(x.batch_first, false), flag(x.bidirectional, false)];
    const dropout = real(x.dropout, 0);
    const limit = 1 / Math.sqrt(hidden);
    const held: Record<string, Value> = {};
    for (let layer = 0; layer < layers; layer++)
      for (const side of two ? ['', '_reverse'] : ['']) {
        const own = layer === 0 ? inputs : hidden * (two ? 2 : 1);
        const rows = GATES[kind] * hidden;
        const sides: readonly (readonly [string, readonly number[]])[] = [
          ['weight_ih', [rows, own]],
          ['weight_hh', [rows, hidden]],
          ...(biased
            ? ([
                ['bias_ih', [rows]],
                ['bias_hh', [rows]],
              ] as const)
            : []),
        ];
        for (const [name, shape] of sides)
          held[`${name}_l${layer}${side}`] = parameter(uniformWeights(drawing, shape, limit));
      }
    const text = [
      `${inputs}, ${hidden}`,
      layers === 1 ? '' : `, num_layers=${layers}`,
      biased ? '' : ', bias=False',
      first ? ', batch_first=True' : '',
      dropout === 0 ? '' : `, dropout=${Number.isInteger(dropout) ? `${dropout}.0` : dropout}`,
      two ? ', bidirectional=True' : '',
    ];
    return layerOf(
      kind,
      {
        input_size: int(inputs),
        hidden_size: int(hidden),
        num_layers: int(layers),
        batch_first: bool(first),
        bidirectional: bool(two),
        dropout: float(dropout),
        nonlinearity: kind === 'RNN' ? (x.nonlinearity ?? { kind: 'string', value: 'tanh' }) : undefined,
        ...held,
        mode: dropout === 0 ? undefined : trainingMode(),
      },
      `${kind}(${text.join('')})`,
    );
  };

const cell =
  (kind: Recurrent) =>
  (drawing: Drawing, x: Bound): Value => {
    const [inputs, hidden] = [size(x.input_size), size(x.hidden_size)];
    const biased = flag(x.bias, true);
    const limit = 1 / Math.sqrt(hidden);
    const rows = GATES[kind] * hidden;
    const drawn = (shape: readonly number[]): Value => parameter(uniformWeights(drawing, shape, limit));
    const nonlinearity = x.nonlinearity?.kind === 'string' ? x.nonlinearity.value : 'tanh';
    return layerOf(
      `${kind}Cell`,
      {
        input_size: int(inputs),
        hidden_size: int(hidden),
        nonlinearity: kind === 'RNN' ? { kind: 'string', value: nonlinearity } : undefined,
        weight_ih: drawn([rows, inputs]),
        weight_hh: drawn([rows, hidden]),
        bias_ih: biased ? drawn([rows]) : undefined,
        bias_hh: biased ? drawn([rows]) : undefined,
      },
      `${kind}Cell(${inputs}, ${hidden}${biased ? '' : ', bias=False'}${nonlinearity === 'tanh' ? '' : `, nonlinearity=${nonlinearity}`})`,
    );
  };

/** A square matrix of weights as `xavier_uniform_` draws it. */
function attention(drawing: Drawing, x: Bound): Layer {
  const [width, heads] = [size(x.embed_dim), size(x.num_heads)];
  if (width % heads !== 0) return fail('AssertionError: embed_dim must be divisible by num_heads');
  for (const key of ['kdim', 'vdim', 'add_bias_kv', 'add_zero_attn'])
    if (given(x[key]) && !(x[key]?.kind === 'scalar' && x[key].value === false))
      return unknown(`${key}= of an attention is not covered`);
  const biased = flag(x.bias, true);
  const dropout = real(x.dropout, 0);
  const out = firstWeights(drawing, [width, width], biased);
  const weight = uniformWeights(drawing, [3 * width, width], Math.sqrt(3) * Math.sqrt(2 / (width + 3 * width)));
  const zeros = (n: number): Value => parameter(fromReal('float32', [n], new Float64Array(n)));
  const inner = layerOf(
    'Linear',
    {
      in_features: int(width),
      out_features: int(width),
      weight: parameter(out.weight),
      bias: biased ? zeros(width) : NONE,
    },
    `NonDynamicallyQuantizableLinear(in_features=${width}, out_features=${width}, bias=${python(biased)})`,
  );
  return layerOf(
    'MultiheadAttention',
    {
      embed_dim: int(width),
      num_heads: int(heads),
      dropout: float(dropout),
      batch_first: bool(flag(x.batch_first, false)),
      in_proj_weight: parameter(weight),
      in_proj_bias: biased ? zeros(3 * width) : NONE,
      out_proj: inner,
      mode: dropout === 0 ? undefined : trainingMode(),
    },
    `MultiheadAttention(\n  (out_proj): ${inner.text}\n)`,
  );
}

/** Layers under their names, and how they print together. */
function module(name: string, parts: readonly (readonly [string, Layer])[], settings: Record<string, Value>): Layer {
  const lines = parts.map(([key, l]) => `  (${key}): ${l.text?.replaceAll('\n', '\n  ')}\n`);
  const known = parts.every(([, l]) => l.text !== undefined);
  return layerOf(
    name,
    { ...settings, ...Object.fromEntries(parts) },
    known ? `${name}(\n${lines.join('')})` : undefined,
  );
}

const plain = (name: string, ...args: readonly Value[]): Layer => {
  const made = layerMade(
    `torch.nn.${name}`,
    args.map(value => ({ value })),
  );
  return isLayer(made) ? made : unknown(`nn.${name} is not followed`);
};

/** One layer of a transformer's encoder. */
function encoderLayer(drawing: Drawing, x: Bound): Layer {
  const [width, inner] = [size(x.d_model), x.dim_feedforward ? size(x.dim_feedforward) : 2048];
  const share = float(real(x.dropout, 0.1));
  const attends = attention(drawing, {
    embed_dim: x.d_model,
    num_heads: x.nhead,
    dropout: share,
    batch_first: x.batch_first,
  });
  const first = linear(drawing, { in_features: int(width), out_features: int(inner) });
  const second = linear(drawing, { in_features: int(inner), out_features: int(width) });
  const eps = x.layer_norm_eps ? [float(real(x.layer_norm_eps, 1e-5))] : [];
  const norm = (): Layer => plain('LayerNorm', int(width), ...eps);
  const drop = (): Layer => plain('Dropout', share);
  return module(
    'TransformerEncoderLayer',
    [
      ['self_attn', attends],
      ['linear1', first],
      ['dropout', drop()],
      ['linear2', second],
      ['norm1', norm()],
      ['norm2', norm()],
      ['dropout1', drop()],
      ['dropout2', drop()],
    ],
    {
      activation: x.activation ?? { kind: 'string', value: 'relu' },
      norm_first: bool(flag(x.norm_first, false)),
    },
  );
}

/** Copies of a layer one after another, each with weights of its own. */
function encoder(_: Drawing, x: Bound): Layer {
  const [layer, count] = [x.encoder_layer, size(x.num_layers)];
  if (!isLayer(layer)) return unknown('an encoder of this is not followed');
  const copies: Value = { kind: 'list', items: Array.from({ length: count }, () => copyOf(layer)) };
  const norm: readonly (readonly [string, Layer])[] = isLayer(x.norm) ? [['norm', x.norm]] : [];
  return module('TransformerEncoder', [['layers', plain('ModuleList', copies)], ...norm], {});
}

const SEQUENCE =
  'input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0, bidirectional=False, proj_size=0';
const RNN =
  'input_size, hidden_size, num_layers=1, nonlinearity=tanh, bias=True, batch_first=False, dropout=0.0, bidirectional=False';

/** How they are made, by the names of their classes. */
const NETWORK_LAYERS: readonly RandomMethod[] = [
  { name: 'LSTM', signature: SEQUENCE, run: recurrent('LSTM') },
  { name: 'GRU', signature: SEQUENCE, run: recurrent('GRU') },
  { name: 'RNN', signature: RNN, run: recurrent('RNN') },
  ...(['LSTM', 'GRU', 'RNN'] as const).map(kind => ({
    name: `${kind}Cell`,
    signature: `input_size, hidden_size, bias=True${kind === 'RNN' ? ', nonlinearity=tanh' : ''}`,
    run: cell(kind),
  })),
  {
    name: 'TransformerEncoderLayer',
    signature:
      'd_model, nhead, dim_feedforward=2048, dropout=0.1, activation=relu, layer_norm_eps=1e-05, batch_first=False, norm_first=False',
    run: encoderLayer,
  },
  {
    name: 'TransformerEncoder',
    signature: 'encoder_layer, num_layers, norm=None, enable_nested_tensor=True',
    run: encoder,
  },
  {
    name: 'MultiheadAttention',
    signature:
      'embed_dim, num_heads, dropout=0.0, bias=True, add_bias_kv=False, add_zero_attn=False, kdim=None, vdim=None, batch_first=False',
    run: attention,
  },
];

/** Every layer whose first weights are drawn. */
export const TORCH_LAYERS: ReadonlyMap<string, RandomMethod> = new Map(
  [...WEIGHTED_LAYERS, ...NETWORK_LAYERS].map(method => [method.name, method]),
);
