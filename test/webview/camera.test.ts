import { describe, expect, it } from 'vitest';
import {
  type Placement,
  panBy,
  REST,
  snap,
  stepOf,
  through,
  toPixel,
  toPlane,
  zoomAt,
} from '../../webview/picture/camera';
import { ease, easeInverse } from '../../webview/picture/clock';

const FIT: Placement = { originX: 100, originY: 200, scaleX: 40, scaleY: -40 };

describe('camera', () => {
  it('maps the plane to pixels and back', () => {
    expect(toPixel(FIT, [1, 2])).toEqual([140, 120]);
    expect(toPlane(FIT, [140, 120])).toEqual([1, 2]);
  });

  it('zooms about a pixel that keeps its place', () => {
    const pixel = [150, 90] as const;
    const before = toPlane(through(REST, FIT), pixel);
    const after = toPlane(through(zoomAt(panBy(REST, 7, -3), 1, pixel), FIT), pixel);
    const zoomed = toPlane(through(zoomAt(REST, 2.5, pixel), FIT), pixel);
    expect(zoomed[0]).toBeCloseTo(before[0]);
    expect(zoomed[1]).toBeCloseTo(before[1]);
    expect(after[0]).toBeCloseTo(before[0] - 7 / 40);
  });

  it('keeps the zoom within limits', () => {
    expect(zoomAt(REST, 1e9, [0, 0]).zoom).toBe(50);
    expect(zoomAt(REST, 1e-9, [0, 0]).zoom).toBe(0.1);
  });
});

describe('steps of a handle', () => {
  it('are powers of ten that take at least three pixels', () => {
    expect(stepOf(FIT.scaleX)).toBeCloseTo(0.1);
    expect(stepOf(-2)).toBe(10);
    expect(stepOf(-4000)).toBeCloseTo(0.001);
  });

  it('give numbers without binary dust', () => {
    expect(snap(0.30000000000000004, 0.1)).toBe(0.3);
    expect(snap(1234.4, 10)).toBe(1230);
    expect(Object.is(snap(-0.001, 0.1), 0)).toBe(true);
  });
});

it('eases from 0 to 1 and knows the way back', () => {
  expect(ease(0)).toBe(0);
  expect(ease(1)).toBe(1);
  for (const p of [0.1, 0.4, 0.5, 0.8]) expect(easeInverse(ease(p))).toBeCloseTo(p);
});
