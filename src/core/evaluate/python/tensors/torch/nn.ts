import { type DType, isFloatType } from '../../../../values/dtype';
import { eachLane, softmax as softmaxOf } from '../../../../values/lanes';
import {
  asType,
  broadcastTo,
  contiguous,
  generate,
  type NDArray,
  ndarray,
  sizeOf,
  toFloat64,
  transpose,
} from '../../../../values/ndarray';
import type { Value } from '../../../../values/value';
import type { Bound, LibraryFunction } from '../../../catalogue';
import type { Context } from '../../../dialect';
import { fail, unknown } from '../../../stop';
import { float, int, integersOf, needInteger, real, toArray } from '../../coerce';
import { isTrue } from '../../reductions';
import type { Operations } from '../autograd/node';
import { elementwise, tensorBinary } from '../operators';
import { tensorMatmul } from '../products';
import { arrayOf, dimOf, given, recording, TORCH_NAMES, tensor, typeArgument } from '../tensor';
import type { Composed } from './composed';
import { both, functional as F, functions, need } from './define';
import { chosen } from './elementwise';
import { flattened } from './shape';
import { logSoftmaxSingle, softmaxSingle } from './single';
import { normalisedSingle } from './single-norm';

const T = (a: NDArray): Value => tensor(a, 'torch');

/** A function of lanes along one dimension, each replaced by as many numbers, computed in double precision. */
export function alongLanes(a: NDArray, axis: number, f: (lane: Float64Array) => Float64Array): NDArray {
  if (a.shape.length === 0) return asType(ndarray('float64', [], f(toFloat64(a).slice())), a.dtype);
  const order = [...a.shape.map((_, k) => k).filter(k => k !== axis), axis];
  const moved = transpose(a, order);
  const x = toFloat64(moved);
  const n = a.shape[axis];
  const back = a.shape.map((_, k) => order.indexOf(k));
  return contiguous(transpose(asType(ndarray('float64', moved.shape, eachLane(x, n, f)), a.dtype), back));
}

const peak = (lane: Float64Array): number =>
  lane.reduce((m, e) => (Number.isNaN(m) || Number.isNaN(e) ? Number.NaN : Math.max(m, e)), Number.NEGATIVE_INFINITY);

/** (x − max) − log Σ exp(x − max). */
export const logSoftmaxOf =
  (dtype: DType) =>
  (lane: Float64Array): Float64Array => {
    const most = peak(lane);
    if (dtype === 'float32' && Number.isFinite(most)) return logSoftmaxSingle(lane);
    const log = Math.log(lane.reduce((s, x) => s + Math.exp(x - most), 0));
    return lane.map(x => x - most - log);
  };

export function floats(v: Value | undefined, name: string): NDArray {
  const a = arrayOf(v);
  return isFloatType(a.dtype) ? a : unknown(`${name} takes floats; torch refuses ${a.dtype}`);
}

const softmax =
  (kind: 'softmax' | 'log_softmax') =>
  (x: Bound, c: Context): Value => {
    const a = asType(arrayOf(x.input), typeArgument(x.dtype) ?? arrayOf(x.input).dtype);
    if (!given(x.dim)) return unknown(`${kind} without dim guesses the dimension, which is not followed`);
    const axis = dimOf(needInteger(x.dim), a.shape.length);
    if (!isFloatType(a.dtype) && sizeOf(a.shape) > 0) {
      const kernel = axis >= a.shape.length - 1 ? `${kind}_lastdim_kernel_impl` : `${kind}_kernel_impl`;
      return fail(`RuntimeError: "${kernel}" not implemented for '${TORCH_NAMES[a.dtype] ?? a.dtype}'`);
    }
    c.budget.spend(20 * sizeOf(a.shape));
    const out = alongLanes(a, axis, kind === 'log_softmax' ? logSoftmaxOf(a.dtype) : softmaxFor(a.dtype));
    c.record(kind, [need(x.input), x.dim]);
    return T(out);
  };

const softmaxFor =
  (dtype: DType) =>
  (lane: Float64Array): Float64Array =>
    dtype === 'float32' && Number.isFinite(peak(lane)) ? softmaxSingle(lane) : softmaxOf(lane);

