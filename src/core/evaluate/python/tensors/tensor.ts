import type { DType } from '../../../values/dtype';
import { isComplexType, isFloatType, promote } from '../../../values/dtype';
import type { NDArray } from '../../../values/ndarray';
import { type ArrayValue, type Library, type ListValue, ORIGIN, type Value } from '../../../values/value';
import { fail, unknown } from '../../stop';
import { int, toArray } from '../coerce';
import { namedDtype } from '../dtypes';
import { Leaf } from './autograd/node';

/** Arrays of torch, JAX and TensorFlow: telling them apart from NumPy's, and making them. */

export type Tensor = ArrayValue & { readonly library: Library };

export const isTensor = (v: Value | undefined): v is Tensor => v?.kind === 'array' && v.library !== undefined;

/** The first tensor in a value, lists looked into; a type of a library's own counts too. */
export function foreign(v: Value | undefined): Library | undefined {
  if (v === undefined) return undefined;
  switch (v.kind) {
    case 'array':
    case 'dtype':
      return v.library;
    case 'list':
    case 'tuple':
      if (v.dense || (v.named && !v.named.fields && v.named.path !== '')) return undefined;
      for (const item of v.items) {
        const found = foreign(item);
        if (found) return found;
      }
      return undefined;
    default:
      return undefined;
  }
}

/** An array of a library. Only numbers with a point can record a gradient. */
export function tensor(array: NDArray, library: Library, gradient?: ArrayValue['gradient']): Tensor {
  return gradient && (isFloatType(array.dtype) || isComplexType(array.dtype))
    ? { kind: 'array', array, library, gradient, ...(gradient === 'leaf' ? { [ORIGIN]: new Leaf() } : {}) }
    : { kind: 'array', array, library };
}

/** A result of NumPy's functions as the library holds it: arrays and NumPy's numbers are tensors, also within tuples. */
export function lifted(v: Value, library: Library): Value {
  if (v.kind === 'array') return tensor(v.array, library);
  if (v.kind === 'scalar') return tensor(toArray(v), library);
  if (v.kind === 'list' || v.kind === 'tuple')
    return { ...v, kind: v.kind, items: v.items.map(item => lifted(item, library)) };
  return v;
}

/** The same value as NumPy's functions take it. */
export function bare(v: Value): Value {
  if (v.kind === 'array') return { kind: 'array', array: v.array };
  if (v.kind === 'dtype') return { kind: 'dtype', dtype: v.dtype };
  if ((v.kind === 'list' || v.kind === 'tuple') && v.dense === undefined && v.items.some(i => foreign(i)))
    return { kind: v.kind, items: v.items.map(bare) };
  return v;
}

/** Whether the values record a gradient, which what is computed from them then does too, unless the `context` forbids it. */
export function recording(
  values: readonly (Value | undefined)[],
  context?: { readonly withoutGradient?: boolean | 'unsure' },
): boolean {
  if (context?.withoutGradient === true) return false;
  const found = values.some(
    v =>
      (v?.kind === 'array' && v.gradient !== undefined) ||
      ((v?.kind === 'list' || v?.kind === 'tuple') && !v.dense && recording(v.items)),
  );
  return found && context?.withoutGradient === 'unsure' ? unknown(UNSURE) : found;
}

/** Why nothing is said where `torch.set_grad_enabled` depends on a value. */
export const UNSURE = 'whether torch records this depends on what torch.set_grad_enabled is called with';

const inexact = (d: DType): boolean => isFloatType(d) || isComplexType(d);

/** torch's promote_types: an integer beside a float takes the float's type, of whatever size. */
export function promoted(a: DType, b: DType): DType {
  if (a === b) return a;
  if (isComplexType(a) || isComplexType(b)) {
    const [z, other] = isComplexType(a) ? [a, b] : [b, a];
    return inexact(other) ? promote(z, other) : z;
  }
  if (isFloatType(a) !== isFloatType(b)) return isFloatType(a) ? a : b;
  return promote(a, b);
}

/** A type of lower standing joins one of higher standing only where its kind is higher. */
function combined(higher: DType | undefined, lower: DType | undefined): DType | undefined {
  if (higher === undefined || lower === undefined) return higher ?? lower;
  if (isComplexType(higher)) return higher;
  if (isFloatType(higher)) return isComplexType(lower) ? (higher === 'float64' ? 'complex128' : 'complex64') : higher;
  return higher === 'bool' || inexact(lower) ? promoted(higher, lower) : higher;
}

