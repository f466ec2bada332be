import * as c from '../../values/complex';
import type { Complex } from '../../values/dtype';
import {
  type Atomic,
  highest,
  isAtomic,
  shapeOf,
  toValue,
  type Uncertain,
  type Vector,
  vectorOf,
  widest,
} from '../../values/r-vector';
import type { Value } from '../../values/value';
import { gamma as gammaBetween } from '../python/special-functions';
import { unknown } from '../stop';
import { compareAtoms, plain, recycledLength } from './arithmetic';
import { reject } from './errors';
import { type Arguments, define, type RFunction } from './library';
import { joint, through } from './uncertainty';
import { atomic, coerced, numbers, vec } from './vectors';

const NON_NUMERIC = 'non-numeric argument to mathematical function';

const kept = (v: Vector): ReturnType<typeof shapeOf> & { readonly doubt?: Uncertain } => ({
  ...shapeOf(v),
  ...(v.doubt === undefined ? {} : { doubt: v.doubt }),
});

/** The argument of a mathematical function. */
function operand(value: Value, refusal = NON_NUMERIC): Atomic {
  if (value.kind === 'function' || value.kind === 'list' || value.kind === 'none') reject(refusal);
  const v = plain(atomic(value));
  return v.type === 'character' ? reject(refusal) : v;
}

/** A function of every number; NA stays. */
function mapped(value: Value, f: (x: number) => number, complex?: (z: Complex) => Complex): Value {
  const v = operand(value);
  if (v.type === 'complex') {
    if (!complex) return unknown('this function of complex numbers is not followed');
    return toValue(
      vectorOf(
        'complex',
        v.values.map(z => z && complex(z)),
        kept(v),
      ),
    );
  }
  const out = numbers(v).map(x => (x === null ? null : f(x)));
  return toValue(vectorOf('double', out, { ...kept(v), ...through(v, f) }));
}

const real = (name: string, f: (x: number) => number, complex?: (z: Complex) => Complex): RFunction =>
  define(name, 'x', (args, context) => {
    const x = args.at('x');
    if (name === 'sqrt') context.record('sqrt', [x]);
    return mapped(x, f, complex);
  });

const halfEven = (x: number): number => {
  if (Math.abs(x) >= 2 ** 52 || !Number.isFinite(x)) return x;
  const low = Math.floor(x);
  const rest = x - low;
  return rest < 0.5 ? low : rest > 0.5 ? low + 1 : low % 2 === 0 ? low : low + 1;
};

/** The nearer of the two neighbours with so many digits behind the point; of two as near, the one that ends even (R 4). */
export function rounded(x: number, digits: number): number {
  if (!Number.isFinite(x) || x === 0) return x;
  if (digits > 323) return x;
  if (digits < -308) return 0;
  if (digits === 0) return halfEven(x);
  if (x < 0) return -rounded(-x, digits);
  // So many digits are there in any case.
  if (digits + Math.floor(Math.log10(x)) >= 15) return x;
  const unit = 10 ** Math.abs(digits);
  const scaled = digits > 0 ? x * unit : x / unit;
  const back = (t: number): number => (digits > 0 ? t / unit : t * unit);
  const low = Math.floor(scaled);
  const [below, above] = [back(low), back(Math.ceil(scaled))];
  const [down, up] = [x - below, above - x];
  return down < up || (down === up && low % 2 === 0) ? below : above;
}

/** To so many significant digits. */
export function significantly(x: number, digits: number): number {
  if (!Number.isFinite(x) || x === 0) return x;
  const d = Math.max(1, digits);
  if (d > 22) return x;
  const e = d - 1 - Math.floor(Math.log10(Math.abs(x)));
  if (Math.abs(e) > 300) return Number(x.toPrecision(d));
  if (e > 0) {
    const p = 10 ** e;
    return halfEven(x * p) / p;
  }
  const p = 10 ** -e;
  return halfEven(x / p) * p;
}

