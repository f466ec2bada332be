import { choice } from './controls';
import type { PictureOf, Table } from './picture';
import type { TypeOf } from './picture-type';
import { brief } from './plane';
import type { Mark, Paint, Scene, SceneOptions } from './scene';

/** Largest side of a factor that is animated. */
export const PRODUCT_SIDE = 8;

const GAP = 1.2;

/** Entries as dot products, columns or rows as mixes, a sum of outer products. */
type ProductWay = 'dot' | 'columns' | 'rows' | 'outer';

const WAYS: readonly { readonly value: ProductWay; readonly label: string }[] = [
  { value: 'dot', label: 'Entry by entry: row · column' },
  { value: 'columns', label: 'Column by column: mixes of columns' },
  { value: 'rows', label: 'Row by row: mixes of rows' },
  { value: 'outer', label: 'Layer by layer: outer products' },
];

/** Number of moments of the animation. */
function steps(way: ProductWay, a: Table, b: Table): number {
  switch (way) {
    case 'dot':
      return a.rows * b.columns;
    case 'columns':
      return b.columns;
    case 'rows':
      return a.rows;
    case 'outer':
      return a.columns;
  }
}

/** Entry (i, j) of the product, of the first `terms` terms. */
function entry(a: Table, b: Table, i: number, j: number, terms = a.columns): number {
  let sum = 0;
  for (let p = 0; p < terms; p++) sum += a.values[i * a.columns + p] * b.values[p * b.columns + j];
  return sum;
}

const signed = (x: number): string => (x < 0 ? `(${brief(x)})` : brief(x));
const sub = (k: number): string => String(k).replace(/\d/g, digit => '₀₁₂₃₄₅₆₇₈₉'[Number(digit)]);

function caption(way: ProductWay, at: number, a: Table, b: Table, base: number): string {
  const terms = Array.from({ length: a.columns }, (_, p) => p);
  switch (way) {
    case 'dot': {
      const [i, j] = [Math.floor(at / b.columns), at % b.columns];
      const sum = terms.map(p => `${signed(a.values[i * a.columns + p])}·${signed(b.values[p * b.columns + j])}`);
      return `Row ${i + base} · column ${j + base}: ${sum.join(' + ')} = ${brief(entry(a, b, i, j))}`;
    }
    case 'columns':
      return `Column ${at + base} is a mix of the columns of ${a.label}: ${terms.map(p => `${signed(b.values[p * b.columns + at])}·a${sub(p + base)}`).join(' + ')}`;
    case 'rows':
      return `Row ${at + base} is a mix of the rows of ${b.label}: ${terms.map(p => `${signed(a.values[at * a.columns + p])}·b${sub(p + base)}`).join(' + ')}`;
    case 'outer':
      return `Adds column ${at + base} of ${a.label} times row ${at + base} of ${b.label}: ${at + 1} of ${a.columns} layers`;
  }
}

/** A product of two matrices, entry by entry, by columns, by rows or by outer products. */
export const matrixProduct: TypeOf<'matrix-product'> = {
  title: 'Matrix product',
  scene: matrixProductScene,
  layers: [],
};

/**
 * A product with its factors in their places: A to the left of the result and B above it, so that each entry stands where
 * its row meets its column. Time goes through the entries, columns, rows or outer products.
 */
