import { useRef } from 'preact/hooks';
import type { Handle, Point } from '../../src/core/panel';
import { type Placement, snap, stepOf, toPixel, toPlane } from './camera';

const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

const px = (length: number): string => `${length}px`;

interface HandleProps {
  readonly handle: Handle;
  readonly at: Placement;
  readonly colour: string;
  readonly move: (id: string, to: Point, by: 'pointer' | 'keyboard') => void;
  /** Called when the pointer takes the handle, and when it lets go. */
  readonly hold: (held: boolean) => void;
  /** Called when the pointer or the focus comes to the handle, and when it leaves. */
  readonly meet?: (met: boolean) => void;
}

/** A movable point: a button over the canvas, for the pointer and for the arrow keys (Shift for finer steps). */
export function HandleButton({ handle, at, colour, move, hold, meet }: HandleProps) {
  /** From the pointer to the handle's centre, while it is held. */
  const grip = useRef<Point | undefined>(undefined);
  const [x, y] = toPixel(at, handle.at);
  const steps: Point = [stepOf(at.scaleX), stepOf(at.scaleY)];

  const sized = (axis: 0 | 1, { shiftKey }: { readonly shiftKey: boolean }): number =>
    shiftKey ? steps[axis] / 10 : steps[axis];

  const onKeyDown = (event: KeyboardEvent): void => {
    const way = ARROWS[event.key];
    if (!way || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const go = (k: 0 | 1): number =>
      way[k] === 0 ? handle.at[k] : Number((handle.at[k] + way[k] * sized(k, event)).toPrecision(12));
    move(handle.id, [go(0), go(1)], 'keyboard');
  };

  const onPointerDown = (event: PointerEvent & { readonly currentTarget: HTMLButtonElement }): void => {
    if (event.button !== 0) return;
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    grip.current = [x - event.clientX, y - event.clientY];
    hold(true);
  };

  const onPointerMove = (event: PointerEvent): void => {
    if (!grip.current) return;
    const [px, py] = toPlane(at, [event.clientX + grip.current[0], event.clientY + grip.current[1]]);
    move(handle.id, [snap(px, sized(0, event)), snap(py, sized(1, event))], 'pointer');
  };

  const release = (): void => {
    if (!grip.current) return;
    grip.current = undefined;
    hold(false);
  };

  return (
    <button
      type="button"
      class="handle"
      aria-label={handle.label}
      title="Drag, or use the arrow keys (Shift for finer steps)"
      style={{ left: px(x), top: px(y), '--handle': colour }}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={release}
      onPointerCancel={release}
      onPointerEnter={() => meet?.(true)}
      onPointerLeave={() => meet?.(false)}
      onFocus={() => meet?.(true)}
      onBlur={() => meet?.(false)}
    />
  );
}
