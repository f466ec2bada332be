import type {
  Argument,
  ComparisonOperator,
  Comprehension,
  ComprehensionClause,
  Expression,
  FormattedPart,
  Parameter,
  Subscript,
} from '../../expression/expression';
import { cover, type Span } from '../../text/span';
import type { Token, TokenPart } from './lexer';
import { BINARY, COMPARISON_LEVEL, COMPARISONS, UNARY } from './operators';
import { type NamedValue, numberLiteral, spanOf, TokenReader } from './token-reader';

/** Depth of brackets, signs and powers within one another that is followed. */
const MAX_DEPTH = 100;

/**
 * A Pratt parser over Python tokens (operator table of the Python Language Reference, section 6.17). It never throws:
 * what cannot be read becomes an Unreadable expression, and the caller goes on at the next statement.
 */
export class ExpressionParser extends TokenReader {
  private depth = 0;
  /** The assignment expressions that have been read, for the statement that holds them. */
  named: NamedValue[] = [];

  /** An expression, with bare commas making a tuple: `a, b`. */
  expressionList(): Expression {
    const first = this.starred();
    if (!this.at(',')) return first;
    const items = [first];
    while (this.take(',')) {
      if (this.endsList()) break;
      items.push(this.starred());
    }
    return this.tuple(items, first.span.start);
  }

  private tuple(items: readonly Expression[], start: number): Expression {
    return { kind: 'sequence', form: 'tuple', items, span: { start, end: this.previousEnd } };
  }

  endsList(): boolean {
    const t = this.token;
    return (
      t.kind === 'newline' ||
      t.kind === 'end' ||
      (t.kind === 'operator' && [')', ']', '}', '=', ':', ';'].includes(t.text))
    );
  }

  private starred(): Expression {
    if (this.at('*')) {
      const start = this.token.start;
      this.index++;
      const value = this.binary(6);
      return { kind: 'starred', value, span: { start, end: value.span.end } };
    }
    return this.expression();
  }

  /** One expression: conditional, lambda, assignment expression included. */
  expression(): Expression {
    const start = this.token.start;
    if (++this.depth > MAX_DEPTH) {
      this.depth--;
      this.skipBracketed();
      return this.unreadable('unknown', 'nested too deeply to evaluate', { start, end: this.previousEnd });
    }
    try {
      if (this.at('lambda')) return this.lambda();
      if (this.at('yield') || this.at('await')) {
        const what = this.token.text;
        this.index++;
        const from = what === 'yield' && this.take('from');
        const value = this.endsList() ? undefined : what === 'yield' ? this.expressionList() : this.expression();
        const span = { start, end: this.previousEnd };
        const unread = this.unreadable('unknown', `${what} is known only when the code runs`, span);
        return what === 'yield' && unread.kind === 'unreadable' ? { ...unread, yields: { value, from } } : unread;
      }
      const then = this.logical('or');
      if (this.at(':=')) {
        this.index++;
        const value = this.expression();
        const span = { start, end: this.previousEnd };
        if (then.kind !== 'name') return this.unreadable('error', 'SyntaxError: invalid syntax', span);
        this.named.push({ name: then.name, nameSpan: then.span, value, sure: true });
        return { kind: 'name', name: then.name, span };
      }
      if (!this.at('if')) return then;
      this.index++;
      this.unsure(start);
      const condition = this.logical('or');
      if (!this.take('else')) return this.unexpected(start);
      const otherwise = this.expression();
      this.unsure(start);
      return { kind: 'conditional', condition, then, otherwise, span: cover(then.span, otherwise.span) };
    } finally {
      this.depth--;
    }
  }

  /** What is assigned from here on may not be, or more than once. */
  private unsure(start: number): void {
    for (const n of this.named) if (n.nameSpan.start >= start) n.sure = false;
  }

  private lambda(): Expression {
    const start = this.token.start;
    this.index++;
    const parameters = this.parameters(':');
    if (!parameters || !this.take(':')) {
      while (!this.at(':') && !this.endsStatement()) this.index++;
      if (this.take(':')) this.expression();
      return this.unreadable('unknown', 'this lambda is not evaluated yet', { start, end: this.previousEnd });
    }
    const body = this.expression();
    this.unsure(start);
    return { kind: 'lambda', parameters, body, span: { start, end: Math.max(body.span.end, this.previousEnd) } };
  }

