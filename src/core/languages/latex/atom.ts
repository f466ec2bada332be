import type { Expression } from '../../expression/expression';
import type { Span } from '../../text/span';
import { EnvironmentReader } from './environment';
import type { MathToken } from './lexer';
import { call, numberOf } from './token-reader';

const STYLES = new Set([
  'mathbf',
  'boldsymbol',
  'bm',
  'vec',
  'mathrm',
  'mathit',
  'mathsf',
  'mathcal',
  'mathbb',
  'hat',
  'bar',
  'tilde',
  'overline',
  'underline',
  'operatorname',
  'operatorname*',
  'textbf',
  'mathfrak',
  'dot',
]);
/** Marks that make another letter of one: `\\hat{a}` is not a. */
const ACCENTS = new Set(['hat', 'bar', 'tilde', 'overline', 'dot']);
const GREEK = new Set(
  'alpha beta gamma delta epsilon varepsilon zeta eta theta iota kappa lambda mu nu xi rho sigma tau phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega ell'.split(
    ' ',
  ),
);
const FUNCTIONS = new Set(
  'det tr rank diag trace ln log exp sin cos tan arcsin arccos arctan sinh cosh tanh ker dim min max'.split(' '),
);

/** The smallest parts of a formula: numbers, names, fractions, roots, brackets, norms, matrices. */
export abstract class AtomReader extends EnvironmentReader {
  protected abstract power(): Expression;
  protected abstract product(): Expression;

  /** Norms and bars that are open: their closing sign is the opening one. */
  protected readonly opened = { norms: 0, bars: 0 };

  /** Functions of one argument that the document defines: `f(3)` is a call of them, not a product. */
  functions: ReadonlySet<string> = new Set();

  /** Whether a factor begins here that needs no sign of multiplication before it. */
  protected beginsFactor(): boolean {
    const t = this.token;
    if (t.kind === 'number' || t.kind === 'letter') return true;
    if (t.kind === 'symbol')
      return t.text === '(' || t.text === '[' || t.text === '{' || (t.text === '|' && this.opened.bars === 0);
    if (t.kind !== 'command') return false;
    if (t.text === '|' || t.text === 'Vert') return this.opened.norms === 0;
    return (
      STYLES.has(t.text) ||
      GREEK.has(t.text) ||
      FUNCTIONS.has(t.text) ||
      [
        'frac',
        'dfrac',
        'tfrac',
        'binom',
        'sqrt',
        'begin',
        'lVert',
        'pi',
        'infty',
        'sum',
        'prod',
        'lvert',
        'langle',
        'lfloor',
        'lceil',
      ].includes(t.text)
    );
  }

  protected argument(): Expression {
    const t = this.token;
    if (this.take('{')) {
      const inner = this.nested(() => this.sum());
      if (!this.take('}')) throw this.cannotRead();
      return inner;
    }
    if (t.kind === 'number') {
      const digit = this.firstDigit(t);
      return numberOf(digit.text, { start: digit.start, end: digit.end });
    }
    if (this.is('-')) throw this.cannotRead();
    return this.nested(() => this.atom());
  }

  /** Without braces TeX takes one digit: `\frac12` is a half. What follows it stays to be read. */
  private firstDigit(t: MathToken): MathToken {
    const digit = { ...t, end: t.start + 1, text: t.text[0] };
    if (t.text.length === 1) this.index++;
    else this.tokens[this.index] = { ...t, start: digit.end, text: t.text.slice(1) };
    return digit;
  }

  protected atom(): Expression {
    const t = this.token;
    const span = { start: t.start, end: t.end };
    switch (t.kind) {
      case 'number':
        this.index++;
        return numberOf(t.text, span);
      case 'letter':
        this.index++;
        return this.named(t.text, span);
      case 'symbol':
        if (t.text === '(' || t.text === '[') return this.bracketed(t);
        if (t.text === '{') {
          this.index++;
          const inner = this.nested(() => this.sum());
          if (!this.take('}')) throw this.cannotRead();
          return inner;
        }
        if (t.text === '|') return this.bars();
        throw this.cannotRead();
      case 'command':
        return this.command(t);
      case 'end':
        throw this.cannotRead();
    }
  }

