import {
  type Box,
  type ColorScale,
  layOut,
  type Mark,
  markedCells,
  type Paint,
  type PlacedLabel,
  readableOn,
  type Scene,
} from '../../src/core/panel';
import { type Placement, toPixel } from './camera';
import { paintCodes } from './codes';

export interface Brush {
  readonly colour: (paint: Paint) => string;
  /** Colours by code, as the pixels of a canvas have them. */
  readonly colours: (scale: ColorScale) => Uint32Array;
  readonly fontFamily: string;
}

type MarkOf<K extends Mark['kind']> = Extract<Mark, { kind: K }>;

function drawPath(g: CanvasRenderingContext2D, mark: MarkOf<'path'>, at: Placement, brush: Brush): void {
  g.beginPath();
  for (const line of mark.lines) {
    for (let i = 0; i + 1 < line.length; i += 2) {
      const [x, y] = toPixel(at, [line[i], line[i + 1]]);
      if (i === 0) g.moveTo(x, y);
      else g.lineTo(x, y);
    }
    if (mark.closed) g.closePath();
  }
  if (mark.fill) {
    g.fillStyle = brush.colour(mark.fill);
    g.fill();
  }
  if (mark.stroke) {
    g.strokeStyle = brush.colour(mark.stroke);
    g.lineWidth = mark.width ?? 1;
    g.setLineDash([...(mark.dash ?? [])]);
    g.stroke();
  }
}

/** Half the angle of an arrow's head. */
const BARB = 0.42;

function drawArrow(g: CanvasRenderingContext2D, mark: MarkOf<'arrow'>, at: Placement, brush: Brush): void {
  const [x0, y0] = toPixel(at, mark.from);
  const [x1, y1] = toPixel(at, mark.to);
  const length = Math.hypot(x1 - x0, y1 - y0);
  if (length < 0.5) return;
  const angle = Math.atan2(y1 - y0, x1 - x0);
  const head = Math.min(6 + 2 * mark.width, length);
  const shaft = length - head * 0.8;
  g.strokeStyle = brush.colour(mark.paint);
  g.fillStyle = g.strokeStyle;
  g.lineWidth = mark.width;
  g.setLineDash([...(mark.dash ?? [])]);
  g.beginPath();
  g.moveTo(x0, y0);
  g.lineTo(x0 + shaft * Math.cos(angle), y0 + shaft * Math.sin(angle));
  g.stroke();
  g.beginPath();
  g.moveTo(x1, y1);
  g.lineTo(x1 - head * Math.cos(angle - BARB), y1 - head * Math.sin(angle - BARB));
  g.lineTo(x1 - head * Math.cos(angle + BARB), y1 - head * Math.sin(angle + BARB));
  g.closePath();
  g.fill();
}

function drawPoints(g: CanvasRenderingContext2D, mark: MarkOf<'points'>, at: Placement, brush: Brush): void {
  g.beginPath();
  for (let i = 0; i + 1 < mark.at.length; i += 2) {
    const [x, y] = toPixel(at, [mark.at[i], mark.at[i + 1]]);
    g.moveTo(x + mark.radius, y);
    g.arc(x, y, mark.radius, 0, 2 * Math.PI);
  }
  g.fillStyle = brush.colour(mark.paint);
  g.fill();
}

/** Least side of a cell whose mark can be read. */
const LEGIBLE = 12;

function drawCell(
  g: CanvasRenderingContext2D,
  mark: MarkOf<'cell'>,
  at: Placement,
  brush: Brush,
  density: number,
): void {
  const round = (p: number): number => Math.round(p * density) / density;
  const [a, b] = toPixel(at, [mark.x, mark.y]);
  const [c, d] = toPixel(at, [mark.x + mark.width, mark.y + mark.height]);
  // Edges lie on device pixels, so that neighbours meet without a seam.
  const left = round(Math.min(a, c));
  const right = round(Math.max(a, c));
  const top = round(Math.min(b, d));
  const bottom = round(Math.max(b, d));
  g.fillStyle = brush.colour(mark.fill);
  g.fillRect(left, top, right - left, bottom - top);
  const side = Math.min(bottom - top, right - left);
  if (!mark.mark || side < LEGIBLE) return;
  g.fillStyle = readableOn(brush.colour(mark.fill));
  g.font = fontOf(Math.min(12, 0.7 * side), true, brush.fontFamily);
  g.textAlign = 'center';
  g.textBaseline = 'middle';
  g.fillText(mark.mark, (left + right) / 2, (top + bottom) / 2);
}

