import type { Argument, Binary, Call, Expression, Subscript } from '../expression/expression';
import type { PrintOptions } from '../format/numpy-print';
import type { Span } from '../text/span';
import { scalar, type Value } from '../values/value';
import type { Version } from './bindings';
import type { Budget } from './budget';
import type { CallArgument, Context, Dialect, SubscriptValue } from './dialect';
import type { Place } from './place';
import { Stop, unknown } from './stop';
import type { Trace } from './trace';

/** What a walk asks of the document around it. */
export interface Names {
  lookup(name: string, place: Place): Version | { readonly unknown: string } | undefined;
  read(version: Version): Value;
  starPath(place: Place): string | undefined;
  preludePath(name: string): string | undefined;
}

/** Results of a chain a statement long are nested deeper than the stack allows to recurse. */
const MAX_DEPTH = 400;

/** One walk over an expression. */
export class Run implements Context {
  printed = '';
  trace?: Trace;
  outputs = 1;
  private recorded?: { operation: string; operands: readonly Value[] };
  private siblings: Trace[] = [];
  private depth = 0;
  private locals: ReadonlyMap<string, Value> = new Map();
  private ends: { readonly object: Value; readonly position: number; readonly count: number }[] = [];

  constructor(
    private readonly evaluator: Names,
    readonly budget: Budget,
    private readonly place: Place,
    private readonly dialect: Dialect,
    private readonly tracing: boolean,
    private readonly printOptions: () => PrintOptions | undefined = () => undefined,
  ) {}

  get printing(): PrintOptions | undefined {
    return this.printOptions();
  }

  print(text: string): void {
    this.printed += text;
  }

  record(operation: string, operands: readonly Value[]): void {
    if (this.tracing) this.recorded = { operation, operands };
  }

