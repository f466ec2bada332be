import { ORIGIN, type Origin, type Value } from '../../../../values/value';
import type { Context } from '../../../dialect';
import { isReplaced } from '../../../heap';
import { fail, Stop, unknown } from '../../../stop';
import { toArray } from '../../coerce';
import { isTensor, type Tensor } from '../tensor';
import { type Edge, Leaf, type Operations, Output, REFUSED, type Step } from './node';

/** The way back through a graph: gradients of all that it was computed from, the latest step first, as torch's engine goes. */

/** What going through a step costs beside its arithmetic. */
const STEP_COST = 200;

const TWICE =
  'RuntimeError: Trying to backward through the graph a second time (or directly access saved tensors after they have already been freed). Saved intermediate values of the graph are freed when you call .backward() or autograd.grad(). Specify retain_graph=True if you need to backward through the graph a second time or if you need to access saved tensors after calling backward.';
const CHANGED = 'a value that the gradient is computed from was changed in place';

/** A gradient, or the reason why it is not known. */
export type Found = Value | string;

export interface Way {
  /** What is differentiated, with the gradients that it begins with. */
  readonly from: readonly { readonly value: Tensor; readonly gradient: Value }[];
  /** Whether the graph can be gone through again. */
  readonly retain: boolean;
  /** The only origins whose gradients are asked for; all leaves, and outputs that keep theirs, where none are named. */
  readonly only?: ReadonlySet<Origin>;
  /** Takes what has been found before the way back is refused. */
  readonly settled?: (found: ReadonlyMap<Origin, Found>) => void;
}

/** Every step that can be reached, the latest first. */
function stepsBehind(origins: readonly Origin[], context: Context): Step[] {
  const seen = new Set<Step>();
  const open = origins.flatMap(o => (o instanceof Output ? [o.step] : []));
  for (let s = open.pop(); s; s = open.pop()) {
    if (seen.has(s)) continue;
    seen.add(s);
    context.budget.spend(STEP_COST);
    for (const e of s.edges) if (e?.origin instanceof Output) open.push(e.origin.step);
  }
  return [...seen].sort((p, q) => q.order - p.order);
}

/** Steps on the way to what is asked for. */
function needed(steps: readonly Step[], only: ReadonlySet<Origin>): Set<Step> {
  const out = new Set<Step>();
  // Steps that a step is computed from were made before it.
  for (const s of steps.toReversed())
    if (s.edges.some(e => e && (only.has(e.origin) || (e.origin instanceof Output && out.has(e.origin.step)))))
      out.add(s);
  return out;
}

/** The gradient in the shape and type of what it belongs to: what was broadcast is added up. */
function fitted(g: Value, { shape, dtype }: Edge, t: Operations): Value {
  const own = toArray(g).shape;
  let out = g;
  if (own.join() !== shape.join()) {
    const lead = own.length - shape.length;
    if (lead < 0) return unknown('a gradient of another shape');
    const axes = own.map((_, k) => k).filter(k => k < lead || (shape[k - lead] === 1 && own[k] !== 1));
    if (axes.length > 0) out = t('sum', out, axes, true);
    if (lead > 0) out = t('reshape', out, shape);
  }
  return toArray(out).dtype === dtype ? out : t('to', out, { kind: 'dtype', dtype, library: 'torch' });
}

/** A gradient behind the functions that a program has it go through. */
const throughHooks = (o: Leaf | Output, given: Found | undefined, context: Context): Found | undefined =>
  o.hooks.reduce<Found | undefined>((g, hook) => {
    if (g === undefined || typeof g === 'string') return g;
    const made = context.call(hook, [g]);
    return made.kind === 'none' ? g : made;
  }, given);

/** The gradients of the leaves, or of what is asked for. */
export function gradientsOf(way: Way, t: Operations, context: Context): Map<Origin, Found> {
  const given = new Map<Step, (Found | undefined)[]>();
  const found = new Map<Origin, Found>();
  const wanted = (o: Origin): boolean =>
    way.only ? way.only.has(o) : o instanceof Leaf || (o instanceof Output && o.retains);
  const joined = (before: Found | undefined, g: Found): Found =>
    before === undefined || typeof g === 'string' ? g : typeof before === 'string' ? before : t('add', before, g);
  const arrive = (o: Origin, g: Found): void => {
    if (o instanceof Output) {
      const list = given.get(o.step) ?? [];
      list[o.index] = joined(list[o.index], g);
      given.set(o.step, list);
    } else if (wanted(o)) found.set(o, joined(found.get(o), g));
  };
  const origins = way.from.map(({ value }) => value[ORIGIN] ?? {});
  way.from.forEach(({ gradient }, k) => {
    arrive(origins[k], gradient);
  });
  const steps = stepsBehind(origins, context);
  const on = way.only && needed(steps, way.only);
  for (const [place, s] of steps.entries()) {
    const list = given.get(s);
    if (!list) continue;
    given.delete(s);
    list.forEach((given, k) => {
      const own = s.outputs[k];
      const g = own ? throughHooks(own, given, context) : given;
      list[k] = g;
      if (g !== undefined && own && wanted(own)) found.set(own, g);
    });
    if (on && !on.has(s)) continue;
    const needs = s.edges.map(e => {
      if (!e) return false;
      return !on || !(e.origin instanceof Output) ? !on || wanted(e.origin) : wanted(e.origin) || on.has(e.origin.step);
    });
    if (s.freed && s.saves) {
      // What nothing waits for any more has its gradient by then.
      const open = new Set(steps.slice(place).flatMap(rest => rest.edges.map(e => e?.origin)));
      way.settled?.(new Map([...found].filter(([origin]) => !open.has(origin))));
      return fail(TWICE);
    }
    const gradients = through(s, list, needs, t, context);
    s.edges.forEach((e, k) => {
      if (!e || !needs[k]) return;
      const g = typeof gradients === 'string' ? gradients : gradients[k];
      if (g !== undefined) arrive(e.origin, typeof g === 'string' ? g : fitted(g, e, t));
    });
    if (!way.retain) s.freed = true;
  }
  for (const [origin, g] of found) if (origin instanceof Leaf) found.set(origin, throughHooks(origin, g, context) ?? g);
  return found;
}

/** The gradients of a step's inputs; a reason where they are not known. */
function through(
  s: Step,
  list: readonly (Found | undefined)[],
  needs: readonly boolean[],
  t: Operations,
  context: Context,
): readonly (Value | undefined)[] | string {
  const lost = list.find(g => typeof g === 'string');
  if (typeof lost === 'string') return lost;
  if (typeof s.backward === 'string') return s.backward;
  const kept = s.keeps.filter((_, k) => needs[k]).flat();
  // torch refuses this, or goes on with what is there now where the change was hidden from it.
  if (kept.some(v => isTensor(v) && isReplaced(v.array.data))) unknown(CHANGED);
  try {
    return s.backward(list as readonly (Value | undefined)[], t, needs, context);
  } catch (stop) {
    // What is not covered is not known; what is too much work is asked for again.
    if (!(stop instanceof Stop) || context.budget.exceeded || stop.message === REFUSED) throw stop;
    return stop.message;
  }
}
