import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT, run } from './process.mjs';
import { failedStage } from './tally.mjs';

/**
 * The part of vitest's JSON report that is read.
 * @typedef {{ readonly status: string, readonly fullName: string, readonly failureMessages: readonly string[] }} Assertion
 * @typedef {{ readonly name: string, readonly status: string, readonly message: string, readonly assertionResults: readonly Assertion[] }} FileResult
 */

/**
 * Runs vitest and counts. A file that cannot be loaded, a run that is cut off and an error outside the tests are failures.
 * @param {{ config: string, timeout: number, env?: Readonly<Record<string, string>> }} options
 * @returns {Promise<import('./tally.mjs').Tally>}
 */
export async function runVitest({ config, timeout, env = {} }) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'matrix-inspector-vitest-'));
  const report = path.join(folder, 'report.json');
  const cli = path.join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  try {
    const { code, output } = await run(
      process.execPath,
      [cli, 'run', '--config', config, '--reporter=json', `--outputFile=${report}`],
      {
        env: { ...process.env, ...env },
        timeout,
      },
    );
    if (!existsSync(report))
      return failedStage(`vitest left no report and ended with ${code}:\n${output.slice(-8000)}`);
    /** @type {readonly FileResult[]} */
    const files = JSON.parse(readFileSync(report, 'utf8')).testResults;
    const tests = files.flatMap(file => file.assertionResults);
    const failures = tests
      .filter(test => test.status === 'failed')
      .map(test => `${test.fullName}\n${test.failureMessages.join('\n')}`);
    const unloaded = files.filter(
      file => file.status === 'failed' && !file.assertionResults.some(test => test.status === 'failed'),
    );
    failures.push(...unloaded.map(file => `${path.relative(ROOT, file.name)}\n${file.message}`));
    if (code !== 0 && failures.length === 0) failures.push(`vitest ended with ${code}:\n${output.slice(-8000)}`);
    const passed = tests.filter(test => test.status === 'passed').length;
    const failed = tests.filter(test => test.status === 'failed').length;
    return { passed, failed: failures.length, skipped: tests.length - passed - failed, notes: failures };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
