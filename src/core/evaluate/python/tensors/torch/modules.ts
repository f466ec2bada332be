import type { NDArray } from '../../../../values/ndarray';
import { type FunctionValue, stringValue, tuple, type Value } from '../../../../values/value';
import type { CallArgument, Context } from '../../../dialect';
import { fail, unknown } from '../../../stop';
import { integerOf } from '../../coerce';
import { tensor } from '../tensor';
import { LAYERS } from './layers';

/**
 * Layers as values: `nn.Linear(3, 2)` is a function of the path `torch.layer` that holds its class's name and, by their names,
 * its settings and parameters.
 */
export interface Layer extends FunctionValue {
  readonly path: 'torch.layer';
}

export const isLayer = (v: Value | undefined): v is Layer => v?.kind === 'function' && v.path === 'torch.layer';

/** A layer of a class with what it holds; `text` is how it prints, where that is the same in all versions of torch. */
export function layerOf(name: string, held: Readonly<Record<string, Value | undefined>>, text?: string): Layer {
  const parts = Object.entries(held).flatMap(([key, v]) => (v ? [tuple([stringValue(key), v])] : []));
  return {
    kind: 'function',
    path: 'torch.layer',
    self: tuple([stringValue(name), ...parts]),
    ...(text === undefined ? {} : { text }),
  };
}

export const classOf = (layer: Layer): string => {
  const name = layer.self?.kind === 'tuple' ? layer.self.items[0] : undefined;
  return name?.kind === 'string' ? name.value : '';
};

export const heldBy = (layer: Layer): ReadonlyMap<string, Value> =>
  new Map(
    (layer.self?.kind === 'tuple' ? layer.self.items.slice(1) : []).flatMap((part): (readonly [string, Value])[] =>
      part.kind === 'tuple' && part.items[0].kind === 'string' ? [[part.items[0].value, part.items[1]]] : [],
    ),
  );

/** A tensor as `nn.Parameter` makes it. */
export const parameter = (a: NDArray): Value => ({ ...tensor(a, 'torch', 'leaf'), parameter: true });

export const isTraining = (layer: Layer): Value | undefined => {
  const list = heldBy(layer).get('mode');
  return list?.kind === 'list' ? list.items[0] : undefined;
};

/** The layers that one of several holds. */
export const layersIn = (layer: Layer): readonly Layer[] => [...heldBy(layer).values()].filter(isLayer);

/** How a layer computes: the path of a function, and what it is given beside the layer's own arguments. */
type Computed =
  | { readonly path: string; readonly more: readonly CallArgument[] }
  | { readonly layers: readonly Layer[] };

