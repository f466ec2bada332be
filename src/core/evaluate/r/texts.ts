import { cells, isDoubtful, PLAIN, rText } from '../../format/r';
import { fixed, layoutOf, numberText, scientific, soleNumber } from '../../format/r-numbers';
import { attribute, highest, NULL, shapeOf, toValue, type Vector, vectorOf } from '../../values/r-vector';
import { stringValue, type Value } from '../../values/value';
import { Stop, unknown } from '../stop';
import { withAttribute } from './attributes';
import { reject } from './errors';
import { type Arguments, define, type RContext, type RFunction, silently } from './library';
import { formatted, general } from './templates';
import { atomic, atomText, flag, numbers, string, texts, vec } from './vectors';

const strings = (values: readonly (string | null)[], more: object = {}): Value =>
  toValue(vectorOf('character', values, more));

/** Digits of a number that is made a text. */
const DIGITS_OF_TEXTS = 15;

/** The texts of what is pasted or written; lists by their single elements. */
function pasted(value: Value): readonly string[] {
  if (value.kind === 'none') return [];
  const v = vec(value);
  if (v.doubt && isDoubtful(v, DIGITS_OF_TEXTS)) return unknown(v.doubt.reason);
  if (v.others?.some(([n]) => n === 'class') && attribute(v, 'class') && !('noquote' in v)) {
    const known = texts(atomic(attribute(v, 'class') as Value));
    if (!known.includes('noquote')) return unknown('objects with classes as texts are not followed');
  }
  if (v.type === 'list')
    return v.values.map(item => {
      const t = pasted(item);
      return t.length === 1 ? t[0] : unknown('a list as text is not followed');
    });
  return v.values.map(x => atomText(x, v.type) ?? 'NA');
}

const pastes = (name: string, separator: string): RFunction =>
  define(name, `..., ${name === 'paste' ? 'sep = " ", ' : ''}collapse = NULL`, (args, context) => {
    const parts = args.dots.map(d => pasted(d.value));
    const sep = name === 'paste' ? args.string('sep', separator) : '';
    const used = parts.filter(p => p.length > 0);
    const n = Math.max(0, ...used.map(p => p.length));
    context.budget.claim(n);
    const out = Array.from({ length: n }, (_, k) => used.map(p => p[k % p.length]).join(sep));
    const collapse = args.get('collapse');
    return collapse && collapse.kind !== 'none' ? stringValue(out.join(string(collapse, ''))) : strings(out);
  });

function sprintf(args: Arguments): Value {
  const templates = texts(atomic(args.at('fmt')));
  const values = args.dots.map(d => atomic(d.value));
  for (const v of values) if (v.doubt && isDoubtful(v)) unknown(v.doubt.reason);
  if (values.some(v => v.values.length === 0)) return strings([]);
  const n = Math.max(templates.length, ...values.map(v => v.values.length));
  return strings(Array.from({ length: n }, (_, k) => formatted(templates[k % templates.length] ?? 'NA', values, k)));
}

/** What `cat` writes of one value. */
function catText(value: Value): readonly string[] {
  if (value.kind === 'none') return [];
  if (value.kind === 'function') return reject("argument 1 (type 'closure') cannot be handled by 'cat'");
  const v = vec(value);
  if (v.doubt && isDoubtful(v)) return unknown(v.doubt.reason);
  if (v.type === 'list')
    return v.values.flatMap(item => {
      const inner = item.kind === 'none' || item.kind === 'function' ? undefined : vec(item);
      return inner && inner.type !== 'list' && inner.values.length <= 1
        ? catText(item)
        : reject("argument 1 (type 'list') cannot be handled by 'cat'");
    });
  if (v.type === 'double') return v.values.map(x => soleNumber(x));
  if (v.type === 'complex') return v.values.map(z => cells({ type: 'complex', values: [z] }, PLAIN)[0]);
  return v.values.map(x => atomText(x, v.type) ?? 'NA');
}

