import type { Complex } from '../values/dtype';
import { type Atom, classesOf, highest, toVector, type Vector } from '../values/r-vector';
import type { Value } from '../values/value';
import { complexLayoutOf, complexText, DIGITS, layoutOf, numberText } from './r-numbers';

/** Characters of a line of R's prompt. */
const WIDTH = 80;

export interface PrintOptions {
  readonly digits: number;
  readonly quote: boolean;
  /** Whether texts stand at the right. */
  readonly right: boolean;
}

export const PLAIN: PrintOptions = { digits: DIGITS, quote: true, right: false };

/** Thrown where what R prints is not known; `rText` gives it as the reason. */
class Untold {
  constructor(readonly reason: string) {}
}

/** What R's prompt shows for a value, with a line end behind every line; or the reason why that is not known. */
export function rText(
  value: Value,
  options: PrintOptions = PLAIN,
): { readonly text: string } | { readonly reason: string } {
  try {
    return { text: printed(value, '', options) };
  } catch (problem) {
    if (problem instanceof Untold) return { reason: problem.reason };
    throw problem;
  }
}

function printed(value: Value, tag: string, options: PrintOptions): string {
  if (value.kind === 'none') return 'NULL\n';
  if (value.kind === 'function') {
    if (value.text === undefined) throw new Untold('what a function prints is not followed');
    return `${value.text}\n`;
  }
  const v = toVector(value);
  if (!v) throw new Untold('how this prints is not known');
  if (v.doubt && isDoubtful(v, options.digits)) throw new Untold(v.doubt.reason);
  const classes = classesOf(v);
  if (classes.includes('noquote') && classes.length === 1)
    return vectorText(without(v, 'class'), tag, { ...options, quote: false });
  if (classes.includes('eigen') && v.type === 'list')
    return `eigen() decomposition\n${vectorText(without(v, 'class'), tag, options)}\n`;
  const own = classes.find(c => !PLAIN_CLASSES.has(c));
  if (own !== undefined) throw new Untold(`how objects of class ${own} print is not followed`);
  return vectorText(v, tag, options);
}

/** Whether so many digits of a number are not sure. */
export function isDoubtful({ doubt, values }: Vector, digits = DIGITS): boolean {
  if (!doubt) return false;
  const { noise, zeros } = doubt;
  if (noise === undefined) return true;
  const shown = (x: number): string => x.toPrecision(Math.min(15, digits));
  const open = (x: number): boolean =>
    x === 0 ? !zeros : Math.abs(x) < noise * 10 ** digits || shown(x - noise) !== shown(x + noise);
  return values.some(x =>
    typeof x === 'number'
      ? open(x)
      : x !== null && typeof x === 'object' && 're' in x
        ? open(x.re) || open(x.im)
        : false,
  );
}

const PLAIN_CLASSES: ReadonlySet<string> = new Set(['qr', 'det']);

const without = (v: Vector, name: string): Vector => ({ ...v, others: v.others?.filter(([n]) => n !== name) });

function vectorText(v: Vector, tag: string, options: PrintOptions): string {
  const body = v.type === 'list' ? listText(v, tag, options) : atomicText(v, options);
  const rest = (v.others ?? []).map(([name, value]) => {
    const under = `${tag}attr(,"${name}")`;
    return `attr(,"${name}")\n${printed(value, under, options)}`;
  });
  return body + rest.join('');
}

function atomicText(v: Exclude<Vector, { type: 'list' }>, options: PrintOptions): string {
  if (v.values.length > MAX_PRINT) throw new Untold('R leaves out what goes beyond so many entries');
  if (v.dim && v.dim.length === 1) {
    const names = v.dimnames?.[0];
    if (v.axes) throw new Untold('how tables print is not followed');
    return names ? named(v, names, options) : plain(v, options);
  }
  if (v.dim && v.dim.length === 2) return matrixText(v, v.dim, v.dimnames, v.axes, 0, options);
  if (v.dim && v.dim.length > 2) return arrayText(v, v.dim, options);
  return v.names ? named(v, v.names, options) : plain(v, options);
}

/** Entries that R prints at most, as `max.print` has it. */
const MAX_PRINT = 99_999;

const EMPTY: Readonly<Record<string, string>> = { double: 'numeric' };

