import { heatmapScene } from './heatmap';
import { linearMapScene } from './linear-map';
import { linearSystemScene } from './linear-system';
import { matrixProductScene } from './matrix-product';
import type { Picture } from './picture';
import type { Scene, SceneOptions } from './scene';
import { singularMapScene } from './singular-map';
import { spaceMapScene } from './space-map';
import { spectrumScene } from './spectrum';
import {
  dotProductScene,
  matrixVectorScene,
  scalarMultipleScene,
  vectorDifferenceScene,
  vectorSumScene,
  vectorsScene,
} from './vector-pictures';

export { editedPicture, handleValues, withOperand } from './edit';

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
    case 'singular-map':
      return singularMapScene(picture, options);
    case 'linear-system':
      return linearSystemScene(picture, options);
    case 'space-map':
      return spaceMapScene(picture, options);
    case 'matrix-product':
      return matrixProductScene(picture, options);
    case 'spectrum':
      return spectrumScene(picture, options);
    case 'heatmap':
      return heatmapScene(picture, options);
  }
}
