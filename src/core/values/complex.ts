import type { Complex, DType, Element } from './dtype';
import { isComplex } from './dtype';
import { productError } from './fused';

/** Complex arithmetic on { re, im } pairs. Methods as in C99 Annex G where nothing else is said. */
export const complex = (re: number, im = 0): Complex => ({ re, im });

export const toComplex = (e: Element): Complex => (isComplex(e) ? e : { re: Number(e), im: 0 });

export const add = (a: Complex, b: Complex): Complex => ({ re: a.re + b.re, im: a.im + b.im });
export const subtract = (a: Complex, b: Complex): Complex => ({ re: a.re - b.re, im: a.im - b.im });
export const multiply = (a: Complex, b: Complex): Complex => ({
  re: a.re * b.re - a.im * b.im,
  im: a.re * b.im + a.im * b.re,
});
export const conjugate = (a: Complex): Complex => ({ re: a.re, im: -a.im });
export const abs = (a: Complex): number => hypot(a.re, a.im);
export const equal = (a: Complex, b: Complex): boolean => a.re === b.re && a.im === b.im;

/** High part of x with 26 significant bits, so that its square is exact (Veltkamp). */
const high = (x: number): number => {
  const t = 134217729 * x;
  return t - (t - x);
};

/** √(x² + y²), corrected once with the exact rounding error of the squares (Borges 2019): within half a unit or so. */
export function hypot(x: number, y: number): number {
  const [p, q] = [Math.abs(x), Math.abs(y)];
  if (p === Number.POSITIVE_INFINITY || q === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
  const [a, b] = p >= q ? [p, q] : [q, p];
  if (b === 0 || Number.isNaN(a) || Number.isNaN(b)) return a + b;
  if (a > 1e150 || b < 1e-140) return Math.hypot(a, b);
  const h = Math.sqrt(a * a + b * b);
  const square = (v: number): readonly [number, number] => {
    const s = v * v;
    const u = high(v);
    const w = v - u;
    return [s, u * u - s + 2 * u * w + w * w];
  };
  const [hs, he] = square(h);
  const [as, ae] = square(a);
  const [bs, be] = square(b);
  return h - (hs - as - bs + (he - ae - be)) / (2 * h);
}

/** Smith's algorithm (1962): no needless overflow. */
export function divide(a: Complex, b: Complex): Complex {
  if (Math.abs(b.re) >= Math.abs(b.im)) {
    if (b.re === 0 && b.im === 0) return { re: a.re / Math.abs(b.re), im: a.im / Math.abs(b.re) };
    const r = b.im / b.re;
    const d = b.re + b.im * r;
    return { re: (a.re + a.im * r) / d, im: (a.im - a.re * r) / d };
  }
  const r = b.re / b.im;
  const d = b.re * r + b.im;
  return { re: (a.re * r + a.im) / d, im: (a.im * r - a.re) / d };
}

export type Rounding = (part: number) => number;

/** How the parts of a complex type are rounded after each operation. */
export const partRounding = (dtype: DType): Rounding => (dtype === 'complex64' ? Math.fround : part => part);

/** Multiplication and division as NumPy's loops do them: every operation rounded to the parts' type, division by the reciprocal (Smith's). */
export const multiplyRounding = (a: Complex, b: Complex, round: Rounding): Complex => ({
  re: round(round(a.re * b.re) - round(a.im * b.im)),
  im: round(round(a.re * b.im) + round(a.im * b.re)),
});
export function divideRounding(a: Complex, b: Complex, round: Rounding): Complex {
  if (Math.abs(b.re) >= Math.abs(b.im)) {
    if (b.re === 0 && b.im === 0) return divide(a, b);
    const r = round(b.im / b.re);
    const s = round(1 / round(b.re + round(b.im * r)));
    return { re: round(round(a.re + round(a.im * r)) * s), im: round(round(a.im - round(a.re * r)) * s) };
  }
  const r = round(b.re / b.im);
  const s = round(1 / round(b.im + round(b.re * r)));
  return { re: round(round(round(a.re * r) + a.im) * s), im: round(round(round(a.im * r) - a.re) * s) };
}

/** The principal root. */
export function sqrt(a: Complex): Complex {
  if (a.re === 0 && a.im === 0) return { re: 0, im: a.im };
  const m = Math.sqrt((Math.abs(a.re) + abs(a)) / 2);
  const im = a.im / (2 * m);
  return a.re >= 0 ? { re: m, im } : { re: Math.abs(im), im: a.im < 0 || Object.is(a.im, -0) ? -m : m };
}

export const exp = (a: Complex): Complex => {
  const m = Math.exp(a.re);
  return a.im === 0 ? { re: m, im: a.im } : { re: m * Math.cos(a.im), im: m * Math.sin(a.im) };
};
/** The logarithm, whose real part is exact near the unit circle too (after glibc's clog). */
export const log = (a: Complex): Complex => ({ re: logSize(a), im: Math.atan2(a.im, a.re) });

function logSize(a: Complex): number {
  const [p, q] = [Math.abs(a.re), Math.abs(a.im)];
  const [x, y] = p < q ? [q, p] : [p, q];
  if (x === 1) return Math.log1p(y * y) / 2;
  if (!(x >= 0.5 && x < 2) || (x > 1 && y >= 1) || (x < 1 && x * x + y * y < 0.5)) return Math.log(abs(a));
  return Math.log1p(x > 1 ? (x - 1) * (x + 1) + y * y : sumOfProducts([-1, 1], [x, x], [y, y])) / 2;
}

/** The exact sum of two products, rounded at the end: each product in two parts (Dekker 1971), then the parts by size. */
function sumOfProducts(...products: readonly (readonly [number, number])[]): number {
  const parts = products.flatMap(([x, y]) => {
    const product = x * y;
    return [product, productError(x, y, product)];
  });
  // What every addition loses is kept apart (Neumaier 1974).
  let [sum, lost] = [0, 0];
  for (const v of parts.sort((p, q) => Math.abs(q) - Math.abs(p))) {
    const next = sum + v;
    lost += Math.abs(sum) >= Math.abs(v) ? sum - next + v : v - next + sum;
    sum = next;
  }
  return sum + lost;
}

/**
 * The principal power; small whole exponents by repeated multiplication. With `round` every operation of these is
 * rounded as `multiplyRounding` does, and a negative one ends with the reciprocal, which is NumPy's way.
 */
export function pow(a: Complex, b: Complex, round?: Rounding): Complex {
  if (b.re === 0 && b.im === 0) return complex(1);
  if (b.re === 1 && b.im === 0) return a;
  if (a.re === 0 && a.im === 0) return b.re > 0 ? complex(0) : complex(Number.NaN, Number.NaN);
  const times = (x: Complex, y: Complex): Complex => (round ? multiplyRounding(x, y, round) : multiply(x, y));
  if (b.im === 0 && b.re === 2) return times(a, a);
  if (b.im === 0 && b.re === 3) return times(times(a, a), a);
  if (b.im === 0 && Number.isInteger(b.re) && Math.abs(b.re) < 100) {
    let result = complex(1);
    let base = a;
    for (let n = Math.abs(b.re); n > 0; n = Math.floor(n / 2)) {
      if (n % 2 === 1) result = times(result, base);
      base = times(base, base);
    }
    if (b.re > 0) return result;
    return round ? divideRounding(complex(1), result, round) : divide(complex(1), result);
  }
  const w = multiply(b, log(a));
  if (Math.abs(w.re) !== Number.POSITIVE_INFINITY || !Number.isNaN(w.im)) return exp(w);
  // 0·∞ as an angle: the size is known; the sign of the zero is that of the NaN which processors make.
  return w.re > 0 ? w : { re: 0, im: -0 };
}
