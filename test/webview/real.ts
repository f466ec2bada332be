import exampleM from '../../samples/example.m';
import firstPy from '../../samples/first.py';
import pageMd from '../../samples/linear-algebra.md';
import notesTex from '../../samples/notes.tex';
import { inspect, languageForFile, type Span, writeBack } from '../../src/core/index';
import type { FromPanel, ToPanel } from '../../src/protocol/panel';

/** The workspace's sample files, as the panel's page sees them through the real core. */
const FILES: Readonly<Record<string, string>> = {
  'first.py': firstPy,
  'linear-algebra.md': pageMd,
  'example.m': exampleM,
  'notes.tex': notesTex,
};

/** One open document with the expression that the panel is about. */
export interface RealDocument {
  text(): string;
  /** The messages that show the expression. */
  show(): ToPanel[];
  /** What the extension's host answers to a message of the panel. */
  answer(message: FromPanel): ToPanel[];
}

/**
 * Opens a sample file, or `text` under that name, with the expression at the last place where `at` stands.
 * Throws when the file is unknown or `at` stands nowhere in it.
 */
export function openReal(file: string, at: string, text = FILES[file]): RealDocument {
  const start = text?.lastIndexOf(at) ?? -1;
  if (start < 0) throw new Error(`${file} has no “${at}”`);
  const languageId = languageForFile(file.slice(file.lastIndexOf('.'))) ?? 'plaintext';
  let now = text;
  let version = 1;
  let range: Span = { start, end: start + at.length };
  const show = (): ToPanel[] => {
    const inspection = inspect(now, languageId, range, { limits: 'large' });
    if (!inspection) return [{ type: 'empty' }];
    const line = now.slice(0, inspection.span.start).split('\n').length;
    return [
      { type: 'inspection', inspection, subject: { uri: `file:///${file}`, version, label: `${file}:${line}` } },
      {
        type: 'history',
        entries: [
          { id: 1, source: inspection.source, summary: inspection.summary.join(' · '), status: inspection.status },
        ],
      },
    ];
  };
  return {
    text: () => now,
    show,
    answer: message => {
      if (message.type === 'copy') return [{ type: 'copied', what: message.what }];
      if (message.type !== 'write-back') return [];
      const edits = [message, ...(message.also ?? [])].flatMap(({ span, values }) => {
        const found = writeBack(now, span, values, languageId);
        if (!found) throw new Error(`Nothing can be written to ${span.start}–${span.end}`);
        return found;
      });
      for (const edit of [...edits].sort((a, b) => b.span.start - a.span.start)) {
        now = now.slice(0, edit.span.start) + edit.text + now.slice(edit.span.end);
        const shift = edit.text.length - (edit.span.end - edit.span.start);
        range = {
          start: range.start + (edit.span.end <= range.start ? shift : 0),
          end: range.end + (edit.span.end <= range.end ? shift : 0),
        };
      }
      version++;
      return [{ type: 'written', ok: true, message: 'Written back' }, ...show()];
    },
  };
}
