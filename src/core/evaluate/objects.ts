import type { Call } from '../expression/expression';
import type { Scope } from '../expression/program';
import { pythonRepr, pythonStr } from '../format/numpy';
import type { Span } from '../text/span';
import { type FunctionValue, NONE, type ObjectValue, stringValue, type Value } from '../values/value';
import { type ClassObject, type Field, type Method, makeClass } from './classes';
import type { CallArgument } from './dialect';
import { Frame } from './frame';
import { isSuper } from './own-marks';
import { bindParameters } from './parameters';
import type { Run } from './run';
import { fail, unknown } from './stop';

/** Libraries' classes whose own methods change nothing that is followed, and what calls an object of theirs. */
const CALLED_BY: Readonly<Record<string, string>> = { 'torch.nn.Module': 'forward' };

const NOTHING: ClassObject = {
  name: '',
  form: 'plain',
  frozen: false,
  methods: new Map(),
  setters: new Map(),
  attributes: new Map(),
  shared: new Frame('function'),
};

/** Classes of the document and their objects: making them, their attributes and methods. */
export class Objects {
  constructor(private readonly run: Run) {}

  private get classes(): ClassObject[] {
    return this.run.evaluator.classes;
  }

  private of(v: ObjectValue): ClassObject {
    return this.classes[v.class];
  }

  /** A class statement as a value. */
  define(s: Scope): Value {
    const id = this.classes.length;
    this.classes.push(NOTHING);
    this.classes[id] = makeClass(s, id, this.run, v => (v.class === undefined ? undefined : this.classes[v.class]));
    return { kind: 'function', path: `class.${s.name}`, class: id };
  }

  /** A new object, or the tuple of a class of named tuples. */
  construct(id: number, args: readonly CallArgument[], span: Span | undefined, waiting: readonly Value[]): Value {
    const c = this.classes[id];
    if (c.form === 'namedtuple') return this.namedTuple(c, args, span);
    const made: ObjectValue = {
      kind: 'object',
      class: id,
      name: c.name,
      attributes: [],
      ...(c.form === 'dataclass' && !find(c, '__repr__') ? { fields: fieldsOf(c).map(f => f.name) } : {}),
    };
    const holder = new Frame('function', waiting);
    const now = (): ObjectValue => {
      const v = holder.names.get('object');
      return v?.kind === 'object' ? v : made;
    };
    const init = find(c, '__init__');
    this.run.frames.push(holder);
    try {
      holder.set('object', made);
      if (init) this.run.functions.enter(init.closure, [{ value: made }, ...args], span, []);
      else if (c.form === 'dataclass') {
        holder.set('object', { ...made, attributes: this.fieldValues(c, args, span, '__init__') });
        const after = find(c, '__post_init__');
        if (after) this.run.functions.enter(after.closure, [{ value: now() }], span, []);
      } else if (args.length > 0)
        c.foreign
          ? unknown(`what ${c.foreign} makes of these arguments is not followed`, span)
          : fail(`TypeError: ${c.name}() takes no arguments`, span);
      return now();
    } finally {
      this.run.frames.pop();
    }
  }

  private fieldValues(
    c: ClassObject,
    args: readonly CallArgument[],
    span: Span | undefined,
    maker: string,
  ): (readonly [string, Value])[] {
    const fields = fieldsOf(c);
    const none: Span = { start: 0, end: 0 };
    const frame = new Frame('function');
    const given = fields.filter(f => f.default).map(f => [f.name, f.default as Value] as const);
    const made = fields.filter(f => f.factory).map(f => [f.name, this.run.call(f.factory as Value, [])] as const);
    bindParameters(
      {
        name: `${c.name}.${maker}`,
        parameters: ['', ...fields.map(f => f.name)].map(name => ({ name, span: none })),
        defaults: new Map([...given, ...made]),
      },
      [{ value: NONE }, ...args],
      frame,
      span,
    );
    return fields.map(f => [f.name, frame.names.get(f.name) ?? unknown(`${f.name} is not known`, span)] as const);
  }

  private namedTuple(c: ClassObject, args: readonly CallArgument[], span?: Span): Value {
    const fields = fieldsOf(c);
    const values = this.fieldValues(c, args, span, '__new__');
    return {
      kind: 'tuple',
      items: values.map(([, v]) => v),
      named: { path: c.name, fields: fields.map(f => f.name), form: 'namedtuple' },
    };
  }

