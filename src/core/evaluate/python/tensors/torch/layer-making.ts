import { broadcastTo, contiguous, type NDArray, ndarray } from '../../../../values/ndarray';
import { NONE, tuple, type Value } from '../../../../values/value';
import { type Bound, bind } from '../../../catalogue';
import type { CallArgument } from '../../../dialect';
import { unknown } from '../../../stop';
import { bool, float, integersOf, real } from '../../coerce';
import { isTrue } from '../../reductions';
import { tensor } from '../tensor';
import { LAYERS, type LayerForm } from './layers';
import { classOf, heldBy, isLayer, type Layer, layerOf, parameter } from './modules';

/** Making layers of torch whose weights are not drawn. */

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
function weightless(name: string, bound: Bound): Layer {
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
function layerNorm({ normalized_shape, eps, elementwise_affine }: Bound): Layer {
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
export const trainingMode = (): Value => ({ kind: 'list', items: [bool(true)] });
/** `nn.Dropout` and its like. */
const dropout = (name: string, { p, inplace }: Bound): Layer => {
  const share = float(real(p, 0.5));
  const known = plainText(share);
  const held = { p: share, inplace: bool(inplace !== undefined && isTrue(inplace)), mode: trainingMode() };
  return layerOf(name, held, `${name}(p=${known}, inplace=${isTrue(held.inplace) ? 'True' : 'False'})`);
};

/** `nn.BatchNorm1d` and its like in more dimensions, with what they keep of the batches that they see. */
function batchNorm(name: string, { num_features, eps, momentum, affine, track_running_stats }: Bound): Layer {
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
      mode: trainingMode(),
    },
    text,
  );
}

/** Layers that are held together under names, as `nn.Sequential(…)` holds those that are computed one after another. */
function several(name: string, entries: readonly (readonly [string, Value])[]): Layer {
  const layers = entries.map(([, v]) => (isLayer(v) ? v : unknown(`nn.${name} of other than layers is not followed`)));
  const texts = layers.map(l => l.text?.replaceAll('\n', '\n  '));
  const lines = texts.map((text, k) => `  (${entries[k][0]}): ${text}\n`);
  // Equal layers of a list are counted by later versions.
  const alike = name === 'ModuleList' && texts.some((text, k) => k > 0 && text === texts[k - 1]);
  const known = texts.every(text => text !== undefined) && !alike;
  return layerOf(
    name,
    Object.fromEntries(entries.map(([key, l]) => [`#${key}`, l])),
    known ? `${name}(${lines.length === 0 ? '' : `\n${lines.join('')}`})` : undefined,
  );
}
const numbered = (layers: readonly Value[]): readonly (readonly [string, Value])[] =>
  layers.map((l, k) => [`${k}`, l] as const);
const itemsOf = (v: Value | undefined): readonly Value[] => (v?.kind === 'list' || v?.kind === 'tuple' ? v.items : []);
const entriesOf = (v: Value | undefined): readonly (readonly [string, Value])[] =>
  v?.kind === 'dict' ? v.entries.map(([k, e]) => [k.kind === 'string' ? k.value : '', e] as const) : [];

/** A part of `nn.Sequential(…)` or of a list of layers. */
export const partOfLayers = (layer: Layer, from: readonly Layer[]): Layer => several(classOf(layer), numbered(from));

