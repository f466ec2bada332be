import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../scripts/launch-browser.mjs';
import { buildPanelPage, servePanelPage } from '../support/panel-page';

let browser: Browser;
let site: Awaited<ReturnType<typeof servePanelPage>>;

beforeAll(async () => {
  await buildPanelPage();
  site = await servePanelPage();
  browser = await launchBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const NUMPY = 'import numpy as np\n';
/** 1000 rows of 600; entry (i, j) is 600 i + j − 300000. */
const LARGE = `${NUMPY}A = np.arange(600000).reshape(1000, 600) - 300000`;

/** Opens the page on the last place of `at` in a Python text, computed by the real core. */
async function open(text: string, at: string, theme = 'vscode-dark'): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 560, height: 1000 } });
  const query = new URLSearchParams({ theme, file: 'first.py', at, text, reduce: '1' });
  await page.goto(`${site.url}?${query}`);
  await page.locator('.stage canvas').waitFor();
  return page;
}

const readout = async (page: Page): Promise<string> => (await page.locator('.readout').textContent()) ?? '';

/** The colour of the canvas at shares of its width and height. */
const colourAt = (page: Page, x: number, y: number): Promise<number[]> =>
  page.evaluate(`(() => {
    const canvas = document.querySelector('.stage canvas');
    const g = canvas.getContext('2d');
    return [...g.getImageData(Math.round(${x} * canvas.width), Math.round(${y} * canvas.height), 1, 1).data];
  })()`);

describe('a heatmap in tiles', () => {
  it('asks for tiles and tells the entry under the pointer', async () => {
    const page = await open(LARGE, 'A');
    const box = await page.locator('.stage canvas').boundingBox();
    if (!box) throw new Error('no canvas');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await expect.poll(() => readout(page)).toMatch(/^row \d+, column \d+: -?\d+/);
    const [, row, column, value] = /row (\d+), column (\d+): (-?\d+)/.exec(await readout(page)) ?? [];
    expect(Number(value)).toBe(600 * Number(row) + Number(column) - 300_000);
    expect(await page.evaluate("window.harness.posted.some(m => m.type === 'data')")).toBe(true);
    await page.close();
  });

  it('has cold colours above and warm ones below, where the numbers change their sign', async () => {
    const page = await open(LARGE, 'A');
    const [top, bottom] = [await colourAt(page, 0.5, 0.2), await colourAt(page, 0.5, 0.9)];
    expect(top[2]).toBeGreaterThan(top[0]);
    expect(bottom[0]).toBeGreaterThan(bottom[2]);
    await page.close();
  });

  it('is gone over by keyboard, down to the last entry, and announces it', async () => {
    const page = await open(LARGE, 'A');
    await page.locator('.stage canvas').focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => readout(page)).toMatch(/^row 0, column 0: -300000/);
    for (let k = 0; k < 30; k++) await page.keyboard.press('+');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => readout(page)).toBe('row 1, column 1: -299399');
    await page.keyboard.press('End');
    await expect.poll(() => readout(page)).toBe('row 1, column 599: -298801');
    expect(await page.locator('.readout').getAttribute('role')).toBe('status');
    await page.close();
  });

  it('zooms and comes back', async () => {
    const page = await open(LARGE, 'A');
    const before = await colourAt(page, 0.5, 0.3);
    await page.locator('.stage canvas').focus();
    for (let k = 0; k < 12; k++) await page.keyboard.press('+');
    await expect.poll(() => colourAt(page, 0.5, 0.3)).not.toEqual(before);
    await page.keyboard.press('0');
    await expect.poll(() => colourAt(page, 0.5, 0.3)).toEqual(before);
    await page.close();
  });

  it('shows another slice and another part by its controls', async () => {
    const page = await open(`${NUMPY}T = np.arange(24.).reshape(2, 3, 4)`, 'T');
    await page.getByRole('combobox', { name: 'Picture' }).selectOption('array-heatmap');
    await page.getByLabel('Index on axis 0').fill('1');
    await page.locator('.stage canvas').focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => readout(page)).toBe('row 0, column 0: 12');
    await page.getByLabel('Axes').selectOption('0,2');
    await page.keyboard.press('Tab');
    await expect.poll(() => readout(page)).toBe('row 0, column 0: 0');
    await page.close();
  });
});

