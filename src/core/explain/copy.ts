import { escaped } from '../format/latex';
import type { Step } from './step';

export type StepsFormat = 'latex' | 'markdown';

/** Deeper steps stay on this level: LaTeX sets lists four levels deep. */
const MAX_LEVEL = 4;

/**
 * Worked steps as text to paste, outer steps first and their finer steps below. LaTeX needs amsmath and inputenc of its
 * day, nothing else; Markdown has `$$` around each formula. Alternatives are left out: a surface gives the way that was
 * chosen in the step's place. Empty for no steps.
 */
export function stepsText(steps: readonly Step[], format: StepsFormat): string {
  if (steps.length === 0) return '';
  return format === 'latex' ? latexList(steps, 1) : `${markdownList(steps, 0)}\n`;
}

function latexList(steps: readonly Step[], level: number): string {
  const indent = '  '.repeat(level);
  const items = steps.map(({ sentence, latex, children = [] }) => {
    const finer =
      children.length === 0 ? '' : level < MAX_LEVEL ? latexList(children, level + 1) : flat(children, indent);
    return `${indent}\\item ${sentenceLatex(sentence)}\n${indent}\\[ ${latex} \\]\n${finer}`;
  });
  const outer = '  '.repeat(level - 1);
  return `${outer}\\begin{enumerate}\n${items.join('')}${outer}\\end{enumerate}\n`;
}

const flat = (steps: readonly Step[], indent: string): string =>
  steps
    .map(s => `${indent}${sentenceLatex(s.sentence)}\n${indent}\\[ ${s.latex} \\]\n${flat(s.children ?? [], indent)}`)
    .join('');

function markdownList(steps: readonly Step[], level: number): string {
  const indent = '   '.repeat(level);
  return steps
    .map(({ sentence, latex, children = [] }, k) => {
      const finer = children.length === 0 ? '' : `\n\n${markdownList(children, level + 1)}`;
      // A formula on its own lines belongs to its item by its indent, which is that of the number.
      const inner = `${indent}${' '.repeat(`${k + 1}. `.length)}`;
      return `${indent}${k + 1}. ${sentence.replace(/[\\*_`$<>[\]|]/g, '\\$&')}\n\n${inner}$$\n${inner}${latex}\n${inner}$$${finer}`;
    })
    .join('\n\n');
}

const SIGNS: Readonly<Record<string, string>> = {
  '×': '$\\times$',
  λ: '$\\lambda$',
  σ: '$\\sigma$',
  '−': '$-$',
  ᵀ: '$^T$',
  '⁻¹': '$^{-1}$',
  ᵏ: '$^k$',
  '∞': '$\\infty$',
  '→': '$\\to$',
  '√': '$\\surd$',
  '·': '$\\cdot$',
  '≈': '$\\approx$',
  '²': '$^2$',
  '‖': '$\\|$',
  '–': '--',
  '’': "'",
};

/** A sentence as LaTeX text: its signs as formulas, the rest escaped. */
const sentenceLatex = (sentence: string): string =>
  sentence
    .split(/(⁻¹|[×λσ−ᵀᵏ∞→√·≈²‖–’])/)
    .map(part => SIGNS[part] ?? escaped(part))
    .join('');
