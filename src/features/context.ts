import * as vscode from 'vscode';
import { LANGUAGES } from '../host/documents';

/** Keeps the context key that shows the menu only where its commands apply: in languages that are read, or on a selection. */
export function registerContext(): vscode.Disposable {
  const update = (): void => {
    const editor = vscode.window.activeTextEditor;
    const here = editor !== undefined && (LANGUAGES.includes(editor.document.languageId) || !editor.selection.isEmpty);
    void vscode.commands.executeCommand('setContext', 'matrixInspector.here', here);
  };
  update();
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(update),
    vscode.window.onDidChangeTextEditorSelection(update),
  );
}
