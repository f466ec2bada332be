import { toMatrix } from '../evaluate/matrices';
import type { DialectId } from '../expression/program';
import { numberText } from '../format/number-text';
import { stringType } from '../format/numpy-arrays';
import { typeName } from '../format/type-name';
import * as linalg from '../linalg/index';
import { determinant3 } from '../scene/space';
import { turnOf } from '../scene/space-linear';
import { isComplexType, partType } from '../values/dtype';
import { elements, type NDArray, ndarray, sizeOf, toFloat64 } from '../values/ndarray';
import type { Value } from '../values/value';
import type { Fact } from './facts';
import { realOf } from './real-numbers';
import { mostSaid, structureOf } from './structure';

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
    case 'dict':
      return counted('dict', 'entries', value.entries.length);
    case 'set':
      return counted(value.frozen ? 'frozenset' : 'set', 'items', value.items.length);
    case 'object':
      return counted(value.name, 'attributes', value.attributes.length + (value.unknowns?.length ?? 0));
    case 'vector': {
      const missing = value.items.filter(x => x === null).length;
      const found = named(value.type, shapeText(value.dim ?? [value.items.length]));
      return missing === 0
        ? found
        : {
            summary: [...found.summary, `${missing} missing`],
            facts: [...found.facts, { label: 'missing', text: String(missing) }],
          };
    }
    case 'cell':
      return named('cell', shapeText(value.shape));
    case 'struct':
      return named('struct', shapeText(value.shape), { label: 'fields', text: value.names.join(', ') });
    default:
      return { summary: [], facts: [] };
  }
}

interface Found {
  readonly summary: readonly string[];
  readonly facts: readonly Fact[];
}

const counted = (type: string, of: string, count: number): Found => ({
  summary: [type, `${count} ${count === 1 ? of.replace(/ies$/, 'y').replace(/s$/, '') : of}`],
  facts: [
    { label: 'type', text: type },
    { label: of, text: String(count) },
  ],
});

const named = (type: string, shape: string, ...more: readonly Fact[]): Found => ({
  summary: [`${shape} ${type}`],
  facts: [{ label: 'class', text: type }, { label: 'shape', text: shape }, ...more],
});

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
  if (type !== undefined)
    facts.push({ label: { matlab: 'class', r: 'type', python: 'dtype', latex: 'dtype' }[dialect], text: type });
  const summary = [type === undefined ? shape : `${shape} ${type}`];
  const count = sizeOf(a.shape);
  if (count === 0) return { summary, facts: [...facts, { label: 'entries', text: 'none' }] };
  if (isComplexType(a.dtype)) return matrixOnly(a, summary, facts, thorough);
  const data = toFloat64(a);
  if (a.dtype === 'bool') return truthFacts(data, summary, facts);
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
  const digits = digitsOf(a);
  // A single row or column is a vector in other brackets.
  const flat = a.shape.length === 1 || (a.shape.length === 2 && Math.min(...a.shape) === 1);
  if (a.shape.length === 2 && !(flat && count > 1)) matrixOnly(a, summary, facts, thorough);
  if (flat) {
    const norm = Math.sqrt(data.reduce((s, x) => s + x * x, 0));
    facts.push({ label: 'norm', text: numberText(norm, digits), latex: exactRoot(data), detail: 'Euclidean length' });
    if (a.shape.length === 1 || count > 1) summary.push(`norm ${numberText(norm, 4)}`);
  }
  if (a.shape.length === 0) return { summary, facts };
  let low = data[0];
  let high = data[0];
  let sum = 0;
  for (const x of data) {
    if (x < low) low = x;
    if (x > high) high = x;
    sum += x;
  }
  facts.push(
    { label: 'range', text: `${numberText(low, digits)} to ${numberText(high, digits)}` },
    { label: 'mean', text: numberText(sum / count, digits) },
  );
  return { summary, facts };
}

/** What truths are counted by: they are no numbers, even where they calculate as such. */
function truthFacts(data: Float64Array, summary: string[], facts: Fact[]): { summary: string[]; facts: Fact[] } {
  const text = `${data.reduce((n, x) => n + x, 0).toLocaleString('en-US')} of ${data.length.toLocaleString('en-US')}`;
  return { summary: [...summary, `${text} true`], facts: [...facts, { label: 'true', text }] };
}

