import { NONE, type Value } from '../values/value';
import type { Frame } from './frame';
import type { Change } from './heap';
import type { Place } from './place';
import type { Run } from './run';
import { fail, Stop } from './stop';

/** A generator: a frame that stands still between one item and the next. */
export class Paused {
  private run: Run | undefined;
  private readonly steps: Generator<Value, Value, Value>;
  private done = false;
  /** What it returned in the end, for `yield from`. */
  result: Value = NONE;

  constructor(
    readonly type: string,
    private readonly frame: Frame,
    private readonly place: Place,
    body: (now: () => Run) => Generator<Value, Value, Value>,
  ) {
    this.steps = body(() => this.run ?? fail('RuntimeError: a generator that does not run'));
  }

  next(run: Run, sent: Value = NONE): Value | undefined {
    if (this.run) return fail('ValueError: generator already executing');
    if (this.done) return undefined;
    this.run = run;
    try {
      this.frame.called = run.isHeld;
      const step = run.inside(this.frame, this.place, () => this.steps.next(sent));
      if (!step.done) return step.value;
      this.done = true;
      this.result = step.value;
      run.evaluator.running.delete(this);
      return undefined;
    } catch (stop) {
      this.done = true;
      if (stop instanceof Stop && stop.status === 'error' && stop.message.startsWith('StopIteration'))
        throw new Stop('error', 'RuntimeError: generator raised StopIteration', stop.span);
      throw stop;
    } finally {
      this.run = undefined;
    }
  }

  apply(change: Change): void {
    for (let f: Frame | undefined = this.frame; f; f = f.outer) f.apply(change);
  }

  reaches(object: object): boolean {
    return this.frame.reaches(object);
  }
}
