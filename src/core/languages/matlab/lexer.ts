import { NumberReader } from '../../text/decimal';
import { type ScannedRows, scanRows } from '../../text/row-scanner';
import type { Span } from '../../text/span';

export type TokenKind = 'name' | 'keyword' | 'number' | 'string' | 'operator' | 'dense' | 'newline' | 'end' | 'bad';

export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  /** The token's text; for strings the decoded value, for bad ones what is wrong. */
  readonly text: string;
  /** Whether blanks stand before it: they separate the entries of a matrix. */
  readonly space: boolean;
  /** For strings. */
  readonly quote?: string;
  /** For numbers. */
  readonly value?: number;
  readonly integer?: boolean;
  readonly imaginary?: boolean;
  /** For dense matrices. */
  readonly scanned?: Extract<ScannedRows, { kind: 'plain' }>;
  /** For opening brackets: the index of the token that closes it. */
  closer?: number;
}

const KEYWORDS = new Set(
  `if elseif else end endif for endfor parfor endparfor while endwhile do until switch case otherwise endswitch function
   endfunction return break continue try catch end_try_catch unwind_protect unwind_protect_cleanup end_unwind_protect
   global persistent classdef endclassdef`.split(/\s+/),
);

// Longest first. `++` and `--` are read as two signs; the statement parser knows `x++`.
const OPERATORS = [
  '.**',
  '...',
  '.*',
  './',
  '.\\',
  '.^',
  ".'",
  '**',
  '==',
  '~=',
  '!=',
  '<=',
  '>=',
  '&&',
  '||',
  '+=',
  '-=',
  '*=',
  '/=',
  '^=',
  '|=',
  '&=',
];
const SINGLE = "+-*/\\^<>=&|!~,;:()[]{}.@'";

