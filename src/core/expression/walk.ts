import { type Span, touches } from '../text/span';
import type { Expression, Formatted, Subscript } from './expression';

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
    case 'unreadable':
      return [];
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
      return e.entries.flatMap(entry => [entry.key, entry.value]);
    case 'starred':
      return [e.value];
  }
}

/** The direct sub-expressions and those that have names of their own: the body of a lambda, the parts of a comprehension. */
export function allChildren(e: Expression): readonly Expression[] {
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
export function pathAt(e: Expression, offset: number): Expression[] {
  const path: Expression[] = [];
  let here: Expression | undefined = touches(e.span, offset) ? e : undefined;
  while (here) {
    path.push(here);
    const parts: readonly Expression[] = children(here);
    // Of two neighbours that meet at the offset, the one that begins there is meant.
    here = parts.find(p => p.span.start <= offset && offset < p.span.end) ?? parts.find(p => touches(p.span, offset));
  }
  return path;
}

/** The smallest sub-expression whose span covers `range`. */
export function covering(e: Expression, range: Span): Expression | undefined {
  let best: Expression | undefined;
  let here: Expression | undefined = e;
  while (here && here.span.start <= range.start && range.end <= here.span.end) {
    best = here;
    here = children(here).find(p => p.span.start <= range.start && range.end <= p.span.end);
  }
  return best;
}
