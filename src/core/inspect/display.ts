import { lineAt } from '../text/line-index';
import type { SourceDocument } from './document';

interface Change {
  readonly order: number;
  readonly reason?: string;
}

const changes = new WeakMap<SourceDocument, readonly Change[]>();

/** Why the text that Octave prints at this point is not known: an output format other than the short one is set above. */
export function formatReason(document: SourceDocument, order: number): string | undefined {
  let list = changes.get(document);
  if (!list) {
    list = read(document);
    changes.set(document, list);
  }
  return list.findLast(c => c.order < order)?.reason;
}

/** The statements `format`, `format long`, `format("short")` of a document, in order. */
function read(document: SourceDocument): Change[] {
  return document.bindings.sites.flatMap(({ statement, order, block }): Change[] => {
    if (statement.dialect !== 'matlab' || (statement.kind !== 'opaque' && statement.kind !== 'expression')) return [];
    const source = document.slice(statement.span);
    const found = /^format\b([^=]*)$/.exec(source);
    if (!found) return [];
    const wanted = found[1].replace(/[\s()'";,]+/g, ' ').trim();
    if ((wanted === '' || wanted === 'short') && block.parent === undefined) return [{ order }];
    const line = lineAt(document.lines, statement.span.start) + 1;
    return [{ order, reason: `the output format set on line ${line} is not covered` }];
  });
}
