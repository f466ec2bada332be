import { sizeOf } from '../../../../values/ndarray';
import { NONE, tuple, type Value } from '../../../../values/value';
import type { Bound } from '../../../catalogue';
import { fail, unknown } from '../../../stop';
import { int, integersOf, needInteger, real, toArray } from '../../coerce';
import { isTrue } from '../../reductions';
import type { Operations } from '../autograd/node';
import { dimOf, given, namedResult } from '../tensor';
import { type Composed, composed, composedBoth } from './composed';

/** Linear algebra and a few rearrangements that are made of simpler functions. */

const v = (x: Value | undefined): Value => x ?? NONE;
const shapeOf = (x: Value | undefined): readonly number[] => toArray(v(x)).shape;
const itemsOf = (x: Value | undefined): readonly Value[] => (x?.kind === 'tuple' || x?.kind === 'list' ? x.items : []);
const flag = (x: Value | undefined): boolean => given(x) && isTrue(x);
const turned = (m: Value, t: Operations): Value => t('transpose', m, -2, -1);
const number = (value: number): Value => ({ kind: 'scalar', dtype: 'float64', value, weak: true });

/** A function of each matrix of a batch, put together again. */
function eachMatrix(parts: readonly Value[], t: Operations, f: (...m: readonly Value[]) => Value): Value {
  const lead = shapeOf(parts[0]).slice(0, -2);
  const count = sizeOf(lead);
  if (count === 0) return unknown('an empty batch of matrices is not covered');
  const flat = parts.map(p => t('reshape', p, [count, ...shapeOf(p).slice(lead.length)]));
  const made = Array.from({ length: count }, (_, k) => f(...flat.map(p => t('select', p, 0, k))));
  const whole = t('stack', tuple(made), 0);
  return t('reshape', whole, [...lead, ...shapeOf(made[0])]);
}

/** Solutions for a batch of matrices, which single ones are not composed for. */
export function solveBatch(x: Bound, t: Operations): Value | undefined {
  const [a, b] = [shapeOf(x.A), shapeOf(x.B)];
  if (a.length <= 2) return undefined;
  const vector = b.length === 1 || (b.length === a.length - 1 && b.join() === a.slice(0, -1).join());
  if (b.length === 1 || (!vector && b.slice(0, -2).join() !== a.slice(0, -2).join()))
    return unknown('batches of other shapes are not solved here');
  const right = vector ? t('unsqueeze', v(x.B), -1) : v(x.B);
  const out = eachMatrix([v(x.A), right], t, (m, r) => t('linalg.solve', m, r));
  return vector ? t('squeeze', out, -1) : out;
}

function triangular(x: Bound, t: Operations): Value {
  if (!given(x.upper))
    return fail('TypeError: linalg_solve_triangular() missing 1 required keyword-only arguments: "upper"');
  const left = !given(x.left) || isTrue(x.left);
  let a = t(isTrue(x.upper) ? 'triu' : 'tril', v(x.A));
  if (flag(x.unitriangular)) {
    const n = shapeOf(a).slice(-1)[0];
    a = t('where', t('to', t('eye', n), { kind: 'dtype', dtype: 'bool', library: 'torch' }), t('ones_like', a), a);
  }
  return left ? t('linalg.solve', a, v(x.B)) : turned(t('linalg.solve', turned(a, t), turned(v(x.B), t)), t);
}

/** exp of a matrix by scaling, Taylor's series and squaring. */
function exponential(x: Bound, t: Operations): Value {
  const a = v(x.A ?? x.input);
  const shape = shapeOf(a);
  if (shape.length < 2) return unknown('the exponential takes a matrix');
  if (shape.length > 2) return eachMatrix([a], t, m => exponential({ A: m }, t));
  const [n] = shape;
  const double: Value = { kind: 'dtype', dtype: 'float64', library: 'torch' };
  const wide = t('to', a, double);
  const size = Number(toArray(t('max', t('sum', t('abs', wide), 1))).data[0]);
  if (!Number.isFinite(size) || size > 200) return unknown('the exponential of so large a matrix is not covered');
  const halvings = Math.max(0, Math.ceil(Math.log2(Math.max(size, 1e-300))) + 2);
  const m = t('div', wide, number(2 ** halvings));
  let term = t('to', t('eye', n), double);
  let sum = term;
  for (let k = 1; k <= 20; k++) {
    term = t('div', t('mm', term, m), k);
    sum = t('add', sum, term);
  }
  for (let k = 0; k < halvings; k++) sum = t('mm', sum, sum);
  return t('to', sum, { kind: 'dtype', dtype: toArray(a).dtype, library: 'torch' });
}

const info = (t: Operations): Value =>
  t('tensor', int(0), { named: { dtype: { kind: 'dtype', dtype: 'int32', library: 'torch' } } });

