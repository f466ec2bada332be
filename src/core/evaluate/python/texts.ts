import { fixed, positional, scientific, shortestDigits } from '../../format/digits';
import { pythonRepr, pythonStr } from '../../format/numpy';
import { quoted } from '../../format/numpy-arrays';
import {
  arrayText,
  DEFAULT_PRINT,
  type Formatter,
  type FormatterKind,
  type PrintOptions,
  precisionOf,
} from '../../format/numpy-print';
import { exponentText } from '../../format/printf';
import { type DType, type Element, isComplex } from '../../values/dtype';
import type { NDArray } from '../../values/ndarray';
import { arrayValue, NONE, scalar, stringValue, type Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import { fail, unknown } from '../stop';
import { integerOf, needInteger, toArray, typeName } from './coerce';
import { isTrue } from './reductions';

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');
const given = (v: Value | undefined): v is Value => v !== undefined && v.kind !== 'none';
const text = (v: Value | undefined, otherwise: string): string => (v?.kind === 'string' ? v.value : otherwise);

/** What is to be written, of an array of texts their places. */
const shownArray = (v: Value | undefined): NDArray => (v?.kind === 'strings' ? v.array : toArray(need(v)));

const FLOATMODES = ['fixed', 'unique', 'maxprec', 'maxprec_equal'] as const;
const SIGNS = ['-', '+', ' '] as const;

type Call = (f: Value, args: readonly Value[]) => Value;

/** The kinds of elements that a key of `formatter=` stands for. */
const KINDS: Readonly<Record<string, readonly FormatterKind[]>> = {
  all: ['bool', 'int', 'float', 'complexfloat', 'numpystr'],
  int_kind: ['int'],
  float_kind: ['float'],
  complex_kind: ['complexfloat'],
  str_kind: ['numpystr'],
  bool: ['bool'],
  int: ['int'],
  float: ['float'],
  complexfloat: ['complexfloat'],
  numpystr: ['numpystr'],
};

/** `formatter={'float': lambda x: f'{x:.2f}'}`: keys for one kind go before those for several. */
function formatters(v: Value, call: Call): Formatter {
  if (v.kind !== 'dict') return fail('TypeError: formatter must be a dict');
  const found = new Map<FormatterKind, (e: Element, dtype: DType) => string>();
  for (const key of Object.keys(KINDS)) {
    const f = v.entries.find(([k]) => k.kind === 'string' && k.value === key)?.[1];
    if (!f || f.kind === 'none') continue;
    if (KINDS[key].includes('numpystr') && key !== 'all') return unknown('a formatter of texts is not followed');
    for (const kind of KINDS[key])
      found.set(kind, (e, dtype) => {
        const text = call(f, [scalar(dtype, e)]);
        return text.kind === 'string' ? text.value : unknown('a formatter that gives no text is not followed');
      });
  }
  return found;
}

/**
 * Print options changed by the arguments of `np.set_printoptions` and `np.printoptions`, which also take a formatter back
 * (`resets`), or of `np.array2string`.
 */
export function printOptions(x: Bound, before: PrintOptions, call: Call, resets = false): PrintOptions {
  const { formatter, ...others } = before;
  const out: { -readonly [K in keyof PrintOptions]: PrintOptions[K] } = resets
    ? { ...others }
    : { ...others, formatter };
  if (given(x.formatter)) out.formatter = formatters(x.formatter, call);
  if (given(x.legacy) && !(x.legacy.kind === 'scalar' && x.legacy.value === false))
    unknown('legacy printing is not covered');
  if (given(x.precision)) out.precision = integerOf(x.precision) ?? fail('TypeError: precision must be an integer');
  if (given(x.threshold))
    out.threshold =
      x.threshold.kind === 'scalar' ? Number(x.threshold.value) : fail('TypeError: threshold must be numeric');
  if (Number.isNaN(out.threshold))
    fail('ValueError: threshold must be non-NAN, try sys.maxsize for untruncated representation');
  if (given(x.edgeitems)) out.edgeitems = needInteger(x.edgeitems);
  const width = given(x.linewidth) ? x.linewidth : x.max_line_width;
  if (given(width))
    out.linewidth = width.kind === 'scalar' ? Number(width.value) : unknown('this width is not covered');
  const suppress = given(x.suppress) ? x.suppress : x.suppress_small;
  if (given(suppress)) out.suppress = isTrue(suppress);
  if (given(x.nanstr)) out.nanstr = text(x.nanstr, out.nanstr);
  if (given(x.infstr)) out.infstr = text(x.infstr, out.infstr);
  const sign = SIGNS.find(s => s === text(x.sign, ''));
  if (given(x.sign)) out.sign = sign ?? fail("ValueError: sign option must be one of ' ', '+', or '-'");
  const mode = FLOATMODES.find(s => s === text(x.floatmode, ''));
  if (given(x.floatmode))
    out.floatmode =
      mode ?? fail('ValueError: floatmode option must be one of "fixed", "unique", "maxprec", "maxprec_equal"');
  return out;
}

export const PRINT_OPTIONS =
  'precision=None, threshold=None, edgeitems=None, linewidth=None, suppress=None, nanstr=None, infstr=None, formatter=None, sign=None, floatmode=None, *, legacy=None';

/** So many digits of the number itself, not the shortest that tell it from others. */
function exactly(n: number, precision: number): { readonly mantissa: string; readonly exponent: number } {
  const [mantissa, exponent] = exponentText(n, precision).split('e');
  return { mantissa, exponent: Number(exponent) };
}

/** np.format_float_positional and _scientific of one number. */
function formatted(x: Bound, exponent: boolean): Value {
  const v = need(x.x);
  if (v.kind !== 'scalar' || isComplex(v.value)) return unknown('this number is not covered yet');
  const n = Number(v.value);
  if (!Number.isFinite(n)) return stringValue(Number.isNaN(n) ? 'nan' : n > 0 ? 'inf' : '-inf');
  const type = precisionOf(v.dtype);
  const precision = given(x.precision) ? needInteger(x.precision) : undefined;
  const unique = x.unique === undefined || isTrue(x.unique);
  const trim = text(x.trim, 'k');
  for (const name of ['pad_left', 'pad_right', 'min_digits'])
    if (given(x[name])) unknown(`${name}= is not covered yet`);
  if (given(x.fractional) && !isTrue(x.fractional)) unknown('fractional= is not covered yet');
  let mantissa: string;
  let tail = '';
  if (exponent) {
    const found = unique
      ? scientific(n, type, precision ?? 400)
      : exactly(n, precision ?? unknown('no precision is given'));
    mantissa = found.mantissa;
    const width = given(x.exp_digits) ? needInteger(x.exp_digits) : 2;
    tail = `e${found.exponent < 0 ? '-' : '+'}${String(Math.abs(found.exponent)).padStart(width, '0')}`;
  } else
    mantissa = unique ? positional(n, type, precision ?? 400) : fixed(n, precision ?? unknown('no precision is given'));
  const digits = mantissa.split('.')[1] ?? '';
  if (trim === 'k' && unique && precision !== undefined && shortestDigits(n, type).digits !== '')
    mantissa = `${mantissa.split('.')[0]}.${digits.padEnd(exponent ? 0 : Math.min(precision, digits.length), '0')}`;
  if (trim === '0' && mantissa.endsWith('.')) mantissa += '0';
  if (trim === '-') mantissa = mantissa.replace(/\.?0*$/, '');
  const sign = isTrue(x.sign) && n >= 0 ? '+' : '';
  return stringValue(sign + mantissa + tail);
}

export const TEXTS: readonly LibraryFunction[] = [
  {
    path: 'numpy.array2string',
    signature:
      "a, max_line_width=None, precision=None, suppress_small=None, separator=' ', prefix='', style=None, formatter=None, threshold=None, edgeitems=None, sign=None, floatmode=None, suffix='', *, legacy=None",
    evaluate: (x, c) =>
      stringValue(
        arrayText(
          shownArray(x.a),
          text(x.separator, ' '),
          text(x.prefix, ''),
          text(x.suffix, ''),
          printOptions(x, c.printing ?? DEFAULT_PRINT, (f, args) => c.call(f, args)),
          x.a?.kind === 'strings' ? quoted(x.a) : undefined,
        ),
      ),
  },
  {
    path: 'numpy.array_repr',
    signature: 'arr, max_line_width=None, precision=None, suppress_small=None',
    evaluate: (x, c) => {
      const v = need(x.arr);
      const options = printOptions(x, c.printing ?? DEFAULT_PRINT, (f, args) => c.call(f, args));
      const text = pythonRepr(arrayValue(toArray(v)), options);
      // A number is named by its own type.
      return stringValue(v.kind === 'scalar' && !v.weak ? text.replace('array', v.dtype) : text);
    },
  },
  {
    path: 'numpy.array_str',
    signature: 'a, max_line_width=None, precision=None, suppress_small=None',
    evaluate: (x, c) => {
      const v = need(x.a);
      if (v.kind === 'scalar')
        fail(
          v.weak
            ? `AttributeError: '${typeName(v)}' object has no attribute 'shape'`
            : `TypeError: descriptor '__getitem__' requires a 'numpy.ndarray' object but received a 'numpy.${v.dtype}'`,
        );
      const options = printOptions(x, c.printing ?? DEFAULT_PRINT, (f, args) => c.call(f, args));
      return stringValue(pythonStr(arrayValue(toArray(v)), options));
    },
  },
  {
    path: 'numpy.format_float_positional',
    signature:
      'x, precision=None, unique=True, fractional=True, trim=k, sign=False, pad_left=None, pad_right=None, min_digits=None',
    evaluate: x => formatted(x, false),
  },
  {
    path: 'numpy.format_float_scientific',
    signature: 'x, precision=None, unique=True, trim=k, sign=False, pad_left=None, exp_digits=None, min_digits=None',
    evaluate: x => formatted(x, true),
  },
  {
    path: 'numpy.set_printoptions',
    signature: PRINT_OPTIONS,
    evaluate: x => {
      printOptions(x, DEFAULT_PRINT, () => NONE);
      return NONE;
    },
  },
];
