import type {
  Argument,
  BinaryOperator,
  ComparisonOperator,
  Expression,
  Parameter,
  UnaryOperator,
} from '../../expression/expression';
import { MAX_NESTING } from '../../text/nested-scanner';
import { cover, type Span } from '../../text/span';
import { Code } from './code';
import { FUNCTION_NAMES } from './function-names';
import { BROKEN_OFF, type Token } from './lexer';

/** Ends the reading of a statement; caught by the statement parser and never outside this folder. */
export class Malformed {
  constructor(
    readonly message: string,
    readonly span: Span,
    readonly status: 'error' | 'unknown' = 'error',
  ) {}
}

type Infix =
  | { readonly kind: 'binary'; readonly operator: BinaryOperator }
  | { readonly kind: 'comparison'; readonly operator: ComparisonOperator }
  | { readonly kind: 'logical'; readonly operator: 'and' | 'or' };

const binary = (operator: BinaryOperator): Infix => ({ kind: 'binary', operator });
const comparison = (operator: ComparisonOperator): Infix => ({ kind: 'comparison', operator });

/** Infix operators with their binding power; the colon stands between comparison and sum, powers are postfix here. */
const INFIX: ReadonlyMap<string, readonly [number, Infix]> = new Map<string, readonly [number, Infix]>([
  ['||', [1, { kind: 'logical', operator: 'or' }]],
  ['&&', [2, { kind: 'logical', operator: 'and' }]],
  ['|', [3, binary('bit-or')]],
  ['&', [4, binary('bit-and')]],
  ['<', [5, comparison('less')]],
  ['<=', [5, comparison('less-equal')]],
  ['==', [5, comparison('equal')]],
  ['~=', [5, comparison('not-equal')]],
  ['!=', [5, comparison('not-equal')]],
  ['>', [5, comparison('greater')]],
  ['>=', [5, comparison('greater-equal')]],
  ['+', [7, binary('add')]],
  ['-', [7, binary('subtract')]],
  ['*', [8, binary('multiply')]],
  ['/', [8, binary('divide')]],
  ['\\', [8, binary('left-divide')]],
  ['.*', [8, binary('elementwise-multiply')]],
  ['./', [8, binary('elementwise-divide')]],
  ['.\\', [8, binary('elementwise-left-divide')]],
]);
const COLON = 6;

/** Constants that are functions of a size, too. */
export const CONSTANT_NAMES: ReadonlySet<string> = new Set(
  'pi e Inf inf NaN nan NA eps realmax realmin true false i j I J'.split(' '),
);

const POWERS: ReadonlyMap<string, BinaryOperator> = new Map<string, BinaryOperator>([
  ['^', 'power'],
  ['**', 'power'],
  ['.^', 'elementwise-power'],
  ['.**', 'elementwise-power'],
]);

const PREFIX: ReadonlyMap<string, UnaryOperator> = new Map<string, UnaryOperator>([
  ['+', 'plus'],
  ['-', 'negate'],
  ['!', 'not'],
  ['~', 'not'],
]);

/** Reads expressions by operator precedence. Within brackets blanks separate entries, as MATLAB and Octave do. */
export class ExpressionParser {
  index = 0;
  private depth = 0;
  /** How expressions are written, for the text of function handles. */
  readonly code = new Code();
  /** Parameters of the anonymous functions around. */
  private readonly parameters: string[] = [];
  /** Inside a matrix and outside any parenthesis within it. */
  private spaced = false;

  constructor(
    readonly tokens: readonly Token[],
    /** Whether a name is a variable so far, or a function of this file. */
    private readonly isDefined: (name: string) => boolean,
  ) {}

  get token(): Token {
    return this.tokens[this.index];
  }

  is(text: string): boolean {
    return this.token.kind === 'operator' && this.token.text === text;
  }

  take(text: string): boolean {
    if (!this.is(text)) return false;
    this.index++;
    return true;
  }

  private isBrokenOff(): boolean {
    return this.token.kind === 'newline' && this.token.text === BROKEN_OFF;
  }

