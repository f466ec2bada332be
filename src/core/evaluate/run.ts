import type {
  Argument,
  Binary,
  Call,
  Expression,
  FormattedPart,
  Lambda,
  Name,
  Parameter,
  Subscript,
} from '../expression/expression';
import type { Scope } from '../expression/program';
import { isConstant } from '../expression/walk';
import type { PrintOptions } from '../format/numpy-print';
import type { Span } from '../text/span';
import { type FunctionValue, NONE, scalar, type Value } from '../values/value';
import type { Budget } from './budget';
import { localNames } from './changed-names';
import { comprehended, mappingEntries } from './comprehensions';
import { type CallArgument, type Context, type Dialect, given, type SubscriptValue } from './dialect';
import { Generators } from './generators';
import { changeEverywhere, Owned } from './heap';
import { componentOf } from './latex/component';
import { type Closure, Frame, Machine } from './machine';
import type { Names } from './names';
import { Objects } from './objects';
import { isSuper } from './own-marks';
import { bindParameters } from './parameters';
import { type Place, placeWithin } from './place';
import { firstKnown, Stop, unknown } from './stop';
import { takenWithin } from './taking';
import { MAX_SIBLINGS, MAX_TRACED, received, type Trace } from './trace';
import { itemsOf, unpackedItem } from './unpack';
import type { TargetPath, Version } from './versions';

/** Results of a chain a statement long are nested deeper than the stack allows to recurse. */
const MAX_DEPTH = 400;

/** Whether an expression is the one that stands at a place. */
const isAt = (e: Expression, at: Expression): boolean =>
  e.kind === at.kind && e.span.start === at.span.start && e.span.end === at.span.end;

/** One walk over an expression. */
export class Run implements Context {
  printed = '';
  trace?: Trace;
  outputs = 1;
  protected recorded?: { operation: string; operands: readonly Value[] };
  private siblings: Trace[] = [];
  private traced = 0;
  protected depth = 0;
  /** Iterators whose items have been taken. */
  private readonly used = new WeakSet<Value>();
  /** The variables of comprehensions and mathematical functions under way. */
  locals: ReadonlyMap<string, Value> = new Map();
  /** The function or block under way. */
  frame?: Frame;
  /** All that are under way, the innermost last. */
  readonly frames: Frame[] = [];
  /** Steps show operands as they were: where they are recorded, nothing is written to. */
  private readonly owned: Owned | undefined;
  readonly objects = new Objects(this);
  readonly generators = new Generators(this);
  /** A part of the expression whose value is asked for, and what it came to. */
  watch?: Expression;
  watched?: { readonly value: Value; readonly trace: Trace | undefined };
  /** Values of the expression under way that something is still to be done with. */
  waiting: Value[] = [];
  private ends: { readonly object: Value; readonly position: number; readonly count: number }[] = [];

  constructor(
    readonly evaluator: Names,
    readonly budget: Budget,
    protected place: Place,
    protected readonly dialect: Dialect,
    protected readonly tracing: boolean,
    private readonly printOptions: () => PrintOptions | undefined = () => undefined,
  ) {
    this.owned = tracing ? undefined : new Owned();
  }

  get whole(): boolean {
    return this.depth === 1 && this.frame === undefined;
  }

  get printing(): PrintOptions | undefined {
    return this.printOptions();
  }

  print(text: string): void {
    this.printed += text;
  }

  useUp(iterator: Value): void {
    if (this.used.has(iterator)) unknown('an iterator that is gone through twice is not followed');
    this.used.add(iterator);
  }

  record(operation: string, operands: readonly Value[]): void {
    if (this.tracing) this.recorded = { operation, operands };
  }

  call(callee: Value, args: readonly Value[]): Value {
    return this.callNamed(callee, given(args));
  }

  callNamed(target: Value, args: readonly CallArgument[]): Value {
    const callee = this.objects.method(target, '__call__') ?? target;
    if (callee.kind !== 'function')
      return this.dialect.call({ kind: 'function', path: 'call', self: callee }, args, this);
    if (callee.class !== undefined) return this.objects.construct(callee.class, args, undefined, this.waiting);
    if (callee.closure === undefined) return this.dialect.call(callee, args, this);
    const own = callee.self ? [{ value: callee.self }, ...args] : args;
    const { closure } = callee;
    const waiting = [...this.waiting, ...own.map(a => a.value)];
    return this.generators.later(!this.generators.direct, () => this.enter(closure, own, undefined, waiting, true));
  }

  method(object: Value, name: string): Value | undefined {
    return this.objects.method(object, name);
  }

