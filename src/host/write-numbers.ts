import * as vscode from 'vscode';
import type { ChangedLiterals } from '../protocol/panel';
import { loadCore } from './core-loader';
import type { Shown } from './shown';

/** Whether changes are for what is shown, in its version, and for literals that feed it. */
export const isChangeable = ({ subject, inspection }: Shown, { uri, version, changes }: ChangedLiterals): boolean =>
  subject.uri === uri &&
  subject.version === version &&
  changes.every(c => inspection.editable.some(e => e.span.start === c.span.start && e.span.end === c.span.end));

/** Puts changed numbers into the document as one undoable edit, unless the document has changed since it was read. */
export async function writeNumbers(
  shown: Shown | undefined,
  changed: ChangedLiterals,
): Promise<{ readonly ok: boolean; readonly text: string }> {
  const refused = (why: string) => ({ ok: false, text: `${why} Nothing was written.` });
  if (!shown) return refused('Nothing is shown.');
  const { source, subject, inspection } = shown;
  if (subject.uri !== changed.uri || subject.version !== changed.version || !source.isCurrent())
    return refused('The document has changed meanwhile.');
  if (!isChangeable(shown, changed)) return refused('These numbers do not come from a literal.');
  const { writeBack } = await loadCore();
  const edit = new vscode.WorkspaceEdit();
  for (const { span, values } of changed.changes) {
    const edits = writeBack(source.core.text, span, values, inspection.languageId);
    if (!edits) return refused('The literal does not hold these numbers one by one.');
    for (const e of edits) {
      const place = source.locate(e.span);
      if (place) edit.replace(place.document.uri, place.range, e.text);
    }
  }
  const ok = await vscode.workspace.applyEdit(edit);
  return ok ? { ok, text: 'Written to the document.' } : refused('The editor refused the edit.');
}
