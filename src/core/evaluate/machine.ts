import type { Expression } from '../expression/expression';
import type { Assignment, Branching, Handler, Opaque, Statement, Target } from '../expression/program';
import { callsIn } from '../expression/walk';
import type { Span } from '../text/span';
import { NONE, stringValue, type Value } from '../values/value';
import { imported } from './assignments';
import { isMainGuard } from './changed-names';
import { type Dialect, type SubscriptValue, subscriptOf } from './dialect';
import { drawnBy, isKept } from './draw-marks';
import { catches, exceptionOf, isException } from './exceptions';
import type { Frame } from './frame';
import { identityOf } from './heap';
import { isFlowing } from './iterator-functions';
import { iterated, kept } from './iterators';
import type { Run } from './run';
import { Stop, unknown } from './stop';

/** Statements that one run may take, so that an endless loop ends soon. */
const MAX_STEPS = 200_000;
/** What a statement costs beside its expressions. */
const STEP_COST = 300;

type Flow = 'next' | 'break' | 'continue' | { readonly value: Value };
/** Statements under way: what they yield, and how they end. */
type Steps = Generator<Value, Flow, Value>;

/** Runs Python statements over known values: assignments, loops, branches, calls that change a list or an array. */
export class Machine {
  constructor(
    run: Run | (() => Run),
    readonly frame: Frame,
    private readonly dialect: Dialect,
  ) {
    this.now = typeof run === 'function' ? run : () => run;
  }

  /** The run that goes on with it, for a generator another one each time. */
  private readonly now: () => Run;

  private get run(): Run {
    return this.now();
  }

  /** The value a function body returns. */
  result(statements: readonly Statement[]): Value {
    const flow = this.all(statements);
    return typeof flow === 'object' ? flow.value : NONE;
  }

  /** Runs statements that no generator stands in. */
  all(statements: readonly Statement[]): Flow {
    const end = this.steps(statements).next();
    return end.done ? end.value : unknown('a yield outside of a function', statements[0]?.span);
  }

  /** The body of a generator: what it yields, and in the end what it returns. */
  *generated(statements: readonly Statement[]): Generator<Value, Value, Value> {
    const flow = yield* this.steps(statements);
    return typeof flow === 'object' ? flow.value : NONE;
  }

  private *steps(statements: readonly Statement[]): Steps {
    for (const s of statements) {
      this.tick(s.span);
      const yields = yieldOf(s);
      const flow = yields
        ? yield* this.yielding(s, yields)
        : s.kind === 'branching'
          ? yield* this.branching(s)
          : this.step(s);
      if (flow !== 'next') return flow;
    }
    return 'next';
  }

  private tick(span: Span): void {
    if (++this.frame.steps > MAX_STEPS) unknown('too many steps to follow', span);
    this.run.budget.spend(STEP_COST);
    this.run.release();
  }

  /** `yield value`, `x = yield value`, `yield from items`. */
  private *yielding(s: Statement, { value, from }: Yields): Steps {
    const given = value ? this.run.value(value) : NONE;
    let sent: Value = NONE;
    if (from) {
      const it = iterated(this.run, this.dialect, given);
      kept(this.run, it);
      for (let item = it.next(this.run); item !== undefined; item = it.next(this.run)) {
        this.run.budget.spend(20);
        yield item;
      }
      sent = it.result ?? NONE;
    } else sent = yield given;
    this.run.release();
    if (s.kind === 'assign') this.assign(s, sent);
    return s.kind === 'opaque' ? { value: sent } : 'next';
  }

  private assign(s: Assignment, value: Value): void {
    const [t] = s.targets;
    if (s.targets.length === 1) {
      this.store(t, value);
      return;
    }
    const held = [value];
    this.frame.pending.push(held);
    for (const target of s.targets) this.store(target, held[0]);
    this.frame.pending.pop();
  }

