import { type Element, isComplex } from '../values/dtype';
import { elementAt, elements, type NDArray, position } from '../values/ndarray';
import type { PolynomialValue, Value } from '../values/value';

export interface LatexOptions {
  /** Rows and columns beyond which a matrix is elided with dots. */
  readonly maxRows?: number;
  readonly maxColumns?: number;
  /** Significant digits of non-integers. */
  readonly digits?: number;
}

/** A value as LaTeX that KaTeX reads in strict mode. */
export function valueLatex(value: Value, options: LatexOptions = {}): string {
  switch (value.kind) {
    case 'scalar':
      return numberLatex(value.value, options.digits ?? 15);
    case 'array':
      return arrayLatex(value.array, options);
    case 'strings':
      return arrayLatex(value.array, options, k => `\\text{${escaped(value.table[Number(k)])}}`);
    case 'string':
      return `\\text{${escaped(value.value)}}`;
    case 'vector':
      return vectorLatex(value);
    case 'none':
      return '\\text{None}';
    case 'list':
    case 'tuple': {
      if (value.items.length === 0) return value.kind === 'list' ? '[\\,]' : '(\\,)';
      const items = value.items.slice(0, 12).map(v => valueLatex(v, options));
      if (value.items.length > 12) items.push('\\dots');
      const [open, close] = value.kind === 'list' ? ['\\left[', '\\right]'] : ['\\left(', '\\right)'];
      return `${open} ${items.join(',\\; ')} ${close}`;
    }
    case 'dtype':
      return `\\mathrm{${value.dtype}}`;
    case 'polynomial':
      return polynomialLatex(value, options);
    case 'string-type':
    case 'slice':
    case 'ellipsis':
    case 'module':
    case 'function':
    case 'dict':
    case 'set':
    case 'object':
    case 'cell':
    case 'struct':
    case 'generator':
      return '\\text{–}';
  }
}

/** R's texts and missing elements, up to so many. */
function vectorLatex({ items, dim, type }: Extract<Value, { kind: 'vector' }>): string {
  const cell = (x: (typeof items)[number]): string =>
    x === null
      ? '\\mathrm{NA}'
      : typeof x === 'string'
        ? `\\text{${escaped(x)}}`
        : typeof x === 'boolean'
          ? `\\mathrm{${x ? 'TRUE' : 'FALSE'}}`
          : numberLatex(x, 15);
  if (items.length === 0) return `\\mathrm{${type}}(0)`;
  const [rows, columns] = dim?.length === 2 ? dim : [1, items.length];
  const line = (i: number): string =>
    Array.from({ length: Math.min(columns, 12) }, (_, j) => cell(items[i + j * rows])).join(' & ') +
    (columns > 12 ? ' & \\dots' : '');
  const lines = Array.from({ length: Math.min(rows, 12) }, (_, i) => line(i));
  return `\\begin{bmatrix} ${lines.join(' \\\\ ')}${rows > 12 ? ' \\\\ \\vdots' : ''} \\end{bmatrix}`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  '%': '\\%',
  _: '\\_',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
};

/** Plain text for \text{…}: special characters escaped, characters beyond ASCII left out where KaTeX would complain. */
export const escaped = (text: string): string =>
  Array.from(text.replace(/\s+/g, ' '), c => ESCAPES[c] ?? (c >= ' ' && c <= '~' ? c : '?')).join('');

