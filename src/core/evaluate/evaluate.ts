import type { Expression } from '../expression/expression';
import type { DialectId, Statement } from '../expression/program';
import { namesIn } from '../expression/walk';
import type { PrintOptions } from '../format/numpy-print';
import type { Span } from '../text/span';
import { NONE, type Value } from '../values/value';
import { assigned, augmented, imported } from './assignments';
import { Budget, type Limits } from './budget';
import type { ClassObject } from './classes';
import type { Dialect } from './dialect';
import { drawsAt, isKept } from './draw-marks';
import { type Closure, Frame } from './frame';
import { collect, keepsIterator } from './heap';
import { firstSeen, History, isBeyond, type Passed } from './history';
import type { Running } from './iterators';
import { overwrittenIn } from './known-objects';
import { UNSIZED } from './latex/dialect';
import { Machine } from './machine';
import { type FormatChange, formatChanges } from './matlab/number-format';
import { MatlabRun } from './matlab/run';
import { runFor } from './own-marks';
import { isAt, type Place, placeAt, placeOf } from './place';
import type { Run } from './run';
import { namesInStatement, subscriptExpressions } from './statement-names';
import { Stop, unknown } from './stop';
import type { Trace } from './trace';
import {
  type Bindings,
  type Block,
  type NameScope,
  type RunSource,
  type Site,
  type Source,
  type Version,
  versionAt,
} from './versions';
import { execute, walkAt } from './walks';
import { Watch } from './watch';

/** What an expression came to. `printed` is what `print` wrote meanwhile; `trace` is present when asked for. */
export type Outcome =
  | {
      readonly status: 'ok';
      readonly value: Value;
      readonly printed: string;
      readonly trace?: Trace;
      /** Whether the prompt shows nothing of the value, as R's `invisible` has it. */
      readonly silent?: boolean;
    }
  | {
      readonly status: 'error' | 'unknown';
      readonly message: string;
      readonly span: Span;
      readonly needsMore: boolean;
      /** The operation that failed, when a trace was asked for. */
      readonly failed?: Trace;
    };

const KEPT_ITERATOR = 'an iterator that is kept is followed only where the whole program is';

/** What running a statement leaves. */
interface Ran {
  readonly names: ReadonlyMap<string, Value>;
  readonly printed: string | Stop;
  /** Libraries' own generators of which it is not known what they have given, with the reasons. */
  readonly lost: ReadonlyMap<string, string>;
}

type Known =
  | { readonly status: 'ok'; readonly value: Value }
  | { readonly status: 'error' | 'unknown'; readonly message: string; readonly span: Span };

/** How the reason begins where the engine itself failed; tests take it for a failure. */
export const FAULT = 'a fault in Matrix Inspector';

/**
 * Evaluates expressions of one document. Values of names are found on demand and kept, so that a second question about
 * the same document costs only what is new. Library paths that the document need not import are given as `prelude`.
 */
export class Evaluator {
  private readonly known = new Map<Version, Known>();
  private formatChanges?: readonly FormatChange[];
  /** Functions of the document that have been met as values, by number. */
  readonly closures: Closure[] = [];
  readonly classes: ClassObject[] = [];
  readonly iterators: Running[] = [];
  readonly running = new Set<Running>();
  readonly published = new WeakSet<object>();
  /** What the statements that were run left in their names. */
  private readonly ran = new Map<Statement, Ran | Stop>();
  /** The Python program as it runs from its beginning. */
  readonly whole: History;
  /** Members of libraries that the document sets. */
  private overwritten?: ReadonlySet<string>;
  /** Versions and statements that take more than a budget holds, with the reason. */
  private readonly beyond = new WeakMap<object, string>();
  /** What finding the value of a version printed. */
  private readonly printed = new Map<Version, string>();

  constructor(
    readonly bindings: Bindings,
    private readonly dialects: ReadonlyMap<DialectId, Dialect>,
    readonly limits: Limits,
    private readonly prelude: ReadonlyMap<string, string> = new Map(),
  ) {
    this.whole = new History(bindings, this.dialect('python'), limits, this, at => this.printing(at));
  }

