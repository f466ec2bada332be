import type {
  Argument,
  Binary,
  Call,
  Comprehension,
  Expression,
  FormattedPart,
  Parameter,
  Subscript,
} from '../expression/expression';
import type { Scope } from '../expression/program';
import type { PrintOptions } from '../format/numpy-print';
import type { Span } from '../text/span';
import { NONE, scalar, type Value } from '../values/value';
import type { Budget } from './budget';
import { localNames } from './changed-names';
import type { CallArgument, Context, Dialect, SubscriptValue } from './dialect';
import { changeEverywhere, Owned, relaid } from './heap';
import { type Closure, Frame, Machine } from './machine';
import type { Names } from './names';
import { bindParameters } from './parameters';
import type { Place } from './place';
import { checkItems } from './sizes';
import { firstKnown, naming, Stop, unknown } from './stop';
import { MAX_SIBLINGS, MAX_TRACED, received, type Trace } from './trace';
import { unpackedItem } from './unpack';
import type { TargetPath, Version } from './versions';

/** Results of a chain a statement long are nested deeper than the stack allows to recurse. */
const MAX_DEPTH = 400;

const TWO = /^(\d|[A-Za-z]){2}$/;

/** One walk over an expression. */
export class Run implements Context {
  printed = '';
  trace?: Trace;
  outputs = 1;
  private recorded?: { operation: string; operands: readonly Value[] };
  private siblings: Trace[] = [];
  private traced = 0;
  private depth = 0;
  /** Iterators whose items have been taken. */
  private readonly used = new WeakSet<Value>();
  private locals: ReadonlyMap<string, Value> = new Map();
  /** The function or block under way. */
  frame?: Frame;
  /** All that are under way, the innermost last. */
  readonly frames: Frame[] = [];
  /** The expression that is all there is to the statement under way. */
  direct?: Expression;
  /** Steps show operands as they were: where they are recorded, nothing is written to. */
  private readonly owned: Owned | undefined;
  private ends: { readonly object: Value; readonly position: number; readonly count: number }[] = [];

  constructor(
    private readonly evaluator: Names,
    readonly budget: Budget,
    private readonly place: Place,
    private readonly dialect: Dialect,
    private readonly tracing: boolean,
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
    const given = args.map(value => ({ value }));
    if (callee.kind !== 'function')
      return this.dialect.call({ kind: 'function', path: 'call', self: callee }, given, this);
    return callee.closure === undefined
      ? this.dialect.call(callee, given, this)
      : this.enter(callee.closure, given, undefined, args);
  }

