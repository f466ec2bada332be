import type { DType } from '../../../../values/dtype';
import { type ArrayValue, ORIGIN, type Origin, type Value } from '../../../../values/value';
import type { Context } from '../../../dialect';

/**
 * The graph of what torch records: a tensor knows its origin, a leaf or an output of a step; a step knows where its inputs
 * come from. Nothing points forwards, so what no tensor can reach any more is free to go.
 */

/** Calls a function of torch's by its name, `t('sum', g, 0)`, with Python's numbers, flags and shapes as they are. */
export interface Operations {
  (name: string, ...args: readonly (Argument | Named)[]): Value;
  /** Whether what they compute is recorded itself. */
  readonly create: boolean;
}
export type Argument = Value | number | boolean | readonly number[];
/** Arguments that are given by name. */
export interface Named {
  readonly named: Readonly<Record<string, Value>>;
}

/** The gradients of a step's inputs from those of its outputs; `needs` tells which inputs are asked for. */
export type Backward = (
  gradients: readonly (Value | undefined)[],
  t: Operations,
  needs: readonly boolean[],
  context: Context,
) => readonly (Value | undefined)[];

/** Where a way back as a whole is refused by some versions of torch. */
export const REFUSED = 'this way back is refused, or its result depends on the version of torch';

/** A tensor that a program or a layer made, to which gradients are added up. */
export class Leaf implements Origin {
  grad?: Value;
  /** Why its gradient is not known. */
  lost?: string;
  /** Whether an optimiser has put its gradient away, by zeros or by nothing as the version of torch has it. */
  cleared = false;
  /** What its gradient goes through on its way. */
  readonly hooks: Value[] = [];
}

/** An input of a step: where it comes from, and its shape and type, which its gradient has too. */
export interface Edge {
  readonly origin: Origin;
  readonly shape: readonly number[];
  readonly dtype: DType;
}

let steps = 0;

/** An operation that was recorded. */
export class Step {
  /** Later steps come first on the way back. */
  readonly order = steps++;
  readonly outputs: Output[] = [];
  /** Whether what it kept has been given up by a way back. */
  freed = false;

  constructor(
    readonly name: string | undefined,
    readonly edges: readonly (Edge | undefined)[],
    /** A reason where no way back is known. */
    readonly backward: Backward | string,
    /** What the way back reads, by the input that it is for. */
    readonly keeps: readonly (readonly Value[])[],
    /** Whether it keeps anything that is given up. */
    readonly saves: boolean,
    /** Whether its outputs share memory with its inputs. */
    readonly view: boolean,
  ) {}
}

/** One of the results of a step. */
export class Output implements Origin {
  grad?: Value;
  /** Why its gradient is not known, where it is kept. */
  lost?: string;
  /** Whether its gradient is kept as a leaf's is. */
  retains = false;
  /** What its gradient goes through on its way. */
  readonly hooks: Value[] = [];

  constructor(
    readonly step: Step,
    readonly index: number,
  ) {
    step.outputs[index] = this;
  }

  get name(): string | undefined {
    return this.step.name;
  }
}

/** What a tensor that records comes from; a reason where that is not followed. */
export function originOf(v: ArrayValue): Leaf | Output | string {
  const origin = v[ORIGIN];
  if (origin instanceof Leaf || origin instanceof Output) return origin;
  return 'how this tensor was computed is not followed';
}

/** The same tensor as a leaf of its own. */
export const asLeaf = (v: ArrayValue): ArrayValue => ({ ...v, gradient: 'leaf', [ORIGIN]: new Leaf() });

/** The same value as the result of a step. */
export const asOutput = (v: ArrayValue, step: Step, index: number): ArrayValue => ({
  ...v,
  gradient: 'computed',
  [ORIGIN]: new Output(step, index),
});

/** The edge to a tensor; undefined where it records nothing. */
export const edgeTo = (v: Value | undefined): Edge | undefined =>
  v?.kind === 'array' && v.gradient
    ? { origin: v[ORIGIN] ?? {}, shape: v.array.shape, dtype: v.array.dtype }
    : undefined;

/** Whether a tensor was computed as a view of another. */
export const isView = (v: ArrayValue): boolean => {
  const origin = v[ORIGIN];
  return !(origin instanceof Output) || origin.step.view;
};
