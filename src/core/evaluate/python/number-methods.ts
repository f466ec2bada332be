import { type Element, isComplexType, isFloatType } from '../../values/dtype';
import { type FunctionValue, type Scalar, tuple, type Value } from '../../values/value';
import type { CallArgument } from '../dialect';
import { fail, unknown } from '../stop';
import { bool, int } from './coerce';

/** Methods of single numbers that arrays have not. */

const PATH = 'number.';

const ofFloats = (n: Scalar): boolean => isFloatType(n.dtype);
const ofIntegers = (n: Scalar): boolean => !isFloatType(n.dtype) && !isComplexType(n.dtype);

/** Which numbers have a method, in Python 3.10 and on and in NumPy 1.22 and on. */
const METHODS: Readonly<Record<string, (n: Scalar) => boolean>> = {
  is_integer: n => ofFloats(n) || (ofIntegers(n) && n.weak !== true && n.dtype !== 'bool'),
  bit_count: n => ofIntegers(n) && (n.weak === true || n.dtype !== 'bool'),
  bit_length: n => ofIntegers(n) && n.weak === true,
  as_integer_ratio: n => ofFloats(n) || (ofIntegers(n) && n.weak === true),
};

/** A method bound to its number; undefined where the number has none by this name. */
export const numberMethod = (n: Scalar, name: string): FunctionValue | undefined =>
  METHODS[name]?.(n) ? { kind: 'function', path: PATH + name, self: n } : undefined;

export const isNumberMethod = (f: FunctionValue): boolean => f.path.startsWith(PATH);

const size = (e: Element): bigint => {
  const n = BigInt(e as number | bigint | boolean);
  return n < 0n ? -n : n;
};

/** A float as a fraction in lowest terms. */
function ratio(x: number): Value {
  if (Number.isNaN(x)) return fail('ValueError: cannot convert NaN to integer ratio');
  if (!Number.isFinite(x)) return fail('OverflowError: cannot convert Infinity to integer ratio');
  let [top, bottom] = [x, 1n];
  while (!Number.isInteger(top)) {
    top *= 2;
    bottom *= 2n;
  }
  return tuple([int(BigInt(top)), int(bottom)]);
}

export function callNumberMethod(f: FunctionValue, args: readonly CallArgument[]): Value {
  const n = f.self;
  if (n?.kind !== 'scalar' || args.length > 0) return unknown('this call is not covered yet');
  switch (f.path.slice(PATH.length)) {
    case 'is_integer':
      return bool(ofFloats(n) ? Number.isInteger(Number(n.value)) : true);
    case 'bit_count':
      return int(size(n.value).toString(2).replaceAll('0', '').length);
    case 'bit_length':
      return int(size(n.value) === 0n ? 0 : size(n.value).toString(2).length);
    default:
      return ofFloats(n) ? ratio(Number(n.value)) : tuple([int(BigInt(n.value as number | bigint | boolean)), int(1)]);
  }
}
