import type { Argument, Binary, Call, Expression, Index, Lambda, Subscript } from '../../expression/expression';
import type { Scope, Statement } from '../../expression/program';
import { rText } from '../../format/r';
import { deparse, inParentheses } from '../../languages/r/deparse';
import { EMPTY_ARGUMENT } from '../../languages/r/expressions';
import { OPTIONS, PACKAGES, superAssignedIn } from '../../languages/r/outer-names';
import type { Span } from '../../text/span';
import { NULL } from '../../values/r-vector';
import type { FunctionValue, Value } from '../../values/value';
import type { CallArgument } from '../dialect';
import { type Closure, Frame } from '../frame';
import { Run } from '../run';
import { Stop, unknown } from '../stop';
import { received } from '../trace';
import type { Version } from '../versions';
import { builtinNamed, FUNCTIONS } from './catalogue';
import { RError, reject, sentence } from './errors';
import { CallFrame, Jump, NO_LOOP, type Pending } from './frame';
import { element, index, type Places } from './indexing';
import { called, matchArguments, type RArgument, type RContext } from './library';
import { RMachine } from './machine';
import { SPECIALS } from './specials';
import { flag } from './vectors';

/** Calls within calls that are followed. */
const MAX_CALLS = 60;

/** A walk over what is written in R. */
export class RRun extends Run implements RContext {
  echoes = true;
  private calls = 0;

  override get silent(): boolean {
    return !this.echoes;
  }

  /** Runs a statement of the top level, of which the prompt shows what a branch comes to. */
  prompted(frame: Frame, statement: Statement): void {
    const value = this.outermost(() => new RMachine(this, frame).all([statement]));
    if (!this.echoes || statement.kind !== 'branching') return;
    const found = this.settings === undefined ? rText(value) : { reason: this.settings };
    if ('reason' in found) this.printUnknown(new Stop('unknown', found.reason, statement.span));
    else this.print(found.text);
  }

  get frameOfCall(): CallFrame | undefined {
    for (let f = this.frame; f; f = f.outer) if (f instanceof CallFrame) return f;
    return undefined;
  }

  /** The call under way, in whose words errors are told. */
  private get callText(): string | undefined {
    const call = this.frameOfCall?.call;
    return call && deparse(call);
  }

  protected override compute(e: Expression): Value {
    try {
      const value = this.computed(e);
      // What stands within parentheses is shown.
      if (!this.echoes && inParentheses(e)) this.echoes = true;
      return value;
    } catch (stop) {
      if (stop instanceof RError) throw this.told(stop, e);
      throw stop;
    }
  }

  /** An error in R's whole words. */
  told(stop: RError, e: Expression, text = deparse(e, true)): Stop {
    let call = stop.call === false ? undefined : text;
    if (typeof stop.call === 'string' && e.kind === 'call') {
      const inner = call?.slice(call.indexOf('('));
      call = stop.call.includes('(') ? stop.call : inner && stop.call + inner;
    }
    const found = new Stop('error', sentence(stop.message, call), e.span);
    found.identifier = stop.message;
    found.failed = stop.failed;
    return found;
  }

  private computed(e: Expression): Value {
    switch (e.kind) {
      case 'block':
        return this.block(e.statements);
      case 'index':
        return this.indexed(e);
      case 'binary':
        return this.operated(e);
      case 'call':
      case 'conditional':
        return super.compute(e);
      case 'ellipsis':
        return unknown('... is followed as an argument only');
      default: {
        const value = super.compute(e);
        this.echoes = true;
        return value;
      }
    }
  }

