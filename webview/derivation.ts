import type { Step } from '../src/core/panel';

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};

/** Plain text as LaTeX source. */
export const escapeLatex = (text: string): string => text.replace(/[\\~^]|[#$%&_{}]/g, c => ESCAPES[c] ?? `\\${c}`);

/** Plain text as Markdown source. */
export const escapeMarkdown = (text: string): string => text.replace(/[\\`*_[\]<>$]/g, c => `\\${c}`);

/** The steps as a LaTeX list, finer steps as lists within it. */
export function stepsAsLatex(steps: readonly Step[], indent = ''): string {
  const items = steps.map(step => {
    const below = step.children?.length ? `\n${stepsAsLatex(step.children, `${indent}  `)}` : '';
    const formula = step.latex ? `\n${indent}    \\[ ${step.latex} \\]` : '';
    return `${indent}  \\item ${escapeLatex(step.sentence)}${formula}${below}`;
  });
  return `${indent}\\begin{enumerate}\n${items.join('\n')}\n${indent}\\end{enumerate}`;
}

/** The steps as a numbered Markdown list with `$$` formulas, finer steps as lists within it. */
export function stepsAsMarkdown(steps: readonly Step[], indent = ''): string {
  return steps
    .map((step, k) => {
      const number = `${k + 1}. `;
      const inner = `${indent}${' '.repeat(number.length)}`;
      const formula = step.latex ? `\n\n${inner}$$${step.latex}$$` : '';
      const below = step.children?.length ? `\n\n${stepsAsMarkdown(step.children, inner)}` : '';
      return `${indent}${number}${escapeMarkdown(step.sentence)}${formula}${below}`;
    })
    .join('\n');
}
