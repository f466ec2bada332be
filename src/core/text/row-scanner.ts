import type { NumberReader } from './decimal';

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
export function scanRows(reader: NumberReader, start: number): ScannedRows {
  const { codes, base } = reader;
  const notPlain = (at: number): ScannedRows => ({ kind: 'not-plain', at: at + base });
  let data = new Float64Array(64);
  let count = 0;
  let rows = 0;
  let columns = -1;
  let inRow = 0;
  let integer = true;
  let separated = true;
  /** A comma stands behind the last number: another one in a row is left to the parser. */
  let comma = false;
  let i = start - base + 1;
  for (;;) {
    const c = codes[i];
    if (c === SPACE || c === TAB) {
      separated = true;
      i++;
    } else if ((c >= 48 && c <= 57) || c === MINUS || c === PLUS || c === POINT) {
      if (c === POINT && codes[i + 1] === POINT && codes[i + 2] === POINT) {
        while (codes[i] !== 0 && codes[i] !== NEWLINE && codes[i] !== RETURN) i++;
        if (codes[i] === RETURN && codes[i + 1] === NEWLINE) i++;
        i++;
        separated = true;
        continue;
      }
      if (!separated) return notPlain(i);
      const signed = c === MINUS || c === PLUS;
      if (count === data.length) {
        const grown = new Float64Array(2 * count);
        grown.set(data);
        data = grown;
      }
      if (!reader.readInto(data, count, signed ? i + 1 : i) || !endsNumber(codes[reader.end])) return notPlain(i);
      if (c === MINUS) data[count] = -data[count];
      integer &&= reader.integer && Math.abs(data[count]) <= Number.MAX_SAFE_INTEGER;
      count++;
      inRow++;
      separated = false;
      comma = false;
      i = reader.end;
    } else if (c === COMMA) {
      if (inRow === 0 || comma) return notPlain(i);
      comma = true;
      separated = true;
      i++;
    } else if (c === SEMICOLON || c === NEWLINE || c === RETURN || c === CLOSE) {
      if (inRow > 0) {
        if (columns === -1) columns = inRow;
        if (inRow !== columns) return notPlain(i);
        rows++;
        inRow = 0;
      }
      i++;
      separated = true;
      comma = false;
      if (c === CLOSE) {
        if (rows === 0) return notPlain(i);
        return { kind: 'plain', rows, columns, data: data.slice(0, count), integer, end: i + base };
      }
    } else if (c === PERCENT || c === HASH) {
      // `%{` may open a block.
      if (codes[i + 1] === 123) return notPlain(i);
      while (codes[i] !== 0 && codes[i] !== NEWLINE && codes[i] !== RETURN) i++;
    } else return notPlain(i);
  }
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
