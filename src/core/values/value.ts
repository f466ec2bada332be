import type { Complex, DType, Element } from './dtype';
import type { NDArray } from './ndarray';
import type { RandomState } from './random-state';

/** What an expression evaluates to. Plain data: it can be cloned to a worker or a webview. */
export type Value =
  | Scalar
  | ArrayValue
  | StringsValue
  | StringValue
  | NoneValue
  | ListValue
  | SliceValue
  | EllipsisValue
  | ModuleValue
  | FunctionValue
  | DTypeValue
  | StringTypeValue
  | DictValue
  | SetValue
  | ObjectValue
  | CellValue
  | StructValue
  | GeneratorValue
  | PolynomialValue
  | VectorValue;

/**
 * A number. `weak` marks a plain Python number, which takes the other operand's dtype (NumPy 2 promotion, NEP 50);
 * a NumPy scalar such as the result of `np.dot` is not weak.
 */
export interface Scalar {
  readonly kind: 'scalar';
  readonly dtype: DType;
  readonly value: Element;
  readonly weak?: boolean;
  readonly doubt?: Doubt;
  /** Mathematics only: this number times an identity matrix, whose size the rest of the formula tells. */
  readonly identity?: true;
}

/** Libraries whose arrays keep rules of their own for types and text. An array without one is NumPy's. */
export type Library = 'torch' | 'jax' | 'tensorflow' | 'cupy';

/** Under which name a torch tensor holds where it comes from: copies of the value take it along, clones to a worker leave it. */
export const ORIGIN: unique symbol = Symbol('origin');

/** How a torch tensor that records was computed, or that it is a leaf: one for all values that stand for the same tensor. */
export interface Origin {
  /** What torch calls the operation, where that is known. */
  readonly name?: string;
  /** The gradient that has been added up so far; it changes while the program runs. */
  grad?: Value;
}

/**
 * An array. `library` says whose rules it follows; arrays of such a library stay arrays when they have no dimension.
 * `gradient` marks a torch tensor that records how it is computed: given so by the user, or computed from such a one.
 * `parameter` marks a tensor that torch.nn.Parameter made, which says so when it prints.
 * `range` marks a MATLAB range that has not been changed since it was written (Octave prints it apart).
 * `layout` marks what Octave keeps and prints as a diagonal or permutation matrix, such as `eye(3)`.
 */
export interface ArrayValue {
  readonly kind: 'array';
  readonly array: NDArray;
  readonly library?: Library;
  readonly gradient?: 'leaf' | 'computed';
  readonly parameter?: true;
  /** Whether a module of torch's keeps it beside its parameters. */
  readonly buffer?: true;
  readonly range?: { readonly base: number; readonly increment: number; readonly limit: number };
  readonly layout?: 'diagonal' | 'permutation';
  readonly doubt?: Doubt;
  readonly attributes?: Attributes;
  readonly [ORIGIN]?: Origin;
}

/**
 * What R attaches to a vector beside its sizes: names of elements, of rows and columns and of the dimensions, and others by
 * their names. `single` marks a vector whose size is an attribute, too.
 */
export interface Attributes {
  readonly names?: readonly (string | null)[];
  readonly dimnames?: readonly (readonly (string | null)[] | undefined)[];
  readonly axes?: readonly string[];
  readonly others?: readonly (readonly [string, Value])[];
  readonly single?: true;
}

/** A vector or array of R's with texts or with missing elements (null), which no other array holds; column by column. */
export interface VectorValue {
  readonly kind: 'vector';
  readonly type: 'logical' | 'integer' | 'double' | 'complex' | 'character';
  readonly items: readonly (boolean | number | Complex | string | null)[];
  readonly dim?: readonly number[];
  readonly attributes?: Attributes;
}

/** Why the last digits of a result are not known where they decide how MATLAB prints it: in the short format, too, or in the long one only. */
export interface Doubt {
  readonly reason: string;
  readonly from: 'short' | 'long';
  /** R: how far off numbers may be; without it nothing is sure. `zeros` where zeros are sure all the same. */
  readonly noise?: number;
  readonly zeros?: true;
}

/** A text; `numpy` marks one that is an element of an array, NumPy's str_. */
export interface StringValue {
  readonly kind: 'string';
  readonly value: string;
  readonly numpy?: true;
}

/**
 * An array of texts of up to `width` characters, NumPy's `<U5`. `array` holds for each the place of its text in `table`, whose
 * texts stand in order and are all different: what moves or compares texts moves or compares those whole numbers.
 */
export interface StringsValue {
  readonly kind: 'strings';
  readonly array: NDArray;
  readonly table: readonly string[];
  readonly width: number;
}

/** The dtype of such arrays, or with `form` the scalar type np.str_. A width of 0 is that of the longest text. */
export interface StringTypeValue {
  readonly kind: 'string-type';
  readonly width: number;
  readonly form?: 'type';
}

export interface NoneValue {
  readonly kind: 'none';
}

export interface ListValue {
  readonly kind: 'list' | 'tuple';
  readonly items: readonly Value[];
  /** Set on what iterates but is no list: the text of a range, or nothing for an iterator such as zip gives. */
  readonly lazy?: string;
  /** The dict that a view such as `keys()` gives shows. */
  readonly shows?: { readonly of: DictValue; readonly part: 'keys' | 'values' | 'items' };
  /** The same numbers as an array, where a plain literal was written; `items` are then made only when asked for. */
  readonly dense?: NDArray;
  /** A library's own tuple: its name as it prints, and the names of its items where they have some. */
  readonly named?: {
    readonly path: string;
    readonly fields?: readonly string[];
    readonly form?: 'namedtuple' | 'plain';
  };
  /** Of R's lists. */
  readonly dim?: readonly number[];
  readonly attributes?: Attributes;
}

