import type { Value } from '../../../../values/value';

/** Layers without weights: calling an `nn.ReLU()` is calling its function with the layer's settings. */

export interface LayerForm {
  /** The function in torch.nn.functional. */
  readonly of: string;
  readonly settings: string;
  /** Settings that it prints, with the values that they have where none is given; undefined where versions print otherwise. */
  readonly prints?: Readonly<Record<string, string>>;
  /** Whether it prints the values of its settings alone. */
  readonly bare?: boolean;
  /** What the function is given beside the settings. */
  readonly more?: Readonly<Record<string, Value>>;
  /** How many numbers a setting is printed as, where one stands for several. */
  readonly sides?: number;
  /** Settings that it keeps and the function does not take. */
  readonly kept?: readonly string[];
}

const INPLACE = 'inplace=False';
const form = (of: string, settings = '', prints: Readonly<Record<string, string>> = {}): LayerForm => ({
  of,
  settings,
  prints,
});
const loss = (of: string, settings = '*, reduction=mean'): LayerForm => form(of, settings);
const word = (value: string): Value => ({ kind: 'string', value });

const MAX_POOL = 'kernel_size, stride=None, padding=0, dilation=1, return_indices=False, ceil_mode=False';
const MEAN_POOL = 'kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True';

const pools = (d: number): Record<string, LayerForm> => ({
  [`MaxPool${d}d`]: form(`max_pool${d}d`, MAX_POOL, {
    kernel_size: '',
    stride: 'kernel_size',
    padding: '0',
    dilation: '1',
    ceil_mode: 'False',
  }),
  [`AvgPool${d}d`]: {
    ...form(`avg_pool${d}d`, `${MEAN_POOL}${d === 1 ? '' : ', divisor_override=None'}`, {
      kernel_size: '',
      stride: 'kernel_size',
      padding: d === 1 ? '(0,)' : '0',
    }),
    ...(d === 1 ? { sides: 1 } : {}),
  },
  [`AdaptiveAvgPool${d}d`]: form(`adaptive_avg_pool${d}d`, 'output_size', { output_size: '' }),
  [`AdaptiveMaxPool${d}d`]: form(`adaptive_max_pool${d}d`, 'output_size, return_indices=False', { output_size: '' }),
  [`ReflectionPad${d}d`]: {
    ...form('pad', 'padding'),
    bare: true,
    prints: { padding: '' },
    sides: 2 * d,
    more: { mode: word('reflect') },
  },
  [`ReplicationPad${d}d`]: {
    ...form('pad', 'padding'),
    bare: true,
    prints: { padding: '' },
    sides: 2 * d,
    more: { mode: word('replicate') },
  },
  [`ConstantPad${d}d`]: { ...form('pad', 'padding, value', { padding: '', value: '' }), sides: 2 * d },
});

