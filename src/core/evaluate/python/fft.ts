import { type Complex, isComplexType } from '../../values/dtype';
import {
  contiguous,
  fromElements,
  generate,
  type NDArray,
  ndarray,
  sizeOf,
  toFloat64,
  transpose,
} from '../../values/ndarray';
import { arrayValue, type Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import type { Context } from '../dialect';
import { fail, unknown } from '../stop';
import { axisOf, int, integerOf, integersOf, needInteger, real, toArray } from './coerce';
import { besselI0 } from './elementwise';
import { takeAlong } from './joining';
import { partOf } from './reductions';

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');
const given = (v: Value | undefined): v is Value => v !== undefined && v.kind !== 'none';

interface Signal {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Cosines of the twelfths of the circle. */
const TWELFTHS = [
  1,
  Math.sqrt(3) / 2,
  0.5,
  0,
  -0.5,
  -Math.sqrt(3) / 2,
  -1,
  -Math.sqrt(3) / 2,
  -0.5,
  0,
  0.5,
  Math.sqrt(3) / 2,
];

/** cos and sin of 2πk/n, right to the last bit at multiples of a twelfth of the circle. */
function root(k: number, n: number): Complex {
  const m = ((k % n) + n) % n;
  if ((12 * m) % n === 0) {
    const twelfth = (12 * m) / n;
    return { re: TWELFTHS[twelfth], im: TWELFTHS[(twelfth + 9) % 12] };
  }
  const angle = (2 * Math.PI * m) / n;
  return { re: Math.cos(angle), im: Math.sin(angle) };
}

/** Mixed-radix Cooley–Tukey; a prime length is summed directly. `sign` −1 transforms, +1 transforms back (unscaled). */
export function transform(x: Signal, sign: 1 | -1): Signal {
  const n = x.re.length;
  if (n <= 1) return { re: Float64Array.from(x.re), im: Float64Array.from(x.im) };
  let p = 2;
  while (p * p <= n && n % p !== 0) p++;
  if (n % p !== 0) p = n;
  const re = new Float64Array(n);
  const im = new Float64Array(n);
  if (p === n) {
    for (let k = 0; k < n; k++) {
      let [sr, si] = [0, 0];
      for (let j = 0; j < n; j++) {
        const w = root(j * k, n);
        const wi = sign * w.im;
        sr += x.re[j] * w.re - x.im[j] * wi;
        si += x.re[j] * wi + x.im[j] * w.re;
      }
      re[k] = sr;
      im[k] = si;
    }
    return { re, im };
  }
  const m = n / p;
  const parts = Array.from({ length: p }, (_, r) =>
    transform(
      {
        re: generate(m, j => x.re[j * p + r]),
        im: generate(m, j => x.im[j * p + r]),
      },
      sign,
    ),
  );
  for (let k = 0; k < n; k++) {
    let [sr, si] = [0, 0];
    for (let r = 0; r < p; r++) {
      const w = root(r * k, n);
      const wi = sign * w.im;
      const at = k % m;
      sr += parts[r].re[at] * w.re - parts[r].im[at] * wi;
      si += parts[r].re[at] * wi + parts[r].im[at] * w.re;
    }
    re[k] = sr;
    im[k] = si;
  }
  return { re, im };
}

type Norm = 'backward' | 'ortho' | 'forward';

/** The factor of a transform of length n. */
function factor(norm: Norm, n: number, inverse: boolean): number {
  if (norm === 'ortho') return 1 / Math.sqrt(n);
  return (norm === 'forward') !== inverse ? 1 / n : 1;
}

function normOf(v: Value | undefined): Norm {
  if (!given(v)) return 'backward';
  const name = v.kind === 'string' ? v.value : '';
  if (name !== 'backward' && name !== 'ortho' && name !== 'forward')
    return fail(`ValueError: Invalid norm value ${name}; should be "backward","ortho" or "forward".`);
  return name;
}

/** Transforms every lane of an axis, cut or padded with zeros to `n` first. */
function along(a: NDArray, axis: number, n: number, f: (lane: Signal) => Signal, c: Context): NDArray {
  if (n < 1) fail(`ValueError: Invalid number of FFT data points (${n}) specified.`);
  const order = [...a.shape.map((_, i) => i).filter(i => i !== axis), axis];
  const moved = contiguous(transpose(a, order));
  if (moved.data.some((x: number | bigint) => !Number.isFinite(Number(x))))
    unknown('the transform of what is not finite depends on the order of the sums');
  const length = a.shape[axis];
  const lanes = sizeOf(order.slice(0, -1).map(i => a.shape[i]));
  c.budget.spend(lanes * n * (largestFactor(n) + 8) * 4);
  const [re, im] = [toFloat64(partOf(moved, 0)), toFloat64(partOf(moved, 1))];
  const out: Complex[] = [];
  let width = lanes === 0 ? f({ re: new Float64Array(n), im: new Float64Array(n) }).re.length : n;
  for (let k = 0; k < lanes; k++) {
    const lane = { re: new Float64Array(n), im: new Float64Array(n) };
    const used = Math.min(n, length);
    lane.re.set(re.subarray(k * length, k * length + used));
    lane.im.set(im.subarray(k * length, k * length + used));
    const y = f(lane);
    width = y.re.length;
    for (let j = 0; j < width; j++) out.push({ re: y.re[j], im: y.im[j] });
  }
  const shape = [...order.slice(0, -1).map(i => a.shape[i]), width];
  const back = a.shape.map((_, i) => order.indexOf(i));
  return contiguous(transpose(fromElements('complex128', shape, out), back));
}

function largestFactor(n: number): number {
  let [m, largest] = [n, 1];
  for (let p = 2; p * p <= m; p++)
    while (m % p === 0) {
      largest = p;
      m /= p;
    }
  return Math.max(largest, Math.max(m, 1));
}

const scale = (x: Signal, by: number): Signal =>
  by === 1 ? x : { re: x.re.map(v => v * by), im: x.im.map(v => v * by) };

function complexTransform(a: NDArray, axis: number, n: number, inverse: boolean, norm: Norm, c: Context): NDArray {
  return along(a, axis, n, x => scale(transform(x, inverse ? 1 : -1), factor(norm, n, inverse)), c);
}

const half = (x: Signal): Signal => {
  const m = Math.floor(x.re.length / 2) + 1;
  const im = x.im.slice(0, m);
  // A real signal has no imaginary part at zero and at the highest frequency.
  im[0] = 0;
  if (x.re.length % 2 === 0) im[m - 1] = 0;
  return { re: x.re.slice(0, m), im };
};

/** The real signal of length n with the given half spectrum. */
function fromHalf(a: NDArray, axis: number, n: number, norm: Norm, c: Context, conjugate: boolean): NDArray {
  if (n < 1) fail(`ValueError: Invalid number of FFT data points (${n}) specified.`);
  const m = Math.floor(n / 2) + 1;
  const spectrum = along(
    a,
    axis,
    m,
    x => {
      const full = { re: new Float64Array(n), im: new Float64Array(n) };
      for (let k = 0; k < n; k++) {
        const j = k < m ? k : n - k;
        full.re[k] = x.re[j];
        full.im[k] = (k < m ? x.im[j] : -x.im[j]) * (conjugate ? -1 : 1);
      }
      full.im[0] = 0;
      if (n % 2 === 0) full.im[m - 1] = 0;
      return scale(transform(full, 1), conjugate ? factor(norm, n, false) : factor(norm, n, true));
    },
    c,
  );
  return partOf(spectrum, 0);
}

function axisFor(x: Bound, a: NDArray): number {
  const axis = given(x.axis) ? needInteger(x.axis) : -1;
  const ndim = a.shape.length;
  return axis < -ndim || axis >= ndim ? fail('IndexError: tuple index out of range') : axis < 0 ? axis + ndim : axis;
}

const single = (name: string, f: (a: NDArray, axis: number, x: Bound, c: Context) => NDArray): LibraryFunction => ({
  path: `numpy.fft.${name}`,
  signature: 'a, n=None, axis=-1, norm=None',
  evaluate: (x, c) => {
    const a = toArray(need(x.a));
    if (a.shape.length === 0) return fail('IndexError: tuple index out of range');
    return arrayValue(f(a, axisFor(x, a), x, c));
  },
});

const lengthOf = (x: Bound, otherwise: number): number => (given(x.n) ? needInteger(x.n) : otherwise);

/** The axes of a transform over several, with the sizes asked for. */
function severalAxes(x: Bound, a: NDArray, count: number | undefined): readonly [number[], number[] | undefined] {
  for (const v of [x.s, x.axes])
    if (given(v) && v.kind === 'scalar')
      fail(`TypeError: '${v === x.s ? 'int' : 'numpy.int64'}' object is not iterable`);
  const sizes = given(x.s) ? integersOf(x.s) : undefined;
  const n = count ?? sizes?.length ?? a.shape.length;
  const named = given(x.axes) ? integersOf(x.axes) : Array.from({ length: n }, (_, i) => i - n);
  if (sizes && sizes.length !== named.length) return fail('ValueError: Shape and axes have different lengths.');
  return [named.map(k => axisOf(int(k), a.shape.length)), sizes];
}

const severalSignature = (count: number | undefined): string =>
  count === undefined ? 'a, s=None, axes=None, norm=None' : 'a, s=None, axes=(-2, -1), norm=None';

const several = (name: string, count: number | undefined, inverse: boolean): LibraryFunction => ({
  path: `numpy.fft.${name}`,
  signature: severalSignature(count),
  evaluate: (x, c) => {
    let a = toArray(need(x.a));
    const norm = normOf(x.norm);
    const [axes, sizes] = severalAxes(x, a, count);
    for (let k = axes.length - 1; k >= 0; k--)
      a = complexTransform(a, axes[k], sizes?.[k] ?? a.shape[axes[k]], inverse, norm, c);
    return arrayValue(a);
  },
});

/** A real signal: the last axis gives half a spectrum, the others are transformed as complex ones. */
const severalReal = (name: string, count: number | undefined): LibraryFunction => ({
  path: `numpy.fft.${name}`,
  signature: severalSignature(count),
  evaluate: (x, c) => {
    let a = toArray(need(x.a));
    const norm = normOf(x.norm);
    const [axes, sizes] = severalAxes(x, a, count);
    if (axes.length === 0) return fail('IndexError: list index out of range');
    const last = axes[axes.length - 1];
    const n = sizes?.[axes.length - 1] ?? a.shape[last];
    a = along(a, last, n, v => half(scale(transform(v, -1), factor(norm, n, false))), c);
    for (let k = 0; k < axes.length - 1; k++)
      a = complexTransform(a, axes[k], sizes?.[k] ?? a.shape[axes[k]], false, norm, c);
    return arrayValue(a);
  },
});

const severalInverse = (name: string, count: number | undefined): LibraryFunction => ({
  path: `numpy.fft.${name}`,
  signature: severalSignature(count),
  evaluate: (x, c) => {
    let a = toArray(need(x.a));
    const norm = normOf(x.norm);
    const [axes, sizes] = severalAxes(x, a, count);
    for (let k = 0; k < axes.length - 1; k++)
      a = complexTransform(a, axes[k], sizes?.[k] ?? a.shape[axes[k]], true, norm, c);
    if (axes.length === 0) return fail('IndexError: list index out of range');
    const last = axes[axes.length - 1];
    const n = sizes?.[axes.length - 1] ?? 2 * (a.shape[last] - 1);
    return arrayValue(fromHalf(a, last, n, norm, c, false));
  },
});

const shifted = (name: string, amount: (n: number) => number): LibraryFunction => ({
  path: `numpy.fft.${name}`,
  signature: 'x, axes=None',
  evaluate: x => {
    let a = toArray(need(x.x));
    const axes = given(x.axes) ? integersOf(x.axes).map(k => axisOf(int(k), a.shape.length)) : a.shape.map((_, i) => i);
    for (const axis of axes) {
      const n = a.shape[axis];
      const by = amount(n);
      a = takeAlong(
        a,
        Array.from({ length: n }, (_, i) => (((i - by) % n) + n) % n),
        axis,
      );
    }
    return arrayValue(a);
  },
});

const frequencies = (name: string, list: (n: number) => number[]): LibraryFunction => ({
  path: `numpy.fft.${name}`,
  signature: 'n, d=1.0',
  evaluate: (x, c) => {
    const n = integerOf(need(x.n)) ?? fail('ValueError: n should be an integer');
    if (n * real(x.d, 1) === 0) return fail('ZeroDivisionError: float division by zero');
    if (n < 0) return fail('ValueError: negative dimensions are not allowed');
    c.budget.claim(n);
    const value = 1 / (n * real(x.d, 1));
    const k = list(n);
    return arrayValue(
      ndarray(
        'float64',
        [k.length],
        Float64Array.from(k, j => j * value),
      ),
    );
  },
});

export const FFT: readonly LibraryFunction[] = [
  single('fft', (a, axis, x, c) => complexTransform(a, axis, lengthOf(x, a.shape[axis]), false, normOf(x.norm), c)),
  single('ifft', (a, axis, x, c) => complexTransform(a, axis, lengthOf(x, a.shape[axis]), true, normOf(x.norm), c)),
  single('rfft', (a, axis, x, c) => {
    if (isComplexType(a.dtype))
      fail(
        "TypeError: ufunc 'rfft_n_even' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''",
      );
    const n = lengthOf(x, a.shape[axis]);
    return along(a, axis, n, v => half(scale(transform(v, -1), factor(normOf(x.norm), n, false))), c);
  }),
  single('irfft', (a, axis, x, c) => fromHalf(a, axis, lengthOf(x, 2 * (a.shape[axis] - 1)), normOf(x.norm), c, false)),
  single('hfft', (a, axis, x, c) => fromHalf(a, axis, lengthOf(x, 2 * (a.shape[axis] - 1)), normOf(x.norm), c, true)),
  single('ihfft', (a, axis, x, c) => {
    const n = lengthOf(x, a.shape[axis]);
    const turned = (v: Signal): Signal => ({ re: v.re, im: v.im.map(y => -y) });
    return along(a, axis, n, v => turned(half(scale(transform(v, -1), factor(normOf(x.norm), n, true)))), c);
  }),
  several('fft2', 2, false),
  several('ifft2', 2, true),
  several('fftn', undefined, false),
  several('ifftn', undefined, true),
  severalReal('rfft2', 2),
  severalReal('rfftn', undefined),
  severalInverse('irfft2', 2),
  severalInverse('irfftn', undefined),
  shifted('fftshift', n => Math.floor(n / 2)),
  shifted('ifftshift', n => -Math.floor(n / 2)),
  frequencies('fftfreq', n => Array.from({ length: n }, (_, k) => (k < Math.ceil(n / 2) ? k : k - n))),
  frequencies('rfftfreq', n => Array.from({ length: Math.floor(n / 2) + 1 }, (_, k) => k)),
];

/** A window of m samples from a function of the place −(m−1) … m−1 in steps of 2. */
const window = (name: string, f: (n: number, m: number) => number): LibraryFunction => ({
  path: `numpy.${name}`,
  signature: 'M',
  evaluate: (x, c) => {
    const m = real(need(x.M), 0);
    const count = Math.max(0, Math.ceil(m - 0.5));
    c.budget.claim(count);
    if (m < 1) return arrayValue(ndarray('float64', [0], new Float64Array(0)));
    if (m === 1) return arrayValue(ndarray('float64', [1], Float64Array.of(1)));
    return arrayValue(
      ndarray(
        'float64',
        [count],
        generate(count, k => f(1 - m + 2 * k, m)),
      ),
    );
  },
});

export const WINDOWS: readonly LibraryFunction[] = [
  {
    path: 'numpy.kaiser',
    signature: 'M, beta',
    evaluate: (x, c) => {
      const m = real(need(x.M), 0);
      const count = Math.max(0, Math.ceil(m));
      c.budget.claim(count);
      const beta = real(x.beta, 0);
      if (m === 1) return arrayValue(ndarray('float64', [1], Float64Array.of(1)));
      const alpha = (m - 1) / 2;
      const at = (k: number): number => besselI0(beta * Math.sqrt(1 - ((k - alpha) / alpha) ** 2)) / besselI0(beta);
      return arrayValue(ndarray('float64', [count], generate(count, at)));
    },
  },
  window('hanning', (n, m) => 0.5 + 0.5 * Math.cos((Math.PI * n) / (m - 1))),
  window('hamming', (n, m) => 0.54 + 0.46 * Math.cos((Math.PI * n) / (m - 1))),
  window('bartlett', (n, m) => (n <= 0 ? 1 + n / (m - 1) : 1 - n / (m - 1))),
  window(
    'blackman',
    (n, m) => 0.42 + 0.5 * Math.cos((Math.PI * n) / (m - 1)) + 0.08 * Math.cos((2 * Math.PI * n) / (m - 1)),
  ),
];
