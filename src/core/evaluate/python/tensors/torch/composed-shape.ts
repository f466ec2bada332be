import { broadcastShapes } from '../../../../values/ndarray';
import { NONE, tuple, type Value } from '../../../../values/value';
import type { Bound } from '../../../catalogue';
import { fail, unknown } from '../../../stop';
import { int, integersOf, needInteger, real, toArray } from '../../coerce';
import { isTrue } from '../../reductions';
import type { Operations } from '../autograd/node';
import { dimOf, given, isTensor } from '../tensor';
import { type Composed, composed, composedBoth } from './composed';
import { collected, dimsOf } from './define';

/** Functions of shapes and sums that torch makes of simpler ones. */

const v = (x: Value | undefined): Value => x ?? NONE;
const shapeOf = (x: Value | undefined): readonly number[] => toArray(v(x)).shape;
const itemsOf = (x: Value | undefined): readonly Value[] =>
  x?.kind === 'tuple' || x?.kind === 'list' ? x.items : unknown('torch takes a list of tensors here');
/** `f(a, b)` or `f((a, b))`. */
const severalOf = (x: Value | undefined): readonly Value[] => {
  const items = itemsOf(x);
  return items.length === 1 && !isTensor(items[0]) ? itemsOf(items[0]) : items;
};
const axisOf = (x: Value | undefined, otherwise: number, n: number): number =>
  dimOf(given(x) ? needInteger(x) : otherwise, n);

/** At least so many dimensions: new ones in front, and of three the last behind. */
function atLeast(x: Value, n: number, t: Operations): Value {
  const shape = shapeOf(x);
  if (shape.length >= n) return x;
  if (shape.length === 0) return t('reshape', x, Array<number>(n).fill(1));
  if (n < 3) return t('unsqueeze', x, 0);
  return shape.length === 1 ? t('unsqueeze', t('unsqueeze', x, 0), -1) : t('unsqueeze', x, -1);
}

const atLeastEach =
  (n: number) =>
  (x: Bound, t: Operations): Value => {
    const items = itemsOf(x.tensors);
    if (items.length === 1 && isTensor(items[0])) return atLeast(items[0], n, t);
    return tuple(severalOf(x.tensors).map(item => atLeast(item, n, t)));
  };

/** Pieces at places, or so many of nearly equal lengths, longer ones first. */
function tensorSplit(x: Value, by: Value, axis: number, t: Operations): Value {
  const n = shapeOf(x)[axis];
  if (isTensor(by)) return unknown('a split at places in a tensor is not covered');
  if (by.kind !== 'scalar') {
    const ends = integersOf(by).map(k => Math.min(Math.max(k < 0 ? k + n : k, 0), n));
    const starts = [0, ...ends];
    return tuple([...ends, n].map((end, k) => t('narrow', x, axis, starts[k], Math.max(end - starts[k], 0))));
  }
  const count = needInteger(by);
  if (count < 1) return fail(`RuntimeError: number of sections must be larger than 0, got ${count}`);
  let start = 0;
  return tuple(
    Array.from({ length: count }, (_, k) => {
      const length = Math.floor(n / count) + (k < n % count ? 1 : 0);
      start += length;
      return t('narrow', x, axis, start - length, length);
    }),
  );
}

const splitAlong =
  (axis: (n: number) => number, least: number, name: string) =>
  (x: Bound, t: Operations): Value => {
    const input = v(x.input);
    const shape = shapeOf(input);
    if (shape.length < least)
      return fail(
        `RuntimeError: torch.${name} requires a tensor with at least ${least} dimension, but got a tensor with ${shape.length} dimensions!`,
      );
    const at = axis(shape.length);
    const by = v(x.indices_or_sections);
    if (by.kind === 'scalar' && shape[at] % needInteger(by) !== 0)
      return fail(
        `RuntimeError: torch.${name} attempted to split along dimension ${at}, but the size of the dimension ${shape[at]} is not divisible by the split_size ${needInteger(by)}!`,
      );
    return tensorSplit(input, by, at, t);
  };

