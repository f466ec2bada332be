import { toMatrix } from '../evaluate/matrices';
import type { DialectId } from '../expression/program';
import { numberText } from '../format/number-text';
import { stringType } from '../format/numpy-arrays';
import { typeName } from '../format/type-name';
import * as linalg from '../linalg/index';
import { isComplexType, partType } from '../values/dtype';
import { elements, type NDArray, ndarray, sizeOf, toFloat64 } from '../values/ndarray';
import type { Value } from '../values/value';
import type { Fact } from './facts';
import { realOf } from './real-numbers';

/** The spacing of single-precision numbers at 1: what is below it beside the largest singular value is rounding. */
const SINGLE = 2 ** -23;

/** Sides up to which the decompositions are quick enough for a hover, and for a worker. */
const SMALL_SIDE = 48;
const LARGE_SIDE = 400;

/** `2×2`, `3`, `2×3×4`, `scalar`. */
export const shapeText = (shape: readonly number[]): string => (shape.length === 0 ? 'scalar' : shape.join('×'));

/** Parts of the one-line summary and the table of facts, in the words of a dialect. `thorough` allows decompositions of large matrices. */
export function factsOf(
  value: Value,
  dialect: DialectId,
  thorough: boolean,
): { readonly summary: readonly string[]; readonly facts: readonly Fact[] } {
  switch (value.kind) {
    case 'array':
      return arrayFacts(value.array, dialect, thorough);
    case 'scalar': {
      const type = typeName(value.dtype, dialect);
      return type === undefined
        ? { summary: [], facts: [] }
        : { summary: [type], facts: [{ label: dialect === 'matlab' ? 'class' : 'type', text: type }] };
    }
    case 'polynomial': {
      const degree = String(value.coefficients.shape[0] - 1);
      return {
        summary: [`degree ${degree}`],
        facts: [
          { label: 'type', text: value.form },
          { label: 'degree', text: degree },
        ],
      };
    }
    case 'strings': {
      const type = stringType(value.width);
      const shape = shapeText(value.array.shape);
      const different = new Set(elements(value.array)).size;
      const facts = [
        { label: 'shape', text: shape },
        { label: 'dtype', text: type },
        { label: 'distinct', text: String(different) },
      ];
      return { summary: [`${shape} ${type}`], facts };
    }
    case 'list':
    case 'tuple':
      return listFacts(value, dialect, thorough);
    default:
      return { summary: [], facts: [] };
  }
}

/** A list of numbers, or of equally long ones, has the facts of the array that it would make. */
function listFacts(
  value: Extract<Value, { kind: 'list' | 'tuple' }>,
  dialect: DialectId,
  thorough: boolean,
): { readonly summary: readonly string[]; readonly facts: readonly Fact[] } {
  const real = realOf(value);
  if (!real || sizeOf(real.shape) === 0) {
    return {
      summary: [`${value.kind} of ${value.items.length}`],
      facts: [
        { label: 'type', text: value.kind },
        { label: 'length', text: String(value.items.length) },
      ],
    };
  }
  const data = Float64Array.from(real.data);
  const array = ndarray(data.every(Number.isSafeInteger) ? 'int64' : 'float64', real.shape, data);
  const found = arrayFacts(array, dialect, thorough);
  return {
    summary: [`${shapeText(real.shape)} ${value.kind}`, ...found.summary.slice(1)],
    facts: [{ label: 'type', text: value.kind }, ...found.facts.filter(f => f.label !== 'dtype')],
  };
}

function arrayFacts(a: NDArray, dialect: DialectId, thorough: boolean): { summary: string[]; facts: Fact[] } {
  const type = typeName(a.dtype, dialect);
  const shape = shapeText(a.shape);
  const facts: Fact[] = [{ label: 'shape', text: shape }];
  if (type !== undefined) facts.push({ label: dialect === 'matlab' ? 'class' : 'dtype', text: type });
  const summary = [type === undefined ? shape : `${shape} ${type}`];
  const count = sizeOf(a.shape);
  if (count === 0) return { summary, facts: [...facts, { label: 'entries', text: 'none' }] };
  if (isComplexType(a.dtype)) return matrixOnly(a, summary, facts, thorough);
  const data = toFloat64(a);
  const bad = data.reduce((n, x) => n + (Number.isFinite(x) ? 0 : 1), 0);
  if (bad > 0) {
    return {
      summary: [...summary, `${bad} not finite`],
      facts: [
        ...facts,
        {
          label: 'not finite',
          text: String(bad),
          detail: 'Entries that are NaN or infinite; nothing else is computed.',
        },
      ],
    };
  }
  if (a.shape.length === 2) matrixOnly(a, summary, facts, thorough);
  if (a.shape.length === 1 || (a.shape.length === 2 && Math.min(...a.shape) === 1)) {
    const norm = Math.sqrt(data.reduce((s, x) => s + x * x, 0));
    facts.push({ label: 'length', text: numberText(norm), latex: exactRoot(data), detail: 'Euclidean norm' });
    if (a.shape.length === 1) summary.push(`norm ${numberText(norm, 4)}`);
  }
  let low = data[0];
  let high = data[0];
  let sum = 0;
  for (const x of data) {
    if (x < low) low = x;
    if (x > high) high = x;
    sum += x;
  }
  facts.push(
    { label: 'range', text: `${numberText(low)} to ${numberText(high)}` },
    { label: 'mean', text: numberText(sum / count) },
  );
  return { summary, facts };
}

