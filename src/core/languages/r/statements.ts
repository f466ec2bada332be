import type { Call, Expression, Lambda } from '../../expression/expression';
import type { Assignment, Branching, Scope, Statement, Target } from '../../expression/program';
import { type LineIndex, lineAt } from '../../text/line-index';
import type { Span } from '../../text/span';
import { inParentheses } from './deparse';
import { ExpressionParser, Malformed, spanOf } from './expressions';
import { BROKEN_OFF, type Token } from './lexer';
import { OPTIONS, sideEffects, superAssigned } from './outer-names';

/** Blocks within blocks that are followed; deeper ones are passed over. */
const MAX_BLOCKS = 60;

/** Calls behind which any name may hold something else. */
const OPENING: ReadonlySet<string> = new Set(
  'source load attach detach assign eval evalq sys.source delayedAssign makeActiveBinding list2env'.split(' '),
);

/**
 * Reads statements from tokens. What cannot be read becomes an error of its own, and reading goes on at the next line.
 */
export class StatementParser extends ExpressionParser {
  private blocks = 0;
  private functions = 0;
  private readonly assignedNames = new Set<string>();

  constructor(
    tokens: readonly Token[],
    private readonly lines: LineIndex,
  ) {
    super(tokens);
  }

  program(): Statement[] {
    const out: Statement[] = [];
    for (;;) {
      out.push(...this.list());
      if (this.atEnd) return out;
      // A brace without a beginning.
      this.index++;
    }
  }

  /** Statements up to a closing brace, which is left. */
  private list(): Statement[] {
    const out: Statement[] = [];
    while (this.token.kind !== 'end' && !this.is('}')) {
      if (this.token.kind === 'newline' || this.is(';')) {
        if (this.token.text === BROKEN_OFF && this.blocks > 0) break;
        this.index++;
        continue;
      }
      const before = this.index;
      for (const s of this.statement()) out.push(...this.behind(s));
      if (this.index === before) this.index++;
    }
    return out;
  }

  private statement(): readonly Statement[] {
    const start = this.index;
    const { depth, blocks, functions } = this;
    try {
      const found = this.single();
      if (!this.endsStatement()) this.fail();
      return found;
    } catch (problem) {
      if (!(problem instanceof Malformed)) throw problem;
      // A block that is open belongs to those around it.
      [this.depth, this.blocks, this.functions] = [depth, blocks, functions];
      return [this.broken(start, problem)];
    }
  }

  private get atEnd(): boolean {
    return this.token.kind === 'end';
  }

  private endsStatement(): boolean {
    const { token } = this;
    return token.kind === 'newline' || token.kind === 'end' || this.is(';') || this.is('}');
  }

  /** One statement, as one or several of the program. */
  private single(): readonly Statement[] {
    const t = this.token;
    if (t.kind === 'keyword' && t.text === 'if') return [this.branches()];
    if (t.kind === 'keyword' && t.text !== 'function') return [this.loop()];
    const e = this.full();
    if (e.kind !== 'block' || !e.bare) return [this.expressionStatement(e)];
    const shown = inParentheses(e);
    return e.statements.map(s =>
      s.kind === 'assign' && !shown ? this.definition(s) : s.kind === 'assign' ? { ...s, silent: false } : s,
    );
  }

  private expressionStatement(expression: Expression): Statement {
    return { kind: 'expression', dialect: 'r', expression, span: expression.span };
  }

  /** `f <- function(x) …` defines a function of the document. */
  private definition(s: Assignment): Statement {
    const [target] = s.targets;
    const value = s.value;
    if (s.targets.length !== 1 || target.kind !== 'name' || value.kind !== 'lambda' || s.outer) return s;
    return {
      kind: 'scope',
      dialect: 'r',
      form: 'function',
      name: target.name,
      nameSpan: target.span,
      parameters: value.parameters,
      body: statementsOf(value.body),
      outer: superAssigned(value),
      span: s.span,
    } satisfies Scope;
  }

