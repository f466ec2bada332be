/**
 * `npm run differential -- numpy SEED COUNT [--unknown] [PYTHON...]`, and `torch` likewise, there also with `--mode=seeded` or `--mode=gradients`: seeded random programs through real libraries and
 * through ours; `calls` are of every NumPy function with hostile arguments. With several interpreters, say `/usr/bin/python3 python3`, of which one has NumPy 1 and another NumPy 2, an answer counts as equal
 * when one of them gives it, and what only the later ones give is counted: there the versions differ.
 */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { goldens } from './goldens.mjs';

/** @typedef {import('../test/support/numpy-goldens').Program} Program */
/** @typedef {Program['results'][number]} Result */

const [what, seed, count, ...rest] = process.argv.slice(2);
const pythons = rest.filter(r => !r.startsWith('--'));
if (!['numpy', 'calls', 'torch'].includes(what) || !count) {
  console.error('usage: npm run differential -- numpy|calls|torch SEED COUNT [--unknown] [PYTHON...]');
  process.exit(2);
}
const mode = rest.filter(r => r.startsWith('--mode=')).flatMap(r => r.slice('--mode='.length).split(','));
const run = promisify(execFile);
const script = path.join(import.meta.dirname, `differential-${what}.py`);

/** @param {string} python @returns {Promise<Program[]>} */
const asked = async python => {
  const env = { ...process.env, OPENBLAS_CORETYPE: 'Haswell', OPENBLAS_NUM_THREADS: '1' };
  const { stdout } = await run(python, ['-W', 'ignore', script, seed, count, ...mode], { env, maxBuffer: 2 ** 30 });
  // LAPACK complains on the same output.
  return JSON.parse(stdout.slice(stdout.trimEnd().lastIndexOf('\n') + 1));
};

const { compareWithNumpy, compareWithTorch } = await goldens();
const compare = what === 'torch' ? compareWithTorch : compareWithNumpy;
const answers = await Promise.all((pythons.length ? pythons : ['/usr/bin/python3']).map(asked));

/** @param {Result} r */
const key = r => `${r.line} ${r.text ?? ''} ${r.error ?? ''}`;
/** The lines that every interpreter comes to. @param {number} k */
const common = k => {
  const lines = answers.map(a => new Set(a[k].results.map(r => r.line)));
  return (/** @type {Result} */ r) => lines.every(l => l.has(r.line));
};

let equal = 0;
let close = 0;
let unknown = 0;
let wrong = 0;
// The versions themselves disagree, and ours is neither: what one of them lacks, with the types of the other.
let disputed = 0;
let later = 0;
for (const [k, { source, results }] of answers[0].entries()) {
  for (const r of results.filter(common(k))) {
    const others = answers.slice(1).flatMap(a => a[k].results.filter(o => o.line === r.line && key(o) !== key(r)));
    const tallies = [r, ...others].map(one => compare([{ source, results: [one] }]));
    const [first] = tallies;
    if (tallies.some(t => t.exact)) equal++;
    else if (tallies.some(t => t.close)) close++;
    else if (first.unknown) unknown++;
    else if (others.length > 0) disputed++;
    else wrong++;
    if (!first.exact && !first.close && tallies.some(t => t.exact || t.close)) later++;
    if (first.unknown && rest.includes('--unknown')) console.log(first.unknowns.join('\n'));
    if (tallies.every(t => t.wrong.length))
      console.log(`${tallies.flatMap(t => t.wrong).join('\n')}\n  in:\n${source.replace(/^/gm, '    ')}\n---`);
  }
}
const all = equal + close + unknown + wrong + disputed;
console.log(
  `${all} results: ${equal + close} equal (${((100 * (equal + close)) / all).toFixed(2)} %; ${close} of them but for roundings, ${later} as a later interpreter says), ${unknown} unknown, ${wrong} wrong, ${disputed} disputed among the versions`,
);
