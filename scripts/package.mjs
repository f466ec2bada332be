import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { fail, ROOT, run, say } from './process.mjs';
import { setUp } from './setup.mjs';

/** Where the package goes: dist/matrix-inspector-VERSION.vsix. */
export function packageFile() {
  const { name, version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  return path.join(ROOT, 'dist', `${name}-${version}.vsix`);
}

/**
 * Builds for production and packs the extension. The bundles hold their dependencies, so node_modules stays out.
 * @returns {Promise<string>} what vsce and the build printed; throws the same when there is no package
 */
export async function packageExtension() {
  const file = packageFile();
  rmSync(file, { force: true });
  const vsce = path.join(ROOT, 'node_modules', '@vscode', 'vsce', 'vsce');
  // vsce runs the script vscode:prepublish, which is the build.
  const { code, output } = await run(process.execPath, [
    vsce,
    'package',
    '--no-dependencies',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
    '--out',
    file,
  ]);
  if (code !== 0 || !existsSync(file)) throw new Error(`the package could not be made:\n${output}`);
  return output;
}

async function main() {
  await setUp();
  say(await packageExtension());
  say(`${path.relative(ROOT, packageFile())}: ${(statSync(packageFile()).size / 1024).toFixed(0)} KB`);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) main().catch(fail);
