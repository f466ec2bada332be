import type { LibraryFunction } from '../../catalogue';
import { SCIPY_LINALG } from './linalg';
import { SCIPY_MATRICES } from './matrices';
import { SCIPY_SPECIAL } from './special';

/** Every function of scipy's that is known. */
export const SCIPY: readonly LibraryFunction[] = [...SCIPY_LINALG, ...SCIPY_MATRICES, ...SCIPY_SPECIAL];

export const SCIPY_MODULES: ReadonlySet<string> = new Set([
  'scipy',
  'scipy.linalg',
  'scipy.special',
  'scipy.spatial',
  'scipy.spatial.distance',
]);
