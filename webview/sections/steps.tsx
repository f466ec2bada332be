import { type Inspection, type Span, type Step, stepsText } from '../../src/core/panel';
import { CopyButton } from '../controls/copy-button';
import { Icon } from '../controls/icon';
import { Section } from '../controls/section';
import { Tex } from '../controls/tex';
import { post } from '../host';
import { changes } from '../store';

const spansOf = (step: Step): readonly Span[] => [...(step.span ? [step.span] : []), ...(step.operands ?? [])];

/** Marks the step's places in the editor while the pointer or the focus is on it. */
function StepView({ step }: { readonly step: Step }) {
  const spans = spansOf(step);
  const show = () => post({ type: 'highlight', spans, focus: [] });
  const hide = () => post({ type: 'highlight', spans: [], focus: [] });
  const { span } = step;
  return (
    <li class="step">
      <div
        class="step-own"
        {...(spans.length > 0 ? { onMouseEnter: show, onMouseLeave: hide, onFocusIn: show, onFocusOut: hide } : {})}
      >
        <p class="sentence">
          {step.sentence}
          {span && (
            <button
              type="button"
              class="tool step-place"
              aria-label={`Show in the editor: ${step.sentence}`}
              title="Show in the editor"
              onClick={() => post({ type: 'reveal', span })}
            >
              <Icon name="go-to-file" />
            </button>
          )}
        </p>
        {step.latex && <Tex latex={step.latex} display lazy />}
      </div>
      {step.children && step.children.length > 0 && (
        <details>
          <summary>
            {step.children.length} finer {step.children.length === 1 ? 'step' : 'steps'}
          </summary>
          <Steps steps={step.children} />
        </details>
      )}
    </li>
  );
}

function Steps({ steps }: { readonly steps: readonly Step[] }) {
  return (
    <ol class="steps">
      {steps.map((step, k) => (
        <StepView key={k} step={step} />
      ))}
    </ol>
  );
}

export function StepsSection({ inspection }: { readonly inspection: Inspection }) {
  const { steps } = inspection;
  if (changes.value.changed && steps.length === 0) {
    return (
      <Section id="steps" title="Steps">
        <p class="muted">
          {changes.value.writable.length > 0 ? 'None for these numbers.' : 'The changed numbers are not in the source.'}
        </p>
      </Section>
    );
  }
  if (steps.length === 0) return null;
  const actions = (
    <>
      <CopyButton what="steps as LaTeX" label="LaTeX" text={() => stepsText(steps, 'latex')} />
      <CopyButton what="steps as Markdown" label="Markdown" text={() => stepsText(steps, 'markdown')} />
    </>
  );
  return (
    <Section id="steps" title="Steps" actions={actions}>
      <Steps steps={steps} />
    </Section>
  );
}
