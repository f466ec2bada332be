import { pythonRepr } from '../../format/numpy';
import { isComplex } from '../../values/dtype';
import { sizeOf } from '../../values/ndarray';
import { type ArrayValue, type Scalar, scalar, type Value } from '../../values/value';
import { fail, unknown } from '../stop';
import { elementsOf, float, floatOf, int, typeName } from './coerce';

/** Python's `float()`, `int()` and `complex()`. */

const DECIMAL = /^\s*[-+]?(\d+(_\d+)*\.?(\d+(_\d+)*)?|\.\d+(_\d+)*)(e[-+]?\d+(_\d+)*)?\s*$/i;

/** Digits of other scripts are numbers too. */
const malformed = (s: string): number =>
  /\p{Nd}/u.test(s.replace(/[0-9]/g, ''))
    ? unknown('this text as a number is not evaluated')
    : fail(`ValueError: could not convert string to float: ${pythonRepr({ kind: 'string', value: s })}`);

/** NumPy's complex numbers lose their imaginary part with a warning; Python's, which arrays give, do not convert. */
const losesImaginary = (v: Value): boolean => v.kind === 'scalar' && !v.weak;

function plainNumber(v: Value): Scalar {
  const s = v.kind === 'array' && sizeOf(v.array.shape) === 1 ? scalar(v.array.dtype, elementsOf(v.array)[0]) : v;
  return s.kind === 'scalar' ? s : fail(`TypeError: must be a number, not ${typeName(v)}`);
}

/** What NumPy and torch say of arrays of more or fewer than one element. */
const notOne = (v: ArrayValue): never =>
  v.library === 'torch'
    ? fail('ValueError: only one element tensors can be converted to Python scalars')
    : fail('TypeError: only size-1 arrays can be converted to Python scalars');

/** `float(x)`. */
export function toFloat(v: Value): Value {
  if (v.kind === 'array' && sizeOf(v.array.shape) !== 1) return notOne(v);
  if (v.kind === 'string') {
    const word = /^([-+]?)(inf|infinity|nan)$/i.exec(v.value.trim());
    if (word) {
      const size = word[2].toLowerCase() === 'nan' ? Number.NaN : Number.POSITIVE_INFINITY;
      return float(word[1] === '-' ? -size : size);
    }
    return float(DECIMAL.test(v.value) ? Number(v.value.trim().replace(/_/g, '')) : malformed(v.value));
  }
  if (v.kind === 'list' || v.kind === 'tuple' || v.kind === 'none')
    return fail(`TypeError: float() argument must be a string or a real number, not '${typeName(v)}'`);
  const { value } = plainNumber(v);
  if (!isComplex(value)) return float(floatOf(value));
  return losesImaginary(v)
    ? float(value.re)
    : fail("TypeError: float() argument must be a string or a real number, not 'complex'");
}

/** `int('ff', 16)`. */
export function parsedInteger(v: Value, base: number): Value {
  if (v.kind !== 'string') return fail("TypeError: int() can't convert non-string with explicit base");
  const [, sign, prefix = '', digits] = /^\s*([-+]?)(0[bBoOxX])?_?([0-9a-zA-Z]+)\s*$/.exec(v.value) ?? [];
  const bases: Readonly<Record<string, number>> = { '0b': 2, '0o': 8, '0x': 16 };
  const named = bases[prefix.toLowerCase()];
  const actual = base === 0 ? (named ?? 10) : base;
  const valid =
    digits !== undefined &&
    (named === undefined || named === actual) &&
    Array.from(digits).every(d => Number.parseInt(d, 36) < actual);
  if (!valid) return fail(`ValueError: invalid literal for int() with base ${base}: '${v.value}'`);
  let n = 0n;
  for (const d of digits) n = n * BigInt(actual) + BigInt(Number.parseInt(d, 36));
  return int(sign === '-' ? -n : n);
}

/** `int(x)`. */
export function toInt(v: Value): Value {
  if (v.kind === 'array' && sizeOf(v.array.shape) !== 1) return notOne(v);
  if (v.kind === 'string')
    return /^\s*[-+]?\d+(_\d+)*\s*$/.test(v.value)
      ? int(BigInt(v.value.trim().replace(/_/g, '')))
      : fail(`ValueError: invalid literal for int() with base 10: '${v.value}'`);
  if (v.kind === 'list' || v.kind === 'tuple' || v.kind === 'none')
    return fail(
      `TypeError: int() argument must be a string, a bytes-like object or a real number, not '${typeName(v)}'`,
    );
  const { value } = plainNumber(v);
  if (isComplex(value) && !losesImaginary(v))
    return fail("TypeError: int() argument must be a string, a bytes-like object or a real number, not 'complex'");
  if (typeof value === 'bigint') return int(value);
  const n = Number(isComplex(value) ? value.re : value);
  if (Number.isNaN(n)) return fail('ValueError: cannot convert float NaN to integer');
  if (!Number.isFinite(n)) return fail('OverflowError: cannot convert float infinity to integer');
  return int(BigInt(Math.trunc(n)));
}

/** A real number as functions of `math` take it. */
export function numberOf(v: Value): number {
  const single = v.kind === 'array' && sizeOf(v.array.shape) !== 1 ? toFloat(v) : v;
  if (single.kind === 'string' || single.kind === 'list' || single.kind === 'tuple' || single.kind === 'none')
    return fail(`TypeError: must be real number, not ${typeName(single)}`);
  if (single.kind === 'scalar' && single.weak && isComplex(single.value))
    return fail('TypeError: must be real number, not complex');
  const f = toFloat(single);
  return f.kind === 'scalar' ? Number(f.value) : Number.NaN;
}

/** `complex(real, imag)`: real + i·imag, both of which may be complex. */
export function toComplexNumber(real: Value | undefined, imag: Value | undefined): Value {
  // A part that is not complex leaves the sign of a zero as it is.
  const part = (v: Value | undefined, which: string): { readonly re: number; readonly im?: number } => {
    if (v === undefined) return { re: 0 };
    if (v.kind === 'string') return unknown('this text as a number is not evaluated');
    if (v.kind === 'list' || v.kind === 'tuple' || v.kind === 'none')
      return fail(
        `TypeError: complex() ${which} argument must be a ${which === 'first' ? 'string or a number' : 'number'}, not '${typeName(v)}'`,
      );
    const { value } = v.kind === 'array' && sizeOf(v.array.shape) !== 1 ? (toFloat(v) as Scalar) : plainNumber(v);
    return isComplex(value) ? value : { re: floatOf(value) };
  };
  const [p, q] = [part(real, 'first'), part(imag, 'second')];
  const re = q.im === undefined ? p.re : p.re - q.im;
  const im = imag === undefined ? (p.im ?? 0) : p.im === undefined ? q.re : q.re + p.im;
  return scalar('complex128', { re, im }, true);
}
