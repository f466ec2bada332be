import type { Matrix2, Picture, Vector2 } from './picture';
import { DEFAULT_SCENE_OPTIONS, type Orbit, type Point } from './scene';
import { frameOf, movedInView } from './space';
import { asCube } from './space-map';

const rounded = (x: number, step: number): number => {
  if (step === 0) return x;
  const r = Math.round(x / step) * step;
  return Number(r.toPrecision(12)) + 0;
};

/**
 * The picture with one handle moved to a point, rounded to multiples of `step`; 0 takes the point as it is. In space the
 * point is the one as deep as before, seen from `orbit`, and always rounded.
 */
export function editedPicture(
  picture: Picture,
  handleId: string,
  to: Point,
  step = 0.1,
  orbit: Orbit = DEFAULT_SCENE_OPTIONS.orbit,
): Picture {
  const at: Vector2 = [rounded(to[0], step), rounded(to[1], step)];
  const column = (m: Matrix2): Matrix2 =>
    handleId === 'matrix:0' ? [at[0], m[1], at[1], m[3]] : [m[0], at[0], m[2], at[1]];
  switch (picture.kind) {
    case 'linear-map':
    case 'singular-map':
      return handleId.startsWith('matrix:')
        ? { ...picture, matrix: { ...picture.matrix, entries: column(picture.matrix.entries) } }
        : picture;
    case 'matrix-vector':
      return handleId.startsWith('matrix:')
        ? { ...picture, matrix: { ...picture.matrix, entries: column(picture.matrix.entries) } }
        : { ...picture, vector: { ...picture.vector, components: at } };
    case 'vectors':
      return {
        ...picture,
        vectors: picture.vectors.map((v, k) => (handleId === `vector:${k}` ? { ...v, components: at } : v)),
      };
    case 'vector-sum':
    case 'vector-difference':
    case 'dot-product':
      return handleId === 'a'
        ? { ...picture, a: { ...picture.a, components: at } }
        : { ...picture, b: { ...picture.b, components: at } };
    case 'scalar-multiple':
      return { ...picture, vector: { ...picture.vector, components: at } };
    case 'space-map': {
      const j = Number(handleId.slice('matrix:'.length));
      if (!(j >= 0 && j < picture.columns)) return picture;
      const m = asCube(picture);
      const moved = movedInView(frameOf(orbit), [m[j], m[3 + j], m[6 + j]], to);
      const values = picture.values.map((x, k) =>
        k % picture.columns === j ? rounded(moved[Math.floor(k / picture.columns)], step || 0.1) : x,
      );
      return { ...picture, values };
    }
    case 'linear-system':
    case 'matrix-product':
    case 'spectrum':
    case 'heatmap':
      return picture;
  }
}

/** The numbers, row-major, that an operand of the picture has now; empty when the picture has no such operand. */
export function handleValues(picture: Picture, operand: string): number[] {
  switch (picture.kind) {
    case 'linear-map':
    case 'singular-map':
      return picture.matrix.operand === operand ? [...picture.matrix.entries] : [];
    case 'matrix-vector':
      return picture.matrix.operand === operand
        ? [...picture.matrix.entries]
        : picture.vector.operand === operand
          ? [...picture.vector.components]
          : [];
    case 'vectors':
      return [...(picture.vectors.find(v => v.operand === operand)?.components ?? [])];
    case 'vector-sum':
    case 'vector-difference':
    case 'dot-product':
      return picture.a.operand === operand
        ? [...picture.a.components]
        : picture.b.operand === operand
          ? [...picture.b.components]
          : [];
    case 'scalar-multiple':
      return picture.vector.operand === operand ? [...picture.vector.components] : [];
    case 'space-map':
      return picture.operand === operand ? [...picture.values] : [];
    case 'heatmap':
      return picture.operand === operand ? Array.from(picture.values) : [];
    case 'linear-system':
    case 'matrix-product':
    case 'spectrum':
      return [];
  }
}

/**
 * The picture with other numbers for one of its operands, row-major; unchanged when it has no such operand of that size.
 */
export function withOperand(picture: Picture, operand: string, values: readonly number[]): Picture {
  if (handleValues(picture, operand).length !== values.length) return picture;
  const matrix = <T extends { readonly operand?: string }>(m: T): T =>
    m.operand === operand ? { ...m, entries: values } : m;
  const vector = <T extends { readonly operand?: string }>(v: T): T =>
    v.operand === operand ? { ...v, components: values } : v;
  switch (picture.kind) {
    case 'linear-map':
    case 'singular-map':
      return { ...picture, matrix: matrix(picture.matrix) };
    case 'matrix-vector':
      return { ...picture, matrix: matrix(picture.matrix), vector: vector(picture.vector) };
    case 'vectors':
      return { ...picture, vectors: picture.vectors.map(vector) };
    case 'vector-sum':
    case 'vector-difference':
    case 'dot-product':
      return { ...picture, a: vector(picture.a), b: vector(picture.b) };
    case 'scalar-multiple':
      return { ...picture, vector: vector(picture.vector) };
    case 'space-map':
      return { ...picture, values };
    case 'heatmap':
      return { ...picture, values: Float64Array.from(values) };
    case 'linear-system':
    case 'matrix-product':
    case 'spectrum':
      return picture;
  }
}
