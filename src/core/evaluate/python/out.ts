import { promote } from '../../values/dtype';
import { asType, broadcastShapes, broadcastTo, contiguous, type NDArray, sizeOf } from '../../values/ndarray';
import type { Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import type { CallArgument, Context } from '../dialect';
import { fail, unknown } from '../stop';
import { commonShape, tightShape } from './apply';
import { isArrayLike, resultType, toArray, typeName } from './coerce';
import { canCast } from './types';
import { castOutput } from './ufunc-catalogue';
import { loopType, type Ufunc, ufuncOf } from './ufuncs';

/** Calls a function of the catalogue; with `out=` the result is as that array holds it. */
export function withOut(f: LibraryFunction, bound: Bound, args: readonly CallArgument[], context: Context): Value {
  checkWords(f.path, bound);
  const out = bound.out?.kind === 'array' ? bound.out.array : undefined;
  const ufunc = ufuncOf(f.path);
  const unsafe = bound.casting?.kind === 'string' && bound.casting.value === 'unsafe';
  if (ufunc && out) needRoom(ufunc, args.slice(0, ufunc.operands), out, unsafe, bound.where);
  const sums = out && SUMS.has(f.path) && (bound.dtype === undefined || bound.dtype.kind === 'none');
  const dtype = sums ? sumType(args, out) : undefined;
  // A ufunc looks at it too: what `where=` leaves out stays there.
  const result = f.evaluate({ ...bound, out: ufunc && bound.out, ...(dtype && { dtype }) }, context);
  const own = OWN_LOOPS.get(f.path);
  if (own && out) castOutput(own, toArray(result).dtype, out.dtype);
  const free = sums || (ufunc && unsafe);
  return intoOut(result, bound.out, ufunc !== undefined, free ? 'unsafe' : 'same_kind');
}

/** Options that are asked whether they are true. */
const FLAGS =
  'hermitian deg overwrite_input equal_nan return_index return_inverse return_counts invert assume_unique retstep endpoint density'.split(
    ' ',
  );

const ORDERING = /\.(arg)?(sort|partition)$/;

/** NumPy's errors for options that are no words it knows, and no flags. */
export function checkWords(path: string, bound: Bound): void {
  const { order, casting, keepdims, out } = bound;
  const wrongType = (name: string, v: Value): never => fail(`TypeError: ${name} must be str, not ${typeName(v)}`);
  if (order && order.kind !== 'none') {
    if (ORDERING.test(path)) fail('ValueError: Cannot specify order when the array has no fields.');
    if (order.kind !== 'string') wrongType('order', order);
    else if (!/^[CFAK]$/i.test(order.value))
      fail(`ValueError: order must be one of 'C', 'F', 'A', or 'K' (got '${order.value}')`);
  }
  if (keepdims && keepdims.kind !== 'scalar')
    fail(
      keepdims.kind === 'array'
        ? 'ValueError: The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()'
        : `TypeError: '${typeName(keepdims)}' object cannot be interpreted as an integer`,
    );
  if (path === 'numpy.divmod' || path === 'numpy.modf' || path === 'numpy.frexp')
    if (out && out.kind !== 'tuple') fail("TypeError: 'out' must be a tuple of arrays");
  for (const name of FLAGS) {
    const flag = bound[name];
    if (flag?.kind === 'array' && sizeOf(flag.array.shape) !== 1)
      fail('ValueError: The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()');
  }
  if (casting && casting.kind !== 'string') wrongType('casting', casting);
  else if (casting && !['no', 'equiv', 'safe', 'same_kind', 'unsafe'].includes(casting.value))
    fail(`ValueError: casting must be one of 'no', 'equiv', 'safe', 'same_kind', or 'unsafe' (got '${casting.value}')`);
}

/** Functions whose results come out of a loop that says so when they do not fit. */
const OWN_LOOPS: ReadonlyMap<string, string> = new Map([
  ['numpy.clip', 'clip'],
  ['numpy.round', 'rint'],
]);

/** Reductions that add up in the common type of what they read and of `out=`, and write any number there. */
const SUMS = new Set(['numpy.sum', 'numpy.prod', 'numpy.cumsum', 'numpy.cumprod']);

const sumType = ([first]: readonly CallArgument[], out: NDArray): Value | undefined =>
  first && isArrayLike(first.value)
    ? { kind: 'dtype', dtype: promote(toArray(first.value).dtype, out.dtype) }
    : undefined;

/** Stops where operands and `out=` of these shapes do not broadcast, or the result has no room there. */
function needRoom(u: Ufunc, operands: readonly CallArgument[], out: NDArray, unsafe: boolean, where?: Value): void {
  if (!operands.every(a => a.name === undefined && isArrayLike(a.value))) return;
  // Without a loop for these types, or with one that does not fit there, NumPy does not come to the shapes.
  const loop = loopType(u, resultType(operands.map(a => a.value)));
  if (!u.comparison && loop === undefined) return;
  if (loop && !u.comparison && u.gives === undefined && !u.twice && !unsafe) castOutput(u.name, loop, out.dtype);
  const mask = where?.kind === 'array' ? [where.array] : [];
  const common = commonShape(...operands.map(a => toArray(a.value)), out, ...mask);
  if (common.join() !== out.shape.join())
    fail(
      `ValueError: non-broadcastable output operand with shape ${tightShape(out.shape)} doesn't match the broadcast shape ${tightShape(common)}`,
    );
}

/** The result as `out=` holds it: in the type of that array, and in its shape, to which the result of a ufunc `spreads`. */
function intoOut(result: Value, out: Value | undefined, spreads: boolean, casting: 'same_kind' | 'unsafe'): Value {
  if (out === undefined || out.kind === 'none') return result;
  if (out.kind !== 'array' || (result.kind !== 'array' && result.kind !== 'scalar'))
    return unknown('out= is not followed');
  const a = toArray(result);
  const { dtype, shape } = out.array;
  const fits = spreads ? broadcastShapes(a.shape, shape)?.join() === shape.join() : a.shape.join() === shape.join();
  if (!fits || (casting === 'same_kind' && !canCast(a.dtype, dtype, casting)))
    return unknown('out= of another shape or kind is not followed');
  return { kind: 'array', array: contiguous(broadcastTo(asType(a, dtype), shape)) };
}
