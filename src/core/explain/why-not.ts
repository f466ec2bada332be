import type { Trace } from '../evaluate/trace';
import { eliminate } from '../exact/elimination';
import { beside } from '../exact/rational-matrix';
import { impossibleRow, isWorkable, readingSteps, rowSteps } from './elimination';
import { exactLatex } from './exact-notation';
import { noInverse } from './inverse';
import { exactly, GROWN, isSquare, type Method } from './method';
import { placed } from './operands';
import type { Step } from './step';

/** Why a system has no single solution: no solution at all, or unknowns that are free. */
const noSolution: Method = exactly(2, (_, a, b) => {
  if (!isSquare(a) || a.length !== b.length) return undefined;
  const n = a.length;
  const found = eliminate(beside(a, b), n, true);
  if (!isWorkable(found)) return GROWN;
  if (found.pivots.length === n) return undefined;
  const none = impossibleRow(found, n) !== undefined;
  return {
    sentence: none
      ? 'The matrix is singular, and this system has no solution.'
      : 'The matrix is singular, and this system has many solutions.',
    latex: `${exactLatex(beside(a, b), n)} \\to ${exactLatex(found.result, n, found.pivots)}`,
    children: [...rowSteps(found, n), ...readingSteps(found, n)],
  };
});

const inverseOf: Method = exactly(1, (_, a) => (isSquare(a) ? noInverse(a) : undefined));

/** The steps of an operation that has no result; nothing where it failed for another reason. */
export function whyNot(failed: Trace): Step[] {
  const method = { inverse: inverseOf, solve: noSolution }[failed.operation];
  const step = method?.(failed);
  return step ? [placed(step, failed, () => undefined)] : [];
}
