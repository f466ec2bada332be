import type { LiteralChange } from '../core/inspect/what-if';
import type { ColorScale } from '../core/scene/color-scale';
import type { DataQuestion, PlaneChoice } from '../core/scene/tiles';
import type { Span } from '../core/text/span';
import type { ChangedLiterals, FromPanel, PictureFile } from './panel';
import { readPlace } from './panel-state';

const isRecord = (x: unknown): x is Record<string, unknown> => typeof x === 'object' && x !== null;
const isText = (x: unknown, limit = 1_000_000): x is string => typeof x === 'string' && x.length <= limit;
const isCount = (x: unknown): x is number => typeof x === 'number' && Number.isSafeInteger(x) && x >= 0;
const isSpan = (x: unknown): x is Span => isRecord(x) && isCount(x.start) && isCount(x.end) && x.start <= x.end;
const isSpans = (x: unknown): x is Span[] => Array.isArray(x) && x.length <= 1000 && x.every(isSpan);
const isNumbers = (x: unknown): x is number[] =>
  Array.isArray(x) && x.length <= 10_000 && x.every(n => typeof n === 'number' && Number.isFinite(n));

/** The literals that one edit may change. */
const MAX_CHANGES = 16;

const isChange = (x: unknown): x is LiteralChange =>
  isRecord(x) && isSpan(x.span) && isNumbers(x.shape) && isNumbers(x.values);

function readChanges(x: Record<string, unknown>): ChangedLiterals | undefined {
  const { uri, version, changes } = x;
  if (!isText(uri) || !isCount(version) || !Array.isArray(changes)) return undefined;
  if (changes.length === 0 || changes.length > MAX_CHANGES || !changes.every(isChange)) return undefined;
  return {
    uri,
    version,
    changes: changes.map(({ span, shape, values }) => ({ span: { start: span.start, end: span.end }, shape, values })),
  };
}

const isOneOf =
  <T extends string>(...all: readonly T[]) =>
  (x: unknown): x is T =>
    all.some(a => a === x);
const isPart = isOneOf('real', 'imaginary', 'magnitude', 'phase');
const isAggregate = isOneOf('mean', 'largest', 'nearest');
const isMap = isOneOf('diverging', 'sequential', 'cyclic');

const isPlane = (x: unknown): x is PlaneChoice =>
  isRecord(x) &&
  (x.rows === undefined || isCount(x.rows)) &&
  isCount(x.columns) &&
  Array.isArray(x.at) &&
  x.at.length <= 64 &&
  x.at.every(isCount);

const isScale = (x: unknown): x is ColorScale =>
  isRecord(x) && isMap(x.map) && typeof x.low === 'number' && typeof x.high === 'number';

/** Most entries that one question asks for. */
const MAX_ENTRIES = 4096;
/** Halvings of any side that an array can have. */
const MAX_HALVINGS = 40;

function isQuestion(x: unknown): x is DataQuestion {
  if (!isRecord(x) || !isPlane(x.plane) || !isCount(x.row) || !isCount(x.column)) return false;
  switch (x.kind) {
    case 'tile':
      return (
        isPart(x.part) &&
        isAggregate(x.aggregate) &&
        isScale(x.scale) &&
        isCount(x.down) &&
        isCount(x.across) &&
        Math.max(x.down, x.across) <= MAX_HALVINGS
      );
    case 'entries':
      return isCount(x.rows) && isCount(x.columns) && x.rows * x.columns <= MAX_ENTRIES;
    default:
      return false;
  }
}

/** Most characters of a picture that is saved. */
const MAX_PICTURE = 20_000_000;
/** How the bytes of every PNG begin, in base 64. */
const PNG = /^iVBORw0KGgo[A-Za-z0-9+/]*={0,2}$/;
const isFormat = isOneOf('png', 'svg', 'tex');

function readPicture({ format, name, data }: Record<string, unknown>): PictureFile | undefined {
  if (!isFormat(format) || !isText(name, 100) || !isText(data, MAX_PICTURE)) return undefined;
  // A name is no path.
  if (!/^[\p{L}\p{N}][\p{L}\p{N} _-]*$/u.test(name)) return undefined;
  if (format === 'png' && !PNG.test(data)) return undefined;
  if (format === 'svg' && !data.startsWith('<svg ')) return undefined;
  return { format, name, data };
}

/** A message from the panel, or undefined when it is none of those that the panel sends. */
export function readFromPanel(x: unknown): FromPanel | undefined {
  if (!isRecord(x)) return undefined;
  switch (x.type) {
    case 'ready':
    case 'cancel':
      return { type: x.type };
    case 'pin':
      return typeof x.pinned === 'boolean' ? { type: 'pin', pinned: x.pinned } : undefined;
    case 'copy':
      return isText(x.text, 20_000_000) && isText(x.what, 100)
        ? { type: 'copy', text: x.text, what: x.what }
        : undefined;
    case 'save': {
      const file = readPicture(x);
      return file && { type: 'save', ...file };
    }
    case 'reveal':
      return isSpan(x.span) ? { type: 'reveal', span: x.span } : undefined;
    case 'highlight':
      return isSpans(x.spans) && isSpans(x.focus) ? { type: 'highlight', spans: x.spans, focus: x.focus } : undefined;
    case 'pass':
      return isCount(x.number) && x.number >= 1 ? { type: 'pass', number: x.number } : undefined;
    case 'history':
      return isCount(x.id) ? { type: 'history', id: x.id } : undefined;
    case 'return': {
      const place = readPlace(x.place);
      return place && isSpan(place.span) ? { type: 'return', place } : undefined;
    }
    case 'try': {
      const changed = readChanges(x);
      return changed && isCount(x.serial) ? { type: 'try', serial: x.serial, ...changed } : undefined;
    }
    case 'data':
      return isCount(x.id) && isCount(x.picture) && isQuestion(x.question)
        ? { type: 'data', id: x.id, picture: x.picture, question: x.question }
        : undefined;
    case 'write-back': {
      const changed = readChanges(x);
      return changed && { type: 'write-back', ...changed };
    }
    default:
      return undefined;
  }
}
