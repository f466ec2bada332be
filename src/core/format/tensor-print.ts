import type { DType } from '../values/dtype';
import { elementAt } from '../values/ndarray';
import { type ArrayValue, type Library, type ListValue, ORIGIN } from '../values/value';
import { arrayRepr, arrayStr, elementText, namedRepr, shapeRepr } from './numpy-arrays';
import type { PrintOptions } from './numpy-print';
import { torchText } from './torch-print';

/** The text of arrays that are not NumPy's own, by library. */

/** What a torch tensor says of its gradient. */
const gradientSuffix = (v: ArrayValue): string | undefined =>
  v.gradient === 'leaf' ? 'requires_grad=True' : v.gradient && `grad_fn=<${v[ORIGIN]?.name}>`;

/** `repr(tensor)`: JAX and TensorFlow write NumPy's text with words of their own around it, cupy just that. */
export function tensorRepr(v: ArrayValue, options: PrintOptions): string {
  const { array } = v;
  switch (v.library) {
    case 'jax':
      return namedRepr('Array', array, options);
    case 'tensorflow': {
      const text =
        array.shape.length === 0 ? elementText(elementAt(array, array.offset), array.dtype) : arrayRepr(array, options);
      const lines = text.includes('\n') ? `\n${text}` : text;
      return `<tf.Tensor: shape=${shapeRepr(array.shape)}, dtype=${array.dtype}, numpy=${lines}>`;
    }
    case 'cupy':
      return arrayRepr(array, options);
    default:
      return `${v.parameter ? 'Parameter containing:\n' : ''}${torchText(array, gradientSuffix(v), options.torch)}`;
  }
}

/** `str(tensor)`, as print shows it. */
export function tensorStr(v: ArrayValue, options: PrintOptions): string {
  if (v.library === 'torch') return tensorRepr(v, options);
  const text = arrayStr(v.array, options);
  if (v.library !== 'tensorflow') return text;
  return `tf.Tensor(${text.includes('\n') ? '\n' : ''}${text}, shape=${shapeRepr(v.array.shape)}, dtype=${v.array.dtype})`;
}

/** Why the text of a tensor is not known, where it is so. */
export const tensorTextUnknown = (v: ArrayValue): string | undefined =>
  v.gradient === 'computed' && v[ORIGIN]?.name === undefined
    ? 'the text names the operation for the gradient (grad_fn), which is not followed'
    : undefined;

/** A type of the library's own, `torch.float32`. */
export const libraryType = (d: DType, library: Library): string => `${library}.${d}`;

/** `torch.Size([2, 3])`, and results of several parts with their names; plain ones as any tuple. */
export function namedTuple(named: NonNullable<ListValue['named']>, items: readonly string[]): string {
  if (named.form === 'namedtuple')
    return `${named.path}(${items.map((text, k) => `${named.fields?.[k]}=${text}`).join(', ')})`;
  if (named.form === 'plain') return `(${items.join(', ')})`;
  if (!named.fields) return `${named.path}([${items.join(', ')}])`;
  return `${named.path}(\n${items.map((text, k) => `${named.fields?.[k]}=${text}`).join(',\n')})`;
}
