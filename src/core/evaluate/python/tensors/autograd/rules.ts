import type { Value } from '../../../../values/value';
import type { Bound } from '../../../catalogue';
import type { Context } from '../../../dialect';
import type { Operations } from './node';

/** How operations are differentiated: one entry for each function of torch's, the gradients by the names of its parameters. */

/** What a rule sees: the arguments of the call by their names, and its result. */
export interface Recorded extends Bound {
  readonly result: Value;
}

/** The gradient of an argument; of a list of tensors those of its items. */
export type Gradient = (
  g: Value,
  x: Recorded,
  t: Operations,
  /** Those of all results, where there are several. */
  all: readonly (Value | undefined)[],
  context: Context,
) => Value | undefined | readonly (Value | undefined)[];

export interface Rule {
  /** What torch calls the node; undefined where its versions differ. */
  readonly name: string | undefined | ((x: Recorded) => string | undefined);
  readonly gradients: Readonly<Record<string, { readonly keeps: string; readonly of: Gradient }>>;
  /** Whether it keeps something that a way back gives up; a rule that keeps no tensor may still keep a number. */
  readonly saves: boolean | ((x: Recorded) => boolean);
  readonly view: boolean;
}

type Parts = Readonly<Record<string, Gradient | readonly [keeps: string, of: Gradient]>>;

/** A rule whose gradients read the arguments that stand beside them, `result` among them. */
export const rule = (name: Rule['name'], parts: Parts, more: Partial<Rule> = {}): Rule => {
  const gradients = Object.fromEntries(
    Object.entries(parts).map(([key, p]) => [
      key,
      typeof p === 'function' ? { keeps: '', of: p as Gradient } : { keeps: p[0], of: p[1] },
    ]),
  );
  return { name, gradients, saves: true, view: false, ...more };
};

/** A rule of an operation that keeps nothing. */
export const light = (name: Rule['name'], parts: Parts, more: Partial<Rule> = {}): Rule =>
  rule(name, parts, { saves: false, ...more });

/** A rule of an operation that gives a view. */
export const viewing = (name: Rule['name'], of: Gradient): Rule => light(name, { input: of }, { view: true });

/** The same rule under several names. */
export const each = (names: string, r: Rule): [string, Rule][] => names.split(' ').map(name => [name, r]);
