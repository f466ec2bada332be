import { type Complex, type DType, type Element, integerRange, isComplex, isIntegerType } from '../values/dtype';
import { contiguous, elementAt, type NDArray, reshape, toFloat64 } from '../values/ndarray';
import type { ArrayValue, Scalar, Value } from '../values/value';
import {
  COMPLEX_GAP,
  complexMatrixFormat,
  complexScalarFormat,
  complexText,
  type Format,
  type NumberStyle,
  numberText,
  padded,
  rangeFormat,
  realMatrixFormat,
  realScalarFormat,
  SHORT,
} from './octave-numbers';

/** Columns of the terminal that Octave assumes when there is none. */
const TERMINAL = 80;

/**
 * What Octave 7.3 prints at its prompt for `name = value` under `format short` or `format long`, without the final newlines:
 * `ans = 11`, or `ans =`, a blank line and the rows.
 */
export function octaveText(value: Value, name: string, style: NumberStyle = SHORT): string {
  switch (value.kind) {
    case 'scalar':
      return `${name} = ${scalarText(value, style)}`;
    case 'array':
      return arrayText(value, name, style);
    case 'string':
      return `${name} = ${value.value}`;
    case 'list':
    case 'tuple':
      return value.items.map(item => octaveText(item, name, style)).join('\n');
    case 'function':
      return `${name} = @${value.path.slice(value.path.indexOf('.') + 1)}`;
    case 'none':
    case 'slice':
    case 'ellipsis':
    case 'module':
    case 'dtype':
    case 'dict':
    case 'set':
    case 'object':
      return '';
  }
}

/** What `disp(value)` prints, with its newlines. */
export function octaveDisplay(value: Value): string {
  if (value.kind === 'array' && !isSingle(value.array)) {
    const [rows, columns] = matrixShape(value.array);
    if (rows * columns === 0) return `[](${rows}x${columns})\n`;
    const heading = value.layout ? `${HEADING[value.layout]}\n\n` : '';
    return `${heading}${body(value, SHORT)}`;
  }
  return octaveText(value, '').replace(/^ = /, '').concat('\n');
}

/** int64 stands for doubles: whole numbers of other front ends. */
const isIntegerClass = (dtype: DType): boolean => isIntegerType(dtype) && dtype !== 'int64' && dtype !== 'uint64';

const digitsOf = (x: number): number => (x === 0 ? 0 : String(Math.abs(x)).length);

const HEADING = { diagonal: 'Diagonal Matrix', permutation: 'Permutation Matrix' } as const;

const isSingle = (a: NDArray): boolean => a.shape.every(n => n === 1);

const matrixShape = (a: NDArray): readonly [number, number] =>
  a.shape.length === 2 ? [a.shape[0], a.shape[1]] : [1, a.shape.reduce((n, m) => n * m, 1)];

function scalarText({ dtype, value }: Pick<Scalar, 'dtype' | 'value'>, style: NumberStyle): string {
  if (dtype === 'bool') return value ? '1' : '0';
  if (isIntegerClass(dtype)) return String(value);
  if (isComplex(value)) {
    const format = complexScalarFormat(value, style);
    return complexText(value, format);
  }
  const x = Number(value);
  return numberText(x, realScalarFormat(x, style));
}

function arrayText(value: ArrayValue, name: string, style: NumberStyle): string {
  const [rows, columns] = matrixShape(value.array);
  if (rows * columns === 0) return `${name} = [](${rows}x${columns})`;
  if (isSingle(value.array)) {
    return `${name} = ${scalarText({ dtype: value.array.dtype, value: elementAt(value.array, value.array.offset) }, style)}`;
  }
  const heading = value.layout ? `${HEADING[value.layout]}\n\n` : '';
  return `${name} =\n\n${heading}${body(value, style)}`.replace(/\n+$/, '');
}

/** The rows, in as many groups of columns as the terminal is wide. */
function body(value: ArrayValue, style: NumberStyle): string {
  const shape = matrixShape(value.array);
  const a = contiguous(value.array.shape.length === 2 ? value.array : reshape(value.array, shape));
  const [rows, columns] = shape;
  const { width, cell } = columnsOf(a, value, style);
  const perGroup = Math.max(1, Math.floor(TERMINAL / width));
  const grouped = columns * width > TERMINAL;
  const groups: string[] = [];
  for (let first = 0; first < columns; first += grouped ? perGroup : columns) {
    const end = Math.min(columns, grouped ? first + perGroup : columns);
    let text = grouped ? `${groupHeading(first + 1, end)}\n\n` : '';
    for (let i = 0; i < rows; i++) {
      for (let j = first; j < end; j++) text += cell(i * columns + j, i === j);
      text += '\n';
    }
    groups.push(text);
  }
  return groups.join('\n');
}

function groupHeading(first: number, last: number): string {
  if (first === last) return ` Column ${first}:`;
  return last === first + 1 ? ` Columns ${first} and ${last}:` : ` Columns ${first} through ${last}:`;
}

/** The numbers on the diagonal, as pairs when complex. */
function diagonalOf(a: NDArray): Float64Array {
  const columns = a.shape[1];
  const width = a.dtype === 'complex128' ? 2 : 1;
  const length = Math.min(a.shape[0], columns);
  return Float64Array.from({ length: length * width }, (_, k) =>
    Number(a.data[Math.floor(k / width) * (columns + 1) * width + (k % width)]),
  );
}

/** How the columns are set: the width that counts for grouping, and the text of the entry at a row-major position. */
interface Columns {
  readonly width: number;
  readonly cell: (k: number, onDiagonal: boolean) => string;
}

function columnsOf(a: NDArray, value: ArrayValue, style: NumberStyle): Columns {
  if (a.dtype === 'bool') {
    // Octave counts the digits of the largest entry, and 0 has none.
    const width = toFloat64(a).some(x => x !== 0) ? 3 : 2;
    return { width, cell: k => (a.data[k] ? '  1' : '  0') };
  }
  if (isIntegerClass(a.dtype)) {
    const data = toFloat64(a);
    // Octave takes the magnitude within the class, where the lowest number has none.
    const lowest = Number(integerRange(a.dtype)[0]);
    const counted = data.filter(x => x > lowest);
    const digits = counted.reduce((most, x) => Math.max(most, digitsOf(x)), 0);
    const width = 2 + digits + (counted.some(x => x < 0) ? 1 : 0);
    return { width, cell: k => `  ${padded(String(a.data[k]), width - 2)}` };
  }
  const diagonal = value.layout === 'diagonal';
  // Zeros beside the diagonal do not count for the format.
  const data = diagonal ? diagonalOf(a) : a.data;
  if (a.dtype === 'complex128') {
    const format = complexMatrixFormat(data as Float64Array, style);
    const drawn = 2 + format.real.width + COMPLEX_GAP + format.imaginary.width;
    const zero = padded('0', drawn);
    return {
      width: drawn + 1,
      cell: (k, on) => (diagonal && !on ? zero : `  ${complexText(elementAt(a, k) as Complex, format)}`),
    };
  }
  const format: Format = value.range ? rangeFormat(value.range, style) : realMatrixFormat(data as Float64Array, style);
  return {
    width: format.width + 2,
    cell: k => `  ${numberText(Number(a.data[k] as Exclude<Element, Complex>), format)}`,
  };
}
