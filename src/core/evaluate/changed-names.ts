import type { Call, Expression } from '../expression/expression';
import type { Scope as ScopeStatement, Statement, Target } from '../expression/program';
import { callsIn, comprehensionsIn, namesIn } from '../expression/walk';
import { drawnBy } from './draw-marks';
import {
  CHANGING_FUNCTIONS,
  changesModule,
  changesReceiver,
  inPlaceName,
  mayShare,
  namedOut,
  outPlace,
} from './memory';
import { ownCall } from './own-marks';

/** Which names statements and expressions bind or change, told from their text alone. */

/** Names that stand for an imported library or a part of one: nothing that a document's code changes in place. */
export type Libraries = ReadonlySet<string>;

/** The names that a program's imports bind and nothing else does. */
export function librariesOf(statements: readonly Statement[]): Libraries {
  const libraries = new Set<string>();
  const imports = (list: readonly Statement[]): void => {
    for (const s of list) {
      if (s.kind === 'import') for (const b of s.bindings) libraries.add(b.name);
      else if (s.kind === 'scope') imports(s.body);
      else if (s.kind === 'branching') s.bodies.forEach(imports);
    }
  };
  imports(statements);
  const others = (list: readonly Statement[]): void => {
    for (const s of list) {
      if (s.kind === 'assign') for (const t of s.targets) eachWhole(t, drop);
      else if (s.kind === 'augment') eachWhole(s.target, drop);
      else if (s.kind === 'opaque') s.binds.forEach(drop);
      else if (s.kind === 'scope') {
        drop(s.name);
        for (const p of s.parameters) drop(p.name);
        others(s.body);
      } else if (s.kind === 'branching') {
        for (const t of s.bound) eachWhole(t, drop);
        s.bodies.forEach(others);
      }
    }
  };
  const drop = (name: string): void => {
    libraries.delete(name);
  };
  if (libraries.size > 0) others(statements);
  return libraries;
}

/** Goes through the names that a target assigns as a whole, not only in part. */
function eachWhole(t: Target, take: (name: string) => void): void {
  switch (t.kind) {
    case 'name':
      take(t.name);
      return;
    case 'tuple':
      for (const item of t.items) eachWhole(item, take);
      return;
    case 'star':
      eachWhole(t.target, take);
      return;
    case 'item':
    case 'member':
    case 'other':
      return;
  }
}

export const isMainGuard = (s: Extract<Statement, { kind: 'branching' }>): boolean => {
  const [head] = s.heads;
  return (
    s.form === 'if' &&
    s.bodies.length === 1 &&
    head?.kind === 'comparison' &&
    head.operands[0].kind === 'name' &&
    head.operands[0].name === '__name__' &&
    head.operators[0] === 'equal'
  );
};

export function namesOfTarget(t: Target): string[] {
  switch (t.kind) {
    case 'name':
      return [t.name];
    case 'tuple':
      return t.items.flatMap(namesOfTarget);
    case 'star':
      return namesOfTarget(t.target);
    case 'item':
      return mayShare(t.object);
    case 'member':
    case 'other':
      return rootsOf(t);
  }
}

export const rootsOf = (t: Target): string[] =>
  t.kind === 'other' || t.kind === 'member' ? (t.root === undefined ? [] : [t.root]) : namesOfTarget(t);

/** The name that a call writes its result to by `out=`, where nothing else in the call changes anything. */
export function outName(e: Expression, libraries?: Libraries): string | undefined {
  if (e.kind !== 'call' || e.callee.kind !== 'member') return undefined;
  const { callee } = e;
  const library = callee.object.kind === 'name' && (libraries?.has(callee.object.name) ?? true);
  const out = namedOut(e) ?? (library ? outPlace(callee.name, e) : undefined);
  if (out?.kind !== 'name') return undefined;
  const rest = e.arguments.filter(a => a.value !== out);
  return rest.every(a => changedBy(a.value, libraries ?? new Set()).length === 0) ? out.name : undefined;
}

