import { fixed, pythonFloat, scientific } from '../../format/digits';
import { pythonRepr, pythonStr } from '../../format/numpy';
import { type Complex, type Element, isComplex, isFloatType, isIntegerType } from '../../values/dtype';
import { sizeOf } from '../../values/ndarray';
import { type ArrayValue, scalar, type Value } from '../../values/value';
import { fail, unknown } from '../stop';
import { elementsOf, typeName } from './coerce';

/** A format specification: `[[fill]align][sign][#][0][width][,][.precision][type]`. */
interface Spec {
  readonly fill: string;
  readonly align?: '<' | '>' | '^' | '=';
  readonly sign: string;
  readonly alternate: boolean;
  readonly width: number;
  readonly grouping: string;
  readonly precision?: number;
  readonly type: string;
}

function parse(spec: string): Spec {
  const found = /^(?:(.)?([<>=^]))?([-+ ])?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([a-zA-Z%])?$/su.exec(spec);
  if (!found) return fail('ValueError: Invalid format specifier');
  const [, fill, align, sign = '-', hash, zero, width, grouping = '', precision, type = ''] = found;
  return {
    fill: fill ?? (zero && !align ? '0' : ' '),
    align: (align as Spec['align']) ?? (zero ? '=' : undefined),
    sign,
    alternate: hash !== undefined,
    width: Number(width ?? 0),
    grouping,
    precision: precision === undefined ? undefined : Number(precision),
    type,
  };
}

/** A tensor without dimensions as Python's own number, which is what it is formatted as. */
function pythonNumber(v: Extract<Value, { kind: 'array' }>): Value {
  const { dtype } = v.array;
  const type = isIntegerType(dtype)
    ? 'int64'
    : dtype === 'bool'
      ? 'bool'
      : isFloatType(dtype)
        ? 'float64'
        : 'complex128';
  return scalar(type, elementsOf(v.array)[0], true);
}

/** A scalar out of a number or an array of one element and no dimension. */
function single(v: Value): Value {
  if (v.kind === 'array' && v.library && v.array.shape.length === 0) return pythonNumber(v);
  return v.kind === 'array' && sizeOf(v.array.shape) === 1 && v.array.shape.length === 0
    ? scalar(v.array.dtype, elementsOf(v.array)[0])
    : v;
}

/** `format(value, spec)`, as f-strings and str.format use it. */
export function formatValue(given: Value, spec: string): string {
  const v = single(given);
  if (spec === '') return pythonStr(v.kind === 'scalar' ? v : given);
  const s = parse(spec);
  if (v.kind === 'string') {
    if (s.type !== '' && s.type !== 's')
      return fail(`ValueError: Unknown format code '${s.type}' for object of type 'str'`);
    const text = s.precision === undefined ? v.value : Array.from(v.value).slice(0, s.precision).join('');
    return padded('', text, s, '<');
  }
  if (v.kind !== 'scalar') return fail(`TypeError: unsupported format string passed to ${typeName(v)}.__format__`);
  if (isComplex(v.value)) return complexText(v.value, s);
  if (v.dtype === 'bool' && s.type === '') return padded('', pythonStr(v), s, '<');
  if (isIntegerType(v.dtype) || v.dtype === 'bool') {
    if (s.type === '' || 'dbxXonc'.includes(s.type)) return integerText(v.value, s);
    return numberText(Number(v.value), s);
  }
  if ('dbxXoc'.includes(s.type) && s.type !== '')
    return fail(`ValueError: Unknown format code '${s.type}' for object of type 'float'`);
  return numberText(Number(v.value), s);
}

function integerText(e: Element, s: Spec): string {
  if (s.precision !== undefined) return fail('ValueError: Precision not allowed in integer format specifier');
  const n = BigInt(typeof e === 'bigint' ? e : Number(e as number));
  const base = { b: 2, o: 8, x: 16, X: 16 }[s.type] ?? 10;
  if (s.type === 'c') return padded('', String.fromCodePoint(Number(n)), s, '<');
  let digits = (n < 0n ? -n : n).toString(base);
  if (s.type === 'X') digits = digits.toUpperCase();
  if (s.grouping) digits = grouped(digits, s.grouping, base === 10 ? 3 : 4);
  const prefix = s.alternate && base !== 10 ? `0${s.type}` : '';
  return padded(signOf(n < 0n, s) + prefix, digits, s, '>');
}

