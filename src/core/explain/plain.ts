import type { Step } from './step';

/** Longer workings are left to the panel. */
const MAX_LENGTH = 90;

const POWERS: Readonly<Record<string, string>> = { '2': '²', '3': '³' };

/**
 * The working of a single step on one line of plain text, `1·3 + 2·4 = 11`, `√((1-3)²+(2-4)²) = √8 ≈ 2.83`. Undefined
 * when there is more than one step, or the formula needs more than a line.
 */
export function plainWorking(steps: readonly Step[]): string | undefined {
  if (steps.length !== 1) return undefined;
  let text = steps[0].latex
    .replace(/\\cdot(?!s)/g, '·')
    .replaceAll('\\approx', '≈')
    .replaceAll('\\infty', '∞')
    .replace(/\^(?:\{([23])\}|([23])(?!\d))/g, (_, braced: string, bare: string) => POWERS[braced ?? bare])
    .replace(/\\frac\{(-?[\d.]+)\}\{([\d.]+)\}/g, '$1/$2')
    .replace(/\\begin\{vmatrix\}[^=]*\\end\{vmatrix\} = /g, '');
  // Roots within roots open from the inside.
  for (let before = ''; before !== text; ) {
    before = text;
    text = text.replace(/\\sqrt\{([^{}\\]*)\}/g, (_, inner: string) =>
      /^[\d.]+$/.test(inner) ? `√${inner}` : `√(${inner})`,
    );
  }
  text = text.replace(/ · /g, '·').replace(/\s+/g, ' ').trim();
  return /[\\{}^_&]/.test(text) || text.length > MAX_LENGTH ? undefined : text;
}
