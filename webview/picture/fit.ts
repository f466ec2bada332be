import type { Scene } from '../../src/core/panel';
import type { Placement } from './camera';

/** Room around the picture, in pixels, for arrow heads and labels. */
const MARGIN = 12;

/** Room above a picture that fills its frame, for the buttons that lie there. */
const HEAD = 42;

/** The placement that shows all of the scene's bounds, centred; y points up in the plane and down in a heatmap. */
export function fitScene({ bounds, square }: Scene, width: number, height: number): Placement {
  const { left, right, bottom, top } = bounds;
  const across = Math.max(width - 2 * MARGIN, 1) / Math.max(right - left, 1e-9);
  const head = square ? MARGIN : HEAD;
  const down = Math.max(height - head - MARGIN, 1) / Math.max(Math.abs(top - bottom), 1e-9);
  const scaleX = square ? Math.min(across, down) : across;
  const scaleY = (square ? Math.min(across, down) : down) * (top > bottom ? -1 : 1);
  return {
    originX: width / 2 - (scaleX * (left + right)) / 2,
    originY: (height + head - MARGIN) / 2 - (scaleY * (bottom + top)) / 2,
    scaleX,
    scaleY,
  };
}
