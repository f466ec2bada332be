import * as vscode from 'vscode';
import type { Inspection, Span } from '../core/index';
import type { FromPanel, HistoryEntry, Subject, ToPanel } from '../protocol/panel';
import { readPanelState } from '../protocol/panel-state';
import { readFromPanel } from '../protocol/read-from-panel';
import { loadCore } from './core-loader';
import { type Source, sourceOf } from './documents';
import type { Engine } from './engine';
import { type Answer, answerFor, type Target } from './target';
import { panelPage, webviewRoot } from './webview-page';

const VIEW = 'matrixInspector.inspector';
const KEPT = 20;

interface Shown {
  readonly inspection: Inspection;
  readonly subject: Subject;
  readonly document: vscode.TextDocument;
  readonly source?: Source;
}

interface ShowOptions {
  /** Open the panel if it is closed and bring it to the front, without taking the focus. */
  readonly reveal?: boolean;
  readonly focus?: 'steps';
  /** Because the cursor moved: what cannot be evaluated shows as empty, and nothing goes into the history. */
  readonly following?: boolean;
}

/** The one inspector panel: shows inspections, follows the cursor unless pinned, and writes changed numbers back. */
export class Inspector implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private ready = false;
  private pending: ToPanel[] = [];
  private pinned = false;
  private shown: Shown | undefined;
  private readonly history: { readonly entry: HistoryEntry; readonly shown: Shown }[] = [];
  private nextId = 1;
  private running: { readonly cancel: vscode.CancellationTokenSource; readonly following: boolean } | undefined;
  private readonly highlight = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor('editor.findMatchHighlightBackground'),
  });
  private readonly messages = new vscode.EventEmitter<FromPanel>();
  private readonly serializer: vscode.Disposable;

  /** What the panel sends, for tests. */
  readonly onMessage = this.messages.event;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly engine: Engine,
  ) {
    this.serializer = vscode.window.registerWebviewPanelSerializer(VIEW, {
      deserializeWebviewPanel: async (panel, state) => {
        this.adopt(panel);
        await this.restore(readPanelState(state).last);
      },
    });
  }

  /** Whether the panel is open and not pinned. */
  get follows(): boolean {
    return this.panel?.visible === true && !this.pinned;
  }

  get isOpen(): boolean {
    return this.panel !== undefined;
  }

  /** The inspection that is shown now. */
  get current(): Inspection | undefined {
    return this.shown?.inspection;
  }

  /** The document version that it was read from. */
  get subject(): Subject | undefined {
    return this.shown?.subject;
  }

  isAbout(document: vscode.TextDocument): boolean {
    return this.panel !== undefined && this.shown?.document === document;
  }

  /** Evaluates what is at a place and shows it; `undefined` when nothing is there. */
  async inspect(target: Target | undefined, options: ShowOptions = {}): Promise<Inspection | undefined> {
    // What a command has begun is not given up because the cursor moves.
    if (options.following && this.running && !this.running.following) return undefined;
    if (options.reveal) this.reveal();
    this.running?.cancel.cancel();
    const cancel = new vscode.CancellationTokenSource();
    const running = { cancel, following: options.following ?? false };
    this.running = running;
    let slow = false;
    const answer =
      target &&
      (await answerFor(this.engine, target, cancel.token, source => {
        slow = true;
        this.post({ type: 'busy', busy: true, source });
      }));
    if (slow) this.post({ type: 'busy', busy: false });
    if (this.running !== running) return undefined;
    this.running = undefined;
    if (!target || !answer) {
      if (!options.following) this.clear();
      return undefined;
    }
    await this.show(target.document, answer, options);
    return answer.inspection;
  }

  async show(document: vscode.TextDocument, answer: Answer, options: ShowOptions = {}): Promise<void> {
    if (options.reveal) this.reveal();
    const { inspection, source } = answer;
    const line = (source?.locate(inspection.span)?.range.start.line ?? 0) + 1;
    const name = document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1);
    const subject: Subject = {
      uri: document.uri.toString(),
      version: document.version,
      label: source ? `${name}:${line}` : 'selection',
    };
    this.shown = { inspection, subject, document, source };
    if (!options.following) this.remember(this.shown);
    this.post({ type: 'inspection', inspection, subject, ...(options.focus ? { focus: options.focus } : {}) });
  }

  /** Evaluates the shown place again after an edit of its document. */
  async refresh(): Promise<void> {
    const { shown } = this;
    if (!shown?.source) return;
    const editor = vscode.window.visibleTextEditors.find(e => e.document === shown.document);
    const at = shown.source.locate(shown.inspection.span)?.range.start;
    const position = this.pinned ? at : (editor?.selection.active ?? at);
    if (!position) return;
    const whole = new vscode.Range(position, position);
    if (!(await this.inspect({ document: shown.document, range: whole }, { following: true })) && at) {
      await this.inspect({ document: shown.document, range: new vscode.Range(at, at) }, { following: true });
    }
  }

  private clear(): void {
    this.shown = undefined;
    this.post({ type: 'empty' });
  }

  private reveal(): void {
    if (this.panel) {
      this.panel.reveal(undefined, true);
      return;
    }
    this.adopt(
      vscode.window.createWebviewPanel(
        VIEW,
        'Matrix Inspector',
        { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
        this.options(),
      ),
    );
  }

  private options(): vscode.WebviewOptions {
    return { enableScripts: true, localResourceRoots: [webviewRoot(this.extensionUri)] };
  }

  private adopt(panel: vscode.WebviewPanel): void {
    this.panel?.dispose();
    this.panel = panel;
    this.ready = false;
    panel.webview.options = this.options();
    panel.onDidDispose(() => {
      if (this.panel !== panel) return;
      this.panel = undefined;
      this.ready = false;
      this.pinned = false;
      this.running?.cancel.cancel();
      this.showHighlights([]);
    });
    panel.webview.onDidReceiveMessage(data => void this.accept(data));
    panel.webview.html = panelPage(panel.webview, this.extensionUri);
  }

  private async restore(
    last: { readonly uri: string; readonly span: Span; readonly source: string } | undefined,
  ): Promise<void> {
    if (!last) return;
    try {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(last.uri, true));
      const source = await sourceOf(document);
      const { text } = source.core;
      // The panel keeps only the beginning of a long expression.
      const unchanged = text.slice(last.span.start, last.span.end).startsWith(last.source);
      const at = unchanged ? last.span.start : text.indexOf(last.source);
      const end = unchanged ? last.span.end : at + last.source.length;
      const place = at < 0 ? undefined : source.locate({ start: at, end });
      if (place) await this.inspect({ document: place.document, range: place.range }, { following: true });
    } catch {
      // The file is gone: the panel stays empty.
      this.clear();
    }
  }

  private post(message: ToPanel): void {
    if (!this.panel) return;
    if (this.ready) void this.panel.webview.postMessage(message);
    else this.pending = [...this.pending.filter(m => m.type !== message.type), message];
  }

  private remember(shown: Shown): void {
    const known = this.history.findIndex(
      h => h.shown.subject.uri === shown.subject.uri && h.entry.source === shown.inspection.source,
    );
    if (known >= 0) this.history.splice(known, 1);
    const { inspection } = shown;
    const source = inspection.source.replace(/\s+/g, ' ').slice(0, 200);
    this.history.unshift({
      shown,
      entry: {
        id: this.nextId++,
        source,
        summary: inspection.status === 'ok' ? inspection.summary.join(' · ') : (inspection.message ?? ''),
        status: inspection.status,
      },
    });
    this.history.length = Math.min(this.history.length, KEPT);
    this.post({ type: 'history', entries: this.history.map(h => h.entry) });
  }

  /** Takes what the page sends, or a test in its place; whatever is not a message of the protocol is dropped. */
  async accept(data: unknown): Promise<void> {
    const message = readFromPanel(data);
    if (message) await this.receive(message);
  }

  private async receive(message: FromPanel): Promise<void> {
    switch (message.type) {
      case 'ready': {
        this.ready = true;
        const pending = this.pending;
        this.pending = [];
        if (!pending.some(m => m.type === 'inspection' || m.type === 'empty')) {
          pending.push(
            this.shown
              ? { type: 'inspection', inspection: this.shown.inspection, subject: this.shown.subject }
              : { type: 'empty' },
          );
        }
        for (const m of pending) this.post(m);
        this.post({ type: 'pinned', pinned: this.pinned });
        this.post({ type: 'history', entries: this.history.map(h => h.entry) });
        break;
      }
      case 'pin':
        this.pinned = message.pinned;
        this.post({ type: 'pinned', pinned: this.pinned });
        break;
      case 'cancel':
        this.running?.cancel.cancel();
        break;
      case 'copy':
        await vscode.env.clipboard.writeText(message.text);
        this.post({ type: 'copied', what: message.what });
        break;
      case 'reveal':
        await this.revealSource(message.span);
        break;
      case 'highlight':
        this.showHighlights(message.spans);
        break;
      case 'history': {
        const entry = this.history.find(h => h.entry.id === message.id);
        if (entry) {
          this.shown = entry.shown;
          this.post({ type: 'inspection', inspection: entry.shown.inspection, subject: entry.shown.subject });
        }
        break;
      }
      case 'write-back':
        await this.writeBack(message);
        break;
    }
    this.messages.fire(message);
  }

  private async revealSource(span: Span): Promise<void> {
    const place = this.shown?.source?.locate(span);
    if (!place) return;
    const open = vscode.window.visibleTextEditors.find(e => e.document === place.document);
    const editor = await vscode.window.showTextDocument(place.document, {
      viewColumn: open?.viewColumn ?? vscode.ViewColumn.One,
    });
    editor.selection = new vscode.Selection(place.range.start, place.range.end);
    editor.revealRange(place.range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  private showHighlights(spans: readonly Span[]): void {
    const places = spans.map(s => this.shown?.source?.locate(s)).filter(p => p !== undefined);
    for (const editor of vscode.window.visibleTextEditors) {
      editor.setDecorations(
        this.highlight,
        places.filter(p => p.document === editor.document).map(p => p.range),
      );
    }
  }

  /** Puts changed numbers into the document as one edit, unless it has changed since it was read. */
  private async writeBack(message: Extract<FromPanel, { type: 'write-back' }>): Promise<void> {
    const answer = (ok: boolean, text: string): void => this.post({ type: 'written', ok, message: text });
    const { shown } = this;
    if (
      !shown?.source ||
      shown.subject.uri !== message.uri ||
      shown.subject.version !== message.version ||
      (await sourceOf(shown.document)) !== shown.source
    ) {
      answer(false, 'The document has changed meanwhile. Nothing was written.');
      return;
    }
    const { writeBack } = await loadCore();
    const edit = new vscode.WorkspaceEdit();
    for (const change of [message, ...(message.also ?? [])]) {
      if (!shown.inspection.editable.some(e => e.span.start === change.span.start && e.span.end === change.span.end)) {
        answer(false, 'These numbers do not come from a literal. Nothing was written.');
        return;
      }
      const edits = writeBack(shown.source.core.text, change.span, change.values, shown.inspection.languageId);
      if (!edits) {
        answer(false, 'The literal does not hold these numbers one by one. Nothing was written.');
        return;
      }
      for (const e of edits) {
        const place = shown.source.locate(e.span);
        if (place) edit.replace(place.document.uri, place.range, e.text);
      }
    }
    const ok = await vscode.workspace.applyEdit(edit);
    answer(ok, ok ? 'Written to the document.' : 'The editor refused the edit. Nothing was written.');
  }

  dispose(): void {
    this.serializer.dispose();
    this.panel?.dispose();
    this.highlight.dispose();
    this.messages.dispose();
    this.running?.cancel.cancel();
  }
}
