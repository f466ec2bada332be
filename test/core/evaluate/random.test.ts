import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { draw } from '../../../src/core/evaluate/python/random/drawing';
import { GENERATOR, seedGenerator } from '../../../src/core/evaluate/python/random/generator';
import { LEGACY, seedLegacy } from '../../../src/core/evaluate/python/random/legacy';
import type { RandomState } from '../../../src/core/evaluate/python/random/source';
import { Stop } from '../../../src/core/evaluate/stop';
import { scalar, type Value } from '../../../src/core/values/value';
import { called, describedArray, type RandomCall, written } from '../../support/random-values';

/** What NumPy gave for a call: a number with its type, an array by its entries or their hash, or an error. */
type Result =
  | { readonly type: string; readonly value: number | string | boolean }
  | {
      readonly type: string;
      readonly shape: readonly number[];
      readonly values: readonly unknown[];
      readonly hash?: string;
    }
  | { readonly error: string };

interface Case {
  readonly generator: boolean;
  /** A whole number or several, in decimal. */
  readonly seed: string | readonly string[];
  readonly calls: readonly RandomCall<Result>[];
}

const cases: readonly Case[] = JSON.parse(readFileSync(new URL('../../golden/random.json', import.meta.url), 'utf8'));

/** A value in the words of the golden file. */
function described(value: Value): Result {
  if (value.kind === 'scalar') {
    const python = { float64: 'float', int64: 'int', bool: 'bool' }[value.dtype as 'bool'];
    const own = value.dtype === 'bool' ? 'bool_' : value.dtype;
    return {
      type: value.weak ? (python ?? value.dtype) : own,
      value: (typeof value.value === 'bigint' ? String(value.value) : value.value) as number,
    };
  }
  return describedArray(value);
}

describe.each([false, true])('numbers of a seeded generator (Generator: %s)', modern => {
  const table = modern ? GENERATOR : LEGACY;
  it.each(cases.filter(c => c.generator === modern).map((c, k) => [k, c] as const))(
    'case %i, to the last bit',
    (_, { seed, calls }) => {
      const number = typeof seed === 'string' ? BigInt(seed) : seed.map(BigInt);
      let state: RandomState = modern ? seedGenerator(number) : seedLegacy(number);
      for (const call of calls) {
        const got = called(state, table.get(call.name) ?? expect.fail(call.name), call.args);
        const result = got.value ? described(got.value) : { error: got.error };
        expect({ call: written(call), ...result }).toEqual({ call: written(call), ...call.result });
        state = got.state;
      }
    },
  );
});

it('a draw leaves the state that it is given as it is', () => {
  const state = seedLegacy(1n);
  const key = state.key.slice();
  const drawn = called(state, LEGACY.get('randn') ?? expect.fail(), { size: '(1001,)' });
  expect(state.key).toEqual(key);
  expect(drawn.state).not.toEqual(state);
});

it.each([
  [LEGACY, 'shuffle', { x: '5' }, "TypeError: object of type 'int' has no len()"],
  [LEGACY, 'shuffle', { x: '(1, 2)' }, "TypeError: 'tuple' object does not support item assignment"],
  [LEGACY, 'choice', { a: '[[1, 2], [3, 4]]' }, 'ValueError: a must be 1-dimensional'],
  [
    GENERATOR,
    'shuffle',
    { x: '[1, 2]', axis: '1' },
    'NotImplementedError: Axis argument is only supported on ndarray objects',
  ],
  [GENERATOR, 'choice', { a: '10', size: '-1' }, 'ValueError: negative dimensions are not allowed'],
  [GENERATOR, 'random', { size: '2.5' }, "TypeError: expected a sequence of integers or a single integer, got '2.5'"],
  [LEGACY, 'rand', { size: '(2.5,)' }, "TypeError: 'float' object cannot be interpreted as an integer"],
] as const)('what is refused is refused in words of its own', (table, name, args, error) => {
  const state = table === LEGACY ? seedLegacy(0n) : seedGenerator(0n);
  const got = called(state, table.get(name) ?? expect.fail(name), args);
  expect(got.error).toBe(error);
  expect(got.state).toBe(state);
});

it('work is claimed before it is done', () => {
  const refuse = () => {
    throw new Stop('unknown', 'too much');
  };
  const args = { size: scalar('int64', 1e9, true) };
  expect(() => draw(seedLegacy(0n), LEGACY.get('random') ?? expect.fail(), args, refuse)).toThrow(Stop);
  expect(() =>
    draw(seedGenerator(0n), GENERATOR.get('choice') ?? expect.fail(), { ...args, a: args.size }, refuse),
  ).toThrow(Stop);
});

it.each([
  [() => seedLegacy(-1n), 'ValueError: Seed must be between 0 and 2**32 - 1'],
  [() => seedLegacy(2n ** 32n), 'ValueError: Seed must be between 0 and 2**32 - 1'],
  [() => seedLegacy([]), 'ValueError: Seed must be non-empty'],
  [() => seedGenerator(-1n), 'ValueError: expected non-negative integer'],
])('a seed that is not allowed: %#', (seed, message) => {
  expect(seed).toThrow(expect.objectContaining({ message }));
});
