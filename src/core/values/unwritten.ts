// A global that Node's hosts have and others lack.
declare const Buffer: { readonly allocUnsafeSlow?: (bytes: number) => { readonly buffer: ArrayBuffer } } | undefined;

/** Numbers from which on the clearing costs more than the way round it. */
const MANY = 4096;

/**
 * Room for `count` numbers, each of which the caller writes before anything reads it: what stands there is unspecified. Where
 * the host can give memory that it has not cleared, a sum of long vectors takes two thirds of its time.
 */
export function unwritten(count: number): Float64Array<ArrayBuffer> {
  if (count >= MANY && typeof Buffer !== 'undefined' && Buffer.allocUnsafeSlow) {
    const { buffer } = Buffer.allocUnsafeSlow(8 * count);
    if (buffer.byteLength === 8 * count) return new Float64Array(buffer);
  }
  return new Float64Array(count);
}
