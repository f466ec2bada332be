import { describe, expect, test } from 'vitest';
import { evaluateSource, inspect, readDocument } from '../../../src/core/index';

const all = (text: string, language = 'latex') =>
  evaluateSource(text, language).map(e => (e.status === 'ok' ? e.text : `${e.status}: ${e.message}`));
/** The value of the last formula in `$…$`. */
const value = (formula: string, before = '') => all(`${before} $${formula}$`).at(-1);

describe('matrices', () => {
  test.each(['bmatrix', 'pmatrix', 'Bmatrix', 'matrix', 'smallmatrix', 'psmallmatrix'])('%s', name => {
    expect(value(`\\begin{${name}} 1 & 2 \\\\ 3 & -4.5 \\end{${name}}`)).toBe('[[1, 2], [3, -4.5]]');
  });

  test('a line break may ask for room', () =>
    expect(value('\\begin{bmatrix} 1 & 2 \\\\[4pt] 3 & 4 \\\\[2 ex] 5 & 6 \\end{bmatrix}')).toEqual(
      value('\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\\\ 5 & 6 \\end{bmatrix}'),
    ));

  test('array with its columns', () =>
    expect(value('\\left[\\begin{array}{c|c} 1 & 2 \\\\ 3 & 4 \\end{array}\\right]')).toBe('[[1, 2], [3, 4]]'));

  test('vmatrix is the determinant, Vmatrix the norm', () => {
    expect(value('\\begin{vmatrix} 1 & 2 \\\\ 3 & 4 \\end{vmatrix}')).toBe('-2');
    expect(value('\\begin{Vmatrix} 3 & 0 \\\\ 0 & 4 \\end{Vmatrix}')).toMatch(/^[45]$/);
  });

  test('a row more or less at the end, and entries that are formulas', () => {
    expect(value('\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\\\ \\end{bmatrix}')).toBe('[[1, 2], [3, 4]]');
    expect(value('\\begin{bmatrix} \\frac{1}{2} & \\sqrt{9} \\\\ 2 \\cdot 3 & -2^2 \\end{bmatrix}')).toBe(
      '[[0.5, 3], [6, -4]]',
    );
  });

  test('columns and lists are vectors', () => {
    expect(value('\\begin{bmatrix} 1 \\\\ 2 \\end{bmatrix}')).toBe('[1, 2]');
    expect(value('[1, 2, 3]')).toBe('[1, 2, 3]');
    expect(value('(1, 2) \\cdot (3, 4)')).toBe('11');
  });
});

describe('operations', () => {
  const before = '$A = \\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix}, \\mathbf{x} = [3, 4], y = 2$';
  test.each([
    ['A\\mathbf{x}', '[11, 25]'],
    ['A \\cdot \\mathbf{x}', '[11, 25]'],
    ['A^T', '[[1, 3], [2, 4]]'],
    ['A^{T}', '[[1, 3], [2, 4]]'],
    ['A^\\top \\mathbf{x}', '[15, 22]'],
    ['A^{\\mathsf{T}}', '[[1, 3], [2, 4]]'],
    ['A^{-1}', '[[-2, 1], [1.5, -0.5]]'],
    ['A^2', '[[7, 10], [15, 22]]'],
    ['\\det A', '-2'],
    ['\\det(A)', '-2'],
    ['\\operatorname{tr} A', '5'],
    ['\\mathrm{rank}(A)', '2'],
    ['|A|', '-2'],
    ['\\|\\mathbf{x}\\|', '5'],
    ['\\lVert \\mathbf{x} \\rVert_1', '7'],
    ['\\left\\| \\mathbf{x} \\right\\|_\\infty', '4'],
    ['\\|A\\|_F', '5.47722557505166'],
    ['\\mathbf{x}^T \\mathbf{x}', '25'],
    ['\\mathbf{x}^T A \\mathbf{x}', '133'],
    ['2\\mathbf{x} - y \\mathbf{x}', '[0, 0]'],
    ['\\frac{1}{2} A', '[[0.5, 1], [1.5, 2]]'],
    ['\\frac12 y', '1'],
    ['-\\mathbf{x}', '[-3, -4]'],
    ['\\sqrt{y + 7}', '3'],
    ['\\sqrt[3]{27}', '3'],
    ['(1, 0, 0) \\times (0, 1, 0)', '[0, 0, 1]'],
    ['A + A^T', '[[2, 5], [5, 8]]'],
    ['\\mathbf{x} \\mathbf{x}^T', '[[9, 12], [12, 16]]'],
    ['y^{3} + 2 \\cdot 3', '14'],
    ['A \\odot A', '[[1, 4], [9, 16]]'],
    ['x_1 \\cdot 1', 'unknown: x: not defined above'],
  ])('%s is %s', (formula, expected) => {
    const got = value(formula, before);
    if (expected.startsWith('unknown')) expect(got).toMatch(/^(unknown|3$)/);
    else expect(got).toBe(expected);
  });

  test('shapes that do not fit say so', () => {
    expect(value('A [1, 2, 3]', before)).toMatch(/^error: .*2×2.*3/);
    expect(value('\\begin{bmatrix} 1 & 2 \\\\ 2 & 4 \\end{bmatrix}^{-1}')).toMatch(/^error: .*singular/);
  });
});

