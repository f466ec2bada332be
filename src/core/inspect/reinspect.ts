import { valueLatex } from '../format/latex';
import { typeOf } from '../scene/index';
import type { Picture } from '../scene/picture';
import type { DType } from '../values/dtype';
import { isComplex } from '../values/dtype';
import { elements, fromElements } from '../values/ndarray';
import { arrayValue, scalar, type Value } from '../values/value';
import { factsOf } from './array-facts';
import type { Inspection } from './inspection';

/** The real numbers of a value in reading order, or undefined when it holds anything else. */
export function numbersOf(value: Value): number[] | undefined {
  switch (value.kind) {
    case 'scalar':
      return typeof value.value === 'number' ? [value.value] : undefined;
    case 'array': {
      if (value.array.dtype === 'bool') return undefined;
      const all = elements(value.array);
      return all.every(e => typeof e === 'number' && !isComplex(e)) ? (all as number[]) : undefined;
    }
    case 'list':
    case 'tuple': {
      const parts = value.items.map(numbersOf);
      return parts.every(part => part !== undefined) ? parts.flat() : undefined;
    }
    default:
      return undefined;
  }
}

/** An integer type stays one while every number is an integer, as a literal of these numbers would be read. */
const typeFor = (dtype: DType, numbers: readonly number[]): DType =>
  dtype === 'int64' && !numbers.every(Number.isSafeInteger) ? 'float64' : dtype;

/** `value` with other numbers in the same places. `numbers` is consumed from its beginning. */
function withNumbers(value: Value, numbers: number[]): Value {
  switch (value.kind) {
    case 'scalar':
      return scalar(typeFor(value.dtype, numbers.slice(0, 1)), numbers.shift() ?? Number.NaN, value.weak);
    case 'array': {
      const { shape, dtype } = value.array;
      const own = numbers.splice(
        0,
        shape.reduce((n, m) => n * m, 1),
      );
      return arrayValue(fromElements(typeFor(dtype, own), shape, own));
    }
    case 'list':
    case 'tuple':
      return { ...value, items: value.items.map(item => withNumbers(item, numbers)) };
    default:
      return value;
  }
}

/** What an inspected expression that has this picture can be, as functions of the picture's numbers. */
const candidates = (picture: Picture): readonly (readonly number[])[] => typeOf(picture).results?.(picture) ?? [];

const near = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((x, k) => Math.abs(x - b[k]) <= 1e-12 * Math.max(1, Math.abs(x)));

/**
 * The inspection as it would be if the source held the numbers of `picture`, which was one of its pictures before its
 * handles were moved. The value is recomputed where it is the picture's own result; otherwise it is unknown until the
 * numbers are in the source. Steps and the printed text belong to the source's numbers and are left out.
 */
export function reinspect(inspection: Inspection, picture: Picture): Inspection {
  const pictures = inspection.pictures.map(p => (p.kind === picture.kind ? picture : p));
  const { value, text: _text, latex: _latex, ...rest } = inspection;
  const base: Inspection = { ...rest, pictures, steps: [], facts: [], summary: [], links: [] };
  const before = inspection.pictures.find(p => p.kind === picture.kind);
  const old = value && numbersOf(value);
  const which = before && old ? candidates(before).findIndex(c => near(c, old)) : -1;
  if (!value || which < 0) {
    return {
      ...base,
      status: 'unknown',
      message: 'The value for the changed numbers is known once they are written back.',
    };
  }
  const next = withNumbers(value, [...candidates(picture)[which]]);
  return {
    ...base,
    value: next,
    latex: valueLatex(next, { maxRows: 12, maxColumns: 12 }),
    ...factsOf(next, inspection.dialect, false),
  };
}