  protected assigned(left: Expression, value: Expression, operator: Token, span: Span): Statement {
    const target = this.target(left);
    if (target.kind === 'name') this.assignedNames.add(target.name);
    const outer = operator.text.length === 3 && this.functions > 0 ? { outer: true as const } : {};
    return { kind: 'assign', dialect: 'r', targets: [target], value, silent: true, span, ...outer };
  }

  private target(e: Expression): Target {
    switch (e.kind) {
      case 'name':
        return e;
      case 'string':
        return { kind: 'name', name: e.value, span: e.span };
      case 'call':
      case 'index':
      case 'member': {
        const root = rootOf(e);
        return { kind: 'other', span: e.span, place: e, ...(root === undefined ? {} : { root }) };
      }
      default:
        throw new Malformed('Error: invalid (do_set) left-hand side to assignment', e.span);
    }
  }

  protected body(): { readonly statements: readonly Statement[]; readonly span: Span; readonly braces: boolean } {
    const { start } = this.token;
    if (this.blocks >= MAX_BLOCKS) throw new Malformed('blocks nested too deeply to read', this.token, 'unknown');
    this.index++;
    this.blocks++;
    const statements = this.list();
    this.blocks--;
    if (!this.take('}')) this.fail();
    return { statements, span: { start, end: this.last.end }, braces: true };
  }

  protected override lambda(): Lambda {
    this.functions++;
    const found = super.lambda();
    this.functions--;
    return found;
  }

  /** The statements of a branch or loop. */
  private branch(): readonly Statement[] {
    this.skipLines();
    if (this.is('{')) return this.body().statements;
    if (++this.blocks > MAX_BLOCKS) throw new Malformed('blocks nested too deeply to read', this.token, 'unknown');
    const found = this.single().flatMap(s => this.behind(s));
    this.blocks--;
    return found;
  }

  private branches(): Statement {
    const { start } = this.token;
    const heads: Expression[] = [];
    const bodies: (readonly Statement[])[] = [];
    for (;;) {
      this.index++;
      this.expect('(');
      heads.push(this.full());
      this.expect(')');
      bodies.push(this.branch());
      const before = this.index;
      const { end } = this.last;
      this.skipLines();
      if (!this.keyword('else')) {
        this.index = before;
        return this.branching('if', heads, bodies, [], { start, end });
      }
      this.index++;
      this.skipLines();
      if (this.keyword('if')) continue;
      bodies.push(this.branch());
      return this.branching('if', heads, bodies, [], { start, end: this.last.end });
    }
  }

  private branching(
    form: Branching['form'],
    heads: readonly Expression[],
    bodies: readonly (readonly Statement[])[],
    bound: readonly Target[],
    span: Span,
  ): Branching {
    return { kind: 'branching', dialect: 'r', form, heads, bodies, bound, span };
  }

  protected loop(): Statement {
    const t = this.token;
    this.index++;
    const span = (): Span => ({ start: t.start, end: this.last.end });
    switch (t.text) {
      case 'for': {
        this.expect('(');
        const name = this.token;
        if (name.kind !== 'name') this.fail();
        this.index++;
        if (!this.keyword('in')) this.fail();
        this.index++;
        const over = this.full();
        this.expect(')');
        this.assignedNames.add(name.text);
        const target: Target = { kind: 'name', name: name.text, span: spanOf(name) };
        const body = this.branch();
        return this.branching('for', [over], [body], [target], span());
      }
      case 'while': {
        this.expect('(');
        const condition = this.full();
        this.expect(')');
        const body = this.branch();
        return this.branching('while', [condition], [body], [], span());
      }
      case 'repeat': {
        const always: Expression = { kind: 'boolean', value: true, span: spanOf(t) };
        const body = this.branch();
        return this.branching('while', [always], [body], [], span());
      }
      case 'break':
      case 'next':
        return {
          kind: 'opaque',
          dialect: 'r',
          binds: [],
          reason: '',
          expressions: [],
          keyword: t.text === 'next' ? 'continue' : 'break',
          span: span(),
        };
      default:
        this.index--;
        return this.fail();
    }
  }

