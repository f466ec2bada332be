import { changes, discardChanges, preferences, setLive, writeBack } from '../store';

/** What may be done with numbers that are changed here. `what` names them where they are not the picture's. */
export function ChangeBar({ what }: { readonly what?: 'entries' }) {
  const { changed, writable } = changes.value;
  const canWrite = writable.length > 0;
  const { live } = preferences.value;
  return (
    <div class="change-bar">
      <button
        type="button"
        class="button"
        aria-disabled={!canWrite}
        title={
          changed && !canWrite
            ? 'The numbers are computed: there is no literal to write to'
            : 'Put the changed numbers into the source'
        }
        onClick={() => canWrite && writeBack()}
      >
        {what ? `Write ${what} back` : 'Write back'}
      </button>
      <button
        type="button"
        class="button secondary"
        aria-disabled={!changed}
        onClick={() => changed && discardChanges()}
      >
        {what ? 'Discard' : 'Discard changes'}
      </button>
      <label class="live" title="Write every finished change into the source, as one undo step">
        <input type="checkbox" checked={live} onChange={event => setLive(event.currentTarget.checked)} />
        Live
      </label>
      {changed && !(live && canWrite) && (
        <span class="muted">
          {canWrite
            ? 'Changed here, not yet in the source.'
            : 'Changed here only: no literal in the source holds these numbers.'}
        </span>
      )}
    </div>
  );
}
