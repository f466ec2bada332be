import type { DType } from '../../values/dtype';
import { isComplexType } from '../../values/dtype';
import {
  asType,
  broadcastShapes,
  broadcastTo,
  contiguous,
  fromElements,
  generate,
  type NDArray,
  ndarray,
  reshape,
  sizeOf,
  toFloat64,
  transpose,
} from '../../values/ndarray';
import { arrayValue, type FunctionValue, NONE, type Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import { bind } from '../catalogue';
import type { CallArgument, Context } from '../dialect';
import { fail, unknown } from '../stop';
import { applyUfunc, commonShape, ufuncArrays } from './apply';
import { axisOf, bool, elementsOf, float, int, integersOf, real, resultType, toArray, unwrap } from './coerce';
import { dtypeOf } from './dtypes';
import { concatenate } from './joining';
import { masked, maskOf } from './reduction-catalogue';
import { extreme, prod, quantifier, sum } from './reductions';
import { type Casting, canCast } from './types';
import { ALIASES, isWhole, ldexp, loopType, noLoop, UFUNCS, type Ufunc, ufuncOf } from './ufuncs';

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');

const OPTIONS = "/, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True";

const entry = (name: string, u: Ufunc): LibraryFunction => ({
  path: `numpy.${name}`,
  signature: `${u.operands === 1 ? 'x' : 'x1, x2'}, ${OPTIONS}`,
  evaluate: (x, c) => {
    const operands = u.operands === 1 ? [need(x.x)] : [need(x.x1), need(x.x2)];
    const dtype = dtypeOf(x.dtype);
    if (dtype && outputType(u, dtype) !== dtype) return fail(noSuchLoop(u, dtype));
    if (dtype && !u.comparison && u.gives !== 'bool' && u.loop !== 'logical')
      castInputs(u, operands, dtype, (x.casting?.kind === 'string' ? x.casting.value : 'same_kind') as Casting);
    const result = applyUfunc(
      u,
      u.name === 'power' && masks(x) ? whereAsked(operands, need(x.where)) : operands,
      c,
      dtype,
    );
    const out = x.out?.kind === 'array' ? x.out.array : undefined;
    if (out && (result.kind === 'array' || result.kind === 'scalar') && !x.casting)
      castOutput(u.name, toArray(result).dtype, out.dtype);
    return masks(x) ? maskedBy(need(x.where), result, out) : result;
  },
});

/** The type of the result of the loop that is found for a type; undefined without one. */
const outputType = (u: Ufunc, d: DType): DType | undefined =>
  u.comparison || u.gives === 'bool' || u.loop === 'logical' ? 'bool' : u.name === 'frexp' ? undefined : loopType(u, d);

const noSuchLoop = (u: Ufunc, d: DType): string =>
  d === 'bool' && (u.name === 'subtract' || u.name === 'negative')
    ? noLoop(u, d)
    : `TypeError: No loop matching the specified signature and casting was found for ufunc ${u.name}`;

/** Exponents with zeros where the mask leaves the result out: a negative one is no error there. */
function whereAsked([base, exponent]: readonly Value[], where: Value): Value[] {
  const [a, mask] = [toArray(exponent), maskOf(where)];
  const shape = broadcastShapes(a.shape, mask.shape);
  if (!isWhole(a.dtype) || !shape) return [base, exponent];
  const picked = elementsOf(broadcastTo(mask, shape));
  const values = elementsOf(broadcastTo(a, shape));
  return [
    base,
    arrayValue(
      fromElements(
        a.dtype,
        shape,
        values.map((v, k) => (picked[k] ? v : 0)),
      ),
    ),
  ];
}

/** NumPy's error where an operand does not go into the type that `dtype=` asks for. */
function castInputs(u: Ufunc, operands: readonly Value[], dtype: DType, casting: Casting): void {
  operands.forEach((v, k) => {
    if (casting === 'unsafe') return;
    const python = v.kind === 'scalar' && v.weak;
    if (python && (casting === 'same_kind' || canCast(v.dtype, dtype, 'same_kind'))) return;
    const from = toArray(v).dtype;
    const where = operands.length === 1 ? 'input' : `input ${k}`;
    if (!canCast(from, dtype, casting))
      fail(
        `UFuncTypeError: Cannot cast ufunc '${u.name}' ${where} from dtype('${from}') to dtype('${dtype}') with casting rule '${casting}'`,
      );
  });
}

/** NumPy's error where the result of a ufunc does not go into the type of `out=`. */
export function castOutput(name: string, from: DType, to: DType): void {
  if (!canCast(from, to, 'same_kind'))
    fail(
      `UFuncTypeError: Cannot cast ufunc '${name}' output from dtype('${from}') to dtype('${to}') with casting rule 'same_kind'`,
    );
}

const masks = (x: Bound): boolean => x.where !== undefined && !(x.where.kind === 'scalar' && x.where.value === true);

const refuseWhere = (x: Bound): void => {
  if (masks(x)) unknown('where= of this function is not covered yet');
};

/** The result where the mask says so, and what `out` held elsewhere, which is uninitialised memory without one. */
function maskedBy(where: Value, result: Value, out: NDArray | undefined): Value {
  if (result.kind !== 'array' && result.kind !== 'scalar')
    return unknown('where= of several results is not covered yet');
  const mask = maskOf(where);
  const a = toArray(result);
  const shape = commonShape(a, mask);
  const picked = elementsOf(broadcastTo(mask, shape));
  if (!out)
    return picked.every(Boolean)
      ? unwrap(contiguous(broadcastTo(a, shape)))
      : unknown('where the mask of where= is false the result is uninitialised memory, known only when the code runs');
  if (out.shape.join() !== shape.join()) return unknown('out= of another shape is not followed');
  const values = elementsOf(asType(broadcastTo(a, shape), out.dtype));
  const before = elementsOf(out);
  return arrayValue(
    fromElements(
      out.dtype,
      shape,
      values.map((e, k) => (picked[k] ? e : before[k])),
    ),
  );
}

/** Questions about every element that have no loop of their own in the table. */
const predicate = (name: string, f: (x: number) => boolean, both: 'any' | 'all'): LibraryFunction => ({
  path: `numpy.${name}`,
  signature: `x, ${OPTIONS}`,
  evaluate: x => {
    refuseWhere(x);
    if ((dtypeOf(x.dtype) ?? 'bool') !== 'bool')
      fail(`TypeError: No loop matching the specified signature and casting was found for ufunc ${name}`);
    const a = toArray(need(x.x));
    const re = toFloat64(a);
    const im = isComplexType(a.dtype) ? toFloat64(imaginary(a)) : undefined;
    const answer = (k: number): boolean =>
      im === undefined ? f(re[k]) : both === 'any' ? f(re[k]) || f(im[k]) : f(re[k]) && f(im[k]);
    return unwrap(
      ndarray(
        'bool',
        a.shape,
        Uint8Array.from({ length: re.length }, (_, k) => (answer(k) ? 1 : 0)),
      ),
    );
  },
});

const imaginary = (a: NDArray): NDArray => {
  const data = asType(a, 'complex128').data;
  const n = sizeOf(a.shape);
  return ndarray(
    'float64',
    a.shape,
    generate(n, k => Number(data[2 * k + 1])),
  );
};

export const UFUNC_ENTRIES: readonly LibraryFunction[] = [
  ...UFUNCS.map(u => entry(u.name, u)),
  ...Object.entries(ALIASES).flatMap(([name, of]) => {
    const u = ufuncOf(`numpy.${of}`);
    return u ? [entry(name, u)] : [];
  }),
  predicate('isnan', Number.isNaN, 'any'),
  predicate('isinf', x => Math.abs(x) === Number.POSITIVE_INFINITY, 'any'),
  predicate('isfinite', Number.isFinite, 'all'),
  {
    path: 'numpy.ldexp',
    signature: `x1, x2, ${OPTIONS}`,
    evaluate: x => {
      refuseWhere(x);
      if (need(x.x1).kind === 'scalar' && isWhole(toArray(need(x.x1)).dtype))
        unknown('the float type of np.ldexp of an integer differs between versions of NumPy');
      const [a, b] = [toArray(need(x.x1)), toArray(need(x.x2))];
      commonShape(a, b);
      const u: Ufunc = { name: 'ldexp', operands: 2, loop: 'real', real: ldexp };
      const [low, high] = [dtypeOf(x.dtype), loopType({ name: 'ldexp', operands: 1, loop: 'real' }, a.dtype)];
      return unwrap(ufuncArrays(u, [a, asType(b, 'float64')], low ?? high ?? 'float64')[0]);
    },
  },
];

const METHODS: Readonly<Record<string, string>> = {
  reduce: 'array, axis=0, dtype=None, out=None, keepdims=False, initial=None, where=True',
  accumulate: 'array, axis=0, dtype=None, out=None',
  outer: 'A, B, /, **kwargs',
  reduceat: 'array, indices, axis=0, dtype=None, out=None',
};

/** `np.add.reduce`, `np.add.identity`: an attribute of a function, or undefined where the function is no ufunc. */
export function ufuncMember(f: FunctionValue, name: string): Value | undefined {
  const u = f.self ? undefined : ufuncOf(f.path);
  if (!u) return undefined;
  if (name === 'at') return { kind: 'function', path: 'ufunc.at', self: f };
  if (name in METHODS) return { kind: 'function', path: `ufunc.${name}`, self: f };
  const outputs = u.twice ? 2 : 1;
  switch (name) {
    case 'nin':
      return int(u.operands);
    case 'nout':
      return int(outputs);
    case 'nargs':
      return int(u.operands + outputs);
    case 'identity':
      if (u.identity === undefined || u.identity === null) return NONE;
      return typeof u.identity === 'boolean'
        ? bool(u.identity)
        : Number.isFinite(u.identity)
          ? int(u.identity)
          : float(u.identity);
    case '__name__':
      return { kind: 'string', value: u.name };
    default:
      return unknown(`the attribute ${name} of a ufunc is not covered yet`);
  }
}

/** Calls `np.add.reduce(...)` and its like. */
export function callUfuncMethod(f: FunctionValue, args: readonly CallArgument[], context: Context): Value {
  const u = f.self?.kind === 'function' ? ufuncOf(f.self.path) : undefined;
  const name = f.path.slice('ufunc.'.length);
  if (name === 'at' && u?.twice) return fail('ValueError: Only single output ufuncs supported at this time');
  if (name === 'at') return NONE;
  if (!u) return unknown('this method is not covered yet');
  if (args.length === 0 && name !== 'outer')
    return fail(`TypeError: ${name}() missing required argument 'array' (pos 0)`);
  const x = bind({ path: name, signature: METHODS[name], evaluate: () => NONE }, args);
  if (name !== 'reduce') refuseWhere(x);
  if (x.out !== undefined && x.out.kind !== 'none') unknown('out= is not followed');
  const dtype = dtypeOf(x.dtype);
  switch (name) {
    case 'reduce':
      return reduced(u, x, dtype, context);
    case 'accumulate':
      return accumulated(u, x, dtype);
    case 'outer': {
      const [a, b] = [toArray(need(x.A)), toArray(need(x.B))];
      const left = reshape(a, [...a.shape, ...b.shape.map(() => 1)]);
      context.budget.claim(sizeOf(a.shape) * sizeOf(b.shape));
      const results = ufuncArrays(u, [left, b], resultType([need(x.A), need(x.B)]));
      return results.length === 1 ? unwrap(results[0]) : { kind: 'tuple', items: results.map(unwrap) };
    }
    default:
      return reducedAt(u, x, dtype);
  }
}

/** The type that add and multiply accumulate in: at least the platform's integer. */
const wide = (u: Ufunc, d: DType): DType => {
  if (u.name !== 'add' && u.name !== 'multiply') return d;
  if (d === 'bool' || d === 'int8' || d === 'int16' || d === 'int32') return 'int64';
  return d === 'uint8' || d === 'uint16' || d === 'uint32' ? 'uint64' : d;
};

const slices = (a: NDArray, axis: number): NDArray[] => {
  const moved = transpose(a, [axis, ...a.shape.map((_, i) => i).filter(i => i !== axis)]);
  return Array.from({ length: a.shape[axis] }, (_, k) => ({
    ...moved,
    shape: moved.shape.slice(1),
    strides: moved.strides.slice(1),
    offset: moved.offset + k * moved.strides[0],
  }));
};

const fold = (u: Ufunc, p: NDArray, q: NDArray, d: DType): NDArray => ufuncArrays(u, [p, q], d)[0];

function reduced(u: Ufunc, x: Bound, dtype: DType | undefined, context: Context): Value {
  if (u.operands !== 2) fail('ValueError: reduce only supported for binary functions');
  if (u.comparison && dtype !== 'bool' && toArray(need(x.array)).dtype !== 'bool')
    fail(`TypeError: No loop matching the specified signature and casting was found for ufunc ${u.name}`);
  const given = need(x.array);
  const axis = x.axis ?? (toArray(given).shape.length === 0 ? NONE : int(0));
  const plain = x.initial === undefined || x.initial.kind === 'none';
  const source = toArray(given);
  if (x.initial?.kind === 'none' && sizeOf(source.shape) === 0)
    fail(`ValueError: zero-size array to reduction operation ${u.name} which has no identity`);
  if (x.where !== undefined && !(x.where.kind === 'scalar' && x.where.value === true)) {
    if (u.name === 'add' && plain) return sum(masked(given, x.where, 0), axis, x.keepdims, dtype);
    if (u.name === 'multiply' && plain) return prod(masked(given, x.where, 1), axis, x.keepdims, dtype);
    if (plain || (u.name !== 'maximum' && u.name !== 'minimum') || isComplexType(source.dtype))
      return unknown('where= of this reduction is not covered yet');
    const start = real(x.initial, 0);
    return reduced(u, { ...x, array: masked(given, x.where, start), where: undefined }, dtype, context);
  }
  if (plain) {
    if (u.name === 'add') return sum(given, axis, x.keepdims, dtype);
    if (u.name === 'multiply') return prod(given, axis, x.keepdims, dtype);
    if (!isComplexType(source.dtype) && (u.name === 'maximum' || u.name === 'minimum'))
      return extreme(given, u.name === 'maximum' ? 'max' : 'min', axis, x.keepdims);
    if (u.name === 'logical_and') return quantifier(given, 'all', axis, x.keepdims);
    if (u.name === 'logical_or') return quantifier(given, 'any', axis, x.keepdims);
  }
  const ndim = source.shape.length;
  const axes = axis.kind === 'none' ? source.shape.map((_, i) => i) : integersOf(axis).map(k => axisOf(int(k), ndim));
  let a = asType(source, dtype ?? wide(u, source.dtype));
  context.budget.spend(sizeOf(a.shape));
  if (axes.length > 1 && u.identity === undefined)
    fail(`ValueError: reduction operation '${u.name}' is not reorderable, so at most one axis may be specified`);
  [...axes]
    .sort((p, q) => q - p)
    .forEach((at, k) => {
      const parts = slices(a, at);
      if (parts.length > 20_000) unknown('too long a reduction to follow');
      const rest = a.shape.filter((_, i) => i !== at);
      let start: NDArray | undefined;
      if (!plain && k === axes.length - 1) start = asType(toArray(need(x.initial)), a.dtype);
      else if (parts.length === 0) {
        if (u.identity === undefined || u.identity === null)
          fail(`ValueError: zero-size array to reduction operation ${u.name} which has no identity`);
        start = asType(ndarray('float64', [], Float64Array.of(Number(u.identity))), a.dtype);
      }
      const all = start ? [start, ...parts] : parts;
      const type = loopType(u, a.dtype) ?? a.dtype;
      a = all.reduce((p, q) => fold(u, p, q, type));
      if (parts.length === 0 && rest.length > 0) unknown('the reduction of an empty axis is not covered yet');
    });
  if (x.keepdims?.kind === 'scalar' && x.keepdims.value === true)
    a = reshape(
      a,
      source.shape.map((n, i) => (axes.includes(i) ? 1 : n)),
    );
  return unwrap(u.gives === 'bool' ? asType(a, 'bool') : a);
}

function accumulated(u: Ufunc, x: Bound, dtype: DType | undefined): Value {
  if (u.operands !== 2) fail('ValueError: accumulate only supported for binary functions');
  const source = toArray(need(x.array));
  if (source.shape.length === 0) fail('TypeError: cannot accumulate on a scalar');
  const axis = axisOf(x.axis ?? int(0), source.shape.length);
  const a = asType(source, dtype ?? wide(u, source.dtype));
  const parts = slices(a, axis);
  if (parts.length > 20_000) unknown('too long an accumulation to follow');
  const type = loopType(u, a.dtype) ?? a.dtype;
  const out: NDArray[] = [];
  for (const p of parts) out.push(out.length === 0 ? asType(p, type) : fold(u, out[out.length - 1], p, type));
  return unwrap(stackAlong(out, axis, a.shape, u.gives === 'bool' ? 'bool' : type));
}

/** Slices put back along an axis of `shape`. */
function stackAlong(parts: readonly NDArray[], axis: number, shape: readonly number[], dtype: DType): NDArray {
  if (parts.length === 0) return asType(ndarray('float64', shape, new Float64Array(sizeOf(shape))), dtype);
  const lifted = parts.map(p => reshape(asType(p, dtype), [...p.shape.slice(0, axis), 1, ...p.shape.slice(axis)]));
  return concatenate(lifted, axis, dtype);
}

function reducedAt(u: Ufunc, x: Bound, dtype: DType | undefined): Value {
  const source = toArray(need(x.array));
  if (source.shape.length === 0) fail('TypeError: cannot reduceat on a scalar');
  const axis = axisOf(x.axis ?? int(0), source.shape.length);
  const places = integersOf(need(x.indices));
  const a = asType(source, dtype ?? wide(u, source.dtype));
  const n = a.shape[axis];
  const parts = slices(a, axis);
  const type = loopType(u, a.dtype) ?? a.dtype;
  const out = places.map((from, k) => {
    if (from < 0 || from >= n) fail(`IndexError: index ${from} out-of-bounds in ${u.name}.reduceat [0, ${n})`);
    const to = k + 1 < places.length ? places[k + 1] : n;
    return parts.slice(from, Math.max(to, from + 1)).reduce((p, q) => fold(u, p, q, type));
  });
  return unwrap(
    stackAlong(
      out,
      axis,
      a.shape.map((m, k) => (k === axis ? places.length : m)),
      type,
    ),
  );
}
