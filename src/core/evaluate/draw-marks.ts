import type { Call, Expression } from '../expression/expression';
import type { Scope, Statement } from '../expression/program';
import { callsIn, expressionsIn } from '../expression/walk';
import { contains, type Span } from '../text/span';

/**
 * Which calls draw random numbers. A draw changes its generator as `append` changes its list: the numbers that a seeded
 * generator gives are known where the order of all its draws is.
 */

/** The generators that libraries keep for themselves, by the library, under names that no program can write. */
export const KEPT: Readonly<Record<string, string>> = {
  'numpy.random': 'numpy.random',
  random: 'python.random',
  torch: 'torch.random',
};
export const isKept = (name: string): boolean => name.includes('.');

/** The names of the generators that each drawing call changes; filled by `markDraws`. */
const marked = new WeakMap<Call, readonly string[]>();
const drawnFrom = new WeakMap<Scope, ReadonlySet<string>>();

export const drawnBy = (e: Call): readonly string[] | undefined => marked.get(e);
/** Whether evaluating the expression draws from a generator that anything else can reach. */
export const draws = (e: Expression): boolean => callsIn(e).some(c => (marked.get(c)?.length ?? 0) > 0);
/** The same of the part of a statement at a place; what is selected there may have been read anew. */
export const drawsAt = (s: Statement, at: Span): boolean =>
  expressionsIn(s).some(e => callsIn(e).some(c => (marked.get(c)?.length ?? 0) > 0 && contains(at, c.span)));
/** Whether a function changes a name around it only by drawing from it, which its calls are marked for. */
export const onlyDrawsFrom = (s: Scope, name: string): boolean => isKept(name) || drawnFrom.get(s)?.has(name) === true;

export const markDraw = (e: Call, names: readonly string[]): WeakMap<Call, readonly string[]> => marked.set(e, names);
export const markDrawnFrom = (s: Scope, names: ReadonlySet<string>): WeakMap<Scope, ReadonlySet<string>> =>
  drawnFrom.set(s, names);
