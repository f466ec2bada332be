import type { Call, Expression } from '../expression/expression';
import type { Branching, Handler, Opaque, Scope, Statement, Target } from '../expression/program';
import { callsIn } from '../expression/walk';
import type { Span } from '../text/span';
import { NONE, stringValue, type Value } from '../values/value';
import type { Budget } from './budget';
import { outName } from './changed-names';
import type { Dialect } from './dialect';
import { drawnBy, draws, isKept } from './draw-marks';
import { catches, exceptionOf, isException } from './exceptions';
import { type Change, identityOf, reaches } from './heap';
import { loopItems } from './loop-items';
import { CHANGING_FUNCTIONS, changesReceiver, TAKING_METHODS } from './memory';
import { changesOwn, isSuper } from './own-marks';
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
  /** What loops under way have still to go through. */
  readonly pending: Value[][] = [];
  /** The variables of comprehensions under way. */
  readonly scopes: Map<string, Value>[] = [];
  /** The lists and dicts that loops under way go through. */
  readonly loops: Value[] = [];
  /** Objects that loops under way read in their turn, where a change is not followed. */
  readonly guarded: ReadonlySet<object>[] = [];
  steps = 0;
  /** Whether names of the document around are out of sight, all but its functions: MATLAB's way. */
  sealed = false;
  /** The class that the method under way is written in, and its name for the object. */
  owner?: { readonly class: number; readonly self: string };

  constructor(
    readonly form: 'function' | 'block',
    /** Values that wait in the middle of the caller's expression: they must not change. */
    readonly waiting: readonly Value[] = [],
    /** Names that are local wherever they are first assigned. */
    readonly own: ReadonlySet<string> = new Set(),
    readonly outer?: Frame,
    /** Whether a library's function calls, which may hold more than it was given. */
    readonly called = false,
  ) {}

  /** Whether the object can be reached from here. */
  reaches(object: object): boolean {
    for (const names of [this.names, ...this.scopes])
      for (const v of names.values()) if (reaches(v, object)) return true;
    return this.pending.some(list => list.some(v => reaches(v, object)));
  }

  apply(change: Change): void {
    for (const names of [this.names, ...this.scopes])
      for (const [name, value] of names) {
        const after = change.in(value);
        if (after !== value) names.set(name, after);
      }
    for (const list of this.pending)
      list.forEach((v, k) => {
        list[k] = change.in(v);
      });
  }

  set(name: string, value: Value): void {
    this.names.set(name, value);
  }
}

type Flow = 'next' | 'break' | 'continue' | { readonly value: Value };

/** Runs Python statements over known values: assignments, loops, branches, calls that change a list or an array. */
export class Machine {
  constructor(
    private readonly run: Run,
    readonly frame: Frame,
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
    this.run.release();
    switch (s.kind) {
      case 'expression':
        this.expression(s.expression);
        return 'next';
      case 'assign': {
        const value = this.attribute(s);
        if (value) for (const t of s.targets) this.store(t, value);
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
            return { value: s.expressions.length === 0 ? NONE : this.taken(s.expressions[0]) };
          case 'raise':
            return this.raise(s);
          case 'assert':
            return this.dialect.truth(this.run.value(s.expressions[0]), this.run)
              ? 'next'
              : unknown('an assertion fails here', s.span);
          case 'del':
            return this.delete(s);
          default:
            return unknown('this statement is not followed', s.span);
        }
    }
  }

  /** `del items[0], table['key']`. */
  private delete(s: Opaque): Flow {
    if (s.binds.length > 0) unknown('this deletion is not followed', s.span);
    for (const e of s.expressions) {
      if (e.kind !== 'index') return unknown('this deletion is not followed', e.span);
      const object = this.run.value(e.object);
      const after = this.dialect.without?.(object, this.run.subscripts(e.subscripts, object), this.run);
      this.change(object, after ?? unknown('this deletion is not followed', e.span), e.span);
    }
    return 'next';
  }

