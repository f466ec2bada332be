import type { Value } from '../../../values/value';
import type { Bound } from '../../catalogue';
import * as continuous from './continuous';
import { poisson } from './counts';
import {
  COUNT,
  type Constraint,
  type Drawing,
  distribution,
  NON_NEGATIVE,
  type Parameter,
  POSITIVE,
  PROBABILITY,
  type RandomMethod,
} from './drawing';
import { corners } from './parameters';
import type { Source } from './source';

/** What makes the numbers of a distribution out of its parameters. */
export type Numbers = (basics: continuous.Basics) => (...values: number[]) => number;

interface Described {
  readonly default?: number;
  readonly constraint?: Constraint;
}

/** Makes methods of parameters and a size, for a generator whose normal and exponential numbers are given. */
export const methodMaker =
  (basicsOf: (drawing: Drawing) => continuous.Basics) =>
  (
    name: string,
    parameters: Readonly<Record<string, Described>>,
    numbers: Numbers,
    dtype: 'float64' | 'int64' = 'float64',
  ): RandomMethod => ({
    name,
    signature: [...Object.entries(parameters).map(described), 'size=None'].join(', '),
    run: (drawing, args) =>
      distribution(drawing, Object.entries(parameters).map(given(args)), args.size, numbers(basicsOf(drawing)), dtype),
  });

const described = ([name, { default: value }]: [string, Described]): string =>
  value === undefined ? name : `${name}=${value.toFixed(1)}`;

const given =
  (args: Bound) =>
  ([name, { default: otherwise, ...rest }]: [string, Described]): Parameter => ({
    argument: args[name] ?? otherwise,
    name,
    ...rest,
  });

const located = { loc: { default: 0 }, scale: { default: 1, constraint: NON_NEGATIVE } };
const positive = { constraint: POSITIVE };

/** The distributions whose method is the same in RandomState and Generator, on the normal and exponential numbers of each. */
export function commonMethods(method: ReturnType<typeof methodMaker>): readonly RandomMethod[] {
  return [
    method(
      'exponential',
      { scale: { default: 1, constraint: NON_NEGATIVE } },
      basics => scale => scale * basics.exponential(),
    ),
    method('normal', located, basics => (loc, scale) => loc + scale * basics.normal()),
    method(
      'laplace',
      located,
      ({ source }) =>
        (loc, scale) =>
          continuous.laplace(source, loc, scale),
    ),
    method(
      'gumbel',
      located,
      ({ source }) =>
        (loc, scale) =>
          continuous.gumbel(source, loc, scale),
    ),
    method(
      'logistic',
      located,
      ({ source }) =>
        (loc, scale) =>
          continuous.logistic(source, loc, scale),
    ),
    method(
      'lognormal',
      { mean: { default: 0 }, sigma: { default: 1, constraint: NON_NEGATIVE } },
      basics => (mean, sigma) => continuous.lognormal(basics, mean, sigma),
    ),
    method('standard_gamma', { shape: { constraint: NON_NEGATIVE } }, basics => a => continuous.gamma(basics, a)),
    method(
      'gamma',
      { shape: { constraint: NON_NEGATIVE }, scale: { default: 1, constraint: NON_NEGATIVE } },
      basics => (shape, scale) => scale * continuous.gamma(basics, shape),
    ),
    method('chisquare', { df: positive }, basics => df => continuous.chisquare(basics, df)),
    method('beta', { a: positive, b: positive }, basics => (a, b) => continuous.beta(basics, a, b)),
    method('f', { dfnum: positive, dfden: positive }, basics => (m, n) => continuous.ratioOfSquares(basics, m, n)),
    method('standard_t', { df: positive }, basics => df => continuous.standardT(basics, df)),
    method('weibull', { a: { constraint: NON_NEGATIVE } }, basics => a => continuous.weibull(basics, a)),
    method(
      'poisson',
      { lam: { default: 1, constraint: COUNT } },
      ({ source }) =>
        lam =>
          poisson(source, lam),
      'int64',
    ),
    {
      name: 'triangular',
      signature: 'left, mode, right, size=None',
      run: (drawing, args): Value =>
        distribution(drawing, corners(args), args.size, (left, mode, right) =>
          continuous.triangular(drawing.source, left, mode, right),
        ),
    },
  ];
}

/** `binomial`, whose probabilities are looked at before the numbers of trials. */
export const binomialMethod = (binomial: (source: Source, n: number, p: number) => number): RandomMethod => ({
  name: 'binomial',
  signature: 'n, p, size=None',
  run: (drawing, { n, p, size }) =>
    distribution(
      drawing,
      [
        { argument: p, name: 'p', constraint: PROBABILITY },
        { argument: n, name: 'n', constraint: NON_NEGATIVE, whole: true },
      ],
      size,
      (chance, trials) => binomial(drawing.source, trials, chance),
      'int64',
    ),
});
