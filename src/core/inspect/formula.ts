import { readDocument, type SourceDocument } from './document';
import { type InspectOptions, inspect } from './inspect';
import type { Inspection } from './inspection';

/** A formula as it was read: places are those of `document`, in which the formula's text begins at `start`. */
export interface Formula {
  readonly inspection: Inspection;
  readonly document: SourceDocument;
  readonly start: number;
}

/**
 * A formula selected in any text: read as the language it looks like, tried in turn until one gives a value.
 * Undefined when no language makes anything of it, and for text without a number.
 */
export function inspectFormula(text: string, options: InspectOptions = {}): Formula | undefined {
  if (!/\d/.test(text)) return undefined;
  let first: Formula | undefined;
  for (const languageId of candidates(text)) {
    const fenced = languageId !== 'latex' || /\$|\\\(|\\\[/.test(text);
    const document =
      languageId === 'latex'
        ? readDocument(fenced ? text : `$${text}$`, 'latex')
        : readDocument(text, languageId, 'formula');
    const inspection = inspect(document, { start: 0, end: document.text.length }, options);
    if (!inspection) continue;
    const found = { inspection, document, start: fenced ? 0 : 1 };
    if (inspection.status === 'ok' && inspection.value && inspection.value.kind !== 'string') return found;
    first ??= found;
  }
  return first;
}

/** Languages in the order of likelihood. */
function candidates(text: string): string[] {
  if (/\\[a-zA-Z]+/.test(text)) return ['latex'];
  if (/\[[^\]]*;|\.\*|\.\^|\.'|\[\s*-?[\d.]+\s+-?[\d.]/.test(text)) return ['matlab', 'python'];
  if (/@|\[\s*\[|\*\*|np\./.test(text)) return ['python', 'matlab'];
  return ['python', 'matlab', 'latex'];
}
