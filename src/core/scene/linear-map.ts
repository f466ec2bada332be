import type { LabelledMatrix, Matrix2, PictureOf, Vector2 } from './picture';
import { matrixPart, type TypeOf } from './picture-type';
import {
  apply,
  around,
  arrow,
  backdrop,
  between,
  brief,
  determinant,
  eigenlines,
  gridLines,
  isDrawable,
  pair,
  singular,
  tickStep,
  tipLabel,
  undrawable,
} from './plane';
import type { Handle, Mark, Scene, SceneOptions } from './scene';

/** A 2×2 matrix as what it does to the plane: grid, basis, unit square and circle, eigenlines. */
export const linearMap: TypeOf<'linear-map'> = {
  title: 'Linear map',
  scene: linearMapScene,
  layers: ['grid', 'ellipse', 'eigenlines'],
  parts: picture => [
    matrixPart('matrix', picture.matrix, entries => ({ ...picture, matrix: { ...picture.matrix, entries } })),
  ],
  results: ({ matrix }) => mapResults(matrix.entries),
};

/** An expression that shows a 2×2 map is the matrix or its determinant. */
export const mapResults = (m: Matrix2): readonly (readonly number[])[] => [m, [determinant(m)]];

function linearMapScene(picture: PictureOf<'linear-map'>, options: SceneOptions): Scene {
  const { matrix } = picture;
  if (!isDrawable(matrix.entries))
    return undrawable('The matrix has entries that are not finite: there is nothing to draw.');
  const bounds = mapBounds(matrix.entries);
  return {
    bounds,
    square: true,
    marks: mapMarks(matrix, options, bounds),
    handles: options.time >= 1 ? columnHandles(matrix) : [],
    description: describeMap(matrix.entries),
    animated: true,
  };
}

export function mapBounds(m: Matrix2, extra: readonly Vector2[] = []): Scene['bounds'] {
  const { large } = singular(m);
  const reach = Math.max(large, 1);
  return around(
    [[reach, reach], [-reach, -reach], [m[0], m[2]], [m[1], m[3]], [m[0] + m[1], m[2] + m[3]], ...extra],
    1,
  );
}

