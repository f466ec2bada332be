import pixelmatch from 'pixelmatch';
import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { expect, it } from 'vitest';
import { openFile, usePanels } from '../support/open-panel';

usePanels();

const THEMES = ['vscode-dark', 'vscode-light', 'vscode-high-contrast', 'vscode-high-contrast-light'];
const SIZE = { width: 640, height: 480 };

/** A page with nothing on it but what is given, as pixels. */
async function pixels(page: Page, background: string, content: string): Promise<PNG> {
  await page.setViewportSize(SIZE);
  await page.setContent(`<body style="margin:0;overflow:hidden;background:${background}">${content}</body>`);
  await page.locator('body > *').first().waitFor({ state: 'attached' });
  return PNG.sync.read(await page.screenshot());
}

/** The share of pixels in which two pictures differ for the eye. */
const difference = (a: PNG, b: PNG): number =>
  pixelmatch(a.data, b.data, undefined, SIZE.width, SIZE.height, { threshold: 0.25 }) / (SIZE.width * SIZE.height);

it('the canvas and the exported SVG show the same, in colours of the theme', async () => {
  const seen: PNG[] = [];
  for (const theme of THEMES) {
    const panel = await openFile('first.py', 'np.dot(W, a)', { theme, width: 720 });
    const canvas = panel.page.locator('.picture canvas').first();
    await canvas.waitFor();
    // The panel's canvas in the size of an exported picture.
    await panel.page.evaluate(
      `Object.assign(document.querySelector('.picture .stage').style, { boxSizing: 'content-box', width: '${SIZE.width}px', height: '${SIZE.height}px', maxHeight: 'none' })`,
    );
    await expect.poll(() => canvas.evaluate(c => `${c.clientWidth}×${c.clientHeight}`)).toBe('640×480');
    const image: string = await panel.page.evaluate(`document.querySelector('.picture canvas').toDataURL()`);
    const background: string = await panel.page.evaluate('getComputedStyle(document.body).backgroundColor');
    await panel.page.getByLabel('Export as').selectOption('svg');
    await panel.page.getByRole('button', { name: 'Copy picture' }).click();
    const copied = async () => (await panel.posted()).find(m => m.type === 'copy');
    await expect.poll(copied).toBeDefined();
    const copy = await copied();
    const svg = copy?.type === 'copy' ? copy.text : '';
    const blank = await panel.page.context().newPage();
    const drawn = await pixels(blank, background, `<img width="640" height="480" src="${image}">`);
    const exported = await pixels(blank, background, svg);
    const nothing = await pixels(blank, background, '<p></p>');
    // Letters differ with the font; lines, arrows and places do not.
    const ink = difference(drawn, nothing);
    expect(ink, `${theme}: something is drawn`).toBeGreaterThan(0.005);
    expect(difference(drawn, exported), `${theme}: both show the same`).toBeLessThan(ink / 2);
    seen.push(drawn);
    await panel.close();
  }
  const [dark, light, contrast, contrastLight] = seen;
  expect(difference(dark, light)).toBeGreaterThan(0.5);
  expect(difference(dark, contrast)).toBeGreaterThan(0.001);
  expect(difference(contrast, contrastLight)).toBeGreaterThan(0.5);
}, 120_000);
