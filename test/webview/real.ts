import exampleM from '../../samples/example.m';
import firstPy from '../../samples/first.py';
import pageMd from '../../samples/linear-algebra.md';
import notesTex from '../../samples/notes.tex';
import {
  answerFor,
  applyEdits,
  type EditedText,
  forPanel,
  type Inspection,
  inspect,
  languageForFile,
  readDocument,
  type Span,
  whatIf,
  writeBack,
} from '../../src/core/index';
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
  /** The messages after someone has put `to` in the place of the first `from`. */
  edit(from: string, to: string): ToPanel[];
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
  const take = (edited: EditedText): void => {
    now = edited.text;
    range = edited.forward(range);
    version++;
  };
  let inspection: Inspection | undefined;
  const show = (again = false, pass?: number): ToPanel[] => {
    inspection = inspect(now, languageId, range, { limits: 'large', pass });
    if (!inspection) return [{ type: 'empty' }];
    const line = now.slice(0, inspection.span.start).split('\n').length;
    return [
      {
        type: 'inspection',
        inspection: forPanel(inspection),
        subject: { uri: `file:///${file}`, version, label: `${file}:${line}` },
        again,
      },
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
    show: () => show(),
    answer: message => {
      if (message.type === 'copy') return [{ type: 'copied', what: message.what }];
      if (message.type === 'pass') return show(true, message.number);
      if (message.type === 'return') return show().map(m => (m.type === 'inspection' ? { ...m, focus: 'top' } : m));
      if (message.type === 'save')
        return [{ type: 'saved', ok: true, message: `Saved ${message.name}.${message.format}` }];
      if (message.type === 'try') {
        const { serial, changes } = message;
        const shown = inspect(now, languageId, range, { limits: 'large' });
        const answer = shown && whatIf(readDocument(now, languageId), shown.span, changes, { limits: 'large' });
        return message.version === version ? [{ type: 'tried', serial, effects: [], ...answer }] : [];
      }
      if (message.type === 'data') {
        const answer = inspection && answerFor(inspection, message.picture, message.question);
        return [{ type: 'data', id: message.id, ...(answer ? { answer } : {}) }];
      }
      if (message.type !== 'write-back') return [];
      if (message.version !== version)
        return [{ type: 'written', ok: false, message: 'The document has changed meanwhile. Nothing was written.' }];
      const edits = message.changes.flatMap(({ span, values }) => {
        const found = writeBack(now, span, values, languageId);
        if (!found) throw new Error(`Nothing can be written to ${span.start}–${span.end}`);
        return found;
      });
      take(applyEdits(now, edits));
      return [{ type: 'written', ok: true, message: 'Written back' }, ...show(true)];
    },
    edit: (from, to) => {
      const at = now.indexOf(from);
      take(applyEdits(now, [{ span: { start: at, end: at + from.length }, text: to }]));
      return show(true);
    },
  };
}