function cat(args: Arguments, context: RContext): Value {
  args.without('file', 'fill', 'labels', 'append');
  const given = args.get('sep');
  const separators = given ? texts(atomic(given)).map(s => s ?? 'NA') : [' '];
  try {
    if (context.settings !== undefined) unknown(context.settings);
    const items = args.dots.flatMap(d => catText(d.value));
    let out = '';
    items.forEach((text, k) => {
      out += text;
      const sep = separators[k % separators.length];
      if (k + 1 < items.length) out += sep;
    });
    // A separator with a line end is written behind the last one only where there are several.
    if (separators.length > 1 && items.length > 0 && separators.some(s => s.includes('\n')))
      unknown('several separators with line ends are not followed');
    context.print(out);
  } catch (stop) {
    unprinted(context, stop);
  }
  return NULL;
}

/** What is written is not known: the program goes on. */
function unprinted(context: RContext, stop: unknown): void {
  if (!(stop instanceof Stop) || stop.status !== 'unknown' || !context.printUnknown) throw stop;
  context.printUnknown(stop);
}

function print(args: Arguments, context: RContext): Value {
  args.without('na.print', 'zero.print', 'max', 'justify');
  const x = args.at('x');
  const options = {
    digits: args.number('digits', PLAIN.digits),
    quote: args.flag('quote', true),
    right: args.flag('right', false),
  };
  const found = context.settings === undefined ? rText(x, options) : { reason: context.settings };
  if ('reason' in found) unprinted(context, new Stop('unknown', found.reason));
  else context.print(found.text);
  return x;
}

function format(args: Arguments, context: RContext): Value {
  if (context.settings !== undefined) return unknown(context.settings);
  args.without('justify', 'big.mark', 'drop0trailing', 'na.encode');
  const x = args.at('x');
  if (x.kind === 'none') return strings([]);
  const v = vec(x);
  if (v.type === 'list' || v.others?.length) return unknown('format of this is not followed');
  if (v.doubt && isDoubtful(v)) return unknown(v.doubt.reason);
  const digits = args.number('digits', PLAIN.digits);
  const least = Math.trunc(args.number('nsmall', 0));
  const width = Math.trunc(args.number('width', 0));
  const notation = args.get('scientific');
  const shape = shapeOf(v);
  if (v.type === 'double') {
    const layout = layoutOf(v.values, digits, least);
    const science = notation === undefined ? undefined : flag(notation, false);
    if (science !== undefined && science !== layout.exponent > 0) {
      if (!science) {
        const decimals = Math.max(least, highest(v.values.map(e => decimalsOf(e ?? 0, digits))));
        return strings(
          padded(
            v.values.map(e => (e === null ? 'NA' : fixed(e, decimals))),
            width,
            true,
          ),
          shape,
        );
      }
      const decimals = highest(v.values.map(e => mantissaOf(e ?? 0, digits)));
      return strings(
        padded(
          v.values.map(e => (e === null ? 'NA' : scientific(e, decimals))),
          width,
          true,
        ),
        shape,
      );
    }
    const out = v.values.map(e => numberText(e, layout));
    return strings(args.flag('trim', false) ? out : padded(out, width, true), shape);
  }
  if (v.type === 'complex' && least > 0) return unknown('format of complex numbers is not followed');
  const out = cells(v, { ...PLAIN, quote: false, digits }).map(s => (s === '<NA>' ? 'NA' : s));
  return strings(
    args.flag('trim', false) && v.type !== 'character' ? out : padded(out, width, v.type !== 'character'),
    shape,
  );
}

const decimalsOf = (x: number, digits: number): number => {
  const [m, e] = x.toExponential(digits - 1).split('e');
  return Math.max(0, m.replace(/^-?\d\.?/, '').replace(/0+$/, '').length - Number(e));
};

const mantissaOf = (x: number, digits: number): number =>
  x
    .toExponential(digits - 1)
    .split('e')[0]
    .replace(/^-?\d\.?/, '')
    .replace(/0+$/, '').length;

function padded(items: readonly string[], least: number, right: boolean): string[] {
  const width = Math.max(least, ...items.map(s => s.length));
  return items.map(s => (right ? s.padStart(width) : s.padEnd(width)));
}

