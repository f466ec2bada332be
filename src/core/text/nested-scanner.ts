import type { NumberReader } from './decimal';

/** Deepest nesting of brackets that is read. */
export const MAX_NESTING = 64;

/** A scanned literal: its numbers row-major with their shape, or why the fast path does not apply. */
export type Scanned =
  | {
      readonly kind: 'plain';
      readonly shape: readonly number[];
      readonly data: Float64Array;
      readonly integer: boolean /** 1 where an integer was written; only when integers and floats are mixed. */;
      readonly integers?: Uint8Array;
      readonly form: 'list' | 'tuple';
      readonly end: number;
    }
  | { readonly kind: 'not-plain'; readonly at: number };

/** Reused by every scan: small literals are many, and typed arrays are dear to make. Literals are kept as exact copies. */
let data = new Float64Array(1024);
let flags = new Uint8Array(1024);
const counts = new Int32Array(MAX_NESTING + 1);
const shape = new Int32Array(MAX_NESTING + 1);
const closers = new Uint8Array(MAX_NESTING + 1);
/** Room for so many numbers is kept between scans. */
const MAX_KEPT = 1 << 16;
/** Whole numbers of so many digits fit a 32-bit integer. */
const SHORT = 9;

/** Twice the room for numbers. */
function grow(): Float64Array<ArrayBuffer> {
  const more = new Float64Array(2 * data.length);
  more.set(data);
  data = more;
  const moreFlags = new Uint8Array(more.length);
  moreFlags.set(flags);
  flags = moreFlags;
  return more;
}

/** The lengths of the brackets from the outermost to the innermost. */
function extents(depth: number): number[] {
  const out = [shape[1]];
  for (let k = 2; k <= depth; k++) out.push(shape[k]);
  return out;
}

/** Blanks, line ends, a comma, a closing bracket or a comment: what may stand behind a number. */
const endsNumber = (c: number): boolean =>
  c === 44 || c === 93 || c === 32 || c === 10 || c === 41 || c === 13 || c === 9 || c === 35;

/** How many numbers `data` holds. */
let filled = 0;

/**
 * Stores the whole numbers of at most SHORT digits from `start` that a comma follows, and returns where it stopped. The
 * loop does nothing else, which makes it twice as fast as the general one for the most frequent literals.
 */
function scanShortIntegers(codes: Uint8Array, start: number): number {
  let out = data;
  let count = filled;
  let i = start;
  for (;;) {
    let end = i;
    let c = codes[end];
    const negative = c === 45;
    if (negative) c = codes[++end];
    const first = end;
    const leading = c;
    let value = 0;
    for (; c >= 48 && c <= 57; c = codes[++end]) value = (Math.imul(value, 10) + (c - 48)) | 0;
    const digits = end - first;
    if (c !== 44 || digits === 0 || digits > SHORT || (leading === 48 && digits > 1)) break;
    if (count === out.length) out = grow();
    out[count++] = negative ? 0 - value : value;
    i = codes[end + 1] === 32 ? end + 2 : end + 1;
  }
  filled = count;
  return i;
}

/**
 * Scans nested brackets of plain signed numbers (`[[1, 2.5], [-3, 4e5]]`) into a Float64Array, one pass, no tree and no
 * recursion. Anything else (names, operators, ragged rows, integers beyond 2^53, unclosed brackets) is 'not-plain' and
 * left to the expression parser, which says what is wrong.
 */
export function scanNested(reader: NumberReader, start: number): Scanned {
  const { codes, base } = reader;
  const notPlain = (at: number): Scanned => ({ kind: 'not-plain', at: at + base });
  shape.fill(-1);
  filled = 0;
  let floats = 0;
  let inRow = 0;
  let depth = 0;
  let leaf = -1;
  let wantsItem = true;
  let i = start - base;
  for (;;) {
    const c = codes[i];
    if (c === 32 || c === 10 || c === 13 || c === 9) i++;
    else if ((c >= 48 && c <= 57) || c === 45 || c === 43 || c === 46) {
      if (!wantsItem || depth === 0) return notPlain(i);
      if (leaf !== depth) {
        if (leaf !== -1) return notPlain(i);
        leaf = depth;
      }
      if (floats === 0) {
        const before = filled;
        const behind = scanShortIntegers(codes, i);
        if (behind > i) {
          inRow += filled - before;
          i = behind;
          continue;
        }
      }
      const first = c === 45 || c === 43 ? i + 1 : i;
      if (filled === data.length) grow();
      if (!reader.readInto(data, filled, first)) return notPlain(i);
      const end = reader.end;
      const next = codes[end];
      if (!endsNumber(next)) return notPlain(i);
      if (reader.integer) {
        // Leading zeros are an error in Python and octal elsewhere; large integers must stay exact.
        if (data[filled] > Number.MAX_SAFE_INTEGER || (end - first > 1 && codes[first] === 48)) return notPlain(i);
        if (floats > 0) flags[filled] = 1;
        // An integer has no negative zero.
        if (c === 45) data[filled] = 0 - data[filled];
      } else {
        if (floats++ === 0) flags.fill(1, 0, filled);
        flags[filled] = 0;
        if (c === 45) data[filled] = -data[filled];
      }
      filled++;
      inRow++;
      // The usual ", " is passed over at once.
      if (next === 44) {
        i = codes[end + 1] === 32 ? end + 2 : end + 1;
      } else {
        i = end;
        wantsItem = false;
      }
    } else if (c === 44) {
      if (wantsItem || depth === 0) return notPlain(i);
      wantsItem = true;
      i++;
    } else if (c === 91 || c === 40) {
      if (!wantsItem || depth === MAX_NESTING || (leaf !== -1 && depth >= leaf)) return notPlain(i);
      // Lists of tuples print otherwise than lists of lists: mixed brackets go to the parser.
      if (depth > 0 && (closers[1] === 93) !== (c === 91)) return notPlain(i);
      counts[depth] = inRow;
      closers[++depth] = c === 91 ? 93 : 41;
      inRow = 0;
      i++;
    } else if (c === 93 || c === 41) {
      if (depth === 0 || closers[depth] !== c) return notPlain(i);
      if (c === 41 && inRow <= 1) return notPlain(i);
      if (shape[depth] === -1) shape[depth] = inRow;
      else if (shape[depth] !== inRow) return notPlain(i);
      if (inRow === 0 && leaf === -1) leaf = depth;
      else if (inRow === 0 && leaf !== depth) return notPlain(i);
      depth--;
      i++;
      if (depth === 0) {
        const found: Scanned = {
          kind: 'plain',
          shape: extents(leaf),
          data: data.slice(0, filled),
          integer: floats === 0 && filled > 0,
          integers: floats > 0 && floats < filled ? flags.slice(0, filled) : undefined,
          form: closers[1] === 93 ? 'list' : 'tuple',
          end: i + base,
        };
        if (data.length > MAX_KEPT) {
          data = new Float64Array(1024);
          flags = new Uint8Array(1024);
        }
        return found;
      }
      if (leaf !== -1 && depth >= leaf) return notPlain(i);
      inRow = counts[depth] + 1;
      wantsItem = false;
    } else if (c === 35) {
      while (codes[i] !== 10 && codes[i] !== 0) i++;
    } else return notPlain(i);
  }
}
