import { expect, test } from 'vitest';
import { evaluateSource, inspect } from '../../../src/core/index';

const GIVEN = String.raw`$C = \begin{bmatrix} 1 & 0 \\ 1 & 1 \\ 1 & 2 \end{bmatrix}, \quad \mathbf{y} = \begin{bmatrix} 1 \\ 2 \\ 2 \end{bmatrix}$
$\mathbf{u} = \begin{bmatrix} 3 \\ 4 \end{bmatrix}, \quad \mathbf{v} = \begin{bmatrix} 1 \\ 1 \end{bmatrix}$
`;

/** What the right side of the last formula comes to. */
function right(formula: string): string | undefined {
  const text = `${GIVEN}$${formula}$`;
  const start = text.lastIndexOf('=') + 2;
  const found = inspect(text, 'latex', { start, end: text.length - 1 });
  return found && (found.text ?? found.message);
}

test.each([
  [String.raw`\hat{\mathbf{x}} = (C^T C)^{-1} C^T \mathbf{y}`, '[1.16666666666667, 0.5]'],
  [String.raw`\mathbf{\hat{x}} = C^T \mathbf{y}`, '[5, 6]'],
  [
    String.raw`\operatorname{proj}_{\mathbf{v}} \mathbf{u} = \frac{\mathbf{u} \cdot \mathbf{v}}{\mathbf{v} \cdot \mathbf{v}} \mathbf{v}`,
    '[3.5, 3.5]',
  ],
  [String.raw`p_{\mathrm{end}} = 2 \mathbf{u}`, '[6, 8]'],
  [String.raw`p_\mathbf{v} = 2 \mathbf{v}`, '[2, 2]'],
])('names with styles within: %s', (formula, expected) => {
  expect(right(formula)).toBe(expected);
});

test('one name however its letters are set', () => {
  const said = evaluateSource(`${GIVEN}$p_{\\mathbf{v}} = 3$\n$p_v + 1$`, 'latex').map(e => e.text ?? e.message);
  expect(said.at(-1)).toBe('4');
});

test.each([String.raw`x_\mathbf`, String.raw`x_\mathrm `, String.raw`x_\mathbf{`, 'x_'])(
  'what is still being written, %s',
  formula => {
    expect(evaluateSource(`${GIVEN}$${formula}$`, 'latex').filter(e => e.status === 'ok')).toEqual([]);
  },
);

test('Greek letters are said as they are set', () => {
  const said = evaluateSource(String.raw`$\det(\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix} - \lambda_1 I)$`, 'latex');
  expect(said.at(-1)?.message).toBe('λ_1: not defined above');
});
