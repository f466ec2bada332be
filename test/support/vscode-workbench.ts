import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { launchBrowser } from '../../scripts/launch-browser.mjs';
import { packageFile } from '../../scripts/package.mjs';
import { type CodeServer, startServer } from '../../scripts/server.mjs';

/** A real VS Code workbench with the packaged extension in it, driven with mouse and keyboard. */

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const ARTIFACTS = path.join(ROOT, 'test', 'artifacts');
const EXTENSION = 'matrix-inspector.matrix-inspector';

/** The first load of a workbench on a busy small machine. */
const LOAD = 120_000;
/** What follows a gesture. */
const STEP = 45_000;

/** The built-in themes, one of each kind, and the class that the workbench has under them. */
const THEMES = {
  dark: { id: 'Dark Modern', label: 'Dark Modern', className: 'vs-dark' },
  light: { id: 'Light Modern', label: 'Light Modern', className: 'vs' },
  'high-contrast': { id: 'Default High Contrast', label: 'Dark High Contrast', className: 'hc-black' },
  'high-contrast-light': { id: 'Default High Contrast Light', label: 'Light High Contrast', className: 'hc-light' },
} as const;

export type Theme = keyof typeof THEMES;

export interface WorkbenchOptions {
  /** Files of the opened folder by name. Without them the folder is a copy of samples/. */
  readonly files?: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Opens the folder without trusting it. */
  readonly restricted?: boolean;
  /** Runs the extension in the browser's extension host, as vscode.dev does, instead of Node's. */
  readonly webHost?: boolean;
  readonly theme?: Theme;
  readonly viewport?: { readonly width: number; readonly height: number };
}

export interface Workbench {
  readonly page: Page;
  /** The opened folder. */
  readonly folder: string;
  /** What any content security policy refused so far, in the workbench and in the extension's pages. */
  readonly violations: readonly string[];
  /** Errors that pages logged or threw so far. Many are the workbench's own. */
  readonly errors: readonly string[];
  /** Opens a file of the folder by its name and waits for its text. */
  openFile(name: string): Promise<void>;
  /** The visible lines of editors that hold a text, those of a notebook's cells among them. */
  line(text: string): Locator;
  /** Puts the cursor on the `offset`-th character of a text in the first editor that shows it. */
  placeCursor(text: string, offset?: number): Promise<void>;
  /** Selects a text in the first editor that shows it. */
  select(text: string): Promise<void>;
  /** Rests the mouse on a text in the first editor that shows it until a hover that holds `expected` shows. */
  hoverToken(text: string, expected: string | RegExp): Promise<Locator>;
  /** Runs a command by its title in the command palette. */
  runCommand(title: string): Promise<void>;
  /** Reloads the window as its command does, which first stores what is open; a reload of the page may come too early for that. */
  reload(): Promise<void>;
  /** The content of the extension's page, once it is there. */
  panel(): FrameLocator;
  /** A toast or dialog with a text. */
  message(text: string | RegExp): Locator;
  /** Changes user settings while the workbench runs; it takes a moment, and a change soon after another can be missed. */
  updateSettings(settings: Readonly<Record<string, unknown>>): Promise<void>;
  /** Sets the colour theme and waits until it shows. */
  setTheme(theme: Theme): Promise<void>;
  /** Leaves test/artifacts/NAME.png. */
  screenshot(name: string): Promise<void>;
  close(): Promise<void>;
}

/** Tries until it succeeds; the last error when time is up. */
export async function until<T>(attempt: () => Promise<T>, limit = STEP): Promise<T> {
  const deadline = Date.now() + limit;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }
}

