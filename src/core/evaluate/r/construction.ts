import {
  type Dimnames,
  isAtomic,
  NULL,
  toValue,
  type Vector,
  type VectorType,
  vectorOf,
  widest,
} from '../../values/r-vector';
import type { Value } from '../../values/value';
import type { CallArgument } from '../dialect';
import { unknown } from '../stop';
import { colon } from './arithmetic';
import { reject } from './errors';
import { tidy } from './indexing';
import { type Arguments, define, type RContext, type RFunction } from './library';
import { joint } from './uncertainty';
import { atomic, coerced, number, numbers, texts, vec } from './vectors';

type Elements = Vector['values'][number];

/** Elements of a vector as those of another type. */
export function elementsAs(v: Vector, type: VectorType): readonly Elements[] {
  if (v.type === type) return v.values;
  if (!isAtomic(v)) return v.values;
  if (type !== 'list') return coerced(v, type).values;
  return v.values.map(e => toValue(vectorOf(v.type, [e])));
}

/** The names of combined elements: that of the argument, their own, or both with a point between. */
function combinedNames(outer: string | undefined, v: Vector): readonly (string | null)[] {
  const n = v.values.length;
  const own = v.names ?? (v.dim?.length === 1 ? v.dimnames?.[0] : undefined);
  return Array.from({ length: n }, (_, k) => {
    const inner = own ? own[k] : '';
    if (!outer) return inner;
    if (inner === null) return unknown('names that are missing are not joined');
    if (inner !== '') return `${outer}.${inner}`;
    return n === 1 ? outer : `${outer}${k + 1}`;
  });
}

/** `c(…)`: all elements in one vector of the most general type. */
export function combined(args: readonly CallArgument[], context: RContext): Value {
  const given = args.filter(a => a.value.kind !== 'none');
  if (given.length === 0) return NULL;
  const parts = given.map(a =>
    a.value.kind === 'function' ? ({ type: 'list', values: [a.value] } as Vector) : vec(a.value),
  );
  for (const p of parts)
    if (p.others?.some(([name]) => name === 'class')) unknown('combining objects with classes is not followed');
  const type = widest(parts.map(p => p.type));
  const values: Elements[] = [];
  for (const p of parts) for (const e of elementsAs(p, type)) values.push(e);
  context.budget.claim(values.length);
  const hasNames = given.some((a, k) => a.name || parts[k].names || (parts[k].dim?.length === 1 && parts[k].dimnames));
  const names = hasNames ? { names: given.flatMap((a, k) => combinedNames(a.name, parts[k])) } : {};
  const { doubt } = joint(parts.map(p => p.doubt));
  return toValue(vectorOf(type, values, { ...names, ...(doubt === undefined ? {} : { doubt }) }));
}

/** The dimnames that a list gives. */
export function dimnamesOf(
  value: Value | undefined,
  dim: readonly number[],
): { readonly dimnames?: Dimnames; readonly axes?: readonly string[] } {
  if (value === undefined || value.kind === 'none') return {};
  const v = vec(value);
  if (v.type !== 'list') return reject("'dimnames' must be a list");
  const dimnames = v.values.map((item, k) => {
    if (item.kind === 'none') return undefined;
    const names = texts(atomic(item));
    if (names.length === 0) return undefined;
    if (names.length !== dim[k]) reject(`length of 'dimnames' [${k + 1}] not equal to array extent`);
    return names;
  });
  while (dimnames.length < dim.length) dimnames.push(undefined);
  if (dimnames.every(n => n === undefined)) return {};
  return { dimnames, ...(v.names ? { axes: v.names.map(n => n ?? '') } : {}) };
}

const EMPTY: Readonly<Record<VectorType, Elements>> = {
  logical: null,
  integer: null,
  double: null,
  complex: null,
  character: null,
  list: NULL,
};

export function filled(v: Vector, count: number): Elements[] {
  const n = v.values.length;
  const { values } = v;
  return Array.from({ length: count }, (_, k) => (n === 0 ? EMPTY[v.type] : values[k % n]));
}