function formatC(args: Arguments): Value {
  args.without('big.mark', 'mode', 'preserve.width', 'zero.print', 'drop0trailing');
  const v = vec(args.at('x'));
  if (v.type === 'list' || v.type === 'complex') return unknown('formatC of this is not followed');
  const width = args.number('width', 0);
  const flags = args.string('flag', '');
  const digits = args.get('digits') && args.get('digits')?.kind !== 'none' ? args.number('digits', 0) : undefined;
  const form = args.string('format', v.type === 'double' ? 'g' : v.type === 'character' ? 's' : 'd');
  const one = (x: Vector['values'][number]): string => {
    if (x === null) return 'NA';
    if (typeof x === 'string') return x;
    const n = Number(x);
    switch (form) {
      case 'd':
        return fixed(Math.round(n), 0);
      case 'f':
        return fixed(n, digits ?? 6);
      case 'e':
        return scientific(n, digits ?? 6);
      case 'g':
        return digits === undefined ? general(n, 4) : general(n, digits, flags.includes('#'));
      default:
        return unknown(`formatC as ${form} is not followed`);
    }
  };
  const sign = (s: string): string =>
    flags.includes('+') && !s.startsWith('-') ? `+${s}` : flags.includes(' ') && !s.startsWith('-') ? ` ${s}` : s;
  const out = v.values.map(x => {
    const s = sign(one(x));
    if (flags.includes('-')) return s.padEnd(width);
    if (flags.includes('0') && v.type !== 'character')
      return s.replace(/^([-+ ]?)(.*)$/, (_, a: string, b: string) => a + b.padStart(width - a.length, '0'));
    return s.padStart(width);
  });
  return strings(out, shapeOf(v));
}

const each = (name: string, f: (s: string) => string): RFunction =>
  define(name, 'x', args => {
    const v = atomic(args.at('x'));
    return strings(
      texts(v).map(s => (s === null ? null : f(s))),
      shapeOf(v),
    );
  });

/** A pattern that means only itself. */
const literal = (pattern: string, isFixed: boolean): string =>
  isFixed || !/[\\^$.|?*+()[\]{}]/.test(pattern) ? pattern : unknown('regular expressions are not followed');

const replaces = (name: 'sub' | 'gsub'): RFunction =>
  define(name, 'pattern, replacement, x, ignore.case = FALSE, perl = FALSE, fixed = FALSE, useBytes = FALSE', args => {
    args.without('ignore.case', 'perl');
    const pattern = literal(string(args.at('pattern'), ''), args.flag('fixed', false));
    const by = string(args.at('replacement'), '');
    if (by.includes('\\') || pattern === '') return unknown('this replacement is not followed');
    return strings(
      texts(atomic(args.at('x'))).map(s =>
        s === null ? null : name === 'sub' ? s.replace(pattern, () => by) : s.replaceAll(pattern, () => by),
      ),
    );
  });

function substring(args: Arguments, first: string, last: string): Value {
  const v = atomic(args.at(first === 'start' ? 'x' : 'text'));
  const from = numbers(atomic(args.at(first)));
  const to = args.get(last) ? numbers(atomic(args.at(last))) : [1000000];
  const s = texts(v);
  const n = first === 'start' ? s.length : Math.max(s.length, from.length, to.length);
  return strings(
    Array.from({ length: n }, (_, k) => {
      const t = s[k % s.length];
      const [a, b] = [from[k % from.length], to[k % to.length]];
      return t === null || a === null || b === null
        ? null
        : [...t].slice(Math.max(0, Math.trunc(a) - 1), Math.max(0, Math.trunc(b))).join('');
    }),
  );
}

