import { describe, expect, it } from 'vitest';
import { inspect } from '../../src/core/index';
import { editedPicture, type Inspection, type Picture } from '../../src/core/panel';
import {
  applied,
  carriedOver,
  type Edits,
  literalChanges,
  NO_EDITS,
  withPicture,
  withValues,
} from '../../webview/edits';

const TEXT = 'import numpy as np\nW = np.array([[1, 2], [3, 4]])\nx = np.array([5, 6])\nv = W @ x\nx + x\n';

function inspected(at: string, text = TEXT): Inspection {
  const start = text.lastIndexOf(at);
  const found = inspect(text, 'python', { start, end: start + at.length });
  if (!found) throw new Error(`nothing is meant by “${at}”`);
  return found;
}

const pictureOf = ({ pictures }: Inspection, kind: Picture['kind']): Picture => {
  const found = pictures.find(p => p.kind === kind);
  if (!found) throw new Error(`no ${kind}`);
  return found;
};

/** What is written for edits, as texts of the source and their new numbers. */
const writes = (edits: Edits, now: Inspection) =>
  literalChanges(edits, now).map(({ span, values }) => [TEXT.slice(span.start, span.end), values]);

describe('a handle', () => {
  const now = inspected('W @ x');
  const picture = pictureOf(now, 'matrix-vector');

  it('changes the literal behind what it moves, row by row', () => {
    const edits = withPicture(NO_EDITS, now, picture, editedPicture(picture, 'matrix:0', [1.5, 3]));
    expect(writes(edits, now)).toEqual([['[[1, 2], [3, 4]]', [1.5, 2, 3, 4]]]);
    expect(applied(edits, picture)).toMatchObject({ matrix: { entries: [1.5, 2, 3, 4] } });
  });

  it('leaves the changes of others, and its own end when it is put back', () => {
    const first = withPicture(NO_EDITS, now, picture, editedPicture(picture, 'matrix:0', [1.5, 3]));
    const both = withPicture(first, now, picture, editedPicture(applied(first, picture), 'vector', [0, 1]));
    expect(writes(both, now)).toEqual([
      ['[[1, 2], [3, 4]]', [1.5, 2, 3, 4]],
      ['[5, 6]', [0, 1]],
    ]);
    const back = withPicture(both, now, picture, editedPicture(applied(both, picture), 'matrix:0', [1, 3]));
    expect(writes(back, now)).toEqual([['[5, 6]', [0, 1]]]);
  });

  it('that has not come to other numbers changes nothing', () => {
    const edits = withPicture(NO_EDITS, now, picture, editedPicture(picture, 'matrix:0', [1.5, 3]));
    expect(withPicture(edits, now, picture, editedPicture(applied(edits, picture), 'matrix:0', [1.5, 3]))).toBe(edits);
  });

  it('of a literal that stands in twice moves both, and writes once', () => {
    const twice = inspected('x + x');
    const sum = pictureOf(twice, 'vector-sum');
    const edits = withPicture(NO_EDITS, twice, sum, editedPicture(sum, 'b', [7, 8]));
    expect(applied(edits, sum)).toMatchObject({ a: { components: [7, 8] }, b: { components: [7, 8] } });
    expect(writes(edits, twice)).toEqual([['[5, 6]', [7, 8]]]);
  });

  it('of computed numbers changes the picture and nothing to write', () => {
    const computed = inspected('W @ x', 'import numpy as np\nW = np.eye(2)\nx = np.ones(2)\nW @ x\n');
    const product = pictureOf(computed, 'matrix-vector');
    const next = editedPicture(product, 'vector', [3, 1]);
    const edits = withPicture(NO_EDITS, computed, product, next);
    expect(literalChanges(edits, computed)).toEqual([]);
    expect(applied(edits, product)).toEqual(next);
  });
});

describe('when the document has changed', () => {
  const now = inspected('W @ x');
  const [matrix] = now.editable.map(e => e.operand);
  const edits = withValues(NO_EDITS, now, matrix, [9, 2, 3, 4]);
  const changed = (from: string, to: string) => inspected('W @ x', TEXT.replace(from, to));

  it('changes of a literal that is as it was stay, wherever it has gone', () => {
    const next = changed('W = ', '# a line more\nW = ');
    const { edits: kept, lost } = carriedOver(edits, next, new Map());
    expect(lost).toBe(false);
    expect(literalChanges(kept, next)[0]).toMatchObject({ span: { start: 46 }, values: [9, 2, 3, 4] });
  });

  it('changes that the document holds now are over', () => {
    const { edits: kept, lost } = carriedOver(edits, changed('[[1, 2]', '[[9, 2]'), new Map());
    expect([kept.operands.size, lost]).toEqual([0, false]);
  });

  it('changes made after those that were written stay', () => {
    const written = new Map([[matrix, [8, 2, 3, 4]]]);
    const { edits: kept, lost } = carriedOver(edits, changed('[[1, 2]', '[[8, 2]'), written);
    expect(lost).toBe(false);
    expect(kept.operands.get(matrix)).toEqual({ from: [8, 2, 3, 4], to: [9, 2, 3, 4] });
  });

  it('changes of a literal that someone else has changed are given up', () => {
    const { edits: kept, lost } = carriedOver(edits, changed('[[1, 2]', '[[7, 2]'), new Map());
    expect([kept.operands.size, lost]).toEqual([0, true]);
  });
});