/** What normalising subtracts and divides by: lanes over the last dimensions. */
function normalised(x: Bound, root: boolean, c: Context): Value {
  const a = floats(x.input, 'layer_norm');
  const dims = integersOf(need(x.normalized_shape));
  if (dims.length === 0) return unknown('a normalisation over no dimension is refused');
  const at = a.shape.length - dims.length;
  if (at < 0 || dims.some((n, k) => n !== a.shape[at + k]))
    return fail(
      `RuntimeError: Given normalized_shape=[${dims.join(', ')}], expected input with shape [*, ${dims.join(', ')}], but got input of size[${a.shape.join(', ')}]`,
    );
  const n = sizeOf(dims);
  const eps = given(x.eps) ? real(x.eps, 0) : root ? (a.dtype === 'float64' ? 2 ** -52 : 2 ** -23) : 1e-5;
  const round = a.dtype === 'float32' ? Math.fround : (e: number): number => e;
  const v = toFloat64(a);
  const out = new Float64Array(v.length);
  if (a.dtype === 'float32' && !root) {
    const [w, b] = [x.weight, x.bias].map(p => (given(p) ? toFloat64(arrayOf(p)) : undefined));
    if ([w, b].some(p => p && p.length !== n)) return unknown('a weight of another size than what is normalised');
    for (let k = 0; k < v.length; k += n) out.set(normalisedSingle(v.subarray(k, k + n), eps, w, b), k);
    c.budget.spend(10 * v.length);
    c.record('layer_norm', [need(x.input), ...[x.weight, x.bias].filter(given), float(eps)]);
    return T(asType(ndarray('float64', a.shape, out), a.dtype));
  }
  for (let k = 0; k < v.length; k += n) {
    const lane = v.subarray(k, k + n);
    const mean = root ? 0 : lane.reduce((s, e) => s + e, 0) / n;
    const spread = lane.reduce((s, e) => s + (e - mean) ** 2, 0) / n;
    // As torch does it: times a factor, plus a shift, so that the last digits agree more often.
    const scale = round(1 / Math.sqrt(round(round(spread) + eps)));
    const shift = round(-scale * round(mean));
    for (let i = 0; i < n; i++) out[k + i] = lane[i] * scale + shift;
  }
  for (const [v2, add] of [
    [x.weight, false],
    [x.bias, true],
  ] as const) {
    if (!given(v2)) continue;
    const w = toFloat64(arrayOf(v2));
    if (w.length !== n) return unknown('a weight of another size than what is normalised');
    for (let k = 0; k < out.length; k++) out[k] = add ? out[k] + w[k % n] : out[k] * w[k % n];
  }
  c.budget.spend(10 * v.length);
  c.record(root ? 'rms_norm' : 'layer_norm', [need(x.input), ...[x.weight, x.bias].filter(given), float(eps)]);
  return T(asType(ndarray('float64', a.shape, out), a.dtype));
}

/** Lengths of lanes along a dimension, at least `eps`. */
function cosine(x: Bound, c: Context): Value {
  const [p, q] = [floats(x.x1, 'cosine_similarity'), floats(x.x2, 'cosine_similarity')];
  if (p.dtype !== q.dtype) return unknown('a similarity of two types is not covered');
  const eps = real(x.eps, 1e-8);
  const product = toArray(elementwise('multiply', [need(x.x1), need(x.x2)], c));
  const { shape } = product;
  if (shape.length === 0) return unknown('a similarity of numbers is not covered');
  const axis = dimOf(x.dim ? needInteger(x.dim) : 1, shape.length);
  const order = [...shape.map((_, k) => k).filter(k => k !== axis), axis];
  const [a, b] = [p, q].map(e => toFloat64(transpose(broadcastTo(e, shape), order)));
  const n = shape[axis] ?? 1;
  const out = generate(a.length / Math.max(n, 1), k => {
    let [dot, left, right] = [0, 0, 0];
    for (let i = k * n; i < (k + 1) * n; i++) {
      dot += a[i] * b[i];
      left += a[i] * a[i];
      right += b[i] * b[i];
    }
    return dot / (Math.max(Math.sqrt(left), eps) * Math.max(Math.sqrt(right), eps));
  });
  c.record('cosine_similarity', [need(x.x1), need(x.x2)]);
  return T(
    asType(
      ndarray(
        'float64',
        shape.filter((_, k) => k !== axis),
        out,
      ),
      p.dtype,
    ),
  );
}

