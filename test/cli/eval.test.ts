import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../support/source-files';

/** The command line of DESIGN.md, section 6. */
const folder = mkdtempSync(path.join(os.tmpdir(), 'matrix-inspector-cli-'));
const cli = path.join(folder, 'cli.js');

beforeAll(async () => {
  await build({ entryPoints: [path.join(ROOT, 'src/cli.ts')], bundle: true, platform: 'node', outfile: cli });
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const at = path.join(folder, name);
  writeFileSync(at, text);
  return at;
}
const run = (...args: readonly string[]) => spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8' });
const json = (...args: readonly string[]) =>
  run('eval', '--json', ...args)
    .stdout.trim()
    .split('\n')
    .map(line => JSON.parse(line));

describe('eval --json', () => {
  test('one object for each expression statement, in order', () => {
    const at = file(
      'seed.py',
      'import numpy as np\na = np.array([1, 2])\nb = np.array([3, 4])\na @ b\nprint("a + b:", a + b)\na @ np.ones(3)\ndef f(x):\n    return x\nf(unknown_library())\n',
    );
    const [product, print, error] = json(at);
    expect(product).toEqual({
      file: at,
      line: 3,
      source: 'a @ b',
      status: 'ok',
      text: '11',
      latex: '11',
      value: { type: 'number', dtype: 'int64', value: 11 },
    });
    expect(print).toMatchObject({ line: 4, status: 'ok', text: 'a + b: [4 6]', value: { type: 'none' } });
    expect(error).toMatchObject({ line: 5, status: 'error' });
    expect(error.message).toMatch(/^ValueError: matmul: Input operand 1 has a mismatch/);
  });

  test('values of every type', () => {
    const at = file(
      'values.py',
      'import numpy as np\n1.5\n1+2j\nTrue\n"text"\n2**60\nnp.array([[1, 2], [3, 4]])\nnp.array([np.nan, np.inf, -np.inf])\nnp.array([1j])\n(1, [2])\n',
    );
    expect(json(at).map(e => e.value)).toEqual([
      { type: 'number', dtype: 'float64', value: 1.5 },
      { type: 'complex', value: [1, 2] },
      { type: 'bool', value: true },
      { type: 'string', value: 'text' },
      { type: 'number', dtype: 'int64', value: '1152921504606846976' },
      { type: 'array', dtype: 'int64', shape: [2, 2], data: [1, 2, 3, 4] },
      { type: 'array', dtype: 'float64', shape: [3], data: ['NaN', 'Infinity', '-Infinity'] },
      { type: 'array', dtype: 'complex128', shape: [1], data: [[0, 1]] },
      {
        type: 'tuple',
        items: [
          { type: 'number', dtype: 'int64', value: 1 },
          { type: 'list', items: [{ type: 'number', dtype: 'int64', value: 2 }] },
        ],
      },
    ]);
  });

  test('the language by the file’s ending or by name', () => {
    expect(json(file('a.m', '[1 2; 3 4] * [3; 4]'))[0].text).toBe('ans =\n\n   11\n   25');
    expect(json(file('a.tex', '$2 + 3$'))[0].text).toBe('5');
    expect(json('--language', 'python', file('a.txt', '2 + 3'))[0].text).toBe('5');
  });
});

describe('the exit code', () => {
  test('is 0 whatever the values are', () => {
    expect(run('eval', file('bad.py', 'x\n1 / 0\n')).status).toBe(0);
  });

  test('is 2 when a file cannot be read, and the others are evaluated all the same', () => {
    const found = run('eval', path.join(folder, 'missing.py'), file('fine.py', '1 + 1'));
    expect(found.status).toBe(2);
    expect(found.stderr).toContain('missing.py');
    expect(found.stdout).toContain('2');
  });

  test('is 2 for unusable arguments', () => {
    expect(run().status).toBe(2);
    expect(run('eval').status).toBe(2);
    expect(run('eval', '--language', 'cobol', 'x').status).toBe(2);
    expect(run('eval', '--frobnicate', 'x').status).toBe(2);
  });
});

test('a reader that goes away is no error', () => {
  const at = file('many.py', Array.from({ length: 20_000 }, (_, k) => `${k} + 1`).join('\n'));
  const found = spawnSync('sh', ['-c', `"${process.execPath}" "${cli}" eval "${at}" | head -n 1`], {
    encoding: 'utf8',
  });
  expect(found.stdout).toBe('1: 0 + 1\n');
  expect(found.stderr).toBe('');
});
