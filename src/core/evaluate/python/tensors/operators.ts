import type { BinaryOperator, ComparisonOperator, UnaryOperator } from '../../../expression/expression';
import type { DType } from '../../../values/dtype';
import { isComplexType, isFloatType, narrowing } from '../../../values/dtype';
import type { NDArray } from '../../../values/ndarray';
import { asType, broadcastShapes, contiguous, elementAt, sizeOf, toFloat64 } from '../../../values/ndarray';
import { type Library, scalar, type Value } from '../../../values/value';
import type { Context } from '../../dialect';
import { fail, unknown } from '../../stop';
import { ufuncArrays } from '../apply';
import { toArray, truthOf } from '../coerce';
import { isWhole, loopType, OPERATORS, type Ufunc, ufuncOf } from '../ufuncs';
import { laidOver } from './layout';
import { tensorMatmul } from './products';
import { broadcastError, floating, foreign, isTensor, recording, type Tensor, tensor, torchType } from './tensor';
import { expSingle } from './torch/single';

/** Operators on tensors: NumPy's loops under the library's own rules for types. */

/** The library that both operands belong to, Python's numbers on either side; NumPy's float64 counts as Python's on the right. */
export function operandsOf(values: readonly Value[]): { readonly library: Library; readonly values: readonly Value[] } {
  const library = values.map(foreign).find(l => l !== undefined);
  if (!library) return unknown('no tensor');
  const own = values.map((v, k): Value => {
    if (isTensor(v)) return v.library === library ? v : unknown('arrays of different libraries are not combined');
    if (v.kind === 'scalar' && v.weak) return v;
    if (v.kind === 'scalar' && v.dtype === 'float64' && k > 0) return { ...v, weak: true };
    if (v.kind === 'scalar' || v.kind === 'array') return unknown('NumPy beside a tensor is not combined');
    return unknown('a tensor beside this is not combined');
  });
  return { library, values: own };
}

const isInexactIn = (a: NDArray, d: DType): boolean => {
  const x = toFloat64(a)[0];
  return isFloatType(a.dtype) && !Object.is(toFloat64(asType(a, d))[0], Math.fround(x));
};

/** torch's own loops of float32 numbers; those of the other libraries round the float64 result. */
const TORCH_LOOPS: Readonly<Record<string, (x: number) => number>> = { exp: expSingle };

function named(name: string, library: Library): Ufunc {
  const u = ufuncOf(`numpy.${name}`) ?? unknown(`${name} is not covered yet`);
  return { ...u, loop32: library === 'torch' ? TORCH_LOOPS[name] : undefined };
}

/** Functions that JAX and TensorFlow compute of numbers in bfloat16 in one step, in float32. */
const SINGLE_STEPS = new Set(
  'add subtract multiply divide true_divide negative absolute square sqrt exp log log1p sin cos tanh floor ceil maximum minimum'.split(
    ' ',
  ),
);

