import type { DType } from '../../../values/dtype';
import { promote } from '../../../values/dtype';
import { asType, fromElements, generate, ndarray, reshape, sizeOf } from '../../../values/ndarray';
import { arrayValue, type Value } from '../../../values/value';
import type { Bound, LibraryFunction } from '../../catalogue';
import type { Context } from '../../dialect';
import { fail, unknown } from '../../stop';
import { elementsOf, needInteger, toArray } from '../coerce';

/** Matrices of a special make (scipy.linalg's special_matrices). */

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');
const given = (v: Value | undefined): v is Value => v !== undefined && v.kind !== 'none';

interface Line {
  readonly dtype: DType;
  readonly items: ReturnType<typeof elementsOf>;
}

const line = (v: Value | undefined): Line => {
  const a = toArray(need(v));
  return { dtype: a.dtype, items: elementsOf(reshape(a, [sizeOf(a.shape)])) };
};

/** An m×n matrix whose entries are picked out of lines of numbers. */
function picked(
  m: number,
  n: number,
  dtype: DType,
  c: Context,
  entry: (i: number, j: number) => Line['items'][number],
): Value {
  c.budget.claim(m * n);
  const items = Array.from({ length: m * n }, (_, k) => entry(Math.floor(k / n), k % n));
  return arrayValue(fromElements(dtype, [m, n], items));
}

const integers = (n: number, c: Context, f: (i: number, j: number) => number, dtype: DType = 'float64'): Value => {
  c.budget.claim(n * n);
  return arrayValue(
    asType(
      ndarray(
        'float64',
        [n, n],
        generate(n * n, k => f(Math.floor(k / n), k % n)),
      ),
      dtype,
    ),
  );
};

function toeplitz(x: Bound, c: Context): Value {
  const column = line(x.c);
  if (!given(x.r) && column.dtype.startsWith('complex'))
    return unknown('toeplitz of complex numbers is not covered yet');
  const row = given(x.r) ? line(x.r) : column;
  return picked(column.items.length, row.items.length, promote(column.dtype, row.dtype), c, (i, j) =>
    i >= j ? column.items[i - j] : row.items[j - i],
  );
}

function hankel(x: Bound, c: Context): Value {
  const column = line(x.c);
  const m = column.items.length;
  const row = given(x.r) ? line(x.r) : undefined;
  const n = row?.items.length ?? m;
  return picked(m, n, row ? promote(column.dtype, row.dtype) : column.dtype, c, (i, j) =>
    i + j < m ? column.items[i + j] : (row?.items[i + j - m + 1] ?? (column.dtype === 'bool' ? false : 0)),
  );
}

function blockDiag(x: Bound, c: Context): Value {
  const items = x.arrs?.kind === 'tuple' ? x.arrs.items : [];
  const blocks = items.map(v => {
    const a = toArray(v);
    if (a.shape.length > 2)
      return fail('ValueError: arguments in the following positions have dimension greater than 2');
    return reshape(a, [...new Array<number>(2 - a.shape.length).fill(1), ...a.shape]);
  });
  if (blocks.length === 0) return unknown('block_diag of nothing is not covered');
  const dtype = blocks.map(b => b.dtype).reduce(promote);
  const [m, n] = [0, 1].map(k => blocks.reduce((s, b) => s + b.shape[k], 0));
  c.budget.claim(m * n);
  const out = new Array<Line['items'][number]>(m * n).fill(0);
  let [row, column] = [0, 0];
  for (const b of blocks) {
    const [p, q] = b.shape;
    elementsOf(b).forEach((e, k) => {
      out[(row + Math.floor(k / q)) * n + column + (k % q)] = e;
    });
    row += p;
    column += q;
  }
  return arrayValue(fromElements(dtype, [m, n], out));
}

function hadamard(x: Bound, c: Context): Value {
  const n = needInteger(need(x.n));
  if (n < 1 || (n & (n - 1)) !== 0)
    return fail('ValueError: n must be an positive integer, and n must be a power of 2');
  const bits = (k: number): number => (k === 0 ? 0 : (k & 1) + bits(k >>> 1));
  return integers(n, c, (i, j) => (bits(i & j) % 2 === 0 ? 1 : -1), 'int64');
}

/** The matrix whose characteristic polynomial has the coefficients. */
function companion(x: Bound, c: Context): Value {
  const a = toArray(need(x.a));
  if (a.shape.length !== 1) return fail('ValueError: Incorrect shape for `a`.  `a` must be one-dimensional.');
  const v = elementsOf(a).map(e =>
    typeof e === 'object' ? unknown('companion of complex numbers is not covered yet') : Number(e),
  );
  if (v.length < 2) return fail('ValueError: The length of `a` must be at least 2.');
  if (v[0] === 0) return fail('ValueError: The first coefficient in `a` must not be zero.');
  return integers(v.length - 1, c, (i, j) => (i === 0 ? -v[j + 1] / v[0] : i === j + 1 ? 1 : 0));
}

const binomial = (n: number, k: number): number => {
  let out = 1;
  for (let i = 1; i <= k; i++) out = Math.round((out * (n - k + i)) / i);
  return out;
};

function pascal(x: Bound, c: Context): Value {
  const n = needInteger(need(x.n));
  const kind = x.kind?.kind === 'string' ? x.kind.value : 'symmetric';
  if (n > 28) return unknown('a Pascal matrix of this size is not covered');
  if (kind === 'symmetric') return integers(n, c, (i, j) => binomial(i + j, i), 'uint64');
  return kind === 'lower' || kind === 'upper'
    ? integers(
        n,
        c,
        (i, j) => (kind === 'lower' ? (j <= i ? binomial(i, j) : 0) : i <= j ? binomial(j, i) : 0),
        'uint64',
      )
    : unknown('this kind of Pascal matrix is not covered');
}

export const SCIPY_MATRICES: readonly LibraryFunction[] = [
  { path: 'scipy.linalg.toeplitz', signature: 'c, r=None', evaluate: toeplitz },
  {
    path: 'scipy.linalg.circulant',
    signature: 'c',
    evaluate: (x, c) => {
      const { items, dtype } = line(x.c);
      const n = items.length;
      return picked(n, n, dtype, c, (i, j) => items[(i - j + n) % n]);
    },
  },
  { path: 'scipy.linalg.hankel', signature: 'c, r=None', evaluate: hankel },
  {
    path: 'scipy.linalg.hilbert',
    signature: 'n',
    evaluate: (x, c) => integers(needInteger(need(x.n)), c, (i, j) => 1 / (i + j + 1)),
  },
  { path: 'scipy.linalg.block_diag', signature: '*arrs', evaluate: blockDiag },
  { path: 'scipy.linalg.hadamard', signature: 'n', evaluate: hadamard },
  { path: 'scipy.linalg.companion', signature: 'a', evaluate: companion },
  { path: 'scipy.linalg.pascal', signature: 'n, kind=symmetric', evaluate: pascal },
];
