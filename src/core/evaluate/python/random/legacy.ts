import type { Value } from '../../../values/value';
import { fail } from '../../stop';
import { int, integerOf } from '../coerce';
import { exp, log, log1p, power } from './c-library';
import {
  type Choice,
  type ChoiceWords,
  choiceOf,
  chosen,
  flag,
  isNested,
  lengthInPlace,
  lengthOf,
  shuffle,
  uniformPlaces,
  weighted,
  weightedOnce,
} from './choosing';
import { type Basics, gamma, standardCauchy, uniform, wald } from './continuous';
import { geometricByInversion, geometricBySearch, legacyBinomial, poisson } from './counts';
import {
  type Drawing,
  distribution,
  fill,
  isNone,
  methodTable,
  NON_NEGATIVE,
  POSITIVE,
  POSITIVE_PROBABILITY,
  PROBABILITY,
  placesValue,
  type RandomMethod,
  shapeOf,
} from './drawing';
import { integers } from './integers';
import { binomialMethod, commonMethods, methodMaker } from './methods';
import { seedMersenne, seedMersenneByArray } from './mt19937';
import { range } from './parameters';
import type { MersenneState } from './source';
import { dirichlet, multinomial, multivariateNormal } from './vectors';

/** NumPy's RandomState and the functions of np.random, whose streams are the same in every version since 1.17. */

/** The state after `np.random.seed(seed)` or of `np.random.RandomState(seed)`: a whole number or a list of them, each of 32 bits. */
export function seedLegacy(seed: bigint | readonly bigint[]): MersenneState {
  const words = typeof seed === 'bigint' ? [seed] : seed;
  if (words.length === 0) fail('ValueError: Seed must be non-empty');
  if (words.some(word => word < 0n || word > 0xffffffffn)) fail('ValueError: Seed must be between 0 and 2**32 - 1');
  return typeof seed === 'bigint' ? seedMersenne(Number(seed)) : seedMersenneByArray(words.map(Number));
}

/** A normal number by the polar method, which makes them in pairs and keeps the second. */
function gauss(drawing: Drawing): number {
  const kept = drawing.gauss;
  if (kept !== undefined) {
    drawing.gauss = undefined;
    return kept;
  }
  for (;;) {
    const x = 2 * drawing.source.double() - 1;
    const y = 2 * drawing.source.double() - 1;
    const square = x * x + y * y;
    if (square >= 1 || square === 0) continue;
    const factor = Math.sqrt((-2 * log(square)) / square);
    drawing.gauss = factor * x;
    return factor * y;
  }
}

const basicsOf = (drawing: Drawing): Basics => ({
  source: drawing.source,
  normal: () => gauss(drawing),
  exponential: () => -log(1 - drawing.source.double()),
});

const method = methodMaker(basicsOf);

const uniforms = (name: string): RandomMethod => ({
  name,
  signature: 'size=None',
  run: (drawing, { size }) => fill(drawing, shapeOf(size), drawing.source.double),
});

/** The lengths that `rand` and `randn` take one by one. */
const lengthsOf = (args: Value | undefined): readonly number[] | undefined => {
  const shape = shapeOf(args);
  return shape === undefined || shape.length === 0 ? undefined : shape;
};

const WORDS: ChoiceWords = {
  population: 'a must be greater than 0 unless no samples are taken',
  empty: "'a' cannot be empty unless no samples are taken",
  dimension: "'p' must be 1-dimensional",
  sizes: "'a' and 'p' must have same size",
  larger: "Cannot take a larger sample than population when 'replace=False'",
};

function places(drawing: Drawing, { population, probabilities, count }: Choice, replace: boolean): Float64Array {
  if (replace) {
    if (probabilities !== undefined) return weighted(drawing, probabilities, count);
    return uniformPlaces(drawing, population, count, 'mask');
  }
  if (count > population) fail(`ValueError: ${WORDS.larger}`);
  if (probabilities !== undefined) return weightedOnce(drawing, probabilities, count);
  return shuffle(drawing, population).slice(0, count);
}

