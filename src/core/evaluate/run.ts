import type {
  Argument,
  Binary,
  Call,
  ComparisonOperator,
  Expression,
  FormattedPart,
  Lambda,
  Mapping,
  Name,
  Subscript,
} from '../expression/expression';
import type { Scope } from '../expression/program';
import { isConstant } from '../expression/walk';
import type { PrintOptions } from '../format/numpy-print';
import type { Span } from '../text/span';
import { NONE, scalar, type Value } from '../values/value';
import { Activity } from './activity';
import type { Budget } from './budget';
import { carriedOut, changingMethod } from './carried-out';
import { comprehended, mappingEntries } from './comprehensions';
import { type CallArgument, type Context, type Dialect, given, type SubscriptValue, sliceOf } from './dialect';
import { Functions } from './functions';
import { Generators } from './generators';
import { isFlowing, soughtIn } from './iterator-functions';
import { drained, isRunning, iterated, iteratorValue, kept } from './iterators';
import { componentOf } from './latex/component';
import type { Names } from './names';
import { Objects } from './objects';
import { isSuper } from './own-marks';
import type { Place } from './place';
import { firstKnown, Stop, unknown } from './stop';
import { MAX_SIBLINGS, MAX_TRACED, received, type Trace } from './trace';
import { itemsOf, unpackedItem } from './unpack';
import type { TargetPath, Version } from './versions';

/** Results of a chain a statement long are nested deeper than the stack allows to recurse. */
const MAX_DEPTH = 400;
/** What going to a part of an expression costs beside the work on its elements. */
const NODE_COST = 60;

/** One walk over an expression. */
export class Run extends Activity implements Context {
  outputs = 1;
  protected recorded?: { operation: string; operands: readonly Value[] };
  private siblings: Trace[] = [];
  protected depth = 0;
  /** Iterators whose items have been taken. */
  private readonly used = new WeakSet<Value>();
  readonly objects = new Objects(this);
  readonly functions = new Functions(this);
  readonly generators = new Generators(this);
  readonly ofLibrary = (object: Value): string | undefined => this.objects.ofLibrary(object);
  private ends: { readonly object: Value; readonly position: number; readonly count: number }[] = [];

  constructor(
    evaluator: Names,
    budget: Budget,
    place: Place,
    dialect: Dialect,
    tracing: boolean,
    private readonly printOptions: () => PrintOptions | undefined = () => undefined,
  ) {
    super(evaluator, budget, place, dialect, tracing);
  }

  get whole(): boolean {
    return this.depth === 1 && this.frame === undefined;
  }

  get printing(): PrintOptions | undefined {
    return this.printOptions();
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
    const held = this.within > 0 ? [...this.waiting, ...args.map(a => a.value)] : [];
    // What a library calls it may call later than it stands here, or several times.
    const apart = this.within > 0 && !this.generators.direct;
    return this.generators.later(apart, () => this.apply(callee, args, undefined, held));
  }

  /** Calls whatever it is; `held` are values that a library holds meanwhile. */
  apply(callee: Value, args: readonly CallArgument[], span: Span | undefined, held: readonly Value[] = []): Value {
    if (callee.kind !== 'function')
      return this.dialect.call({ kind: 'function', path: 'call', self: callee }, args, this);
    if (callee.class !== undefined) return this.objects.construct(callee.class, args, span, held);
    if (callee.closure !== undefined) {
      const own = callee.self ? [{ value: callee.self }, ...args] : args;
      return this.functions.enter(callee.closure, own, span, held);
    }
    if (!this.flows) return this.holding(() => this.dialect.call(callee, args, this));
    if (held.length > 0 && callee.path.startsWith('changing.')) unknown('what a library changes is not followed', span);
    const result = carriedOut(this, this.dialect, callee, args);
    return result.kind === 'list' && result.lazy === ''
      ? iteratorValue(this, kept(this, iterated(this, this.dialect, result)))
      : result;
  }

  drained(v: Value): readonly Value[] {
    return drained(this, this.dialect, v);
  }

  /** What is to be unpacked, with the items of an iterator taken once. */
  unpacked(v: Value): Value {
    return isRunning(v) || (v.kind === 'list' && v.lazy === '')
      ? { kind: 'tuple', items: this.dialect.iterate?.(v, this) ?? [] }
      : v;
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
    if (object.kind === 'module') {
      const path = this.evaluator.memberPath(object.path, name);
      return this.flows && isFlowing(path) ? { kind: 'function', path } : this.dialect.attribute(object.path, name);
    }
    if (object.kind === 'object') return this.objects.member(object, name, span);
    if (object.kind === 'function' && object.class !== undefined)
      return this.objects.member({ ...object, class: object.class }, name, span);
    const changing = this.flows ? changingMethod(object, name) : undefined;
    return changing ?? this.dialect.member(object, name, this);
  }

