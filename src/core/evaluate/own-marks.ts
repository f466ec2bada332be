import type { Call, Expression } from '../expression/expression';
import type { Scope } from '../expression/program';
import { callsIn, expressionsIn, namesIn } from '../expression/walk';
import type { Span } from '../text/span';
import { unknown } from './stop';
import type { RunSource } from './versions';

/**
 * Calls that may reach a method of a class of the document, told from the text alone: by the method's name, or because
 * the class makes its objects callable. They may give back what they are given, and change it.
 */
export interface OwnCall {
  readonly methods: readonly Scope[];
  readonly changes: boolean;
  /** Told by the name alone; otherwise what is called may be something else than an object of these classes. */
  readonly sure?: true;
  /** A new object. */
  readonly makes?: true;
  /** The callee gives no share in anything: it names a class. */
  readonly ofClass?: true;
  /** Of a call through `super()`: the name of the object. */
  readonly through?: string;
}

/** Filled by `markOwnCalls` when the names of a document are told. */
const marked = new WeakMap<Call, OwnCall>();
const refused = new WeakMap<Scope, string>();

export const ownCall = (e: Call): OwnCall | undefined => marked.get(e);
export const changesOwn = (e: Expression): boolean => callsIn(e).some(c => marked.get(c)?.changes);
/** Why objects of a class are not followed. */
export const refusal = (s: Scope): string | undefined => refused.get(s);

export const mark = (e: Call, own: OwnCall): WeakMap<Call, OwnCall> => marked.set(e, own);
export const refuse = (s: Scope, reason: string): WeakMap<Scope, string> => refused.set(s, reason);

/** `super().__init__(…)`. */
export const isSuperInit = (e: Expression): boolean =>
  e.kind === 'call' &&
  e.callee.kind === 'member' &&
  e.callee.name === '__init__' &&
  e.callee.object.kind === 'call' &&
  e.callee.object.callee.kind === 'name' &&
  e.callee.object.callee.name === 'super';

type SuperCallee = Expression & { readonly kind: 'member' };

/** `super().name` and `super(Class, self).name`. */
export const isSuper = (e: Expression): e is SuperCallee =>
  e.kind === 'member' &&
  e.object.kind === 'call' &&
  e.object.callee.kind === 'name' &&
  e.object.callee.name === 'super';

/**
 * How a part of a statement that changes objects is evaluated: as the statement runs where it holds every changing call, by
 * itself (undefined) where it is reached before them or has nothing to do with them. Stops where it stands behind one.
 */
export function runFor(e: Expression, source: RunSource | undefined): RunSource | undefined {
  if (!source) return undefined;
  const all = expressionsIn(source.statement).flatMap(x => callsIn(x).filter(c => marked.get(c)?.changes));
  // By their places: what is selected may have been read anew.
  const inside = (outer: Span): readonly Call[] =>
    all.filter(c => c.span.start >= outer.start && c.span.end <= outer.end);
  const own = inside(e.span);
  if (own.length === all.length) return source;
  const first = all.reduce((p, c) => ((c.span.start - p.span.start || c.span.end - p.span.end) < 0 ? c : p));
  const within = e.span.start >= first.span.start && e.span.end <= first.span.end && inside(first.span).length === 1;
  const before = own.length === 0 && (e.span.end <= first.span.start || within);
  if (before || !namesIn(e).some(n => source.names.includes(n))) return undefined;
  return unknown('this depends on what the rest of the statement changes', e.span);
}
