import { describe, expect, test } from 'vitest';
import {
  applyEdits,
  evaluateSource,
  type Inspection,
  inspect,
  readDocument,
  whatIf,
  writeBack,
} from '../../../src/core/index';
import { columnsFirst } from '../../../src/core/panel';

const WORDS = 'A <- matrix(c(2, 1, 1, 3), nrow = 2)\nB <- matrix(c(1, 2, 3, 4), nrow = 2)\nx <- c(3, 4)\n';

function inspected(line: string): Inspection {
  const document = readDocument(WORDS + line, 'r');
  const [e] = evaluateSource(document, 'r', { assignments: true }).slice(-1);
  const found = inspect(document, 'r', e.span, { orStatement: true });
  expect(found?.status, found?.message).toBe('ok');
  return found as Inspection;
}

describe('the inspector on R', () => {
  test.each([
    ['A %*% x', 'matrix times vector'],
    ['t(B)', 'transpose'],
    ['det(A)', 'determinant'],
    ['solve(A, x)', 'system'],
    ['solve(A)', 'inverse'],
    ['eigen(A)', 'eigenvalues'],
    ['crossprod(B)', 'product'],
    ['outer(x, x)', 'outer product'],
    ['sum(x)', 'sum'],
    ['A + B', 'sum of matrices'],
  ])('%s has steps: %s', line => {
    expect(inspected(line).steps.length).toBeGreaterThan(0);
  });

  test('steps end with the value that R prints', () => {
    expect(inspected('A %*% x').steps.at(-1)?.latex).toContain('\\begin{bmatrix} 10 \\\\ 15 \\end{bmatrix}');
    expect(inspected('det(A)').steps.at(-1)?.latex).toMatch(/5$/);
    expect(inspected('B').text).toBe('     [,1] [,2]\n[1,]    1    3\n[2,]    2    4');
  });

  test('pictures, facts and formulas', () => {
    const map = inspected('A %*% x');
    expect(map.pictures.map(p => p.kind)).toContain('matrix-vector');
    expect(map.sourceLatex).toBe('A \\, x');
    const found = inspected('B');
    expect(found.summary.join(' ')).toContain('2×2 double');
    expect(found.facts.map(f => f.label)).toContain('determinant');
    expect(inspected('eigen(A)').pictures.length).toBeGreaterThan(0);
  });
});

describe('numbers are written back', () => {
  const changed = (text: string, line: number, to: readonly number[]): string | undefined => {
    const document = readDocument(text, 'r');
    const statement = document.program.statements[line];
    const found = inspect(document, 'r', statement.span, { orStatement: true });
    const [editable] = found?.editable ?? [];
    if (!editable) return undefined;
    const values = editable.byColumns ? columnsFirst(to, editable.shape) : to;
    const edits = writeBack(text, editable.span, values, 'r');
    return edits && applyEdits(text, edits).text;
  };

  test('a matrix has its numbers column by column', () => {
    const source = 'M <- matrix(c(1, 2, 3, 4), nrow = 2)\n';
    // Entry (1, 2) becomes 9: the third number of the text.
    expect(changed(source, 0, [1, 9, 2, 4])).toBe('M <- matrix(c(1, 2, 9, 4), nrow = 2)\n');
  });

  test('or row by row where it says so', () => {
    const source = 'M <- matrix(c(1, 2, 3, 4), nrow = 2, byrow = TRUE)\n';
    expect(changed(source, 0, [1, 9, 3, 4])).toBe('M <- matrix(c(1, 9, 3, 4), nrow = 2, byrow = TRUE)\n');
  });

  test('a vector as it stands', () => {
    expect(changed('v <- c(1.5, -2)\n', 0, [1.5, 3])).toBe('v <- c(1.5, 3)\n');
  });

  test('what the text does not hold is not written', () => {
    expect(changed('M <- matrix(c(1, 2), 2, 2)\n', 0, [1, 2, 3, 4])).toBeUndefined();
    expect(changed('f <- TRUE\nM <- matrix(c(1, 2, 3, 4), 2, byrow = f)\n', 1, [1, 2, 3, 4])).toBeUndefined();
  });

  test('a changed number changes what follows from it', () => {
    const text = 'M <- matrix(c(1, 2, 3, 4), nrow = 2)\nM %*% c(1, 1)\n';
    const document = readDocument(text, 'r');
    const span = { start: text.indexOf('c('), end: text.indexOf('), ') + 1 };
    const found = whatIf(document, { start: text.indexOf('M %'), end: text.length - 1 }, [
      { span, shape: [2, 2], values: [1, 2, 9, 4] },
    ]);
    expect(found?.inspection.text).toBe('     [,1]\n[1,]   10\n[2,]    6');
  });
});

describe('inside of functions and loops', () => {
  const at = (text: string, words: string, from = 0): Inspection => {
    const start = text.indexOf(words, from);
    const found = inspect(readDocument(text, 'r'), 'r', { start, end: start + words.length });
    expect(found?.status, found?.message).toBe('ok');
    return found as Inspection;
  };

  test('a loop tells its last pass', () => {
    const text =
      'v <- c(1, 0)\nP <- matrix(c(0.5, 0.5, 0.25, 0.75), 2, byrow = TRUE)\nfor (k in 1:3) {\n  v <- v %*% P\n}\n';
    const found = at(text, 'v %*% P');
    expect(found.text).toBe('        [,1]    [,2]\n[1,] 0.34375 0.65625');
    expect(found.pass).toMatchObject({ number: 3, count: 3 });
  });

  test('a function tells what its calls come to', () => {
    const text = 'norm2 <- function(v) {\n  s <- sum(v^2)\n  sqrt(s)\n}\nnorm2(c(3, 4))\n';
    expect(at(text, 'sum(v^2)').text).toBe('[1] 25');
    expect(at(text, 's', text.indexOf('s)')).text).toBe('[1] 25');
  });
});
