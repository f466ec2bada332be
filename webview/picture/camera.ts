/** Where the plane lies on the canvas: pixel x = originX + scaleX · x, pixel y = originY + scaleY · y. */
export interface Placement {
  readonly originX: number;
  readonly originY: number;
  readonly scaleX: number;
  readonly scaleY: number;
}

/** The reader's own zoom and pan, on top of the placement that fits the picture. Pan is in pixels. */
export interface Camera {
  readonly zoom: number;
  readonly panX: number;
  readonly panY: number;
}

export type Pair = readonly [number, number];

export const REST: Camera = { zoom: 1, panX: 0, panY: 0 };

const MIN_ZOOM = 0.1;
const MAX_ZOOM = 50;

/** The fitting placement seen through the camera. */
export function through({ zoom, panX, panY }: Camera, fit: Placement): Placement {
  return {
    originX: fit.originX * zoom + panX,
    originY: fit.originY * zoom + panY,
    scaleX: fit.scaleX * zoom,
    scaleY: fit.scaleY * zoom,
  };
}

/** Zooms by `factor` about a pixel, which keeps its place; `most` is how near it goes. */
export function zoomAt(camera: Camera, factor: number, [x, y]: Pair, most = MAX_ZOOM): Camera {
  const zoom = Math.min(Math.max(camera.zoom * factor, MIN_ZOOM), most);
  const ratio = zoom / camera.zoom;
  return { zoom, panX: x - (x - camera.panX) * ratio, panY: y - (y - camera.panY) * ratio };
}

export const panBy = (camera: Camera, dx: number, dy: number): Camera => ({
  ...camera,
  panX: camera.panX + dx,
  panY: camera.panY + dy,
});

export const toPixel = (p: Placement, [x, y]: Pair): Pair => [p.originX + p.scaleX * x, p.originY + p.scaleY * y];

export const toPlane = (p: Placement, [x, y]: Pair): Pair => [(x - p.originX) / p.scaleX, (y - p.originY) / p.scaleY];

/**
 * The step by which a handle moves along an axis of that many pixels a unit: the power of ten that takes between 3 and 30 pixels, so that a drag gives round
 * numbers at every zoom.
 */
export const stepOf = (scale: number): number => 10 ** Math.ceil(Math.log10(3 / Math.abs(scale)));

/** `x` to the nearest multiple of `step`, a power of ten, without binary dust. */
export function snap(x: number, step: number): number {
  const decimals = Math.max(0, Math.round(-Math.log10(step)));
  return Number((Math.round(x / step) * step).toFixed(Math.min(decimals, 20))) + 0;
}
