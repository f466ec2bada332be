import type { Place } from '../evaluate/place';
import type { Trace } from '../evaluate/trace';
import type { Expression } from '../expression/expression';
import { UNNAMED } from '../scene/naming';
import type { LabelledMatrix, LabelledVector, Matrix2, Table } from '../scene/picture';
import { sizeOf } from '../values/ndarray';
import type { Value } from '../values/value';
import { type RealNumbers, realOf } from './real-numbers';

/** Finds the literal that a part of the picture can be written back to, and registers it under a name of its own. */
export type OperandOf = (
  role: string,
  expression: Expression | undefined,
  shape: readonly number[],
) => string | undefined;

/** A value that a picture may be of. */
export interface ValueSubject {
  readonly value: Value;
  /** Its numbers, where they are real, no truths, and of at most two dimensions. */
  readonly real?: RealNumbers;
  /** What the value is called in the source, `A` where it has no short name. */
  readonly label: string;
  /** The same for a sentence, `the array` where it has no short name. */
  readonly words: string;
  /** The Editable operand of the literal that the value was written as. */
  readonly operand: (role: string, shape: readonly number[]) => string | undefined;
}

/** Truths calculate as numbers and are no map, arrow or table of such. */
export const isTruths = (value: Value): boolean => value.kind === 'array' && value.array.dtype === 'bool';

export const valueSubject = (
  value: Value,
  label: string,
  expression: Expression | undefined,
  operandOf: OperandOf,
): ValueSubject => ({
  value,
  real: isTruths(value) ? undefined : realOf(value),
  label: label || 'A',
  words: label || UNNAMED,
  operand: (role, shape) => operandOf(role, expression, shape),
});

/**
 * The computation behind a name, where it was last assigned, if it has the value that the name had; and the place from
 * which the names in it are to be read.
 */
export type DefinitionOf = (
  name: Trace,
  from: Place | undefined,
) => { readonly trace: Trace; readonly place: Place } | undefined;

/** A computed operation that a picture may be of, with readers that name what they read after the source. */
export interface OperationSubject {
  readonly trace: Trace;
  readonly definition: DefinitionOf;
  /** The short source text of an expression; empty where it is long. */
  readonly textLabel: (e: Expression) => string;
  readonly operandOf: OperandOf;
  /** The short source text of the operand that has this value; `otherwise` where it has none. */
  readonly label: (v: Value, otherwise: string) => string;
  /** The Editable operand of the literal that this operand was written as. */
  readonly operand: (v: Value, role: string, shape: readonly number[]) => string | undefined;
  /** A vector of the plane or of space; `role` names its handle. */
  readonly vector: (v: Value | undefined, role: string, accepts?: Accepts) => LabelledVector | undefined;
  /** A 2×2 matrix. */
  readonly matrix: (v: Value | undefined) => LabelledMatrix | undefined;
  /** Any real matrix up to `side`; a vector is a row where `upright` is false. */
  readonly table: (v: Value | undefined, otherwise: string, side: number, upright: boolean) => Table | undefined;
}

export function operationSubject(
  trace: Trace,
  operandOf: OperandOf,
  textOf: (e: Expression) => string,
  definition: DefinitionOf,
): OperationSubject {
  const place = (value: Value): Expression | undefined =>
    trace.children.find(c => sameValue(c.result, value))?.expression;
  const label = (v: Value, otherwise: string): string => {
    const e = place(v);
    return (e && plainLabel(textOf(e))) || otherwise;
  };
  const operand: OperationSubject['operand'] = (v, role, shape) => operandOf(role, place(v), shape);
  return {
    trace,
    definition,
    textLabel: e => plainLabel(textOf(e)),
    operandOf,
    label,
    operand,
    vector: (v, role, accepts = isSeen) => {
      const components = v && vectorOf(realOf(v));
      return components && accepts(components.length)
        ? { label: label(v, role), components, operand: operand(v, role, [components.length]) }
        : undefined;
    },
    matrix: v => {
      const entries = v && matrix2(realOf(v));
      return v && entries && { label: label(v, 'A'), entries, operand: operand(v, 'matrix', [2, 2]) };
    },
    table: (v, otherwise, side, upright) => {
      const real = v && realOf(v);
      if (!v || !real || real.shape.length === 0) return undefined;
      const [rows, columns] = real.shape.length === 2 ? real.shape : upright ? [real.shape[0], 1] : [1, real.shape[0]];
      if (rows * columns === 0 || Math.max(rows, columns) > side) return undefined;
      return { label: label(v, otherwise), rows, columns, values: Array.from(real.data) };
    },
  };
}

/** The entries where all are finite: nothing else can be drawn in the plane or in space. */
const finite = (real: RealNumbers, count: number): boolean =>
  sizeOf(real.shape) === count && Array.from(real.data).every(Number.isFinite);

/** Which numbers of components a picture takes. */
export type Accepts = (count: number) => boolean;

/** Vectors of the plane and of space can be seen as arrows. */
export const isSeen: Accepts = count => count === 2 || count === 3;
export const isPlane: Accepts = count => count === 2;

/** Finite components of a vector, also one that is a single column. */
export function vectorOf(real: RealNumbers | undefined): readonly number[] | undefined {
  if (!real || !(real.shape.length === 1 || (real.shape.length === 2 && real.shape[1] === 1))) return undefined;
  return finite(real, real.shape[0]) ? Array.from(real.data) : undefined;
}

export const matrix2 = (real: RealNumbers | undefined): Matrix2 | undefined =>
  real && real.shape.length === 2 && real.shape[0] === 2 && finite(real, 4)
    ? [real.data[0], real.data[1], real.data[2], real.data[3]]
    : undefined;

/** Whether these numbers are a map of space, or between the plane and space. */
export const isOfSpace = (real: RealNumbers | undefined): real is RealNumbers =>
  real !== undefined && /^(3,3|2,3|3,2)$/.test(real.shape.join()) && finite(real, sizeOf(real.shape));

export const sameValue = (a: Value, b: Value): boolean =>
  a === b || (a.kind === 'array' && b.kind === 'array' && a.array === b.array);

/**
 * Source text as a picture's label: LaTeX letters without their commands (`\\mathbf{x}` is x); empty where that
 * leaves commands, a bracketed literal or more than twelve characters.
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
    .trim()
    .replace(/^\(([^()]*)\)$/, '$1');
  return /[\\{}]|^\[.*\]$/.test(text) || text.length > 12 ? '' : text;
}

const GREEK: Readonly<Record<string, string>> = Object.fromEntries(
  'top ⊤ cdot · alpha α beta β gamma γ delta δ epsilon ε theta θ lambda λ mu μ pi π rho ρ sigma σ tau τ phi φ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Pi Π Sigma Σ Phi Φ Omega Ω'
    .split(' ')
    .flatMap((word, k, all) => (k % 2 === 0 ? [[word, all[k + 1]]] : [])),
);
