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

/** The colour of a role in a palette. */
export const colourIn =
  (palette: Palette) =>
  (paint: Paint): string =>
    colorOf(paint, palette);

export const currentPalette = (): Palette => PALETTES[themeKind.value];
