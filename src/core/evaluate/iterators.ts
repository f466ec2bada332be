import type { Comprehension, Expression } from '../expression/expression';
import { elementAt, position } from '../values/ndarray';
import { type FunctionValue, NONE, scalar, type Value } from '../values/value';
import { bindTarget } from './comprehensions';
import type { Dialect } from './dialect';
import { Frame } from './frame';
import { type Change, reaches } from './heap';
import { Paused } from './paused';
import type { Run } from './run';
import { fail, Stop, unknown } from './stop';

/**
 * Iterators of running code: what gives one item at a time and is used up. Their state is beside the values, as that of
 * functions is: a value names an iterator by its number.
 */
export interface Running {
  /** Python's name for its type. */
  readonly type: string;
  /** The next item; undefined when there is none. */
  next(run: Run): Value | undefined;
  /** Carries out a change in what it holds. */
  apply(change: Change): void;
  reaches(object: object): boolean;
  /** Of a generator that has ended: what it returned. */
  readonly result?: Value;
}

/** An iterator that holds values and takes its items from them. */
export class Walk implements Running {
  private done = false;

  constructor(
    readonly type: string,
    readonly held: Value[],
    private readonly following: (held: readonly Value[], k: number, run: Run) => Value | undefined,
    private readonly parts: readonly Running[] = [],
  ) {}

  private k = 0;

  next(run: Run): Value | undefined {
    if (this.done) return undefined;
    const item = this.following(this.held, this.k++, run);
    if (item === undefined) {
      this.done = true;
      run.evaluator.running.delete(this);
    }
    return item;
  }

  apply(change: Change): void {
    this.held.forEach((v, k) => {
      this.held[k] = change.in(v);
    });
    for (const p of this.parts) p.apply(change);
  }

  reaches(object: object): boolean {
    return this.held.some(v => reaches(v, object)) || this.parts.some(p => p.reaches(object));
  }
}

/** The value of an iterator that a name may hold. */
export function iteratorValue(run: Run, running: Running): FunctionValue {
  const { iterators } = run.evaluator;
  iterators.push(running);
  return { kind: 'function', path: `iterator.${running.type}`, iterator: iterators.length - 1 };
}

export const runningOf = (v: Value, run: Run): Running | undefined =>
  v.kind === 'function' && v.iterator !== undefined ? run.evaluator.iterators[v.iterator] : undefined;

const grown = (what: string): never => fail(`RuntimeError: ${what} during iteration`);

/** `iter(value)`: the items of a value one at a time, as the value is when each is taken. */
export function iterated(run: Run, dialect: Dialect, v: Value): Running {
  const running = runningOf(v, run);
  if (running) return running;
  switch (v.kind) {
    case 'list':
    case 'tuple': {
      if (v.shows) return dictWalk(v);
      if (v.kind === 'list' && v.lazy === undefined)
        return new Walk('list_iterator', [v], ([list], k) =>
          list.kind === 'list' && k < list.items.length ? list.items[k] : undefined,
        );
      if (v.lazy === '') return new Walk('iterator', [...(dialect.iterate?.(v, run) ?? [])], (items, k) => items[k]);
      return new Walk('tuple_iterator', [v], ([list], k) => (list.kind === v.kind ? list.items[k] : undefined));
    }
    case 'dict':
      return dictWalk(v);
    case 'set': {
      const items = [...(dialect.iterate?.(v, run) ?? [])];
      return new Walk('set_iterator', [v, ...items], ([set, ...now], k) => {
        if (set.kind === 'set' && set.items.length !== items.length) grown('Set changed size');
        return set === v ? now[k] : unknown('a set that changes under its own loop is not followed');
      });
    }
    case 'array': {
      if (v.array.shape.length === 0) break;
      return new Walk('iterator', [v], ([a], k) => {
        if (a.kind !== 'array' || k >= a.array.shape[0]) return undefined;
        run.budget.spend(10);
        const { array } = a;
        if (array.shape.length === 1 && !a.library)
          return scalar(array.dtype, elementAt(array, array.offset + k * array.strides[0]));
        return dialect.index(a, [{ kind: 'at', value: scalar('int64', k, true) }], run);
      });
    }
    case 'function':
      if (v.path === 'ndarray.flat' && v.self?.kind === 'array') {
        const count = v.self.array.shape.reduce((p, n) => p * n, 1);
        return new Walk('flatiter', [v.self], ([a], k) => (k < count && a.kind === 'array' ? entry(a, k) : undefined));
      }
      break;
    case 'object':
      return objectWalk(run, dialect, v);
  }
  const items = [...(dialect.iterate?.(v, run) ?? unknown('this loop is not followed'))];
  return new Walk('iterator', items, (now, k) => now[k]);
}

/** An entry of an array by its place in row-major order. */
function entry({ array }: Extract<Value, { kind: 'array' }>, k: number): Value {
  const index: number[] = [];
  let rest = k;
  for (let axis = array.shape.length - 1; axis >= 0; axis--) {
    index[axis] = rest % array.shape[axis];
    rest = Math.floor(rest / array.shape[axis]);
  }
  return scalar(array.dtype, elementAt(array, position(array, index)));
}

