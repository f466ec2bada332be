import { type DType, isFloatType } from '../../../values/dtype';
import {
  broadcastTo,
  contiguous,
  integersFrom,
  type NDArray,
  ndarray,
  sizeOf,
  toFloat64,
} from '../../../values/ndarray';
import { arrayValue, scalar, type Value } from '../../../values/value';
import type { Bound } from '../../catalogue';
import { fail } from '../../stop';
import { singleShape } from '../apply';
import { integersOf, shapeText, toArray, typeName } from '../coerce';
import { mersenneSource } from './mt19937';
import { pcgSource } from './pcg64';
import type { RandomState, Source } from './source';

/** One draw under way: the generator, the normal number kept from a pair, and what asks the budget for work. */
export interface Drawing {
  readonly source: Source;
  gauss: number | undefined;
  readonly claim: (work: number) => void;
}

/** A method of a generator; `signature` as in the catalogue, and arguments bound by it. */
export interface RandomMethod {
  readonly name: string;
  readonly signature: string;
  readonly run: (drawing: Drawing, args: Bound) => Value;
}

/** Draws from a generator: what `run` gives, and the state after it. `claim` is told the work before it is done. */
export function drawing<T>(
  state: RandomState,
  claim: (work: number) => void,
  run: (under: Drawing) => T,
): { readonly value: T; readonly state: RandomState } {
  const source = state.kind === 'mt19937' ? mersenneSource(state) : pcgSource(state);
  const under: Drawing = { source, gauss: state.kind === 'mt19937' ? state.gauss : undefined, claim };
  const value = run(under);
  const after = source.state();
  const { gauss } = under;
  return { value, state: after.kind === 'mt19937' && gauss !== undefined ? { ...after, gauss } : after };
}

/**
 * Carries out one call of a method: what it gives, and the generator's state after it. Stops with the language's own error where the
 * arguments are not allowed; the state is then the old one.
 */
export const draw = (
  state: RandomState,
  method: RandomMethod,
  args: Bound,
  claim: (work: number) => void,
): { readonly value: Value; readonly state: RandomState } => drawing(state, claim, under => method.run(under, args));

/** Methods by their names. */
export const methodTable = (methods: readonly RandomMethod[]): ReadonlyMap<string, RandomMethod> =>
  new Map(methods.map(method => [method.name, method]));

export const isNone = (v: Value | undefined): v is undefined | Extract<Value, { kind: 'none' }> =>
  v === undefined || v.kind === 'none';

/** The shape that a size asks for; undefined for None, which asks for one number. */
export function shapeOf(size: Value | undefined): readonly number[] | undefined {
  if (isNone(size)) return undefined;
  if (size.kind === 'scalar' && isFloatType(size.dtype)) {
    const written = Number.isInteger(size.value) ? `${size.value}.0` : String(size.value);
    fail(`TypeError: expected a sequence of integers or a single integer, got '${written}'`);
  }
  const shape = integersOf(size);
  return shape.some(n => n < 0) ? fail('ValueError: negative dimensions are not allowed') : shape;
}

/** Types of what is drawn; `int64` numbers that are drawn alone are Python's. */
type Drawn = 'float64' | 'float32' | 'int64';

/** Numbers of one draw in a row, in an array of the shape or alone. */
export function fill(
  { claim }: Drawing,
  shape: readonly number[] | undefined,
  next: () => number,
  dtype: Drawn = 'float64',
): Value {
  const count = shape === undefined ? 1 : sizeOf(shape);
  claim(count);
  if (shape === undefined) return scalar(dtype === 'float32' ? 'float64' : dtype, next(), true);
  const data = dtype === 'float32' ? new Float32Array(count) : new Float64Array(count);
  for (let k = 0; k < count; k++) data[k] = next();
  return arrayValue(ndarray(dtype, shape, data));
}

/** What a parameter of a distribution must fulfil, and what the error says of a number and of an array; # is its name. */
export interface Constraint {
  readonly fulfilled: (x: number) => boolean;
  readonly one: string;
  readonly several: string;
}

