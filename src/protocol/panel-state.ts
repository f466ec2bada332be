import type { Settings } from '../core/scene/controls';
import type { NumberFormat, Place } from './panel';

/** Numbers that were changed of an expression and are not in its source, by the operands they are of. */
export interface Unwritten {
  readonly place: Place;
  readonly operands: readonly {
    readonly operand: string;
    readonly from: readonly number[];
    readonly to: readonly number[];
  }[];
}

/** What the panel keeps over a reload: choices of the reader, and what was last shown so that the host can show it again. */
export interface PanelState {
  /** The kind of picture chosen, by the kind that would come first. */
  readonly pictures: Readonly<Record<string, string>>;
  /** What the controls of a kind of picture are set to, by their names. */
  readonly settings: Readonly<Record<string, Settings>>;
  readonly grid: boolean;
  readonly ellipse: boolean;
  readonly eigenlines: boolean;
  readonly format: NumberFormat;
  /** Whether a finished change is written into the source at once. */
  readonly live: boolean;
  /** The way of working that was chosen for each operation. */
  readonly methods: Readonly<Record<string, string>>;
  /** Ids of the sections that are folded. */
  readonly collapsed: readonly string[];
  readonly last?: Place;
  /** Changes that wait to be written or discarded, the newest first. */
  readonly unwritten: readonly Unwritten[];
}

export const DEFAULT_PANEL_STATE: PanelState = {
  pictures: {},
  settings: {},
  grid: true,
  ellipse: true,
  eigenlines: true,
  format: 'rounded',
  live: false,
  methods: {},
  collapsed: [],
  unwritten: [],
};

const FORMATS: readonly string[] = ['rounded', 'shortest', 'fixed2', 'fixed4', 'scientific'] satisfies NumberFormat[];

const isRecord = (x: unknown): x is Record<string, unknown> => typeof x === 'object' && x !== null && !Array.isArray(x);
const isText = (x: unknown): x is string => typeof x === 'string';
const flag = (x: unknown, otherwise: boolean): boolean => (typeof x === 'boolean' ? x : otherwise);

/** A place from untrusted data. */
export function readPlace(x: unknown): Place | undefined {
  if (!isRecord(x) || !isRecord(x.span)) return undefined;
  const { start, end } = x.span;
  if (typeof start !== 'number' || typeof end !== 'number') return undefined;
  return isText(x.uri) && isText(x.label) && isText(x.source)
    ? { uri: x.uri, label: x.label, source: x.source, span: { start, end } }
    : undefined;
}

const isNumbers = (x: unknown): x is number[] => Array.isArray(x) && x.every(n => typeof n === 'number');

function readUnwritten(x: unknown): Unwritten[] {
  if (!isRecord(x) || !Array.isArray(x.operands)) return [];
  const place = readPlace(x.place);
  const operands = x.operands.flatMap((o: unknown) =>
    isRecord(o) && isText(o.operand) && isNumbers(o.from) && isNumbers(o.to)
      ? [{ operand: o.operand, from: o.from, to: o.to }]
      : [],
  );
  return place && operands.length > 0 ? [{ place, operands }] : [];
}

const isSetting = (x: unknown): x is number | string => isText(x) || (typeof x === 'number' && Number.isFinite(x));

const readSettings = (x: Record<string, unknown>): PanelState['settings'] =>
  Object.fromEntries(
    Object.entries(x)
      .filter((e): e is [string, Record<string, unknown>] => isRecord(e[1]))
      .map(([kind, own]) => [
        kind,
        Object.fromEntries(Object.entries(own).filter((e): e is [string, number | string] => isSetting(e[1]))),
      ]),
  );

const readTexts = (x: unknown): Readonly<Record<string, string>> =>
  isRecord(x) ? Object.fromEntries(Object.entries(x).filter((e): e is [string, string] => isText(e[1]))) : {};

/** Reads a stored state; whatever is missing or malformed takes its default. */
export function readPanelState(stored: unknown): PanelState {
  if (!isRecord(stored)) return DEFAULT_PANEL_STATE;
  const d = DEFAULT_PANEL_STATE;
  const last = readPlace(stored.last);
  return {
    pictures: readTexts(stored.pictures),
    settings: isRecord(stored.settings) ? readSettings(stored.settings) : d.settings,
    grid: flag(stored.grid, d.grid),
    ellipse: flag(stored.ellipse, d.ellipse),
    eigenlines: flag(stored.eigenlines, d.eigenlines),
    format: isText(stored.format) && FORMATS.includes(stored.format) ? (stored.format as NumberFormat) : d.format,
    live: flag(stored.live, d.live),
    methods: readTexts(stored.methods),
    collapsed: Array.isArray(stored.collapsed) ? stored.collapsed.filter(isText) : d.collapsed,
    unwritten: Array.isArray(stored.unwritten) ? stored.unwritten.flatMap(readUnwritten) : d.unwritten,
    ...(last ? { last } : {}),
  };
}
