import type { Expression, Parameter } from '../expression/expression';
import type { Statement } from '../expression/program';
import { sizeOf } from '../values/ndarray';
import type { Value } from '../values/value';
import { isAt } from './place';
import type { Stop } from './stop';
import type { Trace } from './trace';

/** What is watched: an expression, what a name holds behind a statement, or what a parameter is given. */
export type Watched =
  | { readonly kind: 'expression'; readonly expression: Expression }
  | { readonly kind: 'name'; readonly name: string; readonly behind: Statement }
  | { readonly kind: 'parameter'; readonly parameter: Parameter };

/** What it came to, one time that the code came by. `printed` is what was written meanwhile. */
export type Seen =
  | { readonly status: 'ok'; readonly value: Value; readonly trace?: Trace; readonly printed: string }
  | { readonly status: 'stopped'; readonly stop: Stop };

/** Notes what each statement leaves in the name that it assigns, or returns, the last time that it runs. */
export class Journal {
  readonly entries = new Map<Statement, { readonly count: number; readonly value: Value }>();

  note(at: Statement, value: Value): void {
    this.entries.set(at, { count: (this.entries.get(at)?.count ?? 0) + 1, value });
  }
}

/** Numbers in a value up to which it is kept; large arrays of all times would fill the memory. */
const MAX_NUMBERS = 16;

const isSmall = (v: Value): boolean =>
  v.kind === 'scalar' || (v.kind === 'array' && sizeOf(v.array.shape) <= MAX_NUMBERS);

/** Values that are kept of all times; of more, every second one is let go, again and again. */
const MAX_KEPT = 512;

/** Sees what a part of the code comes to each time that it runs. */
export class Watch {
  /** How often the code has come by. */
  count = 0;
  first?: Seen;
  /** The time that is wanted, or the last one before it. */
  shown?: Seen;
  /** Which time that is, from 1. */
  number = 0;
  /** Values in the order in which they came, of every `stride`-th time, up to one that is large or an error. */
  kept: Value[] = [];
  stride = 1;
  /** Whether a time had nothing to keep, so that those behind it have no place. */
  private closed = false;

  constructor(
    readonly at: Watched,
    /** The time that is wanted, from 1; the last where there is none. */
    private readonly wanted = Number.POSITIVE_INFINITY,
  ) {}

  isOn(e: Expression): boolean {
    return this.at.kind === 'expression' && isAt(e, this.at.expression);
  }

  see(seen: Seen): void {
    this.first ??= seen;
    this.count++;
    if (this.count <= this.wanted) {
      this.shown = seen;
      this.number = this.count;
    }
    if (this.closed || (this.count - 1) % this.stride !== 0) return;
    if (seen.status !== 'ok' || !isSmall(seen.value)) {
      this.closed = true;
      return;
    }
    if (this.kept.length === MAX_KEPT) {
      this.kept = this.kept.filter((_, k) => k % 2 === 0);
      this.stride *= 2;
      if ((this.count - 1) % this.stride !== 0) return;
    }
    this.kept.push(seen.value);
  }

  /** The name that is watched behind a statement that has run, or of a parameter that has been given. */
  nameAt(at: Statement | Parameter): string | undefined {
    const { at: own } = this;
    if (own.kind === 'name' && own.behind === at) return own.name;
    return own.kind === 'parameter' && own.parameter === at ? own.parameter.name : undefined;
  }
}
