import {
  type DType,
  type Element,
  elementAt,
  fromElements,
  type NDArray,
  promote,
  type Scalar,
  type Value,
} from '../src/core/panel';

/** One matrix cut out of an array: vectors are one row, further axes are fixed by an index each. */
export interface Plane {
  readonly rows: number;
  readonly columns: number;
  /** Whether the array has a single axis, so that only columns carry a number. */
  readonly vector: boolean;
  readonly at: (row: number, column: number) => Element;
}

/** Axes before the last two; they are chosen by an index each. */
export const leadingAxes = (a: NDArray): readonly number[] => a.shape.slice(0, -2);

/** The plane at `leading`, one index per leading axis; an index out of range counts as the nearest one in it. */
export function planeOf(a: NDArray, leading: readonly number[] = []): Plane {
  const fixed = leadingAxes(a);
  const start = fixed.reduce(
    (p, length, axis) => p + Math.min(Math.max(leading[axis] ?? 0, 0), Math.max(length - 1, 0)) * a.strides[axis],
    a.offset,
  );
  const vector = a.shape.length === 1;
  const rowAxis = a.shape.length - 2;
  const rowStride = vector ? 0 : (a.strides[rowAxis] ?? 0);
  const columnStride = a.strides[rowAxis + 1] ?? 0;
  const empty = fixed.includes(0);
  return {
    rows: empty ? 0 : vector ? 1 : (a.shape[rowAxis] ?? 1),
    columns: empty ? 0 : (a.shape[rowAxis + 1] ?? 1),
    vector,
    at: (row, column) => elementAt(a, start + row * rowStride + column * columnStride),
  };
}

type ListValue = Extract<Value, { kind: 'list' | 'tuple' }>;

const isScalar = (v: Value): v is Scalar => v.kind === 'scalar';
const isList = (v: Value): v is ListValue => v.kind === 'list';

/** A list of numbers, or of rows of equally many numbers, as an array of the type that holds them all. */
export function listAsArray(value: ListValue): NDArray | undefined {
  if (value.kind !== 'list' || value.items.length === 0) return undefined;
  const rows = value.items.every(isScalar) ? [value] : value.items.every(isList) ? value.items : [];
  const width = rows[0]?.items.length ?? 0;
  const scalars = rows.flatMap(row => row.items).filter(isScalar);
  if (width === 0 || rows.some(row => row.items.length !== width) || scalars.length !== rows.length * width)
    return undefined;
  // Truth values among numbers would turn into numbers.
  if (scalars.some(s => s.dtype === 'bool') && !scalars.every(s => s.dtype === 'bool')) return undefined;
  const dtype = scalars.map(s => s.dtype).reduce<DType>(promote, scalars[0].dtype);
  const shape = rows[0] === value ? [width] : [rows.length, width];
  return fromElements(
    dtype,
    shape,
    scalars.map(s => s.value),
  );
}

/** Largest side of a matrix that is typeset; a larger one is a table. */
export const TYPESET_LIMIT = 12;

export const isTypeset = (p: Plane): boolean => p.rows <= TYPESET_LIMIT && p.columns <= TYPESET_LIMIT;

/** The typeset plane. `cell` gives the LaTeX of an element. */
export function latexPlane(p: Plane, cell: (e: Element) => string): string {
  if (p.rows === 0 || p.columns === 0) return '\\begin{bmatrix}\\;\\end{bmatrix}';
  const rows = Array.from({ length: p.rows }, (_, i) =>
    Array.from({ length: p.columns }, (_, j) => cell(p.at(i, j))).join(' & '),
  );
  return `\\begin{bmatrix} ${rows.join(' \\\\ ')} \\end{bmatrix}`;
}

/** Characters that the widest of a sample of cells takes: all cells of a small plane, a lattice over a large one. */
export function cellWidth(p: Plane, text: (e: Element) => string, sample = 2000): number {
  const side = Math.ceil(Math.sqrt(sample));
  const down = Math.max(1, Math.floor(p.rows / side));
  const across = Math.max(1, Math.floor(p.columns / side));
  let widest = 1;
  for (let i = 0; i < p.rows; i += down) {
    for (let j = 0; j < p.columns; j += across) widest = Math.max(widest, text(p.at(i, j)).length);
  }
  return widest;
}
