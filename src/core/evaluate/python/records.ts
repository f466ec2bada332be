import type { Value } from '../../values/value';
import { type FunctionValue, type ListValue, NONE, ORIGIN, stringValue, tuple } from '../../values/value';
import { bind, type LibraryFunction } from '../catalogue';
import type { CallArgument, Context } from '../dialect';
import { fail, unknown } from '../stop';
import { iterate } from './builtins';
import { dictOf } from './dicts';
import { asLeaf } from './tensors/autograd/node';

/** Named tuples, what dataclasses come with, and copies of objects. */

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');

/** Names that stand for something only where a class is made. */
const MARKS =
  'dataclasses.dataclass dataclasses.field typing.NamedTuple typing.Protocol abc.ABC abc.abstractmethod'.split(' ');

/** `namedtuple('Point', 'x y')`: a function that makes such tuples. */
function namedTuple(typename: Value, names: Value, c: Context): Value {
  if (typename.kind !== 'string') return fail('TypeError: a type name must be a string');
  const fields =
    names.kind === 'string'
      ? names.value
          .split(/[\s,]+/)
          .filter(n => n !== '')
          .map(stringValue)
      : iterate(names, c);
  return { kind: 'function', path: 'namedtuple', self: { kind: 'tuple', items: [typename, ...fields] } };
}

/** Calls what `namedtuple` made. */
export function callNamedTuple(f: FunctionValue, args: readonly CallArgument[]): Value {
  const [name, ...fields] = (f.self?.kind === 'tuple' ? f.self.items : []).map(v =>
    v.kind === 'string' ? v.value : '',
  );
  const bound = bind({ path: 'builtins.namedtuple', signature: fields.join(', '), evaluate: () => tuple([]) }, args);
  const items = fields.map(n => bound[n] ?? unknown(`${name} takes ${fields.length} values`));
  return { kind: 'tuple', items, named: { path: name, fields, form: 'namedtuple' } };
}

/** `p._asdict()`, `p._replace(x=3)`. */
export function namedMethod(v: ListValue, name: string, args: readonly CallArgument[], c: Context): Value {
  const fields = v.named?.fields ?? [];
  if (name === '_asdict')
    return dictOf(
      fields.map((f, k) => [stringValue(f), v.items[k]] as const),
      c,
    );
  const items = fields.map((f, k) => args.find(a => a.name === f)?.value ?? v.items[k]);
  if (args.some(a => a.name === undefined || !fields.includes(a.name)))
    return unknown('_replace with these arguments is not followed');
  return { ...v, kind: 'tuple', items };
}

/** An object of its own with the same contents; `deep` goes down into what it holds, what is held twice being one copy. */
function copyOf(v: Value, deep: boolean, done = new Map<Value, Value>()): Value {
  const known = done.get(v);
  if (known) return known;
  const made = copied(v, deep, x => (deep ? copyOf(x, true, done) : x));
  done.set(v, made);
  return made;
}

function copied(v: Value, deep: boolean, inner: (x: Value) => Value): Value {
  switch (v.kind) {
    case 'array': {
      const own = { ...v, array: { ...v.array, data: v.array.data.slice() } };
      if (!v.gradient) return own;
      if (v.gradient === 'computed') return unknown('a copy of a tensor that is computed is refused');
      const leaf = asLeaf(own);
      const [from, to] = [v[ORIGIN], leaf[ORIGIN]];
      if (from?.grad && to) to.grad = inner(from.grad);
      return leaf;
    }
    case 'function':
      return deep && v.self ? { ...v, self: inner(v.self) } : v;
    case 'list':
      return v.lazy === undefined
        ? { kind: 'list', items: v.items.map(inner) }
        : unknown('a copy of this is not followed');
    case 'tuple':
      return deep && !v.dense ? { ...v, kind: 'tuple', items: v.items.map(inner) } : v;
    case 'dict':
      return { kind: 'dict', entries: v.entries.map(([k, x]) => [k, inner(x)] as const) };
    case 'object':
      return { ...v, attributes: v.attributes.map(([n, x]) => [n, inner(x)] as const) };
    case 'set':
      return unknown('a copy of a set by this function is not followed');
    default:
      return v;
  }
}

const plainObject = (v: Value): Extract<Value, { kind: 'object' }> =>
  v.kind === 'object' && v.fields ? v : unknown('this takes a dataclass');

/** The fields of a dataclass as a dict, those within it too. */
function asDict(v: Value, c: Context): Value {
  if (v.kind === 'object' && v.fields) {
    const { attributes } = v;
    return dictOf(
      v.fields.map(f => [stringValue(f), asDict(need(attributes.find(([n]) => n === f)?.[1]), c)] as const),
      c,
    );
  }
  if (v.kind === 'list' && !v.dense && v.lazy === undefined)
    return { kind: 'list', items: v.items.map(x => asDict(x, c)) };
  return copyOf(v, true);
}

export const RECORDS: readonly LibraryFunction[] = [
  ...MARKS.map(path => ({
    path,
    signature: '*args, **kwargs',
    evaluate: () => unknown(`${path.slice(path.lastIndexOf('.') + 1)}: what it makes here is not followed`),
  })),
  {
    path: 'dict.fromkeys',
    signature: 'iterable, value=None, /',
    evaluate: (x, c) =>
      dictOf(
        iterate(need(x.iterable), c).map(k => [k, x.value ?? NONE] as const),
        c,
      ),
  },
  { path: 'object.__init__', signature: '*args, **kwargs', evaluate: () => ({ kind: 'none' }) },
  {
    path: 'collections.namedtuple',
    signature: 'typename, field_names',
    evaluate: (x, c) => namedTuple(need(x.typename), need(x.field_names), c),
  },
  { path: 'copy.copy', signature: 'x', evaluate: x => copyOf(need(x.x), false) },
  { path: 'copy.deepcopy', signature: 'x', evaluate: x => copyOf(need(x.x), true) },
  { path: 'dataclasses.asdict', signature: 'obj', evaluate: (x, c) => asDict(plainObject(need(x.obj)), c) },
  {
    path: 'dataclasses.astuple',
    signature: 'obj',
    evaluate: (x, c) => {
      const d = asDict(plainObject(need(x.obj)), c);
      return tuple(d.kind === 'dict' ? d.entries.map(([, v]) => v) : []);
    },
  },
];
