import type { Call, Expression, Member } from '../expression/expression';
import type { Scope, Statement, Target } from '../expression/program';
import { callsIn, expressionsIn, lambdasIn, membersIn } from '../expression/walk';
import { changedBy, type Libraries, mutatesArguments, worksInPlace } from './changed-names';
import { READING_BUILTINS } from './memory';
import { isSuper, isSuperInit, mark, ownCall, refuse } from './own-marks';

/** Told from the text alone: which calls may reach a method of a class of the document, and which methods change what. */

/** Methods that a change of the object is followed through; others are called by operators, out of sight. */
const FOLLOWED = /^(__init__|__post_init__|__call__|[a-zA-Z]\w*|_[a-zA-Z]\w*)$/;
const CALLABLE = ['__call__', 'forward'];
/** Methods that change how attributes are found, or how objects are made. */
const UNFOLLOWED = new Set(
  `__new__ __setattr__ __getattr__ __getattribute__ __delattr__ __del__ __enter__ __exit__
   __init_subclass__ __class_getitem__ __set_name__ __get__ __set__ __slots__ __array__
   __array_ufunc__ __array_function__ __torch_function__`.split(/\s+/),
);
/** Built-ins that call what they are given. */
const CALLING = new Set('map filter sorted min max reduce accumulate vectorize apply_along_axis iter'.split(' '));

/** Every statement, inner ones included. */
function everyStatement(list: readonly Statement[]): Statement[] {
  return list.flatMap(s =>
    s.kind === 'scope'
      ? [s, ...everyStatement(s.body)]
      : s.kind === 'branching'
        ? [s, ...s.bodies.flatMap(everyStatement)]
        : [s],
  );
}

const memberTargets = (t: Target): readonly Extract<Target, { kind: 'member' }>[] =>
  t.kind === 'member'
    ? [t]
    : t.kind === 'tuple'
      ? t.items.flatMap(memberTargets)
      : t.kind === 'star'
        ? memberTargets(t.target)
        : [];

function rootOf(e: Expression): string | undefined {
  let at = e;
  while (at.kind === 'member' || at.kind === 'index') at = at.object;
  return at.kind === 'name' ? at.name : undefined;
}

export function methodsOf(s: Scope): readonly Scope[] {
  return s.body.filter(b => b.kind === 'scope').filter(b => b.form === 'function');
}

const decoratedBy = (s: Scope, name: string): boolean =>
  s.decorators?.some(d => d.kind === 'name' && d.name === name) ?? false;

const hasClass = (list: readonly Statement[]): boolean =>
  list.some(s =>
    s.kind === 'scope' ? s.form === 'class' || hasClass(s.body) : s.kind === 'branching' && s.bodies.some(hasClass),
  );

/** What an object of a class does in a way that is not followed wherever it runs. */
export function unfollowed(s: Scope): string | undefined {
  const found = methodsOf(s).find(m => UNFOLLOWED.has(m.name));
  return found && `defines ${found.name}`;
}