  fail(token: Token = this.token): never {
    const message = token.kind === 'bad' ? token.text : 'parse error';
    throw new Malformed(message, { start: token.start, end: Math.max(token.end, token.start) });
  }

  expression(power = 0): Expression {
    if (++this.depth > 4 * MAX_NESTING) throw new Malformed('nested too deeply to read', this.token);
    try {
      return this.infix(this.prefix(), power);
    } finally {
      this.depth--;
    }
  }

  private infix(first: Expression, power: number): Expression {
    let left = first;
    for (;;) {
      const t = this.token;
      if (t.kind !== 'operator' || this.separates()) return left;
      if (t.text === ':') {
        if (COLON < power || this.endsColon(this.index + 1)) return left;
        left = this.range(left);
        continue;
      }
      const found = INFIX.get(t.text);
      if (!found || found[0] < power) return left;
      this.refuseStep(t);
      this.index++;
      const right = this.expression(found[0] + 1);
      const at = { span: cover(left.span, right.span), operatorSpan: spanOf(t) };
      switch (found[1].kind) {
        case 'binary':
          left = { kind: 'binary', operator: found[1].operator, left, right, ...at };
          break;
        case 'logical':
          left = { kind: 'logical', operator: found[1].operator, left, right, ...at };
          break;
        case 'comparison':
          left = {
            kind: 'comparison',
            operators: [found[1].operator],
            operands: [left, right],
            span: at.span,
            operatorSpans: [at.operatorSpan],
          };
      }
    }
  }

  /** `x++` within an expression changes x: it is not read. */
  private refuseStep(t: Token): void {
    const next = this.tokens[this.index + 1];
    const step = (t.text === '+' || t.text === '-') && next.text === t.text && next.start === t.end;
    if (step && this.endsColon(this.index + 2))
      throw new Malformed(`${t.text}${t.text} within an expression is not read`, t, 'unknown');
  }

  /** `start:stop` or `start:step:stop`; more colons take the range so far as their start. */
  private range(start: Expression): Expression {
    this.index++;
    const second = this.expression(COLON + 1);
    if (!this.is(':') || this.endsColon(this.index + 1)) {
      return { kind: 'range', start, stop: second, span: cover(start.span, second.span) };
    }
    this.index++;
    const stop = this.expression(COLON + 1);
    return { kind: 'range', start, step: second, stop, span: cover(start.span, stop.span) };
  }

  /** Whether no operand can begin at this token: a colon before it stands alone. */
  private endsColon(index: number): boolean {
    const t = this.tokens[index];
    return (
      t.kind === 'newline' || t.kind === 'end' || (t.kind === 'operator' && [')', ',', ']', '}', ';'].includes(t.text))
    );
  }

  /** Whether, between the entries of a matrix, blanks before this token begin a new entry. */
  private separates(): boolean {
    const t = this.token;
    if (!this.spaced || !t.space) return false;
    if (t.kind !== 'operator') return true;
    // `a -1` is two entries, `a - 1` and `a-1` are one.
    if (t.text === '+' || t.text === '-') return !this.tokens[this.index + 1].space;
    return ['!', '~', '(', '[', '{', '@'].includes(t.text);
  }

  private prefix(): Expression {
    const t = this.token;
    const operator = t.kind === 'operator' ? PREFIX.get(t.text) : undefined;
    if (!operator) return this.postfix(this.primary(), true);
    this.index++;
    const operand = this.guarded(() => this.prefix());
    return { kind: 'unary', operator, operatorSpan: spanOf(t), operand, span: cover(spanOf(t), operand.span) };
  }

  private guarded<T>(read: () => T): T {
    if (++this.depth > 4 * MAX_NESTING) throw new Malformed('nested too deeply to read', this.token);
    try {
      return read();
    } finally {
      this.depth--;
    }
  }

