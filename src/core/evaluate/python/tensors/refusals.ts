import type { Value } from '../../../values/value';
import { Stop, unknown } from '../../stop';

/** What NumPy's functions refuse another library refuses too, in words that are not known here. */
export function refusals(run: () => Value, reason = 'this call fails, or is not covered yet'): Value {
  try {
    return run();
  } catch (stop) {
    if (stop instanceof Stop && stop.status === 'error') return unknown(reason);
    throw stop;
  }
}
