import { groundOf, type Vector } from './ground';
import type { LabelledVector, PictureOf } from './picture';
import { type TypeOf, vectorPart } from './picture-type';
import { brief, isDrawable, pair, undrawable } from './plane';
import type { Mark, Scene, SceneOptions } from './scene';
import { tellingOrbit } from './telling-orbit';
import { inner, NOT_FINITE, named, originOf, plus, tipHandle } from './vector-marks';

/** a · b as the length of a's projection on b times the length of b; beyond space in the plane that a and b span. */
export const dotProduct: TypeOf<'dot-product'> = {
  title: 'Dot product as projection',
  scene: dotProductScene,
  layers: ['grid'],
  rest: ({ a, b }) => tellingOrbit([a.components, b.components], []),
  parts: picture => [
    vectorPart('a', picture.a, a => ({ ...picture, a })),
    vectorPart('b', picture.b, b => ({ ...picture, b })),
  ],
  results: ({ a, b }) => [[inner(a.components, b.components)]],
};

/** The longest vectors that the picture takes. */
export const DOT_LENGTH = 4096;

function dotProductScene(picture: PictureOf<'dot-product'>, options: SceneOptions): Scene {
  const whole = [picture.a.components, picture.b.components] as const;
  if (!isDrawable(...whole)) return undrawable(NOT_FINITE);
  const seen = whole[0].length <= 3;
  const [a, b] = seen ? whole : inTheirPlane(...whole);
  const dot = inner(...whole);
  const [long, length] = whole.map(v => Math.hypot(...v));
  const share = length === 0 ? 0 : dot / length ** 2;
  const foot = plus(originOf(b), b, share);
  const angle = length === 0 || long === 0 ? undefined : Math.acos(Math.max(-1, Math.min(1, dot / length / long)));
  const ground = groundOf([a, b, foot], options);
  const { at } = ground;
  const origin = originOf(a);
  const text = ({ label }: LabelledVector, v: Vector): string =>
    `${label} ${seen ? pair(v) : `of length ${brief(Math.hypot(...v))}`}`;
  const projection: Mark = {
    kind: 'label',
    at: at(plus(origin, foot, 0.5)),
    text: `projection ${brief(share * length)}`,
    paint: 'result',
    offset: [10, 16],
    anchor: 'start',
    size: 12,
    bold: true,
  };
  const turn =
    angle === undefined
      ? 'one of them is zero'
      : `the angle is ${brief((angle * 180) / Math.PI)}°, its cosine ${brief(dot / length / long)}`;
  const where = seen ? '' : ` Drawn in the plane of the two, which have ${whole[0].length} components.`;
  return {
    ...ground.frame,
    marks: [
      ...ground.backdrop,
      ...(angle === undefined ? [] : arc(at, a, b, angle, options.labels)),
      ...named(ground, origin, b, text(picture.b, b), 'second', options),
      { kind: 'path', lines: [[...at(a), ...at(foot)]], stroke: 'muted', width: 1.5, dash: [4, 4] },
      { kind: 'path', lines: [[...at(origin), ...at(foot)]], stroke: 'result', width: 6, opacity: 0.6 },
      ...named(ground, origin, a, text(picture.a, a), 'first', options),
      ...(options.labels ? [projection] : []),
    ],
    handles: seen
      ? [...tipHandle(ground, picture.a, 'a', 'first'), ...tipHandle(ground, picture.b, 'b', 'second')]
      : [],
    description: `The projection of ${picture.a.label} on ${picture.b.label} has signed length ${brief(share * length)}; times the length ${brief(length)} of ${picture.b.label} that is ${brief(dot)}; ${turn}.${where}`,
    animated: false,
  };
}

/** Both in coordinates of the plane that they span: b along x, a above it. */
function inTheirPlane(a: Vector, b: Vector): readonly [Vector, Vector] {
  const [long, length] = [Math.hypot(...a), Math.hypot(...b)];
  if (length === 0)
    return [
      [long, 0],
      [0, 0],
    ];
  const along = inner(a, b) / length;
  const across = Math.hypot(...plus(a, b, -along / length));
  return [
    [along, across],
    [length, 0],
  ];
}

/** The angle between a and b as an arc about the origin, with its size. */
function arc(
  at: (v: Vector) => readonly [number, number],
  a: Vector,
  b: Vector,
  angle: number,
  labels: boolean,
): Mark[] {
  const [long, length] = [Math.hypot(...a), Math.hypot(...b)];
  const along = plus(originOf(b), b, 1 / length);
  const rest = plus(a, along, -inner(a, along));
  const across = plus(originOf(a), rest, 1 / (Math.hypot(...rest) || 1));
  const radius = 0.28 * Math.min(long, length);
  const on = (t: number): Vector => plus(plus(originOf(a), along, radius * Math.cos(t)), across, radius * Math.sin(t));
  const line = Array.from({ length: 25 }, (_, k) => at(on((angle * k) / 24))).flat();
  const mark: Mark = { kind: 'path', lines: [line], stroke: 'eigen', width: 1.5 };
  if (!labels) return [mark];
  const text = `${brief((angle * 180) / Math.PI)}°`;
  return [
    mark,
    { kind: 'label', at: at(on(angle / 2)), text, paint: 'eigen', offset: [8, -3], anchor: 'start', size: 12 },
  ];
}
