import type { ComparisonOperator } from '../expression/expression';
import { type FunctionValue, NONE, scalar, tuple, type Value } from '../values/value';
import type { CallArgument, Dialect } from './dialect';
import {
  drained,
  eachItem,
  ended,
  isRunning,
  iterated,
  iteratorValue,
  kept,
  type Running,
  runningOf,
  Walk,
} from './iterators';
import type { Run } from './run';
import { fail, unknown } from './stop';

/** Calls of Python's own functions that make iterators or take from them; undefined for all others. */
export function flowing(
  run: Run,
  dialect: Dialect,
  callee: FunctionValue,
  args: readonly CallArgument[],
): Value | undefined {
  const make = MAKERS[callee.path];
  const values = args.map(a => a.value);
  const named = (name: string): Value | undefined => args.find(a => a.name === name)?.value;
  if (make) {
    const found = make({ run, dialect, values: args.filter(a => a.name === undefined).map(a => a.value), named });
    return found && (isKind(found) ? found : iteratorValue(run, kept(run, found)));
  }
  if (!values.some(v => isRunning(v)) || !TAKES_ALL.has(callee.path)) return undefined;
  const effects = run.effects;
  const all = args.map(a => (isRunning(a.value) ? { ...a, value: fixed(drained(run, dialect, a.value)) } : a));
  if (run.effects !== effects && args.length > 1 && INTERLEAVED.has(callee.path))
    unknown('the order in which this takes items and calls a function is not followed');
  return run.holding(() => dialect.call(callee, all, run));
}

const isKind = (v: Value | Running): v is Value => 'kind' in v;
const fixed = (items: readonly Value[]): Value => ({ kind: 'list', items, lazy: '' });

/** Functions that take all that an iterator gives before they do anything else. */
const TAKES_ALL = new Set(
  `builtins.list builtins.tuple builtins.set builtins.frozenset builtins.sorted builtins.sum builtins.min builtins.max
   builtins.dict str.join functools.reduce numpy.fromiter itertools.product itertools.permutations itertools.combinations`.split(
    /\s+/,
  ),
);
/** Those that call a function, or add, between one item and the next. */
const INTERLEAVED = new Set(
  'builtins.sum builtins.min builtins.max functools.reduce numpy.fromiter itertools.product'.split(' '),
);

interface Asked {
  readonly run: Run;
  readonly dialect: Dialect;
  readonly values: readonly Value[];
  readonly named: (name: string) => Value | undefined;
}

const source = ({ run, dialect }: Asked, v: Value): Running => iterated(run, dialect, v);

/** The next items of several iterators, each followed while the others are asked; undefined where one has ended. */
function nextOfEach(run: Run, sources: readonly Running[]): Value[] | undefined {
  const items: Value[] = [];
  const { pending } = run.around;
  const depth = pending.length;
  pending.push(items);
  try {
    for (const it of sources) {
      const item = it.next(run);
      if (item === undefined) return undefined;
      items.push(item);
    }
    return items;
  } finally {
    pending.length = depth;
  }
}

const number = (v: Value | undefined): number =>
  v?.kind === 'scalar' && v.dtype === 'int64' && typeof v.value === 'number'
    ? v.value
    : unknown('this count is not followed');
const int = (n: number): Value => scalar('int64', n, true);
const truthOf = ({ dialect }: Asked, v: Value, run: Run): boolean => dialect.truth(v, run);

/** Whether an item passes a test, the item as the test leaves it. */
function tested(asked: Asked, test: Value, item: Value, run: Run): Value | undefined {
  const at = run.waiting.length;
  run.waiting.push(item);
  const passes = truthOf(asked, test.kind === 'none' ? item : run.call(test, [item]), run);
  const now = run.waiting[at];
  run.waiting.length = at;
  return passes ? now : undefined;
}

/** `any` and `all`, which take no more items than they must. */
function asksUntil(asked: Asked, v: Value, wanted: boolean): Value {
  let found = false;
  eachItem(asked.run, asked.dialect, v, item => {
    found = truthOf(asked, item, asked.run) === wanted;
    return !found;
  });
  return scalar('bool', found === wanted, true);
}

/** An attribute; undefined where the object has none of that name. */
function attributeOf(run: Run, v: Value, name: string): Value | undefined {
  return ended('AttributeError', () => run.member(v, name));
}

