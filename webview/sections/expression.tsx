import type { EqualityLink, Inspection } from '../../src/core/panel';
import { Icon } from '../controls/icon';
import { Section } from '../controls/section';
import { Tex } from '../controls/tex';
import { post } from '../host';

/** A typeset expression beyond this length is slower to set than useful to read. */
const TYPESET_SOURCE = 4000;

/** What stands for source text that is not read, such as a half-typed literal. */
const UNREAD = '\\ldots';

export function ExpressionSection({ inspection }: { readonly inspection: Inspection }) {
  const { source, sourceLatex, latex, definition } = inspection;
  // What the value shows anyway is not typeset twice.
  const repeats = sourceLatex === latex || definition?.latex?.endsWith(` = ${latex}`);
  const typeset = repeats ? undefined : (definition?.latex ?? sourceLatex);
  return (
    <Section id="expression" title="Expression">
      {definition ? (
        <button
          type="button"
          class="row-button"
          title="Show in the editor"
          onClick={() => post({ type: 'reveal', span: definition.span })}
        >
          <pre class="code source">{definition.source}</pre>
        </button>
      ) : (
        <pre class="code source">
          {source.length > TYPESET_SOURCE ? `${source.slice(0, TYPESET_SOURCE)} …` : source}
        </pre>
      )}
      {typeset && typeset !== UNREAD && typeset.length <= TYPESET_SOURCE && <Tex latex={typeset} display />}
    </Section>
  );
}

const VERDICTS = {
  holds: { icon: 'pass', text: 'holds' },
  fails: { icon: 'error', text: 'does not hold' },
  unknown: { icon: 'question', text: 'unknown' },
} as const;

function verdictOf({ holds }: EqualityLink): keyof typeof VERDICTS {
  if (holds === undefined) return 'unknown';
  return holds ? 'holds' : 'fails';
}

/** A stated equality, link by link. */
export function EqualitySection({ inspection }: { readonly inspection: Inspection }) {
  if (inspection.links.length === 0) return null;
  return (
    <Section id="equality" title="Equality">
      {inspection.message && <p>{inspection.message}</p>}
      <ol class="equalities">
        {inspection.links.map(link => {
          const verdict = verdictOf(link);
          return (
            <li key={link.span.start} class={`equality ${verdict}`}>
              <button
                type="button"
                class="row-button"
                title="Show in the editor"
                onClick={() => post({ type: 'reveal', span: link.span })}
              >
                <span class="verdict">
                  <Icon name={VERDICTS[verdict].icon} />
                  {VERDICTS[verdict].text}
                </span>
                <code>{link.source}</code>
              </button>
              {link.reason && <p class="muted reason">{link.reason}</p>}
            </li>
          );
        })}
      </ol>
    </Section>
  );
}
