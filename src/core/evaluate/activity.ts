import type { Expression, Parameter } from '../expression/expression';
import type { Statement } from '../expression/program';
import type { Span } from '../text/span';
import type { Value } from '../values/value';
import type { Budget } from './budget';
import type { Context, Dialect, SubscriptValue } from './dialect';
import { Frame } from './frame';
import { gradientMode } from './gradient-modes';
import { changeEverywhere, collect, Owned, type UnderWay } from './heap';
import type { Names } from './names';
import type { Place } from './place';
import { Stop } from './stop';
import type { Trace } from './trace';
import type { Journal, Watch } from './watch';

/** What is under way in a walk: frames, the values of expressions that wait, and how a change reaches them all. */
export abstract class Activity {
  /** Counts what others can see: changes and what is printed. */
  effects = 0;
  printed = '';
  /** Why part of what is written is not known. */
  unprinted?: Stop;
  /** How the expression that has just been evaluated came about, where that is recorded. */
  trace?: Trace;
  /** How many expressions have been recorded. */
  protected traced = 0;
  /** Sees a part of what runs. */
  watch?: Watch;
  /** Notes what all statements leave. */
  journal?: Journal;
  /** Whether torch does not record how what runs is computed. */
  withoutGradient: boolean | 'unsure' = false;
  /** The variables of comprehensions and mathematical functions under way. */
  locals: Map<string, Value> = new Map();
  /** The function or block under way. */
  frame?: Frame;
  /** All that are under way, the innermost last. */
  readonly frames: Frame[] = [];
  /** Steps show operands as they were: where they are recorded, nothing is written to. */
  private readonly owned = new Owned();
  /** Values of the expression under way that something is still to be done with: they follow changes, and are read again. */
  waiting: Value[] = [];
  /** How many functions there were before. */
  private readonly made: number;
  /** The same of the expressions that wait for a call to end. */
  private readonly suspended: Value[][] = [];
  /** Calls of libraries under way, which hold what they are given as it was. */
  protected within = 0;
  /** Follows what is under way outside of any function. */
  private readonly root = new Frame('function');

  constructor(
    readonly evaluator: Names,
    readonly budget: Budget,
    protected place: Place,
    protected readonly dialect: Dialect,
    protected tracing: boolean,
  ) {
    this.made = evaluator.closures.length;
  }

  /** Where the walk stands. */
  get here(): Place {
    return this.place;
  }

  /** Whether a library holds what it was given meanwhile. */
  get isHeld(): boolean {
    return this.within > 0;
  }

  get language(): Dialect {
    return this.dialect;
  }

  /** Whether the prompt shows nothing of what has been evaluated. */
  get silent(): boolean {
    return false;
  }

  /** Whether the whole program runs. */
  get program(): boolean {
    return this.evaluator.program === true;
  }

  /** Whether code runs, in which objects change and iterators are used up. */
  protected get flows(): boolean {
    return this.frame !== undefined && this.dialect.id === 'python';
  }

  /** A library's function, which holds what it is given while it calls others. */
  holding<T>(run: () => T): T {
    this.within++;
    try {
      return run();
    } finally {
      this.within--;
    }
  }

  /** What stands there may turn torch's recording on or off. */
  enterMode(at: Statement | Expression): void {
    const mode = gradientMode(at);
    if (mode) this.withoutGradient = mode === 'unsure' ? mode : mode === 'off';
  }

  print(text: string): void {
    this.effects++;
    this.printed += text;
  }

  printUnknown(stop: Stop): void {
    this.effects++;
    this.unprinted ??= stop;
  }

