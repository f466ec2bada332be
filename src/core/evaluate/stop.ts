import type { Span } from '../text/span';
import type { Trace } from './trace';

/**
 * Ends the evaluation of an expression early: `error` in the words the language itself would use ("ValueError: …"),
 * or `unknown` with the reason in the user's words. Carried by a throw from a library function up to the evaluator,
 * which adds the span and turns it into an Outcome; it never leaves the room `evaluate`.
 */
export class Stop {
  /** What was under way, for the steps: an operation with its operands and no result. */
  failed?: Trace;
  /** MATLAB's identifier of an error that the program raises itself. */
  identifier?: string;

  constructor(
    readonly status: 'error' | 'unknown',
    readonly message: string,
    readonly span?: Span,
  ) {}
}

/** The language rejects this, saying `message`. */
export function fail(message: string, span?: Span): never {
  throw new Stop('error', message, span);
}

/** The value cannot be known from the text, because `reason`. */
export function unknown(reason: string, span?: Span): never {
  throw new Stop('unknown', reason, span);
}

/** Octave's words for a subscript out of bounds name the variable, where there is one, in place of the word `index`. */
export function naming<T>(name: string | undefined, run: () => T): T {
  try {
    return run();
  } catch (stop) {
    if (stop instanceof Stop && name !== undefined && stop.message.startsWith('index ('))
      throw new Stop(stop.status, name + stop.message.slice('index '.length), stop.span);
    throw stop;
  }
}

/** The first of several that is known; the first reason where none is. */
export function firstKnown<T, R>(parts: readonly T[], value: (part: T) => R): R {
  let first: Stop | undefined;
  for (const part of parts) {
    try {
      return value(part);
    } catch (stop) {
      if (!(stop instanceof Stop)) throw stop;
      first ??= stop;
    }
  }
  throw first ?? new Stop('unknown', 'an equality without sides');
}
