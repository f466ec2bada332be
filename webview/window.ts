/** The part of a long run of equal cells that is on screen. `shift` is where the first one stands, in pixels. */
export interface Window {
  readonly first: number;
  readonly count: number;
  readonly shift: number;
}

/** Browsers clamp an element's side at about 33 million pixels; the scroll range stays well below. */
export const MAX_EXTENT = 16_000_000;

/** Length of the scroll range of `total` cells. */
export const extentOf = (total: number, size: number): number => Math.min(total * size, MAX_EXTENT);

/**
 * The cells to render at scroll position `scroll` in a viewport of `visible` pixels, with `spare` more on each side.
 * Where the cells would be longer than the scroll range, the position is read as a fraction of it.
 */
export function windowOf(scroll: number, visible: number, size: number, total: number, spare = 4): Window {
  const extent = extentOf(total, size);
  const whole = total * size;
  const reach = Math.max(extent - visible, 1);
  const offset =
    whole > extent ? (Math.min(Math.max(scroll, 0), reach) / reach) * (whole - visible) : Math.max(scroll, 0);
  const first = Math.max(Math.min(Math.floor(offset / size), total - 1) - spare, 0);
  const last = Math.min(Math.ceil((offset + visible) / size) + spare, total);
  return { first, count: Math.max(last - first, 0), shift: scroll + (first * size - offset) };
}