/** A function of every element under the library's types; `to` where the result is of another type than the operands'. */
export function elementwise(name: string, given: readonly Value[], context: Context, type?: DType): Value {
  const { library, values } = operandsOf(given);
  const arrays = values.map(toArray);
  const shape = broadcastShapes(...arrays.map(a => a.shape));
  if (!shape) return broadcastError(arrays[0].shape, arrays[1].shape);
  context.budget.claim(sizeOf(shape));
  const u = named(name, library);
  const common = type ?? torchType(values);
  if (library !== 'torch') refuse(values, common);
  if (library === 'tensorflow' && name === 'divide' && isWhole(common))
    return unknown('a quotient of integers is of float64 in TensorFlow, which is not covered');
  let dtype = u.loop === 'float' || u.loop === 'real' ? floating(common) : common;
  if (u.loop === 'logical' || u.gives === 'bool') dtype = common;
  if (u.loop === 'number' && dtype === 'bool') return unknown(`${name} of truth values is not covered for tensors`);
  if (dtype === 'bool' && (name === 'absolute' || name === 'square'))
    return unknown(`${name} of truth values is refused`);
  if (loopType(u, dtype) === undefined) return unknown(`${name} does not take ${dtype}`);
  if (
    ['floor_divide', 'remainder', 'fmod'].includes(u.name) &&
    isWhole(dtype) &&
    contiguous(arrays[1]).data.some((e: number | bigint) => Number(e) === 0)
  )
    return library === 'torch'
      ? fail('RuntimeError: ZeroDivisionError')
      : unknown('whole numbers divided by zero are what the processor makes of them');
  record(name, values, context);
  if (library !== 'torch' && dtype === 'bfloat16') {
    // Numbers beside the array are rounded to its type first.
    const own = arrays.map(a => asType(a, 'bfloat16'));
    if (!SINGLE_STEPS.has(u.name)) return unknown(`how ${u.name} in bfloat16 is rounded on the way is not covered`);
    return tensor(ufuncArrays(u, own, dtype)[0], library);
  }
  const [result] = ufuncArrays(u, arrays, dtype);
  if (narrowing(dtype) && values.some((v, k) => toArray(v).shape.length === 0 && isInexactIn(arrays[k], dtype))) {
    // Some versions of torch round the number to the tensor's type first, others compute with it in float32.
    const [wide] = ufuncArrays(u, arrays, 'float32');
    const [p, q] = [asType(wide, result.dtype), result].map(toFloat64);
    if (p.some((e, i) => !Object.is(e, q[i])))
      unknown('the last digit in half precision beside such a number depends on the version of torch');
  }
  const laid = library === 'torch' ? laidOver(result, arrays) : result;
  return tensor(laid, library, recording(values, context) ? 'computed' : undefined);
}

/** JAX and TensorFlow promote by rules of their own: equal types only, and Python's numbers of no higher kind. */
function refuse(values: readonly Value[], common: DType): void {
  for (const v of values) {
    if (v.kind === 'scalar' ? v.dtype === 'float64' && !isFloatType(common) : toArray(v).dtype !== common)
      unknown('how these types combine is not covered');
  }
}

function record(name: string, values: readonly Value[], context: Context): void {
  const flat = values.map(v => toArray(v).shape.length === 0);
  if (name === 'negative') context.record('negate', values);
  else if (name === 'sqrt') context.record('sqrt', values);
  else if (name === 'multiply' && flat[0] !== flat[1])
    context.record('scale', flat[0] ? values : [values[1], values[0]]);
  else if (['add', 'subtract', 'multiply', 'divide', 'power'].includes(name)) context.record(name, values);
}

export function tensorBinary(op: BinaryOperator, left: Value, right: Value, context: Context): Value {
  if (op === 'matmul') {
    const { values } = operandsOf([left, right]);
    return tensorMatmul(values[0], values[1], context);
  }
  const name = OPERATORS[op] ?? unknown(`the operator ${op} is not Python`);
  if (op === 'power') return tensorPower(left, right, context);
  const { values } = operandsOf([left, right]);
  if (op === 'subtract' && values.some(v => toArray(v).dtype === 'bool') && torchType(values) !== 'bool')
    return fail(
      'RuntimeError: Subtraction, the `-` operator, with a bool tensor is not supported. If you are trying to invert a mask, use the `~` or `logical_not()` operator instead.',
    );
  if (op === 'subtract' && torchType(values) === 'bool')
    return fail(
      'RuntimeError: Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or `logical_xor()` operator instead.',
    );
  if (op === 'bit-and' || op === 'bit-or' || op === 'bit-xor') {
    const d = torchType(values);
    if (isFloatType(d) || isComplexType(d)) return unknown(`bitwise operators do not take ${d}`);
  }
  if (op === 'floor-divide' && narrowing(torchType(values)))
    return unknown('how this quotient in half precision is rounded depends on the version of the library');
  if (op === 'divide' && values[0].kind === 'scalar' && isTensor(values[1]) && values[1].library === 'torch') {
    const product = elementwise(
      'multiply',
      [elementwise('reciprocal', [floated(values[1])], context), values[0]],
      context,
    );
    context.record('divide', values);
    return product;
  }
  return elementwise(name, values, context);
}

/** The tensor with numbers with a point, as its reciprocals have. */
const floated = (v: Tensor): Tensor => ({ ...v, array: asType(v.array, floating(v.array.dtype)) });

