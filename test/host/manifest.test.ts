import assert from 'node:assert/strict';
import { commands, extensions } from 'vscode';

const ID = 'matrix-inspector.matrix-inspector';
const PREFIX = 'matrixInspector.';

interface Contributes {
  readonly commands?: readonly { readonly command: string }[];
  readonly views?: Readonly<Record<string, readonly { readonly id: string }[]>>;
}

describe('the manifest', () => {
  const extension = extensions.getExtension(ID);
  const contributes: Contributes = extension?.packageJSON.contributes ?? {};
  const contributed = (contributes.commands ?? []).map(({ command }) => command);
  const views = Object.values(contributes.views ?? {}).flatMap(list => list.map(({ id }) => id));

  it('belongs to an extension that activates', async () => {
    assert.ok(extension, `${ID} is not there`);
    await extension.activate();
    assert.ok(extension.isActive);
  });

  it('contributes no command that nothing registers', async () => {
    const registered = new Set(await commands.getCommands(true));
    assert.deepEqual(
      contributed.filter(command => !registered.has(command)),
      [],
    );
  });

  it('contributes every command that is registered', async () => {
    // Commands of links and buttons begin with `_` and are not listed; VS Code makes some for each view.
    const made = (command: string) => views.some(id => command.startsWith(`${id}.`));
    const registered = (await commands.getCommands(true)).filter(
      command => command.startsWith(PREFIX) && !made(command),
    );
    assert.deepEqual(
      registered.filter(command => !contributed.includes(command)),
      [],
    );
  });
});
