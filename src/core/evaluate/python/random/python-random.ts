import { isIntegerType } from '../../../values/dtype';
import { isSafeInteger } from '../../../values/ndarray';
import { type ListValue, stringValue, type Value } from '../../../values/value';
import type { Bound } from '../../catalogue';
import { fail, unknown } from '../../stop';
import { float, int, real, typeName } from '../coerce';
import { exp, log, power } from './c-library';
import { cos, sin } from './c-library-angles';
import { lastPlaceAtMost, lengthInPlace, shuffled } from './choosing';
import { type Drawing, isNone, methodTable, placesValue, type RandomMethod } from './drawing';
import { seedMersenneByArray } from './mt19937';
import { wordsOf } from './seed-sequence';
import type { MersenneState, Source } from './source';

/** Python's module `random` and its class Random, after random.py of Python 3.11. */

/** The state after `random.seed(seed)` with a whole number, whose sign does not matter. */
export const seedPython = (seed: bigint): MersenneState => seedMersenneByArray(wordsOf(seed < 0n ? -seed : seed));

/** A whole number of so many random bits. */
function bits(source: Source, count: number): bigint {
  let number = 0n;
  for (let at = 0; at < count; at += 32) {
    const word = count - at < 32 ? source.uint32() >>> (32 - (count - at)) : source.uint32();
    number |= BigInt(word) << BigInt(at);
  }
  return number;
}

/** A whole number below n: the first of as many bits that is. */
function below(source: Source, n: bigint): bigint {
  const length = n.toString(2).length;
  for (;;) {
    const number = bits(source, length);
    if (number < n) return number;
  }
}

const placeBelow = (source: Source, n: number): number => Number(below(source, BigInt(n)));

const whole = (v: Value | undefined, name: string): bigint => {
  if (v?.kind !== 'scalar')
    return fail(`TypeError: '${v ? typeName(v) : 'NoneType'}' object cannot be interpreted as an integer`);
  if (isIntegerType(v.dtype) || v.dtype === 'bool') return BigInt(v.value as number);
  return unknown(`${name}: bounds that are not whole are deprecated and not followed`);
};

const wholeNumber = (n: bigint): Value => int(isSafeInteger(n) ? Number(n) : n);

/** A number of a range by its place in it; Python's errors where the range is empty. */
function ranged(source: Source, start: bigint, stop: bigint, step: bigint, what: string): Value {
  const width = stop - start;
  if (step === 0n) fail(`ValueError: zero step for ${what}`);
  const rounded = width + step + (step > 0n ? -1n : 1n);
  const count = rounded / step;
  if (count <= 0n || width > 0n !== step > 0n)
    fail(`ValueError: empty range for ${what}${step === 1n ? ` (${start}, ${stop}, ${width})` : ''}`);
  return wholeNumber(start + step * below(source, count));
}

/** What stands in a sequence, one by one. */
function itemsOf(v: Value | undefined): readonly Value[] {
  if ((v?.kind === 'list' && v.lazy !== '') || v?.kind === 'tuple') return v.items;
  if (v?.kind === 'string') return [...v.value].map(stringValue);
  return unknown(`random: choosing from ${v ? typeName(v) : 'nothing'} is not covered`);
}

const list = (items: readonly Value[]): ListValue => ({ kind: 'list', items });

/** Different places, as `sample` finds them: by exchanging in a list, or in a set where that is smaller. */
function sample({ source, claim }: Drawing, population: number, count: number): readonly number[] {
  if (count < 0 || count > population) fail('ValueError: Sample larger than population or is negative');
  const most = 21 + (count > 5 ? 4 ** Math.ceil(log(count * 3) / log(4)) : 0);
  if (population > most) {
    const found = new Set<number>();
    claim(count);
    while (found.size < count) found.add(placeBelow(source, population));
    return [...found];
  }
  claim(population);
  const pool = Array.from({ length: population }, (_, k) => k);
  return Array.from({ length: count }, (_, k) => {
    const at = placeBelow(source, population - k);
    const place = pool[at];
    pool[at] = pool[population - k - 1];
    return place;
  });
}

