import { useEffect, useRef, useState } from 'preact/hooks';

/** Time from 0 to 1 in milliseconds. */
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

/** The picture's time. A picture is first seen at its end, what the matrix has done, unless `begin` says otherwise. */
export function useClock(still: () => boolean, begin = 1): Clock {
  const [time, setTime] = useState(begin);
  const [playing, setPlaying] = useState(false);
  const start = useRef(0);

  useEffect(() => {
    if (!playing) return;
    let frame = 0;
    let begun: number | undefined;
    const tick = (now: number): void => {
      begun ??= now - start.current * DURATION;
      const progress = Math.min((now - begun) / DURATION, 1);
      setTime(ease(progress));
      if (progress < 1) frame = requestAnimationFrame(tick);
      else setPlaying(false);
    };
    frame = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(frame);
  }, [playing]);

  return {
    time,
    playing,
    play: () => {
      if (still()) {
        setTime(time < 1 ? 1 : 0);
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
