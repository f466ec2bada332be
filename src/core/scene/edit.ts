import type { Matrix2, Picture, Vector2 } from './picture';
import type { Point } from './scene';

const rounded = (x: number, step: number): number => {
  if (step === 0) return x;
  const r = Math.round(x / step) * step;
  return Number(r.toPrecision(12)) + 0;
};

/** The picture with one handle moved to a point, rounded to multiples of `step`; 0 takes the point as it is. */
export function editedPicture(picture: Picture, handleId: string, to: Point, step = 0.1): Picture {
  const at: Vector2 = [rounded(to[0], step), rounded(to[1], step)];
  const column = (m: Matrix2): Matrix2 =>
    handleId === 'matrix:0' ? [at[0], m[1], at[1], m[3]] : [m[0], at[0], m[2], at[1]];
  switch (picture.kind) {
    case 'linear-map':
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
    case 'heatmap':
      return picture;
  }
}

/** The numbers, row-major, that an operand of the picture has now; empty when the picture has no such operand. */
export function handleValues(picture: Picture, operand: string): number[] {
  switch (picture.kind) {
    case 'linear-map':
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
    case 'heatmap':
      return [];
  }
}