  /** The value of `e`; a Stop without a span gets that of the innermost expression it arose in. */
  value(e: Expression): Value {
    if (++this.depth > MAX_DEPTH) unknown('nested too deeply to evaluate', e.span);
    this.budget.spend(NODE_COST);
    const before = this.siblings;
    const mark = this.waiting.length;
    const off = this.withoutGradient;
    this.siblings = [];
    const watched = this.watch?.isOn(e) ? this.beginWatched() : undefined;
    try {
      this.enterMode(e);
      const result = this.compute(e);
      if (this.tracing) {
        this.trace = this.traceOf(e, result);
        if (before.length < MAX_SIBLINGS && this.traced++ < MAX_TRACED) before.push(this.trace);
      }
      watched?.(result);
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
      watched?.(placed);
      throw placed;
    } finally {
      this.withoutGradient = off;
      this.siblings = before;
      this.depth--;
    }
  }

  /** The trace of an expression that has just been evaluated, over those of its parts. */
  private traceOf(expression: Expression, result: Value): Trace {
    const { operation = expression.kind, operands = [] } = this.recorded ?? {};
    this.recorded = undefined;
    if (this.watch) this.settle([...operands, result]);
    return { operation, expression, operands, result, children: this.siblings };
  }

  protected compute(e: Expression): Value {
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
        const items = this.several(e.items);
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
        const at = this.waiting.length;
        this.value(e.object);
        const subscripts = this.subscripts(e.subscripts);
        return d.index(this.waiting[at], subscripts, this);
      }
      case 'unary': {
        const operand = this.value(e.operand);
        return d.unary(e.operator, operand, this);
      }
      case 'binary':
        return this.binary(e);
      case 'comparison': {
        const at = this.waiting.length;
        const left = this.value(e.operands[0]);
        let result: Value | undefined;
        for (let i = 0; i < e.operators.length; i++) {
          const right = this.value(e.operands[i + 1]);
          const link = this.compared(e.operators[i], this.waiting[at + i], right);
          result = result === undefined ? link : d.logical('and', result, () => link, this);
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
        return d.mapping?.(this.entries(e), this) ?? unknown('a mapping is not read here');
      case 'starred':
        return unknown('unpacking is not followed here');
      case 'block':
        return unknown('a block is not read here');
      case 'unreadable':
        throw new Stop(e.status, e.message, e.span);
    }
  }

  /** A part of a chain of operators has been evaluated: the steps show it. */
  protected stepped(part: Binary, result: Value): void {
    this.siblings = [this.traceOf(part, result)];
  }

  /** `a + b + c + …`: the left spine is walked by iteration, so that its length does not matter. */
  private binary(e: Binary): Value {
    const spine: Binary[] = [];
    let head: Expression = e;
    while (head.kind === 'binary' && spine.length < 100_000 && !(head !== e && this.watch?.isOn(head))) {
      spine.push(head);
      head = head.left;
    }
    const at = this.waiting.length;
    let left = this.value(head);
    for (let i = spine.length - 1; i >= 0; i--) {
      const node = spine[i];
      const right = this.value(node.right);
      try {
        left = this.dialect.binary(node.operator, this.waiting[at], right, this);
      } catch (stop) {
        if (stop instanceof Stop && !stop.span) throw new Stop(stop.status, stop.message, node.span);
        throw stop;
      }
      this.waiting.length = at;
      this.waiting.push(left);
      if (this.tracing && i > 0) this.stepped(node, left);
    }
    return left;
  }

  /** The values of several expressions, as they are when the last one has been evaluated. */
  private several(list: readonly Expression[]): Value[] {
    const from = this.waiting.length;
    for (const e of list) {
      if (e.kind !== 'starred') {
        this.value(e);
        continue;
      }
      const items = itemsOf(this.value(e.value), this.dialect, this, e.span);
      this.waiting.pop();
      for (const item of items) this.waiting.push(item);
    }
    return this.waiting.slice(from);
  }

  private entries(e: Mapping): (readonly [Value, Value])[] {
    const from = this.waiting.length;
    for (const { key, value } of e.entries) {
      if (key) {
        this.value(key);
        this.value(value);
        continue;
      }
      const given = mappingEntries(this.value(value));
      this.waiting.pop();
      for (const [k, v] of given) this.waiting.push(k, v);
    }
    const all = this.waiting.slice(from);
    return Array.from({ length: all.length / 2 }, (_, k) => [all[2 * k], all[2 * k + 1]] as const);
  }

  /** A star import is carried out. */
  star(path: string, span: Span): void {
    if (!this.evaluator.starred || !this.dialect.module(path)) unknown('this star import is not followed', span);
    this.evaluator.starred(path);
  }

  /** Whether anything binds the name here. */
  isBound(name: string): boolean {
    return this.evaluator.lookup(name, this.place) !== undefined;
  }

