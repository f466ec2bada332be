import {
  type DType,
  type Element,
  isComplex,
  isComplexType,
  isIntegerType,
  partType,
  roundHalf,
} from '../values/dtype';
import { elementAt, elements, type NDArray, position, sizeOf } from '../values/ndarray';
import { fixed, type Precision, positional, scientific } from './digits';
import { generalText } from './printf';

/** Kinds of elements by the names that `formatter=` gives them. */
export type FormatterKind = 'bool' | 'int' | 'float' | 'complexfloat' | 'numpystr';

/** The user's own functions from an element to its text. */
export type Formatter = ReadonlyMap<FormatterKind, (e: Element, dtype: DType) => string>;

const formatterKind = (d: DType): FormatterKind =>
  d === 'bool' ? 'bool' : isIntegerType(d) ? 'int' : isComplexType(d) ? 'complexfloat' : 'float';

/** What `numpy.set_printoptions` sets. */
export interface PrintOptions {
  readonly precision: number;
  readonly threshold: number;
  readonly edgeitems: number;
  readonly linewidth: number;
  readonly suppress: boolean;
  readonly nanstr: string;
  readonly infstr: string;
  readonly sign: '-' | '+' | ' ';
  readonly floatmode: 'maxprec' | 'fixed' | 'unique' | 'maxprec_equal';
  /** What writes the elements of a kind in NumPy's place. */
  readonly formatter?: Formatter;
  /** What `torch.set_printoptions` sets, where it has been called. */
  readonly torch?: TorchPrint;
  /** What `numpy.polynomial.set_default_printstyle` sets. */
  readonly polynomials?: PolynomialStyle;
}

export type PolynomialStyle = 'unicode' | 'ascii';

/** How tensors of torch print; without `sciMode` torch chooses by the numbers. */
export interface TorchPrint {
  readonly precision: number;
  readonly threshold: number;
  readonly edgeitems: number;
  readonly linewidth: number;
  readonly sciMode?: boolean;
}

export const DEFAULT_PRINT: PrintOptions = {
  precision: 8,
  threshold: 1000,
  edgeitems: 3,
  linewidth: 75,
  suppress: false,
  nanstr: 'nan',
  infstr: 'inf',
  sign: '-',
  floatmode: 'maxprec',
};

export const precisionOf = (d: DType): Precision => {
  const part = partType(d);
  return part === 'float16' ? 16 : part === 'float32' ? 32 : 64;
};

/** The indices of one axis to show: all, or the edges with a gap (-1) between. */
function shownIndices(n: number, edge: number, summarise: boolean): number[] {
  if (!summarise || n <= 2 * edge) return Array.from({ length: n }, (_, i) => i);
  return [...Array.from({ length: edge }, (_, i) => i), -1, ...Array.from({ length: edge }, (_, i) => n - edge + i)];
}

/** Nested brackets with aligned columns, wrapped at the line width and summarised when large (numpy.core.arrayprint). */
export function arrayText(
  a: NDArray,
  separator: string,
  prefix: string,
  suffix: string,
  options: PrintOptions = DEFAULT_PRINT,
  write?: (e: Element) => string,
): string {
  if (sizeOf(a.shape) === 0) return '[]';
  const summarise = sizeOf(a.shape) > options.threshold;
  const shown = a.shape.map(n => shownIndices(n, options.edgeitems, summarise));
  const data = summarise ? elementsAt(a, shown) : elements(a);
  const own = write ? undefined : options.formatter?.get(formatterKind(a.dtype));
  const format = own
    ? (e: Element) => own(e, a.dtype)
    : (write ?? elementFormat(data, a.dtype, a.shape.length === 0, options));
  const build = (index: readonly number[], indent: string, room: number): string => {
    const axis = index.length;
    const left = a.shape.length - axis;
    if (left === 0) return format(elementAt(a, position(a, index)));
    const items = shown[axis];
    let out = '';
    if (left === 1) {
      const limit = room - Math.max(separator.trimEnd().length, 1);
      let line = indent;
      items.forEach((i, k) => {
        const word = i === -1 ? '...' : build([...index, i], `${indent} `, room - 1);
        if (line.length + word.length > limit && line.length > indent.length) {
          out += `${line.trimEnd()}\n`;
          line = indent;
        }
        line += word;
        if (k + 1 < items.length) line += separator;
      });
      out += line;
    } else {
      const between = separator.trimEnd() + '\n'.repeat(left - 1);
      out = items.map(i => indent + (i === -1 ? '...' : build([...index, i], `${indent} `, room - 1))).join(between);
    }
    return `[${out.slice(indent.length)}]`;
  };
  return build([], ` ${' '.repeat(prefix.length)}`, options.linewidth - suffix.length);
}

function elementsAt(a: NDArray, shown: readonly (readonly number[])[]): Element[] {
  let lists: number[][] = [[]];
  for (const axis of shown) lists = lists.flatMap(l => axis.filter(i => i !== -1).map(i => [...l, i]));
  return lists.map(index => elementAt(a, position(a, index)));
}

