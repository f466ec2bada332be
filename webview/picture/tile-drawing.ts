import { type Palette, readableOn, TILE } from '../../src/core/panel';
import { type Placement, toPixel } from './camera';
import type { Place, Tiles } from './tiles';

/** Pixels that an entry needs for its number. */
const NUMBER = { width: 46, height: 17 };

export interface Window {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

/** The rows and columns that are in view. */
export function inView(at: Placement, width: number, height: number, rows: number, columns: number): Window {
  const clamp = (x: number, most: number): number => Math.min(Math.max(Math.floor(x), 0), most);
  const column = clamp(-at.originX / at.scaleX, columns);
  const row = clamp(-at.originY / at.scaleY, rows);
  return {
    row,
    column,
    rows: clamp((height - at.originY) / at.scaleY + 1, rows) - row,
    columns: clamp((width - at.originX) / at.scaleX + 1, columns) - column,
  };
}

/** Halvings at which a cell is at least one device pixel. */
export const levelFor = (scale: number, most: number): number =>
  Math.min(Math.max(Math.ceil(-Math.log2(scale) - 1e-9), 0), most);

/** Whether the entries in view are large enough to carry their numbers. */
export const hasNumbers = (at: Placement): boolean => at.scaleX >= NUMBER.width && at.scaleY >= NUMBER.height;

/** Draws the tiles in view. A tile that is not there yet is stood in for by a coarser one. */
export function drawTiles(
  g: CanvasRenderingContext2D,
  tiles: Tiles,
  at: Placement,
  window: Window,
  density: number,
): { readonly down: number; readonly across: number } {
  const down = levelFor(at.scaleY * density, tiles.top.down);
  const across = levelFor(at.scaleX * density, tiles.top.across);
  const [high, wide] = [TILE * 2 ** down, TILE * 2 ** across];
  g.imageSmoothingEnabled = false;
  for (let row = Math.floor(window.row / high); row * high < window.row + window.rows; row++)
    for (let column = Math.floor(window.column / wide); column * wide < window.column + window.columns; column++)
      drawTile(g, tiles, { down, across, row, column }, at);
  return { down, across };
}

function drawTile(g: CanvasRenderingContext2D, tiles: Tiles, place: Place, at: Placement): void {
  let from: Place = place;
  let image = tiles.image(from, true);
  while (!image && (from.down < tiles.top.down || from.across < tiles.top.across)) {
    const coarserDown = from.down < tiles.top.down ? 1 : 0;
    const coarserAcross = from.across < tiles.top.across ? 1 : 0;
    from = {
      down: from.down + coarserDown,
      across: from.across + coarserAcross,
      row: from.row >> coarserDown,
      column: from.column >> coarserAcross,
    };
    const isTop = from.down === tiles.top.down && from.across === tiles.top.across;
    image = tiles.image(from, isTop);
  }
  if (!image) return;
  const top = place.row * TILE * 2 ** place.down;
  const left = place.column * TILE * 2 ** place.across;
  // The part of the stand-in that lies where the tile would.
  const sy = top / 2 ** from.down - from.row * TILE;
  const sx = left / 2 ** from.across - from.column * TILE;
  const sh = Math.min((TILE * 2 ** place.down) / 2 ** from.down, image.height - sy);
  const sw = Math.min((TILE * 2 ** place.across) / 2 ** from.across, image.width - sx);
  const [x, y] = toPixel(at, [left, top]);
  g.drawImage(image, sx, sy, sw, sh, x, y, sw * 2 ** from.across * at.scaleX, sh * 2 ** from.down * at.scaleY);
}

/** The numbers of the entries in view, on the colours that the tiles have drawn. */
export function drawNumbers(
  g: CanvasRenderingContext2D,
  window: Window,
  texts: readonly string[],
  colours: readonly string[],
  at: Placement,
  fontFamily: string,
): void {
  g.font = `11px ${fontFamily}`;
  g.textAlign = 'center';
  g.textBaseline = 'middle';
  for (let k = 0; k < texts.length; k++) {
    const row = window.row + Math.floor(k / window.columns);
    const column = window.column + (k % window.columns);
    if (g.measureText(texts[k]).width > at.scaleX - 4) continue;
    const [x, y] = toPixel(at, [column + 0.5, row + 0.5]);
    g.fillStyle = readableOn(colours[k]);
    g.fillText(texts[k], x, y);
  }
}

/** Marks an entry: a frame, and where that is too small to see, lines that lead to it. */
export function drawCursor(
  g: CanvasRenderingContext2D,
  [column, row]: readonly [number, number],
  at: Placement,
  view: { readonly rows: number; readonly columns: number },
  palette: Palette,
): void {
  const [x, y] = toPixel(at, [column, row]);
  const [width, height] = [Math.max(at.scaleX, 3), Math.max(at.scaleY, 3)];
  const [left, top] = toPixel(at, [0, 0]);
  const [right, bottom] = toPixel(at, [view.columns, view.rows]);
  for (const [colour, lineWidth] of [
    [palette.background, 3],
    [palette.foreground, 1],
  ] as const) {
    g.strokeStyle = colour;
    g.lineWidth = lineWidth;
    g.setLineDash([]);
    g.strokeRect(x - 0.5, y - 0.5, width + 1, height + 1);
    if (at.scaleX >= 8 && at.scaleY >= 8) continue;
    g.beginPath();
    for (const [x0, y0, x1, y1] of [
      [left, y + height / 2, x - 6, y + height / 2],
      [x + width + 6, y + height / 2, right, y + height / 2],
      [x + width / 2, top, x + width / 2, y - 6],
      [x + width / 2, y + height + 6, x + width / 2, bottom],
    ])
      if (x1 > x0 || y1 > y0) {
        g.moveTo(x0, y0);
        g.lineTo(x1, y1);
      }
    g.stroke();
  }
}
