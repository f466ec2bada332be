import { Icon } from '../controls/icon';

/** Factor of one step of zooming. */
export const ZOOM_STEP = 1.25;

/** Buttons over a picture that bring it nearer, farther, or back to the whole. */
export function ZoomButtons({ zoom, reset }: { readonly zoom: (factor: number) => void; readonly reset: () => void }) {
  return (
    <fieldset class="zoom" aria-label="View">
      <button type="button" class="tool" aria-label="Zoom in" title="Zoom in (+)" onClick={() => zoom(ZOOM_STEP)}>
        <Icon name="zoom-in" />
      </button>
      <button type="button" class="tool" aria-label="Zoom out" title="Zoom out (−)" onClick={() => zoom(1 / ZOOM_STEP)}>
        <Icon name="zoom-out" />
      </button>
      <button type="button" class="tool" aria-label="Reset view" title="Reset view (0)" onClick={reset}>
        <Icon name="screen-full" />
      </button>
    </fieldset>
  );
}
