import { type Inspection, stepsText } from '../../src/core/panel';
import { CopyButton } from '../controls/copy-button';
import { Section } from '../controls/section';
import { StepList } from '../steps/step-tree';
import { allInChosenWays } from '../steps/ways';
import { changes, isBehind, preferences } from '../store';

export function StepsSection({ inspection }: { readonly inspection: Inspection }) {
  const { steps } = inspection;
  if (changes.value.changed && steps.length === 0) {
    return (
      <Section id="steps" title="Steps">
        <p class="muted">
          {isBehind.value
            ? 'Working …'
            : changes.value.writable.length > 0
              ? 'None for these numbers.'
              : 'The changed numbers are not in the source.'}
        </p>
      </Section>
    );
  }
  if (steps.length === 0) return null;
  const text = (format: 'latex' | 'markdown') => stepsText(allInChosenWays(steps, preferences.value.methods), format);
  const actions = (
    <>
      <CopyButton what="steps as LaTeX" label="LaTeX" text={() => text('latex')} />
      <CopyButton what="steps as Markdown" label="Markdown" text={() => text('markdown')} />
    </>
  );
  return (
    <Section id="steps" title="Steps" actions={actions}>
      <StepList steps={steps} />
    </Section>
  );
}
