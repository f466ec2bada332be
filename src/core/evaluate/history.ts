import type { Expression } from '../expression/expression';
import type { Statement } from '../expression/program';
import type { PrintOptions } from '../format/numpy-print';
import type { Span } from '../text/span';
import { NONE, type Value } from '../values/value';
import { Budget, type Limits, SMALL } from './budget';
import { isMainGuard, namesOfTarget } from './changed-names';
import type { ClassObject } from './classes';
import type { Dialect } from './dialect';
import { isKept } from './draw-marks';
import { type Closure, Frame } from './frame';
import { harmless, type Lost } from './harmless';
import { type Change, collect } from './heap';
import type { Running } from './iterators';
import { isMode, Machine } from './machine';
import type { Names } from './names';
import { type Place, placeOf } from './place';
import { Run } from './run';
import { Stop, unknown } from './stop';
import type { Trace } from './trace';
import type { Bindings, Site } from './versions';
import { Journal, type Seen, Watch } from './watch';

/** Reasons that no run of the program takes away: a library's function is not known, or a library is not. */
export const isBeyond = (reason: string): boolean =>
  /\b(np|torch|scipy|tensorflow|jax|cupy)\.[\w.]+ is not covered yet$|, which is not read$/.test(reason);

/** What beginning with a statement of the top level costs, and keeping what it leaves. */
const STATEMENT_COST = 1500;

/** What a statement of the program came to when the whole program ran. */
export interface Passed {
  readonly value: Value;
  readonly printed: string;
  readonly trace?: Trace;
}

/** A question about the statement at a place: the value of a part of it. */
interface Question {
  readonly expression: Expression;
  readonly tracing: boolean;
}

/** What a part of the program comes to each time that it runs. */
export interface Passes {
  readonly count: number;
  /** Which time is shown, from 1. */
  readonly number: number;
  readonly shown: Passed | Stop;
  /** Values of the times, of every `stride`-th of them. */
  readonly kept: readonly Value[];
  readonly stride: number;
  /** The statement of the top level that was running. */
  readonly during: Statement;
  /** Why the program is not followed to its end. */
  readonly open?: Stop;
}

/** What libraries mean in the document. */
type Around = Pick<Names, 'preludePath' | 'memberPath'>;

/** The names of a program that runs from its beginning: all that it binds is in its frame. */
class ProgramNames implements Names {
  readonly program = true;
  readonly closures: Closure[] = [];
  readonly classes: ClassObject[] = [];
  readonly iterators: Running[] = [];
  readonly running = new Set<Running>();
  readonly published = new WeakSet<object>();
  /** Why names that the program has bound are not known. */
  readonly lost = new Map<string, Lost>();
  private stars: string | undefined;

  constructor(
    readonly frame: Frame,
    private readonly around: Around,
  ) {}

  lookup(name: string): { readonly unknown: string } | undefined {
    const lost = this.lost.get(name);
    return lost && { unknown: lost.reason };
  }

  read(): Value {
    throw new Error('a version in a program that runs');
  }

  demand(): Value {
    throw new Error('a version in a program that runs');
  }

  definition(): undefined {
    return undefined;
  }

  starred(path: string): void {
    this.stars = path;
  }

  starPath(): string | undefined {
    return this.stars;
  }

  preludePath(name: string): string | undefined {
    return this.around.preludePath(name);
  }

  memberPath(module: string, name: string): string {
    return this.around.memberPath(module, name);
  }
}

/** The frame of a program, which remembers what its names held behind every statement. */
class ProgramFrame extends Frame {
  /** Names that hold something else than behind the statement before. */
  readonly touched = new Set<string>();

  constructor(private readonly found: (name: string) => void) {
    super('block');
  }

  override set(name: string, value: Value): void {
    this.found(name);
    this.touched.add(name);
    super.set(name, value);
  }

  override delete(name: string): boolean {
    this.touched.add(name);
    return super.delete(name);
  }

