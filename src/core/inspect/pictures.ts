import type { Trace } from '../evaluate/trace';
import type { Expression } from '../expression/expression';
import { heatmapOf } from '../scene/heatmap';
import { PRODUCT_SIDE } from '../scene/matrix-product';
import type { LabelledMatrix, LabelledVector, Matrix2, Picture, Table, Vector2 } from '../scene/picture';
import { SPECTRUM_SIDE } from '../scene/spectrum';
import { isComplexType } from '../values/dtype';
import { sizeOf, toFloat64 } from '../values/ndarray';
import type { Value } from '../values/value';

/** Finds the literal that a part of the picture can be written back to, and registers it under a name of its own. */
export type OperandOf = (
  role: string,
  expression: Expression | undefined,
  shape: readonly number[],
) => string | undefined;

/** Real numbers of an array of up to two dimensions or of a list of numbers, with its shape. */
export function realOf(
  value: Value,
): { readonly shape: readonly number[]; readonly data: ArrayLike<number> } | undefined {
  if (value.kind === 'array') {
    if (isComplexType(value.array.dtype) || value.array.shape.length > 2) return undefined;
    return { shape: value.array.shape, data: toFloat64(value.array) };
  }
  if (value.kind !== 'list' && value.kind !== 'tuple') return undefined;
  if (value.dense) return realOf({ kind: 'array', array: value.dense });
  const rows = value.items.map(realOf);
  if (value.items.every(i => i.kind === 'scalar' && typeof i.value !== 'object')) {
    return {
      shape: [value.items.length],
      data: value.items.map(i => (i.kind === 'scalar' ? Number(i.value) : Number.NaN)),
    };
  }
  const width = rows[0]?.shape.length === 1 ? rows[0].shape[0] : undefined;
  if (width === undefined || rows.some(r => r?.shape.length !== 1 || r.shape[0] !== width)) return undefined;
  return { shape: [rows.length, width], data: rows.flatMap(r => Array.from(r?.data ?? [])) };
}

/**
 * Source text as a picture's label: LaTeX letters without their commands (`\\mathbf{x}` is x); empty where that
 * leaves commands or more than twelve characters.
 */
export function plainLabel(source: string): string {
  const text = source
    .replace(
      /\\(?:mathbf|mathbb|mathrm|mathit|boldsymbol|bm|vec|hat|bar|tilde|text|operatorname)\s*\{([^{}]*)\}/g,
      '$1',
    )
    .replace(/\\([A-Za-z]+)/g, (whole, name: string) => GREEK[name] ?? whole)
    .replace(/\^\s*\{?\s*(-1|T|⊤)\s*\}?/g, (_, power: string) => (power === '-1' ? '⁻¹' : 'ᵀ'))
    .replace(/\s+/g, ' ')
    .trim();
  return /[\\{}]/.test(text) || text.length > 12 ? '' : text;
}

const GREEK: Readonly<Record<string, string>> = Object.fromEntries(
  'top ⊤ cdot · alpha α beta β gamma γ delta δ epsilon ε theta θ lambda λ mu μ pi π rho ρ sigma σ tau τ phi φ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Pi Π Sigma Σ Phi Φ Omega Ω'
    .split(' ')
    .flatMap((word, k, all) => (k % 2 === 0 ? [[word, all[k + 1]]] : [])),
);

/** The pictures that fit a computation and its value, the most telling first. `label` is the expression's short text. */
export function picturesOf(
  value: Value,
  trace: Trace | undefined,
  label: string,
  operandOf: OperandOf,
  textOf: (e: Expression) => string,
): Picture[] {
  const own = ownPictures(value, plainLabel(label) || 'A', trace?.expression, operandOf);
  if (!trace) return own;
  const ofOperation = operationPictures(trace, operandOf, textOf);
  const all = [...ofOperation, ...own];
  // What a function of one matrix tells about it (`det`, `eig`, `svd`) is seen in the matrix itself.
  const received = trace.children.filter(c => c.result.kind === 'array' || c.result.kind === 'list');
  if (received.length === 1 && all.every(p => p.kind === 'heatmap')) {
    const { result, expression } = received[0];
    const matrix = ownPictures(result, plainLabel(textOf(expression)) || 'A', expression, operandOf);
    return [...matrix, ...all.filter(p => !matrix.some(other => other.kind === p.kind))];
  }
  return all;
}

const vector2 = (v: Value): Vector2 | undefined => {
  const real = realOf(v);
  const n = real && sizeOf(real.shape);
  return real && n === 2 && (real.shape.length === 1 || real.shape[1] === 1) ? [real.data[0], real.data[1]] : undefined;
};

const matrix2 = (v: Value): Matrix2 | undefined => {
  const real = realOf(v);
  return real && real.shape.length === 2 && real.shape[0] === 2 && real.shape[1] === 2
    ? [real.data[0], real.data[1], real.data[2], real.data[3]]
    : undefined;
};

