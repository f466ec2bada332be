import type { Evaluator } from '../evaluate/evaluate';
import type { Place } from '../evaluate/place';
import { reasonOf } from '../evaluate/r/run';
import { Stop } from '../evaluate/stop';
import { holdsArray, pythonText, textUnknown } from '../format/numpy';
import { type NumberStyle, SHORT } from '../format/octave-numbers';
import { rText } from '../format/r';
import { OPTIONS } from '../languages/r/outer-names';
import { lineAt } from '../text/line-index';
import type { Value } from '../values/value';
import type { SourceDocument } from './document';

/** What Python's prompt shows for a value at a place, or why that is not known. */
export function pythonShown(
  value: Value,
  evaluator: Evaluator,
  place: Place,
): { readonly text: string; readonly reason?: undefined } | { readonly text?: undefined; readonly reason: string } {
  const reason = textUnknown(value);
  if (reason !== undefined) return { reason };
  const options = holdsArray(value) ? evaluator.printingAt(place) : undefined;
  if (typeof options === 'string') return { reason: options };
  try {
    return { text: pythonText(value, options) };
  } catch (stop) {
    // A formatter of the document's own may end in an error, or in what is not followed.
    if (stop instanceof Stop) return { reason: stop.message };
    throw stop;
  }
}

/** What the prompt of Python or R shows for a value at a place, or why that is not known; nothing for other languages. */
export function shownAt(value: Value, evaluator: Evaluator, place: Place): ReturnType<typeof pythonShown> | undefined {
  if (place.dialect === 'python') return pythonShown(value, evaluator, place);
  if (place.dialect !== 'r') return undefined;
  const set = evaluator.lookup(OPTIONS, place);
  const found = set ? { reason: reasonOf(set) } : rText(value);
  return 'text' in found ? { text: found.text.replace(/\n$/, '') } : found;
}

/** How Octave prints numbers at this point, or why that is not known: a format other than short and long is set above. */
export function formatAt(document: SourceDocument, order: number): NumberStyle | string {
  const last = document.evaluator('small').formats.findLast(c => c.order < order);
  if (!last) return SHORT;
  return typeof last.format === 'function'
    ? last.format(lineAt(document.lines, last.statement.span.start) + 1)
    : last.format;
}
