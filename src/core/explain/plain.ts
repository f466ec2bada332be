import type { Step } from './step';

/** Longer workings are left to the panel. */
const MAX_LENGTH = 90;

const POWERS: Readonly<Record<string, string>> = { '2': '²', '3': '³' };

/**
 * The working on one line of plain text, `1·3 + 2·4 = 11`, `√((1-3)²+(2-4)²) = √8 ≈ 2.83`. Undefined where the last step
 * works on what the steps before it gave, or the formula needs more than a line.
 */
export function plainWorking(steps: readonly Step[]): string | undefined {
  const last = steps.at(-1);
  const before = steps.slice(0, -1).filter(s => !s.outline);
  if (
    !last ||
    last.outline ||
    before.some(s => last.operands?.some(o => o.start === s.span?.start && o.end === s.span.end))
  )
    return undefined;
  const text = plainFormula(last.latex);
  return text !== undefined && text.length <= MAX_LENGTH ? text : undefined;
}

/** A formula as plain text; undefined when it needs more than a line. */
export function plainFormula(latex: string): string | undefined {
  let text = latex
    .replace(/\\cdot(?!s)/g, '·')
    .replaceAll('\\approx', '≈')
    .replaceAll('\\infty', '∞')
    .replace(/\^(?:\{([23])\}|([23])(?!\d))/g, (_, braced: string, bare: string) => POWERS[braced ?? bare])
    .replace(/\\left\||\\right\|/g, '|')
    .replace(/\\d?frac\{(-?[\d.]+)\}\{([\d.]+)\}/g, '$1/$2')
    .replace(/\\d?frac\{([^{}\\]+)\}\{([\d.]+)\}/g, '($1)/$2')
    .replace(/\\begin\{vmatrix\}[^=]*\\end\{vmatrix\} = /g, '');
  // Roots within roots open from the inside.
  for (let before = ''; before !== text; ) {
    before = text;
    text = text.replace(/\\sqrt\{([^{}\\]*)\}/g, (_, inner: string) =>
      /^[\d.]+$/.test(inner) ? `√${inner}` : `√(${inner})`,
    );
  }
  text = text.replace(/ · /g, '·').replace(/\s+/g, ' ').trim();
  return /[\\{}^_&]/.test(text) ? undefined : text;
}
