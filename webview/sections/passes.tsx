import { useEffect, useRef, useState } from 'preact/hooks';
import type { Inspection } from '../../src/core/panel';
import { Icon } from '../controls/icon';
import { post } from '../host';
import { isStill } from '../picture/theme';

type Passing = NonNullable<Inspection['pass']>;

/** Milliseconds that a pass is seen for while they play, and the steps that a long run is played in. */
const SEEN = 140;
const STEPS = 60;
/** Milliseconds after which an answer is no longer awaited. */
const AWAITED = 1000;

/** Which time that a function or a loop runs is shown, and the way to the others. */
export function PassBar({ pass }: { readonly pass: Passing }) {
  const { number, count, text } = pass;
  // What the slider is at, until the answer comes.
  const [wanted, setWanted] = useState(number);
  const [playing, setPlaying] = useState(false);
  const asked = useRef(Number.NEGATIVE_INFINITY);
  // What is wished last, also between an answer and what is drawn of it.
  const latest = useRef(number);

  const go = (to: number): void => {
    const next = Math.min(Math.max(to, 1), count);
    setWanted(next);
    latest.current = next;
    // One question at a time: of those that come meanwhile the last one is asked when the answer is there.
    if (next === number || performance.now() - asked.current < AWAITED) return;
    asked.current = performance.now();
    post({ type: 'pass', number: next });
  };

  useEffect(() => {
    const awaited = asked.current > 0;
    asked.current = Number.NEGATIVE_INFINITY;
    if (awaited && latest.current !== number) {
      go(latest.current);
      return;
    }
    latest.current = number;
    setWanted(number);
  }, [pass]);

  useEffect(() => {
    if (!playing) return;
    if (number === count) {
      setPlaying(false);
      return;
    }
    const timer = setTimeout(() => go(number + Math.ceil(count / STEPS)), SEEN);
    return () => clearTimeout(timer);
  }, [playing, pass]);

  const play = (): void => {
    setPlaying(!playing);
    if (!playing && number === count) go(1);
  };

  if (count === 1) return <p class="passes muted">{text}</p>;
  const at = Math.min(wanted, count);
  const step = (by: number): void => {
    setPlaying(false);
    go(at + by);
  };
  return (
    <fieldset class="passes" aria-label="Passes">
      {!isStill() && (
        <button type="button" class="tool" title={playing ? 'Pause' : 'Play the passes'} onClick={play}>
          <Icon name={playing ? 'debug-pause' : 'play'} />
        </button>
      )}
      <button type="button" class="tool" title="The pass before" disabled={at === 1} onClick={() => step(-1)}>
        <Icon name="chevron-left" />
      </button>
      <input
        type="range"
        min={1}
        max={count}
        step={1}
        value={at}
        aria-label="Pass"
        aria-valuetext={`Pass ${at} of ${count}`}
        onInput={event => step(event.currentTarget.valueAsNumber - at)}
      />
      <button type="button" class="tool" title="The next pass" disabled={at === count} onClick={() => step(1)}>
        <Icon name="chevron-right" />
      </button>
      <span class="pass-text">{at === number ? text : `Pass ${at} of ${count}`}</span>
    </fieldset>
  );
}
