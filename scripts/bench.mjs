import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { fail, ROOT, say } from './process.mjs';
import { setUp } from './setup.mjs';

/**
 * npm run bench: runs every test/bench/*.bench.{ts,mjs} and prints its tables. Words after the command choose files by name.
 * Each file's default export is `async () => Table[]`; a ratio above 1 means that ours is the faster.
 * @typedef {{ readonly work: string, readonly ours: number, readonly peer: string, readonly theirs: number, readonly ratio: number }} Row
 * @typedef {{ readonly title: string, readonly rows: readonly Row[] }} Table
 */
const SOURCE = path.join(ROOT, 'test', 'bench');
const OUT = path.join(ROOT, 'dist', 'bench');

async function main() {
  await setUp();
  const { build } = await import('esbuild');
  const wanted = process.argv.slice(2);
  const files = (existsSync(SOURCE) ? readdirSync(SOURCE) : [])
    .filter(
      file => /\.bench\.(ts|mjs)$/.test(file) && (wanted.length === 0 || wanted.some(word => file.includes(word))),
    )
    .sort();
  if (files.length === 0) say('There are no benchmarks.');
  for (const file of files) {
    const outfile = path.join(OUT, file.replace(/\.\w+$/, '.mjs'));
    // Peers stay in node_modules: they are measured as they are published.
    await build({
      entryPoints: [path.join(SOURCE, file)],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      packages: 'external',
      loader: { '.wasm': 'binary' },
      logLevel: 'warning',
    });
    /** @type {{ readonly default: () => Promise<readonly Table[]> }} */
    const { default: measure } = await import(pathToFileURL(outfile).href);
    for (const { title, rows } of await measure()) say(`\n${title}\n${table(rows)}`);
  }
}

/** @param {readonly Row[]} rows */
function table(rows) {
  const head = ['work', 'ours (ms)', 'peer', 'theirs (ms)', 'ratio'];
  const cells = [
    head,
    ...rows.map(({ work, ours, peer, theirs, ratio }) => [
      work,
      digits(ours),
      peer,
      digits(theirs),
      `${ratio.toFixed(2)}×`,
    ]),
  ];
  const widths = head.map((_, column) => Math.max(...cells.map(row => row[column].length)));
  const isText = (/** @type {number} */ column) => column === 0 || column === 2;
  return cells
    .map(
      row =>
        `  ${row.map((cell, column) => (isText(column) ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  ')}`,
    )
    .join('\n');
}

/** @param {number} milliseconds */
function digits(milliseconds) {
  return milliseconds >= 100 ? milliseconds.toFixed(0) : milliseconds.toPrecision(3);
}

main().catch(fail);
