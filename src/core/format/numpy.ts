import { type DType, type Element, isComplex } from '../values/dtype';
import { elementAt, elements, type NDArray, position, sizeOf } from '../values/ndarray';
import type { Value } from '../values/value';
import { exponentText, positional, pythonFloat, scientific } from './digits';

/** Print options of NumPy 1.24 as they stand when nobody has changed them. */
const PRECISION = 8;
const LINE_WIDTH = 75;
const THRESHOLD = 1000;
const EDGE_ITEMS = 3;

/** What Python's prompt shows for a value; NumPy scalars as plain numbers. Nothing for None. */
export const pythonText = (v: Value): string => (v.kind === 'none' ? 'None' : pythonRepr(v));

/** `repr(value)`. */
export function pythonRepr(v: Value): string {
  switch (v.kind) {
    case 'array':
      return arrayRepr(v.array);
    case 'string':
      return stringRepr(v.value);
    case 'list':
      return `[${v.items.map(pythonRepr).join(', ')}]`;
    case 'tuple':
      return v.items.length === 1 ? `(${pythonRepr(v.items[0])},)` : `(${v.items.map(pythonRepr).join(', ')})`;
    case 'dtype':
      return `dtype('${v.dtype}')`;
    default:
      return pythonStr(v);
  }
}

/** `str(value)`, as print shows it. */
export function pythonStr(v: Value): string {
  switch (v.kind) {
    case 'scalar':
      return elementText(v.value, v.dtype);
    case 'array':
      return v.array.shape.length === 0
        ? elementText(elementAt(v.array, v.array.offset), v.array.dtype)
        : arrayText(v.array, ' ', '', '');
    case 'string':
      return v.value;
    case 'none':
      return 'None';
    case 'ellipsis':
      return 'Ellipsis';
    case 'dtype':
      return v.dtype;
    case 'module':
      return `<module '${v.path}'>`;
    case 'function':
      return `<function ${v.path}>`;
    case 'slice':
      return 'slice';
    case 'list':
    case 'tuple':
      return pythonRepr(v);
  }
}

function stringRepr(s: string): string {
  const quote = s.includes("'") && !s.includes('"') ? '"' : "'";
  const body = s
    .replace(/\\/g, '\\\\')
    .replace(/\n/g, '\\n')
    .replace(/\t/g, '\\t')
    .replace(/\r/g, '\\r')
    .replaceAll(quote, `\\${quote}`);
  return quote + body + quote;
}

function elementText(e: Element, dtype: DType): string {
  if (isComplex(e)) return complexText(e.re, e.im);
  if (typeof e === 'boolean') return e ? 'True' : 'False';
  if (typeof e === 'bigint') return e.toString();
  if (dtype === 'int64') return String(e + 0);
  if (dtype === 'bool') return e ? 'True' : 'False';
  return pythonFloat(e, dtype === 'float32');
}

/** Python writes a complex number without its zero real part, and its parts without a trailing `.0`. */
function complexText(re: number, im: number): string {
  const bare = (x: number): string => pythonFloat(x).replace(/\.0$/, '');
  if (re === 0 && !Object.is(re, -0)) return `${bare(im)}j`;
  const imaginary = bare(im);
  return `(${bare(re)}${imaginary.startsWith('-') ? '' : '+'}${imaginary}j)`;
}

const IMPLIED: ReadonlySet<DType> = new Set(['bool', 'int64', 'float64', 'complex128']);

function arrayRepr(a: NDArray): string {
  const empty = sizeOf(a.shape) === 0;
  const body = empty ? '[]' : a.shape.length === 0 ? elementTextInArray(a) : arrayText(a, ', ', 'array(', ')');
  const shape = empty && !(a.shape.length === 1) ? `, shape=(${a.shape.join(', ')})` : '';
  if (!empty && IMPLIED.has(a.dtype)) return `array(${body})`;
  const text = `array(${body}${shape}`;
  const dtype = `dtype=${a.dtype})`;
  const last = text.length - (text.lastIndexOf('\n') + 1);
  return `${text},${last + dtype.length + 1 > LINE_WIDTH ? `\n${' '.repeat('array('.length)}` : ' '}${dtype}`;
}

function elementTextInArray(a: NDArray): string {
  const format = formatterOf([elementAt(a, a.offset)], a.dtype, true);
  return format(elementAt(a, a.offset)).trim();
}

/** The indices of one axis to show: all, or the edges with a gap (-1) between. */
const edges = (n: number, summarise: boolean): number[] =>
  summarise && n > 2 * EDGE_ITEMS ? [0, 1, 2, -1, n - 3, n - 2, n - 1] : Array.from({ length: n }, (_, i) => i);

