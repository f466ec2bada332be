import type { Argument, BinaryOperator, Expression, Parameter } from '../../expression/expression';
import type { Branching, Handler, Opaque, Statement, Target } from '../../expression/program';
import { children } from '../../expression/walk';
import { type LineIndex, lineAt } from '../../text/line-index';
import { cover, type Span } from '../../text/span';
import { ExpressionParser } from './expressions';
import type { Token } from './lexer';

const AUGMENTED: Readonly<Record<string, BinaryOperator>> = {
  '+=': 'add',
  '-=': 'subtract',
  '*=': 'multiply',
  '/=': 'divide',
  '//=': 'floor-divide',
  '%=': 'modulo',
  '**=': 'power',
  '@=': 'matmul',
  '&=': 'bit-and',
  '|=': 'bit-or',
  '^=': 'bit-xor',
  '<<=': 'shift-left',
  '>>=': 'shift-right',
};

const KEYWORDS = ['return', 'pass', 'break', 'continue', 'raise', 'assert'] as const;

/** Blocks within blocks that are followed; deeper ones are passed over. */
const MAX_BLOCKS = 60;

/** Reads Python statements from tokens, which may be replaced by others between reads. A statement that cannot be read becomes Opaque and reading goes on at the next line. */
export class StatementParser {
  private readonly e: ExpressionParser;
  private depth = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly lines: LineIndex,
  ) {
    this.e = new ExpressionParser(tokens, offset => lineAt(lines, offset));
  }

  /** Adds the statements of the tokens, which end with 'end'. */
  read(out: Statement[]): void {
    this.e.index = 0;
    while (this.kind() !== 'end') {
      const before = this.e.index;
      this.statement(out);
      if (this.e.index === before) this.e.index++;
    }
  }

  private get token(): Token {
    return this.e.token;
  }

  /** The kind of the next token; a method, so that reading on is not mistaken for an unchanging property. */
  private kind(): Token['kind'] {
    return this.e.token.kind;
  }

  private line(t: { readonly start: number }): number {
    return lineAt(this.lines, t.start) + 1;
  }

  private statement(out: Statement[]): void {
    const t = this.token;
    if (t.kind === 'newline' || t.kind === 'indent' || t.kind === 'dedent') {
      this.e.index++;
      return;
    }
    if (t.kind === 'operator' && t.text === '@') {
      this.e.index++;
      const decorator = this.e.expression();
      if (this.kind() === 'newline') this.e.index++;
      this.untold('is decorated', out, decorator);
      return;
    }
    if (t.kind === 'keyword') {
      switch (t.text) {
        case 'async':
          this.e.index++;
          this.untold('runs asynchronously', out);
          return;
        case 'def':
        case 'class':
          out.push(this.scope(t.text === 'def' ? 'function' : 'class'));
          return;
        case 'if':
        case 'for':
        case 'while':
        case 'with':
        case 'try':
          out.push(this.branching(t.text, out));
          return;
      }
    }
    if (t.kind === 'name' && t.text === 'match' && this.isMatch()) out.push(this.branching('match', out));
    else this.simpleLine(out);
  }

  /** A statement of which calls are not followed. */
  private untold(reason: string, out: Statement[], decorator?: Expression): void {
    const own: Statement[] = [];
    this.statement(own);
    for (const s of own) {
      if (s.kind !== 'scope') out.push(s);
      else if (decorator)
        out.push({ ...s, untold: s.untold ?? reason, decorators: [decorator, ...(s.decorators ?? [])] });
      else out.push({ ...s, untold: reason });
    }
  }

  /** `match subject:` at a line's end with an indented block, and not a variable called match. */
  private isMatch(): boolean {
    let k = this.e.index + 1;
    if (this.tokens[k]?.kind === 'operator' && !'([{-'.includes(this.tokens[k].text)) return false;
    while (this.tokens[k] && this.tokens[k].kind !== 'newline' && this.tokens[k].kind !== 'end') k++;
    return this.tokens[k - 1]?.text === ':' && this.tokens[k + 1]?.kind === 'indent';
  }

  /** Statements up to the end of the line, parted by semicolons. */
  private simpleLine(out: Statement[]): void {
    for (;;) {
      const t = this.token;
      if (t.kind === 'newline' || t.kind === 'end') break;
      const from = this.e.index;
      if (this.e.named.length > 0) this.e.named = [];
      const statement = this.simple();
      this.assignNamed(from, out);
      out.push(statement);
      if (this.e.take(';')) continue;
      if (this.kind() === 'newline' || this.kind() === 'end' || this.kind() === 'dedent') break;
      const last = out.pop();
      const start = this.token;
      this.skipLine();
      out.push(this.broken(t, start, last));
      break;
    }
    if (this.kind() === 'newline') this.e.index++;
  }

  /** Statements for the assignment expressions read since token `from`: done before, or unknown where that is not the same. */
  private assignNamed(from: number, out: Statement[], once = true): void {
    const { named } = this.e;
    if (named.length === 0) return;
    this.e.named = [];
    for (const { name, nameSpan, value, sure } of named) {
      const span = cover(nameSpan, value.span);
      const before = this.tokens.slice(from, this.e.index).filter(t => t.start < nameSpan.start);
      if (once && sure && !before.some(t => t.kind === 'name' && t.text === name))
        out.push({ kind: 'assign', dialect: 'python', targets: [{ kind: 'name', name, span: nameSpan }], value, span });
      else {
        const reason = `assigned within an expression on line ${this.line(span)}, which is not followed here`;
        out.push({ kind: 'opaque', dialect: 'python', binds: [name], reason, expressions: [], span });
      }
    }
  }

  private skipLine(): void {
    while (this.kind() !== 'newline' && this.kind() !== 'end') this.e.index++;
  }

  /** A line that is no statement: what it seems to assign is unknown. Its literal may still say what is wrong. */
  private broken(first: Token, at: Token, partial: Statement | undefined): Statement {
    const span = { start: first.start, end: Math.max(this.e.previousEnd, first.end) };
    const reason = at.kind === 'bad' ? at.text : `line ${this.line(first)} cannot be read`;
    const binds =
      partial && (partial.kind === 'assign' || partial.kind === 'augment')
        ? (partial.kind === 'assign' ? partial.targets : [partial.target]).flatMap(namesOf)
        : [];
    const message = `SyntaxError: ${at.kind === 'bad' ? at.text : 'invalid syntax'}`;
    return {
      kind: 'opaque',
      dialect: 'python',
      span,
      binds,
      reason,
      expressions: [
        { kind: 'unreadable', status: 'error', message, span: { start: at.start, end: Math.max(at.end, span.end) } },
      ],
    };
  }

  private simple(): Statement {
    const t = this.token;
    if (t.kind === 'keyword') {
      switch (t.text) {
        case 'import':
        case 'from':
          return this.import();
        case 'return':
        case 'assert':
        case 'raise':
        case 'del':
        case 'global':
        case 'nonlocal':
        case 'pass':
        case 'break':
        case 'continue':
          return this.keyword(t);
      }
    }
    const first = this.e.expressionList();
    if (this.e.at(':')) {
      this.e.index++;
      this.e.expression();
      if (!this.e.take('='))
        return {
          ...this.opaque(t, [], 'only annotated', []),
          ...(first.kind === 'name' ? { annotated: first.name } : {}),
        };
      const value = this.e.expressionList();
      return {
        kind: 'assign',
        dialect: 'python',
        targets: [targetOf(first)],
        value,
        annotated: true,
        span: cover(first.span, { start: value.span.start, end: this.e.previousEnd }),
      };
    }
    const op = this.token;
    if (op.kind === 'operator' && op.text in AUGMENTED) {
      this.e.index++;
      const value = this.e.expressionList();
      return {
        kind: 'augment',
        dialect: 'python',
        target: targetOf(first),
        operator: AUGMENTED[op.text],
        operatorSpan: { start: op.start, end: op.end },
        value,
        span: { start: first.span.start, end: this.e.previousEnd },
      };
    }
    if (!this.e.at('='))
      return {
        kind: 'expression',
        dialect: 'python',
        expression: first,
        span: { start: Math.min(t.start, first.span.start), end: Math.max(first.span.end, this.e.previousEnd) },
      };
    this.e.index++;
    const targets = [targetOf(first)];
    let value = this.e.expressionList();
    while (this.e.take('=')) {
      targets.push(targetOf(value));
      value = this.e.expressionList();
    }
    return {
      kind: 'assign',
      dialect: 'python',
      targets,
      value,
      span: { start: first.span.start, end: Math.max(value.span.end, this.e.previousEnd) },
    };
  }

  private opaque(from: Token, binds: readonly string[], reason: string, expressions: readonly Expression[]): Opaque {
    return {
      kind: 'opaque',
      dialect: 'python',
      binds,
      reason,
      expressions,
      span: { start: from.start, end: Math.max(from.end, this.e.previousEnd) },
    };
  }

  private keyword(t: Token): Statement {
    this.e.index++;
    const expressions: Expression[] = [];
    if (this.kind() !== 'newline' && this.kind() !== 'end' && !this.e.at(';')) {
      expressions.push(this.e.expressionList());
      while (this.e.take(',') || this.e.take('from')) expressions.push(this.e.expression());
    }
    if (t.text === 'del') {
      const items = expressions.flatMap(e => (e.kind === 'sequence' ? e.items : [e]));
      const names = items.flatMap(e => (e.kind === 'name' ? [e.name] : []));
      const parts = items.filter(e => e.kind !== 'name');
      return { ...this.opaque(t, names, `deleted on line ${this.line(t)}`, parts), keyword: 'del' };
    }
    if (t.text === 'global' || t.text === 'nonlocal') {
      const items = expressions.flatMap(e => (e.kind === 'sequence' ? e.items : [e]));
      const names = items.flatMap(e => (e.kind === 'name' ? [e.name] : []));
      return { ...this.opaque(t, [], t.text, []), declares: { form: t.text, names } };
    }
    const statement = this.opaque(t, [], t.text, expressions);
    const keyword = KEYWORDS.find(k => k === t.text);
    return keyword ? { ...statement, keyword } : statement;
  }

  private import(): Statement {
    const t = this.token;
    const bindings: { name: string; path: string; span: Span }[] = [];
    let star: string | undefined;
    this.e.index++;
    const dotted = (): string => {
      let path = '';
      while (this.kind() === 'name' || this.e.at('.') || this.e.at('...')) {
        path += this.token.text;
        this.e.index++;
        if (this.kind() === 'name' && !path.endsWith('.')) break;
      }
      return path;
    };
    const alias = (): Token | undefined => {
      if (!this.e.take('as')) return undefined;
      const a = this.token;
      this.e.index++;
      return a;
    };
    if (t.text === 'import') {
      do {
        const start = this.token;
        const path = dotted();
        const as = alias();
        const name = as?.text ?? path.split('.')[0];
        bindings.push({ name, path: as ? path : name, span: { start: (as ?? start).start, end: (as ?? start).end } });
      } while (this.e.take(','));
    } else {
      const module = dotted();
      this.e.take('import');
      if (this.e.take('*')) star = module;
      else {
        const bracket = this.e.take('(');
        while (this.kind() === 'name') {
          const start = this.token;
          this.e.index++;
          const as = alias();
          bindings.push({
            name: (as ?? start).text,
            path: `${module}.${start.text}`,
            span: { start: (as ?? start).start, end: (as ?? start).end },
          });
          if (!this.e.take(',')) break;
        }
        if (bracket) this.e.take(')');
      }
    }
    return {
      kind: 'import',
      dialect: 'python',
      bindings,
      ...(star === undefined ? {} : { star }),
      span: { start: t.start, end: this.e.previousEnd },
    };
  }

  private scope(form: 'function' | 'class'): Statement {
    const t = this.token;
    this.e.index++;
    const name = this.token;
    this.e.index++;
    let parameters: Parameter[] = [];
    let bases: readonly Argument[] = [];
    let untold: string | undefined;
    if (this.e.at('(')) {
      const begin = this.e.index;
      const closer = this.token.closer ?? -1;
      const last = closer >= 0 ? closer : this.e.index + 1;
      let depth = 0;
      let expects = true;
      for (let k = this.e.index; k < last; k++) {
        const p = this.tokens[k];
        if (p.kind === 'operator' && '([{'.includes(p.text)) depth++;
        else if (p.kind === 'operator' && ')]}'.includes(p.text)) depth--;
        else if (depth === 1 && p.kind === 'operator' && p.text === ',') expects = true;
        else if (depth === 1 && expects && p.kind === 'name' && form === 'function') {
          parameters.push({ name: p.text, span: { start: p.start, end: p.end } });
          expects = false;
        }
      }
      this.e.index = begin + 1;
      const read = form === 'function' && closer >= 0 ? this.e.parameters(')') : undefined;
      if (read && this.e.index === closer) parameters = read;
      else if (form === 'class' && closer >= 0) {
        bases = this.e.callArguments();
        if (this.e.index !== closer) untold = 'is derived in a way that is not read';
      } else untold = 'has parameters of a form that is not read';
      this.e.index = closer >= 0 ? closer + 1 : last;
    }
    while (!this.e.at(':') && this.kind() !== 'newline' && this.kind() !== 'end') this.e.index++;
    const start = this.e.index;
    const body = this.block();
    const outer: string[] = [];
    for (let k = start; k < this.e.index; k++) {
      const { kind, text } = this.tokens[k];
      if (kind !== 'keyword') continue;
      if (text === 'yield' || text === 'await') untold = 'is a generator';
      if (text === 'global' || text === 'nonlocal') {
        for (let j = k + 1; this.tokens[j]?.kind === 'name' || this.tokens[j]?.text === ','; j++)
          if (this.tokens[j].kind === 'name') outer.push(this.tokens[j].text);
      }
    }
    return {
      kind: 'scope',
      dialect: 'python',
      form,
      name: name.text,
      nameSpan: { start: name.start, end: name.end },
      parameters,
      ...(bases.length > 0 ? { bases } : {}),
      body,
      ...(untold === undefined ? {} : { untold }),
      outer,
      span: { start: t.start, end: this.e.previousEnd },
    };
  }

  private branching(form: Branching['form'], out: Statement[]): Statement {
    const t = this.token;
    const from = this.e.index;
    this.e.named = [];
    const heads: Expression[] = [];
    const bodies: Statement[][] = [];
    const bound: Target[] = [];
    this.e.index++;
    if (form === 'for') {
      bound.push(targetOf(this.e.targets()));
      while (!this.e.at('in') && !this.e.at(':') && this.kind() !== 'newline' && this.kind() !== 'end') this.e.index++;
      if (this.e.take('in')) heads.push(this.e.expressionList());
    } else if (form === 'with') {
      const bracket = this.e.at('(') && this.tokens[(this.token.closer ?? 0) + 1]?.text === ':' && this.e.take('(');
      do {
        heads.push(this.e.expression());
        if (this.e.take('as')) bound.push(targetOf(this.e.expression()));
      } while (this.e.take(',') && !this.e.at(')'));
      if (bracket) this.e.take(')');
    } else if (form !== 'try') heads.push(this.e.expressionList());
    this.assignNamed(from, out, form !== 'while');
    if (form === 'match') bodies.push(...this.cases());
    else bodies.push(this.block());
    const handlers: Handler[] = [];
    for (;;) {
      const clause = this.token.text;
      if (this.e.at('elif')) {
        this.e.index++;
        this.e.named = [];
        heads.push(this.e.expression());
        this.assignNamed(from, out, false);
      } else if (this.e.at('except')) {
        this.e.index++;
        const group = this.e.take('*');
        const type = this.e.at(':') ? undefined : this.e.expressionList();
        const as = this.e.take('as') ? targetOf(this.e.expression()) : undefined;
        if (as) bound.push(as);
        handlers.push({ clause: group ? 'group' : 'except', ...(type ? { type } : {}), ...(as ? { as } : {}) });
      } else if (this.e.at('else') || this.e.at('finally')) {
        this.e.index++;
        handlers.push({ clause: clause === 'else' ? 'else' : 'finally' });
      } else break;
      bodies.push(this.block());
    }
    return {
      kind: 'branching',
      dialect: 'python',
      form,
      heads,
      bodies,
      bound,
      ...(form === 'try' ? { handlers } : {}),
      span: { start: t.start, end: this.e.previousEnd },
    };
  }

  /** The bodies of the cases of a match; the names in a pattern are bound in its body. */
  private cases(): Statement[][] {
    const bodies: Statement[][] = [];
    this.block(out => {
      if (this.kind() !== 'name' || this.token.text !== 'case') {
        this.statement(out);
        return;
      }
      const start = this.token;
      const binds: string[] = [];
      this.e.index++;
      while (!this.e.at(':') && this.kind() !== 'newline' && this.kind() !== 'end') {
        const next = this.tokens[this.e.index + 1]?.text;
        if (this.kind() === 'name' && next !== '(' && next !== '.' && next !== '=') binds.push(this.token.text);
        this.e.index++;
      }
      const reason = `set by the case on line ${this.line(start)}, known only when the code runs`;
      bodies.push([this.opaque(start, binds, reason, []), ...this.block()]);
    });
    return bodies;
  }

  /** `: statements`: the rest of the line or an indented block. */
  private block(read: (out: Statement[]) => void = out => this.statement(out)): Statement[] {
    const out: Statement[] = [];
    if (!this.e.take(':')) {
      this.skipLine();
      if (this.kind() === 'newline') this.e.index++;
      if (this.kind() !== 'indent') return [];
    } else if (this.kind() !== 'newline') {
      this.simpleLine(out);
      return out;
    } else this.e.index++;
    if (this.kind() !== 'indent') return [];
    this.e.index++;
    let level = 1;
    if (++this.depth > MAX_BLOCKS) {
      while (level > 0 && this.kind() !== 'end') {
        if (this.kind() === 'indent') level++;
        if (this.kind() === 'dedent') level--;
        this.e.index++;
      }
    } else {
      while (this.kind() !== 'end') {
        if (this.kind() === 'dedent') {
          this.e.index++;
          break;
        }
        const before = this.e.index;
        read(out);
        if (this.e.index === before) this.e.index++;
      }
    }
    this.depth--;
    return out;
  }
}

function targetOf(e: Expression): Target {
  switch (e.kind) {
    case 'name':
      return e;
    case 'index':
      return { kind: 'item', object: e.object, subscripts: e.subscripts, span: e.span };
    case 'sequence':
      return { kind: 'tuple', items: e.items.map(targetOf), span: e.span };
    case 'starred':
      return { kind: 'star', target: targetOf(e.value), span: e.span };
    case 'member':
      return { kind: 'member', object: e.object, name: e.name, root: rootOf(e), span: e.span };
    default:
      return { kind: 'other', span: e.span, root: rootOf(e) };
  }
}

function rootOf(e: Expression): string | undefined {
  let here: Expression | undefined = e;
  while (here) {
    if (here.kind === 'name') return here.name;
    here = children(here)[0];
  }
  return undefined;
}

function namesOf(t: Target): string[] {
  switch (t.kind) {
    case 'name':
      return [t.name];
    case 'tuple':
      return t.items.flatMap(namesOf);
    case 'star':
      return namesOf(t.target);
    case 'item':
      return [rootOf(t.object)].filter(n => n !== undefined);
    case 'member':
    case 'other':
      return t.root === undefined ? [] : [t.root];
  }
}