/** Differences of neighbours along a dimension, several times over. */
function diff(x: Bound, t: Operations): Value {
  const shape = shapeOf(x.input);
  const axis = axisOf(x.dim, -1, shape.length);
  const more = [x.prepend, x.input, x.append].filter(given);
  let out = more.length > 1 ? t('cat', tuple(more), axis) : v(x.input);
  const whole = toArray(out).dtype === 'bool';
  const times = x.n ? needInteger(x.n) : 1;
  for (let k = 0; k < times; k++) {
    const n = shapeOf(out)[axis];
    if (n === 0) return out;
    const [late, early] = [t('narrow', out, axis, 1, n - 1), t('narrow', out, axis, 0, n - 1)];
    out = whole ? t('logical_xor', late, early) : t('sub', late, early);
  }
  return out;
}

/** Sums of strips under a line through points, all at once or running. */
const trapezoid =
  (running: boolean) =>
  (x: Bound, t: Operations): Value => {
    const y = v(x.y);
    if (toArray(y).dtype === 'bool') return unknown('a trapezoid of truth values is refused');
    const shape = shapeOf(y);
    const axis = axisOf(x.dim, -1, shape.length);
    const n = shape[axis];
    const step = x.x ?? x.dx;
    const both = t('add', t('narrow', y, axis, 1, n - 1), t('narrow', y, axis, 0, n - 1));
    const sum = (e: Value): Value => (running ? t('cumsum', e, axis) : t('sum', e, axis));
    if (isTensor(step)) {
      const own = shapeOf(step);
      if (own.length !== 1 && own.join() !== shape.join())
        return unknown('a trapezoid over these places is not covered');
      const widths = diff({ input: step, dim: own.length === 1 ? int(0) : int(axis) }, t);
      const wide =
        own.length === 1
          ? t(
              'reshape',
              widths,
              shape.map((_, k) => (k === axis ? own[0] - 1 : 1)),
            )
          : widths;
      return t('div', sum(t('mul', both, wide)), 2);
    }
    const dx = given(step) ? real(step, 1) : 1;
    return running ? t('mul', t('cumsum', both, axis), dx / 2) : t('mul', sum(both), dx / 2);
  };

/** Products over pairs of dimensions, as one product of matrices. */
function tensordot(x: Bound, t: Operations): Value {
  const [a, b] = [v(x.a), v(x.b)];
  const [p, q] = [shapeOf(a), shapeOf(b)];
  const dims = x.dims ?? int(2);
  let left: number[];
  let right: number[];
  if (dims.kind === 'scalar') {
    const n = needInteger(dims);
    left = Array.from({ length: n }, (_, k) => p.length - n + k);
    right = Array.from({ length: n }, (_, k) => k);
  } else {
    const [one, two] = itemsOf(dims).map(integersOf);
    left = one.map(k => dimOf(k, p.length));
    right = two.map(k => dimOf(k, q.length));
  }
  const apart = left.findIndex((k, i) => p[k] !== q[right[i]]);
  if (left.length !== right.length) return unknown('dimensions of different counts are not contracted');
  if (apart >= 0) {
    const [one, two] = [p[left[apart]], q[right[apart]]];
    if (one === 1 || two === 1) return unknown('a contraction of a side of 1 with a longer one is not covered');
    const named = dims.kind === 'scalar' ? left[apart] - p.length : left[apart];
    return fail(
      `RuntimeError: contracted dimensions need to match, but first has size ${one} in dim ${named} and second has size ${two} in dim ${right[apart]}`,
    );
  }
  const [keptLeft, keptRight] = [p, q].map((s, k) =>
    s.map((_, i) => i).filter(i => !(k === 0 ? left : right).includes(i)),
  );
  const count = (s: readonly number[], axes: readonly number[]): number => axes.reduce((n, k) => n * s[k], 1);
  const inner = count(p, left);
  const rows = t('reshape', t('permute', a, [...keptLeft, ...left]), [count(p, keptLeft), inner]);
  const columns = t('reshape', t('permute', b, [...right, ...keptRight]), [inner, count(q, keptRight)]);
  return t('reshape', t('mm', rows, columns), [...keptLeft.map(k => p[k]), ...keptRight.map(k => q[k])]);
}

