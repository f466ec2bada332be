import { heatmap } from './heatmap';
import { linearMap } from './linear-map';
import { linearSystem } from './linear-system';
import { matrixProduct } from './matrix-product';
import type { Picture } from './picture';
import type { PictureType, TypeOf } from './picture-type';
import type { Scene, SceneOptions } from './scene';
import { singularMap } from './singular-map';
import { spaceMap } from './space-map';
import { spectrum } from './spectrum';
import { dotProduct, matrixVector, scalarMultiple, vectorDifference, vectorSum, vectors } from './vector-pictures';

/** Every kind of picture, one line each. */
const TYPES: { readonly [K in Picture['kind']]: TypeOf<K> } = {
  'linear-map': linearMap,
  'matrix-vector': matrixVector,
  vectors,
  'vector-sum': vectorSum,
  'vector-difference': vectorDifference,
  'scalar-multiple': scalarMultiple,
  'dot-product': dotProduct,
  'singular-map': singularMap,
  'linear-system': linearSystem,
  'space-map': spaceMap,
  'matrix-product': matrixProduct,
  spectrum,
  heatmap,
};

/** What is particular to the picture's kind. */
export const typeOf = <P extends Picture>({ kind }: P): PictureType<P> => TYPES[kind] as unknown as PictureType<P>;

/** Draws a picture at a time and with options. */
export const sceneOf = (picture: Picture, options: SceneOptions): Scene => typeOf(picture).scene(picture, options);