  /** The value of an assignment; undefined where it is an attribute whose value a library keeps to itself. */
  private attribute(s: Extract<Statement, { kind: 'assign' }>): Value | undefined {
    const [t] = s.targets;
    const alone = s.targets.length === 1 && t.kind === 'member' ? t : undefined;
    try {
      return this.taken(s.value);
    } catch (stop) {
      if (!alone || !(stop instanceof Stop) || stop.status !== 'unknown' || this.budget.exceeded) throw stop;
      const paths = callsIn(s.value).map(c => this.run.libraryPath(c.callee));
      const drawn = callsIn(s.value).flatMap(c => drawnBy(c) ?? []);
      if (!paths.every(path => path !== undefined) || !drawn.every(isKept)) throw stop;
      const object = alone.object.kind === 'name' ? this.run.value(alone.object) : NONE;
      if (object.kind !== 'object') throw stop;
      this.change(object, this.run.objects.withUnknown(object, alone.name, stop.message), s.span);
      this.run.generators.lose(paths, stop.message);
      return undefined;
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
        if (s.heads.length === 0) unknown('this loop cannot be read', s.span);
        const over = this.run.value(s.heads[0]);
        const items = loopItems(s.heads[0], over, this.dialect, this.run, e => this.run.value(e));
        const { pending } = this.frame;
        pending.push(items.held);
        // A list that grows or shrinks under its own loop is not followed.
        if (over.kind === 'list') this.frame.loops.push(over);
        this.frame.guarded.push(items.guarded);
        let flow: Flow = 'next';
        for (let k = 0; flow !== 'break' && typeof flow !== 'object'; k++) {
          const item = items.at(k);
          if (item === undefined) break;
          for (const t of s.bound) this.store(t, item);
          flow = this.all(s.bodies[0]);
        }
        pending.pop();
        this.frame.guarded.pop();
        if (over.kind === 'list') this.frame.loops.pop();
        if (flow === 'break') return 'next';
        if (typeof flow === 'object') return flow;
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
        // What NumPy warns about and how torch keeps gradients changes no value.
        if (s.bound.length === 0 && s.heads.every(isMode)) return this.all(s.bodies[0]);
        return unknown('a with statement is not followed', s.span);
      case 'try':
        return this.trying(s);
      default:
        return unknown(`a ${s.form} statement is not followed`, s.span);
    }
  }

  /** `try`: what the body raises is known, or the whole is not. */
  private trying(s: Branching): Flow {
    const handlers = s.handlers ?? [];
    const bodyOf = (clause: Handler['clause']): readonly Statement[] =>
      s.bodies[1 + handlers.findIndex(h => h.clause === clause)] ?? [];
    const has = (clause: Handler['clause']): boolean => handlers.some(h => h.clause === clause);
    if (handlers.length !== s.bodies.length - 1 || has('group')) unknown('this try is not followed', s.span);
    // Whether a library is installed is not in the text.
    if (s.bodies[0].some(b => b.kind === 'import')) unknown('an import that may fail is not followed', s.span);
    const guarded = (run: () => Flow): Flow => {
      if (!has('finally')) return run();
      let flow: Flow;
      try {
        flow = run();
      } catch (stop) {
        if (!(stop instanceof Stop) || stop.status === 'unknown') throw stop;
        const last = this.all(bodyOf('finally'));
        if (last !== 'next') return last;
        throw stop;
      }
      const last = this.all(bodyOf('finally'));
      return last === 'next' ? flow : last;
    };
    return guarded(() => {
      const [pending, loops] = [this.frame.pending.length, this.frame.loops.length];
      const guarded = this.frame.guarded.length;
      let flow: Flow;
      try {
        flow = this.all(s.bodies[0]);
      } catch (stop) {
        const raised = stop instanceof Stop && stop.status === 'error' ? exceptionOf(stop.message) : undefined;
        if (!raised) {
          if (stop instanceof Stop && stop.status === 'error') unknown('what this except catches is not known', s.span);
          throw stop;
        }
        this.frame.pending.length = pending;
        this.frame.loops.length = loops;
        this.frame.guarded.length = guarded;
        this.frame.scopes.length = 0;
        for (const [k, h] of handlers.entries()) {
          if (h.clause !== 'except') continue;
          const caught = catches(h.type, raised.name) ?? unknown('what this except catches is not known', s.span);
          if (!caught) continue;
          if (h.as?.kind === 'name')
            this.frame.set(h.as.name, {
              kind: 'function',
              path: `exception.${raised.name}`,
              self: stringValue(raised.text),
            });
          return this.all(s.bodies[k + 1]);
        }
        throw stop;
      }
      return flow === 'next' && has('else') ? this.all(bodyOf('else')) : flow;
    });
  }

  /** `raise ValueError('…')`. */
  private raise(s: Opaque): never {
    const [e] = s.expressions;
    const type = e?.kind === 'call' ? e.callee : e;
    if (
      s.expressions.length !== 1 ||
      type?.kind !== 'name' ||
      !isException(type.name) ||
      this.frame.names.has(type.name)
    )
      return unknown('this statement is not followed', s.span);
    const args = e.kind === 'call' ? this.run.argumentsOf(e.arguments) : [];
    const [first] = args;
    if (args.length > 1 || (first && first.value.kind !== 'string'))
      return unknown('this statement is not followed', s.span);
    const said = first?.value.kind === 'string' ? `: ${first.value.value}` : '';
    throw new Stop('error', type.name + said, s.span);
  }

