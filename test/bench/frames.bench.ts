import { launchBrowser } from '../../scripts/launch-browser.mjs';
import { buildPanelPage, servePanelPage } from '../support/panel-page';
import { row } from './measure';

/** What the issue allows a picture's script in a frame, in milliseconds. */
const ALLOWED = 4;

const NUMPY = 'import numpy as np\n';
const PICTURES: readonly {
  readonly work: string;
  readonly kind: string;
  readonly text: string;
  readonly at: string;
  /** Instead of playing: keys on the picture or on a control, a frame each. */
  readonly press?: { readonly on: string; readonly key: string; readonly times: number };
}[] = [
  { work: 'linear map', kind: 'linear-map', at: 'W', text: `${NUMPY}W = np.array([[1, 2], [3, 4]])` },
  { work: 'rotate, stretch, rotate', kind: 'singular-map', at: 'W', text: `${NUMPY}W = np.array([[1, 2], [3, 4]])` },
  {
    work: 'map of space',
    kind: 'space-map',
    at: 'W',
    text: `${NUMPY}W = np.array([[2, 1, 0], [0, 1, 1], [1, 0, 1]])`,
  },
  {
    work: 'turn, stretch, turn of space',
    kind: 'space-singular-map',
    at: 'W',
    text: `${NUMPY}W = np.array([[2, 1, 0], [0, 1, 1], [1, 0, 1]])`,
  },
  { work: 'power iteration', kind: 'power-iteration', at: 'W', text: `${NUMPY}W = np.array([[2, 1], [1, 3]])` },
  {
    work: 'affine map of space',
    kind: 'affine-map',
    at: 'T',
    text: `${NUMPY}T = np.array([[0, 0, 1, 2], [1, 0, 0, -1], [0, 1, 0, 1], [0, 0, 0, 1]])`,
  },
  {
    work: 'eigenvalues 12×12 in their discs',
    kind: 'eigenvalue-plane',
    at: 'W',
    text: `${NUMPY}W = np.sin(np.arange(144)).reshape(12, 12)`,
  },
  {
    work: 'two layers step by step',
    kind: 'composition',
    at: 'W @ np.maximum(0, W @ x + x)',
    text: `${NUMPY}W = np.array([[1, -1], [0.5, 1]])\nx = np.array([1, 2])\nW @ np.maximum(0, W @ x + x)`,
  },
  {
    work: 'three planes through elimination',
    kind: 'linear-system',
    at: 'np.linalg.solve(A, [4, 5, 3])',
    text: `${NUMPY}A = np.array([[2, 1, 1], [1, 3, 2], [1, 0, 2]])\nnp.linalg.solve(A, [4, 5, 3])`,
  },
  {
    work: 'projection in space',
    kind: 'least-squares',
    at: 'np.linalg.lstsq(A, b)',
    text: `${NUMPY}A = np.array([[1, 0], [1, 1], [1, 2]])\nb = np.array([1, 3, 2.5])\nnp.linalg.lstsq(A, b)`,
  },
  {
    work: 'cross product',
    kind: 'cross-product',
    at: 'np.cross(a, b)',
    text: `${NUMPY}a = np.array([1, 2, 3])\nb = np.array([3, 1, 0])\nnp.cross(a, b)`,
  },
  {
    work: 'matrix product 8×8',
    kind: 'matrix-product',
    at: 'W @ W',
    text: `${NUMPY}W = np.arange(64).reshape(8, 8) - 30\nW @ W`,
  },
  {
    work: 'heatmap 4096×4096, zoom',
    kind: 'array-heatmap',
    at: 'A',
    text: `${NUMPY}A = np.arange(4096 * 4096).reshape(4096, 4096)`,
    press: { on: '.stage canvas', key: '+', times: 30 },
  },
  {
    work: 'heatmap 4096×4096, cursor',
    kind: 'array-heatmap',
    at: 'A',
    text: `${NUMPY}A = np.arange(4096 * 4096).reshape(4096, 4096)`,
    press: { on: '.stage canvas', key: 'ArrowRight', times: 60 },
  },
  {
    work: 'approximation of rank k, 100×100',
    kind: 'low-rank',
    at: 'A',
    text: `${NUMPY}A = np.sin(np.outer(np.arange(100), np.arange(100)) / 300)`,
    press: { on: '.controls input', key: 'ArrowRight', times: 40 },
  },
];

/** Runs in the page: ends when the time has gone back and come to its end. */
const PLAYED = `new Promise(done => {
  let begun = false;
  (function look() {
    const time = Number(document.querySelector('input[type=range]').value);
    begun ||= time < 0.9;
    if (begun && time === 1) done();
    else requestAnimationFrame(look);
  })();
})`;

/** Plays each picture from its beginning to its end in Chromium, or presses keys on it: the page's script time a frame, against what is allowed. */
export default async () => {
  await buildPanelPage();
  const site = await servePanelPage();
  const browser = await launchBrowser();
  const rows = [];
  try {
    for (const { work, kind, text, at, press } of PICTURES) {
      const page = await browser.newPage({ viewport: { width: 560, height: 1000 } });
      const query = new URLSearchParams({ theme: 'vscode-dark', file: 'first.py', at, text });
      await page.goto(`${site.url}?${query}`);
      await page.locator('.stage canvas').waitFor();
      const choice = page.getByRole('combobox', { name: 'Picture' });
      if (await choice.count()) await choice.selectOption(kind);
      const session = await page.context().newCDPSession(page);
      await session.send('Performance.enable');
      const scriptTime = async (): Promise<number> => {
        const { metrics } = await session.send('Performance.getMetrics');
        // The answers of the host are computed in the page here, and in VS Code elsewhere.
        const host: number = await page.evaluate('harness.hostTime');
        return 1000 * (metrics.find(m => m.name === 'ScriptDuration')?.value ?? 0) - host;
      };
      await page.evaluate('globalThis.frames = 0; (function count() { frames++; requestAnimationFrame(count); })()');
      const before = await scriptTime();
      const first: number = await page.evaluate('frames');
      if (press) {
        await page.locator(press.on).focus();
        for (let k = 0; k < press.times; k++) {
          await page.keyboard.press(press.key);
          await page.evaluate('new Promise(requestAnimationFrame)');
        }
      } else {
        const played = page.evaluate(PLAYED);
        await page.getByRole('button', { name: 'Play' }).click();
        await played;
      }
      const shown = (await page.evaluate<number>('frames')) - first;
      rows.push(row(`${work}, a frame`, ((await scriptTime()) - before) / shown, 'allowed', ALLOWED));
      await page.close();
    }
  } finally {
    await browser.close();
    await site.close();
  }
  return [{ title: 'script time of a picture that plays, in Chromium without a graphics card', rows }];
};
