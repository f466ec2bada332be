import { afterEach, expect, it } from 'vitest';
import { openWorkbench, type Workbench } from '../support/vscode-workbench';

let workbench: Workbench | undefined;

afterEach(async () => {
  await workbench?.close();
  workbench = undefined;
});

it.each([
  ['Node', false],
  ['the browser', true],
])('shows a hover with the extension host in %s', async (_, webHost) => {
  workbench = await openWorkbench({ webHost, files: { 'a.py': 'A = [[1, 2], [3, 4]]\nB = A\n' } });
  await workbench.openFile('a.py');
  const hover = await workbench.hoverToken('[1, 2]', 'Matrix Inspector');
  expect(await hover.isVisible()).toBe(true);
  await workbench.screenshot(`hover-${webHost ? 'web' : 'node'}`);
});