/** The same step by step where its gradient is asked for. */
function recordedCosine(x: Bound, t: Operations, c: Context): Value | undefined {
  if (!recording([x.x1, x.x2], c)) return undefined;
  const [p, q] = [need(x.x1), need(x.x2)];
  const dim = x.dim ?? int(1);
  const length = (e: Value): Value => t('clamp_min', t('norm', e, 2, dim, true), real(x.eps, 1e-8));
  return t('sum', t('mul', t('div', p, length(p)), t('div', q, length(q))), dim);
}

function normalize(x: Bound, c: Context): Value {
  const a = floats(x.input, 'normalize');
  const p = real(x.p, 2);
  if (p !== 2 && p !== 1) return unknown('normalize with this p is not covered yet');
  const axis = dimOf(x.dim ? needInteger(x.dim) : 1, a.shape.length);
  const eps = real(x.eps, 1e-12);
  c.budget.spend(4 * sizeOf(a.shape));
  return T(
    alongLanes(a, axis, lane => {
      const size = p === 1 ? lane.reduce((s, e) => s + Math.abs(e), 0) : Math.sqrt(lane.reduce((s, e) => s + e * e, 0));
      return lane.map(e => e / Math.max(size, eps));
    }),
  );
}

/** softmax(Q Kᵀ / √d + mask) V, the mask of numbers to add or of truth values that keep. */
function attention(x: Bound, c: Context): Value {
  const [q, k, v] = [x.query, x.key, x.value].map(e => floats(e, 'scaled_dot_product_attention'));
  if (given(x.dropout_p) && real(x.dropout_p, 0) !== 0)
    return unknown('dropout: random, known only when the code runs');
  if ([k, v].some(e => e.dtype !== q.dtype || e.shape.length !== q.shape.length) || q.shape.length < 2)
    return unknown('attention of these tensors is not covered');
  const d = q.shape[q.shape.length - 1];
  const scale = given(x.scale) ? real(x.scale, 1) : 1 / Math.sqrt(d);
  const wide = [q, k, v].map(e => T(asType(e, 'float64')));
  const turned = transpose(toArray(wide[1]), [
    ...k.shape.map((_, i) => i).slice(0, -2),
    k.shape.length - 1,
    k.shape.length - 2,
  ]);
  let scores = tensorBinary('multiply', tensorMatmul(wide[0], T(turned), c), float(scale), c);
  const shape = toArray(scores).shape;
  const [rows, columns] = shape.slice(-2);
  const low = T(ndarray('float64', [], Float64Array.of(Number.NEGATIVE_INFINITY)));
  if (isTrue(x.is_causal)) {
    if (given(x.attn_mask)) return unknown('is_causal beside a mask is refused');
    const keep = ndarray(
      'bool',
      [rows, columns],
      Uint8Array.from({ length: rows * columns }, (_, i) => (i % columns <= Math.floor(i / columns) ? 1 : 0)),
    );
    scores = T(chosen(keep, toArray(scores), toArray(low), shape));
  } else if (given(x.attn_mask)) {
    const mask = arrayOf(x.attn_mask);
    if (mask.dtype === 'bool') scores = T(chosen(mask, toArray(scores), toArray(low), shape));
    else scores = tensorBinary('add', scores, T(asType(mask, 'float64')), c);
  }
  const weights = T(alongLanes(toArray(scores), toArray(scores).shape.length - 1, softmaxOf));
  const out = tensorMatmul(weights, wide[2], c);
  c.record('attention', [need(x.query), need(x.key), need(x.value), ...(given(x.attn_mask) ? [x.attn_mask] : [])]);
  return T(asType(toArray(out), q.dtype));
}

/** Attention step by step where its gradient is asked for; what torch calls its node depends on the version. */
function recordedAttention(x: Bound, t: Operations, c: Context): Value | undefined {
  if (!recording([x.query, x.key, x.value, x.attn_mask], c)) return undefined;
  if (given(x.dropout_p) && real(x.dropout_p, 0) !== 0)
    return unknown('dropout: random, known only when the code runs');
  const [q, k, v] = [need(x.query), need(x.key), need(x.value)];
  const d = toArray(q).shape.at(-1) ?? 1;
  let scores = t(
    'mul',
    t('matmul', q, t('transpose', k, -2, -1)),
    given(x.scale) ? real(x.scale, 1) : 1 / Math.sqrt(d),
  );
  const [rows, columns] = toArray(scores).shape.slice(-2);
  const low = float(Number.NEGATIVE_INFINITY);
  if (isTrue(x.is_causal)) {
    const ahead = t('triu', t('ones', [rows, columns]), 1);
    scores = t('masked_fill', scores, t('eq', ahead, 1), low);
  } else if (given(x.attn_mask))
    scores =
      toArray(x.attn_mask).dtype === 'bool'
        ? t('masked_fill', scores, t('logical_not', x.attn_mask), low)
        : t('add', scores, x.attn_mask);
  return t('matmul', t('softmax', scores, -1), v);
}