function digitwise(name: string, otherwise: number, f: (x: number, digits: number) => number): RFunction {
  return define(name, `x, digits = ${otherwise}`, args => {
    const x = args.at('x');
    const v = operand(x);
    const digits = args.get('digits');
    const d = digits ? numbers(atomic(digits)) : [otherwise];
    if (d.length !== 1) return unknown(`${name} to several numbers of digits is not followed`);
    const places = d[0] === null ? unknown('the digits are missing') : Math.floor(d[0] + 0.5);
    if (v.type === 'complex') return unknown(`${name} of complex numbers is not followed`);
    const out = numbers(v).map(t => (t === null ? null : f(t, places)));
    const { doubt, ...rest } = kept(v);
    // What rounding leaves of noise is nothing, where no number may round either way.
    const safe = (t: number | null): boolean => t === null || f(t + noise, places) === f(t - noise, places);
    const noise = doubt?.noise ?? 0;
    const cleared = doubt?.noise !== undefined && numbers(v).every(safe);
    const settled = doubt === undefined || cleared ? rest : { ...rest, doubt: { reason: doubt.reason } };
    const clean = out.map(t => (doubt !== undefined && t !== null ? t + 0 : t));
    return toValue(vectorOf('double', clean, settled));
  });
}

function absolute(args: Arguments): Value {
  const v = operand(args.at('x'));
  if (v.type === 'complex')
    return toValue(
      vectorOf(
        'double',
        v.values.map(z => z && c.abs(z)),
        kept(v),
      ),
    );
  const out = numbers(v).map(x => (x === null ? null : Math.abs(x)));
  return toValue(vectorOf(v.type === 'double' ? 'double' : 'integer', out, kept(v)));
}

/** Parts of complex numbers. */
const part = (name: string, of: (z: Complex) => number, ofReal: (x: number) => number): RFunction =>
  define(name, 'z', args => {
    const v = operand(args.at('z'), 'non-numeric argument to function');
    if (v.type !== 'complex')
      return toValue(
        vectorOf(
          'double',
          numbers(v).map(x => (x === null ? null : ofReal(x))),
          kept(v),
        ),
      );
    return toValue(
      vectorOf(
        'double',
        v.values.map(z => z && of(z)),
        kept(v),
      ),
    );
  });

function logarithm(args: Arguments): Value {
  const base = args.get('base');
  const log = mapped(args.at('x'), Math.log, c.log);
  if (!base) return log;
  const b = numbers(atomic(base));
  if (b.length !== 1 || b[0] === null) return unknown('logarithms to several bases are not followed');
  const by = b[0];
  const f = by === 10 ? Math.log10 : by === 2 ? Math.log2 : (x: number): number => Math.log(x) / Math.log(by);
  return mapped(args.at('x'), f);
}

/** Γ, exact at whole numbers. */
function gamma(x: number): number {
  if (!Number.isInteger(x)) return x > 171.62 ? Number.POSITIVE_INFINITY : gammaBetween(x);
  if (x <= 0) return Number.NaN;
  if (x > 171) return Number.POSITIVE_INFINITY;
  let p = 1;
  for (let k = 2; k < x; k++) p *= k;
  return p;
}

export function choose(n: number, k: number): number {
  const m = Math.round(k);
  if (m < 0) return 0;
  if (m === 0) return 1;
  if (Number.isInteger(n) && n >= 0) {
    if (n < m) return 0;
    const small = Math.min(m, n - m);
    let r = 1;
    for (let j = 1; j <= small; j++) r = (r * (n - small + j)) / j;
    return Math.round(r);
  }
  let r = n;
  for (let j = 2; j <= m; j++) r *= (n - j + 1) / j;
  return r;
}

const two = (name: string, signature: string, f: (x: number, y: number) => number): RFunction => {
  const [first, second] = signature.split(',').map(s => s.split('=')[0].trim());
  return define(name, signature, args => {
    const [a, b] = [operand(args.at(first)), operand(args.at(second))];
    const n = recycledLength(a, b);
    const [x, y] = [numbers(a), numbers(b)];
    const shape = a.values.length === n ? kept(a) : kept(b);
    return toValue(
      vectorOf(
        'double',
        Array.from({ length: n }, (_, k) => {
          const [s, t] = [x[k % x.length], y[k % y.length]];
          return s === null || t === null ? null : f(s, t);
        }),
        shape,
      ),
    );
  });
};

