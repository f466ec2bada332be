import { bytesOf, type DType, isComplexType, isFloatType } from '../../../../values/dtype';
import {
  asType,
  contiguous,
  type NDArray,
  ndarray,
  reshape,
  sizeOf,
  toFloat64,
  transpose,
} from '../../../../values/ndarray';
import { arrayValue, type ListValue, tuple, type Value } from '../../../../values/value';
import type { Bound, LibraryFunction } from '../../../catalogue';
import type { Context } from '../../../dialect';
import { fail, unknown } from '../../../stop';
import { bool, int, integerOf, needInteger, toArray } from '../../coerce';
import { norm } from '../../norms';
import { isTrue } from '../../reductions';
import { isWhole } from '../../ufuncs';
import { runNumpy } from '../numpy-entries';
import { tensorBinary } from '../operators';
import { recorder, tensorMatmul } from '../products';
import { arrayOf, bare, dimOf, given, lifted, tensor, typeArgument } from '../tensor';
import type { Composed } from './composed';
import { severalNorm, solveBatch } from './composed-algebra';
import { both, dimsOf, functions, need } from './define';
import { tensorsOf } from './shape';
import { diagonals } from './views';

/** NumPy's function of the same meaning, with the tensors as the operands of its step. */
function run(path: string, x: Bound, operands: readonly Value[], c: Context): Value {
  const plain = Object.fromEntries(Object.entries(x).map(([k, v]) => [k, v && bare(v)]));
  // Where NumPy computes in double precision, torch calls LAPACK's single one.
  const single = x.a?.kind === 'array' && (x.a.array.dtype === 'float32' || x.a.array.dtype === 'complex64');
  return runNumpy(path, { ...plain, ...(single ? { single: bool(true) } : {}) }, recorder(c, operands));
}

/** Matrices that torch's linear algebra takes: of floats, and not torch's half precision. */
function matrices(v: Value | undefined, name: string, square: boolean): NDArray {
  const a = arrayOf(v);
  if (a.shape.length < 2 && name === 'matrix_rank') return unknown('matrix_rank takes at least two dimensions');
  if (a.shape.length < 2)
    return fail(`RuntimeError: linalg.${name}: The input tensor A must have at least 2 dimensions.`);
  if (isWhole(a.dtype)) return unknown(`linalg.${name} takes tensors of floats, not of integers`);
  if (!isComplexType(a.dtype) && !toFloat64(a).every(Number.isFinite))
    return unknown(`linalg.${name} of numbers that are not finite is not covered`);
  const [m, n] = a.shape.slice(-2);
  if (square && m !== n)
    return fail(
      `RuntimeError: linalg.${name}: A must be batches of square matrices, but they are ${m} by ${n} matrices`,
    );
  return a;
}

const T = (a: NDArray): Value => tensor(a, 'torch');
const lift = (v: Value): Value => lifted(v, 'torch');

/** A function of one square matrix under its names in torch and torch.linalg, by NumPy's. */
const square = (name: string, numpy: string, paths: readonly string[]): LibraryFunction[] =>
  paths.map(path => ({
    path,
    signature: 'A',
    evaluate: (x: Bound, c: Context) => {
      const a = matrices(x.A, name, true);
      return lift(run(numpy, { a: arrayValue(a) }, [need(x.A)], c));
    },
  }));

/** `torch.linalg.eig` gives complex numbers whatever the matrix; scaled as LAPACK does, the same as NumPy. */
const complexOf = (v: Value, d: DType): Value => {
  const a = toArray(v);
  return T(asType(a, d === 'float64' || d === 'complex128' ? 'complex128' : 'complex64'));
};

const result = (path: string, fields: readonly string[], v: Value, convert: (e: Value) => Value = lift): ListValue => {
  const parts = v.kind === 'tuple' ? v.items : [];
  return { kind: 'tuple', items: parts.map(convert), named: { path, fields } };
};
const linalgResult = (name: string, fields: readonly string[], v: Value): ListValue =>
  result(`torch.return_types.linalg_${name}`, fields, v);