const constraint = (fulfilled: (x: number) => boolean, one: string, several = one): Constraint => ({
  fulfilled,
  one,
  several,
});
export const NON_NEGATIVE = constraint(x => !(x < 0 || Object.is(x, -0)), '# < 0');
export const POSITIVE = constraint(x => !(x <= 0), '# <= 0');
export const PROBABILITY = constraint(
  x => x >= 0 && x <= 1,
  '# < 0, # > 1 or # is NaN',
  '# < 0, # > 1 or # contains NaNs',
);
export const POSITIVE_PROBABILITY = constraint(x => x > 0 && x <= 1, '# <= 0, # > 1 or # contains NaNs');
export const COUNT = constraint(x => x >= 0, '# < 0 or # is NaN', '# < 0 or # contains NaNs');

/** A parameter of a distribution: its argument, and what it must fulfil under which name. */
export interface Parameter {
  readonly argument: Value | number | undefined;
  readonly name?: string;
  readonly constraint?: Constraint;
  /** Floats are cut towards 0, and arrays of them refused. */
  readonly whole?: boolean;
}

/** The numbers of a parameter and their shape. */
export function numbersOf({ argument, whole = false }: Parameter): NDArray {
  if (typeof argument === 'number') return ndarray('float64', [], Float64Array.of(argument));
  if (isNone(argument)) return fail("TypeError: float() argument must be a string or a real number, not 'NoneType'");
  if (argument.kind === 'string') return fail(`ValueError: could not convert string to float: '${argument.value}'`);
  const array = toArray(argument);
  if (array.dtype.startsWith('complex')) return fail(`TypeError: must be real number, not ${typeName(argument)}`);
  if (!whole || !isFloatType(array.dtype)) return ndarray('float64', array.shape, toFloat64(array));
  if (argument.kind === 'array')
    return fail(
      `TypeError: Cannot cast array data from dtype('${array.dtype}') to dtype('int64') according to the rule 'safe'`,
    );
  return ndarray('float64', array.shape, toFloat64(array).map(Math.trunc));
}

/** The shape of a draw whose parameters are arrays: the size, if they broadcast to it, or their common shape. */
export function commonShape(
  shapes: readonly (readonly number[])[],
  size: readonly number[] | undefined,
): readonly number[] {
  if (size === undefined) return singleShape(...shapes);
  const together = singleShape(size, ...shapes);
  if (together.length === size.length && together.every((n, k) => n === size[k])) return size;
  return fail(
    `ValueError: Output size ${shapeText(size)} is not compatible with broadcast dimensions of inputs ${shapeText(together)}.`,
  );
}

/** The numbers of an array in the order of a shape that it broadcasts to. */
export const spread = (a: NDArray, shape: readonly number[]): Float64Array =>
  contiguous(broadcastTo(a, shape)).data as Float64Array;

/** Numbers of a distribution with parameters, which may be arrays that broadcast: each entry is drawn with its own. */
export function distribution(
  drawing: Drawing,
  parameters: readonly Parameter[],
  size: Value | undefined,
  next: (...values: number[]) => number,
  dtype: Drawn = 'float64',
): Value {
  const given = parameters.map(numbersOf);
  const plain = given.every(({ shape }) => shape.length === 0);
  const rows = given.map(a => a.data as Float64Array);
  parameters.forEach(({ constraint: rule, name = '' }, k) => {
    if (rule === undefined || rows[k].every(rule.fulfilled)) return;
    fail(`ValueError: ${(plain ? rule.one : rule.several).replaceAll('#', name)}`);
  });
  const wanted = shapeOf(size);
  if (plain) {
    const values = rows.map(row => row[0]);
    return fill(drawing, wanted, () => next(...values), dtype);
  }
  const shape = commonShape(
    given.map(a => a.shape),
    wanted,
  );
  drawing.claim(sizeOf(shape) * parameters.length);
  const columns = given.map(a => spread(a, shape));
  let k = 0;
  const drawn = () => {
    const values = columns.map(column => column[k]);
    k++;
    return next(...values);
  };
  return fill(drawing, shape, drawn, dtype);
}

/** An array of whole numbers, exactly. */
export const wholeArray = (shape: readonly number[], values: readonly (number | bigint)[], dtype: DType): Value => {
  if (values.some(value => typeof value === 'bigint'))
    return arrayValue(integersFrom(values.map(BigInt), shape, dtype));
  const numbers = values as readonly number[];
  return arrayValue(ndarray(dtype, shape, dtype === 'bool' ? Uint8Array.from(numbers) : Float64Array.from(numbers)));
};

/** Places as an array. */
export const placesValue = (places: Float64Array, shape: readonly number[] = [places.length]): Value =>
  arrayValue(ndarray('int64', shape, places));
