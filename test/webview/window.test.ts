import { describe, expect, it } from 'vitest';
import { extentOf, MAX_EXTENT, windowOf } from '../../webview/window';

describe('windowOf', () => {
  it('covers the viewport and some cells around it', () => {
    expect(windowOf(0, 240, 24, 1000)).toEqual({ first: 0, count: 14, shift: 0 });
    const middle = windowOf(2400, 240, 24, 1000);
    expect(middle).toEqual({ first: 96, count: 18, shift: 2304 });
  });

  it('ends at the last cell', () => {
    const end = windowOf(24 * 1000 - 240, 240, 24, 1000);
    expect(end.first + end.count).toBe(1000);
  });

  it('holds all cells of a short run and none of an empty one', () => {
    expect(windowOf(0, 240, 24, 3)).toMatchObject({ first: 0, count: 3 });
    expect(windowOf(0, 240, 24, 0).count).toBe(0);
  });

  it('reaches the last of more cells than the scroll range has room for', () => {
    const total = 10_000_000;
    expect(extentOf(total, 24)).toBe(MAX_EXTENT);
    const end = windowOf(MAX_EXTENT - 240, 240, 24, total);
    expect(end.first + end.count).toBe(total);
    // The last cell's lower edge is the scroll range's end.
    expect(end.shift + end.count * 24).toBeCloseTo(MAX_EXTENT, 3);
    expect(windowOf(0, 240, 24, total)).toMatchObject({ first: 0, shift: 0 });
  });
});