const grouped = (digits: string, by: string, size: number): string =>
  digits.replace(new RegExp(`\\B(?=([0-9a-fA-F]{${size}})+(?![0-9a-fA-F]))`, 'g'), by);

const signOf = (negative: boolean, s: Spec): string => (negative ? '-' : s.sign === '-' ? '' : s.sign);

function numberText(x: number, s: Spec): string {
  const negative = x < 0 || Object.is(x, -0);
  const magnitude = Math.abs(x);
  let text = magnitudeText(magnitude, s);
  if (s.grouping) {
    const [whole, ...rest] = text.split('.');
    text = [grouped(whole, s.grouping, 3), ...rest].join('.');
  }
  if (s.type === s.type.toUpperCase() && /[EFG]/.test(s.type)) text = text.toUpperCase();
  return padded(signOf(negative, s), text, s, '>');
}

/** Both parts by the same specification, the sum padded as a whole; in brackets where the type is left to Python. */
function complexText({ re, im }: Complex, s: Spec): string {
  if (!/^[efgnEFG]?$/.test(s.type))
    return fail(`ValueError: Unknown format code '${s.type}' for object of type 'complex'`);
  if (s.fill === '0' && s.align === '=')
    return fail('ValueError: Zero padding is not allowed in complex format specifier');
  if (s.align === '=') return fail("ValueError: '=' alignment flag is not allowed in complex format specifier");
  if (s.alternate) return unknown('this form of complex numbers is not covered yet');
  const type = s.type === '' && s.precision !== undefined ? 'g' : s.type;
  const part = (x: number, sign: string): string => {
    const text = numberText(x, { ...s, type, sign, width: 0 });
    return type === '' ? text.replace(/\.0$/, '') : text;
  };
  const sum = Object.is(re, 0) && s.type === '' ? `${part(im, s.sign)}j` : `${part(re, s.sign)}${part(im, '+')}j`;
  const bracketed = s.type === '' && !Object.is(re, 0);
  return padded('', bracketed ? `(${sum})` : sum, s, '>');
}

function magnitudeText(x: number, s: Spec): string {
  const percent = s.type === '%' ? '%' : '';
  if (!Number.isFinite(x)) return (Number.isNaN(x) ? 'nan' : 'inf') + percent;
  switch (s.type.toLowerCase()) {
    case 'f':
      return fixed(x, s.precision ?? 6).replace(/\.$/, '');
    case '%':
      return `${fixed(x * 100, s.precision ?? 6).replace(/\.$/, '')}%`;
    case 'e':
      return exponential(x, s.precision ?? 6);
    case 'g':
    case 'n':
      return general(x, s.precision ?? 6, s.alternate);
    case '': {
      if (s.precision === undefined) return pythonFloat(x);
      // Like g, but with at least one digit behind the point and exponents from the precision on.
      const p = Math.max(s.precision, 1);
      const { exponent } = rounded(x, p - 1);
      const text = general(x, exponent === p - 1 ? p - 1 || 1 : p, false);
      return /[.e]/.test(text) ? text : exponent >= p - 1 && p > 1 ? exponentOf(x, p) : `${text}.0`;
    }
    default:
      return fail(`ValueError: Unknown format code '${s.type}' for object of type 'float'`);
  }
}

const exponentOf = (x: number, p: number): string => trimmed(exponential(x, p - 1));
const trimmed = (text: string): string => text.replace(/(\.\d*?)0+(?=e|$)/, '$1').replace(/\.(?=e|$)/, '');

/** Mantissa and exponent of x with `digits` behind the point, exactly rounded. */
function rounded(x: number, digits: number): { readonly mantissa: string; readonly exponent: number } {
  const found = scientific(x, 64, digits);
  return { mantissa: found.mantissa, exponent: found.exponent };
}

