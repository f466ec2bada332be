import type { Expression } from '../../expression/expression';
import type { Span } from '../../text/span';
import type { MathToken } from './lexer';

/** Braces and brackets within one another that are followed. */
const MAX_DEPTH = 60;

const DOTS: ReadonlySet<string> = new Set(['dots', 'ldots', 'cdots', 'vdots', 'ddots', 'dotsc', 'dotsb', '…']);

/** Carries what cannot be read up to the formula. */
export class Unreadable {
  constructor(
    readonly status: 'error' | 'unknown',
    readonly message: string,
    readonly span: Span,
  ) {}
}

/** Tokens of one stretch of mathematics and the place that is being read. */
export abstract class TokenReader {
  protected index = 0;
  private depth = 0;

  constructor(
    protected readonly text: string,
    protected readonly tokens: MathToken[],
  ) {}

  protected get token(): MathToken {
    return this.tokens[this.index];
  }

  protected is(text: string): boolean {
    const t = this.token;
    return t.kind !== 'end' && t.kind !== 'letter' && t.text === text;
  }

  protected take(text: string): boolean {
    if (!this.is(text)) return false;
    this.index++;
    return true;
  }

  protected cannotRead(): Unreadable {
    const t = this.token;
    if (t.kind === 'end') return new Unreadable('error', 'the formula ends too early', { start: t.start, end: t.end });
    const written = t.kind === 'command' ? `\\${t.text}` : t.text;
    const message = DOTS.has(t.text)
      ? `${written} stands for entries that are not written`
      : `${written} is not read here`;
    return new Unreadable('unknown', message, { start: t.start, end: t.end });
  }

  protected nested<T>(read: () => T): T {
    if (++this.depth > MAX_DEPTH) {
      const t = this.token;
      this.index = this.tokens.length - 1;
      throw new Unreadable('unknown', 'nested too deeply to evaluate', { start: t.start, end: t.end });
    }
    const result = read();
    this.depth--;
    return result;
  }

  protected get previousEnd(): number {
    return this.tokens[this.index - 1].end;
  }
}

/** A number as written; whole ones are exact. */
export function numberOf(text: string, span: Span): Expression {
  return /^\d+$/.test(text)
    ? { kind: 'number', value: Number(text), integer: BigInt(text), span }
    : { kind: 'number', value: Number(text), span };
}

/** A call of a named function, as `\\det A` and `\\|x\\|` are. */
export const call = (name: string, args: readonly Expression[], span: Span): Expression => ({
  kind: 'call',
  callee: { kind: 'name', name, span: { start: span.start, end: span.start } },
  arguments: args.map(value => ({ value })),
  span,
});
