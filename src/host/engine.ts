import type * as vscode from 'vscode';
import type { Inspection, Span } from '../core/index';
import { setting } from './config';
import { loadCore } from './core-loader';
import type { Source } from './documents';
import { type EngineWorker, spawnWorker } from './spawn-node';

/**
 * Asks core: at once with the small budget; when that does not suffice, in a worker with a large one, a time limit and
 * a way to cancel. Cancelling ends the worker, and the next question starts a new one.
 */
export class Engine implements vscode.Disposable {
  private worker: EngineWorker | undefined;
  private nextId = 1;

  constructor(
    private readonly extensionPath: string,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /** The answer that is ready at once; `needsMore` says that `inspectFully` may know more. */
  async inspectQuickly(source: Source, span: Span): Promise<Inspection | undefined> {
    const { inspect } = await loadCore();
    return inspect(source.core, source.document.languageId, span);
  }

  /** As above, going on in the worker where needed. `onSlow` is called when that begins. */
  async inspectFully(
    source: Source,
    span: Span,
    token: vscode.CancellationToken,
    onSlow: () => void = () => {},
  ): Promise<Inspection | undefined> {
    const quick = await this.inspectQuickly(source, span);
    if (!quick?.needsMore || token.isCancellationRequested) return quick;
    this.worker ??= this.spawn();
    if (!this.worker) return quick;
    onSlow();
    const seconds = setting('evaluation.timeLimit');
    let reason = 'cancelled';
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
      };
      const response = await Promise.race([this.worker.ask(request), stopped]);
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

  private spawn(): EngineWorker | undefined {
    try {
      return spawnWorker(this.extensionPath);
    } catch (e) {
      this.log.error(e instanceof Error ? e : String(e));
      return undefined;
    }
  }

  private stop(): void {
    this.worker?.stop();
    this.worker = undefined;
  }

  dispose(): void {
    this.stop();
  }
}
