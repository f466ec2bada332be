import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { draw, type RandomMethod } from '../../src/core/evaluate/python/random/drawing';
import type { RandomState } from '../../src/core/evaluate/python/random/source';
import { Stop } from '../../src/core/evaluate/stop';
import { evaluateSource } from '../../src/core/index';
import { contiguous } from '../../src/core/values/ndarray';
import type { Value } from '../../src/core/values/value';

/** A call of a seeded generator in a golden file: arguments are Python expressions. */
export interface RandomCall<Result> {
  readonly name: string;
  readonly args: Readonly<Record<string, string>>;
  readonly result: Result;
}

/** Python expressions as values. */
function values(sources: readonly string[]): Value[] {
  const evaluated = evaluateSource(
    ['import numpy as np', 'import torch', ...sources.map(s => `(${s})`)].join('\n'),
    'python',
  );
  return sources.map((source, k) => evaluated.find(({ line }) => line === k + 2)?.value ?? expect.fail(source));
}

/** The value of a call and the state after it, or the error that it ends with. */
export function called(
  state: RandomState,
  method: RandomMethod,
  args: Readonly<Record<string, string>>,
): { readonly value?: Value; readonly error?: string; readonly state: RandomState } {
  const given = values(Object.values(args));
  const bound = Object.fromEntries(Object.keys(args).map((name, k) => [name, given[k]]));
  try {
    return draw(state, method, bound, () => {});
  } catch (stop) {
    if (stop instanceof Stop) return { error: stop.message, state };
    throw stop;
  }
}

/** The call as it is written, for what a test says. */
export const written = ({ name, args }: RandomCall<unknown>): string =>
  `${name}(${Object.entries(args)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ')})`;

/** An array in the words of the golden files: all entries, or the first three and a hash of their bytes. */
export function describedArray(value: Value) {
  if (value.kind !== 'array') return expect.fail(value.kind);
  const { dtype: type, shape } = value.array;
  const all = Array.from(contiguous(value.array).data as ArrayLike<number | bigint>);
  const entry = (x: number | bigint) => (type === 'bool' ? x !== 0 : typeof x === 'bigint' ? String(x) : x);
  if (all.length <= 40) return { type, shape, values: all.map(entry) };
  return { type, shape, values: all.slice(0, 3).map(entry), hash: hashOf(all, type) };
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
