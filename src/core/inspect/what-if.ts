import type { Span } from '../text/span';
import { applyEdits } from '../text/text-edit';
import { readDocument, type SourceDocument } from './document';
import { type InspectOptions, inspect } from './inspect';
import type { Inspection } from './inspection';
import { type Evaluated, evaluateStatements } from './statements';
import { writeBack } from './write-back';

/** New numbers for one literal of the source, row-major. */
export interface LiteralChange {
  readonly span: Span;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** A statement of the document whose value changes with the literals, before and after. */
export interface Effect {
  /** The name that it assigns, or its text on one line. */
  readonly label: string;
  readonly span: Span;
  readonly before: string;
  readonly after: string;
  readonly status: Inspection['status'];
}

export interface WhatIf {
  readonly inspection: Inspection;
  readonly effects: readonly Effect[];
}

/** Statements told of. */
const MAX_EFFECTS = 50;

/**
 * What the document would say at `range` if its literals held other numbers, with every place given in the document as
 * it is. Undefined when a literal does not hold as many plain numbers, or when nothing is meant at the range.
 */
export function whatIf(
  document: SourceDocument,
  range: Span,
  changes: readonly LiteralChange[],
  options: InspectOptions = {},
): WhatIf | undefined {
  const { text, languageId } = document;
  const edits = changes.map(c => writeBack(text, c.span, c.values, languageId));
  if (!edits.every(e => e !== undefined)) return undefined;
  const changed = applyEdits(text, edits.flat());
  const next = readDocument(changed.text, languageId, document.role);
  const found = inspect(next, changed.forward(range), options);
  if (!found) return undefined;
  const inspection: Inspection = {
    ...found,
    span: changed.back(found.span),
    ...(found.messageSpan ? { messageSpan: changed.back(found.messageSpan) } : {}),
    ...(found.definition ? { definition: movedSpans(found.definition, changed.back) } : {}),
    steps: movedSpans(found.steps, changed.back),
    links: movedSpans(found.links, changed.back),
    notes: movedSpans(found.notes, changed.back),
    editable: movedSpans(found.editable, changed.back),
  };
  return { inspection, effects: effectsOf(document, next, range, changed.back) };
}

/** The statements that differ in value; one that is a literal and the one that `range` is speak for themselves. */
function effectsOf(before: SourceDocument, after: SourceDocument, range: Span, back: (s: Span) => Span): Effect[] {
  const options = { limits: 'small', assignments: true } as const;
  const old = evaluateStatements(before, options);
  const now = evaluateStatements(after, options);
  // Other numbers leave the statements as they are; if they did not, there would be nothing to compare.
  if (old.length !== now.length) return [];
  const out: Effect[] = [];
  now.forEach((statement, k) => {
    const [a, b] = [shownOf(old[k]), shownOf(statement)];
    const span = back(statement.span);
    const own = span.start === range.start && (statement.name !== undefined || span.end === range.end);
    if (a === b || statement.written || own) return;
    const label = statement.name ?? old[k].source.replace(/\s+/g, ' ');
    out.push({ label, span, before: a, after: b, status: statement.status });
  });
  return out.slice(0, MAX_EFFECTS);
}

const shownOf = (e: Evaluated): string =>
  e.status === 'ok' ? (e.inline ?? e.text ?? '') : `${e.status}: ${e.message ?? ''}`;

const isSpan = (x: object): x is Span =>
  'start' in x && 'end' in x && typeof x.start === 'number' && typeof x.end === 'number';

/** Plain data with every span in it moved. */
function movedSpans<T>(data: T, move: (s: Span) => Span): T {
  const visit = (x: unknown): unknown => {
    if (Array.isArray(x)) return x.map(visit);
    if (typeof x !== 'object' || x === null) return x;
    if (isSpan(x)) return move(x);
    return Object.fromEntries(Object.entries(x).map(([key, item]) => [key, visit(item)]));
  };
  return visit(data) as T;
}
