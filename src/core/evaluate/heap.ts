import type { Span } from '../text/span';
import { isComplexType } from '../values/dtype';
import { contiguous, isBig, isRowMajor, type NDArray, overlaps, positions } from '../values/ndarray';
import { onOneTable } from '../values/strings';
import { arrayValue, ORIGIN, type Value } from '../values/value';
import type { Budget } from './budget';
import type { ClassObject } from './classes';
import { dictView } from './dict-views';
import type { Closure, Frame } from './frame';
import type { Running } from './iterators';
import { fail, unknown } from './stop';

/**
 * Values are immutable; what a program changes in place is replaced wherever it can be reached. Objects are told apart
 * as Python does: lists, dicts and objects by identity, arrays by the buffer that they are views of.
 */

/** What tells a changeable object from others; undefined for values that nothing changes. */
export const identityOf = (v: Value): object | undefined =>
  v.kind === 'array' || v.kind === 'strings'
    ? v.array.data
    : (v.kind === 'list' && v.lazy === undefined) ||
        v.kind === 'dict' ||
        v.kind === 'object' ||
        v.kind === 'generator' ||
        (v.kind === 'set' && !v.frozen)
      ? v
      : undefined;

/** What holds no object. */
const isInert = (v: Value): boolean => v.kind === 'scalar' || v.kind === 'string';

const parts = (v: Value): readonly Value[] => {
  switch (v.kind) {
    case 'list':
    case 'tuple':
      if (v.shows) return [v.shows.of];
      // The rows of a plain literal are objects of their own; its numbers are not.
      return v.dense && v.dense.shape.length < 2 ? [] : v.items;
    case 'dict':
      return v.entries.flatMap(([key, item]) => (key.kind === 'object' ? [key, item] : [item]));
    case 'set':
      return v.items;
    case 'object':
      return v.attributes.map(([, item]) => item);
    case 'function':
      return v.self ? [v.self] : [];
    case 'array':
      return v[ORIGIN]?.grad ? [v[ORIGIN].grad] : [];
    case 'polynomial':
      return [arrayValue(v.coefficients)];
    default:
      return [];
  }
};

/** Whether the object can be reached from a value. */
export function reaches(v: Value, object: object): boolean {
  if (v.kind === 'scalar' || v.kind === 'string') return false;
  if (identityOf(v) === object) return true;
  for (const p of parts(v)) if (!isInert(p) && reaches(p, object)) return true;
  return false;
}

/** Adds every object that can be reached from a value to a set. */
export function collect(v: Value, into: Pick<WeakSet<object>, 'has' | 'add'>): void {
  const own = identityOf(v);
  if (own) {
    if (into.has(own) && v.kind !== 'array') return;
    into.add(own);
  }
  for (const p of parts(v)) if (!isInert(p)) collect(p, into);
}

/** Whether an iterator of running code can be reached from values: something that is not yet used up. */
export function keepsIterator(values: Iterable<Value>, closures: readonly Closure[]): boolean {
  const seen = new Set<object>();
  const open = [...values];
  for (let v = open.pop(); v; v = open.pop()) {
    if (v.kind === 'scalar' || v.kind === 'string' || seen.has(v)) continue;
    seen.add(v);
    if (v.kind === 'function' && v.iterator !== undefined) return true;
    for (const p of parts(v)) open.push(p);
    if (v.kind === 'function' && v.closure !== undefined)
      for (let f = closures[v.closure].frame; f && !seen.has(f); f = f.outer) {
        seen.add(f);
        for (const held of f.names.values()) open.push(held);
      }
  }
  return false;
}

/** Buffers of which NumPy gave out a view that is a copy here: `z.real` of a complex array. */
export const heldInPart = new WeakSet<object>();

/**
 * Buffers of results whose order in memory is NumPy's own choice, as it follows that of the operands or of an index. Whether
 * another shape of such an array is a view of it is not known.
 */
export const ownOrder = new WeakSet<object>();
/** Arrays that NumPy made with memory of their own, and no view since. */
export const owners = new WeakSet<NDArray>();

