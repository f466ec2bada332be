import { type Inspection, type Picture, reinspect } from '../src/core/panel';

/** The inspection for the numbers that the handles of `picture` have now. */
export function liveInspection(inspection: Inspection, picture: Picture): Inspection {
  return reinspect(inspection, picture);
}
