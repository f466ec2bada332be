import { hidesText, octaveDisplay, octavePrompt } from '../../format/octave';
import { LONG, type NumberStyle, SHORT } from '../../format/octave-numbers';
import type { Value } from '../../values/value';
import type { Context } from '../dialect';
import { unknown } from '../stop';

/** How the value prints here; stops where that is not known. */
function styleFor(value: Value, context: Context): NumberStyle {
  if (value.kind === 'string') return SHORT;
  const style = context.numbers ?? SHORT;
  if (typeof style === 'string') return unknown(style);
  if (hidesText(value)) unknown('what quotes a text deep in this structure has is not known');
  if (value.kind === 'struct' && value.exception) unknown('what an error prints is not covered');
  const doubt = value.kind === 'array' || value.kind === 'scalar' ? value.doubt : undefined;
  if (doubt && (doubt.from === 'short' || style === LONG)) unknown(doubt.reason);
  const dtype = value.kind === 'array' ? value.array.dtype : value.kind === 'scalar' ? value.dtype : undefined;
  if (style === LONG && (dtype === 'float32' || value.kind === 'cell' || value.kind === 'struct'))
    unknown('the long format of this value is not covered');
  return style;
}

/** What the prompt shows for `name = value`. */
export const promptText = (value: Value, name: string, context: Context): string =>
  octavePrompt(value, name, styleFor(value, context));

/** What `disp(value)` writes. */
export const displayText = (value: Value, context: Context): string => octaveDisplay(value, styleFor(value, context));
