import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const FOLDER = fileURLToPath(new URL('../src/core/kernels/', import.meta.url));
const SOURCE = path.join(FOLDER, 'assembly');
const TARGET = path.join(FOLDER, 'bytes.ts');
const OPTIONS = [
  '-O3',
  '--noAssert',
  '--converge',
  '--runtime',
  'stub',
  '--enable',
  'simd',
  '--importMemory',
  '--zeroFilledMemory',
];

/**
 * Compiles the AssemblyScript of src/core/kernels/assembly into src/core/kernels/bytes.ts, which git ignores: the bytes
 * travel inside every bundle. What was made from the same sources stays.
 */
export async function buildKernels() {
  const names = readdirSync(SOURCE).filter(name => name.endsWith('.ts'));
  const hash = createHash('sha256').update(OPTIONS.join(' '));
  for (const name of names) hash.update(name).update(readFileSync(path.join(SOURCE, name)));
  const mark = `// Made by scripts/kernels.mjs from ${hash.digest('hex')}`;
  if (existsSync(TARGET) && readFileSync(TARGET, 'utf8').startsWith(mark)) return;
  // Its types declare globals of their own, so the type check is not to see where it comes from.
  const compiler = ['assemblyscript', 'asc'].join('/');
  const { default: asc } = await import(compiler);
  let bytes = new Uint8Array();
  const { error, stderr } = await asc.main(['index.ts', '--baseDir', SOURCE, '-o', 'kernels.wasm', ...OPTIONS], {
    writeFile: (/** @type {string} */ name, /** @type {Uint8Array<ArrayBuffer>} */ contents) => {
      if (name.endsWith('.wasm')) bytes = contents;
    },
  });
  if (error) throw new Error(`${error.message}\n${stderr}`);
  const text = `${mark}\nexport const BYTES =\n  '${Buffer.from(bytes).toString('base64')}';\n`;
  // Two builds at once each write a whole file.
  writeFileSync(`${TARGET}.${process.pid}`, text);
  renameSync(`${TARGET}.${process.pid}`, TARGET);
}

/** What vitest calls before the tests. */
export const setup = buildKernels;

if (import.meta.url === pathToFileURL(process.argv[1]).href) await buildKernels();