  override apply(change: Change): void {
    const before = this.names.size > 0 ? [...this.names] : [];
    super.apply(change);
    for (const [name, value] of before) if (this.names.get(name) !== value) this.touched.add(name);
  }
}

/** A program under way. */
class Live {
  readonly names: ProgramNames;
  readonly frame: ProgramFrame;
  /** The statement that comes next. */
  next = 0;
  /** Whether it does not go on. */
  ended = false;

  constructor(around: Around) {
    this.frame = new ProgramFrame(name => this.names.lost.delete(name));
    this.names = new ProgramNames(this.frame, around);
  }
}

/**
 * A Python program as it runs from its beginning, statement by statement: what names hold behind each statement, and what each
 * came to. A second opinion, for what the text alone does not tell. It ends where a statement cannot be followed that may
 * have changed more than the names it assigns.
 */
export class History {
  private readonly steps: readonly Site[];
  private readonly places = new Map<number, number>();
  private readonly passed: (Passed | Stop)[] = [];
  /** What a name holds from a statement on; a reason where that is not known. */
  private readonly held = new Map<string, { readonly from: number; readonly value: Value | string | undefined }[]>();
  private live: Live;
  /** Whether what is asked is more than the budget allows. */
  exceeded = false;
  private busy = false;
  /** Why the program does not come to its end within the small budget. */
  private tooLong?: Stop;
  /** The statement that the program is not followed beyond. */
  private end?: { readonly at: number; readonly why: Stop };

  constructor(
    bindings: Bindings,
    private readonly dialect: Dialect,
    private readonly limits: Limits,
    private readonly around: Around,
    private readonly printing: (place: Place) => PrintOptions | undefined,
  ) {
    this.steps = topLevel(bindings);
    this.steps.forEach((s, k) => this.places.set(s.order, k));
    this.live = new Live(around);
  }

  /** Why the program is not followed to its end, where that is known. */
  get stopped(): Stop | undefined {
    return this.end?.why;
  }

  /** What an expression in the statement at a place comes to. */
  evaluate(expression: Expression, place: Place, tracing: boolean): Passed | Stop | undefined {
    const k = this.places.get(place.order);
    if (k === undefined || this.busy) return undefined;
    const { statement } = this.steps[k];
    const whole = statement.kind === 'expression' && statement.expression === expression;
    return this.asked(k, whole && !tracing ? undefined : { expression, tracing });
  }

  /** What a name holds behind the statement at a place. */
  valueOf(name: string, order: number): Passed | Stop | undefined {
    const k = this.steps.findLastIndex(s => s.order <= order);
    if (k < 0 || this.busy) return undefined;
    const passed = this.asked(k, undefined);
    if (!passed || (this.end && k >= this.end.at) || !(k in this.passed))
      return passed instanceof Stop ? passed : undefined;
    const held = this.held.get(name)?.findLast(h => h.from <= k);
    if (!held || held.value === undefined) return undefined;
    return typeof held.value === 'string'
      ? new Stop('unknown', held.value)
      : { value: held.value, printed: passed instanceof Stop ? '' : passed.printed };
  }

  /** What the statement at a place prints. */
  printedAt(order: number): Passed | Stop | undefined {
    const k = this.places.get(order);
    return k === undefined || this.busy ? undefined : this.asked(k, undefined);
  }