/** Marks the calls of a program that has classes; false where it has none. */
export function markOwnCalls(program: readonly Statement[], libraries: Libraries): boolean {
  if (!hasClass(program)) return false;
  const all = everyStatement(program);
  const scopes = all.filter(s => s.kind === 'scope');
  const classes = scopes.filter(s => s.form === 'class');
  const methods = new Map<string, Scope[]>();
  for (const m of classes.flatMap(methodsOf)) methods.set(m.name, [...(methods.get(m.name) ?? []), m]);
  const calling = CALLABLE.flatMap(name => methods.get(name) ?? []);
  const targets = all
    .flatMap(s => (s.kind === 'assign' ? s.targets : s.kind === 'augment' ? [s.target] : []))
    .flatMap(memberTargets);
  const attributes = new Set(targets.map(t => t.name));
  const functions = new Map(
    scopes.filter(s => s.form === 'function' && !classes.some(c => c.body.includes(s))).map(s => [s.name, s]),
  );
  // `cls(…)` in a class method makes an object as the class's own name does.
  const named = new Set([
    ...classes.map(c => c.name),
    ...classes
      .flatMap(methodsOf)
      .filter(m => decoratedBy(m, 'classmethod'))
      .flatMap(m => m.parameters.slice(0, 1).map(x => x.name)),
  ]);
  const expressions = all.flatMap(expressionsIn);
  const calls = expressions.flatMap(callsIn);

  const reached = (c: Call): readonly Scope[] => {
    const { callee } = c;
    if (callee.kind === 'name') {
      if (named.has(callee.name)) return methods.get('__init__') ?? [];
      if (functions.has(callee.name) || libraries.has(callee.name) || READING_BUILTINS.has(callee.name))
        return CALLING.has(callee.name) ? calling : [];
      return calling;
    }
    if (callee.kind !== 'member') return calling;
    const root = rootOf(callee.object);
    if (root !== undefined && libraries.has(root)) return CALLING.has(callee.name) ? calling : [];
    return methods.get(callee.name) ?? (attributes.has(callee.name) ? [...calling, ...functions.values()] : []);
  };
  const through = new Map(
    classes.flatMap(methodsOf).flatMap(m =>
      everyStatement(m.body)
        .flatMap(expressionsIn)
        .flatMap(callsIn)
        .flatMap(c => (isSuper(c.callee) && m.parameters[0] ? [[c, m.parameters[0].name] as const] : [])),
    ),
  );
  for (const c of calls) {
    if (c.callee.kind === 'name' && c.callee.name === 'super') continue;
    const found = reached(c);
    const sure = c.callee.kind === 'member' && methods.has(c.callee.name);
    const makes = c.callee.kind === 'name' && named.has(c.callee.name);
    const ofClass = named.has(rootOf(c.callee) ?? '');
    const self = through.get(c);
    if (found.length === 0 && !makes) continue;
    mark(c, {
      methods: found,
      changes: false,
      ...(sure || makes || self !== undefined ? { sure: true as const } : {}),
      ...(makes ? { makes: true as const } : {}),
      ...(ofClass ? { ofClass: true as const } : {}),
      ...(self === undefined ? {} : { through: self }),
    });
  }

  // An attribute may be a layer that works in place.
  const inPlace = calls.some(worksInPlace);
  const worksThere = (callee: Member): boolean =>
    inPlace && attributes.has(callee.name) && !methods.has(callee.name) && !libraries.has(rootOf(callee) ?? '');

  // Which methods change what they are given: the least answer that agrees with itself.
  const changing = new Set<Scope>();
  const changes = (s: Scope, depth = 0): boolean =>
    mutatesArguments(s, libraries, call => {
      if (ownCall(call)?.changes) return true;
      if (call.callee.kind === 'member') return worksThere(call.callee);
      if (call.callee.kind !== 'name') return ownCall(call) === undefined;
      const { name } = call.callee;
      const f = functions.get(name);
      if (f) return f !== s && (depth > 6 || changes(f, depth + 1));
      return !(named.has(name) || libraries.has(name) || READING_BUILTINS.has(name));
    });
  for (let before = -1; before !== changing.size; ) {
    before = changing.size;
    for (const m of [...classes.flatMap(methodsOf), ...functions.values()])
      if (!changing.has(m) && !settles(m, libraries) && changes(m)) changing.add(m);
    for (const c of calls) {
      const own = ownCall(c);
      if (own && !own.changes && own.methods.some(m => changing.has(m))) mark(c, { ...own, changes: true });
    }
  }

  const callees = new Set(calls.map(c => c.callee));
  const handedOn = new Set(
    expressions
      .flatMap(membersIn)
      .filter(m => !callees.has(m) && !libraries.has(rootOf(m) ?? ''))
      .map(m => m.name),
  );
  for (const c of calls)
    if (c.callee.kind === 'name' && c.callee.name === 'getattr') {
      const name = c.arguments[1]?.value;
      for (const n of name?.kind === 'string' ? [name.value] : methods.keys()) handedOn.add(n);
    }
  // What a lambda changes when it runs is not seen from where it stands.
  for (const c of expressions.flatMap(lambdasIn).flatMap(l => callsIn(l.body)))
    if (ownCall(c)?.changes)
      for (const name of c.callee.kind === 'member' ? [c.callee.name, ...CALLABLE] : CALLABLE) handedOn.add(name);
  // Nor what an inner function changes that holds an object of the function around it.
  const inner = scopes
    .filter(s => s.form === 'function')
    .flatMap(s => everyStatement(s.body))
    .filter(s => s.kind === 'scope');
  const inside = inner.flatMap(f => everyStatement(f.body));
  for (const c of inside.flatMap(expressionsIn).flatMap(callsIn))
    if (ownCall(c)?.changes)
      for (const name of c.callee.kind === 'member' ? [c.callee.name, ...CALLABLE] : CALLABLE) handedOn.add(name);
  const stored = inside.some(s =>
    (s.kind === 'assign' ? s.targets : s.kind === 'augment' ? [s.target] : []).some(t => memberTargets(t).length > 0),
  );
  for (const c of classes) {
    const reason = methodsOf(c)
      .map(m => {
        if (UNFOLLOWED.has(m.name)) return `defines ${m.name}`;
        if (!changing.has(m)) return undefined;
        if (m.name === '__setitem__' || m.name === '__delitem__') return undefined;
        if (!FOLLOWED.test(m.name) || decoratedBy(m, 'property')) return `changes the object in ${m.name}`;
        if (decoratedBy(m, 'classmethod')) return `changes the class in ${m.name}`;
        return handedOn.has(m.name) && m.name !== '__init__'
          ? `hands on ${m.name}, which changes the object`
          : undefined;
      })
      .find(r => r !== undefined);
    const outside = targets.find(
      t => rootOf(t.object) === c.name || (t.object.kind === 'member' && t.object.name === '__class__'),
    );
    const why =
      (stored ? 'has attributes changed in an inner function' : undefined) ??
      reason ??
      (outside && `has its attribute ${outside.name} changed`);
    if (why) refuse(c, why);
  }
  return true;
}

/** An `__init__` that only gives its new object attributes changes nothing that was there before. */
function settles(m: Scope, libraries: Libraries): boolean {
  if (m.name !== '__init__' && m.name !== '__post_init__') return false;
  const [self] = m.parameters;
  const own = (e: Expression): boolean => e.kind === 'name' && e.name === self?.name;
  return m.body.every(s => {
    switch (s.kind) {
      case 'assign':
        return (
          s.targets.every(t => t.kind === 'name' || (t.kind === 'member' && own(t.object))) &&
          changedBy(s.value, libraries).length === 0
        );
      case 'expression':
        return s.expression.kind === 'string' || isSuperInit(s.expression);
      case 'opaque':
        return s.keyword === 'pass';
      default:
        return false;
    }
  });
}