  isInstance(object: Value, of: number): boolean {
    return this.objects.isInstance(object, of);
  }

  described(v: Value): Value {
    return this.objects.described(v);
  }

  /** Keeps a value that is taken by other ways than an expression until the statement ends. */
  hold(v: Value): Value {
    this.waiting.push(v);
    return v;
  }

  /** A statement begins: nothing waits. */
  release(): void {
    this.waiting = [];
  }

  /** The path of what an expression names in a library. */
  libraryPath(e: Expression): string | undefined {
    const object = e.kind === 'member' ? this.libraryPath(e.object) : undefined;
    if (e.kind === 'member') return object && `${object}.${e.name}`;
    if (e.kind !== 'name') return undefined;
    try {
      const v = this.read(e.name, e.span);
      const own = v.kind === 'module' || (v.kind === 'function' && v.closure === undefined && v.class === undefined);
      return own ? v.path : undefined;
    } catch (stop) {
      if (stop instanceof Stop) return undefined;
      throw stop;
    }
  }

  /** `object.name`. */
  member(object: Value, name: string, span?: Span): Value {
    if (object.kind === 'module') return this.dialect.attribute(object.path, name);
    if (object.kind === 'object') return this.objects.member(object, name, span);
    if (object.kind === 'function' && object.class !== undefined)
      return this.objects.member({ ...object, class: object.class }, name, span);
    return this.dialect.member(object, name, this);
  }

  /** The value of `e`; a Stop without a span gets that of the innermost expression it arose in. */
  value(e: Expression): Value {
    if (++this.depth > MAX_DEPTH) unknown('nested too deeply to evaluate', e.span);
    const before = this.siblings;
    const mark = this.waiting.length;
    this.siblings = [];
    try {
      const result = this.compute(e);
      if (this.tracing) {
        this.trace = this.traceOf(e, result);
        if (before.length < MAX_SIBLINGS && this.traced++ < MAX_TRACED) before.push(this.trace);
      }
      if (this.watch && isAt(e, this.watch)) this.watched ??= { value: result, trace: this.trace };
      this.waiting.length = mark;
      this.waiting.push(result);
      return result;
    } catch (stop) {
      if (!(stop instanceof Stop)) throw stop;
      this.waiting.length = Math.min(mark, this.waiting.length);
      const placed = stop.span ? stop : new Stop(stop.status, stop.message, e.span);
      const { recorded, siblings: children } = this;
      this.recorded = undefined;
      placed.identifier = stop.identifier;
      placed.failed = stop.failed ?? (recorded && { ...recorded, expression: e, result: NONE, children });
      throw placed;
    } finally {
      this.siblings = before;
      this.depth--;
    }
  }

  /** The trace of an expression that has just been evaluated, over those of its parts. */
  private traceOf(expression: Expression, result: Value): Trace {
    const { operation = expression.kind, operands = [] } = this.recorded ?? {};
    this.recorded = undefined;
    return { operation, expression, operands, result, children: this.siblings };
  }

  private compute(e: Expression): Value {
    const d = this.dialect;
    switch (e.kind) {
      case 'number':
        return d.number(e);
      case 'string':
        return { kind: 'string', value: e.value };
      case 'boolean':
        return scalar('bool', e.value, true);
      case 'none':
        return { kind: 'none' };
      case 'ellipsis':
        return { kind: 'ellipsis' };
      case 'dense':
        this.budget.claim(e.data.length);
        return d.dense(e, this);
      case 'sequence': {
        const items = e.items.flatMap(item =>
          item.kind === 'starred' ? itemsOf(this.value(item.value), d, this, item.span) : [this.value(item)],
        );
        if (e.form === 'set')
          return d.set?.(items, this, e.items.every(isConstant)) ?? unknown('a set is not read here');
        return d.sequence(e.form, items, this);
      }
      case 'matrix':
        return d.matrix(
          e.rows.map(row => row.flatMap(item => this.listed(this.value(item)))),
          e,
          this,
        );
      case 'name':
        return this.named(e);
      case 'member': {
        const object = this.value(e.object);
        return this.member(object, e.name, e.nameSpan);
      }
      case 'call':
        return this.callOf(e);
      case 'index': {
        const object = this.value(e.object);
        return d.index(object, this.subscripts(e.subscripts), this);
      }
      case 'unary': {
        const operand = this.value(e.operand);
        return d.unary(e.operator, operand, this);
      }
      case 'binary':
        return this.binary(e);
      case 'comparison': {
        let left = this.value(e.operands[0]);
        let result: Value | undefined;
        for (let i = 0; i < e.operators.length; i++) {
          const right = this.value(e.operands[i + 1]);
          const link = d.compare(e.operators[i], left, right, this);
          result = result === undefined ? link : d.logical('and', result, () => link, this);
          left = right;
          if (i + 1 < e.operators.length && !d.truth(result, this)) break;
        }
        return result ?? left;
      }
      case 'logical': {
        const left = this.value(e.left);
        return d.logical(e.operator, left, () => this.value(e.right), this);
      }
      case 'conditional':
        return d.truth(this.value(e.condition), this) ? this.value(e.then) : this.value(e.otherwise);
      case 'range': {
        const part = (p: Expression | undefined): Value | undefined => (p ? this.value(p) : undefined);
        return d.range(part(e.start), part(e.step), part(e.stop), this);
      }
      case 'equality':
        // The links of a stated equality are checked by inspect/equality.
        return firstKnown(e.parts, part => this.value(part));
      case 'lambda':
        return this.lambda(e);
      case 'comprehension':
        return comprehended(this, d, e);
      case 'formatted':
        return { kind: 'string', value: this.text(e.parts) };
      case 'mapping':
        return (
          d.mapping?.(
            e.entries.flatMap(({ key, value }) =>
              key ? [[this.value(key), this.value(value)] as const] : mappingEntries(this.value(value)),
            ),
            this,
          ) ?? unknown('a mapping is not read here')
        );
      case 'starred':
        return unknown('unpacking is not followed here');
      case 'unreadable':
        throw new Stop(e.status, e.message, e.span);
    }
  }

