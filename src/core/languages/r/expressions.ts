import type {
  Argument,
  BinaryOperator,
  ComparisonOperator,
  Expression,
  Lambda,
  Parameter,
  Subscript,
} from '../../expression/expression';
import type { Statement, Target } from '../../expression/program';
import { MAX_NESTING } from '../../text/nested-scanner';
import { cover, type Span } from '../../text/span';
import { keepParentheses } from './deparse';
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
  | { readonly kind: 'logical'; readonly operator: 'and' | 'or' }
  | { readonly kind: 'range' }
  | { readonly kind: 'pipe' }
  /** `%name%`, a function of two arguments. */
  | { readonly kind: 'call' };

const binary = (operator: BinaryOperator): Infix => ({ kind: 'binary', operator });
const comparison = (operator: ComparisonOperator): Infix => ({ kind: 'comparison', operator });

const RANGE = 13;
const SIGN = 14;
const NOT = 8;
const TILDE = 5;

/** Infix operators with their binding power, as R's grammar has them. */
const INFIX: ReadonlyMap<string, readonly [number, Infix]> = new Map<string, readonly [number, Infix]>([
  ['||', [6, { kind: 'logical', operator: 'or' }]],
  ['|', [6, binary('bit-or')]],
  ['&&', [7, { kind: 'logical', operator: 'and' }]],
  ['&', [7, binary('bit-and')]],
  ['<', [9, comparison('less')]],
  ['<=', [9, comparison('less-equal')]],
  ['==', [9, comparison('equal')]],
  ['!=', [9, comparison('not-equal')]],
  ['>', [9, comparison('greater')]],
  ['>=', [9, comparison('greater-equal')]],
  ['+', [10, binary('add')]],
  ['-', [10, binary('subtract')]],
  ['*', [11, binary('multiply')]],
  ['/', [11, binary('divide')]],
  ['|>', [12, { kind: 'pipe' }]],
  ['%*%', [12, binary('matmul')]],
  ['%x%', [12, binary('kronecker')]],
  ['%/%', [12, binary('floor-divide')]],
  ['%%', [12, binary('modulo')]],
  [':', [RANGE, { kind: 'range' }]],
]);

/** Packages whose functions are there without being loaded. */
const BASE_PACKAGES: ReadonlySet<string> = new Set(['base', 'stats', 'utils', 'methods']);

/** What stands where an argument is left out, `f(x, )`. */
export const EMPTY_ARGUMENT = 'an argument is left out';

export const spanOf = (t: Token): Span => ({ start: t.start, end: t.end });

/** Reads expressions by operator precedence. */
export abstract class ExpressionParser {
  index = 0;
  protected depth = 0;

  constructor(readonly tokens: readonly Token[]) {}

  get token(): Token {
    return this.tokens[this.index];
  }

  protected get last(): Token {
    return this.tokens[Math.max(0, this.index - 1)];
  }

  is(text: string): boolean {
    return this.token.kind === 'operator' && this.token.text === text;
  }

  protected keyword(text: string): boolean {
    return this.token.kind === 'keyword' && this.token.text === text;
  }

  take(text: string): boolean {
    if (!this.is(text)) return false;
    this.index++;
    return true;
  }

  /** Passes over line ends where something must follow. */
  protected skipLines(): void {
    while (this.token.kind === 'newline' && this.token.text !== BROKEN_OFF) this.index++;
  }

  protected fail(token: Token = this.token): never {
    throw new Malformed(unexpected(token), { start: token.start, end: Math.max(token.end, token.start) });
  }

  protected expect(text: string): void {
    if (!this.take(text)) this.fail();
  }

  /** The statements of a body: a block without its braces, or one statement. */
  protected abstract body(): {
    readonly statements: readonly Statement[];
    readonly span: Span;
    readonly braces: boolean;
  };
  /** `left <- value`, where such an assignment stands within an expression. */
  protected abstract assigned(left: Expression, value: Expression, operator: Token, span: Span): Statement;
  protected abstract loop(): Statement;

  /** An expression of any kind, assignments among them: these are blocks without braces. */
  full(): Expression {
    if (++this.depth > 4 * MAX_NESTING) throw new Malformed('nested too deeply to read', this.token, 'unknown');
    try {
      return this.assignable();
    } finally {
      this.depth--;
    }
  }

