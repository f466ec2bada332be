import type { Expression } from '../expression/expression';
import type { Statement } from '../expression/program';

import { allChildren, expressionsIn } from '../expression/walk';

/** What a function's own statements make of it, those of functions within it left out. */

interface Declaration {
  readonly name: string;
  readonly form: 'global' | 'nonlocal';
}

const declared = new WeakMap<readonly Statement[], readonly Declaration[]>();
const generating = new WeakMap<readonly Statement[], boolean>();

/** The names that a body declares to live elsewhere. */
export function declarationsIn(body: readonly Statement[]): readonly Declaration[] {
  let found = declared.get(body);
  if (!found) {
    found = body.flatMap(s => {
      if (s.kind === 'branching') return s.bodies.flatMap(declarationsIn);
      const { declares } = s.kind === 'opaque' ? s : {};
      return declares ? declares.names.map(name => ({ name, form: declares.form })) : [];
    });
    declared.set(body, found);
  }
  return found;
}

/** Whether a body yields, where a yield is a statement or what one assigns or returns. */
export function isGenerator(body: readonly Statement[]): boolean {
  let found = generating.get(body);
  if (found === undefined) {
    found = body.some(s => {
      switch (s.kind) {
        case 'branching':
          return s.bodies.some(isGenerator);
        case 'expression':
          return s.expression.kind === 'unreadable' && s.expression.yields !== undefined;
        case 'assign':
          return s.value.kind === 'unreadable' && s.value.yields !== undefined;
        case 'opaque':
          return s.expressions[0]?.kind === 'unreadable' && s.expressions[0].yields !== undefined;
        default:
          return false;
      }
    });
    generating.set(body, found);
  }
  return found;
}

/** Whether a body's own expressions hold anything that is not read. */
export function hasUnread(body: readonly Statement[]): boolean {
  const unread = (e: Expression): boolean => e.kind === 'unreadable' || allChildren(e).some(unread);
  return body.some(
    s =>
      s.kind !== 'scope' &&
      (expressionsIn(s).some(unread) || (s.kind === 'branching' && s.bodies.some(inner => hasUnread(inner)))),
  );
}
