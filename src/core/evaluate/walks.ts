import type { Statement } from '../expression/program';
import type { PrintOptions } from '../format/numpy-print';
import type { Budget } from './budget';
import type { Dialect } from './dialect';
import type { Frame } from './frame';
import { Machine } from './machine';
import { MatlabMachine } from './matlab/machine';
import type { FormatChange } from './matlab/number-format';
import { MatlabRun } from './matlab/run';
import type { Names } from './names';
import type { Place } from './place';
import { RRun } from './r/run';
import { Run } from './run';

/** What a walk asks of the document beside its names: how numbers and arrays print at a place. */
export interface Printing {
  readonly formats: () => readonly FormatChange[];
  readonly options: () => PrintOptions | undefined;
}

/** A walk over what stands at a place, in its language. */
export function walkAt(
  names: Names,
  budget: Budget,
  place: Place,
  dialect: Dialect,
  tracing: boolean,
  { formats, options }: Printing,
): Run {
  if (dialect.id === 'r') return new RRun(names, budget, place, dialect, tracing);
  if (dialect.id !== 'matlab') return new Run(names, budget, place, dialect, tracing, options);
  const run = new MatlabRun(names, budget, place, dialect, tracing);
  const format = formats().findLast(c => c.order < place.order)?.format;
  run.numbers = typeof format === 'function' ? 'the output format set above is not covered' : format;
  return run;
}

/** Runs a statement within a frame, in the language of the walk. */
export function execute(run: Run, frame: Frame, statement: Statement, dialect: Dialect): void {
  if (run instanceof RRun) run.prompted(frame, statement);
  else if (run instanceof MatlabRun) new MatlabMachine(run, frame, run.budget).all([statement]);
  else new Machine(run, frame, dialect).all([statement]);
}
