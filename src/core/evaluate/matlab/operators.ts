import type { BinaryOperator, ComparisonOperator, UnaryOperator } from '../../expression/expression';
import * as c from '../../values/complex';
import {
  arithmetic,
  type ComparisonKind,
  compare as compareArrays,
  mapComplex,
  mapReal,
} from '../../values/elementwise';
import { asType, broadcastShapes, type NDArray, ndarray, sizeOf, toFloat64, transpose } from '../../values/ndarray';
import { arrayValue, type Value } from '../../values/value';
import type { Context } from '../dialect';
import { interleave } from '../matrices';
import { fail, unknown } from '../stop';
import { divideLeft, divideRight } from './divide';
import {
  arithmeticType,
  dimensions,
  fromNumbers,
  imaginaryParts,
  isIntegerClass,
  isOne,
  layoutOf,
  realParts,
  stored,
  toClass,
  withLayout,
} from './numbers';
import { matrixPower, powers } from './power';
import { product } from './product';

export function unary(operator: UnaryOperator, operand: Value, context: Context): Value {
  const a = stored(operand);
  context.budget.claim(sizeOf(a.shape));
  switch (operator) {
    case 'plus':
      return operand.kind === 'array' && a.dtype !== 'bool'
        ? withLayout(arrayValue(a), operand.layout)
        : fromNumbers(asType(a, arithmeticType(a)));
    case 'negate': {
      context.record('negate', [operand]);
      return withLayout(fromNumbers(negate(a)), layoutOf(operand) === 'diagonal' ? 'diagonal' : undefined);
    }
    case 'not':
      return fromNumbers(mapTruth(a, x => !x));
    case 'transpose':
    case 'conjugate-transpose': {
      if (operand.kind === 'string' && operand.value.length > 1) unknown('character matrices are not covered');
      if (operand.kind === 'string') return operand;
      context.record('transpose', [operand]);
      const conjugate = operator === 'conjugate-transpose' && a.dtype === 'complex128';
      return withLayout(fromNumbers(transpose(conjugate ? mapComplex(a, c.conjugate) : a)), layoutOf(operand));
    }
    case 'invert':
    case 'inverse':
    case 'factorial':
    case 'absolute':
      return unknown(`the operator ${operator} is not MATLAB's`);
  }
}

const negate = (a: NDArray): NDArray =>
  a.dtype === 'complex128'
    ? mapComplex(a, z => ({ re: -z.re, im: -z.im }))
    : toClass(
        mapReal(a, a.dtype === 'float32' ? 'float32' : 'float64', x => -x),
        arithmeticType(a),
      );

/** NaN is neither true nor false. */
export function refuseNaN(...all: readonly NDArray[]): void {
  for (const a of all) if (realParts(a).some(Number.isNaN)) fail('invalid conversion from NaN to logical');
}

function mapTruth(a: NDArray, f: (x: boolean) => boolean): NDArray {
  refuseNaN(a);
  const truth = asType(a, 'bool');
  return ndarray(
    'bool',
    a.shape,
    Uint8Array.from(toFloat64(truth), x => (f(x !== 0) ? 1 : 0)),
  );
}

/** The names that Octave's messages give the elementwise operators. */
const OPERATION = { add: 'operator +', subtract: 'operator -', multiply: 'product', divide: 'quotient' } as const;
export type Elementwise = keyof typeof OPERATION;

export function binary(operator: BinaryOperator, left: Value, right: Value, context: Context): Value {
  const a = stored(left);
  const b = stored(right);
  context.budget.claim(sizeOf(broadcastShapes(a.shape, b.shape) ?? []));
  switch (operator) {
    case 'add':
    case 'subtract': {
      context.record(operator, [left, right]);
      const both = layoutOf(left) === 'diagonal' && layoutOf(right) === 'diagonal' && sameShape(a, b);
      return withLayout(fromNumbers(elementwise(operator, a, b)), both ? 'diagonal' : undefined);
    }
    case 'multiply':
      return product(left, right, context);
    case 'elementwise-multiply':
      context.record(
        isOne(a) !== isOne(b) ? 'scale' : 'multiply',
        isOne(b) && !isOne(a) ? [right, left] : [left, right],
      );
      return fromNumbers(elementwise('multiply', a, b));
    case 'divide':
      if (!isOne(b)) return divideRight(left, right, context);
      context.record('divide', [left, right]);
      return scaledDiagonal(left, elementwise('divide', a, b));
    case 'elementwise-divide':
      context.record('divide', [left, right]);
      return fromNumbers(elementwise('divide', a, b));
    case 'left-divide':
      if (!isOne(a)) return divideLeft(left, right, context);
      context.record('divide', [right, left]);
      return scaledDiagonal(right, elementwise('divide', b, a));
    case 'elementwise-left-divide':
      context.record('divide', [right, left]);
      return fromNumbers(elementwise('divide', b, a));
    case 'power':
      return matrixPower(left, right, context);
    case 'elementwise-power':
      context.record('power', [left, right]);
      return fromNumbers(powers(a, b));
    case 'bit-and':
    case 'bit-or':
      return truths(operator, a, b);
    case 'floor-divide':
    case 'modulo':
    case 'matmul':
    case 'juxtapose':
    case 'dot':
    case 'cross':
    case 'kronecker':
    case 'bit-xor':
    case 'shift-left':
    case 'shift-right':
      return unknown(`the operator ${operator} is not MATLAB's`);
  }
}