  private store(t: Target, value: Value): void {
    switch (t.kind) {
      case 'name':
        this.frame.set(t.name, value);
        return;
      case 'tuple': {
        const star = t.items.findIndex(i => i.kind === 'star');
        const whole: Value =
          value.kind === 'list' && value.lazy === ''
            ? { kind: 'tuple', items: this.dialect.iterate?.(value, this.run) ?? value.items }
            : value;
        const values = t.items.map((_, index) =>
          this.run.partAt(whole, { index, count: t.items.length, ...(star >= 0 ? { star } : {}) }, t.span),
        );
        // Storing one may change what another is a view of.
        this.frame.pending.push(values);
        t.items.forEach((item, k) => {
          this.store(item.kind === 'star' ? item.target : item, values[k]);
        });
        this.frame.pending.pop();
        return;
      }
      case 'item':
        this.put(t, value);
        return;
      case 'member': {
        const object = this.run.value(t.object);
        const after =
          object.kind === 'object'
            ? this.run.objects.withAttribute(object, t.name, value)
            : this.dialect.setMember?.(object, t.name, value, this.run);
        if (!after) unknown('this assignment is not followed', t.span);
        this.change(object, after, t.span);
        return;
      }
      case 'star':
      case 'other':
        unknown('this assignment is not followed', t.span);
    }
  }

  /** `object[subscripts] = value`. */
  private put(t: Extract<Target, { kind: 'item' }>, value: Value): void {
    const object = this.run.value(t.object);
    const at = this.run.subscripts(t.subscripts, object);
    if (object.kind === 'function' && object.path === 'ndarray.flat' && object.self) {
      const flat = this.dialect.call({ kind: 'function', path: 'ndarray.flatten', self: object.self }, [], this.run);
      const after = this.dialect.assign(flat, at, value, this.run);
      const shape = this.dialect.member(object.self, 'shape', this.run);
      const back: Value = { kind: 'function', path: 'ndarray.reshape', self: after };
      this.change(object.self, this.dialect.call(back, [{ value: shape }], this.run), t.span);
      return;
    }
    this.run.put(object, at, value, t.span);
  }

  private augment(s: Extract<Statement, { kind: 'augment' }>): void {
    const t = s.target;
    const augmented = this.dialect.augment ?? this.dialect.binary;
    const combine = (left: Value, right: Value): Value =>
      augmented.call(this.dialect, s.operator, left, right, this.run);
    if (t.kind === 'name') {
      const before = this.run.hold(this.run.read(t.name, t.span));
      const after = combine(before, this.run.value(s.value));
      if (changesItself(before)) this.change(before, after, s.span);
      else this.frame.set(t.name, after);
      return;
    }
    if (t.kind === 'member') {
      const object = this.run.value(t.object);
      const before = this.run.hold(this.run.member(object, t.name, t.span));
      const after = combine(before, this.run.value(s.value));
      const now = this.behind(t.object, object);
      if (changesItself(before)) this.change(before, after, s.span);
      else if (now.kind !== 'object') unknown('this assignment is not followed', t.span);
      else this.change(now, this.run.objects.withAttribute(now, t.name, after), t.span);
      return;
    }
    if (t.kind !== 'item') unknown('this assignment is not followed', t.span);
    const object = this.run.value(t.object);
    const at = this.run.subscripts(t.subscripts, object);
    const before = this.run.hold(this.dialect.index(object, at, this.run));
    const after = combine(before, this.run.value(s.value));
    const own = changesItself(before) ? identityOf(before) : undefined;
    // A part that is an object or a view of its own is changed itself; a copy or a number is put back.
    if (own && (object.kind !== 'array' || own === identityOf(object))) this.change(before, after, s.span);
    else this.run.put(this.behind(t.object, object), at, after, t.span);
  }

  /** The object of a target behind its right side, which may have drawn from a generator that the object holds. */
  private behind(e: Expression, before: Value): Value {
    let root = e;
    while (root.kind === 'member') root = root.object;
    return root.kind === 'name' ? this.run.value(e) : before;
  }

