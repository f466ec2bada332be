import { afterEach, describe, expect, it, vi } from 'vitest';
import { arithmetic } from '../../../src/core/values/elementwise';
import { generate, ndarray } from '../../../src/core/values/ndarray';
import { unwritten } from '../../../src/core/values/unwritten';

afterEach(() => vi.unstubAllGlobals());

/** The longest sides are those for which a host with memory that is not cleared is asked for it. */
const COUNTS = [0, 1, 100, 4095, 4096, 10_007];

describe('room for numbers that are still to be written', () => {
  it.each(COUNTS)('is %i numbers and a buffer of their own', count => {
    const room = unwritten(count);
    expect([room.length, room.byteOffset, room.buffer.byteLength]).toEqual([count, 0, 8 * count]);
    expect(unwritten(count).buffer).not.toBe(room.buffer);
  });

  it.each(['no Buffer', 'a Buffer of another make', 'Node'])('a sum is the same with %s', host => {
    if (host === 'no Buffer') vi.stubGlobal('Buffer', undefined);
    // Such as one that gives a part of a larger pool.
    if (host === 'a Buffer of another make')
      vi.stubGlobal('Buffer', { allocUnsafeSlow: () => new Uint8Array(new ArrayBuffer(2 ** 20).slice(0)).fill(255) });
    for (const count of COUNTS) {
      const x = ndarray('float64', [count], generate(count, Math.sin));
      const y = ndarray('float64', [count], generate(count, Math.cos));
      const sum = arithmetic('add', x, y, 'float64');
      expect(sum?.data).toEqual(Float64Array.from({ length: count }, (_, k) => Math.sin(k) + Math.cos(k)));
    }
  });
});
