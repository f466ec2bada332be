import { describe, expect, it } from 'vitest';
import { contrast, heatColor, luminance, PALETTES, readableOn, type ThemeKind } from '../../../src/core/scene/palette';

const KINDS: readonly ThemeKind[] = ['light', 'dark', 'high-contrast', 'high-contrast-light'];
const TEXT = ['foreground', 'muted', 'first', 'second', 'result', 'ellipse', 'eigen'] as const;
const LINES = ['axis', 'area', 'area-flipped', 'grid'] as const;

describe.each(KINDS)('the %s palette', kind => {
  const palette = PALETTES[kind];

  it('has text of 4.5:1 and lines of 3:1, high contrast text of 7:1', () => {
    const least = kind.startsWith('high') ? 7 : 4.5;
    for (const role of TEXT) expect(contrast(palette[role], palette.background), role).toBeGreaterThanOrEqual(least);
    for (const role of LINES)
      expect(contrast(palette[role], palette.background), role).toBeGreaterThanOrEqual(role === 'grid' ? 2.5 : 3);
  });

  it('has heat colours whose numbers read well and whose ends differ', () => {
    for (let level = -1; level <= 1; level += 0.05) {
      const colour = heatColor(level, palette);
      expect(contrast(colour, readableOn(colour))).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast(heatColor(1, palette), heatColor(0, palette))).toBeGreaterThan(2);
    expect(contrast(heatColor(-1, palette), heatColor(0, palette))).toBeGreaterThan(2);
    // Cold and warm differ in hue, not in red against green.
    const [cold, warm] = [heatColor(-1, palette), heatColor(1, palette)].map(c => Number.parseInt(c.slice(5), 16));
    expect(cold).toBeGreaterThan(warm + 60);
  });

  it('deepens with the magnitude', () => {
    const away = (level: number) => Math.abs(luminance(heatColor(level, palette)) - luminance(palette.neutral));
    for (const sign of [-1, 1])
      for (let k = 1; k < 10; k++) expect(away((sign * (k + 1)) / 10)).toBeGreaterThan(away((sign * k) / 10));
  });
});