/** A text within quotes as R writes it. */
export function quoted(s: string, mark = '"'): string {
  let out = mark;
  for (const c of s) {
    const code = c.codePointAt(0) ?? 0;
    if (c === '\\' || c === mark) out += `\\${c}`;
    else if (c in ESCAPES) out += ESCAPES[c];
    else if (code < 32 || code === 127) out += `\\${code.toString(8).padStart(3, '0')}`;
    else out += c;
  }
  return out + mark;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\t': '\\t',
  '\r': '\\r',
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
  '\0': '\\0',
};

/** Columns that a text takes; what is wider than one is not told. */
function widthOf(s: string): number {
  let n = 0;
  for (const c of s) {
    const code = c.codePointAt(0) ?? 0;
    if (code >= 0x300 && !(code >= 0x370 && code < 0x590) && !(code >= 0x2010 && code < 0x2300))
      throw new Untold('how wide this text prints is not known');
    n++;
  }
  return n;
}

const left = (s: string, width: number): string => s + ' '.repeat(Math.max(0, width - widthOf(s)));
const right = (s: string, width: number): string => ' '.repeat(Math.max(0, width - widthOf(s))) + s;

/** The texts of elements that are written alike. */
export function cells(
  v: { readonly type: Vector['type']; readonly values: readonly (Atom | Value)[] },
  options: PrintOptions,
): string[] {
  switch (v.type) {
    case 'logical':
      return v.values.map(x => (x === null ? 'NA' : x ? 'TRUE' : 'FALSE'));
    case 'integer':
      return v.values.map(x => (x === null ? 'NA' : String(x)));
    case 'double': {
      const layout = layoutOf(v.values as readonly (number | null)[], options.digits);
      return v.values.map(x => numberText(x as number | null, layout));
    }
    case 'complex': {
      const layout = complexLayoutOf(v.values as readonly (Complex | null)[], options.digits);
      return v.values.map(x => {
        const z = x as Complex | null;
        return complexText(z, layout);
      });
    }
    case 'character':
      return v.values.map(x =>
        x === null ? (options.quote ? 'NA' : '<NA>') : options.quote ? quoted(String(x)) : escapedOnly(String(x)),
      );
    case 'list':
      return v.values.map(x => summary(x as Value));
  }
}

const escapedOnly = (s: string): string => {
  const inside = quoted(s, '\0');
  return inside.slice(1, -1);
};

/** An element of a list as it stands in a matrix. */
function summary(value: Value): string {
  const v = toVector(value);
  if (value.kind === 'none') return 'NULL';
  if (!v) return '?';
  if (v.values.length === 1 && v.type !== 'list') return cells(v, PLAIN)[0];
  throw new Untold('how matrices of lists print is not followed');
}

function plain(v: Vector, options: PrintOptions): string {
  const n = v.values.length;
  if (n === 0) return `${EMPTY[v.type] ?? v.type}(0)\n`;
  const texts = cells(v, options);
  const width = highest(texts.map(widthOf));
  const label = String(n).length + 2;
  const atLeft = v.type === 'character' && !options.right;
  const lines: string[] = [];
  let line = right('[1]', label);
  let used = label;
  texts.forEach((text, i) => {
    if (i > 0 && used + width + 1 > WIDTH) {
      lines.push(line);
      line = right(`[${i + 1}]`, label);
      used = label;
    }
    line += ` ${atLeft ? left(text, width) : right(text, width)}`;
    used += width + 1;
  });
  return `${[...lines, line].join('\n')}\n`;
}

const nameText = (s: string | null): string => (s === null ? '<NA>' : escapedOnly(s));

/** Elements under their names. */
function named(v: Vector, names: readonly (string | null)[], options: PrintOptions): string {
  const n = v.values.length;
  if (n === 0) return `named ${EMPTY[v.type] ?? v.type}(0)\n`;
  const texts = cells(v, options);
  const heads = names.map(nameText);
  const width = highest([...texts, ...heads].map(widthOf));
  const perLine = Math.max(1, Math.floor(WIDTH / (width + 1)));
  const lines: string[] = [];
  for (let i = 0; i < n; i += perLine) {
    lines.push(
      heads
        .slice(i, i + perLine)
        .map(s => `${right(s, width)} `)
        .join(''),
    );
    const own = v.type === 'complex' ? highest(texts.map(widthOf)) : width;
    const line = texts.slice(i, i + perLine).map(s => right(s, own));
    // Behind complex numbers no blank is left.
    lines.push(line.join(' ') + (v.type === 'complex' ? '' : ' '));
  }
  return `${lines.join('\n')}\n`;
}

