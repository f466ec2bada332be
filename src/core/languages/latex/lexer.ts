import { NumberReader } from '../../text/decimal';
import { expanded } from './macros';

export interface MathToken {
  readonly kind: 'number' | 'letter' | 'command' | 'symbol' | 'end';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Commands that only space or size and mean nothing. */
const SILENT = new Set([
  ',',
  ';',
  ':',
  '!',
  ' ',
  'quad',
  'qquad',
  'left',
  'right',
  'big',
  'Big',
  'bigg',
  'Bigg',
  'bigl',
  'bigr',
  'Bigl',
  'Bigr',
  'displaystyle',
  'textstyle',
  'limits',
  'nolimits',
  'thinspace',
  'medspace',
  'nonumber',
  'hline',
  '>',
]);

/** The space that a line break may ask for, `\\\\[4pt]`. */
const GAP = /^\[-?[\d.]+\s*(?:pt|em|ex|mm|cm|in|pc)\]/;

/** Thousands set apart, `10\\,000` or `10{,}000`. */
const GROUPS = /^\d{1,3}(?:(?:\\,|\{,\})\d{3})+(?!\d)(?:\.\d+)?/;

/** Environments that only set their lines; they are read as if they were not there. */
const LAYOUT = /^\\(?:begin|end)\{(?:aligned|alignedat|split|gathered)\}(?:\[[tbc]\]|\{\d\})?/;

/** A function whose name is set as text, `\\text{tr}`. */
const NAMED_IN_TEXT = /^\\(?:text|textrm|mbox)\{(?:tr|det|rank|diag|trace|dim|ker)\}/;

/** Splits a formula into tokens. `\quad` stays as a separator only behind a comma, where it means nothing more. */
export function tokenizeMath(text: string, start: number, end: number): MathToken[] {
  const plain = (from: number, to: number): MathToken[] => plainTokens(text, from, to);
  return expanded(text, plain(start, end), plain);
}

function plainTokens(text: string, start: number, end: number): MathToken[] {
  const tokens: MathToken[] = [];
  const reader = new NumberReader(text, { start, end });
  // A bracket begins at its `\\left`.
  let opened: number | undefined;
  let i = start;
  while (i < end) {
    const c = text[i];
    if (/\s/.test(c) || c === '~') i++;
    else if (c === '%') {
      while (i < end && text[i] !== '\n') i++;
    } else if (/\d/.test(c) || (c === '.' && /\d/.test(text[i + 1] ?? ''))) {
      // An exponent needs a digit or a sign and a digit; `2e` in mathematics is 2 times e.
      reader.read(i);
      let stop = reader.end;
      const plain = /^(\d+\.?\d*|\.\d+)/.exec(text.slice(i, stop))?.[0].length ?? stop - i;
      if (/[eE]/.test(text.slice(i, stop))) stop = i + plain;
      const groups = GROUPS.exec(text.slice(i, Math.min(end, i + 80)))?.[0];
      const grouped = groups !== undefined && groups.length > stop - i;
      const digits = grouped ? groups.replace(/\\,|\{,\}/g, '') : text.slice(i, stop);
      if (grouped) stop = i + groups.length;
      tokens.push({ kind: 'number', text: digits, start: i, end: stop });
      opened = undefined;
      i = stop;
    } else if (c === '\\') {
      const rest = text.slice(i, Math.min(i + 40, end));
      const layout = LAYOUT.exec(rest)?.[0].length;
      if (layout !== undefined) {
        i += layout;
        continue;
      }
      const word = /^\\([A-Za-z]+\*?|[\s\S])/.exec(rest);
      const name = word?.[1] ?? '';
      const gap = name === '\\' ? (GAP.exec(text.slice(i + 2, Math.min(i + 22, end)))?.[0].length ?? 0) : 0;
      const stop = Math.min(i + 1 + Math.max(name.length, 1) + gap, end);
      if (/\s/.test(name) || SILENT.has(name)) {
        if (name === 'quad' || name === 'qquad') tokens.push({ kind: 'command', text: 'quad', start: i, end: stop });
        i = stop;
        // `\left.` and `\right.` draw nothing.
        if (name === 'left') opened = i - name.length - 1;
        if ((name === 'left' || name === 'right') && text[i] === '.') {
          opened = undefined;
          i++;
        }
      } else {
        const meaning = NAMED_IN_TEXT.test(rest) ? 'operatorname' : name;
        tokens.push({ kind: 'command', text: meaning, start: opened ?? i, end: stop });
        opened = undefined;
        i = stop;
      }
    } else if (/[\p{L}]/u.test(c)) {
      tokens.push({ kind: 'letter', text: c, start: i, end: i + 1 });
      opened = undefined;
      i++;
    } else {
      // The minus sign U+2212 is what `-` is set as.
      tokens.push({ kind: 'symbol', text: c === '\u2212' ? '-' : c, start: opened ?? i, end: i + 1 });
      opened = undefined;
      i++;
    }
  }
  tokens.push({ kind: 'end', text: '', start: end, end });
  return tokens;
}
