import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { fail, ROOT, say } from './process.mjs';
import { setUp } from './setup.mjs';

/** npm run docs: writes docs/functions.md, the table of all functions that are evaluated, from the catalogues. */
async function main() {
  await setUp();
  const { build } = await import('esbuild');
  const outfile = path.join(ROOT, 'dist', 'functions-table.mjs');
  await build({
    entryPoints: [path.join(ROOT, 'test', 'support', 'functions-table.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    loader: { '.wasm': 'binary' },
    logLevel: 'warning',
  });
  /** @type {{ readonly functionsTable: () => string }} */
  const { functionsTable } = await import(pathToFileURL(outfile).href);
  const page = path.join(ROOT, 'docs', 'functions.md');
  mkdirSync(path.dirname(page), { recursive: true });
  writeFileSync(page, functionsTable());
  say(`The table is in ${page}`);
}

main().catch(fail);
