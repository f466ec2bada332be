import { unknown } from './stop';

/** How much one evaluation may spend. */
export interface Limits {
  /** Elementary operations, about one floating-point operation each. */
  readonly operations: number;
  /** Elements of a single array. */
  readonly elements: number;
  /** The time that one evaluation may take, by the caller's clock, where nothing ends it from outside. */
  readonly time?: TimeLimit;
}

export interface TimeLimit {
  readonly seconds: number;
  /** Seconds since any fixed moment. */
  readonly now: () => number;
}

/** Operations between two looks at the clock. */
const LOOK = 100_000;

/** For the extension host's own thread: a few milliseconds. */
export const SMALL: Limits = { operations: 4e6, elements: 4e6 };
/** For a worker, which can be stopped from outside. */
export const LARGE: Limits = { operations: 4e10, elements: 5e7 };

/** Counts down what is left; stops the evaluation as unknown when it is used up. `exceeded` tells a caller that a larger budget may help. */
export class Budget {
  private left: number;
  private nextLook: number;
  private readonly end: number;
  exceeded = false;
  /** Whether there is nothing left to spend, or no time. */
  ended = false;

  constructor(readonly limits: Limits) {
    const { operations, time } = limits;
    this.left = operations;
    this.nextLook = time ? operations - LOOK : Number.NEGATIVE_INFINITY;
    this.end = time ? time.now() + time.seconds : Number.POSITIVE_INFINITY;
  }

  spend(operations: number): void {
    this.left -= operations;
    if (this.left < 0) this.refuse('too much work to show here');
    if (this.left < this.nextLook) this.look();
  }

  /** Whether at least half is left. */
  get ample(): boolean {
    return 2 * this.left >= this.limits.operations;
  }

  /** Stops the evaluation for want of budget. */
  refuse(reason: string): never {
    this.exceeded = true;
    this.ended = true;
    return unknown(reason);
  }

  private look(): void {
    const { time } = this.limits;
    this.nextLook = this.left - LOOK;
    if (!time || time.now() <= this.end) return;
    this.ended = true;
    unknown(`not finished in ${time.seconds} s`);
  }

  /** Claims room for an array before it is made. */
  claim(elements: number): void {
    if (elements > this.limits.elements)
      this.refuse(`an array of ${elements.toLocaleString('en-US')} numbers is too large to show`);
    this.spend(elements);
  }
}
