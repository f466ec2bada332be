import type { BinaryOperator, EqualityChain, Expression, UnaryOperator } from '../../expression/expression';
import { cover, type Span } from '../../text/span';
import { AtomReader } from './atom';
import { type MathToken, tokenizeMath } from './lexer';
import { call, Unreadable } from './token-reader';

const RELATIONS: Readonly<Record<string, EqualityChain['relations'][number]>> = {
  '=': 'equal',
  approx: 'approximately',
  simeq: 'approximately',
  neq: 'not-equal',
  ne: 'not-equal',
  equiv: 'equal',
  coloneqq: 'equal',
};

/** Commands that stand between formulas: spaces, words, and what says that one follows from the other. */
const SEPARATORS: ReadonlySet<string> = new Set([
  'quad',
  '\\',
  'newline',
  'text',
  'tag',
  'label',
  'mbox',
  'implies',
  'impliedby',
  'iff',
  'Rightarrow',
  'Longrightarrow',
  'Leftrightarrow',
  'Longleftrightarrow',
  'therefore',
]);

/** What says that the next formula follows. */
const FOLLOWS = /^(?:implies|iff|therefore|Rightarrow|Longrightarrow|Leftrightarrow|Longleftrightarrow)$/;

/** One formula, part of a display: expressions joined by relations. */
export interface Formula {
  readonly parts: readonly Expression[];
  readonly relations: readonly EqualityChain['relations'][number][];
  readonly span: Span;
}

/** Reads the formulas of one stretch of mathematics: separated by commas, semicolons, `\quad` or `\\` at the top level. */
export function readFormulas(
  text: string,
  start: number,
  end: number,
  functions: ReadonlySet<string> = new Set(),
): Formula[] {
  const parser = new FormulaParser(text, tokenizeMath(text, start, end));
  parser.functions = functions;
  return parser.formulas();
}

class FormulaParser extends AtomReader {
  formulas(): Formula[] {
    const out: Formula[] = [];
    while (this.token.kind !== 'end') {
      if (this.separator()) {
        this.index++;
        continue;
      }
      out.push(this.formula());
    }
    return out;
  }

  private separator(): boolean {
    const t = this.token;
    if (t.kind === 'symbol') return t.text === ',' || t.text === ';' || t.text === '.' || t.text === '&';
    return t.kind === 'command' && SEPARATORS.has(t.text) && this.skipArgument();
  }

  /** `\text{…}` between formulas is passed over with its argument; the others have none. */
  private skipArgument(): boolean {
    const t = this.token;
    if (['text', 'tag', 'label', 'mbox'].includes(t.text) && this.tokens[this.index + 1]?.text === '{') {
      let k = this.index + 1;
      let depth = 0;
      do {
        if (this.tokens[k].text === '{') depth++;
        if (this.tokens[k].text === '}') depth--;
        k++;
      } while (depth > 0 && this.tokens[k].kind !== 'end');
      this.index = k - 1;
    }
    return true;
  }

  private formula(): Formula {
    const first = this.index;
    const start = this.token.start;
    this.opened.norms = this.opened.bars = 0;
    const parts: Expression[] = [];
    const relations: EqualityChain['relations'][number][] = [];
    try {
      parts.push(this.sum());
      for (let relation = this.relation(); relation; relation = this.relation()) {
        relations.push(relation);
        while (this.take('&'));
        parts.push(this.sum());
      }
      if (this.token.kind !== 'end' && !this.isSeparatorToken()) throw this.cannotRead();
    } catch (e) {
      if (!(e instanceof Unreadable)) throw e;
      parts.push({ kind: 'unreadable', status: e.status, message: e.message, span: e.span });
      if (relations.length < parts.length - 1) relations.push('equal');
      this.skipFrom(first);
      return { parts, relations, span: { start, end: Math.max(this.previousEnd, start) } };
    }
    const last = parts[parts.length - 1];
    return { parts, relations, span: { start, end: Math.max(last.span.end, start) } };
  }