  private assignable(): Expression {
    const left = this.expression();
    const t = this.token;
    if (t.kind !== 'operator') return left;
    if (t.text === '<-' || t.text === '<<-' || t.text === '=' || t.text === ':=') {
      this.index++;
      this.skipLines();
      return this.assignment(left, this.full(), t);
    }
    let value = left;
    for (let arrow = t; this.is('->') || this.is('->>'); arrow = this.token) {
      this.index++;
      this.skipLines();
      value = this.assignment(this.expression(), value, arrow);
    }
    return value;
  }

  private assignment(left: Expression, value: Expression, operator: Token): Expression {
    const span = cover(left.span, value.span);
    const inner = value.kind === 'block' && value.bare ? value.statements[value.statements.length - 1] : undefined;
    const statement = this.assigned(left, inner?.kind === 'assign' ? inner.value : value, operator, span);
    if (inner?.kind !== 'assign' || statement.kind !== 'assign')
      return { kind: 'block', bare: true, statements: [statement], span };
    // `a <- b <- 3` gives both the same.
    const targets: readonly Target[] = [...inner.targets, ...statement.targets];
    return { kind: 'block', bare: true, statements: [{ ...statement, targets }], span };
  }

  expression(power = 0): Expression {
    if (++this.depth > 4 * MAX_NESTING) throw new Malformed('nested too deeply to read', this.token, 'unknown');
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
      if (t.kind !== 'operator') return left;
      if (t.text === '~' && TILDE >= power) {
        this.index++;
        this.skipLines();
        left = this.formula(left.span.start, this.expression(TILDE + 1));
        continue;
      }
      const found = INFIX.get(t.text) ?? (t.text[0] === '%' ? ([12, { kind: 'call' }] as const) : undefined);
      if (!found || found[0] < power) return left;
      this.index++;
      this.skipLines();
      left = this.joined(found[1], left, this.expression(found[0] + 1), t);
    }
  }

  private joined(infix: Infix, left: Expression, right: Expression, t: Token): Expression {
    const at = { span: cover(left.span, right.span), operatorSpan: spanOf(t) };
    switch (infix.kind) {
      case 'binary':
        return { kind: 'binary', operator: infix.operator, left, right, ...at };
      case 'logical':
        return { kind: 'logical', operator: infix.operator, left, right, ...at };
      case 'comparison':
        return {
          kind: 'comparison',
          operators: [infix.operator],
          operands: [left, right],
          span: at.span,
          operatorSpans: [at.operatorSpan],
        };
      case 'range':
        return { kind: 'range', start: left, stop: right, span: at.span };
      case 'call': {
        const callee: Expression = { kind: 'name', name: t.text, span: spanOf(t) };
        return { kind: 'call', callee, arguments: [{ value: left }, { value: right }], span: at.span };
      }
      case 'pipe':
        if (right.kind !== 'call')
          throw new Malformed('Error: The pipe operator requires a function call as RHS', right.span);
        return { ...right, arguments: [{ value: left }, ...right.arguments], span: at.span };
    }
  }

  private formula(start: number, right: Expression): Expression {
    const span = { start, end: right.span.end };
    return { kind: 'unreadable', status: 'unknown', message: 'model formulas are not followed', span };
  }

  private prefix(): Expression {
    const t = this.token;
    if (t.kind === 'operator' && (t.text === '-' || t.text === '+' || t.text === '!')) {
      this.index++;
      this.skipLines();
      const operand = this.expression(t.text === '!' ? NOT : SIGN);
      const operator = t.text === '-' ? 'negate' : t.text === '+' ? 'plus' : 'not';
      return {
        kind: 'unary',
        operator,
        operatorSpan: spanOf(t),
        operand,
        span: { start: t.start, end: operand.span.end },
      };
    }
    if (this.take('~')) return this.formula(t.start, this.expression(TILDE + 1));
    return this.power();
  }

  /** Powers bind from the right and take a signed exponent. */
  private power(): Expression {
    const base = this.postfix(this.primary());
    const t = this.token;
    if (!this.take('^')) return base;
    this.skipLines();
    const exponent = this.expression(SIGN + 1);
    return {
      kind: 'binary',
      operator: 'power',
      operatorSpan: spanOf(t),
      left: base,
      right: exponent,
      span: cover(base.span, exponent.span),
    };
  }

  private postfix(first: Expression): Expression {
    let e = first;
    for (;;) {
      const t = this.token;
      if (t.kind !== 'operator') return e;
      if (t.text === '(') {
        const args = this.arguments();
        e = { kind: 'call', callee: e, arguments: args, span: { start: e.span.start, end: this.last.end } };
      } else if (t.text === '[' || t.text === '[[') {
        const subscripts = this.subscripts(t.text === '[' ? ']' : ']]');
        const element = t.text === '[[' ? { element: true as const } : {};
        e = { kind: 'index', object: e, subscripts, ...element, span: { start: e.span.start, end: this.last.end } };
      } else if (t.text === '$' || t.text === '@') {
        this.index++;
        const name = this.token;
        if (name.kind !== 'name' && name.kind !== 'string') this.fail();
        this.index++;
        const span = { start: e.span.start, end: name.end };
        e =
          t.text === '@'
            ? { kind: 'unreadable', status: 'unknown', message: 'slots of objects are not followed', span }
            : { kind: 'member', object: e, name: name.text, nameSpan: spanOf(name), span };
      } else if ((t.text === '::' || t.text === ':::') && e.kind === 'name') {
        this.index++;
        const name = this.token;
        if (name.kind !== 'name' && name.kind !== 'string') this.fail();
        this.index++;
        const span = { start: e.span.start, end: name.end };
        e = BASE_PACKAGES.has(e.name)
          ? { kind: 'name', name: name.text, span }
          : { kind: 'unreadable', status: 'unknown', message: `the package ${e.name} is not read`, span };
      } else return e;
    }
  }

  /** What stands between parentheses behind a function. */
  private arguments(): Argument[] {
    this.index++;
    const out: Argument[] = [];
    if (this.take(')')) return out;
    for (;;) {
      out.push(this.argument());
      if (this.take(')')) return out;
      this.expect(',');
      // An empty one behind the last comma.
      if (this.is(')')) out.push({ value: this.nothing() });
      if (this.take(')')) return out;
    }
  }

  private argument(): Argument {
    if (this.is(',')) return { value: this.nothing() };
    const name = this.argumentName();
    if (name === undefined) return { value: this.full() };
    return { name, value: this.is(',') || this.is(')') ? this.nothing() : this.full() };
  }

  /** The name of `name = value`; the sign is passed over. */
  private argumentName(): string | undefined {
    const { token } = this;
    const next = this.tokens[this.index + 1];
    const named = token.kind === 'name' || token.kind === 'string' || (token.kind === 'keyword' && token.text === 'in');
    if (!named || next.kind !== 'operator' || next.text !== '=') return undefined;
    this.index += 2;
    return token.text;
  }

  private nothing(): Expression {
    const { start } = this.token;
    return { kind: 'unreadable', status: 'unknown', message: EMPTY_ARGUMENT, span: { start, end: start } };
  }

  private subscripts(closer: string): Subscript[] {
    this.index++;
    const out: Subscript[] = [];
    for (;;) {
      const { start } = this.token;
      if (this.is(',') || this.is(closer)) out.push({ kind: 'slice', span: { start, end: start } });
      else {
        const name = this.argumentName();
        out.push({ kind: 'at', value: this.full(), ...(name === undefined ? {} : { name }) });
      }
      if (this.take(closer)) return out;
      this.expect(',');
    }
  }

  private primary(): Expression {
    const t = this.token;
    switch (t.kind) {
      case 'number':
        this.index++;
        return numberOf(t);
      case 'string':
        this.index++;
        return { kind: 'string', value: t.text, span: spanOf(t) };
      case 'dense': {
        this.index++;
        const data = t.data ?? this.fail(t);
        return { kind: 'dense', form: 'list', shape: [data.length], data, integer: false, span: spanOf(t) };
      }
      case 'name':
        this.index++;
        return nameOf(t);
      case 'keyword':
        return this.construct(t);
      case 'operator':
        if (t.text === '(') return this.parenthesis();
        if (t.text === '{') {
          const { statements, span } = this.body();
          return { kind: 'block', statements, span };
        }
        if (t.text === '\\') return this.lambda();
        return this.fail();
      case 'newline':
      case 'end':
      case 'bad':
        return this.fail();
    }
  }

  private construct(t: Token): Expression {
    if (t.text === 'function') return this.lambda();
    if (t.text === 'if') return this.conditional();
    if (t.text === 'for' || t.text === 'while' || t.text === 'repeat' || t.text === 'break' || t.text === 'next') {
      const statement = this.loop();
      return { kind: 'block', bare: true, statements: [statement], span: statement.span };
    }
    return this.fail();
  }

  private conditional(): Expression {
    const { start } = this.token;
    this.index++;
    this.expect('(');
    const condition = this.full();
    this.expect(')');
    this.skipLines();
    const then = this.full();
    const before = this.index;
    this.skipLines();
    if (this.keyword('else')) {
      this.index++;
      this.skipLines();
      const otherwise = this.full();
      return { kind: 'conditional', condition, then, otherwise, span: { start, end: otherwise.span.end } };
    }
    this.index = before;
    const { end } = then.span;
    // Without an else the value is NULL, which does not print.
    const otherwise: Expression = { kind: 'block', bare: true, statements: [], span: { start: end, end } };
    return { kind: 'conditional', condition, then, otherwise, span: { start, end } };
  }

  /** `function(x, y = 2) …` */
  protected lambda(): Lambda {
    const { start } = this.token;
    this.index++;
    this.expect('(');
    const parameters = this.parameters();
    this.skipLines();
    const body = this.full();
    return { kind: 'lambda', parameters, body, span: { start, end: body.span.end } };
  }

  private parameters(): Parameter[] {
    const out: Parameter[] = [];
    if (this.take(')')) return out;
    for (;;) {
      const t = this.token;
      if (t.kind !== 'name') this.fail();
      this.index++;
      const collects = t.text === '...' ? { collects: 'sequence' as const } : {};
      const value = this.take('=') ? { default: this.full() } : {};
      out.push({ name: t.text, span: spanOf(t), ...collects, ...value });
      if (this.take(')')) return out;
      this.expect(',');
    }
  }

  private parenthesis(): Expression {
    const { start } = this.token;
    this.index++;
    const inner = this.full();
    if (!this.take(')')) this.fail();
    return keepParentheses({ ...inner, span: { start, end: this.last.end } }, inner);
  }
}

