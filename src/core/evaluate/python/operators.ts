import type { BinaryOperator, ComparisonOperator, UnaryOperator } from '../../expression/expression';
import * as c from '../../values/complex';
import { isComplex, isComplexType } from '../../values/dtype';
import {
  type Arithmetic,
  type ComparisonKind,
  compare as compareArrays,
  floorDivide,
  modulo,
  REAL,
  sameNumber,
} from '../../values/elementwise';
import { contiguous, elementAt, isSafeInteger, ndarray, sizeOf } from '../../values/ndarray';
import { textsOf } from '../../values/strings';
import { type Scalar, scalar, type Value } from '../../values/value';
import type { Context } from '../dialect';
import { identityOf } from '../heap';
import { claimItems, claimText } from '../sizes';
import { fail, unknown } from '../stop';
import { applyUfunc } from './apply';
import { besideObject, isOfNumPy, orderBesideObject, SIGN, SIGNS } from './beside-objects';
import {
  bool,
  float,
  floatOf,
  int,
  integerOf,
  isArrayLike,
  shapeText,
  toArray,
  truthOf,
  typeName,
  unwrap,
} from './coerce';
import { dictOf } from './dicts';
import { namedDtype } from './dtypes';
import { ufuncNamed } from './elementwise';
import { percentFormat } from './formatting';
import { overloaded, overloadedCompare, overloadedUnary } from './overloading';
import { complexPowerOf, powerOf } from './plain-power';
import { equalPolynomials, polynomialBinary, polynomialNegative } from './polynomial-objects';
import { matmul } from './products';
import { inSet, setBinary, setCompare } from './sets';
import { compareStrings, sameStringType } from './string-arrays';
import { recordedBinary, recordedUnary } from './tensors/autograd/record';
import { comparison, tensorBinary, tensorCompare, tensorTruth, tensorUnary } from './tensors/operators';
import { bare, isTensor, lifted } from './tensors/tensor';
import { OPERATORS, ufuncOf } from './ufuncs';

const isArithmetic = (op: BinaryOperator): op is Arithmetic => op in REAL;
const isPlain = (v: Value): v is Scalar => v.kind === 'scalar' && v.weak === true;

export function binary(op: BinaryOperator, left: Value, right: Value, context: Context): Value {
  if (isPlain(left) && isPlain(right)) return plainBinary(op, left, right, context);
  const own =
    overloaded(op, left, right, context) ?? setBinary(op, left, right, context) ?? dictUnion(op, left, right, context);
  if (own) return own;
  if (isTensor(left) || isTensor(right))
    return likeNumpy(left, right)
      ? lifted(binary(op, bare(left), bare(right), context), 'cupy')
      : recordedBinary(op, left, right, tensorBinary(op, left, right, context), context);
  if (op === 'modulo' && left.kind === 'string') return { kind: 'string', value: percentFormat(left.value, right) };
  if (left.kind !== 'array' && right.kind !== 'array' && !(left.kind === 'scalar' && right.kind === 'scalar')) {
    const sequence = sequenceBinary(op, left, right, context);
    if (sequence) return sequence;
  }
  const polynomial = polynomialBinary(op, left, right, context);
  if (polynomial) return polynomial;
  if (left.kind === 'strings' || right.kind === 'strings')
    return unknown('arithmetic of arrays of text differs between versions of NumPy');
  if (!isArrayLike(left) || !isArrayLike(right)) {
    if ([left, right].some(isOfNumPy)) return besideObject(op, left, right);
    // A type is a sequence of its fields.
    const count = left.kind === 'dtype' ? right : right.kind === 'dtype' ? left : undefined;
    if (op === 'multiply' && count)
      return integerOf(count) === undefined
        ? fail(`TypeError: can't multiply sequence by non-int of type '${typeName(count)}'`)
        : unknown('a type of several numbers is not covered');
    return unsupported(op, left, right);
  }
  if (op === 'matmul')
    return left.kind === 'scalar' && right.kind === 'scalar'
      ? unsupported(op, left, right)
      : matmul(left, right, context);
  // Numbers of NumPy's own complex types have no such operators at all.
  if ((op === 'floor-divide' || op === 'modulo') && left.kind === 'scalar' && right.kind === 'scalar')
    if (isComplexType(left.dtype) || isComplexType(right.dtype)) return unsupported(op, left, right);
  // NumPy squares for an exponent of two, which makes int8 of booleans.
  if (op === 'power' && left.kind === 'array' && left.array.dtype === 'bool' && isPlain(right) && right.value === 2)
    return applyUfunc(ufuncNamed('square'), [left], context);
  if (isArithmetic(op)) return ufunc(op, left, right, context);
  return bitwise(op, left, right, context);
}