const sizeArgument = (args: Arguments, name: string): number | undefined => {
  const v = args.get(name);
  if (v === undefined) return undefined;
  const x = Math.trunc(number(v, name));
  if (x < 0) reject(`invalid '${name}' value (< 0)`);
  return x;
};

function matrix(args: Arguments, context: RContext): Value {
  const data = args.get('data');
  const v = data === undefined ? vectorOf('logical', [null]) : vec(data);
  if (v.others?.some(([name]) => name === 'class')) unknown('matrices of objects with classes are not followed');
  const [nrow, ncol] = [sizeArgument(args, 'nrow'), sizeArgument(args, 'ncol')];
  const n = v.values.length;
  const rows = nrow ?? (ncol === undefined ? n : Math.ceil(n / ncol));
  const columns = ncol ?? (nrow === undefined ? 1 : Math.ceil(n / nrow));
  if (!Number.isFinite(rows) || !Number.isFinite(columns)) reject('invalid size');
  context.budget.claim(rows * columns);
  const list = filled(v, rows * columns);
  const values = args.flag('byrow', false)
    ? list.map((_, k) => list[(k % rows) * columns + Math.floor(k / rows)])
    : list;
  const dim = [rows, columns];
  const doubt = v.doubt === undefined ? {} : { doubt: v.doubt };
  return toValue(vectorOf(v.type, values, { dim, ...dimnamesOf(args.get('dimnames'), dim), ...doubt }));
}

function array(args: Arguments, context: RContext): Value {
  const data = args.get('data');
  const v = data === undefined ? vectorOf('logical', [null]) : vec(data);
  const given = args.get('dim');
  const dim = given
    ? numbers(atomic(given)).map(x => Math.trunc(x ?? reject("'dim' specifies too large an array")))
    : [v.values.length];
  if (dim.length === 0) reject("'dim' cannot be of length 0");
  const count = dim.reduce((n, m) => n * m, 1);
  context.budget.claim(count);
  return toValue(vectorOf(v.type, filled(v, count), { dim, ...dimnamesOf(args.get('dimnames'), dim) }));
}

function diag(args: Arguments, context: RContext): Value {
  const x = args.get('x');
  const v = x === undefined ? vectorOf('double', [1]) : vec(x);
  if (!isAtomic(v)) return unknown('diag of a list is not followed');
  if (v.dim && v.dim.length === 2) {
    const [rows, columns] = v.dim;
    const n = Math.min(rows, columns);
    if (args.has('nrow') || args.has('ncol')) reject("'nrow' or 'ncol' cannot be specified when 'x' is a matrix");
    const names = v.dimnames?.[0]?.slice(0, n);
    const same = names && v.dimnames?.[1] && names.every((s, k) => s === v.dimnames?.[1]?.[k]);
    const doubt = v.doubt === undefined ? {} : { doubt: v.doubt };
    return toValue(
      vectorOf(
        v.type,
        Array.from({ length: n }, (_, k) => v.values[k * (rows + 1)]),
        { ...(same ? { names } : {}), ...doubt },
      ),
    );
  }
  if (v.dim && v.dim.length > 2) reject("'x' is an array, but not one-dimensional.");
  const single = v.values.length === 1 && !args.has('nrow') && !args.has('ncol') && x !== undefined;
  const size = single ? Math.trunc(number(toValue(v), 'nrow')) : v.values.length;
  const rows = sizeArgument(args, 'nrow') ?? size;
  if (rows < 0) reject("invalid 'nrow' value (< 0)");
  const columns = sizeArgument(args, 'ncol') ?? rows;
  const source = single ? vectorOf('double', [1]) : v;
  const type =
    source.type === 'logical' || source.type === 'integer' || source.type === 'complex' ? source.type : 'double';
  context.budget.claim(rows * columns);
  const zero: Elements = type === 'logical' ? false : type === 'complex' ? { re: 0, im: 0 } : 0;
  const values = new Array<Elements>(rows * columns).fill(zero);
  const elements = elementsAs(source, type);
  if (elements.length === 0 && Math.min(rows, columns) > 0) reject("'x' must have positive length");
  for (let k = 0; k < Math.min(rows, columns); k++) values[k * (rows + 1)] = elements[k % elements.length];
  return toValue(vectorOf(type, values, { dim: [rows, columns] }));
}