  /** The value of an expression that stands in a statement: names have their values from before that statement. */
  evaluate(expression: Expression, place: Place, tracing = false): Outcome {
    const outcome = this.told(expression, place, tracing);
    return this.second(outcome, place, expression.span, h => h.evaluate(expression, place, tracing));
  }

  /** What running the whole program says where the text alone does not tell. */
  private second(
    first: Outcome,
    place: Place,
    span: Span,
    ask: (history: History) => Passed | Stop | undefined,
  ): Outcome {
    if (first.status !== 'unknown' || first.needsMore || place.dialect !== 'python' || isBeyond(first.message))
      return first;
    if (place.scope !== this.bindings.scopes[0] || place.block.parent) return first;
    try {
      const found = ask(this.whole) ?? this.whole.stopped;
      if (!found) return first;
      if (!(found instanceof Stop)) return { status: 'ok', ...found };
      const open = found === this.whole.stopped || found.status === 'unknown';
      if (open && this.whole.exceeded) return { ...first, needsMore: true };
      if (open) return /whole program is$/.test(first.message) ? { ...first, message: found.message } : first;
      return { status: 'error', message: found.message, span: found.span ?? span, needsMore: false };
    } catch {
      // A fault of the engine leaves the first answer.
      return first;
    }
  }

  /** What the text tells of an expression, with what it needs run. */
  private told(expression: Expression, place: Place, tracing: boolean): Outcome {
    const budget = new Budget(this.limits);
    return this.guard(budget, expression.span, () => {
      this.settle(this.dependencies(expression, place), budget);
      const run = this.walk(place, budget, tracing);
      if (run instanceof MatlabRun) run.direct = expression;
      const source = this.bindings.running.get(place.order);
      const whole = this.bindings.changing.get(expression);
      if (!whole && source && drawsAt(source.statement, expression.span))
        return this.drawn(expression, source, run, place, budget);
      const changing = whole ?? runFor(expression, source);
      const value = changing
        ? this.pythonBlock(run, changing, place, budget).expression(expression)
        : run.value(expression);
      if (value.kind === 'scalar' && value.identity) unknown(UNSIZED, expression.span);
      const { said: printed, trace, silent } = run;
      return { status: 'ok', value: run.objects.described(value), printed, trace, silent };
    });
  }

  /** A walk over what stands at a place. */
  private walk(place: Place, budget: Budget, tracing = false): Run {
    const printing = { formats: () => this.formats, options: () => this.printing(place) };
    return walkAt(this, budget, place, this.dialect(place.dialect), tracing, printing);
  }

  /** The statements that set Octave's output format. */
  get formats(): readonly FormatChange[] {
    this.formatChanges ??= formatChanges(this.bindings.sites);
    return this.formatChanges;
  }

  /** The value of a part of a statement that draws random numbers: what it comes to when the whole statement runs. */
  private drawn(expression: Expression, source: RunSource, run: Run, place: Place, budget: Budget): Outcome {
    const { statement } = source;
    const whole =
      'expression' in statement
        ? statement.expression
        : 'value' in statement
          ? statement.value
          : unknown('what this draws depends on the numbers that are drawn before it');
    const watch = new Watch({ kind: 'expression', expression });
    run.watch = watch;
    this.block(run, source, place, budget);
    run.value(whole);
    const seen = firstSeen(watch, run);
    return { status: 'ok', ...seen, printed: isAt(whole, expression) ? seen.printed : '' };
  }

  /** The value a version of a name takes: for assignment targets, and for names at their definition. */
  valueOf(version: Version): Outcome {
    const budget = new Budget(this.limits);
    const outcome = this.guard(budget, version.span, () => {
      this.settle([version], budget);
      return { status: 'ok', value: this.read(version), printed: this.printed.get(version) ?? '' };
    });
    return this.second(outcome, placeAt(version), version.span, h => h.valueOf(version.name, version.order));
  }

