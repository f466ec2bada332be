import { runTests } from '@vscode/test-electron';
import { ROOT } from './process.mjs';

/** Runs a suite in desktop VS Code: the one that VSCODE_EXECUTABLE names, else a downloaded one. Arguments: the suite, the workspace. */
const [extensionTestsPath, workspace] = process.argv.slice(2);
// Electron refuses to run as root inside its sandbox.
const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
process.exitCode = await runTests({
  vscodeExecutablePath: process.env.VSCODE_EXECUTABLE,
  extensionDevelopmentPath: ROOT,
  extensionTestsPath,
  launchArgs: [workspace, '--disable-extensions', '--disable-gpu', ...sandbox],
});
