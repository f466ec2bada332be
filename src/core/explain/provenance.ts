import type { Span } from '../text/span';

/**
 * Where the entries of a result come from. Rows and columns count from 0, in the shape in which the step typesets its
 * matrices: a 1-D array stands as a column, or as a row in front of a matrix.
 */
export interface Provenance {
  /** How the entries that are taken are put together. */
  readonly rule: 'products' | 'add' | 'subtract' | 'multiply' | 'divide' | 'move';
  readonly result: Entries;
  readonly operands: readonly OperandEntries[];
}

/** A matrix for a surface to lay out: its entries as LaTeX, row by row. */
export interface Entries {
  readonly rows: number;
  readonly columns: number;
  readonly latex: readonly string[];
}

export interface OperandEntries extends Entries {
  /** What makes entry (i, j) of the result: row i, column j, entry (i, j), entry (j, i), or everything. */
  readonly takes: 'row' | 'column' | 'entry' | 'mirrored' | 'all';
  /** Where the operand stands in the expression. */
  readonly span?: Span;
  /** Where its entries are written out as numbers, row by row: in the expression, or where its name was assigned. */
  readonly places?: readonly Span[];
}

export interface Position {
  readonly row: number;
  readonly column: number;
}

/** The entries of an operand that make entry (row, column) of the result, in the order in which they are combined. */
export function takenFrom(operand: OperandEntries, { row, column }: Position): readonly Position[] {
  const { rows, columns } = operand;
  // A side of length 1 stands for every row or column.
  const within = (r: number, c: number): Position => ({ row: Math.min(r, rows - 1), column: Math.min(c, columns - 1) });
  switch (operand.takes) {
    case 'row':
      return Array.from({ length: columns }, (_, k) => within(row, k));
    case 'column':
      return Array.from({ length: rows }, (_, k) => within(k, column));
    case 'entry':
      return [within(row, column)];
    case 'mirrored':
      return [within(column, row)];
    case 'all':
      return Array.from({ length: rows * columns }, (_, k) => within(Math.floor(k / columns), k % columns));
  }
}

const SIGNS = { products: '\\cdot', add: '+', subtract: '-', multiply: '\\cdot' } as const;

const signed = (latex: string): string => (/^-|\\times| [+-] /.test(latex) ? `(${latex})` : latex);

/** One entry of the result worked out, `1 \cdot 5 + 2 \cdot 7 = 19`. */
export function entryWorking({ rule, result, operands }: Provenance, at: Position): string {
  const taken = operands.map(o => takenFrom(o, at).map(p => o.latex[p.row * o.columns + p.column]));
  const value = result.latex[at.row * result.columns + at.column];
  const [a, b = []] = taken;
  switch (rule) {
    case 'move':
      return value;
    case 'divide':
      return `\\frac{${a[0]}}{${b[0]}} = ${value}`;
    default: {
      const first = rule === 'add' || rule === 'subtract' ? (x: string) => x : signed;
      const terms = a.map((x, k) =>
        b[k] === undefined ? (k === 0 ? x : signed(x)) : `${first(x)} ${SIGNS[rule]} ${signed(b[k])}`,
      );
      return `${terms.join(' + ')} = ${value}`;
    }
  }
}
