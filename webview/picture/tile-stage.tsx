import { useEffect, useLayoutEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import {
  type ArrayHeatmap,
  type ArrayView,
  colorOf,
  type Element,
  fitView,
  isComplex,
  paintFor,
  partOfElement,
  type Scene,
} from '../../src/core/panel';
import { formatElement } from '../numbers';
import { type Camera, type Pair, type Placement, panBy, REST, through, toPixel, toPlane, zoomAt } from './camera';
import { HEAD, useDensity, useSize } from './stage';
import { currentPalette } from './theme';
import { drawCursor, drawNumbers, drawTiles, hasNumbers, inView, levelFor, type Window } from './tile-drawing';
import { Tiles } from './tiles';
import { ZOOM_STEP, ZoomButtons } from './zoom-buttons';

/** Pixels of an entry when the view is nearest. */
const NEAREST = 96;
/** Sides may differ by this factor before entries are drawn as rectangles rather than squares. */
const LONG = 4;
/** Cells that Shift with an arrow key and Page Up and Page Down go. */
const STRIDE = 10;

const ARROWS: Readonly<Record<string, Pair>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  PageUp: [0, -STRIDE],
  PageDown: [0, STRIDE],
};

interface TileStageProps {
  readonly picture: ArrayHeatmap;
  /** The picture's place in the inspection. */
  readonly index: number;
  readonly view: ArrayView;
  readonly scene: Scene;
  /** Number of the first row and column. */
  readonly base: number;
  readonly say: (text: string) => void;
}

const clampTo = (x: number, length: number): number => Math.min(Math.max(x, 0), length - 1);