  /** `object.name`, of an object or of a class itself. */
  member(v: ObjectValue | (FunctionValue & { readonly class: number }), name: string, span?: Span): Value {
    const c = this.classes[v.class];
    if (v.kind === 'object') {
      const own = v.attributes.find(([n]) => n === name);
      if (own && find(c, name)?.form !== 'property') return own[1];
      const hidden = v.unknowns?.find(([n]) => n === name);
      if (hidden) return unknown(hidden[1], span);
    } else if (name === '__name__') return stringValue(c.name);
    const m = find(c, name);
    if (m) return this.bound(m, v);
    const shared = attribute(c, name);
    if (shared) return shared;
    if (name.startsWith('__')) return unknown(`${name} of ${c.name} is not followed`, span);
    const foreign = foreignOf(c);
    const inherited = foreign && this.run.language.inherited?.(foreign, v, name, this.run);
    if (inherited) return inherited;
    if (foreign) return unknown(`${name} of ${c.name} comes from ${foreign}, which is not followed`, span);
    return fail(
      v.kind === 'object'
        ? `AttributeError: '${c.name}' object has no attribute '${name}'`
        : `AttributeError: type object '${c.name}' has no attribute '${name}'`,
      span,
    );
  }

  private bound(m: Method, v: ObjectValue | FunctionValue): Value {
    const f: FunctionValue = { kind: 'function', path: 'closure', closure: m.closure };
    switch (m.form) {
      case 'method':
        return v.kind === 'object' ? { ...f, self: v } : f;
      case 'static':
        return f;
      case 'class':
        return { ...f, self: v.kind === 'object' ? { kind: 'function', path: `class.${v.name}`, class: v.class } : v };
      case 'property':
        return v.kind === 'object'
          ? this.run.call({ ...f, self: v }, [])
          : unknown('a property of a class is not followed');
    }
  }

  /** The method by which an object is called, or by which an operator or a built-in reaches it. */
  method(v: Value, name: string): Value | undefined {
    if (v.kind !== 'object') return undefined;
    const c = this.of(v);
    const own = name === '__call__' ? (CALLED_BY[foreignOf(c) ?? ''] ?? name) : name;
    const m = find(c, own);
    return m && m.form !== 'property' ? this.bound(m, v) : undefined;
  }

  /** The library's class that an object's class is derived from. */
  ofLibrary(v: Value): string | undefined {
    return v.kind === 'object' ? foreignOf(this.of(v)) : undefined;
  }

  /** Whether an object is of a class or of one derived from it. */
  isInstance(v: Value, of: number): boolean {
    if (v.kind !== 'object') return false;
    for (let c: ClassObject | undefined = this.of(v); c; c = c.base) if (c === this.classes[of]) return true;
    return false;
  }

  /** What `super()` finds: a method of the class above the one that the method under way is written in. */
  above(owner: number | undefined, self: Value | undefined, e: Call): Value | undefined {
    if (!isSuper(e.callee) || owner === undefined || !self) return undefined;
    const name = e.callee.name;
    const c = this.classes[owner];
    const m = c.base && find(c.base, name);
    if (m && (self.kind === 'object' || self.kind === 'function')) return this.bound(m, self);
    // `object` and the libraries' classes take what is left to them without a word.
    return name === '__init__'
      ? { kind: 'function', path: 'object.__init__' }
      : unknown(`super().${name} is not followed`, e.span);
  }

  /** Gives an attribute of an object or of a class a value. */
  setAttribute(v: Value, name: string, value: Value, span?: Span): void {
    if (v.kind === 'function' && v.class !== undefined && this.run.program) {
      const c = this.classes[v.class];
      if (find(c, name) || (value.kind === 'function' && value.closure !== undefined))
        unknown(`${name}: a method that is given to a class is not followed`, span);
      c.attributes.set(name, value);
      this.run.effects++;
      return;
    }
    if (v.kind !== 'object') unknown('this assignment is not followed', span);
    const setter = setterOf(this.of(v), name);
    if (setter) this.run.call(this.bound(setter, v), [value]);
    else this.run.change(v, this.withAttribute(v, name, value), span);
  }

