import type { Inspection } from '../../src/core/panel';
import { Icon } from '../controls/icon';
import { Section } from '../controls/section';
import { post } from '../host';
import { history } from '../store';

const STATUS: Readonly<Record<Inspection['status'], { readonly icon: string; readonly text: string }>> = {
  ok: { icon: 'symbol-array', text: '' },
  unknown: { icon: 'question', text: 'unknown' },
  error: { icon: 'error', text: 'error' },
};

export function HistorySection() {
  const entries = history.value;
  if (entries.length === 0) return null;
  return (
    <Section id="history" title="History">
      <ol class="history">
        {entries.map(({ id, source, summary, status }) => (
          <li key={id}>
            <button type="button" class="row-button" onClick={() => post({ type: 'history', id })}>
              <Icon name={STATUS[status].icon} />
              <code>{source}</code>
              <span class="muted">{summary || STATUS[status].text}</span>
            </button>
          </li>
        ))}
      </ol>
    </Section>
  );
}
