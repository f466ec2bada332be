import type { BinaryOperator, Call, Expression, Subscript } from '../../expression/expression';
import type { Assignment, Branching, Handler, Scope, Statement, Target } from '../../expression/program';
import { namesIn } from '../../expression/walk';
import { type LineIndex, lineAt } from '../../text/line-index';
import { cover, type Span } from '../../text/span';
import { CONSTANT_NAMES, ExpressionParser, Malformed, spanOf } from './expressions';
import { FUNCTION_NAMES } from './function-names';
import type { Token, TokenKind } from './lexer';

const AUGMENTED: ReadonlyMap<string, BinaryOperator> = new Map<string, BinaryOperator>([
  ['+=', 'add'],
  ['-=', 'subtract'],
  ['*=', 'multiply'],
  ['/=', 'divide'],
  ['^=', 'power'],
  ['|=', 'bit-or'],
  ['&=', 'bit-and'],
]);

/** Functions that are called by their bare name; other names without parentheses are variables or constants. */
const BARE_CALLS: ReadonlySet<string> = new Set(
  `rand randn rande randi randperm tic toc clock now cputime time date clc clear clf close closereq figure hold grid
   input keyboard more format beep zeros ones eye cell struct pwd who whos drawnow axis colorbar legend disp magic`.split(
    /\s+/,
  ),
);

/** Blocks within blocks that are followed; deeper ones are passed over. */
const MAX_BLOCKS = 60;

const LOOPS: ReadonlySet<string> = new Set(['for', 'parfor', 'while', 'do']);

/**
 * Reads statements from tokens. A line that cannot be read becomes an error of its own, and reading goes on at the
 * next line. Functions of the file come first, as MATLAB defines them before the script runs.
 */
export class StatementParser {
  private readonly e: ExpressionParser;
  private depth = 0;
  private readonly assigned = new Map<string, number>();

  constructor(
    tokens: readonly Token[],
    private readonly lines: LineIndex,
  ) {
    const functions = new Set(
      tokens.flatMap((t, k) => (t.kind === 'keyword' && t.text === 'function' ? namesOfLine(tokens, k + 1) : [])),
    );
    this.e = new ExpressionParser(tokens, name => this.assigned.has(name) || functions.has(name));
  }

  program(): Statement[] {
    const out: Statement[] = [];
    while (!this.at('end')) {
      out.push(...this.block());
      // A block's end without a beginning.
      if (!this.at('end')) this.e.index++;
    }
    return [...out.filter(s => s.kind === 'scope'), ...out.filter(s => s.kind !== 'scope')];
  }

  private get token(): Token {
    return this.e.token;
  }

  private get next(): Token {
    return this.e.tokens[Math.min(this.e.index + 1, this.e.tokens.length - 1)];
  }

  private line(offset: number): number {
    return lineAt(this.lines, offset) + 1;
  }

  private keyword(...texts: readonly string[]): boolean {
    return this.token.kind === 'keyword' && texts.includes(this.token.text);
  }

  private at(kind: TokenKind): boolean {
    return this.token.kind === kind;
  }

  /**
   * Statements up to a keyword that ends or separates blocks, which is left. A function within a block begins a new
   * one: files of functions need not close them.
   */
  private block(): Statement[] {
    const out: Statement[] = [];
    while (!this.at('end')) {
      if (this.token.kind === 'newline' || this.e.is(';') || this.e.is(',')) {
        this.e.index++;
        continue;
      }
      if (this.endsBlock() || (this.depth > 0 && this.keyword('function'))) break;
      const before = this.e.index;
      out.push(...this.statement());
      if (this.e.index === before) this.e.index++;
    }
    return out;
  }

  private endsBlock(): boolean {
    return this.at('keyword') && ENDINGS.has(this.token.text);
  }

  private statement(): readonly Statement[] {
    const start = this.e.index;
    try {
      const t = this.token;
      if (t.kind === 'keyword') return this.keywordStatement(t);
      if (t.kind === 'name' && this.isCommand()) return [this.command()];
      if (this.isMultiple()) return [this.multiple()];
      const step = this.stepped();
      if (step) return step;
      return [this.simple()];
    } catch (problem) {
      if (!(problem instanceof Malformed)) throw problem;
      return [this.broken(start, problem)];
    }
  }

  // ── simple statements ──────────────────────────────────────────────────────────────────────────────────────────

