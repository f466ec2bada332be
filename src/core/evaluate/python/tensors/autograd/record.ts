import type { BinaryOperator } from '../../../../expression/expression';
import { contiguous, generate, type NDArray, ndarray, reshape, sizeOf } from '../../../../values/ndarray';
import { type ArrayValue, arrayValue, tuple, type Value } from '../../../../values/value';
import type { Bound } from '../../../catalogue';
import type { Context, SubscriptValue } from '../../../dialect';
import { unknown } from '../../../stop';
import { toArray } from '../../coerce';
import { index } from '../../indexing';
import { isTensor, recording, type Tensor, tensor } from '../tensor';
import { asOutput, type Backward, type Edge, edgeTo, Step } from './node';
import { RULES } from './rule-list';
import type { Recorded, Rule } from './rules';

/** Recording how results are computed, where something in them asks for it. */

/** What the name of a function is in the list of rules. */
function keyOf(path: string): string {
  const name = path.slice(path.lastIndexOf('.') + 1);
  const place = path.split('.').at(-2) ?? '';
  return RULES.has(`${place}.${name}`) ? `${place}.${name}` : name;
}

/** Conversions, which give back a tensor that is already of the type. */
const CONVERTING = new Set('to type float double half bfloat16'.split(' '));

const tensorsIn = (v: Value | undefined): readonly Value[] =>
  v?.kind === 'list' || v?.kind === 'tuple' ? (v.dense ? [] : v.items) : v ? [v] : [];

const BINARY: Readonly<Partial<Record<BinaryOperator, string>>> = {
  add: 'add',
  subtract: 'sub',
  multiply: 'mul',
  divide: 'div',
  power: 'pow',
  matmul: 'matmul',
  modulo: 'remainder',
};

/** The result of an operator between a tensor and something else. */
export function recordedBinary(op: BinaryOperator, left: Value, right: Value, result: Value, context: Context): Value {
  if (!recording([left, right], context)) return result;
  const plain = left.kind === 'scalar';
  const name = plain && op === 'subtract' ? 'rsub' : plain && op === 'divide' ? 'rdiv' : (BINARY[op] ?? op);
  return recordedCall(`torch.${name}`, { input: left, [op === 'power' ? 'exponent' : 'other']: right }, result);
}

/** The result of a sign, or of another function of one tensor. */
export const recordedUnary = (operand: Value, result: Value, context: Context, name = 'neg'): Value =>
  recording([operand], context) ? recordedCall(`torch.${name}`, { input: operand }, result) : result;

/** The tensors that a loop over one goes through. */
export function recordedItems(v: Value, items: readonly Value[], context: Context): readonly Value[] {
  if (!recording([v], context)) return items;
  const out = recordedCall('torch.unbind', { input: v }, tuple(items));
  return out.kind === 'tuple' ? out.items : items;
}

/** The places in row-major order that subscripts pick out of a tensor, in the shape of what they pick. */
function placesOf(a: NDArray, parts: readonly SubscriptValue[], context: Context): NDArray {
  const count = sizeOf(a.shape);
  context.budget.claim(count);
  const places = reshape(
    ndarray(
      'int64',
      [count],
      generate(count, k => k),
    ),
    a.shape,
  );
  return toArray(index(arrayValue(places), parts, context));
}

/** What torch calls the last of the steps that subscripts are. */
function indexName(v: ArrayValue, parts: readonly SubscriptValue[]): string | undefined {
  if (parts.some(s => s.kind === 'at' && !['scalar', 'none', 'ellipsis'].includes(s.value.kind)))
    return 'IndexBackward0';
  let last: string | undefined;
  let axis = 0;
  const rest = parts.filter(s => s.kind === 'slice' || s.value.kind === 'scalar').length;
  for (const s of parts) {
    if (s.kind === 'slice') {
      const whole = [s.start, s.stop, s.step].every(e => e === undefined || e.kind === 'none');
      if (!whole) {
        // A slice that takes all there is is left out by some versions of torch.
        const [start, stop, step] = [s.start, s.stop, s.step].map((e, k) =>
          e?.kind === 'scalar' ? Number(e.value) : k === 0 ? 0 : k === 1 ? v.array.shape[axis] : 1,
        );
        last = start === 0 && stop >= v.array.shape[axis] && step === 1 ? undefined : 'SliceBackward0';
        if (last === undefined) return undefined;
      }
      axis++;
    } else if (s.value.kind === 'ellipsis') axis += v.array.shape.length - rest;
    else if (s.value.kind === 'none') last = 'UnsqueezeBackward0';
    else if (s.value.kind === 'scalar' && s.value.dtype === 'bool') return undefined;
    else {
      last = 'SelectBackward0';
      axis++;
    }
  }
  return last;
}

