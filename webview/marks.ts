import type { Span } from '../src/core/panel';
import { post } from './host';

let marked = false;

/** Marks places in the editor, quietly and strongly; without any it takes the marks away. */
export function mark(spans: readonly Span[] = [], focus: readonly Span[] = []): void {
  const any = spans.length + focus.length > 0;
  if (any || marked) post({ type: 'highlight', spans, focus });
  marked = any;
}