describe('where mathematics stands', () => {
  test('in every kind of bracket of LaTeX', () => {
    expect(all('a $1+1$ b \\(1+2\\) c \\[1+3\\] d $$1+4$$ e \\begin{equation} 1+5 \\end{equation} f')).toEqual([
      '2',
      '3',
      '4',
      '5',
      '6',
    ]);
  });

  test('not in comments, nor behind a backslash', () => {
    expect(all('% $1+1$\ncosts \\$5 and \\$6, $2+2$')).toEqual(['4']);
  });

  test('with blanks inside the dollars of LaTeX', () => expect(all('a $ 1 + 1 $ b $ 2 $3')).toEqual(['2']));

  test('in Markdown: inline, display and fenced, not in code', () => {
    expect(
      all('One $1+1$, two\n\n$$\n1+2\n$$\n\n```math\n1+3\n```\n\n`$9+9$`\n\n```\n$8+8$\n```\n', 'markdown'),
    ).toEqual(['2', '3', '4']);
    expect(all('It costs $5 and $6.', 'markdown')).toEqual([]);
  });

  test('with Python and MATLAB beside it', () => {
    expect(
      all(
        '$1+1$\n\n```python\nimport numpy as np\nnp.array([1, 2]) * 2\n```\n\n```matlab\n[1 2] * [3; 4]\n```\n',
        'markdown',
      ),
    ).toEqual(['2', 'array([2, 4])', 'ans = 11']);
  });

  test('a letter means its last definition above', () => {
    expect(all('$a = 2$ then $a + 1$, now $a = 5$ and $a + 1$')).toEqual(['3', '6']);
    expect(value('W + 1')).toBe('unknown: W: not defined above');
  });
});

describe('a stated equality is checked link by link', () => {
  const check = (formula: string) => {
    const [e] = evaluateSource(
      `$W = \\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix}, x = [3, 4]$\n\n$${formula}$`,
      'latex',
    );
    return { status: e.status, message: e.message, links: e.links?.map(l => l.holds) };
  };

  test('all hold', () => {
    expect(
      check('W x = \\begin{bmatrix} 1 \\cdot 3 + 2 \\cdot 4 \\\\ 3 \\cdot 3 + 4 \\cdot 4 \\end{bmatrix} = [11, 25]'),
    ).toEqual({ status: 'ok', message: 'all 2 equalities hold', links: [true, true] });
  });

  test('one fails, and it is said which', () => {
    const found = check('W x = [11, 25] = [11, 26]');
    expect(found).toMatchObject({ status: 'error', links: [true, false] });
    expect(found.message).toContain('[11, 26]');
  });

  test('one cannot be checked', () => {
    expect(check('W x = [11, 25] = W q')).toMatchObject({ status: 'unknown', links: [true, undefined] });
  });

  test('about equal to the digits that are written', () => {
    expect(check('\\sqrt{8} \\approx 2.83')).toMatchObject({ status: 'ok', links: [true] });
    expect(check('\\sqrt{8} \\approx 2.84')).toMatchObject({ status: 'error', links: [false] });
    expect(check('\\sqrt{8} = 2.83').status).toBe('error');
  });

  test('not equal', () => {
    expect(check('W x \\neq [11, 26]')).toMatchObject({ status: 'ok', links: [true] });
    expect(check('W x \\neq [11, 25]')).toMatchObject({ status: 'error', links: [false] });
  });

  test('the inspection carries the links with their places', () => {
    const text = '$x = [3, 4]$ and $2 x = [6, 8]$';
    const at = text.indexOf('= [6');
    const found = inspect(readDocument(text, 'latex'), 'latex', { start: at, end: at });
    expect(found?.links).toHaveLength(1);
    expect(text.slice(found?.links[0].span.start, found?.links[0].span.end)).toContain('[6, 8]');
  });
});

test('without braces TeX raises one digit', () => {
  expect(value('2^3')).toBe('8');
  expect(value('2^{10}')).toBe('1024');
  expect(value('x + x', '$x = 2^10$')).toBe('unknown: without braces only the first digit is raised; write ^{10}');
});

describe('an inverse is exact where its matrix is', () => {
  const data = (text: string): unknown => {
    const value = evaluateSource(`$${text}$`, 'latex').at(-1)?.value;
    return value?.kind === 'array' ? Array.from(value.array.data as Float64Array, Number) : undefined;
  };
  test('whole numbers and short decimals', () => {
    expect(data('\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix}^{-1}')).toEqual([-2, 1, 1.5, -0.5]);
    expect(data('\\begin{bmatrix} 0.1 & 0.2 \\\\ 0.3 & 0.7 \\end{bmatrix}^{-1}')).toEqual([70, -20, -30, 10]);
    expect(data('\\begin{bmatrix} 3 & 0 \\\\ 0 & 7 \\end{bmatrix}^{-1}')).toEqual([1 / 3, 0, 0, 1 / 7]);
  });

  test('a matrix that is all but singular has one, a singular one has none', () => {
    expect(data('\\begin{bmatrix} 1000001 & 1000000 \\\\ 1000000 & 999999 \\end{bmatrix}^{-1}')).toEqual([
      -999999, 1000000, 1000000, -1000001,
    ]);
    expect(value('\\begin{bmatrix} 0.1 & 0.2 \\\\ 0.3 & 0.6 \\end{bmatrix}^{-1}')).toMatch(/^error: .*singular/);
  });
});
