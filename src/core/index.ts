import { readDocument, type SourceDocument } from './inspect/document';
import { type InspectOptions, inspect as inspectDocument } from './inspect/inspect';
import type { Inspection } from './inspect/inspection';
import { type Located, locate as locateIn } from './inspect/locate';
import type { Evaluated, StatementOptions } from './inspect/statements';
import { evaluateStatements } from './inspect/statements';
import type { Span } from './text/span';

/** The only public face of core. Documents are read once and asked often; plain text may be given where speed does not matter. */

const read = (source: string | SourceDocument, languageId: string): SourceDocument =>
  typeof source === 'string' ? readDocument(source, languageId) : source;

/** Evaluates every top-level expression statement of a source text, in order. Never throws on any text. */
export const evaluateSource = (
  source: string | SourceDocument,
  languageId: string,
  options?: StatementOptions,
): Evaluated[] => evaluateStatements(read(source, languageId), options);

/** The array, name, operator or call at a UTF-16 offset; undefined on ordinary text. */
export const locate = (source: string | SourceDocument, languageId: string, offset: number): Located | undefined =>
  locateIn(read(source, languageId), offset);

/** Everything about the expression that the range means; undefined on ordinary text. */
export const inspect = (
  source: string | SourceDocument,
  languageId: string,
  range: Span,
  options?: InspectOptions,
): Inspection | undefined => inspectDocument(read(source, languageId), range, options);

export { type StepsFormat, stepsText } from './explain/copy';
export { plainWorking } from './explain/plain';
export { entryWorking, type Provenance, takenFrom } from './explain/provenance';
export type { Step } from './explain/step';
export { type Conversion, conversionsOf } from './inspect/conversions';
export { type DocumentRole, readDocument, type SourceDocument } from './inspect/document';
export type { Fact } from './inspect/facts';
export { type Formula, inspectFormula } from './inspect/formula';
export type { InspectOptions } from './inspect/inspect';
export type { Editable, EqualityLink, Inspection } from './inspect/inspection';
export { toJson } from './inspect/json';
export type { Located } from './inspect/locate';
export { matrixImages, pictureImage } from './inspect/matrix-image';
export { answerFor, forPanel, isLean } from './inspect/panel-data';
export { report } from './inspect/report';
export type { Evaluated, StatementOptions } from './inspect/statements';
export { type Effect, type LiteralChange, type WhatIf, whatIf } from './inspect/what-if';
export { writeBack } from './inspect/write-back';
export { languageForFile, languageIds } from './languages/index';
export { sceneOf } from './scene/index';
export type { Picture } from './scene/picture';
export { DEFAULT_SCENE_OPTIONS, type Scene, type SceneOptions } from './scene/scene';
export type { Span } from './text/span';
export { applyEdits, type EditedText, type TextEdit } from './text/text-edit';
export type { Value } from './values/value';