export function mapMarks(
  matrix: LabelledMatrix,
  options: SceneOptions,
  bounds: Scene['bounds'],
  faint = false,
  now: Matrix2 = between(matrix.entries, options.time),
): Mark[] {
  const m = matrix.entries;
  const extent = Math.max(bounds.right - bounds.left, bounds.top - bounds.bottom);
  // Lines that the map presses together are drawn further apart, each family by itself.
  const size = Math.max(Math.abs(determinant(m)), extent / 1e6);
  const stepFor = (length: number): number =>
    tickStep(Math.max(1, extent / 16, Math.min(extent, ((extent / 36) * length) / size)), 1);
  const steps = [stepFor(Math.hypot(m[1], m[3])), stepFor(Math.hypot(m[0], m[2]))] as const;
  const marks: Mark[] = [];
  marks.push(backdrop(options.grid, options.labels));
  if (options.grid) marks.push(gridLines(bounds, steps, now, 'grid', faint ? 0.35 : 0.7));
  const d = determinant(now);
  const square = (
    [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ] as Vector2[]
  ).flatMap(x => apply(now, x));
  const area = d >= 0 ? 'area' : 'area-flipped';
  marks.push(
    { kind: 'path', lines: [square], closed: true, fill: area, opacity: faint ? 0.12 : 0.28 },
    { kind: 'path', lines: [square], closed: true, stroke: area, width: 1.5, opacity: faint ? 0.4 : 1 },
  );
  if (options.ellipse && !faint) {
    const circle: number[] = [];
    const image: number[] = [];
    for (let k = 0; k <= 96; k++) {
      const x: Vector2 = [Math.cos((k * Math.PI) / 48), Math.sin((k * Math.PI) / 48)];
      circle.push(...x);
      image.push(...apply(now, x));
    }
    marks.push(
      { kind: 'path', lines: [circle], stroke: 'muted', width: 1, dash: [3, 3], opacity: 0.8 },
      { kind: 'path', lines: [image], stroke: 'ellipse', width: 2 },
    );
  }
  const lines = eigenlines(m);
  if (options.eigenlines && !faint && lines !== 'all') {
    const far = 3 * Math.max(bounds.right - bounds.left, bounds.top - bounds.bottom);
    for (const { value, direction } of lines) {
      marks.push({
        kind: 'path',
        lines: [[-far * direction[0], -far * direction[1], far * direction[0], far * direction[1]]],
        stroke: 'eigen',
        width: 1.5,
        dash: [7, 4],
      });
      if (options.labels) {
        const along =
          0.72 *
          Math.min(
            (direction[0] > 0 ? bounds.right : -bounds.left) / Math.max(Math.abs(direction[0]), 1e-9),
            (direction[1] > 0 ? bounds.top : -bounds.bottom) / Math.max(Math.abs(direction[1]), 1e-9),
          );
        const side = direction[0] * direction[1] > 0 ? -1 : 1;
        marks.push({
          kind: 'label',
          at: [along * direction[0], along * direction[1]],
          text: `λ = ${brief(value)}`,
          paint: 'eigen',
          offset: [side * 8, -6],
          anchor: side > 0 ? 'start' : 'end',
          size: 12,
        });
      }
    }
  }
  if (!faint) marks.push(arrow([0, 0], [1, 0], 'first', 1.5, [4, 3]), arrow([0, 0], [0, 1], 'second', 1.5, [4, 3]));
  const [i, j]: Vector2[] = [
    [now[0], now[2]],
    [now[1], now[3]],
  ];
  marks.push(arrow([0, 0], i, 'first', faint ? 2 : 3), arrow([0, 0], j, 'second', faint ? 2 : 3));
  if (options.labels && !faint) {
    marks.push(
      tipLabel([0, 0], i, `${matrix.label}i ${pair(i)}`, 'first'),
      tipLabel([0, 0], j, `${matrix.label}j ${pair(j)}`, 'second'),
    );
    const middle = apply(now, [0.5, 0.5]);
    marks.push({
      kind: 'label',
      at: middle,
      text: `det ${brief(d)}`,
      paint: 'foreground',
      offset: [0, 4],
      anchor: 'middle',
      size: 12,
    });
  }
  return marks;
}

export function columnHandles(matrix: LabelledMatrix): Handle[] {
  if (matrix.operand === undefined) return [];
  const m = matrix.entries;
  return [
    {
      id: 'matrix:0',
      at: [m[0], m[2]],
      paint: 'first',
      label: `first column of ${matrix.label}, ${pair([m[0], m[2]])}`,
    },
    {
      id: 'matrix:1',
      at: [m[1], m[3]],
      paint: 'second',
      label: `second column of ${matrix.label}, ${pair([m[1], m[3]])}`,
    },
  ];
}

/** What the map does, in words with numbers. */
export function describeMap(m: Matrix2): string {
  const s = singular(m);
  const d = determinant(m);
  const parts: string[] = [];
  if (s.large === 0) return 'Every vector goes to zero.';
  if (s.large - s.small < 1e-12 * s.large)
    parts.push(Math.abs(s.large - 1) < 1e-12 ? 'Keeps all lengths' : `Scales all lengths by ${brief(s.large)}`);
  else parts.push(`Stretches by ${brief(s.large)} along ${pair(s.from)} and by ${brief(s.small)} across`);
  parts.push(
    Math.abs(d) < 1e-12 * s.large ** 2
      ? 'flattens the plane onto a line (determinant 0)'
      : `multiplies areas by ${brief(Math.abs(d))}${d < 0 ? ' and flips orientation' : ''}`,
  );
  const lines = eigenlines(m);
  if (lines === 'all') parts.push('every direction is kept');
  else if (lines.length === 0) parts.push('turns every direction (complex eigenvalues)');
  else if (lines.length === 1)
    parts.push(`keeps one line only, along ${pair(lines[0].direction)} (λ = ${brief(lines[0].value)})`);
  else
    parts.push(`keeps the lines along ${lines.map(l => `${pair(l.direction)} (λ = ${brief(l.value)})`).join(' and ')}`);
  return `${parts.join('; ')}.`;
}
