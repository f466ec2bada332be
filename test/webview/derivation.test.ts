import { expect, it } from 'vitest';
import { stepsAsLatex, stepsAsMarkdown } from '../../webview/derivation';

const steps = [
  { sentence: 'Row 1 & x_1, 50 %', latex: 'a = b', children: [{ sentence: 'Finer', latex: 'c' }] },
  { sentence: 'Then *this*', latex: '' },
];

it('writes steps as nested LaTeX lists with escaped sentences', () => {
  expect(stepsAsLatex(steps)).toBe(
    [
      '\\begin{enumerate}',
      '  \\item Row 1 \\& x\\_1, 50 \\%',
      '    \\[ a = b \\]',
      '  \\begin{enumerate}',
      '    \\item Finer',
      '      \\[ c \\]',
      '  \\end{enumerate}',
      '  \\item Then *this*',
      '\\end{enumerate}',
    ].join('\n'),
  );
});

it('writes steps as a nested Markdown list with escaped sentences', () => {
  expect(stepsAsMarkdown(steps)).toBe(
    ['1. Row 1 & x\\_1, 50 %', '', '   $$a = b$$', '', '   1. Finer', '', '      $$c$$', '2. Then \\*this\\*'].join(
      '\n',
    ),
  );
});