/** The inverse of a linear map between tensors. */
function tensorInverse(x: Bound, t: Operations): Value {
  const shape = shapeOf(x.A);
  const k = x.ind ? needInteger(x.ind) : 2;
  const [front, back] = [shape.slice(0, k), shape.slice(k)];
  if (sizeOf(front) !== sizeOf(back)) return unknown('a tensor of these sides has no inverse');
  const m = t('reshape', v(x.A), [sizeOf(front), sizeOf(back)]);
  return t('reshape', t('linalg.inv', m), [...back, ...front]);
}

function tensorSolve(x: Bound, t: Operations): Value {
  if (given(x.dims)) return unknown('dims= of tensorsolve is not covered yet');
  const [a, b] = [shapeOf(x.A), shapeOf(x.B)];
  const rest = a.slice(b.length);
  if (sizeOf(rest) !== sizeOf(b)) return unknown('tensors of these sides are not solved');
  const m = t('reshape', v(x.A), [sizeOf(b), sizeOf(rest)]);
  return t('reshape', t('linalg.solve', m, t('reshape', v(x.B), [sizeOf(b)])), rest);
}

/** A norm over several dimensions at once. */
export function severalNorm(x: Bound, t: Operations): Value | undefined {
  if (!given(x.dim) || x.dim.kind === 'scalar') return undefined;
  const a = v(x.A);
  const shape = shapeOf(a);
  if (!toArray(a).dtype.startsWith('float')) return undefined;
  const dims = integersOf(x.dim).map(k => dimOf(k, shape.length));
  if (dims.length < 2) return undefined;
  const rest = shape.map((_, k) => k).filter(k => !dims.includes(k));
  const flat = t('reshape', t('permute', a, [...rest, ...dims]), [
    ...rest.map(k => shape[k]),
    sizeOf(dims.map(k => shape[k])),
  ]);
  const out = t('linalg.vector_norm', flat, x.ord ?? 2, -1);
  const kept = shape.map((n, k) => (dims.includes(k) ? 1 : n));
  return flag(x.keepdim) ? t('reshape', out, kept) : out;
}

/** Turns along several dimensions one after another; undefined for a single one. */
export function rolls(x: Bound, t: Operations): Value | undefined {
  if (!x.shifts || x.shifts.kind === 'scalar') return undefined;
  const shifts = integersOf(x.shifts);
  if (shapeOf(x.input).length === 0) return unknown('a turn of a number is refused');
  const dims = given(x.dims) ? integersOf(x.dims) : [];
  if (dims.length !== shifts.length) return unknown('turns of another number than there are dimensions');
  return dims.reduce<Value>((out, d, k) => t('roll', out, shifts[k], d), v(x.input));
}

/** Entries on the diagonal of the last two dimensions. */
function embedded(x: Bound, t: Operations): Value {
  if (given(x.offset) || x.dim1 !== undefined || x.dim2 !== undefined)
    return unknown('diag_embed along other diagonals is not covered yet');
  const shape = shapeOf(x.input);
  if (shape.length === 0) return unknown('diag_embed of a number is refused');
  const n = shape[shape.length - 1];
  const mask = t('to', t('eye', n), { kind: 'dtype', dtype: 'bool', library: 'torch' });
  const full = t('broadcast_to', t('unsqueeze', v(x.input), -2), [...shape.slice(0, -1), n, n]);
  return t('where', mask, full, t('zeros_like', full));
}

const xyGrid = (items: readonly Value[], t: Operations): Value => {
  const [first, second, ...rest] = items;
  const [rows, columns, ...others] = itemsOf(t('meshgrid', second, first, ...rest));
  return tuple([columns, rows, ...others]);
};

/** Grids of columns and rows; undefined where rows come first. */
export function grids(x: Bound, t: Operations): Value | undefined {
  if (x.indexing?.kind !== 'string' || x.indexing.value !== 'xy') return undefined;
  const given = itemsOf(x.tensors);
  const list = given.length === 1 && given[0].kind !== 'array' ? itemsOf(given[0]) : given;
  return list.length < 2 ? undefined : xyGrid(list, t);
}

/** Each channel over the mean square of its neighbours. */
function responseNorm(x: Bound, t: Operations): Value {
  const input = v(x.input);
  const shape = shapeOf(input);
  const n = needInteger(v(x.size));
  if (shape.length < 3)
    return fail(
      `ValueError: Expected 3D or higher dimensionality                          input (got ${shape.length} dimensions)`,
    );
  const plane = sizeOf(shape.slice(2));
  const squares = t('reshape', t('mul', input, input), [shape[0], 1, shape[1], plane]);
  const padded = t('nn.functional.pad', squares, [0, 0, Math.floor(n / 2), Math.floor((n - 1) / 2)]);
  const window = tuple([int(n), int(1)]);
  const means = t('reshape', t('nn.functional.avg_pool2d', padded, window, { named: { stride: int(1) } }), shape);
  const below = t('pow', t('add', t('mul', means, real(x.alpha, 1e-4)), real(x.k, 1)), real(x.beta, 0.75));
  return t('div', input, below);
}

