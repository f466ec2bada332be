import type { ColorMap } from './color-scale';
import type { Paint } from './scene';

export type ThemeKind = 'light' | 'dark' | 'high-contrast' | 'high-contrast-light';

/** Colours of the roles, and the ends of the diverging heat scale (blue through neutral to orange: colour-blind-safe). */
export type Palette = Readonly<Record<Extract<Paint, string>, string>> & {
  readonly cold: string;
  readonly warm: string;
  readonly neutral: string;
};

const LIGHT: Palette = {
  background: '#ffffff',
  foreground: '#1f1f1f',
  muted: '#5a5a5a',
  grid: '#7a9cc6',
  ghost: '#c4c4c4',
  axis: '#6b6b6b',
  first: '#b5360a',
  second: '#0a6b2f',
  result: '#6a2fb5',
  area: '#2f6fd0',
  'area-flipped': '#c04a0a',
  ellipse: '#8a5a00',
  eigen: '#a01575',
  cold: '#2166ac',
  warm: '#b35806',
  neutral: '#f7f7f7',
};

/** Checked for contrast against their backgrounds: text 4.5:1, lines 3:1 (the ghost grid and the neutral heat are faint on purpose). */
export const PALETTES: Readonly<Record<ThemeKind, Palette>> = {
  light: LIGHT,
  'high-contrast-light': {
    ...LIGHT,
    foreground: '#000000',
    muted: '#292929',
    axis: '#292929',
    grid: '#0f4a85',
    ghost: '#8a8a8a',
    first: '#8f1d00',
    second: '#00501f',
    result: '#4b1292',
    area: '#0f4a85',
    'area-flipped': '#8f3200',
    ellipse: '#5c3c00',
    eigen: '#780a55',
  },
  dark: {
    background: '#1f1f1f',
    foreground: '#e4e4e4',
    muted: '#a8a8a8',
    grid: '#4a79b0',
    ghost: '#484848',
    axis: '#9a9a9a',
    first: '#ff8a65',
    second: '#6fd08c',
    result: '#c49bff',
    area: '#5a9bf0',
    'area-flipped': '#f0935a',
    ellipse: '#e8c05a',
    eigen: '#f58ad0',
    cold: '#4393c3',
    warm: '#e08214',
    neutral: '#2a2a2a',
  },
  'high-contrast': {
    background: '#000000',
    foreground: '#ffffff',
    muted: '#d4d4d4',
    grid: '#6fa8ff',
    ghost: '#6f6f6f',
    axis: '#ffffff',
    first: '#ff9e7a',
    second: '#7dff9e',
    result: '#d9bfff',
    area: '#6fb7ff',
    'area-flipped': '#ffb27a',
    ellipse: '#ffe07a',
    eigen: '#ff9fe0',
    cold: '#4fa8ff',
    warm: '#ffa040',
    neutral: '#101010',
  },
};

const channel = (hex: string, i: number): number => Number.parseInt(hex.slice(1 + 2 * i, 3 + 2 * i), 16);

/** Mixes two colours; `t` 0 gives the first. */
export const mix = (a: string, b: string, t: number): string =>
  `#${[0, 1, 2]
    .map(i =>
      Math.round(channel(a, i) + (channel(b, i) - channel(a, i)) * t)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;

/** Viridis, in which equal steps look equal and which reads without red and green. */
const SEQUENTIAL = ['#440154', '#472d7b', '#3b528b', '#2c728e', '#21918c', '#28ae80', '#5ec962', '#addc30', '#fde725'];
/** Bright, blue, dark, red and back: angles have no ends. */
const CYCLIC = ['#e2d9e2', '#9ebbc9', '#6276ba', '#5b2f91', '#2f1436', '#87255a', '#b0555a', '#cfa296', '#e2d9e2'];
/** Apart from every colour of the maps. */
const NOT_A_NUMBER = '#e0119d';

const along = (stops: readonly string[], t: number): string => {
  const at = Math.min(Math.max(t, 0), 1) * (stops.length - 1);
  const k = Math.min(Math.floor(at), stops.length - 2);
  return mix(stops[k], stops[k + 1], at - k);
};

/** The colour of a level: from -1, cold, to 1, warm, with zero neutral; on the other maps from 0 to 1. */
export function heatColor(level: number, palette: Palette, map: ColorMap = 'diverging'): string {
  if (Number.isNaN(level)) return NOT_A_NUMBER;
  switch (map) {
    case 'diverging':
      return mix(palette.neutral, level < 0 ? palette.cold : palette.warm, Math.min(1, Math.abs(level)) * 0.85);
    case 'sequential':
      return along(SEQUENTIAL, level);
    case 'cyclic':
      return along(CYCLIC, level);
  }
}

export const colorOf = (paint: Paint, palette: Palette): string =>
  typeof paint === 'string' ? palette[paint] : heatColor(paint.level, palette, paint.map);

/** WCAG relative luminance. */
export function luminance(hex: string): number {
  const [r, g, b] = [0, 1, 2].map(i => {
    const c = channel(hex, i) / 255;
    return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** Black or white, whichever reads better on the colour. */
export const readableOn = (background: string): string =>
  contrast('#000000', background) >= contrast('#ffffff', background) ? '#000000' : '#ffffff';