/** A norm of a whole tensor, of vectors along one dimension or of matrices over two. */
function normOf(x: Bound, ord: Value | undefined, dim: Value | undefined, c: Context): Value {
  const a = asType(arrayOf(x.A), typeArgument(x.dtype) ?? arrayOf(x.A).dtype);
  if (isWhole(a.dtype)) return unknown('a norm takes floats, not integers');
  const dims = given(dim) ? dimsOf(dim, a.shape.length) : undefined;
  if (a.dtype === 'float16') return unknown('norms of half precision are not covered');
  // Without an order, a tensor of any shape is one vector.
  const flat = dims === undefined && (ord === undefined || a.shape.length === 1);
  const source = flat ? reshape(contiguous(a), [sizeOf(a.shape)]) : a;
  const axis: Value | undefined = dims && (dims.length === 1 ? int(dims[0]) : tuple(dims.map(int)));
  if (dims && dims.length > 2) return unknown('a norm over more than two dimensions is not covered');
  if (!flat && !dims && a.shape.length !== 2) return unknown('the order of this norm takes a vector or a matrix');
  if (a.shape.length === 2 && !flat && ord === undefined && dims === undefined)
    return unknown('this norm is not covered');
  if (sizeOf(a.shape) === 0) return unknown('the norm of an empty tensor is not covered');
  const keep = isTrue(x.keepdim);
  if (flat && keep && a.shape.length !== 1) return unknown('keepdim of a norm over everything is not covered');
  return lift(
    norm(
      { x: arrayValue(source), ord, axis, keepdims: { kind: 'scalar', dtype: 'bool', value: keep } },
      recorder(c, [need(x.A)]),
    ),
  );
}

/** `torch.norm(x, p='fro')`: a vector norm of all entries, matrices too. */
function plainNorm(x: Bound, c: Context): Value {
  if (isWhole(arrayOf(x.input).dtype)) return unknown('a norm takes floats, not integers');
  const p = x.p;
  const name = p?.kind === 'string' ? p.value : undefined;
  if (name !== undefined && name !== 'fro') return unknown(`torch.norm with p='${name}' is not covered yet`);
  const ord = name !== undefined || !given(p) ? undefined : p;
  const a = arrayOf(x.input);
  if (given(x.dim)) {
    const dims = dimsOf(x.dim, a.shape.length);
    if (dims.length > 1 && ord !== undefined) return unknown('this torch.norm is not covered yet');
    return normOf({ A: x.input, dtype: x.dtype, keepdim: x.keepdim }, ord, x.dim, c);
  }
  if (ord === undefined) return normOf({ A: x.input, dtype: x.dtype, keepdim: x.keepdim }, undefined, undefined, c);
  const flat = T(reshape(contiguous(a), [sizeOf(a.shape)]));
  return normOf({ A: flat, dtype: x.dtype }, ord, undefined, c);
}

function matrixNorm(x: Bound, c: Context): Value {
  const a = arrayOf(x.A);
  if (a.shape.length < 2) return unknown('a matrix norm takes at least two dimensions');
  const ord = given(x.ord) ? x.ord : { kind: 'string' as const, value: 'fro' };
  return normOf(x, ord, x.dim ?? tuple([int(-2), int(-1)]), c);
}

/** Products of vectors and matrices that insist on their dimensions. */
const product = (names: string, left: number, right: number, words: (a: NDArray, b: NDArray) => string) =>
  both(names, 'input, mat2', (x, c) => {
    const [a, b] = [arrayOf(x.input), arrayOf(x.mat2)];
    if (a.shape.length !== left || b.shape.length !== right) return fail(`RuntimeError: ${words(a, b)}`);
    if (left === 3 && a.shape[0] !== b.shape[0]) return unknown('batches of different counts do not multiply');
    return tensorMatmul(need(x.input), need(x.mat2), c);
  });

function solveOf(x: Bound, c: Context): Value {
  const a = matrices(x.A, 'solve', true);
  const b = arrayOf(x.B);
  if (a.dtype !== b.dtype) return unknown('linalg.solve takes tensors of one type');
  if (!isComplexType(b.dtype) && !toFloat64(b).every(Number.isFinite))
    return unknown('linalg.solve of numbers that are not finite is not covered');
  if (a.shape.length > 2 || b.shape.length > 2) return unknown('linalg.solve of batches is not covered yet');
  return lift(run('linalg.solve', { a: arrayValue(a), b: arrayValue(b) }, [need(x.A), need(x.B)], c));
}

function qrOf(x: Bound, c: Context): Value {
  const a = matrices(x.A, 'qr', false);
  const mode = x.mode?.kind === 'string' ? x.mode.value : 'reduced';
  if (mode === 'r') {
    const { items } = qrOf({ A: x.A }, c) as ListValue;
    const empty = T(asType(ndarray('float64', [0], new Float64Array(0)), a.dtype));
    return { ...linalgResult('qr', ['Q', 'R'], tuple([])), items: [empty, items[1]] };
  }
  if (mode !== 'reduced' && mode !== 'complete') return unknown(`linalg.qr with mode='${mode}' is not covered yet`);
  return linalgResult(
    'qr',
    ['Q', 'R'],
    run('linalg.qr', { a: arrayValue(a), mode: { kind: 'string', value: mode } }, [need(x.A)], c),
  );
}

