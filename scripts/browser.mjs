import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { CACHE, npm, onPath, run, say, seconds } from './process.mjs';

/** @typedef {{ readonly executable: string, readonly args: readonly string[], readonly env: Readonly<Record<string, string>> }} Browser */

const PACKAGE = '@sparticuz/chromium';
const VERSION = '147.0.0';
const FOLDER = path.join(CACHE, 'browser');
const STAMP = path.join(FOLDER, 'ready');

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
  'chrome',
  'msedge',
];
const FOLDERS = {
  darwin: ['/Applications', `${process.env.HOME}/Applications`].flatMap(folder =>
    ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(name => `${folder}/${name}.app/Contents/MacOS/${name}`),
  ),
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap(variable => {
    const folder = process.env[variable];
    return folder
      ? [
          'Google\\Chrome\\Application\\chrome.exe',
          'Chromium\\Application\\chrome.exe',
          'Microsoft\\Edge\\Application\\msedge.exe',
        ].map(file => path.join(folder, file))
      : [];
  }),
  linux: ['/usr/lib/chromium/chromium', '/opt/google/chrome/chrome', '/snap/bin/chromium'],
};

/** @param {string} executable @returns {Browser} */
const installed = executable => ({ executable, args: ['--headless=new'], env: {} });

/** The browser that set-up took from the npm registry. @returns {Browser} */
const unpacked = () => ({
  executable: path.join(FOLDER, 'chromium'),
  // A headless shell, which has no other mode.
  args: ['--headless'],
  env: { LD_LIBRARY_PATH: path.join(FOLDER, 'lib'), FONTCONFIG_PATH: path.join(FOLDER, 'fonts') },
});

/**
 * A browser of the Chromium family: the one that CHROMIUM names, an installed one, or the one that set-up unpacked.
 * @returns {Browser | undefined}
 */
export function findBrowser() {
  if (process.env.CHROMIUM) return installed(process.env.CHROMIUM);
  const { platform } = process;
  const places = platform === 'darwin' || platform === 'win32' || platform === 'linux' ? FOLDERS[platform] : [];
  const executable = onPath(NAMES) ?? places.find(place => existsSync(place));
  if (executable) return installed(executable);
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === VERSION ? unpacked() : undefined;
}

/**
 * Finds a browser, and gets one where there is none: from Debian as root, else from the npm registry on Linux x64.
 * @returns {Promise<Browser | undefined>} undefined, with a sentence printed, when there is none to be had
 */
export async function ensureBrowser() {
  const found = findBrowser();
  if (found) return found;
  await installFromDebian();
  if (!findBrowser()) await unpackFromNpm();
  const browser = findBrowser();
  if (!browser)
    say('No browser: tests that need one are skipped. Install Chrome, Chromium or Edge, or set CHROMIUM to one.');
  return browser;
}

async function installFromDebian() {
  const system = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  if (process.getuid?.() !== 0 || !/^ID="?debian"?$/m.test(system)) return;
  say('No browser found: installing Chromium from Debian (apt-get) …');
  const since = Date.now();
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-q'], { env, timeout: 120_000 });
  const { code, output } = await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], {
    env,
    timeout: 400_000,
  });
  say(code === 0 ? `  installed in ${seconds(since)}` : `  apt-get could not: ${output.trim().split('\n').pop()}`);
}

/** The package is made for servers without a desktop: its Chromium comes with the libraries that a bare system lacks. */
async function unpackFromNpm() {
  if (process.platform !== 'linux' || process.arch !== 'x64' || !onPath(['tar'])) return;
  say(`No browser found: taking Chromium from the npm package ${PACKAGE} …`);
  const since = Date.now();
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(path.join(FOLDER, 'package.json'), '{ "private": true }\n');
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--save=false'];
  const { code, output } = await npm(['install', `${PACKAGE}@${VERSION}`, ...flags], { cwd: FOLDER });
  if (code !== 0) {
    say(`  npm could not: ${output.trim().split('\n').pop()}`);
    return;
  }
  const packed = path.join(FOLDER, 'node_modules', PACKAGE, 'bin');
  try {
    await inflate(path.join(packed, 'chromium.br'), path.join(FOLDER, 'chromium'));
    // The archives hold lib/, fonts/ with fonts.conf, and the software renderer, which Chromium looks for beside itself.
    for (const [name, into] of [
      ['al2023', '.'],
      ['fonts', 'fonts'],
      ['swiftshader', '.'],
    ]) {
      const archive = path.join(FOLDER, `${name}.tar`);
      await inflate(path.join(packed, `${name}.tar.br`), archive);
      mkdirSync(path.join(FOLDER, into), { recursive: true });
      await run('tar', ['xf', archive, '--no-same-owner', '-C', path.join(FOLDER, into)]);
      rmSync(archive);
    }
    rmSync(path.join(FOLDER, 'node_modules'), { recursive: true });
    writeFileSync(
      path.join(FOLDER, 'fonts', 'fonts.conf'),
      fontConfiguration([path.join(FOLDER, 'fonts'), '/usr/share/fonts']),
    );
  } catch (error) {
    say(`  it could not be unpacked: ${error instanceof Error ? error.message : error}`);
    return;
  }
  const { executable, env } = unpacked();
  const version = await run(executable, ['--version'], { env: { ...process.env, ...env }, timeout: 60_000 });
  if (version.code !== 0) {
    say(`  it does not run here: ${version.output.trim().split('\n').pop()}`);
    return;
  }
  writeFileSync(STAMP, VERSION);
  say(`  ${version.output.trim()} ready in ${seconds(since)}`);
}

/** @param {readonly string[]} folders */
const fontConfiguration = folders =>
  `<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n${folders.map(folder => `<dir>${folder}</dir>\n`).join('')}<cachedir>${path.join(FOLDER, 'font-cache')}</cachedir>\n</fontconfig>\n`;

/** @param {string} from @param {string} to */
const inflate = (from, to) =>
  pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to, { mode: 0o755 }));
