import type { Expression } from '../expression/expression';
import type { Branching, Scope, Statement, Target } from '../expression/program';
import type { Span } from '../text/span';
import { NONE, type Value } from '../values/value';
import type { Budget } from './budget';
import { outName } from './changed-names';
import type { Dialect } from './dialect';
import { CHANGING_FUNCTIONS, changesReceiver } from './memory';
import type { Place } from './place';
import type { Run } from './run';
import { Stop, unknown } from './stop';

/** Statements that one run may take, so that an endless loop ends soon. */
const MAX_STEPS = 200_000;
/** What a statement costs beside its expressions. */
const STEP_COST = 200;

/** The names of a function under way, or of a block at the top level, with what must not be changed in place. */
export class Frame {
  readonly names = new Map<string, Value>();
  /** Names whose value is no longer known, with the reason. */
  readonly lost = new Map<string, string>();
  steps = 0;

  constructor(
    readonly form: 'function' | 'block',
    /** Values that belong to the caller. */
    readonly borrowed: readonly Value[] = [],
    /** Names that are local wherever they are first assigned. */
    readonly own: ReadonlySet<string> = new Set(),
    readonly outer?: Frame,
  ) {}

  set(name: string, value: Value): void {
    this.lost.delete(name);
    this.names.set(name, value);
  }
}

type Flow = 'next' | 'break' | 'continue' | { readonly value: Value };

/** Runs Python statements over known values: assignments, loops, branches, calls that change a list or an array. */
export class Machine {
  constructor(
    private readonly run: Run,
    private readonly frame: Frame,
    private readonly dialect: Dialect,
    private readonly budget: Budget,
  ) {}

  /** The value a function body returns. */
  result(statements: readonly Statement[]): Value {
    const flow = this.all(statements);
    return typeof flow === 'object' ? flow.value : NONE;
  }

  all(statements: readonly Statement[]): Flow {
    for (const s of statements) {
      const flow = this.step(s);
      if (flow !== 'next') return flow;
    }
    return 'next';
  }

  private step(s: Statement): Flow {
    if (++this.frame.steps > MAX_STEPS) unknown('too many steps to follow', s.span);
    this.budget.spend(STEP_COST);
    switch (s.kind) {
      case 'expression':
        this.expression(s.expression);
        return 'next';
      case 'assign': {
        const value = this.run.value(s.value);
        for (const t of s.targets) this.store(t, value);
        return 'next';
      }
      case 'augment':
        this.augment(s);
        return 'next';
      case 'branching':
        return this.branching(s);
      case 'scope':
        this.frame.set(s.name, this.run.define(s));
        return 'next';
      case 'import':
        for (const b of s.bindings)
          this.frame.set(
            b.name,
            this.dialect.module(b.path) ?? unknown(`${b.name}: from ${b.path}, which is not read`),
          );
        return 'next';
      case 'opaque':
        switch (s.keyword) {
          case 'pass':
            return 'next';
          case 'break':
          case 'continue':
            return s.keyword;
          case 'return':
            return { value: s.expressions.length === 0 ? NONE : this.run.value(s.expressions[0]) };
          case 'assert':
            return this.dialect.truth(this.run.value(s.expressions[0]), this.run)
              ? 'next'
              : unknown('an assertion fails here', s.span);
          default:
            return unknown('this statement is not followed', s.span);
        }
    }
  }

  private branching(s: Branching): Flow {
    switch (s.form) {
      case 'if': {
        const k = s.heads.findIndex(h => this.dialect.truth(this.run.value(h), this.run));
        const body = k >= 0 ? s.bodies[k] : s.bodies[s.heads.length];
        return body ? this.all(body) : 'next';
      }
      case 'for': {
        const items =
          this.dialect.iterate?.(this.run.value(s.heads[0]), this.run) ?? unknown('this loop is not followed');
        for (const item of items) {
          for (const t of s.bound) this.store(t, item);
          const flow = this.all(s.bodies[0]);
          if (flow === 'break') return 'next';
          if (typeof flow === 'object') return flow;
        }
        return s.bodies[1] ? this.all(s.bodies[1]) : 'next';
      }
      case 'while': {
        while (this.dialect.truth(this.run.value(s.heads[0]), this.run)) {
          if (++this.frame.steps > MAX_STEPS) unknown('too many steps to follow', s.span);
          this.budget.spend(STEP_COST);
          const flow = this.all(s.bodies[0]);
          if (flow === 'break') return 'next';
          if (typeof flow === 'object') return flow;
        }
        return s.bodies[1] ? this.all(s.bodies[1]) : 'next';
      }
      case 'with':
        // `with torch.no_grad():` and its like say only how gradients are kept.
        if (s.bound.length === 0 && s.heads.every(isGradientMode)) return this.all(s.bodies[0]);
        return unknown('a with statement is not followed', s.span);
      default:
        return unknown(`a ${s.form} statement is not followed`, s.span);
    }
  }

  private store(t: Target, value: Value): void {
    switch (t.kind) {
      case 'name':
        this.frame.set(t.name, value);
        return;
      case 'tuple': {
        const star = t.items.findIndex(i => i.kind === 'star');
        t.items.forEach((item, index) => {
          const at = { index, count: t.items.length, ...(star >= 0 ? { star } : {}) };
          this.store(item.kind === 'star' ? item.target : item, this.run.partAt(value, at, t.span));
        });
        return;
      }
      case 'item': {
        const { name, subscripts } = rootedAt(t);
        this.replace(name, this.run.assignValue(name, subscripts, value, undefined, t.span), t.span);
        return;
      }
      case 'star':
      case 'other':
        unknown('this assignment is not followed', t.span);
    }
  }

