import { columnHandles, mapMarks } from './map-marks';
import { describeMap } from './map-words';
import type { LabelledVector, PictureOf, Vector2 } from './picture';
import { matrixPart, type TypeOf, vectorPart } from './picture-type';
import { apply, around, arrow, backdrop, between, brief, isDrawable, pair, tipLabel, undrawable } from './plane';
import type { Handle, Mark, Paint, Scene, SceneOptions } from './scene';

const ORIGIN: Vector2 = [0, 0];
const NOT_FINITE = 'A vector has entries that are not finite: there is nothing to draw.';

const handle = (v: LabelledVector, id: string, paint: Paint): Handle[] =>
  v.operand === undefined ? [] : [{ id, at: v.components, paint, label: `${v.label}, ${pair(v.components)}` }];

const labelled = (from: Vector2, to: Vector2, text: string, paint: Paint, options: SceneOptions): Mark[] =>
  options.labels ? [tipLabel(from, to, text, paint)] : [];

const plus = (a: Vector2, b: Vector2, t = 1): Vector2 => [a[0] + t * b[0], a[1] + t * b[1]];

/** Vectors from the origin. */
export const vectors: TypeOf<'vectors'> = {
  title: 'Vectors',
  scene: vectorsScene,
  layers: ['grid'],
  parts: picture =>
    picture.vectors.map((vector, k) =>
      vectorPart(`vector:${k}`, vector, moved => ({
        ...picture,
        vectors: picture.vectors.map((v, at) => (at === k ? moved : v)),
      })),
    ),
  results: picture => [picture.vectors.flatMap(v => [...v.components])],
};

function vectorsScene(picture: PictureOf<'vectors'>, options: SceneOptions): Scene {
  const { vectors } = picture;
  if (!isDrawable(...vectors.map(v => v.components))) return undrawable(NOT_FINITE);
  const bounds = around(vectors.map(v => v.components));
  const paints: readonly Paint[] = ['first', 'second', 'result'];
  const marks: Mark[] = [backdrop(options.grid, options.labels)];
  vectors.forEach((v, k) => {
    marks.push(
      arrow(ORIGIN, v.components, paints[k % 3], 3),
      ...labelled(ORIGIN, v.components, `${v.label} ${pair(v.components)}`, paints[k % 3], options),
    );
  });
  const description = vectors
    .map(v => `${v.label} = ${pair(v.components)}, length ${brief(Math.hypot(...v.components))}`)
    .join('; ');
  return {
    bounds,
    square: true,
    marks,
    handles: vectors.flatMap((v, k) => handle(v, `vector:${k}`, paints[k % 3])),
    description: `${description}.`,
    animated: false,
  };
}

/** Addition tip to tail: b moves to the tip of a. */
export const vectorSum: TypeOf<'vector-sum'> = {
  title: 'Sum, tip to tail',
  scene: vectorSumScene,
  layers: ['grid'],
  parts: picture => [
    vectorPart('a', picture.a, a => ({ ...picture, a })),
    vectorPart('b', picture.b, b => ({ ...picture, b })),
  ],
  results: ({ a, b }) => [plus(a.components, b.components)],
};

function vectorSumScene(picture: PictureOf<'vector-sum'>, options: SceneOptions): Scene {
  const a = picture.a.components;
  const b = picture.b.components;
  if (!isDrawable(a, b)) return undrawable(NOT_FINITE);
  const sum = plus(a, b);
  const tail = plus(ORIGIN, a, options.time);
  const bounds = around([a, b, sum]);
  const marks: Mark[] = [
    backdrop(options.grid, options.labels),
    {
      kind: 'path',
      lines: [
        [...a, ...sum],
        [...b, ...sum],
      ],
      stroke: 'muted',
      width: 1,
      dash: [4, 4],
    },
    arrow(ORIGIN, a, 'first', 3),
    ...labelled(ORIGIN, a, `${picture.a.label} ${pair(a)}`, 'first', options),
    arrow(tail, plus(tail, b), 'second', 3),
    { kind: 'arrow', from: ORIGIN, to: b, paint: 'second', width: 1.5, dash: [4, 3], opacity: 0.7 },
    ...labelled(ORIGIN, b, `${picture.b.label} ${pair(b)}`, 'second', options),
    ...(options.time >= 1
      ? [arrow(ORIGIN, sum, 'result', 3), ...labelled(a, sum, `sum ${pair(sum)}`, 'result', options)]
      : []),
  ];
  return {
    bounds,
    square: true,
    marks,
    handles: [...handle(picture.a, 'a', 'first'), ...handle(picture.b, 'b', 'second')],
    description: `${picture.a.label} ${pair(a)} and then ${picture.b.label} ${pair(b)} lead to ${pair(sum)}.`,
    animated: true,
  };
}