function numberOf(t: Token): Expression {
  const value = t.value ?? 0;
  const plain = t.suffix === undefined && /^\d{1,15}$/.test(t.text);
  return {
    kind: 'number',
    value,
    span: spanOf(t),
    ...(plain || (t.suffix === 'L' && Number.isInteger(value)) ? { integer: BigInt(value) } : {}),
    ...(t.suffix === 'L' && Number.isInteger(value) ? { suffix: 'L' as const } : {}),
    ...(t.suffix === 'i' ? { imaginary: true } : {}),
  };
}

function nameOf(t: Token): Expression {
  const span = spanOf(t);
  switch (t.text) {
    case 'TRUE':
    case 'FALSE':
      return { kind: 'boolean', value: t.text === 'TRUE', span };
    case 'NULL':
      return { kind: 'none', span };
    case '...':
      return { kind: 'ellipsis', span };
    default:
      return { kind: 'name', name: t.text, span };
  }
}

/** R's words for what cannot stand where it stands. */
function unexpected(t: Token): string {
  switch (t.kind) {
    case 'bad':
      return t.text;
    case 'end':
      return 'Error: unexpected end of input';
    case 'newline':
      return t.text === BROKEN_OFF ? 'Error: unexpected end of input' : 'Error: unexpected end of line';
    case 'number':
      return 'Error: unexpected numeric constant';
    case 'string':
      return 'Error: unexpected string constant';
    case 'name':
    case 'dense':
      return 'Error: unexpected symbol';
    case 'keyword':
    case 'operator':
      return t.text === '<-' ? 'Error: unexpected assignment' : `Error: unexpected '${t.text}'`;
  }
}