/** A dict's keys, or what a view of it shows, as they are then. */
function dictWalk(v: Value): Running {
  const entriesOf = (now: Value): readonly (readonly [Value, Value])[] => {
    const dict = now.kind === 'list' ? now.shows?.of : now;
    return dict?.kind === 'dict' ? dict.entries : [];
  };
  const keys = entriesOf(v).map(([key]) => key);
  return new Walk('dict_iterator', [v], ([now], k) => {
    const entries = entriesOf(now);
    if (entries.length !== keys.length) grown('dictionary changed size');
    if (entries.some(([key], i) => key !== keys[i]))
      unknown('a dict whose keys change under its own loop is not followed');
    if (k >= keys.length) return undefined;
    return now.kind === 'list' ? now.items[k] : keys[k];
  });
}

/** An object of the document's own: by `__iter__` and `__next__`, or by `__getitem__`. */
function objectWalk(run: Run, dialect: Dialect, v: Value): Running {
  const iter = run.objects.method(v, '__iter__');
  if (iter) {
    const given = run.call(iter, []);
    if (given.kind !== 'object') {
      if (runningOf(given, run)) return iterated(run, dialect, given);
      return fail(`TypeError: iter() returned non-iterator`);
    }
    return new Walk('iterator', [given], ([object], _, r) => {
      const next =
        r.objects.method(object, '__next__') ?? unknown('a loop over an object without __next__ is not followed');
      return ended('StopIteration', () => r.call(next, []));
    });
  }
  if (!run.objects.method(v, '__getitem__')) return unknown('a loop over this object is not followed');
  return new Walk('iterator', [v], ([object], k, r) => {
    const item = r.objects.method(object, '__getitem__') ?? unknown('a loop over this object is not followed');
    return ended('IndexError', () => r.call(item, [scalar('int64', k, true)]));
  });
}

/** What a call gives; undefined where it raises the exception that ends a loop. */
export function ended(exception: string, call: () => Value): Value | undefined {
  try {
    return call();
  } catch (stop) {
    if (stop instanceof Stop && stop.status === 'error' && stop.message.split(':')[0] === exception) return undefined;
    throw stop;
  }
}

/** Goes through the items of a value while changes of what is still to come are seen. */
export function eachItem(run: Run, dialect: Dialect, v: Value, take: (item: Value) => boolean): void {
  const it = iterated(run, dialect, v);
  const { running } = run.evaluator;
  const own = !running.has(it);
  if (own) running.add(it);
  try {
    for (let item = it.next(run); item !== undefined; item = it.next(run)) {
      run.budget.spend(10);
      if (!take(item)) break;
    }
  } finally {
    if (own) running.delete(it);
  }
}

const MANY = 100_000;

/** All that is left of an iterator. */
export function drained(run: Run, dialect: Dialect, v: Value): Value[] {
  const out: Value[] = [];
  const { pending } = run.around;
  const depth = pending.length;
  pending.push(out);
  try {
    eachItem(run, dialect, v, item => {
      if (out.push(item) > MANY) unknown('too many items to follow');
      return true;
    });
  } finally {
    pending.length = depth;
  }
  return out;
}

/** Whether a value gives its items one at a time, to be asked for them. */
export const isRunning = (v: Value): boolean =>
  v.kind === 'object' || (v.kind === 'function' && v.iterator !== undefined);

/** A generator expression: the first iterable is evaluated where it stands, all else when items are taken. */
export function generatorExpression(run: Run, dialect: Dialect, e: Comprehension): Value {
  const frame = new Frame('function', [], new Set(e.clauses.flatMap(c => targetNames(c.target))), run.capture());
  const first = kept(run, iterated(run, dialect, run.value(e.clauses[0].iterable)));
  const paused = new Paused('generator', frame, run.here, function* (now) {
    function* walk(k: number, it: Running): Generator<Value, void, Value> {
      const { target, conditions } = e.clauses[k];
      for (let item = it.next(now()); item !== undefined; item = it.next(now())) {
        now().budget.spend(20);
        now().release();
        bindTarget(now(), target, item, frame);
        if (!conditions.every(c => dialect.truth(now().value(c), now()))) continue;
        const following = e.clauses[k + 1];
        if (!following) yield now().value(e.element);
        else yield* walk(k + 1, kept(now(), iterated(now(), dialect, now().value(following.iterable))));
      }
    }
    yield* walk(0, first);
    return NONE;
  });
  return iteratorValue(run, kept(run, paused));
}

const targetNames = (e: Expression): string[] =>
  e.kind === 'name'
    ? [e.name]
    : e.kind === 'sequence'
      ? e.items.flatMap(targetNames)
      : e.kind === 'starred'
        ? targetNames(e.value)
        : [];

/** Keeps an iterator among those that follow changes. */
export function kept<T extends Running>(run: Run, it: T): T {
  run.evaluator.running.add(it);
  return it;
}
