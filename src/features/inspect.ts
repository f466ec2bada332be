import * as vscode from 'vscode';
import { setting } from '../host/config';
import { isRead } from '../host/documents';
import type { Inspector } from '../host/inspector';
import { targetOf } from '../host/target';

const FOLLOW_DELAY = 150;

/** Inspect at Cursor, Show Steps, and the inspector's following of the cursor. */
export function registerInspect(inspector: Inspector): vscode.Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const open =
    (focus?: 'steps') =>
    async (uri?: unknown, range?: unknown): Promise<void> => {
      clearTimeout(timer);
      const target = await targetOf(uri, range);
      await inspector.inspect(target, { reveal: true, focus });
    };
  return vscode.Disposable.from(
    vscode.commands.registerCommand('matrixInspector.inspect', open()),
    vscode.commands.registerCommand('matrixInspector.showSteps', open('steps')),
    vscode.window.onDidChangeTextEditorSelection(e => {
      // Without a kind the cursor was moved by an edit, and the edit has been seen to.
      if (
        e.kind === undefined ||
        !inspector.follows ||
        !setting('inspector.followCursor') ||
        !isRead(e.textEditor.document.languageId)
      )
        return;
      clearTimeout(timer);
      timer = setTimeout(
        () => void inspector.inspect({ document: e.textEditor.document, range: e.selections[0] }, { following: true }),
        FOLLOW_DELAY,
      );
    }),
    vscode.workspace.onDidChangeTextDocument(e => {
      inspector.track(e);
      if (e.contentChanges.length === 0 || !inspector.isAbout(e.document) || inspector.isWriting) return;
      clearTimeout(timer);
      // Undo takes the cursor to where the text changed; the panel stays with what it shows.
      const stay = e.reason !== undefined;
      timer = setTimeout(() => void inspector.refresh({ stay }), FOLLOW_DELAY);
    }),
    { dispose: () => clearTimeout(timer) },
  );
}
