import { answerData, type DataAnswer, type DataQuestion } from '../scene/tiles';
import { contiguous, type NDArray, sizeOf } from '../values/ndarray';
import type { Value } from '../values/value';
import type { Inspection } from './inspection';

/** Most entries of an array that go to the panel with the inspection; tiles of a larger one are asked for. */
const SENT_WITH_PICTURE = 1 << 16;
/** Most entries of a value that go to the panel: a megabyte of numbers takes about 60 ms. */
const SENT_WITH_VALUE = 1 << 20;

const entriesOf = (v: Value | undefined): number => (v?.kind === 'array' ? sizeOf(v.array.shape) : 0);

/**
 * The inspection as the panel gets it, itself where it is small: without the numbers of large arrays, which would take seconds to send. The host
 * keeps them and answers `answerFor`.
 */
export function forPanel(inspection: Inspection): Inspection {
  const { value, ...rest } = inspection;
  const pictures = inspection.pictures.map(p => {
    if (p.kind !== 'array-heatmap' || !p.array) return p;
    const { array, ...without } = p;
    if (sizeOf(array.shape) > SENT_WITH_PICTURE) return without;
    const own = owned(array);
    return own === array ? p : { ...without, array: own };
  });
  const large = entriesOf(value) > SENT_WITH_VALUE;
  if (!large && pictures.every((p, k) => p === inspection.pictures[k])) return inspection;
  return { ...rest, pictures, ...(value && !large ? { value } : {}) };
}

/** Whether the numbers that a picture is drawn from are missing, as they are in what the panel got. */
export const isLean = ({ pictures }: Inspection): boolean => pictures.some(p => p.kind === 'array-heatmap' && !p.array);

/** A view of a small part of a large array would carry all of it over. */
function owned(a: NDArray): NDArray {
  return a.data.length > 4 * SENT_WITH_PICTURE ? contiguous(a) : a;
}

/** What the panel asks about the array of a picture, by the picture's place. */
export function answerFor(inspection: Inspection, picture: number, question: DataQuestion): DataAnswer | undefined {
  const p = inspection.pictures[picture];
  return p?.kind === 'array-heatmap' && p.array ? answerData(p.array, question) : undefined;
}