const powerPool =
  (d: 1 | 2) =>
  (x: Bound, t: Operations): Value => {
    const p = real(x.norm_type, 2);
    const sides = integersOf(v(x.kernel_size));
    const count = sides.length === 1 ? sides[0] ** d : sizeOf(sides);
    const named = {
      ...(given(x.stride) ? { stride: x.stride } : {}),
      ...(given(x.ceil_mode) ? { ceil_mode: x.ceil_mode } : {}),
    };
    const means = t(`nn.functional.avg_pool${d}d`, t('pow', v(x.input), p), v(x.kernel_size), { named });
    return t('pow', t('mul', t('mul', t('sign', means), t('relu', t('abs', means))), count), 1 / p);
  };

const f = (name: string): string => `nn.functional.${name}`;

export const COMPOSED_ALGEBRA: readonly Composed[] = [
  ...composed('linalg.solve_triangular', 'A, B, *, upper=, left=True, unitriangular=False', triangular),
  ...composed('cholesky_solve', 'input, input2, upper=False', (x, t) => {
    const l = v(x.input2);
    const a = flag(x.upper) ? t('matmul', turned(l, t), l) : t('matmul', l, turned(l, t));
    return t('linalg.solve', a, v(x.input));
  }),
  ...composed('linalg.matrix_exp', 'A', exponential),
  ...composedBoth('matrix_exp', 'input', exponential),
  ...composed('linalg.tensorinv', 'A, ind=2', tensorInverse),
  ...composed('linalg.tensorsolve', 'A, B, dims=None', tensorSolve),
  ...composed('linalg.inv_ex', 'A, *, check_errors=False', (x, t) =>
    namedResult('linalg_inv_ex', ['inverse', 'info'], [t('linalg.inv', v(x.A)), info(t)]),
  ),
  ...composed('linalg.cholesky_ex', 'A, *, upper=False, check_errors=False', (x, t) => {
    const l = t('linalg.cholesky', v(x.A));
    return namedResult('linalg_cholesky_ex', ['L', 'info'], [flag(x.upper) ? turned(l, t) : l, info(t)]);
  }),
  ...composedBoth('svd', 'input, some=True, compute_uv=True', (x, t) => {
    if (given(x.compute_uv) && !isTrue(x.compute_uv))
      return unknown('singular values alone are given by linalg.svdvals');
    const some = !given(x.some) || isTrue(x.some);
    const full: Value = { kind: 'scalar', dtype: 'bool', value: !some, weak: true };
    const [u, s, vh] = itemsOf(t('linalg.svd', v(x.input), full));
    return namedResult('svd', ['U', 'S', 'V'], [u, s, turned(vh, t)]);
  }),
  ...composedBoth('qr', 'input, some=True', (x, t) => {
    const mode: Value = { kind: 'string', value: !given(x.some) || isTrue(x.some) ? 'reduced' : 'complete' };
    return namedResult('qr', ['Q', 'R'], itemsOf(t('linalg.qr', v(x.input), mode)));
  }),
  ...composed('diag_embed Tensor.diag_embed', 'input, offset=0, dim1=, dim2=', embedded, 'DiagEmbedBackward0'),
  ...composed('diagflat Tensor.diagflat', 'input, offset=0', (x, t) =>
    t('diag', t('flatten', v(x.input)), x.offset ?? 0),
  ),
  ...composed(f('local_response_norm'), 'input, size, alpha=0.0001, beta=0.75, k=1.0', responseNorm),
  ...composed(f('lp_pool1d'), 'input, norm_type, kernel_size, stride=None, ceil_mode=False', powerPool(1)),
  ...composed(f('lp_pool2d'), 'input, norm_type, kernel_size, stride=None, ceil_mode=False', powerPool(2)),
  ...composed('nn.utils.parameters_to_vector', 'parameters', (x, t) =>
    t('cat', tuple(itemsOf(x.parameters).map(p => t('reshape', p, [sizeOf(shapeOf(p))])))),
  ),
  ...composedBoth('narrow_copy', 'input, dim, start, length', (x, t) =>
    t('clone', t('narrow', v(x.input), v(x.dim), v(x.start), v(x.length))),
  ),
  ...composedBoth('select_scatter', 'input, src, dim, index', (x, t) => {
    const axis = dimOf(needInteger(v(x.dim)), shapeOf(x.input).length);
    const n = shapeOf(x.input)[axis];
    const at = needInteger(v(x.index));
    const k = at < 0 ? at + n : at;
    const parts = itemsOf(t('split', v(x.input), tuple([k, 1, n - k - 1].map(int)), axis));
    return t('cat', tuple([parts[0], t('unsqueeze', v(x.src), axis), parts[2]]), axis);
  }),
];