/** Arrays that `resize` gives, and whether NumPy refuses it where the array has another name. */
export const resizes = new WeakMap<NDArray, 'alone' | 'any'>();

/** Buffers of torch's tensors in whose place another one stands now. */
const replaced = new WeakSet<object>();
export const isReplaced = (data: object): boolean => replaced.has(data);

/** A buffer in which the elements of the view `before` are those of `after`. */
function rewritten(before: NDArray, after: NDArray): NDArray['data'] {
  if (before.readOnly) fail('ValueError: assignment destination is read-only');
  if (before.shape.some((n, i) => n > 1 && before.strides[i] === 0))
    unknown('a change of a broadcast array is not followed');
  if (overlaps(before)) unknown('a change of overlapping windows is not followed');
  if (before.dtype !== after.dtype || before.shape.some((n, i) => n !== after.shape[i]))
    unknown('a change of type or shape is not followed');
  const width = isComplexType(before.dtype) ? 2 : 1;
  const values = contiguous(after).data;
  if (before.offset === 0 && isRowMajor(before) && before.data.length === values.length) return values;
  const places = positions(before);
  if (isBig(before.data) || isBig(values)) {
    const exact = Array.from(before.data as ArrayLike<number | bigint>, e => BigInt(e));
    places.forEach((p, k) => {
      exact[p] = BigInt(values[k]);
    });
    return before.dtype === 'uint64' ? BigUint64Array.from(exact) : BigInt64Array.from(exact);
  }
  const out = before.data.slice() as Float64Array;
  for (let k = 0; k < places.length; k++)
    for (let w = 0; w < width; w++) out[places[k] * width + w] = Number(values[k * width + w]);
  return out;
}

/** What an array is after its elements were replaced: its layout stays, on which later views depend. */
export function relaid(before: Value, after: Value): Value {
  if (before.kind === 'strings' && after.kind === 'strings' && !isRowMajor(before.array)) {
    const [p, q] = onOneTable([before, after]);
    return { ...after, table: q.table, array: { ...before.array, data: rewritten(p.array, q.array) } };
  }
  if (before.kind !== 'array' || after.kind !== 'array') return after;
  const data = isRowMajor(before.array) ? after.array.data : rewritten(before.array, after.array);
  if (ownOrder.has(before.array.data)) ownOrder.add(data);
  if (data !== after.array.data) return { ...after, array: { ...before.array, data } };
  const { shape, strides } = before.array;
  // Its steps along sides of length 1 stay too.
  return shape.join() === after.array.shape.join() && after.array.offset === 0
    ? { ...after, array: { ...after.array, strides } }
    : after;
}

/** Replaces one object by what a change leaves of it, within any value. */
export class Change {
  readonly object: object | undefined;
  readonly data?: NDArray['data'];
  readonly table?: readonly string[];
  private readonly resize: 'alone' | 'any' | undefined;
  private readonly holders = new Set<string>();
  private readonly before: Value;
  private readonly records: boolean = false;
  private readonly done = new Map<Value, Value>();
  /** Items that were looked through. */
  seen = 0;

  constructor(before: Value, after: Value) {
    this.object = identityOf(before);
    if (this.object && heldInPart.has(this.object)) unknown('what is seen of it through another name is not followed');
    if (after.kind !== 'array' && reaches(after, before)) unknown('an object within itself is not followed');
    // The same buffer under another shape: only the object itself changes, not its views.
    this.before = before;
    this.resize = after.kind === 'array' ? resizes.get(after.array) : undefined;
    if (this.resize) {
      this.done.set(before, after);
      return;
    }
    if (before.kind === 'strings' && after.kind === 'strings') {
      const [p, q] = onOneTable([before, after]);
      this.data = rewritten(p.array, q.array);
      this.table = q.table;
      return;
    }
    const kept = before.kind === 'array' && after.kind === 'array' && before.array.data === after.array.data;
    if (before.kind === 'array' && after.kind === 'array' && !kept) {
      this.data = rewritten(before.array, after.array);
      if (ownOrder.has(before.array.data)) ownOrder.add(this.data);
      if (before.library !== 'torch') return;
      if (before.array.data !== this.data) replaced.add(before.array.data);
      // The tensor itself records what has been done to it; others that share its memory do not.
      this.records = after.gradient !== undefined && before[ORIGIN] !== after[ORIGIN];
      this.done.set(before, { ...(after.gradient ? after : before), array: { ...before.array, data: this.data } });
    } else this.done.set(before, after);
  }

