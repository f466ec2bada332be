import type { Expression } from '../expression/expression';
import type { Scope, Statement } from '../expression/program';
import type { FunctionValue, Value } from '../values/value';
import { Frame } from './frame';
import { isModeDecorator } from './gradient-modes';
import { heldInPart, identityOf } from './heap';
import { unfollowed } from './own-calls';
import { isSuperInit, refusal } from './own-marks';
import type { Run } from './run';
import { Stop, unknown } from './stop';

/** A class of the document. */
export interface ClassObject {
  readonly name: string;
  readonly base?: ClassObject;
  /** A class of a library that it is derived from, `torch.nn.Module`. */
  readonly foreign?: string;
  readonly form: 'plain' | 'dataclass' | 'namedtuple';
  readonly frozen: boolean;
  readonly methods: ReadonlyMap<string, Method>;
  /** What is called when a property is assigned. */
  readonly setters: ReadonlyMap<string, Method>;
  /** What all its objects share; a frame of it follows changes. */
  readonly attributes: Map<string, Value>;
  readonly shared: Frame;
  /** What a dataclass or a named tuple is made of. */
  readonly fields?: readonly Field[];
}

export interface Method {
  /** The function, by the evaluator's count. */
  readonly closure: number;
  readonly form: 'method' | 'static' | 'class' | 'property';
}

export interface Field {
  readonly name: string;
  readonly default?: Value;
  readonly factory?: Value;
}

/** Classes of libraries that add nothing to the objects derived from them, or nothing that is followed. */
const HARMLESS = new Set(['builtins.object', 'abc.ABC', 'typing.Protocol']);
const FORMS: Readonly<Record<string, Method['form']>> = {
  staticmethod: 'static',
  classmethod: 'class',
  property: 'property',
  abstractmethod: 'method',
};

/** What a class statement makes, its body carried out; `classOf` finds classes of the document by their values. */
export function makeClass(
  s: Scope,
  id: number,
  run: Run,
  classOf: (v: FunctionValue) => ClassObject | undefined,
): ClassObject {
  const stop = (reason: string): never =>
    unknown(`${s.name}: a class that ${reason}, which is not followed`, s.nameSpan);
  const why = run.program ? unfollowed(s) : refusal(s);
  if (why) stop(why);
  // A method of it may be a generator.
  const plain = s.untold === undefined || (run.program && s.untold === 'is a generator');
  if (!plain && !s.decorators) stop(s.untold ?? '');
  if (s.outer.length > 0 && !run.program) stop('changes names outside of it');

  let base: ClassObject | undefined;
  let foreign: string | undefined;
  for (const b of s.bases ?? []) {
    const v = b.name === undefined && !b.unpack ? pathOf(b.value, run) : undefined;
    const own = v && classOf(v);
    if (own && !base) base = own;
    else if (own || !v) stop('is derived from what is not known');
    else if (!HARMLESS.has(v.path)) foreign = v.path;
  }
  const tuple = foreign === 'typing.NamedTuple';
  if (foreign && !tuple && foreign !== 'torch.nn.Module') stop(`is derived from ${foreign}`);
  const decoration = dataclassOf(s, run, stop);
  const dataclass = decoration !== undefined;

  const methods = new Map<string, Method>();
  const setters = new Map<string, Method>();
  const attributes = new Map<string, Value>();
  const fields: Field[] = [];
  const frame = new Frame('function', [], new Set(), run.frame);
  const within = <T>(f: () => T): T => {
    const outer = run.frame;
    run.frame = frame;
    try {
      return f();
    } finally {
      run.frame = outer;
    }
  };
  const keep = (name: string, value: Value): void => {
    // A list that all objects of a class share is followed only where the whole program is.
    const held = run.program ? undefined : identityOf(value);
    if (held) heldInPart.add(held);
    attributes.set(name, value);
    frame.set(name, value);
  };
  const statement = (b: Statement): void => {
    if (b.kind === 'scope' && b.form === 'function') {
      const setter = run.program && isSetter(b);
      const { form, told } = setter ? { form: 'method' as const, told: true } : formOf(b, run.program);
      if (!told && run.program && b.decorators) stop(`decorates ${b.name}`);
      const untold = told ? undefined : b.decorators ? (b.untold ?? 'is decorated') : run.functions.untold(b);
      const own = run.functions.ownNames(b);
      const f = within(() =>
        run.functions.closure(`${s.name}.${b.name}`, b.parameters, b.body, own, untold, id, frame.outer),
      );
      if (f.closure !== undefined) (setter ? setters : methods).set(b.name, { closure: f.closure, form });
      if (!setter) frame.set(b.name, f);
      return;
    }
    if (b.kind === 'expression' && b.expression.kind === 'string') return;
    if (b.kind === 'opaque' && b.keyword === 'pass') return;
    if (b.kind === 'opaque' && b.annotated !== undefined) {
      if (dataclass || tuple) fields.push({ name: b.annotated });
      return;
    }
    const [t] = b.kind === 'assign' ? b.targets : [];
    if (b.kind !== 'assign' || b.targets.length !== 1 || t.kind !== 'name')
      stop('does more in its body than to define');
    else if ((dataclass || tuple) && b.annotated) fields.push(within(() => fieldOf(t.name, b.value, run, stop)));
    else {
      const value = within(() => run.value(b.value));
      const alias = [...methods.values()].find(m => value.kind === 'function' && value.closure === m.closure);
      if (alias) methods.set(t.name, alias);
      else keep(t.name, value);
    }
  };
  for (const b of s.body) statement(b);
  if (tuple && methods.size > 0) stop('is a named tuple with methods');
  const init = s.body.find(b => b.kind === 'scope' && b.name === '__init__');
  if (
    foreign === 'torch.nn.Module' &&
    init?.kind === 'scope' &&
    !init.body.some(b => b.kind === 'expression' && isSuperInit(b.expression))
  )
    stop('does not call super().__init__()');
  return {
    name: s.name,
    ...(base ? { base } : {}),
    ...(foreign ? { foreign } : {}),
    form: tuple ? 'namedtuple' : dataclass ? 'dataclass' : (base?.form ?? 'plain'),
    frozen: decoration?.frozen ?? base?.frozen ?? false,
    methods,
    setters,
    attributes,
    shared: new Frame('function', [], new Set(), undefined, false, attributes),
    ...(dataclass || tuple ? { fields } : {}),
  };
}

