import type { Value } from '../../../../values/value';
import type { Bound, LibraryFunction } from '../../../catalogue';
import type { Context } from '../../../dialect';
import { fail } from '../../../stop';
import { integersOf } from '../../coerce';
import { dimOf, given } from '../tensor';

type Evaluate = (x: Bound, context: Context) => Value;

/** A function of torch's that is a method of tensors too, under each of its names. */
export const both = (names: string, signature: string, evaluate: Evaluate): LibraryFunction[] =>
  names.split(' ').flatMap(name => [
    { path: `torch.${name}`, signature, evaluate },
    { path: `torch.Tensor.${name}`, signature, evaluate },
  ]);

export const functions = (names: string, signature: string, evaluate: Evaluate): LibraryFunction[] =>
  names.split(' ').map(name => ({ path: `torch.${name}`, signature, evaluate }));

export const methods = (names: string, signature: string, evaluate: Evaluate): LibraryFunction[] =>
  names.split(' ').map(name => ({ path: `torch.Tensor.${name}`, signature, evaluate }));

export const functional = (name: string, signature: string, evaluate: Evaluate): LibraryFunction => ({
  path: `torch.nn.functional.${name}`,
  signature,
  evaluate,
});

export const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');

/** `2, 3` or `(2, 3)`: the integers that a collecting parameter holds. */
export function collected(v: Value | undefined): number[] {
  const items = v?.kind === 'tuple' ? v.items : [];
  return items.length === 1 ? integersOf(items[0]) : items.flatMap(integersOf);
}

/** The dimensions that `dim=` names; all of them where it is absent, None or empty. */
export function dimsOf(v: Value | undefined, ndim: number): number[] {
  const named = given(v) ? integersOf(v).map(k => dimOf(k, ndim)) : [];
  if (named.length === 0) return Array.from({ length: ndim }, (_, i) => i);
  if (new Set(named).size < named.length)
    fail(`RuntimeError: dim ${named.find((d, i) => named.indexOf(d) < i)} appears multiple times in the list of dims`);
  return ndim === 0 ? [] : named;
}
