import { ORIGIN } from '../../../values/value';
import type { Context } from '../../dialect';
import { fail, unknown } from '../../stop';
import { isView } from './autograd/node';
import { recording, type Tensor } from './tensor';

/** What may be changed in place, and what a tensor is then. */

export const VIEWED = 'whether a view records a gradient that is taken where nothing is recorded is not followed';
/** Buffers of which a view has been taken where nothing is recorded: torch refuses what follows a change of them. */
export const viewed = new WeakSet<object>();

/** Stops where a tensor is not to be changed in place, or where what that records is not followed. */
export function needChangeable(v: Tensor, context: Context, what = 'a leaf'): void {
  if (!v.gradient) return;
  if (viewed.has(v.array.data)) unknown('a change in place of a view taken where nothing is recorded is not followed');
  if (!recording([v], context)) return;
  if (v.gradient === 'leaf')
    fail(`RuntimeError: ${what} Variable that requires grad is being used in an in-place operation.`);
  if (isView(v)) unknown('a change in place of a view that records is not followed');
}

/** What a tensor is after a change in place: it records that where anything in it does, and else what it has recorded. */
export const inPlaceOf = (before: Tensor, made: Tensor): Tensor =>
  made.gradient
    ? { ...before, array: made.array, gradient: made.gradient, [ORIGIN]: made[ORIGIN] }
    : { ...before, array: made.array };