  private simple(): Statement {
    const first = this.token;
    const left = this.e.expression();
    const t = this.token;
    if (t.kind === 'operator' && t.text === '=') return this.assignment(first, left);
    const operator = t.kind === 'operator' ? AUGMENTED.get(t.text) : undefined;
    if (operator) {
      this.e.index++;
      const right = this.value();
      const target = this.target(left);
      const value: Expression = {
        kind: 'binary',
        operator,
        operatorSpan: spanOf(t),
        left,
        right,
        span: cover(left.span, right.span),
      };
      return this.assign(first, [target], value, this.terminator());
    }
    const silent = this.terminator();
    return { kind: 'expression', dialect: 'matlab', expression: this.called(left), silent, span: left.span };
  }

  /** `x++`, `x--`, `++x` and `--x` as statements: the name and two signs that touch. What they show becomes `ans`. */
  private stepped(): readonly Statement[] | undefined {
    const [a, b, c, behind] = this.e.tokens.slice(this.e.index, this.e.index + 4);
    if (!behind || !endsStatement(behind)) return undefined;
    const prefix = a.kind === 'operator';
    const [name, sign, second] = prefix ? [c, a, b] : [a, b, c];
    const signs = sign.text === second.text && (sign.text === '+' || sign.text === '-') && sign.end === second.start;
    if (name.kind !== 'name' || sign.kind !== 'operator' || second.kind !== 'operator' || !signs) return undefined;
    const left: Expression = { kind: 'name', name: name.text, span: spanOf(name) };
    const operatorSpan = { start: sign.start, end: second.end };
    const span = cover(left.span, operatorSpan);
    const operator = sign.text === '+' ? 'add' : 'subtract';
    const right: Expression = { kind: 'number', value: 1, integer: 1n, span: operatorSpan };
    this.e.index += 3;
    const silent = this.terminator();
    const assignment = this.assign(a, [left], { kind: 'binary', operator, operatorSpan, left, right, span }, true);
    if (silent) return [assignment];
    // `x()` is x, but not by its name.
    const shown: Expression = { kind: 'call', callee: left, arguments: [], span };
    const shows: Statement = { kind: 'expression', dialect: 'matlab', expression: shown, silent, span };
    return prefix ? [assignment, shows] : [shows, assignment];
  }

  private assignment(first: Token, left: Expression): Statement {
    const targets: Target[] = [this.target(left)];
    this.e.index++;
    let value: Expression;
    try {
      value = this.value();
      while (this.e.take('=')) {
        targets.push(this.target(value));
        value = this.value();
      }
      const silent = this.terminator();
      return this.assign(first, targets, value, silent);
    } catch (problem) {
      if (!(problem instanceof Malformed)) throw problem;
      const end = this.skipLine();
      value = { kind: 'unreadable', status: problem.status, message: problem.message, span: problem.span };
      return this.assign(first, targets, value, false, end);
    }
  }

  private assign(
    first: Token,
    targets: readonly Target[],
    value: Expression,
    silent: boolean,
    end = value.span.end,
  ): Assignment {
    for (const t of targets.flatMap(namesOf)) this.assigned.set(t, (this.assigned.get(t) ?? 0) + 1);
    return {
      kind: 'assign',
      dialect: 'matlab',
      targets,
      value: this.called(value),
      silent,
      span: { start: first.start, end },
    };
  }

  private value(): Expression {
    return this.e.expression();
  }

  /** A bare `rand` or `intmax` is a call, and so is `pi` on a line of its own: they become `ans`. */
  private called(e: Expression): Expression {
    if (e.kind !== 'name' || this.assigned.has(e.name)) return e;
    if (!BARE_CALLS.has(e.name) && !CONSTANT_NAMES.has(e.name) && !FUNCTION_NAMES.has(e.name)) return e;
    return { kind: 'call', callee: e, arguments: [], span: e.span };
  }

  /** Whether the statement is silent; stops when something else stands behind it. */
  private terminator(): boolean {
    if (this.e.take(';')) return true;
    if (endsStatement(this.token)) return false;
    this.e.fail();
  }

