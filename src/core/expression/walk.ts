import { type Span, touches } from '../text/span';
import type { Call, Comprehension, Expression, Formatted, Lambda, Member, Subscript } from './expression';
import type { Statement, Target } from './program';

const subscriptParts = (s: Subscript): Expression[] =>
  s.kind === 'at' ? [s.value] : [s.start, s.stop, s.step].filter(e => e !== undefined);

/** The direct sub-expressions that mean the same where they stand alone, in source order. */
export function children(e: Expression): readonly Expression[] {
  switch (e.kind) {
    case 'number':
    case 'string':
    case 'boolean':
    case 'none':
    case 'ellipsis':
    case 'dense':
    case 'name':
      return [];
    case 'unreadable':
      return e.yields?.value ? [e.yields.value] : [];
    case 'sequence':
      return e.items;
    case 'matrix':
      return e.rows.flat();
    case 'member':
      return [e.object];
    case 'call':
      return [e.callee, ...e.arguments.map(a => a.value)];
    case 'index':
      return [e.object, ...e.subscripts.flatMap(subscriptParts)];
    case 'unary':
      return [e.operand];
    case 'binary':
    case 'logical':
      return [e.left, e.right];
    case 'comparison':
      return e.operands;
    case 'conditional':
      return [e.then, e.condition, e.otherwise];
    case 'range':
      return [e.start, e.step, e.stop].filter(p => p !== undefined);
    case 'equality':
      return e.parts;
    case 'lambda':
      return e.parameters.flatMap(p => p.default ?? []);
    case 'comprehension':
      return e.clauses.slice(0, 1).map(c => c.iterable);
    case 'formatted':
      return e.parts.flatMap(p => (typeof p === 'string' ? [] : [p.value]));
    case 'mapping':
      return e.entries.flatMap(entry => (entry.key ? [entry.key, entry.value] : [entry.value]));
    case 'starred':
      return [e.value];
    case 'block':
      return [];
  }
}

/** The expressions of a statement and of all statements in it. */
const expressionsWithin = (s: Statement): readonly Expression[] => [
  ...expressionsIn(s),
  ...(s.kind === 'branching' ? s.bodies.flat().flatMap(expressionsWithin) : []),
  ...(s.kind === 'scope' ? s.body.flatMap(expressionsWithin) : []),
];

/** The direct sub-expressions and those that have names of their own: the body of a lambda, the parts of a comprehension. */
export function allChildren(e: Expression): readonly Expression[] {
  if (e.kind === 'block') return e.statements.flatMap(expressionsWithin);
  if (e.kind === 'lambda') return [...children(e), e.body];
  if (e.kind === 'comprehension')
    return [
      ...e.clauses.flatMap(c => [c.iterable, c.target, ...c.conditions]),
      e.element,
      ...(e.value ? [e.value] : []),
    ];
  if (e.kind !== 'formatted') return children(e);
  const inside = (parts: Formatted['parts']): Expression[] =>
    parts.flatMap(p => (typeof p === 'string' ? [] : [p.value, ...inside(p.format)]));
  return inside(e.parts);
}

/** Puts `allChildren` on a stack; the frequent kinds without an array of their own. */
function pushChildren(e: Expression, stack: Expression[]): void {
  switch (e.kind) {
    case 'number':
    case 'string':
    case 'boolean':
    case 'none':
    case 'dense':
    case 'name':
      return;
    case 'member':
      stack.push(e.object);
      return;
    case 'binary':
    case 'logical':
      stack.push(e.left, e.right);
      return;
    case 'unary':
      stack.push(e.operand);
      return;
    case 'sequence':
      for (const item of e.items) stack.push(item);
      return;
    case 'comparison':
      for (const operand of e.operands) stack.push(operand);
      return;
    case 'mapping':
      for (const { key, value } of e.entries) stack.push(...(key ? [key, value] : [value]));
      return;
    case 'index':
      stack.push(e.object);
      for (const s of e.subscripts) {
        if (s.kind === 'at') stack.push(s.value);
        else stack.push(...subscriptParts(s));
      }
      return;
    case 'call':
      stack.push(e.callee);
      for (const a of e.arguments) stack.push(a.value);
      return;
    case 'conditional':
      stack.push(e.then, e.condition, e.otherwise);
      return;
    case 'comprehension':
      for (const c of e.clauses) {
        stack.push(c.iterable, c.target);
        for (const condition of c.conditions) stack.push(condition);
      }
      stack.push(e.element);
      if (e.value) stack.push(e.value);
      return;
    default:
      stack.push(...allChildren(e));
  }
}

const NO_CALLS: readonly Call[] = [];
/** The stack of `callsIn`, empty between walks: a walk of its own is short and asked for thousands of times. */
const waiting: Expression[] = [];

