import { type FunctionValue, stringValue, type Value } from '../../values/value';
import { bind, type LibraryFunction } from '../catalogue';
import type { CallArgument, Context } from '../dialect';
import { fail, unknown } from '../stop';
import { iterate } from './builtins';
import { bool, int, needInteger, typeName } from './coerce';
import { formatValue } from './formatting';
import {
  capitalized,
  caseSwapped,
  isAlphabetic,
  isAlphanumeric,
  isDecimal,
  isDigit,
  isLower,
  isNumeric,
  isSpace,
  isUpper,
  titled,
} from './letters';

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');
const text = (v: Value | undefined): string =>
  v?.kind === 'string' ? v.value : fail(`TypeError: must be str, not ${v ? typeName(v) : 'None'}`);
const list = (items: readonly string[]): Value => ({ kind: 'list', items: items.map(stringValue) });

type Method = readonly [
  signature: string,
  f: (s: string, x: { readonly [name: string]: Value | undefined }, c: Context) => Value,
];

const found = (at: number): number => (at < 0 ? fail('ValueError: substring not found') : at);
const anyOf = (v: Value | undefined): readonly string[] => (v?.kind === 'tuple' ? v.items.map(text) : [text(v)]);

const strip = (s: string, chars: Value | undefined, ends: 'l' | 'r' | 'b'): Value => {
  const set = chars === undefined || chars.kind === 'none' ? ' \t\n\r\v\f' : text(chars);
  let [from, to] = [0, s.length];
  if (ends !== 'r') while (from < to && set.includes(s[from])) from++;
  if (ends !== 'l') while (to > from && set.includes(s[to - 1])) to--;
  return stringValue(s.slice(from, to));
};

function replaceFields(s: string, given: readonly CallArgument[]): string {
  const positional = given.filter(a => a.name === undefined).map(a => a.value);
  let next = 0;
  return s.replace(/\{\{|\}\}|\{([^{}]*)\}/g, (whole, field: string | undefined) => {
    if (field === undefined) return whole[0];
    const [, name, spec = ''] = /^([^!:]*)(?::(.*))?$/s.exec(field) ?? [];
    if (name === undefined) return unknown('this format field is not covered yet');
    const value =
      name === ''
        ? positional[next++]
        : /^\d+$/.test(name)
          ? positional[Number(name)]
          : /^\w+$/.test(name)
            ? given.find(a => a.name === name)?.value
            : unknown('this format field is not covered yet');
    if (!value) return fail('IndexError: Replacement index out of range for positional args tuple');
    return formatValue(value, spec);
  });
}

