import { pythonRepr } from '../../format/numpy';
import { type Element, isComplexType } from '../../values/dtype';
import {
  asType,
  broadcastShapes,
  broadcastTo,
  contiguous,
  fromElements,
  isRowMajor,
  type NDArray,
  reshape,
  sizeOf,
  toFloat64,
} from '../../values/ndarray';
import { arrayValue, NONE, stringValue, type Value } from '../../values/value';
import { type Bound, bind } from '../catalogue';
import type { CallArgument, Context } from '../dialect';
import { owners, resizes } from '../heap';
import { claimItems } from '../sizes';
import { fail, unknown } from '../stop';
import { tightShape } from './apply';
import { iterate, sortedList } from './builtins';
import { elementsOf, integersOf, needInteger, toArray } from './coerce';
import { dictOf, pairsOf, withItem } from './dicts';
import { assign } from './indexing';
import { laidOut, orderOf, ravelledIn } from './memory-order';
import { sameItem } from './operators';
import { partitioned } from './partitions';
import { isTrue, partOf } from './reductions';
import { reshaped } from './shape';
import { sorted } from './sorting';
import { setTensorMember } from './tensors/autograd/gradients';
import { isTensor } from './tensors/tensor';

const SIGNATURES: Readonly<Record<string, string>> = {
  append: 'object, /',
  extend: 'iterable, /',
  insert: 'index, object, /',
  pop: 'index=-1, /',
  remove: 'value, /',
  clear: '',
  reverse: '',
  sort: '*, key=None, reverse=False',
  fill: 'value',
};

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');

/** The receiver after a method that changes it, `items.append(3)`; undefined where the method is none of these. */
export function change(
  receiver: Value,
  method: string,
  args: readonly CallArgument[],
  context: Context,
): Value | undefined {
  const bound = (signature: string): ReturnType<typeof bind> =>
    bind({ path: `builtins.${method}`, signature, evaluate: () => receiver }, args);
  if (receiver.kind === 'array') {
    if (method === 'fill') {
      const x = bound('value');
      return assign(receiver, [{ kind: 'at', value: { kind: 'ellipsis' } }], need(x.value), context);
    }
    if (method === 'sort') {
      const x = bound('axis=-1, kind=None, order=None');
      return { kind: 'array', array: sorted(receiver, x.axis, false) };
    }
    if (method === 'resize') return resized(receiver.array, bound('*new_shape, refcheck=True'));
    if (method === 'partition') {
      const x = bound('kth, axis=-1, kind=None, order=None');
      return arrayValue(partitioned({ a: receiver, kth: x.kth, axis: x.axis }, false));
    }
    return undefined;
  }
  if (receiver.kind === 'dict') return changedDict(receiver, method, args, context);
  if (receiver.kind !== 'list' || receiver.lazy !== undefined || !(method in SIGNATURES)) return undefined;
  const x = bound(SIGNATURES[method]);
  const { items } = receiver;
  context.budget.spend(items.length);
  const list = (of: readonly Value[]): Value => ({ kind: 'list', items: of });
  switch (method) {
    case 'append':
      claimItems(items.length + 1, context.budget);
      return list([...items, need(x.object)]);
    case 'extend': {
      const more = iterate(need(x.iterable), context);
      claimItems(items.length + more.length, context.budget);
      return list([...items, ...more]);
    }
    case 'insert': {
      const k = needInteger(need(x.index));
      const at = Math.min(Math.max(k < 0 ? k + items.length : k, 0), items.length);
      return list([...items.slice(0, at), need(x.object), ...items.slice(at)]);
    }
    case 'pop': {
      const k = x.index ? needInteger(x.index) : -1;
      if (items.length === 0) return fail('IndexError: pop from empty list');
      if (k < -items.length || k >= items.length) return fail('IndexError: pop index out of range');
      return list(items.filter((_, i) => i !== (k < 0 ? k + items.length : k)));
    }
    case 'remove': {
      const k = items.findIndex(v => sameItem(v, need(x.value), context));
      if (k < 0) return fail('ValueError: list.remove(x): x not in list');
      return list(items.filter((_, i) => i !== k));
    }
    case 'clear':
      return list([]);
    case 'reverse':
      return list(items.toReversed());
    case 'sort':
      return sortedList(receiver, x.key, x.reverse, context);
    default:
      return undefined;
  }
}

function changedDict(
  dict: Extract<Value, { kind: 'dict' }>,
  method: string,
  args: readonly CallArgument[],
  context: Context,
): Value | undefined {
  switch (method) {
    case 'clear':
      return { kind: 'dict', entries: [] };
    case 'pop':
    case 'popitem':
    case 'setdefault':
      return take(dict, method, args, context)?.[1];
    case 'update': {
      const named = args.flatMap(a => (a.name === undefined ? [] : [[stringValue(a.name), a.value] as const]));
      const [first] = args.filter(a => a.name === undefined);
      const given = first === undefined ? [] : pairsOf(first.value, context);
      return dictOf([...dict.entries, ...given, ...named], context);
    }
    default:
      return undefined;
  }
}

