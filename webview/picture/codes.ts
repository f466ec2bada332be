import { type ColorScale, colorOf, decoded, type Palette, paintOf } from '../../src/core/panel';

/** Colours by code in a palette, as the pixels of a canvas have them. */
export const coloursIn = (palette: Palette) => {
  const known = new Map<string, Uint32Array>();
  return (scale: ColorScale): Uint32Array => {
    const { map } = scale;
    const before = known.get(map);
    if (before) return before;
    const out = Uint32Array.from({ length: 256 }, (_, code) => {
      const { level, mark } = decoded(scale, code);
      const colour = Number.parseInt(colorOf(paintOf(scale, level, mark), palette).slice(1), 16);
      return 0xff000000 | ((colour & 255) << 16) | (colour & 0xff00) | (colour >> 16);
    });
    known.set(map, out);
    return out;
  };
};

/** Draws colours by code on the upper left of a canvas, one pixel each. */
export function paintCodes(
  canvas: HTMLCanvasElement,
  codes: Uint8Array,
  width: number,
  height: number,
  colours: Uint32Array,
): void {
  const g = canvas.getContext('2d');
  if (!g) return;
  const image = g.createImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  for (let k = 0; k < codes.length; k++) pixels[k] = colours[codes[k]];
  g.putImageData(image, 0, 0);
}
