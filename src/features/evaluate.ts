import * as vscode from 'vscode';
import type { Engine } from '../host/engine';
import type { Inspector } from '../host/inspector';
import { oneLine, resultDecoration } from '../host/result-decoration';
import { answerFor } from '../host/target';

/** Evaluate Selection: the value of every selection, or of the expression at the cursor, inline behind it and in the inspector. */
export function registerEvaluate(engine: Engine, inspector: Inspector): vscode.Disposable {
  const decoration = resultDecoration();
  const clear = (editor: vscode.TextEditor | undefined): void => editor?.setDecorations(decoration, []);

  async function evaluate(): Promise<readonly string[]> {
    const editor = vscode.window.activeTextEditor;
    if (!editor) return [];
    const { document } = editor;
    const version = document.version;
    const cancel = new vscode.CancellationTokenSource();
    const shown: vscode.DecorationOptions[] = [];
    const texts: string[] = [];
    for (const range of editor.selections) {
      const answer = await answerFor(engine, { document, range }, cancel.token);
      const text = answer ? oneLine(answer.inspection) : 'nothing to evaluate here';
      const place = answer?.source.locate(answer.inspection.span);
      const here = place?.document === document ? place.range.end : document.lineAt(range.end.line).range.end;
      const end = range.isEmpty ? here : range.end;
      const contentText = answer?.inspection.status === 'ok' ? `  = ${text}` : `  ${text}`;
      shown.push({ range: new vscode.Range(end, end), renderOptions: { after: { contentText } } });
      texts.push(text);
      if (answer && range === editor.selections[0]) await inspector.show(document, answer, { reveal: true });
    }
    if (document.version === version) editor.setDecorations(decoration, shown);
    return texts;
  }

  return vscode.Disposable.from(
    decoration,
    vscode.commands.registerCommand('matrixInspector.evaluateSelection', evaluate),
    vscode.workspace.onDidChangeTextDocument(e => {
      for (const editor of vscode.window.visibleTextEditors)
        if (editor.document === e.document && e.contentChanges.length > 0) clear(editor);
    }),
    vscode.window.onDidChangeTextEditorSelection(e => {
      if (e.kind !== undefined) clear(e.textEditor);
    }),
  );
}
