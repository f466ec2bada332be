import { ndarray } from '../../values/ndarray';
import { stringValue, type Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import type { Context } from '../dialect';
import { fail, unknown } from '../stop';
import { textOf } from './cell-functions';
import { cellOf, EMPTY, rowCell } from './cells';
import { collected, define, whole } from './library';
import { fromNumbers, logical, real, realParts, realScalar, rowOf, stored } from './numbers';

/** Text: rows of characters, and cells of them. */

/** A function of text, and of every text in a cell array. */
const letters = (name: string, f: (s: string) => string, otherwise: (v: Value) => Value): LibraryFunction =>
  define(name, 's', ({ s }) => {
    const each = (v: Value): Value =>
      v.kind === 'string'
        ? stringValue(f(v.value))
        : v.kind === 'cell'
          ? cellOf({ shape: v.shape, items: v.items.map(each) })
          : otherwise(v);
    return each(s as Value);
  });

const trimmed = (s: string): string => s.replace(/^[\s\0]+|[\s\0]+$/g, '');

/** A comparison of two texts, or of a text with each in a cell array. */
function comparison(name: string, same: (a: string, b: string, n: number) => boolean, counts = false): LibraryFunction {
  return define(name, counts ? 'a, b, n' : 'a, b', ({ a, b, n }) => {
    const count = counts ? whole(n as Value, name, 1) : 0;
    const equal = (x: Value, y: Value): boolean =>
      x.kind === 'string' && y.kind === 'string' && same(x.value, y.value, count);
    const [x, y] = [a as Value, b as Value];
    if (x.kind !== 'cell' && y.kind !== 'cell') return logical(equal(x, y));
    const cells = x.kind === 'cell' ? x : y.kind === 'cell' ? y : unknown('not a cell array');
    if (
      x.kind === 'cell' &&
      y.kind === 'cell' &&
      x.shape.join() !== y.shape.join() &&
      x.items.length !== 1 &&
      y.items.length !== 1
    )
      return fail(`${name}: nonconformant cell arrays`);
    const [rows, columns] = cells.shape;
    if (x.kind === 'cell' && y.kind === 'cell' && x.items.length !== y.items.length)
      return unknown(`this form of ${name} is not covered`);
    const item = (v: Value, k: number): Value => (v.kind === 'cell' ? v.items[k] : v);
    const data = Uint8Array.from({ length: rows * columns }, (_, k) => {
      const place = (k % columns) * rows + Math.floor(k / columns);
      return equal(item(x, place), item(y, place)) ? 1 : 0;
    });
    return fromNumbers(ndarray('bool', [rows, columns], data));
  });
}

function strsplit({ s, by }: Bound): Value {
  const given = textOf(s, 'strsplit');
  const delimiter =
    by === undefined
      ? ' '
      : textOf(by, 'strsplit').replace(/\\([nt\\])/g, (_, c: string) => ({ n: '\n', t: '\t' })[c] ?? c);
  if (delimiter === '') return unknown('this form of strsplit is not covered');
  // Delimiters next to each other count as one.
  const parts = given.split(delimiter);
  const kept = parts.filter((p, k) => p !== '' || k === 0 || k === parts.length - 1);
  if (parts.length > 1 && given.replaceAll(delimiter, '') === '')
    return unknown('this form of strsplit is not covered');
  return rowCell(kept.map(stringValue));
}

function strjoin({ c, by }: Bound): Value {
  if (c?.kind !== 'cell') return fail('strjoin: CSTR must be a cell array of strings');
  const delimiter = (by === undefined ? ' ' : textOf(by, 'strjoin')).replace(
    /\\([nt\\])/g,
    (_, k: string) => ({ n: '\n', t: '\t' })[k] ?? k,
  );
  return stringValue(c.items.map(v => textOf(v, 'strjoin')).join(delimiter));
}

/** Texts one behind the other: blanks at the end of plain ones are dropped, cells keep theirs. */
function strcat({ parts }: Bound): Value {
  const all = collected(parts);
  if (all.some(v => v.kind !== 'string' && v.kind !== 'cell')) return unknown('strcat of numbers is not covered');
  const cells = all.filter(v => v.kind === 'cell');
  if (cells.length === 0)
    return stringValue(all.map(v => textOf(v, 'strcat').replace(/[ \t\n\v\f\r\0]+$/, '')).join(''));
  const longest = cells.reduce((a, b) =>
    b.kind === 'cell' && a.kind === 'cell' && b.items.length > a.items.length ? b : a,
  );
  if (longest.kind !== 'cell') return unknown('not a cell array');
  const item = (v: Value, k: number): string =>
    v.kind === 'cell' ? textOf(v.items[v.items.length === 1 ? 0 : k], 'strcat') : textOf(v, 'strcat');
  if (cells.some(v => v.kind === 'cell' && v.items.length !== 1 && v.items.length !== longest.items.length))
    return fail('strcat: nonconformant arguments');
  return cellOf({
    shape: longest.shape,
    items: longest.items.map((_, k) => stringValue(all.map(v => item(v, k)).join(''))),
  });
}

function strfind({ s, pattern }: Bound): Value {
  const [given, wanted] = [textOf(s, 'strfind'), textOf(pattern, 'strfind')];
  const at: number[] = [];
  for (let k = wanted === '' ? -1 : given.indexOf(wanted); k >= 0; k = given.indexOf(wanted, k + 1)) at.push(k + 1);
  return at.length === 0 ? (given === '' ? EMPTY : EMPTY) : rowOf(at);
}

/** Patterns of letters, digits, blanks and a few signs mean the same in both languages. */
function regexprep({ s, pattern, by, more }: Bound): Value {
  const [given, wanted, replacement] = [s, pattern, by].map(v => textOf(v, 'regexprep'));
  const plain = /^(?:[\w ,;:=<>-]|\\[dws.]|\[[\w -]+\]|[+*])*$/.test(wanted);
  if (collected(more).length > 0 || !plain || /[\\$]/.test(replacement)) return unknown('this pattern is not covered');
  return stringValue(given.replace(new RegExp(wanted, 'g'), () => replacement));
}

/** The number that a text is as a whole. */
function str2double({ s }: Bound): Value {
  const each = (v: Value): number => {
    if (v.kind !== 'string') return Number.NaN;
    const t = trimmed(v.value).replaceAll(',', '');
    if (/^[-+]?(\d+\.?\d*|\.\d+)([eEdD][-+]?\d+)?$/.test(t)) return Number(t.replace(/[dD]/, 'e'));
    if (/^[-+]?inf(inity)?$/i.test(t)) return t.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    return /[ij]\s*$/.test(t) && /\d/.test(t) ? unknown('complex numbers as text are not read') : Number.NaN;
  };
  const v = s as Value;
  if (v.kind !== 'cell') return real(each(v));
  const [rows, columns] = v.shape;
  return fromNumbers(
    ndarray(
      'float64',
      [rows, columns],
      Float64Array.from({ length: rows * columns }, (_, k) =>
        each(v.items[(k % columns) * rows + Math.floor(k / columns)]),
      ),
    ),
  );
}

/** The first word and what is left behind it. */
function strtok({ s, delimiters }: Bound, context: Context): Value {
  const given = textOf(s, 'strtok');
  const marks = delimiters === undefined ? ' \t\n\v\f\r\0' : textOf(delimiters, 'strtok');
  let from = 0;
  while (from < given.length && marks.includes(given[from])) from++;
  let to = from;
  while (to < given.length && !marks.includes(given[to])) to++;
  const items = [stringValue(given.slice(from, to)), stringValue(given.slice(to))];
  return context.outputs > 1 ? { kind: 'tuple', items } : items[0];
}

function dec2bin({ n, length }: Bound): Value {
  const x = realScalar(n as Value, 'dec2bin');
  if (!Number.isInteger(x) || x < 0 || x > Number.MAX_SAFE_INTEGER)
    return unknown('dec2bin of this number is not covered');
  return stringValue(x.toString(2).padStart(length ? whole(length, 'dec2bin') : 0, '0'));
}

/** A question about every character. */
const characters = (name: string, pattern: RegExp): LibraryFunction =>
  define(name, 's', ({ s }) => {
    const given = textOf(s, name);
    return fromNumbers(
      ndarray(
        'bool',
        [given === '' ? 0 : 1, given.length],
        Uint8Array.from(given, c => (pattern.test(c) ? 1 : 0)),
      ),
    );
  });

export const STRINGS: readonly LibraryFunction[] = [
  letters(
    'upper',
    s => s.toUpperCase(),
    () => fail('upper: argument must be a string or cell array of strings'),
  ),
  letters(
    'toupper',
    s => s.toUpperCase(),
    v => v,
  ),
  letters(
    'lower',
    s => s.toLowerCase(),
    () => fail('lower: argument must be a string or cell array of strings'),
  ),
  letters(
    'tolower',
    s => s.toLowerCase(),
    v => v,
  ),
  letters('strtrim', trimmed, () => fail('strtrim: S argument must be a string or cellstring')),
  letters(
    'deblank',
    s => s.replace(/[\s\0]+$/, ''),
    () => unknown('deblank of numbers is not covered'),
  ),
  comparison('strcmp', (a, b) => a === b),
  comparison('strcmpi', (a, b) => a.toLowerCase() === b.toLowerCase()),
  comparison('strncmp', (a, b, n) => a.length >= n && b.length >= n && a.slice(0, n) === b.slice(0, n), true),
  comparison(
    'strncmpi',
    (a, b, n) => a.length >= n && b.length >= n && a.slice(0, n).toLowerCase() === b.slice(0, n).toLowerCase(),
    true,
  ),
  define('strrep', 's, from, to', ({ s, from, to }) => {
    const [given, wanted, by] = [s, from, to].map(v => textOf(v, 'strrep'));
    return stringValue(wanted === '' ? given : given.replaceAll(wanted, () => by));
  }),
  define('strsplit', 's, by=', strsplit),
  define('strjoin', 'c, by=', strjoin),
  define('strcat', '*parts', strcat),
  define('strfind', 's, pattern', strfind),
  define('regexprep', 's, pattern, by, *more', regexprep),
  define('str2double', 's', str2double),
  define('str2num', 's', ({ s }) => {
    const t = trimmed(textOf(s, 'str2num'));
    if (/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(t)) return real(Number(t));
    const list = /^\[([-+\d.\seE,]*)\]$/
      .exec(t)?.[1]
      .trim()
      .split(/[\s,]+/);
    if (!list || list.some(x => !/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(x)))
      return unknown('text that is evaluated is not followed');
    return rowOf(list.map(Number));
  }),
  define('strtok', 's, delimiters=', strtok),
  define('blanks', 'n', ({ n }) => stringValue(' '.repeat(whole(n as Value, 'blanks')))),
  define('dec2bin', 'n, length=', dec2bin),
  define('bin2dec', 's', ({ s }) => {
    const t = textOf(s, 'bin2dec');
    return /^[01]{1,52}$/.test(t) ? real(Number.parseInt(t, 2)) : unknown('bin2dec of this text is not covered');
  }),
  define('substr', 's, offset, length', ({ s, offset, length }) => {
    const from = whole(offset as Value, 'substr', 1) - 1;
    return stringValue(textOf(s, 'substr').slice(from, from + whole(length as Value, 'substr')));
  }),
  define('char', 'x', ({ x }) => {
    const v = x as Value;
    if (v.kind === 'string') return v;
    if (v.kind === 'cell')
      return v.items.length === 1
        ? stringValue(textOf(v.items[0], 'char'))
        : unknown('character matrices are not covered');
    const a = stored(v);
    if (a.shape[0] > 1 || a.dtype === 'complex128') return unknown('character matrices are not covered');
    return stringValue(String.fromCharCode(...realParts(a)));
  }),
  define('cellstr', 'x', ({ x }) => (x?.kind === 'cell' ? x : rowCell([stringValue(textOf(x, 'cellstr'))]))),
  characters('isspace', /\s/),
  characters('isdigit', /[0-9]/),
  characters('isalpha', /[A-Za-z]/),
  characters('isletter', /[A-Za-z]/),
  characters('isupper', /[A-Z]/),
  characters('islower', /[a-z]/),
  define('startsWith', 's, pattern', ({ s, pattern }) =>
    logical(textOf(s, 'startsWith').startsWith(textOf(pattern, 'startsWith'))),
  ),
  define('endsWith', 's, pattern', ({ s, pattern }) =>
    logical(textOf(s, 'endsWith').endsWith(textOf(pattern, 'endsWith'))),
  ),
];
