/**
 * Sums as x86's extended precision makes them: 64 significant bits, ties to even, as R's `sum` and `mean` add up. The sum is held
 * as a double and what that lacks.
 */
export class Extended {
  high = 0;
  low = 0;

  add(x: number): void {
    const { high, low } = this;
    if (!Number.isFinite(x) || !Number.isFinite(high)) {
      this.high = high + x;
      this.low = 0;
      return;
    }
    const a = high + x;
    const b = lack(high, x, a);
    const c = b + low;
    const d = lack(b, low, c);
    const e = a + c;
    const f = lack(a, c, e);
    this.high = e;
    this.low = 0;
    if (e === 0 || (f === 0 && d === 0)) {
      this.low = f;
      return;
    }
    const power = exponentOf(e);
    // Below a power of two the bits are half as large.
    const less = Math.abs(e) === 2 ** power && f !== 0 && f < 0 !== e < 0 ? 1 : 0;
    const unit = 2 ** (power - 63 - less);
    if (unit === 0) {
      this.low = f;
      return;
    }
    const t = f / unit;
    let whole = Math.floor(t);
    const rest = t - whole;
    if (rest > 0.5 || (rest === 0.5 && (d > 0 || (d === 0 && whole % 2 !== 0)))) whole++;
    this.low = whole * unit;
  }

  get value(): number {
    return this.high + this.low;
  }
}

/** What the rounded sum s of a and b lacks (Knuth). */
function lack(a: number, b: number, s: number): number {
  const t = s - a;
  return a - (s - t) + (b - t);
}

const bits = new Float64Array(1);
const words = new Uint32Array(bits.buffer);

function exponentOf(x: number): number {
  bits[0] = x;
  return ((words[1] >>> 20) & 0x7ff) - 1023;
}

export function sumOf(values: Iterable<number>): number {
  const s = new Extended();
  for (const x of values) s.add(x);
  return s.value;
}

const SPLITTER = 2 ** 27 + 1;

/** What the rounded product p of a and b lacks (Dekker). */
export function productLack(a: number, b: number, p: number): number {
  const split = (x: number): readonly [number, number] => {
    const c = SPLITTER * x;
    const high = c - (c - x);
    return [high, x - high];
  };
  const [ah, al] = split(a);
  const [bh, bl] = split(b);
  return ah * bh - p + ah * bl + al * bh + al * bl;
}

/** The mean as R finds it: that of the differences from a first mean is added. */
export function meanOf(values: readonly number[]): number {
  const n = values.length;
  const s = new Extended();
  for (const x of values) s.add(x);
  const first = s.value / n;
  if (!Number.isFinite(first)) return first;
  const product = first * n;
  const rest = s.high - product - productLack(first, n, product) + s.low;
  const mean = first + rest / n;
  // The mean with what it lacks, from which the differences are taken.
  const lacking = rest / n - (mean - first);
  const t = new Extended();
  for (const x of values) t.add(x - mean - lacking);
  return mean + (lacking + t.value / n);
}

/** x − q y, rounded once. */
export function residual(x: number, q: number, y: number): number {
  const p = q * y;
  return x - p - productLack(q, y, p);
}
