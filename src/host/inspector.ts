import * as vscode from 'vscode';
import type { Inspection, Span } from '../core/index';
import type { FromPanel, HistoryEntry, Place, Subject, ToPanel } from '../protocol/panel';
import { readPanelState } from '../protocol/panel-state';
import { readFromPanel } from '../protocol/read-from-panel';
import { loadCore } from './core-loader';
import { sourceOf } from './documents';
import type { Engine } from './engine';
import { savePicture } from './save-picture';
import { type Shown, shownAt } from './shown';
import { SourceMarks } from './source-marks';
import { type Answer, answerFor, type Target } from './target';
import { panelPage, webviewRoot } from './webview-page';
import { isChangeable, writeNumbers } from './write-numbers';

const VIEW = 'matrixInspector.inspector';
const KEPT = 20;

interface ShowOptions {
  /** Open the panel if it is closed and bring it to the front, without taking the focus. */
  readonly reveal?: boolean;
  /** Where the page scrolls to; a command without one takes it to the top. */
  readonly focus?: 'steps' | 'top';
  /** Because the cursor moved: what cannot be evaluated shows as empty, and nothing goes into the history. */
  readonly following?: boolean;
}

/** The one inspector panel: shows inspections, follows the cursor unless pinned, and writes changed numbers back. */
export class Inspector implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private ready = false;
  /** Whether what was shown before a reload is being looked up; the page says so until it is answered. */
  private restoring = false;
  private pending: ToPanel[] = [];
  private pinned = false;
  private shown: Shown | undefined;
  private readonly history: { readonly entry: HistoryEntry; readonly shown: Shown }[] = [];
  private nextId = 1;
  private running: { readonly cancel: vscode.CancellationTokenSource; readonly following: boolean } | undefined;
  private readonly marks = new SourceMarks();
  /** The newest question of what would be, while an older one is being answered. */
  private trial: Extract<FromPanel, { type: 'try' }> | undefined;
  private trying = false;
  private writing = 0;
  private readonly messages = new vscode.EventEmitter<FromPanel>();
  private readonly posts = new vscode.EventEmitter<ToPanel>();
  private readonly serializer: vscode.Disposable;

  /** What the panel sends, and what it is sent, for tests. */
  readonly onMessage = this.messages.event;
  readonly onPost = this.posts.event;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly engine: Engine,
  ) {
    this.serializer = vscode.window.registerWebviewPanelSerializer(VIEW, {
      deserializeWebviewPanel: async (panel, state) => {
        const { last } = readPanelState(state);
        this.restoring = last !== undefined;
        this.adopt(panel);
        if (last) await this.restore(last);
        this.restoring = false;
        if (!this.shown) this.clear();
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
    const { forPanel } = await loadCore();
    const shown = shownAt(document, answer, forPanel(answer.inspection));
    const again = shown.place !== undefined && this.shown?.place?.isAt(shown.place) === true;
    this.shown = shown;
    this.trial = undefined;
    if (!again) this.marks.clear();
    if (!options.following) this.remember(shown);
    const { sent, subject } = shown;
    const focus = options.focus ?? (options.following ? undefined : 'top');
    this.post({
      type: 'inspection',
      inspection: sent,
      subject,
      again,
      ...(focus ? { focus } : {}),
    });
  }

  /** Follows the shown place through an edit of its document. */
  track(event: vscode.TextDocumentChangeEvent): void {
    this.shown?.place?.through(event);
  }

  /** Whether the edits that arrive now are the panel's own. */
  get isWriting(): boolean {
    return this.writing > 0;
  }

  /**
   * Evaluates again after an edit of the document: the shown expression when it is to `stay` or is pinned, otherwise what
   * the cursor is on.
   */
  async refresh({ stay = false } = {}): Promise<void> {
    const { shown } = this;
    const place = shown?.place?.target();
    if (!shown || !place) return;
    const pass = chosenPass(shown.inspection.pass);
    const editor = vscode.window.visibleTextEditors.find(e => e.document === shown.document);
    const cursor = editor && { document: editor.document, range: editor.selection };
    const wanted = stay || this.pinned || !cursor ? [{ ...place, pass }] : [cursor, { ...place, pass }];
    for (const target of wanted) if (await this.inspect(target, { following: true })) return;
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
      this.marks.clear();
    });
    panel.webview.onDidReceiveMessage(data => void this.accept(data));
    panel.webview.html = panelPage(panel.webview, this.extensionUri);
  }

  /** Shows an expression that was shown before; tells whether it is still there. */
  private async restore(place: Place): Promise<boolean> {
    try {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(place.uri, true));
      const target = await targetOfText(document, place);
      if (!target) return false;
      await this.inspect(target);
      return true;
    } catch {
      // The file is gone.
      return false;
    }
  }

  private post(message: ToPanel): void {
    if (!this.panel) return;
    this.posts.fire(message);
    if (this.ready) void this.panel.webview.postMessage(message);
    else this.pending = [...this.pending.filter(m => m.type !== message.type), message];
  }

  private remember(shown: Shown): void {
    const known = this.history.findIndex(
      h => h.shown.subject.uri === shown.subject.uri && h.entry.source === shown.inspection.source,
    );
    if (known >= 0) this.history.splice(known, 1);
    // Of what was shown before, large arrays are not kept.
    for (const [k, old] of this.history.entries())
      this.history[k] = { ...old, shown: { ...old.shown, inspection: old.shown.sent } };
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
        if (!this.restoring && !pending.some(m => m.type === 'inspection' || m.type === 'empty')) {
          pending.push(
            this.shown
              ? { type: 'inspection', inspection: this.shown.sent, subject: this.shown.subject }
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
      case 'save': {
        const answer = await savePicture(message, this.shown?.document.uri);
        if (answer) this.post({ type: 'saved', ...answer });
        break;
      }
      case 'reveal':
        await this.revealSource(message.span);
        break;
      case 'highlight':
        this.marks.show(this.shown?.source, message.spans, message.focus);
        break;
      case 'history':
        await this.showAgain(message.id);
        break;
      case 'pass':
        await this.showPass(message.number);
        break;
      case 'return':
        if (!(await this.restore(message.place)))
          this.post({ type: 'written', ok: false, message: 'The expression is no longer there.' });
        break;
      case 'try':
        this.trial = message;
        await this.answerTrials();
        break;
      case 'data': {
        const { answerFor } = await loadCore();
        const answer = this.shown && answerFor(this.shown.inspection, message.picture, message.question);
        this.post({ type: 'data', id: message.id, ...(answer ? { answer } : {}) });
        break;
      }
      case 'write-back':
        await this.writeBack(message);
        break;
    }
    this.messages.fire(message);
  }

  private async revealSource(span: Span): Promise<void> {
    const place = this.shown?.source.locate(span);
    if (!place) return;
    const open = vscode.window.visibleTextEditors.find(e => e.document === place.document);
    const editor = await vscode.window.showTextDocument(place.document, {
      viewColumn: open?.viewColumn ?? vscode.ViewColumn.One,
    });
    editor.selection = new vscode.Selection(place.range.start, place.range.end);
    editor.revealRange(place.range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  /** Shows an entry of the history; when its document has changed since, what it says now. */
  private async showAgain(id: number): Promise<void> {
    const shown = this.history.find(h => h.entry.id === id)?.shown;
    if (!shown) return;
    const { isLean } = await loadCore();
    if (isLean(shown.inspection) || !shown.source.isCurrent()) {
      const place = await targetOfText(shown.document, shown.inspection);
      if (place && (await this.inspect(place, { following: true, focus: 'top' }))) return;
    }
    this.shown = shown;
    this.post({ type: 'inspection', inspection: shown.sent, subject: shown.subject, focus: 'top' });
  }

  /** Shows what is shown at another of the times that its function or loop runs. */
  private async showPass(pass: number): Promise<void> {
    const place = this.shown?.place?.target();
    if (place) await this.inspect({ ...place, pass }, { following: true });
  }

  /** Answers the newest question of what would be; those that came meanwhile, but for the last, are passed over. */
  private async answerTrials(): Promise<void> {
    if (this.trying) return;
    this.trying = true;
    try {
      for (let trial = this.trial; trial; trial = this.trial) {
        this.trial = undefined;
        const { shown } = this;
        if (!shown || !isChangeable(shown, trial)) continue;
        const cancel = new vscode.CancellationTokenSource();
        const { span, pass } = shown.inspection;
        const chosen = chosenPass(pass);
        const answer = await this.engine.whatIf(shown.source, span, trial.changes, cancel.token, chosen);
        if (!this.shown || !isChangeable(this.shown, trial) || this.trial) continue;
        const { forPanel } = await loadCore();
        const { inspection, effects = [] } = answer ?? {};
        this.post({
          type: 'tried',
          serial: trial.serial,
          effects,
          ...(inspection ? { inspection: forPanel(inspection) } : {}),
        });
      }
    } finally {
      this.trying = false;
    }
  }

  /** Puts changed numbers into the document as one undoable edit, and shows what it says then. */
  private async writeBack(message: Extract<FromPanel, { type: 'write-back' }>): Promise<void> {
    this.writing++;
    try {
      const { ok, text } = await writeNumbers(this.shown, message);
      this.post({ type: 'written', ok, message: text });
      await this.refresh({ stay: true });
    } finally {
      this.writing--;
    }
  }

  dispose(): void {
    this.serializer.dispose();
    this.panel?.dispose();
    this.marks.dispose();
    this.messages.dispose();
    this.posts.dispose();
    this.running?.cancel.cancel();
  }
}

/** The pass that was chosen; the last one is what is shown where none is. */
const chosenPass = (pass: Inspection['pass']): number | undefined =>
  pass && pass.number < pass.count ? pass.number : undefined;

/** Where an expression stands in a document that may have changed since: at its old place, or where its text is found. */
async function targetOfText(
  document: vscode.TextDocument,
  { span, source }: { readonly span: Span; readonly source: string },
): Promise<Target | undefined> {
  const now = await sourceOf(document);
  const { text } = now.core;
  // The panel keeps only the beginning of a long expression.
  const unchanged = text.slice(span.start, span.end).startsWith(source);
  const start = unchanged ? span.start : text.indexOf(source);
  return start < 0 ? undefined : now.locate({ start, end: unchanged ? span.end : start + source.length });
}
