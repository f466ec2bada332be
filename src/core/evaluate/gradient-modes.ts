import type { Expression } from '../expression/expression';
import type { Statement } from '../expression/program';
import { allChildren, expressionsIn } from '../expression/walk';

/** Where torch records how results are computed, and where it does not: the bodies of `with torch.no_grad():`, told from the text. */

const modes = new WeakMap<Statement | Expression, 'off' | 'on'>();

/** Whether the code that stands there turns recording off or on; undefined where it leaves it as it is. */
export const gradientMode = (at: Statement | Expression): 'off' | 'on' | undefined => modes.get(at);

/** The mode that a context manager or a decorator sets, `torch.no_grad()`. */
function modeOf(e: Expression): 'off' | 'on' | undefined {
  const name = e.kind === 'call' ? e.callee : e;
  if (name.kind !== 'member' && name.kind !== 'name') return undefined;
  if (name.name === 'set_grad_enabled' && e.kind === 'call') {
    const on = e.arguments[0]?.value;
    return on?.kind === 'boolean' ? (on.value ? 'on' : 'off') : undefined;
  }
  if (name.name === 'no_grad' || name.name === 'inference_mode') return 'off';
  return name.name === 'enable_grad' ? 'on' : undefined;
}

const isSetting = (e: Expression): boolean =>
  e.kind === 'call' && e.callee.kind === 'member' && e.callee.name === 'set_grad_enabled';

const lastOf = (list: readonly Expression[]): 'off' | 'on' | undefined =>
  list.map(modeOf).findLast(mode => mode !== undefined);

/** Marks the statements of a program, and the expressions in them. */
export function markGradientModes(program: readonly Statement[], around?: 'off' | 'on'): void {
  let mode = around;
  for (const s of program) {
    if (mode) {
      modes.set(s, mode);
      for (const e of expressionsIn(s)) mark(e, mode);
    }
    if (s.kind === 'branching') {
      const inner = (s.form === 'with' ? lastOf(s.heads) : undefined) ?? mode;
      for (const body of s.bodies) markGradientModes(body, inner);
    }
    // `torch.set_grad_enabled(False)` holds from there on.
    if (s.kind === 'expression' && isSetting(s.expression)) mode = modeOf(s.expression) ?? mode;
    // What is defined there runs elsewhere.
    if (s.kind === 'scope') markGradientModes(s.body, lastOf(s.decorators ?? []));
  }
}

function mark(e: Expression, mode: 'off' | 'on'): void {
  modes.set(e, mode);
  for (const part of allChildren(e)) mark(part, mode);
}
