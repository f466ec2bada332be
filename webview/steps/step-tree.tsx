import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Step } from '../../src/core/panel';
import { Icon } from '../controls/icon';
import { Tex } from '../controls/tex';
import { post } from '../host';
import { mark } from '../marks';
import { chooseMethod, preferences } from '../store';
import { EntriesView } from './entries';
import { inChosenWay, operationOf, waysOf } from './ways';

/** Longer lists are elided in the middle: this many steps stay at the beginning, and at the end. */
const HEAD = 6;
const TAIL = 3;
const ELIDED = HEAD + TAIL + 3;

/** Which way a step is worked, where there are several. */
function MethodSelect({ step, shown }: { readonly step: Step; readonly shown: Step }) {
  const ways = waysOf(step);
  if (ways.length < 2) return null;
  return (
    <label class="method">
      <span class="muted">Method</span>
      <select value={shown.method} onChange={event => chooseMethod(operationOf(step), event.currentTarget.value)}>
        {ways.map(({ method }) => (
          <option key={method} value={method}>
            {method}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Moves the focus among the steps that are in sight; the keys left and right close and open. */
function onKeyDown(event: KeyboardEvent & { readonly currentTarget: HTMLButtonElement }, open: boolean): void {
  const { currentTarget: own, key } = event;
  if ((key === 'ArrowRight' && !open) || (key === 'ArrowLeft' && open)) own.click();
  else if (key === 'ArrowDown' || key === 'ArrowUp') {
    const all = Array.from(own.closest('.section-steps')?.querySelectorAll<HTMLButtonElement>('.step-open') ?? []);
    all[all.indexOf(own) + (key === 'ArrowDown' ? 1 : -1)]?.focus();
  } else return;
  event.preventDefault();
}

/** One step; the finer steps below it open on demand. Its places are marked while the pointer or the focus is on it. */
function StepView({ step, number }: { readonly step: Step; readonly number: number }) {
  const [open, setOpen] = useState(false);
  const body = useId();
  const shown = inChosenWay(step, preferences.value.methods);
  const { span, sentence, latex, children = [], provenance } = shown;
  const show = () => mark(span ? [span] : [], shown.operands);
  const hide = () => mark();
  const parts = children.length > 0;
  return (
    <li class={shown.outline ? 'step outline' : 'step'}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the marks only accompany what the controls within do */}
      <div class="step-own" onMouseEnter={show} onMouseLeave={hide} onFocusIn={show} onFocusOut={hide}>
        <div class="step-line">
          <span class="step-number muted">{shown.outline ? '' : `${number}.`}</span>
          {parts ? (
            <button
              type="button"
              class="step-open"
              aria-expanded={open}
              aria-controls={body}
              onClick={() => setOpen(!open)}
              onKeyDown={event => onKeyDown(event, open)}
            >
              <Icon name={open ? 'chevron-down' : 'chevron-right'} />
              <span class="sentence">{sentence}</span>
            </button>
          ) : (
            <p class="sentence">{sentence}</p>
          )}
          {span && (
            <button
              type="button"
              class="tool step-place"
              aria-label={`Show in the editor: ${sentence}`}
              title="Show in the editor"
              onClick={() => post({ type: 'reveal', span })}
            >
              <Icon name="go-to-file" />
            </button>
          )}
        </div>
        <div class="step-body">
          <MethodSelect step={step} shown={shown} />
          {latex && <Tex latex={latex} display lazy />}
          {provenance && <EntriesView provenance={provenance} span={span} />}
        </div>
      </div>
      {parts && (
        <div id={body} class="step-parts" hidden={!open}>
          {open && <StepList steps={children} />}
        </div>
      )}
    </li>
  );
}

/** Steps in order. A long list shows its beginning and its end until it is opened. */
export function StepList({ steps }: { readonly steps: readonly Step[] }) {
  const [whole, setWhole] = useState(false);
  const list = useRef<HTMLOListElement>(null);
  const asked = useRef(false);
  useEffect(() => {
    if (!whole || !asked.current) return;
    asked.current = false;
    const first = list.current?.children[HEAD]?.querySelector('button');
    (first ?? list.current)?.focus();
  }, [whole]);

  const outlines = steps.filter(s => s.outline).length;
  const item = (step: Step, k: number) => <StepView key={k} step={step} number={k + 1 - outlines} />;
  if (whole || steps.length <= ELIDED)
    return (
      <ol class="steps" ref={list} tabIndex={-1}>
        {steps.map(item)}
      </ol>
    );
  const from = steps.length - TAIL;
  return (
    <ol class="steps">
      {steps.slice(0, HEAD).map(item)}
      <li class="elided">
        <button
          type="button"
          class="link"
          onClick={() => {
            asked.current = true;
            setWhole(true);
          }}
        >
          Show {from - HEAD} more steps
        </button>
      </li>
      {steps.slice(from).map((step, k) => item(step, from + k))}
    </ol>
  );
}
