import type { Call, Expression, Lambda, Name } from '../../expression/expression';
import type { Scope } from '../../expression/program';
import type { NumberStyle } from '../../format/octave-numbers';
import type { Span } from '../../text/span';
import type { FunctionValue, Value } from '../../values/value';
import type { CallArgument } from '../dialect';
import { type Closure, Frame } from '../frame';
import type { Names } from '../names';
import { Run } from '../run';
import { naming, unknown } from '../stop';
import { received } from '../trace';
import { bindArguments, handleOf } from './functions';
import { MatlabMachine } from './machine';

/** Calls within calls that are followed. */
const MAX_CALLS = 60;

/** A walk over what is written in MATLAB: functions see their own names only, and give as many results as are asked for. */
export class MatlabRun extends Run {
  statement = false;
  argumentNames?: readonly (string | undefined)[];
  /** What `catch` last caught. */
  lastError?: Value;
  /** How numbers print here, or why that is not known. */
  numbers?: NumberStyle | string;
  /** The expression that is all there is to the statement under way. */
  direct?: Expression;
  /** The expression that is called or indexed by the one under way. */
  private callee?: Expression;
  private calls = 0;

  /** A function by its bare name is called. */
  protected override named(e: Name): Value {
    const called = this.callee === e;
    const value = this.read(e.name, e.span);
    const bare = value.kind === 'function' && value.handle === undefined && !called;
    return bare ? this.call(value, []) : value;
  }

  protected override lambda(e: Lambda): Value {
    return handleOf(e, this);
  }

  protected override listed(value: Value): readonly Value[] {
    return value.kind === 'tuple' ? value.items : [value];
  }

  protected override visible(name: string): ReturnType<Names['lookup']> {
    return this.frame?.sealed ? this.evaluator.definition(name) : super.visible(name);
  }

  override call(callee: Value, args: readonly Value[], outputs = 1): Value {
    const given = args.map(value => ({ value }));
    this.outputs = Math.max(1, outputs);
    this.statement = outputs === 0;
    if (callee.kind !== 'function') return unknown('this value is not a function');
    if (callee.closure !== undefined) return this.entered(callee.closure, given, outputs);
    const own = this.functionNamed(callee.path.slice('octave.'.length));
    if (own?.closure !== undefined) return this.entered(own.closure, given, outputs);
    try {
      return this.dialect.call(callee, given, this);
    } finally {
      this.outputs = 1;
    }
  }

  protected override callOf(e: Call): Value {
    const direct = this.direct === e;
    this.direct = undefined;
    this.callee = e.callee;
    const callee = this.value(e.callee);
    if (callee.kind !== 'function' || e.braces) {
      const at = this.callSubscripts(callee, e.arguments);
      const index = (e.braces && this.dialect.braces) || this.dialect.index;
      return naming(this.indexedName(e.callee), () => index(callee, at, this));
    }
    const args = this.argumentsOf(e.arguments);
    if (callee.closure !== undefined) return this.entered(callee.closure, args, e.outputs ?? (direct ? 0 : 1), e.span);
    this.outputs = e.outputs ?? 1;
    this.statement = direct;
    this.argumentNames = direct ? e.arguments.map(a => (a.value.kind === 'name' ? a.value.name : undefined)) : [];
    this.recorded = undefined;
    const result = this.dialect.call(callee, args, this);
    this.outputs = 1;
    if (this.tracing) this.recorded ??= { operation: callee.path, operands: received(callee.self, args) };
    return result;
  }

  /** The variable that Octave's words for a bad subscript name: it looks through one pair of parentheses. */
  private indexedName(callee: Expression): string | undefined {
    if (callee.kind === 'name') return callee.name;
    if (callee.kind !== 'call' || callee.callee.kind !== 'name') return undefined;
    const { name } = callee.callee;
    return this.frame?.names.has(name) || this.visible(name) !== undefined ? name : undefined;
  }

  /** The value of a variable, which functions of the document are not; undefined where there is none. */
  variable(name: string, span?: Span): Value | undefined {
    for (let f = this.frame; f; f = f.outer) {
      const found = f.names.get(name);
      if (found) return found;
    }
    const found = this.visible(name);
    if (!found) return undefined;
    if ('unknown' in found) return unknown(found.unknown, span);
    return found.source.kind === 'definition' ? undefined : this.evaluator.demand(found, this.budget);
  }

  isVariable(name: string): boolean {
    return this.variable(name) !== undefined;
  }

  /** A function of the document, or of the language, by its name. */
  functionNamed(name: string): FunctionValue | undefined {
    const found = this.evaluator.definition(name);
    const value = found ? this.evaluator.demand(found, this.budget) : this.dialect.builtin(name);
    return value?.kind === 'function' ? value : undefined;
  }

  /** A function as a value. */
  keep(f: Pick<Closure, 'name' | 'parameters' | 'body' | 'frame'> & Partial<Closure>): FunctionValue {
    const { closures } = this.evaluator;
    closures.push({ own: new Set(), defaults: new Map(), place: this.place, ...f });
    return { kind: 'function', path: 'closure', closure: closures.length - 1 };
  }

  override define(s: Scope): Value {
    const { name, parameters, body, untold, outputs } = s;
    return this.keep({ name, parameters, body, frame: undefined, outputs, ...(untold ? { untold } : {}) });
  }

  /** Calls a function of the document, or a handle: its names live in a frame of their own. */
  private entered(id: number, args: readonly CallArgument[], outputs: number, span?: Span): Value {
    const f = this.evaluator.closures[id];
    if (f.untold) unknown(`${f.name}: a function that ${f.untold}, whose calls are not followed`, span);
    const frame = new Frame('function', [], f.own, f.frame);
    frame.sealed = true;
    bindArguments(f, args, frame, outputs, span);
    for (const p of f.parameters) this.passed(p, frame);
    if (this.calls > MAX_CALLS) unknown('functions call each other too often to follow', span);
    const outer = this.frame;
    this.calls++;
    this.frame = frame;
    this.frames.push(frame);
    try {
      if (!Array.isArray(f.body)) {
        const body = f.body as Expression;
        if (outputs === 0) this.direct = body;
        return this.value(body.kind === 'call' && outputs > 1 ? { ...body, outputs } : body);
      }
      frame.steps = outer?.steps ?? 0;
      const result = new MatlabMachine(this, frame, this.budget).call(f, f.body, outputs);
      if (outer) outer.steps = frame.steps;
      return result;
    } finally {
      this.calls--;
      this.frame = outer;
      this.frames.pop();
    }
  }
}
