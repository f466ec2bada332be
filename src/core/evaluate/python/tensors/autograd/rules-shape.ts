import { isRowMajor, sizeOf } from '../../../../values/ndarray';
import { NONE, tuple, type Value } from '../../../../values/value';
import { integersOf, needInteger, toArray } from '../../coerce';
import { dimOf, given, isTensor } from '../tensor';
import { collected } from '../torch/define';
import type { Operations } from './node';
import { each, type Gradient, light, type Recorded, type Rule, rule, viewing } from './rules';
import { shapeOf } from './rules-reductions';

/** Other shapes of the same entries, parts of tensors, and tensors put together. */

const v = (x: Value | undefined): Value => x ?? NONE;
const rank = (x: Recorded): number => shapeOf(x.input).length;

const back: Gradient = (g, x, t) => t('reshape', g, shapeOf(x.input));

/** A turn of the dimensions, undone. */
const permuted = (order: readonly number[], g: Value, t: Operations): Value =>
  t(
    'permute',
    g,
    order.map((_, k) => order.indexOf(k)),
  );

/** Whether a shape is the tensor's own, or a copy of it. */
const reshapes = (x: Recorded): string | undefined =>
  isTensor(x.result) && isTensor(x.input) && x.result.array.data !== x.input.array.data
    ? 'UnsafeViewBackward0'
    : undefined;

/** g at the places along a dimension that a part was taken from, 0 elsewhere. */
function placed(g: Value, shape: readonly number[], axis: number, start: number, t: Operations): Value {
  const length = shapeOf(g)[axis];
  const rest = shape[axis] - start - length;
  const block = (n: number): Value =>
    t(
      'zeros_like',
      t(
        'broadcast_to',
        t('sum', g, [axis], true),
        shape.map((m, k) => (k === axis ? n : m)),
      ),
    );
  const parts = [...(start > 0 ? [block(start)] : []), g, ...(rest > 0 ? [block(rest)] : [])];
  return parts.length === 1 ? g : t('cat', tuple(parts), axis);
}

const atLeastZero = (all: readonly (Value | undefined)[], x: Recorded, t: Operations): Value[] => {
  const { items } = x.result.kind === 'tuple' ? x.result : { items: [] };
  return items.map((item, k) => all[k] ?? t('zeros_like', item));
};

/** Pieces along a dimension. */
const pieces = (node: string | undefined, name: string): Rule =>
  light(
    node,
    {
      [name]: (_, x, t, all) =>
        t('cat', tuple(atLeastZero(all, x, t)), dimOf(x.dim ? needInteger(x.dim) : 0, shapeOf(x[name]).length)),
    },
    { view: true },
  );

const joined: Gradient = (g, x, t) => {
  const items = x.tensors?.kind === 'list' || x.tensors?.kind === 'tuple' ? x.tensors.items : [];
  const axis = dimOf(x.dim ? needInteger(x.dim) : 0, shapeOf(g).length);
  let start = 0;
  return items.map(item => {
    const n = shapeOf(item)[axis] ?? 0;
    // An empty vector fits everywhere, by old custom.
    if (shapeOf(item).length !== shapeOf(g).length) return undefined;
    start += n;
    return t('narrow', g, axis, start - n, n);
  });
};

/** Rows above one another, or side by side, which vectors may be too. */
const stackedAs =
  (axis: (item: Value) => number): Gradient =>
  (g, x, t) => {
    const items = x.tensors?.kind === 'list' || x.tensors?.kind === 'tuple' ? x.tensors.items : [];
    const at = items[0] ? axis(items[0]) : 0;
    let start = 0;
    return items.map(item => {
      const shape = shapeOf(item);
      const n = shape.length > at ? (shape.length === 1 && at === 0 && shapeOf(g).length > 1 ? 1 : shape[at]) : 1;
      start += n;
      return t('reshape', t('narrow', g, at, start - n, n), shape);
    });
  };

/** Adds each row or entry to the place that it came from. */
const gathered: Gradient = (g, x, t) => t('scatter_add', t('zeros_like', v(x.input)), v(x.dim), v(x.index), g);

