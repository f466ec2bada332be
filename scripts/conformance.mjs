/**
 * `npm run conformance -- numpy`: the examples of the installed NumPy's manual against our own answers, by module.
 * Reads the examples anew where Debian's python3-numpy is installed, otherwise takes the committed ones.
 * With `--wrong` or `--unknown` it lists those answers. The user guide's examples are the committed ones.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { conformWithSuite } from './conformance-suite.mjs';
import { goldens } from './goldens.mjs';

const root = path.join(import.meta.dirname, '..');
const [what = 'numpy', ...flags] = process.argv.slice(2);
if (what === 'suite') {
  await conformWithSuite(flags);
  process.exit();
}
if (what !== 'numpy') {
  console.error('usage: npm run conformance -- numpy [--keep] [--wrong] [--unknown]');
  console.error('       npm run conformance -- suite [--wrong] [--unknown] [--keep=FILE] [TEST FILE...] [PYTHON...]');
  process.exit(2);
}

if (!flags.includes('--keep')) {
  const python = ['/usr/bin/python3', 'python3'].find(
    p => spawnSync(p, ['-c', 'import numpy, sys; sys.exit(numpy.__version__[:5] != "1.24.")']).status === 0,
  );
  if (python) spawnSync(python, [path.join(root, 'scripts', 'conformance-numpy.py')], { stdio: 'ignore' });
  else console.log('NumPy 1.24 is not installed: the committed examples are used');
}

const { compareWithNumpy, programs } = await goldens();

/** Linear algebra and everyday arrays: what people use without looking it up. */
const EVERYDAY = new Set(
  `add all allclose amax amin any append arange argmax argmin argsort array array_equal asarray atleast_1d atleast_2d
   average broadcast_to clip column_stack concatenate copy cov cross cumprod cumsum delete diag diagonal diff dot
   einsum exp expand_dims eye flip fliplr flipud full hstack identity inner insert isclose kron linspace log matmul
   max maximum mean median meshgrid min minimum multiply nonzero ones outer percentile prod ravel repeat reshape roll
   round shape sort split sqrt squeeze stack std subtract sum swapaxes take tensordot tile trace transpose tril triu
   unique var vdot vstack where zeros`.split(/\s+/),
);

/** @type {Map<string, import('../test/support/numpy-goldens').Program[]>} */
const groups = new Map();
const all = programs('numpy-manual.json');
for (const p of all) {
  const everyday = p.module === 'numpy.linalg' || EVERYDAY.has(p.name?.split('.').at(-1) ?? '');
  for (const name of [p.module, everyday ? 'linear algebra and everyday arrays' : undefined, 'everything'])
    if (name) groups.set(name, [...(groups.get(name) ?? []), p]);
}
const guide = programs('numpy-guide.json');
groups.set('user guide', guide);
/** @param {string | number} x @param {number} n */
const pad = (x, n) => String(x).padStart(n);
console.log(`${'module'.padEnd(36)}examples  text-exact      value-exact  unknown  wrong`);
for (const [name, list] of [...groups].sort(([a], [b]) =>
  a === 'everything' ? 1 : b === 'everything' ? -1 : a < b ? -1 : 1,
)) {
  const t = compareWithNumpy(list);
  const n = t.exact + t.close + t.unknown + t.wrong.length;
  const share = ((100 * t.exact) / n).toFixed(1);
  console.log(
    `${name.padEnd(36)}${pad(n, 8)}${pad(t.exact, 7)} (${pad(share, 5)} %)${pad(t.exact + t.close, 14)}${pad(t.unknown, 9)}${pad(t.wrong.length, 7)}`,
  );
}
const total = compareWithNumpy([...all, ...guide]);
if (flags.includes('--wrong')) console.log(total.wrong.join('\n'));
if (flags.includes('--unknown')) console.log(total.unknowns.join('\n'));
process.exitCode = total.wrong.length > 0 ? 1 : 0;