/** A part of a tensor that records. */
export function recordedIndex(v: Tensor, parts: readonly SubscriptValue[], result: Value): Value {
  const { shape } = v.array;
  const gathers = parts.some(s => s.kind === 'at' && !['scalar', 'none', 'ellipsis'].includes(s.value.kind));
  const backward: Backward = ([g], t, _, c) => {
    if (!g) return [undefined];
    const places = placesOf(v.array, parts, c);
    const n = sizeOf(places.shape);
    const dtype: Value = { kind: 'dtype', dtype: v.array.dtype, library: 'torch' };
    const empty = t('zeros', [sizeOf(shape)], { named: { dtype } });
    const flat = tensor(contiguous(reshape(contiguous(places), [n])), 'torch');
    return [t('reshape', t('scatter_add', empty, 0, flat, t('reshape', g, [n])), shape)];
  };
  return outputs(result, new Step(indexName(v, parts), [edgeTo(v)], backward, [], gathers, !gathers));
}

/** A tensor after an assignment to a part of it, which has the gradient of what was put there. */
export function recordedAssign(
  before: Tensor,
  parts: readonly SubscriptValue[],
  value: Value,
  after: Tensor,
  context: Context,
): Value {
  const places = placesOf(before.array, parts, context);
  const n = sizeOf(places.shape);
  const backward: Backward = ([g], t) => {
    if (!g) return [undefined, undefined];
    const flat = t('reshape', g, [sizeOf(before.array.shape)]);
    const at = tensor(contiguous(reshape(contiguous(places), [n])), 'torch');
    return [
      t('reshape', t('scatter', flat, 0, at, 0), before.array.shape),
      t('reshape', t('gather', flat, 0, at), places.shape),
    ];
  };
  const step = new Step('CopySlices', [edgeTo(before), edgeTo(value)], backward, [], false, false);
  return asOutput(after, step, 0);
}

/** The result of a call that records, as it knows how it was computed. */
export function recordedCall(path: string, x: Bound, result: Value): Value {
  const given = Object.values(x).flatMap(tensorsIn);
  // What gives back the tensor itself computes nothing.
  if (given.includes(result)) return result;
  const key = keyOf(path);
  if (CONVERTING.has(key) && isTensor(x.input) && isTensor(result) && x.input.array.dtype === result.array.dtype)
    return x.input;
  const r = RULES.get(key);
  if (!r) {
    const step = new Step(undefined, given.map(edgeTo), `the gradient of ${key} is not covered yet`, [], false, false);
    return outputs(result, step);
  }
  return byRule(r, x, result);
}

/** A tensor, or the tensors in a tuple, as the outputs of a step. */
function outputs(result: Value, step: Step): Value {
  if (isTensor(result)) return differentiable(result) ? asOutput(result, step, 0) : result;
  if (result.kind !== 'tuple') return result;
  return {
    ...result,
    items: result.items.map((item, k) => (isTensor(item) && differentiable(item) ? asOutput(item, step, k) : item)),
  };
}

/** The same result under the name of one step. */
export const renamed = (result: Value, name: string): Value =>
  outputs(result, new Step(name === '' ? undefined : name, [edgeTo(result)], ([g]) => [g], [], false, false));

const differentiable = (v: ArrayValue): boolean => v.gradient !== undefined;

function byRule(r: Rule, x: Bound, result: Value): Value {
  const seen: Recorded = { ...x, result };
  const names = Object.keys(r.gradients);
  const parts = names.map(name => tensorsIn(x[name]));
  const edges: (Edge | undefined)[] = parts.flat().map(edgeTo);
  const others = Object.entries(x).filter(([name]) => !names.includes(name));
  const backward: Backward | string = others.some(([, v]) => tensorsIn(v).some(edgeTo))
    ? 'the gradient of this argument is not covered yet'
    : (gradients, t, needs, context) => {
        let at = 0;
        return names.flatMap((name, k): readonly (Value | undefined)[] => {
          const from = at;
          at += parts[k].length;
          if (!needs.slice(from, at).includes(true)) return parts[k].map(() => undefined);
          const g = gradients.find(e => e !== undefined);
          if (!g) return parts[k].map(() => undefined);
          const found = r.gradients[name].of(g, seen, t, gradients, context);
          return found === undefined
            ? unknown('the gradient of this call is not covered yet')
            : 'kind' in found
              ? [found]
              : found;
        });
      };
  const keeps = names.flatMap((name, k) => {
    const kept = r.gradients[name].keeps.split(' ').flatMap(n => (n === '' ? [] : tensorsIn(seen[n])));
    return parts[k].map(() => kept);
  });
  const saves = typeof r.saves === 'function' ? r.saves(seen) : r.saves;
  const name = typeof r.name === 'function' ? r.name(seen) : r.name;
  return outputs(result, new Step(name, edges, backward, keeps, saves, r.view));
}
