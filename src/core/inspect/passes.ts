import { type Evaluator, FAULT, type Outcome } from '../evaluate/evaluate';
import type { Passes } from '../evaluate/history';
import { orderedJournal, orderedPasses } from '../evaluate/ordered-passes';
import { Stop } from '../evaluate/stop';
import type { Site } from '../evaluate/versions';
import { type Journal, Watch, type Watched } from '../evaluate/watch';
import type { Picture } from '../scene/picture';
import { lineAt } from '../text/line-index';
import { contains, type Span } from '../text/span';
import type { Value } from '../values/value';
import type { SourceDocument } from './document';
import type { InspectOptions } from './inspect';
import type { Passing } from './inspection';
import type { Located } from './locate';
import { realOf } from './real-numbers';

/** What a place in a function or a loop comes to, one of the times that the program comes by. */
export interface Passed {
  readonly outcome: Outcome;
  readonly pass?: Passing;
  /** Its numbers over the times, where there are few of them each time. */
  readonly picture?: Picture;
}

/**
 * The value of what stands in a function or a loop and is not known from the text, at the wanted time that the program
 * comes by or else the last: the program is followed from its beginning. Undefined at other places, and where it does not come
 * by. `label` names it in a picture. Where a larger budget may tell more, the `first` answer says so.
 */
export function passesAt(
  document: SourceDocument,
  evaluator: Evaluator,
  located: Located,
  label: string,
  first: Outcome,
  { pass: wanted, limits = 'small' }: InspectOptions,
): Passed | undefined {
  if (first.status !== 'unknown' || first.needsMore) return undefined;
  const at = watchedOf(located);
  const repeated = located.kind !== 'target' && located.repeated === true;
  const passes = at && passesOf(document, evaluator, at, located.site, wanted, repeated);
  if (!passes) return undefined;
  if (passes instanceof Stop) {
    const fault = passes.message.startsWith(FAULT);
    return { outcome: fault ? { ...first, message: passes.message } : { ...first, needsMore: limits === 'small' } };
  }
  const picture = pictureOf(passes, label);
  return {
    outcome: outcomeOf(passes, located.span),
    pass: passing(document, passes, located),
    ...(picture ? { picture } : {}),
  };
}

/** Passes from which a picture tells something, and numbers in each up to which it is clear. */
const LEAST = 3;
const WIDEST = 4;

function pictureOf({ kept, stride, number, count }: Passes, label: string): Picture | undefined {
  if (kept.length < LEAST) return undefined;
  const rows = kept.map(numbersOf);
  const width = rows[0]?.length ?? 0;
  if (width === 0 || width > WIDEST || rows.some(r => r?.length !== width)) return undefined;
  const values = Float64Array.from(rows.flatMap(r => r ?? []));
  if (values.every((x, k) => Object.is(x, values[k % width]))) return undefined;
  return { kind: 'passes', label, number, count, stride, width, values };
}

/** A real number that is computed, or those of a vector. */
function numbersOf(v: Value): readonly number[] | undefined {
  if (v.kind === 'scalar')
    return typeof v.value === 'object' || typeof v.value === 'boolean' ? undefined : [Number(v.value)];
  const real = v.kind === 'array' && v.array.shape.filter(n => n !== 1).length <= 1 ? realOf(v) : undefined;
  return real && Array.from(real.data);
}

/** What an expression in a function or a loop comes to at the time that is shown. */
export function whenRun(
  document: SourceDocument,
  evaluator: Evaluator,
  at: Watched & { readonly kind: 'expression' },
  site: Site,
  wanted: number | undefined,
): Outcome | undefined {
  const passes = passesOf(document, evaluator, at, site, wanted);
  return passes && !(passes instanceof Stop) ? outcomeOf(passes, at.expression.span) : undefined;
}

function passesOf(
  document: SourceDocument,
  evaluator: Evaluator,
  at: Watched,
  { scope, block, statement }: Site,
  wanted: number | undefined,
  repeated = false,
): Passes | Stop | undefined {
  if (!repeated && scope === document.bindings.scopes[0] && !block.parent) return undefined;
  const watch = new Watch(at, wanted);
  const { bindings, limits } = evaluator;
  try {
    switch (statement.dialect) {
      case 'python':
        return evaluator.whole.passes(watch);
      case 'matlab':
      case 'r':
        return orderedPasses(evaluator, bindings, evaluator.dialect(statement.dialect), limits, watch);
      case 'latex':
        return undefined;
    }
  } catch (e) {
    // A fault of the engine costs one value.
    return new Stop('unknown', `${FAULT} (${e})`);
  }
}

/** What each statement of the functions and loops leaves, the last time that it runs; empty where that is too much work. */
export function journalOf({ program }: SourceDocument, evaluator: Evaluator): Journal['entries'] {
  const [first] = program.statements;
  const { bindings, limits } = evaluator;
  try {
    const entries =
      first?.dialect === 'python'
        ? evaluator.whole.journal()
        : first?.dialect === 'matlab' || first?.dialect === 'r'
          ? orderedJournal(evaluator, bindings, evaluator.dialect(first.dialect), limits)
          : undefined;
    return entries ?? new Map();
  } catch {
    // A fault of the engine costs what is inside, not the rest of the document.
    return new Map();
  }
}

/** What is watched for what is meant: a name at its assignment has its value, and the steps to it, from the assigned expression. */
function watchedOf(located: Located): Watched | undefined {
  if (located.kind !== 'target') return { kind: 'expression', expression: located.expression };
  const { name, version, site } = located;
  const { statement } = site;
  if (statement.kind === 'scope') {
    const parameter = statement.parameters.find(p => p.name === name);
    return parameter && { kind: 'parameter', parameter };
  }
  if (version.source.kind === 'expression' && version.source.path.length === 0)
    return { kind: 'expression', expression: version.source.expression };
  return { kind: 'name', name, behind: statement };
}

function outcomeOf({ shown }: Passes, span: Span): Outcome {
  if (shown instanceof Stop)
    return { status: shown.status, message: shown.message, span: shown.span ?? span, needsMore: false };
  return { status: 'ok', ...shown };
}

/** In words, which time it is, and from where the program comes by. */
function passing(document: SourceDocument, passes: Passes, { span }: Located): Passing {
  const { number, count, during, open } = passes;
  const line = (at: number): string => `line ${lineAt(document.lines, at) + 1}`;
  const called = contains(during.span, span) ? '' : `, called from ${line(during.span.start)}`;
  const so = open ? ', as far as the program is followed' : '';
  return { number, count, text: `${count === 1 ? 'Runs once' : `Pass ${number} of ${count}`}${called}${so}` };
}