/**
 * torch.result_type: tensors with dimensions decide, then those without, then Python's numbers. A Python float is of the
 * default type, a Python complex of the complex type beside it.
 */
export function torchType(values: readonly Value[]): DType {
  const by: [DType | undefined, DType | undefined, DType | undefined] = [undefined, undefined, undefined];
  for (const v of values) {
    const weak = v.kind === 'scalar';
    const own = toArray(v).dtype;
    const d = !weak ? own : own === 'float64' ? 'float32' : own === 'complex128' ? 'complex64' : own;
    const rank = weak ? 2 : toArray(v).shape.length > 0 ? 0 : 1;
    const before = by[rank];
    by[rank] = before === undefined ? d : promoted(before, d);
  }
  return combined(by[0], combined(by[1], by[2])) ?? 'float32';
}

/** Types of functions that give numbers with a point: integers become the default float. */
export const floating = (d: DType): DType => (inexact(d) ? d : 'float32');

/** A tensor argument's array. */
export function arrayOf(v: Value | undefined, library: Library = 'torch'): NDArray {
  if (v === undefined) return fail('TypeError: an argument is missing');
  if (!isTensor(v) || v.library !== library) return unknown(`${library} takes a tensor here`);
  return v.array;
}

/** An argument that was given and is not None. */
export const given = (v: Value | undefined): v is Value => v !== undefined && v.kind !== 'none';

/** The dtype that `dtype=` names. */
export function typeArgument(v: Value | undefined, library: Library = 'torch'): DType | undefined {
  if (!given(v)) return undefined;
  if (v.kind === 'dtype' && v.library !== library) return unknown(`this is no type of ${library}'s`);
  return namedDtype(v) ?? unknown('this dtype is not covered yet');
}

/** `torch.Size`, a tuple that prints its name. */
export const sizeTuple = (shape: readonly number[]): ListValue => ({
  kind: 'tuple',
  items: shape.map(int),
  named: { path: 'torch.Size' },
});

/** A result of several named parts, such as `torch.max` along a dimension gives. */
export const namedResult = (path: string, fields: readonly string[], items: readonly Value[]): ListValue => ({
  kind: 'tuple',
  items,
  named: { path: `torch.return_types.${path}`, fields },
});

/** torch's words where shapes do not broadcast. */
export function broadcastError(a: readonly number[], b: readonly number[]): never {
  for (let k = 1; k <= Math.min(a.length, b.length); k++) {
    const [p, q] = [a[a.length - k], b[b.length - k]];
    if (p !== q && p !== 1 && q !== 1)
      fail(
        `RuntimeError: The size of tensor a (${p}) must match the size of tensor b (${q}) at non-singleton dimension ${Math.max(a.length, b.length) - k}`,
      );
  }
  return unknown('these shapes do not broadcast');
}

/** A normalised dimension; torch's IndexError when out of range. */
export function dimOf(k: number, ndim: number): number {
  const n = Math.max(ndim, 1);
  if (k < -n || k >= n)
    fail(`IndexError: Dimension out of range (expected to be in range of [${-n}, ${n - 1}], but got ${k})`);
  return k < 0 ? k + n : k;
}

/** The tensors that a loop over one goes through. */
export function tensorItems(v: Tensor): readonly Value[] {
  const a = v.array;
  if (a.shape.length === 0) return fail('TypeError: iteration over a 0-d tensor');
  return Array.from({ length: a.shape[0] }, (_, k) =>
    tensor(
      { ...a, shape: a.shape.slice(1), strides: a.strides.slice(1), offset: a.offset + k * a.strides[0] },
      v.library,
      v.gradient && 'computed',
    ),
  );
}

/** The names of torch's types in its error messages. */
export const TORCH_NAMES: Readonly<Partial<Record<DType, string>>> = {
  bool: 'Bool',
  int8: 'Char',
  int16: 'Short',
  int32: 'Int',
  int64: 'Long',
  uint8: 'Byte',
  float16: 'Half',
  bfloat16: 'BFloat16',
  float32: 'Float',
  float64: 'Double',
};

/** Why nothing is said of half-precision numbers there: older versions of torch refuse them on the processor. */
export const HALF = 'whether the processor does this in half precision depends on the version of torch';
