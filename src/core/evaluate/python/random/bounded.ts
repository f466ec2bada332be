import type { Source } from './source';

/** How wide the numbers are that a bounded draw takes from the generator. */
export type Width = 64 | 32 | 16 | 8 | 1;

const WORD = 0xffffffff;
const LONG = 0xffffffffffffffffn;

/** The smallest number 2^k − 1 that is at least `most`, which is below 2^32. */
const maskOf = (most: number): number => (most === 0 ? 0 : WORD >>> Math.clz32(most));

function longMaskOf(most: bigint): bigint {
  return (1n << BigInt(most.toString(2).length)) - 1n;
}

/** The upper and the lower word of the product of two words. */
function wordProduct(a: number, b: number): { readonly high: number; readonly low: number } {
  const carried = a * (b >>> 16) + Math.floor((a * (b & 0xffff)) / 0x10000);
  return { high: Math.floor(carried / 0x10000), low: Math.imul(a, b) >>> 0 };
}

/** A number in 0 … most < 2^64: the first that is not above it among numbers cut to as many bits. */
export function interval(source: Source, most: number): number {
  if (most === 0) return 0;
  if (most <= WORD) return masked(source.uint32, most);
  return Number(longMasked(source, BigInt(most)));
}

function masked(next: () => number, most: number): number {
  const mask = maskOf(most);
  for (;;) {
    const value = (next() & mask) >>> 0;
    if (value <= most) return value;
  }
}

function longMasked(source: Source, most: bigint): bigint {
  const mask = longMaskOf(most);
  for (;;) {
    const value = source.uint64() & mask;
    if (value <= most) return value;
  }
}

/** Lemire's method (2018): the upper part of a product, with few numbers refused. */
function scaled(next: () => number, most: number): number {
  const range = most + 1;
  let product = wordProduct(next(), range);
  if (product.low < range) {
    const threshold = (WORD - most) % range;
    while (product.low < threshold) product = wordProduct(next(), range);
  }
  return product.high;
}

function longScaled(source: Source, most: bigint): bigint {
  const range = most + 1n;
  let product = source.uint64() * range;
  if ((product & LONG) < range) {
    const threshold = (LONG - most) % range;
    while ((product & LONG) < threshold) product = source.uint64() * range;
  }
  return product >> 64n;
}

function narrowScaled(next: () => number, most: number, top: number): number {
  const range = most + 1;
  let product = next() * range;
  if ((product & top) < range) {
    const threshold = (top - most) % range;
    while ((product & top) < threshold) product = next() * range;
  }
  return Math.floor(product / (top + 1));
}

/** Words of 32 bits cut into narrow numbers, the lowest bits first. */
function cut(source: Source, bits: 16 | 8 | 1): () => number {
  const top = 2 ** bits - 1;
  let word = 0;
  let left = 0;
  return () => {
    if (left === 0) {
      word = source.uint32();
      left = 32 / bits;
    } else word >>>= bits;
    left--;
    return word & top;
  };
}

/**
 * Whole numbers in 0 … most of one call, as NumPy draws them: by masks (RandomState) or by Lemire's method (Generator).
 * Narrow types share words of 32 bits within the call. Numbers beyond 2^32 are bigints.
 */
export function boundedIntegers(
  source: Source,
  width: Width,
  method: 'mask' | 'lemire',
): (most: bigint) => () => number | bigint {
  const zero = () => 0;
  if (width === 1) {
    const bit = cut(source, 1);
    return most => (most === 0n ? zero : bit);
  }
  if (width >= 32)
    return most => {
      if (most === 0n) return zero;
      if (most === LONG) return source.uint64;
      if (most > BigInt(WORD))
        return method === 'mask' ? () => longMasked(source, most) : () => longScaled(source, most);
      const limit = Number(most);
      if (limit === WORD) return source.uint32;
      return method === 'mask' ? () => masked(source.uint32, limit) : () => scaled(source.uint32, limit);
    };
  const top = width === 16 ? 0xffff : 0xff;
  const next = cut(source, width === 16 ? 16 : 8);
  return most => {
    const limit = Number(most);
    if (limit === 0) return zero;
    if (limit === top) return next;
    return method === 'mask' ? () => masked(next, limit) : () => narrowScaled(next, limit, top);
  };
}
