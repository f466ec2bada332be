import type { DType } from '../../values/dtype';
import {
  asType,
  broadcastTo,
  contiguous,
  fromElements,
  generate,
  type NDArray,
  ndarray,
  reshape,
  rowMajorStrides,
  sizeOf,
  transpose,
} from '../../values/ndarray';
import { strings } from '../../values/strings';
import { arrayValue, type FunctionValue, NONE, scalar, tuple, type Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import type { CallArgument, Context } from '../dialect';
import { fail, unknown } from '../stop';
import { commonShape } from './apply';
import { anyOrder } from './builtins';
import {
  axisOf,
  elementsOf,
  int,
  integerOf,
  integersOf,
  join,
  needInteger,
  resultType,
  toArray,
  unwrap,
} from './coerce';
import { dtypeOf, dtypeValue } from './dtypes';
import { partsOf } from './joining';
import { holdsOnlyText, toStrings } from './string-arrays';
import { ufuncOf } from './ufuncs';

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');
const rest = (v: Value | undefined): readonly Value[] => (v?.kind === 'tuple' ? v.items : []);

/** Results of calls, one for every place, as one array whose new axes are those of a result. */
function gathered(results: readonly Value[], shape: readonly number[]): NDArray {
  const parts = results.map(toArray);
  const [first] = parts;
  if (parts.some(p => p.shape.length !== first.shape.length || p.shape.some((n, i) => n !== first.shape[i])))
    return fail('ValueError: could not broadcast input array');
  const dtype = first.dtype;
  return join(
    parts.map(p => asType(p, dtype)),
    dtype,
    [...shape, ...first.shape],
  );
}

function alongAxis(x: Bound, c: Context): Value {
  const f = need(x.func1d);
  const a = toArray(need(x.arr));
  const axis = axisOf(need(x.axis), a.shape.length);
  const others = a.shape.map((_, i) => i).filter(i => i !== axis);
  const moved = contiguous(transpose(a, [...others, axis]));
  const n = a.shape[axis];
  const outer = others.map(i => a.shape[i]);
  const count = sizeOf(outer);
  if (count === 0) return fail('ValueError: Cannot apply_along_axis when any iteration dimensions are 0');
  if (count > 10_000) return unknown('too many calls to follow');
  const results = Array.from({ length: count }, (_, k) =>
    c.call(f, [arrayValue({ ...moved, shape: [n], strides: [1], offset: k * n }), ...rest(x.args)]),
  );
  const out = gathered(results, outer);
  // The axes of a result take the place of the axis that was taken away.
  const added = out.shape.length - outer.length;
  const order = [
    ...outer.map((_, i) => i).slice(0, axis),
    ...Array.from({ length: added }, (_, i) => outer.length + i),
    ...outer.map((_, i) => i).slice(axis),
  ];
  return arrayValue(contiguous(transpose(out, order)));
}

function overAxes(x: Bound, c: Context): Value {
  const f = need(x.func);
  let a = toArray(need(x.a));
  for (const k of integersOf(need(x.axes))) {
    const axis = k < 0 ? k + a.shape.length : k;
    const out = toArray(c.call(f, [unwrap(a), int(axis)]));
    if (out.shape.length === a.shape.length) a = out;
    else if (out.shape.length === a.shape.length - 1)
      a = reshape(out, [...out.shape.slice(0, axis), 1, ...out.shape.slice(axis)]);
    else fail('ValueError: function is not returning an array of the correct shape');
  }
  return unwrap(a);
}

function piecewise(x: Bound, c: Context): Value {
  const v = toArray(need(x.x));
  const given = need(x.condlist);
  // One condition may stand for a list of it.
  const [first] = given.kind === 'scalar' ? [] : partsOf(given);
  const nested =
    first !== undefined && (first.kind === 'list' || (first.kind === 'array' && first.array.shape.length > 0));
  const alone = first === undefined || (!nested && v.shape.length !== 0);
  const conditions = alone ? [toArray(given)] : partsOf(given).map(toArray);
  const functions = partsOf(need(x.funclist));
  const masks = conditions.map(m => elementsOf(asType(contiguous(broadcastTo(m, v.shape)), 'bool')).map(Boolean));
  if (functions.length === masks.length + 1)
    masks.push(Array.from({ length: sizeOf(v.shape) }, (_, k) => masks.every(m => !m[k])));
  else if (functions.length !== masks.length)
    return fail(
      `ValueError: with ${conditions.length} condition(s), either ${conditions.length} or ${conditions.length + 1} functions are expected`,
    );
  const items = elementsOf(v);
  const out = elementsOf(asType(ndarray('float64', v.shape, new Float64Array(items.length)), v.dtype));
  masks.forEach((mask, k) => {
    const places = items.flatMap((_, i) => (mask[i] ? [i] : []));
    const f = functions[k];
    if (places.length === 0) return;
    const part = fromElements(
      v.dtype,
      [places.length],
      places.map(i => items[i]),
    );
    const value = f.kind === 'function' ? toArray(c.call(f, [arrayValue(part), ...rest(x.args)])) : toArray(f);
    const values = elementsOf(asType(broadcastTo(value, [places.length]), v.dtype));
    places.forEach((i, j) => {
      out[i] = values[j];
    });
  });
  return arrayValue(fromElements(v.dtype, v.shape, out));
}

export const CALLBACKS: readonly LibraryFunction[] = [
  { path: 'numpy.apply_along_axis', signature: 'func1d, axis, arr, *args', evaluate: alongAxis },
  { path: 'numpy.apply_over_axes', signature: 'func, a, axes', evaluate: overAxes },
  { path: 'numpy.piecewise', signature: 'x, condlist, funclist, *args', evaluate: piecewise },
  {
    path: 'numpy.fromfunction',
    signature: 'function, shape, *, dtype=float, like=None, **kwargs',
    evaluate: (x, c) => {
      const shape = integersOf(need(x.shape));
      const dtype = dtypeOf(x.dtype) ?? 'float64';
      c.budget.claim(shape.length * sizeOf(shape));
      const grids = shape.map((n, k) => {
        const line = ndarray(
          'float64',
          [n],
          generate(n, i => i),
        );
        const open = reshape(
          line,
          shape.map((_, i) => (i === k ? n : 1)),
        );
        return arrayValue(asType(contiguous(broadcastTo(open, shape)), dtype));
      });
      return c.call(need(x.function), grids);
    },
  },
  {
    path: 'numpy.fromiter',
    signature: 'iter, dtype, count=-1, *, like=None',
    evaluate: x => {
      const items = partsOf(need(x.iter));
      const count = x.count ? needInteger(x.count) : -1;
      if (count > items.length)
        fail(`ValueError: iterator too short: Expected ${count} but iterator had only ${items.length} items.`);
      const a = toArray({ kind: 'list', items: count < 0 ? items : items.slice(0, count) });
      if (a.shape.length > 1) fail('ValueError: setting an array element with a sequence.');
      return arrayValue(asType(a, dtypeOf(need(x.dtype)) ?? 'float64'));
    },
  },
  {
    path: 'numpy.vectorize',
    signature: 'pyfunc, otypes=None, doc=None, excluded=None, cache=False, signature=None',
    evaluate: (x, c) => {
      const types = x.otypes && x.otypes.kind !== 'none' ? partsOf(x.otypes) : [];
      if (types.length > 1 || x.otypes?.kind === 'string')
        unknown('several otypes of np.vectorize are not covered yet');
      const [type] = types;
      const dtype = type === undefined ? NONE : dtypeValue(dtypeOf(type) ?? 'float64');
      const left: Value = {
        kind: 'tuple',
        items: x.excluded && x.excluded.kind !== 'none' ? anyOrder(x.excluded, c) : [],
      };
      return { kind: 'function', path: 'vectorized', self: tuple([need(x.pyfunc), dtype, left, x.signature ?? NONE]) };
    },
  },
];

/** Calls what `np.vectorize` made: the function on every element, as Python numbers' own types in NumPy. */
export function callVectorized(f: FunctionValue, args: readonly CallArgument[], context: Context): Value {
  const [callee, given, excluded, signature] = f.self?.kind === 'tuple' ? f.self.items : [];
  if (!callee) return unknown('this call is not covered yet');
  const type = given.kind === 'none' ? undefined : given;
  if (args.length === 0 && signature.kind !== 'string') return context.call(callee, []);
  const left = excluded.kind === 'tuple' ? excluded.items : [];
  const whole = args.map((a, k) =>
    left.some(e => (e.kind === 'string' ? e.value === a.name : a.name === undefined && integerOf(e) === k)),
  );
  if (args.some((a, k) => a.name !== undefined && !whole[k] && left.length === 0))
    return unknown('a vectorized function with keywords is not covered yet');
  if (callee.kind === 'function' && ufuncOf(callee.path) && signature.kind === 'none' && left.length === 0)
    return arrayValue(
      toArray(
        context.call(
          callee,
          args.map(a => a.value),
        ),
      ),
    );
  if (signature.kind === 'string')
    return left.length > 0 || args.some(a => a.name !== undefined)
      ? unknown('a signature beside excluded= is not covered yet')
      : callBySignature(callee, signature.value, args, context, dtypeOf(type));
  const texts = args.map((a, k) =>
    !whole[k] && holdsOnlyText(a.value) ? toStrings(a.value, undefined, context) : undefined,
  );
  const arrays = args.map((a, k) => (whole[k] ? undefined : (texts[k]?.array ?? toArray(a.value))));
  const shape = commonShape(...arrays.filter(a => a !== undefined));
  const count = sizeOf(shape);
  if (count > 10_000) return unknown('too many calls to follow');
  if (count === 0 && type)
    return arrayValue(asType(ndarray('float64', shape, new Float64Array(0)), dtypeOf(type) ?? 'float64'));
  if (count === 0) return fail('ValueError: cannot call `vectorize` on size 0 inputs unless `otypes` is set');
  const lists = arrays.map(a => a && elementsOf(broadcastTo(a, shape)));
  const results = Array.from({ length: count }, (_, k) =>
    callWith(
      callee,
      args.map((a, i) => {
        const [list, array] = [lists[i], arrays[i]];
        if (!list || !array) return a;
        const own = texts[i];
        const value: Value = own
          ? { kind: 'string', value: own.table[Number(list[k])], numpy: true }
          : scalar(array.dtype, list[k]);
        return { ...a, value };
      }),
      context,
    ),
  );
  if (results.every(r => r.kind === 'string') && !type)
    return strings(
      shape,
      results.map(r => (r.kind === 'string' ? r.value : '')),
    );
  if (results.some(r => r.kind !== 'scalar'))
    return unknown('vectorized functions that give no numbers are not covered yet');
  // The first result decides the type.
  const dtype = dtypeOf(type) ?? resultType([arrayValue(toArray(results[0]))]);
  const out = fromElements(
    dtype,
    shape,
    results.map(r => elementsOf(asType(toArray(r), dtype))[0]),
  );
  return arrayValue(out);
}

/** A call with keywords where the function takes them. */
const callWith = (f: Value, args: readonly CallArgument[], c: Context): Value =>
  args.every(a => a.name === undefined)
    ? c.call(
        f,
        args.map(a => a.value),
      )
    : (c.callNamed?.(f, args) ?? unknown('a vectorized function with keywords is not covered yet'));

/** The last dimensions of an array under the names of a signature, which have one size each. */
function needCore(shape: readonly number[], names: readonly string[], sizes: Map<string, number>): void {
  const { length } = names;
  if (shape.length < length)
    fail(
      `ValueError: ${shape.length}-dimensional argument does not have enough dimensions for all core dimensions (${names.map(n => `'${n}'`).join(', ')}${length === 1 ? ',' : ''})`,
    );
  names.forEach((name, i) => {
    const n = shape[shape.length - length + i];
    const known = sizes.get(name) ?? n;
    if (known !== n) fail(`ValueError: inconsistent size for core dimension '${name}': ${n} vs ${known}`);
    sizes.set(name, n);
  });
}

/** `signature='(n),(m)->(k)'`: the function takes the last dimensions as a whole and gives an array. */
function callBySignature(
  f: Value,
  signature: string,
  args: readonly CallArgument[],
  c: Context,
  dtype: DType | undefined,
): Value {
  const [inputs, outputs, ...rest] = signature.replace(/\s/g, '').split('->');
  const core = (text: string): string[][] =>
    Array.from(text.matchAll(/\(([^)]*)\)/g), m => m[1].split(',').filter(name => name !== ''));
  const [takes, gives] = [core(inputs), core(outputs ?? '')];
  if (rest.length > 0 || gives.length !== 1 || takes.length !== args.length)
    return unknown('this signature of np.vectorize is not covered yet');
  const arrays = args.map(a => toArray(a.value));
  const outer = arrays.map((a, k) => a.shape.slice(0, a.shape.length - takes[k].length));
  const sizes = new Map<string, number>();
  arrays.forEach((a, k) => {
    needCore(a.shape, takes[k], sizes);
  });
  const shape = commonShape(...outer.map(s => ndarray('float64', s, new Float64Array(sizeOf(s)))));
  const count = sizeOf(shape);
  if (count > 10_000 || count === 0) return unknown('this many calls are not followed');
  const parts = arrays.map((a, k) => {
    const inner = a.shape.slice(outer[k].length);
    return { inner, all: contiguous(broadcastTo(a, [...shape, ...inner])) };
  });
  const results = Array.from({ length: count }, (_, at) =>
    c.call(
      f,
      parts.map(({ inner, all }) =>
        unwrap({ ...all, shape: inner, strides: rowMajorStrides(inner), offset: at * sizeOf(inner) }),
      ),
    ),
  );
  for (const result of results) {
    if (result.kind === 'tuple')
      return fail(`ValueError: wrong number of outputs from pyfunc: expected 1, got ${result.items.length}`);
    needCore(toArray(result).shape, gives[0], sizes);
  }
  const out = gathered(results, shape);
  if (out.shape.length !== shape.length + gives[0].length)
    return unknown('the result has other dimensions than the signature');
  return arrayValue(dtype ? asType(out, dtype) : out);
}