  /** The value of `e`; a Stop without a span gets that of the innermost expression it arose in. */
  value(e: Expression): Value {
    if (++this.depth > MAX_DEPTH) unknown('nested too deeply to evaluate', e.span);
    const before = this.siblings;
    this.siblings = [];
    try {
      const result = this.compute(e);
      if (this.tracing) {
        const recorded = this.recorded;
        this.recorded = undefined;
        this.trace = {
          operation: recorded?.operation ?? e.kind,
          expression: e,
          operands: recorded?.operands ?? [],
          result,
          children: this.siblings,
        };
        if (before.length < MAX_SIBLINGS && this.traced++ < MAX_TRACED) before.push(this.trace);
      }
      return result;
    } catch (stop) {
      if (!(stop instanceof Stop)) throw stop;
      const placed = stop.span ? stop : new Stop(stop.status, stop.message, e.span);
      const { recorded, siblings: children } = this;
      this.recorded = undefined;
      placed.failed = stop.failed ?? (recorded && { ...recorded, expression: e, result: NONE, children });
      throw placed;
    } finally {
      this.siblings = before;
      this.depth--;
    }
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
      case 'sequence':
        return d.sequence(
          e.form,
          e.items.flatMap(item =>
            item.kind === 'starred' ? this.items(this.value(item.value), item.span) : [this.value(item)],
          ),
          this,
        );
      case 'matrix':
        return d.matrix(
          e.rows.map(row => row.map(item => this.value(item))),
          e,
          this,
        );
      case 'name':
        return this.read(e.name, e.span);
      case 'member': {
        const object = this.value(e.object);
        return object.kind === 'module' ? d.attribute(object.path, e.name) : d.member(object, e.name, this);
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
        return this.closure('lambda', e.parameters, e.body, new Set(e.parameters.map(p => p.name)));
      case 'comprehension':
        return this.comprehension(e);
      case 'formatted':
        return { kind: 'string', value: this.text(e.parts) };
      case 'mapping':
        return (
          d.mapping?.(
            e.entries.map(entry => [this.value(entry.key), this.value(entry.value)] as const),
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
      if (this.tracing && i > 0) {
        const recorded = this.recorded;
        this.recorded = undefined;
        this.siblings = [
          {
            operation: recorded?.operation ?? 'binary',
            expression: node,
            operands: recorded?.operands ?? [],
            result: left,
            children: this.siblings,
          },
        ];
      }
    }
    return left;
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
    const found = this.evaluator.lookup(name, this.place);
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

  /** Mathematics writes `a_1` for an entry of a, and `A_{12}`, `A_{1,2}` or `a_{ij}` for one of A, where nothing else is called so. */
  private component(name: string, span: Span): Value {
    const [, base, subscript] = /^(.+?)_\{?([A-Za-z0-9,]+)\}?$/.exec(name) ?? [];
    if (base !== undefined && this.dialect.component) {
      const found = [base, base.toUpperCase()]
        .map(n => this.evaluator.lookup(n, this.place))
        .find(v => v && 'source' in v);
      const parts = subscript.includes(',') ? subscript.split(',') : TWO.test(subscript) ? [...subscript] : [subscript];
      const indices = parts.map(p => (/^\d+$/.test(p) ? scalar('int64', Number(p), true) : this.locals.get(p)));
      if (found && 'source' in found && indices.every(i => i !== undefined)) {
        const value = this.evaluator.demand(found, this.budget);
        // `a_{12}` is the twelfth entry of a long vector.
        const vector = value.kind === 'array' && value.array.shape.length === 1 && /^\d+$/.test(subscript);
        return this.dialect.component(value, vector ? [scalar('int64', Number(subscript), true)] : indices);
      }
    }
    throw new Stop('unknown', this.dialect.undefinedName(name), span);
  }

  private callOf(e: Call): Value {
    const direct = this.direct === e;
    this.direct = undefined;
    if (e.callee.kind === 'name') {
      const found = this.locals.has(e.callee.name) ? undefined : this.evaluator.lookup(e.callee.name, this.place);
      if (found && 'source' in found && found.source.kind === 'function') return this.apply(found, e);
    }
    const callee = this.value(e.callee);
    if (callee.kind === 'function' && callee.closure !== undefined)
      return this.enter(
        callee.closure,
        this.argumentsOf(e.arguments),
        e.span,
        direct ? undefined : [...this.locals.values()],
      );
    if (callee.kind !== 'function' && this.dialect.id !== 'python') {
      const at = this.callSubscripts(callee, e.arguments);
      const name = e.callee.kind === 'name' ? e.callee.name : undefined;
      return naming(name, () => this.dialect.index(callee, at, this));
    }
    const args = this.argumentsOf(e.arguments);
    this.outputs = e.outputs ?? 1;
    this.recorded = undefined;
    if (callee.kind !== 'function')
      return this.dialect.call({ kind: 'function', path: 'call', self: callee }, args, this);
    const result = this.dialect.call(callee, args, this);
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
      if (a.unpack === 'sequence') return this.items(value, a.value.span).map(item => ({ value: item }));
      if (a.unpack === 'mapping') unknown('** arguments are not followed', a.value.span);
      return [{ value, name: a.name }];
    });
  }

  /** MATLAB's `a(i, end)`: subscripts in call form. */
  private callSubscripts(object: Value, args: readonly Argument[]): SubscriptValue[] {
    return this.subscripts(
      args.map(a => ({ kind: 'at', value: a.value })),
      object,
    );
  }

  /** The subscripts of a place within `object`. */
  subscripts(list: readonly Subscript[], object?: Value): SubscriptValue[] {
    const part = (p: Expression | undefined): Value | undefined => (p ? this.value(p) : undefined);
    return list.map((s, position): SubscriptValue => {
      if (object) this.ends.push({ object, position, count: list.length });
      try {
        if (s.kind === 'slice') return { kind: 'slice', start: part(s.start), stop: part(s.stop), step: part(s.step) };
        if (s.value.kind === 'range' && !s.value.start && !s.value.stop) return { kind: 'slice' };
        return { kind: 'at', value: this.value(s.value) };
      } finally {
        if (object) this.ends.pop();
      }
    });
  }

  /** A function of the document as a value. */
  define(s: Scope): Value {
    if (s.form !== 'function') return unknown(`${s.name}: a class, which is not followed`);
    const untold = s.untold ?? (s.outer.length > 0 ? 'changes names outside of it' : undefined);
    return this.closure(s.name, s.parameters, s.body, localNames(s), untold);
  }

  /** An object is changed in place: whatever reaches it sees the change. */
  change(before: Value, after: Value, span: Span): void {
    changeEverywhere(before, after, this.frames, this.evaluator, this.budget, span);
  }

  /** `object[at] = value` while code runs: written into the array's own buffer where nothing else holds it. */
  put(object: Value, at: readonly SubscriptValue[], value: Value, span: Span): void {
    const own = this.owned?.has(object, this.frames, this.evaluator, span);
    if (own && this.dialect.write?.(object, at, value, this)) return;
    const after = this.dialect.assign(object, at, value, this);
    this.owned?.add(changeEverywhere(object, after, this.frames, this.evaluator, this.budget, span));
  }

  private closure(
    name: string,
    parameters: readonly Parameter[],
    body: Closure['body'],
    own: ReadonlySet<string>,
    untold?: string,
  ): Value {
    const defaults = new Map(parameters.flatMap(p => (p.default ? [[p.name, this.value(p.default)] as const] : [])));
    const { closures } = this.evaluator;
    const frame = this.capture();
    closures.push({ name, parameters, body, own, defaults, frame, place: this.place, ...(untold ? { untold } : {}) });
    return { kind: 'function', path: 'closure', closure: closures.length - 1 };
  }

  /** The frames around a function where it is made, with the variables of comprehensions. */
  private capture(): Frame | undefined {
    if (this.locals.size === 0) return this.frame;
    const inner = new Frame('function', undefined, new Set(), this.frame);
    for (const [name, value] of this.locals) inner.set(name, value);
    return inner;
  }

  /** Calls a function of the document: its names live in a frame of their own. */
  private enter(id: number, args: readonly CallArgument[], span?: Span, waiting?: readonly Value[]): Value {
    const f = this.evaluator.closures[id];
    if (f.untold) unknown(`${f.name}: a function that ${f.untold}, whose calls are not followed`, span);
    if (f.place.scope !== this.place.scope) unknown(`${f.name}: calls from another function are not followed`, span);
    const frame = new Frame('function', waiting, f.own, f.frame);
    bindParameters(f, args, frame, span);
    const [outer, locals] = [this.frame, this.locals];
    this.frame = frame;
    this.frames.push(frame);
    this.locals = new Map();
    if (++this.depth > MAX_DEPTH) unknown('nested too deeply to evaluate', span);
    try {
      if (!Array.isArray(f.body)) return this.value(f.body as Expression);
      frame.steps = outer?.steps ?? 0;
      const result = new Machine(this, frame, this.dialect, this.budget).result(f.body);
      if (outer) outer.steps = frame.steps;
      return result;
    } finally {
      this.frame = outer;
      this.frames.pop();
      this.locals = locals;
      this.depth--;
    }
  }

  private comprehension(e: Comprehension): Value {
    const out: Value[] = [];
    const entries: (readonly [Value, Value])[] = [];
    const outer = this.locals;
    const clause = (k: number): void => {
      if (k === e.clauses.length) {
        this.budget.spend(20);
        checkItems(out.length);
        if (e.value) entries.push([this.value(e.element), this.value(e.value)]);
        else out.push(this.value(e.element));
        return;
      }
      const { target, iterable, conditions } = e.clauses[k];
      const items = this.dialect.iterate?.(this.value(iterable), this) ?? unknown('this loop is not followed');
      const around = this.locals;
      for (const item of items) {
        this.budget.spend(20);
        const names = new Map(around);
        this.bindTarget(target, item, names);
        this.locals = names;
        if (conditions.every(c => this.dialect.truth(this.value(c), this))) clause(k + 1);
        this.locals = around;
      }
    };
    try {
      clause(0);
    } finally {
      this.locals = outer;
    }
    if (e.form === 'dict') return this.dialect.mapping?.(entries, this) ?? unknown('a mapping is not read here');
    return e.form === 'list' ? { kind: 'list', items: out } : { kind: 'list', items: out, lazy: '' };
  }

  private bindTarget(target: Expression, value: Value, names: Map<string, Value>): void {
    if (target.kind === 'name') names.set(target.name, value);
    else if (target.kind === 'sequence') {
      const star = target.items.findIndex(i => i.kind === 'starred');
      target.items.forEach((item, index) => {
        const at = { index, count: target.items.length, ...(star >= 0 ? { star } : {}) };
        this.bindTarget(item.kind === 'starred' ? item.value : item, this.partAt(value, at, target.span), names);
      });
    } else unknown('this target is not followed', target.span);
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
    return unpackedItem(this.items(here, span), at, this.dialect.id, span);
  }

  private items(value: Value, span: Span): readonly Value[] {
    if (this.dialect.iterate) return this.dialect.iterate(value, this);
    if (value.kind === 'list' || value.kind === 'tuple') return value.items;
    if (value.kind === 'array' && value.array.shape.length > 0) {
      return Array.from({ length: value.array.shape[0] }, (_, i) =>
        this.dialect.index(value, [{ kind: 'at', value: scalar('int64', i, true) }], this),
      );
    }
    return unknown('unpacking of this value is not followed', span);
  }

  augment(name: string, operator: Binary['operator'], value: Expression, span: Span): Value {
    const left = this.read(name, span);
    const right = this.value(value);
    const { augment } = this.dialect;
    return augment
      ? relaid(left, augment.call(this.dialect, operator, left, right, this))
      : this.dialect.binary(operator, left, right, this);
  }

  /** `name[s₁][s₂] = value`, from the outside in and back again. */
  assign(
    name: string,
    subscripts: readonly (readonly Subscript[])[],
    value: Expression,
    path: TargetPath,
    operator: Binary['operator'] | undefined,
    span: Span,
  ): Value {
    const root =
      this.dialect.id === 'matlab' && !this.evaluator.lookup(name, this.place)
        ? this.dialect.matrix([], { kind: 'matrix', span, rows: [] }, this)
        : this.read(name, span);
    const after = this.assignValue(name, subscripts, this.part(this.value(value), path, value), operator, span, root);
    return this.dialect.id === 'python' ? relaid(root, after) : after;
  }

  /** The object after the place that the subscripts name, from the outside in, is replaced. */
  private assignValue(
    name: string,
    subscripts: readonly (readonly Subscript[])[],
    value: Value,
    operator: Binary['operator'] | undefined,
    span: Span,
    root: Value = this.read(name, span),
  ): Value {
    let right = value;
    const chain: { object: Value; at: SubscriptValue[] }[] = [];
    let object = root;
    subscripts.forEach((list, i) => {
      const at = this.subscripts(list, object);
      chain.push({ object, at });
      if (i + 1 < subscripts.length) {
        if (at.some(s => s.kind === 'at' && s.value.kind !== 'scalar'))
          unknown('an assignment through a copy is not followed', span);
        object = this.dialect.index(object, at, this);
      }
    });
    if (operator) {
      const last = chain[chain.length - 1];
      right = this.dialect.binary(operator, this.dialect.index(last.object, last.at, this), right, this);
    }
    for (let i = chain.length - 1; i >= 0; i--) {
      const changed = right;
      right = naming(name, () => this.dialect.assign(chain[i].object, chain[i].at, changed, this));
    }
    return right;
  }
}
