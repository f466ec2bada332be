import { NumberReader } from '../../text/decimal';
import { type Scanned, scanNested } from '../../text/nested-scanner';
import type { Span } from '../../text/span';

export type TokenKind =
  | 'name'
  | 'keyword'
  | 'number'
  | 'string'
  | 'operator'
  | 'dense'
  | 'newline'
  | 'indent'
  | 'dedent'
  | 'end'
  | 'bad';

export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  /** The token's text; for strings the decoded value, for bad ones what is wrong. */
  readonly text: string;
  /** For formatted strings: literal text and fields in order; undefined when they cannot be read. */
  readonly parts?: readonly TokenPart[];
  /** For strings: `f` when it is formatted, `b` when it is bytes. */
  readonly prefix?: string;
  /** For opening brackets: the index of the token that closes it, or -1. */
  readonly closer?: number;
  /** For dense literals: the numbers. */
  readonly scanned?: Extract<Scanned, { kind: 'plain' }>;
}

type Written = { -readonly [K in keyof Token]: Token[K] };

export const KEYWORDS = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
);

const OPERATORS = [
  '**=',
  '//=',
  '>>=',
  '<<=',
  '...',
  ':=',
  '->',
  '**',
  '//',
  '>>',
  '<<',
  '<=',
  '>=',
  '==',
  '!=',
  '+=',
  '-=',
  '*=',
  '/=',
  '%=',
  '@=',
  '&=',
  '|=',
  '^=',
];
const SINGLE = '+-*/%@&|^~<>()[]{},:.;=';
/** What follows the first character of an operator of several. */
const FOLLOWERS = '=*/><.';