  private command(t: MathToken): Expression {
    const start = t.start;
    if (STYLES.has(t.text)) {
      this.index++;
      return this.styled(t);
    }
    if (GREEK.has(t.text)) {
      this.index++;
      return this.named(`\\${t.text}`, { start, end: t.end });
    }
    if (FUNCTIONS.has(t.text)) {
      this.index++;
      return this.applied(t.text, start);
    }
    switch (t.text) {
      case 'pi':
        this.index++;
        return this.named('\\pi', { start, end: t.end });
      case 'infty':
        this.index++;
        return { kind: 'number', value: Number.POSITIVE_INFINITY, span: { start, end: t.end } };
      // `\frac12` takes single digits.
      case 'frac':
      case 'dfrac':
      case 'tfrac': {
        this.index++;
        const left = this.argument();
        const right = this.argument();
        return {
          kind: 'binary',
          operator: 'divide',
          operatorSpan: { start, end: t.end },
          left,
          right,
          span: { start, end: this.previousEnd },
        };
      }
      case 'sqrt': {
        this.index++;
        let degree: Expression | undefined;
        if (this.take('[')) {
          degree = this.sum();
          if (!this.take(']')) throw this.cannotRead();
        }
        const inner = this.argument();
        return call(degree ? 'root' : 'sqrt', degree ? [inner, degree] : [inner], { start, end: this.previousEnd });
      }
      case 'binom': {
        this.index++;
        const [n, k] = [this.argument(), this.argument()];
        return call('binom', [n, k], { start, end: this.previousEnd });
      }
      case 'sum':
      case 'prod':
        return this.series(t);
      case 'langle':
        return this.angled(t);
      case 'begin':
        return this.environment(t);
      case 'lVert':
      case '|':
      case 'Vert':
        return this.norm(t);
      case 'lvert':
        return this.bars();
      case 'lfloor':
        return this.rounded('floor', 'rfloor');
      case 'lceil':
        return this.rounded('ceil', 'rceil');
      default:
        throw this.cannotRead();
    }
  }

  /** `\\sum_{i=1}^{n} …` up to the next sign of addition. */
  private series(t: MathToken): Expression {
    this.index++;
    if (!this.take('_') || !this.take('{')) throw this.cannotRead();
    const target = this.atom();
    if (target.kind !== 'name' || !this.take('=')) throw this.cannotRead();
    const first = this.sum();
    if (!this.take('}') || !this.take('^')) throw this.cannotRead();
    const last = this.argument();
    const element = this.nested(() => this.product());
    const span = { start: t.start, end: this.previousEnd };
    const iterable: Expression = {
      kind: 'range',
      start: first,
      stop: last,
      span: { start: t.start, end: last.span.end },
    };
    return call(
      t.text,
      [{ kind: 'comprehension', form: 'list', element, clauses: [{ target, iterable, conditions: [] }], span }],
      span,
    );
  }

  /** `\\langle a, b \\rangle`; `\\langle 3, 4 \\rangle` of numbers is the vector itself. */
  private angled(open: MathToken): Expression {
    this.index++;
    const items = [this.nested(() => this.sum())];
    const sign = this.token;
    while (this.take(',') || this.take('mid')) items.push(this.nested(() => this.sum()));
    if (items.length === 1 || !this.take('rangle')) throw this.cannotRead();
    const span = { start: open.start, end: this.previousEnd };
    const isNumber = (e: Expression): boolean => e.kind === 'number' || (e.kind === 'unary' && isNumber(e.operand));
    if (items.length > 2 || items.every(isNumber)) return { kind: 'sequence', form: 'tuple', items, span };
    const operatorSpan = { start: sign.start, end: sign.end };
    return { kind: 'binary', operator: 'dot', operatorSpan, left: items[0], right: items[1], span };
  }

  private styled(t: MathToken): Expression {
    const marked = (name: string): string => (ACCENTS.has(t.text) ? `\\${t.text}{${name}}` : name);
    if (!this.take('{')) {
      const only = this.token;
      if (only.kind !== 'letter') throw this.cannotRead();
      this.index++;
      return this.named(marked(only.text), { start: t.start, end: only.end });
    }
    const from = this.index;
    const name = this.braced();
    if (FUNCTIONS.has(name)) return this.applied(name, t.start);
    if (!/^(\\[A-Za-z]+(\{[\p{L}0-9]+\})?|[\p{L}0-9 _]+)$/u.test(name)) {
      this.index = from;
      throw this.cannotRead();
    }
    return this.named(marked(name.trim()), { start: t.start, end: this.previousEnd });
  }

  /** What stands up to the brace that closes, without the styles of letters: they mean no other letter. */
  private braced(): string {
    let text = '';
    let depth = 1;
    /** The depths whose braces belong to an accent. */
    const kept = new Set<number>();
    for (; depth > 0 && this.token.kind !== 'end'; this.index++) {
      const { kind, text: own } = this.token;
      if (this.is('{')) {
        if (/\\[a-z]+$/.test(text) && ACCENTS.has(text.slice(text.lastIndexOf('\\') + 1))) kept.add(depth);
        if (kept.has(depth++)) text += own;
      } else if (this.is('}')) {
        if (kept.delete(--depth)) text += own;
      } else if (kind !== 'command') text += own;
      else if (!STYLES.has(own) || ACCENTS.has(own)) text += `\\${own}`;
    }
    if (depth > 0) throw this.cannotRead();
    return text;
  }

