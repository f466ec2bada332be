import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT, say } from './process.mjs';
import { setUp } from './setup.mjs';

/** npm run gallery: draws every picture for a set of telling matrices, a page a theme, into dist/gallery. */
async function main() {
  await setUp();
  const { build } = await import('esbuild');
  const folder = path.join(ROOT, 'dist', 'gallery');
  const outfile = path.join(folder, 'gallery.mjs');
  await build({
    entryPoints: [path.join(ROOT, 'test', 'support', 'gallery.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    loader: { '.wasm': 'binary' },
    logLevel: 'warning',
  });
  /** @type {{ readonly galleryPages: () => Readonly<Record<string, string>> }} */
  const { galleryPages } = await import(pathToFileURL(outfile).href);
  mkdirSync(folder, { recursive: true });
  for (const [name, page] of Object.entries(galleryPages())) writeFileSync(path.join(folder, name), page);
  say(`The gallery is in ${path.join(folder, 'light.html')}`);
}

await main();