  /** Names with defaults up to `closer`, which is left; undefined for forms that are not read (`/`). */
  parameters(closer: string): Parameter[] | undefined {
    const out: Parameter[] = [];
    while (!this.at(closer)) {
      const collects = this.take('**') ? 'mapping' : this.take('*') ? 'sequence' : undefined;
      const name = this.token;
      if (collects === 'sequence' && this.take(',')) {
        // What stands behind a bare star is given by name.
        out.push({ name: '', span: spanOf(name), collects });
        continue;
      }
      if (name.kind !== 'name') return undefined;
      this.index++;
      if (closer === ')' && this.take(':')) this.expression();
      const value = this.take('=') ? this.expression() : undefined;
      out.push({
        name: name.text,
        span: spanOf(name),
        ...(value ? { default: value } : {}),
        ...(collects ? { collects } : {}),
      });
      if (!this.take(',')) break;
    }
    return this.at(closer) ? out : undefined;
  }

  /** What a `for` binds: names in any nesting, up to `in`, which is left. */
  targets(): Expression {
    const one = (): Expression => (this.at('*') ? this.starred() : this.binary(6));
    const first = one();
    if (!this.at(',')) return first;
    const items = [first];
    while (this.take(',')) {
      if (this.at('in')) break;
      items.push(one());
    }
    return this.tuple(items, first.span.start);
  }

  private logical(operator: 'or' | 'and'): Expression {
    let left = operator === 'or' ? this.logical('and') : this.not();
    while (this.at(operator)) {
      const t = this.token;
      this.index++;
      const right = operator === 'or' ? this.logical('and') : this.not();
      this.unsure(right.span.start);
      left = { kind: 'logical', operator, operatorSpan: spanOf(t), left, right, span: cover(left.span, right.span) };
    }
    return left;
  }

  private not(): Expression {
    if (!this.at('not')) return this.comparison();
    const signs: Token[] = [];
    while (this.at('not')) {
      signs.push(this.token);
      this.index++;
    }
    let e = this.comparison();
    for (let k = signs.length - 1; k >= 0; k--)
      e = { kind: 'unary', operator: 'not', operatorSpan: spanOf(signs[k]), operand: e, span: cover(signs[k], e.span) };
    return e;
  }

  private comparison(): Expression {
    const first = this.binary(COMPARISON_LEVEL + 1);
    let op = this.comparisonOperator();
    if (!op) return first;
    const operands = [first, this.binary(COMPARISON_LEVEL + 1)];
    const operators = [op.operator];
    const operatorSpans = [op.span];
    for (op = this.comparisonOperator(); op; op = this.comparisonOperator()) {
      operators.push(op.operator);
      operatorSpans.push(op.span);
      operands.push(this.binary(COMPARISON_LEVEL + 1));
    }
    const span = cover(first.span, operands[operands.length - 1].span);
    return { kind: 'comparison', operands, operators, operatorSpans, span };
  }

  private comparisonOperator(): { operator: ComparisonOperator; span: Span } | undefined {
    const t = this.token;
    const second = this.tokens[this.index + 1];
    if (t.kind === 'operator' && t.text in COMPARISONS) {
      this.index++;
      return { operator: COMPARISONS[t.text], span: spanOf(t) };
    }
    if (t.kind !== 'keyword') return undefined;
    if (t.text === 'in') {
      this.index++;
      return { operator: 'in', span: spanOf(t) };
    }
    if (t.text === 'not' && second?.text === 'in') {
      this.index += 2;
      return { operator: 'not-in', span: cover(t, second) };
    }
    if (t.text === 'is') {
      const negated = second?.kind === 'keyword' && second.text === 'not';
      this.index += negated ? 2 : 1;
      return { operator: negated ? 'is-not' : 'is', span: negated ? cover(t, second) : spanOf(t) };
    }
    return undefined;
  }

  /** Left-associative operators by precedence climbing; long chains are read by iteration. */
  private binary(level: number): Expression {
    let left = this.unary();
    for (;;) {
      const t = this.token;
      const entry = t.kind === 'operator' ? BINARY[t.text] : undefined;
      if (!entry || entry[0] < level) return left;
      this.index++;
      const right = this.binary(entry[0] + 1);
      left = {
        kind: 'binary',
        operator: entry[1],
        operatorSpan: spanOf(t),
        left,
        right,
        span: { start: left.span.start, end: Math.max(right.span.end, this.previousEnd) },
      };
    }
  }

