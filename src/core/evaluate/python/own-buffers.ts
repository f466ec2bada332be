import { isComplexType } from '../../values/dtype';
import { contiguous, isRowMajor, type NDArray } from '../../values/ndarray';
import type { FunctionValue, Value } from '../../values/value';
import type { CallArgument, SubscriptValue } from '../dialect';
import { heldInPart, owners, ownOrder } from '../heap';
import { unknown } from '../stop';
import { truth } from './operators';

/** Which results share memory with what they were computed from, as NumPy's do: a change of one is then seen in the other. */

/** Functions and methods that may give back the array they are given, or a view of it; others give arrays of their own. */
const SAME = new Set(
  `asarray asanyarray ascontiguousarray asfortranarray require atleast_1d atleast_2d atleast_3d round around real_if_close diff
   call`.split(/\s+/),
);
/** Methods that give back real arrays, where their functions do not. */
const SAME_METHODS = new Set(['ndarray.conj', 'ndarray.conjugate']);
const VIEWS = new Set(
  `reshape ravel transpose swapaxes moveaxis rollaxis squeeze expand_dims broadcast_to broadcast_arrays diagonal diag flip
   fliplr flipud rot90 split array_split hsplit vsplit dsplit view real imag einsum meshgrid ix_ flat permute t trim_zeros
   swapdims movedim unsqueeze expand expand_as narrow select unbind chunk unflatten view_as reshape_as adjoint contiguous
   detach numpy from_numpy as_tensor to cpu cuda float double half int long short char byte bool type type_as
   sliding_window_view as_strided broadcast_tensors tensor_split requires_grad_`.split(/\s+/),
);
/** Whether a function by this name may give a view of what it is given. */
export const givesView = (path: string): boolean => {
  const name = path.slice(path.lastIndexOf('.') + 1);
  return path.startsWith('torch.') ? (VIEWS.has(name) && name !== 'diag') || name === 'flatten' : VIEWS.has(name);
};
/** Methods of torch's that give back the tensor itself where it is already as they make it. */
const ITSELF = new Set('contiguous to cpu type float double half int long short char byte bool'.split(' '));
const alike = (a: NDArray, b: NDArray): boolean =>
  a.dtype === b.dtype &&
  a.offset === b.offset &&
  a.shape.join() === b.shape.join() &&
  a.strides.join() === b.strides.join();
/** Functions whose results own their memory. */
const OWNING = new Set(['array', 'zeros', 'ones', 'full', 'arange']);
/** Views that nobody may write to. */
const READ_ONLY = new Set(['diagonal', 'diag']);
const COPYING = new Set(['array', 'astype', 'nan_to_num']);

/** Functions whose results lie as their strides say whatever they are given. */
const KNOWN_ORDER = new Set(
  'dot matmul inner outer inv solve pinv matrix_power kron eye zeros ones full copy ascontiguousarray asfortranarray'.split(
    ' ',
  ),
);
/** Functions whose results may be in another order even if what they are given is not. */
const OWN_ORDER = new Set(
  `einsum apply_along_axis fft ifft rfft irfft hfft ihfft fft2 ifft2 fftn ifftn rfft2 irfft2 rfftn irfftn percentile quantile cov
   gradient argwhere unique linspace logspace geomspace eig`.split(/\s+/),
);

const isOrdered = (v: Value): boolean =>
  v.kind !== 'array' || v.array.shape.length < 2 || (isRowMajor(v.array) && !ownOrder.has(v.array.data));

/** A result computed of these values: its order in memory follows theirs. */
export function orderedAs(result: Value, operands: readonly Value[]): Value {
  if (result.kind === 'array' && result.array.shape.length > 1 && !operands.every(isOrdered))
    ownOrder.add(result.array.data);
  return result;
}

/** The result of an index with lists or arrays in it, which is a copy in an order of its own. */
export function orderedByIndex(result: Value, object: Value, subscripts: readonly SubscriptValue[]): Value {
  if (result.kind !== 'array' || object.kind !== 'array' || result.array.shape.length < 2) return result;
  const { data } = result.array;
  const gathered = subscripts.some(s => s.kind === 'at' && s.value.kind !== 'scalar' && s.value.kind !== 'none');
  if (gathered && data !== object.array.data) ownOrder.add(data);
  return result;
}

/** The result of a call with a buffer of its own, or with that of an argument where NumPy gives it back or gives a view of it. */
export function ownBuffer(f: FunctionValue, result: Value, args: readonly CallArgument[]): Value {
  if (result.kind !== 'array') return result;
  const { self } = f;
  if (SAME_METHODS.has(f.path) && self?.kind === 'array' && !self.library && !isComplexType(self.array.dtype))
    return self;
  const name = f.path.slice(f.path.lastIndexOf('.') + 1);
  const { data } = result.array;
  const given = [...(self ? [self] : []), ...args.map(a => a.value)];
  const shared = given.find(v => v.kind === 'array' && v.array.data === data);
  // Another shape of such an array may be a view of it or not: neither is to change.
  const reshaped = given.find(v => v.kind === 'array' && ownOrder.has(v.array.data));
  if ((name === 'reshape' || name === 'ravel') && reshaped?.kind === 'array')
    for (const buffer of [reshaped.array.data, data]) heldInPart.add(buffer);
  const uncopied = COPYING.has(name) && args.some(a => a.name === 'copy' && !truth(a.value));
  if (uncopied && name === 'nan_to_num') return unknown('nan_to_num in place is not followed');
  if (f.path === 'ndarray.copy' && shared && args.length === 0) {
    const own = contiguous(result.array);
    return { ...result, array: own.data === data ? { ...own, data: data.slice() } : own };
  }
  if (shared?.kind !== 'array') {
    if (OWNING.has(name)) owners.add(result.array);
    if (OWN_ORDER.has(name) && result.array.shape.length > 1) ownOrder.add(data);
    return KNOWN_ORDER.has(name) ? result : orderedAs(result, given);
  }
  if (SAME.has(name) || uncopied) return shared.array.shape.length === result.array.shape.length ? shared : result;
  if (f.path.startsWith('torch.') && ITSELF.has(name) && alike(shared.array, result.array)) return shared;
  if (givesView(f.path)) {
    return READ_ONLY.has(name) && !f.path.startsWith('torch.')
      ? { ...result, array: { ...result.array, readOnly: true } }
      : { ...result };
  }
  return orderedAs({ ...result, array: { ...result.array, data: data.slice() } }, given);
}
