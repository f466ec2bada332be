import * as vscode from 'vscode';
import type { Evaluated, Span } from '../core/index';
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
  if (e.status === 'error') return { text: shortenError(e.hint ?? e.message ?? ''), failed: true };
  if (e.status === 'unknown' && !e.links) return undefined;
  if (!e.inline || e.value?.kind === 'string' || (e.passes && !isOfNumbers(e.value))) return undefined;
  const text = e.links ? `${e.inline} · ${e.message}` : e.inline;
  const last = e.passes && e.passes > 1 ? ` · last of ${e.passes}` : '';
  return { text: shorten(e.printed || e.inline.includes(' = ') ? text : `= ${text}`) + last, failed: false };
}

/** What is worth a place in a function or a loop: arrays and numbers that are computed. */
const isOfNumbers = (v: Evaluated['value']): boolean =>
  v?.kind === 'array' || (v?.kind === 'scalar' && (!v.weak || v.dtype === 'float64'));

interface Problem {
  readonly span: Span;
  readonly text: string;
  readonly severity: vscode.DiagnosticSeverity;
}

/** What is wrong in a statement: an error of its language, links of a stated equality that do not hold, what is rarely meant. */
function problemsOf(e: Evaluated): readonly Problem[] {
  if (e.status !== 'error')
    return (e.notes ?? []).map(note => ({ ...note, severity: vscode.DiagnosticSeverity.Information }));
  const broken = (e.links ?? []).filter(l => l.holds === false);
  return broken.length > 0
    ? broken.map(l => ({
        span: l.span,
        text: l.reason ?? 'This does not hold.',
        severity: vscode.DiagnosticSeverity.Warning,
      }))
    : [
        {
          span: e.messageSpan ?? e.span,
          text: [e.message, e.hint].filter(Boolean).join('\n'),
          severity: vscode.DiagnosticSeverity.Error,
        },
      ];
}

/**
 * Evaluate File: a toggle that shows every statement's value at its line's end, lists what fails as problems, and keeps both
 * true while typing.
 */
export function registerEvaluateFile(): vscode.Disposable {
  const decoration = resultDecoration();
  const problems = vscode.languages.createDiagnosticCollection('matrixInspector');
  const shown = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function draw(editor: vscode.TextEditor): Promise<number> {
    const { document } = editor;
    const version = document.version;
    const source = await sourceOf(document);
    const { evaluateSource } = await loadCore();
    const byLine = new Map<number, Note>();
    const found: vscode.Diagnostic[] = [];
    for (const e of evaluateSource(source.core, document.languageId, {
      limits: 'small',
      assignments: true,
      inside: true,
      notes: true,
    })) {
      const place = source.locate(e.span);
      if (place?.document !== document || e.written) continue;
      const note = noteOf(e);
      // What a block prints stands at its head; its own statements have theirs.
      const line = e.printed && !e.value ? place.range.start.line : place.range.end.line;
      if (note) byLine.set(line, note);
      for (const { span, text, severity } of problemsOf(e)) {
        const range = source.locate(span)?.range ?? place.range;
        // What uses a failed statement fails for the same reason.
        if (found.some(p => p.message.startsWith(text) && p.range.isEqual(range))) continue;
        const problem = new vscode.Diagnostic(range, text, severity);
        problem.source = 'Matrix Inspector';
        found.push(problem);
      }
    }
    if (document.version !== version || !shown.has(document.uri.toString())) return 0;
    problems.set(document.uri, found);
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
      problems.delete(editor.document.uri);
      for (const e of vscode.window.visibleTextEditors)
        if (e.document === editor.document) e.setDecorations(decoration, []);
      return 0;
    }
    shown.add(uri);
    return draw(editor);
  }

  return vscode.Disposable.from(
    decoration,
    problems,
    vscode.commands.registerCommand('matrixInspector.evaluateFile', toggle),
    vscode.workspace.onDidChangeTextDocument(e => redraw(e.document)),
    vscode.window.onDidChangeVisibleTextEditors(editors => {
      for (const e of editors) redraw(e.document);
    }),
    vscode.workspace.onDidCloseTextDocument(d => {
      shown.delete(d.uri.toString());
      problems.delete(d.uri);
    }),
    { dispose: () => clearTimeout(timer) },
  );
}
