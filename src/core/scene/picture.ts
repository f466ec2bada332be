/** Row-major 2×2 matrix. */
export type Matrix2 = readonly [number, number, number, number];
export type Vector2 = readonly [number, number];

/** A vector of a picture, with the name or text it carries in the source. */
export interface LabelledVector {
  readonly label: string;
  readonly components: Vector2;
  /** The Editable operand that feeds it, when dragging may change it. */
  readonly operand?: string;
}

export interface LabelledMatrix {
  readonly label: string;
  readonly entries: Matrix2;
  readonly operand?: string;
}

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
  | { readonly kind: 'dot-product'; readonly a: LabelledVector; readonly b: LabelledVector }
  | Heatmap;

/** Any real matrix: `values` row-major, at most 256×256 cells, each the mean of `block` × `block` entries of the whole. */
export interface Heatmap {
  readonly kind: 'heatmap';
  readonly label: string;
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
  /** Entries of the whole matrix per cell side; 1 when nothing is aggregated. */
  readonly block: number;
  readonly wholeRows: number;
  readonly wholeColumns: number;
}
