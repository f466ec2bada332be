import type { DenseLiteral } from '../../expression/expression';
import { NumberReader } from '../../text/decimal';
import { MAX_NESTING } from '../../text/nested-scanner';
import { scanRows } from '../../text/row-scanner';
import { Declarations } from './comma-initializers';
import { type Constructor, constructorsOf } from './constructors';
import type { Family } from './families';

/** Longer texts are not read: what a program is fed with is no code. */
const MAX_TEXT = 1_000_000;

/** Fewest numbers of a flat literal: pairs are ranges, sizes and tuples of all sorts. */
const FEWEST = 3;

/** Words before a bracket that make no index of it. */
const WORDS = new Set(
  'and await case do else export extends default Matrix Vector elsif elif in instanceof is let mut new not of or return then throw typeof unless until var const when while yield'.split(
    ' ',
  ),
);

const isDigit = (c: number): boolean => c >= 48 && c <= 57;
const isWord = (c: number): boolean => isDigit(c) || (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95;

/** What is read of a literal. */
type Numbers = Pick<DenseLiteral, 'shape' | 'data' | 'integer' | 'span'>;

/**
 * Every array literal of plain numbers in a text, and every known constructor of such, outermost ones only, in order. One
 * pass, no recursion.
 */
export function literalsIn(text: string, family: Family, languageId: string): DenseLiteral[] {
  const shifts = SHIFTING.has(languageId);
  return text.length <= MAX_TEXT ? new LiteralScanner(text, family, constructorsOf(languageId), shifts).all() : [];
}

/** Languages in which numbers are put into a matrix by `<<` and commas. */
const SHIFTING: ReadonlySet<string> = new Set(['cpp', 'cuda-cpp', 'objective-cpp']);

const LESS = 60;

const PARENTHESIS = 40;
const SLASH = 47;

const dense = (found: Numbers): DenseLiteral => ({
  kind: 'dense',
  form: found.shape.length === 1 ? 'list' : 'matrix',
  ...found,
});

/** Numbers that were read column by column, as `shape` says of the columns. */
function transposed({ shape: [columns, rows], data, ...rest }: Numbers): Numbers & { readonly byColumns: true } {
  const turned = data.map((_, k) => data[(k % columns) * rows + Math.floor(k / columns)]);
  return { ...rest, shape: [rows, columns], data: turned, byColumns: true };
}

/** Names of constructors have a size in them, but for `NewDense`, `from_row_slice` and `from_column_slice`. */
const isCall = (text: string, start: number, end: number): boolean =>
  end - start >= 8 && (text.startsWith('NewDense', start) || text.startsWith('_slice', end - 6));

class LiteralScanner {
  private readonly reader: NumberReader;
  private readonly codes: Uint8Array;
  private readonly open: number;
  /** Not 0 for the characters that begin more than themselves. */
  private readonly marks = new Uint8Array(256);
  private readonly one = new Float64Array(1);
  private readonly declarations: Declarations;

  constructor(
    private readonly text: string,
    private readonly family: Family,
    private readonly constructors: readonly Constructor[],
    shifts: boolean,
  ) {
    this.reader = new NumberReader(text);
    this.declarations = new Declarations(text);
    this.codes = this.reader.codes;
    this.open = family.open.charCodeAt(0);
    const all = [family.open, family.quotes, ...family.line.map(m => m[0]), family.block?.[0][0] ?? ''].join('');
    for (const mark of `${all}/${shifts ? '<' : ''}`) this.marks[mark.charCodeAt(0)] = 1;
  }

  all(): DenseLiteral[] {
    const { text, codes, family, marks } = this;
    const out: DenseLiteral[] = [];
    const indexes = family.open === '[';
    /** Whether what stands before is a value, which a bracket would index and a stroke divide. */
    let value = false;
    let i = 0;
    while (i < text.length) {
      const c = codes[i];
      let made: DenseLiteral | undefined;
      if (isWord(c)) {
        const start = i;
        let digit = false;
        for (; isWord(codes[i]); i++) digit ||= isDigit(codes[i]);
        if (indexes) value = (codes[i] > 32 && marks[codes[i]] === 0) || !WORDS.has(text.slice(start, i));
        if (this.constructors.length > 0 && (digit || isCall(text, start, i))) made = this.constructed(start);
      } else if (marks[c] === 0) {
        if (c > 32) value = c === 41 || c === 93;
        i++;
      } else {
        const behind = this.behindComment(i);
        if (behind > i) i = behind;
        else if (family.quotes.includes(text[i])) {
          i = this.behindText(i);
          value = true;
        } else if (c === SLASH && !value && family.patterns) {
          i = this.behindPattern(i);
          value = true;
        } else if (c === LESS) {
          if (codes[i + 1] === LESS) made = this.initialized(i);
          value = false;
          i += 2;
        } else {
          if (c === this.open && !(indexes && value)) made = this.literal(i);
          value = false;
          i++;
        }
      }
      if (made) {
        out.push(made);
        i = made.span.end;
        value = true;
      }
    }
    return out;
  }

  /** The place behind a comment that begins at `i`, or `i`. */
  private behindComment(i: number): number {
    const { text, family } = this;
    const [open, close] = family.block ?? ['', ''];
    if (open !== '' && text.startsWith(open, i)) {
      const end = text.indexOf(close, i + open.length);
      return end < 0 ? text.length : end + close.length;
    }
    return family.line.some(mark => text.startsWith(mark, i)) ? this.lineEnd(i) : i;
  }

  private lineEnd(i: number): number {
    const end = this.text.indexOf('\n', i);
    return end < 0 ? this.text.length : end;
  }

  /** The place behind a text; one that is not closed ends with its line, so that an apostrophe hides no more. */
  private behindText(start: number): number {
    const { text, family } = this;
    const quote = text[start];
    const limit = family.multiline?.includes(quote) ? text.length : this.lineEnd(start);
    for (let i = start + 1; i < limit; i++) {
      if (text[i] === '\\') i++;
      else if (text[i] === quote) return i + 1;
    }
    return limit;
  }

  /** The place behind a regular expression, which ends with its line at the latest; a class may hold strokes. */
  private behindPattern(start: number): number {
    const { codes } = this;
    const limit = this.lineEnd(start);
    let inClass = false;
    for (let i = start + 1; i < limit; i++) {
      const c = codes[i];
      if (c === 92) i++;
      else if (c === 91) inClass = true;
      else if (c === 93) inClass = false;
      else if (c === SLASH && !inClass) return i + 1;
    }
    return start + 1;
  }

  private literal(start: number): DenseLiteral | undefined {
    // Most brackets hold something else.
    let i = start + 1;
    while (this.codes[i] <= 32 && this.codes[i] > 0) i++;
    if (isWord(this.codes[i]) && !isDigit(this.codes[i])) return undefined;
    if (this.family.rows) return this.rows(start);
    const found = this.nested(start);
    return found && found.data.length >= (found.shape.length === 1 ? FEWEST : 2) ? dense(found) : undefined;
  }

  /** The vector or matrix of a constructor whose name begins at `start`. */
  private constructed(start: number): DenseLiteral | undefined {
    for (const { pattern, shape, byColumns } of this.constructors) {
      pattern.lastIndex = start;
      const match = pattern.exec(this.text);
      const found = match && this.nested(pattern.lastIndex - 1);
      const sides = found ? shape(match.slice(1), found.data.length) : undefined;
      if (!found || !sides || (found.shape.length > 1 && found.shape.join() !== sides.join())) continue;
      const literal = { ...found, shape: sides, span: { start, end: found.span.end } };
      return dense(byColumns ? transposed(literal) : literal);
    }
    return undefined;
  }

  /** The numbers behind `<<`, up to the end of the statement or of the parentheses around it. */
  private initialized(start: number): DenseLiteral | undefined {
    const { codes } = this;
    const data: number[] = [];
    let integer = true;
    let first = -1;
    let end = -1;
    for (let i = start + 2; ; ) {
      const c = codes[i];
      const comment = c > 32 ? this.behindComment(i) : i;
      if (comment > i) i = comment;
      else if (c === 32 || c === 10 || c === 13 || c === 9) i++;
      else if (end >= 0 && c === 44) {
        end = -1;
        i++;
      } else if (end >= 0) {
        const shape =
          (c === 59 || c === 41) && data.length > 1 ? this.declarations.shape(start, data.length) : undefined;
        return shape && dense({ shape, data: Float64Array.from(data), integer, span: { start: first, end } });
      } else {
        const found = this.number(i);
        if (!found) return undefined;
        integer &&= found.integer;
        data.push(found.value);
        if (first < 0) first = i;
        i = end = found.end;
      }
    }
  }

  /** A plain number with its sign and suffix. */
  private number(i: number): { readonly value: number; readonly integer: boolean; readonly end: number } | undefined {
    const { codes, reader } = this;
    const first = codes[i] === 45 || codes[i] === 43 ? i + 1 : i;
    // Leading zeros are octal in some languages.
    if (codes[first] === 48 && isDigit(codes[first + 1])) return undefined;
    if (!reader.readInto(this.one, 0, first)) return undefined;
    const end = this.behindSuffix(reader.end);
    if (isWord(codes[end]) || codes[end] === 46) return undefined;
    const [size] = this.one;
    if (reader.integer && size > Number.MAX_SAFE_INTEGER) return undefined;
    return { value: codes[i] === 45 ? 0 - size : size, integer: reader.integer, end };
  }

  /** `[1 2; 3 4]`. Commas alone make a vector; with a remainder or a splat, and of one entry, it is no literal. */
  private rows(start: number): DenseLiteral | undefined {
    const found = scanRows(this.reader, start);
    if (found.kind !== 'plain') return undefined;
    const { rows, columns, data, integer, end } = found;
    const written = this.text.slice(start, end);
    if (/%|\.\.\./.test(written)) return undefined;
    const vector = /,/.test(written) || columns === 1;
    if (vector && rows > 1 && columns > 1) return undefined;
    if (data.length < (vector ? FEWEST : 2)) return undefined;
    return dense({ shape: vector ? [data.length] : [rows, columns], data, integer, span: { start, end } });
  }

  /** Nested brackets of plain numbers in equal rows. */
  private nested(start: number): Numbers | undefined {
    const { codes } = this;
    const open = codes[start];
    const close = open === PARENTHESIS ? open + 1 : open + 2;
    const data: number[] = [];
    const counts: number[] = [];
    const shape: number[] = [];
    let integer = true;
    let wantsItem = true;
    let leaf = -1;
    let inRow = 0;
    let i = start;
    for (;;) {
      const c = codes[i];
      const comment = c > 32 ? this.behindComment(i) : i;
      if (comment > i) i = comment;
      else if (c === 32 || c === 10 || c === 13 || c === 9) i++;
      else if (c === open) {
        if (!wantsItem || counts.length === MAX_NESTING || leaf === counts.length) return undefined;
        counts.push(inRow);
        inRow = 0;
        i++;
      } else if (c === close) {
        const depth = counts.length;
        if (inRow === 0 || (shape[depth - 1] ?? inRow) !== inRow) return undefined;
        shape[depth - 1] = inRow;
        inRow = (counts.pop() ?? 0) + 1;
        wantsItem = false;
        i++;
        if (depth === 1) return { shape, data: Float64Array.from(data), integer, span: { start, end: i } };
      } else if (c === 44) {
        if (wantsItem) return undefined;
        wantsItem = true;
        i++;
      } else {
        if (!wantsItem || (leaf !== -1 && leaf !== counts.length)) return undefined;
        leaf = counts.length;
        if (shape.length > leaf) return undefined;
        const found = this.number(i);
        if (!found) return undefined;
        i = found.end;
        integer &&= found.integer;
        data.push(found.value);
        inRow++;
        wantsItem = false;
      }
    }
  }

  private behindSuffix(end: number): number {
    const { suffix } = this.family;
    if (!suffix || !isWord(this.codes[end])) return end;
    suffix.lastIndex = end;
    return suffix.test(this.text) ? suffix.lastIndex : end;
  }
}
