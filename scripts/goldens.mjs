import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import esbuild from 'esbuild';
import { buildKernels } from './kernels.mjs';

/**
 * `test/support/numpy-goldens.ts`, bundled: what compares our answers with a real library's.
 * @returns {Promise<typeof import('../test/support/numpy-goldens')>}
 */
export async function goldens() {
  await buildKernels();
  const entry = path.join(import.meta.dirname, '..', 'test', 'support', 'numpy-goldens.ts');
  const folder = mkdtempSync(path.join(tmpdir(), 'goldens-'));
  const bundle = path.join(folder, 'goldens.cjs');
  const built = await esbuild.build({
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    write: false,
    logLevel: 'warning',
    define: { 'import.meta.url': JSON.stringify(`file://${entry}`) },
  });
  writeFileSync(bundle, built.outputFiles[0].contents);
  const module = createRequire(import.meta.url)(bundle);
  rmSync(folder, { recursive: true });
  return module;
}