export const LAYERS: Readonly<Record<string, LayerForm>> = {
  ReLU: form('relu', INPLACE),
  ReLU6: form('relu6', INPLACE),
  Sigmoid: form('sigmoid'),
  Tanh: form('tanh'),
  GELU: form('gelu', 'approximate=none', { approximate: "'none'" }),
  SiLU: form('silu', INPLACE),
  Mish: form('mish', INPLACE),
  SELU: form('selu', INPLACE),
  Hardswish: form('hardswish', INPLACE),
  Hardsigmoid: form('hardsigmoid', INPLACE),
  LogSigmoid: form('logsigmoid'),
  Softsign: form('softsign'),
  Tanhshrink: form('tanhshrink'),
  Softshrink: { ...form('softshrink', 'lambd=0.5', { lambd: '0.5' }), bare: true },
  Hardshrink: { ...form('hardshrink', 'lambd=0.5', { lambd: '0.5' }), bare: true },
  Hardtanh: form('hardtanh', `min_val=-1.0, max_val=1.0, ${INPLACE}`, { min_val: '-1.0', max_val: '1.0' }),
  Threshold: form('threshold', `threshold, value, ${INPLACE}`, { threshold: '', value: '' }),
  LeakyReLU: form('leaky_relu', `negative_slope=0.01, ${INPLACE}`, { negative_slope: '0.01' }),
  ELU: form('elu', `alpha=1.0, ${INPLACE}`, { alpha: '1.0' }),
  CELU: form('celu', `alpha=1.0, ${INPLACE}`, { alpha: '1.0' }),
  GLU: form('glu', 'dim=-1', { dim: '-1' }),
  Softplus: { of: 'softplus', settings: 'beta=1, threshold=20' },
  Softmax: form('softmax', 'dim=None', { dim: 'None' }),
  LogSoftmax: form('log_softmax', 'dim=None', { dim: 'None' }),
  Softmin: form('softmin', 'dim=None', { dim: 'None' }),
  CrossEntropyLoss: loss('cross_entropy', 'weight=None, *, ignore_index=-100, reduction=mean, label_smoothing=0.0'),
  NLLLoss: loss('nll_loss', 'weight=None, *, ignore_index=-100, reduction=mean'),
  MSELoss: loss('mse_loss'),
  L1Loss: loss('l1_loss'),
  SmoothL1Loss: loss('smooth_l1_loss', '*, reduction=mean, beta=1.0'),
  HuberLoss: loss('huber_loss', 'reduction=mean, delta=1.0'),
  BCELoss: loss('binary_cross_entropy', 'weight=None, *, reduction=mean'),
  BCEWithLogitsLoss: loss('binary_cross_entropy_with_logits', 'weight=None, *, reduction=mean, pos_weight=None'),
  KLDivLoss: loss('kl_div', '*, reduction=mean, log_target=False'),
  MarginRankingLoss: loss('margin_ranking_loss', 'margin=0.0, *, reduction=mean'),
  HingeEmbeddingLoss: loss('hinge_embedding_loss', 'margin=1.0, *, reduction=mean'),
  CosineEmbeddingLoss: loss('cosine_embedding_loss', 'margin=0.0, *, reduction=mean'),
  TripletMarginLoss: loss('triplet_margin_loss', 'margin=1.0, p=2.0, eps=1e-06, swap=False, *, reduction=mean'),
  SoftMarginLoss: loss('soft_margin_loss'),
  MultiLabelSoftMarginLoss: loss('multilabel_soft_margin_loss', 'weight=None, *, reduction=mean'),
  MultiMarginLoss: loss('multi_margin_loss', 'p=1, margin=1.0, weight=None, *, reduction=mean'),
  PoissonNLLLoss: loss('poisson_nll_loss', 'log_input=True, full=False, *, eps=1e-08, reduction=mean'),
  GaussianNLLLoss: loss('gaussian_nll_loss', '*, full=False, eps=1e-06, reduction=mean'),
  CosineSimilarity: form('cosine_similarity', 'dim=1, eps=1e-08'),
  PairwiseDistance: form('pairwise_distance', 'p=2.0, eps=1e-06, keepdim=False'),
  ...pools(1),
  ...pools(2),
  ...pools(3),
  ZeroPad2d: { ...form('pad', 'padding'), bare: true, prints: { padding: '' }, sides: 4 },
  Flatten: form('flatten', 'start_dim=1, end_dim=-1', { start_dim: '1', end_dim: '-1' }),
  Unflatten: form('unflatten', 'dim, unflattened_size', { dim: '', unflattened_size: '' }),
  PixelShuffle: form('pixel_shuffle', 'upscale_factor', { upscale_factor: '' }),
  PixelUnshuffle: form('pixel_unshuffle', 'downscale_factor', { downscale_factor: '' }),
  ChannelShuffle: form('channel_shuffle', 'groups', { groups: '' }),
  LocalResponseNorm: { of: 'local_response_norm', settings: 'size, alpha=0.0001, beta=0.75, k=1.0' },
  Upsample: { of: 'interpolate', settings: 'size=None, scale_factor=None, mode=nearest, align_corners=None' },
  UpsamplingNearest2d: { of: 'interpolate', settings: 'size=None, scale_factor=None' },
  UpsamplingBilinear2d: {
    of: 'interpolate',
    settings: 'size=None, scale_factor=None',
    more: { mode: word('bilinear'), align_corners: { kind: 'scalar', dtype: 'bool', value: true, weak: true } },
  },
  Unfold: form('unfold', 'kernel_size, dilation=1, padding=0, stride=1', {
    kernel_size: '',
    dilation: '1',
    padding: '0',
    stride: '1',
  }),
  Fold: form('fold', 'output_size, kernel_size, dilation=1, padding=0, stride=1', {
    output_size: '',
    kernel_size: '',
    dilation: '1',
    padding: '0',
    stride: '1',
  }),
};
