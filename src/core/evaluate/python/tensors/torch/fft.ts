import { type DType, isComplexType, isFloatType } from '../../../../values/dtype';
import { asType, elementAt, generate, type NDArray, ndarray, sizeOf, toFloat64 } from '../../../../values/ndarray';
import { arrayValue, type Value } from '../../../../values/value';
import type { Bound, LibraryFunction } from '../../../catalogue';
import { unknown } from '../../../stop';
import { toArray } from '../../coerce';
import { runNumpy } from '../numpy-entries';
import { arrayOf, floating, given, tensor, typeArgument } from '../tensor';
import { both, functions, need } from './define';

/** torch.fft, by NumPy's transforms in the types that torch gives, and what is made of complex tensors. */

const T = (a: NDArray): Value => tensor(a, 'torch');

/** The complex type beside a real one. */
const complexOf = (d: DType): DType => (d === 'float64' || d === 'complex128' ? 'complex128' : 'complex64');
const realOf = (d: DType): DType => (d === 'float64' || d === 'complex128' ? 'float64' : 'float32');

/** Transforms along one dimension, over two and over all. */
const SINGLE = 'fft ifft rfft irfft hfft ihfft'.split(' ');
const SEVERAL = 'fft2 ifft2 rfft2 irfft2 fftn ifftn rfftn irfftn'.split(' ');

/** Whether a transform gives real numbers. */
const isReal = (name: string): boolean => /^(irfft|hfft)/.test(name);

const transformed = (name: string): LibraryFunction => {
  const several = SEVERAL.includes(name);
  const [size, axes] = several ? ['s', 'axes'] : ['n', 'axis'];
  const dim = name.endsWith('2') ? '(-2, -1)' : several ? 'None' : '-1';
  return {
    path: `torch.fft.${name}`,
    signature: `input, ${size}=None, dim=${dim}, norm=None`,
    evaluate: (x, c) => {
      const a = arrayOf(x.input);
      if (a.dtype === 'float16' || a.dtype === 'bfloat16')
        return unknown('transforms in half precision are not covered');
      if (isComplexType(a.dtype) && /^(rfft|ihfft)/.test(name)) return unknown(`${name} of complex numbers is refused`);
      const settings = { a: arrayValue(a), [size]: x[size], [axes]: x.dim, norm: x.norm };
      const out = toArray(runNumpy(`fft.${name}`, settings, c));
      c.record('fft', [need(x.input)]);
      needMeaning(out, a, several);
      return T(asType(out, isReal(name) ? realOf(floating(a.dtype)) : complexOf(floating(a.dtype))));
    },
  };
};

/** Lengths whose transforms take no other factors than ±1 and ±i. */
const EXACT = new Set([1, 2, 4]);

/**
 * Stops where a part of a spectrum is nothing but rounding beside the largest one, which torch shows as it comes. Of a real signal
 * the first and the middle entry are real.
 */
function needMeaning(out: NDArray, a: NDArray, several: boolean): void {
  if (out.shape.every(n => EXACT.has(n))) return;
  const parts = isComplexType(out.dtype) ? pairsOf(out) : toFloat64(out);
  const least =
    (a.dtype === 'float64' || a.dtype === 'complex128' ? 1e-13 : 2e-6) *
    parts.reduce((m, e) => Math.max(m, Math.abs(e)), 0);
  const n = out.shape[out.shape.length - 1];
  const isPlain = (k: number): boolean => {
    const at = Math.floor(k / 2) % n;
    return (
      !several &&
      out.shape.length === 1 &&
      !isComplexType(a.dtype) &&
      isComplexType(out.dtype) &&
      k % 2 === 1 &&
      (2 * at) % n === 0
    );
  };
  if (parts.some((e, k) => Math.abs(e) < least && !isPlain(k)))
    unknown('a part of this spectrum is nothing but rounding, which differs between versions');
}

const frequencies = (name: string): LibraryFunction => ({
  path: `torch.fft.${name}`,
  signature: 'n, d=1.0, *, dtype=None',
  evaluate: (x, c) =>
    T(asType(toArray(runNumpy(`fft.${name}`, { n: x.n, d: x.d }, c)), typeArgument(x.dtype) ?? 'float32')),
});

const shifted = (name: string): LibraryFunction => ({
  path: `torch.fft.${name}`,
  signature: 'input, dim=None',
  evaluate: (x, c) => {
    const a = arrayOf(x.input);
    if (a.shape.length === 0) return unknown(`${name} of a number is refused`);
    return T(toArray(runNumpy(`fft.${name}`, { x: arrayValue(a), axes: x.dim }, c)));
  },
});

