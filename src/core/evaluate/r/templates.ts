import { fixed, scientific } from '../../format/r-numbers';
import type { Atomic } from '../../values/r-vector';
import { unknown } from '../stop';
import { reject } from './errors';
import { atomText } from './vectors';

const SPECIFICATION = /%(?:(\d+)\$)?([-+ 0#]*)(\*|\d+)?(?:\.(\*|\d*))?([a-zA-Z%])/g;

interface Field {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly conversion: string;
}

/** C's `%g`. */
export function general(x: number, precision: number, keepZeros = false): string {
  const p = Math.max(1, precision);
  const power = x === 0 ? 0 : Number(scientific(x, p - 1).split('e')[1]);
  const text = power < -4 || power >= p ? scientific(x, p - 1) : fixed(x, p - 1 - power);
  if (keepZeros || !text.includes('.')) return text;
  const [head, tail] = text.split('e');
  const short = head.replace(/0+$/, '').replace(/\.$/, '');
  return tail === undefined ? short : `${short}e${tail}`;
}

function padded(text: string, { flags, width }: Field, numeric: boolean): string {
  if (text.length >= width) return text;
  if (flags.includes('-')) return text.padEnd(width);
  if (!numeric || !flags.includes('0')) return text.padStart(width);
  const [, sign, rest] = /^([-+ ]?)(.*)$/s.exec(text) ?? ['', '', text];
  return sign + rest.padStart(width - sign.length, '0');
}

const signed = (text: string, flags: string): string =>
  text.startsWith('-') ? text : flags.includes('+') ? `+${text}` : flags.includes(' ') ? ` ${text}` : text;

function numeric(x: number, field: Field): string {
  const { conversion, precision = 6, flags } = field;
  if (!Number.isFinite(x)) {
    const text = Number.isNaN(x) ? 'NaN' : signed(x > 0 ? 'Inf' : '-Inf', flags);
    return padded(text, { ...field, flags: flags.replace('0', '') }, false);
  }
  const lower = conversion.toLowerCase();
  const text =
    lower === 'f'
      ? fixed(x, precision)
      : lower === 'e'
        ? scientific(x, precision)
        : general(x, precision, flags.includes('#'));
  const cased = conversion === lower ? text : text.toUpperCase();
  return padded(signed(cased, flags), field, true);
}

/** One value as one specification writes it. */
function written(v: Atomic, at: number, field: Field): string {
  const x = v.values[at % v.values.length];
  const { conversion, precision } = field;
  if (v.type === 'complex' && conversion !== 's') return unknown('complex numbers in formats are not followed');
  if ('feEgG'.includes(conversion)) {
    if (v.type === 'character') reject(`invalid format '%${conversion}'; use format %s for character objects`);
    if (x === null) return padded('NA', { ...field, flags: field.flags.replace('0', '') }, false);
    return numeric(Number(x), field);
  }
  if (conversion === 'd' || conversion === 'i') {
    if (v.type === 'character') reject(`invalid format '%${conversion}'; use format %s for character objects`);
    if (x === null) return padded('NA', { ...field, flags: field.flags.replace('0', '') }, false);
    if (v.type === 'double' && v.values.some(e => e !== null && !Number.isInteger(e)))
      reject(`invalid format '%${conversion}'; use format %f, %e, %g or %a for numeric objects`);
    return padded(signed(String(Number(x)), field.flags), field, true);
  }
  if (conversion === 's') {
    const text = atomText(x, v.type) ?? 'NA';
    return padded(precision === undefined ? text : text.slice(0, precision), field, false);
  }
  if ((conversion === 'x' || conversion === 'X' || conversion === 'o') && Number.isInteger(Number(x))) {
    const text = Number(x).toString(conversion === 'o' ? 8 : 16);
    return padded(conversion === 'X' ? text.toUpperCase() : text, field, true);
  }
  return unknown(`the format %${conversion} is not followed`);
}

/** C's format with the values of one place of each argument. */
export function formatted(template: string, args: readonly Atomic[], at: number): string {
  let next = 0;
  const star = (text: string | undefined): number | undefined => {
    if (text !== '*') return text === undefined ? undefined : Number(text);
    const v = args[next++] ?? reject('too few arguments');
    return Number(v.values[at % v.values.length]);
  };
  if (/%(?!%|(?:\d+\$)?[-+ 0#]*(?:\*|\d+)?(?:\.(?:\*|\d*))?[a-zA-Z])/.test(template.replaceAll('%%', '')))
    unknown('this format is not followed');
  return template.replace(
    SPECIFICATION,
    (
      _,
      place: string | undefined,
      flags: string,
      width: string | undefined,
      precision: string | undefined,
      conversion: string,
    ) => {
      if (conversion === '%') return '%';
      const w = star(width);
      const field: Field = {
        flags: w !== undefined && w < 0 ? `${flags}-` : flags,
        width: Math.abs(w ?? 0),
        precision: star(precision),
        conversion,
      };
      const v = args[place === undefined ? next++ : Number(place) - 1] ?? reject('too few arguments');
      return written(v, at, field);
    },
  );
}
