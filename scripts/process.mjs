import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where everything is, and how the scripts run other programs. Node's built-ins only: it works before anything is installed. */

export const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** Downloads that are no npm dependency of the extension; ignored by git. */
export const CACHE = path.join(ROOT, '.vscode-test');

/** @param {string} text */
export const say = text => console.log(text);

/** @param {number} since a `Date.now()` */
export const seconds = since => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** @type {Set<() => void>} */
const cleanUps = new Set();

/**
 * Registers what must not outlive this process, such as a server. It runs at exit and on Ctrl+C, the last registered first.
 * @param {() => void} action synchronous
 * @returns {() => void} takes the action off the list
 */
export function atExit(action) {
  cleanUps.add(action);
  return () => cleanUps.delete(action);
}

function cleanUp() {
  for (const action of [...cleanUps].reverse()) action();
  cleanUps.clear();
}
process.once('exit', cleanUp);
for (const [signal, code] of /** @type {const} */ ([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
])) {
  process.once(signal, () => process.exit(code));
}

/**
 * Sends a signal to a whole process group, which a process spawned `detached` leads.
 * @param {number | undefined} pid
 * @param {NodeJS.Signals} signal
 */
export function signalGroup(pid, signal) {
  if (pid === undefined) return;
  try {
    if (process.platform === 'win32') process.kill(pid, signal);
    else process.kill(-pid, signal);
  } catch {
    // It has ended already.
  }
}

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {boolean} [show] passes the output on as it comes, and keeps none
 * @property {number} [timeout] milliseconds; the process group is ended then and `code` is 124
 * @property {boolean} [shell]
 */

/**
 * Runs a program to its end. Never throws: a program that cannot be started has code 127 and the reason as output.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ readonly code: number, readonly output: string }>}
 */
export function run(command, args, { cwd = ROOT, env = process.env, show = false, timeout, shell = false } = {}) {
  return new Promise(resolve => {
    const child = spawn(command, args, {
      cwd,
      env,
      shell,
      stdio: show ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    });
    const release = atExit(() => signalGroup(child.pid, 'SIGKILL'));
    let output = '';
    let late = false;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', text => {
        output += text;
      });
    }
    const stop = () => {
      late = true;
      signalGroup(child.pid, 'SIGKILL');
    };
    const timer = timeout === undefined ? undefined : setTimeout(stop, timeout);
    const end = (/** @type {number} */ code) => {
      clearTimeout(timer);
      release();
      resolve({ code, output });
    };
    child.once('error', error => {
      output += error.message;
      end(127);
    });
    child.once('close', code => {
      if (late) output += `\nended after ${timeout} ms`;
      end(late ? 124 : (code ?? 1));
    });
  });
}

/**
 * Runs npm: the one that runs this script where there is one.
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 */
export function npm(args, options) {
  const cli = process.env.npm_execpath;
  if (cli && /\.c?js$/.test(cli) && existsSync(cli)) return run(process.execPath, [cli, ...args], options);
  return run('npm', args, { ...options, shell: process.platform === 'win32' });
}

/**
 * The first of the programs that the PATH holds.
 * @param {readonly string[]} names
 * @returns {string | undefined} its full path
 */
export function onPath(names) {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(folder => folder !== '');
  for (const name of names) {
    for (const folder of folders) {
      for (const ending of endings) {
        const file = path.join(folder, name + ending);
        if (existsSync(file)) return file;
      }
    }
  }
  return undefined;
}

/**
 * Ends a script that cannot go on, with the reason.
 * @param {unknown} error
 */
export function fail(error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

/** Whether a program can open a window here. */
export const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
