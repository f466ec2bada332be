import type { Inspection } from '../../src/core/panel';
import { Icon } from '../controls/icon';
import { post } from '../host';
import { busy, changes, discardUnwritten, notice, unwrittenElsewhere } from '../store';
import { firstLine, PinButton } from './header';

/** Nothing to show: what the panel is for and how to get there. */
export function EmptyState() {
  return (
    <div class="state empty">
      <div class="header-line">
        <h1>Matrix Inspector</h1>
        <PinButton />
      </div>
      <p>Put the cursor on an array, a name that holds one, or an expression such as these:</p>
      <ul class="examples">
        <li>
          <code>W @ x</code>
        </li>
        <li>
          <code>[[1, 2], [3, 4]]</code>
        </li>
        <li>
          <code>\begin&#123;bmatrix&#125; 1 & 2 \\ 3 & 4 \end&#123;bmatrix&#125;</code>
        </li>
      </ul>
      <p class="muted">Its value, facts, steps and picture appear here. Nothing is run.</p>
    </div>
  );
}

/** A reloaded panel that waits for the host. */
export function RestoringState({ label }: { readonly label: string }) {
  return (
    <div class="state">
      <h1>Matrix Inspector</h1>
      <p class="muted">Reading {label} again …</p>
    </div>
  );
}

/** Why there is no value: a quiet card for what is unknown, the language's own sentence for an error. */
export function ProblemCard({ inspection }: { readonly inspection: Inspection }) {
  const { status, message, messageSpan, hint, needsMore } = inspection;
  // A value that is unknown only for numbers changed here is told of in its own place.
  if (status === 'ok' || changes.value.changed) return null;
  const unknown = status === 'unknown';
  return (
    <section class={`card ${status}`} aria-labelledby="heading-problem">
      <h2 id="heading-problem">
        <Icon name={unknown ? 'question' : 'error'} />
        {unknown ? (needsMore ? 'Not computed yet' : 'The value is not known') : 'The code gives an error'}
      </h2>
      {message && (unknown ? <p>{message}</p> : <pre class="code">{message}</pre>)}
      {hint && <p>{hint}</p>}
      {messageSpan && (
        <button type="button" class="link" onClick={() => post({ type: 'reveal', span: messageSpan })}>
          Show the place
        </button>
      )}
    </section>
  );
}

/** Changed numbers that were left unwritten when another expression came: none is lost without being discarded. */
export function UnwrittenBar() {
  const all = unwrittenElsewhere.value;
  if (all.length === 0) return null;
  return (
    <ul class="unwritten" aria-label="Changes not in the source">
      {all.map(entry => (
        <li key={`${entry.place.uri} ${entry.place.source}`}>
          <p>
            <Icon name="circle-filled" />
            <span>
              Numbers of <code>{firstLine(entry.place.source)}</code> ({entry.place.label}) are changed, not yet in the
              source.
            </span>
          </p>
          <button type="button" class="button secondary" onClick={() => post({ type: 'return', place: entry.place })}>
            Go back
          </button>
          <button type="button" class="button secondary" onClick={() => discardUnwritten(entry)}>
            Discard
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Progress of a long evaluation. It fades in late, so that a short one does not flicker. */
export function BusyBar({ stale }: { readonly stale: boolean }) {
  const now = busy.value;
  if (!now) return null;
  return (
    <div class="busy">
      <div class="progress" role="progressbar" aria-label="Evaluating" />
      <div class="busy-line">
        <p>
          Evaluating{now.source ? <code>{now.source}</code> : ' …'}
          {stale && <span class="muted"> Below is the last result.</span>}
        </p>
        <button type="button" class="button secondary" onClick={() => post({ type: 'cancel' })}>
          Cancel
        </button>
      </div>
    </div>
  );
}

/** The one place for sentences that come and go: copied, written back, refused. */
export function Notice() {
  const now = notice.value;
  return (
    <div class="notice" role="status" aria-live="polite">
      {now && (
        <p key={now.serial} class={now.ok ? 'ok' : 'problem'}>
          <Icon name={now.ok ? 'check' : 'warning'} />
          {now.text}
        </p>
      )}
    </div>
  );
}