/** A function that writes every element in the same width, as NumPy chooses it from all elements shown. */
function elementFormat(
  data: readonly Element[],
  dtype: DType,
  single: boolean,
  options: PrintOptions,
): (e: Element) => string {
  if (dtype === 'bool') return e => (e ? (single ? 'True' : ' True') : 'False');
  if (isIntegerType(dtype)) {
    const width = data.reduce<number>((w, e) => Math.max(w, integerText(e).length), 0);
    return e => integerText(e).padStart(width);
  }
  if (dtype === 'bfloat16') return e => brainText(Number(e as number));
  const type = precisionOf(dtype);
  if (!isComplexType(dtype)) {
    const f = floatFormat(data.map(Number), type, options);
    return e => f(Number(e as number));
  }
  const parts = data.map(e => (isComplex(e) ? e : { re: Number(e), im: 0 }));
  const re = floatFormat(
    parts.map(z => z.re),
    type,
    options,
  );
  const im = floatFormat(
    parts.map(z => z.im),
    type,
    { ...options, sign: '+' },
  );
  return e => {
    const z = isComplex(e) ? e : { re: Number(e), im: 0 };
    const imaginary = im(z.im);
    const end = imaginary.trimEnd().length;
    return `${re(z.re)}${imaginary.slice(0, end)}j${imaginary.slice(end)}`;
  };
}

/** A number of bfloat16 as ml_dtypes writes it for JAX and TensorFlow, in as many characters as it takes. */
export const brainText = (x: number): string =>
  Number.isFinite(x) ? generalText(x, 6) : Number.isNaN(x) ? 'nan' : x > 0 ? 'inf' : '-inf';

const integerText = (e: Element): string => (typeof e === 'bigint' ? e.toString() : String(Number(e as number) + 0));

/** FloatingFormat of numpy.core.arrayprint: exponents when the range is wide, otherwise aligned on the point. */
function floatFormat(data: readonly number[], type: Precision, options: PrintOptions): (x: number) => string {
  const finite = data.filter(Number.isFinite);
  const magnitudes = finite.map(Math.abs).filter(x => x !== 0);
  const largest = magnitudes.reduce((m, x) => Math.max(m, x), 0);
  const smallest = magnitudes.reduce((m, x) => Math.min(m, x), Number.POSITIVE_INFINITY);
  // NumPy divides in the array's own type.
  const narrow = type === 16 ? roundHalf : type === 32 ? Math.fround : Number;
  const exponential =
    magnitudes.length > 0 &&
    (largest >= 1e8 || (!options.suppress && (smallest < 1e-4 || narrow(largest / smallest) > 1000)));
  const precision = options.floatmode === 'unique' ? 400 : options.precision;
  const plus = options.sign === '+';
  const signed = (text: string): string => (plus && !text.startsWith('-') ? `+${text}` : text);
  const whole = options.floatmode === 'fixed';
  let left = 0;
  let right = 0;
  let write: (x: number) => string;
  if (exponential) {
    const parts = finite.map(x => scientific(x, type, precision));
    const longest = parts.reduce((w, p) => Math.max(w, p.mantissa.split('.')[1].length), 0);
    const fraction = whole ? precision : longest;
    const exponentWidth = parts.reduce((w, p) => Math.max(w, String(Math.abs(p.exponent)).length), 2);
    left = parts.reduce((w, p) => Math.max(w, signed(p.mantissa).split('.')[0].length), 0);
    right = fraction + exponentWidth + 2;
    write = x => {
      const found = scientific(x, type, fraction);
      // Beyond its shortest digits a number goes on with its exact ones.
      const short = x !== 0 && fraction <= 100 && found.mantissa.split('.')[1].length < fraction;
      const [mantissa, exponent] = short
        ? ((m, e): [string, number] => [m, Number(e)])(...(x.toExponential(fraction).split('e') as [string, string]))
        : [found.mantissa, found.exponent];
      const [head, tail] = signed(mantissa).split('.');
      const digits = String(Math.abs(exponent)).padStart(exponentWidth, '0');
      return `${head.padStart(left)}.${tail.padEnd(fraction, '0')}e${exponent < 0 ? '-' : '+'}${digits}`;
    };
  } else {
    // All digits before the point are written, also where fewer would tell the number.
    const digits = (x: number): string => positional(x, Number.isInteger(x) ? 64 : type, precision);
    const text = (x: number): string => signed(whole ? fixed(x, precision) : digits(x));
    const texts = finite.map(text);
    left = texts.reduce((w, t) => Math.max(w, t.split('.')[0].length), 0);
    right = texts.reduce((w, t) => Math.max(w, t.split('.')[1].length), 0);
    const fill = whole || options.floatmode === 'maxprec_equal' ? '0' : ' ';
    write = x => {
      const [head, tail] = text(x).split('.');
      // Beyond its shortest digits a number goes on with its exact ones.
      if (fill === '0' && tail.length < right) return signed(fixed(x, right)).padStart(left + 1 + right);
      return `${head.padStart(left)}.${tail.padEnd(right, fill)}`;
    };
  }
  if (options.sign === ' ' && !finite.some(x => x < 0 || Object.is(x, -0))) left += 1;
  if (finite.length < data.length) {
    const negative = options.sign !== '-' || data.includes(Number.NEGATIVE_INFINITY);
    const room = Math.max(options.nanstr.length, options.infstr.length + (negative ? 1 : 0));
    left = Math.max(left, room - (right + 1));
  }
  const width = left + right + 1;
  return x => {
    if (Number.isNaN(x)) return `${plus ? '+' : ''}${options.nanstr}`.padStart(width);
    if (!Number.isFinite(x)) return `${x < 0 ? '-' : plus ? '+' : ''}${options.infstr}`.padStart(width);
    return write(x);
  };
}
