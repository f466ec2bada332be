/** Offsets of line starts, for translating between UTF-16 offsets and 0-based lines. `\n`, `\r\n` and `\r` end a line. */
export interface LineIndex {
  readonly starts: readonly number[];
}

export function lineIndex(text: string): LineIndex {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 13 && text.charCodeAt(i + 1) === 10) i++;
    if (c === 10 || c === 13) starts.push(i + 1);
  }
  return { starts };
}

/** The 0-based line that holds `offset`. */
export function lineAt(index: LineIndex, offset: number): number {
  let low = 0;
  let high = index.starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (index.starts[middle] <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
