import * as vscode from 'vscode';
import type { Inspection } from '../core/index';
import type { Engine } from '../host/engine';
import { answerFor, targetOf } from '../host/target';

/** Copy Value and Copy as LaTeX. */
export function registerCopy(engine: Engine): vscode.Disposable {
  const copy =
    (what: string, textOf: (i: Inspection) => string | undefined) =>
    async (uri?: unknown, range?: unknown): Promise<string | undefined> => {
      const target = await targetOf(uri, range);
      const answer = target && (await answerFor(engine, target, new vscode.CancellationTokenSource().token));
      const text = answer && textOf(answer.inspection);
      if (text === undefined) {
        vscode.window.setStatusBarMessage(answer?.inspection.message ?? 'No matrix or expression here', 4000);
        return undefined;
      }
      await vscode.env.clipboard.writeText(text);
      vscode.window.setStatusBarMessage(`${what} copied`, 2000);
      return text;
    };
  return vscode.Disposable.from(
    vscode.commands.registerCommand(
      'matrixInspector.copyValue',
      copy('Value', i => i.text),
    ),
    vscode.commands.registerCommand(
      'matrixInspector.copyLatex',
      copy('LaTeX', i => i.latex),
    ),
  );
}
