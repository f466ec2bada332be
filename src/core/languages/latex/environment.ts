import type { Expression } from '../../expression/expression';
import { NumberReader } from '../../text/decimal';
import type { MathToken } from './lexer';
import { call, TokenReader, Unreadable } from './token-reader';

/** Why a definition by cases has no value. */
export const CASES = 'a definition by cases is not read';

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

/** `\begin{bmatrix} … \end{bmatrix}` and its relatives. */
export abstract class EnvironmentReader extends TokenReader {
  protected abstract sum(): Expression;

  protected environment(t: MathToken): Expression {
    this.index++;
    const name = this.environmentName();
    if (!MATRICES.has(name))
      throw new Unreadable('unknown', name.endsWith('cases') ? CASES : `the environment ${name} is not read`, {
        start: t.start,
        end: this.previousEnd,
      });
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
    const reader = new NumberReader(this.text, { start, end: this.tokens[this.tokens.length - 1].end });
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
      const asWritten = t.text === this.text.slice(t.start, t.end);
      const value = asWritten ? reader.read(t.start, t.end) : Number(t.text);
      if (asWritten ? !reader.integer : !Number.isInteger(value)) integer = false;
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