  /** A statement with what it does to names beside its assignments, and with what it loads and sets. */
  private behind(s: Statement): readonly Statement[] {
    const own = this.named(s);
    const effects = this.blocks === 0 ? sideEffects(s) : [];
    if (effects.length === 0) return own;
    const line = lineAt(this.lines, s.span.start) + 1;
    const sets = effects.map(name =>
      this.forgotten(
        s.span,
        [name],
        name === OPTIONS
          ? `options are set on line ${line}, on which what is printed depends`
          : `it may come from what is loaded on line ${line}`,
      ),
    );
    return [...own, ...sets];
  }

  private named(s: Statement): readonly Statement[] {
    if (s.kind !== 'expression' || s.expression.kind !== 'call' || s.expression.callee.kind !== 'name') return [s];
    const call = s.expression;
    const line = lineAt(this.lines, s.span.start) + 1;
    const { name } = s.expression.callee;
    if (name === 'rm') return [this.forgotten(s.span, this.removed(call), `removed on line ${line}`)];
    const literal = name === 'assign' && call.arguments.length === 2 ? this.assignCall(call, s.span) : undefined;
    if (literal) return [literal];
    if (!OPENING.has(name)) return [s];
    return [s, this.forgotten(s.span, [...this.assignedNames], `may be changed by ${name} on line ${line}`)];
  }

  /** `assign("x", 3)` */
  private assignCall(call: Call, span: Span): Statement | undefined {
    const [name, value] = call.arguments;
    if (name.value.kind !== 'string' || name.name !== undefined || value.name !== undefined) return undefined;
    const target: Target = { kind: 'name', name: name.value.value, span: name.value.span };
    return { kind: 'assign', dialect: 'r', targets: [target], value: value.value, silent: true, span };
  }

  private removed(call: Call): readonly string[] {
    if (call.arguments.some(a => a.name !== undefined)) return [...this.assignedNames];
    return call.arguments.flatMap(a =>
      a.value.kind === 'name' ? [a.value.name] : a.value.kind === 'string' ? [a.value.value] : [],
    );
  }

  private forgotten(span: Span, binds: readonly string[], reason: string): Statement {
    return { kind: 'opaque', dialect: 'r', binds, reason, expressions: [], span };
  }

  /** The rest of a line that does not parse. What it would have assigned is not known. */
  private broken(start: number, problem: Malformed): Statement {
    const first = this.tokens[start];
    if (this.index < start) this.index = start;
    let end = first.end;
    while (this.token.kind !== 'newline' && this.token.kind !== 'end') {
      end = this.token.end;
      this.index++;
    }
    const span: Span = { start: first.start, end };
    const { status, message } = problem;
    const expression: Expression = { kind: 'unreadable', status, message, span: problem.span };
    const next = this.tokens[start + 1];
    const assigns = next.kind === 'operator' && (next.text === '<-' || next.text === '=');
    if (first.kind !== 'name' || !assigns) return { kind: 'expression', dialect: 'r', expression, span };
    const target: Target = { kind: 'name', name: first.text, span: spanOf(first) };
    return { kind: 'assign', dialect: 'r', targets: [target], value: expression, silent: true, span };
  }
}

/** The statements of a function's body. */
export const statementsOf = (body: Expression): readonly Statement[] =>
  body.kind === 'block' ? body.statements : [{ kind: 'expression', dialect: 'r', expression: body, span: body.span }];

/** The name that a place hangs on, `x` in `names(x)[2]`. */
function rootOf(e: Expression): string | undefined {
  switch (e.kind) {
    case 'name':
      return e.name;
    case 'string':
      return e.value;
    case 'index':
    case 'member':
      return rootOf(e.object);
    case 'call':
      return e.arguments[0] && rootOf(e.arguments[0].value);
    default:
      return undefined;
  }
}
