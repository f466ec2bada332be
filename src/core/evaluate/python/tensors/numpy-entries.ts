import type { Value } from '../../../values/value';
import type { Bound, LibraryFunction } from '../../catalogue';
import type { Context } from '../../dialect';
import { CREATION } from '../creation';
import { EINSUM } from '../einsum';
import { ELEMENTWISE } from '../elementwise';
import { FFT } from '../fft';
import { JOINING } from '../joining';
import { LINALG } from '../linalg';
import { PRODUCTS } from '../products';
import { REDUCTIONS } from '../reduction-catalogue';
import { SELECTING } from '../selecting';
import { SHAPE } from '../shape';

/** NumPy's functions by name, for those of other libraries that mean the same. */
const entries: ReadonlyMap<string, LibraryFunction> = new Map(
  [CREATION, EINSUM, ELEMENTWISE, FFT, JOINING, LINALG, PRODUCTS, REDUCTIONS, SELECTING, SHAPE]
    .flat()
    .map(e => [e.path, e]),
);

/** Runs NumPy's function of a name on arguments by NumPy's names. */
export function runNumpy(name: string, x: Bound, c: Context): Value {
  const entry = entries.get(`numpy.${name}`);
  if (!entry) throw new Error(`no numpy.${name}`);
  return entry.evaluate(x, c);
}
