import type { DType } from '../values/dtype';
import type { NDArray } from '../values/ndarray';
import type { Legend, Overall } from './color-scale';
import type { Part } from './tiles';

/** Row-major 2×2 matrix. */
export type Matrix2 = readonly [number, number, number, number];
export type Vector2 = readonly [number, number];

/** A vector of a picture, with the name or text it carries in the source. */
export interface LabelledVector {
  readonly label: string;
  /** Two or three; of a dot product any number. */
  readonly components: readonly number[];
  /** The Editable operand that feeds it, when dragging may change it. */
  readonly operand?: string;
}

export interface LabelledMatrix {
  readonly label: string;
  readonly entries: Matrix2;
  readonly operand?: string;
}

/** The picture of one kind. */
export type PictureOf<K extends Picture['kind']> = Extract<Picture, { readonly kind: K }>;

/** What to draw: data only. `sceneOf` (scene/index) turns one into a Scene for a time and options. */
export type Picture =
  | { readonly kind: 'linear-map'; readonly matrix: LabelledMatrix }
  | { readonly kind: 'matrix-vector'; readonly matrix: LabelledMatrix; readonly vector: LabelledVector }
  | { readonly kind: 'vectors'; readonly vectors: readonly LabelledVector[] }
  | { readonly kind: 'vector-sum'; readonly a: LabelledVector; readonly b: LabelledVector }
  | { readonly kind: 'vector-difference'; readonly a: LabelledVector; readonly b: LabelledVector }
  | {
      readonly kind: 'scalar-multiple';
      readonly scalar: number;
      readonly scalarLabel: string;
      readonly vector: LabelledVector;
    }
  | { readonly kind: 'cross-product'; readonly a: LabelledVector; readonly b: LabelledVector }
  | { readonly kind: 'dot-product'; readonly a: LabelledVector; readonly b: LabelledVector }
  /** A 2×2 map as rotate, stretch, rotate. */
  | { readonly kind: 'singular-map'; readonly matrix: LabelledMatrix }
  /** Two equations in two unknowns, `matrix` · x = `right`. */
  | { readonly kind: 'linear-system'; readonly matrix: LabelledMatrix; readonly right: LabelledVector }
  | SpaceMap
  /** A product of up to 8×8 factors. */
  | { readonly kind: 'matrix-product'; readonly a: Table; readonly b: Table }
  | Spectrum
  | Heatmap
  | ArrayHeatmap;

/** A real matrix with its name, row-major. */
export interface Table {
  readonly label: string;
  readonly rows: number;
  readonly columns: number;
  readonly values: readonly number[];
}

/** A 3×3, 2×3 or 3×2 matrix as a map of space. */
export interface SpaceMap extends Table {
  readonly kind: 'space-map';
  readonly operand?: string;
}

/** The singular values of a matrix of up to 128×128 entries; `values` are the entries, row-major. */
export interface Spectrum {
  readonly kind: 'spectrum';
  readonly label: string;
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/** A real matrix of up to 64×64 entries, row-major. */
export interface Heatmap {
  readonly kind: 'heatmap';
  readonly label: string;
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
  /** The Editable operand whose entries these are. */
  readonly operand?: string;
}

/** Any array of numbers as the colours of one of its planes, drawn in tiles that are made on request. */
export interface ArrayHeatmap {
  readonly kind: 'array-heatmap';
  readonly label: string;
  readonly shape: readonly number[];
  readonly dtype: DType;
  /** What is shown of the entries, the first at first: one for real numbers, four for complex ones. */
  readonly views: readonly { readonly part: Part; readonly overall: Overall; readonly legend: Legend }[];
  /** The first plane within one tile, as codes of means. */
  readonly overview: Uint8Array;
  /** The array, where it is in hand; the panel asks for tiles of a large one. */
  readonly array?: NDArray;
}
