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
  const { latex, text } = inspection;
  return (
    <>
      {latex !== undefined && (
        <Section id="latex" title="LaTeX" actions={<CopyButton what="LaTeX" text={() => latex} label="Copy" />}>
          <Block label="Value as LaTeX" text={latex} />
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
