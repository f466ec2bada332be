import {
  asType,
  broadcastTo,
  contiguous,
  fromElements,
  generate,
  type NDArray,
  ndarray,
  reshape,
  sizeOf,
  transpose,
} from '../../values/ndarray';
import { arrayValue, type FunctionValue, scalar, tuple, type Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import type { CallArgument, Context } from '../dialect';
import { fail, unknown } from '../stop';
import { commonShape } from './apply';
import { axisOf, elementsOf, int, integersOf, join, resultType, toArray, unwrap } from './coerce';
import { dtypeOf, dtypeValue } from './dtypes';
import { partsOf } from './joining';
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
    const axis = axisOf(int(k), a.shape.length);
    const out = toArray(c.call(f, [arrayValue(a), int(axis)]));
    if (out.shape.length === a.shape.length) a = out;
    else if (out.shape.length === a.shape.length - 1)
      a = reshape(out, [...out.shape.slice(0, axis), 1, ...out.shape.slice(axis)]);
    else fail('ValueError: function is not returning an array of the correct shape');
  }
  return arrayValue(a);
}

function piecewise(x: Bound, c: Context): Value {
  const v = toArray(need(x.x));
  const given = need(x.condlist);
  let conditions =
    given.kind === 'list' && given.items.some(i => i.kind !== 'scalar')
      ? partsOf(given).map(toArray)
      : [toArray(given)];
  if (given.kind === 'array' && given.array.shape.length > v.shape.length) conditions = partsOf(given).map(toArray);
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
    evaluate: x =>
      arrayValue(asType(toArray({ kind: 'list', items: partsOf(need(x.iter)) }), dtypeOf(need(x.dtype)) ?? 'float64')),
  },
  {
    path: 'numpy.vectorize',
    signature: 'pyfunc, otypes=None, doc=None, excluded=None, cache=False, signature=None',
    evaluate: x => {
      for (const name of ['excluded', 'signature'])
        if (x[name] && x[name].kind !== 'none') unknown(`${name} of np.vectorize is not covered yet`);
      const types = x.otypes && x.otypes.kind !== 'none' ? partsOf(x.otypes) : [];
      if (types.length > 1 || x.otypes?.kind === 'string')
        unknown('several otypes of np.vectorize are not covered yet');
      const [type] = types;
      const self =
        type === undefined ? need(x.pyfunc) : tuple([need(x.pyfunc), dtypeValue(dtypeOf(type) ?? 'float64')]);
      return { kind: 'function', path: 'vectorized', self };
    },
  },
];

/** Calls what `np.vectorize` made: the function on every element, as Python numbers' own types in NumPy. */
export function callVectorized(f: FunctionValue, args: readonly CallArgument[], context: Context): Value {
  const [callee, type] = f.self?.kind === 'tuple' ? f.self.items : [f.self];
  if (!callee || args.some(a => a.name !== undefined)) return unknown('this call is not covered yet');
  if (callee.kind === 'function' && ufuncOf(callee.path))
    return context.call(
      callee,
      args.map(a => a.value),
    );
  const arrays = args.map(a => toArray(a.value));
  const shape = commonShape(...arrays);
  const count = sizeOf(shape);
  if (count > 10_000) return unknown('too many calls to follow');
  if (count === 0 && type)
    return arrayValue(asType(ndarray('float64', shape, new Float64Array(0)), dtypeOf(type) ?? 'float64'));
  if (count === 0) return fail('ValueError: cannot call `vectorize` on size 0 inputs unless `otypes` is set');
  const lists = arrays.map(a => elementsOf(broadcastTo(a, shape)));
  const results = Array.from({ length: count }, (_, k) =>
    context.call(
      callee,
      lists.map((l, i) => scalar(arrays[i].dtype, l[k])),
    ),
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
  return shape.length === 0 ? unwrap(out) : arrayValue(out);
}
