import { asType, ndarray, sizeOf } from '../../values/ndarray';
import { stringValue, type Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import type { Context } from '../dialect';
import { toMatrix } from '../matrices';
import { fail, unknown } from '../stop';
import { collected, define, text, whole } from './library';
import { isSymmetric } from './matrix-functions';
import {
  complexElements,
  dimensions,
  doubles,
  fromNumbers,
  imaginaryParts,
  isIntegerClass,
  logical,
  numbers,
  real,
  realParts,
  realScalar,
  rowOf,
  stored,
} from './numbers';

function size({ x, dim }: Bound, context: Context): Value {
  const shape = extentOf(x as Value);
  if (dim) {
    const d = whole(dim, 'size', 1);
    return real(shape[d - 1] ?? 1);
  }
  if (context.outputs < 2) return rowOf(shape);
  return { kind: 'tuple', items: Array.from({ length: context.outputs }, (_, k) => real(shape[k] ?? 1)) };
}

const CLASSES: Readonly<Partial<Record<string, string>>> = {
  bool: 'logical',
  float32: 'single',
  float64: 'double',
  complex128: 'double',
  int64: 'double',
};

/** Rows and columns of any value. */
function extentOf(v: Value): readonly number[] {
  if (v.kind === 'cell' || v.kind === 'struct') return v.shape;
  return v.kind === 'function' ? [1, 1] : stored(v).shape;
}

const isNumber = (v: Value): boolean => v.kind === 'scalar' || v.kind === 'array';

const classOf = (v: Value): string => {
  if (v.kind === 'string') return 'char';
  if (v.kind === 'cell') return 'cell';
  if (v.kind === 'struct') return v.exception ? 'MException' : 'struct';
  if (v.kind === 'function') return 'function_handle';
  const { dtype } = stored(v);
  if (isIntegerClass(dtype)) return dtype;
  return CLASSES[dtype] ?? unknown('the class of this value is not covered');
};

/** A question about the whole value. */
const question = (name: string, answer: (v: Value) => boolean): LibraryFunction =>
  define(name, 'x', ({ x }) => logical(answer(x as Value)));

/** A question about every element. */
const each = (name: string, answer: (re: number, im: number) => boolean): LibraryFunction =>
  define(name, 'x', ({ x }) => {
    const a = doubles(x as Value);
    const im = imaginaryParts(a);
    return fromNumbers(
      ndarray(
        'bool',
        a.shape,
        Uint8Array.from(realParts(a), (re, k) => (answer(re, im[k]) ? 1 : 0)),
      ),
    );
  });

const number = (name: string, answer: (shape: readonly number[]) => number): LibraryFunction =>
  define(name, 'x', ({ x }) => real(answer(extentOf(x as Value))));

function isequal({ first, rest }: Bound): Value {
  return logical(collected(rest).every(v => same(first as Value, v)));
}

/** Whether two values hold the same, whatever their numeric classes. */
function same(a: Value, b: Value): boolean {
  if (a.kind === 'cell' || b.kind === 'cell')
    return (
      a.kind === 'cell' &&
      b.kind === 'cell' &&
      a.shape.join() === b.shape.join() &&
      a.items.every((v, k) => same(v, b.items[k]))
    );
  if (a.kind === 'struct' || b.kind === 'struct') {
    if (a.kind !== 'struct' || b.kind !== 'struct' || a.shape.join() !== b.shape.join()) return false;
    if (a.names.length !== b.names.length || !a.names.every(n => b.names.includes(n))) return false;
    return a.elements.every((e, k) => e.every((v, i) => same(v, b.elements[k][b.names.indexOf(a.names[i])])));
  }
  if (a.kind === 'function' || b.kind === 'function') return unknown('isequal of functions is not covered');
  const [x, y] = [doubles(a), doubles(b)];
  if (dimensions(x) !== dimensions(y)) return false;
  const other = complexElements(y);
  return complexElements(x).every((z, k) => z.re === other[k].re && z.im === other[k].im);
}

function isTriangular(v: Value, part: 'upper' | 'lower' | 'both'): boolean {
  const a = doubles(v);
  const columns = a.shape[1];
  return complexElements(a).every((z, k) => {
    const d = (k % columns) - Math.floor(k / columns);
    const outside = part === 'both' ? d !== 0 : part === 'upper' ? d < 0 : d > 0;
    return !outside || (z.re === 0 && z.im === 0);
  });
}

const square = (v: Value): boolean => {
  const [rows, columns] = extentOf(v);
  return rows === columns;
};

export const QUERIES: readonly LibraryFunction[] = [
  define('size', 'x, dim=', size),
  number('numel', sizeOf),
  number('length', shape => (sizeOf(shape) === 0 ? 0 : Math.max(...shape))),
  number('ndims', () => 2),
  number('rows', shape => shape[0]),
  number('columns', shape => shape[1]),
  define('class', 'x', ({ x }) => stringValue(classOf(x as Value))),
  define('isa', 'x, type', ({ x, type }) => {
    const wanted = text(type);
    const own = classOf(x as Value);
    const float = own === 'double' || own === 'single';
    const integer = isNumber(x as Value) && isIntegerClass(stored(x as Value).dtype);
    return logical(
      own === wanted ||
        (wanted === 'float' && float) ||
        (wanted === 'integer' && integer) ||
        (wanted === 'numeric' && (float || integer)),
    );
  }),
  question('isempty', v => sizeOf(extentOf(v)) === 0),
  question('isscalar', v => sizeOf(extentOf(v)) === 1),
  question('isvector', v => extentOf(v).includes(1) && sizeOf(extentOf(v)) >= 1),
  question('isrow', v => extentOf(v)[0] === 1),
  question('iscolumn', v => extentOf(v)[1] === 1),
  question('ismatrix', () => true),
  question('issquare', square),
  question('isnumeric', v => isNumber(v) && stored(v).dtype !== 'bool'),
  question('isinteger', v => isNumber(v) && isIntegerClass(stored(v).dtype)),
  question('isfloat', v => classOf(v) === 'double' || classOf(v) === 'single'),
  question('isreal', v => (isNumber(v) || v.kind === 'string') && stored(v).dtype !== 'complex128'),
  question('iscomplex', v => isNumber(v) && stored(v).dtype === 'complex128'),
  question('islogical', v => classOf(v) === 'logical'),
  question('isbool', v => classOf(v) === 'logical'),
  question('ischar', v => v.kind === 'string'),
  question('issymmetric', v =>
    isSymmetric(
      toMatrix(
        asType(
          numbers(v),
          numbers(v).dtype === 'complex128' ? unknown('issymmetric of complex numbers is not covered') : 'float64',
        ),
      ),
    ),
  ),
  question('isdiag', v => isTriangular(v, 'both')),
  question('istriu', v => isTriangular(v, 'upper')),
  question('istril', v => isTriangular(v, 'lower')),
  each('isnan', (re, im) => Number.isNaN(re) || Number.isNaN(im)),
  each('isinf', (re, im) => [re, im].some(x => Math.abs(x) === Number.POSITIVE_INFINITY)),
  each('isfinite', (re, im) => Number.isFinite(re) && Number.isFinite(im)),
  define('isequal', 'first, *rest', isequal),
  define('exist', 'name, kind=', ({ name, kind }, context) => {
    const wanted = text(kind);
    if (name?.kind !== 'string' || (wanted !== undefined && wanted !== 'var'))
      return unknown('this form of exist is not covered');
    if (context.isVariable?.(name.value)) return real(1);
    return wanted === 'var' ? real(0) : unknown('exist: which files are there is not known');
  }),
  define('nchoosek', 'n, k', ({ n, k }) => {
    const [top, count] = [realScalar(n as Value, 'nchoosek'), realScalar(k as Value, 'nchoosek')];
    if (!Number.isInteger(count) || count < 0) fail('nchoosek: K must be an integer >= 0');
    if (!Number.isInteger(top) || top < count) fail('nchoosek: N must be a non-negative integer >= K');
    let result = 1;
    for (let i = 1; i <= Math.min(count, top - count); i++)
      result = Math.round((result * (top - Math.min(count, top - count) + i)) / i);
    if (result > Number.MAX_SAFE_INTEGER) unknown('a binomial coefficient this large is not covered');
    return real(result);
  }),
];