  private augment(s: Extract<Statement, { kind: 'augment' }>): void {
    const t = s.target;
    if (t.kind === 'name') {
      const before = this.run.read(t.name, t.span);
      const after = this.run.augment(t.name, s.operator, s.value, s.span);
      if (before.kind === 'array' || before.kind === 'list') this.replace(t.name, after, s.span);
      else this.frame.set(t.name, after);
      return;
    }
    if (t.kind !== 'item') unknown('this assignment is not followed', t.span);
    const { name, subscripts } = rootedAt(t);
    const right = this.run.value(s.value);
    this.replace(name, this.run.assignValue(name, subscripts, right, s.operator, t.span), t.span);
  }

  /** A statement of its own: a call for its effect, or a value nobody takes. */
  private expression(e: Extract<Statement, { kind: 'expression' }>['expression']): void {
    if (e.kind === 'string') return;
    const out = outName(e);
    if (out !== undefined) {
      const result = this.run.value(e);
      if (result.kind !== 'array') unknown(`${out}: what is written to it is not followed`, e.span);
      this.replace(out, result, e.span);
      return;
    }
    if (e.kind === 'call' && e.callee.kind === 'member' && CHANGING_FUNCTIONS.has(e.callee.name)) {
      const callee = this.run.value(e.callee);
      const [first] = e.arguments;
      if (callee.kind === 'function' && callee.closure === undefined && first?.value.kind === 'name') {
        const path =
          callee.path === 'ufunc.at' && callee.self?.kind === 'function' ? `${callee.self.path}.at` : callee.path;
        const after = this.dialect.changeArgument?.(path, this.run.argumentsOf(e.arguments), this.run);
        if (!after) unknown(`what ${e.callee.name} changes is not followed`, e.span);
        this.replace(first.value.name, after, e.span);
        return;
      }
      unknown(`what ${e.callee.name} changes is not followed`, e.span);
    }
    if (e.kind !== 'call' || e.callee.kind !== 'member' || !changesReceiver(e.callee.name)) {
      this.run.value(e);
      return;
    }
    const receiver = e.callee.object;
    const value = this.run.value(receiver);
    const change = this.dialect.change?.(value, e.callee.name, this.run.argumentsOf(e.arguments), this.run);
    if (!change) {
      // A module's function of the same name, or a string's method, changes nothing here.
      if (value.kind !== 'module' && value.kind !== 'string')
        unknown(`what ${e.callee.name} changes is not followed`, e.span);
      this.run.value(e);
      return;
    }
    if (change === value) return;
    if (receiver.kind === 'name') {
      this.replace(receiver.name, change, e.span);
      return;
    }
    if (receiver.kind !== 'index') unknown(`what ${e.callee.name} changes is not followed`, e.span);
    const { name, subscripts } = rootedAt({
      kind: 'item',
      object: receiver.object,
      subscripts: receiver.subscripts,
      span: receiver.span,
    });
    this.replace(name, this.run.assignValue(name, subscripts, change, undefined, e.span), e.span);
  }

  /** `name` holds `after` from now on, and so does whatever is the same object; what shares a part of it is lost. */
  private replace(name: string, after: Value, span: Span): void {
    const before = this.run.read(name, span);
    const { frame } = this;
    if (frame.form === 'function' && !frame.names.has(name)) unknown(`${name} is changed from inside a function`, span);
    if (frame.borrowed.some(v => shares(v, before))) unknown(`${name}: an argument is changed in place`, span);
    for (let f: Frame | undefined = frame; f; f = f.outer)
      for (const [other, value] of f.names) {
        if (other === name && f === frame) continue;
        if (value === before) f.set(other, after);
        else if (shares(value, before)) {
          f.names.delete(other);
          f.lost.set(other, `${other}: shares memory with ${name}, which is changed in place`);
        }
      }
    frame.set(name, after);
  }
}

const isGradientMode = (e: Expression): boolean =>
  e.kind === 'call' &&
  e.callee.kind === 'member' &&
  ['no_grad', 'inference_mode', 'enable_grad'].includes(e.callee.name) &&
  e.arguments.length === 0;

/** The name that subscripts hang on, and the subscripts from the outside in. */
function rootedAt(t: Extract<Target, { kind: 'item' }>): {
  readonly name: string;
  readonly subscripts: readonly Extract<Target, { kind: 'item' }>['subscripts'][];
} {
  const subscripts = [t.subscripts];
  let { object } = t;
  while (object.kind === 'index') {
    subscripts.unshift(object.subscripts);
    object = object.object;
  }
  if (object.kind !== 'name') throw new Stop('unknown', 'this assignment is not followed', t.span);
  return { name: object.name, subscripts };
}

/** Whether two values may share memory: the same buffer, the same list, or one within the other. */
function shares(a: Value, b: Value, depth = 0): boolean {
  if (a.kind === 'scalar' || b.kind === 'scalar' || a.kind === 'string' || b.kind === 'string') return false;
  if (a === b) return true;
  if (depth > 20) return true;
  if (a.kind === 'array' && b.kind === 'array') return a.array.data === b.array.data;
  const inside = (v: Value): readonly Value[] =>
    (v.kind === 'list' || v.kind === 'tuple') && v.dense === undefined
      ? v.items
      : v.kind === 'dict'
        ? v.entries.map(([, x]) => x)
        : [];
  return inside(a).some(x => shares(x, b, depth + 1)) || inside(b).some(x => shares(a, x, depth + 1));
}

/** A function of the document, or a lambda, ready to be called. */
export interface Closure {
  readonly name: string;
  readonly parameters: Scope['parameters'];
  readonly defaults: ReadonlyMap<string, Value>;
  readonly body: readonly Statement[] | Expression;
  readonly frame: Frame | undefined;
  readonly place: Place;
  readonly own: ReadonlySet<string>;
  readonly untold?: string;
}