  private compared(operator: ComparisonOperator, left: Value, right: Value): Value {
    const within = operator === 'in' || operator === 'not-in';
    if (within && right.kind === 'function' && right.iterator !== undefined)
      return soughtIn(this, this.dialect, operator, left, right);
    const compare = (): Value => this.dialect.compare(operator, left, right, this);
    return left.kind === 'object' || right.kind === 'object' ? compare() : this.holding(compare);
  }

  /** What a name standing as an expression gives. */
  protected named(e: Name): Value {
    return this.read(e.name, e.span);
  }

  protected lambda(e: Lambda): Value {
    return this.functions.closure('lambda', e.parameters, e.body, new Set(e.parameters.map(p => p.name)));
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
      const there = f.elsewhere?.get(name);
      const found = (there ?? f).names.get(name);
      if (found) return found;
      if (there) break;
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
    const path = `builtins.${name}`;
    const builtin: Value | undefined =
      this.flows && isFlowing(path) ? { kind: 'function', path } : this.dialect.builtin(name);
    if (builtin) return builtin;
    const prelude = this.evaluator.preludePath(name);
    const module = prelude === undefined ? undefined : this.dialect.module(prelude);
    if (module) return module;
    if (this.dialect.id === 'latex') return this.component(name, span);
    if (star !== undefined) unknown(`${name}: may come from the star import of ${star}`, span);
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
    if (e.callee.kind === 'name') {
      const found = this.locals.has(e.callee.name) ? undefined : this.evaluator.lookup(e.callee.name, this.place);
      if (found && 'source' in found && found.source.kind === 'function') return this.formula(found, e);
    }
    const at = this.waiting.length;
    const called = this.calleeOf(e);
    if (called.kind !== 'function' && called.kind !== 'object' && this.dialect.id !== 'python')
      return this.dialect.index(called, this.callSubscripts(called, e.arguments), this);
    this.waiting.length = at;
    this.waiting.push(called);
    if (called.kind === 'function') this.generators.given(called.path, e.arguments[0]?.value);
    const args = this.argumentsOf(e.arguments);
    const callee = this.objects.method(this.waiting[at], '__call__') ?? this.waiting[at];
    this.outputs = e.outputs ?? 1;
    this.recorded = undefined;
    const path = callee.kind === 'function' ? callee.path : '';
    const result = this.generators.calling(e, path, () => this.apply(callee, args, e.span));
    this.outputs = 1;
    if (this.tracing && callee.kind === 'function' && callee.closure === undefined && callee.class === undefined)
      this.recorded ??= { operation: callee.path, operands: received(callee.self, args) };
    return result;
  }

  /** A function defined in the document by a formula. */
  private formula(version: Version, e: Call): Value {
    const source = version.source;
    if (source.kind !== 'function') throw new Error('formula: not a function');
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
    const from = this.waiting.length;
    const names: (string | undefined)[] = [];
    const add = (items: readonly Value[], name: string | undefined): void => {
      for (const item of items) {
        this.waiting.push(item);
        names.push(name);
      }
    };
    for (const a of args) {
      const value = this.value(a.value);
      this.waiting.pop();
      if (a.unpack === 'sequence') add(itemsOf(value, this.dialect, this, a.value.span), undefined);
      else if (a.unpack === 'mapping')
        for (const [name, v] of mappingEntries(value))
          add([v], name.kind === 'string' ? name.value : unknown('keywords must be strings', a.value.span));
      else add(this.listed(value), a.name);
    }
    return this.waiting.slice(from).map((value, k) => ({ value, name: names[k] }));
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
    const places: (number | undefined)[] = [];
    const found = list.flatMap((s, position): SubscriptValue[] => {
      if (object) this.ends.push({ object, position, count: list.length });
      try {
        if (s.kind === 'slice') return [sliceOf(part(s.start), part(s.stop), part(s.step), s.alone)];
        if (s.value.kind === 'range' && !s.value.start && !s.value.stop) return [{ kind: 'slice' }];
        if (s.value.kind !== 'number') places[position] = this.waiting.length;
        return this.listed(this.value(s.value)).map(value => ({ kind: 'at', value }));
      } finally {
        if (object) this.ends.pop();
      }
    });
    if (found.length !== list.length || found.length < 2) return found;
    return found.map((s, k) => {
      const at = places[k];
      return s.kind === 'at' && at !== undefined ? { kind: 'at', value: this.waiting[at] } : s;
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
    return s.form === 'function' ? this.functions.define(s) : this.objects.define(s);
  }

  /** The same with the decorators of a function. */
  decorated(s: Scope): Value {
    return s.form === 'function' ? this.functions.decorated(s) : this.objects.define(s);
  }

  /** Runs one level further down. */
  deeper<T>(span: Span | undefined, run: () => T): T {
    if (++this.depth > MAX_DEPTH) unknown('nested too deeply to evaluate', span);
    try {
      return run();
    } finally {
      this.depth--;
    }
  }

  protected get context(): Context {
    return this;
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
