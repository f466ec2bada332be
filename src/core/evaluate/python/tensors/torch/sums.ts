import { narrowing } from '../../../../values/dtype';
import { generate, type NDArray, sizeOf, toFloat64, transpose } from '../../../../values/ndarray';
import { unknown } from '../../../stop';

/**
 * Sums of float32 numbers in the order in which torch adds them on a machine with vectors of eight (ATen's
 * SumKernel.cpp), so that the last digits agree: four interleaved partial sums, each summed in levels of sixteen and more.
 */

const LANES = 8;
const LEVELS = 4;
const ROWS = 4;

type Round = (x: number) => number;

/** `count` numbers a step apart, in cascading levels, so that rounding errors stay small. */
function cascade(x: Float64Array, start: number, step: number, count: number, round: Round): number {
  const power = Math.max(4, Math.ceil(Math.ceil(Math.log2(Math.max(count, 1))) / LEVELS));
  const size = 2 ** power;
  const acc = new Array<number>(LEVELS).fill(0);
  let i = 0;
  while (i + size <= count) {
    for (let j = 0; j < size; j++, i++) acc[0] = round(acc[0] + x[start + i * step]);
    for (let j = 1; j < LEVELS; j++) {
      acc[j] = round(acc[j] + acc[j - 1]);
      acc[j - 1] = 0;
      if (Math.floor(i / 2 ** (j * power)) % size !== 0) break;
    }
  }
  for (; i < count; i++) acc[0] = round(acc[0] + x[start + i * step]);
  for (let j = 1; j < LEVELS; j++) acc[0] = round(acc[0] + acc[j]);
  return acc[0];
}

/** Numbers a step apart as four interleaved rows. */
function interleaved(x: Float64Array, start: number, step: number, count: number, round: Round): number {
  const rows = Math.floor(count / ROWS);
  const sums = [0, 1, 2, 3].map(k => cascade(x, start + k * step, step * ROWS, rows, round));
  for (let i = rows * ROWS; i < count; i++) sums[0] = round(sums[0] + x[start + i * step]);
  return sums.slice(1).reduce((s, e) => round(s + e), sums[0]);
}

/** Numbers that lie together, in vectors of eight. */
function vectored(x: Float64Array, start: number, count: number, round: Round): number {
  const vectors = Math.floor(count / LANES);
  let sum = 0;
  for (let i = vectors * LANES; i < count; i++) sum = round(sum + x[start + i]);
  for (let lane = 0; lane < LANES; lane++) sum = round(sum + interleaved(x, start + lane, LANES, vectors, round));
  return sum;
}

interface Block {
  readonly count: number;
  readonly stride: number;
}

/** Axes from the innermost outwards, those that lie behind one another as one. */
function blocks(a: NDArray, axes: readonly number[]): Block[] {
  const out: Block[] = [];
  const ordered = axes.filter(i => a.shape[i] !== 1).toSorted((p, q) => a.strides[p] - a.strides[q] || q - p);
  for (const i of ordered) {
    const last = out[out.length - 1];
    if (last && last.stride * last.count === a.strides[i])
      out[out.length - 1] = { count: last.count * a.shape[i], stride: last.stride };
    else out.push({ count: a.shape[i], stride: a.strides[i] });
  }
  return out;
}

const HALF_LAST = 'the last digit in half precision depends on the order in which torch adds';

/**
 * The sum of numbers of a 16-bit type, which torch adds as float32 in an order of its own and then rounds. Stops where
 * the order may show; `terms` have at most 16 significant bits.
 */
export function narrowSum(terms: Float64Array, round: Round): number {
  let sum = 0;
  let size = 0;
  for (let k = 0; k < terms.length; k++) {
    sum += terms[k];
    size += Math.abs(terms[k]);
  }
  if (!Number.isFinite(size)) return Number.isFinite(sum) ? unknown(HALF_LAST) : sum;
  // Every partial sum is exact where all numbers are multiples of a step that float32 still tells at this size.
  const step = 2 ** (Math.ceil(Math.log2(size)) - 24);
  if (size === 0 || terms.every(t => Number.isInteger(t / step))) return round(sum);
  const error = terms.length * size * 2 ** -24;
  return round(sum - error) === round(sum + error) ? round(sum) : unknown(HALF_LAST);
}

/** One sum for every index of the kept axes, in row-major order. `a` is real. */
export function torchSums(a: NDArray, axes: readonly number[]): Float64Array {
  const round: Round = a.dtype === 'float64' ? x => x : Math.fround;
  const kept = a.shape.map((_, i) => i).filter(i => !axes.includes(i));
  const count = sizeOf(kept.map(i => a.shape[i]));
  const length = sizeOf(axes.map(i => a.shape[i]));
  const reduced = blocks(a, axes);
  const outer = blocks(a, kept);
  const [inner] = reduced;
  // Rows of what is summed, each in its order; several blocks add up one after the other.
  const rest = reduced.slice(1).reduce((n, b) => n * b.count, 1);
  const row = inner?.count ?? length;
  const byMemory = axes.toSorted((p, q) => a.strides[q] - a.strides[p] || p - q);
  const x = toFloat64(transpose(a, [...kept, ...byMemory]));
  const narrow = narrowing(a.dtype);
  if (narrow) return generate(count, k => narrowSum(x.subarray(k * length, (k + 1) * length), narrow));
  const lanes = a.dtype === 'float64' ? LANES / 2 : LANES;
  const together = inner === undefined || inner.stride === 1;
  const columns = outer[0]?.count ?? 1;
  const columnsTogether = outer[0]?.stride === 1;
  const sumRow = (start: number, column: number): number => {
    if (together && row >= lanes && a.dtype === 'float32') return vectored(x, start, row, round);
    if (together) return interleaved(x, start, 1, row, round);
    if (columnsTogether && columns >= lanes) {
      const whole = Math.floor(columns / (lanes * ROWS)) * lanes * ROWS;
      return column < whole ? cascade(x, start, 1, row, round) : interleaved(x, start, 1, row, round);
    }
    if (outer.length > 0 && inner.stride < outer[0].stride) return interleaved(x, start, 1, row, round);
    return column < Math.floor(columns / ROWS) * ROWS
      ? cascade(x, start, 1, row, round)
      : interleaved(x, start, 1, row, round);
  };
  const out = new Float64Array(count);
  if (length === 0) return out;
  for (let k = 0; k < count; k++) {
    let s = 0;
    for (let j = 0; j < rest; j++) s = round(s + sumRow(k * length + j * row, k % columns));
    out[k] = s;
  }
  return out;
}
