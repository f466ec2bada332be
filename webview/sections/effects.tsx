import { Icon } from '../controls/icon';
import { Section } from '../controls/section';
import { post } from '../host';
import { mark } from '../marks';
import { effects } from '../store';

/** The statements of the document that change with the numbers changed here, with their values before and after. */
export function EffectsSection() {
  const all = effects.value;
  if (all.length === 0) return null;
  return (
    <Section id="effects" title="Changes with it">
      <ol class="effects">
        {all.map(({ label, span, before, after, status }) => (
          <li key={span.start} class={`effect ${status}`}>
            <button
              type="button"
              class="row-button effect-row"
              title="Show in the editor"
              onClick={() => post({ type: 'reveal', span })}
              onMouseEnter={() => mark([span])}
              onMouseLeave={() => mark()}
              onFocus={() => mark([span])}
              onBlur={() => mark()}
            >
              <code title={label}>{label}</code>
              <code class="muted" title={before}>
                {before}
              </code>
              <Icon name="arrow-right" />
              <span class="visually-hidden">becomes</span>
              <code title={after}>{after}</code>
            </button>
          </li>
        ))}
      </ol>
    </Section>
  );
}
