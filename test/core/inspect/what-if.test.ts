import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { inspect, readDocument, type WhatIf, whatIf } from '../../../src/core/index';

const LARGE = { limits: 'large' } as const;

/** What the last `at` would be if the literals that feed it held the values given for them, in their order. */
function tried(text: string, languageId: string, at: string, ...values: readonly (readonly number[])[]): WhatIf {
  const document = readDocument(text, languageId);
  const start = text.lastIndexOf(at);
  const now = inspect(document, languageId, { start, end: start + at.length }, LARGE);
  if (!now) throw new Error(`nothing is meant by “${at}”`);
  const changes = values.map((v, k) => ({ span: now.editable[k].span, shape: now.editable[k].shape, values: v }));
  const found = whatIf(document, now.span, changes, LARGE);
  if (!found) throw new Error('nothing came of it');
  return found;
}

const PYTHON = `import numpy as np
W = np.array([[1, 2], [3, 4]])  # the weights
x = np.array([5, 6])
y = W @ x
np.linalg.norm(y)
x + 1
`;

describe('whatIf', () => {
  test('evaluates an expression anew, with its facts, steps and pictures', () => {
    const { inspection } = tried(PYTHON, 'python', 'W @ x', [1, 2, 3.5, 4]);
    expect(inspection.text).toBe('array([17. , 41.5])');
    expect(inspection.steps.map(s => s.latex).join()).toContain('41.5');
    expect(inspection.pictures[0]).toMatchObject({ kind: 'matrix-vector', matrix: { entries: [1, 2, 3.5, 4] } });
  });

  test('tells which later statements change, and from what to what', () => {
    const { effects } = tried(PYTHON, 'python', 'W', [0, 0, 0, 1]);
    expect(effects.map(({ label, before, after }) => [label, before, after])).toEqual([
      ['y', '[17 39]', '[0 6]'],
      ['np.linalg.norm(y)', '42.5440947723653', '6.0'],
    ]);
  });

  test('gives every place in the document as it is', () => {
    const { inspection, effects } = tried(PYTHON, 'python', 'W @ x', [1000, 2000, 3000, 4000], [0.125, 0.25]);
    const text = (s: { start: number; end: number } | undefined): string => (s ? PYTHON.slice(s.start, s.end) : '');
    expect(text(inspection.span)).toBe('W @ x');
    expect(inspection.editable.map(e => text(e.span))).toEqual(['[[1, 2], [3, 4]]', '[5, 6]']);
    expect(inspection.steps.map(s => text(s.span))).toEqual(['W @ x']);
    expect(inspection.steps[0].operands?.map(text)).toEqual(['W', 'x']);
    expect(effects.map(e => text(e.span))).toEqual(['y = W @ x', 'np.linalg.norm(y)', 'x + 1']);
  });

  test('reads mathematics and MATLAB as they are', () => {
    const tex = '$A = \\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix}$ and $\\det A$';
    const det = tried(tex, 'latex', 'A', [1, 2, 3, 5]);
    expect(det.inspection.summary).toContain('det -1');
    const matlab = tried('A = [1 2; 3 4];\nb = A * [1; 1]\n', 'matlab', 'A', [1, 2, 3, 40]);
    expect(matlab.effects.map(e => e.after)).toEqual(['[3; 43]']);
  });

  test('an error that the new numbers make is told', () => {
    const text = 'import numpy as np\nA = np.array([[1, 2], [3, 4]])\nnp.linalg.inv(A)\n';
    const [effect] = tried(text, 'python', 'A', [1, 2, 2, 4]).effects;
    expect(effect).toMatchObject({ status: 'error', after: expect.stringContaining('Singular matrix') });
  });

  test('with the numbers of the source it is the inspection of the source, all over the samples', async () => {
    for (const [name, languageId] of [
      ['first.py', 'python'],
      ['notes.tex', 'latex'],
      ['example.m', 'matlab'],
      ['linear-algebra.md', 'markdown'],
    ]) {
      const text = await readFile(new URL(`../../../samples/${name}`, import.meta.url), 'utf8');
      const document = readDocument(text, languageId);
      let seen = 0;
      let last = '';
      for (let at = 0; at < text.length; at++) {
        const now = inspect(document, languageId, { start: at, end: at });
        const key = JSON.stringify(now?.span);
        if (!now || key === last) continue;
        last = key;
        seen++;
        const found = whatIf(document, now.span, []);
        expect(found?.inspection, `${name}: ${now.source}`).toEqual(now);
        expect(found?.effects).toEqual([]);
      }
      expect(seen, name).toBeGreaterThan(5);
    }
  });

  test('refuses numbers that do not fit the literal', () => {
    const document = readDocument(PYTHON, 'python');
    const start = PYTHON.indexOf('[[1');
    const change = { span: { start, end: start + 16 }, shape: [2, 2], values: [1, 2, 3] };
    expect(whatIf(document, { start, end: start + 16 }, [change])).toBeUndefined();
  });
});
