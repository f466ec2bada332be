/** Languages whose readers count from zero; mathematics, MATLAB, Julia and R count from one. */
const ZERO_BASED: ReadonlySet<string> = new Set([
  'python',
  'jupyter',
  'c',
  'cpp',
  'javascript',
  'typescript',
  'rust',
  'go',
]);

/** The number of the first row and column. */
export const baseOf = (languageId: string | undefined): 0 | 1 =>
  languageId !== undefined && ZERO_BASED.has(languageId) ? 0 : 1;
