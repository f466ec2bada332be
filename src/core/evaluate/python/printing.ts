import type { Call, Expression } from '../../expression/expression';
import { DEFAULT_PRINT, type PrintOptions } from '../../format/numpy-print';
import { NONE, type Value } from '../../values/value';
import type { Site } from '../bindings';
import { bind } from '../catalogue';
import type { CallArgument } from '../dialect';
import { unknown } from '../stop';
import { PRINT_OPTIONS, printOptions } from './texts';

/** A statement that changes how arrays print, from its place on or up to the end of a `with`. */
interface Change {
  readonly site: Site;
  readonly call: Call;
  /** Order of the last statement that it holds for. */
  readonly until: number;
}

const known = new WeakMap<readonly Site[], readonly Change[]>();

const calledName = (e: Expression): string | undefined =>
  e.kind !== 'call' ? undefined : e.callee.kind === 'member' || e.callee.kind === 'name' ? e.callee.name : undefined;

function changesIn(sites: readonly Site[]): readonly Change[] {
  const found = known.get(sites);
  if (found) return found;
  const changes = sites.flatMap((site): Change[] => {
    const s = site.statement;
    if (s.kind === 'expression' && s.expression.kind === 'call') {
      const name = calledName(s.expression);
      return name === 'set_printoptions' || name === 'set_string_function'
        ? [{ site, call: s.expression, until: Number.POSITIVE_INFINITY }]
        : [];
    }
    if (s.kind !== 'branching' || s.form !== 'with') return [];
    const inside = sites.filter(o => o.statement.span.start >= s.span.start && o.statement.span.end <= s.span.end);
    const until = inside.reduce((m, o) => Math.max(m, o.order), site.order);
    return s.heads.flatMap(head =>
      head.kind === 'call' && calledName(head) === 'printoptions' ? [{ site, call: head, until }] : [],
    );
  });
  known.set(sites, changes);
  return changes;
}

/** The print options of NumPy that hold for a statement; stops as unknown where they cannot be known. */
export function printingAt(
  sites: readonly Site[],
  order: number,
  value: (e: Expression, site: Site) => Value,
): PrintOptions {
  let options = DEFAULT_PRINT;
  for (const { site, call, until } of changesIn(sites)) {
    if (site.order >= order || order > until) continue;
    if (site.scope.form !== 'module' || site.block.parent)
      return unknown('the print options are set in a place that may not run');
    if (calledName(call) === 'set_string_function') return unknown('np.set_string_function changes how arrays print');
    const args = call.arguments.map((a): CallArgument => {
      if (a.unpack) return unknown('the print options are not known');
      return { value: value(a.value, site), name: a.name };
    });
    const bound = bind({ path: 'numpy.printoptions', signature: PRINT_OPTIONS, evaluate: () => NONE }, args);
    options = printOptions(bound, options);
  }
  return options;
}
