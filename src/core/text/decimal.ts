/** Largest power of ten that is used as a factor. */
const MAX_POWER = 60;
/** 10^k is HIGH[k] + LOW[k] to more than 100 bits; up to 10^22 HIGH is exact. */
const HIGH = new Float64Array(MAX_POWER + 1);
const LOW = new Float64Array(MAX_POWER + 1);
for (let k = 0; k <= MAX_POWER; k++) {
  HIGH[k] = Number(`1e${k}`);
  LOW[k] = Number(10n ** BigInt(k) - BigInt(HIGH[k]));
}

/** Digits that a double holds exactly whatever they are, and how many more are kept beside them. */
const EXACT_DIGITS = 15;
const MORE_DIGITS = 6;
/** More than the relative error of a result of two parts. */
const DOUBT = 2 ** -46;
const SPLITTER = 2 ** 27 + 1;

/** What `p = a * b` lacks of the exact product (Dekker 1971). */
function productError(a: number, b: number, p: number): number {
  const ca = SPLITTER * a;
  const ah = ca - (ca - a);
  const al = a - ah;
  const cb = SPLITTER * b;
  const bh = cb - (cb - b);
  const bl = b - bh;
  return al * bl - (p - ah * bh - al * bh - ah * bl);
}

/**
 * (mantissa · 10^more + tail) · 10^exponent, correctly rounded, or NaN where the arithmetic of two parts leaves a doubt:
 * the sum of both parts must round to one number whether the second is a little larger or smaller.
 */
function scaled(mantissa: number, more: number, tail: number, exponent: number): number {
  const m = mantissa * HIGH[more];
  const high = m + tail;
  const low = productError(mantissa, HIGH[more], m) + (m - high + tail);
  let first: number;
  let second: number;
  if (exponent < 0) {
    const power = HIGH[-exponent];
    first = high / power;
    const p = first * power;
    second = (high - p - productError(first, power, p) + low - first * LOW[-exponent]) / power;
  } else {
    const power = HIGH[exponent];
    first = high * power;
    second = productError(high, power, first) + low * power + high * LOW[exponent];
  }
  const doubt = Math.abs(second) * DOUBT + Math.abs(first) * 2 ** -98;
  const sum = first + (second - doubt);
  return sum === first + (second + doubt) ? sum : Number.NaN;
}

/**
 * Reads unsigned decimal numbers out of a text without allocating. After `read`, `end` is the offset behind the number
 * (`start` when there is none) and `integer` tells whether it had neither point nor exponent.
 *
 * Method: up to 15 digits with a power of ten up to 22 need one exact operation (Clinger 1990, the fast path); up to 21
 * digits with a power up to 60 take arithmetic of two parts, which tells when it may round wrongly; what is left goes to
 * the runtime's own correctly rounded conversion.
 */
export class NumberReader {
  end = 0;
  integer = false;

  /** The correctly rounded double, or NaN when no number begins at `start`. */
  read(text: string, start: number, limit: number = text.length): number {
    let i = start;
    let c = text.charCodeAt(i);
    let mantissa = 0;
    let tail = 0;
    let digits = 0;
    let point = -1;
    for (; i < limit; c = text.charCodeAt(++i)) {
      if (c >= 48 && c <= 57) {
        if (digits === 0 && c === 48) continue;
        if (digits < EXACT_DIGITS) mantissa = mantissa * 10 + (c - 48);
        else if (digits < EXACT_DIGITS + MORE_DIGITS) tail = tail * 10 + (c - 48);
        digits++;
      } else if (c === 46 && point < 0) point = i;
      else break;
    }
    if (i - start === (point >= 0 ? 1 : 0)) {
      this.end = start;
      this.integer = true;
      return Number.NaN;
    }
    let exponent = point >= 0 ? point + 1 - i : 0;
    this.integer = point < 0;
    if ((c | 32) === 101 && i < limit) {
      let j = i + 1;
      const sign = text.charCodeAt(j);
      if (sign === 43 || sign === 45) j++;
      let d = text.charCodeAt(j);
      if (j < limit && d >= 48 && d <= 57) {
        let e = 0;
        while (j < limit && d >= 48 && d <= 57) {
          if (e < 10000) e = e * 10 + (d - 48);
          d = text.charCodeAt(++j);
        }
        exponent += sign === 45 ? -e : e;
        i = j;
        this.integer = false;
      }
    }
    this.end = i;
    if (digits <= EXACT_DIGITS) {
      if (exponent === 0) return mantissa;
      if (exponent < 0 && exponent >= -22) return mantissa / HIGH[-exponent];
      if (exponent > 0 && exponent <= 22) return mantissa * HIGH[exponent];
    }
    if (digits <= EXACT_DIGITS + MORE_DIGITS && exponent >= -MAX_POWER && exponent <= MAX_POWER) {
      const value = scaled(mantissa, digits > EXACT_DIGITS ? digits - EXACT_DIGITS : 0, tail, exponent);
      if (!Number.isNaN(value)) return value;
    }
    return Number(text.slice(start, i));
  }
}
