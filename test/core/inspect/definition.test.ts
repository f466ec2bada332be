import { describe, expect, it } from 'vitest';
import { readDocument } from '../../../src/core/inspect/document';
import { inspect } from '../../../src/core/inspect/inspect';
import type { Inspection } from '../../../src/core/inspect/inspection';
import { whatIf } from '../../../src/core/inspect/what-if';

const TEXT = `import numpy as np
A = np.array([[2.0, 1], [1, 3]])
b = np.array([3.0, 5])
x = np.linalg.solve(A, b)
r = A @ x - b
w, V = np.linalg.eigh(A)
for k in range(3):
    x = x / 2
B = np.array([
    [1, 2],
${'    # a row that is not there yet\n'.repeat(9)}    [3, 4],
])
print(r, w, V, x, B)
`;
const document = readDocument(TEXT, 'python');

/** What is told of the n-th place where a text stands. */
function at(text: string, n = 0): Inspection {
  const start = Array.from({ length: n }).reduce<number>(from => TEXT.indexOf(text, from + 1), TEXT.indexOf(text));
  const found = inspect(document, { start, end: start });
  if (!found) throw new Error(`nothing is meant at ${text}`);
  return found;
}

describe('the assignment that a name has its value from', () => {
  it('is told where the name is used and where it is assigned', () => {
    const span = { start: TEXT.indexOf('x = np'), end: TEXT.indexOf('\nr = ') };
    const definition = { span, source: 'x = np.linalg.solve(A, b)' };
    expect(at('x - b').definition).toMatchObject(definition);
    expect(at('x = np').definition).toMatchObject(definition);
    expect(at('x - b').definition?.latex).toBe('x = A^{-1} b');
  });

  it('explains the name: its steps are those of what it was made of', () => {
    expect(at('x - b').steps.length).toBeGreaterThan(0);
    expect(at('x - b').steps).toEqual(at('x = np').steps);
    expect(at('A @ x').steps).toEqual([]);
  });

  it('is the whole statement for a name beside others', () => {
    expect(at('V, x').definition).toEqual({
      span: { start: TEXT.indexOf('w, V ='), end: TEXT.indexOf('\nfor') },
      source: 'w, V = np.linalg.eigh(A)',
    });
  });

  it('is cut when it is long', () => {
    const { source = '' } = at('B)').definition ?? {};
    expect(source.split('\n')).toHaveLength(8);
    expect(source).toMatch(/^B = (.|\n)* …$/);
  });

  it('is that of a literal which it gives a name', () => {
    const literal = at('[[2.0');
    expect([literal.name, literal.source, literal.definition?.source]).toEqual([
      'A',
      'np.array([[2.0, 1], [1, 3]])',
      'A = np.array([[2.0, 1], [1, 3]])',
    ]);
    // One of several things in a statement has no name.
    expect(at('A, b').name).toBe('A');
    expect(at('A @ x').definition?.source).toBe('A = np.array([[2.0, 1], [1, 3]])');
  });

  it('is nobody’s where a loop has changed the name, and for what is no name', () => {
    expect(at('x, B').value).toBeDefined();
    expect(at('x, B').definition).toBeUndefined();
    expect(at('@').definition).toBeUndefined();
  });

  it('keeps its place in the document when a literal is changed', () => {
    const start = TEXT.indexOf('[[2.0');
    const literal = { start, end: TEXT.indexOf(']]', start) + 2 };
    const place = TEXT.indexOf('x - b');
    const changed = whatIf(document, { start: place, end: place }, [
      { span: literal, shape: [2, 2], values: [20.25, 1, 1, 3] },
    ]);
    expect(changed?.inspection.value).not.toEqual(at('x - b').value);
    expect(changed?.inspection.definition).toEqual(at('x - b').definition);
  });
});

describe('the names of several results', () => {
  const told = (text: string): readonly (readonly string[] | undefined)[] => {
    const source = `import numpy as np\nA = np.array([[2.0, 1], [1, 3]])\n${text}\n`;
    const start = source.lastIndexOf('np.');
    const found = inspect(readDocument(source, 'python'), { start, end: start });
    return [found?.itemNames, found?.summary];
  };

  it.each([
    ['w, V = np.linalg.eigh(A)', ['w', 'V'], ['w 2', 'V 2×2']],
    ['np.linalg.eigh(A)', ['eigenvalues', 'eigenvectors'], ['eigenvalues 2', 'eigenvectors 2×2']],
    ['_, V = np.linalg.eigh(A)', ['eigenvalues', 'eigenvectors'], ['eigenvalues 2', 'eigenvectors 2×2']],
    ['np.linalg.svd(A)', ['U', 's', 'Vᴴ'], ['U 2×2', 's 2', 'Vᴴ 2×2']],
    ['sign, log = np.linalg.slogdet(A)', ['sign', 'log'], ['sign', 'log']],
    ['np.divmod(np.array([7, 8]), 3)', undefined, ['tuple of 2']],
    ['np.array([1, 2])', undefined, ['2 int64', 'norm 2.236']],
  ])('%s', (text, names, summary) => {
    expect(told(text)).toEqual([names, summary]);
  });
});