const order = (name: string, length: typeof lengthOf): RandomMethod => ({
  name,
  signature: 'x',
  run: (drawing, { x }) => placesValue(shuffle(drawing, length(x, undefined))),
});

/**
 * The methods by name, the same for `np.random` and for RandomState. `choice`, `permutation` and `shuffle` give places in the first axis
 * of their array or list, for the caller to take.
 */
export const LEGACY = methodTable([
  ...['random_sample', 'random', 'ranf', 'sample'].map(uniforms),
  {
    name: 'rand',
    signature: '*size',
    run: (drawing, { size }) => fill(drawing, lengthsOf(size), drawing.source.double),
  },
  {
    name: 'randn',
    signature: '*size',
    run: (drawing, { size }) => fill(drawing, lengthsOf(size), () => gauss(drawing)),
  },
  {
    name: 'uniform',
    signature: 'low=0.0, high=1.0, size=None',
    run: (drawing, args) =>
      distribution(drawing, range(args, 'Range exceeds valid bounds'), args.size, (low, width) =>
        uniform(drawing.source, low, width),
      ),
  },
  method('standard_normal', {}, ({ normal }) => normal),
  {
    name: 'randint',
    signature: 'low, high=None, size=None, dtype=int',
    run: (drawing, { low, high, size, dtype }) =>
      integers(drawing, { low, high, size }, { dtype, otherwise: 'int64', python: true }, 'mask', false),
  },
  {
    name: 'random_integers',
    signature: 'low, high=None, size=None',
    run: (drawing, { low, high, size }) => {
      const [from, to] = isNone(high) ? [1, low] : [low, high];
      const last = integerOf(to) ?? fail('TypeError: only size-1 arrays can be converted to Python scalars');
      const type = { dtype: undefined, otherwise: 'int64', python: false } as const;
      return integers(drawing, { low: from, high: int(last + 1), size }, type, 'mask', false);
    },
  },
  {
    name: 'choice',
    signature: 'a, size=None, replace=True, p=None',
    run: (drawing, args) => {
      if (isNested(args.a)) fail('ValueError: a must be 1-dimensional');
      const choice = choiceOf(args, WORDS);
      return chosen(choice, places(drawing, choice, flag(args.replace, true)));
    },
  },
  order('permutation', lengthOf),
  order('shuffle', lengthInPlace),
  ...commonMethods(method),
  multinomial,
  dirichlet(basicsOf, 0),
  multivariateNormal("mean, cov, size=None, check_valid='warn', tol=1e-8", gauss),
  method('standard_exponential', {}, ({ exponential }) => exponential),
  method(
    'wald',
    { mean: { constraint: POSITIVE }, scale: { constraint: POSITIVE } },
    basics => (mean, scale) => wald(basics, mean, scale),
  ),
  method(
    'standard_cauchy',
    {},
    ({ normal }) =>
      () =>
        standardCauchy(normal),
  ),
  method(
    'power',
    { a: { constraint: POSITIVE } },
    ({ exponential }) =>
      a =>
        power(1 - exp(-exponential()), 1 / a),
  ),
  method(
    'pareto',
    { a: { constraint: POSITIVE } },
    ({ exponential }) =>
      a =>
        exp(exponential() / a) - 1,
  ),
  method(
    'rayleigh',
    { scale: { default: 1, constraint: NON_NEGATIVE } },
    ({ source }) =>
      mode =>
        mode * Math.sqrt(-2 * log1p(-source.double())),
  ),
  binomialMethod(legacyBinomial),
  method(
    'negative_binomial',
    { n: { constraint: POSITIVE }, p: { constraint: PROBABILITY } },
    basics => (n, p) => poisson(basics.source, ((1 - p) / p) * gamma(basics, n)),
    'int64',
  ),
  method(
    'geometric',
    { p: { constraint: POSITIVE_PROBABILITY } },
    ({ source }) =>
      p =>
        p >= 1 / 3 ? geometricBySearch(source, p) : geometricByInversion(source, p),
    'int64',
  ),
]);
