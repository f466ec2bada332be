import type { Expression } from '../expression/expression';
import type { Scope, Statement } from '../expression/program';
import type { Value } from '../values/value';
import { type Change, reaches } from './heap';
import type { Place } from './place';

/** The names of a function under way, or of a block at the top level, with what must not be changed in place. */
export class Frame {
  /** What loops under way have still to go through. */
  readonly pending: Value[][] = [];
  /** The variables of comprehensions under way. */
  readonly scopes: Map<string, Value>[] = [];
  steps = 0;
  /** Whether names of the document around are out of sight, all but its functions: MATLAB's way. */
  sealed = false;
  /** The class that the method under way is written in, and its name for the object. */
  owner?: { readonly class: number; readonly self: string };
  /** Names declared `global` or `nonlocal`, with the frames that they live in. */
  elsewhere?: ReadonlyMap<string, Frame>;

  constructor(
    readonly form: 'function' | 'block',
    /** Values that a library holds while it calls: they must not change. */
    public waiting: readonly Value[] = [],
    /** Names that are local wherever they are first assigned. */
    readonly own: ReadonlySet<string> = new Set(),
    readonly outer?: Frame,
    /** Whether a library's function calls, which may hold more than it was given. */
    public called = false,
    readonly names: Map<string, Value> = new Map(),
  ) {}

  /** Whether the object can be reached from here. */
  reaches(object: object): boolean {
    for (const names of [this.names, ...this.scopes])
      for (const v of names.values()) if (reaches(v, object)) return true;
    return this.pending.some(list => list.some(v => reaches(v, object)));
  }

  delete(name: string): boolean {
    return (this.elsewhere?.get(name) ?? this).names.delete(name);
  }

  apply(change: Change): void {
    for (const names of [this.names, ...this.scopes])
      for (const [name, value] of names) {
        const after = change.in(value, name);
        if (after !== value) names.set(name, after);
      }
    for (const list of this.pending)
      list.forEach((v, k) => {
        list[k] = change.in(v);
      });
  }

  set(name: string, value: Value): void {
    (this.elsewhere?.get(name) ?? this).names.set(name, value);
  }
}

/** A function of the document, or a lambda, ready to be called. */
export interface Closure {
  readonly name: string;
  readonly parameters: Scope['parameters'];
  readonly defaults: Map<string, Value>;
  readonly body: readonly Statement[] | Expression;
  readonly frame: Frame | undefined;
  readonly place: Place;
  readonly own: ReadonlySet<string>;
  readonly untold?: string;
  /** Of a method: the class that it is written in. */
  readonly owner?: number;
  /** The names of a MATLAB function's results. */
  readonly outputs?: readonly string[];
}
