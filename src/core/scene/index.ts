import { heatmapScene } from './heatmap';
import { linearMapScene } from './linear-map';
import type { Picture } from './picture';
import type { Scene, SceneOptions } from './scene';
import {
  dotProductScene,
  matrixVectorScene,
  scalarMultipleScene,
  vectorDifferenceScene,
  vectorSumScene,
  vectorsScene,
} from './vector-pictures';

export { editedPicture, handleValues } from './edit';

/** Draws a picture at a time and with options: one function a kind. */
export function sceneOf(picture: Picture, options: SceneOptions): Scene {
  switch (picture.kind) {
    case 'linear-map':
      return linearMapScene(picture, options);
    case 'matrix-vector':
      return matrixVectorScene(picture, options);
    case 'vectors':
      return vectorsScene(picture, options);
    case 'vector-sum':
      return vectorSumScene(picture, options);
    case 'vector-difference':
      return vectorDifferenceScene(picture, options);
    case 'scalar-multiple':
      return scalarMultipleScene(picture, options);
    case 'dot-product':
      return dotProductScene(picture, options);
    case 'heatmap':
      return heatmapScene(picture, options);
  }
}
