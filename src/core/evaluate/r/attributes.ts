import { attribute, classesOf, isNumeric, NULL, shapeOf, toValue, type Vector, vectorOf } from '../../values/r-vector';
import { stringValue, type Value } from '../../values/value';
import { unknown } from '../stop';
import { dimnamesOf, elementsAs as elements } from './construction';
import { reject } from './errors';
import { tidy } from './indexing';
import { type Arguments, define, type RFunction } from './library';
import { atomic, lengthOf, numbers, string, texts, vec } from './vectors';

const integers = (values: readonly number[]): Value => toValue(vectorOf('integer', values));
const strings = (values: readonly (string | null)[]): Value => toValue(vectorOf('character', values));

export function typeOf(value: Value): string {
  if (value.kind === 'none') return 'NULL';
  if (value.kind === 'function') return value.closure === undefined ? 'builtin' : 'closure';
  return vec(value).type;
}

/** What `class` says where no class is set. */
export function implicitClass(value: Value): readonly string[] {
  if (value.kind === 'none') return ['NULL'];
  if (value.kind === 'function') return ['function'];
  const v = vec(value);
  const own = classesOf(v);
  if (own.length > 0) return own;
  if (v.dim) return v.dim.length === 2 ? ['matrix', 'array'] : ['array'];
  return [v.type === 'double' ? 'numeric' : v.type];
}

const dimOf = (value: Value): readonly number[] | undefined =>
  value.kind === 'none' || value.kind === 'function' ? undefined : vec(value).dim;

export function namesValue(value: Value): Value {
  if (value.kind === 'none' || value.kind === 'function') return NULL;
  const v = vec(value);
  const names = v.names ?? (v.dim?.length === 1 ? v.dimnames?.[0] : undefined);
  return names ? strings(names) : NULL;
}

function dimnamesValue(value: Value): Value {
  if (value.kind === 'none' || value.kind === 'function') return NULL;
  const v = vec(value);
  if (!v.dimnames) return NULL;
  const items = v.dimnames.map(names => (names ? strings(names) : NULL));
  return toValue(vectorOf('list', items, v.axes ? { names: v.axes } : {}));
}

const sideNames =
  (axis: 0 | 1) =>
  (args: Arguments): Value => {
    const x = args.at('x');
    if (x.kind === 'none') return NULL;
    const names = vec(x).dimnames?.[axis];
    return names ? strings(names) : NULL;
  };

function setNames(args: Arguments): Value {
  const [x, value] = [args.at('x'), args.at('value')];
  if (x.kind === 'none') return value.kind === 'none' ? x : reject('attempt to set an attribute on NULL');
  const v = vec(x);
  if (value.kind === 'none') return toValue({ ...v, names: undefined } as Vector);
  const given = texts(atomic(value));
  const n = v.values.length;
  if (given.length > n) reject(`'names' attribute [${given.length}] must be the same length as the vector [${n}]`);
  const names = Array.from({ length: n }, (_, k) => (k < given.length ? given[k] : null));
  if (v.dim?.length === 1) return toValue({ ...v, dimnames: [names] } as Vector);
  return toValue({ ...v, names } as Vector);
}

function setDim(args: Arguments): Value {
  const v = vec(args.at('x'));
  const value = args.at('value');
  const { names: _, dim: __, dimnames: ___, axes: ____, ...rest } = v;
  if (value.kind === 'none') return toValue(rest as Vector);
  const dim = numbers(atomic(value)).map(x => Math.trunc(x ?? reject('the dims contain missing values')));
  const size = dim.reduce((n, m) => n * m, 1);
  if (dim.length === 0) reject('length-0 dimension vector is invalid');
  if (size !== v.values.length) reject(`dims [product ${size}] do not match the length of object [${v.values.length}]`);
  return toValue({ ...rest, dim } as Vector);
}

function setDimnames(args: Arguments): Value {
  const v = vec(args.at('x'));
  if (!v.dim) return reject("'dimnames' applied to non-array");
  const { dimnames: _, axes: __, ...rest } = v;
  return toValue({ ...rest, ...dimnamesOf(args.at('value'), v.dim) } as Vector);
}

const setSideNames =
  (axis: 0 | 1) =>
  (args: Arguments): Value => {
    const v = vec(args.at('x'));
    const what = axis === 0 ? 'rownames' : 'colnames';
    if (!v.dim || v.dim.length < 2)
      return reject(
        axis === 0
          ? "attempt to set 'rownames' on an object with no dimensions"
          : "attempt to set 'colnames' on an object with less than two dimensions",
        `\`${what}<-\``,
      );
    const value = args.at('value');
    const given = value.kind === 'none' ? undefined : texts(atomic(value));
    if (given && given.length !== v.dim[axis])
      reject(`length of 'dimnames' [${axis + 1}] not equal to array extent`, 'dimnames');
    const dimnames = Array.from({ length: v.dim.length }, (_, k) => (k === axis ? given : v.dimnames?.[k]));
    return toValue(tidy({ ...v, dimnames } as Vector));
  };

