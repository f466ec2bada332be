import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT, run } from './process.mjs';
import { failedStage } from './tally.mjs';

/**
 * The part of vitest's JSON report that is read.
 * @typedef {{ readonly status: string }} Assertion
 * @typedef {{ readonly status: string, readonly assertionResults: readonly Assertion[] }} FileResult
 */

/** Where vitest's account of what failed begins. */
const FAILURES = /^.*⎯ (Failed (Tests|Suites)|Unhandled Errors) /m;

/**
 * Runs vitest and counts. A file that cannot be loaded, a run that is cut off and an error outside the tests are failures.
 * @param {{ config: string, timeout: number }} options
 * @returns {Promise<import('./tally.mjs').Tally>}
 */
export async function runVitest({ config, timeout }) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'matrix-inspector-vitest-'));
  const report = path.join(folder, 'report.json');
  const cli = path.join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  try {
    const env = { ...process.env, NO_COLOR: '1', VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true' };
    const { code, output } = await run(process.execPath, [cli, 'run', '--config', config, ...reporters], {
      env,
      timeout,
    });
    if (!existsSync(report))
      return failedStage(`vitest left no report and ended with ${code}:\n${output.slice(-8000)}`);
    /** @type {readonly FileResult[]} */
    const files = JSON.parse(readFileSync(report, 'utf8')).testResults;
    const tests = files.flatMap(file => file.assertionResults);
    const count = (/** @type {string} */ status) => tests.filter(test => test.status === status).length;
    const [passed, failedTests] = [count('passed'), count('failed')];
    const unloaded = files.filter(
      file => file.status === 'failed' && !file.assertionResults.some(test => test.status === 'failed'),
    );
    const failed = failedTests + unloaded.length || (code === 0 ? 0 : 1);
    const account = output.slice(Math.max(0, output.search(FAILURES))).slice(0, 30_000);
    return { passed, failed, skipped: tests.length - passed - failedTests, notes: failed > 0 ? [account.trim()] : [] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