  private target(e: Expression): Target {
    switch (e.kind) {
      case 'name':
        return e;
      case 'call': {
        if (e.field) return { kind: 'other', span: e.span, root: rootOf(e), place: e };
        if (e.callee.kind === 'name' && !e.braces) {
          const object = { ...e.callee, name: e.callee.name.replace('()', '') };
          return { kind: 'item', object, subscripts: e.arguments.map(subscript), span: e.span };
        }
        return { kind: 'other', span: e.span, root: rootOf(e), place: e };
      }
      case 'member':
        return { kind: 'other', span: e.span, root: rootOf(e), place: e };
      case 'unreadable': {
        const at = this.e.tokens.find(t => t.start === e.span.start);
        return { kind: 'other', span: e.span, root: at?.kind === 'name' ? at.text : undefined };
      }
      default:
        throw new Malformed('parse error: invalid left hand side of assignment', e.span);
    }
  }

  /** `[q, r] = …` */
  private isMultiple(): boolean {
    const t = this.token;
    if (t.kind !== 'operator' || t.text !== '[' || t.closer === undefined) return false;
    const after = this.e.tokens[t.closer + 1];
    return after?.kind === 'operator' && after.text === '=';
  }

  private multiple(): Statement {
    const first = this.token;
    const closer = first.closer ?? this.e.index;
    const items: Target[] = [];
    this.e.index++;
    while (this.e.index < closer) {
      const t = this.token;
      if (this.e.take(',')) continue;
      if (this.e.take('~') || this.e.take('!')) items.push({ kind: 'other', span: spanOf(t) });
      else items.push(this.target(this.e.expression(10)));
    }
    this.e.index = closer + 2;
    const span = { start: first.start, end: this.e.tokens[closer].end };
    const value = this.value();
    const silent = this.terminator();
    const targets: Target[] = items.length === 1 ? items : [{ kind: 'tuple', items, span }];
    return this.assign(first, targets, withOutputs(value, items.length), silent);
  }

  /** `hold on`, `format long`: a word and, apart from it, another one. */
  private isCommand(): boolean {
    const { token, next } = this;
    return (
      next.space &&
      (next.kind === 'name' || next.kind === 'number' || next.kind === 'keyword' || next.kind === 'string') &&
      !this.assigned.has(token.text)
    );
  }

  private command(): Statement {
    const first = this.token;
    const words: string[] = [];
    this.e.index++;
    while (!endsStatement(this.token) && !this.e.is(';')) {
      if (this.token.kind === 'name') words.push(this.token.text);
      this.e.index++;
    }
    const span = { start: first.start, end: this.e.last.end };
    const clears = first.text === 'clear' || first.text === 'clearvars';
    const all = clears && (words.length === 0 || words.includes('all'));
    const binds = all ? [...this.assigned.keys()] : clears ? words : [];
    return {
      kind: 'opaque',
      dialect: 'matlab',
      binds,
      reason: `cleared on line ${this.line(first.start)}`,
      expressions: [],
      span,
      command: [first.text, ...words],
    };
  }

  /** The rest of a line that does not parse. What it would have assigned is not known. */
  private broken(start: number, problem: Malformed): Statement {
    const first = this.e.tokens[start];
    const end = this.skipLine();
    const span: Span = { start: first.start, end: Math.max(end, first.end) };
    const expression: Expression = { kind: 'unreadable', status: problem.status, message: problem.message, span };
    const assigns = this.e.tokens.slice(start, this.e.index).some(t => t.kind === 'operator' && t.text === '=');
    if (first.kind === 'name' && assigns)
      return this.assign(first, [{ kind: 'name', name: first.text, span: spanOf(first) }], expression, false);
    return { kind: 'expression', dialect: 'matlab', expression, span };
  }

  private skipLine(): number {
    this.e.reset();
    let end = this.token.start;
    while (this.token.kind !== 'newline' && this.token.kind !== 'end') {
      end = this.token.end;
      this.e.index++;
    }
    return end;
  }

  // ── blocks ─────────────────────────────────────────────────────────────────────────────────────────────────────