/** The names whose lists or arrays a call on its own changes, `items.append(3)`, where nothing else in it changes any. */
export function changedAlone(e: Expression, libraries: Libraries): readonly string[] | undefined {
  const out = outName(e, libraries);
  if (out !== undefined) return [out];
  if (e.kind !== 'call' || e.callee.kind !== 'member') return undefined;
  const args = e.arguments.map(a => a.value);
  const pure = (list: readonly Expression[]): boolean => list.every(a => changedBy(a, libraries).length === 0);
  if (CHANGING_FUNCTIONS.has(e.callee.name)) {
    const [first, ...rest] = args;
    return first && pure(rest) ? mayShare(first) : undefined;
  }
  if (!changesReceiver(e.callee.name) || !pure(args)) return undefined;
  return mayShare(e.callee.object).filter(name => !libraries.has(name));
}

/** Names whose objects the names that the statements assign or change may hold or be. */
export function sharedIn(statements: readonly Statement[]): string[] {
  return statements.flatMap((s): string[] => {
    switch (s.kind) {
      case 'expression':
        return s.expression.kind === 'call' ? s.expression.arguments.flatMap(a => mayShare(a.value)) : [];
      case 'assign':
      case 'augment':
        return mayShare(s.value);
      case 'branching':
        return [...s.heads.flatMap(mayShare), ...s.bodies.flatMap(sharedIn)];
      case 'opaque':
        return s.expressions.flatMap(mayShare);
      case 'scope':
        return sharedIn(s.body);
      case 'import':
        return [];
    }
  });
}

/** The same of a function's body, names of its own left out. */
export function outerShared(s: ScopeStatement): string[] {
  const own = localNames(s);
  return sharedIn(s.body).filter(n => !own.has(n));
}

/** Names whose objects the statements may change: directly, or through names that share memory with them. */
export function changedBehind(statements: readonly Statement[], libraries: Libraries): Set<string> {
  const own = statements.flatMap(t => changedInPlace(t, libraries));
  const changed = new Set(own);
  if (own.length === 0) return changed;
  const follow = (list: readonly Statement[]): void => {
    for (const s of list) {
      if (s.kind === 'assign' && s.targets.flatMap(namesOfTarget).some(n => changed.has(n)))
        for (const name of mayShare(s.value)) changed.add(name);
      if (s.kind !== 'branching') continue;
      if (s.bound.flatMap(namesOfTarget).some(n => changed.has(n)))
        for (const name of s.heads.flatMap(mayShare)) changed.add(name);
      s.bodies.forEach(follow);
    }
  };
  for (let before = -1; before !== changed.size; ) {
    before = changed.size;
    follow(statements);
  }
  return changed;
}

/** Names whose objects the statement changes without assigning them. */
export function changedInPlace(s: Statement, libraries: Libraries): string[] {
  switch (s.kind) {
    case 'expression':
      return changedByStatement(s.expression, libraries);
    case 'assign': {
      const changed = changedBy(s.value, libraries);
      if (s.targets.every(t => t.kind === 'name')) return changed;
      const parts = s.targets.filter(t => t.kind !== 'name').flatMap(itemRoots);
      return parts.length === 0 ? changed : [...parts, ...changed];
    }
    case 'augment':
      return [...namesOfTarget(s.target), ...changedBy(s.value, libraries)];
    case 'branching':
      return [
        ...s.heads.flatMap(e => changedBy(e, libraries)),
        ...s.bodies.flatMap(body => body.flatMap(t => changedInPlace(t, libraries))),
      ];
    case 'opaque':
      return [...shortenedBy(s), ...s.expressions.flatMap(e => changedBy(e, libraries))];
    case 'scope':
    case 'import':
      return [];
  }
}

/** Names whose objects `del` takes parts of away. */
const shortenedBy = (s: Extract<Statement, { kind: 'opaque' }>): string[] =>
  s.keyword === 'del' ? s.expressions.flatMap(e => ('object' in e ? mayShare(e.object) : [])) : [];

const itemRoots = (t: Target): string[] =>
  t.kind === 'tuple' ? t.items.flatMap(itemRoots) : t.kind === 'name' || t.kind === 'star' ? [] : namesOfTarget(t);

/**
 * Whether a function may change what it is given: it changes a parameter or something that shares memory with one, itself
 * or by a call that `changes` what it is given.
 */