/** Whether both are arrays of cupy, whose rules are NumPy's, or Python's numbers. */
const likeNumpy = (...values: readonly Value[]): boolean =>
  values.every(v => (isTensor(v) ? v.library === 'cupy' : isPlain(v)));

function unsupported(op: BinaryOperator, left: Value, right: Value): never {
  return fail(
    `TypeError: unsupported operand type(s) for ${SIGNS[op] ?? op}: '${typeName(left)}' and '${typeName(right)}'`,
  );
}

/** An arithmetic ufunc with broadcasting; records what the steps call it. */
export const ufunc = (op: Arithmetic, left: Value, right: Value, context: Context): Value =>
  applyUfunc(ufuncNamed(OPERATORS[op] ?? op), [left, right], context);

function plainBinary(op: BinaryOperator, a: Scalar, b: Scalar, context: Context): Value {
  if (op === 'matmul') return unsupported(op, a, b);
  const complexOperands = isComplex(a.value) || isComplex(b.value);
  if (op === 'add' || op === 'subtract' || op === 'multiply' || op === 'divide' || op === 'power')
    context.record(op, [a, b]);
  if (complexOperands) {
    const [x, y] = [a.value, b.value].map(e => (isComplex(e) ? e : c.complex(floatOf(e))));
    switch (op) {
      case 'add':
        return scalar('complex128', c.add(x, y), true);
      case 'subtract':
        return scalar('complex128', c.subtract(x, y), true);
      case 'multiply':
        return scalar('complex128', c.multiply(x, y), true);
      case 'divide':
        if (c.equal(y, c.complex(0))) fail('ZeroDivisionError: complex division by zero');
        return scalar('complex128', c.divide(x, y), true);
      case 'power':
        return scalar('complex128', complexPowerOf(x, y), true);
      default:
        return unsupported(op, a, b);
    }
  }
  const integers = a.dtype !== 'float64' && b.dtype !== 'float64';
  if (integers) return plainInteger(op, BigInt(a.value as number), BigInt(b.value as number), a, b, context);
  const [x, y] = [floatOf(a.value as number), floatOf(b.value as number)];
  switch (op) {
    case 'add':
      return float(x + y);
    case 'subtract':
      return float(x - y);
    case 'multiply':
      return float(x * y);
    case 'divide':
      return y === 0 ? fail('ZeroDivisionError: float division by zero') : float(x / y);
    case 'floor-divide':
      return y === 0 ? fail('ZeroDivisionError: float floor division by zero') : float(floorDivide(x, y));
    case 'modulo':
      return y === 0 ? fail('ZeroDivisionError: float modulo') : float(modulo(x, y));
    case 'power': {
      if (x === 0 && y < 0) fail('ZeroDivisionError: 0.0 cannot be raised to a negative power');
      if (x < 0 && Number.isFinite(y) && !Number.isInteger(y))
        return scalar('complex128', complexPowerOf(c.complex(x), c.complex(y)), true);
      const z = powerOf(x, y);
      return !Number.isFinite(z) && Number.isFinite(x) && Number.isFinite(y)
        ? fail("OverflowError: (34, 'Numerical result out of range')")
        : float(z);
    }
    default:
      return unsupported(op, a, b);
  }
}

/** Digits of an exact integer that are still shown. */
const MAX_BITS = 20_000n;