/** All calls in the expression, those within lambdas and comprehensions included, without recursion. */
export function callsIn(e: Expression): readonly Call[] {
  if (e.kind === 'name' || e.kind === 'number' || e.kind === 'dense' || e.kind === 'string') return NO_CALLS;
  let calls: Call[] | undefined;
  const stack = waiting;
  stack.push(e);
  for (let top = stack.pop(); top; top = stack.pop()) {
    pushChildren(top, stack);
    if (top.kind !== 'call') continue;
    if (calls) calls.push(top);
    else calls = [top];
  }
  return calls ?? NO_CALLS;
}

/** All names read by the expression, in source order, without recursion: trees from long chains are deep. */
export function namesIn(e: Expression): string[] {
  const names: string[] = [];
  const stack: Expression[] = [e];
  for (let top = stack.pop(); top; top = stack.pop()) {
    if (top.kind === 'name') names.push(top.name);
    const parts = allChildren(top);
    for (let i = parts.length - 1; i >= 0; i--) stack.push(parts[i]);
  }
  return names;
}

/** Nesting depth of the tree, counted no further than `limit`. */
export function depthWithin(e: Expression, limit: number): number {
  let level: readonly Expression[] = [e];
  let depth = 0;
  while (level.length > 0 && depth <= limit) {
    depth++;
    level = level.flatMap(children);
  }
  return depth;
}

/** The chain of expressions from `e` down to the innermost one that the offset touches; empty when it touches none. */
export function pathAt(e: Expression, offset: number, partsOf = children): Expression[] {
  const path: Expression[] = [];
  let here: Expression | undefined = touches(e.span, offset) ? e : undefined;
  while (here) {
    path.push(here);
    const parts: readonly Expression[] = partsOf(here);
    // Of two neighbours that meet at the offset, the one that begins there is meant.
    here = parts.find(p => p.span.start <= offset && offset < p.span.end) ?? parts.find(p => touches(p.span, offset));
  }
  return path;
}

/** The smallest sub-expression whose span covers `range`. */
export function covering(e: Expression, range: Span, partsOf = children): Expression | undefined {
  let best: Expression | undefined;
  let here: Expression | undefined = e;
  while (here && here.span.start <= range.start && range.end <= here.span.end) {
    best = here;
    here = partsOf(here).find((p: Expression) => p.span.start <= range.start && range.end <= p.span.end);
  }
  return best;
}

/** The expressions of a kind within the expression, itself included. */
function every<K extends Expression['kind']>(e: Expression, kind: K): readonly Extract<Expression, { kind: K }>[] {
  const found: Extract<Expression, { kind: K }>[] = [];
  const is = (x: Expression): x is Extract<Expression, { kind: K }> => x.kind === kind;
  const stack: Expression[] = [e];
  for (let top = stack.pop(); top; top = stack.pop()) {
    if (is(top)) found.push(top);
    pushChildren(top, stack);
  }
  return found;
}

/** All `object.name` in the expression. */
export const membersIn = (e: Expression): readonly Member[] => every(e, 'member');
export const comprehensionsIn = (e: Expression): readonly Comprehension[] => every(e, 'comprehension');
export const lambdasIn = (e: Expression): readonly Lambda[] => every(e, 'lambda');

/** The expressions of a statement itself, those of its targets included, not those of the statements in it. */
export function expressionsIn(s: Statement): readonly Expression[] {
  switch (s.kind) {
    case 'expression':
      return [s.expression];
    case 'assign':
      return [...s.targets.flatMap(targetExpressions), s.value];
    case 'augment':
      return [...targetExpressions(s.target), s.value];
    case 'branching':
      return [...s.heads, ...s.bound.flatMap(targetExpressions)];
    case 'scope':
      return [
        ...s.parameters.flatMap(p => p.default ?? []),
        ...(s.bases ?? []).map(b => b.value),
        ...(s.decorators ?? []),
      ];
    case 'opaque':
      return s.expressions;
    case 'import':
      return [];
  }
}

/** The expressions within a target, its name left out. */
export function targetExpressions(t: Target): readonly Expression[] {
  switch (t.kind) {
    case 'tuple':
      return t.items.flatMap(targetExpressions);
    case 'star':
      return targetExpressions(t.target);
    case 'item':
      return [t.object, ...t.subscripts.flatMap(subscriptParts)];
    case 'member':
      return [t.object];
    case 'name':
    case 'other':
      return [];
  }
}

/** A number, text or truth value as it is written. */
export const isConstant = (e: Expression): boolean =>
  e.kind === 'number' || e.kind === 'string' || e.kind === 'boolean' || (e.kind === 'unary' && isConstant(e.operand));