/** `nn.GroupNorm` and `nn.InstanceNorm2d`, whose first weights are ones and zeros. */
function groupNorm(name: string, x: Bound): Layer {
  const instance = name.startsWith('Instance');
  if (x.track_running_stats && isTrue(x.track_running_stats))
    return unknown('an instance norm with running statistics is not followed');
  const n = integersOf(x.num_channels ?? x.num_features ?? NONE)[0];
  const affine = x.affine === undefined ? !instance : isTrue(x.affine);
  const all = (e: number): Value =>
    affine ? parameter(contiguous(broadcastTo(ndarray('float32', [], Float32Array.of(e)), [n]))) : NONE;
  const sides = instance ? `${n}` : `${integersOf(x.num_groups ?? NONE)[0]}, ${n}`;
  const flags = `affine=${affine ? 'True' : 'False'}${instance ? ', track_running_stats=False' : ''}`;
  const text =
    x.eps === undefined && x.momentum === undefined
      ? `${name}(${sides}, eps=1e-05, ${instance ? 'momentum=0.1, ' : ''}${flags})`
      : undefined;
  const held = { num_groups: x.num_groups, eps: float(real(x.eps, 1e-5)), weight: all(1), bias: all(0) };
  return layerOf(name, held, text);
}

/** `nn.PReLU`, which learns how much leaks. */
function prelu({ num_parameters, init }: Bound): Layer {
  const n = num_parameters ? integersOf(num_parameters)[0] : 1;
  const weight = ndarray('float32', [n], new Float32Array(n).fill(real(init, 0.25)));
  return layerOf('PReLU', { weight: parameter(weight) }, `PReLU(num_parameters=${n})`);
}

type Settings = (signature: string) => Bound;
const BATCH_NORM = 'num_features, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True';
const INSTANCE_NORM = 'num_features, eps=1e-05, momentum=0.1, affine=False, track_running_stats=False';

const MAKING: readonly (readonly [RegExp, (name: string, settings: Settings) => Layer])[] = [
  [/^(Feature)?(Alpha)?Dropout[123]?d?$/, (name, settings) => dropout(name, settings('p=0.5, inplace=False'))],
  [/^BatchNorm[123]d$/, (name, settings) => batchNorm(name, settings(BATCH_NORM))],
  [/^InstanceNorm[123]d$/, (name, settings) => groupNorm(name, settings(INSTANCE_NORM))],
  [/^GroupNorm$/, (name, settings) => groupNorm(name, settings('num_groups, num_channels, eps=1e-05, affine=True'))],
  [/^PReLU$/, (_, settings) => prelu(settings('num_parameters=1, init=0.25'))],
  [/^LayerNorm$/, (_, settings) => layerNorm(settings('normalized_shape, eps=1e-05, elementwise_affine=True'))],
  [/^Identity$/, () => layerOf('Identity', {}, 'Identity()')],
  [/^ModuleList$/, (name, settings) => several(name, numbered(itemsOf(settings('modules=').modules)))],
  [/^ModuleDict$/, (name, settings) => several(name, entriesOf(settings('modules=').modules))],
];

/** A layer that draws no weights, `nn.ReLU()`; undefined for other calls. */
export function layerMade(path: string, args: readonly CallArgument[]): Value | undefined {
  const name = /^torch\.nn\.(\w+)$/.exec(path)?.[1];
  if (name === undefined) return undefined;
  if (name === 'Sequential')
    return args.some(a => a.name !== undefined)
      ? unknown('nn.Sequential of these arguments is not followed')
      : several(name, numbered(args.map(a => a.value)));
  const settings: Settings = signature => bind({ path, signature, evaluate: () => NONE }, args);
  const made = MAKING.find(([form]) => form.test(name))?.[1](name, settings);
  return made ?? (name in LAYERS ? weightless(name, settings(LAYERS[name].settings)) : undefined);
}

/** A layer like another, with weights of its own that begin as the other's are. */
export function copyOf(layer: Layer): Layer {
  const own = (v: Value): Value => {
    if (isLayer(v)) return copyOf(v);
    if (v.kind === 'list') return { ...v };
    if (v.kind !== 'array') return v;
    const a = contiguous(v.array);
    const array: NDArray = { ...a, data: a.data.slice() as typeof a.data };
    return v.parameter ? parameter(array) : { ...v, array };
  };
  const held = [...heldBy(layer)].map(([key, v]) => [key, own(v)] as const);
  return layerOf(classOf(layer), Object.fromEntries(held), layer.text);
}