function choices({ source, claim }: Drawing, args: Bound): Value {
  const items = itemsOf(args.population);
  const count = isNone(args.k) ? 1 : Number(whole(args.k, 'choices'));
  claim(Math.max(count, 0) + items.length);
  const pick = (place: () => number): Value => list(Array.from({ length: Math.max(count, 0) }, () => items[place()]));
  const given = isNone(args.cum_weights) ? args.weights : args.cum_weights;
  if (isNone(given)) {
    if (items.length === 0 && count > 0) fail('IndexError: list index out of range');
    return pick(() => Math.floor(source.double() * items.length));
  }
  if (!isNone(args.cum_weights) && !isNone(args.weights))
    fail('TypeError: Cannot specify both weights and cumulative weights');
  const weights = itemsOf(given).map(weight => real(weight, 0));
  let sum = 0;
  const rising = Float64Array.from(weights, weight => {
    sum = isNone(args.cum_weights) ? sum + weight : weight;
    return sum;
  });
  if (rising.length !== items.length) fail('ValueError: The number of weights does not match the population');
  if (!(sum > 0)) fail('ValueError: Total of weights must be greater than zero');
  if (!Number.isFinite(sum)) fail('ValueError: Total of weights must be finite');
  return pick(() => Math.min(lastPlaceAtMost(rising, source.double() * sum), items.length - 1));
}

/** A normal number by the ratio of uniforms (Kinderman and Monahan 1977). */
function normal(source: Source): number {
  for (;;) {
    const u = source.double();
    const v = 1 - source.double();
    const z = (1.7155277699214135 * (u - 0.5)) / v;
    if ((z * z) / 4 <= -log(v)) return z;
  }
}

/** A normal number by Box and Muller's method, which makes them in pairs and keeps the second. */
function gauss(drawing: Drawing): number {
  const kept = drawing.gauss;
  if (kept !== undefined) {
    drawing.gauss = undefined;
    return kept;
  }
  const angle = drawing.source.double() * (2 * Math.PI);
  const radius = Math.sqrt(-2 * log(1 - drawing.source.double()));
  drawing.gauss = sin(angle) * radius;
  return cos(angle) * radius;
}

/** Gamma distribution: Cheng's method (1977) above shape 1, below it Kennedy and Gentle's. */
function gamma(source: Source, alpha: number, scale: number): number {
  if (alpha <= 0 || scale <= 0) fail('ValueError: gammavariate: alpha and beta must be > 0.0');
  if (alpha === 1) return -log(1 - source.double()) * scale;
  if (alpha > 1) {
    const inverse = Math.sqrt(2 * alpha - 1);
    for (;;) {
      const u = source.double();
      if (!(u > 1e-7 && u < 0.9999999)) continue;
      const second = 1 - source.double();
      const v = log(u / (1 - u)) / inverse;
      const x = alpha * exp(v);
      const z = u * u * second;
      const r = alpha - log(4) + (alpha + inverse) * v - x;
      if (r + (1 + log(4.5)) - 4.5 * z >= 0 || r >= log(z)) return x * scale;
    }
  }
  for (;;) {
    const b = (Math.E + alpha) / Math.E;
    const p = b * source.double();
    const x = p <= 1 ? power(p, 1 / alpha) : -log((b - p) / alpha);
    const u = source.double();
    if (p > 1 ? u <= power(x, alpha - 1) : u <= exp(-x)) return x * scale;
  }
}

const beta = (source: Source, a: number, b: number): number => {
  const y = gamma(source, a, 1);
  return y === 0 ? 0 : y / (y + gamma(source, b, 1));
};

function triangular(source: Source, low: number, high: number, mode: number | undefined): number {
  const u = source.double();
  if (mode !== undefined && high === low) return low;
  const c = mode === undefined ? 0.5 : (mode - low) / (high - low);
  return u > c ? high + (low - high) * Math.sqrt((1 - u) * (1 - c)) : low + (high - low) * Math.sqrt(u * c);
}

/** A method of real numbers that gives one. */
const method = (
  name: string,
  signature: string,
  next: (drawing: Drawing, argument: (key: string, otherwise?: number) => number) => number,
): RandomMethod => ({
  name,
  signature,
  run: (drawing, args) => {
    drawing.claim(1);
    return float(next(drawing, (key, otherwise = 0) => real(args[key], otherwise)));
  },
});

