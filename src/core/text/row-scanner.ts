import { NumberReader } from './decimal';

/** A matrix of plain numbers, row-major, or the offset at which it turned out to be something else. */
export type ScannedRows =
  | {
      readonly kind: 'plain';
      readonly rows: number;
      readonly columns: number;
      readonly data: Float64Array;
      readonly integer: boolean;
      readonly end: number;
    }
  | { readonly kind: 'not-plain'; readonly at: number };

const SPACE = 32;
const TAB = 9;
const NEWLINE = 10;
const RETURN = 13;
const HASH = 35;
const PERCENT = 37;
const PLUS = 43;
const COMMA = 44;
const MINUS = 45;
const POINT = 46;
const SEMICOLON = 59;
const CLOSE = 93;

/**
 * Scans MATLAB's `[1 2.5; -3, 4e5]` from its opening bracket: signed numbers apart by blanks or commas, rows apart by
 * semicolons or line ends, with comments and `...` between them. One pass, no tree. Everything else (names, operators,
 * a sign apart from its number, ragged rows, nothing at all, unclosed brackets) is 'not-plain' and left to the parser.
 */
export function scanRows(text: string, start: number, limit: number = text.length): ScannedRows {
  const reader = new NumberReader();
  let data = new Float64Array(64);
  let count = 0;
  let rows = 0;
  let columns = -1;
  let inRow = 0;
  let integer = true;
  let separated = true;
  /** A comma stands behind the last number: another one in a row is left to the parser. */
  let comma = false;
  let i = start + 1;
  while (i < limit) {
    const c = text.charCodeAt(i);
    if (c === SPACE || c === TAB) {
      separated = true;
      i++;
    } else if ((c >= 48 && c <= 57) || c === MINUS || c === PLUS || c === POINT) {
      if (c === POINT && text.charCodeAt(i + 1) === POINT && text.charCodeAt(i + 2) === POINT) {
        while (i < limit && text.charCodeAt(i) !== NEWLINE && text.charCodeAt(i) !== RETURN) i++;
        if (text.charCodeAt(i) === RETURN && text.charCodeAt(i + 1) === NEWLINE) i++;
        i++;
        separated = true;
        continue;
      }
      if (!separated) return { kind: 'not-plain', at: i };
      const signed = c === MINUS || c === PLUS;
      const value = reader.read(text, signed ? i + 1 : i, limit);
      if (Number.isNaN(value) || !endsNumber(text.charCodeAt(reader.end))) return { kind: 'not-plain', at: i };
      if (count === data.length) {
        const grown = new Float64Array(2 * count);
        grown.set(data);
        data = grown;
      }
      data[count++] = c === MINUS ? -value : value;
      integer &&= reader.integer && value <= Number.MAX_SAFE_INTEGER;
      inRow++;
      separated = false;
      comma = false;
      i = reader.end;
    } else if (c === COMMA) {
      if (inRow === 0 || comma) return { kind: 'not-plain', at: i };
      comma = true;
      separated = true;
      i++;
    } else if (c === SEMICOLON || c === NEWLINE || c === RETURN || c === CLOSE) {
      if (inRow > 0) {
        if (columns === -1) columns = inRow;
        if (inRow !== columns) return { kind: 'not-plain', at: i };
        rows++;
        inRow = 0;
      }
      i++;
      separated = true;
      comma = false;
      if (c === CLOSE) {
        if (rows === 0) return { kind: 'not-plain', at: i };
        return { kind: 'plain', rows, columns, data: data.slice(0, count), integer, end: i };
      }
    } else if (c === PERCENT || c === HASH) {
      // `%{` may open a block.
      if (text.charCodeAt(i + 1) === 123) return { kind: 'not-plain', at: i };
      while (i < limit && text.charCodeAt(i) !== NEWLINE && text.charCodeAt(i) !== RETURN) i++;
    } else return { kind: 'not-plain', at: i };
  }
  return { kind: 'not-plain', at: limit };
}

const endsNumber = (c: number): boolean =>
  c === SPACE ||
  c === TAB ||
  c === NEWLINE ||
  c === RETURN ||
  c === COMMA ||
  c === SEMICOLON ||
  c === CLOSE ||
  c === PERCENT ||
  c === HASH;
