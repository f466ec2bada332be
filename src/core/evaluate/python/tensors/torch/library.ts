import type { DType } from '../../../../values/dtype';
import type { Value } from '../../../../values/value';
import type { LibraryFunction } from '../../../catalogue';
import { unknown } from '../../../stop';
import { STEPS } from '../autograd/optimiser-steps';
import { SCHEDULER_NAMES } from '../autograd/schedulers';
import { TORCH_ACTIVATIONS } from './activation-functions';
import { TORCH_BATCH_NORM } from './batch-norm';
import { COMPOSED_ALGEBRA } from './composed-algebra';
import { COMPOSED_LOSSES } from './composed-losses';
import { COMPOSED_NETWORKS } from './composed-networks';
import { COMPOSED_SHAPE } from './composed-shape';
import { TORCH_CONVOLUTION } from './convolution';
import { TORCH_COUNTING } from './counting';
import { TORCH_CREATION } from './creation';
import { TORCH_ELEMENTWISE } from './elementwise';
import { TORCH_FFT } from './fft';
import { TORCH_FUSED } from './fused';
import { TORCH_GROUP_NORM } from './group-norm';
import { LAYERS } from './layers';
import { TORCH_LINALG } from './linalg';
import { TORCH_LOSSES } from './losses';
import { TORCH_NN } from './nn';
import { TORCH_POOLING } from './pooling';
import { TORCH_REDUCTIONS } from './reductions';
import { TORCH_RESAMPLING } from './resampling';
import { TORCH_SCATTERING } from './scattering';
import { TORCH_SELECTING } from './selecting';
import { TORCH_SHAPE } from './shape';
import { TORCH_SPECIAL } from './special';
import { TORCH_VIEWS } from './views';

/** Every function of torch's that is known. */
export const TORCH: readonly LibraryFunction[] = [
  ...TORCH_CREATION,
  ...TORCH_ELEMENTWISE,
  ...TORCH_FUSED,
  ...TORCH_REDUCTIONS,
  ...TORCH_SHAPE,
  ...TORCH_VIEWS,
  ...TORCH_SELECTING,
  ...TORCH_SCATTERING,
  ...TORCH_LINALG,
  ...TORCH_NN,
  ...TORCH_ACTIVATIONS,
  ...TORCH_LOSSES,
  ...TORCH_CONVOLUTION,
  ...TORCH_POOLING,
  ...TORCH_BATCH_NORM,
  ...TORCH_SPECIAL,
  ...TORCH_COUNTING,
  ...TORCH_FFT,
  ...TORCH_GROUP_NORM,
  ...COMPOSED_LOSSES,
  ...COMPOSED_SHAPE,
  ...COMPOSED_ALGEBRA,
  ...COMPOSED_NETWORKS,
  ...TORCH_RESAMPLING,
];

/** Functions that half-precision tensors go through alike in every version. */
export const HALF_SAFE: ReadonlySet<string> = new Set([
  ...[...TORCH_SHAPE, ...TORCH_CREATION].map(e => e.path).filter(path => !path.endsWith('.diag')),
  ...`sum mean max min amax amin argmax argmin abs neg add sub mul div eq ne lt le gt ge where masked_fill isnan isinf
      isfinite equal allclose item tolist numpy detach to cpu flip roll index_select gather numel`
    .split(/\s+/)
    .flatMap(name => [`torch.${name}`, `torch.Tensor.${name}`]),
]);

/** More of them that bfloat16 goes through: computed as float32 and rounded once. */
export const BRAIN_SAFE: ReadonlySet<string> = new Set([
  ...HALF_SAFE,
  ...`exp exp2 expm1 log log2 log10 log1p sin cos tan asin acos atan arcsin arccos arctan sinh tanh sqrt rsqrt erf sigmoid
      reciprocal floor ceil round trunc fix square sign softmax matmul mm mv dot outer is_floating_point argsort topk any all count_nonzero sort maximum minimum clamp clip
      median isclose pow relu sub subtract multiply divide true_divide`
    .split(/\s+/)
    .flatMap(name => [`torch.${name}`, `torch.Tensor.${name}`]),
  ...'relu gelu softplus leaky_relu elu softmax'.split(' ').map(name => `torch.nn.functional.${name}`),
]);

