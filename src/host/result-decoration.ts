import * as vscode from 'vscode';
import type { Inspection } from '../core/index';

const MAX_LENGTH = 80;
/** An error's sentence is of no use without its end. */
const MAX_ERROR = 240;

/** Quiet text behind the code. */
export function resultDecoration(): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    after: { color: new vscode.ThemeColor('editorCodeLens.foreground'), fontStyle: 'italic', margin: '0 0 0 1ch' },
  });
}

export const shorten = (text: string, limit = MAX_LENGTH): string => {
  const flat = text.replace(/\s*\n\s*/g, ' ').trim();
  return flat.length <= limit ? flat : `${flat.slice(0, limit - 1)}…`;
};

export const shortenError = (message: string): string => shorten(message, MAX_ERROR);

/** The result of an inspection on one line. */
export function oneLine(inspection: Inspection): string {
  if (inspection.status !== 'ok') return shortenError(`${inspection.status}: ${inspection.message ?? ''}`);
  return shorten(inspection.inline ?? inspection.text ?? '');
}
