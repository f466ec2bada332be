import type { DialectId } from '../expression/program';
import type { Dialect } from './dialect';
import { latexDialect } from './latex/dialect';
import { matlabDialect } from './matlab/dialect';
import { pythonDialect } from './python/dialect';

/** The meaning of each language. */
export const DIALECTS: ReadonlyMap<DialectId, Dialect> = new Map(
  [pythonDialect, matlabDialect, latexDialect].map(d => [d.id, d] as const),
);
