import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkbench, type Theme, until, type Workbench } from '../support/vscode-workbench';

/** The packaged extension in a real workbench, driven as a user drives it. */

const THEMES: readonly Theme[] = ['light', 'dark', 'high-contrast', 'high-contrast-light'];
const axe = await readFile(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string;
    readonly nodes: readonly { readonly target: readonly string[] }[];
  }[];
}

describe('the samples', () => {
  let workbench: Workbench;

  beforeAll(async () => {
    workbench = await openWorkbench({ viewport: { width: 1400, height: 900 }, theme: 'light' });
  });
  afterAll(() => workbench?.close());

  it('hover: a summary, the matrix and links, in four themes', async () => {
    await workbench.openFile('first.py');
    for (const theme of THEMES) {
      await workbench.setTheme(theme);
      const hover = await workbench.hoverToken('W1 @ W2', '3×3 int64');
      const image = hover.locator('img');
      await image.waitFor();
      expect(await image.evaluate(e => (e as HTMLImageElement).naturalWidth), theme).toBeGreaterThan(20);
      expect(await hover.locator('a').allTextContents()).toEqual(['Inspect', 'Steps', 'Copy as LaTeX']);
      await workbench.screenshot(`hover-${theme}`);
    }
    await workbench.setTheme('light');
  });

  it('a link of the hover opens the inspector beside the editor', async () => {
    const hover = await workbench.hoverToken('W1 @ W2', '3×3 int64');
    await hover.getByText('Steps', { exact: true }).click();
    const panel = workbench.panel();
    await panel.locator('.section-value .katex').first().waitFor();
    await panel.locator('.section-steps .katex').first().waitFor();
    expect(await panel.locator('body').textContent()).toContain('W1 @ W2');
  });

  it('the inspector follows the cursor, and shows value, facts, steps and picture in four themes', async () => {
    const panel = workbench.panel();
    await workbench.placeCursor('np.dot(W, a)', 4);
    await panel.getByText('np.dot(W, a)').first().waitFor();
    await panel.locator('.section-steps .katex').first().waitFor();
    for (const theme of THEMES) {
      await workbench.setTheme(theme);
      await panel.locator(`body.vscode-${theme === 'high-contrast-light' ? 'high-contrast-light' : theme}`).waitFor();
      await panel.locator('canvas').first().waitFor();
      await workbench.screenshot(`inspector-${theme}`);
    }
    await workbench.setTheme('light');
  });

  it('axe finds nothing serious in the inspector', async () => {
    const frame = workbench.page
      .frames()
      .find(f => f.url().includes('fake.html') && f.parentFrame()?.url().includes('webview'));
    expect(frame).toBeDefined();
    await frame?.evaluate(axe);
    const results = (await frame?.evaluate('axe.run()')) as AxeResults;
    expect(
      results.violations
        .filter(v => v.impact === 'serious' || v.impact === 'critical')
        .map(v => `${v.id}: ${v.nodes.map(n => n.target.join(' ')).join(', ')}`),
    ).toEqual([]);
  });

  it('a pinned inspector stays', async () => {
    const panel = workbench.panel();
    await panel.getByRole('button', { name: 'Pin' }).click();
    await workbench.placeCursor('W1 @ W2 @ x', 9);
    await workbench.runCommand('Matrix Inspector: Copy Value');
    // The command goes on after the palette has closed.
    await expect.poll(() => workbench.page.evaluate('navigator.clipboard.readText()')).toBe('array([1, 0, 6])');
    expect(await panel.getByText('np.dot(W, a)').first().isVisible()).toBe(true);
    await panel.getByRole('button', { name: 'Pin' }).click();
  });

  it('a handle moved by keyboard changes the numbers, and Write back puts them into the document, one undo back', async () => {
    const panel = workbench.panel();
    await workbench.placeCursor('W = np.array', 0);
    const handle = panel.locator('.handle').first();
    await panel.getByRole('heading', { name: 'W', exact: true }).waitFor();
    await handle.focus();
    await workbench.page.keyboard.press('ArrowRight');
    const write = panel.getByRole('button', { name: 'Write back' });
    await until(async () => {
      if (await write.isDisabled()) throw new Error('nothing changed');
    });
    await write.click();
    await panel.getByText('Written to the document.').waitFor();
    const line = workbench.line('W = np.array(');
    expect((await line.textContent())?.replaceAll('\u00a0', ' ')).not.toContain('[[3, 4], [5, 6]]');
    await workbench.screenshot('written-back');
    await workbench.placeCursor('# A matrix as a map', 3);
    await workbench.page.keyboard.press('Control+z');
    await until(async () => {
      const text = (await line.textContent())?.replaceAll('\u00a0', ' ') ?? '';
      if (!text.includes('[[3, 4], [5, 6]]')) throw new Error(text);
    });
  });

  it('Evaluate Selection shows the value behind the selection', async () => {
    await workbench.placeCursor('np.linalg.norm(a - b)', 4);
    await workbench.runCommand('Matrix Inspector: Evaluate Selection');
    await until(async () => {
      const shown = await workbench.line('np.linalg.norm(a - b)').first().evaluate(contentAfter);
      if (!shown.includes('2.8284271247461903')) throw new Error(shown);
    });
  });

  it('the context menu of the editor has a menu of the commands', async () => {
    await workbench.placeCursor('W1 @ W2 @ x', 3);
    const menu = workbench.page.locator('.monaco-menu-container');
    const item = (label: string) => menu.getByRole('menuitem', { name: label }).first();
    await until(async () => {
      await workbench.page.keyboard.press('Escape');
      await workbench.page.keyboard.press('Shift+F10');
      await item('Matrix Inspector').hover({ timeout: 3000 });
      await item('Show Steps').waitFor({ timeout: 3000 });
    });
    const others = [
      'Evaluate Selection',
      'Inspect at Cursor',
      'Copy Value',
      'Copy as LaTeX',
      'Copy Value As…',
      'Evaluate File',
    ];
    for (const label of others) expect(await item(label).isVisible(), label).toBe(true);
    await workbench.screenshot('context-menu');
    await item('Show Steps').click();
    await workbench.panel().getByRole('heading', { name: 'W1 @ W2', exact: true }).waitFor();
  });

  it('Evaluate File shows values at the ends of lines, and takes them away again', async () => {
    await workbench.runCommand('Matrix Inspector: Evaluate File');
    const ends = () => workbench.line('W1 @ W2 @ x').first().evaluate(contentAfter);
    await until(async () => {
      if (!(await ends()).includes('[1 0 6]')) throw new Error(await ends());
    });
    await workbench.screenshot('evaluate-file');
    await workbench.runCommand('Matrix Inspector: Evaluate File');
    await until(async () => {
      if ((await ends()).includes('[1 0 6]')) throw new Error('still there');
    });
  });

  it('Markdown, LaTeX and MATLAB answer too', async () => {
    await workbench.openFile('example.m');
    await workbench.hoverToken("[1 -2] * [3 4]'", '-5');
    await workbench.openFile('notes.tex');
    await workbench.hoverToken('A^{-1} \\mathbf{b}', '2×1');
    await workbench.screenshot('hover-latex');
    await workbench.openFile('linear-algebra.md');
    await workbench.runCommand('Matrix Inspector: Evaluate File');
    await workbench.page.locator('.view-line').first().waitFor();
    await workbench.screenshot('evaluate-markdown');
  });

  it('a notebook draws its cells', async () => {
    await workbench.openFile('vectors.ipynb');
    await workbench.hoverToken('W @ a', 'int64');
    await workbench.screenshot('hover-notebook');
  });

  it('no content security policy was violated', () => {
    expect(workbench.violations).toEqual([]);
  });
});

