import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './support/source-files';

const PREFIX = 'matrixInspector.';
const CONFIG = path.join(ROOT, 'src', 'host', 'config.ts');

interface Properties {
  readonly properties?: Readonly<
    Record<string, { readonly default?: unknown; readonly description?: string; readonly markdownDescription?: string }>
  >;
}

interface Manifest {
  readonly main: string;
  readonly browser: string;
  readonly icon?: string;
  readonly contributes?: {
    readonly commands?: readonly { readonly command: string; readonly title: string; readonly category?: string }[];
    readonly configuration?: Properties | readonly Properties[];
  };
}

const manifest: Manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
const commands = manifest.contributes?.commands ?? [];
const settings = Object.entries(
  Object.assign(
    {},
    ...[manifest.contributes?.configuration ?? []].flat().map(({ properties }) => properties),
  ) as NonNullable<Properties['properties']>,
);

describe('the manifest', () => {
  it('puts every command under the name of the extension', () => {
    expect(commands.filter(({ category }) => category !== 'Matrix Inspector')).toEqual([]);
    expect(commands.filter(({ command }) => !command.startsWith(PREFIX))).toEqual([]);
    expect(commands.filter(({ title }) => title.includes('Matrix Inspector'))).toEqual([]);
  });

  it('describes every setting', () => {
    expect(settings.filter(([name]) => !name.startsWith(PREFIX))).toEqual([]);
    expect(
      settings
        .filter(([, { description, markdownDescription }]) => !description && !markdownDescription)
        .map(([name]) => name),
    ).toEqual([]);
  });

  it('names an icon that exists', () => {
    if (manifest.icon !== undefined) expect(existsSync(path.join(ROOT, manifest.icon))).toBe(true);
  });

  it('has the defaults that the code has', async context => {
    if (!existsSync(CONFIG)) context.skip('there is no src/host/config.ts yet');
    const { DEFAULTS } = (await import(CONFIG)) as { readonly DEFAULTS: Readonly<Record<string, unknown>> };
    expect(Object.fromEntries(settings.map(([name, setting]) => [name.slice(PREFIX.length), setting.default]))).toEqual(
      DEFAULTS,
    );
  });
});
