import { Icon } from '../controls/icon';
import { Section } from '../controls/section';
import { post } from '../host';
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
              class="row-button"
              title="Show in the editor"
              onClick={() => post({ type: 'reveal', span })}
              onMouseEnter={() => post({ type: 'highlight', spans: [span], focus: [] })}
              onMouseLeave={() => post({ type: 'highlight', spans: [], focus: [] })}
            >
              <code>{label}</code>
              <span class="muted before">{before}</span>
              <Icon name="arrow-right" />
              <span class="visually-hidden">becomes</span>
              <code class="after">{after}</code>
            </button>
          </li>
        ))}
      </ol>
    </Section>
  );
}
