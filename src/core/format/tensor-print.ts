import type { DType } from '../values/dtype';
import type { ArrayValue, Library, ListValue } from '../values/value';
import { torchText } from './torch-print';

/** The text of arrays that are not NumPy's own, by library. */

/** `repr(tensor)`. */
export function tensorRepr(v: ArrayValue): string {
  return torchText(v.array, v.gradient ? 'requires_grad=True' : undefined);
}

/** `str(tensor)`, as print shows it. */
export function tensorStr(v: ArrayValue): string {
  return tensorRepr(v);
}

/** Why the text of a tensor is not known, where it is so. */
export function tensorTextUnknown(v: ArrayValue): string | undefined {
  if (v.gradient === 'computed')
    return 'the text names the operation for the gradient (grad_fn), which is not followed';
  return v.library === 'torch' ? undefined : `how ${v.library} prints this is not covered yet`;
}

/** A type of the library's own, `torch.float32`. */
export const libraryType = (d: DType, library: Library): string => `${library}.${d}`;

/** `torch.Size([2, 3])`, and results of several parts with their names. */
export function namedTuple(named: NonNullable<ListValue['named']>, items: readonly string[]): string {
  if (!named.fields) return `${named.path}([${items.join(', ')}])`;
  return `${named.path}(\n${items.map((text, k) => `${named.fields?.[k]}=${text}`).join(',\n')})`;
}
