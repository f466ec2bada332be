import { productError, sumError } from '../../values/fused';

/**
 * Arithmetic as x86's extended precision has it: 64 significant bits, ties to even, in which R adds up, multiplies and averages. A
 * number is held as a double and what that lacks.
 */
export type Extended = readonly [high: number, low: number];

export const extended = (x: number): Extended => [x, 0];
export const rounded = ([high, low]: Extended): number => (low === 0 ? high : high + low);

const bits = new Float64Array(1);
const words = new Uint32Array(bits.buffer);

function exponentOf(x: number): number {
  bits[0] = x;
  return ((words[1] >>> 20) & 0x7ff) - 1023;
}

/** e + f + d, each far smaller than the one before, to 64 bits. */
function settled(e: number, f: number, d: number): Extended {
  if (e === 0 || !Number.isFinite(e)) return [e, 0];
  if (f === 0 && d === 0) return [e, 0];
  const power = exponentOf(e);
  // Below a power of two the bits are half as large.
  const less = Math.abs(e) === 2 ** power && f !== 0 && f < 0 !== e < 0 ? 1 : 0;
  const unit = 2 ** (power - 63 - less);
  if (unit === 0) return [e, f];
  const t = f / unit;
  let whole = Math.floor(t);
  const rest = t - whole;
  if (rest > 0.5 || (rest === 0.5 && (d > 0 || (d === 0 && whole % 2 !== 0)))) whole++;
  return [e, whole * unit];
}

export function add([high, low]: Extended, [x, y]: Extended): Extended {
  if (!Number.isFinite(x) || !Number.isFinite(high)) return [high + x, 0];
  const a = high + x;
  const b = sumError(high, x, a);
  const t = low + y;
  const u = sumError(low, y, t);
  const c = b + t;
  const d = sumError(b, t, c);
  const e = a + c;
  const f = sumError(a, c, e);
  const g = f + d;
  return settled(e, g, sumError(f, d, g) + u);
}

export const negated = ([high, low]: Extended): Extended => [-high, -low];
export const subtract = (a: Extended, b: Extended): Extended => add(a, negated(b));

export function multiply([ah, al]: Extended, [bh, bl]: Extended): Extended {
  const p = ah * bh;
  if (!Number.isFinite(p) || p === 0 || Math.abs(p) > 1e290 || Math.abs(p) < 1e-270) return [p, 0];
  const q = productError(ah, bh, p) + (ah * bl + al * bh);
  const e = p + q;
  return settled(e, sumError(p, q, e), al * bl);
}

export function divide(a: Extended, n: number): Extended {
  const q = a[0] / n;
  if (!Number.isFinite(q) || q === 0) return [q, 0];
  const p = q * n;
  const rest = a[0] - p - productError(q, n, p) + a[1];
  const more = rest / n;
  const e = q + more;
  const f = sumError(q, more, e);
  const back = more * n;
  return settled(e, f, (rest - back - productError(more, n, back)) / n);
}

export function total(values: Iterable<number>): Extended {
  let s: Extended = [0, 0];
  for (const x of values) s = add(s, [x, 0]);
  return s;
}

export const sumOf = (values: Iterable<number>): number => rounded(total(values));

/** The mean before it is rounded to a double: that of the differences from a first mean is added. */
function meanBefore(values: readonly number[]): Extended {
  const n = values.length;
  const first = divide(total(values), n);
  if (!Number.isFinite(first[0])) return first;
  let t: Extended = [0, 0];
  for (const x of values) t = add(t, subtract([x, 0], first));
  return add(first, divide(t, n));
}

export const meanOf = (values: readonly number[]): number => rounded(meanBefore(values));

/** Σ (x − x̄)(y − ȳ), with means that are doubles. */
export function crossSum(x: readonly number[], y: readonly number[]): Extended {
  const [p, q] = [extended(meanOf(x)), x === y ? undefined : extended(meanOf(y))];
  let s: Extended = [0, 0];
  for (let k = 0; k < x.length; k++) {
    const a = subtract([x[k], 0], p);
    s = add(s, multiply(a, q ? subtract([y[k], 0], q) : a));
  }
  return s;
}

/** x − q y, rounded once. */
export function residual(x: number, q: number, y: number): number {
  const p = q * y;
  return x - p - productError(q, y, p);
}
