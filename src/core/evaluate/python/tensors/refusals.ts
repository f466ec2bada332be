import type { Value } from '../../../values/value';
import { fail, Stop, unknown } from '../../stop';

/** What NumPy's functions refuse another library refuses too, in words that are not known here. */
export function refusals(run: () => Value, reason = 'this call fails, or is not covered yet'): Value {
  try {
    return run();
  } catch (stop) {
    if (stop instanceof Stop && stop.status === 'error') return unknown(reason);
    throw stop;
  }
}

/** What NumPy's functions refuse the library refuses in other words. */
export function guarded(run: () => Value): Value {
  try {
    return run();
  } catch (stop) {
    const index = stop instanceof Stop && stop.status === 'error' ? indexError(stop.message) : undefined;
    if (index) return fail(index);
    if (stop instanceof Stop && stop.status === 'error' && !OWN_WORDS.test(stop.message))
      return unknown('this call fails, or is not covered yet');
    throw stop;
  }
}

/** NumPy's words about indices in torch's. */
function indexError(message: string): string | undefined {
  const bounds = /^IndexError: (index -?\d+ is out of bounds for) axis (\d+ with size \d+)$/.exec(message);
  if (bounds) return `IndexError: ${bounds[1]} dimension ${bounds[2]}`;
  const many = /^IndexError: too many indices for array: array is (\d+)-dimensional/.exec(message);
  return many ? `IndexError: too many indices for tensor of dimension ${many[1]}` : undefined;
}

/** Errors that the library's own functions state. */
const OWN_WORDS =
  /^(RuntimeError|IndexError: (Dimension|max|min|arg|Target|index out of range in self|slice|invalid index)|ValueError: (Expected|expected|only one element|step must))/;