describe('pictures of data', () => {
  const TEXT = `${NUMPY}Z = np.exp(1j * np.arange(600).reshape(20, 30) / 90)\nE = np.sin(np.arange(300.) ** 1.5).reshape(50, 6)`;
  const axe = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

  for (const theme of ['vscode-dark', 'vscode-light', 'vscode-high-contrast', 'vscode-high-contrast-light'])
    it(`have nothing serious in ${theme}, and fit`, async () => {
      for (const [at, kinds] of [
        ['Z', ['array-heatmap']],
        ['E', ['low-rank', 'projection', 'similarity']],
      ] as const) {
        const page = await open(TEXT, at, theme);
        await page.setViewportSize({ width: 320, height: 900 });
        await page.evaluate(await axe);
        for (const kind of kinds) {
          const choice = page.getByRole('combobox', { name: 'Picture' });
          if (await choice.count()) await choice.selectOption(kind);
          expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), kind).toBe(true);
          const found = (await page.evaluate("axe.run('.picture')")) as AxeResults;
          const serious = found.violations.filter(v => v.impact === 'serious' || v.impact === 'critical');
          expect(serious.map(v => `${kind}: ${v.id} ${v.nodes.map(n => n.target.join(' ')).join('; ')}`)).toEqual([]);
        }
        await page.close();
      }
    });
});

describe('the controls of a picture', () => {
  const TEXT = `${NUMPY}A = np.outer(np.arange(1, 7), [1, 2, 3, 4, 5]) + np.eye(6, 5)`;

  it('change what is seen, and are remembered', async () => {
    const page = await open(TEXT, 'A');
    await page.getByRole('combobox', { name: 'Picture' }).selectOption('low-rank');
    await expect.poll(() => readout(page)).toMatch(/^Rank 1 of 5: /);
    await page.getByRole('slider', { name: 'Rank' }).fill('5');
    await expect.poll(() => readout(page)).toMatch(/^Rank 5 of 5: 100 % of the energy/);
    await page.reload();
    await page.locator('.stage canvas').waitFor();
    await expect.poll(() => readout(page)).toMatch(/^Rank 5 of 5/);
    await page.close();
  });

  it('are moved by keys', async () => {
    const page = await open(TEXT, 'A');
    await page.getByRole('combobox', { name: 'Picture' }).selectOption('low-rank');
    await page.getByRole('slider', { name: 'Rank' }).focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => readout(page)).toMatch(/^Rank 2 of 5/);
    await page.close();
  });
});

describe('a chain of maps', () => {
  const TEXT = `${NUMPY}W = np.array([[1, -1], [0.5, 1]])\nx = np.array([1, 2])\nW @ np.maximum(0, W @ x)`;

  it('follows a point through all frames, by pointer, by its handle and by arrow keys', async () => {
    const page = await open(TEXT, 'W @ np.maximum(0, W @ x)');
    await page.getByRole('button', { name: /^x, / }).focus();
    await expect.poll(() => readout(page)).toBe('x (1, 2) → W · (−1, 2.5) → ReLU (0, 2.5) → W · (−2.5, 2.5)');
    await page.locator('.stage canvas').focus();
    await expect.poll(() => readout(page)).not.toContain('→');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => readout(page)).toMatch(/^\(2, 2\) → W · \(0, 3\)/);
    const box = await page.locator('.stage canvas').boundingBox();
    if (!box) throw new Error('no canvas');
    await page.mouse.move(box.x + box.width / 4, box.y + box.height / 4);
    await expect.poll(() => readout(page)).not.toMatch(/^\(2, 2\)/);
    await expect.poll(() => readout(page)).toContain('→ ReLU (');
    await page.mouse.move(1, 1);
    await expect.poll(() => readout(page)).not.toContain('→');
    await page.close();
  });
});
