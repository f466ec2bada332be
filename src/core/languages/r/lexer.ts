import { NumberReader } from '../../text/decimal';
import { scanNested } from '../../text/nested-scanner';
import type { Span } from '../../text/span';

export type TokenKind = 'name' | 'keyword' | 'number' | 'string' | 'operator' | 'dense' | 'newline' | 'end' | 'bad';

export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  /** The token's text; for strings and names in backticks what they say, for bad ones what is wrong. */
  readonly text: string;
  /** For numbers. */
  readonly value?: number;
  readonly suffix?: 'L' | 'i';
  /** For `c(1, 2, 3)`. */
  readonly data?: Float64Array;
}

const KEYWORDS: ReadonlySet<string> = new Set('if else for while repeat function break next in'.split(' '));

/** By their first character, the longest first. */
const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  '<': ['<<-', '<-', '<=', '<'],
  '-': ['->>', '->', '-'],
  '|': ['||', '|>', '|'],
  '&': ['&&', '&'],
  ':': [':::', '::', ':=', ':'],
  '=': ['==', '='],
  '!': ['!=', '!'],
  '>': ['>=', '>'],
  '*': ['**', '*'],
};
const SINGLE = '+/^~?$@,;(){}[]\\';

const NAME = /(?:[\p{L}]|\.(?![0-9]))[\p{L}\p{N}._]*/uy;
const SPECIAL = /%[^%\n]*%/y;
const RAW = /[rR](["'])(-*)([([{])/y;
const HEX = /0[xX][0-9a-fA-F]+/y;
/** A line that can only begin a statement: whatever bracket is open above was never closed. */
const BEGINS_STATEMENT = /[A-Za-z.][\w.]*[ \t]*<-/y;
/** A function of the document's own that is called `c`. */
const OWN_C = /(^|[^\w.])c\s*(<-|=)\s*(function\b|\\\()/;

/** The text of a line end at which open brackets are given up. */
export const BROKEN_OFF = 'broken off';

/** Splits regions of a text into tokens. Line ends count except within parentheses and subscripts. */
export function tokenize(text: string, regions: readonly Span[]): Token[] {
  const tokens: Token[] = [];
  const dense = !OWN_C.test(text);
  for (const region of regions) new Lexer(text, region, tokens, dense).run();
  const end = regions.length > 0 ? regions[regions.length - 1].end : 0;
  tokens.push({ kind: 'end', start: end, end, text: '' });
  return tokens;
}

class Lexer {
  private i: number;
  private readonly limit: number;
  /** The open brackets, `[[` as one. */
  private readonly open: string[] = [];
  private readonly reader: NumberReader;
  /** Where the last try to scan plain numbers ended: brackets before it are not tried again. */
  private scannedTo = 0;

  constructor(
    private readonly text: string,
    region: Span,
    private readonly tokens: Token[],
    private readonly dense: boolean,
  ) {
    this.i = region.start;
    this.limit = region.end;
    this.reader = new NumberReader(text, region);
  }

  run(): void {
    while (this.i < this.limit) this.token();
    this.push('newline', this.limit, this.limit, '\n');
  }

  private push(kind: TokenKind, start: number, end: number, text: string, more?: Partial<Token>): void {
    this.tokens.push({ kind, start, end, text, ...more });
    this.i = end;
  }

  private token(): void {
    const { text, i } = this;
    const c = text[i];
    if (c === ' ' || c === '\t' || c === '\r' || c === '\f' || c === '\ufeff' || c === '\u00a0') this.i++;
    else if (c === '\n') this.newline();
    else if (c === '#') while (this.i < this.limit && text[this.i] !== '\n') this.i++;
    else if ((c >= '0' && c <= '9') || (c === '.' && /[0-9]/.test(text[i + 1] ?? ''))) this.number();
    else if (c === '"' || c === "'") this.string(c);
    else if (c === '`') this.backticks();
    else if ((c === 'r' || c === 'R') && this.raw()) return;
    else {
      NAME.lastIndex = i;
      const name = NAME.exec(text)?.[0];
      if (name === undefined) this.operator(c);
      else if (name === 'c' && this.dense && this.numbers()) return;
      else this.push(KEYWORDS.has(name) ? 'keyword' : 'name', i, Math.min(i + name.length, this.limit), name);
    }
  }

  private newline(): void {
    const at = this.i++;
    const top = this.open[this.open.length - 1];
    if (top === undefined || top === '{') {
      this.push('newline', at, at + 1, '\n');
      return;
    }
    BEGINS_STATEMENT.lastIndex = this.i;
    if (!BEGINS_STATEMENT.test(this.text)) return;
    this.open.length = 0;
    this.push('newline', at, at + 1, BROKEN_OFF);
  }

  /** `c(1, -2, 3.5)` of plain numbers alone. */
  private numbers(): boolean {
    const { text, i } = this;
    const last = this.tokens[this.tokens.length - 1];
    const apart = last?.kind !== 'operator' || !['$', '@', '::', ':::'].includes(last.text);
    if (text[i + 1] !== '(' || i < this.scannedTo || !apart) return false;
    const scanned = scanNested(this.reader, i + 1);
    if (scanned.kind !== 'plain') {
      this.scannedTo = scanned.at;
      return false;
    }
    const { data, shape, end } = scanned;
    if (shape.length !== 1 || end > this.limit || /,\s*\)$/.test(text.slice(Math.max(i, end - 40), end))) return false;
    this.push('dense', i, end, 'c', { data });
    return true;
  }

  private number(): void {
    const { text, i } = this;
    HEX.lastIndex = i;
    const hex = HEX.exec(text)?.[0];
    let value = hex ? Number(hex) : this.reader.read(i);
    let end = hex ? i + hex.length : this.reader.end;
    if (!hex && /[eE]/.test(text[end] ?? '') && /[-+]/.test(text[end + 1] ?? '')) value = Number.NaN;
    const next = text[end] ?? '';
    const suffix = next === 'L' || next === 'i' ? next : undefined;
    if (suffix) end++;
    if (Number.isNaN(value) || /[\w.]/.test(text[end] ?? '')) {
      this.push('bad', i, end + 1, `Error: unexpected symbol`);
      return;
    }
    this.push('number', i, end, text.slice(i, end), { value, ...(suffix ? { suffix } : {}) });
  }

  private string(quote: string): void {
    const { text, i } = this;
    const parts: string[] = [];
    let from = i + 1;
    for (let j = i + 1; j < this.limit; ) {
      const c = text[j];
      if (c === quote) {
        parts.push(text.slice(from, j));
        this.push('string', i, j + 1, parts.join(''));
        return;
      }
      if (c !== '\\') {
        j++;
        continue;
      }
      const found = decodeEscape(text, j);
      if (!found) {
        this.push('bad', i, j + 2, `Error: '\\${text[j + 1] ?? ''}' is an unrecognized escape in character string`);
        return;
      }
      parts.push(text.slice(from, j), found[0]);
      j += found[1];
      from = j;
    }
    const line = text.indexOf('\n', i);
    this.push('bad', i, line < 0 || line > this.limit ? this.limit : line, 'Error: unexpected INCOMPLETE_STRING');
  }

  /** `r"(…)"`, in which nothing is escaped. */
  private raw(): boolean {
    const { text, i } = this;
    RAW.lastIndex = i;
    const [whole, quote, dashes, bracket] = RAW.exec(text) ?? [];
    if (whole === undefined) return false;
    const close = `${{ '(': ')', '[': ']', '{': '}' }[bracket] ?? ''}${dashes}${quote}`;
    const end = text.indexOf(close, i + whole.length);
    if (end < 0 || end > this.limit) return false;
    this.push('string', i, end + close.length, text.slice(i + whole.length, end));
    return true;
  }

  private backticks(): void {
    const { text, i } = this;
    const end = text.indexOf('`', i + 1);
    if (end < 0 || end >= this.limit || text.slice(i, end).includes('\n'))
      this.push('bad', i, i + 1, 'Error: unexpected INCOMPLETE_STRING');
    else this.push('name', i, end + 1, text.slice(i + 1, end));
  }

  private operator(c: string): void {
    const { text, i } = this;
    SPECIAL.lastIndex = i;
    const special = c === '%' ? SPECIAL.exec(text)?.[0] : undefined;
    const op = special ?? OPERATORS[c]?.find(o => text.startsWith(o, i)) ?? (SINGLE.includes(c) ? c : undefined);
    if (op === undefined) {
      const code = text.codePointAt(i) ?? 0;
      const minus = code === 0x2212 ? 'the minus sign U+2212 is not an operator; write -' : 'Error: unexpected input';
      this.push('bad', i, i + (code > 0xffff ? 2 : 1), minus);
      return;
    }
    if (op === '[' && text[i + 1] === '[') this.bracket('[[');
    else if (op === ']' && this.open[this.open.length - 1] === '[[' && text[i + 1] === ']') this.bracket(']]');
    else if ('([{)]}'.includes(op)) this.bracket(op);
    else this.push('operator', i, i + op.length, op === '**' ? '^' : op);
  }

  private bracket(op: string): void {
    if (op[0] === '(' || op[0] === '[' || op === '{') this.open.push(op);
    else {
      // A closing bracket closes what is open within.
      const mate = { ')': '(', ']': '[', ']]': '[[', '}': '{' }[op];
      const at = this.open.findLastIndex(o => o === mate);
      if (at >= 0) this.open.length = at;
    }
    this.push('operator', this.i, this.i + op.length, op);
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
  '`': '`',
  ' ': ' ',
  '\n': '\n',
};

/** What a backslash begins, and the length of its spelling. */
function decodeEscape(text: string, at: number): readonly [string, number] | undefined {
  const rest = text.slice(at + 1, at + 12);
  const octal = /^[0-7]{1,3}/.exec(rest)?.[0];
  if (octal) return [String.fromCharCode(Number.parseInt(octal, 8)), 1 + octal.length];
  const hex = /^(?:x([0-9a-fA-F]{1,2})|u\{?([0-9a-fA-F]{1,4})\}?|U\{?([0-9a-fA-F]{1,8})\}?)/.exec(rest);
  if (hex) {
    const code = Number.parseInt(hex[1] ?? hex[2] ?? hex[3], 16);
    return code > 0x10ffff ? undefined : [String.fromCodePoint(code), 1 + hex[0].length];
  }
  const found = ESCAPES[rest[0] ?? ''];
  return found === undefined ? undefined : [found, 2];
}