  private keywordStatement(t: Token): readonly Statement[] {
    switch (t.text) {
      case 'if':
      case 'for':
      case 'parfor':
      case 'while':
      case 'do':
      case 'switch':
      case 'try':
      case 'unwind_protect':
        if (this.depth >= MAX_BLOCKS) return [this.opaque('blocks nested too deeply to read')];
        return [this.nested(() => this.branching(t))];
      case 'function':
        return [this.nested(() => this.scope())];
      case 'global':
      case 'persistent':
        return [this.opaque(`declared ${t.text} on line ${this.line(t.start)}`)];
      case 'classdef': {
        const whole = this.opaque('classes are not read');
        this.e.index = this.e.tokens.length - 1;
        return [whole];
      }
      case 'break':
      case 'continue':
      case 'return': {
        this.e.index++;
        const at = {
          kind: 'opaque',
          dialect: 'matlab',
          binds: [],
          reason: '',
          expressions: [],
          span: spanOf(t),
        } as const;
        return [{ ...at, keyword: t.text }];
      }
      default:
        return [this.opaque('')];
    }
  }

  private nested<T>(read: () => T): T {
    this.depth++;
    try {
      return read();
    } finally {
      this.depth--;
    }
  }

  /** A line that is passed over; the names in it become unknown for the reason. */
  private opaque(reason: string): Statement {
    const first = this.token;
    const binds: string[] = [];
    this.e.index++;
    while (!endsStatement(this.token) && !this.e.is(';')) {
      if (this.token.kind === 'name') binds.push(this.token.text);
      this.e.index++;
    }
    const span = { start: first.start, end: this.e.last.end };
    return { kind: 'opaque', dialect: 'matlab', binds: reason ? binds : [], reason, expressions: [], span };
  }

  private branching(first: Token): Statement {
    const heads: Expression[] = [];
    const bodies: (readonly Statement[])[] = [];
    const bound: Target[] = [];
    this.e.index++;
    const form = this.form(first.text);
    if (form === 'for') this.loopHead(bound, heads);
    else if (first.text === 'while' || form === 'if' || form === 'switch') this.head(heads);
    const separators = SEPARATORS[first.text] ?? [];
    const handlers: Handler[] = [];
    let ending = '';
    do {
      bodies.push(this.block());
      if (!this.endsBlock()) break;
      ending = this.token.text;
      this.e.index++;
      if (ending === 'elseif' || ending === 'case' || ending === 'until') this.head(heads);
      if (ending === 'catch') handlers.push({ clause: 'except', ...this.caught(bound) });
      else if (ending === 'unwind_protect_cleanup') handlers.push({ clause: 'finally' });
    } while (separators.includes(ending));
    const span = { start: first.start, end: Math.max(this.e.last.end, first.end) };
    return {
      kind: 'branching',
      dialect: 'matlab',
      form,
      heads,
      bodies,
      bound,
      span,
      ...(ending === 'until' ? { until: true } : {}),
      ...(form === 'try' ? { handlers } : {}),
    };
  }

  /** The name behind `catch`, on the same line. */
  private caught(bound: Target[]): Pick<Handler, 'as'> {
    if (!this.at('name') || !endsStatement(this.next)) return {};
    const as: Target = { kind: 'name', name: this.token.text, span: spanOf(this.token) };
    bound.push(as);
    this.e.index++;
    return { as };
  }

  private form(word: string): Branching['form'] {
    if (LOOPS.has(word)) return word === 'while' || word === 'do' ? 'while' : 'for';
    return word === 'if' || word === 'switch' ? word : 'try';
  }

  /** A condition; one that cannot be read takes only its own line. */
  private head(heads: Expression[]): void {
    try {
      heads.push(this.e.expression());
    } catch (problem) {
      if (!(problem instanceof Malformed)) throw problem;
      heads.push({ kind: 'unreadable', status: problem.status, message: problem.message, span: problem.span });
      this.skipLine();
    }
  }

  /** `for i = 1:n` or `for (i = 1:n)`; parfor may give the number of workers behind it. */
  private loopHead(bound: Target[], heads: Expression[]): void {
    try {
      const open = this.e.take('(');
      bound.push(...[this.target(this.e.expression())]);
      if (!this.e.take('=')) this.e.fail();
      heads.push(this.e.expression());
      if (open && !this.e.take(')')) this.skipLine();
    } catch (problem) {
      if (!(problem instanceof Malformed)) throw problem;
      heads.push({ kind: 'unreadable', status: problem.status, message: problem.message, span: problem.span });
      this.skipLine();
    }
  }