  /** Gives an attribute the object that has been changed in its place: where it is another one, or a setter is to be called. */
  rebind(v: Value, name: string, value: Value, span?: Span): void {
    const own = v.kind === 'object' && v.attributes.find(([n]) => n === name)?.[1] === value;
    if (!own || setterOf(this.of(v), name)) this.setAttribute(v, name, value, span);
  }

  /** The object with an attribute of another value. */
  withAttribute(v: ObjectValue, name: string, value: Value): ObjectValue {
    const c = this.of(v);
    if (find(c, name)?.form === 'property') return unknown(`${name}: setting a property is not followed`);
    if (c.frozen) return fail(`FrozenInstanceError: cannot assign to field '${name}'`);
    const unknowns = v.unknowns?.filter(([n]) => n !== name);
    const known = v.attributes.some(([n]) => n === name);
    const attributes = known
      ? v.attributes.map(a => (a[0] === name ? ([name, value] as const) : a))
      : [...v.attributes, [name, value] as const];
    return { ...v, attributes, ...(unknowns ? { unknowns } : {}) };
  }

  withUnknown(v: ObjectValue, name: string, reason: string): ObjectValue {
    return {
      ...v,
      attributes: v.attributes.filter(([n]) => n !== name),
      unknowns: [...(v.unknowns ?? []).filter(([n]) => n !== name), [name, reason]],
    };
  }

  /** The value with the texts of objects that write their own. */
  described(v: Value): Value {
    switch (v.kind) {
      case 'object': {
        const [repr, str] = ['__repr__', '__str__'].map(name => {
          const m = this.method(v, name);
          const said = m && this.run.call(m, []);
          return said?.kind === 'string' ? said.value : undefined;
        });
        const attributes = v.attributes.map(([name, x]) => [name, this.described(x)] as const);
        const plain: ObjectValue = attributes.some(([, x], k) => x !== v.attributes[k][1]) ? { ...v, attributes } : v;
        const library = foreignOf(this.of(v));
        const text = repr ?? (library && this.run.language.inheritedText?.(library, plain, this.run));
        if (text === undefined && str === undefined) return plain;
        return { ...plain, text: { repr: text ?? unwritten(plain), str: str ?? text ?? '' } };
      }
      case 'list':
      case 'tuple': {
        if (v.dense || v.lazy === '' || v.items.length > 1000) return v;
        const items = v.items.map(x => this.described(x));
        return items.some((x, k) => x !== v.items[k]) ? { ...v, kind: v.kind, items } : v;
      }
      case 'dict': {
        const entries = v.entries.map(([k, x]) => [k, this.described(x)] as const);
        return entries.some(([, x], k) => x !== v.entries[k][1]) ? { ...v, entries } : v;
      }
      default:
        return v;
    }
  }

  /** The text of an object within a formatted string. */
  formatted(v: Value, conversion: string | undefined): Value {
    const said = this.described(v);
    return said.kind === 'object' ? stringValue(conversion === 'r' ? pythonRepr(said) : pythonStr(said)) : said;
  }
}

const unwritten = (v: ObjectValue): string => (v.fields ? pythonRepr(v) : '');

function find(c: ClassObject, name: string): Method | undefined {
  for (let at: ClassObject | undefined = c; at; at = at.base) {
    const m = at.methods.get(name);
    if (m) return m;
    // `forward = relu` in the body of a class hides a method above it.
    if (at.attributes.has(name)) return undefined;
  }
  return undefined;
}

function setterOf(c: ClassObject, name: string): Method | undefined {
  for (let at: ClassObject | undefined = c; at; at = at.base) {
    const m = at.setters.get(name);
    if (m || at.methods.has(name)) return m;
  }
  return undefined;
}

function attribute(c: ClassObject, name: string): Value | undefined {
  for (let at: ClassObject | undefined = c; at; at = at.base) {
    const v = at.attributes.get(name);
    if (v) return v;
  }
  return undefined;
}

function foreignOf(c: ClassObject): string | undefined {
  for (let at: ClassObject | undefined = c; at; at = at.base) if (at.foreign) return at.foreign;
  return undefined;
}

/** The fields of a dataclass, those of the class above first. */
function fieldsOf(c: ClassObject): readonly Field[] {
  const above = c.base ? fieldsOf(c.base) : [];
  const own = c.fields ?? [];
  return [
    ...above.map(f => own.find(o => o.name === f.name) ?? f),
    ...own.filter(o => !above.some(f => f.name === o.name)),
  ];
}