/** Nested brackets with aligned columns, wrapped at the line width and summarised when large (numpy.core.arrayprint). */
export function arrayText(a: NDArray, separator: string, prefix: string, suffix: string): string {
  if (sizeOf(a.shape) === 0) return '[]';
  const summarise = sizeOf(a.shape) > THRESHOLD;
  const shownIndex = a.shape.map(n => edges(n, summarise));
  const data = summarise ? shownElements(a, shownIndex) : elements(a);
  const format = formatterOf(data, a.dtype, false);
  const width = LINE_WIDTH - suffix.length;
  const build = (index: readonly number[], indent: string, room: number): string => {
    const axis = index.length;
    const left = a.shape.length - axis;
    if (left === 0) return format(elementAt(a, position(a, index)));
    const items = shownIndex[axis];
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
  return build([], ` ${' '.repeat(prefix.length)}`, width);
}

function shownElements(a: NDArray, shown: readonly (readonly number[])[]): Element[] {
  let lists: number[][] = [[]];
  for (const axis of shown) lists = lists.flatMap(l => axis.filter(i => i !== -1).map(i => [...l, i]));
  return lists.map(index => elementAt(a, position(a, index)));
}

/** A function that writes every element in the same width, as NumPy chooses it from all elements shown. */
function formatterOf(data: readonly Element[], dtype: DType, zeroD: boolean): (e: Element) => string {
  switch (dtype) {
    case 'bool':
      return e => (zeroD ? (e ? 'True' : 'False') : e ? ' True' : 'False');
    case 'int64': {
      const width = data.reduce<number>((w, e) => Math.max(w, integerText(e).length), 0);
      return e => integerText(e).padStart(width);
    }
    case 'float32':
    case 'float64': {
      const f = floatFormatter(
        data.map(e => Number(e as number)),
        dtype === 'float32',
        false,
      );
      return e => f(Number(e as number));
    }
    case 'complex128': {
      const re = floatFormatter(
        data.map(e => (isComplex(e) ? e.re : Number(e))),
        false,
        false,
      );
      const im = floatFormatter(
        data.map(e => (isComplex(e) ? e.im : 0)),
        false,
        true,
      );
      return e => {
        const imaginary = im(isComplex(e) ? e.im : 0);
        const end = imaginary.trimEnd().length;
        return `${re(isComplex(e) ? e.re : Number(e))}${imaginary.slice(0, end)}j${imaginary.slice(end)}`;
      };
    }
  }
}

const integerText = (e: Element): string => (typeof e === 'bigint' ? e.toString() : String(Number(e as number) + 0));

/** FloatingFormat of numpy.core.arrayprint: exponents when the range is wide, otherwise aligned on the point. */
function floatFormatter(data: readonly number[], single: boolean, plus: boolean): (x: number) => string {
  const finite = data.filter(Number.isFinite);
  const magnitudes = finite.map(Math.abs).filter(x => x !== 0);
  const largest = magnitudes.reduce((m, x) => Math.max(m, x), 0);
  const smallest = magnitudes.reduce((m, x) => Math.min(m, x), Number.POSITIVE_INFINITY);
  const exponential = magnitudes.length > 0 && (largest >= 1e8 || smallest < 1e-4 || largest / smallest > 1000);
  const signed = (text: string): string => (plus && !text.startsWith('-') ? `+${text}` : text);
  let left = 0;
  let right = 0;
  let write: (x: number) => string;
  if (exponential) {
    const parts = finite.map(x => scientific(x, single, PRECISION));
    const fraction = parts.reduce((w, p) => Math.max(w, p.mantissa.split('.')[1].length), 0);
    const exponentWidth = parts.reduce((w, p) => Math.max(w, String(Math.abs(p.exponent)).length), 2);
    left = parts.reduce((w, p) => Math.max(w, signed(p.mantissa).split('.')[0].length), 0);
    right = fraction + exponentWidth + 2;
    write = x => {
      const { mantissa, exponent } = scientific(x, single, fraction);
      const [whole, tail] = signed(mantissa).split('.');
      const e = exponentText(exponent);
      return `${whole.padStart(left)}.${tail.padEnd(fraction, '0')}${e.slice(0, 2)}${e.slice(2).padStart(exponentWidth, '0')}`;
    };
  } else {
    const texts = finite.map(x => signed(positional(x, single, PRECISION)));
    left = texts.reduce((w, t) => Math.max(w, t.split('.')[0].length), 0);
    right = texts.reduce((w, t) => Math.max(w, t.split('.')[1].length), 0);
    write = x => {
      const [whole, tail] = signed(positional(x, single, PRECISION)).split('.');
      return `${whole.padStart(left)}.${tail.padEnd(right)}`;
    };
  }
  if (finite.length < data.length) {
    const offset = right + 1;
    const anyNan = data.some(Number.isNaN);
    const anyInf = data.some(x => !Number.isFinite(x) && !Number.isNaN(x));
    const infLength = data.includes(Number.NEGATIVE_INFINITY) || plus ? 4 : 3;
    left = Math.max(left, anyNan ? 3 + (plus ? 1 : 0) - offset : 0, anyInf ? infLength - offset : 0);
  }
  const width = left + right + 1;
  return x => {
    if (Number.isNaN(x)) return (plus ? '+nan' : 'nan').padStart(width);
    if (!Number.isFinite(x)) return (x > 0 ? (plus ? '+inf' : 'inf') : '-inf').padStart(width);
    return write(x);
  };
}