  /** The left spine of `a + b + c` is walked by iteration, with the words of each operator. */
  private operated(e: Binary): Value {
    const spine: Binary[] = [];
    let head: Expression = e;
    while (head.kind === 'binary' && spine.length < 100_000 && !(head !== e && this.watch?.isOn(head))) {
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
        if (stop instanceof RError) throw this.told(stop, node);
        if (stop instanceof Stop && !stop.span) throw new Stop(stop.status, stop.message, node.span);
        throw stop;
      }
      if (this.tracing && i > 0) this.stepped(node, left);
    }
    this.echoes = true;
    return left;
  }

  /** What nothing around ends: a jump out of it is an error. */
  private outermost<T>(run: () => T): T {
    try {
      return run();
    } catch (jump) {
      throw jump instanceof Jump ? new Stop('error', `Error: ${NO_LOOP}`) : jump;
    }
  }

  /** Statements in order, which assign where they stand. */
  block(statements: readonly Statement[]): Value {
    if (this.frame) return new RMachine(this, this.frame).all(statements);
    const frame = new Frame('block');
    this.frame = frame;
    this.frames.push(frame);
    try {
      return this.outermost(() => new RMachine(this, frame).all(statements));
    } finally {
      this.frame = undefined;
      this.frames.pop();
    }
  }

  private indexed(e: Index): Value {
    const object = this.value(e.object);
    const places = this.places(e.subscripts);
    const found = (e.element ? element : index)(object, places, this);
    this.echoes = true;
    return found;
  }

  /** Subscripts with `drop` and `exact` apart. */
  places(list: readonly Subscript[]): Places {
    const at: (Value | undefined)[] = [];
    let drop: boolean | undefined;
    let exact: boolean | undefined;
    for (const s of list) {
      if (s.kind === 'slice') at.push(undefined);
      else if (s.value.kind === 'ellipsis') for (const d of this.dots(s.value.span)) at.push(this.force(d));
      else if (s.name === 'drop') drop = flag(this.value(s.value), true);
      else if (s.name === 'exact') exact = flag(this.value(s.value), true);
      else at.push(this.value(s.value));
    }
    return { at, ...(drop === undefined ? {} : { drop }), ...(exact === undefined ? {} : { exact }) };
  }

  protected override lambda(e: Lambda): Value {
    return {
      ...this.keep({ name: '', parameters: e.parameters, body: e.body }),
      ...(e.handle ? { text: e.handle } : {}),
    };
  }

  override define(s: Scope): Value {
    return this.keep({ name: s.name, parameters: s.parameters, body: s.body });
  }

  private keep(f: Pick<Closure, 'name' | 'parameters' | 'body'>): FunctionValue {
    const { closures } = this.evaluator;
    // What is made at the top level sees the names there as they are when it is called.
    const frame = this.frame?.form === 'block' ? undefined : this.frame;
    closures.push({ own: new Set(), defaults: new Map(), place: this.place, frame, ...f });
    return { kind: 'function', path: 'closure', closure: closures.length - 1 };
  }

  // ── names ──────────────────────────────────────────────────────────────────────────────────────────────────────

  override read(name: string, span: Span): Value {
    const found = this.variable(name, span);
    if (found) return found;
    this.refuseLoaded(name, span);
    throw new Stop('error', sentence(`object '${name}' not found`, this.callText), span);
  }

  /** What nothing here defines may come from a package. */
  private refuseLoaded(name: string, span: Span): void {
    const found = this.evaluator.lookup(PACKAGES, this.place);
    if (found) unknown(`${name}: ${reasonOf(found)}`, span);
  }

  /** Why it is not known how numbers print here. */
  get settings(): string | undefined {
    const found = this.evaluator.lookup(OPTIONS, this.place);
    return found && reasonOf(found);
  }

  /** The value of a name; undefined where there is none. */
  variable(name: string, span: Span): Value | undefined {
    for (let f = this.frame; f; f = f.outer) {
      const found = this.heldBy(f, name, span);
      if (found) return found;
    }
    const [around] = this.frames;
    const above = around?.form === 'block' ? around.names.get(name) : undefined;
    if (above) return above;
    const version = this.visibleVersion(name, span);
    return version ?? this.dialect.builtin(name);
  }

  private visibleVersion(name: string, span: Span): Value | undefined {
    const found = this.evaluator.lookup(name, this.place);
    if (found && 'unknown' in found) return unknown(found.unknown, span);
    return found && this.evaluator.demand(found, this.budget);
  }

  private heldBy(f: Frame, name: string, span: Span): Value | undefined {
    if (!(f instanceof CallFrame)) return f.names.get(name);
    const pending = f.promises.get(name);
    const found = f.names.get(name) ?? (pending && this.forced(f, name, pending, span));
    if (found && f.walk !== this && f.shared.has(name))
      unknown(`${name}: what a function keeps and changes from call to call is not followed`, span);
    if (!found && f.missing.has(name)) {
      const call = f.call && deparse(f.call);
      throw new Stop('error', sentence(`argument "${name}" is missing, with no default`, call), span);
    }
    return found;
  }

  private forced(f: CallFrame, name: string, pending: Pending, span: Span): Value {
    if (pending.open)
      throw new Stop(
        'error',
        sentence(
          'promise already under evaluation: recursive default argument reference or earlier problems?',
          this.callText,
        ),
        span,
      );
    const value = this.force(pending);
    f.names.set(name, value);
    f.promises.delete(name);
    return value;
  }

  /** The value of an argument, evaluated where it stands. */
  force(p: Pending): Value {
    if (p.value) return p.value;
    const { expression } = p;
    if (!expression) return unknown('an argument is left out');
    const outer = this.frame;
    this.frame = p.frame;
    p.open = true;
    try {
      p.value = this.value(expression);
      return p.value;
    } finally {
      p.open = false;
      this.frame = outer;
    }
  }

  /** What `...` holds here. */
  dots(span: Span): readonly Pending[] {
    for (let f = this.frame; f; f = f.outer) if (f instanceof CallFrame && f.dots) return f.dots;
    throw new Stop('error', sentence("'...' used in an incorrect context", this.callText), span);
  }

  /** Gives a name around the function under way a value. */
  setOuter(name: string, value: Value, span: Span): void {
    for (let f = this.frame?.outer; f; f = f.outer) {
      const has = f.names.has(name) || (f instanceof CallFrame && f.promises.has(name));
      if (!has) continue;
      if (f instanceof CallFrame && f.walk !== this)
        unknown('what a function keeps and changes from call to call is not followed', span);
      f.set(name, value);
      return;
    }
    const [around] = this.frames;
    if (around?.form !== 'block') unknown(`${name}: changed around the function, which is not followed here`, span);
    around.set(name, value);
  }

  // ── calls ──────────────────────────────────────────────────────────────────────────────────────────────────────

  /** The function of a name: what is no function is passed over. */
  functionNamed(name: string, span: Span): FunctionValue {
    for (let f = this.frame; f; f = f.outer) {
      const holds = f.names.has(name) || (f instanceof CallFrame && f.promises.has(name));
      const found = holds ? this.heldBy(f, name, span) : undefined;
      if (found?.kind === 'function') return found;
    }
    const [around] = this.frames;
    const above = around?.form === 'block' ? around.names.get(name) : undefined;
    if (above?.kind === 'function') return above;
    const builtin = builtinNamed(name);
    const found = above ?? this.visibleFunction(name, builtin, span);
    if (found?.kind === 'function') return found;
    if (builtin) return builtin;
    this.refuseLoaded(name, span);
    return reject(`could not find function "${name}"`);
  }

  private visibleFunction(name: string, builtin: FunctionValue | undefined, span: Span): Value | undefined {
    const found = this.evaluator.lookup(name, this.place);
    if (!found) return undefined;
    if ('unknown' in found)
      return builtin && !/function/.test(found.unknown) ? undefined : unknown(found.unknown, span);
    // What holds data is no function, whatever it holds.
    if (builtin && found.source.kind === 'expression' && isData(found.source.expression)) return undefined;
    return this.evaluator.demand(found, this.budget);
  }

  protected override callOf(e: Call): Value {
    const { callee } = e;
    const f =
      callee.kind === 'name'
        ? this.functionNamed(callee.name, callee.span)
        : callee.kind === 'string'
          ? this.functionNamed(callee.value, callee.span)
          : this.value(callee);
    if (f.kind !== 'function') return reject('attempt to apply non-function', false);
    const special = SPECIALS.get(f.path);
    if (special) {
      this.echoes = true;
      return special(this, e);
    }
    if (f.closure !== undefined) return this.enter(f.closure, this.given(e.arguments), e);
    if (!FUNCTIONS.has(f.path)) return unknown(`${f.path.slice(2)}: not covered yet`);
    const args = this.evaluated(e.arguments);
    this.recorded = undefined;
    const result = this.apply(f, args);
    if (this.tracing) this.recorded ??= { operation: operationOf(f.path, args), operands: received(undefined, args) };
    return result;
  }

  /** Arguments as they are written, to be evaluated when they are asked for. */
  given(list: readonly Argument[]): Pending[] {
    return list.flatMap((a): readonly Pending[] => {
      if (a.value.kind === 'ellipsis') return this.dots(a.value.span);
      const name = a.name === undefined ? {} : { name: a.name };
      if (isEmpty(a.value)) return [name];
      return [{ ...name, expression: a.value, ...(this.frame ? { frame: this.frame } : {}) }];
    });
  }

  evaluated(list: readonly Argument[]): RArgument[] {
    return list.flatMap((a): readonly RArgument[] => {
      if (a.value.kind === 'ellipsis')
        return this.dots(a.value.span).map(d => argumentOf(this.force(d), d.name, d.expression));
      if (isEmpty(a.value)) return unknown('an argument that is left out is not followed here', a.value.span);
      return [argumentOf(this.value(a.value), a.name, a.value)];
    });
  }

  override apply(f: Value, args: readonly CallArgument[]): Value {
    if (f.kind !== 'function') return reject('attempt to apply non-function', false);
    if (f.closure !== undefined)
      return this.enter(
        f.closure,
        args.map(a => ({ ...a })),
        undefined,
      );
    const entry = FUNCTIONS.get(f.path);
    if (!entry) return unknown(`${f.path.slice(2)}: not covered yet`);
    return called(entry, args, this);
  }

  override callNamed(f: Value, args: readonly CallArgument[]): Value {
    return this.apply(f, args);
  }

  override call(f: Value, args: readonly Value[]): Value {
    return this.apply(
      f,
      args.map(value => ({ value })),
    );
  }

  matched(value: Value): FunctionValue {
    if (value.kind === 'function') return value;
    if (value.kind === 'string') return this.functionNamed(value.value, { start: 0, end: 0 });
    return reject('attempt to apply non-function', false);
  }

  /** Calls a function of the document: its names live in a frame of their own. */
  private enter(id: number, args: readonly Pending[], call: Call | undefined): Value {
    const f = this.evaluator.closures[id];
    const frame = new CallFrame(f.frame, call, this);
    frame.closure = id;
    frame.shared = sharedNames(f);
    this.bind(f, args, frame);
    if (++this.calls > MAX_CALLS) unknown('functions call each other too often to follow', call?.span);
    const { frame: outer, depth } = this;
    frame.steps = outer?.steps ?? 0;
    this.frame = frame;
    this.frames.push(frame);
    try {
      if (this.watch) for (const p of f.parameters) this.shown(p, frame);
      const body = f.body;
      const machine = new RMachine(this, frame);
      this.echoes = true;
      return Array.isArray(body) ? machine.all(body) : this.value(body as Expression);
    } catch (jump) {
      if (jump instanceof Jump && jump.kind === 'return' && jump.frame === frame) return jump.value ?? NULL;
      if (jump instanceof Jump && jump.kind !== 'return') throw new Stop('error', `Error: ${NO_LOOP}`, call?.span);
      if (jump instanceof RError && call) throw this.told(jump, call);
      throw jump;
    } finally {
      if (outer) outer.steps = frame.steps;
      this.calls--;
      this.frame = outer;
      this.depth = depth;
      this.frames.pop();
    }
  }

  /** The function under way once more. */
  again(closure: number, e: Call): Value {
    return this.enter(closure, this.given(e.arguments), e);
  }

  /** Evaluates with names of its own. */
  evaluateWith(e: Expression, names: ReadonlyMap<string, Value>): Value {
    const outer = this.frame;
    const frame = new CallFrame(outer?.form === 'block' ? undefined : outer, this.frameOfCall?.call, this);
    for (const [name, value] of names) frame.names.set(name, value);
    this.frame = frame;
    this.frames.push(frame);
    try {
      return this.value(e);
    } catch (jump) {
      if (jump instanceof Jump && jump.kind === 'return' && jump.frame === frame) return jump.value ?? NULL;
      throw jump;
    } finally {
      this.frame = outer;
      this.frames.pop();
    }
  }

  /** A parameter that is watched is evaluated at once. */
  private shown(p: Closure['parameters'][number], frame: CallFrame): void {
    if (this.watch?.nameAt(p) === undefined) return;
    const pending = frame.promises.get(p.name);
    if (pending) this.forced(frame, p.name, pending, p.span);
    this.passed(p, frame);
  }

  private bind(f: Closure, args: readonly Pending[], frame: CallFrame): void {
    const names = f.parameters.map(p => p.name);
    frame.given = args.length;
    const { bound, dots } = matchArguments(names, args);
    if (names.includes('...')) frame.dots = dots;
    else if (dots.length > 0) {
      const unused = dots.map(d => {
        const text = d.expression ? deparse(d.expression) : undefined;
        return `${d.name === undefined ? '' : `${d.name} = `}${text ?? unknown('an argument that is not used')}`;
      });
      reject(`unused argument${unused.length > 1 ? 's' : ''} (${unused.join(', ')})`);
    }
    for (const p of f.parameters) {
      if (p.name === '...') continue;
      const given = bound.get(p.name);
      const left = !given || (!given.expression && !given.value);
      if (given?.expression) frame.written.set(p.name, given.expression);
      if (left) frame.missing.add(p.name);
      if (!left) {
        if (given.value) frame.names.set(p.name, given.value);
        else frame.promises.set(p.name, given);
      } else if (p.default) frame.promises.set(p.name, { expression: p.default, frame });
    }
  }
}