  /** Goes to the end of the formula that begins at a token: a line's end or a wide space outside of all brackets. */
  private skipFrom(first: number): void {
    let depth = 0;
    let k = first;
    for (; this.tokens[k].kind !== 'end'; k++) {
      const { kind, text } = this.tokens[k];
      if (kind === 'letter' || kind === 'number') continue;
      if (text === '{' || text === 'begin') depth++;
      else if (text === '}' || text === 'end') depth--;
      else if (
        depth <= 0 &&
        k >= this.index &&
        kind === 'command' &&
        (text === '\\' || text === 'quad' || FOLLOWS.test(text))
      )
        break;
    }
    this.index = Math.max(k, this.index);
  }

  private isSeparatorToken(): boolean {
    const t = this.token;
    return (
      (t.kind === 'symbol' && [',', ';', '.', '&'].includes(t.text)) || (t.kind === 'command' && SEPARATORS.has(t.text))
    );
  }

  private relation(): EqualityChain['relations'][number] | undefined {
    let k = this.index;
    // In an aligned display the next line may go on: `a &= b \\\\ &= c`.
    if (this.tokens[k].kind === 'command' && this.tokens[k].text === '\\') k++;
    while (this.tokens[k].text === '&' && this.tokens[k].kind === 'symbol') k++;
    const t = this.tokens[k];
    if (t.kind === 'symbol' && t.text === ':' && this.tokens[k + 1]?.text === '=') {
      this.index = k + 2;
      return 'equal';
    }
    const found = t.kind === 'symbol' || t.kind === 'command' ? RELATIONS[t.text] : undefined;
    if (found) this.index = k + 1;
    return found;
  }

  protected sum(): Expression {
    let left: Expression;
    if (this.is('-') || this.is('+')) {
      const sign = this.token;
      this.index++;
      const operand = this.product();
      left = {
        kind: 'unary',
        operator: sign.text === '-' ? 'negate' : 'plus',
        operatorSpan: { start: sign.start, end: sign.end },
        operand,
        span: { start: sign.start, end: operand.span.end },
      };
    } else left = this.product();
    while (this.is('+') || this.is('-')) {
      const op = this.token;
      this.index++;
      const right = this.product();
      left = {
        kind: 'binary',
        operator: op.text === '+' ? 'add' : 'subtract',
        operatorSpan: { start: op.start, end: op.end },
        left,
        right,
        span: cover(left.span, right.span),
      };
    }
    return left;
  }

  protected product(): Expression {
    let left = this.power();
    for (;;) {
      const t = this.token;
      const operator = this.productOperator();
      if (operator) {
        this.index++;
        const right = this.is('-') ? this.signed() : this.power();
        left = {
          kind: 'binary',
          operator,
          operatorSpan: { start: t.start, end: t.end },
          left,
          right,
          span: cover(left.span, right.span),
        };
      } else if (this.beginsFactor()) {
        if (t.kind === 'number' && this.tokens[this.index - 1].kind === 'number')
          throw new Unreadable('unknown', 'numbers side by side have no single meaning', {
            start: t.start,
            end: t.end,
          });
        const right = this.power();
        left = {
          kind: 'binary',
          operator: 'juxtapose',
          operatorSpan: { start: left.span.end, end: right.span.start },
          left,
          right,
          span: cover(left.span, right.span),
        };
      } else return left;
    }
  }

  private signed(): Expression {
    const sign = this.token;
    this.index++;
    const operand = this.power();
    return {
      kind: 'unary',
      operator: 'negate',
      operatorSpan: { start: sign.start, end: sign.end },
      operand,
      span: { start: sign.start, end: operand.span.end },
    };
  }

