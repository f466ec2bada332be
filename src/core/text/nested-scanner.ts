import { NumberReader } from './decimal';

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
const reader = new NumberReader();

const NOT_PLAIN = (at: number): Scanned => ({ kind: 'not-plain', at });

/**
 * Scans nested brackets of plain signed numbers (`[[1, 2.5], [-3, 4e5]]`) into a Float64Array, one pass, no tree and no
 * recursion. Anything else (names, operators, ragged rows, integers beyond 2^53, unclosed brackets) is 'not-plain' and
 * left to the expression parser, which says what is wrong.
 */
export function scanNested(text: string, start: number): Scanned {
  const length = text.length;
  shape.fill(-1);
  let floats = 0;
  let count = 0;
  let depth = 0;
  let leaf = -1;
  let wantsItem = true;
  let i = start;
  for (;;) {
    if (i >= length) return NOT_PLAIN(i);
    const c = text.charCodeAt(i);
    if (c === 32 || c === 10 || c === 13 || c === 9) i++;
    else if ((c >= 48 && c <= 57) || c === 45 || c === 43 || c === 46) {
      if (!wantsItem || depth === 0) return NOT_PLAIN(i);
      const signed = c === 45 || c === 43;
      const value = reader.read(text, signed ? i + 1 : i, length);
      if (Number.isNaN(value)) return NOT_PLAIN(i);
      const next = text.charCodeAt(reader.end);
      if (
        next !== 44 &&
        next !== 93 &&
        next !== 41 &&
        next !== 32 &&
        next !== 10 &&
        next !== 13 &&
        next !== 9 &&
        next !== 35
      )
        return NOT_PLAIN(i);
      if (reader.integer) {
        // Leading zeros are an error in Python and octal elsewhere; large integers must stay exact.
        if (
          value > Number.MAX_SAFE_INTEGER ||
          (reader.end - i > (signed ? 2 : 1) && text.charCodeAt(signed ? i + 1 : i) === 48)
        )
          return NOT_PLAIN(i);
      } else floats++;
      if (leaf !== depth) {
        if (leaf !== -1) return NOT_PLAIN(i);
        leaf = depth;
      }
      if (count === data.length) {
        const grown = new Float64Array(2 * count);
        grown.set(data);
        data = grown;
        const grownFlags = new Uint8Array(2 * count);
        grownFlags.set(flags);
        flags = grownFlags;
      }
      flags[count] = reader.integer ? 1 : 0;
      // An integer has no negative zero.
      data[count++] = c === 45 && (value !== 0 || !reader.integer) ? -value : value;
      counts[depth]++;
      wantsItem = false;
      i = reader.end;
    } else if (c === 44) {
      if (wantsItem || depth === 0) return NOT_PLAIN(i);
      wantsItem = true;
      i++;
    } else if (c === 91 || c === 40) {
      if (!wantsItem || depth === MAX_NESTING || (leaf !== -1 && depth >= leaf)) return NOT_PLAIN(i);
      // Lists of tuples print otherwise than lists of lists: mixed brackets go to the parser.
      if (depth > 0 && (closers[1] === 93) !== (c === 91)) return NOT_PLAIN(i);
      closers[++depth] = c === 91 ? 93 : 41;
      counts[depth] = 0;
      i++;
    } else if (c === 93 || c === 41) {
      if (depth === 0 || closers[depth] !== c) return NOT_PLAIN(i);
      const n = counts[depth];
      if (c === 41 && n <= 1) return NOT_PLAIN(i);
      if (shape[depth] === -1) shape[depth] = n;
      else if (shape[depth] !== n) return NOT_PLAIN(i);
      if (n === 0 && leaf === -1) leaf = depth;
      else if (n === 0 && leaf !== depth) return NOT_PLAIN(i);
      depth--;
      i++;
      if (depth === 0) {
        const found: Scanned = {
          kind: 'plain',
          shape: Array.from(shape.subarray(1, leaf + 1)),
          data: data.slice(0, count),
          integer: floats === 0 && count > 0,
          integers: floats > 0 && floats < count ? flags.slice(0, count) : undefined,
          form: closers[1] === 93 ? 'list' : 'tuple',
          end: i,
        };
        if (data.length > MAX_KEPT) {
          data = new Float64Array(1024);
          flags = new Uint8Array(1024);
        }
        return found;
      }
      if (leaf !== -1 && depth >= leaf) return NOT_PLAIN(i);
      counts[depth]++;
      wantsItem = false;
    } else if (c === 35) {
      while (i < length && text.charCodeAt(i) !== 10) i++;
    } else return NOT_PLAIN(i);
  }
}