/** `\sqrt{8}` for integer entries whose squares add up to no square. */
function exactRoot(data: Float64Array): string | undefined {
  const squares = data.reduce((s, x) => s + x * x, 0);
  return data.every(Number.isInteger) && Number.isSafeInteger(squares) && !Number.isInteger(Math.sqrt(squares))
    ? `\\sqrt{${squares}}`
    : undefined;
}

function matrixOnly(
  a: NDArray,
  summary: string[],
  facts: Fact[],
  thorough: boolean,
): { summary: string[]; facts: Fact[] } {
  if (a.shape.length !== 2) return { summary, facts };
  const [rows, columns] = a.shape;
  const side = Math.max(rows, columns);
  if (side > (thorough ? LARGE_SIDE : SMALL_SIDE)) return { summary, facts };
  const m = toMatrix(a);
  const svd = linalg.svd(m);
  const square = rows === columns;
  if (svd.kind === 'ok') {
    const s = Array.from(svd.s);
    const rank = linalg.rankOf(svd.s, rows, columns, partType(a.dtype) === 'float32' ? SINGLE : undefined);
    facts.push({
      label: 'rank',
      text: String(rank),
      detail: rank < Math.min(rows, columns) ? 'The rows or columns depend on each other.' : undefined,
    });
    summary.push(`rank ${rank}`);
    if (square) {
      const det = linalg.determinant(m);
      const text =
        numberText(tidy(det.re, a)) + (det.im ? ` ${det.im < 0 ? '-' : '+'} ${numberText(Math.abs(det.im))}i` : '');
      facts.push({ label: 'determinant', text });
      summary.push(`det ${det.im ? text : numberText(tidy(det.re, a), 4)}`);
    }
    const smallest = s[s.length - 1];
    const condition = rank < Math.min(rows, columns) ? Number.POSITIVE_INFINITY : s[0] / smallest;
    facts.push({
      label: 'condition number',
      text: Number.isFinite(condition) ? numberText(condition, 6) : 'infinite',
      detail: 'Largest singular value over the smallest.',
    });
    if (square) summary.push(`κ ${Number.isFinite(condition) ? numberText(condition, 3) : '∞'}`);
    facts.push({ label: 'singular values', text: listText(s), residual: linalg.svdResidual(m, svd) });
  }
  if (square) {
    const trace = elements(a).filter((_, k) => k % (columns + 1) === 0);
    if (!isComplexType(a.dtype))
      facts.push({ label: 'trace', text: numberText(trace.reduce<number>((t, x) => t + Number(x as number), 0)) });
    const eigen = linalg.generalEigen(m);
    if (eigen.kind === 'ok') {
      const values = Array.from(eigen.values.re, (re, k) => complexText(re, eigen.values.im[k]));
      facts.push({ label: 'eigenvalues', text: cut(values), residual: linalg.eigenResidual(m, eigen) });
    }
    const kinds = structureOf(m);
    if (kinds.length > 0) facts.push({ label: 'structure', text: kinds.join(', ') });
  }
  return { summary, facts };
}

/** The determinant of an integer matrix is an integer; elimination leaves rounding behind. */
const tidy = (det: number, a: NDArray): number =>
  a.dtype === 'int64' && Math.abs(det) < 2 ** 40 ? Math.round(det) + 0 : det;

const listText = (s: readonly number[]): string => cut(s.map(x => numberText(x, 6)));
const cut = (items: readonly string[]): string =>
  items.length <= 8 ? items.join(', ') : `${items.slice(0, 6).join(', ')}, …, ${items[items.length - 1]}`;
const complexText = (re: number, im: number): string =>
  im === 0 ? numberText(re, 6) : `${numberText(re, 6)} ${im < 0 ? '-' : '+'} ${numberText(Math.abs(im), 6)}i`;

function structureOf(m: linalg.Matrix): string[] {
  if (m.im) return [];
  const n = m.rows;
  const at = (i: number, j: number): number => m.re[i * n + j];
  const every = (test: (i: number, j: number) => boolean): boolean => {
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) if (!test(i, j)) return false;
    return true;
  };
  const out: string[] = [];
  const upper = every((i, j) => i <= j || at(i, j) === 0);
  const lower = every((i, j) => i >= j || at(i, j) === 0);
  if (upper && lower) out.push(every((i, j) => at(i, j) === (i === j ? 1 : 0)) ? 'identity' : 'diagonal');
  else if (upper) out.push('upper triangular');
  else if (lower) out.push('lower triangular');
  if (!(upper && lower)) {
    if (every((i, j) => at(i, j) === at(j, i))) out.push('symmetric');
    else if (every((i, j) => at(i, j) === -at(j, i))) out.push('skew-symmetric');
  }
  const gram = (i: number, j: number): number => {
    let s = 0;
    for (let k = 0; k < n; k++) s += at(k, i) * at(k, j);
    return s;
  };
  if (n > 1 && every((i, j) => Math.abs(gram(i, j) - (i === j ? 1 : 0)) < 1e-12)) out.push('orthogonal');
  return out;
}