  /** The value of the right side of an assignment, where `items.pop()` also changes what it is called on. */
  private taken(e: Expression): Value {
    if (e.kind !== 'call' || onlyWalked(e)) return this.run.value(e);
    const out = outName(e);
    if (out !== undefined) return this.written(out, e);
    if (e.callee.kind !== 'member' || !TAKING_METHODS.has(e.callee.name)) return this.run.value(e);
    const receiver = this.run.value(e.callee.object);
    if (!identityOf(receiver) || receiver.kind === 'array' || receiver.kind === 'object') return this.again(e);
    const args = this.run.argumentsOf(e.arguments);
    const [taken, left] =
      this.dialect.take?.(receiver, e.callee.name, args, this.run) ??
      unknown(`what ${e.callee.name} changes is not followed`, e.span);
    this.change(receiver, left, e.span);
    return taken;
  }

  /** The value of a call of whose receiver the value has been looked at. */
  private again(e: Expression): Value {
    this.run.release();
    return this.run.value(e);
  }

  /** A call that writes its result to the array of a name. */
  private written(out: string, e: Expression): Value {
    const named = e.kind === 'call' && e.arguments.some(a => a.name === 'out');
    // `obj.add(a, b, c)` of something else than a library writes to none of them.
    if (!named && e.kind === 'call' && e.callee.kind === 'member' && this.run.value(e.callee.object).kind !== 'module')
      return this.again(e);
    const before = this.run.read(out, e.span);
    const result = this.run.value(e);
    if (result.kind !== 'array' || before.kind !== 'array')
      unknown(`${out}: what is written to it is not followed`, e.span);
    this.change(before, result, e.span);
    return this.run.read(out, e.span);
  }

  /** A statement of its own: a call for its effect, or a value nobody takes. */
  expression(e: Expression): Value {
    if (e.kind !== 'call' || onlyWalked(e)) return this.run.value(e);
    const out = outName(e);
    if (out !== undefined) return this.written(out, e);
    if (e.callee.kind !== 'member') return this.run.value(e);
    const { name } = e.callee;
    const receiver = this.run.value(e.callee.object);
    if (
      CHANGING_FUNCTIONS.has(name) &&
      (receiver.kind === 'module' || receiver.kind === 'function' || receiver.kind === 'generator')
    ) {
      const callee = this.run.value(e.callee);
      const path =
        callee.kind === 'function' && callee.path === 'ufunc.at' && callee.self?.kind === 'function'
          ? `${callee.self.path}.at`
          : callee.kind === 'function'
            ? callee.path
            : '';
      const args = this.run.argumentsOf(e.arguments);
      const after =
        name === 'shuffle' && callee.kind === 'function'
          ? this.dialect.shuffled?.(callee, args, this.run)
          : this.dialect.changeArgument?.(path, args, this.run);
      if (!after || args.length === 0) unknown(`what ${name} changes is not followed`, e.span);
      this.change(args[0].value, after, e.span);
      return NONE;
    }
    if (!changesReceiver(name) || !identityOf(receiver) || receiver.kind === 'object') return this.again(e);
    if (TAKING_METHODS.has(name)) return this.taken(e);
    const after = this.dialect.change?.(receiver, name, this.run.argumentsOf(e.arguments), this.run);
    if (!after) unknown(`what ${name} changes is not followed`, e.span);
    // A tensor's method of a changing one's name may change nothing.
    if (after === receiver) return this.again(e);
    this.change(receiver, after, e.span);
    if (receiver.kind !== 'array' || !receiver.library) return NONE;
    // What a call has made is not made again.
    return callsIn(e.callee.object).length > 0 ? after : this.run.value(e.callee.object);
  }

  private change(before: Value, after: Value, span: Span): void {
    this.run.change(before, after, span);
  }
}

/** Whether a call is carried out by the walk alone: its receiver must not be looked at apart, or is `super()`. */
const onlyWalked = ({ callee }: Call): boolean =>
  callee.kind === 'member' && (changesOwn(callee.object) || draws(callee.object) || isSuper(callee));

/** Whether an in-place operator changes the object itself; an object of the document's own is replaced by a new one. */
const changesItself = (v: Value): boolean => identityOf(v) !== undefined && v.kind !== 'object';

const MODES = new Set(['errstate', 'no_grad', 'inference_mode', 'enable_grad']);

/** `with np.errstate(...):`, `with torch.no_grad():`. */
const isMode = (e: Expression): boolean => e.kind === 'call' && e.callee.kind === 'member' && MODES.has(e.callee.name);

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
  /** Of a method: the class that it is written in. */
  readonly owner?: number;
  /** The names of a MATLAB function's results. */
  readonly outputs?: readonly string[];
}