  /** Calls, fields and, where `powers` allows, transposes and powers, from left to right. */
  private postfix(first: Expression, powers: boolean): Expression {
    let e = first;
    for (;;) {
      const t = this.token;
      if (t.kind !== 'operator') return e;
      if (t.text === '(' && !(this.spaced && t.space)) {
        const callee = this.callee(e);
        const args = this.arguments();
        e = { kind: 'call', callee, arguments: args, span: { start: e.span.start, end: this.last.end } };
      } else if (t.text === '{' && !(this.spaced && t.space)) {
        const args = this.arguments();
        const span = { start: e.span.start, end: this.last.end };
        e = { kind: 'call', callee: e, arguments: args, braces: true, span };
      } else if (t.text === '.' && !t.space) {
        e = this.field(e);
      } else if (powers && (t.text === "'" || t.text === ".'") && !(this.spaced && t.space)) {
        this.index++;
        const operator = t.text === "'" ? 'conjugate-transpose' : 'transpose';
        e = { kind: 'unary', operator, operatorSpan: spanOf(t), operand: e, span: { start: e.span.start, end: t.end } };
      } else if (powers && POWERS.has(t.text)) {
        this.index++;
        const right = this.exponent();
        const operator = POWERS.get(t.text) as BinaryOperator;
        e = { kind: 'binary', operator, operatorSpan: spanOf(t), left: e, right, span: cover(e.span, right.span) };
      } else return e;
    }
  }

  /**
   * The name of a constant that is called, `NaN(2)`, is marked by parentheses; so is a name that nothing here defines,
   * which must be a function of another file.
   */
  private callee(e: Expression): Expression {
    if (e.kind !== 'name' || this.isDefined(e.name) || this.parameters.includes(e.name)) return e;
    return CONSTANT_NAMES.has(e.name) || !FUNCTION_NAMES.has(e.name) ? { ...e, name: `${e.name}()` } : e;
  }

  /** In `2^-x'` the sign belongs to the exponent, the transpose to the power. */
  private exponent(): Expression {
    const t = this.token;
    const operator = t.kind === 'operator' ? PREFIX.get(t.text) : undefined;
    if (!operator) return this.postfix(this.primary(), false);
    this.index++;
    const operand = this.guarded(() => this.exponent());
    return { kind: 'unary', operator, operatorSpan: spanOf(t), operand, span: cover(spanOf(t), operand.span) };
  }

  private field(object: Expression): Expression {
    this.index++;
    const name = this.token;
    if (name.kind !== 'name') {
      if (!this.is('(')) this.fail();
      const args = this.arguments();
      if (args.length !== 1) this.fail();
      const span = { start: object.span.start, end: this.last.end };
      const callee: Expression = { kind: 'name', name: 'getfield', span };
      return { kind: 'call', callee, arguments: [{ value: object }, ...args], field: true, span };
    }
    this.index++;
    return {
      kind: 'member',
      object,
      name: name.text,
      nameSpan: spanOf(name),
      span: { start: object.span.start, end: name.end },
    };
  }

  get last(): Token {
    return this.tokens[this.index - 1];
  }

  /** The arguments from the opening bracket to the closing one. A bare colon is a range without ends. */
  private arguments(): Argument[] {
    const closer = this.token.text === '(' ? ')' : '}';
    this.index++;
    const outer = this.spaced;
    this.spaced = false;
    const args: Argument[] = [];
    while (!this.is(closer)) {
      const t = this.token;
      const next = this.tokens[this.index + 1];
      if (this.isBrokenOff()) this.fail();
      if (t.kind === 'newline') this.index++;
      else if (this.is(':') && next?.kind === 'operator' && (next.text === ',' || next.text === closer)) {
        this.index++;
        args.push({ value: { kind: 'range', span: spanOf(t) } });
      } else args.push({ value: this.expression() });
      if (!this.take(',') && !this.is(closer) && this.token.kind !== 'newline') this.fail();
      if (this.token.kind === 'end') this.fail();
    }
    this.index++;
    this.spaced = outer;
    return args;
  }