  /** A function with its body: a scope that sees none of the script's names. */
  private scope(): Statement {
    const first = this.token;
    this.e.index++;
    const equals = this.signatureEquals();
    const outputs = equals >= 0 ? this.e.tokens.slice(this.e.index, equals).filter(n => n.kind === 'name') : [];
    if (equals >= 0) this.e.index = equals + 1;
    const name = this.token;
    if (name.kind !== 'name') this.e.fail();
    this.e.index++;
    while (this.e.is('.') && this.next.kind === 'name') this.e.index += 2;
    const parameters: { name: string; span: Span }[] = [];
    let defaults = false;
    if (this.e.take('(')) {
      while (!this.e.is(')') && (this.e.is(',') || !endsStatement(this.token))) {
        if (this.token.kind === 'name') parameters.push({ name: this.token.text, span: spanOf(this.token) });
        else if (this.e.is('~') || this.e.is('!')) parameters.push({ name: '~', span: spanOf(this.token) });
        else if (this.e.is('=')) defaults = true;
        this.e.index++;
      }
      this.e.take(')');
    }
    const outer = new Map(this.assigned);
    for (const p of parameters) this.assigned.set(p.name, 2);
    const body = this.block();
    this.assigned.clear();
    for (const [k, v] of outer) this.assigned.set(k, v);
    if (this.keyword('end', 'endfunction')) this.e.index++;
    const scope: Scope = {
      kind: 'scope',
      dialect: 'matlab',
      form: 'function',
      name: name.text,
      nameSpan: spanOf(name),
      parameters,
      outputs: outputs.map(n => n.text),
      body,
      outer: [],
      ...(defaults ? { untold: 'has default values' } : {}),
      span: { start: first.start, end: Math.max(this.e.last.end, name.end) },
    };
    return scope;
  }

  /** The token index of the `=` in `function [a, b] = name(…)`, or -1. */
  private signatureEquals(): number {
    for (let k = this.e.index; !endsStatement(this.e.tokens[k]) || this.e.tokens[k].text === ','; k++) {
      const t = this.e.tokens[k];
      if (t.kind === 'operator' && t.text === '=') return k;
      if (t.kind === 'operator' && t.text === '(') return -1;
    }
    return -1;
  }
}

/** Keywords that separate the bodies of a block. */
const SEPARATORS: Readonly<Record<string, readonly string[]>> = {
  if: ['elseif', 'else'],
  switch: ['case', 'otherwise'],
  try: ['catch'],
  unwind_protect: ['unwind_protect_cleanup'],
};

/** Keywords that no statement begins with. */
const ENDINGS: ReadonlySet<string> = new Set(
  `end endif endfor endparfor endwhile endswitch endfunction end_try_catch end_unwind_protect endclassdef elseif else
   case otherwise until catch unwind_protect_cleanup`.split(/\s+/),
);

const endsStatement = (t: Token): boolean =>
  t.kind === 'newline' || t.kind === 'end' || (t.kind === 'operator' && (t.text === ';' || t.text === ','));

/** The names from a token to the end of its line. */
function namesOfLine(tokens: readonly Token[], from: number): readonly string[] {
  const names: string[] = [];
  for (let k = from; k < tokens.length && tokens[k].kind !== 'newline'; k++)
    if (tokens[k].kind === 'name') names.push(tokens[k].text);
  return names;
}

/** The variable that a place belongs to. */
function rootOf(e: Expression): string | undefined {
  if (e.kind === 'name') return e.name.replace('()', '');
  if (e.kind === 'member') return rootOf(e.object);
  return e.kind === 'call' ? rootOf(e.field ? e.arguments[0].value : e.callee) : undefined;
}

const subscript = ({ value }: Call['arguments'][number]): Subscript => ({ kind: 'at', value });

function namesOf(t: Target): readonly string[] {
  switch (t.kind) {
    case 'name':
      return [t.name];
    case 'item':
      return namesIn(t.object);
    case 'tuple':
      return t.items.flatMap(namesOf);
    case 'star':
      return namesOf(t.target);
    case 'member':
    case 'other':
      return t.root === undefined ? [] : [t.root];
  }
}

/** The number of results asked of a call; of anything else there is only one. */
function withOutputs(value: Expression, outputs: number): Expression {
  if (outputs === 1) return value;
  const call: Expression =
    value.kind === 'name' ? { kind: 'call', callee: value, arguments: [], span: value.span } : value;
  if (call.kind === 'call') return { ...call, outputs };
  return { kind: 'unreadable', status: 'error', message: 'some elements undefined in argument list', span: value.span };
}
