import { roundBrain } from '../../../values/dtype';
import { fromReal, generate, type NDArray, sizeOf, toFloat64, transpose } from '../../../values/ndarray';
import { arrayValue, type Value } from '../../../values/value';
import type { Context } from '../../dialect';
import { fail, unknown } from '../../stop';
import { toArray } from '../coerce';
import { matmul } from '../products';
import { broadcastError, HALF, isTensor, lifted, recording, tensor } from './tensor';
import { isSmallProduct, smallProduct } from './torch/single-product';
import { narrowSum } from './torch/sums';

const sides = (a: NDArray): string => `${a.shape[0]}x${a.shape[1]}`;

/** `a @ b` of two tensors, which must be of one type. */
export function tensorMatmul(left: Value, right: Value, context: Context): Value {
  if (!isTensor(left) || !isTensor(right)) return unknown('a matrix product takes two tensors');
  const { library } = left;
  const [a, b] = [left.array, right.array];
  if (a.dtype !== b.dtype) return unknown(`a matrix product takes tensors of one type, not ${a.dtype} and ${b.dtype}`);
  if (a.dtype === 'float16') return unknown(HALF);
  if (a.dtype === 'bool') return unknown('a matrix product of truth values is not covered');
  if (a.shape.length === 0 || b.shape.length === 0)
    return library === 'torch'
      ? fail(
          `RuntimeError: both arguments to matmul need to be at least 1D, but they are ${a.shape.length}D and ${b.shape.length}D`,
        )
      : unknown('a matrix product needs at least one dimension');
  const k = a.shape[a.shape.length - 1];
  const n = b.shape[Math.max(b.shape.length - 2, 0)];
  if (k !== n) mismatch(a, b, library === 'torch');
  const lead = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  if (a.shape.length > 2 && b.shape.length > 2) {
    const [p, q] = lead;
    const fits = p.toReversed().every((m, i) => m === 1 || (q.toReversed()[i] ?? m) === m || q.toReversed()[i] === 1);
    if (!fits) broadcastError(p, q);
  }
  if (a.dtype === 'bfloat16') {
    context.budget.spend(4 * k * sizeOf(a.shape.slice(0, -1)) * sizeOf(b.shape.slice(1)));
    return tensor(brainProduct(a, b), library, recording([left, right], context) ? 'computed' : undefined);
  }
  if (library === 'torch' && isSmallProduct(a, b)) {
    context.budget.spend(2 * sizeOf(a.shape) * b.shape[1]);
    const out = smallProduct(a, b);
    context.record('matmul', [left, right]);
    return tensor(out, library, recording([left, right], context) ? 'computed' : undefined);
  }
  const product = lifted(matmul(arrayValue(a), arrayValue(b), recorder(context, [left, right])), library);
  return recording([left, right], context) ? tensor(toArray(product), library, 'computed') : product;
}

/**
 * A product in bfloat16. torch adds up in float32 or rounds every step, by size, path and version: where both do not come
 * to the same it is not known.
 */
function brainProduct(a: NDArray, b: NDArray): NDArray {
  if (a.shape.length > 2 || b.shape.length > 2) return unknown('products of stacks in bfloat16 are not covered');
  const k = a.shape[a.shape.length - 1];
  const x = toFloat64(a);
  const y = toFloat64(b.shape.length === 2 ? transpose(b) : b);
  const columns = b.shape.length === 2 ? b.shape[1] : 1;
  const shape = [...a.shape.slice(0, -1), ...b.shape.slice(1)];
  const entries = generate(sizeOf(shape), at => {
    const [i, j] = [Math.floor(at / columns), at % columns];
    const terms = generate(k, l => x[i * k + l] * y[j * k + l]);
    const sum = narrowSum(terms, roundBrain);
    const stepwise = terms.reduce((s, t) => roundBrain(s + roundBrain(t)), 0);
    return sum === stepwise
      ? sum
      : unknown('the last digit of a product in bfloat16 depends on the version of the library');
  });
  return fromReal('bfloat16', shape, entries);
}

/** A context in which what NumPy's function records has the tensors for operands. */
export function recorder(context: Context, operands: readonly Value[]): Context {
  return {
    get budget() {
      return context.budget;
    },
    outputs: context.outputs,
    call: (f, args) => context.call(f, args),
    print: text => context.print(text),
    printUnknown: stop => context.printUnknown?.(stop),
    record: operation => context.record(operation, operands),
  };
}

function mismatch(a: NDArray, b: NDArray, words: boolean): never {
  if (!words) return unknown('these shapes do not multiply');
  if (a.shape.length === 1 && b.shape.length === 1)
    return fail(
      `RuntimeError: inconsistent tensor size, expected tensor [${a.shape[0]}] and src [${b.shape[0]}] to have the same number of elements, but got ${a.shape[0]} and ${b.shape[0]} elements respectively`,
    );
  if (a.shape.length === 2 && b.shape.length === 1)
    return fail(`RuntimeError: size mismatch, got ${a.shape[0]}, ${sides(a)},${b.shape[0]}`);
  if (a.shape.length <= 2 && b.shape.length === 2) {
    const left = a.shape.length === 1 ? `1x${a.shape[0]}` : sides(a);
    return fail(`RuntimeError: mat1 and mat2 shapes cannot be multiplied (${left} and ${sides(b)})`);
  }
  if (a.shape.length > 2 && b.shape.length === 2)
    return fail(
      `RuntimeError: mat1 and mat2 shapes cannot be multiplied (${sizeOf(a.shape.slice(0, -1))}x${a.shape[a.shape.length - 1]} and ${sides(b)})`,
    );
  return unknown('these shapes do not multiply');
}
