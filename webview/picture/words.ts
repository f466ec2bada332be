import type { Picture, Scene } from '../../src/core/panel';

/** What a handle says without the place of the origin: its own label. */
export const handleLabel = (scene: Scene, id: string): string =>
  scene.handles.find(handle => handle.id === id)?.label ?? '';

/** The cell of a heatmap in words. */
export function cellText(
  { values, columns }: Extract<Picture, { kind: 'heatmap' }>,
  row: number,
  column: number,
  base: number,
): string {
  return `row ${row + base}, column ${column + base}: ${Number(values[row * columns + column].toPrecision(6))}`;
}
