import { fail, unknown } from '../../stop';
import { dtypeOf } from '../dtypes';
import { boundedIntegers } from './bounded';
import { log1p } from './c-library';
import {
  type Choice,
  type ChoiceWords,
  choiceOf,
  chosen,
  flag,
  lengthInPlace,
  lengthOf,
  shuffle,
  shuffled,
  uniformPlaces,
  weighted,
  weightedOnce,
} from './choosing';
import { type Basics, gamma, standardCauchy, uniform } from './continuous';
import { binomial, geometricBySearch, poisson } from './counts';
import {
  type Drawing,
  distribution,
  fill,
  isNone,
  methodTable,
  NON_NEGATIVE,
  POSITIVE,
  POSITIVE_PROBABILITY,
  placesValue,
  type RandomMethod,
  shapeOf,
} from './drawing';
import { integers } from './integers';
import { binomialMethod, commonMethods, methodMaker } from './methods';
import { range } from './parameters';
import { seedPcg } from './pcg64';
import { orderWithin } from './permuted';
import type { PcgState, Source } from './source';
import { dirichlet, multinomial, multivariateNormal } from './vectors';
import {
  single,
  standardExponential,
  standardExponentialSingle,
  standardNormal,
  standardNormalSingle,
} from './ziggurat';

/** NumPy's Generator, as `np.random.default_rng` makes it. */

/** The state of `np.random.default_rng(seed)`: a whole number of any size or a list of them. */
export function seedGenerator(seed: bigint | readonly bigint[]): PcgState {
  const numbers = typeof seed === 'bigint' ? [seed] : seed;
  if (numbers.some(number => number < 0n)) fail('ValueError: expected non-negative integer');
  return seedPcg(numbers);
}

const basicsOf = ({ source }: Drawing): Basics => ({
  source,
  normal: () => standardNormal(source),
  exponential: () => standardExponential(source),
});

const method = methodMaker(basicsOf);

/** A method that fills an array with numbers of either precision. */
const filling = (
  name: string,
  signature: string,
  double: (source: Source) => number,
  narrow: (source: Source) => number,
): RandomMethod => ({
  name,
  signature,
  run: (drawing, { size, dtype, out, method: by }) => {
    if (!isNone(out)) unknown(`${name}: the argument out is not followed`);
    if (by !== undefined && !(by.kind === 'string' && by.value === 'zig'))
      unknown(`${name}: this method is not covered`);
    const type = dtypeOf(dtype) ?? 'float64';
    const { source } = drawing;
    if (type === 'float64') return fill(drawing, shapeOf(size), () => double(source));
    if (type === 'float32') return fill(drawing, shapeOf(size), () => narrow(source), 'float32');
    return fail(`TypeError: Unsupported dtype dtype('${type}') for ${name}`);
  },
});

const WORDS: ChoiceWords = {
  population: 'a must be a positive integer unless no samples are taken',
  empty: 'a cannot be empty unless no samples are taken',
  dimension: 'p must be 1-dimensional',
  sizes: 'a and p must have same size',
  larger: 'Cannot take a larger sample than population when replace is False',
};

function places(drawing: Drawing, choice: Choice, replace: boolean, mixed: boolean): Float64Array {
  const { population, probabilities, count } = choice;
  if (replace) {
    if (probabilities !== undefined) return weighted(drawing, probabilities, count);
    return uniformPlaces(drawing, population, count, 'lemire');
  }
  if (count > population) fail(`ValueError: ${WORDS.larger}`);
  if (probabilities !== undefined) return weightedOnce(drawing, probabilities, count);
  const pick = boundedIntegers(drawing.source, 64, 'lemire');
  const below = (most: number): number => Number(pick(BigInt(most))());
  if (population > 10000 && count > Math.floor(population / (mixed ? 50 : 20))) {
    drawing.claim(population);
    return shuffled(population, below, Math.max(population - count, 1)).slice(population - count);
  }
  drawing.claim(count);
  const found = floyd(population, count, below);
  return mixed ? shuffled(count, below).map(at => found[at]) : found;
}

/** Different places: each step draws from one more, and takes the last where the place is found already (Floyd). */
function floyd(population: number, count: number, below: (most: number) => number): Float64Array {
  const found = new Set<number>();
  for (let last = population - count; last < population; last++) {
    const place = below(last);
    found.add(found.has(place) ? last : place);
  }
  return Float64Array.from(found);
}

const order = (name: string, length: typeof lengthOf): RandomMethod => ({
  name,
  signature: 'x, axis=0',
  run: (drawing, { x, axis }) => placesValue(shuffle(drawing, length(x, axis))),
});

/**
 * The methods by name. `choice`, `permutation` and `shuffle` give places along the axis, and `permuted` places in the whole array in
 * row-major order, for the caller to take.
 */
export const GENERATOR = methodTable([
  filling('random', 'size=None, dtype=np.float64, out=None', source => source.double(), single),
  filling('standard_normal', 'size=None, dtype=np.float64, out=None', standardNormal, standardNormalSingle),
  {
    name: 'uniform',
    signature: 'low=0.0, high=1.0, size=None',
    run: (drawing, args) =>
      distribution(
        drawing,
        range(args, 'high - low range exceeds valid bounds', NON_NEGATIVE),
        args.size,
        (low, width) => uniform(drawing.source, low, width),
      ),
  },
  {
    name: 'integers',
    signature: 'low, high=None, size=None, dtype=np.int64, endpoint=False',
    run: (drawing, { low, high, size, dtype, endpoint }) =>
      integers(
        drawing,
        { low, high, size },
        { dtype, otherwise: 'int64', python: false },
        'lemire',
        flag(endpoint, false),
      ),
  },
  {
    name: 'choice',
    signature: 'a, size=None, replace=True, p=None, axis=0, shuffle=True',
    run: (drawing, args) => {
      const choice = choiceOf(args, WORDS);
      return chosen(choice, places(drawing, choice, flag(args.replace, true), flag(args.shuffle, true)));
    },
  },
  order('permutation', lengthOf),
  order('shuffle', lengthInPlace),
  {
    name: 'permuted',
    signature: 'x, *, axis=None, out=None',
    run: (drawing, { x, axis, out }) => {
      if (!isNone(out)) unknown('permuted: the argument out is not followed');
      return orderWithin(drawing, x, axis);
    },
  },
  ...commonMethods(method),
  multinomial,
  dirichlet(basicsOf, 0.1),
  multivariateNormal("mean, cov, size=None, check_valid='warn', tol=1e-8, *, method='svd'", ({ source }) =>
    standardNormal(source),
  ),
  filling(
    'standard_exponential',
    "size=None, dtype=np.float64, method='zig', out=None",
    standardExponential,
    standardExponentialSingle,
  ),
  method(
    'rayleigh',
    { scale: { default: 1, constraint: NON_NEGATIVE } },
    basics => mode => mode * Math.sqrt(2 * basics.exponential()),
  ),
  method(
    'standard_cauchy',
    {},
    ({ normal }) =>
      () =>
        standardCauchy(normal),
  ),
  binomialMethod(binomial),
  method(
    'negative_binomial',
    { n: { constraint: POSITIVE }, p: { constraint: POSITIVE_PROBABILITY } },
    basics => (n, p) => poisson(basics.source, ((1 - p) / p) * gamma(basics, n)),
    'int64',
  ),
  method(
    'geometric',
    { p: { constraint: POSITIVE_PROBABILITY } },
    ({ source, exponential }) =>
      p =>
        p >= 1 / 3 ? geometricBySearch(source, p) : Math.ceil(-exponential() / log1p(-p)),
    'int64',
  ),
]);
