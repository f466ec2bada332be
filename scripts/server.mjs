import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { atExit, ROOT, run, signalGroup } from './process.mjs';
import { HOST_NODE, HOST_SERVER } from './test-host.mjs';

/**
 * @typedef {object} ServerOptions
 * @property {readonly string[]} [vsix] packages to install
 * @property {boolean} [linkProject] has the project's own folder as an installed extension
 * @property {Readonly<Record<string, unknown>>} [settings] user settings beyond the quiet ones
 * @property {Readonly<Record<string, string>>} [env] for the server and its extension host
 * @property {boolean} [trust] whether Workspace Trust is on, so that a folder opens in Restricted Mode
 * @property {boolean} [testDriver] lets the address name extension tests; it also hides dialogs and toasts
 * @property {number} [port] a free one by default
 */

/**
 * @typedef {object} CodeServer
 * @property {string} url
 * @property {() => string} log the end of what the server printed
 * @property {Readonly<Record<string, unknown>>} settings the user's settings as the workbench finds them
 * @property {string} settingsFile where they are
 * @property {(file: string) => string} remote the address by which the workbench knows a file of this machine
 * @property {(folder: string, payload?: readonly (readonly [string, string])[]) => string} page the workbench's address on a folder
 * @property {Promise<void>} exited
 * @property {() => Promise<void>} stop
 */

/** A workbench with nothing on it that is not asked for: no welcome, no tips, no network. */
const QUIET = {
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'debug.saveBeforeStart': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'files.hotExit': 'off',
  'git.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
  'npm.fetchOnlinePackageInfo': false,
  'telemetry.telemetryLevel': 'off',
  'typescript.disableAutomaticTypeAcquisition': true,
  'update.mode': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
};

/** Variables by which an outer VS Code, Electron or npm would change how the server behaves. */
const FOREIGN = /^(VSCODE_|ELECTRON_|npm_|NODE_OPTIONS$)/;

/** @param {number} [wanted] @returns {Promise<number>} the wanted port when it is free, else any free one */
export const freePort = (wanted = 0) =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', error => (wanted === 0 ? reject(error) : resolve(freePort())));
    probe.listen(wanted, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/**
 * Starts a VS Code server on the loopback interface with a profile of its own, which goes when it stops.
 * Throws, with the server's log, when it does not come up.
 * @param {ServerOptions} [options]
 * @returns {Promise<CodeServer>}
 */
export async function startServer({
  vsix = [],
  linkProject = false,
  settings = {},
  env = {},
  trust = false,
  testDriver = false,
  port,
} = {}) {
  const home = mkdtempSync(path.join(os.tmpdir(), 'matrix-inspector-code-'));
  const removeHome = () => rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  const releaseHome = atExit(removeHome);
  const userData = path.join(home, 'user');
  const extensions = path.join(home, 'extensions');
  const settingsFile = path.join(userData, 'User', 'settings.json');
  const logFile = path.join(home, 'server.log');
  mkdirSync(path.dirname(settingsFile), { recursive: true });
  mkdirSync(extensions);
  const allSettings = { ...QUIET, ...settings };
  writeFileSync(settingsFile, JSON.stringify(allSettings, null, 2));
  const profile = [
    '--server-data-dir',
    home,
    '--user-data-dir',
    userData,
    '--extensions-dir',
    extensions,
    '--accept-server-license-terms',
  ];
  const outer = Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.test(name)));
  const environment = { ...outer, EXTENSIONS_GALLERY: '{"serviceUrl":""}', ...env };

  if (linkProject) {
    const { publisher, name, version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
    symlinkSync(ROOT, path.join(extensions, `${publisher}.${name}-${version}`), 'dir');
  }
  for (const file of vsix) {
    if (!existsSync(file)) throw new Error(`there is no ${path.relative(ROOT, file)}: run \`npm run package\``);
    const { code, output } = await run(HOST_NODE, [HOST_SERVER, ...profile, '--install-extension', file, '--force'], {
      env: environment,
      timeout: 120_000,
    });
    if (code !== 0) throw new Error(`${file} could not be installed:\n${withoutNoise(output)}`);
  }

  // The server can run programs and does not look at a connection's origin: without a token any page could use it.
  const token = randomBytes(16).toString('hex');
  const tokenFile = path.join(home, 'token');
  writeFileSync(tokenFile, token, { mode: 0o600 });
  const actualPort = port ?? (await freePort());
  const output = openSync(logFile, 'a');
  const args = [
    ...profile,
    '--host',
    '127.0.0.1',
    '--port',
    String(actualPort),
    '--disable-telemetry',
    '--telemetry-level',
    'off',
    '--connection-token-file',
    tokenFile,
  ];
  if (!trust) args.push('--disable-workspace-trust');
  if (testDriver) args.push('--enable-smoke-test-driver');
  // A process group of its own, as the server starts extension hosts that outlive it when it alone is ended.
  const child = spawn(HOST_NODE, [HOST_SERVER, ...args], {
    env: environment,
    stdio: ['ignore', output, output],
    detached: true,
  });
  closeSync(output);
  let running = true;
  const exited = new Promise(resolve => {
    const end = () => {
      running = false;
      resolve(undefined);
    };
    child.once('exit', end).once('error', end);
  });
  const releaseServer = atExit(() => signalGroup(child.pid, 'SIGKILL'));
  const stop = async () => {
    signalGroup(child.pid, 'SIGTERM');
    await Promise.race([exited, new Promise(resolve => setTimeout(resolve, 3000))]);
    signalGroup(child.pid, 'SIGKILL');
    await exited;
    releaseServer();
    releaseHome();
    removeHome();
  };

  const log = () => withoutNoise(readFileSync(logFile, 'utf8')).slice(-4000);
  const url = `http://127.0.0.1:${actualPort}/`;
  const deadline = Date.now() + 90_000;
  while (!(await answers(`${url}version`))) {
    if (!running || Date.now() > deadline) {
      const text = log();
      await stop();
      throw new Error(`the VS Code server did not start:\n${text}`);
    }
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  return {
    url,
    log,
    settings: allSettings,
    settingsFile,
    exited,
    stop,
    remote: file => `vscode-remote://127.0.0.1:${actualPort}${file}`,
    page: (folder, payload) => {
      const query = new URLSearchParams({ folder, tkn: token });
      if (payload) query.set('payload', JSON.stringify(payload));
      return `${url}?${query.toString().replaceAll('%2F', '/')}`;
    },
  };
}

/**
 * The server's output without its complaint that the optional native logger is not there.
 * @param {string} output
 */
const withoutNoise = output =>
  output.replaceAll(/^.*Error: Could not locate the bindings file[\s\S]*?^ {2}\]\n\}\n/gm, '');

/**
 * Whether an address answers. A page that wants a token takes it from the address, sets a cookie and redirects.
 * @param {string} url
 * @returns {Promise<boolean>}
 */
export async function answers(url, cookie = '') {
  try {
    const response = await fetch(url, { redirect: 'manual', headers: { cookie }, signal: AbortSignal.timeout(10_000) });
    const target = response.headers.get('location');
    const cookies = response.headers.getSetCookie().map(line => line.split(';', 1)[0]);
    if (target !== null && cookies.length > 0) return await answers(new URL(target, url).href, cookies.join('; '));
    return response.ok;
  } catch {
    return false;
  }
}
