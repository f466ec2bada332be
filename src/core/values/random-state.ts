/**
 * What a bit generator is between two draws. Plain data, never written to: a draw makes a new one, so that states may be
 * kept, compared and sent to a worker.
 */
export type RandomState = MersenneState | PcgState;

/** Matsumoto and Nishimura's MT19937: 624 words and how many of them are spent. */
export interface MersenneState {
  readonly kind: 'mt19937';
  readonly key: Uint32Array;
  readonly position: number;
  /** The second of a pair of normal numbers, which the next call gives (NumPy's RandomState and Python's gauss). */
  readonly gauss?: number;
}

/** O'Neill's PCG64 (XSL-RR 128/64). */
export interface PcgState {
  readonly kind: 'pcg64';
  readonly state: bigint;
  readonly increment: bigint;
  /** The upper half of a number of 64 bits whose lower half is spent. */
  readonly half?: number;
}
