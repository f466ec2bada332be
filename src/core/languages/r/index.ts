import type { Statement } from '../../expression/program';
import { lineIndex } from '../../text/line-index';
import type { Span } from '../../text/span';
import { type Element, isComplex } from '../../values/dtype';
import { elementAt, type NDArray, positions } from '../../values/ndarray';
import type { Language } from '../language';
import { tokenize } from './lexer';
import { StatementParser } from './statements';

/** Reads R from the given regions of a text (the whole of it by default); spans stay offsets into the text. */
export function parseR(text: string, regions: readonly Span[] = [{ start: 0, end: text.length }]): Statement[] {
  return new StatementParser(tokenize(text, regions), lineIndex(text)).program();
}

export const r: Language = {
  ids: ['r'],
  extensions: ['.r'],
  parse: text => ({ statements: parseR(text) }),
  print,
};

/** `c(1, 2)`, `matrix(c(1, 3, 2, 4), nrow = 2)` or `array(…, dim = c(…))`: numbers column by column. */
function print(array: NDArray): string {
  const items = Array.from(positions(array, 'F'), p => numberText(elementAt(array, p), array.dtype));
  const body = `c(${items.join(', ')})`;
  if (array.shape.length === 0) return items[0];
  if (array.shape.length === 1) return items.length === 0 ? 'numeric(0)' : body;
  const data = items.length === 0 ? 'numeric(0)' : body;
  if (array.shape.length > 2) return `array(${data}, dim = c(${array.shape.join(', ')}))`;
  const [rows, columns] = array.shape;
  return items.length === 0 ? `matrix(${data}, nrow = ${rows}, ncol = ${columns})` : `matrix(${data}, nrow = ${rows})`;
}

function numberText(e: Element, dtype: string): string {
  if (isComplex(e)) {
    const sign = e.im < 0 || Object.is(e.im, -0) ? '-' : '+';
    return Number.isFinite(e.re) && Number.isFinite(e.im)
      ? `${realText(e.re)}${sign}${realText(Math.abs(e.im))}i`
      : `complex(real = ${realText(e.re)}, imaginary = ${realText(e.im)})`;
  }
  if (typeof e === 'boolean') return e ? 'TRUE' : 'FALSE';
  if (typeof e === 'bigint') return e.toString();
  return dtype === 'int32' && Number.isFinite(e) ? `${e}L` : realText(e);
}

const realText = (x: number): string => {
  if (Number.isNaN(x)) return 'NaN';
  if (!Number.isFinite(x)) return x > 0 ? 'Inf' : '-Inf';
  return String(x);
};
