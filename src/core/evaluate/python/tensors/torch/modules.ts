import { broadcastTo, contiguous, type NDArray, ndarray } from '../../../../values/ndarray';
import { type FunctionValue, NONE, stringValue, tuple, type Value } from '../../../../values/value';
import type { Bound } from '../../../catalogue';
import type { CallArgument, Context } from '../../../dialect';
import { unknown } from '../../../stop';
import { bool, float, integersOf, real } from '../../coerce';
import { isTrue } from '../../reductions';
import { tensor } from '../tensor';
import { LAYERS, type LayerForm } from './layers';

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

const classOf = (layer: Layer): string => {
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

/** A setting as Python writes it. */
function plainText(v: Value): string | undefined {
  if (v.kind === 'none') return 'None';
  if (v.kind === 'string') return v.value === 'none' || v.value === 'tanh' ? `'${v.value}'` : undefined;
  if (v.kind === 'tuple' || v.kind === 'list') {
    const parts = v.items.map(plainText);
    if (parts.includes(undefined)) return undefined;
    if (v.named) return v.named.path === 'torch.Size' ? `torch.Size([${parts.join(', ')}])` : undefined;
    return v.kind === 'list' ? `[${parts.join(', ')}]` : `(${parts.join(', ')}${parts.length === 1 ? ',' : ''})`;
  }
  if (v.kind !== 'scalar') return undefined;
  if (v.dtype === 'bool') return isTrue(v) ? 'True' : 'False';
  return v.dtype === 'float64' && Number.isInteger(v.value) ? `${v.value}.0` : String(v.value);
}

/** How a layer without weights prints; undefined where versions of torch differ. */
function textOf(name: string, { prints, bare }: LayerForm, settings: Bound): string | undefined {
  if (!prints) return undefined;
  const parts = Object.entries(prints).map(([key, otherwise]) => {
    const given = settings[key] ?? settings[otherwise];
    return [key, given === undefined || given.kind === 'none' ? (settings[otherwise] ?? otherwise) : given] as const;
  });
  const texts = parts.map(([key, v]) => {
    const text = typeof v === 'string' ? v : plainText(v);
    return text === undefined || /^-?[\d.]+e/.test(text) ? undefined : bare ? text : `${key}=${text}`;
  });
  if (texts.includes(undefined)) return undefined;
  if (settings.inplace && isTrue(settings.inplace) && !/^Hards/.test(name)) texts.push('inplace=True');
  return `${name}(${texts.join(', ')})`;
}

/** A layer without weights, such as `nn.ReLU()`, from its settings. */
export function weightless(name: string, bound: Bound): Layer {
  const form = LAYERS[name];
  const { sides } = form;
  // One number of a padding stands for all sides.
  const spread = (v: Value): Value => (v.kind === 'scalar' && sides ? tuple(Array<Value>(sides).fill(v)) : v);
  const settings: Bound = sides
    ? Object.fromEntries(
        Object.entries(bound).map(([k, v]) => [k, v && /^(padding|kernel_size|stride)$/.test(k) ? spread(v) : v]),
      )
    : bound;
  return layerOf(name, { ...settings, ...form.more }, textOf(name, form, settings));
}

/** `nn.LayerNorm`, whose first weights are ones and zeros. */
export function layerNorm({ normalized_shape, eps, elementwise_affine }: Bound): Layer {
  const shape = integersOf(normalized_shape ?? NONE);
  const affine = elementwise_affine === undefined || isTrue(elementwise_affine);
  const all = (e: number): Value =>
    affine ? parameter(contiguous(broadcastTo(ndarray('float32', [], Float32Array.of(e)), shape))) : NONE;
  const sides = tuple(shape.map(n => ({ kind: 'scalar', dtype: 'int64', value: n, weak: true })));
  const text =
    eps === undefined
      ? `LayerNorm((${shape.join(', ')}${shape.length === 1 ? ',' : ''}), eps=1e-05, elementwise_affine=${affine ? 'True' : 'False'})`
      : undefined;
  return layerOf(
    'LayerNorm',
    {
      normalized_shape: sides,
      eps: float(real(eps, 1e-5)),
      elementwise_affine: bool(affine),
      weight: all(1),
      bias: all(0),
    },
    text,
  );
}

/** What tells whether a layer is being trained: a list that holds a flag, which changes as lists do. */
const mode = (): Value => ({ kind: 'list', items: [bool(true)] });
export const isTraining = (layer: Layer): Value | undefined => {
  const list = heldBy(layer).get('mode');
  return list?.kind === 'list' ? list.items[0] : undefined;
};

/** `nn.Dropout`. */
export const dropout = ({ p, inplace }: Bound): Layer => {
  const share = float(real(p, 0.5));
  const known = plainText(share);
  const held = { p: share, inplace: bool(inplace !== undefined && isTrue(inplace)), mode: mode() };
  return layerOf('Dropout', held, `Dropout(p=${known}, inplace=${isTrue(held.inplace) ? 'True' : 'False'})`);
};

/** `nn.BatchNorm1d` and `nn.BatchNorm2d`, with what they keep of the batches that they see. */
export function batchNorm(name: string, { num_features, eps, momentum, affine, track_running_stats }: Bound): Layer {
  if (track_running_stats !== undefined && !isTrue(track_running_stats))
    return unknown('a batch norm without running statistics is not followed');
  const n = integersOf(num_features ?? NONE)[0];
  const learns = affine === undefined || isTrue(affine);
  const all = (e: number): NDArray => contiguous(broadcastTo(ndarray('float32', [], Float32Array.of(e)), [n]));
  const text =
    eps === undefined && momentum === undefined
      ? `${name}(${n}, eps=1e-05, momentum=0.1, affine=${learns ? 'True' : 'False'}, track_running_stats=True)`
      : undefined;
  return layerOf(
    name,
    {
      num_features: { kind: 'scalar', dtype: 'int64', value: n, weak: true },
      eps: float(real(eps, 1e-5)),
      momentum: float(real(momentum, 0.1)),
      weight: learns ? parameter(all(1)) : NONE,
      bias: learns ? parameter(all(0)) : NONE,
      running_mean: tensor(all(0), 'torch'),
      running_var: tensor(all(1), 'torch'),
      mode: mode(),
    },
    text,
  );
}

/** `nn.ModuleList([…])`: layers that are held together and not computed with. */
export function moduleList(layers: readonly Value[]): Layer {
  if (!layers.every(isLayer)) return unknown('nn.ModuleList of other than layers is not followed');
  return layerOf('ModuleList', Object.fromEntries(layers.map((l, k) => [`#${k}`, l])));
}

/** The layers that one of several holds. */
export const layersIn = (layer: Layer): readonly Layer[] => [...heldBy(layer).values()].filter(isLayer);

/** `nn.Sequential(…)`: layers one after another. */
export function sequential(layers: readonly Value[]): Layer {
  if (!layers.every(isLayer)) return unknown('nn.Sequential of other than layers is not followed');
  const texts = layers.map(l => l.text?.replaceAll('\n', '\n  '));
  const lines = texts.map((text, k) => `  (${k}): ${text}\n`);
  const known = texts.every(text => text !== undefined);
  return layerOf(
    'Sequential',
    Object.fromEntries(layers.map((l, k) => [`#${k}`, l])),
    known ? `Sequential(${lines.length === 0 ? '' : `\n${lines.join('')}`})` : undefined,
  );
}

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
  const functional = 'torch.nn.functional.';
  switch (name) {
    case 'Linear':
      return { path: `${functional}linear`, more: take('weight bias') };
    case 'Embedding':
      return { path: `${functional}embedding`, more: take('weight') };
    case 'Conv1d':
    case 'Conv2d':
    case 'Conv3d':
    case 'ConvTranspose1d':
    case 'ConvTranspose2d':
    case 'ConvTranspose3d': {
      const path = name.replace('Transpose', '_transpose').toLowerCase();
      return { path: functional + path, more: take('weight bias stride padding dilation groups output_padding') };
    }
    case 'Dropout': {
      const training = isTraining(layer);
      return {
        path: `${functional}dropout`,
        more: [...take('p'), ...(training ? [{ name: 'training', value: training }] : [])],
      };
    }
    case 'BatchNorm1d':
    case 'BatchNorm2d': {
      const training = isTraining(layer);
      return {
        path: `${functional}batch_norm`,
        more: [
          ...take('running_mean running_var weight bias momentum eps'),
          ...(training ? [{ name: 'training', value: training }] : []),
        ],
      };
    }
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
  'parameters named_parameters zero_grad children modules train eval requires_grad_ cpu'.split(' '),
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

/** `model[0]`: a layer of several. */
export function layerItem(layer: Layer, at: number | undefined): Value {
  const layers = [...heldBy(layer)].filter(([key]) => key.startsWith('#'));
  if (!['Sequential', 'ModuleList'].includes(classOf(layer)) || at === undefined)
    return unknown('subscripts of this layer are not followed');
  const found = layers[at < 0 ? at + layers.length : at];
  return found?.[1] ?? unknown('this subscript is out of range');
}
