import { describe, expect, test } from 'vitest';
import { inspect, locate, readDocument } from '../../../src/core/index';

/** What is meant at the mark `|` in a text. */
function at(marked: string, language = 'python'): string | undefined {
  const offset = marked.indexOf('|');
  return locate(marked.replace('|', ''), language, offset)?.source;
}

/** What the selection between two marks means. */
function selected(marked: string, language = 'python'): string | undefined {
  const start = marked.indexOf('|');
  const end = marked.indexOf('|', start + 1) - 1;
  return inspect(marked.replaceAll('|', ''), language, { start, end })?.source;
}

test('bars around a matrix are its determinant', () => {
  const text = '$\\begin{vmatrix} 1 & 2 \\\\ 3 & 4 \\end{vmatrix}$';
  expect(inspect(text, 'latex', { start: 4, end: 4 })?.value).toMatchObject({ kind: 'scalar', value: -2 });
});

test('a text that stands alone is a sentence, also as a statement', () => {
  const text = '"About this file."\nx = 1\n';
  expect(inspect(text, 'python', { start: 4, end: 4 }, { orStatement: true })).toBeUndefined();
});

describe('at a place', () => {
  test.each([
    ['W @| x', 'W @ x'],
    ['W| @ x', 'W'],
    ['W @ x|', 'x'],
    ['a + b *| c', 'b * c'],
    ['a +| b * c', 'a + b * c'],
    ['a @ b @| c', 'a @ b @ c'],
    ['a @| b @ c', 'a @ b'],
    ['np.lin|alg.norm(a - b)', 'np.linalg.norm(a - b)'],
    ['np.linalg.no|rm(a - b)', 'np.linalg.norm(a - b)'],
    ['np.linalg.norm(a -| b)', 'a - b'],
    ['np.array([[1, |2], [3, 4]])', 'np.array([[1, 2], [3, 4]])'],
    ['f([[1, |2], [3, 4]])', '[[1, 2], [3, 4]]'],
    ['x = [[1, |2], [3, 4]]', '[[1, 2], [3, 4]]'],
    ['x| = [1, 2]', 'x'],
    ['A.T|', 'A.T'],
    ['|-A', '-A'],
  ])('%s', (marked, expected) => expect(at(marked)).toBe(expected));

  test.each(['# W @| x', '"W @| x"', "'''\nW @| x\n'''", 'import num|py', 'f(1|2)', '   |   ', 'def f|(x): pass'])(
    'nothing: %s',
    marked => {
      const offset = marked.indexOf('|');
      const text = marked.replace('|', '');
      expect(inspect(text, 'python', { start: offset, end: offset })).toBeUndefined();
    },
  );

  test('MATLAB and LaTeX', () => {
    expect(at('A *| [1; 2]', 'matlab')).toBe('A * [1; 2]');
    expect(at('[1 |2; 3 4]', 'matlab')).toBe('[1 2; 3 4]');
    expect(at('$W| \\mathbf{x}$', 'latex')).toBe('W');
    expect(at('$\\begin{bmatrix} 1 & |2 \\end{bmatrix}$', 'latex')).toBe('\\begin{bmatrix} 1 & 2 \\end{bmatrix}');
    expect(at('word|s $W$', 'latex')).toBeUndefined();
  });
});

describe('a selection', () => {
  test.each([
    ['x = |a + b|', 'a + b'],
    ['|x = a + b|', 'x'],
    ['f(|a + b| * c)', 'a + b * c'],
    ['|[1, 2]|', '[1, 2]'],
    ['  | [1, 2] | ', '[1, 2]'],
    ['y = (|[1, 2]|)', '[1, 2]'],
    ['y = (|a + b|) * c', 'a + b'],
    ['y = |(a + b)| * c', '(a + b)'],
    ['y = |(a + b) * c|', '(a + b) * c'],
    ['print(|(a + b)|)', '(a + b)'],
    ['f|(a)|', 'a'],
  ])('%s', (marked, expected) => expect(selected(`a = b = c = 1\n${marked}`)).toBe(expected));
});

test('a command takes the statement around the cursor', () => {
  const text = 'x = [1, 2]';
  const place = { start: 2, end: 2 };
  expect(inspect(text, 'python', place)).toBeUndefined();
  expect(inspect(text, 'python', place, { orStatement: true })?.source).toBe('x');
});

test('places are told apart by version of the text, and cost little when asked again', () => {
  const document = readDocument('A = [[1, 2], [3, 4]]\nA', 'python');
  const first = inspect(document, 'python', { start: 0, end: 0 });
  expect(inspect(document, 'python', { start: 0, end: 0 })).toEqual(first);
});
