import { describe, expect, it } from 'vitest';
import { ofType, openFile, usePanels } from '../support/open-panel';

usePanels();

const TEXT = `import numpy as np
A = np.array([[2.0, 1.0], [1.0, 3.0]])
x = np.array([1.0, 0.0])
for k in range(12):
    x = A @ x
    x = x / np.linalg.norm(x)
    q = x @ A @ x
`;

describe('the passes of a loop', () => {
  it('are gone through by buttons and slider, and the value and the picture follow', async () => {
    const panel = await openFile('first.py', 'x @ A @ x', { query: `&text=${encodeURIComponent(TEXT)}` });
    const { page } = panel;
    const bar = page.locator('.passes');
    const value = page.locator('.section-value');
    await expect.poll(() => bar.textContent()).toContain('Pass 12 of 12');
    await expect.poll(() => value.textContent()).toContain('3.61803');
    expect(await page.getByRole('button', { name: 'The next pass' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'The pass before' }).click();
    await expect.poll(() => bar.textContent()).toContain('Pass 11 of 12');
    const slider = page.getByRole('slider', { name: 'Pass', exact: true });
    await slider.focus();
    await page.keyboard.press('Home');
    await expect.poll(() => value.textContent()).toContain('3');
    await expect.poll(() => page.locator('.readout').textContent()).toContain('Pass 1: 3');
    expect(await page.evaluate('document.activeElement.type')).toBe('range');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => page.locator('.readout').textContent()).toContain('Pass 2: 3.5');
    // Presses faster than answers come leave it at the last one.
    for (let k = 0; k < 4; k++) await page.keyboard.press('ArrowRight');
    await expect.poll(() => page.locator('.readout').textContent()).toContain('Pass 6: ');
    await page.getByRole('button', { name: 'Play the passes' }).click();
    const played = { timeout: 20_000 };
    await expect.poll(() => page.locator('.readout').textContent(), played).toContain('Pass 12: 3.62');
    await expect.poll(() => page.getByRole('button', { name: 'Play the passes' }).count()).toBe(1);
    const numbers = ofType(await panel.posted(), 'pass').map(m => m.number);
    expect(numbers.slice(0, 3)).toEqual([11, 1, 2]);
    expect(numbers.slice(-7)).toEqual([6, 7, 8, 9, 10, 11, 12]);
    expect(panel.problems).toEqual([]);
    await panel.close();
  });

  it('do not play where motion is not wanted', async () => {
    const panel = await openFile('first.py', 'x @ A @ x', { query: `&reduce=1&text=${encodeURIComponent(TEXT)}` });
    await expect.poll(() => panel.page.locator('.passes').textContent()).toContain('Pass 12 of 12');
    expect(await panel.page.getByRole('button', { name: 'Play the passes' }).count()).toBe(0);
    await panel.close();
  });
});