  /** What the value is after the change; `holder` is the name that it has, or `[]` within another object. */
  in(v: Value, holder?: string): Value {
    if (v.kind === 'scalar' || v.kind === 'string') return v;
    if (v.kind === 'tuple' && v.items.every(isInert)) return v;
    if (this.resize) this.needAlone(v, holder);
    const known = this.done.get(v);
    if (known) return known;
    const made = this.made(v);
    this.done.set(v, made);
    return made;
  }

  /** Stops where an array that is resized is seen otherwise: by a view, or by another name that NumPy refuses. */
  private needAlone(v: Value, holder: string | undefined): void {
    if (v === this.before && holder !== undefined) this.holders.add(holder);
    if (this.holders.size > 1 && this.resize === 'alone') unknown('an array with another name is not resized');
    if (v !== this.before && v.kind === 'array' && v.array.data === this.object)
      unknown('an array of which there are views is not resized');
  }

  private made(v: Value): Value {
    if (v.kind === 'array') {
      const origin = v[ORIGIN];
      if (origin?.grad) origin.grad = this.in(origin.grad, '[]');
      if (!this.data || v.array.data !== this.object) return v;
      if (this.records && v.gradient)
        unknown('a change of a tensor of which there are views that record is not followed');
      const array = { ...v.array, data: this.data };
      // torch takes a view of what was changed anew, in a step of its own.
      return v.gradient === 'computed' ? { ...v, array, [ORIGIN]: {} } : { ...v, array };
    }
    if (v.kind === 'strings')
      return this.data && this.table && v.array.data === this.object
        ? { ...v, table: this.table, array: { ...v.array, data: this.data } }
        : v;
    if (v.kind === 'polynomial')
      return this.data && v.coefficients.data === this.object
        ? { ...v, coefficients: { ...v.coefficients, data: this.data } }
        : v;
    if (v.kind === 'dict') {
      this.seen += v.entries.length;
      const entries = v.entries.map(([key, item]) => [this.in(key), this.in(item, '[]')] as const);
      const same = entries.every(([key, item], k) => key === v.entries[k][0] && item === v.entries[k][1]);
      return same ? v : { kind: 'dict', entries };
    }
    if (v.kind === 'set') {
      const items = v.items.map(item => this.in(item, '[]'));
      return items.every((item, k) => item === v.items[k]) ? v : { ...v, items, ordered: undefined };
    }
    if (v.kind === 'object') {
      const attributes = v.attributes.map(([name, item]) => [name, this.in(item, '[]')] as const);
      return attributes.some(([, item], k) => item !== v.attributes[k][1]) ? { ...v, attributes } : v;
    }
    if (v.kind === 'function' && v.self) {
      const self = this.in(v.self);
      return self === v.self ? v : { ...v, self };
    }
    if (v.kind !== 'list' && v.kind !== 'tuple') return v;
    if (v.shows) {
      const of = this.in(v.shows.of);
      return of === v.shows.of || of.kind !== 'dict' ? v : dictView(of, v.shows.part);
    }
    const inside = parts(v);
    this.seen += inside.length;
    const items = inside.map(p => this.in(p, '[]'));
    if (items.every((item, k) => item === inside[k])) return v;
    return {
      kind: v.kind,
      items,
      ...(v.lazy === undefined ? {} : { lazy: v.lazy }),
      ...(v.named ? { named: v.named } : {}),
    };
  }
}

/** What copying an item of a list or a dict costs. */
const COPY_COST = 5;
/** What looking for an object in an item costs. */
const ITEM_COST = 20;

/** What holds values beside the frames under way. */
interface Holders {
  readonly closures: readonly Closure[];
  readonly running: ReadonlySet<Running>;
  readonly classes: readonly ClassObject[];
  readonly published: WeakSet<object>;
  /** Whether the whole program runs, of which nothing is out of sight. */
  readonly program?: true;
}