  /** How arrays print at a place; undefined in the languages where that is fixed. Stops where it cannot be known. */
  private printing(place: Place): PrintOptions | undefined {
    const value = (e: Expression, site: Site): Value => {
      const outcome = this.evaluate(e, placeOf(site));
      return outcome.status === 'ok' ? outcome.value : unknown(`the print options are not known: ${outcome.message}`);
    };
    const call = (f: Value, args: readonly Value[]): Value => this.walk(place, new Budget(this.limits)).call(f, args);
    return this.dialect(place.dialect).printing?.(this.bindings.sites, place.order, value, call);
  }

  /** The same for a caller outside: the options, or the reason why they are not known. */
  printingAt(place: Place): PrintOptions | string | undefined {
    try {
      return this.printing(place);
    } catch (e) {
      if (e instanceof Stop) return e.message;
      throw e;
    }
  }

  private guard(budget: Budget, span: Span, run: () => Outcome): Outcome {
    try {
      return run();
    } catch (e) {
      if (e instanceof Stop)
        return {
          status: e.status,
          message: e.message,
          span: e.span ?? span,
          needsMore: budget.exceeded,
          ...(e.failed ? { failed: e.failed } : {}),
        };
      // A fault of the engine costs one value, not all the others of the document.
      return { status: 'unknown', message: `${FAULT} (${e})`, span, needsMore: false };
    }
  }

  dialect(id: DialectId): Dialect {
    const d = this.dialects.get(id);
    if (!d) throw new Error(`no dialect ${id}`);
    return d;
  }

  /** The version of `name` seen from a place, in its scope or in the scopes around it; a reason when that is not certain. */
  lookup(name: string, place: Place): Version | { readonly unknown: string } | undefined {
    const own = this.lookupIn(place.scope, name, place.block, place.order);
    if (own) return own;
    if (place.scope.form === 'function' && place.scope.own.has(name))
      return { unknown: `${name}: no assignment above is sure to reach here` };
    if (place.scope.form === 'function' && place.dialect === 'python' && isKept(name))
      return { unknown: 'what is drawn here depends on when the function is called' };
    // A MATLAB function sees its own names only.
    if (place.scope.form === 'function' && place.dialect === 'matlab') return undefined;
    for (let site = place.scope.parent; site; site = site.scope.parent) {
      // What a star import brings later is there when the function runs.
      const star = site.scope.stars.find(s => this.dialect('python').module(s.path) === undefined);
      if (star && !site.scope.versions.has(name))
        return { unknown: `${name}: may come from the star import on line ${star.line}` };
      // A class body runs where it stands; a function runs later, when its outer names may have changed.
      if (site.scope.form === 'class') continue;
      if (place.scope.form === 'class') {
        const v = this.lookupIn(site.scope, name, site.block, site.order);
        if (v) return v;
        continue;
      }
      const versions = site.scope.versions.get(name);
      const written = site.scope.written.get(name);
      if (written) return { unknown: written.reason };
      if (versions && versions.length > 1)
        return { unknown: `${name}: assigned more than once outside this function, known only when the code runs` };
      if (versions) return versions[0];
    }
    return undefined;
  }

  private lookupIn(
    scope: NameScope,
    name: string,
    block: Block,
    order: number,
  ): Version | { readonly unknown: string } | undefined {
    const version = versionAt(scope, name, block, order);
    const written = scope.written.get(name);
    if (written && written.order < order) return { unknown: written.reason };
    const star = scope.stars.findLast(s => s.order < order && s.order > (version?.order ?? 0));
    if (star && this.dialect('python').module(star.path) === undefined) {
      return { unknown: `${name}: may come from the star import on line ${star.line}` };
    }
    return version;
  }

  /** The library that a star import above brings names from. */
  starPath(place: Place): string | undefined {
    return place.scope.stars.findLast(s => s.order < place.order)?.path;
  }

