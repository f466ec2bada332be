import type { Expression } from '../expression/expression';
import type { Scope as ScopeStatement, Statement, Target } from '../expression/program';
import { allChildren } from '../expression/walk';
import { CHANGING_FUNCTIONS, CHANGING_METHODS, mayShare } from './memory';

/** Which names statements and expressions bind or change, told from their text alone. */

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
    case 'other':
      return rootsOf(t);
  }
}

export const rootsOf = (t: Target): string[] =>
  t.kind === 'other' ? (t.root === undefined ? [] : [t.root]) : namesOfTarget(t);

/** The name that a call writes its result to by `out=`, where nothing else in the call changes anything. */
export function outName(e: Expression): string | undefined {
  if (e.kind !== 'call' || e.callee.kind !== 'member') return undefined;
  const out = e.arguments.find(a => a.name === 'out')?.value;
  const rest = e.arguments.filter(a => a.name !== 'out');
  return out?.kind === 'name' && rest.every(a => changedBy(a.value).length === 0) ? out.name : undefined;
}

/** The name whose list or array a call on its own changes, `items.append(3)`. */
export function changedAlone(e: Expression): string | undefined {
  const out = outName(e);
  if (out !== undefined) return out;
  if (e.kind !== 'call' || e.callee.kind !== 'member') return undefined;
  if (CHANGING_FUNCTIONS.has(e.callee.name)) {
    const [first, ...rest] = e.arguments;
    return first?.value.kind === 'name' && rest.every(a => changedBy(a.value).length === 0)
      ? first.value.name
      : undefined;
  }
  if (!CHANGING_METHODS.has(e.callee.name)) return undefined;
  if (e.arguments.some(a => changedBy(a.value).length > 0)) return undefined;
  return e.callee.object.kind === 'name' ? e.callee.object.name : undefined;
}

/** Names whose objects the statements may change: directly, or through names that share memory with them. */
export function changedBehind(statements: readonly Statement[]): Set<string> {
  const changed = new Set(statements.flatMap(changedInPlace));
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
export function changedInPlace(s: Statement): string[] {
  switch (s.kind) {
    case 'expression':
      return changedBy(s.expression);
    case 'assign':
      return [...s.targets.filter(t => t.kind !== 'name').flatMap(itemRoots), ...changedBy(s.value)];
    case 'augment':
      return [...namesOfTarget(s.target), ...changedBy(s.value)];
    case 'branching':
      return [...s.heads.flatMap(changedBy), ...s.bodies.flat().flatMap(changedInPlace)];
    case 'opaque':
      return s.expressions.flatMap(changedBy);
    case 'scope':
    case 'import':
      return [];
  }
}

const itemRoots = (t: Target): string[] =>
  t.kind === 'tuple' ? t.items.flatMap(itemRoots) : t.kind === 'name' || t.kind === 'star' ? [] : namesOfTarget(t);

/** Whether a function may change what it is given: it changes a parameter, or something that shares memory with one. */
export function mutatesArguments(s: ScopeStatement): boolean {
  const tainted = new Set(s.parameters.map(p => p.name));
  const learn = (statements: readonly Statement[]): void => {
    for (const t of statements) {
      if (t.kind === 'assign' && mayShare(t.value).some(n => tainted.has(n)))
        for (const name of t.targets.flatMap(namesOfTarget)) tainted.add(name);
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
  return s.body.flatMap(changedInPlace).some(n => tainted.has(n));
}

/** Names that the statements may bind or change, nested blocks included, function bodies not. */
export function assignedNames(statements: readonly Statement[]): Set<string> {
  const out = new Set<string>();
  for (const s of statements) for (const name of assignedBy(s)) out.add(name);
  return out;
}

/** Blocks within blocks ask for the same names once for each block around them. */
const assignedByBlock = new WeakMap<Statement, ReadonlySet<string>>();

function assignedBy(s: Statement): Iterable<string> {
  switch (s.kind) {
    case 'expression':
      return changedBy(s.expression);
    case 'assign':
      return [...s.targets.flatMap(namesOfTarget), ...changedBy(s.value)];
    case 'augment':
      return [...namesOfTarget(s.target), ...changedBy(s.value)];
    case 'import':
      return s.bindings.map(b => b.name);
    case 'scope':
      return [s.name];
    case 'branching': {
      let names = assignedByBlock.get(s);
      if (!names) {
        names = new Set([
          ...s.bound.flatMap(namesOfTarget),
          ...s.bodies.flatMap(body => [...assignedNames(body)]),
          ...s.heads.flatMap(changedBy),
        ]);
        assignedByBlock.set(s, names);
      }
      return names;
    }
    case 'opaque':
      return [...s.binds, ...s.expressions.flatMap(changedBy)];
  }
}

/** Receivers of changing methods and arguments of `out=` anywhere in the expression. */
export function changedBy(e: Expression): string[] {
  const out: string[] = [];
  const stack: Expression[] = [e];
  for (let top = stack.pop(); top; top = stack.pop()) {
    stack.push(...allChildren(top));
    if (top.kind !== 'call') continue;
    if (
      top.callee.kind === 'member' &&
      (CHANGING_METHODS.has(top.callee.name) || CHANGING_FUNCTIONS.has(top.callee.name))
    ) {
      out.push(...mayShare(top.callee.object), ...top.arguments.flatMap(a => mayShare(a.value)));
    }
    for (const a of top.arguments) if (a.name === 'out') out.push(...mayShare(a.value));
  }
  return out;
}

/** Names that a function owns: its parameters and what its body assigns as a whole, not only in part. */
export function localNames(s: ScopeStatement): Set<string> {
  const whole = (t: Target): string[] =>
    t.kind === 'name'
      ? [t.name]
      : t.kind === 'tuple'
        ? t.items.flatMap(whole)
        : t.kind === 'star'
          ? whole(t.target)
          : [];
  const found = (statements: readonly Statement[]): string[] =>
    statements.flatMap((t): string[] => {
      switch (t.kind) {
        case 'assign':
          return t.targets.flatMap(whole);
        case 'augment':
          return whole(t.target);
        case 'import':
          return t.bindings.map(i => i.name);
        case 'scope':
          return [t.name];
        case 'branching':
          return [...t.bound.flatMap(whole), ...t.bodies.flatMap(found)];
        case 'opaque':
          return [...t.binds];
        case 'expression':
          return [];
      }
    });
  const outer = new Set(s.outer);
  return new Set([...s.parameters.map(p => p.name), ...found(s.body)].filter(n => !outer.has(n)));
}

/** Names that a function body changes without owning them: item assignments, in-place operators and changing methods on outer names. */
export function writtenFromInside(body: readonly Statement[], own: ReadonlySet<string>): string[] {
  const places = (statements: readonly Statement[]): string[] =>
    statements.flatMap((s): string[] => {
      switch (s.kind) {
        case 'assign':
          return [
            ...s.targets.filter(t => t.kind === 'item' || t.kind === 'other').flatMap(namesOfTarget),
            ...changedBy(s.value),
          ];
        case 'augment':
          return s.target.kind === 'name' ? [] : namesOfTarget(s.target);
        case 'expression':
          return changedBy(s.expression);
        case 'branching':
          return s.bodies.flatMap(places);
        case 'scope':
          return places(s.body).filter(n => !s.parameters.some(p => p.name === n));
        case 'opaque':
          return s.expressions.flatMap(changedBy);
        case 'import':
          return [];
      }
    });
  return [...new Set([...places(body), ...changedBehind(body)])].filter(n => !own.has(n));
}
