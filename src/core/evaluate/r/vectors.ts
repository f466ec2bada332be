import { quoted } from '../../format/r';
import { complexLayoutOf, complexText, soleNumber } from '../../format/r-numbers';
import type { Complex } from '../../values/dtype';
import {
  type Atom,
  type Atomic,
  rank,
  shapeOf,
  toVector,
  type Vector,
  type VectorType,
  vectorOf,
} from '../../values/r-vector';
import type { Value } from '../../values/value';
import { unknown } from '../stop';
import { reject } from './errors';

/** What values are as vectors: kept, so that an array is not taken apart twice. */
const known = new WeakMap<Value, Vector>();

/** The vector of a value; NULL is an empty list. */
export function vec(value: Value): Vector {
  const kept = known.get(value);
  if (kept) return kept;
  if (value.kind === 'none') return { type: 'list', values: [] };
  const found = toVector(value);
  if (!found)
    return unknown(value.kind === 'function' ? 'functions as data are not followed' : 'this value is not a vector');
  known.set(value, found);
  return found;
}

export const lengthOf = (value: Value): number => (value.kind === 'function' ? 1 : vec(value).values.length);

/** A vector of elements. */
export function atomic(value: Value, what = 'argument'): Atomic {
  if (value.kind === 'none') return { type: 'logical', values: [] };
  const v = vec(value);
  return v.type === 'list' ? unknown(`a list as ${what} is not followed`) : v;
}

/** A number as `as.character` writes it. */
export const numberAsText = (x: number): string => soleNumber(x, 15);

export function atomText(x: Atom, type: VectorType): string | null {
  if (x === null) return null;
  if (typeof x === 'string') return x;
  if (typeof x === 'boolean') return x ? 'TRUE' : 'FALSE';
  if (typeof x === 'object') return complexText(x, complexLayoutOf([x], 15));
  return type === 'integer' ? String(x) : numberAsText(x);
}

const NUMBER_TEXT =
  /^\s*[-+]?(?:\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|0[xX][0-9a-fA-F]+|Inf|inf|NaN|NA)\s*$/;

/** The number that a text says, or NA. */
export function textNumber(s: string): number | null {
  const t = s.trim();
  if (!NUMBER_TEXT.test(s) || t === 'NA') return null;
  return Number(t.replace(/^([-+]?)inf$/i, '$1Infinity'));
}

function atomAs(x: Atom, from: VectorType, to: VectorType): Atom {
  if (x === null) return null;
  switch (to) {
    case 'logical':
      if (typeof x === 'boolean') return x;
      if (typeof x === 'number') return Number.isNaN(x) ? null : x !== 0;
      if (typeof x === 'object') return x.re !== 0 || x.im !== 0;
      return ['TRUE', 'true', 'T', 'True'].includes(x)
        ? true
        : ['FALSE', 'false', 'F', 'False'].includes(x)
          ? false
          : null;
    case 'integer': {
      const n = typeof x === 'object' ? x.re : typeof x === 'string' ? textNumber(x) : Number(x);
      if (n === null || Number.isNaN(n) || Math.abs(n) >= 2147483648) return null;
      return Math.trunc(n) + 0;
    }
    case 'double':
      return typeof x === 'object' ? x.re : typeof x === 'string' ? textNumber(x) : Number(x);
    case 'complex':
      if (typeof x === 'object') return x;
      if (typeof x === 'string') return unknown('complex numbers from text are not followed');
      return { re: Number(x), im: 0 };
    case 'character':
      return atomText(x, from);
    case 'list':
      return x;
  }
}

/** The vector with elements of another type; its attributes stay. */
export function coerced(v: Atomic, to: VectorType): Vector {
  if (v.type === to) return v;
  return vectorOf(
    to,
    v.values.map(x => atomAs(x, v.type, to)),
    { ...shapeOf(v), doubt: v.doubt },
  );
}

/** Real numbers, null for NA; texts are refused in R's words. */
export function numbers(
  v: Vector,
  refusal = 'non-numeric argument to mathematical function',
): readonly (number | null)[] {
  switch (v.type) {
    case 'double':
    case 'integer':
      return v.values;
    case 'logical':
      return v.values.map(x => (x === null ? null : Number(x)));
    case 'complex':
      return unknown('complex numbers are not followed here');
    case 'character':
      return reject(refusal);
    case 'list':
      return v.values.length === 0 ? [] : reject(refusal);
  }
}

/** Numbers none of which is NA. */
export function complete(values: readonly (number | null)[]): readonly number[] {
  return values.map(x => (x === null ? unknown('missing values are not followed here') : x));
}

export const complexes = (v: Atomic): readonly (Complex | null)[] => coerced(v, 'complex').values as (Complex | null)[];

export const texts = (v: Atomic): readonly (string | null)[] => coerced(v, 'character').values as (string | null)[];

/** One number; what it is called in R's complaint. */
export function number(value: Value, name: string): number {
  const [x] = numbers(atomic(value), `invalid '${name}' argument`);
  if (x === undefined) return reject(`invalid '${name}' argument`);
  return x === null ? unknown(`${name} is missing`) : x;
}

/** One truth value; undefined for NA. */
export function flag(value: Value | undefined, otherwise: boolean): boolean {
  if (value === undefined) return otherwise;
  const [x] = coerced(atomic(value), 'logical').values as (boolean | null)[];
  return x ?? unknown('a truth value is missing');
}

export function string(value: Value | undefined, otherwise: string): string {
  if (value === undefined) return otherwise;
  const v = atomic(value);
  const [x] = v.values;
  return v.type === 'character' && typeof x === 'string' ? x : unknown('a text was expected here');
}

/** The size as R's complaints write it. */
export const isMatrix = (v: Vector): v is Vector & { readonly dim: readonly [number, number] } => v.dim?.length === 2;

/** Whether a type can hold what another one does. */
export const holds = (a: VectorType, b: VectorType): boolean => rank(a) >= rank(b);

export { quoted };