  /** A function that the document defines at its top level. */
  definition(name: string): Version | undefined {
    return this.bindings.scopes[0]?.versions.get(name)?.find(v => v.source.kind === 'definition');
  }

  preludePath(name: string): string | undefined {
    return this.prelude.get(name);
  }

  memberPath(module: string, name: string): string {
    const path = `${module}.${name}`;
    this.overwritten ??= overwrittenIn(this.bindings.sites);
    return this.overwritten.has(path) ? unknown(`${path}: set by this document`) : path;
  }

  /** Finds the values of versions and of all that they are made of, without recursion: chains of definitions may be long. */
  private settle(versions: readonly Version[], budget: Budget): void {
    const stack = [...versions];
    const open = new Set<Version>();
    while (stack.length > 0) {
      const version = stack[stack.length - 1];
      if (this.known.has(version)) {
        stack.pop();
        continue;
      }
      if (open.has(version)) {
        stack.pop();
        this.compute(version, budget);
        continue;
      }
      open.add(version);
      for (const needed of this.needs(version)) if (!this.known.has(needed) && !open.has(needed)) stack.push(needed);
    }
  }

  private needs(version: Version): Version[] {
    const at = placeAt(version);
    const source = version.source;
    switch (source.kind) {
      case 'expression': {
        const before = this.before(version, at);
        const found = this.dependencies(source.expression, at);
        return before ? [...found, before] : found;
      }
      case 'item':
      case 'augment': {
        const before = this.lookup(source.changed, at);
        const inner = source.kind === 'item' ? source.subscripts.flatMap(s => s.flatMap(subscriptExpressions)) : [];
        const found = [source.value, ...inner].flatMap(e => this.dependencies(e, at));
        return before && 'source' in before ? [before, ...found] : found;
      }
      case 'run':
        return this.neededBy(source);
      case 'undisturbed': {
        const before = this.lookup(version.name, at);
        const found = source.told ? [source.told] : source.expressions.flatMap(e => this.dependencies(e, at));
        return before && 'source' in before ? [before, ...found] : found;
      }
      case 'definition':
      case 'import':
      case 'function':
      case 'unknown':
        return [];
    }
  }

  private neededBy(source: RunSource): Version[] {
    const from = placeOf(source.from);
    return [...new Set([...namesInStatement(source.statement), ...source.names])].flatMap(name => {
      const v = this.lookup(name, from);
      return v && 'source' in v ? [v] : [];
    });
  }

  /** What MATLAB's `ans` was before a statement that may leave it as it is, such as `disp(A)`. */
  private before(version: Version, at: Place): Version | undefined {
    if (version.name !== 'ans' || version.dialect !== 'matlab') return undefined;
    const before = this.lookup('ans', at);
    return before && 'source' in before ? before : undefined;
  }

  private dependencies(expression: Expression, place: Place): Version[] {
    const found: Version[] = [];
    for (const name of new Set(namesIn(expression))) {
      const v = this.lookup(name, place);
      if (v && 'source' in v) {
        found.push(v);
        if (v.source.kind === 'function')
          found.push(...this.dependencies(v.source.body, { ...placeOf(v.site), order: v.order, block: v.block }));
      }
    }
    return found;
  }

  /** The known value of a settled version; stops with the cause where there is none. */
  read(version: Version): Value {
    const known = this.known.get(version);
    if (!known) unknown(`${version.name}: defined by itself`);
    if (known.status !== 'ok') throw new Stop(known.status, known.message, known.span);
    return known.value;
  }

