import { decoded, paintOf } from './color-scale';
import { estimatedWidth, layOut, type PlacedLabel } from './layout';
import { colorOf, type Palette, readableOn } from './palette';
import { markedCells } from './raster';
import type { Mark, Point, Scene } from './scene';
import { fitView, toPixel, type View } from './view';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const escapeXml = (text: string): string => text.replace(/[<>&"']/g, c => `&#${c.charCodeAt(0)};`);

const fixed = (n: number): string => String(Math.round(n * 10) / 10);

/** A scene as a stand-alone SVG document. */
export function sceneSvg(scene: Scene, size: Size, palette: Palette, title: string): string {
  const { width, height } = size;
  const view = fitView(scene, width, height);
  const { marks, labels } = layOut(scene, view, estimatedWidth);
  const body = `${svgMarks(marks, view, palette)}${labels.map(l => svgLabel(l, palette)).join('')}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" role="img"><title>${escapeXml(title)}</title><desc>${escapeXml(scene.description)}</desc><rect width="${width}" height="${height}" fill="${palette.background}"/>${body}</svg>`;
}

const svgText = (
  x: number,
  y: number,
  size: number,
  bold: boolean,
  anchor: string,
  rest: string,
  text: string,
): string =>
  `<text x="${fixed(x)}" y="${fixed(y)}" font-size="${size}"${bold ? ' font-weight="600"' : ''} text-anchor="${anchor}"${rest}>${escapeXml(text)}</text>`;

const svgLabel = (l: PlacedLabel, palette: Palette): string =>
  svgText(
    l.x,
    l.y,
    l.size,
    l.bold,
    l.anchor,
    ` fill="${colorOf(l.paint, palette)}" stroke="${palette.background}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"`,
    l.text,
  );

type MarkOf<K extends Mark['kind']> = Extract<Mark, { kind: K }>;

function svgMarks(marks: readonly Mark[], view: View, palette: Palette): string {
  const at = (p: Point): Point => toPixel(view, p);
  const points = (flat: readonly number[]): string => {
    let d = '';
    for (let i = 0; i < flat.length; i += 2) {
      const [x, y] = at([flat[i], flat[i + 1]]);
      d += `${i === 0 ? 'M' : 'L'}${fixed(x)} ${fixed(y)}`;
    }
    return d;
  };
  let body = '';
  // A cell's number follows the cell.
  let ground = palette.background;
  for (const m of marks) {
    const opacity = 'opacity' in m && m.opacity !== undefined ? ` opacity="${m.opacity}"` : '';
    switch (m.kind) {
      case 'path': {
        const d = m.lines.map(line => points(line) + (m.closed ? 'Z' : '')).join('');
        const stroke = m.stroke ? ` stroke="${colorOf(m.stroke, palette)}" stroke-width="${m.width ?? 1}"` : '';
        body += `<path d="${d}" fill="${m.fill ? colorOf(m.fill, palette) : 'none'}"${stroke}${m.dash ? ` stroke-dasharray="${m.dash.join(' ')}"` : ''}${opacity}/>`;
        break;
      }
      case 'arrow': {
        const [x0, y0] = at(m.from);
        const [x1, y1] = at(m.to);
        const length = Math.hypot(x1 - x0, y1 - y0);
        if (length < 0.5) break;
        const head = Math.min(6 + 2 * m.width, length);
        const [ux, uy] = [(x1 - x0) / length, (y1 - y0) / length];
        const [bx, by] = [x1 - ux * head, y1 - uy * head];
        const w = head * 0.38;
        const color = colorOf(m.paint, palette);
        body += `<g${opacity}><path d="M${fixed(x0)} ${fixed(y0)}L${fixed(bx)} ${fixed(by)}" stroke="${color}" stroke-width="${m.width}"${m.dash ? ` stroke-dasharray="${m.dash.join(' ')}"` : ''}/><path d="M${fixed(x1)} ${fixed(y1)}L${fixed(bx - uy * w)} ${fixed(by + ux * w)}L${fixed(bx + uy * w)} ${fixed(by - ux * w)}Z" fill="${color}"/></g>`;
        break;
      }
      case 'points': {
        let d = '';
        const r = m.radius;
        for (let i = 0; i + 1 < m.at.length; i += 2) {
          const [x, y] = at([m.at[i], m.at[i + 1]]);
          d += `M${fixed(x - r)} ${fixed(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
        }
        body += `<path d="${d}" fill="${colorOf(m.paint, palette)}"${opacity}/>`;
        break;
      }
      case 'cell':
        ground = colorOf(m.fill, palette);
        body += svgCell(m, view, ground);
        break;
      case 'raster':
        body += svgRaster(m, view, palette);
        break;
      case 'label': {
        const [x, y] = at(m.at);
        const fill = ` fill="${readableOn(ground)}"`;
        body += svgText(x + m.offset[0], y + m.offset[1], m.size ?? 12, m.bold ?? false, m.anchor, fill, m.text);
        break;
      }
      case 'axes':
        // Laid out into paths before.
        break;
    }
  }
  return body;
}

/** Least side of a cell whose mark can be read. */
const LEGIBLE = 12;

function svgCell(cell: MarkOf<'cell'>, view: View, ground: string): string {
  const [x, y] = toPixel(view, [cell.x, cell.y]);
  const [x2, y2] = toPixel(view, [cell.x + cell.width, cell.y + cell.height]);
  const rect = `<rect x="${fixed(x)}" y="${fixed(y)}" width="${fixed(x2 - x)}" height="${fixed(y2 - y)}" fill="${ground}" shape-rendering="crispEdges"/>`;
  const side = Math.min(x2 - x, y2 - y);
  if (!cell.mark || side < LEGIBLE) return rect;
  const ink = ` fill="${readableOn(ground)}"`;
  const size = Math.min(11, Math.floor(0.7 * side));
  return rect + svgText((x + x2) / 2, (y + y2) / 2 + 0.36 * size, size, false, 'middle', ink, cell.mark);
}

/** A grid of colours: the runs of each colour are one path, in coordinates that count cells. */
function svgRaster(raster: MarkOf<'raster'>, view: View, palette: Palette): string {
  const { x, y, width, height, rows, columns, codes, scale } = raster;
  const paths = new Map<number, string>();
  for (let row = 0; row < rows; row++)
    for (let from = 0, to = 0; from < columns; from = to) {
      const code = codes[row * columns + from];
      while (to < columns && codes[row * columns + to] === code) to++;
      paths.set(code, `${paths.get(code) ?? ''}M${from} ${row}h${to - from}v1H${from}z`);
    }
  const cells = Array.from(paths, ([code, d]) => {
    const { level, mark } = decoded(scale, code);
    return `<path fill="${colorOf(paintOf(scale, level, mark), palette)}" d="${d}"/>`;
  });
  const [left, top] = toPixel(view, [x, y]);
  const sides = [(view.scaleX * width) / columns, (view.scaleY * height) / rows].map(side =>
    Number(side.toPrecision(6)),
  );
  const marked = Math.min(...sides.map(Math.abs)) < LEGIBLE ? [] : markedCells(raster);
  const texts = marked.map(c => svgCell(c, view, colorOf(c.fill, palette)));
  return `<g transform="translate(${fixed(left)} ${fixed(top)}) scale(${sides.join(' ')})" shape-rendering="crispEdges">${cells.join('')}</g>${texts.join('')}`;
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** A data URI that VS Code's hovers accept: base64 of the UTF-8 text. */
export function svgDataUri(svg: string): string {
  const bytes: number[] = [];
  for (const c of svg) {
    const p = c.codePointAt(0) ?? 0;
    if (p < 0x80) bytes.push(p);
    else if (p < 0x800) bytes.push(0xc0 | (p >> 6), 0x80 | (p & 63));
    else if (p < 0x10000) bytes.push(0xe0 | (p >> 12), 0x80 | ((p >> 6) & 63), 0x80 | (p & 63));
    else bytes.push(0xf0 | (p >> 18), 0x80 | ((p >> 12) & 63), 0x80 | ((p >> 6) & 63), 0x80 | (p & 63));
  }
  let out = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a, b, c] = [bytes[i], bytes[i + 1], bytes[i + 2]];
    out +=
      BASE64[a >> 2] +
      BASE64[((a & 3) << 4) | ((b ?? 0) >> 4)] +
      (b === undefined ? '=' : BASE64[((b & 15) << 2) | ((c ?? 0) >> 6)]) +
      (c === undefined ? '=' : BASE64[c & 63]);
  }
  return `data:image/svg+xml;base64,${out}`;
}