function plainInteger(op: BinaryOperator, x: bigint, y: bigint, a: Scalar, b: Scalar, context: Context): Value {
  switch (op) {
    case 'add':
      return int(x + y);
    case 'subtract':
      return int(x - y);
    case 'multiply':
      return int(x * y);
    case 'divide': {
      if (y === 0n) return fail('ZeroDivisionError: division by zero');
      if (isSafeInteger(x) && isSafeInteger(y)) return float(Number(x) / Number(y));
      if (x % y !== 0n) return unknown('a quotient of very large integers is not evaluated');
      const quotient = Number(x / y);
      return Number.isFinite(quotient)
        ? float(quotient)
        : fail('OverflowError: integer division result too large for a float');
    }
    case 'floor-divide':
    case 'modulo': {
      if (y === 0n)
        return fail(`ZeroDivisionError: integer ${op === 'modulo' ? 'modulo' : 'division or modulo'} by zero`);
      let q = x / y;
      if (x % y !== 0n && x < 0n !== y < 0n) q -= 1n;
      return int(op === 'modulo' ? x - q * y : q);
    }
    case 'power': {
      if (y < 0n)
        return x === 0n
          ? fail('ZeroDivisionError: 0.0 cannot be raised to a negative power')
          : float(powerOf(floatOf(x), floatOf(y)));
      const bits = BigInt((x < 0n ? -x : x).toString(2).length) * y;
      if (bits > MAX_BITS && x !== 0n && x !== 1n && x !== -1n) unknown('too large an integer to show');
      context.budget.spend(Number(bits));
      return int(x === 0n || x === 1n ? (y === 0n ? 1n : x) : x === -1n ? (y % 2n === 0n ? 1n : -1n) : x ** y);
    }
    case 'bit-and':
    case 'bit-or':
    case 'bit-xor': {
      const z = op === 'bit-and' ? x & y : op === 'bit-or' ? x | y : x ^ y;
      return a.dtype === 'bool' && b.dtype === 'bool' ? bool(z !== 0n) : int(z);
    }
    case 'shift-left':
    case 'shift-right':
      if (y < 0n) return fail('ValueError: negative shift count');
      if (op === 'shift-left' && y > MAX_BITS) unknown('too large an integer to show');
      return int(op === 'shift-left' ? x << y : y > 100_000n ? (x < 0n ? -1n : 0n) : x >> y);
    default:
      return unsupported(op, a, b);
  }
}

/** Lists, tuples and strings: `+` joins, `*` repeats. */
function sequenceBinary(op: BinaryOperator, left: Value, right: Value, context: Context): Value | undefined {
  for (const v of [left, right]) if (v.kind === 'list' && v.lazy !== undefined) return unsupported(op, left, right);
  const strongScalar = [left, right].some(v => v.kind === 'scalar' && !v.weak);
  if (op === 'add') {
    if (left.kind === 'string' && right.kind === 'string') {
      claimText(left.value.length + right.value.length, context.budget);
      return { kind: 'string', value: left.value + right.value };
    }
    if ((left.kind === 'list' || left.kind === 'tuple') && right.kind === left.kind) {
      claimItems(left.items.length + right.items.length, context.budget);
      const items = [...left.items, ...right.items];
      // A size and a tuple are a size.
      return left.named?.path === 'torch.Size' ? { ...left, items } : { kind: left.kind, items };
    }
    if (left.kind === 'string' || (!strongScalar && (left.kind === 'list' || left.kind === 'tuple'))) {
      fail(
        left.kind === 'string'
          ? `TypeError: can only concatenate str (not "${typeName(right)}") to str`
          : `TypeError: can only concatenate ${left.kind} (not "${typeName(right)}") to ${left.kind}`,
      );
    }
  }
  if (op === 'multiply') {
    const [sequence, count] = left.kind === 'scalar' ? [right, left] : [left, right];
    const n = integerOf(count);
    if (sequence.kind === 'list' || sequence.kind === 'tuple' || sequence.kind === 'string') {
      if (n === undefined) fail(`TypeError: can't multiply sequence by non-int of type '${typeName(count)}'`);
      const times = Math.max(n, 0);
      if (sequence.kind === 'string') {
        claimText(times * sequence.value.length, context.budget);
        return { kind: 'string', value: sequence.value.repeat(times) };
      }
      claimItems(times * sequence.items.length, context.budget);
      return { kind: sequence.kind, items: Array.from({ length: times }, () => sequence.items).flat() };
    }
  }
  return strongScalar ? undefined : isArrayLike(left) && isArrayLike(right) ? unsupported(op, left, right) : undefined;
}

function bitwise(op: BinaryOperator, left: Value, right: Value, context: Context): Value {
  const name = OPERATORS[op];
  return name ? applyUfunc(ufuncNamed(name), [left, right], context) : unknown(`the operator ${op} is not Python`);
}