  /** `a + b + c + …`: the left spine is walked by iteration, so that its length does not matter. */
  private binary(e: Binary): Value {
    const spine: Binary[] = [];
    let head: Expression = e;
    while (head.kind === 'binary' && spine.length < 100_000) {
      spine.push(head);
      head = head.left;
    }
    let left = this.value(head);
    for (let i = spine.length - 1; i >= 0; i--) {
      const node = spine[i];
      const right = this.value(node.right);
      try {
        left = this.dialect.binary(node.operator, left, right, this);
      } catch (stop) {
        if (stop instanceof Stop && !stop.span) throw new Stop(stop.status, stop.message, node.span);
        throw stop;
      }
      if (this.tracing && i > 0) this.siblings = [this.traceOf(node, left)];
    }
    return left;
  }

  /** Whether anything binds the name here. */
  isBound(name: string): boolean {
    return this.evaluator.lookup(name, this.place) !== undefined;
  }

  /** What a name standing as an expression gives. */
  protected named(e: Name): Value {
    return this.read(e.name, e.span);
  }

  protected lambda(e: Lambda): Value {
    return this.closure('lambda', e.parameters, e.body, new Set(e.parameters.map(p => p.name)));
  }

  /** The values that one stands for: MATLAB takes lists apart where they stand. */
  protected listed(value: Value): readonly Value[] {
    return [value];
  }

  /** What the document binds a name to, seen from here. */
  protected visible(name: string): ReturnType<Names['lookup']> {
    return this.evaluator.lookup(name, this.place);
  }

  /** The value of a name, as the statement under way sees it. */
  read(name: string, span: Span): Value {
    const local = this.locals.get(name);
    if (local) return local;
    for (let f = this.frame; f; f = f.outer) {
      const found = f.names.get(name);
      if (found) return found;
      if (f.own.has(name)) unknown(`${name}: read before it is assigned`, span);
    }
    // A function that the block under way calls sees what the block has made of the names around it.
    const around = this.frames[0]?.names.get(name);
    if (around && this.frames[0].form === 'block') return around;
    if (name === 'end' && this.ends.length > 0 && this.dialect.end) {
      const { object, position, count } = this.ends[this.ends.length - 1];
      return this.dialect.end(object, position, count);
    }
    const found = this.visible(name);
    if (found && 'unknown' in found) unknown(found.unknown, span);
    if (found) return this.evaluator.demand(found, this.budget);
    const star = this.evaluator.starPath(this.place);
    if (star !== undefined && this.dialect.module(star)) {
      try {
        return this.dialect.attribute(star, name);
      } catch (stop) {
        if (!(stop instanceof Stop)) throw stop;
      }
    }
    const builtin = this.dialect.builtin(name);
    if (builtin) return builtin;
    const prelude = this.evaluator.preludePath(name);
    const module = prelude === undefined ? undefined : this.dialect.module(prelude);
    if (module) return module;
    if (this.dialect.id === 'latex') return this.component(name, span);
    throw new Stop('error', this.dialect.undefinedName(name), span);
  }

