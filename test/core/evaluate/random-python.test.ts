import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PYTHON, seedPython } from '../../../src/core/evaluate/python/random/python-random';
import type { RandomState } from '../../../src/core/evaluate/python/random/source';
import type { Value } from '../../../src/core/values/value';
import { called, type RandomCall, written } from '../../support/random-values';

interface Case {
  readonly seed: string;
  readonly calls: readonly RandomCall<{ readonly value?: unknown; readonly error?: string }>[];
}

const cases: readonly Case[] = JSON.parse(
  readFileSync(new URL('../../golden/python-random.json', import.meta.url), 'utf8'),
);

/** A value as the golden file has it. */
function plain(v: Value): unknown {
  switch (v.kind) {
    case 'scalar':
      return typeof v.value === 'bigint' ? String(v.value) : v.value;
    case 'string':
      return v.value;
    case 'array':
      return Array.from(v.array.data as Float64Array);
    case 'list':
      return v.items.map(plain);
    default:
      return expect.fail(v.kind);
  }
}

it.each(cases.map(c => [c.seed, c] as const))("Python's random, seed %s, to the last bit", (_, { seed, calls }) => {
  let state: RandomState = seedPython(BigInt(seed));
  for (const call of calls) {
    const got = called(state, PYTHON.get(call.name) ?? expect.fail(call.name), call.args);
    const result = got.value ? { value: plain(got.value) } : { error: got.error };
    expect({ call: written(call), ...result }).toEqual({ call: written(call), ...call.result });
    state = got.state;
  }
});
