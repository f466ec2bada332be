import type { Call } from '../expression/expression';
import { callsIn } from '../expression/walk';
import type { Value } from '../values/value';
import type { Dialect } from './dialect';
import { identityOf, reaches } from './heap';
import { TAKING_METHODS } from './memory';
import type { Run } from './run';
import { unknown } from './stop';

/**
 * `items.pop()` in the middle of an expression that code runs: what it gives, the list being shorter then. Undefined for all
 * other calls. `waiting` are the values of the expression that are still to be used.
 */
export function takenWithin(run: Run, dialect: Dialect, e: Call, waiting: readonly Value[]): Value | undefined {
  const { callee } = e;
  if (callee.kind !== 'member' || !TAKING_METHODS.has(callee.name) || callsIn(callee.object).length > 0)
    return undefined;
  const receiver = run.value(callee.object);
  const own = identityOf(receiver);
  if (!own || (receiver.kind !== 'list' && receiver.kind !== 'dict')) return undefined;
  const found = dialect.take?.(receiver, callee.name, run.argumentsOf(e.arguments), run);
  if (!found) return undefined;
  if (waiting.some(v => reaches(v, own)))
    unknown('a list that changes in the middle of an expression is not followed', e.span);
  run.change(receiver, found[1], e.span);
  return found[0];
}
