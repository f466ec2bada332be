import { matrix, type SVD, svd } from '../linalg/index';
import { legendOf, overallOf } from './color-scale';
import { range } from './controls';
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

/** The best approximation of rank `k` (Eckart and Young): the first k terms of the singular value decomposition. */
export function approximation({ rows, columns }: LowRank, f: Extract<SVD, { kind: 'ok' }>, k: number): Float64Array {
  const out = new Float64Array(rows * columns);
  const [u, v, width] = [f.u.re, f.vh.re, f.u.columns];
  for (let t = 0; t < k; t++)
    for (let i = 0; i < rows; i++) {
      const x = u[i * width + t] * f.s[t];
      const [row, term] = [i * columns, t * columns];
      for (let j = 0; j < columns; j++) out[row + j] += x * v[term + j];
    }
  return out;
}

/** The cells of the matrix itself, which stay while the rank changes. */
const ownCells = remembered((picture: LowRank): Mark[] =>
  tableMarks(picture, { x: 0, y: 0, width: widthOf(picture), height: 1 }, sharedScale([picture]), isSmall(picture)),
);

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
  const scale = sharedScale([picture]);
  const { energy, residual } = rankShare(s, k);
  const wide = widthOf(picture);
  const gap = 0.12 * wide;
  const marks: Mark[] = [];
  const texts = [label, `rank ${k}`, 'what is left'];
  [picture, near, left].forEach((table, t) => {
    const box = { x: t * (wide + gap), y: 0, width: wide, height: 1 };
    marks.push(...(t === 0 ? ownCells(picture) : tableMarks(table, box, scale, isSmall(picture))));
    if (options.labels) marks.push(heading(box, texts[t], t === 1 ? 'first' : 'foreground'));
  });
  const numbers = k * (rows + columns + 1);
  const overall = overallOf(values);
  return {
    bounds: { left: -0.05, right: 3 * wide + 2 * gap + 0.05, top: -0.15, bottom: 1.06 },
    square: true,
    crowded: true,
    marks,
    handles: [],
    description: `${label} (${rows}×${columns}), its best approximation of rank ${k}, and the difference. Rank ${k} keeps ${brief(100 * energy)} % of the energy (the squared Frobenius norm); the relative residual is ${brief(residual)}. It takes ${numbers.toLocaleString('en-US')} numbers instead of ${(rows * columns).toLocaleString('en-US')}.`,
    caption: `Rank ${k} of ${s.length}: ${brief(100 * energy)} % of the energy, relative residual ${brief(residual)}`,
    animated: false,
    controls: [rank],
    legend: legendOf(scale, values, overall),
  };
}
