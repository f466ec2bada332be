import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { draw, type RandomMethod } from '../../../src/core/evaluate/python/random/drawing';
import { GENERATOR, seedGenerator } from '../../../src/core/evaluate/python/random/generator';
import { LEGACY, seedLegacy } from '../../../src/core/evaluate/python/random/legacy';
import type { RandomState } from '../../../src/core/evaluate/python/random/source';
import { Stop } from '../../../src/core/evaluate/stop';
import { evaluateSource } from '../../../src/core/index';
import { contiguous } from '../../../src/core/values/ndarray';
import type { Value } from '../../../src/core/values/value';

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
  readonly calls: readonly {
    readonly name: string;
    readonly args: Readonly<Record<string, string>>;
    readonly result: Result;
  }[];
}

const cases: readonly Case[] = JSON.parse(readFileSync(new URL('../../golden/random.json', import.meta.url), 'utf8'));

/** Python expressions as values. */
function values(sources: readonly string[]): Value[] {
  const evaluated = evaluateSource(['import numpy as np', ...sources.map(s => `(${s})`)].join('\n'), 'python');
  return sources.map((source, k) => evaluated.find(({ line }) => line === k + 1)?.value ?? expect.fail(source));
}

/** A value in the words of the golden file. */
function described(value: Value): Result {
  const entry = (x: unknown) => (typeof x === 'bigint' ? String(x) : x);
  if (value.kind === 'scalar') {
    const python = { float64: 'float', int64: 'int', bool: 'bool' }[value.dtype as 'bool'];
    const own = value.dtype === 'bool' ? 'bool_' : value.dtype;
    return { type: value.weak ? (python ?? value.dtype) : own, value: entry(value.value) as number };
  }
  if (value.kind !== 'array') return expect.fail(value.kind);
  const { dtype, shape } = value.array;
  const { data } = contiguous(value.array);
  const truth = (x: unknown) => (dtype === 'bool' ? x !== 0 : entry(x));
  const all = Array.from(data as ArrayLike<number | bigint>);
  if (all.length <= 40) return { type: dtype, shape, values: all.map(truth) };
  return { type: dtype, shape, values: all.slice(0, 3).map(truth), hash: hashOf(all, dtype) };
}

/** The hash of the bytes that NumPy holds for these entries. */
function hashOf(entries: readonly (number | bigint)[], dtype: string): string {
  const arrays = {
    float64: Float64Array,
    float32: Float32Array,
    int32: Int32Array,
    uint32: Uint32Array,
    int16: Int16Array,
    uint16: Uint16Array,
    int8: Int8Array,
    uint8: Uint8Array,
    bool: Uint8Array,
  };
  const numbers =
    dtype === 'int64' || dtype === 'uint64'
      ? BigInt64Array.from(entries, BigInt)
      : arrays[dtype as keyof typeof arrays].from(entries as number[]);
  return createHash('sha256').update(new Uint8Array(numbers.buffer)).digest('hex').slice(0, 16);
}

/** The result of a call and the state after it. */
function called(state: RandomState, method: RandomMethod, args: Case['calls'][number]['args']) {
  const names = Object.keys(args);
  const given = values(Object.values(args));
  const bound = Object.fromEntries(names.map((name, k) => [name, given[k]]));
  try {
    const drawn = draw(state, method, bound, () => {});
    return { result: described(drawn.value), state: drawn.state };
  } catch (stop) {
    if (stop instanceof Stop) return { result: { error: stop.message }, state };
    throw stop;
  }
}

describe.each([false, true])('numbers of a seeded generator (Generator: %s)', modern => {
  const table = modern ? GENERATOR : LEGACY;
  it.each(cases.filter(c => c.generator === modern).map((c, k) => [k, c] as const))(
    'case %i, to the last bit',
    (_, { seed, calls }) => {
      const number = typeof seed === 'string' ? BigInt(seed) : seed.map(BigInt);
      let state: RandomState = modern ? seedGenerator(number) : seedLegacy(number);
      for (const { name, args, result } of calls) {
        const method = table.get(name);
        const call = `${name}(${Object.entries(args)
          .map(([k, v]) => `${k}=${v}`)
          .join(', ')})`;
        expect(method, name).toBeDefined();
        const got = called(state, method!, args);
        expect({ call, ...got.result }).toEqual({ call, ...result });
        state = got.state;
      }
    },
  );
});
