import { signal } from '@preact/signals';
import { type Scene, sceneSvg, sceneTikz } from '../../src/core/panel';
import type { PictureFile } from '../../src/protocol/panel';
import { Icon } from '../controls/icon';
import { post } from '../host';
import { announce } from '../store';
import { aspectOf } from './stage';
import { currentPalette } from './theme';

type Format = PictureFile['format'];

/** Size of an exported picture. */
const SIZE = { width: 640, height: 480 };

const FORMATS: Readonly<Record<Format, string>> = { png: 'Image', svg: 'SVG', tex: 'TikZ' };

/** What was chosen last, for this and the next picture. */
const chosen = signal<Format>('png');

const canvasBy = (button: HTMLElement): HTMLCanvasElement | undefined =>
  button.closest('.picture')?.querySelector('canvas') ?? undefined;

/** Puts the canvas of the picture, as it is seen, on the clipboard as a PNG. */
async function copyImage(button: HTMLElement): Promise<void> {
  const canvas = canvasBy(button);
  try {
    const blob = await new Promise<Blob | null>(done => (canvas ? canvas.toBlob(done, 'image/png') : done(null)));
    if (!blob) throw new Error('the picture is empty');
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
    announce('Copied the picture');
  } catch {
    announce('The clipboard takes no image here. Save the picture, or copy it as SVG.', false);
  }
}

/** What is seen of a picture of many pixels, as an image within an SVG. */
function seenSvg(button: HTMLElement): string {
  const canvas = canvasBy(button);
  if (!canvas) return '';
  const { width, height } = canvas;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image width="${width}" height="${height}" href="${canvas.toDataURL()}"/></svg>`;
}

interface ExportProps {
  readonly title: string;
  readonly scene: Scene;
  /** Whether the canvas shows more than the scene holds. */
  readonly tiled: boolean;
}

/** Most marks of a snippet that one can still read. */
const MAX_MARKS = 400;

/** Whether the picture is made of lines rather than of cells. */
const isDrawing = ({ square, marks }: Scene): boolean =>
  square && marks.length <= MAX_MARKS && marks.every(mark => mark.kind !== 'cell');

/** Pictures of parts are as high as they need. */
const sizeOf = (scene: Scene) =>
  scene.crowded ? { ...SIZE, height: Math.round(Math.min(1280, SIZE.width / aspectOf(scene) + 24)) } : SIZE;

/** Copies or saves the picture: as an image, as SVG that scales, and as TikZ where it is a drawing. */
export function ExportButtons({ title, scene, tiled }: ExportProps) {
  const formats: readonly Format[] = !tiled && isDrawing(scene) ? ['png', 'svg', 'tex'] : ['png', 'svg'];
  const format = formats.includes(chosen.value) ? chosen.value : 'png';
  const text = (button: HTMLElement): string => {
    switch (format) {
      case 'png':
        return canvasBy(button)?.toDataURL('image/png').split(',')[1] ?? '';
      case 'svg':
        return tiled ? seenSvg(button) : sceneSvg(scene, sizeOf(scene), currentPalette(), title);
      case 'tex':
        return sceneTikz(scene);
    }
  };
  const copy = (button: HTMLElement): void => {
    if (format === 'png') void copyImage(button);
    else post({ type: 'copy', text: text(button), what: FORMATS[format] });
  };
  const name = title.replace(/[^\p{L}\p{N} _-]+/gu, '').slice(0, 100);
  return (
    <div class="export">
      <select
        aria-label="Export as"
        value={format}
        onChange={event => {
          chosen.value = formats.find(f => f === event.currentTarget.value) ?? 'png';
        }}
      >
        {formats.map(one => (
          <option key={one} value={one}>
            {FORMATS[one]}
          </option>
        ))}
      </select>
      <button type="button" class="tool" onClick={event => copy(event.currentTarget)}>
        <Icon name="copy" />
        <span>Copy picture</span>
      </button>
      <button
        type="button"
        class="tool"
        onClick={event => post({ type: 'save', format, name, data: text(event.currentTarget) })}
      >
        <Icon name="save" />
        <span>Save picture</span>
      </button>
    </div>
  );
}
