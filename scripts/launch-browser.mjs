import { chromium } from 'playwright-core';
import { findBrowser } from './browser.mjs';

/**
 * Launches the machine's browser without a window. Throws a sentence when there is none.
 * @param {{ args?: readonly string[] }} [options] further flags
 */
export async function launchBrowser({ args = [] } = {}) {
  const browser = findBrowser();
  if (!browser) throw new Error('There is no browser: run `node scripts/setup.mjs`, or set CHROMIUM to one.');
  return chromium.launch({
    executablePath: browser.executable,
    // The flag for it differs between browsers and comes with the one that was found.
    headless: false,
    env: { ...process.env, ...browser.env },
    timeout: 120_000,
    args: [
      ...browser.args,
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...args,
    ],
  });
}
