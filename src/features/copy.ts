import * as vscode from 'vscode';
import type { Conversion, Inspection } from '../core/index';
import { loadCore } from '../host/core-loader';
import type { Engine } from '../host/engine';
import { answerFor, targetOf } from '../host/target';

/** Copy Value, Copy as LaTeX, and Copy As for other languages. */
export function registerCopy(engine: Engine): vscode.Disposable {
  const inspected = async (uri: unknown, range: unknown): Promise<Inspection | undefined> => {
    const target = await targetOf(uri, range);
    const answer = target && (await answerFor(engine, target, new vscode.CancellationTokenSource().token));
    return answer?.inspection;
  };
  const write = async (what: string, text: string): Promise<string> => {
    await vscode.env.clipboard.writeText(text);
    vscode.window.setStatusBarMessage(`${what} copied`, 2000);
    return text;
  };
  const refuse = (inspection: Inspection | undefined, reason: string): undefined => {
    vscode.window.setStatusBarMessage(inspection?.message ?? reason, 4000);
  };
  const copy =
    (what: string, textOf: (i: Inspection) => string | undefined) =>
    async (uri?: unknown, range?: unknown): Promise<string | undefined> => {
      const inspection = await inspected(uri, range);
      const text = inspection && textOf(inspection);
      return text === undefined ? refuse(inspection, 'No matrix or expression here') : write(what, text);
    };
  /** Asks for the form unless its id is given. */
  const copyAs = async (uri?: unknown, range?: unknown, form?: unknown): Promise<string | undefined> => {
    const inspection = await inspected(uri, range);
    const { conversionsOf } = await loadCore();
    const all = inspection?.value ? conversionsOf(inspection.value) : [];
    if (all.length === 0) return refuse(inspection, 'No array of numbers here');
    const chosen = form === undefined ? await picked(all) : all.find(c => c.id === form);
    return chosen && write(chosen.label, chosen.text);
  };
  return vscode.Disposable.from(
    vscode.commands.registerCommand(
      'matrixInspector.copyValue',
      copy('Value', i => i.text),
    ),
    vscode.commands.registerCommand(
      'matrixInspector.copyLatex',
      copy('LaTeX', i => i.latex),
    ),
    vscode.commands.registerCommand('matrixInspector.copyAs', copyAs),
  );
}

async function picked(all: readonly Conversion[]): Promise<Conversion | undefined> {
  const items = all.map(conversion => ({
    label: conversion.label,
    description: conversion.detail,
    detail: preview(conversion.text),
    conversion,
  }));
  const options = { title: 'Copy Value As', matchOnDescription: true };
  return (await vscode.window.showQuickPick(items, options))?.conversion;
}

/** Longest text of a form that is shown for the choice. */
const PREVIEW = 80;

const preview = (text: string): string => {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= PREVIEW ? line : `${line.slice(0, PREVIEW - 1)}…`;
};
