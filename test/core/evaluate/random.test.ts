import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { GENERATOR, seedGenerator, seedMersenneGenerator } from '../../../src/core/evaluate/python/random/generator';
import { LEGACY, seedLegacy } from '../../../src/core/evaluate/python/random/legacy';
import type { RandomState } from '../../../src/core/evaluate/python/random/source';
import type { Value } from '../../../src/core/values/value';
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

it('a Generator may stand on the Mersenne twister', () => {
  // np.random.Generator(np.random.MT19937(42))
  const generator = GENERATOR.get('random') ?? expect.fail();
  const first = called(seedMersenneGenerator([42n]), generator, { size: '3' });
  expect(described(first.value!)).toEqual({
    type: 'float64',
    shape: [3],
    values: [0.5419938930062744, 0.6196672126927824, 0.05736978170666862],
  });
});

it('a draw leaves the state that it is given as it is', () => {
  const state = seedLegacy(1n);
  const key = state.key.slice();
  const drawn = called(state, LEGACY.get('randn') ?? expect.fail(), { size: '(1001,)' });
  expect(state.key).toEqual(key);
  expect(drawn.state).not.toEqual(state);
});
