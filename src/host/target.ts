import * as vscode from 'vscode';
import type { Inspection } from '../core/index';
import { loadCore } from './core-loader';
import { formulaSource, isRead, type Source, sourceOf, spanOf } from './documents';
import type { Engine } from './engine';

/** A place that a command is about. */
export interface Target {
  readonly document: vscode.TextDocument;
  readonly range: vscode.Range;
  /** Which time that a function or a loop runs is meant, from 1; otherwise the last. */
  readonly pass?: number;
}

/** The place a hover's link names, or the active editor's selection. */
export async function targetOf(uri: unknown, range: unknown): Promise<Target | undefined> {
  if (
    typeof uri === 'string' &&
    Array.isArray(range) &&
    range.length === 4 &&
    range.every(n => Number.isSafeInteger(n) && n >= 0)
  ) {
    const wanted = vscode.Uri.parse(uri, true);
    const document = vscode.workspace.textDocuments.find(d => d.uri.toString() === wanted.toString());
    return document && { document, range: new vscode.Range(range[0], range[1], range[2], range[3]) };
  }
  const editor = vscode.window.activeTextEditor;
  return editor && { document: editor.document, range: editor.selection };
}

export interface Answer {
  readonly inspection: Inspection;
  readonly source: Source;
}

/** What a place means: in a language that is read, the expression there; otherwise the selected text as a formula. */
export async function answerFor(
  engine: Engine,
  target: Target,
  token: vscode.CancellationToken,
  onSlow?: (source: string) => void,
): Promise<Answer | undefined> {
  if (isRead(target.document.languageId)) {
    const source = await sourceOf(target.document);
    const inspection = await engine.inspectFully(source, spanOf(source, target.range), token, {
      onSlow,
      pass: target.pass,
    });
    if (inspection || target.range.isEmpty) return inspection && { inspection, source };
  }
  const text = target.document.getText(target.range);
  if (text.trim() === '' || text.length > 1_000_000) return undefined;
  const { inspectFormula } = await loadCore();
  const formula = inspectFormula(text);
  return formula && { inspection: formula.inspection, source: formulaSource(target.document, target.range, formula) };
}
