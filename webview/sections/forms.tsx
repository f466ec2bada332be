import type { Inspection } from '../../src/core/panel';
import { CopyButton } from '../controls/copy-button';
import { Section } from '../controls/section';

/** A scrolling block of text that the keyboard can reach. */
function Block({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs a tab stop
    // biome-ignore lint/a11y/useSemanticElements: a label for the scrolling region, not a set of fields
    <pre class="code block" tabIndex={0} role="group" aria-label={label}>
      {text}
    </pre>
  );
}

export function FormsSection({ inspection }: { readonly inspection: Inspection }) {
  const { latex, text, status, message, links } = inspection;
  // A value that is known may have a text that is not.
  const why = status === 'ok' && text === undefined && links.length === 0 ? message : undefined;
  return (
    <>
      {latex !== undefined && (
        <Section id="latex" title="LaTeX" actions={<CopyButton what="LaTeX" text={() => latex} label="Copy" />}>
          <Block label="Value as LaTeX" text={latex} />
        </Section>
      )}
      {why !== undefined && (
        <Section id="text" title="Text">
          <p class="muted">Not known: {why}.</p>
        </Section>
      )}
      {text !== undefined && (
        <Section id="text" title="Text" actions={<CopyButton what="text" text={() => text} label="Copy" />}>
          <Block label="Value as text" text={text} />
        </Section>
      )}
    </>
  );
}
