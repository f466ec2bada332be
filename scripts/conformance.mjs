/**
 * `npm run conformance -- numpy` or `torch`: the examples of the installed library's manual against our own answers, by module.
 * Reads the examples anew where Debian's package is installed, otherwise takes the committed ones.
 * With `--wrong` or `--unknown` it lists those answers. NumPy's user guide's examples are the committed ones.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { conformWithSuite } from './conformance-suite.mjs';
import { goldens } from './goldens.mjs';

const root = path.join(import.meta.dirname, '..');
const VERSIONS = new Map([
  ['numpy', '1.24'],
  ['torch', '1.13'],
]);
const [what = 'numpy', ...flags] = process.argv.slice(2);
if (what === 'suite') {
  await conformWithSuite(flags);
  process.exit();
}
const version = VERSIONS.get(what);
if (!version) {
  console.error(`usage: npm run conformance -- ${[...VERSIONS.keys()].join('|')} [--keep] [--wrong] [--unknown]`);
  console.error('       npm run conformance -- suite [--wrong] [--unknown] [--keep=FILE] [TEST FILE...] [PYTHON...]');
  process.exit(2);
}

if (!flags.includes('--keep')) {
  const installed = `import ${what}, sys; sys.exit(not ${what}.__version__.startswith("${version}."))`;
  const python = ['/usr/bin/python3', 'python3'].find(p => spawnSync(p, ['-c', installed]).status === 0);
  if (python) spawnSync(python, [path.join(root, 'scripts', `conformance-${what}.py`)], { stdio: 'ignore' });
  else console.log(`${what} ${version} is not installed: the committed examples are used`);
}

const { compareWithNumpy, compareWithTorch, programs } = await goldens();
const compare = what === 'torch' ? compareWithTorch : compareWithNumpy;
/** @typedef {import('../test/support/numpy-goldens').Program} Program */
/** @typedef {import('../test/support/numpy-goldens').Tally} Tally */
/** @type {Map<Program, Tally>} */
const tallies = new Map();
/** @param {readonly Program[]} list @returns {Tally} */
const tallyOf = list => {
  const each = list.map(p => {
    const tally = tallies.get(p) ?? compare([p]);
    tallies.set(p, tally);
    return tally;
  });
  /** @param {'exact' | 'close' | 'unknown'} key */
  const sum = key => each.reduce((n, t) => n + t[key], 0);
  const [exact, close, unknown] = [sum('exact'), sum('close'), sum('unknown')];
  return { exact, close, unknown, wrong: each.flatMap(t => t.wrong), unknowns: each.flatMap(t => t.unknowns) };
};

/** Linear algebra and everyday arrays: what people use without looking it up. */
const EVERYDAY = new Set(
  `add all allclose amax amin any append arange argmax argmin argsort array array_equal asarray atleast_1d atleast_2d
   average broadcast_to clip column_stack concatenate copy cov cross cumprod cumsum delete diag diagonal diff dot
   einsum exp expand_dims eye flip fliplr flipud full hstack identity inner insert isclose kron linspace log matmul
   max maximum mean median meshgrid min minimum multiply nonzero ones outer percentile prod ravel repeat reshape roll
   round shape sort split sqrt squeeze stack std subtract sum swapaxes take tensordot tile trace transpose tril triu
   unique var vdot vstack where zeros`.split(/\s+/),
);

/** @type {Map<string, Program[]>} */
const groups = new Map();
const all = programs(`${what}-manual.json`);
/** @param {Program} p */
const isEveryday = p => p.module === 'numpy.linalg' || EVERYDAY.has(p.name?.split('.').at(-1) ?? '');
for (const p of all) {
  const everyday = what === 'numpy' && isEveryday(p) ? 'linear algebra and everyday arrays' : undefined;
  for (const name of [p.module, everyday, 'everything']) if (name) groups.set(name, [...(groups.get(name) ?? []), p]);
}
const guide = what === 'numpy' ? programs('numpy-guide.json') : [];
if (guide.length > 0) groups.set('user guide', guide);
/** @param {string | number} x @param {number} n */
const pad = (x, n) => String(x).padStart(n);
console.log(`${'module'.padEnd(36)}examples  text-exact      value-exact  unknown  wrong`);
for (const [name, list] of [...groups].sort(([a], [b]) =>
  a === 'everything' ? 1 : b === 'everything' ? -1 : a < b ? -1 : 1,
)) {
  const t = tallyOf(list);
  const n = t.exact + t.close + t.unknown + t.wrong.length;
  const share = ((100 * t.exact) / n).toFixed(1);
  console.log(
    `${name.padEnd(36)}${pad(n, 8)}${pad(t.exact, 7)} (${pad(share, 5)} %)${pad(t.exact + t.close, 14)}${pad(t.unknown, 9)}${pad(t.wrong.length, 7)}`,
  );
}
const total = tallyOf([...all, ...guide]);
if (flags.includes('--wrong')) console.log(total.wrong.join('\n'));
if (flags.includes('--unknown')) console.log(total.unknowns.join('\n'));
process.exitCode = total.wrong.length > 0 ? 1 : 0;
