import { type Scene, sceneSvg, sceneTikz } from '../../src/core/panel';
import { CopyButton } from '../controls/copy-button';
import { Icon } from '../controls/icon';
import { announce } from '../store';
import { currentPalette } from './theme';

/** Size of an exported picture. */
const SIZE = { width: 640, height: 480 };

/** Puts the canvas of the picture, as it is seen, on the clipboard as a PNG. */
async function copyImage(button: HTMLElement): Promise<void> {
  const canvas = button.closest('.picture')?.querySelector('canvas');
  try {
    const blob = await new Promise<Blob | null>(done => (canvas ? canvas.toBlob(done, 'image/png') : done(null)));
    if (!blob) throw new Error('the picture is empty');
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
    announce('Copied the picture');
  } catch {
    announce('The clipboard takes no image here. Copy the picture as SVG instead.', false);
  }
}

/** What is seen of a picture of many pixels, as an image within an SVG. */
function seenSvg(button: HTMLElement): string {
  const canvas = button.closest('.picture')?.querySelector('canvas');
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

/** Copies the picture: as an image, as SVG that scales, and as TikZ where it is a drawing. */
export function ExportButtons({ title, scene, tiled }: ExportProps) {
  const svg = (button: HTMLElement): string =>
    tiled ? seenSvg(button) : sceneSvg(scene, SIZE, currentPalette(), title);
  return (
    <div class="export">
      <button type="button" class="tool" onClick={event => void copyImage(event.currentTarget)}>
        <Icon name="file-media" />
        <span>Copy picture</span>
      </button>
      <CopyButton what="SVG" label="Copy as SVG" text={svg} />
      {!tiled && isDrawing(scene) && <CopyButton what="TikZ" label="Copy as TikZ" text={() => sceneTikz(scene)} />}
    </div>
  );
}
