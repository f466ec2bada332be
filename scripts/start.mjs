import { spawn } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { fail, hasDisplay, onPath, ROOT, run, say } from './process.mjs';
import { answers, freePort, startServer } from './server.mjs';
import { setUp } from './setup.mjs';
import { hostUnsupported } from './test-host.mjs';

/**
 * npm start: opens the extension on samples/, in desktop VS Code where there is one, else in the VS Code workbench in a browser.
 *   --web      the browser even where there is a desktop
 *   --port N   the workbench's port
 *   --check    start, see that the workbench answers, stop
 */
const { values: options } = parseArgs({
  options: { web: { type: 'boolean' }, port: { type: 'string' }, check: { type: 'boolean' } },
});
const SAMPLES = path.join(ROOT, 'samples');
const USUAL_PORT = 8347;

const desktop =
  process.env.VSCODE_EXECUTABLE ?? (hasDisplay() ? onPath(['code', 'code-insiders', 'codium']) : undefined);
const unsupported = hostUnsupported();
const web = options.web || !desktop || (options.check && !unsupported);

async function main() {
  await setUp({ host: web });
  say('Building …');
  const build = await run(process.execPath, ['esbuild.js'], { show: true });
  if (build.code !== 0) say('Some bundles could not be built (above).');
  if (!web && desktop) return openDesktop(desktop);
  if (unsupported) throw new Error(`Cannot start: ${unsupported}, with its \`code\` command on the PATH.`);
  return openWeb();
}

/** @param {string} executable */
async function openDesktop(executable) {
  const shell = process.platform === 'win32';
  const args = options.check ? ['--version'] : ['--new-window', `--extensionDevelopmentPath=${ROOT}`, SAMPLES];
  const { code, output } = await run(executable, args, { shell });
  if (code !== 0) throw new Error(output);
  const version = output.split('\n', 1)[0];
  say(options.check ? `VS Code ${version} is at ${executable}` : `Matrix Inspector is open in ${executable}`);
}

async function openWeb() {
  if (options.port !== undefined && !/^\d+$/.test(options.port))
    throw new Error(`--port takes a number, not ${options.port}`);
  const port = options.port === undefined ? await freePort(USUAL_PORT) : Number(options.port);
  const server = await startServer({ linkProject: true, port });
  const address = server.page(SAMPLES);
  if (!(await answers(address))) {
    await server.stop();
    throw new Error(`the workbench does not answer at ${address}`);
  }
  say(`Matrix Inspector is running at ${address}`);
  if (options.check) {
    await server.stop();
    return;
  }
  say('Press Ctrl+C to stop.');
  if (hasDisplay()) {
    // On its own, so that the browser outlives this process.
    const opener = spawn('xdg-open', [address], { detached: true, stdio: 'ignore' });
    opener.on('error', () => {}).unref();
  }
  await server.exited;
  say('The VS Code server has ended.');
  process.exitCode = 1;
}

main().catch(fail);
