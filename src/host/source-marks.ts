import * as vscode from 'vscode';
import type { Span } from '../core/index';
import type { Source } from './documents';

/** Marks in the editors for what the panel points at: quiet ones, and stronger ones for what it is about. */
export class SourceMarks implements vscode.Disposable {
  // High-contrast themes have no such backgrounds but borders, the others the other way round.
  private readonly quiet = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor('editor.wordHighlightBackground'),
    border: '1px solid',
    borderColor: new vscode.ThemeColor('editor.wordHighlightBorder'),
    borderRadius: '2px',
  });
  private readonly strong = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor('editor.findMatchHighlightBackground'),
    border: '1px solid',
    borderColor: new vscode.ThemeColor('editor.findMatchHighlightBorder'),
    borderRadius: '2px',
    overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.findMatchForeground'),
    overviewRulerLane: vscode.OverviewRulerLane.Center,
  });

  show(source: Source | undefined, spans: readonly Span[], focus: readonly Span[]): void {
    const places = (all: readonly Span[]) => all.map(s => source?.locate(s)).filter(p => p !== undefined);
    const [whole, parts] = [places(spans), places(focus)];
    for (const editor of vscode.window.visibleTextEditors) {
      const own = (all: typeof whole) => all.filter(p => p.document === editor.document).map(p => p.range);
      editor.setDecorations(this.quiet, own(whole));
      editor.setDecorations(this.strong, own(parts));
    }
  }

  clear(): void {
    this.show(undefined, [], []);
  }

  dispose(): void {
    this.quiet.dispose();
    this.strong.dispose();
  }
}
