import type { Span } from '../text/span';
import type { Statement } from './program';

/**
 * The tree that every language front end produces. It says what is written, in terms no single language owns;
 * what an operator or a name *means* is decided by the dialect that evaluates it.
 */
export type Expression =
  | NumberLiteral
  | StringLiteral
  | BooleanLiteral
  | NoneLiteral
  | EllipsisLiteral
  | DenseLiteral
  | SequenceLiteral
  | MatrixLiteral
  | Name
  | Member
  | Call
  | Index
  | Unary
  | Binary
  | Comparison
  | Logical
  | Conditional
  | RangeExpression
  | EqualityChain
  | Lambda
  | Comprehension
  | Formatted
  | Mapping
  | Starred
  | Block
  | Unreadable;

interface Node {
  readonly span: Span;
}

/** One number. `integer` is set when the source wrote an integer (any size, exact); `imaginary` for `2j`, `2i`. */
export interface NumberLiteral extends Node {
  readonly kind: 'number';
  readonly value: number;
  readonly integer?: bigint;
  readonly imaginary?: boolean;
  /** R's `2L`: an integer by its type. */
  readonly suffix?: 'L';
}

export interface StringLiteral extends Node {
  readonly kind: 'string';
  readonly value: string;
}

export interface BooleanLiteral extends Node {
  readonly kind: 'boolean';
  readonly value: boolean;
}

export interface NoneLiteral extends Node {
  readonly kind: 'none';
}

/** `...` in a subscript. */
export interface EllipsisLiteral extends Node {
  readonly kind: 'ellipsis';
}

/**
 * Nested plain numbers scanned straight into a typed array: no node per number. `data` is row-major.
 * `integer` when every number was written as an integer of magnitude at most 2^53.
 * `form` is the outermost bracket: a Python list or tuple, or a MATLAB/LaTeX matrix.
 */
export interface DenseLiteral extends Node {
  readonly kind: 'dense';
  readonly form: 'list' | 'tuple' | 'matrix';
  readonly shape: readonly number[];
  readonly data: Float64Array;
  readonly integer: boolean;
  /** 1 where an integer was written; only when integers and floats are mixed. */
  readonly integers?: Uint8Array;
  /** Whether the text has the numbers column by column. */
  readonly byColumns?: boolean;
}

/** A bracketed list of items that nest freely: `[a, 2]`, `(1, x)`, `{1, 2}`. `star` items are unpacked. */
export interface SequenceLiteral extends Node {
  readonly kind: 'sequence';
  readonly form: 'list' | 'tuple' | 'set';
  readonly items: readonly Expression[];
}

/** Rows of entries: MATLAB `[a b; c d]`, LaTeX `\begin{bmatrix}…`. `fence` is the LaTeX environment, for printing back. */
export interface MatrixLiteral extends Node {
  readonly kind: 'matrix';
  readonly rows: readonly (readonly Expression[])[];
  /** MATLAB's braces: a cell array. */
  readonly cell?: true;
  readonly fence?: string;
}

export interface Name extends Node {
  readonly kind: 'name';
  readonly name: string;
}

/** `object.name` */
export interface Member extends Node {
  readonly kind: 'member';
  readonly object: Expression;
  readonly name: string;
  readonly nameSpan: Span;
}

export interface Argument {
  readonly value: Expression;
  /** Keyword name, `axis` in `axis=0`. */
  readonly name?: string;
  /** `*args` or `**kwargs`. */
  readonly unpack?: 'sequence' | 'mapping';
}

export interface Call extends Node {
  readonly kind: 'call';
  readonly callee: Expression;
  readonly arguments: readonly Argument[];
  /** How many results the statement asks for: 2 in MATLAB's `[q, r] = qr(A)`; 1 when absent. */
  readonly outputs?: number;
  /** MATLAB's `c{i}`: what the cells hold. */
  readonly braces?: true;
  /** MATLAB's `s.(name)`, written as the call `getfield(s, name)`. */
  readonly field?: true;
}

/** `a[i, 1:3]`; in MATLAB `a(i, end)` parses as a Call, and the evaluator indexes when the callee is an array. */
export interface Index extends Node {
  readonly kind: 'index';
  readonly object: Expression;
  readonly subscripts: readonly Subscript[];
  /** R's `x[[i]]`: the element itself. */
  readonly element?: true;
}

export type Subscript =
  /** `name` as in R's `drop = FALSE`. */
  | { readonly kind: 'at'; readonly value: Expression; readonly name?: string }
  | {
      readonly kind: 'slice';
      readonly span: Span;
      readonly start?: Expression;
      readonly stop?: Expression;
      readonly step?: Expression;
      /** The only part of a tuple: `a[i:j,]`. */
      readonly alone?: true;
    };

export type UnaryOperator =
  | 'plus'
  | 'negate'
  | 'not'
  | 'invert'
  | 'transpose'
  | 'conjugate-transpose'
  | 'inverse'
  | 'factorial'
  | 'absolute';

export interface Unary extends Node {
  readonly kind: 'unary';
  readonly operator: UnaryOperator;
  readonly operatorSpan: Span;
  readonly operand: Expression;
}