export function computing(layer: Layer): Computed {
  const name = classOf(layer);
  const parts = heldBy(layer);
  if (name === 'Sequential') return { layers: [...parts.values()].filter(isLayer) };
  const take = (keys: string): CallArgument[] =>
    keys.split(' ').flatMap(key => {
      const value = parts.get(key);
      return value ? [{ name: key, value }] : [];
    });
  /** What a layer holds as an argument; whether it is being trained by that name. */
  const named = (key: string, value: Value | undefined): CallArgument[] => {
    const given = key === 'mode' ? isTraining(layer) : value;
    return given ? [{ name: key === 'mode' ? 'training' : key, value: given }] : [];
  };
  const functional = 'torch.nn.functional.';
  switch (name) {
    case 'Linear':
      return { path: `${functional}linear`, more: take('weight bias') };
    case 'Embedding':
      return { path: `${functional}embedding`, more: take('weight padding_idx') };
    case 'Conv1d':
    case 'Conv2d':
    case 'Conv3d':
    case 'ConvTranspose1d':
    case 'ConvTranspose2d':
    case 'ConvTranspose3d': {
      const path = name.replace('Transpose', '_transpose').toLowerCase();
      return { path: functional + path, more: take('weight bias stride padding dilation groups output_padding') };
    }
    case 'Dropout':
    case 'Dropout1d':
    case 'Dropout2d':
    case 'Dropout3d':
    case 'AlphaDropout':
    case 'FeatureAlphaDropout': {
      const training = isTraining(layer);
      return {
        path: `${functional}dropout`,
        more: [...take('p'), ...(training ? [{ name: 'training', value: training }] : [])],
      };
    }
    case 'BatchNorm1d':
    case 'BatchNorm2d':
    case 'BatchNorm3d': {
      const training = isTraining(layer);
      return {
        path: `${functional}batch_norm`,
        more: [
          ...take('running_mean running_var weight bias momentum eps'),
          ...(training ? [{ name: 'training', value: training }] : []),
        ],
      };
    }
    case 'LSTM':
    case 'GRU':
    case 'RNN':
    case 'LSTMCell':
    case 'GRUCell':
    case 'RNNCell': {
      const path = name.replace('Cell', '_cell').toLowerCase();
      return { path: functional + path, more: [...parts].flatMap(([key, value]) => named(key, value)) };
    }
    case 'MultiheadAttention': {
      const out = parts.get('out_proj');
      const inner = isLayer(out) ? [...heldBy(out)].map(([key, value]) => ({ name: `out_proj_${key}`, value })) : [];
      return {
        path: `${functional}multihead_attention`,
        more: [
          ...take('num_heads dropout batch_first in_proj_weight in_proj_bias'),
          ...inner.filter(a => /weight|bias/.test(a.name)),
          ...named('mode', parts.get('mode')),
        ],
      };
    }
    case 'TransformerEncoderLayer': {
      const keys = 'self_attn linear1 dropout linear2 norm1 norm2 dropout1 dropout2 activation norm_first';
      return { path: `${functional}transformer_encoder_layer`, more: take(keys) };
    }
    case 'TransformerEncoder':
      return { path: `${functional}transformer_encoder`, more: take('layers norm') };
    case 'GroupNorm':
      return { path: `${functional}group_norm`, more: take('num_groups weight bias eps') };
    case 'InstanceNorm1d':
    case 'InstanceNorm2d':
    case 'InstanceNorm3d':
      return { path: `${functional}instance_norm`, more: take('weight bias eps') };
    case 'PReLU':
      return { path: `${functional}prelu`, more: take('weight') };
    case 'Identity':
      return { layers: [] };
    case 'LayerNorm':
      return { path: `${functional}layer_norm`, more: take('normalized_shape weight bias eps') };
    default:
      return name in LAYERS
        ? { path: functional + LAYERS[name].of, more: [...parts].map(([key, value]) => ({ name: key, value })) }
        : unknown(`what nn.${name} computes is not covered yet`);
  }
}

/** Methods that stand in module-methods.ts. */
export const MODULE_METHODS: ReadonlySet<string> = new Set(
  `parameters named_parameters zero_grad children modules train eval requires_grad_ cpu named_children named_modules buffers named_buffers
   state_dict load_state_dict apply register_buffer float double to`.split(/\s+/),
);

/** `layer.weight`: what a layer holds by its name, and methods that leave it as it is. */
export function layerMember(layer: Layer, name: string, context: Context): Value {
  if (/^(running_|training$)/.test(name) && heldBy(layer).has('mode') && !context.program)
    return unknown('what a layer keeps while it is trained is followed only where the whole program is');
  const found = name.startsWith('#') || name === 'mode' ? undefined : heldBy(layer).get(name);
  if (found) return found;
  if (name === 'forward') return layer;
  if (name === 'training') return isTraining(layer) ?? unknown('whether this layer is being trained is not followed');
  if (MODULE_METHODS.has(name)) return { kind: 'function', path: `torch.module.${name}`, self: layer };
  return unknown(`${name} of nn.${classOf(layer)} is not followed`);
}

/** How many layers one of several holds; undefined where it is one alone. */
export const lengthOf = (layer: Layer): number | undefined =>
  SEVERAL.has(classOf(layer)) ? layersIn(layer).length : undefined;
const SEVERAL: ReadonlySet<string> = new Set(['Sequential', 'ModuleList', 'ModuleDict']);

/** `model[0]`: a layer of several, by its number or its name. */
export function layerItem(layer: Layer, at: Value | undefined): Value {
  const layers = [...heldBy(layer)].filter(([key]) => key.startsWith('#'));
  if (lengthOf(layer) === undefined) return unknown('subscripts of this layer are not followed');
  if (at?.kind === 'string') {
    const found = layers.find(([key]) => key === `#${at.value}`);
    return found?.[1] ?? fail(`KeyError: '${at.value}'`);
  }
  const k = at && integerOf(at);
  if (k === undefined) return unknown('subscripts of this layer are not followed');
  return layers[k < 0 ? k + layers.length : k]?.[1] ?? unknown('this subscript is out of range');
}
