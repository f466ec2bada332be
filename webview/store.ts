import { batch, computed, effect, signal } from '@preact/signals';
import { type Effect, type Inspection, numbersOf, type Picture, reinspect } from '../src/core/panel';
import type { HistoryEntry, Place, Subject, ToPanel } from '../src/protocol/panel';
import { type PanelState, readPanelState, type Unwritten } from '../src/protocol/panel-state';
import {
  applied,
  carriedOver,
  type Edits,
  literalChanges,
  NO_EDITS,
  operandValues,
  same,
  withPicture,
  withValues,
} from './edits';
import { post, storedState, storeState } from './host';
import { deliver, giveUp } from './picture/data-client';

type Tried = Extract<ToPanel, { type: 'tried' }>;

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

const edits = signal<Edits>(NO_EDITS);

/** Counts the changes, so that an answer is known to be about the last one. */
const serial = signal(0);
const tried = signal<Tried | undefined>(undefined);
/** Answers up to this one are about changes that are over. */
let answered = 0;

/** Counts the expressions shown; an edit of the document that leaves the expression in its place does not count. */
export const subjectCount = signal(0);

const source = computed(() => (shown.value.kind === 'inspection' ? shown.value.inspection : undefined));

export const pictures = computed<readonly Picture[]>(() => source.value?.pictures ?? []);

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

/** What is changed here, and the literals of the source that it can be written to. */
export const changes = computed(() => {
  const { operands, loose } = edits.value;
  const kind = original.value?.kind;
  const writable = source.value ? literalChanges(edits.value, source.value) : [];
  return { changed: operands.size > 0 || (kind !== undefined && loose.has(kind)), writable };
});

/** The last answer about the changed numbers, also while a newer one is awaited. */
const answer = computed(() => (changes.value.writable.length > 0 ? tried.value : undefined));

/** The chosen picture but for the changes: in it are the results of the last answer. */
const base = computed<Picture | undefined>(() => {
  const kind = original.value?.kind;
  return answer.value?.inspection?.pictures.find(p => p.kind === kind) ?? original.value;
});

/** The chosen picture with the changes. */
export const picture = computed<Picture | undefined>(() => base.value && applied(edits.value, base.value));

/** Whether what is shown belongs to numbers a moment ago. */
export const isBehind = computed(() => changes.value.writable.length > 0 && tried.value?.serial !== serial.value);

/** Statements of the document that change with the numbers changed here. */
export const effects = computed<readonly Effect[]>(() => answer.value?.effects ?? []);

/** The inspection with the numbers as they are changed: the host's answer, until it comes what the picture tells. */
export const inspection = computed<Inspection | undefined>(() => {
  const now = source.value;
  if (!now || !changes.value.changed || !picture.value) return now;
  const known = answer.value?.inspection;
  if (known && !isBehind.value) return known;
  const quick = reinspect(now, picture.value);
  if (!known) return quick;
  return quick.status === 'ok' ? { ...quick, steps: known.steps } : known;
});

export const setPreferences = (change: Partial<PanelState>): void => {
  preferences.value = { ...preferences.value, ...change };
};

export function choosePicture(kind: string): void {
  const first = pictures.peek()[0];
  if (first) setPreferences({ pictures: { ...preferences.peek().pictures, [first.kind]: kind } });
}

/** Remembers a way of working for every step of the same operation. */
export const chooseMethod = (operation: string, method: string): void =>
  setPreferences({ methods: { ...preferences.peek().methods, [operation]: method } });

export function editPicture(next: Picture): void {
  const now = source.peek();
  const from = base.peek();
  if (now && from) setEdits(withPicture(edits.peek(), now, from, next));
}

function setEdits(next: Edits): void {
  batch(() => {
    edits.value = next;
    serial.value = serial.peek() + 1;
    if (next.operands.size > 0) return;
    tried.value = undefined;
    answered = serial.peek();
  });
}

/** The operand whose entries the shown value's are, so that the value can be changed. */
export const valueOperand = computed<string | undefined>(() => {
  const now = source.value;
  const entries = now?.value && numbersOf(now.value);
  return entries && now.editable.find(e => same(operandValues(now, e.operand), entries))?.operand;
});

/** Counts the changes that may lead out of the view, which then fits the picture anew. */
export const refit = signal(0);

/** Changes one entry of the shown value, counted row by row. */
export function editEntry(index: number, to: number): void {
  const now = source.peek();
  const operand = valueOperand.peek();
  if (!now || operand === undefined) return;
  const entries = edits.peek().operands.get(operand)?.to ?? operandValues(now, operand);
  setEdits(
    withValues(
      edits.peek(),
      now,
      operand,
      entries.map((x, k) => (k === index ? to : x)),
    ),
  );
  refit.value = refit.peek() + 1;
  finishEdit();
}

export function discardChanges(): void {
  setEdits(NO_EDITS);
  keepUnwritten();
}

const placeOf = ({ uri, label }: Subject, { span, source }: Inspection): Place => ({
  uri,
  label,
  span,
  source: source.slice(0, 200),
});

/** What is stored of the expression that is shown. */
const own = signal<Unwritten | undefined>(undefined);

/** Stores the changes of the expression that is shown, so that they outlive it and the page. */
function keepUnwritten(): void {
  const at = shown.peek();
  const before = own.peek();
  if (at.kind !== 'inspection') return;
  const operands = Array.from(edits.peek().operands, ([operand, edit]) => ({ operand, ...edit }));
  if (operands.length === 0 && !before) return;
  own.value = operands.length > 0 ? { place: placeOf(at.subject, at.inspection), operands } : undefined;
  const others = preferences.peek().unwritten.filter(u => u !== before);
  setPreferences({ unwritten: own.value ? [own.value, ...others] : others });
}

