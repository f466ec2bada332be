import { colorOf, heatColor, type Palette, readableOn } from './palette';
import type { Point, Scene } from './scene';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Mathematical coordinates → pixels, fitting the scene's bounds with equal units where it asks for them. */
export function viewTransform(scene: Scene, { width, height }: Size): (p: Point) => Point {
  const { left, right, bottom, top } = scene.bounds;
  let sx = width / (right - left);
  let sy = height / Math.abs(top - bottom);
  if (scene.square) sx = sy = Math.min(sx, sy);
  const [cx, cy] = [(left + right) / 2, (top + bottom) / 2];
  const up = scene.square ? -1 : 1;
  return ([x, y]) => [width / 2 + (x - cx) * sx, height / 2 + up * (y - cy) * sy];
}

export const escapeXml = (text: string): string => text.replace(/[<>&"']/g, c => `&#${c.charCodeAt(0)};`);

const fixed = (n: number): string => String(Math.round(n * 10) / 10);

/** A scene as a stand-alone SVG document. */
export function sceneSvg(scene: Scene, size: Size, palette: Palette, title: string): string {
  const at = viewTransform(scene, size);
  const points = (flat: readonly number[]): string => {
    let d = '';
    for (let i = 0; i < flat.length; i += 2) {
      const [x, y] = at([flat[i], flat[i + 1]]);
      d += `${i === 0 ? 'M' : 'L'}${fixed(x)} ${fixed(y)}`;
    }
    return d;
  };
  let body = '';
  for (const m of scene.marks) {
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
      case 'cell': {
        const [x, y] = at([m.x, m.y]);
        const [x2, y2] = at([m.x + m.width, m.y + m.height]);
        body += `<rect x="${fixed(x)}" y="${fixed(y)}" width="${fixed(x2 - x)}" height="${fixed(y2 - y)}" fill="${colorOf(m.fill, palette)}"/>`;
        if (m.mark === '?')
          body += `<text x="${fixed((x + x2) / 2)}" y="${fixed((y + y2) / 2 + 4)}" font-size="11" text-anchor="middle" fill="${palette.foreground}">?</text>`;
        break;
      }
      case 'label': {
        const [x, y] = at(m.at);
        const fill = scene.square ? colorOf(m.paint, palette) : labelInk(scene, m.at, palette);
        const halo = scene.square ? ` stroke="${palette.background}" stroke-width="3" paint-order="stroke"` : '';
        body += `<text x="${fixed(x + m.offset[0])}" y="${fixed(y + m.offset[1])}" font-size="${m.size ?? 12}"${m.bold ? ' font-weight="600"' : ''} text-anchor="${m.anchor}" fill="${fill}"${halo}>${escapeXml(m.text)}</text>`;
        break;
      }
    }
  }
  const { width, height } = size;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" role="img"><title>${escapeXml(title)}</title><desc>${escapeXml(scene.description)}</desc><rect width="${width}" height="${height}" fill="${palette.background}"/>${body}</svg>`;
}

/** Ink for a number within a heat cell. */
function labelInk(scene: Scene, at: Point, palette: Palette): string {
  const cell = scene.marks.find(
    m => m.kind === 'cell' && m.x <= at[0] && at[0] < m.x + m.width && m.y <= at[1] && at[1] < m.y + m.height,
  );
  const level = cell?.kind === 'cell' && typeof cell.fill === 'object' ? cell.fill.level : 0;
  return readableOn(heatColor(level, palette));
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
