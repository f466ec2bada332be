import { useEffect, useRef, useState } from 'preact/hooks';

/** Time from 0 to 1 in milliseconds, with at most two stops on the way. */
export const DURATION = 1800;

/** Slow at both ends. */
export const ease = (p: number): number => (p < 0.5 ? 4 * p ** 3 : 1 - (2 - 2 * p) ** 3 / 2);

/** The progress at which `ease` reaches `time`. */
export const easeInverse = (time: number): number =>
  time < 0.5 ? Math.cbrt(time / 4) : 1 - Math.cbrt(2 * (1 - time)) / 2;

export interface Clock {
  readonly time: number;
  readonly playing: boolean;
  /** Plays from here to the end, from the beginning when at the end; without motion it jumps to the other end. */
  readonly play: () => void;
  readonly pause: () => void;
  readonly set: (time: number) => void;
}

/**
 * The picture's time. A picture is first seen at its end, what the matrix has done, unless `begin` says otherwise. `stops`
 * are times worth a look: more of them take longer, and without motion Play goes from one to the next.
 */
export function useClock(still: () => boolean, begin = 1, stops: readonly number[] = []): Clock {
  const [time, setTime] = useState(begin);
  const [playing, setPlaying] = useState(false);
  const start = useRef(0);
  const duration = DURATION * Math.max(1, stops.length / 2);

  useEffect(() => {
    if (!playing) return;
    let frame = 0;
    let begun: number | undefined;
    const tick = (now: number): void => {
      begun ??= now - start.current * duration;
      const progress = Math.min((now - begun) / duration, 1);
      setTime(ease(progress));
      if (progress < 1) frame = requestAnimationFrame(tick);
      else setPlaying(false);
    };
    frame = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(frame);
  }, [playing, duration]);

  return {
    time,
    playing,
    play: () => {
      if (still()) {
        setTime(time < 1 ? (stops.find(stop => stop > time + 1e-9) ?? 1) : 0);
        return;
      }
      start.current = time < 1 ? easeInverse(time) : 0;
      setPlaying(true);
    },
    pause: () => setPlaying(false),
    set: next => {
      setPlaying(false);
      setTime(next);
    },
  };
}
