import type { Span } from '../core/text/span';
import type { FromPanel } from './panel';

const isRecord = (x: unknown): x is Record<string, unknown> => typeof x === 'object' && x !== null;
const isText = (x: unknown, limit = 1_000_000): x is string => typeof x === 'string' && x.length <= limit;
const isCount = (x: unknown): x is number => typeof x === 'number' && Number.isSafeInteger(x) && x >= 0;
const isSpan = (x: unknown): x is Span => isRecord(x) && isCount(x.start) && isCount(x.end) && x.start <= x.end;
const isNumbers = (x: unknown): x is number[] =>
  Array.isArray(x) && x.length <= 10_000 && x.every(n => typeof n === 'number' && Number.isFinite(n));

interface Change {
  readonly span: Span;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}
const isChange = (x: unknown): x is Change =>
  isRecord(x) && isSpan(x.span) && isNumbers(x.shape) && isNumbers(x.values);

/** A message from the panel, or undefined when it is none of those that the panel sends. */
export function readFromPanel(x: unknown): FromPanel | undefined {
  if (!isRecord(x)) return undefined;
  switch (x.type) {
    case 'ready':
    case 'cancel':
      return { type: x.type };
    case 'pin':
      return typeof x.pinned === 'boolean' ? { type: 'pin', pinned: x.pinned } : undefined;
    case 'copy':
      return isText(x.text, 20_000_000) && isText(x.what, 100)
        ? { type: 'copy', text: x.text, what: x.what }
        : undefined;
    case 'reveal':
      return isSpan(x.span) ? { type: 'reveal', span: x.span } : undefined;
    case 'highlight':
      return Array.isArray(x.spans) && x.spans.length <= 1000 && x.spans.every(isSpan)
        ? { type: 'highlight', spans: x.spans }
        : undefined;
    case 'history':
      return isCount(x.id) ? { type: 'history', id: x.id } : undefined;
    case 'write-back': {
      if (!isText(x.uri) || !isCount(x.version) || !isChange(x)) return undefined;
      const also = x.also === undefined ? [] : x.also;
      if (!Array.isArray(also) || also.length > 16 || !also.every(isChange)) return undefined;
      const change = ({ span, shape, values }: Change): Change => ({
        span: { start: span.start, end: span.end },
        shape,
        values,
      });
      return { type: 'write-back', uri: x.uri, version: x.version, ...change(x), also: also.map(change) };
    }
    default:
      return undefined;
  }
}
