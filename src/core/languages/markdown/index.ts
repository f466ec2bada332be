import type { Statement } from '../../expression/program';
import type { Span } from '../../text/span';
import type { Language } from '../language';
import { formulaStatements, nothingDefined, printLatex } from '../latex/index';
import { mathRegions } from '../latex/regions';
import { parseMatlab } from '../matlab/index';
import { parsePython } from '../python/index';
import { parseR } from '../r/index';

/** What the fences' words mean. */
const FENCES: Readonly<Record<string, 'python' | 'matlab' | 'r' | 'math'>> = {
  python: 'python',
  py: 'python',
  python3: 'python',
  numpy: 'python',
  pycon: 'python',
  matlab: 'matlab',
  octave: 'matlab',
  m: 'matlab',
  r: 'r',
  math: 'math',
  latex: 'math',
  tex: 'math',
};

interface Block {
  readonly kind: 'prose' | 'python' | 'matlab' | 'r' | 'math' | 'skipped';
  readonly span: Span;
}

/** Parts a Markdown text into prose and fenced blocks. */
function blocksOf(text: string): Block[] {
  const out: Block[] = [];
  const fence = /^[ \t>]*(`{3,}|~{3,})[ \t]*\{?\.?([\w+-]*)[^\n`]*$/gm;
  let prose = 0;
  for (let open = fence.exec(text); open; open = fence.exec(text)) {
    const start = Math.min(open.index + open[0].length + 1, text.length);
    const close = new RegExp(`^[ \\t>]*${open[1][0] === '`' ? '`' : '~'}{${open[1].length},}[ \\t]*$`, 'gm');
    close.lastIndex = start;
    const closing = close.exec(text);
    const end = closing?.index ?? text.length;
    out.push(
      { kind: 'prose', span: { start: prose, end: open.index } },
      { kind: FENCES[open[2].toLowerCase()] ?? 'skipped', span: { start, end } },
    );
    prose = closing ? closing.index + closing[0].length : text.length;
    fence.lastIndex = prose;
  }
  out.push({ kind: 'prose', span: { start: prose, end: text.length } });
  return out;
}

/** Mathematics in prose, and fenced Python, MATLAB, R and mathematics, in the order of the document. */
export function parseMarkdown(text: string): Statement[] {
  const defined = nothingDefined();
  return blocksOf(text).flatMap(({ kind, span }): Statement[] => {
    switch (kind) {
      case 'prose':
        return formulaStatements(text, mathRegions(text, span, true), defined);
      case 'math':
        return formulaStatements(text, [span], defined);
      case 'python':
        return parsePython(text, [span]);
      case 'matlab':
        return parseMatlab(text, [span]);
      case 'r':
        return parseR(text, [span]);
      case 'skipped':
        return [];
    }
  });
}

export const markdown: Language = {
  ids: ['markdown', 'rmd', 'quarto'],
  extensions: ['.md', '.markdown', '.rmd', '.qmd'],
  parse: text => ({ statements: parseMarkdown(text) }),
  print: printLatex,
};