  /** A statement, in the mode of recording that it stands in. */
  private step(s: Exclude<Statement, Branching>): Flow {
    const off = this.run.withoutGradient;
    this.run.enterMode(s);
    try {
      const flow = this.done(s);
      this.run.passed(s, this.frame, typeof flow === 'object' ? flow.value : undefined);
      return flow;
    } catch (stop) {
      if (stop instanceof Stop) this.run.failed(s, stop);
      throw stop;
    } finally {
      this.run.withoutGradient = off;
    }
  }

  private done(s: Exclude<Statement, Branching>): Flow {
    switch (s.kind) {
      case 'expression':
        this.expression(s.expression);
        return 'next';
      case 'assign': {
        const value = this.attribute(s);
        if (value) this.assign(s, value);
        return 'next';
      }
      case 'augment':
        this.augment(s);
        return 'next';
      case 'scope':
        this.frame.set(s.name, this.run.program ? this.run.decorated(s) : this.run.define(s));
        return 'next';
      case 'import':
        if (s.star !== undefined) this.run.star(s.star, s.span);
        for (const b of s.bindings)
          this.frame.set(
            b.name,
            isFlowing(b.path) ? { kind: 'function', path: b.path } : imported(this.dialect, b.path, b.name),
          );
        return 'next';
      case 'opaque':
        if (s.declares || s.annotated !== undefined) return 'next';
        switch (s.keyword) {
          case 'pass':
            return 'next';
          case 'break':
          case 'continue':
            return s.keyword;
          case 'return':
            return { value: s.expressions.length === 0 ? NONE : this.run.value(s.expressions[0]) };
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
    for (const name of s.binds)
      if (!this.run.program || !this.frame.delete(name)) unknown('this deletion is not followed', s.span);
    for (const e of s.expressions) {
      if (e.kind !== 'index') return unknown('this deletion is not followed', e.span);
      const object = this.run.value(e.object);
      const method = this.run.objects.method(object, '__delitem__');
      if (method) {
        this.run.call(method, [subscriptOf(this.run.subscripts(e.subscripts, object))]);
        continue;
      }
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
      return this.run.value(s.value);
    } catch (stop) {
      if (!alone || !(stop instanceof Stop) || stop.status !== 'unknown' || this.run.budget.exceeded) throw stop;
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

  private *branching(s: Branching): Steps {
    switch (s.form) {
      case 'if': {
        if (isMainGuard(s) && this.run.program) return yield* this.steps(s.bodies[0]);
        const k = s.heads.findIndex(h => this.dialect.truth(this.run.value(h), this.run));
        const body = k >= 0 ? s.bodies[k] : s.bodies[s.heads.length];
        return body ? yield* this.steps(body) : 'next';
      }
      case 'for': {
        if (s.heads.length === 0) unknown('this loop cannot be read', s.span);
        const it = iterated(this.run, this.dialect, this.run.value(s.heads[0]));
        const { running } = this.run.evaluator;
        const own = !running.has(it);
        if (own) running.add(it);
        let flow: Flow = 'next';
        try {
          while (flow !== 'break' && typeof flow !== 'object') {
            this.tick(s.span);
            const item = it.next(this.run);
            if (item === undefined) break;
            for (const t of s.bound) this.store(t, item);
            this.run.passed(s, this.frame);
            flow = yield* this.steps(s.bodies[0]);
          }
        } finally {
          if (own) running.delete(it);
        }
        if (flow === 'break') return 'next';
        if (typeof flow === 'object') return flow;
        return s.bodies[1] ? yield* this.steps(s.bodies[1]) : 'next';
      }
      case 'while': {
        while (this.dialect.truth(this.run.value(s.heads[0]), this.run)) {
          this.tick(s.span);
          const flow = yield* this.steps(s.bodies[0]);
          if (flow === 'break') return 'next';
          if (typeof flow === 'object') return flow;
        }
        return s.bodies[1] ? yield* this.steps(s.bodies[1]) : 'next';
      }
      case 'with':
        // What NumPy warns about and how torch keeps gradients changes no value.
        if (s.bound.length === 0 && s.heads.every(isMode)) return yield* this.steps(s.bodies[0]);
        return unknown('a with statement is not followed', s.span);
      case 'try':
        return yield* this.trying(s);
      default:
        return unknown(`a ${s.form} statement is not followed`, s.span);
    }
  }

  /** `try`: what the body raises is known, or the whole is not. */
  private *trying(s: Branching): Steps {
    const handlers = s.handlers ?? [];
    const has = (clause: Handler['clause']): boolean => handlers.some(h => h.clause === clause);
    if (handlers.length !== s.bodies.length - 1 || has('group')) unknown('this try is not followed', s.span);
    // Whether a library is installed is not in the text.
    if (s.bodies[0].some(b => b.kind === 'import')) unknown('an import that may fail is not followed', s.span);
    if (!has('finally')) return yield* this.caught(s);
    const last = s.bodies[1 + handlers.findIndex(h => h.clause === 'finally')] ?? [];
    let flow: Flow;
    try {
      flow = yield* this.caught(s);
    } catch (stop) {
      if (!(stop instanceof Stop) || stop.status === 'unknown') throw stop;
      const end = yield* this.steps(last);
      if (end !== 'next') return end;
      throw stop;
    }
    const end = yield* this.steps(last);
    return end === 'next' ? flow : end;
  }

  /** The body of a `try` with its `except` and `else`. */
  private *caught(s: Branching): Steps {
    const handlers = s.handlers ?? [];
    const pending = this.frame.pending.length;
    const scopes = this.frame.scopes.length;
    let flow: Flow;
    try {
      flow = yield* this.steps(s.bodies[0]);
    } catch (stop) {
      const raised = stop instanceof Stop && stop.status === 'error' ? exceptionOf(stop.message) : undefined;
      if (!raised) {
        if (stop instanceof Stop && stop.status === 'error') unknown('what this except catches is not known', s.span);
        throw stop;
      }
      this.frame.pending.length = pending;
      this.frame.scopes.length = scopes;
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
        return yield* this.steps(s.bodies[k + 1]);
      }
      throw stop;
    }
    const other = s.bodies[1 + handlers.findIndex(h => h.clause === 'else')];
    return flow === 'next' && handlers.some(h => h.clause === 'else') ? yield* this.steps(other) : flow;
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
        const whole = this.run.unpacked(value);
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
        const place = this.run.waiting.length;
        this.run.hold(value);
        const object = this.run.value(t.object);
        const [given] = this.run.waiting.slice(place);
        const after = this.dialect.setMember?.(object, t.name, given, this.run);
        if (after) this.change(object, after, t.span);
        else this.run.objects.setAttribute(object, t.name, given, t.span);
        return;
      }
      case 'star':
      case 'other':
        unknown('this assignment is not followed', t.span);
    }
  }

  /** `object[subscripts] = value`. */
  private put(t: Extract<Target, { kind: 'item' }>, given: Value): void {
    const place = this.run.waiting.length;
    this.run.hold(given);
    const at = this.run.subscripts(t.subscripts, this.run.value(t.object));
    const [value, object] = this.run.waiting.slice(place);
    if (object.kind === 'function' && object.path === 'ndarray.flat' && object.self) {
      this.change(object.self, this.dialect.assign(object, at, value, this.run), t.span);
      return;
    }
    this.putAt(object, at, value, t.span);
  }

  private putAt(object: Value, at: readonly SubscriptValue[], value: Value, span: Span): void {
    const method = this.run.objects.method(object, '__setitem__');
    if (method) this.run.call(method, [subscriptOf(at), value]);
    else this.run.put(object, at, value, span);
  }

  private augment(s: Extract<Statement, { kind: 'augment' }>): void {
    const t = s.target;
    const augmented = this.dialect.augment ?? this.dialect.binary;
    const combine = (left: Value, right: Value): Value =>
      augmented.call(this.dialect, s.operator, left, right, this.run);
    const place = this.run.waiting.length;
    if (t.kind === 'name') {
      this.run.hold(this.run.read(t.name, t.span));
      const right = this.run.value(s.value);
      const before = this.run.waiting[place];
      const after = combine(before, right);
      // The name is bound again, to the object itself where that is what changes.
      this.frame.set(t.name, changesItself(before) ? this.changed(place, after, s.span) : after);
      return;
    }
    if (t.kind === 'member') {
      this.run.hold(this.run.member(this.run.value(t.object), t.name, t.span));
      const right = this.run.value(s.value);
      const [object, before] = this.run.waiting.slice(place);
      const after = combine(before, right);
      // `z.real += 1`: the part of an array is set to what it has become.
      const plain = object.kind === 'array' && object.library === undefined;
      const whole = plain ? this.dialect.setMember?.(object, t.name, after, this.run) : undefined;
      if (whole) this.change(object, whole, s.span);
      else if (!changesItself(before)) this.run.objects.setAttribute(object, t.name, after, t.span);
      else {
        const now = this.changed(place + 1, after, s.span);
        // `w.grad *= 2` and `w.data -= g` change a part of the tensor itself.
        const holder = this.run.waiting[place];
        if (holder.kind === 'array' && identityOf(this.run.member(holder, t.name)) === identityOf(now)) return;
        this.run.objects.rebind(this.run.waiting[place], t.name, now, t.span);
      }
      return;
    }
    if (t.kind !== 'item') unknown('this assignment is not followed', t.span);
    const at = this.run.subscripts(t.subscripts, this.run.value(t.object));
    const last = this.run.waiting.length;
    this.run.hold(this.dialect.index(this.run.waiting[place], at, this.run));
    const right = this.run.value(s.value);
    const [object, before] = [this.run.waiting[place], this.run.waiting[last]];
    // A part of a tensor that records is put back, which records as the change of it does.
    if (object.kind === 'array' && object.gradient === 'computed') {
      this.putAt(object, at, this.dialect.binary(s.operator, before, right, this.run), t.span);
      return;
    }
    const after = combine(before, right);
    const own = changesItself(before) ? identityOf(before) : undefined;
    // A part that is an object or a view of its own is changed itself; a copy or a number is put back.
    if (own && (object.kind !== 'array' || own === identityOf(object))) {
      const now = this.changed(last, after, s.span);
      const holder = this.run.waiting[place];
      if (holder.kind === 'array') return;
      if (holder.kind === 'object' || this.dialect.index(holder, at, this.run) !== now)
        this.putAt(holder, at, now, t.span);
      else if (holder.kind === 'tuple')
        throw new Stop('error', "TypeError: 'tuple' object does not support item assignment", t.span);
    } else this.putAt(object, at, after, t.span);
  }

  /** Changes an object that waits at a place, and gives what it is then. */
  private changed(place: number, after: Value, span: Span): Value {
    this.change(this.run.waiting[place], after, span);
    return this.run.waiting[place];
  }

  /** A statement of its own: a call for its effect, or a value nobody takes. */
  expression(e: Expression): Value {
    return this.run.value(e);
  }

  private change(before: Value, after: Value, span: Span): void {
    this.run.change(before, after, span);
  }
}

type Yields = NonNullable<Extract<Expression, { kind: 'unreadable' }>['yields']>;

/** What a statement yields, where it does nothing else with what comes back than to keep it. */
function yieldOf(s: Statement): Yields | undefined {
  const e =
    s.kind === 'expression'
      ? s.expression
      : s.kind === 'assign'
        ? s.value
        : s.kind === 'opaque' && s.keyword === 'return'
          ? s.expressions[0]
          : undefined;
  return e?.kind === 'unreadable' ? e.yields : undefined;
}

/** Whether an in-place operator changes the object itself; an object of the document's own is replaced by a new one. */
const changesItself = (v: Value): boolean => identityOf(v) !== undefined && v.kind !== 'object';

const MODES = new Set(['errstate', 'no_grad', 'inference_mode', 'enable_grad', 'set_grad_enabled']);

/** `with np.errstate(...):`, `with torch.no_grad():`. */
export const isMode = (e: Expression): boolean =>
  e.kind === 'call' && e.callee.kind === 'member' && MODES.has(e.callee.name);
