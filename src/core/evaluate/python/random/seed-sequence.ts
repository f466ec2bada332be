/** NumPy's SeedSequence (after O'Neill's seed_seq_fe): a seed of any size hashed into as many words as a generator needs. */

const POOL = 4;
const times = Math.imul;

/** The words of 32 bits of a whole number that is not negative, the lowest first; at least one. */
export function wordsOf(seed: bigint): number[] {
  const words: number[] = [];
  for (let rest = seed; rest > 0n || words.length === 0; rest >>= 32n) words.push(Number(rest & 0xffffffffn));
  return words;
}

/** A hash whose constant changes with every value. */
function hash(constant: number, multiplier: number): (value: number) => number {
  let current = constant;
  return value => {
    const mixed = value ^ current;
    current = times(current, multiplier);
    const product = times(mixed, current);
    return product ^ (product >>> 16);
  };
}

function mix(x: number, y: number): number {
  const result = times(0xca01f9dd, x) - times(0x4973f715, y);
  return result ^ (result >>> 16);
}

/** `count` words of 32 bits from a seed: a whole number, or several, none negative. */
export function seedWords(seed: readonly bigint[], count: number): Uint32Array {
  const entropy = seed.flatMap(wordsOf);
  const hashed = hash(0x43b0d7e5, 0x931e8875);
  const pool = Array.from({ length: POOL }, (_, k) => hashed(entropy[k] ?? 0));
  for (let from = 0; from < POOL; from++)
    for (let to = 0; to < POOL; to++) if (from !== to) pool[to] = mix(pool[to], hashed(pool[from]));
  for (const word of entropy.slice(POOL)) for (let to = 0; to < POOL; to++) pool[to] = mix(pool[to], hashed(word));
  const output = hash(0x8b51f9dd, 0x58f38ded);
  return Uint32Array.from({ length: count }, (_, k) => output(pool[k % POOL]));
}
