import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { fail, ROOT, say } from './process.mjs';
import { setUp } from './setup.mjs';

/** npm run fuzz [-- COUNT [SEED]]: reads and evaluates so many mutated sources and prints those that break something. */
async function main() {
  await setUp();
  const { build } = await import('esbuild');
  const outfile = path.join(ROOT, 'dist', 'fuzz.mjs');
  await build({
    stdin: {
      contents: "export * from './test/support/fuzz'; export * from './test/support/random';",
      resolveDir: ROOT,
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    logLevel: 'warning',
  });
  const { SEEDS, mutated, survive, random } = await import(pathToFileURL(outfile).href);
  const { readFileSync } = await import('node:fs');
  const count = Number(process.argv[2] ?? 1e6);
  const seed = Number(process.argv[3] ?? 1);
  const next = random(seed);
  const languages = Object.keys(SEEDS);
  const texts = Object.fromEntries(
    languages.map(language => [
      language,
      SEEDS[language].map((/** @type {string} */ s) =>
        s.startsWith('samples/') ? readFileSync(path.join(ROOT, s), 'utf8') : s,
      ),
    ]),
  );
  let broken = 0;
  let slowest = 0;
  for (let k = 0; k < count; k++) {
    const language = languages[k % languages.length];
    const text = mutated(texts[language], next);
    const since = performance.now();
    const problem = survive(text, language, next);
    slowest = Math.max(slowest, performance.now() - since);
    if (problem) {
      broken++;
      say(`${language}: ${JSON.stringify(text)}\n${problem}`);
    }
    if ((k + 1) % 100_000 === 0) say(`${k + 1} sources`);
  }
  say(`${count} sources, ${broken} broke something, the slowest took ${slowest.toFixed(0)} ms`);
  process.exitCode = broken > 0 ? 1 : 0;
}

main().catch(fail);