/** A Python dict, entries in their order. */
export interface DictValue {
  readonly kind: 'dict';
  readonly entries: readonly (readonly [Value, Value])[];
  /** Whether it is of a class of its own, OrderedDict, whose text differs between versions of Python. */
  readonly ordered?: true;
}

/** A Python set. Its items stand in the order in which CPython goes through them where `ordered`, its hash table being known. */
export interface SetValue {
  readonly kind: 'set';
  readonly items: readonly Value[];
  readonly frozen?: true;
  readonly ordered?: HashTable;
}

/** CPython's table of a set: the item in each place, nothing, or the trace of one that was taken out. */
export interface HashTable {
  readonly places: readonly (Value | 'dummy' | undefined)[];
  /** Places that are or were taken. */
  readonly fill: number;
}

/** An object of a class of the document: its attributes in the order in which they were first given. */
export interface ObjectValue {
  readonly kind: 'object';
  /** Which class it is, by the evaluator's count, and the class's name. */
  readonly class: number;
  readonly name: string;
  readonly attributes: readonly (readonly [string, Value])[];
  /** Attributes whose values are not known, with the reasons. */
  readonly unknowns?: readonly (readonly [string, string])[];
  /** The fields that a dataclass prints. */
  readonly fields?: readonly string[];
  /** What its own `__repr__` and `__str__` say, where they have been called. */
  readonly text?: { readonly repr: string; readonly str: string };
}

/** A MATLAB cell array, its items column by column. */
export interface CellValue {
  readonly kind: 'cell';
  readonly shape: readonly [rows: number, columns: number];
  readonly items: readonly Value[];
}

/**
 * A MATLAB structure, or an array of them column by column: every element has the same fields in the same order.
 * `exception` marks what `catch` gives.
 */
export interface StructValue {
  readonly kind: 'struct';
  readonly shape: readonly [rows: number, columns: number];
  readonly names: readonly string[];
  readonly elements: readonly (readonly Value[])[];
  readonly exception?: true;
}

/**
 * A generator of random numbers: NumPy's Generator or RandomState (`legacy`), Python's Random, or torch's Generator. A draw
 * makes a new one; the old one's numbers have been given. `kept` marks torch's own one, whose state is found elsewhere.
 */
export interface GeneratorValue {
  readonly kind: 'generator';
  readonly form: 'generator' | 'legacy' | 'python' | 'torch';
  readonly state: RandomState;
  readonly kept?: true;
}

/**
 * A polynomial of NumPy's: poly1d with the highest power first, or numpy.polynomial's Polynomial with the constant first,
 * which maps `domain` to `window` before it is evaluated (both [-1, 1] where they are not given).
 */
export interface PolynomialValue {
  readonly kind: 'polynomial';
  readonly form: 'poly1d' | 'Polynomial';
  readonly coefficients: NDArray;
  readonly variable: string;
  readonly domain?: NDArray;
  readonly window?: NDArray;
}

export interface SliceValue {
  readonly kind: 'slice';
  readonly start?: Value;
  readonly stop?: Value;
  readonly step?: Value;
}

/** `...` in a subscript. */
export interface EllipsisValue {
  readonly kind: 'ellipsis';
}

/** A library or a part of one, by its canonical path: `numpy`, `numpy.linalg`. */
export interface ModuleValue {
  readonly kind: 'module';
  readonly path: string;
}

/** A library function by its canonical path, `numpy.dot`, or a method with the object it is bound to, `ndarray.sum`. */
export interface FunctionValue {
  readonly kind: 'function';
  readonly path: string;
  readonly self?: Value;
  /** Which function of the document it is, by the evaluator's count; its path is then `closure`. */
  readonly closure?: number;
  /** Which class of the document it is, by the evaluator's count; its path is then `class` and the name. */
  readonly class?: number;
  /** Which iterator of running code it is, by the evaluator's count; its path is then `iterator` and the name of its type. */
  readonly iterator?: number;
  /** MATLAB's function handle, as it prints: `@sin`. */
  readonly handle?: string;
  /** How it prints in Python, where that is not its address. */
  readonly text?: string;
}

/** A dtype instance, or with `form` the scalar type of that name: `np.float32` prints as a class. */
export interface DTypeValue {
  readonly kind: 'dtype';
  readonly dtype: DType;
  readonly form?: 'type';
  readonly library?: Library;
}

export const scalar = (dtype: DType, value: Element, weak?: boolean): Scalar =>
  weak ? { kind: 'scalar', dtype, value, weak } : { kind: 'scalar', dtype, value };
export const arrayValue = (array: NDArray): ArrayValue => ({ kind: 'array', array });
export const stringValue = (value: string): StringValue => ({ kind: 'string', value });
export const NONE: NoneValue = { kind: 'none' };
export const tuple = (items: readonly Value[]): ListValue => ({ kind: 'tuple', items });

/** A nested list of plain numbers that stays an array until somebody asks for its items. */
export function denseList(form: 'list' | 'tuple', dense: NDArray, itemsOf: () => readonly Value[]): ListValue {
  let made: readonly Value[] | undefined;
  return {
    kind: form,
    dense,
    get items() {
      made ??= itemsOf();
      return made;
    },
  };
}
