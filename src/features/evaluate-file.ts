import * as vscode from 'vscode';
import type { Evaluated } from '../core/index';
import { loadCore } from '../host/core-loader';
import { LANGUAGES, sourceOf } from '../host/documents';
import { resultDecoration, shorten, shortenError } from '../host/result-decoration';

const DELAY = 300;

interface Note {
  readonly text: string;
  readonly failed: boolean;
}

/** What stands behind a statement; nothing where the value is unknown. */
function noteOf(e: Evaluated): Note | undefined {
  if (e.status === 'error') return { text: shortenError(e.message ?? ''), failed: true };
  if (e.status === 'unknown' && !e.links) return undefined;
  if (!e.inline || e.value?.kind === 'string') return undefined;
  const text = e.links ? `${e.inline} · ${e.message}` : e.inline;
  return { text: shorten(e.printed || e.inline.includes(' = ') ? text : `= ${text}`), failed: false };
}

/** Evaluate File: a toggle that shows every statement's value at its line's end and keeps it true while typing. */
export function registerEvaluateFile(): vscode.Disposable {
  const decoration = resultDecoration();
  const shown = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function draw(editor: vscode.TextEditor): Promise<number> {
    const { document } = editor;
    const version = document.version;
    const source = await sourceOf(document);
    const { evaluateSource } = await loadCore();
    const byLine = new Map<number, Note>();
    for (const e of evaluateSource(source.core, document.languageId, { limits: 'small', assignments: true })) {
      const place = source.locate(e.span);
      if (place?.document !== document || e.written) continue;
      const note = noteOf(e);
      if (note) byLine.set(place.range.end.line, note);
    }
    if (document.version !== version || !shown.has(document.uri.toString())) return 0;
    const options = [...byLine].map(
      ([line, { text, failed }]): vscode.DecorationOptions => ({
        range: document.lineAt(line).range,
        renderOptions: {
          after: {
            contentText: `  ${text}`,
            ...(failed ? { color: new vscode.ThemeColor('editorError.foreground') } : {}),
          },
        },
      }),
    );
    editor.setDecorations(decoration, options);
    return options.length;
  }

  const redraw = (document: vscode.TextDocument): void => {
    if (!shown.has(document.uri.toString())) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      for (const editor of vscode.window.visibleTextEditors) if (editor.document === document) void draw(editor);
    }, DELAY);
  };

  async function toggle(): Promise<number> {
    const editor = vscode.window.activeTextEditor;
    if (!editor || !LANGUAGES.includes(editor.document.languageId)) return 0;
    const uri = editor.document.uri.toString();
    if (shown.delete(uri)) {
      for (const e of vscode.window.visibleTextEditors)
        if (e.document === editor.document) e.setDecorations(decoration, []);
      return 0;
    }
    shown.add(uri);
    return draw(editor);
  }

  return vscode.Disposable.from(
    decoration,
    vscode.commands.registerCommand('matrixInspector.evaluateFile', toggle),
    vscode.workspace.onDidChangeTextDocument(e => redraw(e.document)),
    vscode.window.onDidChangeVisibleTextEditors(editors => {
      for (const e of editors) redraw(e.document);
    }),
    vscode.workspace.onDidCloseTextDocument(d => shown.delete(d.uri.toString())),
    { dispose: () => clearTimeout(timer) },
  );
}