function svdOf(x: Bound, c: Context): Value {
  const a = matrices(x.A, 'svd', false);
  const full: Value = {
    kind: 'scalar',
    dtype: 'bool',
    value: x.full_matrices === undefined || isTrue(x.full_matrices),
  };
  return linalgResult(
    'svd',
    ['U', 'S', 'Vh'],
    run('linalg.svd', { a: arrayValue(a), full_matrices: full }, [need(x.A)], c),
  );
}

function crossOf(x: Bound, c: Context): Value {
  const [a, b] = [arrayOf(x.input), arrayOf(x.other)];
  if (a.dtype !== b.dtype || a.shape.join() !== b.shape.join()) return unknown('this cross product is not covered yet');
  // Without a dimension torch takes the first of size 3, and warns.
  const axis = given(x.dim) ? dimOf(needInteger(x.dim), a.shape.length) : a.shape.indexOf(3);
  if (axis < 0 || a.shape[axis] !== 3) return unknown('a cross product takes vectors of three');
  return lift(run('cross', { a: arrayValue(a), b: arrayValue(b), axis: int(axis) }, [need(x.input), need(x.other)], c));
}

function einsumOf(x: Bound, c: Context): Value {
  const items = x.operands?.kind === 'tuple' ? x.operands.items : [];
  const list = items.length === 1 && (items[0].kind === 'list' || items[0].kind === 'tuple') ? items[0].items : items;
  const types = new Set(list.map(v => arrayOf(v).dtype));
  if (types.size > 1 || types.has('bool')) return unknown('einsum takes tensors of one type, not truth values');
  if (need(x.equation).kind !== 'string') return unknown('this einsum is not covered');
  return lift(runNumpy('einsum', { operands: tuple([need(x.equation), ...list.map(bare)]) }, recorder(c, list)));
}

function kronOf(x: Bound, c: Context): Value {
  const [a, b] = [arrayOf(x.input), arrayOf(x.other)];
  if (a.dtype !== b.dtype) return unknown('kron of two types is not covered');
  return lift(run('kron', { a: arrayValue(a), b: arrayValue(b) }, [need(x.input), need(x.other)], c));
}

const trace = (x: Bound): Value => {
  const a = arrayOf(x.input);
  if (a.dtype === 'bool') return unknown('the trace of truth values is refused');
  if (a.shape.length !== 2)
    return fail(`RuntimeError: trace: expected a matrix, but got tensor with dim ${a.shape.length}`);
  const n = Math.min(...a.shape);
  const round = a.dtype === 'float32' ? Math.fround : (e: number): number => e;
  let sum = 0;
  const v = contiguous(a).data;
  if (isComplexType(a.dtype)) return unknown('the trace of a complex tensor is not covered yet');
  for (let k = 0; k < n; k++)
    sum = a.dtype === 'float32' ? sum + Number(v[k * a.shape[1] + k]) : round(sum + Number(v[k * a.shape[1] + k]));
  return T(asType(ndarray('float64', [], Float64Array.of(sum)), isFloatType(a.dtype) ? a.dtype : 'int64'));
};

const L = (name: string): string => `torch.linalg.${name}`;
const either = (name: string): string[] => [`torch.${name}`, `torch.Tensor.${name}`];

