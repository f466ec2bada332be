import katex from 'katex';

const parse = (katex as unknown as { __parse(latex: string, options: katex.KatexOptions): unknown }).__parse;

const seen = new Set<string>();

/** Throws where KaTeX has anything to say against a formula; it is parsed, not set, and the same formula only once. */
export function strictly(latex: string): void {
  if (seen.has(latex)) return;
  parse(latex, { strict: 'error', trust: false, throwOnError: true, displayMode: true });
  seen.add(latex);
}
