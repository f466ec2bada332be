import {
  columnsFirst,
  handleValues,
  type Inspection,
  type LiteralChange,
  movableValues,
  type Picture,
  withOperand,
} from '../src/core/panel';

/** New numbers of one operand, and those of the source that they stand for. */
interface OperandEdit {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** What the reader has changed and the source does not hold. */
export interface Edits {
  /** Numbers of literals, by operand: they show in every picture of the operand. */
  readonly operands: ReadonlyMap<string, OperandEdit>;
  /** Pictures changed in numbers that no literal holds, by their kind. */
  readonly loose: ReadonlyMap<Picture['kind'], Picture>;
}

export const NO_EDITS: Edits = { operands: new Map(), loose: new Map() };

export const same = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((x, k) => Object.is(x, b[k]));

/** The numbers that an operand has in the source; none when no picture shows them. */
export function operandValues({ pictures }: Inspection, operand: string): readonly number[] {
  for (const picture of pictures) {
    const values = handleValues(picture, operand);
    if (values.length > 0) return values;
  }
  return [];
}

/** A picture with the changed numbers in it. */
export function applied(edits: Edits, picture: Picture): Picture {
  let out = edits.loose.get(picture.kind) ?? picture;
  for (const [operand, { to }] of edits.operands) out = withOperand(out, operand, to);
  return out;
}

/** One operand set to other numbers, and with it every operand that comes from the same literal. */
export function withValues(edits: Edits, inspection: Inspection, operand: string, to: readonly number[]): Edits {
  const literal = inspection.editable.find(e => e.operand === operand)?.span;
  const operands = new Map(edits.operands);
  for (const e of inspection.editable) {
    const from = operandValues(inspection, e.operand);
    if (e.span.start !== literal?.start || from.length !== to.length) continue;
    // What is as in the source is no edit.
    if (same(from, to)) operands.delete(e.operand);
    else operands.set(e.operand, { from, to });
  }
  return { ...edits, operands };
}

/** The edits that make `next` of the picture `base`, as it is without edits. */
export function withPicture(edits: Edits, inspection: Inspection, base: Picture, next: Picture): Edits {
  const now = applied(edits, base);
  // A drag that has not come to the next number yet changes nothing.
  if (same(movableValues(now), movableValues(next))) return edits;
  const moved = inspection.editable.find(e => !same(handleValues(now, e.operand), handleValues(next, e.operand)));
  return moved
    ? withValues(edits, inspection, moved.operand, handleValues(next, moved.operand))
    : { ...edits, loose: new Map(edits.loose).set(next.kind, next) };
}

/** The changed literals as they are written back, each once. */
export function literalChanges({ operands }: Edits, { editable }: Inspection): LiteralChange[] {
  const changes = new Map<number, LiteralChange>();
  for (const { operand, span, shape, byColumns } of editable) {
    const edit = operands.get(operand);
    // Changes stand as the text has its numbers.
    if (edit) changes.set(span.start, { span, shape, values: byColumns ? columnsFirst(edit.to, shape) : edit.to });
  }
  return [...changes.values()];
}

/**
 * The edits that still apply after the document has changed: those of literals that hold the numbers they were made
 * from, or those that were written for them since. `lost` tells whether a literal holds other numbers.
 */
export function carriedOver(
  { operands }: Edits,
  inspection: Inspection,
  written: ReadonlyMap<string, readonly number[]>,
): { readonly edits: Edits; readonly lost: boolean } {
  const kept = new Map<string, OperandEdit>();
  let lost = false;
  for (const [operand, { from, to }] of operands) {
    const now = operandValues(inspection, operand);
    const wrote = written.get(operand);
    if (same(now, to)) continue;
    if (same(now, from) || (wrote && same(now, wrote))) kept.set(operand, { from: now, to });
    else lost = true;
  }
  return { edits: { operands: kept, loose: NO_EDITS.loose }, lost };
}
