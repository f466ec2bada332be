import { NumberReader } from './decimal';
import type { Span } from './span';

/**
 * The places of all numbers in a literal of plain numbers, each with its sign and the blanks between, in order.
 * Comments (`#`, `%`, `//`, `--` and those of C) are passed over.
 */
export function numberSpans(text: string, span: Span): Span[] {
  const reader = new NumberReader(text, span);
  const out: Span[] = [];
  let i = span.start;
  while (i < span.end) {
    const c = text[i];
    const two = text.slice(i, i + 2);
    if (c === '#' || (c === '%' && text[i - 1] !== '\\') || two === '//' || two === '--') {
      while (i < span.end && text[i] !== '\n') i++;
    } else if (two === '/*') {
      const close = text.indexOf('*/', i);
      i = close < 0 ? span.end : close + 2;
    } else if (/[A-Za-z_\\]/.test(c)) {
      i++;
      while (i < span.end && /[A-Za-z0-9_]/.test(text[i])) i++;
    } else if (/[\d.]/.test(c)) {
      reader.read(i);
      if (reader.end === i) i++;
      else {
        let sign = i - 1;
        while (sign > span.start && (text[sign] === ' ' || text[sign] === '\t')) sign--;
        const signed = sign >= span.start && (text[sign] === '-' || text[sign] === '+' || text[sign] === '\u2212');
        out.push({ start: signed ? sign : i, end: reader.end });
        i = reader.end;
      }
    } else i++;
  }
  return out;
}