const isNameStart = (c: string): boolean =>
  c < '\x80' ? (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c === '_' : /\p{L}/u.test(c);
const NAME = /[\p{L}\p{N}_\p{M}]*/uy;
/** Letters, digits and `_` of ASCII. */
const isWord = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;

/**
 * Splits the regions of a text into Python tokens. Newlines within brackets do not count; a bracket that is never
 * closed ends at the next line that looks like the beginning of a statement, so that the rest of the file still reads.
 * Notebook magics (`%`, `!` at the beginning of a line) and prompts (`>>>`, `...`) are passed over.
 */
export function tokenize(text: string, regions: readonly Span[]): Token[] {
  const tokens: Token[] = [];
  for (const region of regions) new Lexer(text, region, tokens).run();
  const end = regions.length > 0 ? regions[regions.length - 1].end : 0;
  tokens.push({ kind: 'end', start: end, end, text: '' });
  return tokens;
}

/** Literal text, or a field of a formatted string with its expression already split into tokens. */
export type TokenPart =
  | string
  | {
      readonly tokens: readonly Token[];
      readonly conversion?: string;
      readonly format: readonly TokenPart[];
    };

/** The parts of a formatted string between two offsets; undefined when a field is broken. */
function formattedParts(text: string, from: number, to: number, raw: boolean, depth: number): TokenPart[] | undefined {
  const parts: TokenPart[] = [];
  let literal = '';
  let i = from;
  while (i < to) {
    const c = text[i];
    if (depth === 0 && (c === '{' || c === '}') && text[i + 1] === c) {
      literal += c;
      i += 2;
    } else if (c === '}') return undefined;
    else if (c === '{') {
      const end = fieldEnd(text, i + 1, to);
      if (end === undefined || depth > 1) return undefined;
      const shown = /=\s*$/.exec(text.slice(i + 1, end));
      const written = shown && !/[=!<>]=\s*$/.test(text.slice(i + 1, end)) ? end - shown[0].length : end;
      if (written < end) literal += text.slice(i + 1, end);
      if (literal !== '') parts.push(literal);
      literal = '';
      let at = end;
      let conversion: string | undefined;
      if (text[at] === '!') {
        conversion = text[at + 1];
        at += 2;
      }
      let format: readonly TokenPart[] = [];
      if (text[at] === ':') {
        const close = fieldEnd(text, at + 1, to, true);
        const inner = close === undefined ? undefined : formattedParts(text, at + 1, close, raw, depth + 1);
        if (close === undefined || inner === undefined) return undefined;
        format = inner;
        at = close;
      }
      if (text[at] !== '}') return undefined;
      if (written < end && conversion === undefined && format.length === 0) conversion = 'r';
      parts.push({ tokens: tokenize(text, [{ start: i + 1, end: written }]), conversion, format });
      i = at + 1;
    } else if (c === '\\' && !raw) {
      const [decoded, length] = escaped(text, i);
      literal += decoded;
      i += length;
    } else {
      literal += c;
      i++;
    }
  }
  if (literal !== '') parts.push(literal);
  return parts;
}

/** Where a field's expression ends (`!`, `:` or `}` outside brackets and quotes), or with `format` its format. */
function fieldEnd(text: string, from: number, to: number, format = false): number | undefined {
  let depth = 0;
  let quote = '';
  for (let i = from; i < to; i++) {
    const c = text[i];
    if (quote !== '') {
      if (c === quote) quote = '';
    } else if (!format && (c === '"' || c === "'")) quote = c;
    else if ('([{'.includes(c)) depth++;
    else if (depth > 0 && ')]}'.includes(c)) depth--;
    else if (depth === 0 && (c === '}' || (!format && (c === ':' || (c === '!' && text[i + 1] !== '='))))) return i;
  }
  return undefined;
}

/** What goes on with the statement above it. */
const CONTINUES = /(?:else|elif|except|finally)\b/y;

export class Lexer {
  private i: number;
  private readonly limit: number;
  private readonly indents: number[] = [];
  private readonly open: number[] = [];
  private readonly reader: NumberReader;
  /** Where the last try to scan a plain literal ended: brackets before it are not tried again, or many would cost the square. */
  private scannedTo = 0;
  /** How many of the tokens are there: those of an earlier piece may stand behind them. */
  private count: number;
  /** The index of the first token of the line. */
  private lineHead = 0;
  /** Whether a statement of the outermost level begins here, which has nothing to do with the tokens before it. */
  private parted = false;

  constructor(
    private readonly text: string,
    region: Span,
    private readonly tokens: Token[],
  ) {
    this.i = region.start;
    this.limit = region.end;
    this.count = tokens.length;
    this.reader = new NumberReader(text, region);
  }

  /** Splits the whole region. */
  run(): void {
    this.begin();
    while (this.i < this.limit) this.token();
    this.finish();
  }

  /**
   * Replaces the tokens by those of the next statements of the outermost level, ended by 'end'; false where there are none.
   * A parser that takes a file piece by piece never holds all of its tokens, and keeps none of them: they are written over.
   * What stands behind the end is of no account.
   */
  piece(): boolean {
    this.count = 0;
    this.lineHead = 0;
    if (this.indents.length === 0) this.begin();
    if (this.i >= this.limit) return false;
    this.parted = false;
    while (this.i < this.limit && !this.parted) this.token();
    if (!this.parted) this.finish();
    this.push('end', this.i, this.i, '');
    return true;
  }

  private begin(): void {
    if (this.i === 0 && this.text[0] === '\ufeff') this.i++;
    this.lineStart();
  }

  private finish(): void {
    this.newline(this.limit);
    for (let k = this.indents.length; k > 1; k--) this.push('dedent', this.limit, this.limit, '');
  }

  /** At the end of a line that no bracket holds open. */
  private lineEnd(at: number): void {
    const decorates = this.lineHead < this.count && this.tokens[this.lineHead].text === '@';
    this.newline(at);
    this.lineStart();
    this.lineHead = this.count;
    CONTINUES.lastIndex = this.i;
    this.parted = this.indents.length === 1 && !decorates && !CONTINUES.test(this.text);
  }

  /** One more token, written over one of an earlier piece where there is one. */
  private push(kind: TokenKind, start: number, end: number, text: string): Written {
    const at = this.count++;
    const { tokens } = this;
    if (at === tokens.length) {
      const token: Written = {
        kind,
        start,
        end,
        text,
        parts: undefined,
        prefix: undefined,
        closer: undefined,
        scanned: undefined,
      };
      tokens.push(token);
      return token;
    }
    const token: Written = tokens[at];
    token.kind = kind;
    token.start = start;
    token.end = end;
    token.text = text;
    token.parts = token.prefix = token.closer = token.scanned = undefined;
    return token;
  }

  private get last(): Token | undefined {
    return this.count > 0 ? this.tokens[this.count - 1] : undefined;
  }

  private newline(at: number): void {
    if (this.open.length > 0) this.open.length = 0;
    const { last } = this;
    if (last && last.kind !== 'newline' && last.kind !== 'indent' && last.kind !== 'dedent')
      this.push('newline', at, at, '');
  }

  /** At the beginning of a logical line: passes blank lines, comments, magics and prompts, then compares the indentation. */
  private lineStart(): void {
    for (;;) {
      let column = 0;
      let j = this.i;
      for (; j < this.limit; j++) {
        const c = this.text[j];
        if (c === ' ') column++;
        else if (c === '\t') column = (Math.floor(column / 8) + 1) * 8;
        else break;
      }
      const first = this.text[j];
      const prompt = first === '>' || first === '.' ? /^(>>>|\.\.\.)( |$)/m.exec(this.text.slice(j, j + 4)) : undefined;
      if (prompt && prompt.index === 0 && !/^\.\.\.$/.test(this.restOfLine(j).trim())) {
        this.i = Math.min(j + prompt[0].length, this.limit);
        if (prompt[1] === '>>>') {
          this.indentation(column);
          return;
        }
        continue;
      }
      const c = this.text[j];
      if (j >= this.limit) {
        this.i = j;
        return;
      }
      if (c === '\n' || c === '\r') {
        this.i = j + 1;
        continue;
      }
      if (c === '#' || c === '!' || (c === '%' && /[a-zA-Z%]/.test(this.text[j + 1] ?? ''))) {
        this.i = this.endOfLine(j);
        continue;
      }
      this.i = j;
      this.indentation(column);
      return;
    }
  }

  private indentation(column: number): void {
    if (this.indents.length === 0) {
      this.indents.push(column);
      return;
    }
    if (column > this.indents[this.indents.length - 1]) {
      this.indents.push(column);
      this.push('indent', this.i, this.i, '');
    }
    while (this.indents.length > 1 && column < this.indents[this.indents.length - 1]) {
      this.indents.pop();
      this.push('dedent', this.i, this.i, '');
    }
  }

  private endOfLine(from: number): number {
    let j = from;
    while (j < this.limit && this.text[j] !== '\n' && this.text[j] !== '\r') j++;
    return j;
  }

  private restOfLine(from: number): string {
    return this.text.slice(from, this.endOfLine(from));
  }

  private token(): void {
    const { text, i } = this;
    const c = text[i];
    if (c === ' ' || c === '\t' || c === '\f') {
      this.i++;
    } else if (c === '\n' || c === '\r') {
      this.i++;
      if (this.open.length === 0 || this.beginsStatement(this.i)) this.lineEnd(i);
    } else if (c === '#') this.i = this.endOfLine(i);
    else if (c === '\\') {
      const next = text[i + 1] === '\r' && text[i + 2] === '\n' ? 3 : 2;
      if (text[i + 1] === '\n' || text[i + 1] === '\r') this.i += next;
      else this.bad(i, 'a backslash that continues no line');
    } else if ((c >= '0' && c <= '9') || (c === '.' && /\d/.test(text[i + 1] ?? ''))) this.number();
    else if (c === '"' || c === "'") this.string(i, '');
    else if (isNameStart(c) || (c >= '\ud800' && c <= '\udbff')) this.word();
    else this.operator(c);
  }

  /** Whether the line at `at`, within open brackets, can only be a new statement: the bracket was never closed. */
  private beginsStatement(at: number): boolean {
    const indent = this.indents[this.indents.length - 1] ?? 0;
    const line = this.restOfLine(at);
    const column = line.length - line.trimStart().length;
    if (column > indent) return false;
    return (
      /^\s*((import|from|def|class|if|for|while|with|try|return|assert|del|raise|pass|print)\b|@\w|[A-Za-z_]\w*\s*(=(?!=)|[-+*/@]=|\.[A-Za-z_][\w.]*\s*\(|\([^)]*\)\s*$))/.test(
        line,
      ) && !/^\s*\w+\s*=[^=].*,\s*$/.test(line)
    );
  }

  private bad(start: number, message: string, length = 1): void {
    this.push('bad', start, start + length, message);
    this.i = start + length;
  }

  private number(): void {
    const { text, i } = this;
    const special = /[xXoObB]/.test(text[i] === '0' ? text[i + 1] : '')
      ? /^0[xX][0-9a-fA-F_]+|^0[oO][0-7_]+|^0[bB][01_]+/.exec(text.slice(i, i + 80))
      : null;
    let end: number;
    if (special) end = i + special[0].length;
    else {
      this.reader.read(i);
      end = this.reader.end;
      if (text[end] === '_' && end < this.limit)
        end = i + (/^[\d_]*(\.[\d_]*)?([eE][-+]?[\d_]+)?/.exec(text.slice(i, i + 400))?.[0].length ?? 1);
      if (/[jJ]/.test(text[end] ?? '')) end++;
    }
    const source = text.slice(i, end);
    if (source[0] === '0' && /^0\d*[1-9]\d*$/.test(source))
      this.bad(
        i,
        'leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers',
        end - i,
      );
    else {
      this.push('number', i, end, source);
      this.i = end;
    }
  }

  /** How many characters from here on belong to a name. */
  private nameLength(): number {
    const { codes, base } = this.reader;
    let k = this.i - base;
    while (isWord(codes[k])) k++;
    if (codes[k] < 128) return k + base - this.i;
    NAME.lastIndex = this.i;
    return NAME.exec(this.text)?.[0].length ?? 0;
  }

  private word(): void {
    const length = this.nameLength();
    if (length === 0) {
      const code = this.text.codePointAt(this.i) ?? 0;
      this.bad(this.i, `the character ${String.fromCodePoint(code)} is not read`, code > 0xffff ? 2 : 1);
      return;
    }
    const end = Math.min(this.i + length, this.limit);
    const name = this.text.slice(this.i, end);
    const next = this.text[end];
    if ((next === '"' || next === "'") && /^([rRuUbBfF]|[rR][bBfF]|[bBfF][rR])$/.test(name)) {
      this.string(this.i, name.toLowerCase());
      return;
    }
    this.push(KEYWORDS.has(name) ? 'keyword' : 'name', this.i, end, name);
    this.i = end;
  }

  private string(start: number, prefix: string): void {
    const { text } = this;
    let j = start + prefix.length;
    const quote = text[j];
    const triple = text.startsWith(quote.repeat(3), j);
    const close = triple ? quote.repeat(3) : quote;
    j += close.length;
    let value = '';
    for (;;) {
      if (j >= this.limit || (!triple && (text[j] === '\n' || text[j] === '\r'))) {
        this.push('bad', start, j, 'the string is never closed');
        this.i = j;
        return;
      }
      if (text.startsWith(close, j)) break;
      if (text[j] === '\\' && !prefix.includes('r')) {
        const [decoded, length] = escaped(text, j);
        value += decoded;
        j += length;
      } else if (text[j] === '\\') {
        value += text.slice(j, j + 2);
        j += 2;
      } else {
        const from = j;
        do j++;
        while (j < this.limit && text[j] !== quote && text[j] !== '\\' && text[j] !== '\n' && text[j] !== '\r');
        value += text.slice(from, j);
      }
    }
    this.i = j + close.length;
    const token = this.push('string', start, this.i, value);
    token.prefix = prefix;
    if (prefix.includes('f')) {
      const from = start + prefix.length + close.length;
      token.parts = formattedParts(text, from, j, prefix.includes('r'), 0);
    }
  }

  /** Whether a bracket here begins a literal: behind an operand it calls or subscripts. */
  private beginsLiteral(): boolean {
    const { last } = this;
    if (this.i < this.scannedTo) return false;
    return !(
      last &&
      (last.kind === 'name' ||
        last.kind === 'number' ||
        last.kind === 'string' ||
        last.kind === 'dense' ||
        (last.kind === 'operator' && (last.text === ')' || last.text === ']' || last.text === '}')))
    );
  }

  private operator(c: string): void {
    const { text, i } = this;
    if ((c === '[' || c === '(') && this.beginsLiteral()) {
      const scanned = scanNested(this.reader, i);
      if (scanned.kind === 'plain') {
        this.push('dense', i, scanned.end, '').scanned = scanned;
        this.i = scanned.end;
        return;
      }
      this.scannedTo = scanned.at;
    }
    const op =
      (FOLLOWERS.includes(text[i + 1]) ? OPERATORS.find(o => text.startsWith(o, i)) : undefined) ??
      (SINGLE.includes(c) ? c : undefined);
    if (op === undefined) {
      const name =
        c === '\u2212'
          ? 'the minus sign U+2212 is not Python; write -'
          : c === '\u00a0'
            ? 'a no-break space (U+00A0) is not Python; write a plain space'
            : `the character ${c} is not Python`;
      this.bad(i, name);
      return;
    }
    const index = this.count;
    this.i += op.length;
    if (op === '(' || op === '[' || op === '{') {
      this.push('operator', i, this.i, op).closer = -1;
      this.open.push(index);
      return;
    }
    this.push('operator', i, this.i, op);
    if (op === ')' || op === ']' || op === '}') {
      const opener = this.open.pop();
      if (opener !== undefined) (this.tokens[opener] as Written).closer = index;
    }
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '0': '\0',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\n': '',
};

function escaped(text: string, at: number): [string, number] {
  const c = text[at + 1] ?? '';
  if (c in ESCAPES) return [ESCAPES[c], 2];
  const hex = c === 'x' ? 2 : c === 'u' ? 4 : c === 'U' ? 8 : 0;
  const digits = text.slice(at + 2, at + 2 + hex);
  if (hex > 0 && /^[0-9a-fA-F]+$/.test(digits) && digits.length === hex && Number.parseInt(digits, 16) <= 0x10ffff)
    return [String.fromCodePoint(Number.parseInt(digits, 16)), 2 + hex];
  return [`\\${c}`, 2];
}
