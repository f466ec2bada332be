import { batch, computed, effect, signal } from '@preact/signals';
import { handleValues, type Inspection, numbersOf, type Picture, withOperand } from '../src/core/panel';
import type { HistoryEntry, Subject, ToPanel } from '../src/protocol/panel';
import { type PanelState, readPanelState } from '../src/protocol/panel-state';
import { post, storedState, storeState } from './host';
import { liveInspection } from './live';
import { changesOf, same } from './write-back';

/** What the panel is about. `restoring` lasts from a reload until the host answers. */
export type Shown =
  | { readonly kind: 'empty' }
  | { readonly kind: 'restoring'; readonly label: string }
  | { readonly kind: 'inspection'; readonly inspection: Inspection; readonly subject: Subject };

export interface Busy {
  readonly source?: string;
}

export const preferences = signal<PanelState>(readPanelState(storedState()));

const restored = preferences.peek().last;
export const shown = signal<Shown>(restored ? { kind: 'restoring', label: restored.label } : { kind: 'empty' });
export const busy = signal<Busy | undefined>(undefined);
export const pinned = signal(false);
export const history = signal<readonly HistoryEntry[]>([]);

/** The sentence in the status region; `serial` tells a repeated sentence from the last one. */
export const notice = signal<{ readonly text: string; readonly ok: boolean; readonly serial: number } | undefined>(
  undefined,
);

/** The section to scroll to when the host asks for it; the section clears it. */
export const focus = signal<string | undefined>(undefined);

/** Pictures changed by their handles, by their place in the inspection. */
const edits = signal<ReadonlyMap<number, Picture>>(new Map());

export const pictures = computed<readonly Picture[]>(() =>
  shown.value.kind === 'inspection' ? shown.value.inspection.pictures : [],
);

/** Place of the chosen picture. */
export const chosen = computed(() => {
  const first = pictures.value[0];
  const kind = first && preferences.value.pictures[first.kind];
  return Math.max(
    pictures.value.findIndex(p => p.kind === kind),
    0,
  );
});

/** The chosen picture as the source has it. */
export const original = computed<Picture | undefined>(() => pictures.value[chosen.value]);

/** The chosen picture with the changes made by its handles. */
export const picture = computed<Picture | undefined>(() => edits.value.get(chosen.value) ?? original.value);

/** What the handles have changed, per literal of the source. */
export const changes = computed(() =>
  shown.value.kind === 'inspection' && original.value && picture.value
    ? changesOf(shown.value.inspection, original.value, picture.value)
    : { changed: false, writable: [] },
);

/** The inspection with the numbers as the handles have them now. */
export const inspection = computed<Inspection | undefined>(() => {
  if (shown.value.kind !== 'inspection') return undefined;
  return changes.value.changed && picture.value
    ? liveInspection(shown.value.inspection, picture.value)
    : shown.value.inspection;
});

export const setPreferences = (change: Partial<PanelState>): void => {
  preferences.value = { ...preferences.value, ...change };
};

export function choosePicture(kind: string): void {
  const first = pictures.peek()[0];
  if (first) setPreferences({ pictures: { ...preferences.peek().pictures, [first.kind]: kind } });
}

export function editPicture(next: Picture): void {
  edits.value = new Map(edits.peek()).set(chosen.peek(), next);
}

/** The operand of the chosen picture whose entries the shown value's are, so that the value can be changed. */
export const valueOperand = computed<string | undefined>(() => {
  const at = shown.value;
  const source = original.value;
  if (at.kind !== 'inspection' || !source || !at.inspection.value || at.inspection.editable.length === 0)
    return undefined;
  const entries = numbersOf(at.inspection.value);
  return entries && at.inspection.editable.find(({ operand }) => same(handleValues(source, operand), entries))?.operand;
});

/** Counts the changes that may lead out of the view, which then fits the picture anew. */
export const refit = signal(0);

/** Changes one entry of the shown value, counted row by row. */
export function editEntry(index: number, to: number): void {
  const now = picture.peek();
  const operand = valueOperand.peek();
  if (!now || operand === undefined) return;
  refit.value = refit.peek() + 1;
  editPicture(
    withOperand(
      now,
      operand,
      handleValues(now, operand).map((x, k) => (k === index ? to : x)),
    ),
  );
}

export function discardChanges(): void {
  edits.value = new Map();
}

export function writeBack(): void {
  const at = shown.peek();
  const [first, ...also] = changes.peek().writable;
  if (at.kind !== 'inspection' || !first) return;
  const { uri, version } = at.subject;
  post({ type: 'write-back', uri, version, ...first, ...(also.length > 0 ? { also } : {}) });
}

/** How long a sentence stays in the status region. */
const NOTICE_MS = 6000;

let serial = 0;
export function announce(text: string, ok = true): void {
  const own = ++serial;
  notice.value = { text, ok, serial: own };
  setTimeout(() => {
    if (notice.peek()?.serial === own) notice.value = undefined;
  }, NOTICE_MS);
}

/** Whether both show the same text of the same version, so that changes made by the handles still apply. */
function isSame(a: Shown, inspection: Inspection, subject: Subject): boolean {
  return (
    a.kind === 'inspection' &&
    a.subject.uri === subject.uri &&
    a.subject.version === subject.version &&
    a.inspection.span.start === inspection.span.start &&
    a.inspection.span.end === inspection.span.end &&
    a.inspection.status === inspection.status &&
    a.inspection.pictures.map(p => p.kind).join() === inspection.pictures.map(p => p.kind).join()
  );
}

/** Takes one message of the host. */
export function receive(message: ToPanel): void {
  batch(() => {
    switch (message.type) {
      case 'inspection': {
        const { inspection, subject } = message;
        if (!isSame(shown.peek(), inspection, subject)) discardChanges();
        shown.value = { kind: 'inspection', inspection, subject };
        focus.value = message.focus;
        setPreferences({
          last: {
            uri: subject.uri,
            label: subject.label,
            span: inspection.span,
            source: inspection.source.slice(0, 200),
          },
        });
        return;
      }
      case 'empty':
        shown.value = { kind: 'empty' };
        discardChanges();
        return;
      case 'busy':
        busy.value = message.busy ? { source: message.source } : undefined;
        return;
      case 'history':
        history.value = message.entries;
        return;
      case 'pinned':
        pinned.value = message.pinned;
        return;
      case 'written':
        announce(message.message, message.ok);
        return;
      case 'copied':
        announce(`Copied ${message.what}`);
        return;
    }
  });
}

effect(() => storeState(preferences.value));
