import { expect } from 'vitest';
import { draw, type RandomMethod } from '../../src/core/evaluate/python/random/drawing';
import type { RandomState } from '../../src/core/evaluate/python/random/source';
import { Stop } from '../../src/core/evaluate/stop';
import { evaluateSource } from '../../src/core/index';
import type { Value } from '../../src/core/values/value';

/** A call of a seeded generator in a golden file: arguments are Python expressions. */
export interface RandomCall<Result> {
  readonly name: string;
  readonly args: Readonly<Record<string, string>>;
  readonly result: Result;
}

/** Python expressions as values. */
function values(sources: readonly string[]): Value[] {
  const evaluated = evaluateSource(['import numpy as np', ...sources.map(s => `(${s})`)].join('\n'), 'python');
  return sources.map((source, k) => evaluated.find(({ line }) => line === k + 1)?.value ?? expect.fail(source));
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