/** Takes up the changes that were left when the expression was shown last. */
function resumeUnwritten(inspection: Inspection, subject: Subject): void {
  const { uri, span, source: text } = placeOf(subject, inspection);
  for (const left of preferences.peek().unwritten) {
    if (left.place.uri !== uri || left.place.source !== text) continue;
    const operands = new Map(left.operands.map(({ operand, from, to }) => [operand, { from, to }]));
    const { edits: kept, lost } = carriedOver({ ...NO_EDITS, operands }, inspection, written);
    // The same text elsewhere may be about other numbers.
    if (lost && left.place.span.start !== span.start) continue;
    own.value = left;
    setEdits(kept);
    keepUnwritten();
    if (lost) announce(CHANGE_LOST, false);
    return;
  }
}

/** Changes of expressions that are not shown now. */
export const unwrittenElsewhere = computed<readonly Unwritten[]>(() =>
  preferences.value.unwritten.filter(u => u !== own.value),
);

export const discardUnwritten = (entry: Unwritten): void =>
  setPreferences({ unwritten: preferences.peek().unwritten.filter(u => u !== entry) });

const CHANGE_LOST = 'The numbers in the document have changed. The change made here is given up.';

/** Asks for what would be, once a frame. */
let asking = 0;
effect(() => {
  const at = shown.value;
  const { writable } = changes.value;
  if (at.kind !== 'inspection' || writable.length === 0) return;
  const question = serial.value;
  cancelAnimationFrame(asking);
  const { uri, version } = at.subject;
  asking = requestAnimationFrame(() => post({ type: 'try', serial: question, uri, version, changes: writable }));
});

/** What was written for each operand in this expression, as the source may hold it soon. */
const written = new Map<string, readonly number[]>();
let refused: number | undefined;

export function writeBack(): void {
  const at = shown.peek();
  const { writable } = changes.peek();
  if (at.kind !== 'inspection' || writable.length === 0) return;
  const { uri, version } = at.subject;
  for (const [operand, { to }] of edits.peek().operands) written.set(operand, to);
  post({ type: 'write-back', uri, version, changes: writable });
}

/** Whether a handle is held, so that the change is not finished. */
export const holding = signal(false);

/** The rest after which a run of key presses is one change. */
const KEYS_MS = 600;
let finishing: ReturnType<typeof setTimeout> | undefined;

/** A change has come to an end: where it is wished, it goes into the source. */
export function finishEdit(by: 'pointer' | 'keyboard' = 'pointer'): void {
  keepUnwritten();
  clearTimeout(finishing);
  finishing = setTimeout(
    () => {
      if (preferences.peek().live && !holding.peek()) writeBack();
    },
    by === 'keyboard' ? KEYS_MS : 0,
  );
}

export function setLive(live: boolean): void {
  setPreferences({ live });
  if (live) finishEdit();
}

/** How long a sentence stays in the status region. */
const NOTICE_MS = 6000;

let notices = 0;
export function announce(text: string, ok = true): void {
  const own = ++notices;
  notice.value = { text, ok, serial: own };
  setTimeout(() => {
    if (notice.peek()?.serial === own) notice.value = undefined;
  }, NOTICE_MS);
}

/** Keeps the changes that an edit of the document leaves standing, and says when it does not. */
function carryOver(next: Inspection, version: number): void {
  if (version === versionOf(shown.peek())) return;
  const { edits: kept, lost } = carriedOver(edits.peek(), next, written);
  tried.value = undefined;
  setEdits(kept);
  if (lost) announce(CHANGE_LOST, false);
  if (kept.operands.size > 0 && version !== refused) finishEdit('keyboard');
}

/** Another expression is to be shown: what was changed of the last one is kept for its return. */
function begin(): void {
  keepUnwritten();
  own.value = undefined;
  written.clear();
  refused = undefined;
  subjectCount.value = subjectCount.peek() + 1;
  setEdits(NO_EDITS);
}

const versionOf = (at: Shown): number | undefined => (at.kind === 'inspection' ? at.subject.version : undefined);

/** Takes one message of the host. */
export function receive(message: ToPanel): void {
  batch(() => {
    switch (message.type) {
      case 'inspection': {
        const { inspection, subject } = message;
        if (message.again) carryOver(inspection, subject.version);
        else begin();
        giveUp();
        shown.value = { kind: 'inspection', inspection, subject };
        if (message.again) keepUnwritten();
        else resumeUnwritten(inspection, subject);
        focus.value = message.focus;
        setPreferences({ last: placeOf(subject, inspection) });
        return;
      }
      case 'empty':
        begin();
        shown.value = { kind: 'empty' };
        return;
      case 'tried':
        if (message.serial > answered) tried.value = message;
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
        refused = message.ok ? undefined : versionOf(shown.peek());
        // In live mode the document itself shows it.
        if (!message.ok || !preferences.peek().live) announce(message.message, message.ok);
        return;
      case 'data':
        deliver(message.id, message.answer);
        return;
      case 'copied':
        announce(`Copied ${message.what}`);
        return;
      case 'saved':
        announce(message.message, message.ok);
        return;
    }
  });
}

effect(() => storeState(preferences.value));