/** An argument with its name, and with the name that stands for it. */
const argumentOf = (value: Value, name: string | undefined, written: Expression | undefined): RArgument => ({
  value,
  ...(name === undefined ? {} : { name }),
  ...(written?.kind === 'name' ? { symbol: written.name } : {}),
});

/** Functions that mean the same everywhere of a single argument. */
const SHARED: ReadonlySet<string> = new Set(['r.sum', 'r.mean', 'r.max', 'r.exp']);

/** What a call is called in the steps: those of a function elsewhere that bears the same name may not be R's. */
const operationOf = (path: string, args: readonly CallArgument[]): string =>
  SHARED.has(path) && args.length === 1 && args[0].name === undefined ? path : `${path}()`;

/** The reason that an unknown version gives, without its name. */
export function reasonOf(found: Version | { readonly unknown: string }): string {
  const text = 'unknown' in found ? found.unknown : found.source.kind === 'unknown' ? found.source.reason : '';
  return text.slice(text.indexOf(': ') + 2);
}

export const isEmpty = (e: Expression): boolean => e.kind === 'unreadable' && e.message === EMPTY_ARGUMENT;

/** Whether an expression gives no function. */
const isData = (e: Expression): boolean =>
  e.kind === 'number' ||
  e.kind === 'string' ||
  e.kind === 'dense' ||
  e.kind === 'boolean' ||
  e.kind === 'binary' ||
  e.kind === 'range' ||
  e.kind === 'unary';

const shared = new WeakMap<Closure, ReadonlySet<string>>();

function sharedNames(f: Closure): ReadonlySet<string> {
  let found = shared.get(f);
  if (!found) {
    const body: readonly Statement[] = Array.isArray(f.body)
      ? f.body
      : [{ kind: 'expression', dialect: 'r', expression: f.body as Expression, span: (f.body as Expression).span }];
    found = new Set(body.flatMap(superAssignedIn));
    shared.set(f, found);
  }
  return found;
}