/** The function or class that an expression names; undefined where it is none. */
function pathOf(e: Expression, run: Run): FunctionValue | undefined {
  try {
    const v = run.value(e);
    return v.kind === 'function' && v.closure === undefined ? v : undefined;
  } catch (stop) {
    if (stop instanceof Stop) return undefined;
    throw stop;
  }
}

/** `@name.setter`. */
const isSetter = (s: Scope): boolean =>
  s.decorators?.length === 1 && s.decorators[0].kind === 'member' && s.decorators[0].name === 'setter';

/** How a method is called, and whether all that stands above it is understood. */
function formOf(s: Scope, program: boolean): { readonly form: Method['form']; readonly told: boolean } {
  if (s.outer.length > 0 && !program) return { form: 'method', told: false };
  if (!s.decorators) return { form: 'method', told: s.untold === undefined };
  const forms = s.decorators.map(d => (d.kind === 'name' ? FORMS[d.name] : isModeDecorator(d) ? 'method' : undefined));
  const told =
    forms.every(f => f !== undefined) && (s.untold === 'is decorated' || (program && s.untold === 'is a generator'));
  return { form: forms.find(f => f !== undefined && f !== 'method') ?? 'method', told };
}

/** What `@dataclass` above a class asks for; undefined without it. */
function dataclassOf(s: Scope, run: Run, stop: (reason: string) => never): { readonly frozen: boolean } | undefined {
  if (!s.decorators) return undefined;
  const [d] = s.decorators;
  const untold = s.untold !== 'is decorated' && !(run.program && s.untold === 'is a generator');
  if (s.decorators.length > 1 || untold) return stop('is decorated');
  const path = pathOf(d.kind === 'call' ? d.callee : d, run)?.path;
  const args = d.kind === 'call' ? d.arguments : [];
  if (path !== 'dataclasses.dataclass' || args.some(a => !/^(frozen|eq|slots|repr)$/.test(a.name ?? '')))
    return stop('is decorated');
  const set = (name: string): boolean | undefined => {
    const v = args.find(a => a.name === name)?.value;
    return v?.kind === 'boolean' ? v.value : undefined;
  };
  if (set('repr') === false || set('eq') === false) return stop('is decorated');
  return { frozen: set('frozen') ?? false };
}

/** `name: type = value`, where the value may be `field(default_factory=list)`. */
function fieldOf(name: string, e: Expression, run: Run, stop: (reason: string) => never): Field {
  if (e.kind !== 'call' || pathOf(e.callee, run)?.path !== 'dataclasses.field') {
    const value = run.value(e);
    if (identityOf(value)) stop(`shares a default value of ${name}`);
    return { name, default: value };
  }
  const [a, ...rest] = e.arguments;
  if (rest.length > 0 || (a?.name !== 'default' && a?.name !== 'default_factory'))
    return stop(`describes its field ${name}`);
  return a.name === 'default' ? { name, default: run.value(a.value) } : { name, factory: run.value(a.value) };
}