/** `d | e`: the entries of both. */
const dictUnion = (op: BinaryOperator, left: Value, right: Value, context: Context): Value | undefined =>
  op === 'bit-or' && left.kind === 'dict' && right.kind === 'dict'
    ? dictOf([...left.entries, ...right.entries], context)
    : undefined;

export function unary(op: UnaryOperator, operand: Value, context: Context): Value {
  if (op === 'not') return bool(!truth(operand));
  const own = operand.kind === 'object' ? overloadedUnary(op, operand, context) : undefined;
  if (own) return own;
  if (operand.kind === 'polynomial')
    return op === 'negate' ? polynomialNegative(operand, context) : unknown('this sign of a polynomial is not covered');
  if (isTensor(operand))
    return likeNumpy(operand)
      ? lifted(unary(op, bare(operand), context), 'cupy')
      : recordedUnary(operand, tensorUnary(op, operand, context), context);
  if (!isArrayLike(operand) || operand.kind === 'list' || operand.kind === 'tuple') {
    const sign = op === 'negate' ? '-' : op === 'plus' ? '+' : '~';
    return fail(`TypeError: bad operand type for unary ${sign}: '${typeName(operand)}'`);
  }
  if (operand.kind === 'scalar' && operand.weak) {
    if (isComplex(operand.value))
      return op === 'negate' ? scalar('complex128', { re: -operand.value.re, im: -operand.value.im }, true) : operand;
    if (operand.dtype === 'float64')
      return op === 'invert'
        ? fail("TypeError: bad operand type for unary ~: 'float'")
        : op === 'negate'
          ? float(-Number(operand.value))
          : operand;
    const x = BigInt(operand.value as number);
    return int(op === 'negate' ? -x : op === 'invert' ? ~x : x);
  }
  // Booleans have no loop for it, and Python's + then gives the array itself.
  if (op === 'plus' && toArray(operand).dtype === 'bool') return operand;
  const name = op === 'plus' ? 'positive' : op === 'negate' ? 'negative' : 'invert';
  return applyUfunc(ufuncNamed(name), [operand], context);
}

/** Truth as Python sees it; an array of several elements has none. */
export function truth(v: Value): boolean {
  switch (v.kind) {
    case 'scalar':
      return truthOf(v);
    case 'array':
      if (v.library) return tensorTruth(v);
      if (sizeOf(v.array.shape) > 1)
        fail('ValueError: The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()');
      return sizeOf(v.array.shape) === 1 && truthOf(scalar(v.array.dtype, elementAt(contiguous(v.array), 0)));
    case 'polynomial':
      return unknown('the truth of a polynomial is not covered');
    case 'strings':
      return sizeOf(v.array.shape) > 1
        ? fail(
            'ValueError: The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()',
          )
        : unknown('the truth of an array of one text is not covered');
    case 'string':
      return v.value !== '';
    case 'list':
    case 'tuple':
      return v.items.length > 0;
    case 'none':
      return false;
    case 'dict':
      return v.entries.length > 0;
    case 'set':
      return v.items.length > 0;
    case 'object':
      return unknown('the truth of an object is not followed');
    default:
      return true;
  }
}

/** What is one object wherever it is met while the whole program runs. */
const isObject = (v: Value): boolean =>
  (v.kind === 'list' && v.lazy === undefined) || v.kind === 'dict' || v.kind === 'object';

export function compare(op: ComparisonOperator, left: Value, right: Value, context: Context): Value {
  switch (op) {
    case 'is':
    case 'is-not':
      if (context.program && isObject(left) && isObject(right)) return bool((left === right) === (op === 'is'));
      if (left.kind === 'dtype' && right.kind === 'dtype' && left.form === right.form)
        return bool((left.dtype === right.dtype && left.library === right.library) === (op === 'is'));
      if (
        left.kind === 'scalar' &&
        right.kind === 'scalar' &&
        left.dtype === 'bool' &&
        right.dtype === 'bool' &&
        left.weak &&
        right.weak
      )
        return bool((left.value === right.value) === (op === 'is'));
      if (left.kind === 'function' && right.kind === 'function' && !left.self && !right.self) {
        const [p, q] = [ufuncOf(left.path), ufuncOf(right.path)];
        if (left.closure === undefined && right.closure === undefined)
          return bool((left.path === right.path || (p !== undefined && p === q)) === (op === 'is'));
      }
      if (left.kind === 'none' || right.kind === 'none') return bool((left.kind === right.kind) === (op === 'is'));
      if (left === right && identityOf(left)) return bool(op === 'is');
      // Two arrays with buffers of their own are two objects.
      if (left.kind === 'array' && right.kind === 'array' && left.array.data !== right.array.data)
        return bool(op !== 'is');
      return unknown('whether two objects are the same one is known only when the code runs');
    case 'in':
    case 'not-in':
      return bool(member(left, right, context) === (op === 'in'));
    default:
      return relation(op, left, right, context);
  }
}

