/**
 * `npm run conformance -- suite`: NumPy's own test suite, as the installed NumPy 2 has it, against our own answers, by test file.
 * `python3` reads the suite and answers first; Debian's NumPy 1.24 is a second opinion where it is installed.
 * With `--wrong`, `--versions` (where the two versions differ and ours is neither) or `--unknown` it lists those answers, with
 * `--slow` the programs that take seconds. `--keep=FILE` keeps what Python said in a file and takes it from there.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { goldens } from './goldens.mjs';

/** @typedef {import('../test/support/numpy-goldens').Program} Program */
/** @typedef {Program['results'][number]} Result */

const script = path.join(import.meta.dirname, 'conformance-suite.py');

/** @param {string} python @param {string[]} words @param {string} input @returns {Promise<string>} */
const asked = (python, words, input) =>
  new Promise((resolve, reject) => {
    const env = { ...process.env, OPENBLAS_CORETYPE: 'Haswell', OPENBLAS_NUM_THREADS: '1' };
    const child = spawn(python, ['-W', 'ignore', script, ...words], { env, stdio: ['pipe', 'pipe', 'inherit'] });
    let out = '';
    child.stdout.setEncoding('utf8').on('data', part => {
      out += part;
    });
    child.on('error', reject);
    // LAPACK complains on the same output.
    child.on('close', () => resolve(out.slice(out.trimEnd().lastIndexOf('\n') + 1)));
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });

/**
 * The programs with the answers of the interpreters, the reader of the suite first.
 * @param {string[]} pythons @param {string[]} words @returns {Promise<Program[][]>}
 */
async function answers(pythons, words) {
  const programs = await asked(pythons[0], ['programs', ...words], '');
  const said = await Promise.all(pythons.map(p => asked(p, ['answers'], programs).catch(() => '')));
  return said.filter(Boolean).map(text => JSON.parse(text));
}

/** @param {string[]} flags */
export async function conformWithSuite(flags) {
  const words = flags.filter(f => !f.startsWith('--'));
  const pythons = words.filter(w => w.includes('python'));
  const files = words.filter(w => !w.includes('python'));
  const kept = flags.find(f => f.startsWith('--keep='))?.slice('--keep='.length);
  const said =
    kept && existsSync(kept)
      ? JSON.parse(readFileSync(kept, 'utf8'))
      : await answers(pythons.length ? pythons : ['python3', '/usr/bin/python3'], files);
  if (kept && !existsSync(kept)) writeFileSync(kept, JSON.stringify(said));
  const { compareWithNumpy } = await goldens();
  /** An exception of ours is a wrong answer, told apart from those that a run of the suite is for. @param {Program} program */
  const compared = program => {
    try {
      return compareWithNumpy([program]);
    } catch (error) {
      const told = `exception: ${error instanceof Error ? error.stack?.split('\n').slice(0, 6).join('\n') : error}`;
      return { exact: 0, close: 0, unknown: 0, wrong: [told], unknowns: [] };
    }
  };

  /** @type {Map<string, {exact: number, close: number, unknown: number, wrong: number, versions: number}>} */
  const groups = new Map();
  const [first, ...others] = said;
  for (const [k, program] of /** @type {Program[]} */ (first).entries()) {
    if (files.length && !files.some(f => `${program.module} ${program.name}`.includes(f))) continue;
    const start = performance.now();
    const whole = compared(program);
    const seconds = (performance.now() - start) / 1000;
    if (flags.includes('--slow') && seconds > 2)
      console.log(`${seconds.toFixed(1)} s: ${program.module} ${program.name}`);
    const t = { exact: whole.exact, close: whole.close, unknown: whole.unknown, wrong: 0, versions: 0 };
    // What differs is looked at one by one, beside what the other versions say.
    for (const r of whole.wrong.length ? program.results : []) {
      const one = compared({ ...program, results: [r] });
      if (!one.wrong.length) continue;
      /** @type {Result[]} */
      const second = others
        .map((/** @type {Program[]} */ o) => o[k].results.find(s => s.line === r.line))
        .filter(Boolean);
      const tallies = second.map(s => compared({ ...program, results: [s] }));
      if (tallies.some(o => o.exact)) t.exact++;
      else if (tallies.some(o => o.close)) t.close++;
      else {
        const agreed = second.length > 0 && second.every(s => s.text === r.text && s.error === r.error);
        t[agreed ? 'wrong' : 'versions']++;
        if (flags.includes(agreed ? '--wrong' : '--versions')) {
          const earlier = agreed ? '' : `\n  1.24:  ${second.map(s => s.text ?? s.error).join() || '(not run)'}`;
          console.log(`--- ${program.module} ${program.name}\n${one.wrong.join('\n')}${earlier}`);
          if (flags.includes('--source')) console.log(`  in:\n${program.source.replace(/^/gm, '    ')}`);
        }
      }
    }
    if (flags.includes('--unknown'))
      for (const u of whole.unknowns) console.log(`${program.module} ${program.name}: ${u}`);
    for (const name of [program.module ?? '', 'everything']) {
      const sum = groups.get(name) ?? { exact: 0, close: 0, unknown: 0, wrong: 0, versions: 0 };
      for (const key of /** @type {(keyof typeof t)[]} */ (Object.keys(t))) sum[key] += t[key];
      groups.set(name, sum);
    }
  }
  /** @param {string | number} x @param {number} n */
  const pad = (x, n) => String(x).padStart(n);
  console.log(`${'test file'.padEnd(32)} results  text-exact  value-exact  unknown  versions  wrong`);
  for (const [name, t] of [...groups].sort(([a], [b]) => Number(a === 'everything') - Number(b === 'everything'))) {
    const all = t.exact + t.close + t.unknown + t.wrong + t.versions;
    console.log(
      `${name.padEnd(32)}${pad(all, 8)}${pad(t.exact, 12)}${pad(t.exact + t.close, 13)}${pad(t.unknown, 9)}${pad(t.versions, 10)}${pad(t.wrong, 7)}`,
    );
  }
}
