import type { Value } from '../../../values/value';
import type { Context, SubscriptValue } from '../../dialect';
import { fail, unknown } from '../../stop';
import { toArray } from '../coerce';
import { assign, index } from '../indexing';
import { recordedAssign, recordedIndex } from './autograd/record';
import { needChangeable, viewed } from './changes';
import { item } from './plain';
import { guarded, refusals } from './refusals';
import { bare, foreign, isTensor, lifted, recording, type Tensor, tensor } from './tensor';

/** Subscripts of tensors: parts of them, and assignments to parts. */

/** `tensor[...]`: NumPy's, but integers pick first, so that index tensors beside them stand where they are written. */
export function tensorIndex(object: Tensor, subscripts: readonly SubscriptValue[], context: Context): Value {
  if (object.library !== 'torch') return foreignIndex(object, subscripts, context);
  return guarded(() => {
    const parts = flat(subscripts);
    if (object.array.shape.length === 0 && parts.length === 1) needDimension(parts[0]);
    const advanced = parts.some(s => s.kind === 'at' && isIndexArray(s.value));
    const whole = parts.some(s => s.kind === 'at' && s.value.kind === 'scalar' && s.value.dtype !== 'bool');
    let source: Value = { kind: 'array', array: object.array };
    let rest = parts;
    if (advanced && whole) {
      if (parts.some(s => s.kind === 'at' && (s.value.kind === 'ellipsis' || s.value.kind === 'none')))
        return unknown('this index is not covered for tensors yet');
      const first = parts.map(
        (s): SubscriptValue => (s.kind === 'at' && s.value.kind === 'scalar' ? s : { kind: 'slice' }),
      );
      source = index(source, first, context);
      rest = parts.filter(s => !(s.kind === 'at' && s.value.kind === 'scalar'));
    }
    // Beside index tensors, `...` and None the dimension in torch's words is counted otherwise.
    const odd =
      advanced || parts.some(s => s.kind === 'at' && (s.value.kind === 'ellipsis' || s.value.kind === 'none'));
    const found = odd
      ? refusals(() => index(source, rest, context), 'this index is refused')
      : index(source, rest, context);
    context.record('index', [object]);
    const array =
      found.kind === 'array'
        ? found.array
        : found.kind === 'scalar'
          ? (elementOf(object.array, rest) ?? toArray(found))
          : undefined;
    if (!array) return unknown('this index is not covered');
    const view = array.data === object.array.data;
    const records = recording([object], context);
    if (object.gradient && view && !records) viewed.add(array.data);
    const out = tensor(array, object.library, object.gradient && (records || view) ? 'computed' : undefined);
    return records ? recordedIndex(object, parts, out) : out;
  });
}

/** Stops where a number without dimensions is subscripted. */
function needDimension(first: SubscriptValue | undefined): void {
  if (first?.kind === 'slice') fail('IndexError: slice() cannot be applied to a 0-dim tensor.');
  if (first?.kind === 'at' && first.value.kind === 'scalar' && first.value.dtype !== 'bool')
    fail(
      'IndexError: invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` in C++ to convert a 0-dim tensor to a number',
    );
}

/** One element as a view of the tensor, which it is in torch; undefined where it is picked otherwise than by integers. */
function elementOf(a: Tensor['array'], parts: readonly SubscriptValue[]): Tensor['array'] | undefined {
  if (parts.length !== a.shape.length) return undefined;
  let { offset } = a;
  for (const [axis, s] of parts.entries()) {
    if (s.kind !== 'at' || s.value.kind !== 'scalar' || s.value.dtype === 'bool') return undefined;
    const k = Number(s.value.value);
    offset += (k < 0 ? k + a.shape[axis] : k) * a.strides[axis];
  }
  return { ...a, shape: [], strides: [], offset };
}

/** JAX and cupy index as NumPy does; TensorFlow takes integers and slices. */
function foreignIndex(object: Tensor, subscripts: readonly SubscriptValue[], context: Context): Value {
  const own = bare(object);
  const parts = subscripts.map((s): SubscriptValue => (s.kind === 'at' ? { kind: 'at', value: bare(s.value) } : s));
  const simple = parts.every(s => s.kind === 'slice' || ['scalar', 'none', 'ellipsis'].includes(s.value.kind));
  if (object.library === 'tensorflow' && !simple) return unknown('TensorFlow takes integers and slices as indices');
  const lists = (s: SubscriptValue): boolean =>
    s.kind === 'at' &&
    (s.value.kind === 'list' || (s.value.kind === 'tuple' && s.value.items.some(v => v.kind === 'list')));
  if (object.library === 'jax' && parts.some(lists)) return unknown('JAX takes no lists as indices');
  const found = refusals(() => index(own, parts, context));
  context.record('index', [object]);
  return lifted(found, object.library);
}

const isIndexArray = (v: Value): boolean => (v.kind === 'array' && v.array.shape.length > 0) || v.kind === 'list';

/** Subscripts as NumPy's indexing takes them; a tensor of no dimension counts as an integer, a step is positive. */
function flat(subscripts: readonly SubscriptValue[]): SubscriptValue[] {
  return subscripts.flatMap((s): SubscriptValue[] => {
    if (s.kind === 'at' && s.value.kind === 'tuple') return flat(s.value.items.map(value => ({ kind: 'at', value })));
    if (s.kind === 'at' && s.value.kind === 'slice') return flat([{ ...s.value, kind: 'slice' }]);
    if (s.kind === 'slice') {
      const step = s.step?.kind === 'scalar' ? Number(s.step.value) : 1;
      if (step <= 0) return fail('ValueError: step must be greater than zero');
      const end = (v: Value | undefined): Value | undefined => (isTensor(v) ? item(v) : v);
      return [{ kind: 'slice', start: end(s.start), stop: end(s.stop), step: end(s.step) }];
    }
    const v = s.value;
    if (!isTensor(v)) return [v.kind === 'list' ? { kind: 'at', value: bare(v) } : s];
    if (v.array.dtype === 'uint8') return unknown('a uint8 tensor as an index is a mask, which is not covered');
    if (v.array.shape.length === 0 && v.array.dtype !== 'bool') return [{ kind: 'at', value: item(v) }];
    return [{ kind: 'at', value: bare(v) }];
  });
}

/** The tensor after `tensor[...] = value`. */
export function tensorAssign(
  object: Tensor,
  subscripts: readonly SubscriptValue[],
  value: Value,
  context: Context,
): Value {
  if (object.library === 'jax') return unknown('arrays of JAX do not change; x.at[...].set(...) makes a new one');
  if (object.library === 'tensorflow') return unknown('tensors of TensorFlow do not change');
  needChangeable(object, context, 'a view of a leaf');
  if (foreign(value) !== undefined && !isTensor(value)) return unknown('this assignment is not covered');
  if (!isTensor(value) && value.kind !== 'scalar')
    return unknown('only tensors and numbers are assigned into tensors here');
  return guarded(() => {
    const changed = assign({ kind: 'array', array: object.array }, flat(subscripts), bare(value), context);
    if (changed.kind !== 'array') return unknown('this assignment is not followed');
    const after: Tensor = { ...object, array: changed.array };
    return recording([object, value], context)
      ? recordedAssign(object, flat(subscripts), value, after, context)
      : after;
  });
}
