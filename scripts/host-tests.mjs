import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { findBrowser } from './browser.mjs';
import { fail, hasDisplay, onPath, ROOT, run, say } from './process.mjs';
import { setUp } from './setup.mjs';
import { hostUnsupported } from './test-host.mjs';

/** @typedef {import('./tally.mjs').Tally} Tally */
/** @typedef {{ readonly title: string, readonly state: 'passed' | 'failed' | 'skipped', readonly ms?: number, readonly error?: string }} HostResult */
/** @typedef {{ readonly vscode: string, readonly node: string, readonly results: readonly HostResult[] }} HostReport */

const SUITE = path.join(ROOT, 'dist', 'test', 'host', 'index.js');
const LIMIT = 300_000;
const RELEASES = 'https://update.code.visualstudio.com/api/releases/stable';

/**
 * Runs test/host inside VS Code: in the desktop's where there is one or one can be downloaded, else in the workbench in a browser.
 * A suite that crashes, hangs or leaves no results has failed.
 * @returns {Promise<Tally>}
 */
export async function runHostTests() {
  if (!existsSync(SUITE)) return { passed: 0, failed: 1, skipped: 0, notes: ['dist/test/host/index.js is not built'] };
  const folder = mkdtempSync(path.join(os.tmpdir(), 'matrix-inspector-host-'));
  const workspace = path.join(folder, 'samples');
  const results = path.join(folder, 'results.json');
  cpSync(path.join(ROOT, 'samples'), workspace, { recursive: true });
  const env = { HOST_TEST_RESULTS: results, HOST_TEST_WORKSPACE: workspace };
  try {
    const noDesktop = await whyNoDesktop();
    if (noDesktop) say(`  desktop VS Code: not used (${noDesktop})`);
    const noWorkbench = hostUnsupported() ?? (findBrowser() ? undefined : 'no browser');
    if (noDesktop && noWorkbench)
      return { passed: 0, failed: 0, skipped: 1, notes: [`neither a desktop nor a browser: ${noWorkbench}`] };
    const problem = await (noDesktop ? inWorkbench(workspace, env) : inDesktop(workspace, env));
    return tally(results, problem, noDesktop ? 'the workbench in a browser' : 'desktop VS Code');
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

/**
 * @param {string} file the suite's report
 * @param {string | undefined} problem what went wrong outside the tests
 * @param {string} where
 * @returns {Tally}
 */
function tally(file, problem, where) {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0, notes: [problem ?? 'the suite left no results'] };
  /** @type {HostReport} */
  const { results, vscode, node } = JSON.parse(readFileSync(file, 'utf8'));
  const count = (/** @type {HostResult['state']} */ state) => results.filter(result => result.state === state).length;
  const failures = results.filter(result => result.state === 'failed').map(({ title, error }) => `${title}\n${error}`);
  const notes = [`ran in ${where}, VS Code ${vscode}, Node ${node}`, ...failures];
  const broken = failures.length === 0 && (problem !== undefined || results.length === 0);
  if (broken) notes.push(problem ?? 'the suite has no tests');
  return { passed: count('passed'), failed: failures.length + (broken ? 1 : 0), skipped: count('skipped'), notes };
}

/** @returns {Promise<string | undefined>} why desktop VS Code cannot run the tests; undefined when it can */
async function whyNoDesktop() {
  if (!hasDisplay() && !onPath(['xvfb-run'])) return 'no display';
  if (process.env.VSCODE_EXECUTABLE) return undefined;
  try {
    const response = await fetch(RELEASES, { signal: AbortSignal.timeout(5000) });
    return response.ok ? undefined : `its download answers ${response.status}`;
  } catch {
    return 'set VSCODE_EXECUTABLE to one; it cannot be downloaded here';
  }
}

/**
 * @param {string} workspace
 * @param {Record<string, string>} env
 * @returns {Promise<string | undefined>} what went wrong
 */
async function inDesktop(workspace, env) {
  const runner = path.join(ROOT, 'scripts', 'desktop-tests.mjs');
  const command = hasDisplay() ? [process.execPath] : ['xvfb-run', '-a', process.execPath];
  const { code, output } = await run(command[0], [...command.slice(1), runner, SUITE, workspace], {
    env: { ...process.env, ...env },
    timeout: 2 * LIMIT,
  });
  return code === 0 ? undefined : `desktop VS Code ended with ${code}:\n${output.slice(-4000)}`;
}

/**
 * @param {string} workspace
 * @param {Record<string, string>} env
 * @returns {Promise<string | undefined>} what went wrong
 */
async function inWorkbench(workspace, env) {
  const { startServer } = await import('./server.mjs');
  const { launchBrowser } = await import('./launch-browser.mjs');
  const server = await startServer({ testDriver: true, env });
  const browser = await launchBrowser();
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  try {
    const page = await browser.newPage();
    /** @type {Promise<string | undefined>} */
    const ended = new Promise(resolve => {
      // The workbench calls these two, if the page has them, with the suite's end and with what the extension host logs.
      void page.exposeFunction('codeAutomationExit', (/** @type {number} */ code) =>
        resolve(code === 0 ? undefined : `the suite ended with ${code}`),
      );
      void page.exposeFunction('codeAutomationLog', (/** @type {string} */ _level, /** @type {unknown[]} */ words) => {
        if (process.env.HOST_TEST_LOG) say(`    ${words.map(String).join(' ')}`);
      });
      page.once('crash', () => resolve('the page crashed'));
      page.once('close', () => resolve('the page closed'));
      void server.exited.then(() => resolve('the server ended'));
      timer = setTimeout(() => resolve(`no end after ${LIMIT / 1000} s`), LIMIT);
    });
    const development = [
      /** @type {const} */ (['extensionDevelopmentPath', server.remote(ROOT.replace(/\/$/, ''))]),
      /** @type {const} */ (['extensionTestsPath', server.remote(SUITE)]),
    ];
    await page.goto(server.page(workspace, development), { timeout: 120_000 });
    const problem = await ended;
    return problem && `${problem}; the server's log:\n${server.log()}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    clearTimeout(timer);
    await browser.close();
    await server.stop();
  }
}

async function main() {
  await setUp({ host: true, browser: true });
  const { passed, failed, skipped, notes } = await runHostTests();
  for (const note of notes) say(note);
  say(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exitCode = failed > 0 ? 1 : 0;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) main().catch(fail);
