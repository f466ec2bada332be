import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { describe, expect, it } from 'vitest';
import { readFromPanel } from '../../src/protocol/read-from-panel';
import { documentText, ofType, open, openFile, typeset, usePanels } from '../support/open-panel';

const THEMES = ['vscode-dark', 'vscode-light', 'vscode-high-contrast', 'vscode-high-contrast-light'];
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

usePanels();

describe('each state', () => {
  const samples = [
    'empty',
    'matrix',
    'product',
    'dot',
    'distance',
    'heat',
    'large',
    'eigen',
    'volume',
    'derivation',
    'unknown',
    'error',
    'equality',
    'busy',
  ];
  for (const sample of samples) {
    it(`${sample} renders without an error or a policy violation`, async () => {
      const panel = await open(sample);
      await panel.page.evaluate("for (const b of document.querySelectorAll('.step-open')) b.click(); scrollTo(0, 1e5)");
      await typeset(panel.page);
      expect(panel.problems).toEqual([]);
      expect(await panel.page.evaluate('window.harness.violations')).toEqual([]);
      expect(await panel.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      await panel.close();
    });
  }

  it.each([160, 300])('fits into %i pixels', async width => {
    // The last one has a choice of pictures with long names.
    const long = `file=first.py&at=${encodeURIComponent('W = np.array([[3, 4], [5, 6]])')}`;
    for (const sample of ['matrix', 'product', 'equality', 'error', 'volume', long]) {
      const panel = await open(sample, { width });
      expect(await panel.page.evaluate('document.documentElement.scrollWidth <= innerWidth'), sample).toBe(true);
      await panel.close();
    }
  });
});

/** States that differ from the others in structure, and those that differ in colour, which every theme must carry. */
const STRUCTURES = ['empty', 'product', 'large', 'eigen', 'volume', 'derivation'];
const COLOURS = ['unknown', 'error', 'equality', 'busy'];
describe('accessibility', () => {
  for (const theme of THEMES) {
    it(`has nothing serious in ${theme}`, async () => {
      for (const sample of theme === THEMES[0] ? ['matrix', ...STRUCTURES, ...COLOURS] : ['matrix', ...COLOURS]) {
        const panel = await open(sample, { theme, query: '&reduce' });
        await typeset(panel.page);
        await panel.page.evaluate(axe);
        const results = (await panel.page.evaluate('axe.run()')) as AxeResults;
        const serious = results.violations.filter(v => v.impact === 'serious' || v.impact === 'critical');
        expect(
          serious.map(
            v => `${sample}: ${v.id} ${v.nodes.map(n => `${n.target.join(' ')} ${n.failureSummary ?? ''}`).join('; ')}`,
          ),
        ).toEqual([]);
        await panel.close();
      }
    });
  }
});

describe('number format', () => {
  it('changes what is shown and outlives a reload', async () => {
    const panel = await open('distance');
    await panel.page.getByLabel('Number format').selectOption('fixed2');
    await expect.poll(() => panel.page.locator('.scalar').textContent()).toBe('2.83');
    await panel.page.reload();
    await expect.poll(() => panel.page.locator('.scalar').textContent()).toBe('2.83');
    await panel.close();
  });
});

describe('a large table', () => {
  it('renders only the cells on screen and reaches the last one', async () => {
    const panel = await open('large');
    const table = panel.page.getByRole('table', { name: /1000×1000/ });
    await table.waitFor();
    expect(await table.getAttribute('aria-rowcount')).toBe('1001');
    expect(await table.locator('.cell').count()).toBeLessThan(600);
    await panel.page.evaluate("document.querySelector('.table').scrollTo(1e9, 1e9)");
    await table.locator('[aria-rowindex="1001"] [aria-colindex="1001"]').waitFor();
    expect(await table.locator('.cell').count()).toBeLessThan(600);
    await panel.close();
  });

  it('scrolls by keyboard', async () => {
    const panel = await open('large');
    const table = panel.page.getByRole('table', { name: /1000×1000/ });
    await table.focus();
    await panel.page.keyboard.press('PageDown');
    await expect.poll(() => panel.page.evaluate("document.querySelector('.table').scrollTop")).toBeGreaterThan(0);
    await panel.close();
  });
});

describe('a real document', () => {
  it('shows the computed value, its steps and its picture', async () => {
    const panel = await openFile('first.py', 'np.dot(W, a)');
    await panel.page.locator('.section-value .katex').waitFor();
    expect(await panel.page.locator('.section-value .katex-mathml').textContent()).toContain('11');
    expect(await panel.page.locator('.section-picture .description').textContent()).toContain(
      'W takes a (1, 2) to (11, 17)',
    );
    expect(await panel.page.locator('.section-steps .step').count()).toBeGreaterThan(0);
    expect(panel.problems).toEqual([]);
    await panel.close();
  });
});

describe('pictures', () => {
  it('are chosen by kind, and the choice outlives a reload', async () => {
    const panel = await openFile('first.py', 'W = np.array([[3, 4], [5, 6]])');
    await panel.page.getByRole('combobox', { name: 'Picture' }).selectOption('singular-map');
    await expect.poll(() => panel.page.locator('.description').textContent()).toContain('W in three moves');
    await panel.page.reload();
    await expect.poll(() => panel.page.locator('.description').textContent()).toContain('W in three moves');
    await panel.close();
  });

  it('are copied as SVG with their words', async () => {
    const panel = await openFile('first.py', 'np.dot(W, a)');
    await panel.page.getByLabel('Export as').selectOption('svg');
    await panel.page.getByRole('button', { name: 'Copy picture' }).click();
    await expect
      .poll(async () => ofType(await panel.posted(), 'copy')[0]?.text)
      .toMatch(/^<svg.*Wa \(11, 17\).*<\/svg>$/s);
    await panel.close();
  });

  it('are saved in the chosen format, by keyboard', async () => {
    const panel = await openFile('first.py', 'np.dot(W, a)');
    const saved = async (format: string) => {
      await panel.page.getByLabel('Export as').selectOption(format);
      await panel.page.getByLabel('Export as').focus();
      await panel.page.keyboard.press('Tab');
      await panel.page.keyboard.press('Tab');
      await panel.page.keyboard.press('Enter');
      await expect
        .poll(async () => ofType(await panel.posted(), 'save').at(-1)?.format, { timeout: 5000 })
        .toBe(format);
      const message = ofType(await panel.posted(), 'save').at(-1);
      expect(readFromPanel(message)).toEqual(message);
      return message?.data;
    };
    expect(await saved('png')).toMatch(/^iVBOR/);
    expect(await saved('svg')).toMatch(/^<svg.*<\/svg>$/s);
    expect(await saved('tex')).toContain('\\begin{tikzpicture}');
    await expect
      .poll(() => panel.page.locator('[role=status], [role=alert]').allTextContents())
      .toContain('Saved Matrix times vector.tex');
    await panel.close();
  });

  it('of a product say what each moment computes, in four ways', async () => {
    const panel = await openFile('first.py', 'W1 @ W2');
    await panel.page.getByLabel('Time, from before to after').focus();
    await panel.page.keyboard.press('Home');
    await expect.poll(() => panel.page.locator('.readout').textContent()).toContain('Row 0 · column 0');
    await panel.page.getByLabel('See it').selectOption('outer');
    await expect.poll(() => panel.page.locator('.readout').textContent()).toContain('Adds column 0 of W1');
    await panel.close();
  });

  it('of space are turned by keyboard and changed by their handles', async () => {
    const text = 'import numpy as np\nA = np.array([[2, 1, 0], [0, 1, 1], [1, 0, 1]])\n';
    const panel = await open(`file=first.py&at=A&text=${encodeURIComponent(text)}`);
    const handle = panel.page.getByRole('button', { name: /third column of A/ });
    const place = () => handle.evaluate(e => getComputedStyle(e).left);
    const before = await place();
    await panel.page.locator('.stage canvas').focus();
    await panel.page.keyboard.press('ArrowLeft');
    await expect.poll(place).not.toBe(before);
    await handle.focus();
    for (let k = 0; k < 3; k++) await panel.page.keyboard.press('ArrowUp');
    await panel.page.getByRole('button', { name: 'Write back' }).click();
    await expect.poll(() => documentText(panel)).not.toBe(text);
    expect(await documentText(panel)).toMatch(
      /A = np\.array\(\[\[2, 1, [-\d.]+\], \[0, 1, [-\d.]+\], \[1, 0, [-\d.]+\]\]\)/,
    );
    expect(panel.problems).toEqual([]);
    await panel.close();
  });
});

describe('time', () => {
  it('plays from the beginning to the end and can be interrupted', async () => {
    const panel = await open('matrix');
    const slider = panel.page.getByRole('slider');
    await panel.page.getByRole('button', { name: 'Play' }).click();
    await expect.poll(async () => Number(await slider.inputValue())).toBeLessThan(0.9);
    await panel.page.getByRole('button', { name: 'Pause' }).click();
    const held = await slider.inputValue();
    await panel.page.evaluate(
      'new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done))))',
    );
    expect(await slider.inputValue()).toBe(held);
    await panel.page.getByRole('button', { name: 'Play' }).click();
    await expect.poll(async () => Number(await slider.inputValue()), { timeout: 10_000 }).toBe(1);
    await panel.close();
  });

  it('jumps between the ends where motion is not wanted', async () => {
    const panel = await open('matrix', { query: '&reduce' });
    const slider = panel.page.getByRole('slider');
    await panel.page.getByRole('button', { name: 'Play' }).click();
    expect(Number(await slider.inputValue())).toBe(0);
    await panel.page.getByRole('button', { name: 'Play' }).click();
    expect(Number(await slider.inputValue())).toBe(1);
    await panel.close();
  });

  it('goes from stage to stage where motion is not wanted', async () => {
    const panel = await openFile('first.py', 'W = np.array([[3, 4], [5, 6]])', { query: '&reduce' });
    await panel.page.getByRole('combobox', { name: 'Picture' }).selectOption('singular-map');
    const slider = panel.page.getByRole('slider');
    const seen: number[] = [];
    for (let k = 0; k < 4; k++) {
      await panel.page.getByRole('button', { name: 'Play' }).click();
      seen.push(Number(await slider.inputValue()));
    }
    expect(seen).toEqual([0, 0.33, 0.67, 1]);
    await panel.close();
  });

  it('follows the slider by keyboard', async () => {
    const panel = await open('matrix');
    await panel.page.getByRole('slider').focus();
    await panel.page.keyboard.press('Home');
    await expect.poll(() => panel.page.getByRole('slider').inputValue()).toBe('0');
    await panel.close();
  });
});

describe('messages to the host', () => {
  it('tell of pin, place, history, cancel', async () => {
    const panel = await open('matrix');
    await panel.page.getByRole('button', { name: 'Pin' }).click();
    await panel.page.getByRole('button', { name: 'layers.py:12' }).click();
    await panel.page.locator('.history button').first().click();
    await expect
      .poll(async () => (await panel.posted()).map(m => m.type))
      .toEqual(['ready', 'pin', 'reveal', 'history']);
    expect(await panel.page.getByRole('button', { name: 'Pin' }).getAttribute('aria-pressed')).toBe('true');
    await panel.send({ type: 'busy', busy: true, source: 'svd(big)' });
    await panel.page.getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(async () => (await panel.posted()).at(-1)?.type).toBe('cancel');
    await panel.close();
  });

  it('folded sections stay folded after a reload', async () => {
    const panel = await open('matrix');
    const fold = panel.page.getByRole('button', { name: 'Facts' });
    await fold.click();
    expect(await fold.getAttribute('aria-expanded')).toBe('false');
    await panel.page.reload();
    await panel.page.locator('.header').waitFor();
    await expect.poll(() => fold.getAttribute('aria-expanded')).toBe('false');
    await panel.close();
  });
});
