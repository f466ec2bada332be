import assert from 'node:assert/strict';
import path from 'node:path';
import {
  commands,
  extensions,
  type Hover,
  MarkdownString,
  type Position,
  Range,
  Selection,
  type TextDocument,
  type TextEditor,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { Api } from '../../src/extension';

/** The extension's own face, activated. */
export async function api(): Promise<Api> {
  const extension = extensions.getExtension<Api>('matrix-inspector.matrix-inspector');
  assert.ok(extension);
  return extension.activate();
}

/** Opens a file of the samples. */
export async function openSample(name: string): Promise<TextEditor> {
  const folder = process.env.HOST_TEST_WORKSPACE;
  assert.ok(folder);
  return window.showTextDocument(await workspace.openTextDocument(Uri.file(path.join(folder, name))));
}

/** Opens an unsaved text of a language. */
export async function openText(content: string, language: string): Promise<TextEditor> {
  return window.showTextDocument(await workspace.openTextDocument({ content, language }), { preview: false });
}

/** The place of the `offset`-th character of a text, in its `nth` occurrence. */
export function placeOf(document: TextDocument, text: string, offset = 0, nth = 1): Position {
  let at = -1;
  for (let i = 0; i < nth; i++) at = document.getText().indexOf(text, at + 1);
  assert.ok(at >= 0, `“${text}” is not in the document`);
  return document.positionAt(at + offset);
}

export function putCursor(editor: TextEditor, text: string, offset = 0, nth = 1): void {
  const place = placeOf(editor.document, text, offset, nth);
  editor.selection = new Selection(place, place);
}

export function rangeOf(document: TextDocument, text: string): Range {
  return new Range(placeOf(document, text), placeOf(document, text, text.length));
}

export function select(editor: TextEditor, ...texts: readonly string[]): void {
  editor.selections = texts.map(text => {
    const { start, end } = rangeOf(editor.document, text);
    return new Selection(start, end);
  });
}

/** What our hover says at a place, as Markdown; empty when it says nothing. */
export async function hoverAt(document: TextDocument, text: string, offset = 0, nth = 1): Promise<string> {
  const place = placeOf(document, text, offset, nth);
  const found = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, place);
  return found
    .flatMap(hover => hover.contents)
    .map(content => (content instanceof MarkdownString ? content.value : ''))
    .filter(content => content.includes('matrixInspector.') || content.includes('data:image/svg'))
    .join('\n');
}

/** Waits until a condition holds; fails when it does not in time. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!condition()) {
    if (Date.now() > deadline) assert.fail(`still not: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 25));
  }
}

export const closeAll = async (): Promise<void> => {
  await commands.executeCommand('workbench.action.closeAllEditors');
};
