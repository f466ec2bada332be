import { octaveDisplay } from '../../format/octave';
import { exponentText, fixedText, generalText } from '../../format/printf';
import { sizeOf } from '../../values/ndarray';
import { NONE, stringValue, type Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import type { Context } from '../dialect';
import { fail, unknown } from '../stop';
import { collected, define } from './library';
import { doubles, isOne, realParts } from './numbers';

/** What `printf` would write: the template is used again while arguments are left. */
function formatted(template: string, args: readonly Value[]): string {
  const items = args.flatMap((v): (number | string)[] => {
    if (v.kind === 'string') return [v.value];
    const a = doubles(v);
    if (a.dtype === 'complex128') unknown('printing complex numbers by a template is not covered');
    const [rows, columns] = a.shape;
    const data = realParts(a);
    return Array.from({ length: sizeOf(a.shape) }, (_, k) => data[(k % rows) * columns + Math.floor(k / rows)]);
  });
  const pieces = template.match(/%[-+ 0#]*\d*(?:\.\d+)?[a-zA-Z%]|[^%]+|%/g) ?? [];
  const holes = pieces.filter(p => p.length > 1 && p.startsWith('%') && !p.endsWith('%')).length;
  let out = '';
  let next = 0;
  do {
    for (const piece of pieces) {
      if (!piece.startsWith('%') || piece.length === 1) out += piece;
      else if (piece.endsWith('%')) out += '%';
      else if (next >= items.length && items.length > 0) return out;
      else out += hole(piece, items[next++]);
    }
  } while (holes > 0 && next < items.length);
  return out;
}

/** One conversion. Octave changes the conversion of what does not fit; those cases are left out. */
function hole(piece: string, item: number | string | undefined): string {
  const [, flags, width, precision, kind] = /^%([-+ 0#]*)(\d*)(?:\.(\d+))?([a-zA-Z])$/.exec(piece) ?? [];
  if (kind === undefined || /[#]/.test(flags)) return unknown('this printing template is not covered');
  const pad = (text: string): string => {
    const w = Number(width || 0);
    if (flags.includes('-')) return text.padEnd(w);
    if (!flags.includes('0') || typeof item !== 'number' || !Number.isFinite(item)) return text.padStart(w);
    const sign = /^[-+ ]/.test(text) ? text[0] : '';
    return sign + text.slice(sign.length).padStart(w - sign.length, '0');
  };
  if (item === undefined) return pad('');
  if (kind === 's' && typeof item === 'string')
    return pad(precision === undefined ? item : item.slice(0, Number(precision)));
  if (kind === 'c' && typeof item === 'string' && item.length === 1) return pad(item);
  if (typeof item !== 'number') return unknown('this printing template is not covered');
  const plus = !(item < 0 || Object.is(item, -0)) && /[+ ]/.test(flags) ? (flags.includes('+') ? '+' : ' ') : '';
  if (!Number.isFinite(item))
    return 'dife'.includes(kind) || kind === 'g'
      ? pad(Number.isNaN(item) ? 'NaN' : `${plus}${item > 0 ? 'Inf' : '-Inf'}`)
      : unknown('this printing template is not covered');
  const p = precision === undefined ? 6 : Number(precision);
  switch (kind) {
    case 'd':
    case 'i':
      if (!Number.isInteger(item) || Math.abs(item) > Number.MAX_SAFE_INTEGER)
        return unknown('printing a fraction by %d is not covered');
      return pad(plus + String(item + 0));
    case 'f':
      return Math.abs(item) < 1e21
        ? pad(plus + fixedText(item, p))
        : unknown('printing a number this large is not covered');
    case 'e':
      return pad(plus + exponentText(item, p));
    case 'g':
      return pad(plus + generalText(item, p));
    default:
      return unknown('this printing template is not covered');
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  '\\': '\\',
  '"': '"',
  "'": "'",
};

function template({ first, rest }: Bound): string {
  const v = first as Value;
  if (v.kind !== 'string') return unknown('printing without a template is not covered');
  return formatted(
    v.value.replace(/\\([ntra\\"'])/g, (_, c: string) => ESCAPES[c]),
    collected(rest),
  );
}

const print = (bound: Bound, context: Context): Value => {
  context.print(template(bound));
  return NONE;
};

/** num2str of a scalar: whole numbers as they are, others with four digits behind the leading ones. */
function num2str({ x, precision }: Bound): Value {
  const v = x as Value;
  if (v.kind === 'string') return v;
  const a = doubles(v);
  if (!isOne(a) || a.dtype === 'complex128') return unknown('num2str of matrices is not covered');
  const n = realParts(a)[0];
  if (precision)
    return precision.kind === 'string'
      ? stringValue(formatted(precision.value, [v]))
      : stringValue(generalText(n, realParts(doubles(precision))[0]));
  if (!Number.isFinite(n)) return stringValue(Number.isNaN(n) ? 'NaN' : n > 0 ? 'Inf' : '-Inf');
  if (Number.isInteger(n))
    return Math.abs(n) < 1e15 ? stringValue(String(n + 0)) : unknown('num2str of a number this large is not covered');
  const digits = Math.min(16, Math.max(5, Math.floor(Math.log10(Math.abs(n))) + 5));
  return stringValue(generalText(n, digits));
}

/** mat2str: the shortest of 15 significant digits. */
function mat2str({ x }: Bound): Value {
  const a = doubles(x as Value);
  if ((x as Value).kind === 'string' || a.dtype === 'complex128')
    return unknown('mat2str of this value is not covered');
  const [rows, columns] = a.shape;
  const data = realParts(a);
  const number = (n: number): string =>
    a.dtype === 'bool'
      ? String(n !== 0)
      : Number.isFinite(n)
        ? generalText(n, 15)
        : Number.isNaN(n)
          ? 'NaN'
          : n > 0
            ? 'Inf'
            : '-Inf';
  if (rows * columns === 0) return stringValue(`zeros(${rows},${columns})`);
  const text = Array.from({ length: rows }, (_, i) =>
    Array.from(data.slice(i * columns, (i + 1) * columns), number).join(' '),
  ).join(';');
  return stringValue(rows * columns === 1 ? text : `[${text}]`);
}

const letters = (name: string, f: (s: string) => string): LibraryFunction =>
  define(name, 's', ({ s }) =>
    s?.kind === 'string'
      ? stringValue(f(s.value))
      : fail(`${name}: argument must be a string or cell array of strings`),
  );

export const OUTPUT: readonly LibraryFunction[] = [
  define('disp', 'x', ({ x }, context) => {
    context.print(octaveDisplay(x as Value));
    return NONE;
  }),
  define('printf', 'first, *rest', print),
  define('fprintf', 'first, *rest', print),
  define('sprintf', 'first, *rest', bound => stringValue(template(bound))),
  define('num2str', 'x, precision=', num2str),
  define('mat2str', 'x', mat2str),
  letters('upper', s => s.toUpperCase()),
  letters('lower', s => s.toLowerCase()),
];
