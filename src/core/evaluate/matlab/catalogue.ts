import { scalar, type FunctionValue, type Value } from '../../values/value';
import { catalogue } from '../catalogue';
import type { CallArgument, Context } from '../dialect';
import { unknown } from '../stop';
import { CONSTRUCTION, CONSTANT_VALUES } from './construction';
import { DECOMPOSITIONS } from './decompositions';
import { ELEMENTARY } from './elementary';
import { bindByPosition } from './library';
import { OUTPUT } from './output';
import { PRODUCTS } from './products';
import { QUERIES } from './queries';
import { RANDOM, UNCOVERED } from './uncovered';
import { REDUCTIONS } from './reductions';
import { SHAPES } from './shapes';

const FUNCTIONS = catalogue(CONSTRUCTION, SHAPES, ELEMENTARY, REDUCTIONS, PRODUCTS, DECOMPOSITIONS, QUERIES, OUTPUT);

/** Names that mean a number without a call. */
export const CONSTANTS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...[...CONSTANT_VALUES].map(([name, x]) => [name, scalar('float64', x)] as const),
  ...['i', 'j', 'I', 'J'].map(name => [name, scalar('complex128', { re: 0, im: 1 })] as const),
  ['true', scalar('bool', true)],
  ['false', scalar('bool', false)],
]);

/** A function of Octave's by name. The front end writes a constant that is called, `NaN(2)`, with parentheses behind its name. */
export function functionNamed(name: string): FunctionValue | undefined {
  const bare = name.endsWith('()') ? name.slice(0, -2) : name;
  const path = `octave.${bare}`;
  return FUNCTIONS.has(path) || RANDOM.has(bare) || UNCOVERED.has(bare) ? { kind: 'function', path } : undefined;
}

export function callFunction(callee: FunctionValue, args: readonly CallArgument[], context: Context): Value {
  const entry = FUNCTIONS.get(callee.path);
  const name = callee.path.slice(callee.path.indexOf('.') + 1);
  if (!entry) return unknown(RANDOM.has(name) ? `${name}: random, known only when the code runs` : `${name}: not covered yet`);
  return entry.evaluate(bindByPosition(entry, args), context);
}
