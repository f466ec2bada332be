import { isComplexType, isFloatType } from '../../values/dtype';
import { type Arithmetic, arithmetic } from '../../values/elementwise';
import {
  asType,
  broadcastShapes,
  broadcastTo,
  contiguous,
  fromElements,
  type NDArray,
  ndarray,
  reshape,
  toFloat64,
} from '../../values/ndarray';
import { arrayValue, type Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import { fail, unknown } from '../stop';
import { bool, elementsOf, needFit, real, shapeText, toArray, unwrap } from './coerce';
import { dtypeOf } from './dtypes';
import {
  argExtreme,
  axesOf,
  cumulative,
  degrees,
  extreme,
  isTrue,
  lanesOf,
  mean,
  prod,
  quantifier,
  sum,
  variance,
} from './reductions';

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');

const given = (v: Value | undefined): v is Value =>
  v !== undefined && v.kind !== 'none' && !(v.kind === 'scalar' && v.dtype === 'bool' && v.value === true);

/** The mask of `where=`: an array must hold flags. */
export function maskOf(where: Value): NDArray {
  const mask = toArray(where);
  if (mask.dtype !== 'bool' && (where.kind === 'array' || where.kind === 'scalar'))
    fail(
      `TypeError: Cannot cast ${mask.shape.length === 0 ? 'scalar' : 'array data'} from dtype('${mask.dtype}') to dtype('bool') according to the rule 'safe'`,
    );
  return asType(mask, 'bool');
}

/** The mask of `where=`, which broadcasts against the array. */
function fittingMask(a: NDArray, where: Value): NDArray {
  const mask = maskOf(where);
  if (mask.shape.length > a.shape.length)
    fail('ValueError: input operand has more dimensions than allowed by the axis remapping');
  const common = broadcastShapes(a.shape, mask.shape);
  if (!common)
    fail(
      `ValueError: operands could not be broadcast together with remapped shapes [original->remapped]: ${shapeText(a.shape).replace(/ /g, '')} ${shapeText(mask.shape).replace(/ /g, '')} `,
    );
  if (common?.join() !== a.shape.join()) unknown('a mask that is larger than the array is not covered');
  return mask;
}

/** The array with everything that `where=` leaves out replaced by a neutral number. */
export function masked(v: Value, where: Value | undefined, neutral: number): Value {
  if (!given(where)) return v;
  const a = toArray(v);
  const mask = asType(contiguous(broadcastTo(fittingMask(a, where), a.shape)), 'bool').data;
  const items = elementsOf(a);
  return {
    kind: 'array',
    array: fromElements(
      a.dtype,
      a.shape,
      items.map((e, k) => (mask[k] ? e : a.dtype === 'bool' ? neutral !== 0 : neutral)),
    ),
  };
}

/** The result combined with `initial=`. */
function begun(v: Value, initial: Value | undefined, op: Arithmetic | 'max' | 'min'): Value {
  if (!given(initial)) return v;
  const a = toArray(v);
  const start = toArray(initial);
  if (isComplexType(start.dtype) && !isComplexType(a.dtype))
    fail(
      isFloatType(a.dtype)
        ? "TypeError: float() argument must be a string or a real number, not 'complex'"
        : "TypeError: int() argument must be a string, a bytes-like object or a real number, not 'complex'",
    );
  if (op === 'add' && initial.kind === 'scalar' && Object.is(initial.value, -0))
    return unknown('a sum that begins with -0.0 is not covered');
  if (op !== 'max' && op !== 'min') return unwrap(arithmetic(op, a, asType(start, a.dtype), a.dtype) ?? a);
  // It is taken in the array's type, into which Python's integers must fit.
  needFit([initial], a.dtype);
  const first = Number(toFloat64(asType(start, a.dtype))[0]);
  return unwrap(
    asType(
      ndarray(
        'float64',
        a.shape,
        toFloat64(a).map(x => Math[op](x, first)),
      ),
      a.dtype,
    ),
  );
}

const MORE = 'keepdims=False, initial=None, where=None';
const AXIS = `a, axis=None, out=None, ${MORE}`;
const TYPED = `a, axis=None, dtype=None, out=None, ${MORE}`;
const SPREAD = 'a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=None, correction=None';

/** NumPy's errors where `axis=` is no integer, or no tuple of them for those that take several. */
function checkAxis(name: string, axis: Value | undefined): void {
  const single = name.startsWith('arg') || name.startsWith('cum');
  if (axis?.kind === 'list' || (single && axis?.kind === 'tuple'))
    fail(`TypeError: '${axis.kind}' object cannot be interpreted as an integer`);
  if (axis?.kind === 'scalar' && axis.dtype === 'bool') fail('TypeError: an integer is required');
}

const reduction = (name: string, signature: string, f: (a: Value, x: Bound) => Value): LibraryFunction => ({
  path: `numpy.${name}`,
  signature,
  evaluate: x => {
    const where = given(x.where);
    checkAxis(name, x.axis);
    switch (name) {
      case 'sum':
        return begun(f(masked(need(x.a), x.where, 0), x), x.initial, 'add');
      case 'prod':
      case 'product':
        return begun(f(masked(need(x.a), x.where, 1), x), x.initial, 'multiply');
      case 'any':
        return f(masked(need(x.a), x.where, 0), x);
      case 'all':
        return f(masked(need(x.a), x.where, 1), x);
      case 'max':
      case 'amax':
      case 'min':
      case 'amin': {
        const which = name.endsWith('max') ? 'max' : 'min';
        if (!given(x.initial) && where)
          return fail(
            `ValueError: reduction operation '${which}imum' does not have an identity, so to use a where mask one has to specify 'initial'`,
          );
        if (!given(x.initial)) return f(need(x.a), x);
        if (isComplexType(toArray(need(x.a)).dtype)) return unknown('initial= of complex numbers is not covered');
        const a = masked(need(x.a), x.where, Number(real(x.initial, 0)));
        const { length, shape } = lanesOf(toArray(a), x.axis, x.keepdims);
        return length === 0
          ? unwrap(contiguous(broadcastTo(asType(toArray(x.initial), toArray(a).dtype), shape)))
          : begun(f(a, x), x.initial, which);
      }
      default:
        if (where && !given(x.initial) && (name === 'mean' || name === 'std' || name === 'var'))
          return meanWhere(name, x);
        if (where || given(x.initial)) unknown(`where= and initial= of np.${name} are not covered yet`);
        return f(need(x.a), x);
    }
  },
});

/** Mean, variance and deviation of the elements that `where` picks: sums over all with the others as 0. */
function meanWhere(name: 'mean' | 'std' | 'var', x: Bound): Value {
  const a = need(x.a);
  const source = toArray(a);
  if (isComplexType(source.dtype)) return unknown('where= of complex numbers is not covered yet');
  if ((dtypeOf(x.dtype) ?? 'float64') !== 'float64') return unknown('where= with this dtype= is not covered yet');
  const picked = broadcastTo(fittingMask(source, need(x.where)), source.shape);
  const mask = arrayValue(contiguous(picked));
  const count = toFloat64(toArray(sum(mask, x.axis, bool(true))));
  const wide = masked(arrayValue(asType(source, isFloatType(source.dtype) ? source.dtype : 'float64')), mask, 0);
  const total = toArray(sum(wide, x.axis, bool(true)));
  const centre = ndarray(
    'float64',
    total.shape,
    toFloat64(total).map((v, k) => v / count[k]),
  );
  if (name === 'mean') return unwrap(asType(dropped(centre, source, x), toArray(wide).dtype));
  const middle = toFloat64(broadcastTo(centre, source.shape));
  const squares = toFloat64(toArray(wide)).map((v, k) => (v - middle[k]) ** 2);
  const spread = masked(arrayValue(ndarray('float64', source.shape, squares)), mask, 0);
  const sums = toFloat64(toArray(sum(spread, x.axis, bool(true))));
  const ddof = degrees(x);
  const out = sums.map((v, k) => {
    const mean = v / Math.max(count[k] - ddof, 0);
    return name === 'std' ? Math.sqrt(mean) : mean;
  });
  return unwrap(asType(dropped(ndarray('float64', total.shape, out), source, x), toArray(wide).dtype));
}

/** Reduced axes of length one taken away where `keepdims` does not ask for them. */
function dropped(a: NDArray, source: NDArray, x: Bound): NDArray {
  if (isTrue(x.keepdims)) return a;
  const axes = axesOf(x.axis, source.shape.length);
  return reshape(
    a,
    a.shape.filter((_, i) => !axes.includes(i)),
  );
}

export const REDUCTIONS: readonly LibraryFunction[] = [
  reduction('sum', TYPED, (a, x) => sum(a, x.axis, x.keepdims, dtypeOf(x.dtype))),
  reduction('prod', TYPED, (a, x) => prod(a, x.axis, x.keepdims, dtypeOf(x.dtype))),
  reduction('product', TYPED, (a, x) => prod(a, x.axis, x.keepdims, dtypeOf(x.dtype))),
  reduction('mean', 'a, axis=None, dtype=None, out=None, keepdims=False, *, where=None', (a, x) =>
    mean(a, x.axis, x.keepdims, dtypeOf(x.dtype)),
  ),
  reduction('var', SPREAD, (a, x) => variance(a, false, x.axis, x.keepdims, degrees(x), dtypeOf(x.dtype))),
  reduction('std', SPREAD, (a, x) => variance(a, true, x.axis, x.keepdims, degrees(x), dtypeOf(x.dtype))),
  ...(['max', 'min'] as const).flatMap(which => [
    reduction(which, AXIS, (a, x) => extreme(a, which, x.axis, x.keepdims)),
    reduction(`a${which}`, AXIS, (a, x) => extreme(a, which, x.axis, x.keepdims)),
    reduction(`arg${which}`, 'a, axis=None, out=None, *, keepdims=False', (a, x) =>
      argExtreme(a, which, x.axis, x.keepdims),
    ),
  ]),
  ...(['all', 'any'] as const).map(which =>
    reduction(which, 'a, axis=None, out=None, keepdims=False, *, where=None', (a, x) =>
      quantifier(a, which, x.axis, x.keepdims),
    ),
  ),
  reduction('alltrue', 'a, axis=None, out=None, keepdims=False', (a, x) => quantifier(a, 'all', x.axis, x.keepdims)),
  reduction('sometrue', 'a, axis=None, out=None, keepdims=False', (a, x) => quantifier(a, 'any', x.axis, x.keepdims)),
  ...(['cumsum', 'cumprod'] as const).map(name =>
    reduction(name, 'a, axis=None, dtype=None, out=None', (a, x) =>
      cumulative(a, name === 'cumsum' ? 'sum' : 'prod', x.axis, dtypeOf(x.dtype)),
    ),
  ),
  reduction('count_nonzero', 'a, axis=None, *, keepdims=False', (a, x) => {
    const truths = asType(contiguous(toArray(a)), 'bool');
    const counted = sum({ kind: 'array', array: truths }, x.axis, x.keepdims);
    return counted.kind === 'scalar' && x.axis === undefined ? { ...counted, weak: true } : counted;
  }),
];
