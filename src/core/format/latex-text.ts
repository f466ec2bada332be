import { bracketed } from '../values/bracketed';
import { type Element, isComplex } from '../values/dtype';
import { elements, sizeOf } from '../values/ndarray';
import type { Value } from '../values/value';
import { numberText } from './number-text';

/** Mathematics as one line of plain text, to the 15 digits that a double is sure of: numbers, `[11, 25]` for vectors (also columns), `[[1, 2], [3, 4]]` for matrices. */
export function latexText(v: Value): string {
  switch (v.kind) {
    case 'scalar':
      return elementText(v.value);
    case 'array': {
      const { shape } = v.array;
      const items = elements(v.array).map(elementText);
      if (shape.length === 0) return items[0];
      if (sizeOf(shape) === 0) return '[]';
      // A column reads as a vector.
      return bracketed(shape.length === 2 && shape[1] === 1 ? [shape[0]] : shape, items);
    }
    case 'list':
    case 'tuple':
      return `[${v.items.map(latexText).join(', ')}]`;
    case 'string':
      return v.value;
    default:
      return '';
  }
}

function elementText(e: Element): string {
  if (isComplex(e)) {
    const im = `${elementText(Math.abs(e.im))}i`;
    return e.re === 0 ? `${e.im < 0 ? '-' : ''}${im}` : `${elementText(e.re)} ${e.im < 0 ? '-' : '+'} ${im}`;
  }
  if (typeof e === 'boolean' || typeof e === 'bigint') return String(e);
  return numberText(e);
}