  private unary(): Expression {
    if (this.token.kind !== 'operator' || !(this.token.text in UNARY)) return this.power();
    const signs: Token[] = [];
    while (this.token.kind === 'operator' && this.token.text in UNARY) {
      signs.push(this.token);
      this.index++;
    }
    let e = this.power();
    if (signs.length > MAX_DEPTH)
      return this.unreadable('unknown', 'nested too deeply to evaluate', cover(signs[0], e.span));
    for (let k = signs.length - 1; k >= 0; k--)
      e = {
        kind: 'unary',
        operator: UNARY[signs[k].text],
        operatorSpan: spanOf(signs[k]),
        operand: e,
        span: cover(signs[k], e.span),
      };
    return e;
  }

  private power(): Expression {
    const base = this.postfix();
    if (!this.at('**')) return base;
    const t = this.token;
    this.index++;
    if (++this.depth > MAX_DEPTH) {
      this.depth--;
      this.skipBracketed();
      return this.unreadable('unknown', 'nested too deeply to evaluate', {
        start: base.span.start,
        end: this.previousEnd,
      });
    }
    const right = this.unary();
    this.depth--;
    return {
      kind: 'binary',
      operator: 'power',
      operatorSpan: spanOf(t),
      left: base,
      right,
      span: cover(base.span, right.span),
    };
  }

  private postfix(): Expression {
    let e = this.atom();
    let links = 0;
    for (;;) {
      const start = e.span.start;
      if (++links > MAX_DEPTH)
        return this.unreadable('unknown', 'nested too deeply to evaluate', { start, end: this.previousEnd });
      if (this.at('.')) {
        this.index++;
        const t = this.token;
        if (t.kind !== 'name' && t.kind !== 'keyword') return this.unexpected(start);
        this.index++;
        e = { kind: 'member', object: e, name: t.text, nameSpan: spanOf(t), span: { start, end: t.end } };
      } else if (this.at('(')) {
        const opener = this.token;
        this.index++;
        const args = this.callArguments();
        if (!this.take(')')) return this.unclosed(opener, start);
        e = { kind: 'call', callee: e, arguments: args, span: { start, end: this.previousEnd } };
      } else if (this.at('[')) {
        const opener = this.token;
        this.index++;
        const subscripts = this.subscripts();
        if (!this.take(']')) return this.unclosed(opener, start);
        e = { kind: 'index', object: e, subscripts, span: { start, end: this.previousEnd } };
      } else return e;
    }
  }

  callArguments(): Argument[] {
    if (this.at(')') || this.endsStatement()) return [];
    // An array of one is small; one that grows from nothing has room for many.
    const args = [this.argument()];
    while (this.take(',') && !this.at(')') && !this.endsStatement()) args.push(this.argument());
    return args;
  }

  private argument(): Argument {
    if (this.take('**')) return { value: this.expression(), unpack: 'mapping' };
    if (this.take('*')) return { value: this.expression(), unpack: 'sequence' };
    const next = this.tokens[this.index + 1];
    if (this.token.kind === 'name' && next?.text === '=' && next.kind === 'operator') {
      const name = this.token.text;
      this.index += 2;
      return { value: this.expression(), name };
    }
    return { value: this.withComprehension(this.expression()) };
  }

