import type { Statement } from '../expression/program';
import { Budget, type Limits, SMALL } from './budget';
import { namesOfTarget } from './changed-names';
import type { Dialect } from './dialect';
import { Frame } from './frame';
import { type Passed, type Passes, told } from './history';
import type { Names } from './names';
import { placeOf } from './place';
import type { Run } from './run';
import { Stop } from './stop';
import type { Bindings } from './versions';
import { execute, type Printing, walkAt } from './walks';
import { Journal, type Watch } from './watch';

/**
 * What is watched comes to, each time that a MATLAB or R program runs its function or loop: its statements run in order, and
 * what one of them assigns that cannot be followed is not known. Stops as the program of Python does where the budget ends.
 */
export function orderedPasses(
  names: Names,
  bindings: Bindings,
  dialect: Dialect,
  limits: Limits,
  watch: Watch,
): Passes | Stop | undefined {
  let during: Statement | undefined;
  let shown: Passed | Stop | undefined;
  const { open, exceeded } = runThrough(names, bindings, dialect, limits, (statement, run) => {
    const before = watch.number;
    run.watch = watch;
    return () => {
      if (watch.number === before || !watch.shown) return;
      during = statement;
      shown = told(watch.shown, run);
    };
  });
  if (exceeded && (!shown || limits.operations <= SMALL.operations)) return open;
  if (!shown || !during) return undefined;
  const { count, number, kept, stride } = watch;
  return { count, number, shown, kept, stride, during, ...(open ? { open } : {}) };
}

/** What the statements of functions and loops leave, the last time that they run; undefined where the budget ends before. */
export function orderedJournal(
  names: Names,
  bindings: Bindings,
  dialect: Dialect,
  limits: Limits,
): Journal['entries'] | undefined {
  const journal = new Journal();
  const { exceeded } = runThrough(names, bindings, dialect, limits, (_, run) => {
    run.journal = journal;
    return () => {};
  });
  return exceeded ? undefined : journal.entries;
}

const PLAIN: Printing = { formats: () => [], options: () => undefined };

/** Runs the statements of the top level in order; `begin` prepares each and gives what follows it. */
function runThrough(
  names: Names,
  { sites, scopes }: Bindings,
  dialect: Dialect,
  limits: Limits,
  begin: (statement: Statement, run: Run) => () => void,
): { readonly open?: Stop; readonly exceeded: boolean } {
  const frame = new Frame('block');
  const budget = new Budget(limits);
  let open: Stop | undefined;
  for (const site of sites) {
    if (open) break;
    const { statement } = site;
    if (site.scope !== scopes[0] || site.block.parent) continue;
    const run = walkAt(names, budget, placeOf(site), dialect, false, PLAIN);
    run.frame = frame;
    run.frames.push(frame);
    frame.steps = 0;
    const end = begin(statement, run);
    try {
      execute(run, frame, statement, dialect);
    } catch (stop) {
      if (!(stop instanceof Stop)) throw stop;
      // An error ends the program, and so does an end of the budget.
      if (stop.status === 'error' || budget.ended) open = stop;
      const lost = statement.kind === 'assign' ? statement.targets.flatMap(namesOfTarget) : [];
      for (const name of lost) frame.names.delete(name);
    }
    end();
  }
  return { ...(open ? { open } : {}), exceeded: budget.ended };
}
