import { type DType, type Element, isComplex, isIntegerType } from '../values/dtype';
import { elementAt, type NDArray, sizeOf } from '../values/ndarray';
import { type Precision, pythonFloat } from './digits';
import { arrayText, type PrintOptions, precisionOf } from './numpy-print';

/** Numbers and arrays as NumPy writes them. */

/** One number as Python writes it. */
export function elementText(e: Element, dtype: DType): string {
  if (isComplex(e)) return complexText(e.re, e.im, precisionOf(dtype));
  if (typeof e === 'boolean') return e ? 'True' : 'False';
  if (typeof e === 'bigint') return e.toString();
  if (isIntegerType(dtype)) return String(e + 0);
  if (dtype === 'bool') return e ? 'True' : 'False';
  return pythonFloat(e, precisionOf(dtype));
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
  const empty = sizeOf(a.shape) === 0;
  const body = arrayText(a, ', ', 'array(', ')', options);
  if (!empty && IMPLIED.has(a.dtype)) return `array(${body})`;
  const shape = empty && a.shape.length !== 1 ? `, shape=(${a.shape.join(', ')})` : '';
  const text = `array(${body}${shape},`;
  const dtype = `dtype=${a.dtype})`;
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
  const gap = last + dtype.length + 1 > options.linewidth ? `\n${' '.repeat(prefix.length)}` : ' ';
  return `${prefix}${body},${gap}${dtype}`;
}

export const shapeRepr = (shape: readonly number[]): string =>
  shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
