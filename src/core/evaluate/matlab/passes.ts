import type { Statement } from '../../expression/program';
import { Budget, type Limits } from '../budget';
import { namesOfTarget } from '../changed-names';
import type { Dialect } from '../dialect';
import { Frame } from '../frame';
import { type Passed, type Passes, told } from '../history';
import type { Names } from '../names';
import { placeOf } from '../place';
import { Stop } from '../stop';
import type { Bindings } from '../versions';
import type { Watch } from '../watch';
import { MatlabMachine } from './machine';
import { MatlabRun } from './run';

/**
 * What is watched comes to, each time that a MATLAB program runs its function or loop: its statements run in order, and
 * what one of them assigns that cannot be followed is not known. A stop where the budget ends before the first time.
 */
export function matlabPasses(
  names: Names,
  { sites, scopes }: Bindings,
  dialect: Dialect,
  limits: Limits,
  watch: Watch,
): Passes | Stop | undefined {
  const frame = new Frame('block');
  const budget = new Budget(limits);
  let during: Statement | undefined;
  let shown: Passed | Stop | undefined;
  let open: Stop | undefined;
  for (const site of sites) {
    if (open) break;
    const { statement } = site;
    if (site.scope !== scopes[0] || site.block.parent) continue;
    const run = new MatlabRun(names, budget, placeOf(site), dialect, false);
    run.frame = frame;
    run.frames.push(frame);
    run.watch = watch;
    frame.steps = 0;
    const before = watch.number;
    try {
      new MatlabMachine(run, frame, budget).all([statement]);
    } catch (stop) {
      if (!(stop instanceof Stop)) throw stop;
      // An error ends the program, and so does an end of the budget.
      if (stop.status === 'error' || budget.ended) open = stop;
      const lost = statement.kind === 'assign' ? statement.targets.flatMap(namesOfTarget) : [];
      for (const name of lost) frame.names.delete(name);
    }
    if (watch.number === before || !watch.shown) continue;
    during = statement;
    shown = told(watch.shown, run);
  }
  const exceeded = budget.ended;
  if (!shown || !during) return exceeded ? open : undefined;
  const { count, number, kept, stride } = watch;
  return { count, number, shown, kept, stride, during, ...(open ? { open } : {}), exceeded };
}
