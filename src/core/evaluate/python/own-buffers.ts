import { isComplexType } from '../../values/dtype';
import { contiguous, isRowMajor, type NDArray, rowMajorStrides } from '../../values/ndarray';
import type { ArrayValue, FunctionValue, Value } from '../../values/value';
import type { CallArgument, SubscriptValue } from '../dialect';
import { heldInPart, owners, ownOrder } from '../heap';
import { isArrayLike, toArray } from './coerce';
import { laidByOperands, laidLike } from './memory-order';
import { truth } from './operators';
import { ufuncOf } from './ufuncs';

/** Which results share memory with what they were computed from, as NumPy's do: a change of one is then seen in the other. */

/** Functions and methods that may give back the array they are given, or a view of it; others give arrays of their own. */
const SAME = new Set(
  `asarray asanyarray ascontiguousarray asfortranarray require atleast_1d atleast_2d atleast_3d round around real_if_close diff
   call`.split(/\s+/),
);
/** Those of torch's. */
const SAME_TENSORS = new Set('asarray as_tensor atleast_1d atleast_2d atleast_3d'.split(' '));
/** Methods that give back real arrays, where their functions do not. */
const SAME_METHODS = new Set(['ndarray.conj', 'ndarray.conjugate']);
const VIEWS = new Set(
  `reshape ravel transpose swapaxes moveaxis rollaxis squeeze expand_dims broadcast_to broadcast_arrays diagonal diag flip
   fliplr flipud rot90 split array_split hsplit vsplit dsplit view real imag einsum meshgrid ix_ flat permute t trim_zeros matrix_transpose
   swapdims movedim unsqueeze expand expand_as narrow select unbind chunk unflatten view_as reshape_as adjoint contiguous
   detach numpy from_numpy as_tensor to cpu cuda float double half int long short char byte bool type type_as
   sliding_window_view as_strided broadcast_tensors tensor_split requires_grad_ unfold`.split(/\s+/),
);
/** Whether a function by this name may give a view of what it is given. */
export const givesView = (path: string): boolean => {
  const name = path.slice(path.lastIndexOf('.') + 1);
  return path.startsWith('torch.')
    ? (VIEWS.has(name) && name !== 'diag') || name === 'flatten' || name === 'layer'
    : VIEWS.has(name);
};
/** Methods of torch's that give back the tensor itself where it is already as they make it. */
const ITSELF = new Set(
  'contiguous to cpu type float double half int long short char byte bool conj dropout layer real'.split(' '),
);
const alike = (a: NDArray, b: NDArray): boolean =>
  a.dtype === b.dtype &&
  a.offset === b.offset &&
  a.shape.join() === b.shape.join() &&
  a.strides.join() === b.strides.join();
/** Functions whose results own their memory. */
const OWNING = new Set(['array', 'zeros', 'ones', 'full', 'arange']);
/** Views that nobody may write to. */
const READ_ONLY = new Set(['diagonal', 'diag']);
const COPYING = new Set(['array', 'astype']);