function linear(x: Bound, c: Context): Value {
  const w = arrayOf(x.weight);
  if (w.shape.length !== 2) return unknown('linear takes a matrix of weights');
  const product = tensorMatmul(need(x.input), T(transpose(w)), c);
  const out = given(x.bias) ? tensorBinary('add', product, x.bias, c) : product;
  c.record('linear', [need(x.input), need(x.weight), ...(given(x.bias) ? [x.bias] : [])]);
  return out;
}

function oneHot(x: Bound, c: Context): Value {
  const a = arrayOf(x.tensor);
  if (a.dtype !== 'int64') return fail('RuntimeError: one_hot is only applicable to index tensor.');
  const v = toFloat64(a);
  if (v.some(k => k < 0)) return fail('RuntimeError: Class values must be non-negative.');
  const asked = given(x.num_classes) ? needInteger(x.num_classes) : -1;
  const n = asked > 0 ? asked : v.reduce((m, k) => Math.max(m, k), -1) + 1;
  if (n === 0) return unknown('one_hot of nothing is not covered');
  if (v.some(k => k >= n)) return fail('RuntimeError: Class values must be smaller than num_classes.');
  c.budget.claim(v.length * n);
  const out = new Float64Array(v.length * n);
  v.forEach((k, i) => {
    out[i * n + k] = 1;
  });
  return T(ndarray('int64', [...a.shape, n], out));
}

const SOFTMAX = 'input, dim=None, dtype=None';

export const TORCH_NN: readonly (LibraryFunction | Composed)[] = [
  ...(['softmax', 'log_softmax'] as const).flatMap(name => [
    ...both(name, SOFTMAX, softmax(name)),
    F(name, SOFTMAX, softmax(name)),
    ...functions(`special.${name}`, SOFTMAX, softmax(name)),
  ]),
  F('layer_norm', 'input, normalized_shape, weight=None, bias=None, eps=1e-05', (x, c) => normalised(x, false, c)),
  F('rms_norm', 'input, normalized_shape, weight=None, eps=None', (x, c) => normalised(x, true, c)),
  ...['cosine_similarity', 'nn.functional.cosine_similarity'].flatMap(name =>
    functions(name, 'x1, x2, dim=1, eps=1e-08', cosine).map(e => ({ ...e, compose: recordedCosine })),
  ),
  F('normalize', 'input, p=2.0, dim=1, eps=1e-12', normalize),
  {
    ...F(
      'scaled_dot_product_attention',
      'query, key, value, attn_mask=None, dropout_p=0.0, is_causal=False, *, scale=None',
      attention,
    ),
    compose: recordedAttention,
    node: '',
  },
  F('linear', 'input, weight, bias=None', linear),
  F('one_hot', 'tensor, num_classes=-1', oneHot),
  F('embedding', 'input, weight, padding_idx=None', x => {
    const [index, table] = [arrayOf(x.input), arrayOf(x.weight)];
    if (table.shape.length !== 2 || (index.dtype !== 'int64' && index.dtype !== 'int32'))
      return unknown('this embedding is not covered');
    const [rows, n] = table.shape;
    const at = toFloat64(index);
    if (at.some(k => k < 0 || k >= rows)) return fail('IndexError: index out of range in self');
    const v = toFloat64(table);
    return T(
      asType(
        ndarray(
          'float64',
          [...index.shape, n],
          generate(at.length * n, k => v[at[Math.floor(k / n)] * n + (k % n)]),
        ),
        table.dtype,
      ),
    );
  }),
  // What nn.Flatten computes.
  F('flatten', 'input, start_dim=1, end_dim=-1', x => T(flattened({ ...x, start_dim: x.start_dim ?? int(1) }))),
  F('dropout', 'input, p=0.5, training=True, inplace=False', x =>
    (x.training !== undefined && !isTrue(x.training)) || real(x.p, 0.5) === 0
      ? need(x.input)
      : unknown('dropout: random, known only when the code runs'),
  ),
];
