import { type Element, isComplex } from '../values/dtype';
import { elementAt, elements, type NDArray } from '../values/ndarray';
import type { Value } from '../values/value';
import type { Entries, OperandEntries, Provenance } from './provenance';

/** A number as it stands in a worked step. `rounded` when digits were left out, so that `\approx` is due. */
export interface Written {
  readonly latex: string;
  readonly rounded: boolean;
}

/** Integers in full up to 15 digits, other numbers to at most 4 decimals or 4 significant digits. */
export function written(e: Element): Written {
  if (isComplex(e)) {
    const re = written(e.re);
    const im = written(Math.abs(e.im));
    return {
      latex: `${re.latex} ${e.im < 0 ? '-' : '+'} ${im.latex}${/[a-z]$/.test(im.latex) ? ' ' : ''}i`,
      rounded: re.rounded || im.rounded,
    };
  }
  if (typeof e === 'boolean') return { latex: e ? '1' : '0', rounded: false };
  if (typeof e === 'bigint') return { latex: e.toString(), rounded: false };
  if (Number.isNaN(e)) return { latex: '\\mathrm{NaN}', rounded: false };
  if (!Number.isFinite(e)) return { latex: e > 0 ? '\\infty' : '-\\infty', rounded: false };
  if (Number.isInteger(e) && Math.abs(e) < 1e15) return { latex: Object.is(e, -0) ? '0' : String(e), rounded: false };
  const magnitude = Math.abs(e);
  if (magnitude >= 1e6 || magnitude < 1e-3) {
    const [mantissa, exponent] = Number(e.toPrecision(4)).toExponential().split('e');
    return { latex: `${mantissa} \\times 10^{${Number(exponent)}}`, rounded: Number(`${mantissa}e${exponent}`) !== e };
  }
  const text = String(Number(e.toFixed(4)));
  return { latex: text, rounded: Number(text) !== e };
}

/** In parentheses where a sign or several parts would run into the operator before it. */
export function factor(e: Element): string {
  const { latex } = written(e);
  return latex.startsWith('-') || isComplex(e) || latex.includes('\\times') ? `(${latex})` : latex;
}

/** An array of at most two dimensions as rows of entries; a 1-D array stands as a column. */
export interface Grid {
  readonly rows: number;
  readonly columns: number;
  at(row: number, column: number): Element;
}

export function gridOf(a: NDArray): Grid | undefined {
  if (a.shape.length > 2) return undefined;
  const [rows, columns] = a.shape.length === 2 ? a.shape : [a.shape.length === 1 ? a.shape[0] : 1, 1];
  const [down = 0, across = 0] = a.strides;
  return { rows, columns, at: (row, column) => elementAt(a, a.offset + row * down + column * across) };
}

export function gridOfValue(v: Value): Grid | undefined {
  if (v.kind === 'array') return gridOf(v.array);
  if (v.kind === 'scalar') return { rows: 1, columns: 1, at: () => v.value };
  if (v.kind !== 'list' && v.kind !== 'tuple') return undefined;
  const rows = v.items.map(item => (item.kind === 'scalar' ? [item.value] : gridRow(item)));
  if (rows.length === 0 || rows.some(r => r === undefined || r.length !== rows[0]?.length)) return undefined;
  return { rows: rows.length, columns: rows[0]?.length ?? 0, at: (i, j) => rows[i]?.[j] ?? 0 };
}

function gridRow(v: Value): Element[] | undefined {
  if (v.kind === 'array' && v.array.shape.length === 1) return elements(v.array);
  if (v.kind !== 'list' && v.kind !== 'tuple') return undefined;
  const items = v.items.map(item => (item.kind === 'scalar' ? item.value : undefined));
  return items.every(i => i !== undefined) ? items : undefined;
}

const SHOWN = 6;
const GAP = -1;

/** Indices to show of `n`: all of them up to six, otherwise the first four, a gap and the last. */
export function shown(n: number): number[] {
  return n <= SHOWN ? Array.from({ length: n }, (_, i) => i) : [0, 1, 2, 3, GAP, n - 1];
}

/** A quotient; one with decimals or sums is set in full size also within a matrix, where it would be too small to be read. */
export const fraction = (above: string, below: string): string =>
  `\\${/[.+]/.test(above + below) ? 'd' : ''}frac{${above}}{${below}}`;

/** Rows one below the other, with room for fractions. */
export const rowsLatex = (rows: readonly string[]): string =>
  rows.join(
    rows.some(r => r.includes('\\dfrac'))
      ? ' \\\\[10pt] '
      : rows.some(r => r.includes('\\frac'))
        ? ' \\\\[4pt] '
        : ' \\\\ ',
  );

/** A bracketed matrix whose entries are written by `entry`; long sides are elided. */
export function bracket(rows: number, columns: number, entry: (row: number, column: number) => string): string {
  const lines = shown(rows).map(i =>
    shown(columns)
      .map(j => (i === GAP ? (j === GAP ? '\\ddots' : '\\vdots') : j === GAP ? '\\cdots' : entry(i, j)))
      .join(' & '),
  );
  return `\\begin{bmatrix} ${rowsLatex(lines)} \\end{bmatrix}`;
}

export const typeset = (g: Grid): string =>
  g.rows === 1 && g.columns === 1
    ? written(g.at(0, 0)).latex
    : bracket(g.rows, g.columns, (i, j) => written(g.at(i, j)).latex);

/** `=` when every entry is written in full, otherwise `\approx`. */
export function relation(g: Grid): string {
  for (const i of shown(g.rows))
    for (const j of shown(g.columns)) if (i !== GAP && j !== GAP && written(g.at(i, j)).rounded) return '\\approx';
  return '=';
}

/** A sum of terms, elided in the middle. */
export function sum(n: number, term: (k: number) => string): string {
  return shown(n)
    .map(k => (k === GAP ? '\\cdots' : term(k)))
    .join(' + ');
}

/** Longer sides are elided where they are typeset, and their entries stand for nothing that can be seen. */
const MAX_PROVENANCE = 12;

/** The provenance of a result for a step; nothing where a side is too long to be laid out. */
export function provenance(
  rule: Provenance['rule'],
  result: Grid,
  ...operands: readonly (readonly [Grid, OperandEntries['takes']])[]
): { readonly provenance?: Provenance } {
  const grids = [result, ...operands.map(([g]) => g)];
  if (grids.some(g => Math.max(g.rows, g.columns) > MAX_PROVENANCE || g.rows * g.columns === 0)) return {};
  return {
    provenance: {
      rule,
      result: entriesOf(result),
      operands: operands.map(([g, takes]) => ({ ...entriesOf(g), takes })),
    },
  };
}

const entriesOf = ({ rows, columns, at }: Grid): Entries => ({
  rows,
  columns,
  latex: Array.from({ length: rows * columns }, (_, k) => written(at(Math.floor(k / columns), k % columns)).latex),
});