export const TEXTS: readonly RFunction[] = [
  pastes('paste', ' '),
  pastes('paste0', ''),
  define('sprintf', 'fmt, ...', sprintf),
  silently(define('cat', '..., file = "", sep = " ", fill = FALSE, labels = NULL, append = FALSE', cat)),
  silently(define('print', 'x, digits = NULL, quote = TRUE, na.print = NULL, right = FALSE, max = NULL', print)),
  silently(
    define('print.default', 'x, digits = NULL, quote = TRUE, na.print = NULL, right = FALSE, max = NULL', print),
  ),
  silently(define('message', '...', () => NULL)),
  silently(define('warning', '...', () => NULL)),
  silently(define('invisible', 'x = NULL', args => args.get('x') ?? NULL)),
  silently(
    define('writeLines', 'text, con = stdout(), sep = "\\n"', (args, context) => {
      args.without('con');
      const sep = args.string('sep', '\n');
      context.print(
        texts(atomic(args.at('text')))
          .map(s => `${s ?? 'NA'}${sep}`)
          .join(''),
      );
      return NULL;
    }),
  ),
  define('noquote', 'obj, right = FALSE', args => withAttribute(args.at('obj'), 'class', stringValue('noquote'))),
  define(
    'format',
    'x, trim = FALSE, digits = NULL, nsmall = 0, justify = "left", width = NULL, na.encode = TRUE, scientific = NA, big.mark = "", drop0trailing = FALSE',
    format,
  ),
  define(
    'formatC',
    'x, width = 0, digits = NULL, format = NULL, flag = "", mode = NULL, big.mark = "", preserve.width =, zero.print = NULL, drop0trailing = FALSE',
    formatC,
  ),
  define('toString', 'x, sep = ", ", collapse = ", "', args =>
    stringValue(pasted(args.at('x')).join(args.string('sep', ', '))),
  ),
  define('nchar', 'x, type = "chars"', args => {
    if (args.string('type', 'chars') !== 'chars') return unknown('this kind of nchar is not followed');
    const v = atomic(args.at('x'));
    return toValue(
      vectorOf(
        'integer',
        texts(v).map(s => (s === null ? 2 : [...s].length)),
        shapeOf(v),
      ),
    );
  }),
  each('toupper', s => s.toUpperCase()),
  each('tolower', s => s.toLowerCase()),
  define('trimws', 'x, which = "both"', args => {
    args.without('which');
    return strings(texts(atomic(args.at('x'))).map(s => s && s.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '')));
  }),
  define('substr', 'x, start, stop', args => substring(args, 'start', 'stop')),
  define('substring', 'text, first, last = 1000000', args => substring(args, 'first', 'last')),
  define('strsplit', 'x, split, fixed = FALSE, perl = FALSE, useBytes = FALSE', args => {
    const v = atomic(args.at('x'));
    if (v.type !== 'character') reject('non-character argument');
    const split = literal(string(args.at('split'), ''), args.flag('fixed', false));
    const items = texts(v).map(s => {
      if (s === null) return strings([null]);
      const parts = split === '' ? [...s] : s.split(split);
      // Nothing stands behind the last mark.
      if (parts[parts.length - 1] === '') parts.pop();
      return strings(parts);
    });
    return toValue(vectorOf('list', items, v.names ? { names: v.names } : {}));
  }),
  replaces('sub'),
  replaces('gsub'),
  define('grepl', 'pattern, x, ignore.case = FALSE, perl = FALSE, fixed = FALSE', args => {
    args.without('ignore.case', 'perl');
    const pattern = literal(string(args.at('pattern'), ''), args.flag('fixed', false));
    return toValue(
      vectorOf(
        'logical',
        texts(atomic(args.at('x'))).map(s => s?.includes(pattern) ?? false),
      ),
    );
  }),
  define('startsWith', 'x, prefix', args => {
    const p = string(args.at('prefix'), '');
    return toValue(
      vectorOf(
        'logical',
        texts(atomic(args.at('x'))).map(s => s && s.startsWith(p)),
      ),
    );
  }),
  define('endsWith', 'x, suffix', args => {
    const p = string(args.at('suffix'), '');
    return toValue(
      vectorOf(
        'logical',
        texts(atomic(args.at('x'))).map(s => s && s.endsWith(p)),
      ),
    );
  }),
  define('strrep', 'x, times', args => {
    const [x, n] = [texts(atomic(args.at('x'))), numbers(atomic(args.at('times')))];
    const count = Math.max(x.length, n.length);
    return strings(
      Array.from({ length: count }, (_, k) => (x[k % x.length] ?? 'NA').repeat(Math.min(1e6, n[k % n.length] ?? 0))),
    );
  }),
  define('dQuote', 'x, q = TRUE', args => {
    if (args.flag('q', true)) return unknown('quotes of the language are not followed');
    return strings(pasted(args.at('x')).map(s => `"${s}"`));
  }),
  define('shQuote', 'string', args =>
    strings(pasted(args.at('string')).map(s => (s.includes("'") ? unknown('quotes within a text') : `'${s}'`))),
  ),
];
