import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { launchBrowser } from '../../scripts/launch-browser.mjs';
import type { FromPanel, ToPanel } from '../../src/protocol/panel';
import { buildPanelPage, servePanelPage } from './panel-page';

/** The panel's page in a real browser, driven by a test file that calls `usePanels`. */

let browser: Browser;
let site: Awaited<ReturnType<typeof servePanelPage>>;

/** Builds and serves the page for the tests of a file. */
export function usePanels(): void {
  beforeAll(async () => {
    await buildPanelPage();
    site = await servePanelPage();
    browser = await launchBrowser();
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
}

export interface Panel {
  readonly page: Page;
  /** Errors of the page and of its console. */
  readonly problems: string[];
  posted(): Promise<FromPanel[]>;
  send(message: ToPanel): Promise<unknown>;
  close(): Promise<void>;
}

/** Opens the page in a context of its own, with the sample's messages delivered. */
export async function open(sample: string, { theme = 'vscode-dark', query = '', width = 560 } = {}): Promise<Panel> {
  const context = await browser.newContext({ viewport: { width, height: 1000 } });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', error => problems.push(String(error)));
  page.on('console', message => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
  });
  await page.goto(`${site.url}?theme=${theme}&${sample.includes('=') ? sample : `sample=${sample}`}${query}`);
  await page.locator('h1').waitFor();
  if (sample !== 'empty') await page.locator('.header').waitFor();
  return {
    page,
    problems,
    posted: () => page.evaluate('window.harness.posted'),
    send: message => page.evaluate(`window.harness.send(${JSON.stringify(message)})`),
    close: () => context.close(),
  };
}

/** Opens the page on a place of a sample file, computed by the real core. */
export const openFile = (file: string, at: string, options = {}): Promise<Panel> =>
  open(`file=${encodeURIComponent(file)}&at=${encodeURIComponent(at)}`, options);

/** The text of the real document, as written back so far. */
export const documentText = (panel: Panel): Promise<string> => panel.page.evaluate('window.harness.text()');

/** Waits until every formula near the window is set. */
export async function typeset(page: Page): Promise<void> {
  await expect
    .poll(() =>
      page.evaluate(
        "[...document.querySelectorAll('.tex:not(.ready)')].filter(e => Math.abs(e.getBoundingClientRect().top) < innerHeight).length",
      ),
    )
    .toBe(0);
}

export const ofType = <T extends FromPanel['type']>(
  messages: readonly FromPanel[],
  type: T,
): Extract<FromPanel, { type: T }>[] => messages.filter((m): m is Extract<FromPanel, { type: T }> => m.type === type);

/** Drags a handle by its name. */
export async function drag({ page }: Panel, name: RegExp, dx: number, dy: number): Promise<void> {
  const handle = page.getByRole('button', { name });
  await handle.scrollIntoViewIfNeeded();
  const box = await handle.boundingBox();
  if (!box) throw new Error('the handle has no box');
  await page.mouse.move(box.x + 12, box.y + 12);
  await page.mouse.down();
  await page.mouse.move(box.x + 12 + dx, box.y + 12 + dy, { steps: 5 });
  await page.mouse.up();
}
