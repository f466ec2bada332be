import {
  type ArrayHeatmap,
  type ArrayView,
  answerData,
  type DataAnswer,
  type DataQuestion,
  type Element,
  halvings,
  type Palette,
} from '../../src/core/panel';
import { coloursIn, paintCodes } from './codes';
import { ask } from './data-client';

/** A tile by its halvings and its place among the tiles of that level. */
export interface Place {
  readonly down: number;
  readonly across: number;
  readonly row: number;
  readonly column: number;
}

/** Tiles that are kept, a quarter of a megabyte each once they are coloured. */
const KEPT = 160;
/** Questions that wait for an answer at one time; what is asked later is asked again when it is still seen. */
const IN_FLIGHT = 6;

interface Tile {
  readonly codes: Uint8Array;
  image?: HTMLCanvasElement;
}

const keyOf = ({ down, across, row, column }: Place): string => `${down} ${across} ${row} ${column}`;

/** The tiles of one view of an array: asked for when first wanted, coloured when first drawn. */
export class Tiles {
  private readonly tiles = new Map<string, Tile>();
  private readonly asked = new Set<string>();
  private colours: Uint32Array;
  readonly top: Place;

  constructor(
    private readonly picture: ArrayHeatmap,
    private readonly index: number,
    private readonly view: ArrayView,
    palette: Palette,
    private readonly changed: () => void,
  ) {
    this.colours = coloursIn(palette)(view.legend);
    this.top = { down: halvings(view.rows), across: halvings(view.columns), row: 0, column: 0 };
    const asFirst =
      view.aggregate === 'mean' && view.part === picture.views[0].part && view.plane.at.every(k => k === 0);
    if (asFirst && isFirstPlane(picture, view)) this.tiles.set(keyOf(this.top), { codes: picture.overview });
  }

  recolour(palette: Palette): void {
    this.colours = coloursIn(palette)(this.view.legend);
    for (const tile of this.tiles.values()) tile.image = undefined;
  }

  /** The tile as an image, if it is at hand; `want` asks for it otherwise. */
  image(place: Place, want: boolean): HTMLCanvasElement | undefined {
    const key = keyOf(place);
    const tile = this.tiles.get(key);
    if (!tile) {
      if (want) this.fetch(key, place);
      return undefined;
    }
    // The tile used last is dropped last.
    this.tiles.delete(key);
    this.tiles.set(key, tile);
    tile.image ??= this.paint(tile.codes, place);
    return tile.image;
  }

  /** Entries of a window, row by row. */
  async entries(row: number, column: number, rows: number, columns: number): Promise<readonly Element[]> {
    const answer = await this.answer({ kind: 'entries', plane: this.view.plane, row, column, rows, columns });
    return answer?.kind === 'entries' ? answer.items : [];
  }

  private async fetch(key: string, place: Place): Promise<void> {
    if (this.asked.has(key) || this.asked.size >= IN_FLIGHT) return;
    this.asked.add(key);
    const { plane, part, aggregate, legend } = this.view;
    const scale = { map: legend.map, low: legend.low, high: legend.high };
    const answer = await this.answer({ kind: 'tile', plane, part, aggregate, scale, ...place });
    this.asked.delete(key);
    if (answer?.kind !== 'tile') return;
    this.tiles.set(key, { codes: answer.codes });
    for (const old of this.tiles.keys()) {
      if (this.tiles.size <= KEPT) break;
      if (old !== keyOf(this.top)) this.tiles.delete(old);
    }
    this.changed();
  }

  private async answer(question: DataQuestion): Promise<DataAnswer | undefined> {
    return this.picture.array ? answerData(this.picture.array, question) : ask(this.index, question);
  }

  private paint(codes: Uint8Array, place: Place): HTMLCanvasElement {
    const width = Math.min(256, Math.ceil(this.view.columns / 2 ** place.across) - 256 * place.column);
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = codes.length / width;
    paintCodes(canvas, codes, width, canvas.height, this.colours);
    return canvas;
  }
}

/** Whether the axes are those that the overview was made of. */
const isFirstPlane = ({ overview }: ArrayHeatmap, { rows, columns, controls }: ArrayView): boolean => {
  const axes = controls.find(c => c.name === 'axes');
  const first = axes?.kind !== 'choice' || axes.value === axes.choices[0].value;
  return (
    first && overview.length === Math.ceil(rows / 2 ** halvings(rows)) * Math.ceil(columns / 2 ** halvings(columns))
  );
};