export function mutatesArguments(s: ScopeStatement, libraries: Libraries, changes: (call: Call) => boolean): boolean {
  const tainted = new Set(s.parameters.map(p => p.name));
  const arrays = madeArrays(s.body, libraries);
  // An array keeps copies of the numbers that are put into it.
  const copies = (t: Target): boolean =>
    t.kind === 'tuple'
      ? t.items.every(copies)
      : t.kind === 'item' && (mayShare(t.object).every(n => arrays.has(n)) || isArrayPlace(t));
  const learn = (statements: readonly Statement[]): void => {
    for (const t of statements) {
      if (t.kind === 'assign' && mayShare(t.value).some(n => tainted.has(n)))
        for (const name of t.targets.filter(place => !copies(place)).flatMap(namesOfTarget)) tainted.add(name);
      if (t.kind === 'branching') {
        if (t.heads.flatMap(mayShare).some(n => tainted.has(n)))
          for (const name of t.bound.flatMap(namesOfTarget)) tainted.add(name);
        t.bodies.forEach(learn);
      }
    }
  };
  for (let before = -1; before !== tainted.size; ) {
    before = tainted.size;
    learn(s.body);
  }
  const passed = (call: Call): boolean => call.arguments.some(a => mayShare(a.value).some(n => tainted.has(n)));
  return (
    s.body.flatMap(t => changedInPlace(t, libraries)).some(n => tainted.has(n)) ||
    s.body.flatMap(callsOf).some(call => passed(call) && changes(call))
  );
}

/** `T[:2, 2]`: several subscripts with a slice among them are an array's. */
const isArrayPlace = (t: Extract<Target, { kind: 'item' }>): boolean =>
  t.subscripts.length > 1 && t.subscripts.some(s => s.kind === 'slice');

/** Names that hold nothing but arrays that a library has made for them. */
function madeArrays(body: readonly Statement[], libraries: Libraries): Set<string> {
  const made = new Set<string>();
  const other = new Set<string>();
  const add = (name: string): void => {
    other.add(name);
  };
  const visit = (list: readonly Statement[]): void => {
    for (const s of list) {
      if (s.kind === 'assign')
        for (const t of s.targets) {
          if (t.kind === 'name' && isFresh(s.value, libraries)) made.add(t.name);
          else eachWhole(t, add);
        }
      else if (s.kind === 'scope') add(s.name);
      else if (s.kind === 'opaque') s.binds.forEach(add);
      else if (s.kind === 'import') for (const b of s.bindings) add(b.name);
      else if (s.kind === 'branching') {
        for (const t of s.bound) eachWhole(t, add);
        s.bodies.forEach(visit);
      }
    }
  };
  visit(body);
  return new Set([...made].filter(n => !other.has(n)));
}

/** `np.zeros(3)`: an array that a library makes and nothing else holds. */
const isFresh = (e: Expression, libraries: Libraries): boolean =>
  e.kind === 'call' &&
  e.callee.kind === 'member' &&
  e.callee.object.kind === 'name' &&
  libraries.has(e.callee.object.name) &&
  mayShare(e).length === 0;

/** Every call in a statement, those of inner functions included. */
function callsOf(s: Statement): readonly Call[] {
  switch (s.kind) {
    case 'expression':
      return callsIn(s.expression);
    case 'assign':
    case 'augment':
      return callsIn(s.value);
    case 'branching':
      return [...s.heads.flatMap(callsIn), ...s.bodies.flat().flatMap(callsOf)];
    case 'opaque':
      return s.expressions.flatMap(callsIn);
    case 'scope':
      return s.body.flatMap(callsOf);
    case 'import':
      return [];
  }
}

/** Names that the statements may bind or change, nested blocks included, function bodies not. */
export function assignedNames(statements: readonly Statement[], libraries: Libraries): Set<string> {
  const out = new Set<string>();
  for (const s of statements) for (const name of assignedBy(s, libraries)) out.add(name);
  return out;
}

/** Blocks within blocks ask for the same names once for each block around them. */
const assignedByBlock = new WeakMap<Statement, ReadonlySet<string>>();