const sameShape = (a: NDArray, b: NDArray): boolean => a.shape[0] === b.shape[0] && a.shape[1] === b.shape[1];

/** A diagonal matrix stays one under a scalar: zeros beside the diagonal stay zero even when divided by zero. */
export function scaledDiagonal(original: Value, scaled: NDArray): Value {
  if (layoutOf(original) !== 'diagonal') return fromNumbers(scaled);
  return withLayout(fromNumbers(onDiagonal(scaled)), 'diagonal');
}

export function onDiagonal(a: NDArray): NDArray {
  const [rows, columns] = a.shape;
  const width = a.dtype === 'complex128' ? 2 : 1;
  const source = a.dtype === 'complex128' ? (a.data as Float64Array) : toFloat64(a);
  const data = new Float64Array(rows * columns * width);
  for (let i = 0; i < Math.min(rows, columns); i++) {
    for (let w = 0; w < width; w++) data[(i * columns + i) * width + w] = source[(i * columns + i) * width + w];
  }
  return width === 2 ? ndarray('complex128', a.shape, data) : asType(ndarray('float64', a.shape, data), a.dtype);
}

/** Sums, differences, elementwise products and quotients with broadcasting. */
export function elementwise(op: Elementwise, a: NDArray, b: NDArray): NDArray {
  const dtype = arithmeticType(a, b);
  const computed = isIntegerClass(dtype) ? 'float64' : dtype;
  const mixed = dtype === 'complex128' && (a.dtype !== 'complex128' || b.dtype !== 'complex128');
  const complexly = op === 'divide' ? c.divide : undefined;
  const result = mixed
    ? withReal(op, a, b)
    : arithmetic(op, asType(a, computed), asType(b, computed), computed, complexly);
  return toClass(result ?? fail(nonconformant(OPERATION[op], a, b)), dtype);
}

/** A complex and a real operand: the real one has no imaginary part that an infinity could turn into NaN. */
function withReal(op: Elementwise, a: NDArray, b: NDArray): NDArray | undefined {
  const realRight = a.dtype === 'complex128';
  if (op === 'divide' && !realRight) return arithmetic('divide', asType(a, 'complex128'), b, 'complex128', c.divide);
  const parts = (x: NDArray): readonly [NDArray, NDArray] => [
    ndarray('float64', x.shape, realParts(x)),
    ndarray('float64', x.shape, imaginaryParts(x)),
  ];
  const [ar, ai] = parts(a);
  const [br, bi] = parts(b);
  const re = arithmetic(op, ar, br, 'float64');
  const scales = op === 'multiply' || op === 'divide';
  const im = arithmetic(op, scales && !realRight ? ar : ai, scales && realRight ? br : bi, 'float64');
  return re && im && ndarray('complex128', re.shape, interleave(toFloat64(re), toFloat64(im)));
}

export const nonconformant = (operation: string, a: NDArray, b: NDArray): string =>
  `${operation}: nonconformant arguments (op1 is ${dimensions(a)}, op2 is ${dimensions(b)})`;

function truths(operator: 'bit-and' | 'bit-or', a: NDArray, b: NDArray): Value {
  const name = operator === 'bit-and' ? 'mx_el_and' : 'mx_el_or';
  refuseNaN(a, b);
  if (!broadcastShapes(a.shape, b.shape)) fail(nonconformant(name, a, b));
  const sum = arithmetic(
    'add',
    asType(asType(a, 'bool'), 'float64'),
    asType(asType(b, 'bool'), 'float64'),
    'float64',
  ) as NDArray;
  const least = operator === 'bit-and' ? 2 : 1;
  return fromNumbers(
    ndarray(
      'bool',
      sum.shape,
      Uint8Array.from(toFloat64(sum), x => (x >= least ? 1 : 0)),
    ),
  );
}

const COMPARISON: Readonly<Partial<Record<ComparisonOperator, string>>> = {
  equal: 'mx_el_eq',
  'not-equal': 'mx_el_ne',
  less: 'mx_el_lt',
  'less-equal': 'mx_el_le',
  greater: 'mx_el_gt',
  'greater-equal': 'mx_el_ge',
};

export function compare(operator: ComparisonOperator, left: Value, right: Value): Value {
  const name = COMPARISON[operator];
  if (name === undefined) unknown(`the operator ${operator} is not MATLAB's`);
  const a = stored(left);
  const b = stored(right);
  const ordered = operator !== 'equal' && operator !== 'not-equal';
  if (ordered && (a.dtype === 'complex128' || b.dtype === 'complex128'))
    unknown('the order of complex numbers is not covered');
  return fromNumbers(compareArrays(operator as ComparisonKind, a, b) ?? fail(nonconformant(name, a, b)));
}

/** A condition holds when there are elements and none of them is zero. */
export function truth(value: Value): boolean {
  const a = stored(value);
  refuseNaN(a);
  const data = toFloat64(asType(a, 'bool'));
  return data.length > 0 && data.every(x => x !== 0);
}