  /** What has been written; stops where part of it is not known. */
  get said(): string {
    if (this.unprinted) throw this.unprinted;
    return this.printed;
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

  /** An object is changed in place: whatever reaches it sees the change. */
  change(before: Value, after: Value, span?: Span): void {
    this.effects++;
    changeEverywhere(before, after, this.under, this.evaluator, this.budget, span);
  }

  /** What a value is behind changes of the objects that it reaches. */
  following(holder: Value, run: () => void): Value {
    const at = this.waiting.length;
    this.waiting.push(holder);
    run();
    const now = this.waiting[at];
    this.waiting.length = at;
    return now;
  }

  /** Something that others see has been changed beside the values. */
  touch(): void {
    this.effects++;
  }

  /** All that is under way and holds values. */
  private get under(): UnderWay {
    return { frames: this.frames, root: this.root, stacks: [...this.suspended, this.waiting], made: this.made };
  }

  /** The frame whose statements are under way, or what stands for it outside of functions. */
  get around(): Frame {
    return this.frame ?? this.root;
  }

  protected abstract get context(): Context;

  /** `object[at] = value` while code runs: written into the array's own buffer where nothing else holds it. */
  put(object: Value, at: readonly SubscriptValue[], value: Value, span: Span): void {
    const own = !this.tracing && this.owned.has(object, this.under, this.evaluator, span);
    if (own && this.dialect.write?.(object, at, value, this.context)) {
      this.effects++;
      return;
    }
    const after = this.dialect.assign(object, at, value, this.context);
    this.effects++;
    const data = changeEverywhere(object, after, this.under, this.evaluator, this.budget, span);
    if (!this.tracing) this.owned.add(data);
  }

  /** A statement has run, which may have `returned` a value, or a parameter is given: a name that is watched there is seen. */
  passed(at: Statement | Parameter, frame: Frame, returned?: Value): void {
    const held = (name: string | undefined): Value | undefined =>
      name === undefined ? undefined : (frame.elsewhere?.get(name) ?? frame).names.get(name);
    const value = this.watch && held(this.watch.nameAt(at));
    if (value) {
      this.settle([value]);
      this.watch?.see({ status: 'ok', value, printed: '' });
    }
    if (!this.journal || !('kind' in at)) return;
    const left = returned ?? held(nameAssigned(at));
    if (!left) return;
    this.settle([left]);
    this.journal.note(at, left);
  }

  /** The expression that is watched begins, with its steps; what is given back takes what it comes to. */
  protected beginWatched(): (end: Value | Stop) => void {
    const { tracing, printed, unprinted } = this;
    this.tracing = true;
    this.traced = 0;
    return end => {
      this.tracing = tracing;
      if (end instanceof Stop) this.watch?.see({ status: 'stopped', stop: end });
      else if (this.unprinted && !unprinted && end.kind === 'none')
        this.watch?.see({ status: 'stopped', stop: this.unprinted });
      else
        this.watch?.see({ status: 'ok', value: end, trace: this.trace, printed: this.printed.slice(printed.length) });
    };
  }

  /** A statement has stopped, behind which a name may be watched. */
  failed(at: Statement, stop: Stop): void {
    if (this.watch?.nameAt(at) !== undefined) this.watch.see({ status: 'stopped', stop });
  }

  /** Values that are to stay as they are: nothing is written into them later. */
  protected settle(values: readonly Value[]): void {
    for (const v of values) collect(v, this.evaluator.published);
  }

  /** The frames around a function where it is made, with the variables of comprehensions. */
  capture(): Frame | undefined {
    if (this.locals.size === 0) return this.frame;
    return new Frame('function', [], new Set(), this.frame, false, this.locals);
  }

  /** Runs within a frame: its names, and no expression of the caller's. */
  inside<T>(frame: Frame, place: Place, run: () => T): T {
    const [outer, locals, outside, from, within] = [this.frame, this.locals, this.waiting, this.place, this.within];
    [this.frame, this.locals, this.waiting, this.place, this.within] = [frame, new Map(), [], place, 0];
    this.frames.push(frame);
    this.suspended.push(outside);
    frame.steps = outer?.steps ?? 0;
    try {
      return run();
    } finally {
      if (outer) outer.steps = frame.steps;
      [this.frame, this.locals, this.waiting, this.place, this.within] = [outer, locals, outside, from, within];
      this.frames.pop();
      this.suspended.pop();
    }
  }
}

/** The one name that a statement assigns. */
function nameAssigned(s: Statement): string | undefined {
  const target =
    s.kind === 'assign' && s.targets.length === 1 ? s.targets[0] : s.kind === 'augment' ? s.target : undefined;
  return target?.kind === 'name' ? target.name : undefined;
}