function assignedBy(s: Statement, libraries: Libraries): Iterable<string> {
  switch (s.kind) {
    case 'expression':
      return changedByStatement(s.expression, libraries);
    case 'assign':
      return [...s.targets.flatMap(namesOfTarget).filter(n => !libraries.has(n)), ...changedBy(s.value, libraries)];
    case 'augment':
      return [...namesOfTarget(s.target).filter(n => !libraries.has(n)), ...changedBy(s.value, libraries)];
    case 'import':
      return s.bindings.map(b => b.name);
    case 'scope':
      return [s.name];
    case 'branching': {
      let names = assignedByBlock.get(s);
      if (!names) {
        names = new Set([
          ...s.bound.flatMap(namesOfTarget),
          ...s.bodies.flatMap(body => [...assignedNames(body, libraries)]),
          ...s.heads.flatMap(e => changedBy(e, libraries)),
        ]);
        assignedByBlock.set(s, names);
      }
      return names;
    }
    case 'opaque':
      return [...s.binds, ...changedInPlace(s, libraries)];
  }
}

/** torch's layers whose last setting, which may stand without its name, says that they work in place. */
const IN_PLACE_LAYERS = /^(\w*LU6?|\w*Dropout[123]?d?|Mish|Hard\w+|Threshold)$/;

/** `F.relu(x, inplace=True)`, `nn.ReLU(True)`, or whatever may come to that. */
export function worksInPlace(e: Call): boolean {
  const name = e.callee.kind === 'name' || e.callee.kind === 'member' ? e.callee.name : '';
  const layer = IN_PLACE_LAYERS.test(name);
  return e.arguments.some(({ name: keyword, value }) =>
    keyword === 'inplace'
      ? !(value.kind === 'boolean' && !value.value)
      : layer && keyword === undefined && value.kind !== 'number' && !(value.kind === 'boolean' && !value.value),
  );
}

/** The same of an expression that is a statement: `model.double()`, whose result nobody takes, changes a module. */
const changedByStatement = (e: Expression, libraries: Libraries): string[] => [
  ...changedBy(e, libraries),
  ...(e.kind === 'call' && e.callee.kind === 'member' && changesModule(e.callee.name)
    ? mayShare(e.callee.object).filter(name => !libraries.has(name))
    : []),
];

/** The names whose object a method may change that is fetched by its name: `getattr(a, 'sort')()`. */
export function byName({ callee }: Call, libraries: Libraries): string[] {
  if (callee.kind !== 'call' || callee.callee.kind !== 'name' || callee.callee.name !== 'getattr') return [];
  const [object, name] = callee.arguments.map(a => a.value);
  const reads = name?.kind === 'string' && !changesReceiver(name.value);
  return object === undefined || reads ? [] : mayShare(object).filter(n => !libraries.has(n));
}

/** Receivers of changing methods and arguments of `out=` anywhere in the expression. */
export function changedBy(e: Expression, libraries: Libraries): string[] {
  const out: string[] = [];
  for (const call of callsIn(e)) {
    const { callee } = call;
    if (callee.kind === 'member') {
      // `np.sort(a)` gives a sorted copy, `a.sort()` changes a.
      const receivers = (): string[] => mayShare(callee.object).filter(name => !libraries.has(name));
      // `items.append(x)` changes the items, not x; `np.fill_diagonal(x, 0)` changes x.
      const given = (): string[] => call.arguments.flatMap(a => mayShare(a.value));
      if (CHANGING_FUNCTIONS.has(callee.name)) out.push(...receivers(), ...given());
      else if (changesReceiver(callee.name)) out.push(...receivers(), ...(inPlaceName(callee.name) ? given() : []));
    }
    out.push(...byName(call, libraries));
    out.push(...(drawnBy(call) ?? []));
    if (ownCall(call)?.changes) out.push(...mayShare(call).filter(name => !libraries.has(name)));
    const named = namedOut(call);
    if (named) out.push(...mayShare(named));
    if (worksInPlace(call)) out.push(...call.arguments.flatMap(a => mayShare(a.value)));
  }
  if (out.length === 0) return out;
  // A comprehension's variable stands for what it goes through.
  for (const c of comprehensionsIn(e))
    for (const { target, iterable } of c.clauses)
      if (namesIn(target).some(n => out.includes(n))) out.push(...mayShare(iterable).filter(n => !libraries.has(n)));
  return out;
}

