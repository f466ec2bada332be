import * as vscode from 'vscode';
import { registerContext } from './features/context';
import { registerCopy } from './features/copy';
import { registerEvaluate } from './features/evaluate';
import { registerEvaluateFile } from './features/evaluate-file';
import { registerHover } from './features/hover';
import { registerInspect } from './features/inspect';
import { registerLanguageModelTool } from './features/language-model-tool';
import { Engine } from './host/engine';
import { Inspector } from './host/inspector';

/** What the extension lets tests see. */
export interface Api {
  readonly inspector: Pick<Inspector, 'isOpen' | 'current' | 'subject' | 'onMessage' | 'onPost' | 'follows' | 'accept'>;
}

export function activate(context: vscode.ExtensionContext): Api {
  const log = vscode.window.createOutputChannel('Matrix Inspector', { log: true });
  const engine = new Engine(context.extensionUri, log);
  const inspector = new Inspector(context.extensionUri, engine);
  context.subscriptions.push(
    log,
    engine,
    inspector,
    registerHover(engine),
    registerEvaluate(engine, inspector),
    registerEvaluateFile(),
    registerInspect(inspector),
    registerCopy(engine),
    registerContext(),
    registerLanguageModelTool(),
  );
  return { inspector };
}
