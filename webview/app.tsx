import { useLayoutEffect } from 'preact/hooks';
import { PictureSection } from './picture/picture-section';
import { EffectsSection } from './sections/effects';
import { EqualitySection, ExpressionSection } from './sections/expression';
import { FactsSection } from './sections/facts';
import { FormsSection } from './sections/forms';
import { Header } from './sections/header';
import { HistorySection } from './sections/history';
import { PassBar } from './sections/passes';
import { BusyBar, EmptyState, Notice, ProblemCard, RestoringState, UnwrittenBar } from './sections/states';
import { StepsSection } from './sections/steps';
import { ValueSection } from './sections/value';
import { busy, focus, inspection, shown } from './store';

function Content() {
  const at = shown.value;
  const now = inspection.value;
  if (at.kind === 'restoring') return <RestoringState label={at.label} />;
  if (at.kind === 'empty' || !now) {
    return (
      <>
        <UnwrittenBar />
        <EmptyState />
        <HistorySection />
      </>
    );
  }
  return (
    <>
      <Header inspection={now} subject={at.subject} />
      {now.pass && <PassBar pass={now.pass} />}
      <UnwrittenBar />
      <ProblemCard inspection={now} />
      <div class="columns">
        <div class="column">
          <ExpressionSection inspection={now} />
          <EqualitySection inspection={now} />
          <ValueSection inspection={now} />
          <PictureSection />
          <EffectsSection />
        </div>
        <div class="column">
          <FactsSection inspection={now} />
          <StepsSection inspection={now} />
          <FormsSection inspection={now} />
          <HistorySection />
        </div>
      </div>
    </>
  );
}

export function App() {
  const atTop = focus.value === 'top';
  useLayoutEffect(() => {
    if (!atTop) return;
    focus.value = undefined;
    window.scrollTo({ top: 0, behavior: 'instant' });
  }, [atTop]);
  const stale = busy.value !== undefined && shown.value.kind === 'inspection';
  return (
    <>
      <BusyBar stale={stale} />
      <main class={stale ? 'panel stale' : 'panel'} aria-busy={busy.value !== undefined}>
        <Content />
      </main>
      <Notice />
    </>
  );
}