/** The difference a − b leads from the tip of b to the tip of a; its length is their distance. */
export const vectorDifference: TypeOf<'vector-difference'> = {
  title: 'Difference and distance',
  scene: vectorDifferenceScene,
  layers: ['grid'],
  parts: picture => [
    vectorPart('a', picture.a, a => ({ ...picture, a })),
    vectorPart('b', picture.b, b => ({ ...picture, b })),
  ],
  results: ({ a, b }) => {
    const difference = plus(a.components, b.components, -1);
    return [difference, [Math.hypot(...difference)]];
  },
};

function vectorDifferenceScene(picture: PictureOf<'vector-difference'>, options: SceneOptions): Scene {
  const a = picture.a.components;
  const b = picture.b.components;
  if (!isDrawable(a, b)) return undrawable(NOT_FINITE);
  const difference: Vector2 = [a[0] - b[0], a[1] - b[1]];
  const distance = distanceText(difference);
  const bounds = around([a, b, difference]);
  const marks: Mark[] = [
    backdrop(options.grid, options.labels),
    arrow(ORIGIN, a, 'first', 3),
    ...labelled(ORIGIN, a, `${picture.a.label} ${pair(a)}`, 'first', options),
    arrow(ORIGIN, b, 'second', 3),
    ...labelled(ORIGIN, b, `${picture.b.label} ${pair(b)}`, 'second', options),
    arrow(b, a, 'result', 3),
    arrow(ORIGIN, difference, 'result', 1.5, [4, 3]),
    ...(options.labels
      ? [
          {
            kind: 'label',
            at: [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2],
            text: distance,
            paint: 'result',
            offset: [10, 14],
            anchor: 'start',
            size: 12,
            bold: true,
          } satisfies Mark,
        ]
      : []),
    ...labelled(ORIGIN, difference, `${picture.a.label} − ${picture.b.label} ${pair(difference)}`, 'result', options),
  ];
  return {
    bounds,
    square: true,
    marks,
    handles: [...handle(picture.a, 'a', 'first'), ...handle(picture.b, 'b', 'second')],
    description: `From ${picture.b.label} ${pair(b)} to ${picture.a.label} ${pair(a)} leads ${pair(difference)}; the distance is ${distance}.`,
    animated: false,
  };
}

/** `√8 ≈ 2.83` where the squared length is a whole number that is no square. */
function distanceText(v: Vector2): string {
  const squared = v[0] ** 2 + v[1] ** 2;
  const length = Math.sqrt(squared);
  return Number.isSafeInteger(squared) && !Number.isInteger(length) ? `√${squared} ≈ ${brief(length)}` : brief(length);
}

/** c v beside v, on one line. */
export const scalarMultiple: TypeOf<'scalar-multiple'> = {
  title: 'Scalar multiple',
  scene: scalarMultipleScene,
  layers: ['grid'],
  parts: picture => [vectorPart('vector', picture.vector, vector => ({ ...picture, vector }))],
  results: ({ scalar, vector }) => [vector.components.map(x => scalar * x)],
};

function scalarMultipleScene(picture: PictureOf<'scalar-multiple'>, options: SceneOptions): Scene {
  const v = picture.vector.components;
  if (!isDrawable(v, [picture.scalar])) return undrawable(NOT_FINITE);
  const now = 1 + (picture.scalar - 1) * options.time;
  const image = plus(ORIGIN, v, now);
  const final = plus(ORIGIN, v, picture.scalar);
  const bounds = around([v, final]);
  const far = 3 * Math.max(bounds.right - bounds.left, bounds.top - bounds.bottom);
  const n = Math.hypot(...v) || 1;
  const marks: Mark[] = [
    backdrop(options.grid, options.labels),
    {
      kind: 'path',
      lines: [[(-far * v[0]) / n, (-far * v[1]) / n, (far * v[0]) / n, (far * v[1]) / n]],
      stroke: 'muted',
      width: 1,
      dash: [4, 4],
    },
    arrow(ORIGIN, image, 'result', 4),
    ...labelled(
      ORIGIN,
      image,
      `${productText(picture.scalarLabel, picture.vector.label)} ${pair(image)}`,
      'result',
      options,
    ),
    arrow(ORIGIN, v, 'first', 2.5),
    ...(options.labels
      ? [
          {
            kind: 'label',
            at: v,
            text: `${picture.vector.label} ${pair(v)}`,
            paint: 'first',
            offset: [8, 16],
            anchor: 'start',
            size: 13,
            bold: true,
          } satisfies Mark,
        ]
      : []),
  ];
  const direction = picture.scalar < 0 ? 'the opposite direction' : 'the same direction';
  return {
    bounds,
    square: true,
    marks,
    handles: handle(picture.vector, 'vector', 'first'),
    description: `${picture.vector.label} ${pair(v)} times ${brief(picture.scalar)} is ${pair(final)}: ${direction}, ${brief(Math.abs(picture.scalar))} times as long.`,
    animated: true,
  };
}