/** Names, and what those that are variables of comprehensions in an expression go through. */
export function standFor(names: readonly string[], e: Expression): string[] {
  const out = new Set(names);
  const clauses = out.size > 0 ? comprehensionsIn(e).flatMap(c => c.clauses) : [];
  for (let before = -1; before !== out.size; ) {
    before = out.size;
    for (const { target, iterable } of clauses)
      if (namesIn(target).some(n => out.has(n))) for (const n of wentThrough(iterable)) out.add(n);
  }
  return [...out];
}

const wentThrough = (e: Expression): string[] =>
  e.kind === 'call' && e.callee.kind === 'name' && WALKS.has(e.callee.name)
    ? e.arguments.flatMap(a => wentThrough(a.value))
    : e.kind === 'call' && e.callee.kind === 'member' && ITEMS.has(e.callee.name)
      ? mayShare(e.callee.object)
      : mayShare(e);

/** What goes through the very items of what it is given. */
const WALKS = new Set(['enumerate', 'filter', 'iter', 'list', 'reversed', 'sorted', 'tuple', 'zip']);
const ITEMS = new Set(['children', 'items', 'modules', 'named_modules', 'named_parameters', 'parameters', 'values']);

/** Names that a function owns: its parameters and what its body assigns as a whole, not only in part. */
export function localNames(s: ScopeStatement): Set<string> {
  const names = new Set<string>();
  const take = (name: string): void => {
    names.add(name);
  };
  const visit = (statements: readonly Statement[]): void => {
    for (const t of statements) {
      if (t.kind === 'assign') for (const target of t.targets) eachWhole(target, take);
      else if (t.kind === 'augment') eachWhole(t.target, take);
      else if (t.kind === 'import') for (const i of t.bindings) take(i.name);
      else if (t.kind === 'scope') take(t.name);
      else if (t.kind === 'opaque') t.binds.forEach(take);
      else if (t.kind === 'branching') {
        for (const target of t.bound) eachWhole(target, take);
        t.bodies.forEach(visit);
      }
    }
  };
  for (const p of s.parameters) take(p.name);
  visit(s.body);
  for (const name of s.outer) names.delete(name);
  return names;
}

/** Names that a function body changes without owning them: item assignments, in-place operators and changing methods on outer names. */
export function writtenFromInside(
  body: readonly Statement[],
  own: ReadonlySet<string>,
  libraries: Libraries,
): string[] {
  const places = (statements: readonly Statement[]): string[] =>
    statements.flatMap((s): string[] => {
      switch (s.kind) {
        case 'assign':
          return [
            ...s.targets
              .filter(t => t.kind === 'item' || t.kind === 'member' || t.kind === 'other')
              .flatMap(namesOfTarget),
            ...changedBy(s.value, libraries),
          ];
        case 'augment':
          return s.target.kind === 'name' ? [] : namesOfTarget(s.target);
        case 'expression':
          return changedByStatement(s.expression, libraries);
        case 'branching':
          return s.bodies.flatMap(places);
        case 'scope':
          return s.form === 'function' ? places(s.body).filter(n => !localNames(s).has(n)) : places(s.body);
        case 'opaque':
          return changedInPlace(s, libraries);
        case 'import':
          return [];
      }
    });
  return [...new Set([...places(body), ...changedBehind(body, libraries)])].filter(
    n => !own.has(n) && !libraries.has(n),
  );
}

/** Whether a function within a function changes what the one around it holds: its calls then change more than they are given. */
export function changesAround(statements: readonly Statement[], libraries: Libraries, within = false): boolean {
  return statements.some(s => {
    if (s.kind === 'branching') return s.bodies.some(body => changesAround(body, libraries, within));
    if (s.kind !== 'scope') return false;
    const own = localNames(s);
    const changes = within && s.form === 'function' && writtenFromInside(s.body, own, libraries).length > 0;
    return changes || changesAround(s.body, libraries, s.form === 'function');
  });
}
