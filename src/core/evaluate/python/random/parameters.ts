import { generate, ndarray, sizeOf } from '../../../values/ndarray';
import { arrayValue, type Value } from '../../../values/value';
import type { Bound } from '../../catalogue';
import { fail } from '../../stop';
import { type Constraint, commonShape, numbersOf, type Parameter, spread } from './drawing';

/** Parameters of distributions that are checked together. */

/** The entries of several parameters side by side, as they broadcast. */
function sideBySide(parameters: readonly (Value | number | undefined)[]) {
  const given = parameters.map(argument => numbersOf({ argument }));
  const shape = commonShape(
    given.map(a => a.shape),
    undefined,
  );
  return { shape, rows: given.map(a => spread(a, shape)) };
}

/** The lower bound of a uniform distribution and its width; `words` where that is infinite. */
export function range(
  { low = undefined, high = undefined }: Bound,
  words: string,
  constraint?: Constraint,
): readonly [Parameter, Parameter] {
  const { shape, rows } = sideBySide([low ?? 0, high ?? 1]);
  const width = generate(sizeOf(shape), k => rows[1][k] - rows[0][k]);
  if (!width.every(Number.isFinite)) fail(`OverflowError: ${words}`);
  const argument = shape.length === 0 ? width[0] : arrayValue(ndarray('float64', shape, width));
  return [{ argument: low ?? 0 }, { argument, name: 'high - low', constraint }];
}

/** The corners of a triangular distribution in their order; NumPy's errors where they have another. */
export function corners({ left, mode, right }: Bound): readonly Parameter[] {
  const [a, b, c] = sideBySide([left, mode, right]).rows;
  if (a.some((x, k) => x > b[k])) fail('ValueError: left > mode');
  if (b.some((x, k) => x > c[k])) fail('ValueError: mode > right');
  if (a.some((x, k) => x === c[k])) fail('ValueError: left == right');
  return [{ argument: left }, { argument: mode }, { argument: right }];
}
