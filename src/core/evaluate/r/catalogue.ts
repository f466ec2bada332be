import { characters, toValue, vectorOf } from '../../values/r-vector';
import type { FunctionValue, Value } from '../../values/value';
import { APPLY } from './apply';
import { arithmetic, comparison, unary } from './arithmetic';
import { ATTRIBUTES } from './attributes';
import { BINDING } from './binding';
import { COMPARING } from './comparing';
import { CONSTRUCTION } from './construction';
import { ELEMENTWISE } from './elementwise';
import { DATA_NAMES, FUNCTION_NAMES } from './function-names';
import { element, index } from './indexing';
import { define, type RFunction } from './library';
import { LINEAR } from './linear';
import { MORE } from './more';
import { PRODUCTS } from './products';
import { QR } from './qr';
import { SPECIALS } from './specials';
import { STATISTICS } from './statistics';
import { SUMMARIES } from './summaries';
import { TEXTS } from './texts';

/** Operators as functions: `sapply(x, "+", 1)`. */
const OPERATORS: readonly RFunction[] = [
  ...(['+', '-', '*', '/', '^', '%%', '%/%'] as const).map(sign =>
    define(sign, 'e1, e2 =', (args, context) => {
      const operator = (
        {
          '+': 'add',
          '-': 'subtract',
          '*': 'multiply',
          '/': 'divide',
          '^': 'power',
          '%%': 'modulo',
          '%/%': 'floor-divide',
        } as const
      )[sign];
      const right = args.get('e2');
      if (right) return arithmetic(operator, args.at('e1'), right, context);
      return unary(sign === '-' ? 'negate' : 'plus', args.at('e1'), context);
    }),
  ),
  ...(['==', '!=', '<', '<=', '>', '>='] as const).map(sign =>
    define(sign, 'e1, e2', (args, context) => {
      const operator = (
        {
          '==': 'equal',
          '!=': 'not-equal',
          '<': 'less',
          '<=': 'less-equal',
          '>': 'greater',
          '>=': 'greater-equal',
        } as const
      )[sign];
      return comparison(operator, args.at('e1'), args.at('e2'), context);
    }),
  ),
  define('&', 'e1, e2', (args, context) => arithmetic('bit-and', args.at('e1'), args.at('e2'), context)),
  define('|', 'e1, e2', (args, context) => arithmetic('bit-or', args.at('e1'), args.at('e2'), context)),
  define('!', 'x', (args, context) => unary('not', args.at('x'), context)),
  define('[', 'x, ...', (args, context) => index(args.at('x'), { at: args.dots.map(d => d.value) }, context)),
  define('[[', 'x, ...', (args, context) => element(args.at('x'), { at: args.dots.map(d => d.value) }, context)),
];

export const FUNCTIONS: ReadonlyMap<string, RFunction> = new Map(
  [
    CONSTRUCTION,
    ATTRIBUTES,
    ELEMENTWISE,
    SUMMARIES,
    STATISTICS,
    PRODUCTS,
    LINEAR,
    QR,
    APPLY,
    BINDING,
    COMPARING,
    TEXTS,
    MORE,
    OPERATORS,
  ].flatMap(list => list.map(f => [f.path, f] as const)),
);

const range = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, k) => String.fromCharCode(from + k));

const MACHINE: readonly (readonly [string, Value])[] = [
  ['double.eps', toValue(vectorOf('double', [2 ** -52]))],
  ['double.neg.eps', toValue(vectorOf('double', [2 ** -53]))],
  ['double.xmin', toValue(vectorOf('double', [2.2250738585072014e-308]))],
  ['double.xmax', toValue(vectorOf('double', [Number.MAX_VALUE]))],
  ['integer.max', toValue(vectorOf('integer', [2147483647]))],
];

export const CONSTANTS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['pi', toValue(vectorOf('double', [Math.PI]))],
  ['T', toValue(vectorOf('logical', [true]))],
  ['F', toValue(vectorOf('logical', [false]))],
  ['Inf', toValue(vectorOf('double', [Number.POSITIVE_INFINITY]))],
  ['NaN', toValue(vectorOf('double', [Number.NaN]))],
  ['NA', toValue(vectorOf('logical', [null]))],
  ['NA_integer_', toValue(vectorOf('integer', [null]))],
  ['NA_real_', toValue(vectorOf('double', [null]))],
  ['NA_character_', toValue(vectorOf('character', [null]))],
  ['NA_complex_', toValue(vectorOf('complex', [null]))],
  ['letters', toValue(characters(range(97, 122)))],
  ['LETTERS', toValue(characters(range(65, 90)))],
  ['month.abb', toValue(characters('Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')))],
  [
    '.Machine',
    toValue(
      vectorOf(
        'list',
        MACHINE.map(m => m[1]),
        { names: MACHINE.map(m => m[0]) },
      ),
    ),
  ],
]);

/** Whether a name is one of R's own data, which are not kept. */
export const isData = (name: string): boolean => DATA_NAMES.has(name) && !CONSTANTS.has(name);

/** A function of R's own by its name, whether or not it is followed. */
export function builtinNamed(name: string): FunctionValue | undefined {
  const path = `r.${name}`;
  const known = FUNCTIONS.has(path) || SPECIALS.has(path) || (FUNCTION_NAMES.has(name) && !CONSTANTS.has(name));
  return known ? { kind: 'function', path } : undefined;
}