  /** Mathematics writes `a_1` for an entry of a where nothing else is called so. */
  private component(name: string, span: Span): Value {
    const lookup = (n: string): Value | undefined => {
      const found = this.evaluator.lookup(n, this.place);
      return found && 'source' in found ? this.evaluator.demand(found, this.budget) : undefined;
    };
    const found = componentOf(name, lookup, n => this.locals.get(n), this.dialect);
    return found ?? unknown(this.dialect.undefinedName(name), span);
  }

  protected callOf(e: Call): Value {
    const mark = this.waiting.length;
    if (e.callee.kind === 'name') {
      const found = this.locals.has(e.callee.name) ? undefined : this.evaluator.lookup(e.callee.name, this.place);
      if (found && 'source' in found && found.source.kind === 'function') return this.apply(found, e);
    }
    const taken = this.frame && takenWithin(this, this.dialect, e, this.waiting.slice());
    if (taken) return taken;
    const called = this.calleeOf(e);
    const callee = this.objects.method(called, '__call__') ?? called;
    if (callee.kind === 'function' && (callee.closure !== undefined || callee.class !== undefined)) {
      const args = this.argumentsOf(e.arguments);
      const waiting = this.waiting.slice(0, mark);
      if (callee.class !== undefined) return this.objects.construct(callee.class, args, e.span, waiting);
      const own = callee.self ? [{ value: callee.self }, ...args] : args;
      return this.enter(callee.closure as number, own, e.span, waiting);
    }
    if (callee.kind !== 'function' && this.dialect.id !== 'python') {
      const at = this.callSubscripts(callee, e.arguments);
      return this.dialect.index(callee, at, this);
    }
    if (callee.kind === 'function') this.generators.given(callee.path, e.arguments[0]?.value);
    const args = this.argumentsOf(e.arguments);
    this.outputs = e.outputs ?? 1;
    this.recorded = undefined;
    if (callee.kind !== 'function')
      return this.dialect.call({ kind: 'function', path: 'call', self: callee }, args, this);
    const result = this.generators.calling(e, callee.path, () => this.dialect.call(callee, args, this));
    this.outputs = 1;
    if (this.tracing) this.recorded ??= { operation: callee.path, operands: received(callee.self, args) };
    return result;
  }

  /** A function defined in the document by a formula. */
  private apply(version: Version, e: Call): Value {
    const source = version.source;
    if (source.kind !== 'function') throw new Error('apply: not a function');
    const args = e.arguments.map(a => this.value(a.value));
    if (args.length !== source.parameters.length)
      unknown(`${version.name} takes ${source.parameters.length} arguments, ${args.length} are given`, e.span);
    const outer = this.locals;
    this.locals = new Map([...outer, ...source.parameters.map((p, i) => [p, args[i]] as const)]);
    try {
      return this.value(source.body);
    } finally {
      this.locals = outer;
    }
  }

  argumentsOf(args: readonly Argument[]): CallArgument[] {
    return args.flatMap((a): CallArgument[] => {
      const value = this.value(a.value);
      if (a.unpack === 'sequence')
        return itemsOf(value, this.dialect, this, a.value.span).map(item => ({ value: item }));
      if (a.unpack === 'mapping')
        return mappingEntries(value).map(([name, v]) => ({
          value: v,
          name: name.kind === 'string' ? name.value : unknown('keywords must be strings', a.value.span),
        }));
      return this.listed(value).map(item => ({ value: item, name: a.name }));
    });
  }

  /** MATLAB's `a(i, end)`: subscripts in call form. */
  protected callSubscripts(object: Value, args: readonly Argument[]): SubscriptValue[] {
    return this.subscripts(
      args.map(a => ({ kind: 'at', value: a.value })),
      object,
    );
  }

  /** The subscripts of a place within `object`. */
  subscripts(list: readonly Subscript[], object?: Value): SubscriptValue[] {
    const part = (p: Expression | undefined): Value | undefined => (p ? this.value(p) : undefined);
    return list.flatMap((s, position): SubscriptValue[] => {
      if (object) this.ends.push({ object, position, count: list.length });
      try {
        if (s.kind === 'slice')
          return [{ kind: 'slice', start: part(s.start), stop: part(s.stop), step: part(s.step) }];
        if (s.value.kind === 'range' && !s.value.start && !s.value.stop) return [{ kind: 'slice' }];
        return this.listed(this.value(s.value)).map(value => ({ kind: 'at', value }));
      } finally {
        if (object) this.ends.pop();
      }
    });
  }