/** What a method gives beside changing its receiver, `items.pop()`, and the receiver behind it. */
export function take(
  receiver: Value,
  method: string,
  args: readonly CallArgument[],
  context: Context,
): readonly [Value, Value] | undefined {
  if (receiver.kind === 'list' && method === 'pop') {
    const after = change(receiver, method, args, context);
    const at = args.length > 0 ? needInteger(args[0].value) : -1;
    return after && [receiver.items[at < 0 ? at + receiver.items.length : at], after];
  }
  if (receiver.kind !== 'dict') return undefined;
  const bound = bind({ path: `builtins.${method}`, signature: 'key=, default=', evaluate: () => receiver }, args);
  const found = bound.key && receiver.entries.find(([k]) => sameItem(k, need(bound.key), context));
  const without = (entry: (typeof receiver.entries)[number]): Value => ({
    kind: 'dict',
    entries: receiver.entries.filter(e => e !== entry),
  });
  if (method === 'popitem') {
    const last = receiver.entries.at(-1);
    return last
      ? [{ kind: 'tuple', items: [...last] }, without(last)]
      : fail("KeyError: 'popitem(): dictionary is empty'");
  }
  if (method === 'setdefault') {
    if (found) return [found[1], receiver];
    const value = bound.default ?? NONE;
    return [value, withItem(receiver, need(bound.key), value, context)];
  }
  if (found) return [found[1], without(found)];
  return [bound.default ?? fail(`KeyError: ${pythonRepr(need(bound.key))}`), receiver];
}

/** The array after `a.shape = …`, `a.flat = …`, `z.real = …`. */
export function setMember(object: Value, name: string, value: Value, context: Context): Value | undefined {
  if (object.kind !== 'array') return undefined;
  if (isTensor(object)) return setTensorMember(object, name, value, context);
  const a = object.array;
  switch (name) {
    case 'shape': {
      if (!isRowMajor(a)) return undefined;
      return arrayValue(reshaped(a, integersOf(value)));
    }
    case 'flat': {
      const count = sizeOf(a.shape);
      const items = elementsOf(toArray(value));
      if (items.length === 0 && count > 0) return fail('ValueError: could not convert an empty sequence');
      context.budget.claim(count);
      const repeated = Array.from({ length: count }, (_, k) => items[k % items.length]);
      return arrayValue(asType(fromElements(toArray(value).dtype, a.shape, repeated), a.dtype));
    }
    case 'real':
    case 'imag':
      return arrayValue(withPart(a, name === 'real' ? 0 : 1, toArray(value)));
    default:
      return undefined;
  }
}

/** The array with its real or its imaginary parts replaced. */
function withPart(a: NDArray, which: 0 | 1, given: NDArray): NDArray {
  if (!isComplexType(a.dtype))
    return which === 1
      ? fail('TypeError: array does not have imaginary part to set')
      : asType(contiguous(broadcastInto(given, a.shape)), a.dtype);
  const parts = toFloat64(partOf(broadcastInto(given, a.shape), 0));
  const own = contiguous(a);
  const data = own.data.slice() as Float64Array;
  parts.forEach((x, k) => {
    data[2 * k + which] = x;
  });
  return { ...own, data };
}

function broadcastInto(v: NDArray, shape: readonly number[]): NDArray {
  const fits = broadcastShapes(v.shape, shape);
  if (!fits || fits.length !== shape.length || fits.some((n, i) => n !== shape[i]))
    return fail(
      `ValueError: could not broadcast input array from shape ${tightShape(v.shape)} into shape ${tightShape(shape)}`,
    );
  return broadcastTo(v, shape);
}

/** `a.resize((2, 3))`: what lies in memory cut or filled up with zeros, where the array owns it. */
function resized(a: NDArray, x: Bound): Value {
  if (!owners.has(a)) return unknown('whether this array owns its memory, which resize asks for, is not known');
  const items = x.new_shape?.kind === 'tuple' ? x.new_shape.items : [];
  const shape = items.length === 1 ? integersOf(items[0]) : items.flatMap(v => integersOf(v));
  if (items.length === 0 || shape.some(n => n < 0)) return unknown('this resize is not covered');
  const order = orderOf(stringValue('A'), a);
  const kept = elementsOf(ravelledIn(a, stringValue('K'))).slice(0, sizeOf(shape));
  const zero: Element = isComplexType(a.dtype) ? { re: 0, im: 0 } : a.dtype === 'bool' ? false : 0;
  const all = [...kept, ...new Array<Element>(sizeOf(shape) - kept.length).fill(zero)];
  const out = laidOut(reshape(fromElements(a.dtype, [all.length], all), shape, order), stringValue(order));
  owners.add(out);
  const refcheck = x.refcheck === undefined || isTrue(x.refcheck);
  resizes.set(out, refcheck ? 'alone' : 'any');
  return arrayValue(out);
}