  private primary(): Expression {
    const t = this.token;
    switch (t.kind) {
      case 'number':
        this.index++;
        return this.code.written(t, {
          kind: 'number',
          value: t.value ?? Number.NaN,
          span: spanOf(t),
          ...(t.integer && !t.imaginary && /^\d{1,400}$/.test(t.text) ? { integer: BigInt(t.text) } : {}),
          ...(t.imaginary ? { imaginary: true } : {}),
        });
      case 'string':
        this.index++;
        return this.code.written(t, { kind: 'string', value: t.text, span: spanOf(t) });
      case 'name':
        this.index++;
        return { kind: 'name', name: t.text, span: spanOf(t) };
      case 'dense': {
        this.index++;
        const scanned = t.scanned;
        if (!scanned) return this.fail(t);
        return this.code.written(t, {
          kind: 'dense',
          form: 'matrix',
          shape: [scanned.rows, scanned.columns],
          data: scanned.data,
          integer: scanned.integer,
          span: spanOf(t),
        });
      }
      case 'operator':
        if (t.text === '(') return this.parenthesis();
        if (t.text === '[')
          return { kind: 'matrix', rows: this.rows(']'), span: { start: t.start, end: this.last.end } };
        if (t.text === '{') {
          const rows = this.rows('}');
          return { kind: 'matrix', rows, cell: true, span: { start: t.start, end: this.last.end } };
        }
        if (t.text === '@') return this.handle();
        return this.fail();
      case 'keyword':
      case 'newline':
      case 'end':
      case 'bad':
        return this.fail();
    }
  }

  /** The parentheses belong to the text of what they hold. */
  private parenthesis(): Expression {
    const { start } = this.token;
    this.index++;
    const outer = this.spaced;
    this.spaced = false;
    const inner = this.expression();
    if (!this.take(')')) this.fail();
    this.spaced = outer;
    return this.code.wrapped({ ...inner, span: { start, end: this.last.end } }, inner);
  }

  /** Rows of entries up to the closing bracket. Empty rows do not count. */
  private rows(closer: string): Expression[][] {
    this.index++;
    const outer = this.spaced;
    this.spaced = true;
    const rows: Expression[][] = [];
    let row: Expression[] = [];
    for (;;) {
      if (this.isBrokenOff()) this.fail();
      if (this.is(closer) || this.is(';') || this.token.kind === 'newline') {
        if (row.length > 0) rows.push(row);
        row = [];
        if (this.take(closer)) break;
        this.index++;
        if (this.token.kind === 'end') this.fail();
      } else {
        row.push(this.expression());
        if (this.take(',') && this.is(',')) this.fail();
      }
    }
    this.spaced = outer;
    return rows;
  }

  /** `@sin` and `@(x) …` */
  private handle(): Expression {
    const start = this.token.start;
    this.index++;
    if (this.token.kind === 'name') {
      const name = this.token;
      this.index++;
      const body: Expression = { kind: 'name', name: name.text, span: spanOf(name) };
      return { kind: 'lambda', parameters: [], body, handle: `@${name.text}`, span: { start, end: name.end } };
    }
    const { parameters, body } = this.lambda();
    const names = parameters.map(p => p.name).join(', ');
    const handle = `@(${names}) ${this.code.of(body)}`;
    return { kind: 'lambda', parameters, body, handle, span: { start, end: body.span.end } };
  }

  /** The parameters and the body of `@(x, y) …`, from the opening parenthesis. */
  private lambda(): { readonly parameters: readonly Parameter[]; readonly body: Expression } {
    if (!this.take('(')) this.fail();
    const parameters: Parameter[] = [];
    while (!this.take(')')) {
      const t = this.token;
      if (t.kind === 'name') parameters.push({ name: t.text, span: spanOf(t) });
      else if (!this.is('~') && !this.is('!')) this.fail();
      else parameters.push({ name: '~', span: spanOf(t) });
      this.index++;
      if (!this.take(',') && !this.is(')')) this.fail();
    }
    const outer = this.spaced;
    this.spaced = false;
    const before = this.parameters.length;
    this.parameters.push(...parameters.map(p => p.name));
    const body = this.guarded(() => this.expression());
    this.parameters.length = before;
    this.spaced = outer;
    return { parameters, body };
  }

  /** Forgets what a statement that broke off left behind. */
  reset(): void {
    this.depth = 0;
    this.spaced = false;
    this.parameters.length = 0;
  }
}

export const spanOf = (t: Token): Span => ({ start: t.start, end: t.end });