/** a · b as the length of a's projection on b times the length of b. */
export const dotProduct: TypeOf<'dot-product'> = {
  title: 'Dot product as projection',
  scene: dotProductScene,
  layers: ['grid'],
  parts: picture => [
    vectorPart('a', picture.a, a => ({ ...picture, a })),
    vectorPart('b', picture.b, b => ({ ...picture, b })),
  ],
  results: ({ a, b }) => [[a.components[0] * b.components[0] + a.components[1] * b.components[1]]],
};

function dotProductScene(picture: PictureOf<'dot-product'>, options: SceneOptions): Scene {
  const a = picture.a.components;
  const b = picture.b.components;
  if (!isDrawable(a, b)) return undrawable(NOT_FINITE);
  const dot = a[0] * b[0] + a[1] * b[1];
  const length = Math.hypot(...b);
  const share = length === 0 ? 0 : dot / length ** 2;
  const foot = plus(ORIGIN, b, share);
  const bounds = around([a, b, foot]);
  const angle =
    length === 0 || Math.hypot(...a) === 0
      ? undefined
      : (Math.acos(Math.max(-1, Math.min(1, dot / length / Math.hypot(...a)))) * 180) / Math.PI;
  const marks: Mark[] = [
    backdrop(options.grid, options.labels),
    arrow(ORIGIN, b, 'second', 3),
    ...labelled(ORIGIN, b, `${picture.b.label} ${pair(b)}`, 'second', options),
    { kind: 'path', lines: [[...a, ...foot]], stroke: 'muted', width: 1.5, dash: [4, 4] },
    { kind: 'path', lines: [[0, 0, ...foot]], stroke: 'result', width: 6, opacity: 0.6 },
    arrow(ORIGIN, a, 'first', 3),
    ...labelled(ORIGIN, a, `${picture.a.label} ${pair(a)}`, 'first', options),
    ...(options.labels
      ? [
          {
            kind: 'label',
            at: [foot[0] / 2, foot[1] / 2],
            text: `projection ${brief(share * length)}`,
            paint: 'result',
            offset: [10, 16],
            anchor: 'start',
            size: 12,
            bold: true,
          } satisfies Mark,
        ]
      : []),
  ];
  const turn = angle === undefined ? 'one of them is zero' : `the angle is ${brief(angle)}°`;
  return {
    bounds,
    square: true,
    marks,
    handles: [...handle(picture.a, 'a', 'first'), ...handle(picture.b, 'b', 'second')],
    description: `The projection of ${picture.a.label} on ${picture.b.label} has signed length ${brief(share * length)}; times the length ${brief(length)} of ${picture.b.label} that is ${brief(dot)}; ${turn}.`,
    animated: false,
  };
}

/** `Wx`, with a sum or product in brackets. */
function productText(a: string, b: string): string {
  const factor = (text: string): string => (/[ +*@/]|[^\s]-/.test(text) ? `(${text})` : text);
  return /\w$/.test(a) && a.length > 1 ? `${factor(a)} ${factor(b)}` : `${factor(a)}${factor(b)}`;
}

/** x and Wx over the deformed grid. */
export const matrixVector: TypeOf<'matrix-vector'> = {
  title: 'Matrix times vector',
  scene: matrixVectorScene,
  layers: ['grid'],
  parts: picture => [
    matrixPart('matrix', picture.matrix, entries => ({ ...picture, matrix: { ...picture.matrix, entries } })),
    vectorPart('vector', picture.vector, vector => ({ ...picture, vector })),
  ],
  results: ({ matrix, vector }) => [apply(matrix.entries, vector.components)],
};

function matrixVectorScene(picture: PictureOf<'matrix-vector'>, options: SceneOptions): Scene {
  const m = picture.matrix.entries;
  const x = picture.vector.components;
  if (!isDrawable(m, x)) return undrawable(NOT_FINITE);
  const image = apply(m, x);
  const now = apply(between(m, options.time), x);
  const bounds = around([x, image, [m[0], m[2]], [m[1], m[3]], [m[0] + m[1], m[2] + m[3]]], 1);
  const marks: Mark[] = [
    ...mapMarks(picture.matrix, options, bounds, true),
    arrow(ORIGIN, x, 'foreground', 2.5),
    ...labelled(ORIGIN, x, `${picture.vector.label} ${pair(x)}`, 'foreground', options),
    arrow(ORIGIN, now, 'result', 3.5),
    ...labelled(
      ORIGIN,
      now,
      `${productText(picture.matrix.label, picture.vector.label)} ${pair(now)}`,
      'result',
      options,
    ),
  ];
  return {
    bounds,
    square: true,
    marks,
    handles:
      options.time >= 1
        ? [...columnHandles(picture.matrix), ...handle(picture.vector, 'vector', 'foreground')]
        : handle(picture.vector, 'vector', 'foreground'),
    description: `${picture.matrix.label} takes ${picture.vector.label} ${pair(x)} to ${pair(image)}, ${brief(Math.hypot(...image) / (Math.hypot(...x) || 1))} times as long. ${describeMap(m)}`,
    animated: true,
  };
}
