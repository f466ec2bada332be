import type { Value } from '../values/value';
import type { Budget } from './budget';
import type { ClassObject } from './classes';
import type { Closure } from './frame';
import type { Running } from './iterators';
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
  /** Iterators of running code that have been met as values, and those that follow changes. */
  readonly iterators: Running[];
  readonly running: Set<Running>;
  /** Whether the whole program runs, of which nothing is out of sight. */
  readonly program?: true;
  /** The objects that values of names are made of. */
  readonly published: WeakSet<object>;
  /** Takes a star import in, where the program runs from its beginning. */
  starred?(path: string): void;
  starPath(place: Place): string | undefined;
  preludePath(name: string): string | undefined;
  /** The path of a library's member; stops where the document sets it itself. */
  memberPath(module: string, name: string): string;
}