export const TORCH_MODULES: ReadonlySet<string> = new Set([
  'torch',
  'torch.nn',
  'torch.nn.functional',
  'torch.linalg',
  'torch.fft',
  'torch.special',
  'torch.random',
  'torch.nn.init',
  'torch.optim',
  'torch.optim.lr_scheduler',
  'torch.autograd',
  'torch.nn.utils',
]);

const TYPES: Readonly<Record<string, DType>> = {
  float: 'float32',
  float32: 'float32',
  float64: 'float64',
  double: 'float64',
  float16: 'float16',
  half: 'float16',
  bfloat16: 'bfloat16',
  int: 'int32',
  int8: 'int8',
  int16: 'int16',
  short: 'int16',
  int32: 'int32',
  int64: 'int64',
  long: 'int64',
  uint8: 'uint8',
  bool: 'bool',
  complex64: 'complex64',
  cfloat: 'complex64',
  complex128: 'complex128',
  cdouble: 'complex128',
};

const CONSTANTS: Readonly<Record<string, number>> = {
  pi: Math.PI,
  e: Math.E,
  inf: Number.POSITIVE_INFINITY,
  nan: Number.NaN,
};

const RANDOM = new Set('poisson seed initial_seed dropout'.split(' '));

/** Other layers that are made; those whose weights are drawn stand in random/torch-layers.ts. */
const MADE: ReadonlySet<string> = new Set(
  'Sequential LSTM GRU RNN LSTMCell GRUCell RNNCell MultiheadAttention TransformerEncoderLayer TransformerEncoder LayerNorm Linear Embedding Conv1d Conv2d Conv3d ConvTranspose1d ConvTranspose2d ConvTranspose3d Dropout Dropout1d Dropout2d Dropout3d AlphaDropout FeatureAlphaDropout BatchNorm1d BatchNorm2d BatchNorm3d GroupNorm InstanceNorm1d InstanceNorm2d InstanceNorm3d PReLU Identity ModuleList ModuleDict'.split(
    ' ',
  ),
);

/** Layers whose weights are drawn when they are made. */
const WEIGHTED = new Set(
  `Linear Bilinear Conv1d Conv2d Conv3d ConvTranspose1d ConvTranspose2d Embedding EmbeddingBag RNN LSTM GRU RNNCell LSTMCell
   GRUCell MultiheadAttention Transformer TransformerEncoder TransformerEncoderLayer TransformerDecoder`.split(/\s+/),
);

/** Functions that work on the graph of what is recorded. */
const TORCH_WAYS: ReadonlySet<string> = new Set([
  'torch.autograd.grad',
  'torch.autograd.backward',
  'torch.nn.utils.clip_grad_norm_',
  'torch.nn.utils.clip_grad_value_',
]);

/** `torch.float32`, `torch.pi`, `torch.linalg`: what is no function of the catalogue. */
export function torchAttribute(path: string, name: string): Value | undefined {
  const full = `${path}.${name}`;
  if (TORCH_MODULES.has(full)) return { kind: 'module', path: full };
  if (full === 'torch.nn.Module') return { kind: 'function', path: full };
  if (path === 'torch.nn' && (name in LAYERS || MADE.has(name))) return { kind: 'function', path: full };
  if (path === 'torch.nn' && WEIGHTED.has(name))
    return unknown(`nn.${name}: its weights are random, known only when the code runs`);
  if (TORCH_WAYS.has(full) || (path === 'torch.optim' && name in STEPS)) return { kind: 'function', path: full };
  if (path === 'torch.optim.lr_scheduler' && SCHEDULER_NAMES.has(name)) return { kind: 'function', path: full };
  if (path !== 'torch') return undefined;
  if (name in TYPES) return { kind: 'dtype', dtype: TYPES[name], library: 'torch' };
  if (name in CONSTANTS) return { kind: 'scalar', dtype: 'float64', value: CONSTANTS[name], weak: true };
  if (RANDOM.has(name)) return unknown(`torch.${name}: random, known only when the code runs`);
  if (name === 'empty' || name === 'empty_like')
    return unknown(`torch.${name} is filled with whatever the memory holds`);
  if (name === 'cuda') return unknown('torch.cuda: which devices there are is known only when the code runs');
  return undefined;
}
