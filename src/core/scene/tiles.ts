import { type Element, isComplex, isComplexType } from '../values/dtype';
import { contiguous, elementAt, generate, type NDArray, rowMajorStrides, sizeOf, toFloat64 } from '../values/ndarray';
import { type ColorScale, codesOf } from './color-scale';

/** Cells along a side of a tile. */
export const TILE = 256;

/** What is shown of complex entries; a real array has its real part only. */
export type Part = 'magnitude' | 'phase' | 'real' | 'imaginary';

/** What a cell shows of the entries that it stands for. */
export type Aggregate = 'mean' | 'largest' | 'nearest';

/** Which matrix of an array is seen: two axes in full (a vector has no axis of rows), the others at an index each. */
export interface PlaneChoice {
  readonly rows?: number;
  readonly columns: number;
  readonly at: readonly number[];
}

/** A tile of a plane: `row` and `column` count tiles; a cell stands for 2^`down` × 2^`across` entries. */
export interface TilePlace {
  readonly down: number;
  readonly across: number;
  readonly row: number;
  readonly column: number;
}

/** What the page may ask about the array of a picture. */
export type DataQuestion =
  | ({
      readonly kind: 'tile';
      readonly plane: PlaneChoice;
      readonly part: Part;
      readonly aggregate: Aggregate;
      readonly scale: ColorScale;
    } & TilePlace)
  | {
      readonly kind: 'entries';
      readonly plane: PlaneChoice;
      readonly row: number;
      readonly column: number;
      readonly rows: number;
      readonly columns: number;
    };

export type DataAnswer =
  /** Colour codes, row by row; the last tiles of a plane are smaller. */
  | { readonly kind: 'tile'; readonly codes: Uint8Array }
  | { readonly kind: 'entries'; readonly items: readonly Element[] };

const parts = new WeakMap<NDArray, Map<Part, Float64Array>>();

/** One part of all entries, row-major. Kept for as long as the array is. */
export function partOf(a: NDArray, part: Part): Float64Array {
  const known = parts.get(a) ?? new Map<Part, Float64Array>();
  parts.set(a, known);
  let values = known.get(part);
  if (!values) {
    values = isComplexType(a.dtype) ? complexPart(a, part) : toFloat64(a);
    known.set(part, values);
  }
  return values;
}

function complexPart(a: NDArray, part: Part): Float64Array {
  const data = contiguous(a).data as ArrayLike<number>;
  return generate(sizeOf(a.shape), k => partOfElement({ re: data[2 * k], im: data[2 * k + 1] }, part));
}

/** One part of an entry. */
export function partOfElement(e: Element, part: Part): number {
  if (!isComplex(e)) return Number(e);
  switch (part) {
    case 'real':
      return e.re;
    case 'imaginary':
      return e.im;
    case 'magnitude':
      return Math.hypot(e.re, e.im);
    case 'phase':
      return Math.atan2(e.im, e.re);
  }
}

/** Where a plane lies in the numbers of an array. */
export interface PlaneOf {
  readonly rows: number;
  readonly columns: number;
  readonly offset: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

/** The plane in row-major storage, or with an array's own strides. Indices out of range count as the nearest in it. */
export function placePlane(
  shape: readonly number[],
  { rows, columns, at }: PlaneChoice,
  strides: readonly number[] = rowMajorStrides(shape),
  start = 0,
): PlaneOf {
  const offset = shape.reduce(
    (p, length, axis) =>
      axis === rows || axis === columns ? p : p + Math.min(Math.max(at[axis] ?? 0, 0), length - 1) * strides[axis],
    start,
  );
  return {
    rows: rows === undefined ? 1 : shape[rows],
    columns: shape[columns],
    offset,
    rowStride: rows === undefined ? 0 : strides[rows],
    columnStride: strides[columns],
  };
}

/** Halvings after which a side fits into one tile. */
export const halvings = (length: number): number => Math.max(0, Math.ceil(Math.log2(length / TILE)));

/** The numbers of a tile's cells, row by row. A NaN among the entries of a cell shows; so does an infinity. */
export function tileValues(values: Float64Array, plane: PlaneOf, place: TilePlace, aggregate: Aggregate): Float64Array {
  const [down, across] = [2 ** place.down, 2 ** place.across];
  const top = place.row * TILE * down;
  const left = place.column * TILE * across;
  const height = Math.min(TILE, Math.ceil((plane.rows - top) / down));
  const width = Math.min(TILE, Math.ceil((plane.columns - left) / across));
  if (!(height > 0 && width > 0)) return new Float64Array(0);
  const { rowStride, columnStride } = plane;
  const out = new Float64Array(height * width);
  for (let i = 0; i < height; i++) {
    const first = top + i * down;
    const count = Math.min(down, plane.rows - first);
    const cells = i * width;
    if (aggregate === 'nearest') {
      const p = plane.offset + (first + (count >> 1)) * rowStride;
      for (let j = 0; j < width; j++) {
        const at = left + j * across;
        out[cells + j] = values[p + (at + (Math.min(across, plane.columns - at) >> 1)) * columnStride];
      }
      continue;
    }
    for (let r = 0; r < count; r++) {
      let p = plane.offset + (first + r) * rowStride + left * columnStride;
      for (let j = 0; j < width; j++) {
        const n = Math.min(across, plane.columns - left - j * across);
        let cell = out[cells + j];
        if (aggregate === 'mean') for (let c = 0; c < n; c++, p += columnStride) cell += values[p];
        else
          for (let c = 0; c < n; c++, p += columnStride) {
            const x = values[p];
            // A NaN wins, and stays.
            if (!(Math.abs(x) <= Math.abs(cell)) && !Number.isNaN(cell)) cell = x;
          }
        out[cells + j] = cell;
      }
    }
    if (aggregate === 'mean')
      for (let j = 0; j < width; j++) out[cells + j] /= count * Math.min(across, plane.columns - left - j * across);
  }
  return out;
}

/** Answers about an array; undefined where the question does not fit it. */
export function answerData(a: NDArray, question: DataQuestion): DataAnswer | undefined {
  const { columns, rows, at } = question.plane;
  const fits = (axis: number | undefined): boolean => axis === undefined || (axis >= 0 && axis < a.shape.length);
  if (!fits(columns) || !fits(rows) || rows === columns || at.length > a.shape.length || a.shape.includes(0))
    return undefined;
  switch (question.kind) {
    case 'tile': {
      const plane = placePlane(a.shape, question.plane);
      return {
        kind: 'tile',
        codes: tileCodes(partOf(a, question.part), plane, question, question.aggregate, question.scale),
      };
    }
    case 'entries': {
      const plane = placePlane(a.shape, question.plane, a.strides, a.offset);
      const items: Element[] = [];
      const bottom = Math.min(question.row + question.rows, plane.rows);
      const right = Math.min(question.column + question.columns, plane.columns);
      for (let i = question.row; i < bottom; i++)
        for (let j = question.column; j < right; j++)
          items.push(elementAt(a, plane.offset + i * plane.rowStride + j * plane.columnStride));
      return { kind: 'entries', items };
    }
  }
}

/** The colours of a tile, as codes. */
export function tileCodes(
  values: Float64Array,
  plane: PlaneOf,
  place: TilePlace,
  aggregate: Aggregate,
  scale: ColorScale,
): Uint8Array<ArrayBuffer> {
  const cells = tileValues(values, plane, place, aggregate);
  return codesOf(scale, cells);
}