/** `from, from + by, …` up to `to`. */
function seq(args: Arguments, context: RContext): Value {
  const along = args.get('along.with');
  const count = along
    ? vec(along).values.length
    : args.has('length.out')
      ? Math.ceil(args.number('length.out', 0))
      : undefined;
  const one = (name: string): number | undefined => {
    const v = args.get(name);
    if (v === undefined) return undefined;
    if (vec(v).values.length !== 1) reject(`'${name}' must be of length 1`, 'seq.default');
    const x = number(v, name);
    if (!Number.isFinite(x)) reject(`'${name}' must be a finite number`, 'seq.default');
    return x;
  };
  const whole = (name: string): boolean => {
    const v = args.get(name);
    return v === undefined || vec(v).type !== 'double';
  };
  if (args.has('from') && !args.has('to') && !args.has('by') && count === undefined) {
    const v = vec(args.at('from'));
    const n = v.values.length;
    if (n !== 1)
      return toValue(
        vectorOf(
          'integer',
          Array.from({ length: n }, (_, k) => k + 1),
        ),
      );
    const x = number(args.at('from'), 'from');
    return toValue(colon(1, x, context));
  }
  const [from, to, by] = [one('from'), one('to'), one('by')];
  if (count !== undefined) return counted(count, from, to, by, context);
  const start = from ?? 1;
  const end = to ?? 1;
  if (by === undefined) return toValue(colon(start, end, context));
  const distance = end - start;
  if (distance === 0 && end === 0) return toValue(vectorOf('double', [end]));
  const steps = distance / by;
  if (!Number.isFinite(steps)) {
    if (by === 0 && distance === 0) return toValue(vectorOf('double', [start]));
    reject("invalid '(to - from)/by' in seq(.)", 'seq.default');
  }
  if (steps < 0) reject("wrong sign in 'by' argument", 'seq.default');
  const integer = whole('from') && whole('to') && whole('by') && args.has('from') && Number.isInteger(by);
  const n = Math.floor(integer ? steps : steps + 1e-10);
  context.budget.claim(n + 1);
  const limit = (x: number): number => (integer ? x : by > 0 ? Math.min(x, end) : Math.max(x, end));
  return toValue(
    vectorOf(
      integer ? 'integer' : 'double',
      Array.from({ length: n + 1 }, (_, k) => limit(start + k * by)),
    ),
  );
}

function counted(
  count: number,
  from: number | undefined,
  to: number | undefined,
  by: number | undefined,
  context: RContext,
): Value {
  if (count < 0) reject("'length.out' must be a non-negative number", 'seq.default');
  context.budget.claim(count);
  const bare = from === undefined && to === undefined && by === undefined;
  const make = (f: (k: number) => number): Value =>
    toValue(
      vectorOf(
        bare ? 'integer' : 'double',
        Array.from({ length: count }, (_, k) => f(k)),
      ),
    );
  if (by === undefined) {
    if (from !== undefined && to !== undefined) {
      if (count === 1) return toValue(vectorOf('double', [from]));
      const step = (to - from) / (count - 1);
      return make(k => (k === 0 ? from : k === count - 1 ? to : from + k * step));
    }
    const start = from ?? (to === undefined ? 1 : to - count + 1);
    return make(k => start + k);
  }
  if (from !== undefined && to !== undefined) reject('too many arguments', 'seq.default');
  const start = from ?? (to === undefined ? 1 : to - (count - 1) * by);
  return make(k => start + k * by);
}

