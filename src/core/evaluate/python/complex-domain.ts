import { type DType, isComplexType } from '../../values/dtype';
import { asType, type NDArray, toFloat64 } from '../../values/ndarray';
import { arrayValue, type Value } from '../../values/value';
import type { LibraryFunction } from '../catalogue';
import type { Context } from '../dialect';
import { fail } from '../stop';
import { applyUfunc } from './apply';
import { toArray, unwrap } from './coerce';
import { ufuncNamed } from './elementwise';

/** numpy.emath: elementary functions that turn complex where real ones have no value, after numpy/lib/scimath.py. */

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');

const NARROW: ReadonlySet<DType> = new Set(['float32', 'int8', 'int16', 'uint8', 'uint16', 'complex64']);

/** The value, complex where one of its numbers is outside what a real function takes. */
function widened(v: Value, outside: (x: number) => boolean): Value {
  const a = toArray(v);
  if (isComplexType(a.dtype) || !toFloat64(a).some(outside))
    return v.kind === 'list' || v.kind === 'tuple' ? unwrap(a) : v;
  const complex = (b: NDArray): NDArray => asType(b, NARROW.has(b.dtype) ? 'complex64' : 'complex128');
  return unwrap(complex(a));
}

const negative = (x: number): boolean => x < 0;
const beyondOne = (x: number): boolean => Math.abs(x) > 1;

const apply = (name: string, args: readonly Value[], c: Context): Value => applyUfunc(ufuncNamed(name), args, c);

const of = (name: string, outside: (x: number) => boolean): LibraryFunction => ({
  path: `numpy.emath.${name}`,
  signature: 'x',
  evaluate: (x, c) => apply(name, [widened(need(x.x), outside)], c),
});

export const COMPLEX_DOMAIN: readonly LibraryFunction[] = [
  of('sqrt', negative),
  of('log', negative),
  of('log2', negative),
  of('log10', negative),
  of('arccos', beyondOne),
  of('arcsin', beyondOne),
  of('arctanh', beyondOne),
  {
    path: 'numpy.emath.logn',
    signature: 'n, x',
    evaluate: (x, c) =>
      apply(
        'divide',
        [x.x, x.n].map(v => apply('log', [widened(need(v), negative)], c)),
        c,
      ),
  },
  {
    path: 'numpy.emath.power',
    signature: 'x, p',
    evaluate: (x, c) => {
      const p = toArray(need(x.p));
      const whole = !isComplexType(p.dtype) && p.dtype !== 'float64' && toFloat64(p).some(negative);
      const exponent = arrayValue(whole ? asType(p, 'float64') : p);
      return apply('power', [arrayValue(toArray(widened(need(x.x), negative))), exponent], c);
    },
  },
];
