import type { BinaryOperator, EqualityChain, Expression, UnaryOperator } from '../../expression/expression';
import { NumberReader } from '../../text/decimal';
import { cover, type Span } from '../../text/span';
import { type MathToken, tokenizeMath } from './lexer';

const MATRICES = new Set([
  'bmatrix',
  'pmatrix',
  'Bmatrix',
  'vmatrix',
  'Vmatrix',
  'matrix',
  'smallmatrix',
  'array',
  'bsmallmatrix',
  'psmallmatrix',
]);
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
const GREEK = new Set(
  'alpha beta gamma delta epsilon varepsilon zeta eta theta iota kappa lambda mu nu xi rho sigma tau phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega ell'.split(
    ' ',
  ),
);
const FUNCTIONS = new Set(
  'det tr rank diag trace ln log exp sin cos tan arcsin arccos arctan sinh cosh tanh ker dim min max'.split(' '),
);
const RELATIONS: Readonly<Record<string, EqualityChain['relations'][number]>> = {
  '=': 'equal',
  approx: 'approximately',
  simeq: 'approximately',
  sim: 'approximately',
  neq: 'not-equal',
  ne: 'not-equal',
  equiv: 'equal',
  coloneqq: 'equal',
};

/** Braces and brackets within one another that are followed. */
const MAX_DEPTH = 60;

/** Carries what cannot be read up to the formula. */
class Unreadable {
  constructor(
    readonly status: 'error' | 'unknown',
    readonly message: string,
    readonly span: Span,
  ) {}
}

/** One formula, part of a display: expressions joined by relations. */
export interface Formula {
  readonly parts: readonly Expression[];
  readonly relations: readonly EqualityChain['relations'][number][];
  readonly span: Span;
}

/** Reads the formulas of one stretch of mathematics: separated by commas, semicolons, `\quad` or `\\` at the top level. */
export function readFormulas(text: string, start: number, end: number): Formula[] {
  return new FormulaParser(text, tokenizeMath(text, start, end)).formulas();
}

class FormulaParser {
  private index = 0;
  private depth = 0;

  constructor(
    private readonly text: string,
    private readonly tokens: readonly MathToken[],
  ) {}

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

  private get token(): MathToken {
    return this.tokens[this.index];
  }

  private is(text: string): boolean {
    const t = this.token;
    return t.kind !== 'end' && t.kind !== 'letter' && t.text === text;
  }

  private take(text: string): boolean {
    if (!this.is(text)) return false;
    this.index++;
    return true;
  }