/** The matrix whose elements begin at a place of the vector. */
function matrixText(
  v: Vector,
  [rows, columns]: readonly number[],
  dimnames: Vector['dimnames'],
  axes: Vector['axes'],
  from: number,
  options: PrintOptions,
): string {
  if (rows === 0 && columns === 0) return '<0 x 0 matrix>\n';
  const [rowNames, columnNames] = [dimnames?.[0], dimnames?.[1]];
  const [rowAxis, columnAxis] = [axes?.[0] ?? '', axes?.[1] ?? ''];
  const labels = rowNames ? rowNames.map(nameText) : Array.from({ length: rows }, (_, i) => `[${i + 1},]`);
  const hasAxes = axes !== undefined;
  let labelWidth = rowNames ? highest(labels.map(widthOf)) : String(rows + 1).length + 3;
  let offset = 0;
  if (hasAxes) {
    offset = widthOf(rowAxis) < labelWidth + 2 ? 2 : widthOf(rowAxis) - labelWidth;
    labelWidth += offset;
  }
  const atLeft = v.type === 'character' && !options.right;
  const body = Array.from({ length: columns }, (_, j) =>
    cells({ type: v.type, values: v.values.slice(from + j * rows, from + (j + 1) * rows) }, options),
  );
  const heads = Array.from({ length: columns }, (_, j) =>
    columnNames ? (columnNames[j] === null ? '<NA>' : nameText(columnNames[j])) : `[,${j + 1}]`,
  );
  const widths = body.map((column, j) => Math.max(widthOf(heads[j]), highest(column.map(widthOf))));
  const lines: string[] = [];
  const block = (start: number, end: number): void => {
    if (hasAxes) lines.push(`${' '.repeat(labelWidth)} ${columnAxis}`);
    const head = heads.slice(start, end).map((h, k) => ` ${(atLeft ? left : right)(h, widths[start + k])}`);
    lines.push(`${left(rowAxis, labelWidth)}${head.join('')}`);
    for (let i = 0; i < rows; i++) {
      const row = body.slice(start, end).map((c, k) => ` ${(atLeft ? left : right)(c[i], widths[start + k])}`);
      const label = rowNames ? left(' '.repeat(offset) + labels[i], labelWidth) : right(labels[i], labelWidth);
      lines.push(label + row.join(''));
    }
  };
  let start = 0;
  do {
    let end = start;
    let used = labelWidth;
    while (end < columns && (end === start || used + widths[end] + 1 < WIDTH)) used += widths[end++] + 1;
    block(start, end);
    start = end;
  } while (start < columns);
  return `${lines.join('\n')}\n`;
}

/** `, , 1` and the matrix that it stands for, one after the other. */
function arrayText(v: Vector, dim: readonly number[], options: PrintOptions): string {
  const [rows, columns, ...rest] = dim;
  const count = rest.reduce((n, m) => n * m, 1);
  if (rows * columns * count === 0) throw new Untold('how empty arrays print is not followed');
  const out: string[] = [];
  for (let k = 0; k < count; k++) {
    let left = k;
    const place = rest.map((n, axis) => {
      const i = left % n;
      left = Math.floor(left / n);
      const names = v.dimnames?.[axis + 2];
      const label = names ? nameText(names[i]) : String(i + 1);
      return v.axes?.[axis + 2] ? `${v.axes[axis + 2]} = ${label}` : label;
    });
    out.push(
      `, , ${place.join(', ')}\n\n${matrixText(v, [rows, columns], v.dimnames, v.axes?.slice(0, 2), k * rows * columns, options)}\n`,
    );
  }
  return out.join('');
}

function listText(v: Extract<Vector, { type: 'list' }>, tag: string, options: PrintOptions): string {
  if (v.dim) throw new Untold('how matrices of lists print is not followed');
  if (v.values.length === 0) return `${v.names ? 'named list()' : 'list()'}\n`;
  return v.values
    .map((item, k) => {
      const name = v.names?.[k];
      const under = `${tag}${name ? `$${tagName(name)}` : `[[${k + 1}]]`}`;
      return `${under}\n${printed(item, under, options)}\n`;
    })
    .join('');
}

const SYNTACTIC = /^(?:\p{L}|\.(?![0-9]))[\p{L}\p{N}._]*$/u;
const RESERVED = new Set(
  'if else for while repeat function break next in TRUE FALSE NULL NA NaN Inf NA_integer_ NA_real_ NA_character_ NA_complex_'.split(
    ' ',
  ),
);
const tagName = (name: string): string => (SYNTACTIC.test(name) && !RESERVED.has(name) ? name : `\`${name}\``);