export function tensorPower(left: Value, right: Value, context: Context): Value {
  const { values, library } = operandsOf([left, right]);
  const d = torchType(values);
  if (isWhole(d)) {
    if (d === 'bool') return unknown('powers of truth values are not covered for tensors');
    if (contiguous(toArray(values[1])).data.some((e: number | bigint) => e < 0))
      return library === 'torch' && values[1].kind === 'scalar'
        ? fail('RuntimeError: Integers to negative integer powers are not allowed.')
        : unknown('integers to negative powers are not covered');
  }
  if (library !== 'torch' && d === 'bfloat16')
    return Number(values[1].kind === 'scalar' ? values[1].value : Number.NaN) === 2
      ? elementwise('square', [values[0]], context)
      : unknown('how this power in bfloat16 is rounded on the way is not covered');
  if (narrowing(d) && values[1].kind === 'scalar' && ![0.5, 2].includes(Number(values[1].value)))
    return unknown('how torch rounds this power in half precision depends on its version');
  if (library === 'torch' && isFloatType(d) && values[1].kind === 'scalar' && Number(values[1].value) === 3) {
    // torch multiplies, and rounds twice.
    const cube = elementwise(
      'multiply',
      [elementwise('multiply', [values[0], values[0]], context), values[0]],
      context,
    );
    context.record('power', values);
    return cube;
  }
  return elementwise('power', values, context);
}

const COMPARISONS: Readonly<Partial<Record<ComparisonOperator, string>>> = {
  equal: 'equal',
  'not-equal': 'not_equal',
  less: 'less',
  'less-equal': 'less_equal',
  greater: 'greater',
  'greater-equal': 'greater_equal',
};

export function tensorCompare(op: ComparisonOperator, left: Value, right: Value, context: Context): Value {
  const name = COMPARISONS[op];
  if (!name) {
    if (op === 'is' || op === 'is-not')
      return left.kind === 'none' || right.kind === 'none'
        ? scalar('bool', op === 'is-not', true)
        : unknown('whether two objects are the same one is known only when the code runs');
    return unknown('membership in a tensor is not covered yet');
  }
  return comparison(name, [left, right], context);
}

/** Comparisons round both sides to the common type first, as a tensor of float32 beside 0.1 does. */
export function comparison(name: string, given: readonly Value[], context: Context): Value {
  const { library, values } = operandsOf(given);
  const arrays = values.map(toArray);
  const shape = broadcastShapes(...arrays.map(a => a.shape));
  if (!shape) return broadcastError(arrays[0].shape, arrays[1].shape);
  context.budget.claim(sizeOf(shape));
  const common = torchType(values);
  if (library !== 'torch') refuse(values, common);
  if (isComplexType(common) && name !== 'equal' && name !== 'not_equal')
    return unknown('complex numbers have no order');
  const [result] = ufuncArrays(
    named(name, library),
    arrays.map(a => cast(a, common)),
    common,
  );
  return tensor(library === 'torch' ? laidOver(result, arrays) : result, library);
}

const cast = (a: NDArray, d: DType): NDArray => asType(a, d);

export function tensorUnary(op: UnaryOperator, operand: Value, context: Context): Value {
  const d = toArray(operand).dtype;
  if (op === 'plus') return operand;
  if (op === 'negate')
    return d === 'bool'
      ? fail(
          'RuntimeError: Negation, the `-` operator, on a bool tensor is not supported. If you are trying to invert a mask, use the `~` or `logical_not()` operator instead.',
        )
      : elementwise('negative', [operand], context);
  if (!isWhole(d)) return unknown('~ takes integers and truth values only');
  return elementwise('invert', [operand], context);
}

/** Truth as torch sees it: of one element only. */
export function tensorTruth(v: Value): boolean {
  const a = toArray(v);
  const n = sizeOf(a.shape);
  if (n !== 1)
    return n === 0
      ? unknown('the truth value of an empty tensor is not certain')
      : fail('RuntimeError: Boolean value of Tensor with more than one value is ambiguous');
  return truthOf(scalar(a.dtype, elementAt(contiguous(a), 0)));
}