/**
 * The methods by name, the same for the module and for Random. `shuffle` gives the places that the list's items come from, for the
 * caller to put them so; the others give what they choose.
 */
export const PYTHON = methodTable([
  method('random', '', ({ source }) => source.double()),
  method(
    'uniform',
    'a, b',
    ({ source }, argument) => argument('a') + (argument('b') - argument('a')) * source.double(),
  ),
  method('gauss', 'mu=0.0, sigma=1.0', (drawing, argument) => argument('mu') + gauss(drawing) * argument('sigma', 1)),
  method(
    'normalvariate',
    'mu=0.0, sigma=1.0',
    ({ source }, argument) => argument('mu') + normal(source) * argument('sigma', 1),
  ),
  method('lognormvariate', 'mu=0.0, sigma=1.0', ({ source }, argument) =>
    exp(argument('mu') + normal(source) * argument('sigma', 1)),
  ),
  method('expovariate', 'lambd=1.0', ({ source }, argument) => {
    const rate = argument('lambd', 1);
    return rate === 0 ? fail('ZeroDivisionError: float division by zero') : -log(1 - source.double()) / rate;
  }),
  method('gammavariate', 'alpha, beta', ({ source }, argument) => gamma(source, argument('alpha'), argument('beta'))),
  method('betavariate', 'alpha, beta', ({ source }, argument) => beta(source, argument('alpha'), argument('beta'))),
  method('paretovariate', 'alpha', ({ source }, argument) => power(1 - source.double(), -1 / argument('alpha'))),
  method(
    'weibullvariate',
    'alpha, beta',
    ({ source }, argument) => argument('alpha') * power(-log(1 - source.double()), 1 / argument('beta')),
  ),
  {
    name: 'triangular',
    signature: 'low=0.0, high=1.0, mode=None',
    run: ({ source }, { low, high, mode }) =>
      float(triangular(source, real(low, 0), real(high, 1), isNone(mode) ? undefined : real(mode, 0))),
  },
  {
    name: 'randint',
    signature: 'a, b',
    run: ({ source }, { a, b }) => ranged(source, whole(a, 'randint'), whole(b, 'randint') + 1n, 1n, 'randrange()'),
  },
  {
    name: 'randrange',
    signature: 'start, stop=None, step=1',
    run: ({ source }, { start, stop, step }) => {
      const first = whole(start, 'randrange');
      if (!isNone(stop))
        return ranged(
          source,
          first,
          whole(stop, 'randrange'),
          isNone(step) ? 1n : whole(step, 'randrange'),
          'randrange()',
        );
      return first > 0n ? wholeNumber(below(source, first)) : fail('ValueError: empty range for randrange()');
    },
  },
  {
    name: 'getrandbits',
    signature: 'k, /',
    run: ({ source, claim }, { k }) => {
      const count = Number(whole(k, 'getrandbits'));
      if (count < 0) fail('ValueError: number of bits must be non-negative');
      claim(Math.ceil(count / 32));
      return wholeNumber(bits(source, count));
    },
  },
  {
    name: 'choice',
    signature: 'seq',
    run: ({ source }, { seq }) => {
      const items = itemsOf(seq);
      if (items.length === 0) fail('IndexError: Cannot choose from an empty sequence');
      return items[placeBelow(source, items.length)];
    },
  },
  { name: 'choices', signature: 'population, weights=None, *, cum_weights=None, k=1', run: choices },
  {
    name: 'sample',
    signature: 'population, k, *, counts=None',
    run: (drawing, { population, k, counts }) => {
      if (!isNone(counts)) unknown('sample: the argument counts is not followed');
      const items = itemsOf(population);
      return list(sample(drawing, items.length, Number(whole(k, 'sample'))).map(place => items[place]));
    },
  },
  {
    name: 'shuffle',
    signature: 'x',
    run: ({ source, claim }, { x }) => {
      const length = lengthInPlace(x, undefined);
      claim(length);
      return placesValue(shuffled(length, most => placeBelow(source, most + 1)));
    },
  },
]);