  /**
   * What is watched comes to, each time that it runs. A stop where the budget ends before the first time, and with the small
   * budget wherever it ends before the program: a larger one tells the last time.
   */
  passes(watch: Watch): Passes | Stop | undefined {
    if (this.busy) return undefined;
    if (this.tooLong) return this.tooLong;
    this.live = new Live(this.around);
    const { live } = this;
    const budget = new Budget(this.limits);
    let during: Statement | undefined;
    let shown: Passed | Stop | undefined;
    let exceeded: Stop | undefined;
    this.busy = true;
    try {
      while (live.next < this.steps.length && !live.ended) {
        const { statement } = this.steps[live.next];
        const before = watch.number;
        const run = this.pass(budget, watch).run;
        if (watch.number === before || !watch.shown) continue;
        during = statement;
        shown = told(watch.shown, run);
      }
    } catch (stop) {
      if (!(stop instanceof Stop)) throw stop;
      exceeded = stop;
      this.live = new Live(this.around);
    } finally {
      this.busy = false;
    }
    if (exceeded && this.limits.operations <= SMALL.operations) this.tooLong = exceeded;
    if (!shown || !during || this.tooLong) return exceeded;
    const { count, number, kept, stride } = watch;
    const open = exceeded ?? (live.ended ? this.end?.why : undefined);
    return { count, number, shown, kept, stride, during, ...(open ? { open } : {}) };
  }

  /** What the statements of functions and loops leave, the last time that they run; undefined where the budget ends before. */
  journal(): Journal['entries'] | undefined {
    if (this.busy || this.tooLong) return undefined;
    this.live = new Live(this.around);
    const budget = new Budget(this.limits);
    const journal = new Journal();
    this.busy = true;
    try {
      while (this.live.next < this.steps.length && !this.live.ended) this.pass(budget, undefined, journal);
      return journal.entries;
    } catch (stop) {
      if (!(stop instanceof Stop)) throw stop;
      this.live = new Live(this.around);
      return undefined;
    } finally {
      this.busy = false;
    }
  }

  private asked(k: number, question: Question | undefined): Passed | Stop | undefined {
    if (question === undefined && k in this.passed) return this.passed[k];
    if (this.end && k > this.end.at) return undefined;
    if (this.exceeded) return new Stop('unknown', 'too much work to show here');
    if (this.live.next > k || this.live.ended) this.live = new Live(this.around);
    const budget = new Budget(this.limits);
    this.busy = true;
    try {
      while (this.live.next < k && !this.live.ended) this.pass(budget);
      return this.live.ended ? undefined : this.answer(budget, question);
    } catch (stop) {
      if (!(stop instanceof Stop)) throw stop;
      this.exceeded = true;
      this.live = new Live(this.around);
      return stop;
    } finally {
      this.busy = false;
    }
  }

  /** Runs the next statement, about which there may be a question. */
  private answer(budget: Budget, question?: Question): Passed | Stop {
    const { statement } = this.steps[this.live.next];
    const watch = question && new Watch({ kind: 'expression', expression: question.expression });
    const { run, result } = this.pass(budget, watch);
    if (!watch || !question) return result;
    const whole = statement.kind === 'expression' && sameSpan(statement.expression.span, question.expression.span);
    if (!watch.first || (watch.first.status === 'stopped' && !whole))
      return result instanceof Stop ? result : new Stop('unknown', 'this is not reached when the code runs');
    if (whole && result instanceof Stop) return result;
    const { value, printed, trace } = firstSeen(watch, run);
    return { value, printed: whole ? printed : '', ...(trace && question.tracing ? { trace } : {}) };
  }

  /** Runs the next statement. */
  private pass(
    budget: Budget,
    watch?: Watch,
    journal?: Journal,
  ): { readonly run: Run; readonly result: Passed | Stop } {
    const { live } = this;
    const k = live.next;
    budget.spend(STATEMENT_COST);
    const site = this.steps[k];
    const { statement } = site;
    const place = placeOf(site);
    const run = new Run(live.names, budget, place, this.dialect, false, () => this.printing(place));
    run.frame = live.frame;
    run.frames.push(live.frame);
    run.watch = watch;
    run.journal = journal;
    live.frame.steps = 0;
    let result: Passed | Stop;
    try {
      const machine = new Machine(run, live.frame, this.dialect);
      let value: Value = NONE;
      if (statement.kind === 'expression') value = machine.expression(statement.expression);
      else machine.all([statement]);
      run.generators.check(live.frame.names.values());
      result = run.unprinted ?? {
        value: run.objects.described(value),
        printed: run.printed,
        ...(run.trace ? { trace: run.trace } : {}),
      };
    } catch (stop) {
      if (!(stop instanceof Stop) || budget.ended) throw stop;
      result = new Stop(stop.status, stop.message, stop.span ?? statement.span);
      if (!this.stumbled(live, statement, result, run.effects > 0)) {
        live.ended = true;
        this.end = { at: k, why: result };
      }
    }
    for (const [name, reason] of run.generators.lost) live.names.lost.set(name, { reason });
    live.next = k + 1;
    if (!(k in this.passed)) {
      if (!live.ended) this.remember(k);
      this.passed[k] = result;
    }
    live.frame.touched.clear();
    return { run, result: this.passed[k] };
  }

