import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { focus, preferences, setPreferences } from '../store';
import { Icon } from './icon';

interface SectionProps {
  readonly id: string;
  readonly title: string;
  /** Controls on the right of the heading. */
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
}

function toggle(id: string): void {
  const { collapsed } = preferences.peek();
  setPreferences({ collapsed: collapsed.includes(id) ? collapsed.filter(other => other !== id) : [...collapsed, id] });
}

/** A section that folds under its heading; whether it is folded outlives the page. */
export function Section({ id, title, actions, children }: SectionProps) {
  const folded = preferences.value.collapsed.includes(id);
  const heading = useRef<HTMLButtonElement>(null);
  const asked = focus.value === id;

  useEffect(() => {
    if (!asked) return;
    focus.value = undefined;
    if (folded) toggle(id);
    heading.current?.scrollIntoView({ block: 'start' });
    // The editor keeps the focus; only a page that has it moves it.
    if (document.hasFocus()) heading.current?.focus({ preventScroll: true });
  }, [asked]);

  return (
    <section class={`section section-${id}`} aria-labelledby={`heading-${id}`}>
      <div class="section-head">
        <h2 id={`heading-${id}`}>
          <button
            type="button"
            class="fold"
            ref={heading}
            aria-expanded={!folded}
            aria-controls={`body-${id}`}
            onClick={() => toggle(id)}
          >
            <Icon name={folded ? 'chevron-right' : 'chevron-down'} />
            {title}
          </button>
        </h2>
        {!folded && actions && <div class="section-actions">{actions}</div>}
      </div>
      <div id={`body-${id}`} class="section-body" hidden={folded}>
        {!folded && children}
      </div>
    </section>
  );
}