/** Runs in the page: what decorations put behind the text of a line. */
function contentAfter(line: Element): string {
  return Array.from(line.querySelectorAll('span'), span => getComputedStyle(span, '::after').content).join(' ');
}

describe('elsewhere', () => {
  const FILES = { 'a.py': 'import numpy as np\n\nA = np.array([[1, 2], [3, 4]])\nA @ A\n' };

  it("hover, inspector and a long evaluation in the browser's extension host", async () => {
    const workbench = await openWorkbench({
      files: { ...FILES, 'big.py': 'import numpy as np\n\nB = np.ones((300, 300))\nB @ B @ B\n' },
      webHost: true,
    });
    try {
      await workbench.openFile('a.py');
      await workbench.hoverToken('A @ A', '2×2 int64');
      await workbench.openFile('big.py');
      await workbench.placeCursor('B @ B @ B', 6);
      await workbench.runCommand('Matrix Inspector: Inspect at Cursor');
      await workbench.panel().getByText('300×300').first().waitFor({ timeout: 60_000 });
      expect(workbench.violations).toEqual([]);
    } finally {
      await workbench.close();
    }
  });

  it('the inspector comes back after a reload', async () => {
    const workbench = await openWorkbench({ files: FILES });
    try {
      await workbench.openFile('a.py');
      await workbench.placeCursor('A @ A', 2);
      await workbench.runCommand('Matrix Inspector: Inspect at Cursor');
      const value = workbench.panel().locator('.section-value .katex').first();
      await value.waitFor();
      await workbench.reload();
      await value.waitFor();
      expect(await workbench.panel().locator('body').textContent()).toContain('A @ A');
    } finally {
      await workbench.close();
    }
  });

  it('hover and inspector in Restricted Mode', async () => {
    const workbench = await openWorkbench({ files: FILES, restricted: true });
    try {
      await workbench.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
      await workbench.openFile('a.py');
      await workbench.hoverToken('A @ A', '2×2 int64');
      await workbench.placeCursor('A @ A', 2);
      await workbench.runCommand('Matrix Inspector: Inspect at Cursor');
      await workbench.panel().locator('.section-value .katex').first().waitFor();
    } finally {
      await workbench.close();
    }
  });
});