/** Tests of every element. */
const tested = (name: string, ofNumber: (x: number) => boolean, ofNA: boolean): RFunction =>
  define(name, 'x', args => {
    const x = args.at('x');
    if (x.kind === 'none') return toValue(vectorOf('logical', []));
    if (x.kind === 'function') return toValue(vectorOf('logical', [false]));
    const v = vec(x);
    const { names, dim, dimnames, axes } = v;
    const out = isAtomic(v)
      ? v.values.map(e =>
          e === null
            ? ofNA && (name === 'is.na' || v.type === 'double')
            : typeof e === 'number'
              ? ofNumber(e)
              : typeof e === 'object'
                ? ofNumber(e.re) || ofNumber(e.im)
                : name === 'is.finite' && typeof e === 'boolean',
        )
      : v.values.map(item => {
          if (name !== 'is.na') return unknown(`${name} of a list is not followed`);
          const inner = item.kind === 'none' || item.kind === 'function' ? undefined : vec(item);
          return (
            inner !== undefined &&
            isAtomic(inner) &&
            inner.values.length === 1 &&
            (inner.values[0] === null || Number.isNaN(inner.values[0]))
          );
        });
    return toValue(vectorOf('logical', out, { names, dim, dimnames, axes }));
  });

/** The larger or smaller of elements at one place. */
const parallel = (name: string, larger: boolean): RFunction =>
  define(name, '..., na.rm = FALSE', args => {
    const all = args.dots.map(d => plain(atomic(d.value)));
    const drop = args.flag('na.rm', false);
    if (all.length === 0) reject('no arguments');
    if (all.some(v => v.type === 'complex')) reject('invalid input type');
    const n = all.some(v => v.values.length === 0) ? 0 : Math.max(...all.map(v => v.values.length));
    const type = widest(all.map(v => v.type));
    const as = all.map(
      v => coerced(v, type === 'logical' ? 'integer' : type).values as readonly (number | string | null)[],
    );
    const out = Array.from({ length: n }, (_, k) => {
      let best: number | string | null | undefined;
      for (const values of as) {
        const x = values[k % values.length];
        if (x === null || (typeof x === 'number' && Number.isNaN(x))) {
          if (drop) continue;
          return x;
        }
        if (best === undefined || best === null || ((compareAtoms(x, best) ?? 0) > 0 === larger && x !== best))
          best = x;
      }
      return best ?? null;
    });
    const [first] = all;
    const shape = first.values.length === n ? kept(first) : {};
    return toValue(vectorOf(type === 'logical' ? 'integer' : type, out, shape));
  });

function ifelse(args: Arguments): Value {
  const test = atomic(args.at('test'));
  if (test.doubt !== undefined) return unknown(test.doubt.reason);
  const choices = coerced(test, 'logical').values as (boolean | null)[];
  const any = (b: boolean): boolean => choices.includes(b);
  const side = (name: string, b: boolean): Atomic | undefined => (any(b) ? atomic(args.at(name)) : undefined);
  const [yes, no] = [side('yes', true), side('no', false)];
  const type = widest(['logical', ...(yes ? [yes.type] : []), ...(no ? [no.type] : [])]);
  const of = (v: Atomic | undefined): readonly unknown[] => (v ? coerced(v, type).values : []);
  const [y, n] = [of(yes), of(no)];
  const { doubt } = joint([yes?.doubt, no?.doubt]);
  const { names, dim, dimnames, axes } = test;
  return toValue(
    vectorOf(
      type,
      choices.map((b, k) => (b === null ? null : b ? y[k % y.length] : n[k % n.length])) as (number | null)[],
      {
        names,
        dim,
        dimnames,
        axes,
        ...(doubt === undefined ? {} : { doubt }),
      },
    ),
  );
}