const MAKERS: Readonly<Record<string, (asked: Asked) => Running | Value | undefined>> = {
  'builtins.iter': asked => {
    const [v, sentinel] = asked.values;
    if (!v || sentinel) return unknown('iter with these arguments is not followed');
    return v.kind === 'function' && v.iterator !== undefined ? v : iterated(asked.run, asked.dialect, v);
  },
  'builtins.next': asked => {
    const { run } = asked;
    const [v, otherwise] = asked.values;
    if (v?.kind === 'object') {
      const next = run.objects.method(v, '__next__') ?? unknown('next of this object is not followed');
      if (!otherwise) return run.call(next, []);
      return ended('StopIteration', () => run.call(next, [])) ?? otherwise;
    }
    const it = v && runningOf(v, run);
    if (!it) return unknown('next of this is not followed');
    return it.next(run) ?? otherwise ?? fail('StopIteration');
  },
  'builtins.setattr': ({ run, values: [v, name, value] }) => {
    if (name?.kind !== 'string' || !value) return unknown('setattr with these arguments is not followed');
    run.objects.setAttribute(v, name.value, value);
    return NONE;
  },
  'builtins.getattr': ({ run, values: [v, name, otherwise] }) => {
    if (v?.kind !== 'object' || name?.kind !== 'string') return undefined;
    return attributeOf(run, v, name.value) ?? otherwise ?? run.member(v, name.value);
  },
  'builtins.hasattr': ({ run, values: [v, name] }) => {
    if (v?.kind !== 'object' || name?.kind !== 'string') return undefined;
    return scalar('bool', attributeOf(run, v, name.value) !== undefined, true);
  },
  'builtins.any': asked => (asked.values.length === 1 ? asksUntil(asked, asked.values[0], true) : undefined),
  'builtins.all': asked => (asked.values.length === 1 ? asksUntil(asked, asked.values[0], false) : undefined),
  'builtins.zip': asked => {
    if (asked.named('strict')) return unknown('zip with strict= is not followed');
    const parts = asked.values.map(v => source(asked, v));
    return new Walk(
      'zip',
      [],
      (_, __, run) => {
        const items = parts.length === 0 ? undefined : nextOfEach(run, parts);
        return items && tuple(items);
      },
      parts,
    );
  },
  'builtins.map': asked => {
    const [f, ...of] = asked.values;
    if (!f || of.length === 0) return undefined;
    const parts = of.map(v => source(asked, v));
    return new Walk(
      'map',
      [f],
      ([now], _, run) => {
        const items = nextOfEach(run, parts);
        return items && run.call(now, items);
      },
      parts,
    );
  },
  'builtins.filter': asked => {
    const [f, of] = asked.values;
    if (!f || !of) return undefined;
    const part = source(asked, of);
    return new Walk(
      'filter',
      [f],
      ([now], _, run) => {
        for (let item = part.next(run); item !== undefined; item = part.next(run)) {
          run.budget.spend(20);
          const passed = tested(asked, now, item, run);
          if (passed) return passed;
        }
        return undefined;
      },
      [part],
    );
  },
  'builtins.enumerate': asked => {
    const start = asked.values[1] ?? asked.named('start');
    const first = start ? number(start) : 0;
    if (!asked.values[0]) return undefined;
    const part = source(asked, asked.values[0]);
    return new Walk(
      'enumerate',
      [],
      (_, k, run) => {
        const item = part.next(run);
        return item && tuple([int(first + k), item]);
      },
      [part],
    );
  },
  'builtins.reversed': asked => {
    const [v] = asked.values;
    if (v?.kind === 'list' && v.lazy === undefined) {
      const last = v.items.length - 1;
      return new Walk('list_reverseiterator', [v], ([list], k) =>
        list.kind === 'list' && last - k >= 0 && last - k < list.items.length ? list.items[last - k] : undefined,
      );
    }
    if (v?.kind === 'array' && v.array.shape.length > 0) {
      const count = v.array.shape[0];
      return new Walk('reversed', [v], ([a], k, run) =>
        k < count ? asked.dialect.index(a, [{ kind: 'at', value: int(count - 1 - k) }], run) : undefined,
      );
    }
    if (!v || isRunning(v) || v.kind === 'dict' || (v.kind === 'list' && v.shows))
      return unknown('reversed of this is not followed');
    const items = (asked.dialect.iterate?.(v, asked.run) ?? []).toReversed();
    return new Walk('reversed', items, (now, k) => now[k]);
  },
  'itertools.count': asked => {
    const [start, step] = [asked.values[0] ?? asked.named('start'), asked.values[1] ?? asked.named('step')];
    const [first, by] = [start ? number(start) : 0, step ? number(step) : 1];
    return new Walk('count', [], (_, k) => int(first + k * by));
  },
  'itertools.repeat': asked => {
    const [v] = asked.values;
    const times = asked.values[1] ?? asked.named('times');
    const count = times ? number(times) : Number.POSITIVE_INFINITY;
    return v && new Walk('repeat', [v], ([now], k) => (k < count ? now : undefined));
  },
  'itertools.cycle': asked => {
    const part = asked.values[0] && source(asked, asked.values[0]);
    let seen = 0;
    return (
      part &&
      new Walk(
        'cycle',
        [],
        (held, _, run) => {
          const item = part.next(run);
          if (item === undefined) return held.length === 0 ? undefined : held[seen++ % held.length];
          (held as Value[]).push(item);
          return item;
        },
        [part],
      )
    );
  },
  'itertools.islice': asked => {
    const [v, ...ends] = asked.values;
    if (!v || ends.length === 0 || ends.length > 3) return undefined;
    const given = ends.map(e => (e.kind === 'none' ? undefined : number(e)));
    const [start = 0, stop = Number.POSITIVE_INFINITY, step = 1] = given.length === 1 ? [0, given[0]] : given;
    if (start < 0 || stop < 0 || step < 1) return unknown('islice with these arguments is not followed');
    const part = source(asked, v);
    let place = 0;
    return new Walk(
      'islice',
      [],
      (_, k, run) => {
        const wanted = start + k * step;
        // What stands before the end is taken, as CPython does.
        const last = Math.min(wanted, stop);
        for (; place < last; place++) if (part.next(run) === undefined) return undefined;
        if (wanted >= stop) return undefined;
        place++;
        return part.next(run);
      },
      [part],
    );
  },
  'itertools.chain': asked => {
    const all = asked.values.map((v): Value => v);
    let k = 0;
    let part: Running | undefined;
    return new Walk('chain', all, (held, _, run) => {
      for (;;) {
        if (!part && k >= held.length) return undefined;
        part ??= kept(run, iterated(run, asked.dialect, held[k++]));
        const item = part.next(run);
        if (item !== undefined) return item;
        part = undefined;
      }
    });
  },
  'itertools.accumulate': asked => {
    const [v, f] = asked.values;
    const by = f ?? asked.named('func');
    if (!v || asked.named('initial')) return v && unknown('accumulate with initial= is not followed');
    const part = source(asked, v);
    const operation = by && by.kind !== 'none' ? [by] : [];
    const total = operation.length;
    return new Walk(
      'accumulate',
      operation,
      (held, k, run) => {
        const item = part.next(run);
        if (item === undefined) return undefined;
        const before = held[total];
        const value =
          k === 0
            ? item
            : total > 0
              ? run.call(held[0], [before, item])
              : asked.dialect.binary('add', before, item, run);
        (held as Value[])[total] = value;
        return value;
      },
      [part],
    );
  },
  'itertools.takewhile': asked => {
    const [f, v] = asked.values;
    if (!f || !v) return undefined;
    const part = source(asked, v);
    return new Walk(
      'takewhile',
      [f],
      ([now], _, run) => {
        const item = part.next(run);
        return item && tested(asked, now, item, run);
      },
      [part],
    );
  },
};

/** Whether a path names one of these functions, of those that the catalogue does not know. */
export const isFlowing = (path: string): boolean => path in MAKERS;

/** `item in iterator`: no more items are taken than must be. */
export function soughtIn(
  run: Run,
  dialect: Dialect,
  operator: ComparisonOperator,
  item: Value,
  iterator: Value,
): Value {
  const compare = (of: readonly Value[]): Value => dialect.compare(operator, item, tuple(of), run);
  let found = compare([]);
  eachItem(run, dialect, iterator, other => {
    const now = compare([other]);
    const same = dialect.truth(now, run) === (operator === 'in');
    if (same) found = now;
    return !same;
  });
  return found;
}
