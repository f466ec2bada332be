/**
 * What the inspector's page needs of core: the types it shows, readers of arrays, pictures, and the inspection that
 * belongs to a changed picture. The page imports nothing else of core, so its bundle carries no evaluator.
 */

export { type StepsFormat, stepsText } from './explain/copy';
export { plainFormula } from './explain/plain';
export {
  type Entries,
  entryWorking,
  type OperandEntries,
  type Position,
  type Provenance,
  takenFrom,
} from './explain/provenance';
export type { Step } from './explain/step';
export type { Fact } from './inspect/facts';
export type { EqualityLink, Inspection } from './inspect/inspection';
export { columnsFirst } from './inspect/r-literal';
export { numbersOf, reinspect } from './inspect/reinspect';
export type { Effect, LiteralChange } from './inspect/what-if';
export { type ArrayView, arrayView } from './scene/array-heatmap';
export { type ColorScale, decoded, type Legend, paintFor, paintOf, paintOfMark } from './scene/color-scale';
export type { Control, Settings } from './scene/controls';
export { editedPicture, handleValues, movableValues, withOperand } from './scene/edit';
export { restOf, sceneOf, typeOf } from './scene/index';
export { type Box, layOut, type PlacedLabel } from './scene/layout';
export { colorOf, PALETTES, type Palette, readableOn, type ThemeKind } from './scene/palette';
export type { ArrayHeatmap, Heatmap, Picture } from './scene/picture';
export type { Layer } from './scene/picture-type';
export { brief } from './scene/plane';
export { markedCells } from './scene/raster';
export type { Handle, Mark, Orbit, Paint, Point, Scene, SceneOptions } from './scene/scene';
export { DEFAULT_SCENE_OPTIONS } from './scene/scene';
export { sceneSvg } from './scene/svg';
export { sceneTikz } from './scene/tikz';
export { answerData, type DataAnswer, type DataQuestion, halvings, partOfElement, TILE } from './scene/tiles';
export { fitView } from './scene/view';
export type { Span } from './text/span';
export type { Complex, DType, Element } from './values/dtype';
export { isComplex, promote } from './values/dtype';
export type { NDArray } from './values/ndarray';
export { elementAt, fromElements } from './values/ndarray';
export type { Scalar, Value } from './values/value';
