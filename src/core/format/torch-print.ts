import { type DType, type Element, isComplex, isComplexType, isFloatType } from '../values/dtype';
import { elementAt, type NDArray, position, sizeOf } from '../values/ndarray';
import { fixed } from './digits';
import type { TorchPrint } from './numpy-print';

export const DEFAULT_TORCH_PRINT: TorchPrint = { precision: 4, threshold: 1000, edgeitems: 3, linewidth: 80 };

/** Numbers a summary shows along an axis, with a gap (-1) between; all of them where there is none. */
function shown(n: number, summarise: boolean, edge: number): number[] {
  if (!summarise || n <= 2 * edge) return Array.from({ length: n }, (_, i) => i);
  return [...Array.from({ length: edge }, (_, i) => i), -1, ...Array.from({ length: edge }, (_, i) => n - edge + i)];
}

/** C's `%.{precision}e`: rounded from the exact value, ties to the even digit. */
export function exponential(x: number, precision: number): string {
  if (!Number.isFinite(x)) return nonfinite(x);
  const [mantissa, exponent] = Math.abs(x).toExponential(precision).split('e');
  const [whole, tail] = Math.abs(x).toExponential(100).split('e');
  const rest = whole.replace('.', '').slice(precision + 1);
  // JavaScript rounds a tie up.
  const even = whole.replace('.', '').slice(0, precision + 1);
  const tie = /^50*$/.test(rest) && Number(even[precision]) % 2 === 0;
  const digits = tie ? whole.slice(0, precision + 2) : mantissa;
  const power = Number(tie ? tail : exponent);
  const sign = x < 0 || Object.is(x, -0) ? '-' : '';
  return `${sign}${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

const nonfinite = (x: number): string => (Number.isNaN(x) ? 'nan' : x > 0 ? 'inf' : '-inf');
const point = (x: number, precision: number): string =>
  Number.isFinite(x) ? fixed(x, precision).replace(/\.$/, '') : nonfinite(x);

interface Format {
  readonly width: number;
  readonly write: (e: Element) => string;
}

/** How every number of a real tensor is written, chosen from those that are shown: whole, with a point, or by exponents. */
function numberFormat(data: readonly Element[], dtype: DType, options: TorchPrint): Format {
  const fitted = (width: number, text: (e: Element) => string): Format => ({
    width,
    write: e => text(e).padStart(width),
  });
  if (!isFloatType(dtype)) {
    const text = (e: Element): string =>
      typeof e === 'boolean' ? (e ? 'True' : 'False') : typeof e === 'bigint' ? e.toString() : String(Number(e) + 0);
    return fitted(
      data.reduce<number>((w, e) => Math.max(w, text(e).length), 1),
      text,
    );
  }
  const numbers = data.map(Number).filter(x => Number.isFinite(x) && x !== 0);
  const whole = numbers.every(Number.isInteger);
  const sizes = numbers.map(Math.abs);
  const largest = sizes.reduce((m, x) => Math.max(m, x), 0);
  const smallest = sizes.reduce((m, x) => Math.min(m, x), Number.POSITIVE_INFINITY);
  const wide = numbers.length > 0 && (largest / smallest > 1000 || largest > 1e8 || (!whole && smallest < 1e-4));
  const text = (x: number, scientific: boolean): string => {
    if (scientific) return exponential(x, options.precision);
    if (!whole) return point(x, options.precision);
    return Number.isFinite(x) ? `${point(x, 0)}.` : nonfinite(x);
  };
  return fitted(
    // The width is that of torch's own choice, also where another one is asked for.
    numbers.reduce((w, x) => Math.max(w, text(x, wide).length), 1),
    e => text(Number(e), options.sciMode ?? wide),
  );
}

/** Both parts of complex numbers, each in a format of its own. */
function complexFormat(data: readonly Element[], options: TorchPrint): Format {
  const parts = data.map(e => (isComplex(e) ? e : { re: Number(e), im: 0 }));
  const re = numberFormat(
    parts.map(z => z.re),
    'float64',
    options,
  );
  const im = numberFormat(
    parts.map(z => z.im),
    'float64',
    options,
  );
  return {
    width: re.width + im.width + 1,
    write: e => {
      const z = isComplex(e) ? e : { re: Number(e), im: 0 };
      const imaginary = `${im.write(z.im)}j`.trimStart();
      return `${re.write(z.re)}${/^[+-]/.test(imaginary) ? '' : '+'}${imaginary}`;
    },
  };
}

/** Nested brackets as torch lays them out (torch/_tensor_str.py): as many numbers on a line as fit, a summary beyond 1000. */
function body(a: NDArray, indent: number, options: TorchPrint): string {
  const summarise = sizeOf(a.shape) > options.threshold;
  const axes = a.shape.map(n => shown(n, summarise, options.edgeitems));
  let places: number[][] = [[]];
  for (const axis of axes) places = places.flatMap(p => axis.filter(i => i >= 0).map(i => [...p, i]));
  const data = places.map(p => elementAt(a, position(a, p)));
  const { width, write } = isComplexType(a.dtype) ? complexFormat(data, options) : numberFormat(data, a.dtype, options);
  const line = Math.max(1, Math.floor((options.linewidth - (indent + Math.max(a.shape.length - 1, 0))) / (width + 2)));
  const build = (index: readonly number[], at: number): string => {
    const axis = index.length;
    if (axis === a.shape.length) return write(elementAt(a, position(a, index)));
    const last = axis === a.shape.length - 1;
    const parts = axes[axis].map(i => (i === -1 ? (last ? ' ...' : '...') : build([...index, i], at + 1)));
    const gap = `${' '.repeat(at + 1)}`;
    if (!last) return `[${parts.join(`,${'\n'.repeat(a.shape.length - axis - 1)}${gap}`)}]`;
    const lines: string[] = [];
    for (let k = 0; k < parts.length; k += line) lines.push(parts.slice(k, k + line).join(', '));
    return `[${lines.join(`,\n${gap}`)}]`;
  };
  return build([], indent);
}

/** Types that torch does not name beside the numbers. */
const IMPLIED: ReadonlySet<DType> = new Set(['float32', 'complex64', 'int64', 'bool']);

/** A tensor as torch prints it; its text is the same for `print` and at the prompt. */
export function torchText(a: NDArray, suffix?: string, options: TorchPrint = DEFAULT_TORCH_PRINT): string {
  const empty = sizeOf(a.shape) === 0;
  const suffixes: string[] = [];
  if (empty && a.shape.length !== 1) suffixes.push(`size=(${a.shape.join(', ')})`);
  if (empty ? a.dtype !== 'float32' : !IMPLIED.has(a.dtype)) suffixes.push(`dtype=torch.${a.dtype}`);
  if (suffix) suffixes.push(suffix);
  let out = `tensor(${empty ? '[]' : body(a, 'tensor('.length, options)}`;
  let length = out.length - out.lastIndexOf('\n') + 1;
  for (const s of suffixes) {
    const breaks = length + s.length + 2 > options.linewidth;
    out += breaks ? `,\n${' '.repeat('tensor('.length)}${s}` : `, ${s}`;
    length = breaks ? 'tensor('.length + s.length : length + s.length + 2;
  }
  return `${out})`;
}
