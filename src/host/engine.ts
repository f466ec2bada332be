import type * as vscode from 'vscode';
import type { Inspection, InspectOptions, LiteralChange, Span, WhatIf } from '../core/index';
import type { WorkerQuestion, WorkerResponse } from '../protocol/worker';
import { setting } from './config';
import { loadCore } from './core-loader';
import type { Source } from './documents';
import type { EngineWorker } from './engine-worker';
import { spawnWorker } from './spawn-node';

const NO_WORKER = 'it needs more work than is done here';

const textOf = ({ core: { text, languageId, role } }: Source) => ({ text, languageId, role });

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
  async inspectQuickly(source: Source, span: Span, options: InspectOptions = {}): Promise<Inspection | undefined> {
    const { inspect } = await loadCore();
    return inspect(source.core, source.document.languageId, span, options);
  }

  /**
   * The answer for a command, which means the whole statement where nothing nearer is meant; it goes on in the worker
   * where needed. `onSlow` is called with the expression when that begins.
   */
  async inspectFully(
    source: Source,
    span: Span,
    token: vscode.CancellationToken,
    { pass, onSlow }: { readonly pass?: number; readonly onSlow?: (source: string) => void } = {},
  ): Promise<Inspection | undefined> {
    const quick = await this.inspectQuickly(source, span, { orStatement: true, pass });
    if (!quick?.needsMore || token.isCancellationRequested) return quick;
    onSlow?.(quick.source);
    const { response, reason } = await this.ask(
      { kind: 'inspect', ...textOf(source), range: span, orStatement: true, pass },
      token,
    );
    return response ? response.inspection : { ...quick, needsMore: false, message: reason };
  }

  /** The worker's answer, where it comes within `seconds`. */
  async inspectPatiently(
    source: Source,
    range: Span,
    token: vscode.CancellationToken,
    seconds: number,
  ): Promise<Inspection | undefined> {
    const question = { kind: 'inspect', ...textOf(source), range, orStatement: false } as const;
    return (await this.ask(question, token, seconds)).response?.inspection;
  }

  /** What the document would say at a place if its literals held other numbers; undefined when that cannot be told. */
  async whatIf(
    source: Source,
    range: Span,
    changes: readonly LiteralChange[],
    token: vscode.CancellationToken,
    pass?: number,
  ): Promise<WhatIf | undefined> {
    const { response, reason } = await this.ask({ kind: 'what-if', ...textOf(source), range, changes, pass }, token);
    if (response?.inspection) return { inspection: response.inspection, effects: response.effects ?? [] };
    if (response || reason !== NO_WORKER) return undefined;
    const { whatIf } = await loadCore();
    return whatIf(source.core, range, changes, { pass });
  }

  /** Asks the worker; without a response there is a reason, in the user's words. */
  private async ask(
    question: WorkerQuestion,
    token: vscode.CancellationToken,
    seconds = setting('evaluation.timeLimit'),
  ): Promise<{ readonly response?: WorkerResponse; readonly reason?: string }> {
    const worker = await this.running();
    if (!worker) return { reason: NO_WORKER };
    let reason = 'cancelled';
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stopped = new Promise<undefined>(resolve => {
      timer = setTimeout(() => {
        reason = `not finished in ${seconds} s (matrixInspector.evaluation.timeLimit)`;
        resolve(undefined);
      }, seconds * 1000);
      token.onCancellationRequested(() => resolve(undefined));
    });
    try {
      const response = await Promise.race([worker.ask({ ...question, id: this.nextId++ }), stopped]);
      if (response?.failure) throw new Error(response.failure);
      if (response) return { response };
      this.stop();
    } catch (e) {
      this.stop();
      this.log.error(e instanceof Error ? e : String(e));
      reason = 'it needs more memory than is allowed';
    } finally {
      clearTimeout(timer);
    }
    return { reason };
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
