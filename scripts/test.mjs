import path from 'node:path';
import { parseArgs } from 'node:util';
import { findBrowser } from './browser.mjs';
import { runHostTests } from './host-tests.mjs';
import { packageExtension } from './package.mjs';
import { fail, npm, ROOT, say, seconds } from './process.mjs';
import { setUp } from './setup.mjs';
import { counts, failedStage, oneTest, skippedStage, sum } from './tally.mjs';
import { hostUnsupported } from './test-host.mjs';
import { runVitest } from './vitest-stage.mjs';

/**
 * npm test: sets up, then runs every stage and ends with one line of counts.
 *   --only types|lint|unit|host|e2e   that stage alone, with the build where it needs one; may be given more than once
 *
 * Unit tests come after the build, as some of them look at what was built.
 */

/** @typedef {import('./tally.mjs').Tally} Tally */
/** @typedef {{ readonly name: string, readonly title: string, readonly run: () => Promise<Tally> }} Stage */

const MINUTE = 60_000;

/** @type {readonly Stage[]} */
const STAGES = [
  {
    name: 'types',
    title: 'type check',
    run: async () => oneTest(await npm(['run', '--silent', 'typecheck'], { timeout: 5 * MINUTE })),
  },
  {
    name: 'lint',
    title: 'lint',
    run: async () => oneTest(await npm(['run', '--silent', 'lint'], { timeout: 5 * MINUTE })),
  },
  {
    name: 'build',
    title: 'build and package',
    run: () => packageExtension().then(output => oneTest({ code: 0, output })),
  },
  {
    name: 'unit',
    title: 'unit and golden tests',
    run: () => runVitest({ config: path.join(ROOT, 'vitest.config.ts'), timeout: 8 * MINUTE }),
  },
  { name: 'host', title: 'tests inside VS Code', run: runHostTests },
  { name: 'e2e', title: 'end-to-end tests', run: runEndToEnd },
];
const NEEDS_BUILD = new Set(['host', 'e2e']);

/** @returns {Promise<Tally>} */
async function runEndToEnd() {
  const reason = hostUnsupported() ?? (findBrowser() ? undefined : 'there is no browser');
  if (reason) return skippedStage(reason);
  return runVitest({ config: path.join(ROOT, 'test', 'e2e', 'vitest.config.ts'), timeout: 10 * MINUTE });
}

/** @param {Stage} stage @returns {Promise<Tally>} a stage that throws is one failure */
async function run({ title, run }) {
  say(`${title} …`);
  const since = Date.now();
  const tally = await run().catch(error => failedStage(message(error)));
  for (const note of tally.notes) say(note.replace(/^/gm, '  '));
  const { passed, failed, skipped } = tally;
  say(`  ${passed} of ${passed + failed} passed${skipped > 0 ? `, ${skipped} not run` : ''} in ${seconds(since)}`);
  return tally;
}

/** @param {unknown} error */
const message = error => (error instanceof Error ? error.message : String(error));

async function main() {
  const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } });
  const only = new Set(values.only);
  const unknown = [...only].filter(name => !STAGES.some(stage => stage.name === name));
  if (unknown.length > 0) {
    say(`--only takes ${STAGES.map(stage => stage.name).join(', ')}; not ${unknown.join(', ')}`);
    process.exit(2);
  }
  if ([...only].some(name => NEEDS_BUILD.has(name))) only.add('build');
  const stages = STAGES.filter(({ name }) => only.size === 0 || only.has(name));
  const inVsCode = stages.some(({ name }) => NEEDS_BUILD.has(name));

  /** @type {Tally[]} */
  const tallies = [];
  try {
    await setUp({ host: inVsCode, browser: inVsCode });
    for (const stage of stages) tallies.push(await run(stage));
  } catch (error) {
    say(message(error));
    tallies.push(failedStage(message(error)));
  }
  const total = sum(tallies);
  say(counts(total));
  process.exitCode = total.failed > 0 ? 1 : 0;
}

main().catch(fail);
