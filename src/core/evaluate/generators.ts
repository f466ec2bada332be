import type { Expression } from '../expression/expression';
import type { Span } from '../text/span';
import type { GeneratorValue, Value } from '../values/value';
import { KEPT } from './draw-marks';
import type { Frame } from './frame';
import { identityOf } from './heap';
import { isQuietPath } from './quiet-paths';
import { Stop, unknown } from './stop';

/** What the generators of a run ask of it. */
interface Around {
  readonly frames: readonly Frame[];
  change(before: Value, after: Value): void;
  read(name: string, span: Span): Value;
}

const NOWHERE: Span = { start: 0, end: 0 };
const MEANWHILE = 'a generator that is drawn from meanwhile is not followed';

/** Built-ins that go through what they are given at once and to its end. */
const GOING_THROUGH: ReadonlySet<string> = new Set(
  ['list', 'tuple', 'sum', 'min', 'max', 'sorted', 'set', 'dict'].map(name => `builtins.${name}`),
);
/** Those that go through it when their result is gone through. */
const LATER: ReadonlySet<string> = new Set(['builtins.map', 'builtins.filter']);

/**
 * The random generators of one run. A draw puts a new generator in the place of the old one, wherever it can be reached;
 * what still holds the old one behind that, in the middle of an expression, would give its numbers again.
 */
export class Generators {
  private readonly spent = new Set<Value>();
  /** Libraries' own generators of which it is no longer known what they have given, with the reasons. */
  readonly lost = new Map<string, string>();
  /** Expressions that a built-in goes through where they stand. */
  private readonly goneThrough = new WeakSet<Expression>();
  /** Above 0 while what runs does so later in Python, or another number of times. */
  private deferred = 0;
  /** Whether `map` calls what it was given where it stands. */
  direct = false;

  constructor(private readonly run: Around) {}

  /** A library's own generator; undefined where it is not known to be seeded. */
  kept(name: string): GeneratorValue | undefined {
    this.now();
    const reason = this.lost.get(name);
    if (reason !== undefined) unknown(reason);
    const v = this.run.frames[0]?.names.get(name);
    if (v?.kind === 'generator') return v;
    const found = this.seen(name);
    if (!found) return undefined;
    return unknown(found instanceof Stop ? found.message : 'where this draws is not followed');
  }

  /** A library's own generator as the document left it; undefined where nothing has seeded it. */
  private seen(name: string): Value | Stop | undefined {
    try {
      return this.run.read(name, NOWHERE);
    } catch (stop) {
      if (stop instanceof Stop) return stop.status === 'error' ? undefined : stop;
      throw stop;
    }
  }

  /** A library's own generator is seeded or drawn from. */
  keep(name: string, generator: GeneratorValue): void {
    this.now();
    const [block] = this.run.frames;
    if (block?.form !== 'block') unknown('where this draws is not followed');
    this.lost.delete(name);
    block.set(name, generator);
  }

  /** A generator of the program is drawn from. */
  replace(before: GeneratorValue, after: GeneratorValue): void {
    this.now();
    if (this.spent.has(before)) unknown(MEANWHILE);
    this.run.change(before, after);
    this.spent.add(before);
  }

  /** Functions of libraries have been called whose draws are not followed. */
  lose(paths: readonly string[], reason: string): void {
    const [block] = this.run.frames;
    for (const name of Object.values(KEPT)) {
      if (paths.every(path => isQuietPath(path, name))) continue;
      const known = block?.names.get(name) ?? this.seen(name);
      if (!known || known instanceof Stop) continue;
      if (block?.form !== 'block') unknown(reason);
      block.names.delete(name);
      this.lost.set(name, reason);
    }
  }

  private now(): void {
    if (this.deferred > 0) unknown('a draw that is made later than it stands, or several times, is not followed');
  }

  /** Whether a comprehension or a call of `map` is gone through where it stands. */
  atOnce(e: Expression): boolean {
    return this.goneThrough.has(e);
  }

  /** Carries out the call of a library's function. */
  calling<T>(e: Expression, path: string, call: () => T): T {
    const before = this.direct;
    this.direct = LATER.has(path) && this.goneThrough.has(e);
    try {
      return call();
    } finally {
      this.direct = before;
    }
  }

  /** The arguments of a call of a library's function are about to be evaluated. */
  given(path: string, first: Expression | undefined): void {
    if (first && GOING_THROUGH.has(path)) this.goneThrough.add(first);
  }

  /** Carries out what Python may run at another time where it is `apart`. */
  later<T>(apart: boolean, run: () => T): T {
    if (!apart) return run();
    this.deferred++;
    try {
      return run();
    } finally {
      this.deferred--;
    }
  }

  /** Stops where a value that is kept holds a generator whose numbers have been given. */
  check(values: Iterable<Value>): void {
    if (this.spent.size === 0) return;
    for (const v of values) if (holds(v, this.spent)) unknown(MEANWHILE);
  }
}

function holds(v: Value, spent: ReadonlySet<Value>): boolean {
  switch (v.kind) {
    case 'generator':
      return spent.has(v);
    case 'list':
    case 'tuple':
      return v.dense === undefined && v.items.some(item => holds(item, spent));
    case 'dict':
      return v.entries.some(([, item]) => holds(item, spent));
    case 'object':
      return v.attributes.some(([, item]) => holds(item, spent));
    case 'function':
      return v.self !== undefined && identityOf(v.self) !== undefined && holds(v.self, spent);
    default:
      return false;
  }
}
