import type { Span } from '../text/span';
import type { GeneratorValue, Value } from '../values/value';
import { identityOf } from './heap';
import type { Frame } from './machine';
import { Stop, unknown } from './stop';

/** What the generators of a run ask of it. */
interface Around {
  readonly frames: readonly Frame[];
  change(before: Value, after: Value): void;
  read(name: string, span: Span): Value;
}

const NOWHERE: Span = { start: 0, end: 0 };

/**
 * The random generators of one run. A draw puts a new generator in the place of the old one, wherever it can be reached;
 * what still holds the old one behind that, in the middle of an expression, would give its numbers again.
 */
export class Generators {
  private readonly spent = new Set<Value>();

  constructor(private readonly run: Around) {}

  /** A library's own generator; undefined where it is not known to be seeded. */
  kept(name: string): GeneratorValue | undefined {
    const v = this.run.frames[0]?.names.get(name);
    if (v?.kind === 'generator') return v;
    try {
      this.run.read(name, NOWHERE);
    } catch (stop) {
      // Nothing has seeded it.
      if (stop instanceof Stop && stop.status === 'error') return undefined;
      if (stop instanceof Stop) unknown(stop.message);
      throw stop;
    }
    return unknown('where this draws is not followed');
  }

  /** A library's own generator is seeded or drawn from. */
  keep(name: string, generator: GeneratorValue): void {
    const [block] = this.run.frames;
    if (block?.form !== 'block') unknown('where this draws is not followed');
    else block.set(name, generator);
  }

  /** A generator of the program is drawn from. */
  replace(before: GeneratorValue, after: GeneratorValue): void {
    if (this.spent.has(before)) unknown('a generator that is drawn from meanwhile is not followed');
    this.run.change(before, after);
    this.spent.add(before);
  }

  /** Stops where a value that is kept holds a generator whose numbers have been given. */
  check(values: Iterable<Value>): void {
    if (this.spent.size === 0) return;
    for (const v of values)
      if (holds(v, this.spent)) unknown('a generator that is drawn from meanwhile is not followed');
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