function rep(args: Arguments, context: RContext): Value {
  const x = args.at('x');
  if (x.kind === 'none') return x;
  const v = vec(x);
  const each = Math.trunc(args.number('each', 1));
  let places = v.values.flatMap((_, k) => Array.from({ length: each }, () => k));
  const length = args.get('length.out');
  if (length) {
    const n = Math.trunc(number(length, 'length.out'));
    context.budget.claim(n);
    places = Array.from({ length: n }, (_, k) => places[k % places.length]);
  } else if (args.has('times')) {
    const times = numbers(atomic(args.at('times'))).map(t =>
      t === null || t < 0 ? reject("invalid 'times' argument") : Math.trunc(t),
    );
    if (times.length === 1) {
      context.budget.claim(places.length * times[0]);
      const once = places;
      places = Array.from({ length: once.length * times[0] }, (_, k) => once[k % once.length]);
    } else if (times.length === places.length) {
      context.budget.claim(times.reduce((n, m) => n + m, 0));
      places = places.flatMap((p, k) => Array.from({ length: times[k] }, () => p));
    } else reject("invalid 'times' argument");
  }
  return toValue(at(v, places));
}

/** Elements at places, with their names. */
export const at = (v: Vector, places: readonly number[]): Vector =>
  vectorOf(
    v.type,
    places.map(p => v.values[p]),
    {
      ...(v.names ? { names: places.map(p => v.names?.[p] ?? null) } : {}),
      ...(v.doubt === undefined ? {} : { doubt: v.doubt }),
    },
  );

const vectorMode = (name: string): VectorType => {
  switch (name) {
    case 'numeric':
    case 'double':
      return 'double';
    case 'logical':
    case 'integer':
    case 'complex':
    case 'character':
    case 'list':
      return name;
    default:
      return reject(`vector: cannot make a vector of mode '${name}'.`);
  }
};

const ZERO: Readonly<Record<VectorType, Elements>> = {
  logical: false,
  integer: 0,
  double: 0,
  complex: { re: 0, im: 0 },
  character: '',
  list: NULL,
};

const zeros = (type: VectorType, n: number, context: RContext): Value => {
  if (n < 0 || !Number.isFinite(n)) reject("invalid 'length' argument");
  context.budget.claim(Math.trunc(n));
  return toValue(vectorOf(type, new Array<Elements>(Math.trunc(n)).fill(ZERO[type])));
};

const typed = (name: string, type: VectorType): RFunction =>
  define(name, 'length = 0', (args, context) => zeros(type, args.number('length', 0), context));

/** `as.numeric` and the like: elements of the type alone. */
const converted = (name: string, type: VectorType): RFunction =>
  define(name, 'x, ...', args => {
    const x = args.at('x');
    if (x.kind === 'none') return toValue(vectorOf(type, []));
    const v = vec(x);
    if (v.others?.some(([n]) => n === 'class')) return unknown(`${name} of objects with classes is not followed`);
    if (!isAtomic(v)) {
      const singles = v.values.map(item => (item.kind === 'function' ? unknown('functions as data') : vec(item)));
      if (!singles.every(s => s.values.length === 1 && isAtomic(s)) || type === 'character')
        return unknown(`${name} of this list is not followed`);
      return toValue(
        vectorOf(
          type,
          singles.map(s => elementsAs(s, type)[0]),
        ),
      );
    }
    if (v.doubt !== undefined && type !== 'double' && type !== 'complex') return unknown(v.doubt.reason);
    return toValue(vectorOf(type, coerced(v, type).values, v.doubt === undefined ? {} : { doubt: v.doubt }));
  });

/** One vector of all that a list holds. */
export function unlisted(value: Value, names: boolean, context: RContext): Value {
  if (value.kind !== 'list') return value;
  const v = vec(value) as Extract<Vector, { type: 'list' }>;
  const parts = v.values.map((item, k) => ({ value: unlisted(item, names, context), name: v.names?.[k] || undefined }));
  const nested = v.values.some(item => item.kind === 'list');
  if (nested && names && (v.names || parts.some(p => p.value.kind !== 'none' && vec(p.value).names)))
    unknown('the names of nested lists are not followed');
  const found = combined(
    names
      ? parts.map(p => (p.name ? { value: p.value, name: p.name } : { value: p.value }))
      : parts.map(p => ({ value: p.value })),
    context,
  );
  if (names || found.kind === 'none') return found;
  return toValue({ ...vec(found), names: undefined } as Vector);
}

