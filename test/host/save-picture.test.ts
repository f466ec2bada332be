import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { ToPanel } from '../../src/protocol/panel';
import { api, closeAll, openText, putCursor } from './editor';

/** The first bytes of a PNG, in base 64. */
const PNG = 'iVBORw0KGgo=';

describe('Save picture', () => {
  const { showSaveDialog } = vscode.window;
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'picture-'));
  });
  afterEach(async () => {
    Object.assign(vscode.window, { showSaveDialog });
    await rm(folder, { recursive: true });
    await closeAll();
  });

  /** What the panel is told when the reader chooses this file. */
  async function answers(file: string | undefined, message: unknown): Promise<ToPanel[]> {
    const { inspector } = await api();
    putCursor(await openText('import numpy as np\nA = np.array([[1, 2], [3, 4]])\n', 'python'), 'A = np');
    await vscode.commands.executeCommand('matrixInspector.inspect');
    Object.assign(vscode.window, { showSaveDialog: async () => file && vscode.Uri.file(path.join(folder, file)) });
    const posted: ToPanel[] = [];
    const listening = inspector.onPost(m => posted.push(m));
    await inspector.accept(message);
    listening.dispose();
    return posted.filter(m => m.type === 'saved');
  }

  it('writes the text or the bytes into the chosen file', async () => {
    const svg = { type: 'save', format: 'svg', name: 'Linear map', data: '<svg >α</svg>' };
    assert.deepEqual(await answers('a.svg', svg), [{ type: 'saved', ok: true, message: 'Saved a.svg' }]);
    assert.equal(await readFile(path.join(folder, 'a.svg'), 'utf8'), '<svg >α</svg>');
    await answers('a.png', { ...svg, format: 'png', data: PNG });
    assert.equal((await readFile(path.join(folder, 'a.png'))).toString('base64'), PNG);
  });

  it('writes nothing without a file, and says why it could not', async () => {
    const svg = { type: 'save', format: 'svg', name: 'Linear map', data: '<svg ></svg>' };
    assert.deepEqual(await answers(undefined, svg), []);
    assert.deepEqual(await answers('a.svg', { ...svg, name: '../../a' }), []);
    const [refused] = await answers('.', svg);
    assert.ok(refused?.type === 'saved' && !refused.ok);
  });
});
