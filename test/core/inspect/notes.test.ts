import { describe, expect, it } from 'vitest';
import { readDocument } from '../../../src/core/inspect/document';
import { inspect } from '../../../src/core/inspect/inspect';
import { evaluateStatements } from '../../../src/core/inspect/statements';

const HEAD = `import numpy as np
x = np.array([1.0, 2, 3])
y = np.ones((3, 1))
c = x[:, None]
k = x.reshape(-1, 1)
H = 1 / (np.arange(12)[:, None] + np.arange(12) + 1)
R = H.astype(np.float32)
A = np.array([[2.0, 1], [1, 3]])
`;

/** The notes on a last line of Python, with what they are about. */
function notes(line: string, languageId = 'python', head = HEAD): readonly (readonly [string, string])[] {
  const text = `${head}${line}\n`;
  const last = evaluateStatements(readDocument(text, languageId), {
    limits: 'small',
    assignments: true,
    notes: true,
  }).at(-1);
  return (last?.notes ?? []).map(n => [text.slice(n.span.start, n.span.end), n.text.split(/:| {2}/)[0]]);
}

const CROSSED = 'Shapes (3, 1) and (3,) make (3, 3)';
const TURNED = 'Shapes (3,) and (3, 1) make (3, 3)';
const FLAT = 'An array of one dimension is its own transpose';

describe('what runs and is rarely meant', () => {
  it.each([
    ['y - x', [['y - x', CROSSED]]],
    ['loss = np.mean((x - y) ** 2)', [['(x - y)', TURNED]]],
    ['np.subtract(y, x)', [['np.subtract(y, x)', CROSSED]]],
    ['x == y', [['x == y', TURNED]]],
    // A new axis that someone wrote is meant.
    ['c - x', []],
    ['x[:, np.newaxis] * x', []],
    ['k + x', []],
    ['y - y', []],
    ['y - x[0]', []],
    ['np.ones((1, 1)) - np.ones(1)', []],
  ])('%s', (line, expected) => {
    expect(notes(line)).toEqual(expected);
  });

  it.each([
    ['x.T', [['x.T', FLAT]]],
    ['x @ x.T', [['x.T', FLAT]]],
    ['z = np.transpose(x) + 1', [['np.transpose(x)', FLAT]]],
    // An inner product looks like this.
    ['x.T @ x', []],
    ['np.dot(x.T, x)', []],
    ['A.T', []],
  ])('%s', (line, expected) => {
    expect(notes(line)).toEqual(expected);
  });

  it.each([
    ['np.linalg.inv(H)', ['np.linalg.inv(H)']],
    ['b = np.linalg.solve(H, np.ones(12)) + 1', ['np.linalg.solve(H, np.ones(12))']],
    ['np.linalg.inv(R[:6, :6])', ['np.linalg.inv(R[:6, :6])']],
    ['np.linalg.inv(H[:6, :6])', []],
    ['np.linalg.inv(A)', []],
  ])('%s', (line, places) => {
    const found = notes(line);
    expect(found.map(([place]) => place)).toEqual(places);
    for (const [, text] of found) expect(text).toMatch(/^The condition number is \d/);
  });

  it('are told for MATLAB where they are the same there', () => {
    const head = 'H = [1 1; 1 1.000000000000001];\nx = [1; 2; 3];\n';
    expect(notes('inv(H)', 'matlab', head).map(([place]) => place)).toEqual(['inv(H)']);
    expect(notes("x' - x", 'matlab', head)).toEqual([]);
  });

  it('are part of what is inspected, those inside it too, and of nothing else', () => {
    const text = `${HEAD}e = np.mean((x - y) ** 2)\n`;
    const document = readDocument(text, 'python');
    const at = (part: string) => {
      const start = text.lastIndexOf(part);
      return inspect(document, { start, end: start + part.length })?.notes.map(n =>
        text.slice(n.span.start, n.span.end),
      );
    };
    expect(at('np.mean((x - y) ** 2)')).toEqual(['(x - y)']);
    expect(at('x - y')).toEqual(['x - y']);
    expect(at('y')).toEqual([]);
  });
});
