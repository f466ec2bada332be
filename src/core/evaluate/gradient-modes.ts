import type { Expression } from '../expression/expression';
import type { Statement } from '../expression/program';
import { allChildren, expressionsIn } from '../expression/walk';

/** Where torch records how results are computed, and where it does not: the bodies of `with torch.no_grad():`, told from the text. */

/** `unsure` where a value turns recording on or off that the text does not tell. */
export type GradientMode = 'off' | 'on' | 'unsure';

const modes = new WeakMap<Statement | Expression, GradientMode>();

/** Whether the code that stands there turns recording off or on; undefined where it leaves it as it is. */
export const gradientMode = (at: Statement | Expression): GradientMode | undefined => modes.get(at);

/** The mode that a context manager or a decorator sets, `torch.no_grad()`. */
function modeOf(e: Expression): GradientMode | undefined {
  const name = e.kind === 'call' ? e.callee : e;
  if (name.kind !== 'member' && name.kind !== 'name') return undefined;
  if (name.name === 'set_grad_enabled' && e.kind === 'call') {
    const on = e.arguments[0]?.value;
    return on?.kind === 'boolean' ? (on.value ? 'on' : 'off') : 'unsure';
  }
  if (name.name === 'inference_mode' && e.kind === 'call' && e.arguments.length > 0) return 'unsure';
  if (name.name === 'no_grad' || name.name === 'inference_mode') return 'off';
  return name.name === 'enable_grad' ? 'on' : undefined;
}

/** `@torch.no_grad()` above a function: nothing but the mode that its body runs in. */
export const isModeDecorator = (d: Expression): boolean =>
  d.kind === 'call' && d.callee.kind === 'member' && /^(no_grad|inference_mode|enable_grad)$/.test(d.callee.name);

const isSetting = (e: Expression): boolean =>
  e.kind === 'call' && (e.callee.kind === 'member' || e.callee.kind === 'name') && e.callee.name === 'set_grad_enabled';

/** The call by which a statement, `torch.set_grad_enabled(False)`, sets the mode from there on. */
function settingIn(s: Statement): Expression | undefined {
  const e = s.kind === 'expression' ? s.expression : s.kind === 'assign' ? s.value : undefined;
  return e && isSetting(e) ? e : undefined;
}

const holdsSetting = (e: Expression): boolean => isSetting(e) || allChildren(e).some(holdsSetting);

/** Whether the mode is set elsewhere than in the straight course of the program and around blocks. */
const isSetInside = (statements: readonly Statement[], top: boolean): boolean =>
  statements.some(s => {
    const plain = s.kind === 'branching' && s.form === 'with' ? s.heads.filter(e => !isSetting(e)) : expressionsIn(s);
    if (!(top && settingIn(s)) && plain.some(holdsSetting)) return true;
    if (s.kind === 'branching') return s.bodies.some(body => isSetInside(body, false));
    return s.kind === 'scope' && isSetInside(s.body, false);
  });

const lastOf = (list: readonly Expression[]): GradientMode | undefined =>
  list.map(modeOf).findLast(mode => mode !== undefined);

const importsTorch = (s: Statement): boolean =>
  s.kind === 'import'
    ? s.bindings.some(b => b.path.startsWith('torch'))
    : s.kind === 'branching' && s.bodies.some(body => body.some(importsTorch));

/** Marks the statements of a program, and the expressions in them. */
export function markGradientModes(program: readonly Statement[]): void {
  if (program.some(importsTorch)) markFrom(program, isSetInside(program, true) ? 'unsure' : undefined);
}

function markFrom(program: readonly Statement[], around: GradientMode | undefined): void {
  let mode = around;
  for (const s of program) {
    if (mode) {
      modes.set(s, mode);
      for (const e of expressionsIn(s)) mark(e, mode);
    }
    if (s.kind === 'branching') {
      const inner = (s.form === 'with' ? lastOf(s.heads) : undefined) ?? mode;
      for (const body of s.bodies) markFrom(body, inner);
    }
    const setting = settingIn(s);
    if (setting && mode !== 'unsure') mode = modeOf(setting) ?? mode;
    // What is defined there runs elsewhere.
    if (s.kind === 'scope') markFrom(s.body, lastOf(s.decorators ?? []) ?? (around === 'unsure' ? around : undefined));
  }
}

function mark(e: Expression, mode: GradientMode): void {
  modes.set(e, mode);
  for (const part of allChildren(e)) mark(part, mode);
}
