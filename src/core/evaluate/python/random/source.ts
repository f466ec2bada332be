import type { RandomState } from '../../../values/random-state';

export type { MersenneState, PcgState, RandomState } from '../../../values/random-state';

/** A bit generator at work in one draw: it changes with every number that is taken. */
export interface Source {
  /** A whole number below 2^32. */
  readonly uint32: () => number;
  /** A whole number below 2^64. */
  readonly uint64: () => bigint;
  /** A multiple of 2^−53 in [0, 1). */
  readonly double: () => number;
  /** What it is now; the source must not be used any more. */
  readonly state: () => RandomState;
}
