import type {
  BinaryOperator,
  Comparison,
  ComparisonOperator,
  DenseLiteral,
  Expression,
  MatrixLiteral,
  NumberLiteral,
  SequenceLiteral,
  UnaryOperator,
} from '../expression/expression';
import type { DialectId } from '../expression/program';
import type { PrintOptions } from '../format/numpy-print';
import type { NumberStyle } from '../format/octave-numbers';
import type { NDArray } from '../values/ndarray';
import type { FunctionValue, Value } from '../values/value';
import type { Budget } from './budget';
import type { Generators } from './generators';
import type { Stop } from './stop';
import type { Site } from './versions';

/** What library functions and dialects may use while they compute. */
export interface Context {
  readonly budget: Budget;
  /** How many results the call under way shall give (MATLAB); a tuple when more than 1. */
  readonly outputs: number;
  /** Whether the call under way is a statement of its own. */
  readonly statement?: boolean;
  /** Whether the call under way is a whole expression at the top level, after which nothing reads what it changes. */
  readonly whole?: boolean;
  /** How NumPy's arrays print at this place, where `set_printoptions` has changed it. */
  readonly printing?: PrintOptions;
  /** The names that stand as arguments of the call under way, for those that are names. */
  readonly argumentNames?: readonly (string | undefined)[];
  /** Whether a variable of this name has a value here (MATLAB). */
  isVariable?(name: string): boolean;
  /** What `catch` last caught. */
  readonly lastError?: Value;
  /** How MATLAB's numbers print here, or why that is not known. */
  readonly numbers?: NumberStyle | string;
  /** Calls a function value: what `map` or `np.vectorize` were given. */
  call(callee: Value, args: readonly Value[], outputs?: number): Value;
  /** `object.name`. */
  member?(object: Value, name: string): Value;
  /** A method that an object of the document's own has under this name, `__add__`, bound to it. */
  method?(object: Value, name: string): Value | undefined;
  /** Whether an object is of a class of the document, by the evaluator's count. */
  isInstance?(object: Value, of: number): boolean;
  /** The library's class that the class of an object is derived from. */
  ofLibrary?(object: Value): string | undefined;
  /** The value with the texts that objects of the document's own write. */
  described?(v: Value): Value;
  /** The same with arguments that have names. */
  callNamed?(callee: Value, args: readonly CallArgument[]): Value;
  /** Whether the whole program runs, in which values are the objects that they stand for. */
  readonly program?: boolean;
  /** Says that something has been changed that others see, beside the values. */
  touch?(): void;
  /** An object is changed in place, in all that reaches it. */
  change?(before: Value, after: Value): void;
  /** What a value is behind changes of the objects that it reaches. */
  following?(holder: Value, run: () => void): Value;
  /** All that an iterator, or an object of the document's own, still gives. */
  drained?(v: Value): readonly Value[];
  /** Called when an iterator's items are taken; stops where they have been taken before. */
  useUp?(iterator: Value): void;
  /** Whether torch does not record how what runs is computed. */
  readonly withoutGradient?: boolean | 'unsure';
  /** The random generators of the run. */
  readonly generators?: Generators;
  /** Text written by `print`, `disp`: collected here, shown as the statement's text. */
  print(text: string): void;
  /** Something is written whose text is not known: what runs goes on, what it writes is unknown for the reason of the stop. */
  printUnknown?(stop: Stop): void;
  /** Names the canonical operation of the call or operator under way, with its operands, for the steps. */
  record(operation: string, operands: readonly Value[]): void;
}

/** The same context for work inside a function, of which no step is recorded. */
export const unrecorded = (context: Context): Context => Object.create(context, { record: { value: () => undefined } });

/** An evaluated argument. */
export interface CallArgument {
  readonly value: Value;
  readonly name?: string;
}

/** Arguments without names. */
export const given = (args: readonly Value[]): readonly CallArgument[] => args.map(value => ({ value }));

/** An evaluated subscript. In MATLAB a bare colon is a slice without ends; ranges arrive as arrays. */
export type SubscriptValue =
  | { readonly kind: 'at'; readonly value: Value }
  | { readonly kind: 'slice'; readonly start?: Value; readonly stop?: Value; readonly step?: Value };

/** A slice of subscripts; one that stands alone in a tuple is an item of it. */
export function sliceOf(start?: Value, stop?: Value, step?: Value, alone = false): SubscriptValue {
  const slice = { kind: 'slice', start, stop, step } as const;
  return alone ? { kind: 'at', value: { kind: 'tuple', items: [slice] } } : slice;
}

/** What a method of an object is given for its subscripts. */
export function subscriptOf(at: readonly SubscriptValue[]): Value {
  const items = at.map((s): Value => (s.kind === 'at' ? s.value : s));
  return items.length === 1 ? items[0] : { kind: 'tuple', items };
}

/**
 * The meaning of one language: every place where the same Expression means different things in different languages.
 * Each method returns the value or stops by `fail` / `unknown`; the evaluator adds the span.
 */
