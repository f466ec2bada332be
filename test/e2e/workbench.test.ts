import { afterEach, expect, it } from 'vitest';
import { openWorkbench, type Workbench } from '../support/vscode-workbench';

const FILES = { 'a.py': 'import numpy as np\n\nA = np.array([[1, 2], [3, 4]])\nA @ A\n' };
const ANSWER = /Matrix Inspector|2 ?[×x] ?2|\(2, 2\)/;

let workbench: Workbench | undefined;

afterEach(async () => {
  await workbench?.close();
  workbench = undefined;
});

it('answers a hover in the extension host in Node', async () => {
  workbench = await openWorkbench({ files: FILES });
  await workbench.openFile('a.py');
  await workbench.hoverToken('array', ANSWER);
  expect(workbench.violations).toEqual([]);
});

it("answers a hover in the browser's extension host", async () => {
  workbench = await openWorkbench({ files: FILES, webHost: true });
  await workbench.openFile('a.py');
  await workbench.hoverToken('array', ANSWER);
});

it('answers a hover in Restricted Mode', async () => {
  workbench = await openWorkbench({ files: FILES, restricted: true });
  await workbench.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
  await workbench.openFile('a.py');
  await workbench.hoverToken('array', ANSWER);
});
