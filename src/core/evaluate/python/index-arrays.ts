import { isComplexType } from '../../values/dtype';
import { asType, type NDArray } from '../../values/ndarray';
import type { Value } from '../../values/value';
import { fail } from '../stop';
import { integerOf, toArray } from './coerce';
import { isWhole } from './ufuncs';

/** `mode=`: what becomes of an index that lies outside. NumPy 1 reads the first letter only, 2 the whole word. */
export function clipModeOf(v: Value | undefined): string {
  if (v === undefined || v.kind === 'none') return 'raise';
  if (v.kind === 'scalar') return ['clip', 'wrap'][integerOf(v) ?? 2] ?? 'raise';
  if (v.kind !== 'string') return fail('TypeError: clipmode not understood');
  if (['raise', 'wrap', 'clip'].includes(v.value)) return v.value;
  return fail(
    /^[crw]/i.test(v.value)
      ? "ValueError: Use one of 'clip', 'raise', or 'wrap' for clip mode"
      : `ValueError: clipmode must be one of 'clip', 'raise', or 'wrap' (got '${v.value}')`,
  );
}

/** Indices as a function takes them: an array must hold integers or flags, of a list all that int() takes. */
export function indexArrayOf(v: Value): NDArray {
  if (v.kind === 'scalar' && typeof v.value === 'bigint' && v.weak)
    return fail('OverflowError: Python int too large to convert to C long');
  const a = toArray(v);
  if (isWhole(a.dtype) && a.dtype !== 'uint64') return a;
  if (v.kind === 'array')
    return fail(
      `TypeError: Cannot cast array data from dtype('${a.dtype}') to dtype('int64') according to the rule 'safe'`,
    );
  if (isComplexType(a.dtype))
    return fail("TypeError: int() argument must be a string, a bytes-like object or a real number, not 'complex'");
  return asType(a, 'int64');
}
