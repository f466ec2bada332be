import type { Span } from './span';

/** Puts `text` in the place of what stands at `span`. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

/** A text after edits that do not overlap, and where its places have gone. */
export interface EditedText {
  readonly text: string;
  /** A place of the old text in the new one. */
  readonly forward: (span: Span) => Span;
  /** A place of the new text in the old one. */
  readonly back: (span: Span) => Span;
}

interface Piece {
  readonly before: Span;
  readonly after: Span;
}

/** Applies edits to a text. A place that begins or ends within an edit is widened to the whole of it. */
export function applyEdits(text: string, edits: readonly TextEdit[]): EditedText {
  const pieces: Piece[] = [];
  let out = '';
  let done = 0;
  for (const { span, text: replacement } of edits.toSorted((a, b) => a.span.start - b.span.start)) {
    out += text.slice(done, span.start);
    pieces.push({ before: span, after: { start: out.length, end: out.length + replacement.length } });
    out += replacement;
    done = span.end;
  }
  const through =
    (from: 'before' | 'after', to: 'before' | 'after') =>
    ({ start, end }: Span): Span => ({
      start: offsetThrough(pieces, start, from, to, 'start'),
      end: offsetThrough(pieces, end, from, to, 'end'),
    });
  return { text: out + text.slice(done), forward: through('before', 'after'), back: through('after', 'before') };
}

function offsetThrough(
  pieces: readonly Piece[],
  offset: number,
  from: 'before' | 'after',
  to: 'before' | 'after',
  side: 'start' | 'end',
): number {
  const piece = pieces.findLast(p => p[from].start < offset || (side === 'start' && p[from].start === offset));
  if (!piece) return offset;
  if (offset < piece[from].end) return piece[to][side];
  return offset - piece[from].end + piece[to].end;
}