function attributesOf(v: Vector): readonly (readonly [string, Value])[] {
  const out: (readonly [string, Value])[] = [];
  if (v.names) out.push(['names', strings(v.names)]);
  if (v.dim) out.push(['dim', integers(v.dim)]);
  if (v.dimnames) out.push(['dimnames', dimnamesValue(toValue(v))]);
  return [...out, ...(v.others ?? [])];
}

const PLACED: ReadonlySet<string> = new Set(['names', 'dim', 'dimnames']);

/** A vector with an attribute that is set, or taken away where it is NULL. */
export function withAttribute(x: Value, name: string, value: Value): Value {
  const of = (fields: Record<string, Value>): Arguments => ({ at: (n: string) => fields[n] }) as unknown as Arguments;
  if (name === 'names') return setNames(of({ x, value }));
  if (name === 'dim') return setDim(of({ x, value }));
  if (name === 'dimnames') return setDimnames(of({ x, value }));
  if (x.kind === 'none' || x.kind === 'function') return unknown('attributes of this are not followed');
  const v = vec(x);
  const rest = (v.others ?? []).filter(([n]) => n !== name);
  return toValue({ ...v, others: value.kind === 'none' ? rest : [...rest, [name, value] as const] } as Vector);
}

const test = (name: string, is: (x: Value) => boolean): RFunction =>
  define(name, 'x', args => toValue(vectorOf('logical', [is(args.at('x'))])));

const isType =
  (...types: readonly string[]) =>
  (x: Value): boolean =>
    types.includes(typeOf(x));

