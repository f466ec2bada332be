import type { Call, Expression } from '../expression/expression';
import { lambdasIn } from '../expression/walk';
import { contains, type Span } from '../text/span';
import type { Libraries } from './changed-names';
import { changesReceiver, mayShare } from './memory';

/** A change that is made whenever something that an expression makes is called. */
export interface LaterChange {
  readonly names: readonly string[];
  /** What makes it. */
  readonly by: string;
  readonly span: Span;
}

/** What the lambdas of an expression change, and its methods that are kept, `push = items.append`; `changing` are its changing calls. */
export function laterChanges(
  e: Expression,
  changing: readonly (readonly [Call, readonly string[]])[],
  libraries: Libraries,
): LaterChange[] {
  const out: LaterChange[] = [];
  for (const [call, names] of changing)
    if (lambdasIn(e).some(l => contains(l.span, call.span))) out.push({ names, by: 'the lambda', span: call.span });
  for (const part of partsOf(e))
    if (part.kind === 'member' && changesReceiver(part.name)) {
      const names = mayShare(part.object).filter(n => !libraries.has(n));
      if (names.length > 0) out.push({ names, by: `what ${part.name} is kept as`, span: part.span });
    }
  return out;
}

/** An expression with what it hands on as it is: items, arguments. */
function partsOf(e: Expression): readonly Expression[] {
  switch (e.kind) {
    case 'call':
      return e.arguments.flatMap(a => partsOf(a.value));
    case 'sequence':
      return e.items.flatMap(partsOf);
    case 'mapping':
      return e.entries.flatMap(entry => partsOf(entry.value));
    default:
      return [e];
  }
}
