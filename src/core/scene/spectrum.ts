import { matrix, singularValues } from '../linalg/index';
import type { Spectrum } from './picture';
import type { TypeOf } from './picture-type';
import { brief, undrawable } from './plane';
import { remembered } from './remembered';
import type { Mark, Scene, SceneOptions } from './scene';

/** Largest side whose singular values are computed for the picture. */
export const SPECTRUM_SIDE = 128;

const valuesOf = remembered(({ rows, columns, values }: Spectrum): readonly number[] => {
  const found = Array.from(singularValues(matrix(rows, columns, values)) ?? []);
  // What rounding has left of a zero is shown as the zero it stands for.
  const small = 2 ** -52 * Math.max(rows, columns) * (found[0] ?? 0);
  return found.map(x => (x > small ? x : 0));
});

/**
 * The share of ‖A‖² that the best approximation of rank k keeps, and its relative residual ‖A − A_k‖ / ‖A‖ in the
 * Frobenius norm (Eckart and Young): both follow from the singular values alone.
 */
export function rankShare(s: readonly number[], k: number): { readonly energy: number; readonly residual: number } {
  const top = s[0] || 1;
  const square = (part: readonly number[]): number => part.reduceRight((sum, x) => sum + (x / top) ** 2, 0);
  const total = square(s) || 1;
  const lost = square(s.slice(k));
  return { energy: 1 - lost / total, residual: Math.sqrt(lost / total) };
}

/** The singular values as bars with the share of the energy up to each; time chooses the rank that is kept. */
export const spectrum: TypeOf<'spectrum'> = { title: 'Singular values', scene: spectrumScene, layers: ['grid'] };

function spectrumScene(picture: Spectrum, options: SceneOptions): Scene {
  const s = valuesOf(picture);
  if (s.length === 0 || !(s[0] > 0))
    return undrawable('There are no singular values above zero: there is nothing to draw.');
  const n = s.length;
  const k = Math.max(1, Math.min(n, Math.round(options.time * n)));
  const marks: Mark[] = [];
  const line = (y: number): Mark => ({ kind: 'path', lines: [[0, y, n, y]], stroke: 'ghost', width: 1 });
  if (options.grid) marks.push(line(0.25), line(0.5), line(0.75), line(1));
  const energy: number[] = [0, 0];
  s.forEach((x, i) => {
    const high = x / s[0];
    const pad = n > 40 ? 0.05 : 0.14;
    marks.push({
      kind: 'path',
      lines: [[i + pad, 0, i + 1 - pad, 0, i + 1 - pad, high, i + pad, high]],
      closed: true,
      fill: i < k ? 'area' : 'ghost',
    });
    energy.push(i + 1, rankShare(s, i + 1).energy);
    if (options.labels && n <= 12)
      marks.push({
        kind: 'label',
        at: [i + 0.5, high],
        text: brief(x),
        paint: i < k ? 'foreground' : 'muted',
        offset: [0, -5],
        anchor: 'middle',
        size: 11,
      });
  });
  marks.push(
    { kind: 'path', lines: [[0, 0, n, 0]], stroke: 'axis', width: 1 },
    { kind: 'path', lines: [energy], stroke: 'result', width: 2 },
    { kind: 'path', lines: [[k, 0, k, 1.05]], stroke: 'first', width: 1.5, dash: [5, 4] },
  );
  const { energy: kept, residual } = rankShare(s, k);
  if (options.labels) {
    marks.push({
      kind: 'label',
      at: [k, 1.05],
      text: `rank ${k}: ${brief(100 * kept)} %`,
      paint: 'first',
      offset: [-6, -2],
      anchor: 'end',
      size: 12,
      bold: true,
    });
    for (const i of n <= 12 ? s.keys() : [0, Math.floor(n / 2), n - 1])
      marks.push({
        kind: 'label',
        at: [i + 0.5, 0],
        text: `σ${String(i + 1).replace(/\d/g, d => '₀₁₂₃₄₅₆₇₈₉'[Number(d)])}`,
        paint: 'muted',
        offset: [0, 15],
        anchor: 'middle',
        size: 11,
      });
  }
  return {
    bounds: { left: -0.02 * n, right: 1.02 * n, bottom: -0.13, top: 1.16 },
    square: false,
    marks,
    handles: [],
    description: `${n} singular ${n === 1 ? 'value' : 'values'} from ${brief(s[0])} down to ${brief(s[n - 1])}. The curve is the share of the energy (the squared Frobenius norm) that the first ones hold.`,
    caption: `Rank ${k} keeps ${brief(100 * kept)} % of the energy; relative residual ${brief(residual)}`,
    animated: n > 1,
  };
}
