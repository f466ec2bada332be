import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import { version } from 'vscode';

/** The tests that run inside VS Code, in order. A file registers its tests when it is loaded. */
const SUITES: readonly (() => Promise<unknown>)[] = [
  () => import('./manifest.test'),
  () => import('./commands.test'),
  () => import('./hover.test'),
  () => import('./write-back.test'),
  () => import('./save-picture.test'),
  () => import('./notebook.test'),
  () => import('./language-model-tool.test'),
];

export interface HostResult {
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly ms?: number;
  readonly error?: string;
}

export interface HostReport {
  readonly vscode: string;
  readonly node: string;
  readonly results: readonly HostResult[];
}

/**
 * What VS Code calls in its extension host, desktop or server. Rejects when a test fails; the report goes to the file
 * that HOST_TEST_RESULTS names.
 */
export async function run(): Promise<void> {
  const results: HostResult[] = [];
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, color: false, grep: process.env.HOST_TEST_GREP || undefined });
  // This puts describe, it and the hooks on the global object, which the test files use while they load.
  mocha.suite.emit(Mocha.Suite.constants.EVENT_FILE_PRE_REQUIRE, globalThis, '', mocha);
  for (const load of SUITES) await load();
  await new Promise<void>(resolve => {
    mocha
      .run(() => resolve())
      .on('pass', test => results.push({ title: test.fullTitle(), state: 'passed', ms: test.duration }))
      .on('pending', test => results.push({ title: test.fullTitle(), state: 'skipped' }))
      .on('fail', (test, error: Error) =>
        results.push({ title: test.fullTitle(), state: 'failed', error: error.stack ?? String(error) }),
      );
  });
  const report: HostReport = { vscode: version, node: process.version, results };
  if (process.env.HOST_TEST_RESULTS) writeFileSync(process.env.HOST_TEST_RESULTS, JSON.stringify(report));
  const failed = results.filter(result => result.state === 'failed').length;
  if (failed > 0) throw new Error(`${failed} of ${results.length} tests failed`);
}
