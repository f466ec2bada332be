import { exponentText, fixedText, generalText } from '../../format/printf';
import { sizeOf } from '../../values/ndarray';
import type { Value } from '../../values/value';
import { fail, unknown } from '../stop';
import { doubles, realParts, stored } from './numbers';

/** The arguments of a template, taken one by one: a text as a whole where %s asks first, else character by character. */
class Arguments {
  private k = 0;
  private within = 0;
  readonly empty: boolean;
  private readonly items: readonly (string | Float64Array)[];

  constructor(args: readonly Value[], name: string) {
    this.items = args
      .map((v): string | Float64Array => {
        if (v.kind === 'string') return v.value;
        if (v.kind === 'cell') return fail(`${name}: wrong type argument 'cell'`);
        const a = doubles(v);
        if (a.dtype === 'complex128') unknown('printing complex numbers by a template is not covered');
        const [rows, columns] = a.shape;
        const data = realParts(a);
        return Float64Array.from(
          { length: sizeOf(a.shape) },
          (_, i) => data[(i % rows) * columns + Math.floor(i / rows)],
        );
      })
      .filter(item => item.length > 0);
    this.empty = this.items.length === 0;
  }

  get left(): boolean {
    return this.k < this.items.length;
  }

  next(whole: boolean): string | number {
    const item = this.items[this.k];
    if (typeof item === 'string' && whole && this.within === 0) {
      this.k++;
      return item;
    }
    if (typeof item !== 'string' && whole && item.length > 1)
      unknown('printing several numbers as text is not covered');
    const taken =
      typeof item === 'string' ? (whole ? item[this.within] : item.charCodeAt(this.within)) : item[this.within];
    if (++this.within >= item.length) {
      this.k++;
      this.within = 0;
    }
    return taken;
  }
}

