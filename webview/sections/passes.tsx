import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Inspection } from '../../src/core/panel';
import { Icon } from '../controls/icon';
import { post } from '../host';

type Passing = NonNullable<Inspection['pass']>;

/** Which time that a function or a loop runs is shown, and the way to the others. */
export function PassBar({ pass }: { readonly pass: Passing }) {
  const { number, count, text } = pass;
  // What the slider is at, until the answer comes.
  const wanted = useSignal(number);
  useEffect(() => {
    wanted.value = number;
  }, [number, count]);
  const at = Math.min(wanted.value, count);
  const go = (to: number): void => {
    if (to < 1 || to > count || to === wanted.peek()) return;
    wanted.value = to;
    post({ type: 'pass', number: to });
  };
  if (count === 1) return <p class="passes muted">{text}</p>;
  return (
    <fieldset class="passes" aria-label="Passes">
      <button type="button" class="tool" title="The pass before" disabled={at === 1} onClick={() => go(at - 1)}>
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
        onInput={event => go(event.currentTarget.valueAsNumber)}
      />
      <button type="button" class="tool" title="The next pass" disabled={at === count} onClick={() => go(at + 1)}>
        <Icon name="chevron-right" />
      </button>
      <span class="pass-text">{at === number ? text : `Pass ${at} of ${count}`}</span>
    </fieldset>
  );
}
