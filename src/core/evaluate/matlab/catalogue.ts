import { FUNCTION_NAMES } from '../../languages/matlab/function-names';
import { type FunctionValue, scalar, type Value } from '../../values/value';
import { catalogue } from '../catalogue';
import type { CallArgument, Context } from '../dialect';
import { unknown } from '../stop';
import { CELLS } from './cell-functions';
import { CONSTANT_VALUES, CONSTRUCTION } from './construction';
import { DECOMPOSITIONS } from './decompositions';
import { ELEMENTARY } from './elementary';
import { bindByPosition } from './library';
import { NUMERIC } from './numeric';
import { OUTPUT } from './output';
import { POLYNOMIALS } from './polynomials';
import { PRODUCTS } from './products';
import { QUERIES } from './queries';
import { RANDOM } from './random';
import { REDUCTIONS } from './reductions';
import { SETS } from './sets';
import { SHAPES } from './shapes';
import { STRINGS } from './strings';

export const FUNCTIONS = catalogue(
  CONSTRUCTION,
  SHAPES,
  ELEMENTARY,
  REDUCTIONS,
  PRODUCTS,
  DECOMPOSITIONS,
  QUERIES,
  OUTPUT,
  SETS,
  CELLS,
  STRINGS,
  POLYNOMIALS,
  NUMERIC,
);

/** Names that mean a number without a call. */
export const CONSTANTS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...[...CONSTANT_VALUES].map(([name, x]) => [name, scalar('float64', x)] as const),
  ...['i', 'j', 'I', 'J'].map(name => [name, scalar('complex128', { re: 0, im: 1 })] as const),
  ['true', scalar('bool', true)],
  ['false', scalar('bool', false)],
]);

/**
 * A function by name. The front end writes parentheses behind the name of a constant that is called, `NaN(2)`, and
 * behind names that it knows neither as variables nor as functions.
 */
export function functionNamed(name: string): FunctionValue | undefined {
  const bare = name.endsWith('()') ? name.slice(0, -2) : name;
  const path = `octave.${bare}`;
  return bare !== name || FUNCTIONS.has(path) || FUNCTION_NAMES.has(bare) ? { kind: 'function', path } : undefined;
}

export function callFunction(callee: FunctionValue, args: readonly CallArgument[], context: Context): Value {
  const entry = FUNCTIONS.get(callee.path);
  if (entry) return entry.evaluate(bindByPosition(entry, args), context);
  const name = callee.path.slice(callee.path.indexOf('.') + 1);
  if (name === 'NA') return unknown('a missing value, NA, is not covered');
  if (RANDOM.has(name)) return unknown(`${name}: random, known only when the code runs`);
  return unknown(
    FUNCTION_NAMES.has(name) ? `${name}: not covered yet` : `${name}: a function that is not in this file`,
  );
}