const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const PLAIN_NUMBER = /(\d+\.?\d*|\.\d+)([eEdD][-+]?\d+)?/y;
const BLOCK_OPEN = /[ \t]*[%#]\{[ \t]*(?=\r|\n|$)/y;
const BLOCK_EDGE = /^[ \t]*[%#]([{}])[ \t]*$/;
/** A line that can only begin a statement: whatever bracket is open above was never closed. */
const BEGINS_STATEMENT = /[ \t]*(?:[A-Za-z]\w*[ \t]*=(?!=)|(?:if|for|while|function|switch|endfunction|endif)\b)/y;

/** The text of a line end at which open brackets are given up. */
export const BROKEN_OFF = 'broken off';

/** Splits the regions of a text into tokens. Line ends count except within parentheses; within brackets they end rows. */
export function tokenize(text: string, regions: readonly Span[]): Token[] {
  const tokens: Token[] = [];
  for (const region of regions) new Lexer(text, region, tokens).run();
  const end = regions.length > 0 ? regions[regions.length - 1].end : 0;
  tokens.push({ kind: 'end', start: end, end, text: '', space: false });
  return tokens;
}

class Lexer {
  private i: number;
  private readonly limit: number;
  private space = false;
  /** Token indices of the open brackets. */
  private readonly open: number[] = [];
  private readonly reader: NumberReader;
  /** Where the last try to scan plain rows ended: brackets before it are not tried again. */
  private scannedTo = 0;

  constructor(
    private readonly text: string,
    region: Span,
    private readonly tokens: Token[],
  ) {
    this.i = region.start;
    this.limit = region.end;
    this.reader = new NumberReader(text, region);
  }

  run(): void {
    this.blockComment();
    while (this.i < this.limit) this.token();
    this.open.length = 0;
    this.push('newline', this.limit, this.limit, '\n');
  }

  private push(kind: TokenKind, start: number, end: number, text: string, more?: Partial<Token>): void {
    this.tokens.push({ kind, start, end, text, space: this.space, ...more });
    this.space = false;
    this.i = end;
  }

  private get bracket(): string | undefined {
    const top = this.open[this.open.length - 1];
    return top === undefined ? undefined : this.tokens[top].text;
  }

  private token(): void {
    const { text, i } = this;
    const c = text[i];
    if (c === ' ' || c === '\t' || c === '\f' || c === '\ufeff') {
      this.space = true;
      this.i++;
    } else if (c === '\n' || c === '\r') this.newline();
    else if (c === '%' || c === '#') this.i = this.endOfLine(i);
    else if (c === '.' && text.startsWith('...', i)) {
      this.i = this.afterLine(i);
      this.space = true;
    } else if ((c >= '0' && c <= '9') || (c === '.' && /\d/.test(text[i + 1] ?? ''))) this.number();
    else if (c === '"' || (c === "'" && !this.transposes())) this.string(c);
    else {
      NAME.lastIndex = i;
      const name = NAME.exec(text)?.[0];
      if (name === undefined) this.operator(c);
      else {
        const last = this.tokens[this.tokens.length - 1];
        const member = last?.kind === 'operator' && last.text === '.' && !this.space;
        // `end` within an index is a value; behind a point every word is a field.
        const keyword = KEYWORDS.has(name) && !member && !(name === 'end' && this.open.length > 0);
        this.push(keyword ? 'keyword' : 'name', i, Math.min(i + name.length, this.limit), name);
      }
    }
  }

  private newline(): void {
    const at = this.i;
    this.i += this.text[at] === '\r' && this.text[at + 1] === '\n' ? 2 : 1;
    if (this.open.length > 0) {
      BEGINS_STATEMENT.lastIndex = this.i;
      if (BEGINS_STATEMENT.test(this.text)) {
        this.open.length = 0;
        this.push('newline', at, this.i, BROKEN_OFF);
        this.blockComment();
        return;
      }
    }
    const next = this.i;
    if (this.bracket !== '(') this.push('newline', at, next, '\n');
    else this.space = true;
    this.blockComment();
  }

  private endOfLine(from: number): number {
    let j = from;
    while (j < this.limit && this.text[j] !== '\n' && this.text[j] !== '\r') j++;
    return j;
  }

  private afterLine(from: number): number {
    const j = this.endOfLine(from);
    return Math.min(this.limit, this.text[j] === '\r' && this.text[j + 1] === '\n' ? j + 2 : j + 1);
  }

  /** Passes over `%{` … `%}` when a line begins one; they nest. */
  private blockComment(): void {
    BLOCK_OPEN.lastIndex = this.i;
    if (!BLOCK_OPEN.test(this.text)) return;
    let depth = 0;
    let j = this.i;
    do {
      const edge = BLOCK_EDGE.exec(this.text.slice(j, this.endOfLine(j)))?.[1];
      if (edge === '{') depth++;
      if (edge === '}') depth--;
      j = this.afterLine(j);
    } while (depth > 0 && j < this.limit);
    this.i = j;
    this.blockComment();
  }

  /** Whether a quote here transposes what stands before it, and does not begin a string. */
  private transposes(): boolean {
    const last = this.tokens[this.tokens.length - 1];
    if (!last) return false;
    if (this.space && (this.bracket === '[' || this.bracket === '{')) return false;
    if (last.kind === 'name' || last.kind === 'number' || last.kind === 'dense' || last.kind === 'string') return true;
    return last.kind === 'operator' && [')', ']', '}', "'", ".'"].includes(last.text);
  }

  private number(): void {
    const { text, i } = this;
    const special = /^0[xXbB][0-9a-fA-F]+/.exec(text.slice(i, i + 40));
    if (special) {
      this.push('bad', i, i + special[0].length, 'hexadecimal and binary numbers are not read');
      return;
    }
    let value = this.reader.read(i);
    let end = this.reader.end;
    let integer = this.reader.integer;
    // In `1./x` and `1.'` the point belongs to the operator.
    if (text[end - 1] === '.' && /[*/\\^']/.test(text[end] ?? '')) {
      end--;
      integer = true;
    } else if (/[dD]/.test(text[end] ?? '')) {
      PLAIN_NUMBER.lastIndex = i;
      const whole = PLAIN_NUMBER.exec(text)?.[0] ?? '';
      if (whole.length > end - i) {
        value = Number(whole.replace(/[dD]/, 'e'));
        end = i + whole.length;
        integer = false;
      }
    }
    const imaginary = /[ijIJ]/.test(text[end] ?? '') && !/\w/.test(text[end + 1] ?? '');
    if (imaginary) end++;
    else if (/\w/.test(text[end] ?? '')) {
      this.push('bad', i, end + 1, 'parse error');
      return;
    }
    this.push('number', i, end, text.slice(i, end), { value, integer, imaginary });
  }

  private string(quote: string): void {
    const { text, i } = this;
    let value = '';
    let j = i + 1;
    for (;;) {
      const c = text[j];
      if (j >= this.limit || c === '\n' || c === '\r') {
        this.push('bad', i, j, 'unterminated character string constant');
        return;
      }
      if (c === quote) {
        if (text[j + 1] !== quote) break;
        value += quote;
        j += 2;
      } else if (c === '\\' && quote === '"') {
        const [decoded, length] = decodeEscape(text, j);
        value += decoded;
        j += length;
      } else {
        value += c;
        j++;
      }
    }
    this.push('string', i, j + 1, value, { quote });
  }

  private operator(c: string): void {
    const { text, i } = this;
    if (c === '[' && text[i + 1] !== '[' && i >= this.scannedTo) {
      const scanned = scanRows(this.reader, i);
      if (scanned.kind === 'plain') {
        this.push('dense', i, scanned.end, text.slice(i, scanned.end), { scanned });
        return;
      }
      this.scannedTo = scanned.at;
    }
    const op = OPERATORS.find(o => text.startsWith(o, i)) ?? (SINGLE.includes(c) ? c : undefined);
    if (op === undefined) {
      const code = text.codePointAt(i) ?? 0;
      const minus = code === 0x2212 ? 'the minus sign U+2212 is not an operator; write -' : undefined;
      const blank = code === 0xa0 ? 'a no-break space (U+00A0) is not a blank; write a plain space' : undefined;
      const message = minus ?? blank ?? `parse error: invalid character '${String.fromCodePoint(code)}'`;
      this.push('bad', i, i + (code > 0xffff ? 2 : 1), message);
      return;
    }
    const index = this.tokens.length;
    this.push('operator', i, i + op.length, op);
    if (op === '(' || op === '[' || op === '{') this.open.push(index);
    else if (op === ')' || op === ']' || op === '}') {
      const opener = this.open.pop();
      if (opener !== undefined) this.tokens[opener].closer = index;
    }
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  '"': '"',
  "'": "'",
};

/** The character that a backslash begins, and the length of its spelling. */
function decodeEscape(text: string, at: number): readonly [string, number] {
  const rest = text.slice(at + 1, at + 5);
  const octal = /^[0-7]{1,3}/.exec(rest)?.[0];
  if (octal) return [String.fromCharCode(Number.parseInt(octal, 8)), 1 + octal.length];
  const hex = /^x([0-9a-fA-F]{1,2})/.exec(rest)?.[1];
  if (hex) return [String.fromCharCode(Number.parseInt(hex, 16)), 2 + hex.length];
  const c = text[at + 1] ?? '';
  return [ESCAPES[c] ?? `\\${c}`, 2];
}
