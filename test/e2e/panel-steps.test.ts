import { describe, expect, it } from 'vitest';
import { documentText, ofType, open, openFile, usePanels } from '../support/open-panel';

usePanels();

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
    const marks = async () => {
      const last = ofType(await panel.posted(), 'highlight').at(-1);
      return [last?.spans.length, last?.focus.length];
    };
    await expect.poll(marks).toEqual([1, 2]);
    await panel.page.mouse.move(1, 1);
    await expect.poll(marks).toEqual([0, 0]);
    await panel.close();
  });
});

describe('steps', () => {
  it('open level by level by keyboard, and long lists on demand', async () => {
    const panel = await open('derivation');
    const steps = panel.page.locator('.section-steps');
    expect(await steps.locator('.step').count()).toBe(2);
    await steps.locator('.step-open').focus();
    await panel.page.keyboard.press('ArrowRight');
    await expect.poll(() => steps.locator('.step').count()).toBe(2 + 9);
    await panel.page.keyboard.press('ArrowDown');
    await panel.page.keyboard.press('Enter');
    await steps.getByText('A 2×2 determinant.').waitFor();
    await panel.page.keyboard.press('ArrowLeft');
    await steps.getByText('A 2×2 determinant.').waitFor({ state: 'detached' });
    await steps.getByRole('button', { name: 'Show 11 more steps' }).click();
    await expect.poll(() => steps.locator('.step').count()).toBe(2 + 20);
    expect(await panel.page.evaluate("document.activeElement?.getAttribute('aria-label')")).toContain('Minor 7.');
    await panel.close();
  });

  it('are worked and copied in the chosen way, also after a reload', async () => {
    const panel = await open('derivation');
    await panel.page.getByRole('combobox', { name: 'Method' }).selectOption('Elimination');
    await panel.page.getByText('Determinant by elimination.').waitFor();
    await panel.page.reload();
    await panel.page.getByText('Determinant by elimination.').waitFor();
    await panel.page
      .getByRole('button', { name: 'Copy steps as Markdown' })
      .or(panel.page.getByText('Markdown'))
      .click();
    await expect
      .poll(async () => ofType(await panel.posted(), 'copy')[0]?.text)
      .toContain('R_2 \\leftarrow R_2 - 3R_1');
    await panel.close();
  });

  it('tell of each entry of a product which row and column it comes from, here and in the source', async () => {
    const panel = await openFile('first.py', 'W1 @ W2');
    const entry = (name: string) => panel.page.getByRole('button', { name });
    const first = entry('entry row 0, column 0: 1·1 + 0·0 = 1');
    await first.focus();
    await panel.page.keyboard.press('ArrowDown');
    await panel.page.keyboard.press('ArrowRight');
    await panel.page.keyboard.press('Enter');
    const chosen = entry('entry row 1, column 1: 2·2 + (-1)·1 = 3');
    await expect.poll(() => chosen.getAttribute('aria-pressed')).toBe('true');
    expect(await panel.page.locator('.bracketed .lit').allTextContents()).toEqual(['2', '−1', '2', '1', '3']);
    const text = await documentText(panel);
    const lit = async () =>
      ofType(await panel.posted(), 'highlight')
        .at(-1)
        ?.focus.map(({ start, end }) => text.slice(start, end));
    await expect.poll(lit).toEqual(['2', '-1', '2', '1']);
    await panel.page.keyboard.press('Escape');
    await expect.poll(() => chosen.getAttribute('aria-pressed')).toBe('false');
    await panel.close();
  });
});
