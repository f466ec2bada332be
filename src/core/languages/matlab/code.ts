import type { BinaryOperator, Call, Expression, UnaryOperator } from '../../expression/expression';
import type { Token } from './lexer';

const BINARY: Readonly<Partial<Record<BinaryOperator, string>>> = {
  add: '+',
  subtract: '-',
  multiply: '*',
  divide: '/',
  'left-divide': '\\',
  power: '^',
  'elementwise-multiply': '.*',
  'elementwise-divide': './',
  'elementwise-left-divide': '.\\',
  'elementwise-power': '.^',
  'bit-and': '&',
  'bit-or': '|',
};

const COMPARISON: Readonly<Record<string, string>> = {
  equal: '==',
  'not-equal': '!=',
  less: '<',
  'less-equal': '<=',
  greater: '>',
  'greater-equal': '>=',
};

const UNARY: Readonly<Partial<Record<UnaryOperator, readonly [before: string, behind: string]>>> = {
  plus: ['+', ''],
  negate: ['-', ''],
  not: ['!', ''],
  transpose: ['', ".'"],
  'conjugate-transpose': ['', "'"],
};

/** The text of expressions as Octave writes those of function handles: its own blanks, numbers and strings as they were. */
export class Code {
  private readonly texts = new WeakMap<Expression, string>();
  private readonly parentheses = new WeakMap<Expression, number>();

  /** Keeps how a number, string or matrix of numbers is written. */
  written<E extends Expression>(t: Token, e: E): E {
    const kept = t.kind === 'string' ? quoted(t) : t.kind === 'dense' ? matrixText(t.text) : t.text;
    this.texts.set(e, kept);
    return e;
  }

  /** Keeps that an expression stands within parentheses of its own. */
  wrapped<E extends Expression>(e: E, inner: Expression): E {
    const text = this.texts.get(inner);
    if (text !== undefined) this.texts.set(e, text);
    this.parentheses.set(e, (this.parentheses.get(inner) ?? 0) + 1);
    return e;
  }

  /** `dense` directly within brackets or braces, where no blank stands before an index. */
  of(e: Expression, dense = false): string {
    const around = this.parentheses.get(e) ?? 0;
    return '('.repeat(around) + this.bare(e, dense && around === 0) + ')'.repeat(around);
  }

  private list(items: readonly Expression[], dense = false): string {
    return items.map(item => this.of(item, dense)).join(', ');
  }

  private call(e: Call, dense: boolean): string {
    const args = e.arguments.map(a => a.value);
    if (e.field) return `${this.of(args[0], dense)}.(${this.of(args[1])})`;
    const [open, close] = e.braces ? '{}' : '()';
    return `${this.of(e.callee, dense)}${dense ? '' : ' '}${open}${this.list(args)}${close}`;
  }

  private bare(e: Expression, dense: boolean): string {
    const kept = this.texts.get(e);
    if (kept !== undefined) return kept;
    switch (e.kind) {
      case 'name':
        return e.name.replace('()', '');
      case 'member':
        return `${this.of(e.object, dense)}.${e.name}`;
      case 'call':
        return this.call(e, dense);
      case 'matrix': {
        const rows = e.rows.map(row => this.list(row, true)).join('; ');
        return e.cell ? `{${rows}}` : `[${rows}]`;
      }
      case 'unary': {
        const [before, behind] = UNARY[e.operator] ?? ['', ''];
        return before + this.of(e.operand, dense) + behind;
      }
      case 'binary':
        return `${this.of(e.left, dense)} ${BINARY[e.operator]} ${this.of(e.right, dense)}`;
      case 'logical':
        return `${this.of(e.left, dense)} ${e.operator === 'and' ? '&&' : '||'} ${this.of(e.right, dense)}`;
      case 'comparison':
        return `${this.of(e.operands[0], dense)} ${COMPARISON[e.operators[0]]} ${this.of(e.operands[1], dense)}`;
      case 'range': {
        const parts = [e.start, e.step, e.stop].filter(p => p !== undefined);
        return parts.length === 0 ? ':' : parts.map(p => this.of(p, dense)).join(':');
      }
      case 'lambda':
        // Within another one the blank behind the parameters is left out.
        return (e.handle ?? '').replace(/^(@\([^)]*\)) /, '$1');
      default:
        return '';
    }
  }
}

/** A string with its own quotes; what a double-quoted one escapes is escaped again. */
function quoted(t: Token): string {
  if (t.quote === '"') {
    const escaped = [...t.text].map(c => ESCAPED[c] ?? c).join('');
    return `"${escaped}"`;
  }
  return `'${t.text.replaceAll("'", "''")}'`;
}

const ESCAPED: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  '\n': '\\n',
  '\t': '\\t',
  '\r': '\\r',
  '\x07': '\\a',
};

/** A matrix of plain numbers with commas between them. */
function matrixText(text: string): string {
  const rows = text
    .slice(1, -1)
    .replace(/[%#].*$/gm, '')
    .replace(/\.\.\..*$/gm, ' ')
    .split(/[;\n]/)
    .map(row =>
      row
        .trim()
        .split(/[\s,]+/)
        .filter(x => x !== ''),
    )
    .filter(row => row.length > 0);
  return `[${rows.map(row => row.join(', ')).join('; ')}]`;
}
