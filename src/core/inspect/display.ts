import type { Evaluator } from '../evaluate/evaluate';
import type { Place } from '../evaluate/place';
import { holdsArray, pythonText, textUnknown } from '../format/numpy';
import { LONG, type NumberStyle, SHORT } from '../format/octave-numbers';
import { lineAt } from '../text/line-index';
import type { Value } from '../values/value';
import type { SourceDocument } from './document';

/** What Python's prompt shows for a value at a place, or why that is not known. */
export function pythonShown(
  value: Value,
  evaluator: Evaluator,
  place: Place,
): { readonly text: string; readonly reason?: undefined } | { readonly text?: undefined; readonly reason: string } {
  const reason = textUnknown(value);
  if (reason !== undefined) return { reason };
  const options = holdsArray(value) ? evaluator.printingAt(place) : undefined;
  return typeof options === 'string' ? { reason: options } : { text: pythonText(value, options) };
}

interface Change {
  readonly order: number;
  readonly format: NumberStyle | string;
}

const changes = new WeakMap<SourceDocument, readonly Change[]>();

/** How Octave prints numbers at this point, or why that is not known: a format other than short and long is set above. */
export function formatAt(document: SourceDocument, order: number): NumberStyle | string {
  let list = changes.get(document);
  if (!list) {
    list = read(document);
    changes.set(document, list);
  }
  return list.findLast(c => c.order < order)?.format ?? SHORT;
}

/** The statements `format`, `format long`, `format("short")` of a document, in order. */
function read(document: SourceDocument): Change[] {
  return document.bindings.sites.flatMap(({ statement, order, block }): Change[] => {
    if (statement.dialect !== 'matlab' || (statement.kind !== 'opaque' && statement.kind !== 'expression')) return [];
    const source = document.slice(statement.span);
    const found = /^format\b([^=]*)$/.exec(source);
    if (!found) return [];
    const wanted = found[1].replace(/[\s()'";,]+/g, ' ').trim();
    const certain = block.parent === undefined;
    if (certain && (wanted === '' || wanted === 'short')) return [{ order, format: SHORT }];
    if (certain && wanted === 'long') return [{ order, format: LONG }];
    const line = lineAt(document.lines, statement.span.start) + 1;
    return [{ order, format: `the output format set on line ${line} is not covered` }];
  });
}