export function numberLatex(e: Element, digits = 15): string {
  if (isComplex(e)) {
    const size = numberLatex(Math.abs(e.im), digits);
    const im = /[a-z]$/.test(size) ? `${size} ` : size;
    const sign = e.im < 0 || Object.is(e.im, -0) ? '-' : '+';
    if (e.re === 0) return `${sign === '-' ? '-' : ''}${im === '1' ? '' : im}i`;
    return `${numberLatex(e.re, digits)} ${sign} ${im === '1' ? '' : im}i`;
  }
  if (typeof e === 'boolean') return `\\mathrm{${e ? 'True' : 'False'}}`;
  if (typeof e === 'bigint') return e.toString();
  if (Number.isNaN(e)) return '\\mathrm{NaN}';
  if (!Number.isFinite(e)) return e > 0 ? '\\infty' : '-\\infty';
  if (Number.isInteger(e) && Math.abs(e) < 1e16) return String(e + 0);
  const rounded = Number(e.toPrecision(digits));
  // Zeros behind the digits kept would pass for exact ones.
  const text = Math.abs(rounded) >= 1e16 ? rounded.toExponential() : String(rounded);
  const [mantissa, exponent] = text.split('e');
  if (exponent === undefined) return text;
  const power = `10^{${Number(exponent)}}`;
  return mantissa === '1' ? power : mantissa === '-1' ? `-${power}` : `${mantissa} \\times ${power}`;
}

/** Indices to show of `n`, with -1 for the gap. */
function shown(n: number, limit: number): number[] {
  if (n <= limit) return Array.from({ length: n }, (_, i) => i);
  return [...Array.from({ length: limit - 2 }, (_, i) => i), -1, n - 1];
}

function arrayLatex(
  a: NDArray,
  options: LatexOptions,
  entry: (e: Element) => string = e => numberLatex(e, options.digits ?? 6),
): string {
  const at = (index: readonly number[]): string => entry(elementAt(a, position(a, index)));
  if (a.shape.length === 0) return at([]);
  if (a.shape.some(n => n === 0)) return `\\left[\\;\\right]_{${a.shape.join(' \\times ')}}`;
  const maxColumns = options.maxColumns ?? 8;
  const maxRows = options.maxRows ?? 8;
  if (a.shape.length === 1) return matrix([0], shown(a.shape[0], maxColumns), (_, j) => at([j]));
  if (a.shape.length === 2)
    return matrix(shown(a.shape[0], maxRows), shown(a.shape[1], maxColumns), (i, j) => at([i, j]));
  // More dimensions: the blocks along the first axis, side by side.
  const blocks = shown(a.shape[0], 3).map(i =>
    i === -1
      ? '\\cdots'
      : arrayLatex(
          { ...a, shape: a.shape.slice(1), strides: a.strides.slice(1), offset: a.offset + i * a.strides[0] },
          options,
          entry,
        ),
  );
  return `\\left[ ${blocks.join(',\\; ')} \\right]`;
}

function matrix(rows: readonly number[], columns: readonly number[], entry: (i: number, j: number) => string): string {
  const line = (i: number): string =>
    columns.map(j => (i === -1 ? (j === -1 ? '\\ddots' : '\\vdots') : j === -1 ? '\\cdots' : entry(i, j))).join(' & ');
  return `\\begin{bmatrix} ${rows.map(line).join(' \\\\ ')} \\end{bmatrix}`;
}

/** The polynomial with its powers in the order in which it holds them. */
function polynomialLatex(v: PolynomialValue, options: LatexOptions): string {
  const all = elements(v.coefficients);
  if (v.domain || all.length > 12) return '\\text{–}';
  let out = '';
  all.forEach((e, k) => {
    const power = v.form === 'poly1d' ? all.length - 1 - k : k;
    const text = numberLatex(e, options.digits ?? 6);
    if (text === '0' || text === '-0') return;
    const [sign, size] = text.startsWith('-') ? ['-', text.slice(1)] : ['+', text];
    const bare = isComplex(e) ? `(${text})` : size;
    const symbol = power === 0 ? '' : `${escaped(v.variable)}${power === 1 ? '' : `^{${power}}`}`;
    const term = symbol === '' ? bare : bare === '1' ? symbol : `${bare} ${symbol}`;
    const mark = isComplex(e) ? '+' : sign;
    out += out === '' ? (mark === '-' ? `-${term}` : term) : ` ${mark} ${term}`;
  });
  return out === '' ? '0' : out;
}
