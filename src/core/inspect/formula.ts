import { readDocument, SourceDocument } from './document';
import { type InspectOptions, inspect } from './inspect';
import type { Inspection } from './inspection';

/**
 * A formula selected in any text: read as the language it looks like, tried in turn until one gives a value.
 * Undefined when no language makes anything of it, and for text without a number.
 */
export function inspectFormula(text: string, options: InspectOptions = {}): Inspection | undefined {
  if (!/\d/.test(text)) return undefined;
  let first: Inspection | undefined;
  for (const languageId of candidates(text)) {
    const document =
      languageId === 'latex'
        ? readDocument(/\$|\\\(|\\\[/.test(text) ? text : `$${text}$`, 'latex')
        : new SourceDocument(text, languageId, 'formula');
    const found = inspect(document, { start: 0, end: document.text.length }, options);
    if (found?.status === 'ok' && found.value && found.value.kind !== 'string') return found;
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
