import type * as vscode from 'vscode';
import type { Inspection, Span } from '../core/index';
import { setting } from './config';
import { loadCore } from './core-loader';
import type { Source } from './documents';
import type { EngineWorker } from './engine-worker';
import { spawnWorker } from './spawn-node';

/**
 * Asks core: at once with the small budget; when that does not suffice, in a worker with a large one, a time limit and
 * a way to cancel. Cancelling ends the worker, and the next question starts a new one.
 */
export class Engine implements vscode.Disposable {
  private worker: EngineWorker | undefined;
  private nextId = 1;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /** The answer that is ready at once; `needsMore` says that `inspectFully` may know more. */
  async inspectQuickly(source: Source, span: Span, orStatement = false): Promise<Inspection | undefined> {
    const { inspect } = await loadCore();
    return inspect(source.core, source.document.languageId, span, { orStatement });
  }

  /**
   * The answer for a command, which means the whole statement where nothing nearer is meant; it goes on in the worker
   * where needed. `onSlow` is called with the expression when that begins.
   */
  async inspectFully(
    source: Source,
    span: Span,
    token: vscode.CancellationToken,
    onSlow: (source: string) => void = () => {},
  ): Promise<Inspection | undefined> {
    const quick = await this.inspectQuickly(source, span, true);
    if (!quick?.needsMore || token.isCancellationRequested) return quick;
    onSlow(quick.source);
    const seconds = setting('evaluation.timeLimit');
    let reason = 'cancelled';
    const worker = await this.running();
    if (!worker) return { ...quick, message: 'it needs more work than is done here' };
    const stopped = new Promise<undefined>(resolve => {
      const timer = setTimeout(() => {
        reason = `not finished in ${seconds} s (matrixInspector.evaluation.timeLimit)`;
        resolve(undefined);
      }, seconds * 1000);
      token.onCancellationRequested(() => {
        clearTimeout(timer);
        resolve(undefined);
      });
    });
    try {
      const request = {
        id: this.nextId++,
        text: source.core.text,
        languageId: source.document.languageId,
        range: span,
        orStatement: true,
      };
      const response = await Promise.race([worker.ask(request), stopped]);
      if (response?.failure) throw new Error(response.failure);
      if (response) return response.inspection;
      this.stop();
    } catch (e) {
      this.stop();
      this.log.error(e instanceof Error ? e : String(e));
      reason = 'it needs more memory than is allowed';
    }
    return { ...quick, needsMore: false, message: reason };
  }

  /** The worker, started when it is first needed; undefined where none can be had. */
  private async running(): Promise<EngineWorker | undefined> {
    try {
      this.worker ??= await spawnWorker(this.extensionUri);
    } catch (e) {
      this.log.error(e instanceof Error ? e : String(e));
    }
    return this.worker;
  }

  private stop(): void {
    this.worker?.stop();
    this.worker = undefined;
  }

  dispose(): void {
    this.stop();
  }
}