function exponential(x: number, precision: number): string {
  const { mantissa, exponent } = exact(x, precision);
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** toExponential rounds the exact value too; its digits agree with C's wherever the value is no tie. */
function exact(x: number, precision: number): { readonly mantissa: string; readonly exponent: number } {
  const [mantissa, exponent] = x.toExponential(Math.min(precision, 100)).split('e');
  return { mantissa, exponent: Number(exponent) };
}

function general(x: number, precision: number, keep: boolean): string {
  const p = Math.max(precision, 1);
  if (x === 0) return keep ? `0.${'0'.repeat(p - 1)}` : '0';
  const { exponent } = exact(x, p - 1);
  const text = exponent < -4 || exponent >= p ? exponential(x, p - 1) : fixed(x, p - 1 - exponent).replace(/\.$/, '');
  return keep || !text.includes('.') ? text : trimmed(text);
}

function padded(sign: string, body: string, s: Spec, standard: '<' | '>'): string {
  const room = s.width - Array.from(sign + body).length;
  if (room <= 0) return sign + body;
  switch (s.align ?? standard) {
    case '<':
      return sign + body + s.fill.repeat(room);
    case '>':
      return s.fill.repeat(room) + sign + body;
    case '=':
      return sign + s.fill.repeat(room) + body;
    case '^':
      return s.fill.repeat(Math.floor(room / 2)) + sign + body + s.fill.repeat(Math.ceil(room / 2));
  }
}

/** What Python takes for a mapping here, of which nothing need be used. */
const isMapping = (v: Value): boolean =>
  ['tuple', 'list', 'dict', 'array', 'strings'].includes(v.kind) || (v.kind === 'scalar' && !v.weak);

const onlyElement = (v: ArrayValue): Value =>
  sizeOf(v.array.shape) === 1
    ? scalar(v.array.dtype, elementsOf(v.array)[0], true)
    : fail('TypeError: only size-1 arrays can be converted to Python scalars');

/** NumPy's own complex numbers, which Python's are not, give their real part to who asks for a real number. */
const realPart = (v: Value): Value =>
  v.kind === 'scalar' && !v.weak && isComplex(v.value) ? scalar('float64', v.value.re) : v;

/** `'%d of %.2f' % (3, 0.5)`. */
export function percentFormat(template: string, right: Value): string {
  const values = right.kind === 'tuple' ? [...right.items] : [right];
  let used = 0;
  const text = template.replace(
    /%([-+ 0#]*)(\d+|\*)?(?:\.(\d+))?([a-zA-Z%])/g,
    (_, flags: string, width = '', precision: string | undefined, type: string) => {
      if (type === '%') return '%';
      if (width === '*') unknown('a width from an argument is not covered yet');
      if (used >= values.length) fail('TypeError: not enough arguments for format string');
      const v = values[used++];
      const align = flags.includes('-') ? '<' : '';
      const sign = flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
      const zero = flags.includes('0') && !flags.includes('-') ? '0' : '';
      const point = precision === undefined ? '' : `.${precision}`;
      switch (type) {
        case 's':
        case 'r': {
          const shown = type === 's' ? pythonStr(v) : pythonRepr(v);
          const cut = precision === undefined ? shown : shown.slice(0, Number(precision));
          return align === '<' ? cut.padEnd(Number(width)) : cut.padStart(Number(width));
        }
        case 'd':
        case 'i': {
          const n = realPart(
            v.kind === 'array' && !v.library && sizeOf(v.array.shape) === 1 ? onlyElement(v) : single(v),
          );
          if (n.kind !== 'scalar' || isComplex(n.value))
            return fail(`TypeError: %${type} format: a real number is required, not ${typeName(v)}`);
          const whole = typeof n.value === 'bigint' ? n.value : BigInt(Math.trunc(Number(n.value)));
          return formatValue(scalar('int64', whole, true), `${align}${sign}${zero}${width}d`);
        }
        case 'f':
        case 'F':
        case 'e':
        case 'E':
        case 'g':
        case 'G': {
          const n = realPart(v.kind === 'array' && !v.library ? onlyElement(v) : single(v));
          if (n.kind !== 'scalar' || isComplex(n.value))
            return fail(`TypeError: must be real number, not ${typeName(v)}`);
          return formatValue(scalar('float64', Number(n.value), true), `${align}${sign}${zero}${width}${point}${type}`);
        }
        case 'x':
        case 'X':
        case 'o':
          return formatValue(v, `${align}${sign}${zero}${width}${type}`);
        default:
          return unknown(`the format %${type} is not covered yet`);
      }
    },
  );
  if (used < values.length && right.kind === 'tuple')
    fail('TypeError: not all arguments converted during string formatting');
  if (used === 0 && !isMapping(right)) fail('TypeError: not all arguments converted during string formatting');
  return text;
}
