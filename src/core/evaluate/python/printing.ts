import type { Call, Expression } from '../../expression/expression';
import { DEFAULT_PRINT, type PrintOptions, type TorchPrint } from '../../format/numpy-print';
import { DEFAULT_TORCH_PRINT } from '../../format/torch-print';
import { NONE, type Value } from '../../values/value';
import { bind } from '../catalogue';
import type { CallArgument } from '../dialect';
import { unknown } from '../stop';
import type { Site } from '../versions';
import { real } from './coerce';
import { printStyle } from './polynomial-series';
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
    const call = s.kind === 'expression' ? s.expression : s.kind === 'assign' ? s.value : undefined;
    if (call?.kind === 'call') {
      const name = calledName(call);
      return name === 'set_printoptions' || name === 'set_string_function' || name === 'set_default_printstyle'
        ? [{ site, call, until: Number.POSITIVE_INFINITY }]
        : [];
    }
    if (s.kind !== 'branching' || s.form !== 'with') return [];
    const calls = s.heads.filter(head => head.kind === 'call').filter(head => calledName(head) === 'printoptions');
    if (calls.length === 0) return [];
    const inside = sites.filter(o => o.statement.span.start >= s.span.start && o.statement.span.end <= s.span.end);
    const until = inside.reduce((m, o) => Math.max(m, o.order), site.order);
    return calls.map(call => ({ site, call, until }));
  });
  known.set(sites, changes);
  return changes;
}

/** Whether it is torch whose options are set, by the library that the function is a member of. */
function ofTorch(call: Call, site: Site, value: (e: Expression, site: Site) => Value): boolean {
  if (call.callee.kind !== 'member') return false;
  const library = value(call.callee.object, site);
  return library.kind === 'module' && library.path === 'torch';
}

const PROFILES: Readonly<Record<string, TorchPrint>> = {
  default: DEFAULT_TORCH_PRINT,
  short: { ...DEFAULT_TORCH_PRINT, precision: 2, edgeitems: 2 },
  full: { ...DEFAULT_TORCH_PRINT, threshold: Number.POSITIVE_INFINITY },
};

/** `torch.set_printoptions`: what is given changes, and the mode goes back to torch's choice unless it is given too. */
function torchPrinting(args: readonly CallArgument[], before: TorchPrint): TorchPrint {
  const signature = 'precision=None, threshold=None, edgeitems=None, linewidth=None, profile=None, sci_mode=None';
  const x = bind({ path: 'torch.set_printoptions', signature, evaluate: () => NONE }, args);
  const start =
    x.profile?.kind === 'string' ? (PROFILES[x.profile.value] ?? unknown('this profile is not known')) : before;
  const mode = x.sci_mode?.kind === 'scalar' ? { sciMode: x.sci_mode.value === true } : {};
  return {
    precision: real(x.precision, start.precision),
    threshold: real(x.threshold, start.threshold),
    edgeitems: real(x.edgeitems, start.edgeitems),
    linewidth: real(x.linewidth, start.linewidth),
    ...mode,
  };
}

/** The print options of NumPy and torch that hold for a statement; stops as unknown where they cannot be known. */
export function printingAt(
  sites: readonly Site[],
  order: number,
  value: (e: Expression, site: Site) => Value,
  apply: (f: Value, args: readonly Value[]) => Value,
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
    if (calledName(call) === 'set_default_printstyle') {
      options = { ...options, polynomials: printStyle(args[0]?.value) };
      continue;
    }
    if (ofTorch(call, site, value)) {
      options = { ...options, torch: torchPrinting(args, options.torch ?? DEFAULT_TORCH_PRINT) };
      continue;
    }
    const bound = bind({ path: 'numpy.printoptions', signature: PRINT_OPTIONS, evaluate: () => NONE }, args);
    options = printOptions(bound, options, apply, true);
  }
  return options;
}
