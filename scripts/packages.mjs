import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { npm, ROOT, say, seconds } from './process.mjs';

/** @typedef {{ readonly version?: string, readonly optional?: boolean, readonly dependencies?: Record<string, string>, readonly devDependencies?: Record<string, string> }} LockEntry */

/**
 * @param {string} file
 * @returns {Record<string, LockEntry>}
 */
const lockedPackages = file => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {});

/** @param {Record<string, string> | undefined} a @param {Record<string, string> | undefined} b */
const sameNames = (a = {}, b = {}) => {
  const text = (/** @type {Record<string, string>} */ o) =>
    JSON.stringify(Object.entries(o).sort(([x], [y]) => (x < y ? -1 : 1)));
  return text(a) === text(b);
};

/**
 * Whether node_modules holds what package-lock.json says, which npm's own record of the installed tree answers.
 * Optional packages do not count: most are for other platforms.
 */
export function packagesAreCurrent() {
  const wanted = lockedPackages(path.join(ROOT, 'package-lock.json'));
  const installed = lockedPackages(path.join(ROOT, 'node_modules', '.package-lock.json'));
  const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const { '': root, ...packages } = wanted;
  if (
    !root ||
    !sameNames(root.dependencies, manifest.dependencies) ||
    !sameNames(root.devDependencies, manifest.devDependencies)
  )
    return false;
  return Object.entries(packages).every(
    ([name, { version, optional }]) => optional || installed[name]?.version === version,
  );
}

/** Installs the project's npm packages when they are missing or not those of the lock. Runs no install script: none is needed. */
export async function ensurePackages() {
  if (packagesAreCurrent()) return;
  say('Installing npm packages …');
  const since = Date.now();
  const missing = !existsSync(path.join(ROOT, 'node_modules'));
  const flags = ['--ignore-scripts', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  let result = await npm([missing ? 'ci' : 'install', ...flags]);
  if (result.code !== 0 && missing) result = await npm(['install', ...flags]);
  if (result.code !== 0) throw new Error(`npm could not install the packages:\n${result.output}`);
  say(`  installed in ${seconds(since)}`);
}
