import { HEATMAP_SIDE } from '../scene/heatmap';
import type { LabelledMatrix, Picture, Table } from '../scene/picture';
import { SPECTRUM_SIDE } from '../scene/spectrum';
import { sizeOf } from '../values/ndarray';
import { isOfSpace, isSeen, matrix2, type ValueSubject, vectorOf } from './picture-subject';
import { PICTURES_OF_DATA } from './pictures-of-data';
import { affineMap, eigenvaluePlane, powerIteration, quadraticForm } from './pictures-of-matrices';

/** The picture of its kind that a value has, if it fits. */
type ValuePicture = (subject: ValueSubject) => Picture | undefined;

/** Every picture of a value by itself, the most telling first. */
export const PICTURES_OF_VALUES: readonly ValuePicture[] = [
  linearMap,
  singularMap,
  quadraticForm,
  powerIteration,
  affineMap,
  spaceMap,
  spaceSingularMap,
  vectors,
  heatmap,
  spectrum,
  ...PICTURES_OF_DATA,
  eigenvaluePlane,
];

const labelledMatrix = ({ real, label, operand }: ValueSubject): LabelledMatrix | undefined => {
  const entries = matrix2(real);
  return entries && { label, entries, operand: operand('matrix', [2, 2]) };
};

function linearMap(subject: ValueSubject): Picture | undefined {
  const matrix = labelledMatrix(subject);
  return matrix && { kind: 'linear-map', matrix };
}

function singularMap(subject: ValueSubject): Picture | undefined {
  const matrix = labelledMatrix(subject);
  return matrix && { kind: 'singular-map', matrix };
}

function spaceTable({ real, label }: ValueSubject): Table | undefined {
  if (!isOfSpace(real)) return undefined;
  const [rows, columns] = real.shape;
  return { label, rows, columns, values: Array.from(real.data) };
}

function spaceMap(subject: ValueSubject): Picture | undefined {
  const table = spaceTable(subject);
  return table && { kind: 'space-map', ...table, operand: subject.operand('matrix', [table.rows, table.columns]) };
}

function spaceSingularMap(subject: ValueSubject): Picture | undefined {
  const table = spaceTable(subject);
  return table && { kind: 'space-singular-map', ...table };
}

function vectors({ real, label, words, operand }: ValueSubject): Picture | undefined {
  const components = vectorOf(real);
  if (!components || !isSeen(components.length)) return undefined;
  return {
    kind: 'vectors',
    vectors: [{ label: words === label ? label : '', components, operand: operand('vector', [components.length]) }],
  };
}

/** Rows, columns and entries of a vector or matrix that is not empty; a vector is a row. */
function grid({ real }: ValueSubject) {
  if (!real || real.shape.length === 0 || sizeOf(real.shape) === 0) return undefined;
  const [rows, columns] = real.shape.length === 2 ? real.shape : [1, real.shape[0]];
  return { rows, columns, values: real.data instanceof Float64Array ? real.data : Float64Array.from(real.data) };
}

/** Largest number of entries that the panel lets one change. */
const EDITABLE_ENTRIES = 144;

function heatmap(subject: ValueSubject): Picture | undefined {
  const whole = grid(subject);
  if (!whole || Math.max(whole.rows, whole.columns) > HEATMAP_SIDE) return undefined;
  const { real, label } = subject;
  const role = isSeen(vectorOf(real)?.length ?? 0) ? 'vector' : matrix2(real) || isOfSpace(real) ? 'matrix' : 'value';
  // The entries of a small literal can be changed one by one.
  const operand = real && whole.values.length <= EDITABLE_ENTRIES ? subject.operand(role, real.shape) : undefined;
  return { kind: 'heatmap', label, ...whole, ...(operand === undefined ? {} : { operand }) };
}

function spectrum(subject: ValueSubject): Picture | undefined {
  const whole = grid(subject);
  if (!whole || Math.min(whole.rows, whole.columns) < 2 || Math.max(whole.rows, whole.columns) > SPECTRUM_SIDE)
    return undefined;
  return { kind: 'spectrum', label: subject.label, ...whole };
}
