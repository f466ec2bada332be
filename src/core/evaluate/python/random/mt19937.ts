import type { MersenneState, Source } from './source';

const WORDS = 624;
const MIDDLE = 397;
const TWIST = 0x9908b0df;

/** The state that a number of 32 bits makes (init_genrand): NumPy's seeding by an integer. */
export function seedMersenne(seed: number): MersenneState {
  const key = new Uint32Array(WORDS);
  key[0] = seed;
  for (let k = 1; k < WORDS; k++) key[k] = Math.imul(1812433253, key[k - 1] ^ (key[k - 1] >>> 30)) + k;
  return { kind: 'mt19937', key, position: WORDS };
}

/** The state that a list of numbers of 32 bits makes (init_by_array): NumPy's seeding by a list and Python's by an integer. */
export function seedMersenneByArray(words: readonly number[]): MersenneState {
  const { key } = seedMersenne(19650218);
  let at = 1;
  const advance = () => {
    at++;
    if (at < WORDS) return;
    key[0] = key[WORDS - 1];
    at = 1;
  };
  for (let step = 0; step < Math.max(WORDS, words.length); step++) {
    const j = step % words.length;
    key[at] = (key[at] ^ Math.imul(key[at - 1] ^ (key[at - 1] >>> 30), 1664525)) + words[j] + j;
    advance();
  }
  for (let step = 1; step < WORDS; step++) {
    key[at] = (key[at] ^ Math.imul(key[at - 1] ^ (key[at - 1] >>> 30), 1566083941)) - at;
    advance();
  }
  key[0] = 0x80000000;
  return { kind: 'mt19937', key, position: WORDS };
}

/** The next 624 words in place of the spent ones. */
function twist(key: Uint32Array): void {
  for (let k = 0; k < WORDS; k++) {
    const y = (key[k] & 0x80000000) | (key[(k + 1) % WORDS] & 0x7fffffff);
    key[k] = key[(k + MIDDLE) % WORDS] ^ (y >>> 1) ^ (y & 1 ? TWIST : 0);
  }
}

/** The generator from a state on; the state itself stays as it is. */
export function mersenneSource(from: MersenneState): Source {
  const key = from.key.slice();
  let position = from.position;
  const uint32 = (): number => {
    if (position >= WORDS) {
      twist(key);
      position = 0;
    }
    let y = key[position++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  };
  return {
    uint32,
    uint64: () => {
      const high = uint32();
      return (BigInt(high) << 32n) | BigInt(uint32());
    },
    double: () => {
      const high = uint32() >>> 5;
      return (high * 67108864 + (uint32() >>> 6)) / 9007199254740992;
    },
    state: () => ({ kind: 'mt19937', key, position }),
  };
}