export interface Dialect {
  readonly id: DialectId;
  number(node: NumberLiteral): Value;
  dense(node: DenseLiteral, context: Context): Value;
  sequence(form: SequenceLiteral['form'], items: readonly Value[], context: Context): Value;
  matrix(rows: readonly (readonly Value[])[], node: MatrixLiteral, context: Context): Value;
  range(start: Value | undefined, step: Value | undefined, stop: Value | undefined, context: Context): Value;
  unary(operator: UnaryOperator, operand: Value, context: Context): Value;
  binary(operator: BinaryOperator, left: Value, right: Value, context: Context): Value;
  compare(operator: ComparisonOperator, left: Value, right: Value, context: Context): Value;
  /** Truth in `and`, `or`, `not`, conditions. */
  truth(value: Value, context: Context): boolean;
  /** `left` has been evaluated; the right operand is evaluated only if needed. */
  logical(operator: 'and' | 'or', left: Value, right: () => Value, context: Context): Value;
  index(object: Value, subscripts: readonly SubscriptValue[], context: Context): Value;
  /** The value of the `end` keyword in subscript `position` of `count` (MATLAB only). */
  end?(object: Value, position: number, count: number): Value;
  /** An entry by its 1-based indices, for mathematics' `a_1` and `A_{12}`. */
  component?(value: Value, indices: readonly Value[]): Value;
  /** The object with the subscripted place replaced: a new value; `object` itself is unchanged. */
  assign(object: Value, subscripts: readonly SubscriptValue[], value: Value, context: Context): Value;
  /** The same within the object, whose buffer nothing else holds; false, with nothing changed, where that cannot be. */
  write?(object: Value, subscripts: readonly SubscriptValue[], value: Value, context: Context): boolean;
  /** An attribute: a value, or a FunctionValue for a method. */
  member(object: Value, name: string, context: Context): Value;
  call(callee: FunctionValue, args: readonly CallArgument[], context: Context): Value;
  /** What an object of the document's own has of a library's class that its class is derived from. */
  inherited?(path: string, object: Value, name: string, context: Context): Value | undefined;
  /** How such an object prints by what it has of the library's class, where that is known. */
  inheritedText?(path: string, object: Value, context: Context): string | undefined;
  /** What a loop over the value goes through. */
  iterate?(value: Value, context: Context): readonly Value[];
  /** A set display; `constant` where every item is written as a number or a string. */
  set?(items: readonly Value[], context: Context, constant?: boolean): Value;
  /** A mapping display. */
  mapping?(entries: readonly (readonly [Value, Value])[], context: Context): Value;
  /** A value as text within a formatted string. */
  formatted?(value: Value, conversion: string | undefined, format: string, context: Context): string;
  /** MATLAB's `c{i}`. */
  braces?(object: Value, subscripts: readonly SubscriptValue[], context: Context): Value;
  /** The receiver after a method that changes it; undefined where the method changes nothing that is followed. */
  change?(receiver: Value, method: string, args: readonly CallArgument[], context: Context): Value | undefined;
  /** The object after an assignment to its attribute; undefined where that is not followed. */
  setMember?(object: Value, name: string, value: Value, context: Context): Value | undefined;
  /** The object after `del object[subscripts]`. */
  without?(object: Value, subscripts: readonly SubscriptValue[], context: Context): Value;
  /** What a method such as `pop` gives, and the receiver after it. */
  take?(
    receiver: Value,
    method: string,
    args: readonly CallArgument[],
    context: Context,
  ): readonly [Value, Value] | undefined;
  /** The first argument of a library function after the call, where the function changes it. */
  changeArgument?(path: string, args: readonly CallArgument[], context: Context): Value | undefined;
  /** The list or array that a generator's `shuffle` puts in another order. */
  shuffled?(callee: FunctionValue, args: readonly CallArgument[], context: Context): Value;
  /** A built-in name (`print`, `True` is not one, `zeros` in MATLAB), or undefined. */
  builtin(name: string): Value | undefined;
  /** What `import path` binds, or undefined when the library is not known. */
  module(path: string): Value | undefined;
  /** The library's attribute `numpy.linalg`, `numpy.pi`; stops as unknown when not covered. */
  attribute(path: string, name: string): Value;
  /** Fills the places of an in-place operator: NumPy keeps the array's dtype and refuses unsafe casts. Default: `binary`. */
  augment?(operator: BinaryOperator, left: Value, right: Value, context: Context): Value;
  /** How arrays print for a statement of this order; stops as unknown where that cannot be known. */
  printing?(
    sites: readonly Site[],
    order: number,
    value: (e: Expression, site: Site) => Value,
    call: (f: Value, args: readonly Value[]) => Value,
  ): PrintOptions;
  /** The words for a name nothing defines, `NameError: name 'x' is not defined`. */
  undefinedName(name: string): string;
}

export type { Comparison, NDArray };