/** A grid of colours as an image of a pixel a cell, stretched; the cells with a mark are drawn over it. */
function drawRaster(
  g: CanvasRenderingContext2D,
  mark: MarkOf<'raster'>,
  at: Placement,
  brush: Brush,
  density: number,
): void {
  const { x, y, width, height, rows, columns, codes, scale } = mark;
  const image = scratchOf(columns, rows);
  paintCodes(image, codes, columns, rows, brush.colours(scale));
  const [left, top] = toPixel(at, [x, y]);
  g.imageSmoothingEnabled = false;
  g.drawImage(image, 0, 0, columns, rows, left, top, width * at.scaleX, height * at.scaleY);
  const side = Math.min(Math.abs((width * at.scaleX) / columns), Math.abs((height * at.scaleY) / rows));
  if (side >= LEGIBLE) for (const cell of markedCells(mark)) drawCell(g, cell, at, brush, density);
}

let scratch: HTMLCanvasElement | undefined;

/** A canvas of at least this size, the same every time: a new one takes longer than what is drawn on it. */
function scratchOf(width: number, height: number): HTMLCanvasElement {
  scratch ??= document.createElement('canvas');
  if (scratch.width < width) scratch.width = width;
  if (scratch.height < height) scratch.height = height;
  return scratch;
}

const ANCHORS = { start: 'left', middle: 'center', end: 'right' } as const;

const fontOf = (size: number, bold: boolean, family: string): string => `${bold ? '600 ' : ''}${size}px ${family}`;

/** A number within a cell of the colour `ground`. */
function drawEntry(
  g: CanvasRenderingContext2D,
  mark: MarkOf<'label'>,
  at: Placement,
  brush: Brush,
  ground: string,
): void {
  const [x, y] = toPixel(at, mark.at);
  g.font = fontOf(mark.size ?? 12, mark.bold ?? false, brush.fontFamily);
  g.textAlign = ANCHORS[mark.anchor];
  g.textBaseline = 'alphabetic';
  g.fillStyle = readableOn(ground);
  g.fillText(mark.text, x + mark.offset[0], y + mark.offset[1]);
}

function drawLabel(g: CanvasRenderingContext2D, label: PlacedLabel, brush: Brush): void {
  g.font = fontOf(label.size, label.bold, brush.fontFamily);
  g.textAlign = ANCHORS[label.anchor];
  g.textBaseline = 'alphabetic';
  // A halo keeps the text legible on lines.
  g.strokeText(label.text, label.x, label.y);
  g.fillStyle = brush.colour(label.paint);
  g.fillText(label.text, label.x, label.y);
}

/** Widths of texts that were measured; most come again in the next frame. */
const widths = new Map<string, number>();
const WIDTHS_KEPT = 2000;

function widthOf(g: CanvasRenderingContext2D, text: string, font: string): number {
  const key = `${font} ${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  g.font = font;
  const { width } = g.measureText(text);
  if (widths.size >= WIDTHS_KEPT) widths.clear();
  widths.set(key, width);
  return width;
}

const opacityOf = (mark: Mark): number =>
  mark.kind === 'path' || mark.kind === 'arrow' || mark.kind === 'points' ? (mark.opacity ?? 1) : 1;

/** Draws the scene over the whole canvas, `width` × `height` CSS pixels at `density` device pixels each. */
export function drawScene(
  g: CanvasRenderingContext2D,
  scene: Scene,
  at: Placement,
  brush: Brush,
  width: number,
  height: number,
  density: number,
  /** Where controls lie over the canvas: labels keep clear of them. */
  blocked: readonly Box[] = [],
): void {
  g.setTransform(density, 0, 0, density, 0, 0);
  g.globalAlpha = 1;
  g.fillStyle = brush.colour('background');
  g.fillRect(0, 0, width, height);
  const measure = (text: string, size: number, bold: boolean): number =>
    widthOf(g, text, fontOf(size, bold, brush.fontFamily));
  const { marks, labels } = layOut(scene, { ...at, width, height }, measure, blocked);
  // A cell's number follows the cell.
  let ground = brush.colour('background');
  for (const mark of marks) {
    g.globalAlpha = opacityOf(mark);
    switch (mark.kind) {
      case 'path':
        drawPath(g, mark, at, brush);
        break;
      case 'arrow':
        drawArrow(g, mark, at, brush);
        break;
      case 'points':
        drawPoints(g, mark, at, brush);
        break;
      case 'cell':
        drawCell(g, mark, at, brush, density);
        ground = brush.colour(mark.fill);
        break;
      case 'raster':
        drawRaster(g, mark, at, brush, density);
        break;
      case 'label':
        drawEntry(g, mark, at, brush, ground);
        break;
      case 'axes':
        // Laid out into paths before.
        break;
    }
  }
  g.globalAlpha = 1;
  g.setLineDash([]);
  g.lineJoin = 'round';
  g.lineWidth = 3.5;
  g.strokeStyle = brush.colour('background');
  for (const label of labels) drawLabel(g, label, brush);
}
