import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { drawing } from '../../../src/core/evaluate/python/random/drawing';
import type { RandomState } from '../../../src/core/evaluate/python/random/source';
import { firstWeights, seedTorch, TORCH } from '../../../src/core/evaluate/python/random/torch-random';
import { called, describedArray, type RandomCall, written } from '../../support/random-values';

interface Case {
  readonly seed: string;
  readonly calls: readonly RandomCall<unknown>[];
}

const cases: readonly Case[] = JSON.parse(
  readFileSync(new URL('../../golden/torch-random.json', import.meta.url), 'utf8'),
);

/** The parameters of a layer: `nn.Linear` or `nn.Conv2d`. */
function layer(state: RandomState, { name, args }: RandomCall<unknown>) {
  const number = (key: string) => Number(args[key]);
  const shape =
    name === 'Linear'
      ? [number('out_features'), number('in_features')]
      : [number('out_channels'), number('in_channels'), number('kernel_size'), number('kernel_size')];
  const drawn = drawing(
    state,
    () => {},
    under => firstWeights(under, shape, args.bias !== 'False'),
  );
  const { weight, bias } = drawn.value;
  return {
    result: [weight, ...(bias ? [bias] : [])].map(array => describedArray({ kind: 'array', array })),
    state: drawn.state,
  };
}

it.each(cases.map(c => [c.seed, c] as const))("torch's generator, seed %s, to the last bit", (_, { seed, calls }) => {
  let state: RandomState = seedTorch(BigInt(seed));
  for (const call of calls) {
    const here = { call: written(call) };
    if (call.name === 'Linear' || call.name === 'Conv2d') {
      const got = layer(state, call);
      expect({ ...here, result: got.result }).toEqual({ ...here, result: call.result });
      state = got.state;
      continue;
    }
    // The lengths of `rand((2, 3))` are collected.
    const args = /^randn?$/.test(call.name) ? { ...call.args, size: `(${call.args.size},)` } : call.args;
    const got = called(state, TORCH.get(call.name) ?? expect.fail(call.name), args);
    expect({ ...here, result: got.value ? describedArray(got.value) : { error: got.error } }).toEqual({
      ...here,
      result: call.result,
    });
    state = got.state;
  }
});
