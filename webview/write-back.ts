import { handleValues, type Inspection, type Picture, type Span } from '../src/core/panel';

/** New numbers for one literal of the source, row-major. */
export interface LiteralChange {
  readonly span: Span;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

export interface Changes {
  readonly changed: boolean;
  /** The changed literals that can be written back, each place once. */
  readonly writable: readonly LiteralChange[];
}

export const same = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((x, k) => Object.is(x, b[k]));

/** Compares a picture with the one of the source and finds the literals that feed what differs. */
export function changesOf(inspection: Inspection, original: Picture, picture: Picture): Changes {
  const writable = new Map<number, LiteralChange>();
  if (original === picture) return { changed: false, writable: [] };
  for (const { operand, span, shape } of inspection.editable) {
    const before = handleValues(original, operand);
    const after = handleValues(picture, operand);
    if (before && after && !same(before, after)) writable.set(span.start, { span, shape, values: after });
  }
  return {
    changed: writable.size > 0 || JSON.stringify(original) !== JSON.stringify(picture),
    writable: [...writable.values()],
  };
}