/** A heatmap of any size: zoom, pan, and a cursor that tells the entry it is on, by pointer and by keyboard. */
export function TileStage({ picture, index, view, scene, base, say }: TileStageProps) {
  const node = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const held = useRef<Pair | undefined>(undefined);
  const [camera, setCamera] = useState<Camera>(REST);
  const [cursor, setCursor] = useState<Pair | undefined>(undefined);
  const [arrived, redraw] = useReducer((n: number) => n + 1, 0);
  const [numbers, setNumbers] = useState<{ readonly window: Window; readonly items: readonly Element[] } | undefined>();
  const size = useSize(node);
  const density = useDensity();
  const palette = currentPalette();
  const { rows, columns, legend, part } = view;

  const seen = JSON.stringify([view.plane, part, view.aggregate]);
  const tiles = useMemo(() => new Tiles(picture, index, view, palette, () => redraw(undefined)), [picture, seen]);
  useMemo(() => tiles.recolour(palette), [tiles, palette]);

  const fit = useMemo(() => {
    const square = rows <= LONG * columns && columns <= LONG * rows;
    const above = { ...scene, bounds: { ...scene.bounds, top: 0, bottom: rows, right: columns }, square };
    const placed = fitView(above, size.width, size.height - (square ? HEAD : 0), HEAD);
    return square ? { ...placed, originY: placed.originY + HEAD } : placed;
  }, [rows, columns, size]);
  const at: Placement = useMemo(() => through(camera, fit), [camera, fit]);
  const most = Math.max(1, NEAREST / Math.min(fit.scaleX, fit.scaleY));
  const window = inView(at, size.width, size.height, rows, columns);
  const wanted = hasNumbers(at) ? JSON.stringify(window) : '';

  useEffect(() => {
    if (wanted === '') return;
    let current = true;
    void tiles.entries(window.row, window.column, window.rows, window.columns).then(items => {
      if (current) setNumbers({ window, items });
    });
    return () => {
      current = false;
    };
  }, [tiles, wanted]);

  const down = 2 ** levelFor(at.scaleY * density, tiles.top.down);
  const across = 2 ** levelFor(at.scaleX * density, tiles.top.across);
  const shared = down * across > 1 ? ` (a pixel shows ${down}×${across} entries)` : '';

  useEffect(() => {
    if (!cursor) {
      say('');
      return;
    }
    let current = true;
    const [column, row] = cursor;
    void tiles.entries(row, column, 1, 1).then(([entry]) => {
      if (current && entry !== undefined)
        say(`row ${row + base}, column ${column + base}: ${formatElement(entry, picture.dtype, 'shortest')}${shared}`);
    });
    return () => {
      current = false;
    };
  }, [tiles, cursor?.join(), shared]);

  useLayoutEffect(() => {
    const element = canvas.current;
    const g = element?.getContext('2d');
    if (!element || !g || size.width === 0) return;
    const [width, height] = [Math.round(size.width * density), Math.round(size.height * density)];
    if (element.width !== width || element.height !== height) {
      element.width = width;
      element.height = height;
    }
    g.setTransform(density, 0, 0, density, 0, 0);
    g.fillStyle = palette.background;
    g.fillRect(0, 0, size.width, size.height);
    drawTiles(g, tiles, at, window, density);
    const [x0, y0] = toPixel(at, [0, 0]);
    const [x1, y1] = toPixel(at, [columns, rows]);
    g.strokeStyle = palette.muted;
    g.lineWidth = 1;
    g.setLineDash([]);
    g.strokeRect(x0 - 0.5, y0 - 0.5, x1 - x0 + 1, y1 - y0 + 1);
    if (hasNumbers(at) && numbers) {
      const { items } = numbers;
      const brief = (e: Element): string =>
        formatElement(isComplex(e) ? partOfElement(e, part) : e, picture.dtype, 'rounded');
      const ground = (e: Element): string => colorOf(paintFor(legend, partOfElement(e, part)), palette);
      const { fontFamily } = getComputedStyle(document.body);
      drawNumbers(g, numbers.window, items.map(brief), items.map(ground), at, fontFamily);
    }
    if (cursor) drawCursor(g, cursor, at, view, palette);
  }, [tiles, at, size, density, palette, arrived, numbers, cursor]);

  // A wheel listener must be active to keep the page from scrolling, which JSX cannot say.
  useEffect(() => {
    const element = node.current;
    if (!element) return;
    const onWheel = (event: WheelEvent): void => {
      // The plain wheel belongs to the page until the reader has turned to the picture.
      if (!event.ctrlKey && !event.metaKey && !element.contains(document.activeElement)) return;
      event.preventDefault();
      const box = element.getBoundingClientRect();
      const factor = Math.exp(-event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 0.05 : 0.0015));
      setCamera(old => zoomAt(old, factor, [event.clientX - box.left, event.clientY - box.top], most));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [most]);

  /** Zooms about the cursor while it is in view, otherwise about the middle. */
  const zoom = (factor: number): void => {
    const p = cursor && toPixel(at, [cursor[0] + 0.5, cursor[1] + 0.5]);
    const inside = p && p[0] >= 0 && p[1] >= 0 && p[0] <= size.width && p[1] <= size.height;
    setCamera(old => zoomAt(old, factor, inside ? p : [size.width / 2, size.height / 2], most));
  };

  /** Moves the cursor by cells as they are seen, and the view with it. */
  const step = ([dx, dy]: Pair): void => {
    const next: Pair = cursor
      ? [clampTo(cursor[0] + dx * across, columns), clampTo(cursor[1] + dy * down, rows)]
      : [clampTo(window.column, columns), clampTo(window.row, rows)];
    setCursor(next);
    const [x, y] = toPixel(at, [next[0] + 0.5, next[1] + 0.5]);
    const out = (p: number, length: number): number => (p < 8 ? 8 - p : p > length - 8 ? length - 8 - p : 0);
    const shift: Pair = [out(x, size.width), out(y, size.height)];
    if (shift[0] !== 0 || shift[1] !== 0) setCamera(old => panBy(old, ...shift));
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const arrow = ARROWS[event.key];
    const far = event.shiftKey ? STRIDE : 1;
    if (arrow) step([arrow[0] * far, arrow[1] * far]);
    else if (event.key === 'Home') step([-columns, 0]);
    else if (event.key === 'End') step([columns, 0]);
    else if (event.key === '+' || event.key === '=') zoom(ZOOM_STEP);
    else if (event.key === '-') zoom(1 / ZOOM_STEP);
    else if (event.key === '0') setCamera(REST);
    else return;
    event.preventDefault();
  };

  const onPointerMove = (event: PointerEvent): void => {
    if (held.current) {
      const [x, y] = held.current;
      held.current = [event.clientX, event.clientY];
      setCamera(old => panBy(old, event.clientX - x, event.clientY - y));
      return;
    }
    const [x, y] = toPlane(at, [event.offsetX, event.offsetY]);
    setCursor(x >= 0 && y >= 0 && x < columns && y < rows ? [Math.floor(x), Math.floor(y)] : undefined);
  };
  const release = (): void => {
    held.current = undefined;
  };

  return (
    <div class="stage" ref={node}>
      <canvas
        ref={canvas}
        tabIndex={0}
        role="img"
        title="Drag to move the view. Wheel (with Ctrl, or after a click) or + and − to zoom, 0 to reset, arrow keys to go over the entries."
        aria-label={scene.description}
        aria-keyshortcuts="ArrowLeft ArrowRight ArrowUp ArrowDown PageUp PageDown Home End + - 0"
        onKeyDown={onKeyDown}
        onPointerDown={event => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          held.current = [event.clientX, event.clientY];
        }}
        onPointerMove={onPointerMove}
        onPointerUp={release}
        onPointerCancel={release}
        onDblClick={() => setCamera(REST)}
      />
      <ZoomButtons zoom={zoom} reset={() => setCamera(REST)} />
    </div>
  );
}