  private productOperator(): BinaryOperator | undefined {
    const t = this.token;
    if (t.kind === 'symbol') return t.text === '/' ? 'divide' : t.text === '*' ? 'juxtapose' : undefined;
    if (t.kind !== 'command') return undefined;
    return (
      {
        cdot: 'dot',
        times: 'cross',
        otimes: 'kronecker',
        odot: 'elementwise-multiply',
        circ: 'elementwise-multiply',
        div: 'divide',
      } as Readonly<Record<string, BinaryOperator>>
    )[t.text];
  }

  protected power(): Expression {
    let base = this.atom();
    for (;;) {
      if (this.is("'")) {
        this.index++;
        base = {
          kind: 'name',
          name: `${base.kind === 'name' ? base.name : 'x'}'`,
          span: { start: base.span.start, end: this.tokens[this.index - 1].end },
        };
        continue;
      }
      if (this.is('!')) {
        this.index++;
        base = call('factorial', [base], { start: base.span.start, end: this.previousEnd });
        continue;
      }
      if (!this.is('^')) return base;
      const caret = this.token;
      this.index++;
      base = this.exponent(base, caret);
    }
  }

  private exponent(base: Expression, caret: MathToken): Expression {
    const operatorSpan = { start: caret.start, end: caret.end };
    const start = this.index;
    const braced = this.take('{');
    const mark = this.transposeMark();
    if (mark && (!braced || this.take('}'))) {
      return {
        kind: 'unary',
        operator: mark,
        operatorSpan,
        operand: base,
        span: { start: base.span.start, end: this.tokens[this.index - 1].end },
      };
    }
    this.index = start;
    if (
      braced &&
      base.kind === 'name' &&
      this.tokens[start + 1]?.text === '(' &&
      this.tokens[start + 3]?.text === ')' &&
      this.tokens[start + 4]?.text === '}'
    )
      throw new Unreadable('unknown', 'a superscript in parentheses is an index', {
        start: caret.start,
        end: this.tokens[start + 4].end,
      });
    if (
      braced &&
      this.tokens[this.index + 1]?.text === '-' &&
      this.tokens[this.index + 2]?.text === '1' &&
      this.tokens[this.index + 3]?.text === '}'
    ) {
      this.index += 4;
      return {
        kind: 'unary',
        operator: 'inverse',
        operatorSpan,
        operand: base,
        span: { start: base.span.start, end: this.tokens[this.index - 1].end },
      };
    }
    if (this.token.kind === 'number' && this.token.text.length > 1) {
      const { start, end, text } = this.token;
      const message = `without braces only the first digit is raised; write ^{${text}}`;
      throw new Unreadable('unknown', message, { start, end });
    }
    const exponent = this.argument();
    return {
      kind: 'binary',
      operator: 'power',
      operatorSpan,
      left: base,
      right: exponent,
      span: { start: base.span.start, end: this.tokens[this.index - 1].end },
    };
  }

  private transposeMark(): UnaryOperator | undefined {
    const t = this.token;
    if (t.kind === 'letter' && t.text === 'T') {
      this.index++;
      return 'transpose';
    }
    if (t.kind === 'letter' && t.text === 'H') {
      this.index++;
      return 'conjugate-transpose';
    }
    if (
      t.kind === 'command' &&
      (t.text === 'top' || t.text === 'intercal' || t.text === 'dagger' || t.text === 'ast')
    ) {
      this.index++;
      return t.text === 'top' || t.text === 'intercal' ? 'transpose' : 'conjugate-transpose';
    }
    if (t.kind === 'symbol' && t.text === '*') {
      this.index++;
      return 'conjugate-transpose';
    }
    if (
      t.kind === 'command' &&
      (t.text === 'mathsf' || t.text === 'mathrm' || t.text === 'intercal' || t.text === 'text')
    ) {
      const inner = this.tokens
        .slice(this.index + 1, this.index + 4)
        .map(x => x.text)
        .join('');
      if (inner === '{T}') {
        this.index += 4;
        return 'transpose';
      }
    }
    return undefined;
  }

  /** A braced group or a single token, as the argument of `^`, `\frac`, `\sqrt`. */
}
