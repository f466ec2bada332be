import { describe, expect, it } from 'vitest';
import { documentText, drag, ofType, open, openFile, type Panel, usePanels } from '../support/open-panel';

usePanels();

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
    await drag(panel, /first column of W/, 60, 30);
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

describe('a handle of a real document', () => {
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
    await drag(panel, /^b,/, 40, 20);
    await panel.page.getByRole('button', { name: 'Write back' }).click();
    await expect
      .poll(() => documentText(panel))
      .toMatch(/\\mathbf\{b\} = \\begin\{pmatrix\} (?!3 )[\d.]+ \\\\ (?!5 )[\d.]+ \\end\{pmatrix\}/);
    await panel.close();
  });
});

describe('handles of numbers that are no coordinates', () => {
  const openText = (at: string): Promise<Panel> =>
    open(`file=first.py&at=${encodeURIComponent(at)}&text=${encodeURIComponent(`import numpy as np\n${at}\n`)}`);

  it('move a line, which changes the right side of its equation', async () => {
    const panel = await openText('np.linalg.solve([[2, 1], [1, -1]], [4, 1])');
    await panel.page.getByRole('button', { name: 'line 2x + y = 4' }).focus();
    await panel.page.keyboard.press('ArrowRight');
    await panel.page.getByRole('button', { name: 'line 2x + y = 4.2' }).waitFor();
    await panel.page.getByText('(1.73, 0.733)').first().waitFor();
    await panel.page.getByRole('button', { name: 'Write back' }).click();
    await expect.poll(() => documentText(panel)).toContain('[[2, 1], [1, -1]], [4.2, 1])');
    await panel.close();
  });

  it('move a point up, and the fit follows', async () => {
    const panel = await openText('np.polyfit([0, 1, 2, 3], [1, 2, 5, 10], 1)');
    await drag(panel, /^point \(2, 5\)/, 30, -40);
    await expect.poll(() => panel.page.locator('.description').textContent()).not.toContain('y = 3x');
    await panel.page.getByRole('button', { name: 'Write back' }).click();
    await expect.poll(() => documentText(panel)).toMatch(/\[0, 1, 2, 3\], \[1, 2, (?!5, )[\d.]+, 10\], 1\)/);
    await panel.close();
  });
});

describe('changed numbers', () => {
  const TEXT =
    'import numpy as np\nW = np.array([[1, 2], [3, 4]])\nx = np.array([5, 6])\ny = W @ x\nnp.linalg.norm(y)\n';
  const openText = (at: string): Promise<Panel> =>
    open(`file=first.py&at=${encodeURIComponent(at)}&text=${encodeURIComponent(TEXT)}`);
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

  it('are kept when another expression comes, and when the page does, until they are written', async () => {
    const panel = await openText('W @ x');
    const handle = panel.page.getByRole('button', { name: /^x,/ });
    await handle.focus();
    await panel.page.keyboard.press('ArrowUp');
    const moved = await handle.getAttribute('aria-label');
    const bar = panel.page.getByRole('list', { name: 'Changes not in the source' });
    expect(await bar.count()).toBe(0);
    await panel.page.evaluate("window.harness.show('matrix')");
    await bar.getByText('W @ x').waitFor();
    await panel.page.evaluate('scrollTo(0, 300)');
    await bar.getByRole('button', { name: 'Go back' }).evaluate(e => (e as HTMLElement).click());
    await bar.waitFor({ state: 'detached' });
    expect(await panel.page.evaluate('scrollY')).toBe(0);
    expect(await handle.getAttribute('aria-label')).toBe(moved);
    await panel.page.reload();
    await handle.waitFor();
    expect(await handle.getAttribute('aria-label')).toBe(moved);
    await panel.page.getByRole('button', { name: 'Write back' }).click();
    await expect.poll(() => documentText(panel)).toMatch(/x = np\.array\(\[5, (?!6\])[\d.]+\]\)/);
    await panel.page.evaluate("window.harness.show('matrix')");
    await panel.page.getByRole('heading', { name: 'W', exact: true }).waitFor();
    expect(await bar.count()).toBe(0);
    expect(panel.problems).toEqual([]);
    await panel.close();
  });

  it('that were left are discarded only by hand', async () => {
    const panel = await openText('W @ x');
    await panel.page.getByRole('button', { name: /^x,/ }).focus();
    await panel.page.keyboard.press('ArrowUp');
    await panel.send({ type: 'empty' });
    const bar = panel.page.getByRole('list', { name: 'Changes not in the source' });
    await bar.getByRole('button', { name: 'Discard' }).click();
    await bar.waitFor({ state: 'detached' });
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
