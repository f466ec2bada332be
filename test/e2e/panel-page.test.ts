import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../scripts/launch-browser.mjs';
import type { FromPanel, ToPanel } from '../../src/protocol/panel';
import { buildPanelPage, servePanelPage } from '../support/panel-page';

const THEMES = ['vscode-dark', 'vscode-light', 'vscode-high-contrast', 'vscode-high-contrast-light'];

let browser: Browser;
let site: Awaited<ReturnType<typeof servePanelPage>>;
let axe: string;

beforeAll(async () => {
  await buildPanelPage();
  site = await servePanelPage();
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  browser = await launchBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

interface Panel {
  readonly page: Page;
  /** Errors of the page and of its console. */
  readonly problems: string[];
  posted(): Promise<FromPanel[]>;
  send(message: ToPanel): Promise<unknown>;
  close(): Promise<void>;
}

/** Opens the page in a context of its own, with the sample's messages delivered. */
async function open(sample: string, { theme = 'vscode-dark', query = '', width = 560 } = {}): Promise<Panel> {
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
const openFile = (file: string, at: string, options = {}): Promise<Panel> =>
  open(`file=${encodeURIComponent(file)}&at=${encodeURIComponent(at)}`, options);

/** The text of the real document, as written back so far. */
const documentText = (panel: Panel): Promise<string> => panel.page.evaluate('window.harness.text()');

/** Waits until every formula near the window is set. */
async function typeset(page: Page): Promise<void> {
  await expect
    .poll(() =>
      page.evaluate(
        "[...document.querySelectorAll('.tex:not(.ready)')].filter(e => Math.abs(e.getBoundingClientRect().top) < innerHeight).length",
      ),
    )
    .toBe(0);
}

const ofType = <T extends FromPanel['type']>(
  messages: readonly FromPanel[],
  type: T,
): Extract<FromPanel, { type: T }>[] => messages.filter((m): m is Extract<FromPanel, { type: T }> => m.type === type);

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
    'unknown',
    'error',
    'equality',
    'busy',
  ];
  for (const sample of samples) {
    it(`${sample} renders without an error or a policy violation`, async () => {
      const panel = await open(sample);
      await panel.page.evaluate(
        "for (const d of document.querySelectorAll('details')) d.open = true; scrollTo(0, 1e5)",
      );
      await typeset(panel.page);
      expect(panel.problems).toEqual([]);
      expect(await panel.page.evaluate('window.harness.violations')).toEqual([]);
      expect(await panel.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      await panel.close();
    });
  }

  it('fits into 300 pixels', async () => {
    for (const sample of ['matrix', 'product', 'equality', 'error', 'volume']) {
      const panel = await open(sample, { width: 300 });
      expect(await panel.page.evaluate('document.documentElement.scrollWidth <= innerWidth'), sample).toBe(true);
      await panel.close();
    }
  });
});

/** States that differ from the others in structure, and those that differ in colour, which every theme must carry. */
const STRUCTURES = ['empty', 'product', 'large', 'eigen', 'volume'];
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

describe('formulas', () => {
  it('typesets the value and leaves steps below the window alone until they scroll into view', async () => {
    const panel = await open('product');
    await panel.page.locator('.section-value .katex').waitFor();
    await panel.page.locator('.section-steps').scrollIntoViewIfNeeded();
    await panel.page.locator('.section-steps .katex').first().waitFor();
    await panel.close();
  });

  it('copies the steps as LaTeX', async () => {
    const panel = await open('product');
    await panel.page
      .getByRole('button', { name: 'LaTeX' })
      .and(panel.page.locator('.section-steps button'))
      .first()
      .click();
    await expect.poll(async () => ofType(await panel.posted(), 'copy')[0]?.text).toContain('\\begin{enumerate}');
    await panel.close();
  });

  it('marks a step in the editor while the pointer is on it', async () => {
    const panel = await open('product');
    await panel.page.locator('.step-own').first().hover();
    await expect.poll(async () => ofType(await panel.posted(), 'highlight').at(-1)?.spans.length).toBe(3);
    await panel.page.mouse.move(1, 1);
    await expect.poll(async () => ofType(await panel.posted(), 'highlight').at(-1)?.spans.length).toBe(0);
    await panel.close();
  });
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

describe('handles', () => {
  it('move by keyboard, and the numbers follow at once', async () => {
    const panel = await open('matrix');
    const handle = panel.page.locator('.handle').first();
    const label = await handle.getAttribute('aria-label');
    await handle.focus();
    await panel.page.keyboard.press('ArrowRight');
    await expect.poll(() => handle.getAttribute('aria-label')).not.toBe(label);
    await expect.poll(() => panel.page.locator('.chips').textContent()).not.toContain('det -2');
    expect(await panel.page.locator('.readout').textContent()).toContain('W');
    await panel.page.getByRole('button', { name: 'Discard changes' }).click();
    await expect.poll(() => handle.getAttribute('aria-label')).toBe(label);
    await expect.poll(() => panel.page.locator('.chips').textContent()).toContain('det -2');
    await panel.close();
  });

  it('move by pointer, and are written back row by row', async () => {
    const panel = await open('matrix');
    const handle = panel.page.locator('.handle').first();
    await handle.scrollIntoViewIfNeeded();
    const box = await handle.boundingBox();
    if (!box) throw new Error('the handle has no box');
    await panel.page.mouse.move(box.x + 12, box.y + 12);
    await panel.page.mouse.down();
    await panel.page.mouse.move(box.x + 72, box.y + 42, { steps: 4 });
    await panel.page.mouse.up();
    await panel.page.getByRole('button', { name: 'Write back' }).click();
    await expect.poll(async () => ofType(await panel.posted(), 'write-back').length).toBe(1);
    const [message] = ofType(await panel.posted(), 'write-back');
    expect(message).toMatchObject({
      uri: 'file:///samples/layers.py',
      version: 7,
      changes: [{ span: { start: 133, end: 149 }, shape: [2, 2] }],
    });
    const [{ values }] = message.changes;
    expect(values).toHaveLength(4);
    expect(values[0]).toBeGreaterThan(1);
    expect(values[2]).toBeLessThan(3);
    expect([values[1], values[3]]).toEqual([2, 4]);
    await panel.send({ type: 'written', ok: true, message: 'W is changed in layers.py' });
    await expect.poll(() => panel.page.locator('.notice').textContent()).toContain('W is changed in layers.py');
    await panel.close();
  });

  it('post nothing while nothing is changed', async () => {
    const panel = await open('matrix');
    const button = panel.page.getByRole('button', { name: 'Write back' });
    expect(await button.getAttribute('aria-disabled')).toBe('true');
    await button.click({ force: true });
    expect(ofType(await panel.posted(), 'write-back')).toEqual([]);
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

  it('takes a vector that was moved by keyboard into the source, and shows it anew', async () => {
    const panel = await openFile('first.py', 'a = np.array([1, 2])');
    const handle = panel.page.locator('.handle');
    await handle.focus();
    await panel.page.keyboard.press('ArrowRight');
    await panel.page.keyboard.press('ArrowRight');
    await panel.page.keyboard.press('ArrowDown');
    await expect.poll(() => handle.getAttribute('aria-label')).not.toBe('a, (1, 2)');
    const moved = (await handle.getAttribute('aria-label')) ?? '';
    await panel.page.getByRole('button', { name: 'Write back' }).click();
    const [x, y] = moved.slice(moved.indexOf('(') + 1, -1).split(', ');
    await expect.poll(() => documentText(panel)).toContain(`a = np.array([${x}, ${y}])`);
    await expect
      .poll(() => panel.page.getByRole('button', { name: 'Write back' }).getAttribute('aria-disabled'))
      .toBe('true');
    expect(await handle.getAttribute('aria-label')).toBe(moved);
    await panel.close();
  });

  it('takes both operands of a product into their literals in one edit', async () => {
    const panel = await openFile('first.py', 'np.dot(W, a)');
    for (const name of [/first column of W/, /^a,/]) {
      await panel.page.getByRole('button', { name }).focus();
      await panel.page.keyboard.press('ArrowUp');
    }
    await panel.page.getByRole('button', { name: 'Write back' }).click();
    await expect.poll(async () => ofType(await panel.posted(), 'write-back').length).toBe(1);
    expect(ofType(await panel.posted(), 'write-back')[0].changes).toHaveLength(2);
    await expect.poll(() => documentText(panel)).toMatch(/W = np\.array\(\[\[3, 4\], \[(?!5, )[\d.]+, 6\]\]\)/);
    expect(await documentText(panel)).toMatch(/a = np\.array\(\[1, (?!2\])[\d.]+\]\)/);
    await panel.close();
  });

  it('takes a drag into a LaTeX matrix', async () => {
    const panel = await openFile('notes.tex', 'A^{-1} \\mathbf{b}');
    const handle = panel.page.getByRole('button', { name: /^b,/ });
    await handle.scrollIntoViewIfNeeded();
    const box = await handle.boundingBox();
    if (!box) throw new Error('the handle has no box');
    await panel.page.mouse.move(box.x + 12, box.y + 12);
    await panel.page.mouse.down();
    await panel.page.mouse.move(box.x + 52, box.y + 32, { steps: 3 });
    await panel.page.mouse.up();
    await panel.page.getByRole('button', { name: 'Write back' }).click();
    await expect
      .poll(() => documentText(panel))
      .toMatch(/\\mathbf\{b\} = \\begin\{pmatrix\} (?!3 )[\d.]+ \\\\ (?!5 )[\d.]+ \\end\{pmatrix\}/);
    await panel.close();
  });
});

describe('changed numbers', () => {
  const TEXT =
    'import numpy as np\nW = np.array([[1, 2], [3, 4]])\nx = np.array([5, 6])\ny = W @ x\nnp.linalg.norm(y)\n';
  const openText = (at: string): Promise<Panel> =>
    open(`file=first.py&at=${encodeURIComponent(at)}&text=${encodeURIComponent(TEXT)}`);
  const drag = async (panel: Panel, name: RegExp, dx: number, dy: number): Promise<void> => {
    const handle = panel.page.getByRole('button', { name });
    await handle.scrollIntoViewIfNeeded();
    const box = await handle.boundingBox();
    if (!box) throw new Error('the handle has no box');
    await panel.page.mouse.move(box.x + 12, box.y + 12);
    await panel.page.mouse.down();
    await panel.page.mouse.move(box.x + 12 + dx, box.y + 12 + dy, { steps: 5 });
    await panel.page.mouse.up();
  };
  const goLive = (panel: Panel) => panel.page.getByRole('checkbox', { name: 'Live' }).first().check();
  const edit = (panel: Panel, from: string, to: string) =>
    panel.page.evaluate(`window.harness.edit(${JSON.stringify(from)}, ${JSON.stringify(to)})`);

  it('change value, steps and facts, and tell what else changes', async () => {
    const panel = await openText('W @ x');
    await panel.page.getByRole('button', { name: /^x,/ }).focus();
    for (let k = 0; k < 4; k++) await panel.page.keyboard.press('ArrowLeft');
    const effects = panel.page.locator('.section-effects');
    await effects.waitFor();
    const { changes } = ofType(await panel.posted(), 'try').at(-1) ?? { changes: [] };
    const [a, b] = changes[0].values;
    await expect
      .poll(() => panel.page.locator('.section-value .katex-mathml').textContent())
      .toContain(String(Number((a + 2 * b).toPrecision(6))));
    await panel.page.locator('.section-steps').scrollIntoViewIfNeeded();
    await expect.poll(() => panel.page.locator('.section-steps .katex-mathml').textContent()).toContain(String(a));
    expect(await effects.locator('code').allTextContents()).toContain('np.linalg.norm(y)');
    await panel.page.getByRole('button', { name: 'Discard changes' }).click();
    await effects.waitFor({ state: 'detached' });
    expect(await panel.page.locator('.section-value .katex-mathml').textContent()).toContain('17');
    expect(panel.problems).toEqual([]);
    await panel.close();
  });

  it('go into the source by themselves in live mode, once a drag, and the handle stays in hand', async () => {
    const panel = await openText('W @ x');
    await goLive(panel);
    await drag(panel, /^x,/, 40, -20);
    await expect.poll(() => documentText(panel)).not.toBe(TEXT);
    expect(ofType(await panel.posted(), 'write-back')).toHaveLength(1);
    const handle = panel.page.getByRole('button', { name: /^x,/ });
    await handle.focus();
    await panel.page.keyboard.press('ArrowUp');
    await panel.page.keyboard.press('ArrowUp');
    await expect.poll(async () => ofType(await panel.posted(), 'write-back').length).toBe(2);
    await expect
      .poll(() => panel.page.getByRole('button', { name: 'Write back' }).getAttribute('aria-disabled'))
      .toBe('true');
    expect(await handle.evaluate(e => e === document.activeElement)).toBe(true);
    await panel.close();
  });

  it('move the picture back when the document is taken back', async () => {
    const panel = await openText('W @ x');
    await goLive(panel);
    const handle = panel.page.getByRole('button', { name: /^x,/ });
    const before = await handle.getAttribute('aria-label');
    await drag(panel, /^x,/, 40, -20);
    await expect.poll(() => documentText(panel)).not.toBe(TEXT);
    const written = /x = np\.array\((.*)\)/.exec(await documentText(panel))?.[1] ?? '';
    await edit(panel, written, '[5, 6]');
    await expect.poll(() => handle.getAttribute('aria-label')).toBe(before);
    expect(ofType(await panel.posted(), 'write-back')).toHaveLength(1);
    await panel.close();
  });

  it('outlive an edit elsewhere in the document, and are written at the place where the literal is then', async () => {
    const panel = await openText('W @ x');
    const handle = panel.page.getByRole('button', { name: /^x,/ });
    await handle.focus();
    await panel.page.keyboard.press('ArrowUp');
    const moved = await handle.getAttribute('aria-label');
    await edit(panel, 'W = ', '# a line more\nW = ');
    await expect.poll(async () => ofType(await panel.posted(), 'try').at(-1)?.version).toBe(2);
    expect(await handle.getAttribute('aria-label')).toBe(moved);
    await panel.page.getByRole('button', { name: 'Write back' }).click();
    await expect.poll(() => documentText(panel)).toMatch(/# a line more\n.*\nx = np\.array\(\[5, (?!6\])[\d.]+\]\)/);
    await panel.close();
  });

  it('are given up, and it is said, when the literal itself is changed', async () => {
    const panel = await openText('W @ x');
    await panel.page.getByRole('button', { name: /^x,/ }).focus();
    await panel.page.keyboard.press('ArrowUp');
    await edit(panel, '[5, 6]', '[1, 1]');
    await panel.page.locator('.notice', { hasText: 'given up' }).waitFor();
    await panel.page.getByRole('button', { name: 'x, (1, 1)' }).waitFor();
    await panel.close();
  });

  it('stay when a write is refused', async () => {
    const panel = await open('matrix');
    const handle = panel.page.locator('.handle').first();
    await handle.focus();
    await panel.page.keyboard.press('ArrowRight');
    const moved = await handle.getAttribute('aria-label');
    await panel.page.getByRole('button', { name: 'Write back' }).click();
    await panel.send({
      type: 'written',
      ok: false,
      message: 'The document has changed meanwhile. Nothing was written.',
    });
    await panel.page.locator('.notice', { hasText: 'Nothing was written' }).waitFor();
    expect(await handle.getAttribute('aria-label')).toBe(moved);
    await panel.close();
  });
});

describe('entries', () => {
  it('are changed by keyboard, move the picture and are written back', async () => {
    const panel = await openFile('first.py', 'W = np.array([[3, 4], [5, 6]])');
    await panel.page.getByRole('button', { name: 'Edit entries' }).click();
    const field = panel.page.getByLabel('row 0, column 1');
    await field.fill('-2.5');
    await field.press('Enter');
    await expect
      .poll(() => panel.page.locator('.handle').nth(1).getAttribute('aria-label'))
      .toBe('second column of W, (−2.5, 6)');
    expect(await panel.page.evaluate("document.activeElement?.getAttribute('aria-label')")).toBe('row 1, column 1');
    await panel.page.getByRole('button', { name: 'Write entries back' }).click();
    await expect.poll(() => documentText(panel)).toContain('W = np.array([[3, -2.5], [5, 6]])');
    await panel.close();
  });

  it('stay as they are when no number is typed', async () => {
    const panel = await openFile('first.py', 'W = np.array([[3, 4], [5, 6]])');
    await panel.page.getByRole('button', { name: 'Edit entries' }).click();
    const field = panel.page.getByLabel('row 0, column 1');
    await field.fill('four');
    await field.press('Enter');
    await expect.poll(() => field.inputValue()).toBe('4');
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
    await panel.page.getByRole('button', { name: 'Copy as SVG' }).click();
    await expect
      .poll(async () => ofType(await panel.posted(), 'copy')[0]?.text)
      .toMatch(/^<svg.*Wa \(11, 17\).*<\/svg>$/s);
    await panel.close();
  });

  it('of a product say what each moment computes, in four ways', async () => {
    const panel = await openFile('first.py', 'W1 @ W2');
    await panel.page.getByLabel('Time, from before to after').focus();
    await panel.page.keyboard.press('Home');
    await expect.poll(() => panel.page.locator('.readout').textContent()).toContain('Row 1 · column 1');
    await panel.page.getByLabel('See it').selectOption('outer');
    await expect.poll(() => panel.page.locator('.readout').textContent()).toContain('Adds column 1 of W1');
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
