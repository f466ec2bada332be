import { type DType, promote } from '../../values/dtype';
import { arithmetic } from '../../values/elementwise';
import {
  asType,
  broadcastTo,
  contiguous,
  type NDArray,
  reshape,
  sizeOf,
  toFloat64,
  transpose,
} from '../../values/ndarray';
import { matrixProduct } from '../../values/product';
import { arrayValue, type Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import type { Context } from '../dialect';
import { fail, Stop, unknown } from '../stop';
import { axisOf, int, integerOf, integersOf, join, resultType, toArray, unwrap } from './coerce';
import { dtypeOf } from './dtypes';
import { truth } from './operators';
import { multipleOf } from './products';
import { isTrue, partOf, sum } from './reductions';

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');

/** One operand with a letter for every axis. */
interface Labelled {
  readonly array: NDArray;
  readonly labels: readonly string[];
}

/** Labels for the axes that an ellipsis stands for, counted from the last one. */
const dots = (count: number): string[] => Array.from({ length: count }, (_, k) => `.${count - 1 - k}`);

/** The subscripts string and operands, from either calling form. */
function read(items: readonly Value[]): {
  readonly terms: string[][];
  readonly output?: string[];
  readonly arrays: NDArray[];
} {
  const [first] = items;
  if (first?.kind === 'string') {
    const text = first.value.replace(/\s/g, '');
    const [left, right] = text.split('->');
    const arrays = items.slice(1).map(toArray);
    const terms = left.split(',');
    if (arrays.length === 0)
      fail('ValueError: must specify the einstein sum subscripts string and at least one operand');
    if (terms.length < arrays.length)
      fail('ValueError: fewer operands provided to einstein sum function than specified in the subscripts string');
    if (terms.length > arrays.length)
      fail('ValueError: more operands provided to einstein sum function than specified in the subscripts string');
    return {
      terms: terms.map((term, k) => letters(term, `in operand ${k}`)),
      output: right === undefined ? undefined : letters(right, 'in the output'),
      arrays,
    };
  }
  // np.einsum(op0, sublist0, op1, sublist1, ..., [sublistout])
  const arrays: NDArray[] = [];
  const terms: string[][] = [];
  const list = (v: Value): string[] => {
    if (v.kind !== 'list' && v.kind !== 'tuple') return unknown('these einsum subscripts are not covered yet');
    return v.items.map(item => {
      if (item.kind === 'ellipsis') return '...';
      const n = integerOf(item) ?? unknown('these einsum subscripts are not covered yet');
      return n >= 0 && n < 52
        ? `#${String(n).padStart(4, '0')}`
        : fail('ValueError: subscript is not within the valid range [0, 52)');
    });
  };
  let k = 0;
  for (; k + 1 < items.length; k += 2) {
    arrays.push(toArray(items[k]));
    terms.push(list(items[k + 1]));
  }
  return { terms, output: k < items.length ? list(items[k]) : undefined, arrays };
}

function letters(term: string, where: string): string[] {
  const out: string[] = [];
  for (let i = 0; i < term.length; i++) {
    if (term.startsWith('...', i)) {
      out.push('...');
      i += 2;
    } else if (/[A-Za-z]/.test(term[i])) out.push(term[i]);
    else if (term[i] === '.')
      fail(
        `ValueError: einstein sum subscripts string contains a '.' that is not part of an ellipsis ('...') ${where}`,
      );
    else
      fail(`ValueError: invalid subscript '${term[i]}' in einstein sum subscripts string, subscripts must be letters`);
  }
  return out;
}

/** Repeated letters of one operand become one axis that runs along the diagonal. */
function diagonals(a: NDArray, labels: readonly string[], operand: string): Labelled {
  const shape: number[] = [];
  const strides: number[] = [];
  const kept: string[] = [];
  labels.forEach((l, i) => {
    const at = kept.indexOf(l);
    if (at < 0) {
      kept.push(l);
      shape.push(a.shape[i]);
      strides.push(a.strides[i]);
    } else {
      if (shape[at] !== a.shape[i])
        fail(
          `ValueError: dimensions in ${operand} for collapsing index '${l}' don't match (${shape[at]} != ${a.shape[i]})`,
        );
      strides[at] += a.strides[i];
    }
  });
  return { array: { ...a, shape, strides }, labels: kept };
}

/** With `optimize=`: NumPy gives arrays of several operands, of no dimension too, and has other words for what is wrong. */
function optimised(x: Bound, c: Context): Value {
  const several = x.operands?.kind === 'tuple' && x.operands.items.length > 2;
  try {
    const result = einsum(x, c);
    return several ? arrayValue(toArray(result)) : result;
  } catch (stop) {
    if (stop instanceof Stop && stop.status === 'error')
      return unknown('what NumPy says to this with optimize= is not covered');
    throw stop;
  }
}

function einsum(x: Bound, c: Context): Value {
  const items = x.operands?.kind === 'tuple' ? x.operands.items : [];
  if (items.length === 0)
    return fail(
      'ValueError: must specify the einstein sum subscripts string and at least one operand, or at least one operand and its corresponding subscripts list',
    );
  const { terms, output, arrays } = read(items);
  const dtype = dtypeOf(x.dtype) ?? resultType(arrays.map(array => ({ kind: 'array', array })));
  if (x.dtype && terms.length === 1) return unknown('dtype= of a single operand is not covered yet');
  arrays.forEach((a, k) => {
    if (x.casting === undefined && promote(a.dtype, dtype) !== dtype)
      fail(
        `TypeError: Iterator operand ${k} dtype could not be cast from dtype('${a.dtype}') to dtype('${dtype}') according to the rule 'safe'`,
      );
  });
  let broadcast = 0;
  const operands = arrays.map((a, k): Labelled => {
    const named = terms[k].filter(l => l !== '...').length;
    const open = a.shape.length - named;
    if (!terms[k].includes('...') && open > 0)
      fail(
        `ValueError: operand has more dimensions than subscripts given in einstein sum, but no '...' ellipsis provided to broadcast the extra dimensions.`,
      );
    if (open < 0) fail(`ValueError: einstein sum subscripts string contains too many subscripts for operand ${k}`);
    broadcast = Math.max(broadcast, terms[k].includes('...') ? open : 0);
    const labels = terms[k].flatMap(l => (l === '...' ? dots(open) : [l]));
    // What only takes entries is a view of its one operand.
    const view =
      arrays.length === 1 && output !== undefined && labels.every(l => l.startsWith('.') || output.includes(l));
    return diagonals(asType(a, dtype), labels, view ? 'single operand' : `operand ${k}`);
  });
  const sizes = new Map<string, number>();
  operands.forEach(o => {
    o.labels.forEach((l, i) => {
      const n = o.array.shape[i];
      const before = sizes.get(l);
      if (before !== undefined && before !== n && before !== 1 && n !== 1)
        fail(
          `ValueError: operands could not be broadcast together with remapped shapes [original->remapped]: ${operands
            .map((p, j) => `${shape(arrays[j].shape)}->${remapped(p, operands, output)}`)
            .join(' ')} `,
        );
      if (before === undefined || before === 1) sizes.set(l, n);
    });
  });
  // An axis of length one goes along with longer ones of its label.
  const stretched = operands.map(o => ({
    ...o,
    array: broadcastTo(
      o.array,
      o.labels.map(l => sizes.get(l) ?? 1),
    ),
  }));
  const all = terms.flat().filter(l => l !== '...');
  const once = [...new Set(all)].filter(l => all.filter(m => m === l).length === 1).sort();
  const wanted = (output ?? ['...', ...once]).flatMap(l => (l === '...' ? dots(broadcast) : [l]));
  for (const l of wanted)
    if (!sizes.has(l))
      fail(
        `ValueError: einstein sum subscripts string included output subscript '${l}' which never appeared in an input`,
      );
  const twice = wanted.find((l, k) => wanted.indexOf(l) !== k);
  if (twice !== undefined)
    fail(`ValueError: einstein sum subscripts string includes output subscript '${twice}' multiple times`);
  // NumPy takes what is constant along an axis out of the sum where its strides allow that: infinity times zero tells.
  const alone = (l: string): boolean => !wanted.includes(l) && operands.filter(o => o.labels.includes(l)).length === 1;
  const factored = operands.some(o => o.labels.some((l, i) => alone(l) || o.array.shape[i] !== sizes.get(l)));
  if (operands.length > 1 && factored && !arrays.every(allFinite))
    return unknown('a sum over an axis of one operand that is not finite depends on the order of the terms');
  const out = contract(stretched, wanted, sizes, dtype, c);
  // Along an optimised path two operands go through tensordot, which gives an array.
  return isTrue(x.optimize) && operands.length > 1 ? arrayValue(out) : unwrap(out);
}

const shape = (s: readonly (number | string)[]): string => `(${s.join(',')}${s.length === 1 ? ',' : ''})`;

/** How NumPy's message lays an operand out against all labels, the output's first. */
function remapped(o: Labelled, all: readonly Labelled[], output: readonly string[] | undefined): string {
  const seen = [...new Set(all.flatMap(p => p.labels))];
  const count = (l: string): number => all.filter(p => p.labels.includes(l)).length;
  const open = seen
    .filter(l => l.startsWith('.'))
    .sort()
    .reverse();
  const single = seen.filter(l => count(l) === 1 && !open.includes(l)).sort();
  const first = (output ?? ['...', ...single]).flatMap(l => (l === '...' ? open : [l]));
  const order = [...first, ...seen.filter(l => !first.includes(l))];
  const parts = order.map(l => (o.labels.includes(l) ? String(o.array.shape[o.labels.indexOf(l)]) : 'newaxis'));
  // Axes that an operand lacks in front are not written.
  const own = parts.findIndex(p => p !== 'newaxis');
  // One label alone is written as a shape of one side is.
  return order.length === 1 ? shape(parts) : `(${own < 0 ? '' : parts.slice(own).join(',')})`;
}

/** Two operands at a time: labels that nobody else needs are summed in the product of each pair. */
function contract(
  operands: readonly Labelled[],
  wanted: readonly string[],
  sizes: ReadonlyMap<string, number>,
  dtype: DType,
  c: Context,
): NDArray {
  let left = summed(operands[0], l => wanted.includes(l) || operands.slice(1).some(o => o.labels.includes(l)), dtype);
  for (let k = 1; k < operands.length; k++) {
    const rest = operands.slice(k + 1);
    const needed = (l: string): boolean => wanted.includes(l) || rest.some(o => o.labels.includes(l));
    const right = summed(operands[k], l => needed(l) || left.labels.includes(l), dtype);
    left = pair(left, right, needed, dtype, c);
  }
  const order = wanted.map(l => left.labels.indexOf(l));
  const out = transpose(left.array, order);
  const full = wanted.map(l => sizes.get(l) ?? 1);
  return full.every((n, i) => n === out.shape[i]) ? out : unknown('this broadcast of einsum is not covered yet');
}

/** Sums over the labels that are not needed. */
function summed(o: Labelled, needed: (l: string) => boolean, dtype: DType): Labelled {
  const axes = o.labels.flatMap((l, i) => (needed(l) ? [] : [i]));
  if (axes.length === 0) return o;
  const array = toArray(
    sum({ kind: 'array', array: o.array }, { kind: 'tuple', items: axes.map(int) }, undefined, dtype),
  );
  return { array, labels: o.labels.filter(needed) };
}

function pair(p: Labelled, q: Labelled, needed: (l: string) => boolean, dtype: DType, c: Context): Labelled {
  const sizeAt = (o: Labelled, l: string): number => o.array.shape[o.labels.indexOf(l)];
  // A side of length 1 broadcasts against the other: it is dropped where both have the label.
  const drop = (o: Labelled, other: Labelled): Labelled => {
    const keep = o.labels.map(
      (l, i) => !(o.array.shape[i] === 1 && other.labels.includes(l) && sizeAt(other, l) !== 1),
    );
    return {
      array: {
        ...o.array,
        shape: o.array.shape.filter((_, i) => keep[i]),
        strides: o.array.strides.filter((_, i) => keep[i]),
      },
      labels: o.labels.filter((_, i) => keep[i]),
    };
  };
  const [left0, right0] = [drop(p, q), drop(q, p)];
  const a = summed(left0, l => needed(l) || right0.labels.includes(l), dtype);
  const b = summed(right0, l => needed(l) || left0.labels.includes(l), dtype);
  const shared = a.labels.filter(l => b.labels.includes(l));
  const batch = shared.filter(needed);
  const inner = shared.filter(l => !needed(l));
  const left = a.labels.filter(l => !shared.includes(l));
  const right = b.labels.filter(l => !shared.includes(l));
  const count = (o: Labelled, labels: readonly string[]): number => labels.reduce((n, l) => n * sizeAt(o, l), 1);
  const order = (o: Labelled, labels: readonly string[]): NDArray =>
    contiguous(
      transpose(
        o.array,
        labels.map(l => o.labels.indexOf(l)),
      ),
    );
  const [n, m, k, r] = [count(a, batch), count(a, left), count(a, inner), count(b, right)];
  c.budget.spend(2 * n * m * k * r);
  c.budget.claim(n * m * r);
  const labels = [...batch, ...left, ...right];
  const size = [...batch.map(l => sizeAt(a, l)), ...left.map(l => sizeAt(a, l)), ...right.map(l => sizeAt(b, l))];
  const x = order(a, [...batch, ...left, ...inner]);
  const y = order(b, [...batch, ...inner, ...right]);
  if (k === 1 || inner.length === 0) {
    const product = arithmetic('multiply', reshape(x, [n, m, 1]), reshape(y, [n, 1, r]), dtype);
    return { array: reshape(product ?? x, size), labels };
  }
  const parts = Array.from({ length: n }, (_, i) => {
    const of = (v: NDArray, rows: number, columns: number): NDArray => ({
      ...v,
      shape: [rows, columns],
      strides: [columns, 1],
      offset: i * rows * columns,
    });
    return matrixProduct(of(x, m, k), of(y, k, r), dtype);
  });
  return { array: reshape(join(parts, dtype, [n, m, r]), size), labels };
}

const allFinite = (a: NDArray): boolean =>
  ([0, 1] as const).every(part => toFloat64(partOf(a, part)).every(Number.isFinite));

/** As many numbers in one row. */
const flat = (a: NDArray): NDArray => reshape(a, [sizeOf(a.shape)]);

function tensordot(x: Bound, c: Context): Value {
  const [a, b] = [toArray(need(x.a)), toArray(need(x.b))];
  const dtype = promote(a.dtype, b.dtype);
  let left: number[];
  let right: number[];
  const axes = x.axes ?? int(2);
  if (axes.kind === 'list' || axes.kind === 'tuple') {
    if (axes.items.length < 2)
      return fail(`ValueError: not enough values to unpack (expected 2, got ${axes.items.length})`);
    if (axes.items.length > 2) return fail('ValueError: too many values to unpack (expected 2)');
    [left, right] = axes.items.map(integersOf);
  } else {
    const [n] = integersOf(axes);
    left = Array.from({ length: n }, (_, k) => k - n);
    right = Array.from({ length: n }, (_, k) => k);
  }
  const side = (v: NDArray, k: number): number => v.shape.at(k) ?? fail('IndexError: tuple index out of range');
  if (left.length !== right.length || left.some((p, k) => side(a, p) !== side(b, right[k])))
    return fail('ValueError: shape-mismatch for sum');
  left = left.map(k => axisOf(int(k), a.shape.length));
  right = right.map(k => axisOf(int(k), b.shape.length));
  const label = (k: number): string => `s${k}`;
  const of = (v: NDArray, list: readonly number[], prefix: string): Labelled => ({
    array: asType(v, dtype),
    labels: v.shape.map((_, i) => (list.includes(i) ? label(list.indexOf(i)) : `${prefix}${i}`)),
  });
  const [p, q] = [of(a, left, 'a'), of(b, right, 'b')];
  const wanted = [...p.labels, ...q.labels].filter(l => !l.startsWith('s'));
  const sizes = new Map([
    ...p.labels.map((l, i) => [l, a.shape[i]] as const),
    ...q.labels.map((l, i) => [l, b.shape[i]] as const),
  ]);
  const product = contiguous(contract([p, q], wanted, sizes, dtype, c));
  // The result of tensordot is an array even when every axis is summed.
  return { kind: 'array', array: multipleOf(flat(a), flat(b), product) ?? product };
}

export const EINSUM: readonly LibraryFunction[] = [
  {
    path: 'numpy.einsum',
    signature: '*operands, out=None, optimize=False, dtype=None, order=K, casting=safe',
    evaluate: (x, c) => (x.optimize !== undefined && truth(x.optimize) ? optimised(x, c) : einsum(x, c)),
  },
  { path: 'numpy.tensordot', signature: 'a, b, axes=2', evaluate: tensordot },
];
