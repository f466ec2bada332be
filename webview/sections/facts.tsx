import { Fragment } from 'preact';
import type { Fact, Inspection } from '../../src/core/panel';
import { Section } from '../controls/section';
import { Tex } from '../controls/tex';

/** `2.2e-16`: a residual needs its size, not its digits. */
export const residualText = (residual: number): string => (residual === 0 ? '0' : residual.toExponential(1));

/** A longer item may break. */
const UNBROKEN = 28;

/** A list of numbers that breaks between them. */
function FactText({ text }: { readonly text: string }) {
  const items = text.split(', ');
  return (
    <span class="fact-text">
      {items.map((item, k) => (
        <Fragment key={k}>
          {k > 0 && ' '}
          <span class={item.length <= UNBROKEN ? 'fact-item' : undefined}>
            {item}
            {k + 1 < items.length && ','}
          </span>
        </Fragment>
      ))}
    </span>
  );
}

function FactRow({ fact }: { readonly fact: Fact }) {
  return (
    <div class="fact">
      <dt>{fact.label}</dt>
      <dd>
        {fact.latex && <Tex latex={fact.latex} lazy />}
        <FactText text={fact.text} />
        {fact.residual !== undefined && (
          <span class="residual" title="Relative residual: how far the result is from what defines it">
            residual {residualText(fact.residual)}
          </span>
        )}
        {fact.detail && <p class="muted detail">{fact.detail}</p>}
      </dd>
    </div>
  );
}

export function FactsSection({ inspection }: { readonly inspection: Inspection }) {
  if (inspection.facts.length === 0) return null;
  return (
    <Section id="facts" title="Facts">
      <dl class="facts">
        {inspection.facts.map(fact => (
          <FactRow key={fact.label} fact={fact} />
        ))}
      </dl>
    </Section>
  );
}
