import { sceneOf } from '../scene/index';
import { matrixSvg } from '../scene/matrix-svg';
import { PALETTES, type ThemeKind } from '../scene/palette';
import type { Picture } from '../scene/picture';
import { thinned } from '../scene/raster';
import { DEFAULT_SCENE_OPTIONS } from '../scene/scene';
import { sceneSvg, svgDataUri } from '../scene/svg';
import { type Element, isComplex } from '../values/dtype';
import { fromElements, get, type NDArray, sizeOf } from '../values/ndarray';
import type { Value } from '../values/value';
import { realOf } from './real-numbers';

/** An image for a hover: a data URI with its size and what it shows. */
export interface HoverImage {
  readonly uri: string;
  readonly width: number;
  readonly height: number;
  readonly alt: string;
}

const MAX_WIDTH = 480;

function entryText(e: Element): string {
  if (isComplex(e)) return `${entryText(e.re)}${e.im < 0 ? '-' : '+'}${entryText(Math.abs(e.im))}i`;
  if (typeof e === 'boolean') return e ? 'True' : 'False';
  if (typeof e === 'bigint') return e.toString();
  if (!Number.isFinite(e)) return Number.isNaN(e) ? 'nan' : e > 0 ? '∞' : '-∞';
  if (Number.isInteger(e) && Math.abs(e) < 1e6) return String(e + 0);
  const magnitude = Math.abs(e);
  return magnitude >= 1e6 || magnitude < 1e-3 ? e.toExponential(2) : String(Number(e.toPrecision(4)));
}

/** A value as an array of one or two dimensions, as the hover draws it. */
function drawn(value: Value): NDArray | undefined {
  if (value.kind === 'array')
    return value.array.shape.length >= 1 && value.array.shape.length <= 2 && sizeOf(value.array.shape) > 0
      ? value.array
      : undefined;
  const real = value.kind === 'list' || value.kind === 'tuple' ? realOf(value) : undefined;
  return real && sizeOf(real.shape) > 0 ? fromElements('float64', real.shape, Array.from(real.data)) : undefined;
}

/** A tuple of more parts is text: a hover has no room for them side by side. */
const MAX_PARTS = 4;

/**
 * The matrix typeset over its heat colours, for a theme; one image a part for several results, as of an SVD. None for
 * what is no matrix or vector, or has a part that is none.
 */
export function matrixImages(value: Value, kind: ThemeKind): readonly HoverImage[] {
  const whole = drawn(value);
  if (whole) return [matrixImage(whole, kind)];
  if ((value.kind !== 'tuple' && value.kind !== 'list') || value.items.length > MAX_PARTS) return [];
  const parts = value.items.map(drawn);
  return parts.every(part => part !== undefined) ? parts.map(part => matrixImage(part, kind)) : [];
}

function matrixImage(a: NDArray, kind: ThemeKind): HoverImage {
  const [rows, columns] = a.shape.length === 2 ? a.shape : [1, a.shape[0]];
  const at = (i: number, j: number): Element => (a.shape.length === 2 ? get(a, i, j) : get(a, j));
  const magnitude = (e: Element): number => (isComplex(e) ? Math.hypot(e.re, e.im) : Math.abs(Number(e)));
  let largest = 0;
  const edge = (n: number): number[] => (n <= 8 ? Array.from({ length: n }, (_, i) => i) : [0, 1, 2, 3, 4, 5, n - 1]);
  for (const i of edge(rows))
    for (const j of edge(columns))
      if (Number.isFinite(magnitude(at(i, j)))) largest = Math.max(largest, magnitude(at(i, j)));
  const level = (e: Element): number =>
    largest === 0 ? 0 : isComplex(e) ? magnitude(e) / largest : Number(e) / largest;
  const image = matrixSvg(
    { rows, columns, text: (i, j) => entryText(at(i, j)), level: (i, j) => level(at(i, j)) },
    kind,
  );
  const scale = Math.min(1, MAX_WIDTH / image.width);
  return {
    uri: svgDataUri(image.svg),
    width: Math.round(image.width * scale),
    height: Math.round(image.height * scale),
    alt: `${rows}×${columns} matrix`,
  };
}

/** Rows and columns of a grid of colours that a hover has room for. */
const HOVER_SIDE = 40;

/** The picture at its end state, small. */
export function pictureImage(picture: Picture, kind: ThemeKind): HoverImage {
  const size = { width: 320, height: 240 };
  const whole = sceneOf(picture, DEFAULT_SCENE_OPTIONS);
  const grids = whole.marks.filter(m => m.kind === 'raster').length;
  const side = Math.floor(HOVER_SIDE / Math.sqrt(Math.max(1, grids)));
  const scene = { ...whole, marks: whole.marks.map(m => (m.kind === 'raster' ? thinned(m, side) : m)) };
  return {
    uri: svgDataUri(sceneSvg(scene, size, PALETTES[kind], picture.kind)),
    ...size,
    alt: scene.description.replace(/["<>]/g, ''),
  };
}
