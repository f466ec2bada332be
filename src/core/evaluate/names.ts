import type { Value } from '../values/value';
import type { Budget } from './budget';
import type { ClassObject } from './classes';
import type { Closure } from './machine';
import type { Place } from './place';
import type { Version } from './versions';

/** What a walk asks of the document around it. */
export interface Names {
  lookup(name: string, place: Place): Version | { readonly unknown: string } | undefined;
  read(version: Version): Value;
  /** The value of a version that may not have been asked for before. */
  demand(version: Version, budget: Budget): Value;
  /** A function that the document defines at its top level. */
  definition(name: string): Version | undefined;
  /** Functions of the document that have been met as values. */
  readonly closures: Closure[];
  /** Classes of the document that have been met as values. */
  readonly classes: ClassObject[];
  /** The objects that values of names are made of. */
  readonly published: WeakSet<object>;
  starPath(place: Place): string | undefined;
  preludePath(name: string): string | undefined;
}