export const TORCH_LINALG: readonly (LibraryFunction | Composed)[] = [
  ...both('matmul', 'input, other', (x, c) => tensorMatmul(need(x.input), need(x.other), c)),
  { path: L('matmul'), signature: 'input, other', evaluate: (x, c) => tensorMatmul(need(x.input), need(x.other), c) },
  ...product('mm', 2, 2, a => (a.shape.length !== 2 ? 'self must be a matrix' : 'mat2 must be a matrix')),
  ...product(
    'mv',
    2,
    1,
    (a, b) =>
      `vector + matrix @ vector expected, got ${a.shape.length > 0 ? 1 : 0}, ${a.shape.length}, ${b.shape.length}`,
  ),
  ...product('bmm', 3, 3, a => (a.shape.length !== 3 ? 'batch1 must be a 3D tensor' : 'batch2 must be a 3D tensor')),
  ...both('inner', 'input, other', (x, c) => {
    const [a, b] = [arrayOf(x.input), arrayOf(x.other)];
    const n = b.shape.length;
    if (a.shape.length === 0 || n === 0) return tensorBinary('multiply', need(x.input), need(x.other), c);
    if (a.shape[a.shape.length - 1] !== b.shape[n - 1])
      return fail(
        `RuntimeError: inner() the last dimension must match on both input tensors but got shapes [${a.shape.join(', ')}] and [${b.shape.join(', ')}]`,
      );
    if (n > 2 || bytesOf(a.dtype) < 4)
      return unknown('inner of narrow types or more than two dimensions is not covered yet');
    return tensorMatmul(need(x.input), n === 2 ? T(transpose(b)) : need(x.other), c);
  }),
  ...both('dot', 'input, tensor', (x, c) => {
    const [a, b] = [arrayOf(x.input), arrayOf(x.tensor)];
    if (a.shape.length !== 1 || b.shape.length !== 1)
      return fail(`RuntimeError: 1D tensors expected, but got ${a.shape.length}D and ${b.shape.length}D tensors`);
    return tensorMatmul(need(x.input), need(x.tensor), c);
  }),
  ...both('outer ger', 'input, vec2', (x, c) => {
    const [a, b] = [arrayOf(x.input), arrayOf(x.vec2)];
    if (a.shape.length !== 1 || b.shape.length !== 1) return unknown('outer takes two vectors');
    const column = T(reshape(contiguous(a), [a.shape[0], 1]));
    const out = tensorBinary('multiply', column, T(reshape(contiguous(b), [1, b.shape[0]])), c);
    c.record('outer', [need(x.input), need(x.vec2)]);
    return out;
  }),
  ...both('addmm', 'input, mat1, mat2, *, beta=1, alpha=1', (x, c) => {
    if (given(x.beta) || given(x.alpha)) return unknown('addmm with factors is not covered yet');
    return tensorBinary('add', need(x.input), tensorMatmul(need(x.mat1), need(x.mat2), c), c);
  }),
  ...both('cross', 'input, other, dim=None', crossOf),
  {
    path: L('cross'),
    signature: 'input, other, *, dim=-1',
    evaluate: (x, c) => crossOf({ ...x, dim: x.dim ?? int(-1) }, c),
  },
  ...both('kron', 'input, other', kronOf),
  ...functions('einsum', 'equation, *operands', einsumOf),
  ...both('trace', 'input', trace),
  ...square('det', 'linalg.det', [L('det'), ...either('det')]),
  ...square('inv', 'linalg.inv', [L('inv'), ...either('inverse')]),
  ...square('cholesky', 'linalg.cholesky', [L('cholesky'), ...either('cholesky')]),
  ...square('eigvals', 'linalg.eigvals', [L('eigvals')]).map(e => ({
    ...e,
    evaluate: (x: Bound, c: Context) => complexOf(e.evaluate(x, c), arrayOf(x.A).dtype),
  })),
  {
    path: L('eig'),
    signature: 'A',
    evaluate: (x, c) => {
      const a = matrices(x.A, 'eig', true);
      const v = run('linalg.eig', { a: arrayValue(a) }, [need(x.A)], c);
      return result('torch.return_types.linalg_eig', ['eigenvalues', 'eigenvectors'], v, e => complexOf(e, a.dtype));
    },
  },
  {
    path: L('eigh'),
    signature: 'A, UPLO=L',
    evaluate: (x, c) =>
      linalgResult(
        'eigh',
        ['eigenvalues', 'eigenvectors'],
        run('linalg.eigh', { a: arrayValue(matrices(x.A, 'eigh', true)), UPLO: x.UPLO }, [need(x.A)], c),
      ),
  },
  {
    path: L('eigvalsh'),
    signature: 'A, UPLO=L',
    evaluate: (x, c) =>
      lift(run('linalg.eigvalsh', { a: arrayValue(matrices(x.A, 'eigh', true)), UPLO: x.UPLO }, [need(x.A)], c)),
  },
  { path: L('qr'), signature: 'A, mode=reduced', evaluate: qrOf },
  { path: L('svd'), signature: 'A, full_matrices=True', evaluate: svdOf },
  {
    path: L('svdvals'),
    signature: 'A',
    evaluate: (x, c) => {
      const off: Value = { kind: 'scalar', dtype: 'bool', value: false };
      return lift(run('linalg.svd', { a: arrayValue(matrices(x.A, 'svd', false)), compute_uv: off }, [need(x.A)], c));
    },
  },
  ...[L('slogdet'), ...either('slogdet')].map((path, k) => ({
    path,
    signature: 'A',
    evaluate: (x: Bound, c: Context): Value => {
      const v = run('linalg.slogdet', { a: arrayValue(matrices(x.A, 'slogdet', true)) }, [need(x.A)], c);
      return result(`torch.return_types.${k === 0 ? 'linalg_' : ''}slogdet`, ['sign', 'logabsdet'], v);
    },
  })),
  ...either('logdet').map(path => ({
    path,
    signature: 'A',
    evaluate: (x: Bound, c: Context): Value => {
      const v = run('linalg.slogdet', { a: arrayValue(matrices(x.A, 'det', true)) }, [need(x.A)], c);
      const [sign, log] = v.kind === 'tuple' ? v.items.map(e => Number(toArray(e).data[0])) : [];
      if (arrayOf(x.A).shape.length > 2 || sign <= 0)
        return unknown('the logarithm of this determinant is not covered');
      return T(asType(ndarray('float64', [], Float64Array.of(log)), arrayOf(x.A).dtype));
    },
  })),
  { path: L('solve'), signature: 'A, B', evaluate: solveOf, compose: solveBatch },
  ...[L('pinv'), ...either('pinverse')].map(path => ({
    path,
    signature: 'A',
    evaluate: (x: Bound, c: Context): Value => {
      const a = matrices(x.A, 'pinv', false);
      const rcond: Value = {
        kind: 'scalar',
        dtype: 'float64',
        value: Math.max(...a.shape.slice(-2)) * (a.dtype === 'float64' ? 2 ** -52 : 2 ** -23),
      };
      return lift(run('linalg.pinv', { a: arrayValue(a), rcond }, [need(x.A)], c));
    },
  })),
  {
    path: L('matrix_rank'),
    signature: 'A',
    evaluate: (x, c) =>
      lift(run('linalg.matrix_rank', { A: arrayValue(matrices(x.A, 'matrix_rank', false)) }, [need(x.A)], c)),
  },
  ...[L('matrix_power'), ...either('matrix_power')].map(path => ({
    path,
    signature: 'A, n',
    evaluate: (x: Bound, c: Context): Value => {
      const n = integerOf(x.n);
      const a = arrayOf(x.A);
      if (n === undefined || (isWhole(a.dtype) && n < 0)) return unknown('this power is not covered');
      return lift(run('linalg.matrix_power', { a: arrayValue(a), n: x.n }, [need(x.A), need(x.n)], c));
    },
  })),
  {
    path: L('cond'),
    signature: 'A, p=None',
    evaluate: (x, c) =>
      lift(run('linalg.cond', { x: arrayValue(matrices(x.A, 'cond', false)), p: x.p }, [need(x.A)], c)),
  },
  {
    path: L('norm'),
    signature: 'A, ord=None, dim=None, keepdim=False, *, dtype=None',
    evaluate: (x, c) => normOf(x, given(x.ord) ? x.ord : undefined, x.dim, c),
  },
  {
    path: L('vector_norm'),
    signature: 'A, ord=2, dim=None, keepdim=False, *, dtype=None',
    compose: severalNorm,
    evaluate: (x, c) => {
      if (given(x.dim)) return normOf(x, x.ord, x.dim, c);
      const a = arrayOf(x.A);
      return normOf({ A: T(reshape(contiguous(a), [sizeOf(a.shape)])), dtype: x.dtype }, x.ord, undefined, c);
    },
  },
  { path: L('matrix_norm'), signature: 'A, ord=fro, dim=, keepdim=False, *, dtype=None', evaluate: matrixNorm },
  ...both('norm', 'input, p=fro, dim=None, keepdim=False, dtype=None', plainNorm),
  {
    path: L('diagonal'),
    signature: 'A, *, offset=0, dim1=-2, dim2=-1',
    evaluate: x => T(diagonals(arrayOf(x.A), x, -2, -1)),
  },
  {
    path: L('multi_dot'),
    signature: 'tensors',
    evaluate: (x, c) =>
      tensorsOf(x.tensors)
        .map(T)
        .reduce((p, q) => tensorMatmul(p, q, c)),
  },
  ...both('vdot', 'input, other', (x, c) => {
    if (isComplexType(arrayOf(x.input).dtype)) return unknown('vdot of complex tensors is not covered yet');
    return tensorMatmul(need(x.input), need(x.other), c);
  }),
];
