import type { Point, Scene } from './scene';

/** How the plane lies on a picture: pixel = origin + scale · coordinate; `scaleY` is negative where y points up. */
export interface View {
  readonly originX: number;
  readonly originY: number;
  readonly scaleX: number;
  readonly scaleY: number;
  readonly width: number;
  readonly height: number;
}

/** Room around the picture, in pixels, for arrow heads and labels. */
const MARGIN = 12;

/** The view that shows all of the scene's bounds, centred. `head` is room above a picture that fills its frame. */
export function fitView({ bounds, square, crowded }: Scene, width: number, height: number, head = MARGIN): View {
  const { left, right, bottom, top } = bounds;
  const across = Math.max(width - 2 * MARGIN, 1) / Math.max(right - left, 1e-9);
  const above = square && !crowded ? MARGIN : head;
  const down = Math.max(height - above - MARGIN, 1) / Math.max(Math.abs(top - bottom), 1e-9);
  const scaleX = square ? Math.min(across, down) : across;
  const scaleY = (square ? Math.min(across, down) : down) * (top > bottom ? -1 : 1);
  return {
    originX: width / 2 - (scaleX * (left + right)) / 2,
    originY: (height + above - MARGIN) / 2 - (scaleY * (bottom + top)) / 2,
    scaleX,
    scaleY,
    width,
    height,
  };
}

export const toPixel = (v: View, [x, y]: Point): Point => [v.originX + v.scaleX * x, v.originY + v.scaleY * y];
