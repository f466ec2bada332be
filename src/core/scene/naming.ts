/** What words call an array that has no short name in the source. */
export const UNNAMED = 'the array';

/** A label that begins a sentence; a name of the source stays as it is written. */
export const asSubject = (label: string): string => (label === UNNAMED ? 'The array' : label);
