import { type DType, type Element, isComplex, isIntegerType } from '../values/dtype';
import { elementAt, type NDArray, sizeOf } from '../values/ndarray';
import { textsOf } from '../values/strings';
import type { StringsValue } from '../values/value';
import { type Precision, pythonFloat } from './digits';
import { arrayText, brainText, type PrintOptions, precisionOf } from './numpy-print';

/** Numbers and arrays as NumPy writes them. */

/** One number as Python writes it. */
export function elementText(e: Element, dtype: DType): string {
  if (isComplex(e)) return complexText(e.re, e.im, precisionOf(dtype));
  if (typeof e === 'boolean') return e ? 'True' : 'False';
  if (typeof e === 'bigint') return e.toString();
  if (isIntegerType(dtype)) return String(e + 0);
  if (dtype === 'bool') return e ? 'True' : 'False';
  return dtype === 'bfloat16' ? brainText(e) : pythonFloat(e, precisionOf(dtype));
}

/** Python writes a complex number without its zero real part, and its parts without a trailing `.0`. */
function complexText(re: number, im: number, type: Precision): string {
  const bare = (x: number): string => pythonFloat(x, type).replace(/\.0$/, '');
  if (re === 0 && !Object.is(re, -0)) return `${bare(im)}j`;
  const imaginary = bare(im);
  return `(${bare(re)}${imaginary.startsWith('-') ? '' : '+'}${imaginary}j)`;
}

const IMPLIED: ReadonlySet<DType> = new Set(['bool', 'int64', 'float64', 'complex128']);

/** `repr(array)`. */
export function arrayRepr(a: NDArray, options: PrintOptions): string {
  const body = arrayText(a, ', ', 'array(', ')', options);
  if (sizeOf(a.shape) > 0 && IMPLIED.has(a.dtype)) return `array(${body})`;
  return withType(a, body, a.dtype, options);
}

/** An array's text with its dtype behind it. */
function withType(a: NDArray, body: string, type: string, options: PrintOptions): string {
  const empty = sizeOf(a.shape) === 0;
  const shape = empty && a.shape.length !== 1 ? `, shape=(${a.shape.join(', ')})` : '';
  const text = `array(${body}${shape},`;
  const dtype = `dtype=${type})`;
  const last = text.length - (text.lastIndexOf('\n') + 1);
  return `${text}${last + dtype.length + 1 > options.linewidth ? `\n${' '.repeat('array('.length)}` : ' '}${dtype}`;
}

/** `str(array)`, as print shows it. */
export const arrayStr = (a: NDArray, options: PrintOptions): string =>
  a.shape.length === 0 ? elementText(elementAt(a, a.offset), a.dtype) : arrayText(a, ' ', '', '', options);

/** An array with a name of its own before it and its dtype always behind, as JAX writes it. */
export function namedRepr(name: string, a: NDArray, options: PrintOptions): string {
  const prefix = `${name}(`;
  const body = sizeOf(a.shape) === 0 ? `[], shape=${shapeRepr(a.shape)}` : arrayText(a, ', ', prefix, ',', options);
  const dtype = `dtype=${a.dtype})`;
  const last = body.length - body.lastIndexOf('\n') + 1;
  // Where the type does not fit JAX writes more blanks, and no new line.
  const gap = last + dtype.length + 1 > options.linewidth ? ' '.repeat(prefix.length) : ' ';
  return `${prefix}${body},${gap}${dtype}`;
}

export const shapeRepr = (shape: readonly number[]): string =>
  shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;

/** `<U5`. */
export const stringType = (width: number): string => `<U${width === 0 ? '' : width}`;

/** How a place in the table is written. */
export const quoted =
  (v: StringsValue) =>
  (k: Element): string =>
    stringRepr(v.table[Number(k)]);

/** `repr` of an array of texts. */
export const stringsRepr = (v: StringsValue, options: PrintOptions): string =>
  withType(v.array, arrayText(v.array, ', ', 'array(', ')', options, quoted(v)), `'${stringType(v.width)}'`, options);

/** `str` of an array of texts, as print shows it. */
export const stringsStr = (v: StringsValue, options: PrintOptions): string =>
  v.array.shape.length === 0 ? textsOf(v)[0] : arrayText(v.array, ' ', '', '', options, quoted(v));

/** A character that Python does not print, by its code. */
function codeEscape(c: string): string {
  const code = c.codePointAt(0) ?? 0;
  const [letter, width] = code < 0x100 ? ['x', 2] : code < 0x10000 ? ['u', 4] : ['U', 8];
  return `\\${letter}${code.toString(16).padStart(width, '0')}`;
}

/** `repr` of a text. */
export function stringRepr(s: string): string {
  const quote = s.includes("'") && !s.includes('"') ? '"' : "'";
  const body = s
    .replace(/\\/g, '\\\\')
    .replace(/\n/g, '\\n')
    .replace(/\t/g, '\\t')
    .replace(/\r/g, '\\r')
    .replace(/(?! )[\p{C}\p{Z}]/gu, codeEscape)
    .replaceAll(quote, `\\${quote}`);
  return quote + body + quote;
}