/**
 * Operators by concept. `multiply` is the language's plain `*` (elementwise in NumPy, matrix product in MATLAB);
 * `elementwise-…` are the dotted ones; `matmul` is Python's `@`; `juxtapose`, `dot`, `cross` are mathematics' products.
 */
export type BinaryOperator =
  | 'add'
  | 'subtract'
  | 'multiply'
  | 'divide'
  | 'left-divide'
  | 'power'
  | 'floor-divide'
  | 'modulo'
  | 'matmul'
  | 'elementwise-multiply'
  | 'elementwise-divide'
  | 'elementwise-left-divide'
  | 'elementwise-power'
  | 'juxtapose'
  | 'dot'
  | 'cross'
  | 'kronecker'
  | 'bit-and'
  | 'bit-or'
  | 'bit-xor'
  | 'shift-left'
  | 'shift-right';

export interface Binary extends Node {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly operatorSpan: Span;
  readonly left: Expression;
  readonly right: Expression;
}

export type ComparisonOperator =
  | 'equal'
  | 'not-equal'
  | 'less'
  | 'less-equal'
  | 'greater'
  | 'greater-equal'
  | 'in'
  | 'not-in'
  | 'is'
  | 'is-not';

/** `a < b <= c`: `links[i]` stands between operand i and operand i + 1. */
export interface Comparison extends Node {
  readonly kind: 'comparison';
  readonly operands: readonly Expression[];
  readonly operators: readonly ComparisonOperator[];
  readonly operatorSpans: readonly Span[];
}

export interface Logical extends Node {
  readonly kind: 'logical';
  readonly operator: 'and' | 'or';
  readonly operatorSpan: Span;
  readonly left: Expression;
  readonly right: Expression;
}

export interface Conditional extends Node {
  readonly kind: 'conditional';
  readonly condition: Expression;
  readonly then: Expression;
  readonly otherwise: Expression;
}

/** MATLAB `start:step:stop`; without ends, the whole-axis colon of `a(:, 1)`. */
export interface RangeExpression extends Node {
  readonly kind: 'range';
  readonly start?: Expression;
  readonly step?: Expression;
  readonly stop?: Expression;
}

/** Mathematics' stated equality `a = b \approx c`, checked link by link. `relations[i]` stands between part i and part i + 1. */
export interface EqualityChain extends Node {
  readonly kind: 'equality';
  readonly parts: readonly Expression[];
  readonly relations: readonly ('equal' | 'approximately' | 'not-equal')[];
}

export interface Parameter {
  readonly name: string;
  readonly span: Span;
  readonly default?: Expression;
  /** `*args` or `**kwargs`. */
  readonly collects?: 'sequence' | 'mapping';
}

export interface Lambda extends Node {
  readonly kind: 'lambda';
  readonly parameters: readonly Parameter[];
  readonly body: Expression;
  /** MATLAB's function handle as the prompt writes it; of `@name` the body is the name. */
  readonly handle?: string;
}

/** `[element for target in iterable if condition]`; of a dict the element is the key. */
export interface Comprehension extends Node {
  readonly kind: 'comprehension';
  readonly form: 'list' | 'generator' | 'dict' | 'set';
  readonly element: Expression;
  readonly value?: Expression;
  readonly clauses: readonly ComprehensionClause[];
}

export interface ComprehensionClause {
  /** A name, or a sequence of targets. */
  readonly target: Expression;
  readonly iterable: Expression;
  readonly conditions: readonly Expression[];
}

/** A string with values in it, `f"{x:.2f}"`. */
export interface Formatted extends Node {
  readonly kind: 'formatted';
  readonly parts: readonly FormattedPart[];
}

export type FormattedPart =
  | string
  | {
      readonly value: Expression;
      readonly conversion?: string;
      readonly format: readonly FormattedPart[];
    };

/** `{'a': 1}` */
export interface Mapping extends Node {
  readonly kind: 'mapping';
  /** An entry without a key is `**value`. */
  readonly entries: readonly { readonly key?: Expression; readonly value: Expression }[];
}

/** `*items` in a list, a tuple or a target. */
export interface Starred extends Node {
  readonly kind: 'starred';
  readonly value: Expression;
}

/** R's `{ … }`: statements in order, with the value of the last one. What they assign is assigned around it. */
export interface Block extends Node {
  readonly kind: 'block';
  readonly statements: readonly Statement[];
  /** Whether no braces stand around: an assignment within an expression. */
  readonly bare?: true;
}

/**
 * Text that cannot be evaluated. `error` when it is malformed (a half-typed or ragged literal), in the words the
 * language itself would use; `unknown` when it is well-formed but outside what is read (a lambda, a comprehension).
 */
export interface Unreadable extends Node {
  readonly kind: 'unreadable';
  readonly status: 'error' | 'unknown';
  readonly message: string;
  /** Of a `yield`, or with `from` of a `yield from`: what it gives, which is read where the generator runs. */
  readonly yields?: { readonly value?: Expression; readonly from: boolean };
}
