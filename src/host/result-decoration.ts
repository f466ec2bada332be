import * as vscode from 'vscode';
import type { Inspection } from '../core/index';

const MAX_LENGTH = 80;

/** Quiet text behind the code. */
export function resultDecoration(): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    after: { color: new vscode.ThemeColor('editorCodeLens.foreground'), fontStyle: 'italic', margin: '0 0 0 1ch' },
  });
}

export const shorten = (text: string): string => {
  const flat = text.replace(/\s*\n\s*/g, ' ').trim();
  return flat.length <= MAX_LENGTH ? flat : `${flat.slice(0, MAX_LENGTH - 1)}…`;
};

/** The result of an inspection on one line. */
export function oneLine(inspection: Inspection): string {
  if (inspection.status !== 'ok') return shorten(`${inspection.status}: ${inspection.message ?? ''}`);
  return shorten(inspection.inline ?? inspection.text ?? '');
}