/** The gradient at the places that an index names, of a source that is no larger. */
const picked: Gradient = (g, x, t) => {
  const index = v(x.index);
  return shapeOf(x.src ?? x.source).join() === shapeOf(index).join() ? t('gather', g, v(x.dim), index) : undefined;
};

const triangle =
  (name: string): Gradient =>
  (g, x, t) =>
    t(name, g, x.diagonal ?? 0);

export const SHAPE_RULES: readonly (readonly [string, Rule])[] = [
  ['view', viewing('ViewBackward0', back)],
  ...each(
    'reshape flatten',
    light(x => (isRowMajor(toArray(v(x.input))) ? undefined : reshapes(x)), { input: back }, { view: true }),
  ),
  ...each('ravel reshape_as view_as', light(undefined, { input: back }, { view: true })),
  ...each('unflatten', viewing('ViewBackward0', back)),
  [
    'permute',
    viewing('PermuteBackward0', (g, x, t) => {
      const order = (x.dims?.kind === 'tuple' ? collected(x.dims) : integersOf(v(x.dims))).map(k => dimOf(k, rank(x)));
      return permuted(order, g, t);
    }),
  ],
  [
    'T',
    viewing('PermuteBackward0', (g, _, t) =>
      t(
        'permute',
        g,
        shapeOf(g).map((_, k) => shapeOf(g).length - 1 - k),
      ),
    ),
  ],
  ...each(
    'mT mH adjoint',
    viewing('TransposeBackward0', (g, _, t) => t('transpose', g, -1, -2)),
  ),
  ['t', viewing('TBackward0', (g, _, t) => t('t', g))],
  ...each(
    'transpose swapaxes swapdims',
    viewing('TransposeBackward0', (g, x, t) => t('transpose', g, v(x.dim0), v(x.dim1))),
  ),
  ...each(
    'movedim moveaxis',
    viewing('PermuteBackward0', (g, x, t) => t('movedim', g, v(x.destination), v(x.source))),
  ),
  ['squeeze', viewing(undefined, back)],
  ['unsqueeze', viewing('UnsqueezeBackward0', back)],
  ...each('atleast_1d atleast_2d', light(undefined, { input: back }, { view: true })),
  // The engine adds up what was broadcast.
  ...each(
    'expand expand_as',
    viewing('ExpandBackward0', g => g),
  ),
  ['broadcast_to', viewing('ExpandBackward0', g => g)],
  [
    'repeat',
    light('RepeatBackward0', {
      input: (g, x, t) => {
        const times = collected(x.sizes);
        const shape = shapeOf(x.input);
        const lead = times.length - shape.length;
        const wide = times.flatMap((n, k) => [n, shape[k - lead] ?? 1]);
        return t(
          'reshape',
          t(
            'sum',
            t('reshape', g, wide),
            times.map((_, k) => 2 * k),
          ),
          shape,
        );
      },
    }),
  ],
  [
    'flip',
    light('FlipBackward0', {
      input: (g, x, t) => t('flip', g, x.dims?.kind === 'tuple' ? collected(x.dims) : v(x.dims)),
    }),
  ],
  ...each('cat concat concatenate', light('CatBackward0', { tensors: joined })),
  [
    'stack',
    light('StackBackward0', {
      tensors: (g, x, t) => {
        const axis = dimOf(x.dim ? needInteger(x.dim) : 0, shapeOf(g).length);
        return Array.from({ length: shapeOf(g)[axis] }, (_, k) => t('select', g, axis, k));
      },
    }),
  ],
  ...each('vstack row_stack', light('CatBackward0', { tensors: stackedAs(() => 0) })),
  ['hstack', light('CatBackward0', { tensors: stackedAs(item => (shapeOf(item).length < 2 ? 0 : 1)) })],
  ['column_stack', light(undefined, { tensors: stackedAs(() => 1) })],
  ['split', pieces(undefined, 'tensor')],
  ['chunk', pieces(undefined, 'input')],
  [
    'unbind',
    light(
      'UnbindBackward0',
      {
        input: (_, x, t, all) => t('stack', tuple(atLeastZero(all, x, t)), x.dim ?? 0),
      },
      { view: true },
    ),
  ],
  [
    'narrow',
    viewing('SliceBackward0', (g, x, t) => {
      const axis = dimOf(needInteger(v(x.dim)), rank(x));
      const start = needInteger(v(x.start));
      return placed(g, shapeOf(x.input), axis, start < 0 ? start + shapeOf(x.input)[axis] : start, t);
    }),
  ],
  [
    'select',
    viewing('SelectBackward0', (g, x, t) => {
      const axis = dimOf(needInteger(v(x.dim)), rank(x));
      const at = needInteger(v(x.index));
      return placed(t('unsqueeze', g, axis), shapeOf(x.input), axis, at < 0 ? at + shapeOf(x.input)[axis] : at, t);
    }),
  ],
  ['gather', rule('GatherBackward0', { input: ['index', gathered] })],
  [
    'scatter',
    rule('ScatterBackward0', {
      input: ['index', (g, x, t) => (given(x.reduce) ? undefined : t('scatter', g, v(x.dim), v(x.index), 0))],
      src: ['index', (g, x, t, all, c) => (given(x.reduce) ? undefined : picked(g, x, t, all, c))],
    }),
  ],
  ['scatter_add', rule('ScatterAddBackward0', { input: g => g, src: ['index', picked] })],
  [
    'index_add',
    rule('IndexAddBackward0', {
      input: g => g,
      source: ['index', (g, x, t) => t('mul', t('index_select', g, v(x.dim), v(x.index)), x.alpha ?? 1)],
    }),
  ],
  [
    'index_copy',
    rule('IndexCopyBackward0', {
      input: ['index', (g, x, t) => t('index_fill', g, v(x.dim), v(x.index), 0)],
      source: ['index', (g, x, t) => t('index_select', g, v(x.dim), v(x.index))],
    }),
  ],
  [
    'index_fill',
    rule('IndexFillBackward0', { input: ['index', (g, x, t) => t('index_fill', g, v(x.dim), v(x.index), 0)] }),
  ],
  [
    'index_select',
    rule('IndexSelectBackward0', {
      input: [
        'index',
        (g, x, t) => {
          const axis = dimOf(needInteger(v(x.dim)), rank(x));
          const shape = shapeOf(g).map((_, k) => (k === axis ? shapeOf(g)[axis] : 1));
          const index = t('broadcast_to', t('reshape', v(x.index), shape), shapeOf(g));
          return t('scatter_add', t('zeros_like', v(x.input)), axis, index, g);
        },
      ],
    }),
  ],
  [
    'embedding',
    rule('EmbeddingBackward0', {
      weight: [
        'input',
        (g, x, t) => {
          const [rows, n] = shapeOf(x.weight);
          const count = sizeOf(shapeOf(x.input));
          const index = t('broadcast_to', t('reshape', v(x.input), [count, 1]), [count, n]);
          let own = t('reshape', g, [count, n]);
          if (given(x.padding_idx)) {
            const padding = needInteger(x.padding_idx);
            own = t('masked_fill', own, t('eq', index, padding < 0 ? padding + rows : padding), 0);
          }
          return t('scatter_add', t('zeros_like', t('reshape', v(x.weight), [rows, n])), 0, index, own);
        },
      ],
    }),
  ],
  ['tril', light('TrilBackward0', { input: triangle('tril') })],
  ['triu', light('TriuBackward0', { input: triangle('triu') })],
  [
    'diag',
    light('DiagBackward0', {
      input: (g, x, t) =>
        rank(x) === 1
          ? t('diag', g, x.diagonal ?? 0)
          : given(x.diagonal) || shapeOf(x.input)[0] !== shapeOf(x.input)[1]
            ? undefined
            : t('diag', g),
    }),
  ],
  [
    'diagonal',
    viewing('DiagonalBackward0', (g, x, t) =>
      rank(x) !== 2 || given(x.offset) || shapeOf(x.input)[0] !== shapeOf(x.input)[1] ? undefined : t('diag', g),
    ),
  ],
  ['clone', light('CloneBackward0', { input: g => g })],
  ['contiguous', light('CloneBackward0', { input: g => g })],
  ...each('to type double float half', light('ToCopyBackward0', { input: g => g })),
];
