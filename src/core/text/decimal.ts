import { codesOf } from './codes';
import type { Span } from './span';

/** Largest power of ten that is used as a factor. */
const MAX_POWER = 60;
/** 10^k, exact up to 10^22. */
const POWERS = new Float64Array(23);
for (let k = 0; k < POWERS.length; k++) POWERS[k] = Number(`1e${k}`);

/** 10^(k − MAX_POWER) is HIGH[k] + LOW[k] to more than 100 bits; UPPER and LOWER are HIGH's halves of 26 bits (Dekker). */
const SIZE = 2 * MAX_POWER + 1;
const HIGH = new Float64Array(SIZE);
const LOW = new Float64Array(SIZE);
const UPPER = new Float64Array(SIZE);
const LOWER = new Float64Array(SIZE);
const SPLITTER = 2 ** 27 + 1;
for (let k = 0; k < SIZE; k++) {
  const exponent = k - MAX_POWER;
  HIGH[k] = Number(`1e${exponent}`);
  if (exponent >= 0) LOW[k] = Number(10n ** BigInt(exponent) - BigInt(HIGH[k]));
  else {
    // With 2^400 every HIGH is a whole number.
    const exact = (1n << 460n) / 10n ** BigInt(-exponent);
    LOW[k] = Number(exact - (BigInt(HIGH[k] * 2 ** 400) << 60n)) / 2 ** 460;
  }
  const c = SPLITTER * HIGH[k];
  UPPER[k] = c - (c - HIGH[k]);
  LOWER[k] = HIGH[k] - UPPER[k];
}

/** Digits that a double holds exactly whatever they are. */
const EXACT_DIGITS = 15;
/** So many digits fit a 32-bit integer; two such integers hold the digits of a number. */
const HALF = 9;
/**
 * (first · 10^more + second) · 10^exponent, correctly rounded, or NaN where the arithmetic of two parts leaves a doubt:
 * the sum of both parts must round to one number whether the second is a little larger or smaller.
 */
function scaled(first: number, more: number, second: number, exponent: number): number {
  // `first` has 30 bits and the odd part of 10^9 has 21: the product is exact.
  const m = first * POWERS[more];
  const high = m + second;
  const low = m - high + second;
  const k = exponent + MAX_POWER;
  const product = high * HIGH[k];
  // What the product lacks (Dekker 1971), and the products of the small parts.
  const c = SPLITTER * high;
  const upper = c - (c - high);
  const lower = high - upper;
  const lack = upper * UPPER[k] - product + upper * LOWER[k] + lower * UPPER[k] + lower * LOWER[k];
  const rest = lack + (high * LOW[k] + low * HIGH[k]);
  const doubt = product * 2 ** -96;
  const value = product + (rest - doubt);
  return value === product + (rest + doubt) ? value : Number.NaN;
}

/**
 * Reads unsigned decimal numbers out of a region of a text without allocating; offsets are those of the text. After `read`,
 * `end` is the offset behind the number (`start` when there is none) and `integer` tells whether it had neither point nor
 * exponent.
 *
 * Method: up to 15 digits with a power of ten up to 22 need one exact operation (Clinger 1990, the fast path); up to 18
 * digits with a power up to 60 take arithmetic of two parts, which tells when it may round wrongly; what is left goes to
 * the runtime's own correctly rounded conversion.
 */
export class NumberReader {
  end = 0;
  integer = false;
  /** Where the region begins, and its characters, one a byte, with a 0 behind them. */
  readonly base: number;
  readonly codes: Uint8Array;
  private readonly one = new Float64Array(1);

  constructor(
    private readonly text: string,
    region: Span = { start: 0, end: text.length },
  ) {
    this.base = region.start;
    this.codes = codesOf(text, region);
  }

  /** The correctly rounded double, or NaN when no number begins at `start`. Nothing from `limit` on is read. */
  read(start: number, limit?: number): number {
    const found = this.readInto(this.one, 0, start - this.base);
    this.end += this.base;
    if (limit === undefined || this.end <= limit) return found ? this.one[0] : Number.NaN;
    const within = new NumberReader(this.text, { start, end: limit });
    const shorter = within.read(start);
    this.end = within.end;
    this.integer = within.integer;
    return shorter;
  }

  /**
   * For loops over `codes`, with offsets from the region's begin: stores the number at `out[at]` and tells whether there is
   * one. (A number that is returned would be allocated.)
   */
  readInto(out: Float64Array, at: number, start: number): boolean {
    const { codes } = this;
    let i = start;
    let c = codes[i];
    while (c === 48) c = codes[++i];
    // The first nine digits behind leading zeros, the next nine, and how many there are of all.
    let first = 0;
    let second = 0;
    let digits = 0;
    let exponent = 0;
    let point = -1;
    for (;;) {
      for (; digits < HALF && c >= 48 && c <= 57; digits++) {
        first = (Math.imul(first, 10) + (c - 48)) | 0;
        c = codes[++i];
      }
      for (; digits < 2 * HALF && c >= 48 && c <= 57; digits++) {
        second = (Math.imul(second, 10) + (c - 48)) | 0;
        c = codes[++i];
      }
      for (; c >= 48 && c <= 57; digits++) c = codes[++i];
      if (c !== 46 || point >= 0) break;
      point = i;
      c = codes[++i];
      if (digits === 0) while (c === 48) c = codes[++i];
    }
    this.integer = point < 0;
    if (point >= 0) exponent = point + 1 - i;
    if (i === start || (point === start && i === start + 1)) {
      this.end = start;
      this.integer = true;
      return false;
    }
    if ((c | 32) === 101) {
      let j = i + 1;
      const sign = codes[j];
      if (sign === 43 || sign === 45) j++;
      let d = codes[j];
      if (d >= 48 && d <= 57) {
        let e = 0;
        for (; d >= 48 && d <= 57; d = codes[++j]) if (e < 10000) e = e * 10 + (d - 48);
        exponent += sign === 45 ? -e : e;
        i = j;
        this.integer = false;
      }
    }
    this.end = i;
    const more = digits > HALF ? digits - HALF : 0;
    if (digits <= EXACT_DIGITS && exponent >= -22 && exponent <= 22) {
      const mantissa = more === 0 ? first : first * POWERS[more] + second;
      out[at] = exponent < 0 ? mantissa / POWERS[-exponent] : mantissa * POWERS[exponent];
      return true;
    }
    const value =
      digits <= 2 * HALF && exponent >= -MAX_POWER && exponent <= MAX_POWER
        ? scaled(first, more, second, exponent)
        : Number.NaN;
    out[at] = Number.isNaN(value) ? Number(this.text.slice(this.base + start, this.base + i)) : value;
    return true;
  }
}
