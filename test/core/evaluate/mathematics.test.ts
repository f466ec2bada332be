import { describe, expect, test } from 'vitest';
import { evaluateSource } from '../../../src/core/index';

const GIVEN = String.raw`$A = \begin{bmatrix} 4 & 1 \\ 2 & 3 \end{bmatrix}$, $\lambda = 5$, $v = [1, 2, 3]$, $w = [4, 5, 6]$, $n = 3$, $B = \begin{bmatrix} 1 & 2 & 3 \\ 4 & 5 & 6 \end{bmatrix}$`;

/** What is said of one formula below the definitions. */
function said(formula: string): string {
  const answers = evaluateSource(`${GIVEN}\n\n$${formula}$`, 'latex');
  const last = answers.filter(a => a.line === 2).at(-1);
  if (!last) return 'nothing';
  return last.status === 'ok' ? (last.message ?? last.text ?? '') : `${last.status}: ${last.message}`;
}

describe('an identity matrix without a size', () => {
  test.each([
    [String.raw`A - \lambda I`, '[[-1, 1], [2, -2]]'],
    [String.raw`\lambda I - A`, '[[1, -1], [-2, 2]]'],
    [String.raw`\det(A - \lambda I) = 0`, 'the equality holds'],
    ['(A - 2I)(A - 5I) = 0 A', 'the equality holds'],
    ['A^{-1} A = I', 'the equality holds'],
    ['A^{-1} A = -I', 'error: the equality does not hold: [[1, -5.55111512312578e-17], [0, 1]] ≠ [[-1, 0], [0, -1]]'],
    [String.raw`\frac{1}{2} I + A`, '[[4.5, 1], [2, 3.5]]'],
    ['A I = A', 'the equality holds'],
    ['I_2 + A', '[[5, 1], [2, 4]]'],
    ['I^T + A', '[[5, 1], [2, 4]]'],
    ['3 + I', 'unknown: I: an identity matrix whose size the formula does not tell'],
    [String.raw`\|2I\|`, 'unknown: I: an identity matrix whose size the formula does not tell'],
    ['I + v', 'error: an identity matrix and a 3-vector do not go together'],
    ['I + B', 'error: an identity matrix and a 2×3 matrix do not go together'],
  ])('%s', (formula, expected) => expect(said(formula)).toBe(expected));
});

describe('sums and entries', () => {
  test.each([
    [String.raw`\sum_{i=1}^{3} i^2`, '14'],
    [String.raw`\sum_{i=1}^n v_i w_i = v \cdot w`, 'the equality holds'],
    [String.raw`\sum_{i=1}^{2} \sum_{j=1}^{3} b_{ij}`, '21'],
    [String.raw`\prod_{k=1}^{4} k = 4!`, 'the equality holds'],
    [String.raw`\sum_{i=1}^{0} i`, '0'],
    [String.raw`\sum_{i=1}^{\infty} i`, 'unknown: a sum without an end is not evaluated'],
    [String.raw`\sum_{i=1}^{4} v_i`, 'unknown: a 3-vector has no such entry'],
    [String.raw`\sum_{i=1}^{m} v_i`, 'unknown: m: not defined above'],
    ['A_{12} + A_{2,1}', '3'],
    [String.raw`a_{11} + a_{22} = \operatorname{tr}(A)`, 'the equality holds'],
    ['v_2 + 0', '2'],
    [String.raw`\binom{5}{2}`, '10'],
    ['25!', '15511210043330985984000000'],
  ])('%s', (formula, expected) => expect(said(formula)).toBe(expected));
});

describe('products and norms side by side', () => {
  test.each([
    [String.raw`\langle v, w \rangle`, '32'],
    [String.raw`\frac{v \cdot w}{\|v\|\|w\|} \approx 0.97`, 'the equality holds'],
    [String.raw`\|v\|_1 \|w\|_\infty`, '36'],
    ['2|{-3}|', '6'],
    [String.raw`||v||_2 ||w||_1 \approx 56.12`, 'the equality holds'],
    [String.raw`[1, 2] \otimes [3, 4]`, '[3, 4, 6, 8]'],
    [String.raw`\cos(\pi / 2) = 0`, 'the equality holds'],
    ['10^{-9} = 0', 'error: the equality does not hold: 1e-9 ≠ 0'],
  ])('%s', (formula, expected) => expect(said(formula)).toBe(expected));
});

describe('what is written in more than one way', () => {
  test.each([
    [String.raw`10\,000 + 1`, '10001'],
    [String.raw`\begin{bmatrix} 10{,}000 & 1 \end{bmatrix}`, '[[10000, 1]]'],
    [
      String.raw`v \cdot v = [1\; 2\; 3]`,
      'unknown: the equality cannot be checked: numbers side by side have no single meaning',
    ],
    [
      String.raw`v \cdot v = \begin{bmatrix} 1 \\ \vdots \\ 2 \end{bmatrix}`,
      String.raw`unknown: the equality cannot be checked: \vdots stands for entries that are not written`,
    ],
  ])('%s', (formula, expected) => expect(said(formula)).toBe(expected));

  test('a bracket begins at its \\left', () => {
    const [answer] = evaluateSource(String.raw`$\left[\begin{array}{cc} 1 & 2 \end{array}\right]$`, 'latex');
    expect(answer.source).toBe(String.raw`\left[\begin{array}{cc} 1 & 2 \end{array}\right]`);
  });
});

describe('functions of one argument, logarithms and rounding', () => {
  test.each([
    [String.raw`\log_2 8`, '3'],
    [String.raw`\log_{10}(1000) + \log_3 9`, '5'],
    [String.raw`\lfloor 2.5 \rfloor + \lceil 2.5 \rceil`, '5'],
    [String.raw`\log_2(-1)`, 'unknown: this logarithm is not evaluated'],
    ['I_2', '[[1, 0], [0, 1]]'],
    ['A_{1,2}', '1'],
  ])('%s', (formula, expected) => expect(said(formula)).toBe(expected));

  test('f(3) is a call behind f(x) = … and a product elsewhere', () => {
    const texts = (source: string) => evaluateSource(source, 'latex').map(a => a.text ?? a.message);
    expect(texts('$f(x) = x^2$ gives $f(3)$ and $f(f(2)) + 1$')).toEqual(['9', '17']);
    expect(texts('$f = 2$, $f(3)$')).toEqual(['6']);
  });

  test.each([String.raw`\mathbb{R}^{p}`, String.raw`p \times q`, String.raw`\mathbb{R}^{2 \times 2}`, 'x_1'])(
    '%s is a word of a sentence',
    words => expect(said(words)).toBe('nothing'),
  );
});