  call(callee: Value, args: readonly Value[]): Value {
    const given = args.map(value => ({ value }));
    return callee.kind === 'function'
      ? this.dialect.call(callee, given, this)
      : this.dialect.call({ kind: 'function', path: 'call', self: callee }, given, this);
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
        before.push(this.trace);
      }
      return result;
    } catch (stop) {
      if (stop instanceof Stop && !stop.span) throw new Stop(stop.status, stop.message, e.span);
      throw stop;
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
          e.items.map(item => this.value(item)),
          this,
        );
      case 'matrix':
        return d.matrix(
          e.rows.map(row => row.map(item => this.value(item))),
          e,
          this,
        );
      case 'name':
        return this.name(e.name, e.span);
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
        return this.equality(e.parts);
      case 'unreadable':
        throw new Stop(e.status, e.message, e.span);
    }
  }

  /** The value of a stated equality is that of its first part that is known. The links are checked by inspect/equality. */
  private equality(parts: readonly Expression[]): Value {
    let first: Stop | undefined;
    for (const part of parts) {
      try {
        return this.value(part);
      } catch (stop) {
        if (!(stop instanceof Stop)) throw stop;
        first ??= stop;
      }
    }
    throw first ?? new Stop('unknown', 'an equality without sides');
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

  private name(name: string, span: Span): Value {
    const local = this.locals.get(name);
    if (local) return local;
    if (name === 'end' && this.ends.length > 0 && this.dialect.end) {
      const { object, position, count } = this.ends[this.ends.length - 1];
      return this.dialect.end(object, position, count);
    }
    const found = this.evaluator.lookup(name, this.place);
    if (found && 'unknown' in found) unknown(found.unknown, span);
    if (found) return this.evaluator.read(found);
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

  /** Mathematics writes `a_1` for the first entry of the vector a when nothing else is called a_1. */
  private component(name: string, span: Span): Value {
    const [, base, index] = /^(.+)_\{?([A-Za-z0-9]+)\}?$/.exec(name) ?? [];
    if (base !== undefined && this.dialect.component) {
      const found = this.evaluator.lookup(base, this.place);
      const at = /^\d+$/.test(index) ? scalar('int64', Number(index), true) : this.locals.get(index);
      if (found && 'source' in found && at) {
        const vector = this.evaluator.read(found);
        return this.dialect.component(vector, at);
      }
    }
    throw new Stop('unknown', this.dialect.undefinedName(name), span);
  }

  private callOf(e: Call): Value {
    if (e.callee.kind === 'name') {
      const found = this.locals.has(e.callee.name) ? undefined : this.evaluator.lookup(e.callee.name, this.place);
      if (found && 'source' in found && found.source.kind === 'function') return this.apply(found, e);
    }
    const callee = this.value(e.callee);
    if (callee.kind !== 'function' && this.dialect.id !== 'python') {
      const at = this.callSubscripts(callee, e.arguments);
      const name = e.callee.kind === 'name' ? e.callee.name : undefined;
      return naming(name, () => this.dialect.index(callee, at, this));
    }
    const args = this.arguments(e.arguments);
    this.outputs = e.outputs ?? 1;
    this.recorded = undefined;
    if (callee.kind !== 'function')
      return this.dialect.call({ kind: 'function', path: 'call', self: callee }, args, this);
    const result = this.dialect.call(callee, args, this);
    this.outputs = 1;
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

  private arguments(args: readonly Argument[]): CallArgument[] {
    return args.flatMap((a): CallArgument[] => {
      const value = this.value(a.value);
      if (a.unpack === 'sequence') {
        if (value.kind !== 'list' && value.kind !== 'tuple')
          unknown('unpacking of this value is not followed', a.value.span);
        return value.items.map(item => ({ value: item }));
      }
      if (a.unpack === 'mapping') unknown('** arguments are not followed', a.value.span);
      return [{ value, name: a.name }];
    });
  }

  /** MATLAB's `a(i, end)`: subscripts in call form. */
  private callSubscripts(object: Value, args: readonly Argument[]): SubscriptValue[] {
    return args.map((a, position) => {
      this.ends.push({ object, position, count: args.length });
      try {
        const e = a.value;
        if (e.kind === 'range' && !e.start && !e.stop) return { kind: 'slice' };
        return { kind: 'at', value: this.value(e) };
      } finally {
        this.ends.pop();
      }
    });
  }

  private subscripts(list: readonly Subscript[], object?: Value): SubscriptValue[] {
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

  /** The part of a value that a target within nested tuples receives. */
  part(value: Value, path: readonly { readonly index: number; readonly count: number }[], e: Expression): Value {
    let here = value;
    for (const { index, count } of path) {
      const items = this.items(here, e.span);
      if (this.dialect.id === 'matlab') {
        if (index >= items.length) unknown('more results are asked for than are given', e.span);
      } else if (items.length !== count) {
        const message =
          items.length < count
            ? `not enough values to unpack (expected ${count}, got ${items.length})`
            : `too many values to unpack (expected ${count})`;
        throw new Stop('error', `ValueError: ${message}`, e.span);
      }
      here = items[index];
    }
    return here;
  }

  private items(value: Value, span: Span): readonly Value[] {
    if (value.kind === 'list' || value.kind === 'tuple') return value.items;
    if (value.kind === 'array' && value.array.shape.length > 0) {
      return Array.from({ length: value.array.shape[0] }, (_, i) =>
        this.dialect.index(value, [{ kind: 'at', value: scalar('int64', i, true) }], this),
      );
    }
    return unknown('unpacking of this value is not followed', span);
  }

  augment(name: string, operator: Binary['operator'], value: Expression, span: Span): Value {
    const left = this.name(name, span);
    const right = this.value(value);
    return (this.dialect.augment ?? this.dialect.binary).call(this.dialect, operator, left, right, this);
  }

  /** `name[s₁][s₂] = value`, from the outside in and back again. */
  assign(
    name: string,
    subscripts: readonly (readonly Subscript[])[],
    value: Expression,
    path: readonly { readonly index: number; readonly count: number }[],
    operator: Binary['operator'] | undefined,
    span: Span,
  ): Value {
    const root =
      this.dialect.id === 'matlab' && !this.evaluator.lookup(name, this.place)
        ? this.dialect.matrix([], { kind: 'matrix', span, rows: [] }, this)
        : this.name(name, span);
    let right = this.part(this.value(value), path, value);
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

/** Octave's words for a subscript out of bounds name the variable, where there is one, in place of the word `index`. */
function naming(name: string | undefined, run: () => Value): Value {
  try {
    return run();
  } catch (stop) {
    if (stop instanceof Stop && name !== undefined && stop.message.startsWith('index ('))
      throw new Stop(stop.status, name + stop.message.slice('index '.length), stop.span);
    throw stop;
  }
}
