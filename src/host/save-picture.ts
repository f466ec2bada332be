import * as vscode from 'vscode';
import type { PictureFile } from '../protocol/panel';

const KINDS: Readonly<Record<PictureFile['format'], string>> = { png: 'PNG image', svg: 'SVG image', tex: 'TikZ' };

const bytesOf = ({ format, data }: PictureFile): Uint8Array =>
  format === 'png' ? Uint8Array.from(atob(data), c => c.charCodeAt(0)) : new TextEncoder().encode(data);

/** Where the dialog begins: beside the document, or in the workspace where that is in no file. */
function proposed(name: string, document: vscode.Uri | undefined): vscode.Uri | undefined {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (document && vscode.workspace.fs.isWritableFileSystem(document.scheme))
    return vscode.Uri.joinPath(document, '..', name);
  return folder && vscode.Uri.joinPath(folder, name);
}

/** Asks the reader for a file and writes the picture into it; undefined when none is chosen. */
export async function savePicture(
  file: PictureFile,
  document: vscode.Uri | undefined,
): Promise<{ readonly ok: boolean; readonly message: string } | undefined> {
  const { format } = file;
  const uri = await vscode.window.showSaveDialog({
    title: 'Save Picture',
    defaultUri: proposed(`${file.name}.${format}`, document),
    filters: { [KINDS[format]]: [format] },
  });
  if (!uri) return undefined;
  try {
    await vscode.workspace.fs.writeFile(uri, bytesOf(file));
    return { ok: true, message: `Saved ${uri.path.slice(uri.path.lastIndexOf('/') + 1)}` };
  } catch (error) {
    return { ok: false, message: `The picture was not saved. ${error instanceof Error ? error.message : ''}`.trim() };
  }
}
