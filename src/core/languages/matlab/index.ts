import type { Statement } from '../../expression/program';
import { lineIndex } from '../../text/line-index';
import type { Span } from '../../text/span';
import { type Element, isComplex } from '../../values/dtype';
import { elementAt, type NDArray, positions } from '../../values/ndarray';
import type { Language } from '../language';
import { tokenize } from './lexer';
import { StatementParser } from './statements';

/** Reads MATLAB or Octave from the given regions of a text (the whole of it by default); spans stay offsets into the text. */
export function parseMatlab(text: string, regions: readonly Span[] = [{ start: 0, end: text.length }]): Statement[] {
  return new StatementParser(tokenize(text, regions), lineIndex(text)).program();
}

export const matlab: Language = {
  ids: ['matlab', 'octave'],
  extensions: ['.m'],
  parse: text => ({ statements: parseMatlab(text) }),
  print,
};

/** `[1 2; 3 4]`, or `[]` and `zeros(0, 3)` for empty ones; more than two dimensions as a reshaped row, column-major. */
function print(array: NDArray): string {
  const [rows, columns] = array.shape.length === 2 ? array.shape : [1, array.shape.reduce((n, m) => n * m, 1)];
  const order = array.shape.length > 2 ? 'F' : 'C';
  const items = Array.from(positions(array, order), p => numberText(elementAt(array, p)));
  const empty = rows === 0 && columns === 0 ? '[]' : `zeros(${rows}, ${columns})`;
  const body =
    rows * columns === 0
      ? empty
      : `[${Array.from({ length: rows }, (_, i) => items.slice(i * columns, (i + 1) * columns).join(' ')).join('; ')}]`;
  const flat = array.shape.length > 2 ? `reshape(${body}, [${array.shape.join(' ')}])` : body;
  return array.dtype === 'float32' ? `single(${flat})` : flat;
}

function numberText(e: Element): string {
  if (isComplex(e))
    return `${realText(e.re)}${e.im < 0 || Object.is(e.im, -0) ? '-' : '+'}${realText(Math.abs(e.im))}i`;
  if (typeof e === 'boolean') return String(e);
  return typeof e === 'bigint' ? e.toString() : realText(e);
}

const realText = (x: number): string => {
  if (Number.isNaN(x)) return 'NaN';
  if (!Number.isFinite(x)) return x > 0 ? 'Inf' : '-Inf';
  return Object.is(x, -0) ? '-0' : String(x);
};