  private separator(): boolean {
    const t = this.token;
    if (t.kind === 'symbol') return t.text === ',' || t.text === ';' || t.text === '.' || t.text === '&';
    return (
      t.kind === 'command' &&
      (t.text === 'quad' ||
        t.text === '\\' ||
        t.text === 'newline' ||
        t.text === 'text' ||
        t.text === 'tag' ||
        t.text === 'label' ||
        t.text === 'mbox') &&
      this.skipArgument()
    );
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
    const start = this.token.start;
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
      while (this.token.kind !== 'end' && !this.is('\\') && !this.is('quad')) this.index++;
    }
    const last = parts[parts.length - 1];
    return { parts, relations, span: { start, end: Math.max(last.span.end, start) } };
  }

  private isSeparatorToken(): boolean {
    const t = this.token;
    return (
      (t.kind === 'symbol' && [',', ';', '.', '&'].includes(t.text)) ||
      (t.kind === 'command' && ['quad', '\\', 'newline', 'text', 'tag', 'label', 'mbox'].includes(t.text))
    );
  }

  private relation(): EqualityChain['relations'][number] | undefined {
    let k = this.index;
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

  private cannotRead(): Unreadable {
    const t = this.token;
    if (t.kind === 'end') return new Unreadable('error', 'the formula ends too early', { start: t.start, end: t.end });
    return new Unreadable('unknown', `${t.kind === 'command' ? `\\${t.text}` : t.text} is not read here`, {
      start: t.start,
      end: t.end,
    });
  }

  private sum(): Expression {
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

  private product(): Expression {
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

  private beginsFactor(): boolean {
    const t = this.token;
    if (t.kind === 'number' || t.kind === 'letter') return true;
    if (t.kind === 'symbol') return t.text === '(' || t.text === '[' || t.text === '{';
    if (t.kind !== 'command') return false;
    return (
      STYLES.has(t.text) ||
      GREEK.has(t.text) ||
      FUNCTIONS.has(t.text) ||
      ['frac', 'dfrac', 'tfrac', 'sqrt', 'begin', 'lVert', 'pi', 'infty', 'sum', 'lvert'].includes(t.text)
    );
  }

  private power(): Expression {
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
  private argument(): Expression {
    const t = this.token;
    if (this.take('{')) {
      const inner = this.nested(() => this.sum());
      if (!this.take('}')) throw this.cannotRead();
      return inner;
    }
    if (t.kind === 'number') {
      // Without braces TeX takes one digit.
      this.index++;
      return numberOf(t.text, { start: t.start, end: t.end });
    }
    if (this.is('-')) throw this.cannotRead();
    return this.atom();
  }

  private nested<T>(read: () => T): T {
    if (++this.depth > MAX_DEPTH) {
      const t = this.token;
      this.index = this.tokens.length - 1;
      throw new Unreadable('unknown', 'nested too deeply to evaluate', { start: t.start, end: t.end });
    }
    const result = read();
    this.depth--;
    return result;
  }

  private atom(): Expression {
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
      case 'frac':
      case 'dfrac':
      case 'tfrac': {
        this.index++;
        const left = this.fractionArgument();
        const right = this.fractionArgument();
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
        const inner = this.fractionArgument();
        return call(degree ? 'root' : 'sqrt', degree ? [inner, degree] : [inner], { start, end: this.previousEnd });
      }
      case 'begin':
        return this.environment(t);
      case 'lVert':
      case '|':
      case 'Vert':
        return this.norm(t);
      case 'lvert':
        return this.bars();
      case '{':
        throw this.cannotRead();
      default:
        throw this.cannotRead();
    }
  }

  private get previousEnd(): number {
    return this.tokens[this.index - 1].end;
  }

  /** `\frac12` takes single digits. */
  private fractionArgument(): Expression {
    return this.argument();
  }

  private styled(t: MathToken): Expression {
    if (!this.take('{')) {
      const only = this.token;
      if (only.kind !== 'letter') throw this.cannotRead();
      this.index++;
      return this.named(only.text, { start: t.start, end: only.end });
    }
    let name = '';
    let depth = 1;
    const from = this.index;
    while (depth > 0 && this.token.kind !== 'end') {
      if (this.is('{')) depth++;
      else if (this.is('}')) depth--;
      if (depth > 0) name += this.token.kind === 'command' ? `\\${this.token.text}` : this.token.text;
      this.index++;
    }
    if (depth > 0) throw this.cannotRead();
    if (FUNCTIONS.has(name)) return this.applied(name, t.start);
    if (!/^(\\[A-Za-z]+|[\p{L}0-9 _]+)$/u.test(name)) {
      this.index = from;
      throw this.cannotRead();
    }
    return this.named(name.trim(), { start: t.start, end: this.previousEnd });
  }

  /** A name with its subscript, and a call when parenthesised arguments with a comma follow: `d(\mathbf{a}, \mathbf{b})`. */
  private named(base: string, span: Span): Expression {
    let name = base;
    let end = span.end;
    if (this.is('_')) {
      this.index++;
      const t = this.token;
      if (this.take('{')) {
        let inner = '';
        while (!this.is('}') && this.token.kind !== 'end') {
          inner += this.token.kind === 'command' ? `\\${this.token.text}` : this.token.text;
          this.index++;
        }
        if (!this.take('}')) throw this.cannotRead();
        name = `${base}_${inner}`;
      } else {
        this.index++;
        name = `${base}_${t.kind === 'number' ? t.text[0] : t.text}`;
      }
      end = this.previousEnd;
    }
    const node: Expression = { kind: 'name', name, span: { start: span.start, end } };
    if (this.is('(') && this.hasTopLevelComma()) {
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

  private applied(name: string, start: number): Expression {
    let exponent: Expression | undefined;
    if (this.is('^')) {
      this.index++;
      exponent = this.argument();
    }
    const operand = this.power();
    const span = { start, end: this.previousEnd };
    const value = call(name, [operand], span);
    return exponent
      ? { kind: 'binary', operator: 'power', operatorSpan: span, left: value, right: exponent, span }
      : value;
  }

  /** `(…)` groups; `(1, 2)` and `[1, 2, 3]` are vectors. */
  private bracketed(open: MathToken): Expression {
    const close = open.text === '(' ? ')' : ']';
    this.index++;
    const items = [this.nested(() => this.sum())];
    while (this.take(',')) items.push(this.nested(() => this.sum()));
    if (!this.is(close)) throw this.cannotRead();
    this.index++;
    const span = { start: open.start, end: this.previousEnd };
    if (items.length === 1 && open.text === '(') return items[0];
    return { kind: 'sequence', form: open.text === '(' ? 'tuple' : 'list', items, span };
  }

  /** `\|…\|`, `\lVert…\rVert`, with an order as subscript. */
  private norm(open: MathToken): Expression {
    this.index++;
    const inner = this.nested(() => this.sum());
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

  /** `|…|` is the absolute value or the determinant; `||…||` a norm. */
  private bars(): Expression {
    const open = this.token;
    this.index++;
    const double = open.text === '|' && open.kind === 'symbol' && this.is('|');
    if (double) this.index++;
    const inner = this.nested(() => this.sum());
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

  private environment(t: MathToken): Expression {
    this.index++;
    const name = this.environmentName();
    if (!MATRICES.has(name))
      throw new Unreadable('unknown', `the environment ${name} is not read`, { start: t.start, end: this.previousEnd });
    if (name === 'array' && this.take('{')) {
      while (!this.take('}')) {
        if (this.token.kind === 'end') throw this.cannotRead();
        this.index++;
      }
    }
    const plain = this.plainRows(name, t.start);
    const matrix = plain ?? this.rows(name, t.start);
    if (name === 'vmatrix') return call('det', [matrix], matrix.span);
    if (name === 'Vmatrix') return call('norm', [matrix], matrix.span);
    return matrix;
  }

  private environmentName(): string {
    if (!this.take('{')) throw this.cannotRead();
    let name = '';
    while (!this.is('}')) {
      if (this.token.kind === 'end') throw this.cannotRead();
      name += this.token.text;
      this.index++;
    }
    this.index++;
    return name.replace('*', '');
  }

  /** Entries that are plain signed numbers go straight into an array; undefined when some are not. */
  private plainRows(name: string, start: number): Expression | undefined {
    const from = this.index;
    const data: number[] = [];
    let columns = -1;
    let inRow = 0;
    let integer = true;
    let rows = 0;
    const reader = new NumberReader();
    const endRow = (): boolean => {
      if (columns === -1) columns = inRow;
      const fits = inRow === columns && inRow > 0;
      rows++;
      inRow = 0;
      return fits;
    };
    const give = (): undefined => {
      this.index = from;
      return undefined;
    };
    for (;;) {
      const negative = this.is('-');
      if (negative) this.index++;
      const t = this.token;
      if (t.kind !== 'number') return give();
      const value = reader.read(this.text, t.start, t.end);
      if (!reader.integer) integer = false;
      else if (value > Number.MAX_SAFE_INTEGER) return give();
      data.push(negative && value !== 0 ? -value : value);
      inRow++;
      this.index++;
      if (this.take('&')) continue;
      if (this.take('\\')) {
        if (!endRow()) return give();
        if (!this.is('end')) continue;
      } else if (!this.is('end') || !endRow()) return give();
      this.index++;
      if (this.environmentName() !== name) return give();
      return {
        kind: 'dense',
        form: 'matrix',
        shape: [rows, columns],
        data: Float64Array.from(data),
        integer,
        span: { start, end: this.previousEnd },
      };
    }
  }

  private rows(name: string, start: number): Expression {
    const rows: Expression[][] = [[]];
    while (!this.is('end')) {
      if (this.token.kind === 'end')
        throw new Unreadable('error', `\\begin{${name}} is never closed`, { start, end: this.token.end });
      if (this.take('\\')) {
        rows.push([]);
        continue;
      }
      rows[rows.length - 1].push(this.nested(() => this.sum()));
      if (!this.is('\\') && !this.is('end') && !this.take('&')) throw this.cannotRead();
    }
    this.index++;
    const closing = this.environmentName();
    if (closing !== name)
      throw new Unreadable('error', `\\begin{${name}} is closed by \\end{${closing}}`, {
        start,
        end: this.previousEnd,
      });
    if (rows[rows.length - 1].length === 0) rows.pop();
    const span = { start, end: this.previousEnd };
    const odd = rows.findIndex(r => r.length !== rows[0].length);
    if (odd > 0)
      throw new Unreadable(
        'error',
        `row ${odd + 1} has ${rows[odd].length} ${rows[odd].length === 1 ? 'entry' : 'entries'}, row 1 has ${rows[0].length}`,
        span,
      );
    return { kind: 'matrix', rows, fence: name, span };
  }
}

function numberOf(text: string, span: Span): Expression {
  return /^\d+$/.test(text)
    ? { kind: 'number', value: Number(text), integer: BigInt(text), span }
    : { kind: 'number', value: Number(text), span };
}

const call = (name: string, args: readonly Expression[], span: Span): Expression => ({
  kind: 'call',
  callee: { kind: 'name', name, span: { start: span.start, end: span.start } },
  arguments: args.map(value => ({ value })),
  span,
});
