import type { Inspection } from '../../src/core/panel';
import type { Subject } from '../../src/protocol/panel';
import { Icon } from '../controls/icon';
import { post } from '../host';
import { pinned } from '../store';

const TITLE_LIMIT = 48;
export const firstLine = (source: string): string => source.trim().split(/\r?\n/, 1)[0] ?? '';

/** A heading for the expression: its name, or the beginning of its text. */
export function titleOf({ name, source }: Inspection): string {
  if (name) return name;
  const line = firstLine(source);
  const cut = line.length > TITLE_LIMIT || line.length < source.trim().length;
  return cut ? `${line.slice(0, TITLE_LIMIT)} …` : line;
}

function togglePin(): void {
  pinned.value = !pinned.value;
  post({ type: 'pin', pinned: pinned.value });
}

export function PinButton() {
  const on = pinned.value;
  return (
    <button
      type="button"
      class="tool pin"
      aria-label="Pin"
      aria-pressed={on}
      title={on ? 'Follow the cursor again' : 'Keep this expression while the cursor moves'}
      onClick={togglePin}
    >
      <Icon name={on ? 'pinned' : 'pin'} />
      <span>Pin</span>
    </button>
  );
}

export function Header({ inspection, subject }: { readonly inspection: Inspection; readonly subject: Subject }) {
  return (
    <header class="header">
      <div class="header-line">
        <h1>{titleOf(inspection)}</h1>
        <button
          type="button"
          class="link place"
          title="Show in the editor"
          onClick={() => post({ type: 'reveal', span: inspection.span })}
        >
          {subject.label}
        </button>
        <PinButton />
      </div>
      {inspection.summary.length > 0 && (
        <ul class="chips" aria-label="Summary">
          {inspection.summary.map(part => (
            <li key={part} class="chip">
              {part}
            </li>
          ))}
        </ul>
      )}
      {inspection.notes.map(({ span, text }) => (
        <button
          key={`${span.start} ${text}`}
          type="button"
          class="row-button note"
          title="Show in the editor"
          onClick={() => post({ type: 'reveal', span })}
        >
          <Icon name="info" />
          <span>{text}</span>
        </button>
      ))}
    </header>
  );
}