  /** A name with its subscript, and a call when parenthesised arguments with a comma follow: `d(\mathbf{a}, \mathbf{b})`. */
  private named(base: string, span: Span): Expression {
    let name = base;
    let end = span.end;
    if (this.is('_')) {
      this.index++;
      const { kind, text } = this.token;
      if (kind === 'command' && STYLES.has(text) && !ACCENTS.has(text)) this.index++;
      const t = this.token;
      if (this.take('{')) name = `${base}_${this.braced()}`;
      else if (t.kind === 'end') throw this.cannotRead();
      else {
        this.index++;
        name = `${base}_${t.kind === 'number' ? t.text[0] : t.text}`;
      }
      end = this.previousEnd;
    }
    const node: Expression = { kind: 'name', name, span: { start: span.start, end } };
    if (this.is('(') && (this.functions.has(name) || this.hasTopLevelComma())) {
      this.index++;
      const args = [this.nested(() => this.sum())];
      while (this.take(',')) args.push(this.nested(() => this.sum()));
      if (!this.take(')')) throw this.cannotRead();
      return {
        kind: 'call',
        callee: node,
        arguments: args.map(value => ({ value })),
        span: { start: span.start, end: this.previousEnd },
      };
    }
    return node;
  }

  private hasTopLevelComma(): boolean {
    let depth = 0;
    for (let k = this.index; this.tokens[k].kind !== 'end'; k++) {
      const { text, kind } = this.tokens[k];
      if (kind === 'letter') continue;
      if (text === '(' || text === '[' || text === '{' || text === 'begin') depth++;
      else if (text === ')' || text === ']' || text === '}' || text === 'end') depth--;
      else if (text === ',' && depth === 1) return true;
      if (depth === 0) return false;
    }
    return false;
  }

  /** A function's name with what it is applied to; `\\log_2 8` has its base as a second argument. */
  private applied(name: string, start: number): Expression {
    const base = name === 'log' && this.take('_') ? [this.argument()] : [];
    let exponent: Expression | undefined;
    if (this.is('^')) {
      this.index++;
      exponent = this.argument();
    }
    const operand = this.power();
    const span = { start, end: this.previousEnd };
    const value = call(name, [operand, ...base], span);
    return exponent
      ? { kind: 'binary', operator: 'power', operatorSpan: span, left: value, right: exponent, span }
      : value;
  }

  /** `(…)` groups, and `[…]` what is no number; `(1, 2)` and `[1, 2, 3]` are vectors. */
  private bracketed(open: MathToken): Expression {
    const close = open.text === '(' ? ')' : ']';
    this.index++;
    const items = [this.nested(() => this.sum())];
    while (this.take(',')) items.push(this.nested(() => this.sum()));
    if (!this.is(close)) throw this.cannotRead();
    this.index++;
    const span = { start: open.start, end: this.previousEnd };
    if (items.length === 1 && (open.text === '(' || items[0].kind !== 'number')) return { ...items[0], span };
    return { kind: 'sequence', form: open.text === '(' ? 'tuple' : 'list', items, span };
  }

  /** `\|…\|`, `\lVert…\rVert`, with an order as subscript. */
  private norm(open: MathToken): Expression {
    this.index++;
    this.opened.norms++;
    const inner = this.nested(() => this.sum());
    this.opened.norms--;
    if (!(this.take('rVert') || this.take('|') || this.take('Vert'))) throw this.cannotRead();
    return this.ordered(inner, open.start);
  }

  private ordered(inner: Expression, start: number): Expression {
    const args = [inner];
    if (this.is('_')) {
      this.index++;
      const braced = this.take('{');
      const letter = this.token;
      if (letter.kind === 'letter') {
        this.index++;
        args.push({ kind: 'string', value: letter.text, span: { start: letter.start, end: letter.end } });
      } else args.push(braced ? this.sum() : this.argument());
      if (braced && !this.take('}')) throw this.cannotRead();
    }
    return call('norm', args, { start, end: this.previousEnd });
  }

  private rounded(name: string, close: string): Expression {
    const { start } = this.token;
    this.index++;
    const inner = this.nested(() => this.sum());
    if (!this.take(close)) throw this.cannotRead();
    return call(name, [inner], { start, end: this.previousEnd });
  }

  /** `|…|` is the absolute value or the determinant; `||…||` a norm. */
  private bars(): Expression {
    const open = this.token;
    this.index++;
    const double = open.text === '|' && open.kind === 'symbol' && this.is('|');
    if (double) this.index++;
    this.opened.bars++;
    const inner = this.nested(() => this.sum());
    this.opened.bars--;
    if (!(this.take('|') || this.take('rvert'))) throw this.cannotRead();
    if (double) {
      if (!this.take('|')) throw this.cannotRead();
      return this.ordered(inner, open.start);
    }
    return {
      kind: 'unary',
      operator: 'absolute',
      operatorSpan: { start: open.start, end: open.end },
      operand: inner,
      span: { start: open.start, end: this.previousEnd },
    };
  }
}
