import { broadcastShapes, broadcastTo, fromElements, type NDArray } from '../../values/ndarray';
import { lengthOf, strings, textsOf, widthOf } from '../../values/strings';
import { stringValue, type Value } from '../../values/value';
import { type Bound, bind, type LibraryFunction } from '../catalogue';
import type { Context } from '../dialect';
import { fail, unknown } from '../stop';
import { commonShape } from './apply';
import { elementsOf, toArray, unwrap } from './coerce';
import { compareStrings, holdsOnlyText, toStrings } from './string-arrays';
import { STRING_METHODS } from './strings';

/** numpy.char: Python's methods of texts on each text of an array. */

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');

/** An argument under the common shape: texts as texts, numbers as Python's own. */
function spread(v: Value, shape: readonly number[], context: Context): readonly Value[] {
  if (holdsOnlyText(v)) {
    const s = toStrings(v, undefined, context);
    return textsOf({ ...s, array: broadcastTo(s.array, shape) }).map(stringValue);
  }
  const a = toArray(v);
  return elementsOf(broadcastTo(a, shape)).map(e => ({ kind: 'scalar', dtype: a.dtype, value: e, weak: true }));
}

const asArray = (v: Value, context: Context): NDArray =>
  holdsOnlyText(v) ? toStrings(v, undefined, context).array : toArray(v);

/** What `f` makes of each text and the other arguments beside it. */
function each(
  x: Bound,
  names: readonly string[],
  context: Context,
  f: (args: readonly Value[]) => Value,
): { readonly shape: readonly number[]; readonly results: readonly Value[] } {
  const given = names.flatMap(n => {
    const v = x[n];
    return v && v.kind !== 'none' ? [v] : [];
  });
  const shape =
    broadcastShapes(...given.map(v => asArray(v, context).shape)) ??
    unknown('arrays of these shapes do not go together');
  const lists = given.map(v => spread(v, shape, context));
  context.budget.claim(lists[0].length * given.length);
  return { shape, results: lists[0].map((_, k) => f(lists.map(list => list[k]))) };
}

/** The results as an array: of texts of a width, of whole numbers, or of truths. */
function gathered(shape: readonly number[], results: readonly Value[], width?: number): Value {
  const [first] = results;
  if (first === undefined) return unknown('this is not covered for arrays of no texts');
  if (first.kind === 'string') {
    const texts = results.map(r => (r.kind === 'string' ? r.value : ''));
    return strings(shape, texts, width && Math.max(width, 1));
  }
  const values = results.map(r => (r.kind === 'scalar' ? r.value : unknown('lists within an array are not covered')));
  return unwrap(fromElements(first.kind === 'scalar' && first.dtype === 'bool' ? 'bool' : 'int64', shape, values));
}

const callMethod = (name: string, args: readonly Value[], context: Context): Value => {
  const [signature, f] = STRING_METHODS[name];
  const [text, ...rest] = args;
  const entry: LibraryFunction = { path: `builtins.${name}`, signature, evaluate: () => text };
  const bound = bind(
    entry,
    rest.map(value => ({ value })),
  );
  return f(text.kind === 'string' ? text.value : unknown('numpy.char works on texts'), bound, context);
};

/** A function that is Python's method of the same name. */
const method = (name: string, signature: string, width?: 'same'): LibraryFunction => ({
  path: `numpy.char.${name}`,
  signature,
  evaluate: (x, c) => {
    const names = signature.split(',').map(p => p.trim().replace(/=.*/, ''));
    const a = toStrings(text(x.a), undefined, c);
    const { shape, results } = each(x, names, c, args => callMethod(name, args, c));
    return gathered(shape, results, width === 'same' ? a.width : undefined);
  },
});

const text = (v: Value | undefined): Value =>
  holdsOnlyText(need(v)) ? need(v) : fail('TypeError: string operation on non-string array');

const words = (list: string): readonly string[] => list.split(' ');

const comparison = (name: string, op: Parameters<typeof compareStrings>[0]): LibraryFunction => ({
  path: `numpy.char.${name}`,
  signature: 'x1, x2',
  evaluate: (x, c) => {
    // Here, unlike in comparisons by signs, blanks at the end do not count.
    const [p, q] = [x.x1, x.x2].map(v => {
      const s = toStrings(text(v), undefined, c);
      return strings(
        s.array.shape,
        textsOf(s).map(t => t.replace(/[ \t\n\r\v\f]+$/, '')),
      );
    });
    return compareStrings(op, p, q, c);
  },
});

