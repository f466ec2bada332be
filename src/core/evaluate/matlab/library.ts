import type { Value } from '../../values/value';
import { type Bound, type LibraryFunction, parametersOf } from '../catalogue';
import type { CallArgument, Context } from '../dialect';
import { fail } from '../stop';
import { realScalar } from './numbers';

/** One function of Octave's, by its name and parameters; those with `=` may be left out. */
export const define = (name: string, signature: string, evaluate: LibraryFunction['evaluate']): LibraryFunction => ({
  path: `octave.${name}`,
  signature,
  evaluate,
});

export const nameOf = (entry: LibraryFunction): string => entry.path.slice('octave.'.length);

/** Binds arguments by position; Octave knows no others. */
export function bindByPosition(entry: LibraryFunction, args: readonly CallArgument[]): Bound {
  const parameters = parametersOf(entry.signature);
  const bound: Record<string, Value> = {};
  const collect = parameters.findIndex(p => p.kind === 'collect');
  const most = collect < 0 ? parameters.length : Number.POSITIVE_INFINITY;
  const least = parameters.filter(p => p.required && p.kind !== 'collect').length;
  if (args.length > most || args.length < least) fail(`Invalid call to ${nameOf(entry)}`);
  args.forEach((a, i) => {
    if (collect < 0 || i < collect) bound[parameters[i].name] = a.value;
  });
  if (collect >= 0) bound[parameters[collect].name] = { kind: 'tuple', items: args.slice(collect).map(a => a.value) };
  return bound;
}

/** The values that the collecting parameter took. */
export const collected = (v: Value | undefined): readonly Value[] => (v?.kind === 'tuple' ? v.items : []);

/** One result, or as many as the statement asks for and the function has. */
export function results(context: Context, first: Value, ...rest: readonly (() => Value)[]): Value {
  if (context.outputs <= 1) return first;
  return { kind: 'tuple', items: [first, ...rest.slice(0, context.outputs - 1).map(more => more())] };
}

/** A whole number argument of at least `least`. */
export function whole(v: Value, name: string, least = 0): number {
  const x = realScalar(v, name);
  if (!Number.isInteger(x) || x < least) fail(`${name}: argument must be a positive integer`);
  return x;
}

export const text = (v: Value | undefined): string | undefined =>
  v?.kind === 'string' ? v.value.toLowerCase() : undefined;