/** What comparing two items of containers costs. */
const ITEM_COST = 20;

const realOf = (e: number | bigint | boolean): number | bigint => (typeof e === 'boolean' ? Number(e) : e);

const isNaNumber = (v: Value): boolean => v.kind === 'scalar' && typeof v.value === 'number' && Number.isNaN(v.value);

/** Whether Python takes two items of containers for the same: one object, or equal ones. A nan is only itself. */
export function sameItem(p: Value, q: Value, context: Context): boolean {
  if (p === q) return true;
  context.budget.spend(ITEM_COST);
  if (p.kind === 'string' && q.kind === 'string') return p.value === q.value;
  if (p.kind === 'tuple' && q.kind === 'tuple')
    return p.items.length === q.items.length && p.items.every((x, k) => sameItem(x, q.items[k], context));
  if (isNaNumber(p) && isNaNumber(q)) unknown('whether two nan are the same object is known only when the code runs');
  if (isPlain(p) && isPlain(q) && !isComplex(p.value) && !isComplex(q.value))
    return sameNumber(realOf(p.value), realOf(q.value));
  return truth(relation('equal', p, q, context));
}

function member(item: Value, container: Value, context: Context): boolean {
  if (container.kind === 'string' && item.kind === 'string') return container.value.includes(item.value);
  if (container.kind === 'set') return inSet(container, item, context);
  if (container.kind === 'object') return unknown('membership in an object is not followed');
  if (container.kind === 'dict') return container.entries.some(([key]) => sameItem(key, item, context));
  if (container.kind === 'list' || container.kind === 'tuple')
    return container.items.some(x => sameItem(x, item, context));
  if (isTensor(container)) {
    const known = container.library === 'torch' && (isTensor(item) || item.kind === 'scalar');
    if (!known) return unknown('membership in a tensor is not covered yet');
    const { data } = contiguous(toArray(comparison('equal', [container, item], context)));
    return data.some((x: number | bigint) => Number(x) !== 0);
  }
  if (container.kind === 'strings')
    return item.kind === 'string'
      ? textsOf(container).includes(item.value)
      : unknown('whether this is among texts is not covered');
  if (container.kind === 'array') {
    const hits = compareArrays('equal', container.array, toArray(item));
    return hits ? contiguous(hits).data.some((x: number | bigint) => x !== 0) : false;
  }
  return fail(`TypeError: argument of type '${typeName(container)}' is not iterable`);
}