/** The digits that numbers of an array's type carry; more of them are what rounding left. */
function digitsOf({ dtype }: NDArray): number | undefined {
  const type = partType(dtype);
  return type === 'float32' ? 7 : type === 'float16' || type === 'bfloat16' ? 4 : undefined;
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
  const digits = digitsOf(a);
  const square = rows === columns;
  const eigen = square ? linalg.generalEigen(m) : undefined;
  const kinds = structureOf(m, {
    tolerance: digits === undefined ? 1e-12 : 32 * SINGLE,
    eigenvalues: eigen?.kind === 'ok' && eigen.values.im.every(x => x === 0) ? eigen.values.re : undefined,
  });
  const said = mostSaid(kinds);
  const turn = kinds.includes('orthogonal') ? rotationText(m) : undefined;
  if (kinds.length > 0) facts.push({ label: 'structure', text: kinds.join(', ') });
  if (turn !== undefined) facts.push({ label: 'rotation', text: turn });
  if (said !== undefined) summary.push(turn === undefined ? said : `rotation ${turn.split(' ', 1)[0]}`);
  if (svd.kind === 'ok') {
    const s = Array.from(svd.s);
    const rank = linalg.rankOf(svd.s, rows, columns, partType(a.dtype) === 'float32' ? SINGLE : undefined);
    facts.push({
      label: 'rank',
      text: String(rank),
      detail: rank < Math.min(rows, columns) ? 'The rows or columns depend on each other.' : undefined,
    });
    if (said !== 'identity') summary.push(`rank ${rank}`);
    if (square) {
      const det = linalg.determinant(m);
      const text =
        numberText(tidy(det.re, m), digits) +
        (det.im ? ` ${det.im < 0 ? '-' : '+'} ${numberText(Math.abs(det.im), digits)}i` : '');
      facts.push({ label: 'determinant', text });
      summary.push(`det ${det.im ? text : numberText(tidy(det.re, m), 4)}`);
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
      facts.push({
        label: 'trace',
        text: numberText(
          trace.reduce<number>((t, x) => t + Number(x as number), 0),
          digits,
        ),
      });
    if (eigen?.kind === 'ok') {
      const values = Array.from(eigen.values.re, (re, k) => complexText(re, eigen.values.im[k]));
      facts.push({ label: 'eigenvalues', text: cut(values), residual: linalg.eigenResidual(m, eigen) });
    }
  }
  return { summary, facts };
}

/** `30°` of the plane, `30° about (0, 0, 1)` of space; nothing where orientation flips or nothing turns. */
function rotationText({ re, rows }: linalg.Matrix): string | undefined {
  const degrees = (angle: number): string => `${numberText((angle * 180) / Math.PI, 6)}°`;
  if (rows === 2) return re[0] * re[3] > re[1] * re[2] ? degrees(Math.atan2(re[2], re[0])) : undefined;
  if (rows !== 3 || determinant3(Array.from(re)) < 0) return undefined;
  const turn = turnOf(Array.from(re));
  // What rounding has left of a zero component is the zero it stands for.
  return (
    turn &&
    `${degrees(turn.angle)} about (${turn.axis.map(x => numberText(Math.round(x * 1e12) / 1e12, 6)).join(', ')})`
  );
}

/**
 * The determinant of a matrix of integers is an integer; elimination leaves rounding behind, which is less than a half where
 * the product of the lengths of the rows (Hadamard's bound) is small.
 */
function tidy(det: number, m: linalg.Matrix): number {
  if (m.im || !m.re.every(Number.isInteger)) return det;
  let bound = 1;
  for (let i = 0; i < m.rows; i++) bound *= Math.hypot(...m.re.subarray(i * m.columns, (i + 1) * m.columns)) || 1;
  return bound < 2 ** 45 ? Math.round(det) + 0 : det;
}

const listText = (s: readonly number[]): string => cut(s.map(x => numberText(x, 6)));
const cut = (items: readonly string[]): string =>
  items.length <= 8 ? items.join(', ') : `${items.slice(0, 6).join(', ')}, …, ${items[items.length - 1]}`;
const complexText = (re: number, im: number): string =>
  im === 0 ? numberText(re, 6) : `${numberText(re, 6)} ${im < 0 ? '-' : '+'} ${numberText(Math.abs(im), 6)}i`;