const cosPi = (x: number): number => {
  const t = Math.abs(x) % 2;
  return t === 0.5 || t === 1.5 ? 0 : t === 1 ? -1 : t === 0 ? 1 : Math.cos(Math.PI * t);
};
const sinPi = (x: number): number => {
  let t = x % 2;
  if (t <= -1) t += 2;
  else if (t > 1) t -= 2;
  return t === 0 || t === 1 ? 0 : t === 0.5 ? 1 : t === -0.5 ? -1 : Math.sin(Math.PI * t);
};

export const ELEMENTWISE: readonly RFunction[] = [
  define('abs', 'x', absolute),
  real('sqrt', Math.sqrt, c.sqrt),
  real('exp', Math.exp, c.exp),
  define('log', 'x, base = exp(1)', logarithm),
  real('log2', Math.log2),
  real('log10', Math.log10),
  real('log1p', Math.log1p),
  real('expm1', Math.expm1),
  real('sin', Math.sin),
  real('cos', Math.cos),
  real('tan', Math.tan),
  real('asin', Math.asin),
  real('acos', Math.acos),
  real('atan', Math.atan),
  real('sinh', Math.sinh),
  real('cosh', Math.cosh),
  real('tanh', Math.tanh),
  real('sinpi', sinPi),
  real('cospi', cosPi),
  real('gamma', gamma),
  real('factorial', x => gamma(x + 1)),
  two('atan2', 'y, x', Math.atan2),
  two('choose', 'n, k', choose),
  real('floor', Math.floor),
  real('ceiling', Math.ceil),
  real('trunc', x => Math.trunc(x) + 0),
  digitwise('round', 0, rounded),
  digitwise('signif', 6, significantly),
  define('zapsmall', 'x, digits = getOption("digits")', args => {
    if (args.at('x').kind === 'none') return args.at('x');
    const v = operand(args.at('x'));
    if (v.type === 'complex') return unknown('zapsmall of complex numbers is not followed');
    const d = args.number('digits', 7);
    const x = numbers(v);
    const most = highest(x.map(t => (t === null || Number.isNaN(t) ? 0 : Math.abs(t))));
    const places = most > 0 ? Math.floor(Math.max(0, d - Math.log10(most)) + 0.5) : d;
    return toValue(
      vectorOf(
        'double',
        x.map(t => (t === null ? null : rounded(t, places) + 0)),
        shapeOf(v),
      ),
    );
  }),
  define('sign', 'x', args => mapped(args.at('x'), x => (Number.isNaN(x) ? x : Math.sign(x) + 0))),
  part(
    'Re',
    z => z.re,
    x => x,
  ),
  part(
    'Im',
    z => z.im,
    () => 0,
  ),
  part('Mod', c.abs, Math.abs),
  part(
    'Arg',
    z => Math.atan2(z.im, z.re),
    x => (x >= 0 ? 0 : Math.PI),
  ),
  define('Conj', 'z', args => {
    const v = operand(args.at('z'), 'non-numeric argument to function');
    if (v.type !== 'complex') return toValue(vectorOf('double', numbers(v), kept(v)));
    return toValue(
      vectorOf(
        'complex',
        v.values.map(z => z && c.conjugate(z)),
        kept(v),
      ),
    );
  }),
  tested('is.na', Number.isNaN, true),
  tested('is.nan', Number.isNaN, false),
  tested('is.finite', Number.isFinite, false),
  tested('is.infinite', x => !Number.isFinite(x) && !Number.isNaN(x), false),
  parallel('pmax', true),
  parallel('pmin', false),
  define('ifelse', 'test, yes, no', ifelse),
  define('xor', 'x, y', args => {
    const [a, b] = [coerced(atomic(args.at('x')), 'logical'), coerced(atomic(args.at('y')), 'logical')];
    const n = Math.max(a.values.length, b.values.length);
    return toValue(
      vectorOf(
        'logical',
        Array.from({ length: n }, (_, k) => {
          const [s, t] = [a.values[k % a.values.length], b.values[k % b.values.length]];
          return s === null || t === null ? null : s !== t;
        }),
        shapeOf(a),
      ),
    );
  }),
];
