import { matrix, type SVD, svd } from '../linalg/index';
import { legendOf, overallOf } from './color-scale';
import { range } from './controls';
import { asSubject } from './naming';
import type { DataTable, LowRank } from './picture';
import type { TypeOf } from './picture-type';
import { brief, undrawable } from './plane';
import { remembered } from './remembered';
import type { Mark, Scene, SceneOptions } from './scene';
import { rankShare } from './spectrum';
import { heading, sharedScale, tableMarks } from './table-marks';

/** A matrix beside its best approximation of a chosen rank. */
export const lowRank: TypeOf<'low-rank'> = { title: 'Approximation of rank k', scene: lowRankScene, layers: [] };

const factorsOf = remembered(({ rows, columns, values }: LowRank): SVD => svd(matrix(rows, columns, values)));

/** Sums of so many terms are kept: the rank follows a slider, and few terms are missing from one of them. */
const KEPT = 16;

const sumsOf = remembered((_: Extract<SVD, { kind: 'ok' }>): Float64Array[] => []);

/** The best approximation of rank `k` (Eckart and Young): the first k terms of the singular value decomposition. */
export function approximation(
  { rows, columns }: Pick<LowRank, 'rows' | 'columns'>,
  f: Extract<SVD, { kind: 'ok' }>,
  k: number,
): Float64Array {
  const sums = sumsOf(f);
  const whole = Math.floor(k / KEPT);
  for (let block = sums.length; block <= whole; block++)
    sums.push(
      block === 0
        ? new Float64Array(rows * columns)
        : withTerms(sums[block - 1], f, columns, (block - 1) * KEPT, block * KEPT),
    );
  return withTerms(sums[whole], f, columns, whole * KEPT, k);
}

/** A sum with the terms `from` … `to` − 1 added, four at a time: most of the time goes into reaching the sums. */
function withTerms(
  sum: Float64Array,
  f: Extract<SVD, { kind: 'ok' }>,
  columns: number,
  from: number,
  to: number,
): Float64Array {
  const out = sum.slice();
  const [u, v, width] = [f.u.re, f.vh.re, f.u.columns];
  for (let row = 0, i = 0; row < out.length; row += columns, i++)
    for (let t = from; t < to; t += 4) {
      const x = (d: number): number => (t + d < to ? u[i * width + t + d] * f.s[t + d] : 0);
      const term = (d: number): number => Math.min(t + d, to - 1) * columns;
      const [x0, x1, x2, x3] = [x(0), x(1), x(2), x(3)];
      const [t0, t1, t2, t3] = [term(0), term(1), term(2), term(3)];
      for (let j = 0; j < columns; j++)
        out[row + j] += x0 * v[t0 + j] + x1 * v[t1 + j] + x2 * v[t2 + j] + x3 * v[t3 + j];
    }
  return out;
}

/** What stays while the rank changes: the scale of the colours, its legend, and the cells of the matrix itself. */
const fixed = remembered((picture: LowRank) => {
  const scale = sharedScale([picture]);
  const box = { x: 0, y: 0, width: widthOf(picture), height: 1 };
  return {
    scale,
    legend: legendOf(scale, picture.values, overallOf(picture.values)),
    cells: tableMarks(picture, box, scale, isSmall(picture)),
  };
});

/** Tall ones are narrower than wide ones. */
const widthOf = ({ rows, columns }: LowRank): number => Math.min(Math.max(columns / rows, 0.5), 2);

const isSmall = ({ rows, columns }: LowRank): boolean => Math.max(rows, columns) <= 5;

function lowRankScene(picture: LowRank, options: SceneOptions): Scene {
  const f = factorsOf(picture);
  if (f.kind !== 'ok') return undrawable('The singular values were not found: there is nothing to draw.');
  const { label, rows, columns, values } = picture;
  const s = Array.from(f.s);
  const rank = range(options, { name: 'rank', label: 'Rank', min: 1, max: s.length, step: 1, value: 1 });
  const k = rank.value;
  const near: DataTable = { label, rows, columns, values: approximation(picture, f, k) };
  const left: DataTable = { label, rows, columns, values: values.map((x, i) => x - near.values[i]) };
  const { scale, legend, cells } = fixed(picture);
  const { energy, residual } = rankShare(s, k);
  const wide = widthOf(picture);
  const gap = 0.12 * wide;
  const marks: Mark[] = [];
  const texts = [label, `rank ${k}`, 'rest'];
  [picture, near, left].forEach((table, t) => {
    const box = { x: t * (wide + gap), y: 0, width: wide, height: 1 };
    marks.push(...(t === 0 ? cells : tableMarks(table, box, scale, isSmall(picture))));
    if (options.labels) marks.push(heading(box, texts[t], t === 1 ? 'first' : 'foreground'));
  });
  const numbers = k * (rows + columns + 1);
  return {
    bounds: { left: -0.05, right: 3 * wide + 2 * gap + 0.05, top: -0.15, bottom: 1.06 },
    square: true,
    crowded: true,
    marks,
    handles: [],
    description: `${asSubject(label)} (${rows}×${columns}), its best approximation of rank ${k}, and the difference. Rank ${k} keeps ${brief(100 * energy)} % of the energy (the squared Frobenius norm); the relative residual is ${brief(residual)}. It takes ${numbers.toLocaleString('en-US')} numbers instead of ${(rows * columns).toLocaleString('en-US')}.`,
    caption: `Rank ${k} of ${s.length}: ${brief(100 * energy)} % of the energy, relative residual ${brief(residual)}`,
    animated: false,
    controls: [rank],
    legend,
  };
}
