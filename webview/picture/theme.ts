import { signal } from '@preact/signals';
import { colorOf, PALETTES, type Paint, type Palette, type ThemeKind } from '../../src/core/panel';

/** The kind of theme by the classes of the body. High-contrast light carries both high-contrast classes. */
export function themeKindOf(classes: { contains(name: string): boolean }): ThemeKind {
  if (classes.contains('vscode-high-contrast-light')) return 'high-contrast-light';
  if (classes.contains('vscode-high-contrast')) return 'high-contrast';
  return classes.contains('vscode-light') ? 'light' : 'dark';
}

export const themeKind = signal<ThemeKind>(themeKindOf(document.body.classList));

new MutationObserver(() => {
  themeKind.value = themeKindOf(document.body.classList);
}).observe(document.body, { attributes: true, attributeFilter: ['class'] });

const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');

/** Whether the reader has asked for no motion, in VS Code or in the system. */
export const isStill = (): boolean => document.body.classList.contains('vscode-reduce-motion') || reducedMotion.matches;

/** Steps of a heat colour that can be told apart. */
const STEPS = 400;

/** The colour of a role in a palette. Heat colours are mixed once for each step: pictures have thousands of cells. */
export function colourIn(palette: Palette): (paint: Paint) => string {
  const mixed = new Map<string, string[]>();
  return paint => {
    if (typeof paint === 'string' || Number.isNaN(paint.level)) return colorOf(paint, palette);
    const { map = 'diverging', level } = paint;
    const known = mixed.get(map) ?? [];
    mixed.set(map, known);
    const step = Math.round(STEPS * level) + STEPS;
    known[step] ??= colorOf({ kind: 'heat', map, level: (step - STEPS) / STEPS }, palette);
    return known[step];
  };
}

export const currentPalette = (): Palette => PALETTES[themeKind.value];
