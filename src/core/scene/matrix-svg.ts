import { heatColor, PALETTES, readableOn, type ThemeKind } from './palette';
import { escapeXml, type Size } from './svg';

/** A matrix as texts with heat levels in [-1, 1]. */
export interface MatrixCells {
  readonly rows: number;
  readonly columns: number;
  text(row: number, column: number): string;
  level?(row: number, column: number): number;
}

const SHOWN = 8;
const GAP = -1;
const FONT = 15;
const ROW = 22;
const SPACE = 18;
/** Advance of a character at the font size; each text is set to this width, whatever face the machine has. */
const WIDTHS: Readonly<Record<string, number>> = {
  '.': 0.3,
  ',': 0.3,
  ' ': 0.3,
  i: 0.32,
  '−': 0.66,
  '+': 0.66,
  '∞': 0.85,
};
const textWidth = (text: string): number => Array.from(text).reduce((w, c) => w + FONT * (WIDTHS[c] ?? 0.56), 0);

const shown = (n: number): number[] =>
  n <= SHOWN ? Array.from({ length: n }, (_, i) => i) : [...Array.from({ length: SHOWN - 2 }, (_, i) => i), GAP, n - 1];

/** A bracketed matrix as a stand-alone SVG: columns aligned on the decimal point, heat behind the entries, elided beyond 8×8. */
export function matrixSvg(cells: MatrixCells, kind: ThemeKind): Size & { readonly svg: string } {
  const palette = PALETTES[kind];
  const rows = shown(cells.rows);
  const columns = shown(cells.columns);
  const text = (i: number, j: number): string =>
    i === GAP ? (j === GAP ? '⋱' : '⋮') : j === GAP ? '⋯' : cells.text(i, j).replace(/-/g, '−');
  const split = (t: string): [string, string] => {
    const at = /^−?\d/.test(t) && !t.endsWith('i') ? t.search(/[.e]/) : -1;
    return at < 0 ? [t, ''] : [t.slice(0, at), t.slice(at)];
  };
  let x = 14;
  const height = rows.length * ROW + 12;
  let heat = '';
  let ink = '';
  for (const j of columns) {
    const texts = rows.map(i => text(i, j));
    const left = Math.max(...texts.map(t => textWidth(split(t)[0])));
    const right = Math.max(...texts.map(t => textWidth(split(t)[1])));
    rows.forEach((i, k) => {
      const y = 6 + k * ROW;
      const dots = i === GAP || j === GAP;
      const level = dots ? undefined : cells.level?.(i, j);
      let fill = palette.foreground;
      if (level !== undefined) {
        const background = heatColor(level, palette);
        heat += `<rect x="${x - SPACE / 2}" y="${y}" width="${Math.round(left + right + SPACE)}" height="${ROW}" fill="${background}"/>`;
        fill = readableOn(background);
      }
      const [whole] = split(texts[k]);
      const at = dots ? x + (left + right) / 2 : x + left - textWidth(whole);
      ink += `<text x="${Math.round(at)}" y="${y + 16}" fill="${fill}"${dots ? ' text-anchor="middle"' : ` textLength="${Math.round(textWidth(texts[k]))}" lengthAdjust="spacingAndGlyphs"`}>${escapeXml(texts[k])}</text>`;
    });
    x += Math.round(left + right) + SPACE;
  }
  const width = x - SPACE + 14;
  const bracket = `M10 3H4V${height - 3}H10M${width - 10} 3H${width - 4}V${height - 3}H${width - 10}`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="KaTeX_Main, 'Latin Modern Roman', 'Times New Roman', 'DejaVu Serif', serif" font-size="${FONT}">${heat}<path d="${bracket}" fill="none" stroke="${palette.foreground}" stroke-width="1.4"/>${ink}</svg>`;
  return { svg, width, height };
}