/** Opens a workbench. Needs the package that scripts/package.mjs makes. Close it also when a test fails. */
export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'matrix-inspector-folder-'));
  if (options.files) {
    await Promise.all(Object.entries(options.files).map(([name, text]) => writeFile(path.join(folder, name), text)));
  } else await cp(path.join(ROOT, 'samples'), folder, { recursive: true });
  const settings: Record<string, unknown> = {
    'editor.hover.delay': 100,
    'editor.minimap.enabled': false,
    'editor.unicodeHighlight.ambiguousCharacters': false,
    'files.autoSave': 'off',
    'window.commandCenter': false,
    ...(options.theme ? { 'workbench.colorTheme': THEMES[options.theme].id } : {}),
    ...(options.webHost ? { 'remote.extensionKind': { [EXTENSION]: ['web'] } } : {}),
    ...(options.restricted
      ? { 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'never' }
      : {}),
    ...options.settings,
  };
  const undo = [() => rm(folder, { recursive: true, force: true, maxRetries: 5 })];
  const close = async () => {
    for (const action of undo.splice(0).reverse()) await action();
  };
  try {
    const server = await startServer({ vsix: [packageFile()], settings, trust: options.restricted ?? false });
    undo.push(server.stop);
    const browser = await launchBrowser();
    undo.push(() => browser.close());
    return await drive(browser, server, folder, options, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function drive(
  browser: Browser,
  server: CodeServer,
  folder: string,
  { viewport = { width: 1280, height: 800 } }: WorkbenchOptions,
  close: () => Promise<void>,
): Promise<Workbench> {
  const context = await browser.newContext({ viewport, permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await context.newPage();
  const settings: Record<string, unknown> = { ...server.settings };
  const violations: string[] = [];
  const errors: string[] = [];
  page.on('pageerror', error => errors.push(String(error)));
  page.on('console', message => {
    if (message.type() === 'error') errors.push(message.text());
    if (/content security policy/i.test(message.text())) violations.push(message.text());
  });

  const screenshot = async (name: string) => {
    await mkdir(ARTIFACTS, { recursive: true });
    await page.screenshot({ path: path.join(ARTIFACTS, `${name}.png`) });
  };
  // The panel beside may be in the active group, and a notebook lies over the groups.
  const line = (text: string) => page.locator('.view-line:visible', { hasText: spaced(text) });

  await page.goto(server.page(folder), { timeout: LOAD });
  await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: LOAD });

  /** Where characters of a line of an editor are on the screen. */
  const characters = (text: string, from: number, to: number) =>
    // The editor puts a new element in the place of a line whenever it colours it anew.
    until(async () => {
      const found = line(text).first();
      await found.scrollIntoViewIfNeeded({ timeout: STEP });
      const box = await found.evaluate(rangeBox, { text, from, to }, { timeout: 5000 });
      if (!box) throw new Error(`“${text}” is not on one line of the editor`);
      return box;
    });

  const runCommand = async (title: string) => {
    const palette = page.locator('.quick-input-widget');
    const input = palette.locator('input').first();
    const row = palette
      .locator('.monaco-list-row')
      .filter({ has: page.locator('.label-name', { hasText: new RegExp(`^${spaced(title).source}$`) }) })
      .first();
    await until(async () => {
      if (!(await palette.isVisible())) await page.keyboard.press('F1');
      await input.waitFor({ timeout: 3000 });
      await input.fill(`>${title}`, { timeout: 3000 });
      await row.click({ timeout: 5000 });
    });
    // A command that asks for something keeps the widget, with another prompt in it.
    await until(async () => {
      if ((await palette.isVisible()) && (await input.inputValue()).startsWith('>'))
        throw new Error(`the palette stays open on “${title}”`);
    });
  };

  const updateSettings = async (changes: Readonly<Record<string, unknown>>) => {
    Object.assign(settings, changes);
    await writeFile(server.settingsFile, JSON.stringify(settings, null, 2));
  };

  return {
    page,
    folder,
    violations,
    errors,
    line,
    close,
    screenshot,
    runCommand,
    updateSettings,

    async openFile(name) {
      const row = page
        .locator('.explorer-folders-view .monaco-list-row')
        .filter({ has: page.getByText(name, { exact: true }) });
      const tab = page.locator(`.tab.active[data-resource-name="${name}"]`);
      await row.first().waitFor({ timeout: STEP });
      await until(async () => {
        // Files open in the active group.
        await page.keyboard.press('Control+1');
        await row.first().dblclick({ timeout: 5000 });
        await tab.first().waitFor({ timeout: 5000 });
      });
      await page.locator('.view-line:visible').first().waitFor({ timeout: STEP });
    },

    async placeCursor(text, offset = 0) {
      const box = await characters(text, offset, offset + 1);
      await page.mouse.click(box.x + 1, box.y + box.height / 2);
    },

    async select(text) {
      const box = await characters(text, 0, text.length);
      await page.mouse.move(box.x + 1, box.y + box.height / 2);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width - 1, box.y + box.height / 2, { steps: 4 });
      await page.mouse.up();
    },

    async hoverToken(text, expected) {
      const hover = page.locator('.monaco-hover:not(.hidden)', { hasText: expected });
      await until(async () => {
        await page.mouse.move(5, 5);
        await page.locator('.monaco-hover:not(.hidden)').waitFor({ state: 'hidden', timeout: 2000 });
        const box = await characters(text, 0, text.length);
        await page.mouse.move(box.x + 2, box.y + box.height / 2);
        await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 3 });
        await hover.waitFor({ timeout: 4000 });
      });
      return hover;
    },

    async reload() {
      const loaded = page.waitForEvent('load', { timeout: LOAD });
      await runCommand('Developer: Reload Window');
      await loaded;
    },

    panel: () =>
      page
        .frameLocator('iframe.webview.ready[src*="extensionId=matrix-inspector"]')
        .frameLocator('iframe#active-frame'),

    message: text => page.locator('.notification-toast, .monaco-dialog-box', { hasText: text }).first(),

    async setTheme(theme) {
      const { label, className } = THEMES[theme];
      const shown = page.locator(`.monaco-workbench.${className}`);
      const palette = page.locator('.quick-input-widget');
      // By hand, as a change of the settings file that comes soon after another can be missed.
      await until(async () => {
        await runCommand('Preferences: Color Theme');
        await palette.locator('input').first().fill(label, { timeout: 5000 });
        await palette
          .locator('.monaco-list-row.focused')
          .filter({ has: page.getByText(label, { exact: true }) })
          .waitFor({ timeout: 5000 });
        await page.keyboard.press('Enter');
        await shown.waitFor({ timeout: 5000 });
      });
    },
  };
}

/** The editor shows blanks as no-break spaces, so a text finds its line by a pattern that takes either. */
const spaced = (text: string): RegExp =>
  new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '[ \u00a0]'));

/** Runs in the page: the box of some characters of a text within an editor line. */
function rangeBox(element: Element, { text, from, to }: { text: string; from: number; to: number }) {
  const content = (element.textContent ?? '').replaceAll('\u00a0', ' ');
  const start = content.indexOf(text);
  if (start < 0) return undefined;
  const range = document.createRange();
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let seen = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.textContent?.length ?? 0;
    if (seen <= start + from && start + from < seen + length) range.setStart(node, start + from - seen);
    if (seen < start + to && start + to <= seen + length) {
      range.setEnd(node, start + to - seen);
      const { x, y, width, height } = range.getBoundingClientRect();
      return { x, y, width, height };
    }
    seen += length;
  }
  return undefined;
}
