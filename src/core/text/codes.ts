import type { Span } from './span';

/** A global of every place that runs JavaScript, though not of the language itself. */
declare const TextEncoder: new () => {
  encodeInto(text: string, into: Uint8Array): { readonly read: number };
};
const encoder = new TextEncoder();

/** What stands for a character beyond ASCII. */
const OTHER = 128;

/**
 * The characters of a region, one a byte, and a 0 behind them. Loops over bytes are about twice as fast as loops over the
 * characters of a string. Characters beyond ASCII become OTHER, so that offsets are those of the text.
 */
export function codesOf(text: string, { start, end }: Span): Uint8Array {
  const part = text.slice(start, end);
  const n = part.length;
  const codes = new Uint8Array(n + 1);
  // UTF-8 gives ASCII a byte each and everything else more: only where all is ASCII is all read.
  if (n === 0 || encoder.encodeInto(part, codes.subarray(0, n)).read < n) {
    for (let i = 0; i < n; i++) codes[i] = Math.min(part.charCodeAt(i), OTHER);
  }
  return codes;
}