  /** `x for x in …` behind an element makes it a comprehension; one that cannot be read is passed over up to its bracket. */
  private withComprehension(
    element: Expression,
    form: Comprehension['form'] = 'generator',
    value?: Expression,
  ): Expression {
    if (!this.at('for') && !this.at('async')) return element;
    this.unsure(element.span.start);
    const begin = this.index;
    const clauses: ComprehensionClause[] = [];
    while (this.take('for')) {
      const target = this.targets();
      if (!this.take('in')) break;
      const iterable = this.logical('or');
      const conditions: Expression[] = [];
      while (this.take('if')) conditions.push(this.logical('or'));
      clauses.push({ target, iterable, conditions });
    }
    this.unsure(element.span.start);
    if (clauses.length > 0 && (this.at(')') || this.at(']') || this.at('}')))
      return {
        kind: 'comprehension',
        form,
        element,
        ...(value ? { value } : {}),
        clauses,
        span: { start: element.span.start, end: this.previousEnd },
      };
    this.index = begin;
    let depth = 0;
    while (!this.endsStatement()) {
      const t = this.token;
      if (t.kind === 'operator' && '([{'.includes(t.text)) depth++;
      if (t.kind === 'operator' && ')]}'.includes(t.text) && --depth < 0) break;
      this.index++;
    }
    return this.unreadable('unknown', 'a comprehension is not evaluated yet', {
      start: element.span.start,
      end: this.previousEnd,
    });
  }

  private subscripts(): Subscript[] {
    if (this.at(']') || this.endsStatement()) return [];
    const start = this.token.start;
    const list = [this.subscript()];
    while (this.take(',') && !this.at(']') && !this.endsStatement()) list.push(this.subscript());
    const [first] = list;
    if (list.length > 1 || this.tokens[this.index - 1].text !== ',') return list; // `a[k,]`
    return [first.kind === 'at' ? { kind: 'at', value: this.tuple([first.value], start) } : { ...first, alone: true }];
  }

  private subscript(): Subscript {
    const start = this.token.start;
    const part = (): Expression | undefined =>
      this.at(':') || this.at(']') || this.at(',') || this.endsStatement() ? undefined : this.expression();
    const first = part();
    if (!this.at(':')) return { kind: 'at', value: first ?? this.unexpected(start) };
    this.index++;
    const stop = part();
    const step = this.take(':') ? part() : undefined;
    return { kind: 'slice', start: first, stop, step, span: { start, end: this.previousEnd } };
  }

  private atom(): Expression {
    const t = this.token;
    const span = spanOf(t);
    switch (t.kind) {
      case 'number':
        this.index++;
        return numberLiteral(t.text, span);
      case 'dense': {
        this.index++;
        const s = t.scanned;
        if (!s) throw new Error('a dense token without numbers');
        return {
          kind: 'dense',
          form: s.form,
          shape: s.shape,
          data: s.data,
          integer: s.integer,
          ...(s.integers ? { integers: s.integers } : {}),
          span,
        };
      }
      case 'string':
        return this.strings();
      case 'name':
        this.index++;
        return { kind: 'name', name: t.text, span };
      case 'bad':
        this.index++;
        return this.unreadable('error', `SyntaxError: ${t.text}`, span);
      case 'keyword':
        if (t.text === 'True' || t.text === 'False') {
          this.index++;
          return { kind: 'boolean', value: t.text === 'True', span };
        }
        if (t.text === 'None') {
          this.index++;
          return { kind: 'none', span };
        }
        return this.unexpected(t.start);
      case 'operator':
        if (t.text === '...') {
          this.index++;
          return { kind: 'ellipsis', span };
        }
        if (t.text === '(') return this.parenthesised();
        if (t.text === '[') return this.list();
        if (t.text === '{') return this.braces();
        return this.unexpected(t.start);
      default:
        return this.unexpected(t.start);
    }
  }

  private strings(): Expression {
    const first = this.token;
    if (this.tokens[this.index + 1].kind !== 'string' && !/[bf]/.test(first.prefix ?? '')) {
      this.index++;
      return { kind: 'string', value: first.text, span: spanOf(first) };
    }
    let value = '';
    let bytes = false;
    let parts: FormattedPart[] | undefined = [];
    let formatted = false;
    let end = first.end;
    while (this.token.kind === 'string') {
      value += this.token.text;
      bytes ||= /b/.test(this.token.prefix ?? '');
      if (/f/.test(this.token.prefix ?? '')) {
        formatted = true;
        const read: FormattedPart[] | undefined = this.token.parts && this.fields(this.token.parts);
        parts = parts && read ? [...parts, ...read] : undefined;
      } else parts?.push(this.token.text);
      end = this.token.end;
      this.index++;
    }
    const span = { start: first.start, end };
    if (bytes || (formatted && !parts))
      return this.unreadable(
        'unknown',
        bytes ? 'bytes are not evaluated yet' : 'this formatted string cannot be read',
        span,
      );
    return formatted ? { kind: 'formatted', parts: parts ?? [], span } : { kind: 'string', value, span };
  }