/** Functions whose results lie as their strides say whatever they are given. */
const KNOWN_ORDER = new Set(
  'dot matmul inner outer inv solve pinv matrix_power kron eye zeros ones full ascontiguousarray asfortranarray'.split(
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

/** A new array, whose steps along sides of length 1 are those of its rows. */
const canonical = (v: Value): Value =>
  v.kind === 'array' && v.array.offset === 0 && isRowMajor(v.array)
    ? { ...v, array: { ...v.array, strides: rowMajorStrides(v.array.shape) } }
    : v;

/** torch's functions whose results lie row by row whatever they are given. */
const ROWS = new Set(
  `contiguous matmul mm bmm mv dot linear softmax log_softmax cat concat concatenate stack vstack hstack gather index_select
   embedding layer_norm one_hot tensor arange linspace eye zeros ones full cumsum cumprod conv1d conv2d conv3d nonzero argwhere sort
   argsort topk masked_select reshape repeat tile`.split(/\s+/),
);

/** A result computed of these values: its order in memory follows theirs in a way that is not known here. */
function marked(result: ArrayValue, operands: readonly Value[]): ArrayValue {
  // A new tensor in another order than that of rows has been laid out as torch does.
  if (result.library === 'torch' && !isRowMajor(result.array)) return result;
  if (result.array.shape.length > 1 && !operands.every(isOrdered)) ownOrder.add(result.array.data);
  return result;
}

const orderedAs = (result: ArrayValue, operands: readonly Value[]): Value => canonical(marked(result, operands));

/** The result of an elementwise operation on these values, laid out as they are. */
export function laidAs(result: Value, operands: readonly Value[]): Value {
  if (result.kind !== 'array' || result.library || result.array.shape.length < 2) return result;
  const arrays = operands.flatMap(v => (v.kind === 'array' ? [v.array] : []));
  if (arrays.some(a => a.data === result.array.data)) return result;
  if (operands.every(isOrdered)) return canonical(result);
  // Along sides of 1 it depends on which loop NumPy takes.
  if (arrays.some(a => ownOrder.has(a.data)) || result.array.shape.includes(1)) return orderedAs(result, operands);
  const rows = operands.map(v => (isArrayLike(v) ? toArray(v) : undefined)).filter(a => a !== undefined);
  return { ...result, array: laidByOperands(result.array, rows) };
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
  if (result.kind === 'tuple' && ELEMENTWISE.has(f.path))
    return {
      ...result,
      items: result.items.map(item =>
        laidAs(
          item,
          args.map(a => a.value),
        ),
      ),
    };
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
  if (/^(reshape|ravel|flatten)$/.test(name) && reshaped?.kind === 'array')
    for (const buffer of [reshaped.array.data, data]) heldInPart.add(buffer);
  const uncopied = COPYING.has(name) && args.some(a => a.name === 'copy' && !truth(a.value));
  if (f.path === 'ndarray.copy' && shared && args.length === 0) {
    const own = contiguous(result.array);
    return canonical({ ...result, array: own.data === data ? { ...own, data: data.slice() } : own });
  }
  if (shared?.kind !== 'array') {
    if (OWNING.has(name)) owners.add(result.array);
    if (OWN_ORDER.has(name) && result.array.shape.length > 1) ownOrder.add(data);
    return ordered(f.path, result, given, args);
  }
  const same = (f.path.startsWith('torch.') ? SAME_TENSORS : SAME).has(name);
  // Integers become floats without a change of what is stored, and are another array all the same.
  if ((same || uncopied) && shared.array.dtype !== result.array.dtype)
    return ordered(f.path, { ...result, array: { ...result.array, data: data.slice() } }, given, args);
  if (same || uncopied)
    return shared.library === result.library && shared.array.shape.length === result.array.shape.length
      ? shared
      : { ...result };
  if (f.path.startsWith('torch.') && ITSELF.has(name) && alike(shared.array, result.array)) return shared;
  if (givesView(f.path)) {
    return READ_ONLY.has(name) && !f.path.startsWith('torch.')
      ? { ...result, array: { ...result.array, readOnly: true } }
      : { ...result };
  }
  const row = result.array.shape.length < 2 ? contiguous(result.array) : result.array;
  const own = row.data === data ? { ...row, data: data.slice() } : row;
  return ordered(f.path, { ...result, array: own }, given, args);
}

/** Functions that make an array like the first one they are given. */
const LIKE = new Set('astype array copy zeros_like ones_like full_like nan_to_num sort'.split(' '));
/** Elementwise functions beside the ufuncs that are methods of arrays, have several results, or another number of operands. */
const ELEMENTWISE = new Set(
  `numpy.where numpy.clip ndarray.clip numpy.isnan numpy.isinf numpy.isfinite ndarray.conj ndarray.conjugate builtins.abs
   numpy.divmod builtins.divmod numpy.modf numpy.frexp`.split(/\s+/),
);

/** Whether a call names the order of what it makes. */
const statesOrder = (name: string, args: readonly CallArgument[]): boolean =>
  args.some(
    ({ name: keyword, value }, k) =>
      value.kind === 'string' &&
      /^[CF]$/i.test(value.value) &&
      (keyword === 'order' || (keyword === undefined && (name === 'copy' || k > 1))),
  );

/** The result of a call in memory of its own, laid out as far as that is known. */
function ordered(path: string, result: ArrayValue, given: readonly Value[], args: readonly CallArgument[]): Value {
  const name = path.slice(path.lastIndexOf('.') + 1);
  if (name === 'reshape' || statesOrder(name, args)) return result;
  if (result.library === 'torch' && ROWS.has(name)) return canonical(result);
  if (givesView(path)) return marked(result, given);
  if (KNOWN_ORDER.has(name)) return canonical(result);
  if (ufuncOf(path) || ELEMENTWISE.has(path)) return laidAs(result, given);
  const [first] = given;
  const like =
    LIKE.has(name) &&
    first?.kind === 'array' &&
    !result.library &&
    !ownOrder.has(first.array.data) &&
    first.array.shape.join() === result.array.shape.join();
  return like && !isOrdered(first) && !args.some(a => a.name === 'order')
    ? { ...result, array: laidLike(result.array, first.array) }
    : orderedAs(result, given);
}