/** Covariances of the rows. */
function covariance(x: Bound, t: Operations): Value {
  if (given(x.fweights) || given(x.aweights)) return unknown('weights of a covariance are not covered yet');
  const input = v(x.input);
  const shape = shapeOf(input);
  if (shape.length > 2)
    return fail(
      'RuntimeError: cov(): expected input to have two or fewer dimensions but got an input with ' +
        `${shape.length} dimensions`,
    );
  const rows = shape.length < 2 ? t('reshape', input, [1, shape[0] ?? 1]) : input;
  const n = shapeOf(rows)[1];
  const correction = given(x.correction) ? needInteger(x.correction) : 1;
  if (n - correction <= 0) return unknown('a covariance of so few numbers is not covered');
  const centred = t('sub', rows, t('div', t('sum', rows, 1, true), n));
  const out = t('div', t('mm', centred, t('t', centred)), n - correction);
  return shapeOf(rows)[0] === 1 ? t('reshape', out, []) : out;
}

function correlations(x: Bound, t: Operations): Value {
  if (shapeOf(x.input).length > 2) return unknown('correlations of more than two dimensions are refused');
  const c = covariance(x, t);
  const n = shapeOf(c);
  if (n.length === 0) return t('div', c, c);
  const d = t('sqrt', t('diagonal', c));
  const out = t('div', t('div', c, t('reshape', d, [n[0], 1])), t('reshape', d, [1, n[0]]));
  return t('clamp', out, -1, 1);
}

/** Turns of a quarter in the plane of two dimensions. */
function turned(x: Bound, t: Operations): Value {
  const n = shapeOf(x.input).length;
  if (n < 2) return fail(`RuntimeError: expected total dims >= 2, but got total dims = ${n}`);
  const [p, q] = (given(x.dims) ? integersOf(x.dims) : [0, 1]).map(k => dimOf(k, n));
  const times = (((x.k ? needInteger(x.k) : 1) % 4) + 4) % 4;
  if (times === 1) return t('transpose', t('flip', v(x.input), [q]), p, q);
  if (times === 2) return t('flip', v(x.input), [p, q]);
  return times === 3 ? t('transpose', t('flip', v(x.input), [p]), p, q) : t('clone', v(x.input));
}

function takenAlong(x: Bound, t: Operations): Value {
  const [input, index] = [v(x.input), v(x.indices)];
  if (!given(x.dim)) {
    const flat = (e: Value): Value => t('reshape', e, [shapeOf(e).reduce((n, m) => n * m, 1)]);
    return t('gather', flat(input), 0, flat(index));
  }
  const n = shapeOf(input).length;
  if (n === 0) return unknown('take_along_dim of a number is refused');
  const axis = axisOf(x.dim, 0, n);
  const cut = (s: readonly number[]): number[] => s.map((m, k) => (k === axis ? 1 : m));
  const shape = broadcastShapes(cut(shapeOf(input)), cut(shapeOf(index))) ?? unknown('these shapes do not broadcast');
  const spread = (e: Value): Value =>
    t(
      'broadcast_to',
      e,
      shape.map((m, k) => (k === axis ? shapeOf(e)[axis] : m)),
    );
  return t('gather', spread(input), axis, spread(index));
}

function blocks(x: Bound, t: Operations): Value {
  const deep = itemsOf(x.tensors).findIndex(item => shapeOf(item).length > 2);
  if (deep >= 0)
    return fail(
      `RuntimeError: torch.block_diag: Input tensors must have 2 or fewer dimensions. Input ${deep} has ${shapeOf(itemsOf(x.tensors)[deep]).length} dimensions`,
    );
  const items = itemsOf(x.tensors).map(item => atLeast(item, 2, t));
  const columns = items.reduce((n, item) => n + shapeOf(item)[1], 0);
  let before = 0;
  const rows = items.map(item => {
    const [, n] = shapeOf(item);
    before += n;
    return t('nn.functional.pad', item, [before - n, columns - before]);
  });
  return t('cat', tuple(rows), 0);
}