  /** The fields of a formatted string as expressions; undefined when one cannot be read to its end. */
  private fields(parts: readonly TokenPart[]): FormattedPart[] | undefined {
    const out: FormattedPart[] = [];
    for (const part of parts) {
      if (typeof part === 'string') {
        out.push(part);
        continue;
      }
      const inner = new ExpressionParser(part.tokens, this.lineOf);
      inner.depth = this.depth + 1;
      inner.named = this.named;
      const value = inner.expressionList();
      const format = this.fields(part.format);
      while (inner.token.kind === 'newline') inner.index++;
      if (inner.token.kind !== 'end' || !format) return undefined;
      out.push({ value, format, ...(part.conversion ? { conversion: part.conversion } : {}) });
    }
    return out;
  }

  private parenthesised(): Expression {
    const opener = this.token;
    this.index++;
    if (this.take(')')) return this.tuple([], opener.start);
    const first = this.withComprehension(this.starred());
    // The parentheses belong to the text of what they hold.
    if (this.take(')')) return { ...first, span: { start: opener.start, end: this.previousEnd } };
    const items = [first];
    while (this.take(',')) {
      if (this.at(')')) break;
      items.push(this.starred());
    }
    if (!this.take(')')) return this.unclosed(opener, opener.start);
    return this.tuple(items, opener.start);
  }

  private list(): Expression {
    const opener = this.token;
    this.index++;
    const items: Expression[] = [];
    while (!this.at(']') && !this.endsStatement()) {
      items.push(this.withComprehension(this.starred(), 'list'));
      if (!this.take(',')) break;
    }
    if (!this.take(']')) return this.unclosed(opener, opener.start);
    const span = { start: opener.start, end: this.previousEnd };
    const only = items.length === 1 ? items[0] : undefined;
    if (only?.kind === 'comprehension' && only.form === 'list') return { ...only, span };
    if (only?.kind === 'unreadable' && only.message.startsWith('a comprehension')) return { ...only, span };
    return { kind: 'sequence', form: 'list', items, span };
  }

  private braces(): Expression {
    const opener = this.token;
    const begin = this.index;
    for (const read of [() => this.mapping(opener), () => this.set(opener)]) {
      const found = read();
      if (found) return found;
      this.index = begin;
    }
    this.skipBracketed();
    return this.unreadable('unknown', 'this dict or set is not evaluated yet', {
      start: opener.start,
      end: this.previousEnd,
    });
  }

  /** `{a, b, …}` or a set comprehension; undefined for what cannot be read. */
  private set(opener: Token): Expression | undefined {
    this.index++;
    const items: Expression[] = [];
    while (!this.at('}') && !this.endsStatement()) {
      const item = this.starred();
      if (items.length === 0 && this.at('for')) {
        const all = this.withComprehension(item, 'set');
        if (all.kind !== 'comprehension' || !this.take('}')) return undefined;
        return { ...all, span: { start: opener.start, end: this.previousEnd } };
      }
      items.push(item);
      if (!this.take(',')) break;
    }
    if (!this.take('}')) return undefined;
    return { kind: 'sequence', form: 'set', items, span: { start: opener.start, end: this.previousEnd } };
  }

  /** `{key: value, …}` or a dict comprehension; undefined for sets and what cannot be read. */
  private mapping(opener: Token): Expression | undefined {
    this.index++;
    const entries: { key?: Expression; value: Expression }[] = [];
    while (!this.at('}')) {
      if (this.take('**')) {
        entries.push({ value: this.binary(6) });
        if (!this.take(',')) break;
        continue;
      }
      const key = this.expression();
      if (!this.take(':')) return undefined;
      const value = this.expression();
      if (entries.length === 0 && this.at('for')) {
        const all = this.withComprehension(key, 'dict', value);
        if (all.kind !== 'comprehension' || !this.take('}')) return undefined;
        return { ...all, span: { start: opener.start, end: this.previousEnd } };
      }
      entries.push({ key, value });
      if (!this.take(',')) break;
    }
    if (!this.take('}')) return undefined;
    return { kind: 'mapping', entries, span: { start: opener.start, end: this.previousEnd } };
  }
}
