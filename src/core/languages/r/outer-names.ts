import type { Call, Expression, Lambda } from '../../expression/expression';
import type { Statement, Target } from '../../expression/program';
import { allChildren, callsIn, expressionsIn } from '../../expression/walk';

/** Names around a function that it assigns by `<<-`, or that functions within it assign so. */
export const superAssigned = (f: Pick<Lambda, 'parameters' | 'body'>): readonly string[] =>
  [...outerNames([f.body], []).entries()].filter(([name, own]) => !own || !locals(f).has(name)).map(([name]) => name);

/** The names that an expression assigns where it stands: in blocks, not in functions. */
export function assignedWithin(e: Expression): readonly string[] {
  const out: string[] = [];
  const stack: Expression[] = [e];
  for (let top = stack.pop(); top; top = stack.pop()) {
    if (top.kind === 'number' || top.kind === 'name' || top.kind === 'dense' || top.kind === 'lambda') continue;
    if (top.kind !== 'block') {
      stack.push(...allChildren(top));
      continue;
    }
    out.push(...assignedBy(top.statements));
  }
  return out;
}

/** The names that statements assign, those of blocks and branches among them. */
export function assignedBy(statements: readonly Statement[]): string[] {
  return statements.flatMap((s): string[] => {
    const inner = expressionsIn(s).flatMap(assignedWithin);
    switch (s.kind) {
      case 'assign':
        return s.outer ? inner : [...s.targets.flatMap(nameOf), ...inner];
      case 'branching':
        return [...s.bound.flatMap(nameOf), ...s.bodies.flatMap(assignedBy), ...inner];
      case 'scope':
        return [s.name];
      default:
        return inner;
    }
  });
}

const nameOf = (t: Target): string[] =>
  t.kind === 'name' ? [t.name] : t.kind === 'other' && t.root !== undefined ? [t.root] : [];

const locals = (f: Pick<Lambda, 'parameters' | 'body'>): ReadonlySet<string> =>
  new Set([
    ...f.parameters.map(p => p.name),
    ...(f.body.kind === 'block' ? assignedBy(f.body.statements) : assignedWithin(f.body)),
  ]);

/** Names assigned by `<<-` in expressions and statements; true for those that only functions within assign. */
function outerNames(
  expressions: readonly Expression[],
  statements: readonly Statement[],
  inner = false,
): Map<string, boolean> {
  const out = new Map<string, boolean>();
  const add = (found: ReadonlyMap<string, boolean>): void => {
    for (const [name, within] of found) out.set(name, within && (out.get(name) ?? true));
  };
  const stack = [...expressions];
  const take = (s: Statement): void => {
    if (s.kind === 'assign' && s.outer) for (const n of s.targets.flatMap(nameOf)) add(new Map([[n, inner]]));
    stack.push(...expressionsIn(s));
    if (s.kind === 'branching') for (const body of s.bodies) body.forEach(take);
    if (s.kind === 'scope') for (const name of s.outer) add(new Map([[name, true]]));
  };
  statements.forEach(take);
  for (let top = stack.pop(); top; top = stack.pop()) {
    if (top.kind === 'number' || top.kind === 'name' || top.kind === 'dense') continue;
    if (top.kind === 'lambda') for (const name of superAssigned(top)) add(new Map([[name, true]]));
    else if (top.kind === 'block') top.statements.forEach(take);
    else stack.push(...allChildren(top));
  }
  return out;
}

/** Names around functions that a statement's own functions assign by `<<-`. */
export const superAssignedIn = (s: Statement): readonly string[] =>
  s.kind === 'scope' ? s.outer : [...outerNames([], [s]).keys()];

/**
 * What an expression or an assignment assigns beside its targets: names in blocks within it, and by `<<-`; `later` are those that
 * functions which it keeps may assign again. Undefined where there is nothing.
 */
export function assignedInside(
  s: Statement,
): { readonly names: readonly string[]; readonly later: readonly string[] } | undefined {
  if (s.kind !== 'expression' && s.kind !== 'assign') return undefined;
  const outer = superAssignedIn(s);
  const own = assignedBy([s]);
  const within = s.kind === 'assign' ? own.length > s.targets.length : own.length > 0;
  return within || outer.length > 0
    ? { names: [...own, ...outer], later: s.kind === 'assign' ? outer : [] }
    : undefined;
}

/** All calls in a statement, those of functions and blocks in it among them. */
export const callsWithin = (s: Statement): readonly Call[] => [
  ...expressionsIn(s).flatMap(callsIn),
  ...(s.kind === 'branching' ? s.bodies.flat().flatMap(callsWithin) : []),
  ...(s.kind === 'scope' ? s.body.flatMap(callsWithin) : []),
];

/** Names that no program writes, which hold that packages are loaded and that options are set. */
export const PACKAGES = '..packages..';
export const OPTIONS = '..options..';

const LOADING: ReadonlySet<string> = new Set(
  'library require requireNamespace loadNamespace source load attach data setClass setRefClass'.split(' '),
);
const SHOWING = /^(digits|scipen|OutDec|width|max\.print|print\..*|encoding)$/;

/** What a statement loads or sets beside names, by the names above. */
export function sideEffects(s: Statement): readonly string[] {
  const out = new Set<string>();
  for (const { callee, arguments: args } of callsWithin(s)) {
    if (callee.kind !== 'name') continue;
    if (LOADING.has(callee.name)) out.add(PACKAGES);
    if (callee.name === 'options' && args.some(a => a.name === undefined || SHOWING.test(a.name))) out.add(OPTIONS);
  }
  return [...out];
}
