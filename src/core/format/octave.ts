import { type Complex, type DType, type Element, integerRange, isComplex, isIntegerType } from '../values/dtype';
import { contiguous, elementAt, type NDArray, reshape, toFloat64 } from '../values/ndarray';
import type { ArrayValue, CellValue, FunctionValue, Scalar, StructValue, Value } from '../values/value';
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
export const octaveText = (value: Value, name: string, style: NumberStyle = SHORT): string =>
  octavePrompt(value, name, style).replace(/\n+$/, '');

/** The same with its newlines. What stands in a cell or a structure is indented. */
export function octavePrompt(
  value: Value,
  name: string,
  style: NumberStyle = SHORT,
  indent = 0,
  levels = STRUCT_LEVELS,
): string {
  const at = ' '.repeat(indent);
  switch (value.kind) {
    case 'scalar':
      return `${at}${name} = ${scalarText(value, style)}\n`;
    case 'array':
      return arrayText(value, name, style, indent);
    case 'string':
      return `${at}${name} = ${value.value}\n`;
    case 'list':
    case 'tuple':
      return value.items.map(item => octavePrompt(item, name, style, indent, levels)).join('');
    case 'function':
      return value.closure === undefined || !value.handle?.startsWith('@(')
        ? `${at}${name} = ${handleText(value)}\n`
        : `${at}${name} =\n\n${value.handle}\n\n`;
    case 'cell': {
      if (value.items.length === 0) return `${at}${name} = {}(${value.shape.join('x')})\n`;
      return `${at}${name} =\n${at}{\n${cellItems(value, style, indent + 2, levels)}${at}}\n\n`;
    }
    case 'struct':
      return `${at}${name} =\n\n${structText(value, style, indent + 2, levels)}\n`;
    case 'none':
    case 'strings':
    case 'vector':
    case 'string-type':
    case 'polynomial':
    case 'slice':
    case 'ellipsis':
    case 'module':
    case 'dtype':
    case 'dict':
    case 'set':
    case 'object':
    case 'generator':
      return '';
  }
}

const handleText = (f: FunctionValue): string => f.handle ?? `@${f.path.slice(f.path.indexOf('.') + 1)}`;

/** The items column by column, each named by its place. */
function cellItems(cell: CellValue, style: NumberStyle, indent: number, levels = STRUCT_LEVELS): string {
  const [rows] = cell.shape;
  return cell.items
    .map((item, k) => octavePrompt(item, `[${(k % rows) + 1},${Math.floor(k / rows) + 1}]`, style, indent, levels))
    .join('');
}

function structText(s: StructValue, style: NumberStyle, indent: number, levels = STRUCT_LEVELS): string {
  const at = ' '.repeat(indent);
  const single = s.elements.length === 1 && s.shape[0] === 1;
  const what = single ? 'scalar structure' : `${s.shape.join('x')} struct array`;
  return `${at}${what} containing the fields:\n\n${fieldsText(s, style, indent + 2, levels)}`;
}

function fieldsText(s: StructValue, style: NumberStyle, indent: number, levels = STRUCT_LEVELS): string {
  const single = s.elements.length === 1 && s.shape[0] === 1;
  return s.names
    .map((name, k) => {
      if (!single) return `${' '.repeat(indent)}${name}\n`;
      const field = s.elements[0][k];
      if (levels > 0) return octavePrompt(field, name, style, indent, levels - 1);
      const [size, type] = kindOf(field);
      return `${' '.repeat(indent)}${name}: ${size} ${type}\n`;
    })
    .join('');
}

/** Structures within structures are opened so far; below that only what kind of value a field holds is told. */
const STRUCT_LEVELS = 2;