  private compute(version: Version, budget: Budget): void {
    try {
      const value = this.within(version, budget, () => this.fresh(version, budget));
      // An iterator gives its items once; which of several uses gets them depends on the order in which they run.
      if (value.kind === 'list' && value.lazy === '' && this.reads(version) > 1)
        unknown(`${version.name}: an iterator that is used more than once is not followed`, version.span);
      if (keepsIterator([value], this.closures)) unknown(`${version.name}: ${KEPT_ITERATOR}`, version.span);
      collect(value, this.published);
      this.known.set(version, { status: 'ok', value });
    } catch (e) {
      if (!(e instanceof Stop)) throw e;
      // What failed for want of budget is asked again with the next one.
      if (budget.exceeded) throw e;
      this.known.set(version, { status: e.status, message: e.message, span: e.span ?? version.span });
    }
  }

  /** How often the document reads a name, where a loop or a function counts more than once. */
  private reads(version: Version): number {
    return this.bindings.sites.reduce((n, site) => {
      const s = site.statement;
      const own = s.kind === 'branching' ? s.heads.flatMap(namesIn) : s.kind === 'scope' ? [] : namesInStatement(s);
      const times = own.filter(name => name === version.name).length;
      const once = s.kind !== 'branching' || s.form === 'for';
      return n + (site.block === version.block && once ? times : 2 * times);
    }, 0);
  }

  demand(version: Version, budget: Budget): Value {
    if (!this.known.has(version)) this.settle([version], budget);
    return this.read(version);
  }

  /** A machine for a statement of the top level, which sees the names that the statement may change the objects of. */
  private block(run: Run, source: RunSource, place: Place, budget: Budget): Frame {
    const frame = new Frame('block');
    run.frame = frame;
    run.frames.push(frame);
    for (const name of source.names) {
      const v = this.lookup(name, place);
      if (!v || 'unknown' in v) continue;
      if (!this.known.has(v)) this.settle([v], budget);
      const known = this.known.get(v);
      if (known?.status === 'ok') frame.set(name, known.value);
    }
    return frame;
  }

  private pythonBlock(run: Run, source: RunSource, place: Place, budget: Budget): Machine {
    return new Machine(run, this.block(run, source, place, budget), this.dialect(place.dialect));
  }

  /** What a block prints when it runs from where it stands. */
  outputOf(site: Site): Outcome {
    const budget = new Budget(this.limits);
    const { statement } = site;
    const outcome = this.guard(budget, statement.span, () => {
      const source = this.sourceOf(site);
      this.settle(this.neededBy(source), budget);
      const ran = this.runOf(source, budget);
      if (ran instanceof Stop) throw ran;
      if (ran.printed instanceof Stop) throw ran.printed;
      return { status: 'ok', value: NONE, printed: ran.printed };
    });
    return this.second(outcome, placeOf(site), statement.span, h => h.printedAt(site.order));
  }

  /** How a block runs: with the names that it changes, where it changes any. */
  private sourceOf(site: Site): RunSource {
    for (const versions of site.scope.versions.values())
      for (const { source } of versions)
        if (source.kind === 'run' && source.statement === site.statement) return source;
    return { kind: 'run', statement: site.statement, from: site, names: [] };
  }

  /** Runs a statement once and keeps what it leaves. */
  private runOf(source: RunSource, budget: Budget): Ran | Stop {
    const { statement } = source;
    const kept = this.ran.get(statement);
    if (kept) return kept;
    const ran = this.within(statement, budget, () => this.runNow(source, budget));
    this.ran.set(statement, ran);
    return ran;
  }

  private runNow(source: RunSource, budget: Budget): Ran | Stop {
    const { statement } = source;
    const place = placeOf(source.from);
    const run = this.walk(place, budget);
    try {
      const frame = this.block(run, source, place, budget);
      execute(run, frame, statement, this.dialect(place.dialect));
      run.generators.check(frame.names.values());
      if (keepsIterator(frame.names.values(), this.closures)) unknown(KEPT_ITERATOR, statement.span);
      return { names: frame.names, printed: run.unprinted ?? run.printed, lost: run.generators.lost };
    } catch (e) {
      if (!(e instanceof Stop)) throw e;
      if (budget.exceeded) throw e;
      // An expression that raises ends nothing: names hold what it has done to them so far.
      const left = e.status === 'error' && statement.kind === 'expression' ? run.frame?.names : undefined;
      return left ? { names: left, printed: run.unprinted ?? run.printed, lost: run.generators.lost } : e;
    }
  }