/** The angle of every number; of real ones 0 or π. */
function angle(x: Bound): Value {
  const a = arrayOf(x.input);
  if (!isComplexType(a.dtype)) {
    const d = floating(a.dtype);
    const out = toFloat64(a).map(e => (Number.isNaN(e) ? e : e < 0 ? Math.PI : 0));
    return T(asType(ndarray('float64', a.shape, out), d));
  }
  const parts = pairsOf(a);
  const out = generate(sizeOf(a.shape), k => Math.atan2(parts[2 * k + 1], parts[2 * k]));
  return T(asType(ndarray('float64', a.shape, out), realOf(a.dtype)));
}

/** Real and imaginary parts in turn. */
function pairsOf(a: NDArray): Float64Array {
  const wide = asType(a, 'complex128');
  const flat = { ...wide };
  const out = new Float64Array(2 * sizeOf(a.shape));
  const all = Array.from({ length: sizeOf(a.shape) }, (_, k) => elementAt(flat, k));
  all.forEach((e, k) => {
    if (typeof e === 'object' && 're' in e) {
      out[2 * k] = e.re;
      out[2 * k + 1] = e.im;
    } else out[2 * k] = Number(e);
  });
  return out;
}

function asReal(x: Bound): Value {
  const a = arrayOf(x.input);
  if (!isComplexType(a.dtype)) return unknown('view_as_real takes complex tensors');
  return T(asType(ndarray('float64', [...a.shape, 2], pairsOf(a)), realOf(a.dtype)));
}

function asComplex(x: Bound): Value {
  const a = arrayOf(x.input);
  if (a.shape[a.shape.length - 1] !== 2 || (a.dtype !== 'float32' && a.dtype !== 'float64'))
    return unknown('view_as_complex takes pairs of floats');
  return T(asType(ndarray('complex128', a.shape.slice(0, -1), toFloat64(a).slice()), complexOf(a.dtype)));
}

function polar(x: Bound): Value {
  const [r, phi] = [arrayOf(x.abs), arrayOf(x.angle)];
  if (r.dtype !== phi.dtype || !isFloatType(r.dtype) || r.shape.join() !== phi.shape.join())
    return unknown('torch.polar of these is not covered');
  const [p, q] = [toFloat64(r), toFloat64(phi)];
  const parts = generate(2 * p.length, k => {
    const i = Math.floor(k / 2);
    return p[i] * (k % 2 === 0 ? Math.cos(q[i]) : Math.sin(q[i]));
  });
  return T(asType(ndarray('complex128', r.shape, parts), complexOf(r.dtype)));
}

/** Windows of `n` samples, periodic ones taken from one longer. */
const window = (name: string, f: (t: number) => number): LibraryFunction[] =>
  functions(name, 'window_length, periodic=True, *, dtype=None', x => {
    const n = Number(toFloat64(toArray(need(x.window_length)))[0]);
    const closed = given(x.periodic) && !isTrueValue(x.periodic);
    const data = generate(n, k => (n === 1 ? 1 : f(k / (closed ? n - 1 : n))));
    return T(asType(ndarray('float64', [n], data), typeArgument(x.dtype) ?? 'float32'));
  });
const isTrueValue = (v: Value): boolean => v.kind === 'scalar' && Boolean(v.value);
const cosines =
  (...weights: readonly number[]) =>
  (t: number): number =>
    weights.reduce((s, w, k) => s + (k % 2 === 0 ? w : -w) * Math.cos(2 * Math.PI * k * t), 0);

export const TORCH_FFT: readonly LibraryFunction[] = [
  ...[...SINGLE, ...SEVERAL].map(transformed),
  ...['fftfreq', 'rfftfreq'].map(frequencies),
  ...['fftshift', 'ifftshift'].map(shifted),
  ...both('angle', 'input', angle),
  ...functions('view_as_real', 'input', asReal),
  ...functions('view_as_complex', 'input', asComplex),
  ...functions('polar', 'abs, angle', polar),
  ...both('isreal', 'input', x => {
    const a = arrayOf(x.input);
    const parts = isComplexType(a.dtype) ? pairsOf(a) : undefined;
    return T(
      ndarray(
        'bool',
        a.shape,
        Uint8Array.from({ length: sizeOf(a.shape) }, (_, k) => (parts && parts[2 * k + 1] !== 0 ? 0 : 1)),
      ),
    );
  }),
  ...window('hann_window', cosines(0.5, 0.5)),
  ...window('hamming_window', cosines(0.54, 0.46)),
  ...window('blackman_window', cosines(0.42, 0.5, 0.08)),
  ...window('bartlett_window', t => 1 - Math.abs(2 * t - 1)),
];
