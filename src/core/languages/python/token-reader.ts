import type { Expression } from '../../expression/expression';
import type { Span } from '../../text/span';
import type { Token } from './lexer';

export const spanOf = (t: Token): Span => ({ start: t.start, end: t.end });

/** `name := value` within a statement; `sure` where it is evaluated once, before all else that reads the name. */
export interface NamedValue {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: Expression;
  sure: boolean;
}

/** The tokens of a program, the place that is being read, and what to say where it cannot be read on. */
export class TokenReader {
  index = 0;

  constructor(
    readonly tokens: readonly Token[],
    protected readonly lineOf: (offset: number) => number,
  ) {}

  get token(): Token {
    return this.tokens[this.index];
  }

  get previousEnd(): number {
    return this.index > 0 ? this.tokens[this.index - 1].end : 0;
  }

  at(text: string): boolean {
    const t = this.token;
    return (t.kind === 'operator' || t.kind === 'keyword') && t.text === text;
  }

  take(text: string): boolean {
    if (!this.at(text)) return false;
    this.index++;
    return true;
  }

  protected endsStatement(): boolean {
    return this.token.kind === 'newline' || this.token.kind === 'end';
  }

  /** Passes one token, or a whole bracket with what it holds. */
  protected skipBracketed(): void {
    const t = this.token;
    if (t.closer !== undefined && t.closer >= 0) this.index = t.closer + 1;
    else if (!this.endsStatement()) this.index++;
    if (t.closer === -1) while (!this.endsStatement()) this.index++;
  }

  protected unclosed(opener: Token, start: number): Expression {
    if (opener.closer === -1) {
      while (!this.endsStatement()) this.index++;
      return this.unreadable(
        'error',
        `SyntaxError: '${opener.text}' was never closed (line ${this.lineOf(opener.start) + 1})`,
        { start, end: this.previousEnd },
      );
    }
    const at = spanOf(this.token);
    this.index = Math.max(this.index, (opener.closer ?? this.index) + 1);
    return this.unreadable('error', 'SyntaxError: invalid syntax. Perhaps you forgot a comma?', {
      start,
      end: Math.max(at.end, this.previousEnd),
    });
  }

  /** What stands here is no expression; nothing is consumed. */
  protected unexpected(start: number): Expression {
    const t = this.token;
    return this.unreadable('error', t.kind === 'bad' ? `SyntaxError: ${t.text}` : 'SyntaxError: invalid syntax', {
      start,
      end: Math.max(t.end, start),
    });
  }

  unreadable(status: 'error' | 'unknown', message: string, span: Span): Expression {
    return { kind: 'unreadable', status, message, span: { start: span.start, end: span.end } };
  }
}

/** The literal that a number token stands for. */
export function numberLiteral(source: string, span: Span): Expression {
  const plain = source.replace(/_/g, '');
  if (/[jJ]$/.test(plain)) return { kind: 'number', value: Number(plain.slice(0, -1)), imaginary: true, span };
  if (/^(0[xXoObB][0-9a-fA-F]+|\d+)$/.test(plain)) {
    const integer = BigInt(plain);
    return { kind: 'number', value: Number(integer), integer, span };
  }
  return { kind: 'number', value: Number(plain), span };
}