function operationPictures(trace: Trace, operandOf: OperandOf, textOf: (e: Expression) => string): Picture[] {
  const place = (value: Value): Expression | undefined =>
    trace.children.find(c => sameValue(c.result, value))?.expression;
  const short = (e: Expression | undefined, otherwise: string): string => {
    return (e && plainLabel(textOf(e))) || otherwise;
  };
  const vector = (v: Value, role: string): LabelledVector | undefined => {
    const components = vector2(v);
    const e = place(v);
    return components && { label: short(e, role), components, operand: operandOf(role, e, [2]) };
  };
  const matrix = (v: Value): LabelledMatrix | undefined => {
    const entries = matrix2(v);
    const e = place(v);
    return entries && { label: short(e, 'A'), entries, operand: operandOf('matrix', e, [2, 2]) };
  };
  const table = (v: Value, role: string): Table | undefined => {
    const real = realOf(v);
    if (!real || real.shape.length === 0) return undefined;
    const [rows, columns] =
      real.shape.length === 2 ? real.shape : role === 'A' ? [1, real.shape[0]] : [real.shape[0], 1];
    if (rows * columns === 0 || Math.max(rows, columns) > PRODUCT_SIDE) return undefined;
    return { label: short(place(v), role), rows, columns, values: Array.from(real.data) };
  };
  const [first, second] = trace.operands;
  if (trace.operation === 'norm' && first) {
    const inner = trace.children.find(c => c.operation === 'subtract' && sameValue(c.result, first));
    return inner
      ? operationPictures(inner, operandOf, textOf)
      : ownPictures(first, short(place(first), 'x'), place(first), operandOf);
  }
  if (trace.operation === 'print' || trace.operation === 'call')
    return trace.children.flatMap(c => operationPictures(c, operandOf, textOf)).slice(0, 2);
  if (!first || !second) return [];
  switch (trace.operation) {
    case 'add':
    case 'subtract':
    case 'dot': {
      const a = vector(first, 'a');
      const b = vector(second, 'b');
      if (!a || !b) return [];
      if (trace.operation === 'dot') return [{ kind: 'dot-product', a, b }];
      return [trace.operation === 'add' ? { kind: 'vector-sum', a, b } : { kind: 'vector-difference', a, b }];
    }
    case 'scale': {
      const v = vector(second, 'v');
      if (!v || first.kind !== 'scalar' || typeof first.value === 'object') return [];
      return [
        { kind: 'scalar-multiple', scalar: Number(first.value), scalarLabel: short(place(first), 'c'), vector: v },
      ];
    }
    case 'matmul': {
      const m = matrix(first);
      const v = vector(second, 'vector');
      const [a, b] = [table(first, 'A'), table(second, 'B')];
      const product: Picture[] = a && b ? [{ kind: 'matrix-product', a, b }] : [];
      return m && v ? [{ kind: 'matrix-vector', matrix: m, vector: v }, ...product] : product;
    }
    case 'solve': {
      const m = matrix(first);
      const right = vector(second, 'b');
      return m && right ? [{ kind: 'linear-system', matrix: m, right }] : [];
    }
    default:
      return [];
  }
}

function ownPictures(value: Value, label: string, expression: Expression | undefined, operandOf: OperandOf): Picture[] {
  const entries = matrix2(value);
  const components = vector2(value);
  const real = realOf(value);
  const out: Picture[] = [];
  if (entries) {
    const matrix: LabelledMatrix = { label, entries, operand: operandOf('matrix', expression, [2, 2]) };
    out.push({ kind: 'linear-map', matrix }, { kind: 'singular-map', matrix });
  }
  if (real && isOfSpace(real.shape))
    out.push({
      kind: 'space-map',
      label,
      rows: real.shape[0],
      columns: real.shape[1],
      values: Array.from(real.data),
      operand: operandOf('matrix', expression, real.shape),
    });
  if (components)
    out.push({ kind: 'vectors', vectors: [{ label, components, operand: operandOf('vector', expression, [2]) }] });
  if (real && real.shape.length > 0 && sizeOf(real.shape) > 0) {
    const [rows, columns] = real.shape.length === 2 ? real.shape : [1, real.shape[0]];
    const values = real.data instanceof Float64Array ? real.data : Float64Array.from(real.data);
    // The entries of a small literal can be changed one by one.
    const operand =
      values.length <= EDITABLE_ENTRIES
        ? operandOf(
            components ? 'vector' : entries || isOfSpace(real.shape) ? 'matrix' : 'value',
            expression,
            real.shape,
          )
        : undefined;
    out.push({ ...heatmapOf(label, rows, columns, values), ...(operand === undefined ? {} : { operand }) });
    if (Math.min(rows, columns) > 1 && Math.max(rows, columns) <= SPECTRUM_SIDE)
      out.push({ kind: 'spectrum', label, rows, columns, values });
  }
  return out;
}

/** Largest number of entries that the panel lets one change. */
const EDITABLE_ENTRIES = 144;

const isOfSpace = ([rows, columns, ...rest]: readonly number[]): boolean =>
  rest.length === 0 && `${rows}${columns}`.match(/^(33|23|32)$/) !== null;

const sameValue = (a: Value, b: Value): boolean =>
  a === b || (a.kind === 'array' && b.kind === 'array' && a.array === b.array);
