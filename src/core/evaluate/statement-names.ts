import type { Expression, Subscript } from '../expression/expression';
import type { Statement, Target } from '../expression/program';
import { namesIn } from '../expression/walk';

/** Every name that a statement mentions, inner statements included. */
export function namesInStatement(s: Statement): string[] {
  const targets = (list: readonly Target[]): string[] =>
    list.flatMap((t): string[] => {
      switch (t.kind) {
        case 'name':
          return [t.name];
        case 'tuple':
          return targets(t.items);
        case 'star':
          return targets([t.target]);
        case 'item':
          return [...namesIn(t.object), ...t.subscripts.flatMap(subscriptExpressions).flatMap(namesIn)];
        case 'member':
          return namesIn(t.object);
        case 'other':
          return [];
      }
    });
  switch (s.kind) {
    case 'expression':
      return namesIn(s.expression);
    case 'assign':
      return [...targets(s.targets), ...namesIn(s.value)];
    case 'augment':
      return [...targets([s.target]), ...namesIn(s.value)];
    case 'branching':
      return [...s.heads.flatMap(namesIn), ...targets(s.bound), ...s.bodies.flat().flatMap(namesInStatement)];
    case 'scope':
      return s.body.flatMap(namesInStatement);
    case 'opaque':
      return s.expressions.flatMap(namesIn);
    case 'import':
      return [];
  }
}

/** The expressions of a subscript. */
export const subscriptExpressions = (s: Subscript): Expression[] =>
  s.kind === 'at' ? [s.value] : [s.start, s.stop, s.step].filter(e => e !== undefined);