function matrixProductScene(picture: PictureOf<'matrix-product'>, options: SceneOptions): Scene {
  const { a, b } = picture;
  const seen = choice(options, { name: 'way', label: 'See it', choices: WAYS });
  const way = seen.value;
  const count = steps(way, a, b);
  const done = options.time >= 1;
  const at = Math.min(count - 1, Math.floor(options.time * count));
  const left = a.columns + GAP;
  const top = b.rows + GAP;
  const result: Table = {
    label: '',
    rows: a.rows,
    columns: b.columns,
    values: Array.from({ length: a.rows * b.columns }, (_, k) =>
      entry(a, b, Math.floor(k / b.columns), k % b.columns, way === 'outer' && !done ? at + 1 : a.columns),
    ),
  };
  const inPlay = (i: number, j: number): boolean => {
    switch (way) {
      case 'dot':
        return i * b.columns + j === at;
      case 'columns':
        return j === at;
      case 'rows':
        return i === at;
      case 'outer':
        return true;
    }
  };
  const known = (i: number, j: number): boolean => {
    if (done || way === 'outer' || inPlay(i, j)) return true;
    return way === 'dot' ? i * b.columns + j < at : way === 'columns' ? j < at : i < at;
  };
  const marks: Mark[] = [];
  const draw = (t: Table, x: number, y: number, shows: (i: number, j: number) => boolean): void => {
    const scale = Math.max(...t.values.map(Math.abs).filter(Number.isFinite)) || 1;
    for (let i = 0; i < t.rows; i++)
      for (let j = 0; j < t.columns; j++) {
        const value = t.values[i * t.columns + j];
        const visible = shows(i, j);
        const level = visible && Number.isFinite(value) ? value / scale : 0;
        marks.push({
          kind: 'cell',
          x: x + j,
          y: y + i,
          width: 1,
          height: 1,
          fill: visible ? { kind: 'heat', level } : 'background',
        });
        if (visible)
          marks.push({
            kind: 'label',
            at: [x + j + 0.5, y + i + 0.5],
            text: brief(value),
            paint: 'foreground',
            offset: [0, 4],
            anchor: 'middle',
            size: 12,
            inCell: [1, 1],
          });
      }
    outline(x, y, t.columns, t.rows, 'muted', 1);
  };
  const outline = (x: number, y: number, w: number, h: number, stroke: Paint, width = 3): void => {
    marks.push({ kind: 'path', lines: [[x, y, x + w, y, x + w, y + h, x, y + h]], closed: true, stroke, width });
  };
  draw(a, 0, top, () => true);
  draw(b, left, 0, () => true);
  draw(result, left, top, known);
  if (!done) {
    const [i, j] = [Math.floor(at / b.columns), at % b.columns];
    switch (way) {
      case 'dot':
        outline(0, top + i, a.columns, 1, 'first');
        outline(left + j, 0, 1, b.rows, 'second');
        outline(left + j, top + i, 1, 1, 'result');
        break;
      case 'columns':
        outline(0, top, a.columns, a.rows, 'first');
        outline(left + at, 0, 1, b.rows, 'second');
        outline(left + at, top, 1, a.rows, 'result');
        break;
      case 'rows':
        outline(0, top + at, a.columns, 1, 'first');
        outline(left, 0, b.columns, b.rows, 'second');
        outline(left, top + at, b.columns, 1, 'result');
        break;
      case 'outer':
        outline(at, top, 1, a.rows, 'first');
        outline(left, at, b.columns, 1, 'second');
        outline(left, top, b.columns, a.rows, 'result');
        break;
    }
  }
  const name = (text: string, x: number, y: number, paint: Paint, beside = false): Mark => ({
    kind: 'label',
    at: [x, y],
    text,
    paint,
    offset: beside ? [-6, 4] : [0, 0],
    anchor: beside ? 'end' : 'middle',
    size: 12,
    bold: true,
  });
  if (options.labels)
    marks.push(
      name(`${a.label} ${a.rows}×${a.columns}`, a.columns / 2, top - 0.25, 'first'),
      // Above it are the view’s buttons.
      name(`${b.label} ${b.rows}×${b.columns}`, left, b.rows / 2, 'second', true),
      name(`${a.rows}×${b.columns}`, left + b.columns / 2, top + a.rows + 0.65, 'result'),
    );
  return {
    bounds: { left: -0.3, right: left + b.columns + 0.3, bottom: top + a.rows + 0.9, top: -0.9 },
    square: true,
    crowded: true,
    marks,
    handles: [],
    description: `${a.label} (${a.rows}×${a.columns}) times ${b.label} (${b.rows}×${b.columns}) is ${a.rows}×${b.columns}: each entry stands where its row of ${a.label} meets its column of ${b.label}.`,
    caption: done ? '' : caption(way, at, a, b, options.base),
    animated: true,
    controls: [seen],
  };
}
