import { seedWords } from './seed-sequence';
import type { PcgState, Source } from './source';

const MULTIPLIER = 0x2360ed051fc65da44385df649fccf645n;
const step = (state: bigint, increment: bigint): bigint => BigInt.asUintN(128, state * MULTIPLIER + increment);

/** The state that a seed makes: a whole number of any size, or several, none negative (NumPy's default_rng). */
export function seedPcg(seed: readonly bigint[]): PcgState {
  const words = seedWords(seed, 8);
  const pair = (at: number) => (BigInt(words[at + 1]) << 32n) | BigInt(words[at]);
  const number = (at: number) => (pair(at) << 64n) | pair(at + 2);
  const increment = BigInt.asUintN(128, (number(4) << 1n) | 1n);
  const state = BigInt.asUintN(128, step(0n, increment) + number(0));
  return { kind: 'pcg64', state: step(state, increment), increment };
}

/** The generator from a state on. Numbers of 32 bits are the lower and then the upper half of one of 64. */
export function pcgSource(from: PcgState): Source {
  const { increment } = from;
  let { state, half } = from;
  const uint64 = (): bigint => {
    state = step(state, increment);
    const folded = BigInt.asUintN(64, state ^ (state >> 64n));
    const rotation = state >> 122n;
    return BigInt.asUintN(64, (folded >> rotation) | (folded << (64n - rotation)));
  };
  return {
    uint64,
    uint32: () => {
      if (half !== undefined) {
        const kept = half;
        half = undefined;
        return kept;
      }
      const next = uint64();
      half = Number(next >> 32n);
      return Number(next & 0xffffffffn);
    },
    double: () => Number(uint64() >> 11n) / 9007199254740992,
    state: () => (half === undefined ? { kind: 'pcg64', state, increment } : { kind: 'pcg64', state, increment, half }),
  };
}