/** Size and type of a value in Octave's words. */
function kindOf(v: Value): readonly [string, string] {
  switch (v.kind) {
    case 'scalar':
      return ['1x1', v.dtype === 'bool' ? 'bool' : `${NUMBERS[v.dtype] ?? `${v.dtype} `}scalar`];
    case 'array': {
      const size = matrixShape(v.array).join('x');
      if (v.range) return [size, 'double_range'];
      if (v.layout) return [size, `${v.layout} matrix`];
      return [
        size,
        v.array.dtype === 'bool' ? 'bool matrix' : `${NUMBERS[v.array.dtype] ?? `${v.array.dtype} `}matrix`,
      ];
    }
    case 'string':
      return [`${v.value === '' ? 0 : 1}x${v.value.length}`, 'sq_string'];
    case 'cell':
      return [v.shape.join('x'), 'cell'];
    case 'struct':
      return [v.shape.join('x'), v.elements.length === 1 ? 'scalar struct' : 'struct'];
    default:
      return ['1x1', 'function handle'];
  }
}

const NUMBERS: Readonly<Record<string, string>> = { float64: '', complex128: 'complex ', float32: 'float ' };

/** Whether a text stands so deep in structures that its quotes would be told, which are not known. */
export function hidesText(v: Value, levels = STRUCT_LEVELS + 1): boolean {
  if (v.kind === 'string') return levels < 1;
  if (v.kind === 'cell') return levels >= 1 && v.items.some(item => hidesText(item, levels));
  return v.kind === 'struct' && levels >= 1 && v.elements.some(e => e.some(field => hidesText(field, levels - 1)));
}

/** What `disp(value)` prints, with its newlines. */
export function octaveDisplay(value: Value, style: NumberStyle = SHORT): string {
  if (value.kind === 'array' && !isSingle(value.array)) {
    const [rows, columns] = matrixShape(value.array);
    if (rows * columns === 0) return `[](${rows}x${columns})\n`;
    const heading = value.layout ? `${HEADING[value.layout]}\n\n` : '';
    return `${heading}${body(value, style)}`;
  }
  if (value.kind === 'cell' && value.items.length > 0) return `{\n${cellItems(value, style, 2)}}\n`;
  if (value.kind === 'struct') {
    const single = value.elements.length === 1 && value.shape[0] === 1;
    return single ? fieldsText(value, style, 4) : structText(value, style, 2);
  }
  if (value.kind === 'function') return `${handleText(value)}\n`;
  return octaveText(value, '', style).replace(/^ = /, '').concat('\n');
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

function arrayText(value: ArrayValue, name: string, style: NumberStyle, indent: number): string {
  const [rows, columns] = matrixShape(value.array);
  const at = ' '.repeat(indent);
  if (rows * columns === 0) return `${at}${name} = [](${rows}x${columns})\n`;
  if (isSingle(value.array)) {
    return `${at}${name} = ${scalarText({ dtype: value.array.dtype, value: elementAt(value.array, value.array.offset) }, style)}\n`;
  }
  const heading = value.layout ? `${HEADING[value.layout]}\n\n` : '';
  return `${at}${name} =\n\n${heading}${body(value, style, indent)}\n`;
}

/** The rows, in as many groups of columns as the terminal is wide. */
function body(value: ArrayValue, style: NumberStyle, indent = 0): string {
  const shape = matrixShape(value.array);
  const a = contiguous(value.array.shape.length === 2 ? value.array : reshape(value.array, shape));
  const [rows, columns] = shape;
  const { width, cell } = columnsOf(a, value, style);
  const room = TERMINAL - indent;
  const perGroup = Math.max(1, Math.floor(room / width));
  const grouped = columns * width > TERMINAL;
  const at = ' '.repeat(indent);
  const groups: string[] = [];
  for (let first = 0; first < columns; first += grouped ? perGroup : columns) {
    const end = Math.min(columns, grouped ? first + perGroup : columns);
    let text = grouped ? `${groupHeading(first + 1, end)}\n\n` : '';
    for (let i = 0; i < rows; i++) {
      text += at;
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
