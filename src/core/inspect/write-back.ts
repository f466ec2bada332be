import { numberSpans } from '../text/number-spans';
import type { Span } from '../text/span';

export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

/**
 * Edits that put new numbers into a literal and leave everything else as it is: spaces, line breaks, comments, and
 * numbers that keep their value. `values` are row-major, as the literal is written. Undefined when the literal at
 * `span` does not hold exactly that many plain numbers.
 */
export function writeBack(text: string, span: Span, values: readonly number[]): readonly TextEdit[] | undefined {
  const places = numberSpans(text, span);
  if (places.length !== values.length || !values.every(Number.isFinite)) return undefined;
  return places.flatMap((place, i): TextEdit[] => {
    const old = text.slice(place.start, place.end);
    return Number(old.replace(/\s+/g, '')) === values[i] ? [] : [{ span: place, text: spelled(values[i], old) }];
  });
}

/** A number keeps looking like a float when it was written as one. */
function spelled(value: number, old: string): string {
  const text = String(Object.is(value, -0) ? 0 : value);
  return /[.eE]/.test(old) && Number.isInteger(value) && !text.includes('e') ? `${text}.0` : text;
}
