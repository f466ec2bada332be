import type { Value } from '../../../../values/value';
import type { Bound, LibraryFunction } from '../../../catalogue';
import type { Context } from '../../../dialect';
import { unknown } from '../../../stop';
import type { Operations } from '../autograd/node';

/** Functions that torch computes by calling others: recorded, rounded and differentiated as those. */

export interface Composed extends LibraryFunction {
  readonly compose: Compose;
  /** What torch calls the node, where it is one of its own; empty where its versions differ. */
  readonly node?: string;
}
/** Undefined where the function is computed at once after all. */
type Compose = (x: Bound, t: Operations, context: Context) => Value | undefined;

export const isComposed = (entry: LibraryFunction): entry is Composed => 'compose' in entry;

/** One such function under its paths below `torch.`. */
export const composed = (paths: string, signature: string, compose: Compose, node?: string): Composed[] =>
  paths.split(' ').map(path => ({
    path: `torch.${path}`,
    signature,
    compose,
    ...(node === undefined ? {} : { node }),
    evaluate: () => unknown(`${path} is composed of other functions`),
  }));

/** The same as a function and as a method of tensors. */
export const composedBoth = (names: string, signature: string, compose: Compose): Composed[] =>
  names.split(' ').flatMap(name => composed(`${name} Tensor.${name}`, signature, compose));
