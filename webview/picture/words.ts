import type { Picture, Scene } from '../../src/core/panel';

/** What a handle says without the place of the origin: its own label. */
export const handleLabel = (scene: Scene, id: string): string =>
  scene.handles.find(handle => handle.id === id)?.label ?? '';

/** The cell of a heatmap in words, with the entries it stands for when it is a mean. */
export function cellText(
  picture: Extract<Picture, { kind: 'heatmap' }>,
  row: number,
  column: number,
  base: number,
): string {
  const { values, columns, block, wholeRows, wholeColumns } = picture;
  const value = values[row * columns + column];
  const run = (k: number, whole: number): string => {
    const first = k * block + base;
    const last = Math.min((k + 1) * block, whole) - 1 + base;
    return first === last ? `${first}` : `${first}–${last}`;
  };
  const number = Number(value.toPrecision(6));
  const place = `row ${run(row, wholeRows)}, column ${run(column, wholeColumns)}`;
  return block > 1 ? `${place}: mean ${number}` : `${place}: ${number}`;
}
