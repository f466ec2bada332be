import { ndarray, positions, sizeOf } from '../../../../values/ndarray';
import { NONE, type Value } from '../../../../values/value';
import { needInteger, toArray } from '../../coerce';
import { isTrue } from '../../reductions';
import { dimOf, given, tensor } from '../tensor';
import type { Operations } from './node';
import { each, type Gradient, light, type Recorded, type Rule, rule } from './rules';
import { shapeOf, shared } from './rules-reductions';

/** What is picked, sorted, turned round or repeated gives its gradient back to where it came from. */

const v = (x: Value | undefined): Value => x ?? NONE;
const rank = (x: Recorded): number => shapeOf(x.input).length;

/** The gradient put at places of the flattened tensor, adding up where they are equal. */
function toPlaces(g: Value, places: Value, x: Recorded, t: Operations): Value {
  const shape = shapeOf(x.input);
  const flat = t('reshape', t('zeros_like', v(x.input)), [sizeOf(shape)]);
  const n = sizeOf(shapeOf(g));
  return t('reshape', t('scatter_add', flat, 0, t('reshape', places, [n]), t('reshape', g, [n])), shape);
}

/** Values along a dimension by the places that stand beside them in the result. */
const byPlaces =
  (otherwise: number | undefined): Gradient =>
  (g, x, t) => {
    if (x.result.kind !== 'tuple' || (otherwise === undefined && !given(x.dim))) return undefined;
    const axis = dimOf(given(x.dim) ? needInteger(x.dim) : (otherwise ?? -1), rank(x));
    if (rank(x) === 0) return g;
    const index = x.result.items[1];
    const wide = (e: Value): Value => (shapeOf(e).length === rank(x) ? e : t('unsqueeze', e, axis));
    return t('scatter_add', t('zeros_like', v(x.input)), axis, wide(index), wide(g));
  };

function masked(g: Value, x: Recorded, t: Operations): Value | undefined {
  if (shapeOf(x.mask).join() !== shapeOf(x.input).join()) return undefined;
  const flags = toArray(v(x.mask));
  const hits = Array.from(positions(flags)).flatMap((p, k) => (Number(flags.data[p]) ? [k] : []));
  const places = tensor(ndarray('int64', [hits.length], Float64Array.from(hits)), 'torch');
  return toPlaces(g, places, x, t);
}

function rolledBack(g: Value, x: Recorded, t: Operations): Value | undefined {
  if (x.shifts?.kind !== 'scalar') return undefined;
  return t('roll', g, -needInteger(x.shifts), x.dims ?? NONE);
}

/** Repeats of one count are added up. */
function repeats(g: Value, x: Recorded, t: Operations): Value | undefined {
  if (x.repeats?.kind !== 'scalar') return undefined;
  const shape = shapeOf(x.input);
  const n = needInteger(x.repeats);
  const axis = given(x.dim) ? dimOf(needInteger(x.dim), shape.length) : 0;
  const flat = given(x.dim) ? shape : [sizeOf(shape)];
  const wide = flat.toSpliced(axis + 1, 0, n);
  return t('reshape', t('sum', t('reshape', g, wide), axis + 1), shape);
}

/** The products behind each entry, where none of them is 0. */
function cumulated(g: Value, x: Recorded, t: Operations): Value | undefined {
  const axis = dimOf(needInteger(v(x.dim)), rank(x));
  if (toArray(t('any', t('eq', v(x.input), 0))).data[0]) return undefined;
  const sums = t('flip', t('cumsum', t('flip', t('mul', g, x.result), [axis]), axis), [axis]);
  return t('div', sums, v(x.input));
}

const found = (name: string, node: string, otherwise?: number): [string, Rule] => [
  name,
  rule(node, { input: ['result', byPlaces(otherwise)] }),
];

export const SELECTING_RULES: readonly (readonly [string, Rule])[] = [
  found('sort', 'SortBackward0', -1),
  found('topk', 'TopkBackward0', -1),
  found('kthvalue', 'KthvalueBackward0', -1),
  found('mode', 'ModeBackward0', -1),
  [
    'median',
    rule(x => (given(x.dim) ? 'MedianBackward1' : 'MedianBackward0'), {
      input: [
        'input result',
        (g, x, t, all, c) => (given(x.dim) ? byPlaces(undefined)(g, x, t, all, c) : shared(g, x, t, x.result)),
      ],
    }),
  ],
  found('cummax', 'CummaxBackward0', -1),
  found('cummin', 'CumminBackward0', -1),
  ['take', rule('TakeBackward0', { input: ['index', (g, x, t) => toPlaces(g, fromFront(x, t), x, t)] })],
  ['masked_select', rule('MaskedSelectBackward0', { input: ['mask', masked] })],
  ['roll', light('RollBackward0', { input: rolledBack })],
  ...each('fliplr', light('FlipBackward0', { input: (g, _, t) => t('flip', g, [1]) })),
  ...each('flipud', light('FlipBackward0', { input: (g, _, t) => t('flip', g, [0]) })),
  ['repeat_interleave', rule(undefined, { input: repeats })],
  ['cumprod', rule('CumprodBackward0', { input: ['input result', cumulated] })],
  [
    'index_put',
    rule('IndexPutBackward0', {
      input: [
        'indices',
        (g, x, t) =>
          given(x.accumulate) && isTrue(x.accumulate)
            ? g
            : t('index_put', g, v(x.indices), t('zeros_like', v(x.values))),
      ],
    }),
  ],
];

/** Places counted from the front. */
function fromFront(x: Recorded, t: Operations): Value {
  const n = sizeOf(shapeOf(x.input));
  return t('where', t('lt', v(x.index), 0), t('add', v(x.index), n), v(x.index));
}