  /** What needs more than a whole budget is not begun again with another of the same size. */
  private within<T>(what: object, budget: Budget, run: () => T): T {
    const reason = this.beyond.get(what);
    if (reason !== undefined) budget.refuse(reason);
    const { ample } = budget;
    try {
      return run();
    } catch (e) {
      if (e instanceof Stop && budget.exceeded && ample) this.beyond.set(what, e.message);
      throw e;
    }
  }

  /** What running a statement leaves in a name: what it assigns, or what was there before. */
  private left(version: Version, source: RunSource, budget: Budget): Value {
    const place = placeOf(source.from);
    const ran = this.runOf(source, budget);
    if (ran instanceof Stop) {
      const line = ran.message.includes(':') ? ran.message : `${version.name}: ${ran.message}`;
      throw new Stop('unknown', line, ran.span);
    }
    const { names, lost } = ran;
    const reason = lost.get(version.name);
    if (reason !== undefined) unknown(reason, version.span);
    const value = names.get(version.name);
    if (value) return value;
    const before = this.lookup(version.name, place);
    if (before && 'unknown' in before) unknown(before.unknown, version.span);
    if (before) return this.demand(before, budget);
    const builtin = this.dialect(place.dialect).builtin(version.name);
    if (builtin) return builtin;
    throw new Stop('error', this.dialect(place.dialect).undefinedName(version.name), version.span);
  }

  /** A library's own generator behind a statement, all of whose calls are followed. */
  private undisturbed(
    version: Version,
    { told, expressions, line }: Extract<Source, { kind: 'undisturbed' }>,
    place: Place,
    budget: Budget,
  ): Value {
    const before = this.lookup(version.name, place);
    const value =
      before === undefined || 'unknown' in before
        ? unknown(before?.unknown ?? `${version.name} is not followed`)
        : this.demand(before, budget);
    try {
      if (told) this.demand(told, budget);
      else for (const e of expressions) this.walk(place, budget).value(e);
    } catch (stop) {
      if (!(stop instanceof Stop) || budget.exceeded) throw stop;
      if (stop.status === 'unknown')
        unknown(`${version.name}: may be drawn from on line ${line} (${stop.message})`, version.span);
    }
    return value;
  }

  private fresh(version: Version, budget: Budget): Value {
    const dialect = this.dialect(version.dialect);
    const place = placeAt(version);
    const run = this.walk(place, budget);
    const source = version.source;
    switch (source.kind) {
      case 'unknown':
        return unknown(source.reason, version.span);
      case 'import': {
        try {
          return imported(dialect, source.path, version.name);
        } catch (stop) {
          throw stop instanceof Stop ? new Stop(stop.status, stop.message, version.span) : stop;
        }
      }
      case 'function':
        return unknown(`${version.name}: a function`, version.span);
      case 'definition':
        return run.define(source.statement);
      case 'run':
        return this.left(version, source, budget);
      case 'expression': {
        // A statement of its own asks a MATLAB function for no result.
        if (version.name === 'ans' && run instanceof MatlabRun) run.direct = source.expression;
        const value = run.part(run.value(source.expression), source.path, source.expression);
        if (run.printed !== '' && !run.unprinted) this.printed.set(version, run.printed);
        const before = value.kind === 'none' ? this.before(version, place) : undefined;
        if (before) return this.read(before);
        if (value.kind === 'none' && version.name === 'ans' && version.dialect === 'matlab')
          throw new Stop('error', dialect.undefinedName('ans'), version.span);
        return value;
      }
      case 'undisturbed':
        return this.undisturbed(version, source, place, budget);
      case 'augment':
        return augmented(run, dialect, source.changed, source.operator, source.value, version.span);
      case 'item':
        return assigned(run, dialect, source, version.span);
    }
  }
}