export const CONSTRUCTION: readonly RFunction[] = [
  define('c', '..., recursive = FALSE, use.names = TRUE', (args, context) => {
    args.without('recursive', 'use.names');
    return combined(args.dots, context);
  }),
  define('list', '...', ({ dots }) => {
    const names = dots.some(d => d.name) ? { names: dots.map(d => d.name ?? '') } : {};
    return toValue(
      vectorOf(
        'list',
        dots.map(d => d.value),
        names,
      ),
    );
  }),
  define('matrix', 'data = NA, nrow = 1, ncol = 1, byrow = FALSE, dimnames = NULL', matrix),
  define('array', 'data = NA, dim = length(data), dimnames = NULL', array),
  define('diag', 'x = 1, nrow =, ncol =, names = TRUE', diag),
  define('seq', 'from = 1, to = 1, by =, length.out = NULL, along.with = NULL', seq),
  define('seq.int', 'from = 1, to = 1, by =, length.out = NULL, along.with = NULL', seq),
  define('seq_len', 'length.out', (args, context) => {
    const n = args.number('length.out', 0);
    if (n < 0) reject('argument of length 0');
    context.budget.claim(n);
    return toValue(
      vectorOf(
        'integer',
        Array.from({ length: Math.trunc(n) }, (_, k) => k + 1),
      ),
    );
  }),
  define('seq_along', 'along.with', args => {
    const v = args.at('along.with');
    const n = v.kind === 'none' ? 0 : vec(v).values.length;
    return toValue(
      vectorOf(
        'integer',
        Array.from({ length: n }, (_, k) => k + 1),
      ),
    );
  }),
  define('rep', 'x, times = 1, length.out = NA, each = 1', rep),
  define('rep.int', 'x, times', rep),
  define('rep_len', 'x, length.out', rep),
  define('vector', 'mode = "logical", length = 0', (args, context) =>
    zeros(vectorMode(args.string('mode', 'logical')), args.number('length', 0), context),
  ),
  typed('numeric', 'double'),
  typed('double', 'double'),
  typed('integer', 'integer'),
  typed('logical', 'logical'),
  typed('character', 'character'),
  define('complex', 'length.out = 0, real = numeric(), imaginary = numeric(), modulus = 1, argument = 0', args => {
    if (args.has('length.out')) unknown('complex of a length is not followed');
    const part = (name: string, otherwise: number): readonly number[] => {
      const v = args.get(name);
      return v ? numbers(atomic(v)).map(x => x ?? unknown('missing values are not followed here')) : [otherwise];
    };
    const polar = args.has('modulus') || args.has('argument');
    const [a, b] = polar ? [part('modulus', 1), part('argument', 0)] : [part('real', 0), part('imaginary', 0)];
    const n = Math.max(a.length, b.length);
    return toValue(
      vectorOf(
        'complex',
        Array.from({ length: n }, (_, k) => {
          const [x, y] = [a[k % a.length], b[k % b.length]];
          return polar ? { re: x * Math.cos(y), im: x * Math.sin(y) } : { re: x, im: y };
        }),
      ),
    );
  }),
  converted('as.numeric', 'double'),
  converted('as.double', 'double'),
  converted('as.integer', 'integer'),
  converted('as.logical', 'logical'),
  converted('as.complex', 'complex'),
  converted('as.character', 'character'),
  define('as.vector', 'x, mode = "any"', args => {
    const x = args.at('x');
    const mode = args.string('mode', 'any');
    if (x.kind === 'none') return x;
    const v = vec(x);
    if (mode === 'list') return toValue(vectorOf('list', elementsAs(v, 'list'), { names: v.names }));
    if (v.type === 'list') return mode === 'any' ? x : unknown('as.vector of a list is not followed');
    const type = mode === 'any' ? v.type : vectorMode(mode);
    return toValue(vectorOf(type, elementsAs(v, type), v.doubt === undefined ? {} : { doubt: v.doubt }));
  }),
  define('as.list', 'x', args => {
    const x = args.at('x');
    if (x.kind === 'none') return toValue(vectorOf('list', []));
    const v = vec(x);
    return toValue(vectorOf('list', elementsAs(v, 'list'), { names: v.names }));
  }),
  define('as.matrix', 'x', args => {
    const v = vec(args.at('x'));
    if (v.dim?.length === 2) return toValue(v);
    if (v.others?.length) return unknown('as.matrix of this object is not followed');
    const { names, ...rest } = v;
    return toValue({
      ...rest,
      dim: [v.values.length, 1],
      ...(names ? { dimnames: [names, undefined] } : {}),
    } as Vector);
  }),
  define('as.array', 'x', args => {
    const v = vec(args.at('x'));
    if (v.dim) return toValue(v);
    const { names, ...rest } = v;
    return toValue({ ...rest, dim: [v.values.length], ...(names ? { dimnames: [names] } : {}) } as Vector);
  }),
  define('unlist', 'x, recursive = TRUE, use.names = TRUE', (args, context) => {
    args.without('recursive');
    return unlisted(args.at('x'), args.flag('use.names', true), context);
  }),
  define('append', 'x, values, after = length(x)', (args, context) => {
    const x = args.at('x');
    const n = x.kind === 'none' ? 0 : vec(x).values.length;
    const k = Math.trunc(args.number('after', n));
    if (k >= n || x.kind === 'none') return combined([{ value: x }, { value: args.at('values') }], context);
    const v = vec(x);
    const part = (from: number, to: number): CallArgument => ({
      value: toValue(
        at(
          v,
          Array.from({ length: to - from }, (_, i) => from + i),
        ),
      ),
    });
    return combined([...(k > 0 ? [part(0, k)] : []), { value: args.at('values') }, part(k, n)], context);
  }),
  define('rev', 'x', args => {
    const x = args.at('x');
    if (x.kind === 'none') return x;
    const v = vec(x);
    const n = v.values.length;
    return toValue(
      at(
        v,
        Array.from({ length: n }, (_, k) => n - 1 - k),
      ),
    );
  }),
  define('head', 'x, n = 6', args => ends(args, true)),
  define('tail', 'x, n = 6', args => ends(args, false)),
  define('setNames', 'object = nm, nm = NULL', args => {
    const v = vec(args.get('object') ?? args.at('nm'));
    const given = args.get('nm');
    const names = given && given.kind !== 'none' ? { names: texts(atomic(given)) } : { names: undefined };
    return toValue({ ...v, ...names } as Vector);
  }),
];

function ends(args: Arguments, first: boolean): Value {
  const x = args.at('x');
  if (x.kind === 'none') return x;
  const v = vec(x);
  const given = args.number('n', 6);
  if (v.dim && v.dim.length !== 2) unknown('head and tail of arrays are not followed');
  const size = v.dim ? v.dim[0] : v.values.length;
  const n = Math.trunc(given < 0 ? Math.max(0, size + given) : Math.min(given, size));
  const from = first ? 0 : size - n;
  const places = Array.from({ length: n }, (_, k) => from + k);
  if (!v.dim) return toValue(at(v, places));
  const [rows, columns] = v.dim;
  const values = Array.from({ length: columns }, (_, j) => places.map(i => v.values[j * rows + i])).flat();
  // The last rows keep their numbers as names.
  const own = v.dimnames?.[0]
    ? places.map(i => v.dimnames?.[0]?.[i] ?? null)
    : first
      ? undefined
      : places.map(i => `[${i + 1},]`);
  const dimnames = own || v.dimnames ? { dimnames: [own, v.dimnames?.[1]] } : {};
  return toValue(tidy(vectorOf(v.type, values, { dim: [n, columns], ...dimnames })));
}
