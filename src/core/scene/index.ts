import { affineMap } from './affine-map';
import { arrayHeatmap } from './array-heatmap';
import { attention } from './attention';
import { composition } from './composition';
import { crossProduct } from './cross-product';
import { curveFit } from './curve-fit';
import { dotProduct } from './dot-product';
import { eigenvaluePlane } from './eigenvalue-plane';
import { heatmap } from './heatmap';
import { histogram } from './histogram';
import { layer } from './layer';
import { leastSquares } from './least-squares';
import { linearMap } from './linear-map';
import { linearSystem } from './linear-system';
import { lowRank } from './low-rank';
import { lowRankSum } from './low-rank-sum';
import { matrixProduct } from './matrix-product';
import { matrixVector } from './matrix-vector';
import { multiples } from './multiples';
import { normBalls } from './norm-balls';
import { passes } from './passes';
import type { Picture } from './picture';
import type { PictureType, TypeOf } from './picture-type';
import { powerIteration } from './power-iteration';
import { productEntry } from './product-entry';
import { projection } from './projection';
import { quadraticForm } from './quadratic-form';
import { remembered } from './remembered';
import { scalarMultiple } from './scalar-multiple';
import { type Orbit, REST, type Scene, type SceneOptions } from './scene';
import { series } from './series';
import { sideNorms } from './side-norms';
import { similarity } from './similarity';
import { singularMap } from './singular-map';
import { softmax } from './softmax';
import { spaceMap } from './space-map';
import { spaceSingularMap } from './space-singular-map';
import { sparsity } from './sparsity';
import { spectrum } from './spectrum';
import { vectorDifference } from './vector-difference';
import { vectorSum } from './vector-sum';
import { vectors } from './vectors';

/** Every kind of picture, one line each. */
const TYPES: { readonly [K in Picture['kind']]: TypeOf<K> } = {
  'linear-map': linearMap,
  'matrix-vector': matrixVector,
  vectors,
  'vector-sum': vectorSum,
  'vector-difference': vectorDifference,
  'scalar-multiple': scalarMultiple,
  'dot-product': dotProduct,
  'cross-product': crossProduct,
  'singular-map': singularMap,
  'linear-system': linearSystem,
  'least-squares': leastSquares,
  'curve-fit': curveFit,
  composition,
  'affine-map': affineMap,
  'eigenvalue-plane': eigenvaluePlane,
  'quadratic-form': quadraticForm,
  'power-iteration': powerIteration,
  'norm-balls': normBalls,
  'space-map': spaceMap,
  'space-singular-map': spaceSingularMap,
  'matrix-product': matrixProduct,
  spectrum,
  heatmap,
  'array-heatmap': arrayHeatmap,
  histogram,
  series,
  passes,
  'side-norms': sideNorms,
  sparsity,
  'low-rank': lowRank,
  multiples,
  similarity,
  projection,
  softmax,
  attention,
  'low-rank-sum': lowRankSum,
  'product-entry': productEntry,
  layer,
};

/** What is particular to the picture's kind. */
export const typeOf = <P extends Picture>({ kind }: P): PictureType<P> => TYPES[kind] as unknown as PictureType<P>;

/** From where a picture of space is first seen. */
export const restOf = remembered((picture: Picture): Orbit => typeOf(picture).rest?.(picture) ?? REST);

/** Draws a picture at a time and with options. */
export const sceneOf = (picture: Picture, options: SceneOptions): Scene =>
  typeOf(picture).scene(picture, { ...options, rest: restOf(picture) });
