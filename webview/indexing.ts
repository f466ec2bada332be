import type { Inspection } from '../src/core/panel';

/** The number of the first row and column: readers of Python count from zero, those of MATLAB and mathematics from one. */
export const baseOf = (inspection: Pick<Inspection, 'dialect'> | undefined): 0 | 1 =>
  inspection?.dialect === 'python' ? 0 : 1;