/** Every choice of one entry from each vector, one a row. */
function cartesian(x: Bound, t: Operations): Value {
  const items = itemsOf(x.tensors);
  if (items.length === 1) return items[0];
  if (new Set(items.map(e => toArray(e).dtype)).size > 1)
    return fail('RuntimeError: meshgrid expects all tensors to have the same dtype');
  const grids = t('meshgrid', ...items);
  return t('stack', tuple(itemsOf(grids).map(g => t('flatten', g))), 1);
}

function combinations(x: Bound, t: Operations): Value {
  const [n] = shapeOf(x.input);
  const r = x.r ? needInteger(x.r) : 2;
  const again = x.with_replacement !== undefined && isTrue(x.with_replacement);
  if (r < 1 || r > 6 || n > 40) return unknown('combinations of this many are not covered');
  let chosen: number[][] = [[]];
  for (let k = 0; k < r; k++)
    chosen = chosen.flatMap(c => {
      const from = c.length === 0 ? 0 : c[c.length - 1] + (again ? 0 : 1);
      return Array.from({ length: Math.max(n - from, 0) }, (_, i) => [...c, from + i]);
    });
  if (chosen.length === 0) return t('reshape', t('narrow', v(x.input), 0, 0, 0), [0, r]);
  const index = t('tensor', { kind: 'list', items: chosen.flat().map(int) });
  return t('reshape', t('index_select', v(x.input), 0, index), [chosen.length, r]);
}

function unflattened(x: Bound, t: Operations): Value {
  const shape = shapeOf(x.input);
  const axis = axisOf(x.dim, 0, shape.length);
  const sizes = collected(tuple([v(x.sizes ?? x.unflattened_size)]));
  const known = sizes.filter(n => n !== -1).reduce((n, m) => n * m, 1);
  const full = sizes.map(n => (n === -1 ? shape[axis] / known : n));
  return t('Tensor.view', v(x.input), [...shape.slice(0, axis), ...full, ...shape.slice(axis + 1)]);
}

/** Both the mean and the spread over dimensions. */
const withMean =
  (name: 'var' | 'std') =>
  (x: Bound, t: Operations): Value => {
    const flag = x.dim?.kind === 'scalar' && x.dim.dtype === 'bool' ? x.dim : undefined;
    const settings = Object.fromEntries(
      Object.entries({ ...x, input: undefined, dim: flag ? undefined : x.dim, unbiased: flag ?? x.unbiased }).flatMap(
        ([k, e]) => (e && given(e) ? [[k, e] as const] : []),
      ),
    );
    const axes = dimsOf(flag ? undefined : x.dim, shapeOf(x.input).length);
    const mean = t('mean', v(x.input), axes, x.keepdim ?? false);
    return tuple([t(name, v(x.input), { named: settings }), mean]);
  };

const repeatedAs = (x: Bound, t: Operations): Value => {
  const n = shapeOf(x.input).length;
  const times = collected(x.dims);
  return t('Tensor.repeat', v(x.input), ...[...Array<number>(Math.max(0, n - times.length)).fill(1), ...times]);
};

