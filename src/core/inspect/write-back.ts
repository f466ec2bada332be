import { numberSpans } from '../text/number-spans';
import type { Span } from '../text/span';
import type { TextEdit } from '../text/text-edit';

/**
 * Edits that put new numbers into a literal and leave everything else as it is: spaces, line breaks, comments, and
 * numbers that keep their value. `values` are row-major, as the literal is written. Undefined when the literal at
 * `span` does not hold exactly that many plain numbers. Where a language has no exponents, numbers are written out.
 */
export function writeBack(
  text: string,
  span: Span,
  values: readonly number[],
  languageId: string,
): readonly TextEdit[] | undefined {
  const exponents = !WRITTEN_OUT.has(languageId);
  const places = numberSpans(text, span);
  if (places.length !== values.length || !values.every(Number.isFinite)) return undefined;
  return places.flatMap((place, i): TextEdit[] => {
    const old = text.slice(place.start, place.end);
    return Number(old.replace(/\s+/g, '')) === values[i]
      ? []
      : [{ span: place, text: spelled(values[i], old, exponents) }];
  });
}

/** Languages in which `1e-5` is no number. */
const WRITTEN_OUT: ReadonlySet<string> = new Set(['latex', 'tex', 'markdown', 'wolfram', 'mathematica']);

/** A number keeps looking like a float when it was written as one. */
function spelled(value: number, old: string, exponents: boolean): string {
  const shortest = String(Object.is(value, -0) ? 0 : value);
  const text = exponents ? shortest : writtenOut(shortest);
  return /[.eE]/.test(old) && Number.isInteger(value) && !text.includes('e') ? `${text}.0` : text;
}

/** `1.5e-3` as `0.0015`. */
function writtenOut(shortest: string): string {
  const [, sign, whole, fraction = '', exponent] = /^(-?)(\d+)(?:\.(\d+))?e([-+]\d+)$/.exec(shortest) ?? [];
  if (exponent === undefined) return shortest;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return (
    sign + (point >= digits.length ? digits.padEnd(point, '0') : `${digits.slice(0, point)}.${digits.slice(point)}`)
  );
}
