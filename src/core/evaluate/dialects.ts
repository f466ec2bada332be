import type { DialectId } from '../expression/program';
import type { Dialect } from './dialect';
import { latexDialect } from './latex/dialect';
import { matlabDialect } from './matlab/dialect';
import { pythonDialect } from './python/dialect';
import { pythonFormula } from './python/formula';
import { rDialect } from './r/dialect';

/** The meaning of each language. */
export const DIALECTS: ReadonlyMap<DialectId, Dialect> = new Map(
  [pythonDialect, matlabDialect, rDialect, latexDialect].map(d => [d.id, d] as const),
);

/** The meaning of a formula that stands in no file of its language. */
export const FORMULA_DIALECTS: ReadonlyMap<DialectId, Dialect> = new Map([...DIALECTS, ['python', pythonFormula]]);
