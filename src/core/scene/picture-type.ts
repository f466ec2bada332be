import type { LabelledMatrix, LabelledVector, Matrix2, Picture, PictureOf } from './picture';
import type { Orbit, Point, Scene, SceneOptions } from './scene';

/** What the reader may show or hide. */
export type Layer = 'grid' | 'ellipse' | 'eigenlines';

/** Numbers of a picture that handles move: a matrix with a handle a column, or a vector with one. */
export interface Part<P extends Picture> {
  /** The handle of column j is `role:j`, and that of a vector `role`. */
  readonly role: string;
  /** The Editable operand that they come from, where the source holds them as a literal. */
  readonly operand?: string;
  readonly columns: number;
  /** Row-major. */
  readonly values: readonly number[];
  /** Where the arrow of each column begins, where that is not the origin. */
  readonly tails?: readonly (readonly number[])[];
  readonly with: (values: readonly number[]) => P;
}

/** Everything that is particular to one kind of picture. */
export interface PictureType<P extends Picture> {
  /** What the panel calls it. */
  readonly title: string;
  readonly scene: (picture: P, options: SceneOptions) => Scene;
  readonly layers: readonly Layer[];
  readonly parts?: (picture: P) => readonly Part<P>[];
  /** The picture with a handle moved, where that changes other numbers than the coordinates of its tip. */
  readonly moved?: (picture: P, handleId: string, to: Point) => P | undefined;
  /** From where a picture of space is first seen. */
  readonly rest?: (picture: P) => Orbit;
  /**
   * The point that the picture follows, as `followed` of the options, when the reader points at a place of the scene: what
   * lies nearest within `reach`.
   */
  readonly pointed?: (picture: P, options: SceneOptions, at: Point, reach: number) => readonly number[] | undefined;
  /** The next point to follow in a direction. */
  readonly stepped?: (picture: P, from: readonly number[] | undefined, way: Point) => readonly number[] | undefined;
  /** What an inspected expression with this picture can be, as functions of the picture's numbers. */
  readonly results?: (picture: P) => readonly (readonly number[])[];
}

export type TypeOf<K extends Picture['kind']> = PictureType<PictureOf<K>>;

export function matrixPart<P extends Picture>(
  role: string,
  { entries, operand }: LabelledMatrix,
  put: (entries: Matrix2) => P,
): Part<P> {
  return { role, operand, columns: 2, values: entries, with: ([a, b, c, d]) => put([a, b, c, d]) };
}

export function vectorPart<P extends Picture>(
  role: string,
  vector: LabelledVector,
  put: (vector: LabelledVector) => P,
): Part<P> {
  const { components, operand } = vector;
  return {
    role,
    operand,
    columns: 1,
    values: components,
    with: numbers => put({ ...vector, components: numbers }),
  };
}