export const STRING_FUNCTIONS: readonly LibraryFunction[] = [
  ...words('upper lower capitalize title swapcase').map(n => method(n, 'a', 'same')),
  ...words('strip lstrip rstrip').map(n => method(n, 'a, chars=None', 'same')),
  ...words('isalpha isdigit isalnum isspace islower isupper isnumeric isdecimal').map(n => method(n, 'a')),
  method('startswith', 'a, prefix'),
  method('endswith', 'a, suffix'),
  ...words('find rfind index rindex count').map(n => method(n, 'a, sub')),
  method('replace', 'a, old, new, count=None'),
  ...words('center ljust rjust zfill').map(
    (name): LibraryFunction => ({
      path: `numpy.char.${name}`,
      signature: name === 'zfill' ? 'a, width' : "a, width, fillchar=' '",
      evaluate: (x, c) => {
        const { shape, results } = each({ a: text(x.a), w: need(x.width), f: x.fillchar }, ['a', 'w', 'f'], c, args =>
          callMethod(name, args, c),
        );
        // As in NumPy 2, longer texts stay as they are.
        const width = elementsOf(toArray(need(x.width))).reduce<number>((w, n) => Math.max(w, Number(n as number)), 1);
        return gathered(
          shape,
          results,
          Math.max(width, widthOf(results.map(r => (r.kind === 'string' ? r.value : '')))),
        );
      },
    }),
  ),
  {
    path: 'numpy.char.add',
    signature: 'x1, x2',
    evaluate: (x, c) => {
      const sides = [x.x1, x.x2].map(v => toStrings(text(v), undefined, c));
      commonShape(...sides.map(v => v.array));
      const { shape, results } = each({ p: sides[0], q: sides[1] }, ['p', 'q'], c, ([p, q]) =>
        stringValue(p.kind === 'string' && q.kind === 'string' ? p.value + q.value : ''),
      );
      return gathered(shape, results, sides[0].width + sides[1].width);
    },
  },
  {
    path: 'numpy.char.multiply',
    signature: 'a, i',
    evaluate: (x, c) => {
      const a = toStrings(text(x.a), undefined, c);
      commonShape(a.array, toArray(need(x.i)));
      const times = elementsOf(toArray(need(x.i))).reduce<number>((m, n) => Math.max(m, Number(n as number)), 0);
      const { shape, results } = each({ a, i: need(x.i) }, ['a', 'i'], c, ([s, n]) =>
        stringValue(
          s.kind === 'string' && n.kind === 'scalar' ? s.value.repeat(Math.max(Number(n.value as number), 0)) : '',
        ),
      );
      c.budget.claim(results.length * times * a.width);
      return gathered(shape, results, a.width * times);
    },
  },
  {
    path: 'numpy.char.join',
    signature: 'sep, seq',
    evaluate: (x, c) => {
      const { shape, results } = each({ s: text(x.sep), t: text(x.seq) }, ['s', 't'], c, ([s, t]) =>
        stringValue(s.kind === 'string' && t.kind === 'string' ? Array.from(t.value).join(s.value) : ''),
      );
      return gathered(shape, results);
    },
  },
  {
    path: 'numpy.char.str_len',
    signature: 'a',
    evaluate: (x, c) => {
      const { shape, results } = each({ a: text(x.a) }, ['a'], c, ([s]) => ({
        kind: 'scalar',
        dtype: 'int64',
        value: s.kind === 'string' ? lengthOf(s.value) : 0,
      }));
      return gathered(shape, results);
    },
  },
  comparison('equal', 'equal'),
  comparison('not_equal', 'not-equal'),
  comparison('less', 'less'),
  comparison('less_equal', 'less-equal'),
  comparison('greater', 'greater'),
  comparison('greater_equal', 'greater-equal'),
  {
    path: 'numpy.char.array',
    signature: 'obj',
    evaluate: () => unknown('np.char.array makes an array of another class, which is not followed'),
  },
];