  /** Whether the program goes on behind a statement that stopped, with what that leaves unknown. */
  private stumbled(live: Live, statement: Statement, stop: Stop, effects: boolean): boolean {
    const { names } = live;
    // An expression that raises ends nothing, as in a notebook.
    if (stop.status === 'error' && statement.kind === 'expression') return true;
    const plain = statement.kind === 'assign' && statement.targets.every(t => t.kind === 'name');
    if (stop.status === 'error') {
      if (plain) lose(names, statement.targets.flatMap(namesOfTarget), { reason: stop.message });
      return plain;
    }
    const left = effects ? undefined : harmless(statement, { names: live.frame.names, lost: names.lost });
    if (!left) return false;
    for (const [name, path] of left.names)
      lose(names, [name], { reason: stop.message, draws: left.draws, ...(path === undefined ? {} : { path }) });
    lose(names, left.draws, { reason: `what is drawn is not followed: ${stop.message}` });
    return true;
  }

  /** Notes what names hold behind a statement, where it is another value than before. */
  private remember(k: number): void {
    const { frame, names } = this.live;
    const note = (name: string, value: Value | string | undefined): void => {
      const list = this.held.get(name);
      if (list?.at(-1)?.value === value) return;
      if (typeof value === 'object') collect(value, names.published);
      if (list) list.push({ from: k, value });
      else this.held.set(name, [{ from: k, value }]);
    };
    for (const name of frame.touched)
      if (!isKept(name)) note(name, frame.names.get(name) ?? names.lost.get(name)?.reason);
  }
}

/** What was seen, with the texts of objects that write their own. */
export function told(seen: Seen, run: Run): Passed | Stop {
  if (seen.status === 'stopped') return seen.stop;
  const { value, printed, trace } = seen;
  return { value: run.objects.described(value), printed, ...(trace ? { trace } : {}) };
}

/** What was seen first; stops where nothing was. */
export function firstSeen(watch: Watch, run: Run): Passed {
  const found = watch.first && told(watch.first, run);
  if (!found) return unknown('this is not reached when the code runs');
  if (found instanceof Stop) throw found;
  return found;
}

function lose(names: ProgramNames, lost: Iterable<string>, why: Lost): void {
  for (const name of lost) {
    names.frame.delete(name);
    names.lost.set(name, why);
  }
}

const sameSpan = (p: Span, q: Span): boolean => p.start === q.start && p.end === q.end;

/** The statements of the top level in order, with those of `if __name__ == '__main__':`. */
function topLevel({ sites, scopes }: Bindings): Site[] {
  const out: Site[] = [];
  let covered = -1;
  for (const site of sites) {
    const { statement: s } = site;
    if (site.scope !== scopes[0] || site.block.parent || s.span.start < covered) continue;
    if (
      s.kind === 'branching' &&
      (isMainGuard(s) || (s.form === 'with' && s.bound.length === 0 && s.heads.every(isMode)))
    )
      continue;
    // The body of another `with` belongs to it.
    if (s.kind === 'branching' && s.form === 'with') covered = s.span.end;
    out.push(site);
  }
  return out;
}