export const ATTRIBUTES: readonly RFunction[] = [
  define('length', 'x', args => integers([lengthOf(args.at('x'))])),
  define('lengths', 'x, use.names = TRUE', args => {
    const v = vec(args.at('x'));
    return toValue(
      vectorOf('integer', v.type === 'list' ? v.values.map(lengthOf) : v.values.map(() => 1), {
        names: v.names,
        dim: v.dim,
        dimnames: v.dimnames,
      }),
    );
  }),
  define('dim', 'x', args => {
    const dim = dimOf(args.at('x'));
    return dim ? integers(dim) : NULL;
  }),
  define('nrow', 'x', args => {
    const dim = dimOf(args.at('x'));
    return dim ? integers([dim[0]]) : NULL;
  }),
  define('ncol', 'x', args => {
    const dim = dimOf(args.at('x'));
    return dim ? (dim.length > 1 ? integers([dim[1]]) : toValue(vectorOf('integer', [null]))) : NULL;
  }),
  define('NROW', 'x', args => integers([dimOf(args.at('x'))?.[0] ?? lengthOf(args.at('x'))])),
  define('NCOL', 'x', args => integers([dimOf(args.at('x'))?.[1] ?? 1])),
  define('names', 'x', args => namesValue(args.at('x'))),
  define('dimnames', 'x', args => dimnamesValue(args.at('x'))),
  define('rownames', 'x, do.NULL = TRUE, prefix = "row"', sideNames(0)),
  define('colnames', 'x, do.NULL = TRUE, prefix = "col"', sideNames(1)),
  define('row.names', 'x', sideNames(0)),
  define('names<-', 'x, value', setNames),
  define('dim<-', 'x, value', setDim),
  define('dimnames<-', 'x, value', setDimnames),
  define('rownames<-', 'x, value', setSideNames(0)),
  define('colnames<-', 'x, value', setSideNames(1)),
  define('attr', 'x, which, exact = FALSE', args => {
    const [x, name] = [args.at('x'), string(args.at('which'), '')];
    if (x.kind === 'none' || x.kind === 'function') return NULL;
    if (PLACED.has(name)) return attributesOf(vec(x)).find(([n]) => n === name)?.[1] ?? NULL;
    return attribute(vec(x), name) ?? NULL;
  }),
  define('attr<-', 'x, which, value', args =>
    withAttribute(args.at('x'), string(args.at('which'), ''), args.at('value')),
  ),
  define('attributes', 'x', args => {
    const x = args.at('x');
    if (x.kind === 'none' || x.kind === 'function') return NULL;
    const found = attributesOf(vec(x));
    return found.length === 0
      ? NULL
      : toValue(
          vectorOf(
            'list',
            found.map(f => f[1]),
            { names: found.map(f => f[0]) },
          ),
        );
  }),
  define('structure', '.Data, ...', args =>
    args.dots.reduce<Value>((x, d) => {
      const name = d.name ?? reject('attributes must be named');
      return withAttribute(x, { '.Names': 'names', '.Dim': 'dim', '.Dimnames': 'dimnames' }[name] ?? name, d.value);
    }, args.at('.Data')),
  ),
  define('unname', 'obj, force = FALSE', args => {
    const x = args.at('obj');
    if (x.kind === 'none') return x;
    const { names: _, dimnames: __, axes: ___, ...rest } = vec(x);
    return toValue(rest as Vector);
  }),
  define('class', 'x', args => strings(implicitClass(args.at('x')))),
  define('oldClass', 'x', args => {
    const x = args.at('x');
    return x.kind === 'none' || x.kind === 'function' ? NULL : (attribute(vec(x), 'class') ?? NULL);
  }),
  define('class<-', 'x, value', args => withAttribute(args.at('x'), 'class', args.at('value'))),
  define('unclass', 'x', args => withAttribute(args.at('x'), 'class', NULL)),
  define('inherits', 'x, what', args => {
    const classes = implicitClass(args.at('x'));
    return toValue(vectorOf('logical', [texts(atomic(args.at('what'))).some(c => c !== null && classes.includes(c))]));
  }),
  define('typeof', 'x', args => stringValue(typeOf(args.at('x')))),
  define('mode', 'x', args => {
    const t = typeOf(args.at('x'));
    return stringValue(
      t === 'integer' || t === 'double' ? 'numeric' : t === 'closure' || t === 'builtin' ? 'function' : t,
    );
  }),
  define('storage.mode', 'x', args => {
    const t = typeOf(args.at('x'));
    return stringValue(t === 'closure' || t === 'builtin' ? 'function' : t);
  }),
  test('is.null', x => x.kind === 'none'),
  test('is.function', x => x.kind === 'function'),
  test('is.numeric', isType('integer', 'double')),
  test('is.double', isType('double')),
  test('is.integer', isType('integer')),
  test('is.logical', isType('logical')),
  test('is.character', isType('character')),
  test('is.complex', isType('complex')),
  test('is.list', isType('list')),
  test('is.matrix', x => dimOf(x)?.length === 2),
  test('is.array', x => dimOf(x) !== undefined),
  test('is.atomic', isType('NULL', 'logical', 'integer', 'double', 'complex', 'character')),
  define('is.vector', 'x, mode = "any"', args => {
    const x = args.at('x');
    const mode = args.string('mode', 'any');
    if (x.kind === 'none' || x.kind === 'function')
      return toValue(vectorOf('logical', [mode === 'function' && x.kind === 'function']));
    const v = vec(x);
    const bare = !v.dim && !v.others?.length;
    const fits = mode === 'any' || mode === v.type || (mode === 'numeric' && isNumeric(v));
    return toValue(vectorOf('logical', [bare && fits]));
  }),
  test('is.data.frame', x => x.kind !== 'none' && x.kind !== 'function' && classesOf(vec(x)).includes('data.frame')),
  test('is.factor', x => x.kind !== 'none' && x.kind !== 'function' && classesOf(vec(x)).includes('factor')),
  test('is.environment', () => false),
  define('length<-', 'x, value', args => {
    const v = vec(args.at('x'));
    const n = Math.trunc(args.number('value', 0));
    const values = Array.from({ length: n }, (_, k) =>
      k < v.values.length ? v.values[k] : v.type === 'list' ? NULL : null,
    );
    const names = v.names ? { names: values.map((__, k) => v.names?.[k] ?? '') } : {};
    return toValue(vectorOf(v.type, values, names));
  }),
  define('diag<-', 'x, value', args => {
    const [x, value] = [vec(args.at('x')), vec(args.at('value'))];
    if (x.dim?.length !== 2) return reject('only matrix diagonals can be replaced');
    const [rows, columns] = x.dim;
    const n = Math.min(rows, columns);
    const given = value.values.length;
    if (given !== 1 && given !== n) reject('replacement diagonal has wrong length');
    if (x.type === 'list' || value.type === 'list' || value.type === 'character')
      return unknown('this diagonal is not followed');
    const type = (['logical', 'integer', 'double', 'complex', 'character'] as const)[
      Math.max(...[x, value].map(v => ['logical', 'integer', 'double', 'complex', 'character'].indexOf(v.type)))
    ];
    const all = [...elements(x, type)];
    const put = elements(value, type);
    for (let k = 0; k < n; k++) all[k * (rows + 1)] = put[k % given];
    return toValue(vectorOf(type, all, shapeOf(x)));
  }),
];
