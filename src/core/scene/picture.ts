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
  /** Up to four equations in two or three unknowns, `system` · x = `right`. */
  | { readonly kind: 'linear-system'; readonly system: Table; readonly right: LabelledVector }
  /** The least squares solution as the projection of `right` on the columns of `matrix`, of the plane or of space. */
  | { readonly kind: 'least-squares'; readonly matrix: Table; readonly right: LabelledVector }
  /** Points and the polynomial fitted to them, the coefficient of the highest power first. */
  | {
      readonly kind: 'curve-fit';
      readonly label: string;
      readonly xs: readonly number[];
      readonly ys: readonly number[];
      /** The Editable operand that the heights come from. */
      readonly operand?: string;
      readonly coefficients: readonly number[];
    }
  | SpaceMap
  /** A 3×3 or 4×4 matrix with the last row 0 … 0 1. */
  | (Table & { readonly kind: 'affine-map'; readonly operand?: string })
  /** A square matrix of up to 64 rows. */
  | {
      readonly kind: 'eigenvalue-plane';
      readonly label: string;
      readonly rows: number;
      readonly values: Float64Array;
    }
  /** A symmetric 2×2 matrix as xᵀAx, with a point where one is given. */
  | { readonly kind: 'quadratic-form'; readonly matrix: LabelledMatrix; readonly point?: LabelledVector }
  | { readonly kind: 'power-iteration'; readonly matrix: LabelledMatrix }
  | { readonly kind: 'norm-balls'; readonly vector: LabelledVector; readonly order: '1' | '2' | 'inf' }
  /** A vector, or the plane alone, through one map after the other. */
  | { readonly kind: 'composition'; readonly start?: LabelledVector; readonly stages: readonly Stage[] }
  /** A map of space as turn, stretch, turn. */
  | (Table & { readonly kind: 'space-singular-map' })
  /** A product of up to 8×8 factors. */
  | { readonly kind: 'matrix-product'; readonly a: Table; readonly b: Table }
  | Spectrum
  | Heatmap
  | ArrayHeatmap
  | Histogram
  | Series
  | PassValues
  | SideNorms
  | Sparsity
  | LowRank
  | Multiples
  | Similarity
  | Projection
  | Softmax
  | Attention
  | LowRankSum
  | ProductEntry
  | Layer;

/** One step of a chain of maps. */
export type Stage =
  | ({ readonly kind: 'linear' } & Table)
  | { readonly kind: 'shift'; readonly label: string; readonly values: readonly number[] }
  /** The same function of each entry. */
  | { readonly kind: 'pointwise'; readonly name: 'relu' | 'abs' | 'tanh' | 'sigmoid' };

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

/** A real matrix with its name, row-major, in a typed array. */
export interface DataTable {
  readonly label: string;
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/** Counts in bins of equal width from `left` to `right`; with `each`, one bin a whole number. */
export interface Histogram {
  readonly kind: 'histogram';
  readonly label: string;
  readonly left: number;
  readonly right: number;
  readonly counts: Float64Array;
  readonly each: boolean;
  readonly low: number;
  readonly high: number;
  readonly mean: number;
  readonly spread: number;
  /** Numbers that are in no bin: NaN and the two infinities. */
  readonly nan: number;
  readonly above: number;
  readonly below: number;
}

/** The entries of a vector in order. */
export interface Series {
  readonly kind: 'series';
  readonly label: string;
  readonly values: Float64Array;
}

/** A number, or a few, over the times that a loop or a function runs: of the first and every `stride`-th pass after it `width` values. */
export interface PassValues {
  readonly kind: 'passes';
  readonly label: string;
  /** The pass that is shown, from 1, and how many there are. */
  readonly number: number;
  readonly count: number;
  readonly stride: number;
  readonly width: number;
  readonly values: Float64Array;
}

/** Euclidean norms of the rows and of the columns of a matrix. */
export interface SideNorms {
  readonly kind: 'side-norms';
  readonly label: string;
  readonly ofRows: Float64Array;
  readonly ofColumns: Float64Array;
}

/** Which entries are not zero, in at most 64×64 cells with the share of such entries in each. */
export interface Sparsity {
  readonly kind: 'sparsity';
  readonly label: string;
  readonly rows: number;
  readonly columns: number;
  readonly cells: { readonly rows: number; readonly columns: number; readonly shares: Float64Array };
  readonly filled: number;
  /** The greatest distance of such an entry from the diagonal. */
  readonly band: number;
}

/** A matrix of up to 128×128 entries, to be approximated by one of lower rank. */
export interface LowRank extends DataTable {
  readonly kind: 'low-rank';
}

/** An array of three axes, to be seen slice by slice. */
export interface Multiples {
  readonly kind: 'multiples';
  readonly label: string;
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

/** A matrix whose rows are compared by their angles. */
export interface Similarity extends DataTable {
  readonly kind: 'similarity';
}

/** A matrix whose rows are points of many dimensions. */
export interface Projection extends DataTable {
  readonly kind: 'projection';
}

/** Scores that a softmax makes probabilities of. */
export interface Softmax {
  readonly kind: 'softmax';
  readonly label: string;
  readonly scores: Float64Array;
}

/** The stages of softmax(scale · Q Kᵀ, masked) · V, row-major: `queries` × `keys`, and the values `keys` × `width`. */
export interface Attention {
  readonly kind: 'attention';
  /** Name of the values. */
  readonly label: string;
  readonly queries: number;
  readonly keys: number;
  readonly width: number;
  readonly scores: Float64Array;
  readonly scale: number;
  /** The scaled scores with −∞ where they are masked, if any is. */
  readonly masked?: Float64Array;
  readonly weights: Float64Array;
  readonly values: Float64Array;
  readonly output: Float64Array;
}

/** `base` + `tall` · `wide`, whose inner side is shorter than those of the base. */
export interface LowRankSum {
  readonly kind: 'low-rank-sum';
  readonly base: DataTable;
  readonly tall: DataTable;
  readonly wide: DataTable;
  /** Name of the sum. */
  readonly result: string;
}

/** A product of factors with sides up to 128. */
export interface ProductEntry {
  readonly kind: 'product-entry';
  readonly a: DataTable;
  readonly b: DataTable;
}

/** Points of the plane through x ↦ W x + b, and with `cut` through ReLU; `points` are x, y, x, y, … */
export interface Layer {
  readonly kind: 'layer';
  readonly label: string;
  readonly entries: Matrix2;
  readonly bias: Vector2;
  readonly cut: boolean;
  readonly points: Float64Array;
}
