/** Layers without weights: calling an `nn.ReLU()` is calling its function with the layer's settings. */
export const LAYERS: Readonly<Record<string, { readonly of: string; readonly settings: string }>> = {
  ReLU: { of: 'relu', settings: 'inplace=False' },
  Sigmoid: { of: 'sigmoid', settings: '' },
  Tanh: { of: 'tanh', settings: '' },
  GELU: { of: 'gelu', settings: 'approximate=none' },
  SiLU: { of: 'silu', settings: 'inplace=False' },
  LeakyReLU: { of: 'leaky_relu', settings: 'negative_slope=0.01, inplace=False' },
  ELU: { of: 'elu', settings: 'alpha=1.0, inplace=False' },
  Softplus: { of: 'softplus', settings: 'beta=1, threshold=20' },
  Softmax: { of: 'softmax', settings: 'dim=None' },
  LogSoftmax: { of: 'log_softmax', settings: 'dim=None' },
  CrossEntropyLoss: {
    of: 'cross_entropy',
    settings: 'weight=None, *, ignore_index=-100, reduction=mean, label_smoothing=0.0',
  },
  NLLLoss: { of: 'nll_loss', settings: 'weight=None, *, ignore_index=-100, reduction=mean' },
  MSELoss: { of: 'mse_loss', settings: '*, reduction=mean' },
  L1Loss: { of: 'l1_loss', settings: '*, reduction=mean' },
  BCELoss: { of: 'binary_cross_entropy', settings: '*, reduction=mean' },
  BCEWithLogitsLoss: { of: 'binary_cross_entropy_with_logits', settings: '*, reduction=mean' },
  CosineSimilarity: { of: 'cosine_similarity', settings: 'dim=1, eps=1e-08' },
  Flatten: { of: 'flatten', settings: 'start_dim=1, end_dim=-1' },
};
