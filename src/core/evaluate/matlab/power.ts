import * as c from '../../values/complex';
import type { Complex } from '../../values/dtype';
import { arithmetic, mapComplex } from '../../values/elementwise';
import {
  asType,
  broadcastShapes,
  broadcastTo,
  contiguous,
  type NDArray,
  ndarray,
  toFloat64,
} from '../../values/ndarray';
import type { Value } from '../../values/value';
import type { Context } from '../dialect';
import { interleave } from '../matrices';
import { fail, unknown } from '../stop';
import { inverted } from './divide';
import { functionOfMatrix } from './matrix-functions';
import {
  arithmeticType,
  complexElements,
  fromNumbers,
  isIntegerClass,
  isOne,
  layoutOf,
  realParts,
  stored,
  toClass,
  withLayout,
} from './numbers';
import { nonconformant, onDiagonal } from './operators';
import { multiply } from './product';

/** x^y of real numbers as C's pow. */
export function power(x: number, y: number): number {
  if (y === 2) return x * x;
  if (x === 1 || y === 0) return 1;
  if (x === -1 && !Number.isFinite(y) && !Number.isNaN(y)) return 1;
  return x ** y;
}

/** `a .^ b`: complex as soon as a negative base meets an exponent that is not whole. */
export function powers(a: NDArray, b: NDArray): NDArray {
  const dtype = arithmeticType(a, b);
  const shape = broadcastShapes(a.shape, b.shape);
  if (!shape) fail(nonconformant('operator .^', a, b));
  if (isIntegerClass(dtype) && realParts(b).some(y => y < 0 || !Number.isInteger(y)))
    unknown('roots and inverses of integer classes are not covered');
  if (dtype === 'complex128' || leavesReal(a, b, shape)) {
    if (dtype === 'float32') unknown('complex numbers of single precision are not covered');
    if (isOne(b) && b.dtype !== 'complex128' && realParts(b)[0] === 2)
      return mapComplex(asType(a, 'complex128'), z => c.multiply(z, z));
    if (b.dtype !== 'complex128') return complexPowers(a, b, shape);
    return arithmetic('power', asType(a, 'complex128'), asType(b, 'complex128'), 'complex128') as NDArray;
  }
  const x = toFloat64(contiguous(broadcastTo(a, shape)));
  const y = toFloat64(contiguous(broadcastTo(b, shape)));
  return toClass(
    ndarray(
      'float64',
      shape,
      x.map((u, k) => power(u, y[k])),
    ),
    dtype,
  );
}

/** Whether a negative number meets an exponent that is not whole. */
function leavesReal(a: NDArray, b: NDArray, shape: readonly number[]): boolean {
  const x = realParts(contiguous(broadcastTo(a, shape)));
  const y = realParts(contiguous(broadcastTo(b, shape)));
  return x.some((u, k) => u < 0 && !Number.isInteger(y[k]) && Math.abs(y[k]) !== Number.POSITIVE_INFINITY);
}

/** A power by magnitude and angle, as C's cpow makes it. */
function polarPower(z: Complex, y: number): Complex {
  if (y === 0) return c.complex(1);
  const { re, im } = c.log(z);
  const m = Math.exp(y * re);
  return { re: m * Math.cos(y * im), im: m * Math.sin(y * im) };
}

/** Complex powers by real exponents; those of positive real numbers stay real. */
function complexPowers(a: NDArray, b: NDArray, shape: readonly number[]): NDArray {
  const bases = complexElements(contiguous(broadcastTo(a, shape)));
  const y = realParts(contiguous(broadcastTo(b, shape)));
  const zero = (z: Complex): boolean => z.re === 0 && z.im === 0;
  if (!isOne(b) && bases.some(zero)) unknown('complex powers of zero are not covered');
  if (bases.some((z, k) => !Number.isFinite(z.re) || Number.isNaN(y[k])))
    unknown('complex powers of what is not finite are not covered');
  const found = bases.map((z, k) =>
    z.im === 0 && z.re > 0 ? c.complex(power(z.re, y[k])) : isOne(b) ? c.pow(z, c.complex(y[k])) : polarPower(z, y[k]),
  );
  return ndarray(
    'complex128',
    shape,
    interleave(
      Float64Array.from(found, z => z.re),
      Float64Array.from(found, z => z.im),
    ),
  );
}

const SQUARE =
  'for x^y, only square matrix arguments are permitted and one argument must be scalar.  Use .^ for elementwise power.';

/** `a ^ b`: of a square matrix by squaring for whole exponents, by its eigenvectors for others. */
export function matrixPower(left: Value, right: Value, context: Context): Value {
  const [a, b] = [stored(left), stored(right)];
  if (isOne(a) && isOne(b)) {
    context.record('power', [left, right]);
    return fromNumbers(powers(a, b));
  }
  for (const x of [a, b]) if (isIntegerClass(x.dtype)) unknown('matrix powers of integer classes are not covered');
  const base = isOne(b) ? a : b;

  if (!isOne(a) && !isOne(b)) fail("can't do A ^ B for A and B both matrices");
  if (base.shape.includes(0)) return fromNumbers(ndarray('float64', [0, 0], new Float64Array(0)));
  if (base.shape[0] !== base.shape[1]) fail(SQUARE);
  if (base.dtype === 'complex128' || (isOne(b) ? b : a).dtype === 'complex128')
    unknown('powers of complex matrices are not covered');
  if (!isOne(b)) {
    const x = realParts(a)[0];
    if (x <= 0) unknown('a matrix as exponent of a number that is not positive is not covered');
    return functionOfMatrix(b, y => c.exp(c.multiply(y, c.complex(Math.log(x)))), context);
  }
  const exponent = realParts(b)[0];
  context.record('power', [left, right]);
  const layout = layoutOf(left);
  if (layout === 'diagonal') return withLayout(fromNumbers(onDiagonal(powers(a, b))), 'diagonal');
  if (!Number.isInteger(exponent)) return functionOfMatrix(a, z => c.pow(z, c.complex(exponent)), context);
  if (exponent === 0) return withLayout(fromNumbers(identity(a.shape[0])), 'diagonal');
  const start = exponent < 0 ? inverted(a, context) : asType(a, arithmeticType(a));
  return withLayout(fromNumbers(raise(start, Math.abs(exponent), context)), layout);
}

export function identity(n: number): NDArray {
  const data = new Float64Array(n * n);
  for (let i = 0; i < n; i++) data[i * n + i] = 1;
  return ndarray('float64', [n, n], data);
}

/** Binary exponentiation from the lowest bit, as Octave multiplies. */
function raise(a: NDArray, exponent: number, context: Context): NDArray {
  const n = a.shape[0];
  let square = a;
  let result: NDArray | undefined;
  for (let e = exponent; e > 0; e = Math.floor(e / 2)) {
    context.budget.spend(4 * n ** 3);
    if (e % 2 === 1) result = result ? multiply(result, square) : square;
    if (e > 1) square = multiply(square, square);
  }
  return result ?? identity(n);
}
