import { describe, expect, it } from 'vitest';
import { fused, fusedSingle, productError, sumError } from '../../../src/core/values/fused';

/** A finite double as a whole number of units of 2^-1074. */
function exact(x: number): bigint {
  const bits = new BigInt64Array(new Float64Array([x]).buffer)[0];
  const power = Number((bits >> 52n) & 0x7ffn);
  const digits = (bits & 0xfffffffffffffn) | (power ? 1n << 52n : 0n);
  return (bits < 0n ? -digits : digits) << BigInt(Math.max(power - 1, 0));
}
const UNIT = 1n << 1074n;

/** Whether no neighbour of the double is nearer to the exact a b + c. */
function isNearest(result: number, a: number, b: number, c: number): boolean {
  const whole = exact(a) * exact(b) + exact(c) * UNIT;
  const apart = (x: number): bigint => {
    const d = exact(x) * UNIT - whole;
    return d < 0n ? -d : d;
  };
  const word = new Float64Array([result]);
  const bits = new BigInt64Array(word.buffer);
  bits[0] += 1n;
  const up = word[0];
  bits[0] -= 2n;
  return apart(result) <= apart(up) && apart(result) <= apart(word[0]);
}

describe('multiplication and addition, rounded once', () => {
  let seed = 7;
  const next = (): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32 - 0.5;
  };

  it('is the nearest double, also where most of the sum cancels', () => {
    for (let k = 0; k < 2000; k++) {
      const [a, b] = [next() + next() * 2 ** -30, next() + next() * 2 ** -30];
      const c = k % 2 ? -a * b : next() * 2 ** (k % 60);
      expect(isNearest(fused(a, b, c), a, b, c), `${a} ${b} ${c}`).toBe(true);
    }
  });

  it('says exactly what rounding took away', () => {
    for (let k = 0; k < 500; k++) {
      const [a, b] = [next(), next() * 2 ** (k % 40)];
      expect(exact(a + b) + exact(sumError(a, b, a + b))).toBe(exact(a) + exact(b));
      expect((exact(a * b) + exact(productError(a, b, a * b))) * UNIT).toBe(exact(a) * exact(b));
    }
  });

  it('of float32 numbers is not rounded to a double first', () => {
    const a = 1 + 2 ** -12;
    expect(fusedSingle(a, a, 2 ** -80)).toBe(1 + 2 ** -11 + 2 ** -23);
    expect(fusedSingle(a, a, -(2 ** -80))).toBe(1 + 2 ** -11);
  });

  it('goes on with what is not finite, and keeps a zero its sign', () => {
    expect(fused(1e308, 10, 1)).toBe(Number.POSITIVE_INFINITY);
    expect(fused(1, 1.1, Number.NEGATIVE_INFINITY)).toBe(Number.NEGATIVE_INFINITY);
    expect(fused(Number.NaN, 1, 1)).toBeNaN();
    expect(fused(0, -1, -0)).toBe(-0);
    expect(fusedSingle(3e38, 2, 0)).toBe(Number.POSITIVE_INFINITY);
  });
});
