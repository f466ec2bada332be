import { unknown } from '../stop';

/** What Python's methods of texts say of letters and digits of any script, by Unicode's properties. */

/** Numbers that are neither letters nor decimal digits: which of them are digits to Python is not told here. */
const OTHER_NUMBER = /[\p{No}\p{Nl}]/u;
/** Letters whose title case is not the upper case, and the sigma, which is written in another way at the end of a word. */
const OWN_TITLE = /[\u01c4-\u01cc\u01f1-\u01f3\u10d0-\u10ff\u03a3]/u;

const all = (pattern: RegExp, s: string): boolean => s !== '' && Array.from(s).every(c => pattern.test(c));
const sigma = (s: string): string =>
  s.includes('\u03a3') ? unknown('a sigma at the end of a word is not covered') : s;
const settled = (s: string): string => (OTHER_NUMBER.test(s) ? unknown('numbers of this script are not covered') : s);

export const isAlphabetic = (s: string): boolean => all(/\p{L}/u, s);
export const isDecimal = (s: string): boolean => all(/\p{Nd}/u, s);
export const isDigit = (s: string): boolean => isDecimal(settled(s));
/** Some of the signs of Chinese writing are numbers. */
export const isNumeric = (s: string): boolean =>
  /\p{Script=Han}/u.test(s) ? unknown('numbers of this script are not covered') : isDecimal(settled(s));
export const isAlphanumeric = (s: string): boolean => all(/[\p{L}\p{Nd}]/u, settled(s));
/** Beside what JavaScript takes for blanks these are separators of lines, records and fields; the mark of byte order is none. */
export const isSpace = (s: string): boolean =>
  s !== '' &&
  Array.from(s).every(c => c === '\x85' || (c >= '\x1c' && c <= '\x1f') || (/\s/.test(c) && c !== '\ufeff'));
export const isUpper = (s: string): boolean => /\p{Uppercase}/u.test(s) && !/[\p{Lowercase}\p{Lt}]/u.test(s);
export const isLower = (s: string): boolean => /\p{Lowercase}/u.test(s) && !/[\p{Uppercase}\p{Lt}]/u.test(s);

/** A letter as it begins a title. */
function initial(c: string): string {
  const upper = c.toUpperCase();
  if (OWN_TITLE.test(c) || Array.from(upper).length > 1) return unknown('this letter in a title is not covered');
  return upper;
}

/** Each run of letters that have a case with a capital in front. */
export function titled(s: string): string {
  let within = false;
  const out = Array.from(sigma(s), c => {
    const letter = within ? c.toLowerCase() : initial(c);
    within = /\p{Cased}/u.test(c);
    return letter;
  });
  return out.join('');
}

export function capitalized(s: string): string {
  const [first = '', ...rest] = Array.from(sigma(s));
  return initial(first) + rest.join('').toLowerCase();
}

export const caseSwapped = (s: string): string =>
  Array.from(sigma(s), c =>
    /\p{Uppercase}/u.test(c) ? c.toLowerCase() : /\p{Lowercase}/u.test(c) ? c.toUpperCase() : c,
  ).join('');
