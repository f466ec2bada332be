import { pathToFileURL } from 'node:url';
import { ensureBrowser } from './browser.mjs';
import { ensurePackages } from './packages.mjs';
import { fail, say } from './process.mjs';
import { ensureTestHost, hostUnsupported } from './test-host.mjs';

/**
 * Brings a bare clone to where everything can run: npm packages, the VS Code server, a browser. What is there already
 * takes no time. Imports Node's built-ins only, as nothing else exists before it has run.
 * @param {{ host?: boolean, browser?: boolean }} [wants] what beyond the npm packages
 */
export async function setUp({ host = false, browser = false } = {}) {
  await ensurePackages();
  await (await import('./kernels.mjs')).buildKernels();
  if (host) {
    const reason = hostUnsupported();
    if (reason) say(`No VS Code server: ${reason}.`);
    else await ensureTestHost();
  }
  if (browser) await ensureBrowser();
}

async function main() {
  await setUp({ host: true, browser: true });
  say('Set up.');
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) main().catch(fail);