export const COMPOSED_SHAPE: readonly Composed[] = [
  ...[1, 2, 3].flatMap(n => composed(`atleast_${n}d`, '*tensors', atLeastEach(n))),
  ...composedBoth('tensor_split', 'input, indices_or_sections, dim=0', (x, t) =>
    tensorSplit(v(x.input), v(x.indices_or_sections), axisOf(x.dim, 0, shapeOf(x.input).length), t),
  ),
  ...composedBoth(
    'hsplit',
    'input, indices_or_sections',
    splitAlong(n => (n === 1 ? 0 : 1), 1, 'hsplit'),
  ),
  ...composedBoth(
    'vsplit',
    'input, indices_or_sections',
    splitAlong(() => 0, 2, 'vsplit'),
  ),
  ...composedBoth(
    'dsplit',
    'input, indices_or_sections',
    splitAlong(() => 2, 3, 'dsplit'),
  ),
  ...composed('dstack', 'tensors', (x, t) => t('cat', tuple(itemsOf(x.tensors).map(item => atLeast(item, 3, t))), 2)),
  ...composedBoth('diff', 'input, n=1, dim=-1, prepend=None, append=None', diff),
  ...composed('trapezoid trapz', 'y, x=, *, dx=, dim=-1', trapezoid(false)),
  ...composed('cumulative_trapezoid', 'y, x=, *, dx=, dim=-1', trapezoid(true)),
  ...composed('tensordot', 'a, b, dims=2', tensordot),
  ...composed('cov Tensor.cov', 'input, *, correction=1, fweights=None, aweights=None', covariance, 'SqueezeBackward0'),
  ...composedBoth('corrcoef', 'input', correlations),
  ...composedBoth('rot90', 'input, k=1, dims=(0, 1)', turned),
  ...composedBoth('take_along_dim', 'input, indices, dim=None', takenAlong),
  ...composed('block_diag', '*tensors', blocks),
  ...composed('cartesian_prod', '*tensors', cartesian),
  ...composed('combinations', 'input, r=2, with_replacement=False', combinations),
  ...composedBoth('unflatten', 'input, dim, sizes', unflattened),
  ...composed('nn.functional.unflatten', 'input, dim, unflattened_size', unflattened),
  ...composed('var_mean', 'input, dim=None, unbiased=None, keepdim=False, *, correction=None', withMean('var')),
  ...composed('std_mean', 'input, dim=None, unbiased=None, keepdim=False, *, correction=None', withMean('std')),
  ...composed('Tensor.tile', 'input, *dims', repeatedAs),
  ...composedBoth('positive', 'input', x => v(x.input)),
  ...composedBoth('addmv', 'input, mat, vec, *, beta=1, alpha=1', (x, t) => affine(x, t('mv', v(x.mat), v(x.vec)), t)),
  ...composedBoth('addr', 'input, vec1, vec2, *, beta=1, alpha=1', (x, t) =>
    affine(x, t('outer', v(x.vec1), v(x.vec2)), t),
  ),
  ...composedBoth('baddbmm', 'input, batch1, batch2, *, beta=1, alpha=1', (x, t) =>
    affine(x, t('bmm', v(x.batch1), v(x.batch2)), t),
  ),
  ...composedBoth('addbmm', 'input, batch1, batch2, *, beta=1, alpha=1', (x, t) =>
    affine(x, t('sum', t('bmm', v(x.batch1), v(x.batch2)), 0), t),
  ),
  ...composed('chain_matmul', '*matrices', (x, t) => itemsOf(x.matrices).reduce((p, q) => t('mm', p, q))),
  ...composedBoth('float_power', 'input, exponent', (x, t) => {
    const double: Value = { kind: 'dtype', dtype: 'float64', library: 'torch' };
    const wide = (e: Value): Value => (isTensor(e) ? t('to', e, double) : e);
    if (!isTensor(x.input)) return t('pow', t('full_like', wide(v(x.exponent)), v(x.input)), wide(v(x.exponent)));
    return t('pow', wide(x.input), wide(v(x.exponent)));
  }),
  ...composed('vander', 'x, N=None, increasing=False', (x, t) => {
    const [n] = shapeOf(x.x);
    const count = given(x.N) ? needInteger(x.N) : n;
    const powers = Array.from({ length: count }, (_, k) => (x.increasing && isTrue(x.increasing) ? k : count - 1 - k));
    const column = t('reshape', v(x.x), [n, 1]);
    return t('pow', column, t('tensor', { kind: 'list', items: powers.map(int) }));
  }),
];

/** β input + α product. */
function affine(x: Bound, product: Value, t: Operations): Value {
  const shape = shapeOf(product);
  if (broadcastShapes(shapeOf(x.input), shape)?.join() !== shape.join())
    return unknown('a sum of another shape than the product is refused');
  const scaled = given(x.alpha) && real(x.alpha, 1) !== 1 ? t('mul', product, x.alpha) : product;
  if (given(x.beta) && real(x.beta, 1) === 0) return scaled;
  return t('add', given(x.beta) && real(x.beta, 1) !== 1 ? t('mul', v(x.input), x.beta) : v(x.input), scaled);
}