/** What `printf` would write: the template is used again while arguments are left. */
export function formatted(template: string, args: readonly Value[], name = 'printf'): string {
  const items = new Arguments(args, name);
  const pieces = template.match(/%[-+ 0#]*(?:\d+|\*)?(?:\.(?:\d+|\*))?[lh]?[a-zA-Z%]|[^%]+|%/g) ?? [];
  const holes = pieces.filter(p => p.length > 1 && p.startsWith('%') && !p.endsWith('%')).length;
  let out = '';
  do {
    for (const piece of pieces) {
      if (!piece.startsWith('%') || piece.length === 1) out += piece;
      else if (piece.endsWith('%')) out += '%';
      else if (!items.left && !items.empty) return out;
      else out += hole(piece.replace(/[lh](?=[a-zA-Z]$)/, ''), items);
    }
  } while (holes > 0 && items.left);
  return out;
}

/** One conversion. Octave changes the conversion of what does not fit: a fraction by %d is set as by %g. */
function hole(piece: string, items: Arguments): string {
  const [, flags, width, precision, kind] = /^%([-+ 0#]*)(\d*)(?:\.(\d+))?([a-zA-Z])$/.exec(piece) ?? [];
  if (kind === undefined || flags.includes('#')) return unknown('this printing template is not covered');
  const pad = (text: string, number = false): string => {
    const w = Number(width || 0);
    if (flags.includes('-')) return text.padEnd(w);
    if (!flags.includes('0') || !number) return text.padStart(w);
    const sign = /^[-+ ]/.test(text) ? text[0] : '';
    return sign + text.slice(sign.length).padStart(w - sign.length, '0');
  };
  if (items.empty) return pad('');
  const item = items.next(kind === 's');
  if (kind === 's' || kind === 'c') {
    if (typeof item === 'string') return pad(precision === undefined ? item : item.slice(0, Number(precision)));
    if (!Number.isInteger(item) || item < 32 || item > 126)
      return unknown('printing this number as text is not covered');
    return pad(String.fromCharCode(item));
  }
  const x = typeof item === 'string' ? item.charCodeAt(0) : item;
  const plus = !(x < 0 || Object.is(x, -0)) && /[+ ]/.test(flags) ? (flags.includes('+') ? '+' : ' ') : '';
  if (!Number.isFinite(x)) return pad(Number.isNaN(x) ? 'NaN' : `${plus}${x > 0 ? 'Inf' : '-Inf'}`);
  const p = precision === undefined ? 6 : Number(precision);
  if ('diuxXo'.includes(kind)) {
    if (!Number.isInteger(x) || Math.abs(x) >= 2 ** 63 || (x < 0 && 'uxXo'.includes(kind)))
      return x < 0 && Number.isInteger(x) ? pad(String(x), true) : pad(plus + generalText(x, p), true);
    if (Math.abs(x) > Number.MAX_SAFE_INTEGER + 1) return unknown('printing a number this large is not covered');
    const radix = kind === 'o' ? 8 : kind === 'x' || kind === 'X' ? 16 : 10;
    const digits = Math.abs(x)
      .toString(radix)
      .padStart(precision === undefined ? 1 : p, '0');
    const text = kind === 'X' ? digits.toUpperCase() : digits;
    return pad(`${x < 0 ? '-' : plus}${text}`, precision === undefined);
  }
  switch (kind) {
    case 'f':
      return Math.abs(x) < 1e21
        ? pad(plus + fixedText(x, p), true)
        : unknown('printing a number this large is not covered');
    case 'e':
      return pad(plus + exponentText(x, p), true);
    case 'E':
      return pad(plus + exponentText(x, p).toUpperCase(), true);
    case 'g':
      return pad(plus + generalText(x, p), true);
    case 'G':
      return pad(plus + generalText(x, p).toUpperCase(), true);
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

/** The text of a template in which backslashes have a meaning. */
export const escaped = (template: string): string => template.replace(/\\([ntra\\"'])/g, (_, c: string) => ESCAPES[c]);

/** num2str: whole numbers as they are, others with four digits behind the leading ones; columns stand apart. */
export function numberText(v: Value, precision: Value | undefined): string {
  if (v.kind === 'string') return v.value;
  const a = doubles(v);
  if (a.dtype === 'complex128') return unknown('num2str of complex numbers is not covered');
  if (sizeOf(a.shape) === 0) return '';
  if (a.shape[0] > 1) return unknown('num2str of several rows makes a character matrix, which is not covered');
  const data = realParts(a);
  if (precision?.kind === 'string') {
    const given = escaped(precision.value);
    const several = (given.replaceAll('%%', '').match(/%/g)?.length ?? 0) > 1 || given === '%s' || given === '%c';
    const rows = formatted(several ? given : given.trimEnd().repeat(a.shape[1]), [v]);
    return rows.includes('\n')
      ? unknown('num2str of several rows makes a character matrix, which is not covered')
      : rows.trim();
  }
  if (precision) {
    const digits = realParts(doubles(precision))[0];
    const whole = stored(v).dtype !== a.dtype;
    const texts = Array.from(data, x => (whole ? String(x) : (special(x) ?? generalText(x, digits))));
    return texts
      .map(s => s.padStart(whole ? digits : digits + 7))
      .join('')
      .trim();
  }
  if (a.dtype === 'bool')
    return Array.from(data, x => String(x).padStart(3))
      .join('')
      .trim();
  const finite = data.filter(Number.isFinite);
  const largest = finite.reduce((m, x) => Math.max(m, Math.abs(x)), 0);
  const lead = largest === 0 ? 0 : Math.floor(Math.log10(largest));
  if (lead > 15 || finite.some(x => !Number.isInteger(x))) {
    const digits = Math.min(Math.max(lead + 5, 5), 16);
    return Array.from(data, x => (special(x) ?? generalText(x, digits)).padStart(digits + 7))
      .join('')
      .trim();
  }
  const width = finite.length < data.length ? Math.max(lead + 3, 5) : lead + 3;
  return Array.from(data, x => (special(x) ?? String(x + 0)).padStart(width))
    .join('')
    .trim();
}

const special = (x: number): string | undefined =>
  Number.isFinite(x) ? undefined : Number.isNaN(x) ? 'NaN' : x > 0 ? 'Inf' : '-Inf';

/** mat2str: the shortest of 15 significant digits, or of as many as are asked for. */
export function matrixText(v: Value, digits: number): string {
  if (v.kind === 'string') return fail('Invalid call to mat2str');
  const a = doubles(v);
  const [rows, columns] = a.shape;
  if (rows * columns === 0) return '[]';
  const re = realParts(a);
  const im = a.dtype === 'complex128' ? (a.data as Float64Array).filter((_, k) => k % 2 === 1) : undefined;
  const part = (x: number): string => special(x) ?? generalText(x, digits);
  const number = (k: number): string => {
    if (a.dtype === 'bool') return String(re[k] !== 0);
    if (!im) return part(re[k]);
    const sign = im[k] < 0 || Object.is(im[k], -0) ? '' : '+';
    return `${part(re[k])}${sign}${part(im[k])}i`;
  };
  const text = Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (_, j) => number(i * columns + j)).join(' '),
  ).join(';');
  return rows * columns === 1 ? text : `[${text}]`;
}