/** Methods of strings: signature without the string itself, and what it does. */
export const STRING_METHODS: Readonly<Record<string, Method>> = {
  upper: ['', s => stringValue(s.toUpperCase())],
  lower: ['', s => stringValue(s.toLowerCase())],
  title: ['', s => stringValue(titled(s))],
  capitalize: ['', s => stringValue(capitalized(s))],
  strip: ['chars=None, /', (s, x) => strip(s, x.chars, 'b')],
  lstrip: ['chars=None, /', (s, x) => strip(s, x.chars, 'l')],
  rstrip: ['chars=None, /', (s, x) => strip(s, x.chars, 'r')],
  split: [
    'sep=None, maxsplit=-1',
    (s, x) => {
      const most = x.maxsplit ? needInteger(x.maxsplit) : -1;
      if (x.sep === undefined || x.sep.kind === 'none')
        return most >= 0
          ? unknown('maxsplit without a separator is not covered yet')
          : list(s.split(/\s+/).filter(p => p !== ''));
      if (text(x.sep) === '') return fail('ValueError: empty separator');
      const parts = s.split(text(x.sep));
      return list(
        most < 0 || parts.length <= most ? parts : [...parts.slice(0, most), parts.slice(most).join(text(x.sep))],
      );
    },
  ],
  rsplit: [
    'sep=None, maxsplit=-1',
    (s, x) => {
      if (x.sep === undefined || x.sep.kind === 'none') return unknown('rsplit without a separator is not covered yet');
      if (text(x.sep) === '') return fail('ValueError: empty separator');
      const most = x.maxsplit ? needInteger(x.maxsplit) : -1;
      const parts = s.split(text(x.sep));
      const kept = most < 0 ? 0 : Math.max(parts.length - most, 1);
      return list(kept <= 1 ? parts : [parts.slice(0, kept).join(text(x.sep)), ...parts.slice(kept)]);
    },
  ],
  splitlines: ['', s => list(s.replace(/\n$/, '').split('\n'))],
  join: ['iterable, /', (s, x, c) => stringValue(iterate(need(x.iterable), c).map(text).join(s))],
  replace: [
    'old, new, count=-1, /',
    (s, x) => {
      const most = x.count ? needInteger(x.count) : -1;
      if (most < 0) return stringValue(s.replaceAll(text(x.old), text(x.new)));
      if (text(x.old) === '') return unknown('replacing nothing a few times is not covered yet');
      const parts = s.split(text(x.old));
      const k = Math.min(most, parts.length - 1);
      return stringValue([parts.slice(0, k + 1).join(text(x.new)), ...parts.slice(k + 1)].join(text(x.old)));
    },
  ],
  startswith: ['prefix, /', (s, x) => bool(anyOf(x.prefix).some(p => s.startsWith(p)))],
  endswith: ['suffix, /', (s, x) => bool(anyOf(x.suffix).some(p => s.endsWith(p)))],
  find: ['sub, /', (s, x) => int(s.indexOf(text(x.sub)))],
  count: ['sub, /', (s, x) => int(text(x.sub) === '' ? s.length + 1 : s.split(text(x.sub)).length - 1)],
  rfind: ['sub, /', (s, x) => int(s.lastIndexOf(text(x.sub)))],
  index: ['sub, /', (s, x) => int(found(s.indexOf(text(x.sub))))],
  rindex: ['sub, /', (s, x) => int(found(s.lastIndexOf(text(x.sub))))],
  swapcase: ['', s => stringValue(caseSwapped(s))],
  isupper: ['', s => bool(isUpper(s))],
  islower: ['', s => bool(isLower(s))],
  isalnum: ['', s => bool(isAlphanumeric(s))],
  isspace: ['', s => bool(isSpace(s))],
  isnumeric: ['', s => bool(isNumeric(s))],
  isdecimal: ['', s => bool(isDecimal(s))],
  removeprefix: ['prefix, /', (s, x) => stringValue(s.startsWith(text(x.prefix)) ? s.slice(text(x.prefix).length) : s)],
  removesuffix: [
    'suffix, /',
    (s, x) => stringValue(text(x.suffix) !== '' && s.endsWith(text(x.suffix)) ? s.slice(0, -text(x.suffix).length) : s),
  ],
  isdigit: ['', s => bool(isDigit(s))],
  isalpha: ['', s => bool(isAlphabetic(s))],
  zfill: ['width, /', (s, x) => stringValue(formatSign(s, needInteger(need(x.width))))],
  ljust: ['width, fillchar=None, /', (s, x) => stringValue(s.padEnd(needInteger(need(x.width)), filler(x.fillchar)))],
  rjust: ['width, fillchar=None, /', (s, x) => stringValue(s.padStart(needInteger(need(x.width)), filler(x.fillchar)))],
  center: [
    'width, fillchar=None, /',
    (s, x) => stringValue(centred(s, needInteger(need(x.width)), filler(x.fillchar))),
  ],
  partition: [
    'sep, /',
    (s, x) => {
      const at = text(x.sep) === '' ? fail('ValueError: empty separator') : s.indexOf(text(x.sep));
      const parts = at < 0 ? [s, '', ''] : [s.slice(0, at), text(x.sep), s.slice(at + text(x.sep).length)];
      return { kind: 'tuple', items: parts.map(stringValue) };
    },
  ],
  rpartition: [
    'sep, /',
    (s, x) => {
      const at = text(x.sep) === '' ? fail('ValueError: empty separator') : s.lastIndexOf(text(x.sep));
      const parts = at < 0 ? ['', '', s] : [s.slice(0, at), text(x.sep), s.slice(at + text(x.sep).length)];
      return { kind: 'tuple', items: parts.map(stringValue) };
    },
  ],
  format: ['*args, **kwargs', s => stringValue(s)],
};

const formatSign = (s: string, width: number): string =>
  /^[-+]/.test(s) ? s[0] + s.slice(1).padStart(width - 1, '0') : s.padStart(width, '0');

/** What fills the room beside a string: one character. */
function filler(v: Value | undefined): string {
  const fill = v === undefined || v.kind === 'none' ? ' ' : text(v);
  return [...fill].length === 1 ? fill : fail('TypeError: The fill character must be exactly one character long');
}

const centred = (s: string, width: number, fill: string): string => {
  const room = Math.max(width - s.length, 0);
  const left = Math.floor(room / 2) + (room & width & 1);
  return fill.repeat(left) + s + fill.repeat(room - left);
};

/** Calls `'abc'.upper()`, or `str.upper('abc')`. */
export function stringMethod(f: FunctionValue, args: readonly CallArgument[], context: Context): Value {
  const [first, ...rest] = args;
  if (!f.self)
    return first ? stringMethod({ ...f, self: first.value }, rest, context) : unknown('this call has no text');
  const name = f.path.slice('str.'.length);
  const s = text(f.self);
  if (name === 'format') return stringValue(replaceFields(s, args));
  const [signature, method] = STRING_METHODS[name];
  const entry: LibraryFunction = { path: `builtins.${name}`, signature, evaluate: () => stringValue(s) };
  return method(s, bind(entry, args), context);
}