  /** What a call calls; `super()` finds it above the method under way. */
  private calleeOf(e: Call): Value {
    const owner = this.frame?.owner;
    if (isSuper(e.callee) && owner) {
      const self = this.frame?.names.get(owner.self);
      const found = this.objects.above(owner.class, self, e);
      if (found) return found;
    }
    return this.value(e.callee);
  }

  /** A function or a class of the document as a value. */
  define(s: Scope): Value {
    if (s.form !== 'function') return this.objects.define(s);
    const untold = s.untold ?? (s.outer.length > 0 ? 'changes names outside of it' : undefined);
    return this.closure(s.name, s.parameters, s.body, localNames(s), untold);
  }

  /** An object is changed in place: whatever reaches it sees the change. */
  change(before: Value, after: Value, span?: Span): void {
    changeEverywhere(before, after, this.frames, this.evaluator, this.budget, span);
  }

  /** `object[at] = value` while code runs: written into the array's own buffer where nothing else holds it. */
  put(object: Value, at: readonly SubscriptValue[], value: Value, span: Span): void {
    const own = this.owned?.has(object, this.frames, this.evaluator, span);
    if (own && this.dialect.write?.(object, at, value, this)) return;
    const after = this.dialect.assign(object, at, value, this);
    this.owned?.add(changeEverywhere(object, after, this.frames, this.evaluator, this.budget, span));
  }

  closure(
    name: string,
    parameters: readonly Parameter[],
    body: Closure['body'],
    own: ReadonlySet<string>,
    untold?: string,
    owner?: number,
    frame: Frame | undefined = owner === undefined ? this.capture() : undefined,
  ): FunctionValue {
    const defaults = new Map(parameters.flatMap(p => (p.default ? [[p.name, this.value(p.default)] as const] : [])));
    const { closures } = this.evaluator;
    const { place } = this;
    closures.push({
      name,
      parameters,
      body,
      own,
      defaults,
      frame,
      place,
      ...(untold ? { untold } : {}),
      ...(owner === undefined ? {} : { owner }),
    });
    return { kind: 'function', path: 'closure', closure: closures.length - 1 };
  }

  /** The frames around a function where it is made, with the variables of comprehensions. */
  private capture(): Frame | undefined {
    if (this.locals.size === 0) return this.frame;
    const inner = new Frame('function', [], new Set(), this.frame);
    for (const [name, value] of this.locals) inner.set(name, value);
    return inner;
  }

  /** Calls a function of the document: its names live in a frame of their own. */
  enter(
    id: number,
    args: readonly CallArgument[],
    span: Span | undefined,
    waiting: readonly Value[],
    called = false,
  ): Value {
    const f = this.evaluator.closures[id];
    if (f.untold) unknown(`${f.name}: a function that ${f.untold}, whose calls are not followed`, span);
    const place =
      placeWithin(f.place.scope, this.place) ??
      unknown(`${f.name}: calls from another function are not followed`, span);
    const frame = new Frame('function', waiting, f.own, f.frame, called);
    if (f.owner !== undefined) frame.owner = { class: f.owner, self: f.parameters[0]?.name ?? '' };
    bindParameters(f, args, frame, span);
    const [outer, locals, outside, from] = [this.frame, this.locals, this.waiting, this.place];
    [this.frame, this.locals, this.waiting, this.place] = [frame, new Map(), [], place];
    this.frames.push(frame);
    if (++this.depth > MAX_DEPTH) unknown('nested too deeply to evaluate', span);
    try {
      if (!Array.isArray(f.body)) return this.value(f.body as Expression);
      frame.steps = outer?.steps ?? 0;
      const result = new Machine(this, frame, this.dialect, this.budget).result(f.body);
      if (outer) outer.steps = frame.steps;
      return result;
    } finally {
      [this.frame, this.locals, this.waiting, this.place] = [outer, locals, outside, from];
      this.frames.pop();
      this.depth--;
    }
  }

  /** The text of a formatted string. */
  private text(parts: readonly FormattedPart[]): string {
    return parts
      .map(p => {
        if (typeof p === 'string') return p;
        const value = this.value(p.value);
        return (
          this.dialect.formatted?.(value, p.conversion, this.text(p.format), this) ?? unknown('not a formatted string')
        );
      })
      .join('');
  }

  /** The part of a value that a target within nested tuples receives. */
  part(value: Value, path: TargetPath, e: Expression): Value {
    return path.reduce((here, at) => this.partAt(here, at, e.span), value);
  }

  /** The item of a value that one target of several receives. */
  partAt(here: Value, at: TargetPath[number], span: Span): Value {
    return unpackedItem(itemsOf(here, this.dialect, this, span), at, this.dialect.id, span);
  }
}