/** What is under way: the frames of blocks and functions, what stands for one outside of them, and values of expressions. */
export interface UnderWay {
  readonly frames: readonly Frame[];
  readonly root: Frame;
  readonly stacks: readonly Value[][];
  /** How many functions there were before the run. */
  readonly made: number;
}

/** Stops where a value that a library holds meanwhile would be stale after a change of the object. */
function needFree(before: Value, object: object, { frames, made }: UnderWay, holders: Holders, span?: Span): void {
  const held = (): boolean =>
    frames.some(
      (frame, k) =>
        frame.waiting.some(v => reaches(v, object)) ||
        (frame.called && frames.slice(0, k).some(f => f.reaches(object))),
    ) ||
    (frames.some(f => f.called) &&
      (holders.closures.some(c => c.frame && !frames.includes(c.frame) && c.frame.reaches(object)) ||
        holders.classes.some(c => c.shared.reaches(object)) ||
        [...holders.running].some(r => r.reaches(object))));
  // A generator that waits would be found out when it is drawn from again.
  if (before.kind !== 'generator' && held())
    unknown('an argument is changed in place in the middle of an expression', span);
  if (!holders.program && holders.published.has(object) && !(frames[0]?.form === 'block' && frames[0].reaches(object)))
    unknown('what belongs to the code around it is changed from inside a function', span);
  if (holders.program) return;
  // Another run of the same statement would find it changed.
  for (const c of holders.closures.slice(0, made))
    for (let f = c.frame; f; f = f.outer)
      if (f.form === 'function' && !frames.includes(f) && f.reaches(object))
        unknown('what an inner function keeps changes, which is followed only where the whole program is', span);
  for (const c of holders.closures)
    for (const v of c.defaults.values())
      if (reaches(v, object)) unknown(`${c.name}: a default argument that changes is not followed`, span);
}

/**
 * Carries out a change in all that reaches the object. Stops where a value that waits meanwhile would be stale. The buffer
 * that an array has afterwards.
 */
export function changeEverywhere(
  before: Value,
  after: Value,
  under: UnderWay,
  holders: Holders,
  budget: Budget,
  span?: Span,
): NDArray['data'] | undefined {
  if (before === after) return undefined;
  // Every change copies the buffer, or the items, among which the object itself is looked for.
  if (before.kind === 'array') budget.spend(before.array.data.length);
  else budget.spend(COPY_COST * parts(before).length);
  const change = new Change(before, after);
  const { object } = change;
  if (!object) unknown('what this changes is not followed', span);
  needFree(before, object, under, holders, span);
  const all = new Set<Frame>([under.root]);
  const add = (f: Frame | undefined): void => {
    for (let at = f; at; at = at.outer) all.add(at);
  };
  under.frames.forEach(add);
  for (const c of holders.closures) {
    add(c.frame);
    for (const [name, v] of c.defaults) c.defaults.set(name, change.in(v));
  }
  for (const f of all) f.apply(change);
  for (const r of holders.running) r.apply(change);
  for (const c of holders.classes) c.shared.apply(change);
  for (const stack of under.stacks)
    stack.forEach((v, k) => {
      stack[k] = change.in(v);
    });
  budget.spend(ITEM_COST * change.seen);
  return change.data;
}

/**
 * The buffers of arrays that assignments to items of theirs have made while code runs, so that the run alone holds them: the
 * next assignment may write to them. Who else reaches such a buffer in the run is to see the change, as in Python.
 */
export class Owned {
  private readonly buffers = new WeakSet<object>();

  /** Whether an assignment may write into the array's buffer. Stops as a change would. */
  has(v: Value, under: UnderWay, holders: Holders, span: Span): boolean {
    const object = identityOf(v);
    if (!object || !this.buffers.has(object) || holders.published.has(object) || heldInPart.has(object)) return false;
    if (v.kind === 'array' && overlaps(v.array)) return false;
    needFree(v, object, under, holders, span);
    return true;
  }

  add(data: NDArray['data'] | undefined): void {
    if (data) this.buffers.add(data);
  }
}