function relation(op: ComparisonKind, left: Value, right: Value, context: Context): Value {
  const own = overloadedCompare(op, left, right, context) ?? setCompare(op, left, right, context);
  if (own) return own;
  if (isTensor(left) || isTensor(right))
    return likeNumpy(left, right)
      ? lifted(relation(op, bare(left), bare(right), context), 'cupy')
      : tensorCompare(op, left, right, context);
  if (left.kind === 'polynomial' || right.kind === 'polynomial')
    return op === 'equal' || op === 'not-equal'
      ? equalPolynomials(op, left, right)
      : unknown('polynomials have no order');
  if (left.kind === 'strings' || right.kind === 'strings') return compareStrings(op, left, right, context);
  const arrays = left.kind === 'array' || right.kind === 'array';
  const numbers = left.kind === 'scalar' && right.kind === 'scalar';
  if (arrays || numbers) {
    if (!isArrayLike(left) || !isArrayLike(right))
      return op === 'equal' || op === 'not-equal'
        ? besideNone(left, right, op === 'not-equal')
        : orderBesideObject(op, left, right);
    if (numbers && isPlain(left) && isPlain(right)) {
      if (op !== 'equal' && op !== 'not-equal' && (isComplex(left.value) || isComplex(right.value)))
        fail(
          `TypeError: '${SIGN[op]}' not supported between instances of '${typeName(left)}' and '${typeName(right)}'`,
        );
      if (typeof left.value === 'bigint' || typeof right.value === 'bigint') return bool(compareExact(op, left, right));
    }
    const a = toArray(left);
    const b = toArray(right);
    context.budget.claim(Math.max(sizeOf(a.shape), sizeOf(b.shape)));
    const result = compareArrays(op, a, b);
    // A list leaves the comparison to the array, which names itself first.
    const [p, q] = left.kind === 'list' || left.kind === 'tuple' ? [b, a] : [a, b];
    if (!result)
      return fail(
        `ValueError: operands could not be broadcast together with shapes ${shapeText(p.shape).replace(/ /g, '')} ${shapeText(q.shape).replace(/ /g, '')} `,
      );
    return numbers && isPlain(left) && isPlain(right) ? bool(Boolean(elementAt(result, 0))) : unwrap(result);
  }
  if (op === 'equal' || op === 'not-equal') return bool(same(left, right, context) === (op === 'equal'));
  if (left.kind === 'string' && right.kind === 'string')
    return bool(
      op === 'less'
        ? left.value < right.value
        : op === 'less-equal'
          ? left.value <= right.value
          : op === 'greater'
            ? left.value > right.value
            : left.value >= right.value,
    );
  if (left.kind === right.kind && (left.kind === 'list' || left.kind === 'tuple'))
    return bool(sequenceOrder(op, left.items, (right as typeof left).items, context));
  if (isOfNumPy(left) || isOfNumPy(right)) return orderBesideObject(op, left, right);
  return fail(
    `TypeError: '${SIGN[op]}' not supported between instances of '${typeName(left)}' and '${typeName(right)}'`,
  );
}

/** No number equals None, which NumPy says of each element. */
function besideNone(left: Value, right: Value, unequal: boolean): Value {
  const [array, other] = left.kind === 'array' ? [left, right] : [right, left];
  if (array.kind !== 'array' || other.kind !== 'none') return unknown('this comparison is not evaluated');
  const { shape } = array.array;
  return unwrap(ndarray('bool', shape, new Uint8Array(sizeOf(shape)).fill(Number(unequal))));
}

/** Lists and tuples compare by their first items that differ, otherwise by length. */
function sequenceOrder(op: ComparisonKind, left: readonly Value[], right: readonly Value[], context: Context): boolean {
  const k = left.findIndex((v, i) => i >= right.length || !sameItem(v, right[i], context));
  if (k >= 0 && k < right.length) return truth(relation(op, left[k], right[k], context));
  return truth(relation(op, int(left.length), int(right.length), context));
}

function compareExact(op: ComparisonKind, a: Scalar, b: Scalar): boolean {
  const x = a.value as number | bigint;
  const y = b.value as number | bigint;
  switch (op) {
    case 'equal':
      return sameNumber(x, y);
    case 'not-equal':
      return !sameNumber(x, y);
    case 'less':
      return x < y;
    case 'less-equal':
      return x <= y;
    case 'greater':
      return x > y;
    case 'greater-equal':
      return x >= y;
  }
}

function same(left: Value, right: Value, context: Context): boolean {
  if (left.kind === 'string-type' || right.kind === 'string-type') return sameStringType(left, right);
  if (left.kind === 'dtype' || right.kind === 'dtype') {
    const [p, q] = [namedDtype(left), namedDtype(right)];
    const library = (v: Value): string | undefined => (v.kind === 'dtype' ? v.library : undefined);
    if (library(left) !== library(right)) return false;
    return p !== undefined && p === q;
  }
  if (left.kind === 'function' && right.kind === 'function')
    return left.path === right.path && !left.self && !right.self;
  if (left.kind === 'string' || right.kind === 'string')
    return left.kind === right.kind && 'value' in left && 'value' in right && left.value === right.value;
  if ((left.kind === 'list' || left.kind === 'tuple') && left.kind === right.kind) {
    const other = (right as typeof left).items;
    return left.items.length === other.length && left.items.every((x, i) => sameItem(x, other[i], context));
  }
  if (left.kind === 'dict' && right.kind === 'dict')
    return (
      left.entries.length === right.entries.length &&
      left.entries.every(([k, v]) => {
        const other = right.entries.find(([q]) => sameItem(k, q, context));
        return other !== undefined && sameItem(v, other[1], context);
      })
    );
  return left.kind === 'none' && right.kind === 'none';
}
