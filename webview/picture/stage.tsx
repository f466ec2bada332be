import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { type Box, fitView, type Point, type Scene } from '../../src/core/panel';
import { refit } from '../store';
import { type Camera, type Pair, type Placement, panBy, REST, through, toPixel, toPlane, zoomAt } from './camera';
import { drawScene } from './canvas';
import { coloursIn } from './codes';
import { HandleButton } from './handle';
import { colourIn, currentPalette } from './theme';
import { ZOOM_STEP, ZoomButtons } from './zoom-buttons';

export interface Size {
  readonly width: number;
  readonly height: number;
}

const PAN_STEP = 40;
/** What lies so many pixels from the pointer is pointed at. */
const REACH = 14;
/** Radians for one key press and for one pixel of a drag. */
const TURN_STEP = Math.PI / 24;
const TURN_PIXEL = 0.01;
const PANS: Readonly<Record<string, Pair>> = {
  ArrowLeft: [1, 0],
  ArrowRight: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** How much larger or smaller the picture may become before the view fits it anew. */
const MAX_MISFIT = 2.5;

interface StageProps {
  readonly scene: Scene;
  /** The scene whose bounds the view fits; it stays while handles move, so that the plane does not slide under them. */
  readonly framed: Scene;
  readonly move: (id: string, to: Point, by: 'pointer' | 'keyboard') => void;
  /** Called when the pointer takes a handle, and when it lets go. */
  readonly hold: (held: boolean) => void;
  /** A point of the plane under the pointer, for pictures that tell about places, and how far around it belongs to it. */
  readonly probe?: (point: Point | undefined, reach: number) => void;
  /** Arrow keys move a cursor instead of the view. */
  readonly step?: (dx: number, dy: number) => void;
  /** Dragging and arrow keys turn what is seen, by angles in radians, instead of moving it. */
  readonly turn?: (dx: number, dy: number) => void;
  /** Called when the view is reset. */
  readonly rest?: () => void;
}

/** Follows the width of the stage; its height is a share of it, within limits. */
export function useSize(node: { readonly current: HTMLDivElement | null }): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = node.current;
    if (!element) return;
    const measure = (): void => setSize({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return size;
}

/** Device pixels per CSS pixel; it changes when the window moves to another screen or VS Code zooms. */
export function useDensity(): number {
  const [density, setDensity] = useState(devicePixelRatio);
  useEffect(() => {
    const query = matchMedia(`(resolution: ${density}dppx)`);
    const change = (): void => setDensity(devicePixelRatio);
    query.addEventListener('change', change);
    return () => query.removeEventListener('change', change);
  }, [density]);
  return density;
}

/** Room above a picture that fills its frame, for the buttons that lie there. */
export const HEAD = 42;

/** Where the buttons lie over the canvas. */
const toolbarBox = ({ width }: Size): Box => ({ left: width - 96, right: width, top: 0, bottom: 38 });

const isInside = ([x, y]: Pair, { width, height }: Size): boolean => x >= 0 && y >= 0 && x <= width && y <= height;

/** How many times as wide as high a picture is. */
export const aspectOf = ({ bounds: { left, right, bottom, top } }: Scene): number =>
  (right - left) / Math.abs(top - bottom);

/** The canvas with its handles, zoom and pan. */
export function Stage({ scene, framed, move, hold, probe, step, turn, rest }: StageProps) {
  const node = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const held = useRef<Pair | undefined>(undefined);
  const keyed = useRef(false);
  const [camera, setCamera] = useState<Camera>(REST);
  const [frame, setFrame] = useState(framed);
  const size = useSize(node);
  const density = useDensity();
  const palette = currentPalette();
  const colour = useMemo(() => colourIn(palette), [palette]);
  const colours = useMemo(() => coloursIn(palette), [palette]);
  const at: Placement = useMemo(
    () => through(camera, fitView(frame, size.width, size.height, HEAD)),
    [camera, frame, size],
  );

  useLayoutEffect(() => {
    const element = canvas.current;
    const g = element?.getContext('2d');
    if (!element || !g || size.width === 0) return;
    const width = Math.round(size.width * density);
    const height = Math.round(size.height * density);
    if (element.width !== width || element.height !== height) {
      element.width = width;
      element.height = height;
    }
    const fontFamily = getComputedStyle(document.body).fontFamily;
    drawScene(g, scene, at, { colour, colours, fontFamily }, size.width, size.height, density, [toolbarBox(size)]);
  }, [scene, at, colour, size, density]);

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
      setCamera(old => zoomAt(old, factor, [event.clientX - box.left, event.clientY - box.top]));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, []);

  const zoom = (factor: number): void => setCamera(old => zoomAt(old, factor, [size.width / 2, size.height / 2]));
  const reset = (): void => {
    setCamera(REST);
    setFrame(scene);
    rest?.();
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const pan = PANS[event.key];
    if (pan && step) step(-pan[0], -pan[1]);
    else if (pan && turn) turn(-pan[0] * TURN_STEP, -pan[1] * TURN_STEP);
    else if (pan) setCamera(old => panBy(old, pan[0] * PAN_STEP, pan[1] * PAN_STEP));
    else if (event.key === '+' || event.key === '=') zoom(ZOOM_STEP);
    else if (event.key === '-') zoom(1 / ZOOM_STEP);
    else if (event.key === '0') reset();
    else return;
    event.preventDefault();
  };

  const point = (to: Point | undefined): void => probe?.(to, REACH / Math.abs(at.scaleX));

  const onPointerMove = (event: PointerEvent): void => {
    if (held.current) {
      const [x, y] = held.current;
      held.current = [event.clientX, event.clientY];
      if (turn) turn((event.clientX - x) * TURN_PIXEL, (event.clientY - y) * TURN_PIXEL);
      else setCamera(old => panBy(old, event.clientX - x, event.clientY - y));
      return;
    }
    point(toPlane(at, [event.offsetX, event.offsetY]));
  };
  const release = (): void => {
    held.current = undefined;
  };

  const moveHandle = (id: string, to: Point, by: 'pointer' | 'keyboard'): void => {
    keyed.current = by === 'keyboard';
    move(id, to, by);
  };

  // The pointer cannot take a handle out of the picture unseen; the keyboard can, so the view follows.
  useLayoutEffect(() => {
    if (!keyed.current) return;
    keyed.current = false;
    if (scene.handles.some(handle => !isInside(toPixel(at, handle.at), size))) reset();
  }, [scene]);

  // Numbers that the source has now may need another view; small changes leave it as it is.
  const fitted = useRef(framed);
  useLayoutEffect(() => {
    if (fitted.current === framed) return;
    fitted.current = framed;
    const ratio =
      fitView(framed, size.width, size.height, HEAD).scaleX / fitView(frame, size.width, size.height, HEAD).scaleX;
    const gone = framed.handles.some(handle => !isInside(toPixel(at, handle.at), size));
    // A picture of parts that its settings arrange anew is seen whole.
    if (!framed.crowded && !gone && ratio < MAX_MISFIT && ratio > 1 / MAX_MISFIT) return;
    setCamera(REST);
    setFrame(framed);
  }, [framed]);

  const asked = refit.value;
  const met = useRef(asked);
  useLayoutEffect(() => {
    if (met.current === asked) return;
    met.current = asked;
    setCamera(REST);
    setFrame(scene);
  }, [asked, scene]);

  return (
    <div class={scene.crowded ? 'stage crowded' : 'stage'} ref={node} style={{ '--aspect': aspectOf(scene) }}>
      <canvas
        ref={canvas}
        tabIndex={0}
        role="img"
        title={`Drag to ${turn ? 'turn' : 'move'} the view. Wheel (with Ctrl, or after a click) or + and − to zoom, 0 to reset.`}
        aria-label={scene.description || 'Picture'}
        aria-keyshortcuts="ArrowLeft ArrowRight ArrowUp ArrowDown + - 0"
        onKeyDown={onKeyDown}
        onPointerDown={event => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          held.current = [event.clientX, event.clientY];
        }}
        onPointerMove={onPointerMove}
        onPointerUp={release}
        onPointerCancel={release}
        onPointerLeave={() => point(undefined)}
        onDblClick={reset}
      />
      {size.width > 0 &&
        scene.handles.map(handle => (
          <HandleButton
            key={handle.id}
            handle={handle}
            at={at}
            colour={colour(handle.paint)}
            move={moveHandle}
            hold={hold}
            meet={met => point(met ? handle.at : undefined)}
          />
        ))}
      <ZoomButtons zoom={zoom} reset={reset} />
    </div>
  );
}
