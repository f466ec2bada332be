import type { Matrix2, Vector2 } from './picture';
import type { Mark, Paint, Point, Scene } from './scene';

/** Geometry of 2×2 matrices and marks that the plane pictures share. */
export const apply = (m: Matrix2, x: Vector2): Vector2 => [m[0] * x[0] + m[1] * x[1], m[2] * x[0] + m[3] * x[1]];
export const determinant = (m: Matrix2): number => m[0] * m[3] - m[1] * m[2];

/** The map on its straight way from the identity (t = 0) to `m` (t = 1): (1 − t)I + tA. */
export const straightTo = (m: Matrix2, t: number): Matrix2 => [
  1 + (m[0] - 1) * t,
  m[1] * t,
  m[2] * t,
  1 + (m[3] - 1) * t,
];

/** The times strictly between 0 and 1 at which the straight way is singular: roots of (1 − t)² + t(1 − t) tr A + t² det A. */
export function collapses(m: Matrix2): number[] {
  // In r = t / (1 − t), which grows from 0: 1 + r tr + r² det.
  const [d, half] = [determinant(m), (m[0] + m[3]) / 2];
  const square = half * half - d;
  if (square < 0) return [];
  const roots = d === 0 ? [-1 / (2 * half)] : [(-half - Math.sqrt(square)) / d, (-half + Math.sqrt(square)) / d];
  const times = roots.filter(r => r > 0 && Number.isFinite(r)).map(r => r / (1 + r));
  return [...new Set(times)].filter(t => t < 1 - 1e-9).sort((a, b) => a - b);
}

/** The modulus and angle of the eigenvalues that are no real numbers, ratio · e^±i·angle; undefined where they are real. */
export function spiralOf(m: Matrix2): { readonly ratio: number; readonly angle: number } | undefined {
  const lines = eigenlines(m);
  if (lines === 'all' || lines.length > 0) return undefined;
  const half = (m[0] + m[3]) / 2;
  return { ratio: Math.sqrt(determinant(m)), angle: Math.atan2(Math.sqrt(determinant(m) - half * half), half) };
}

/** Aᵗ x for a real time t, for a map whose eigenvalues are a complex pair. */
export function alongSpiral(
  m: Matrix2,
  { ratio, angle }: { readonly ratio: number; readonly angle: number },
  x: Vector2,
  t: number,
): Vector2 {
  // J = (A − r cos θ I) / (r sin θ) has J² = −I, so that Aᵗ = rᵗ (cos tθ I + sin tθ J).
  const [ax, ay] = apply(m, x);
  const [c, s] = [ratio * Math.cos(angle), ratio * Math.sin(angle)];
  const [ct, st, grown] = [Math.cos(t * angle), Math.sin(t * angle), ratio ** t];
  return [grown * (ct * x[0] + (st * (ax - c * x[0])) / s), grown * (ct * x[1] + (st * (ay - c * x[1])) / s)];
}

/** The unit direction that goes to zero, of a matrix of rank one. */
export function nullDirection(m: Matrix2): Vector2 | undefined {
  const { large, small, from } = singular(m);
  return large > 0 && small <= 1e-12 * large ? [-from[1], from[0]] : undefined;
}

/**
 * The map on its way from the identity (t = 0) to `m` (t = 1). With positive determinant along the polar factors,
 * R(tθ)((1 − t)I + tS), which never collapses; otherwise straight.
 */
export function between(m: Matrix2, t: number): Matrix2 {
  if (determinant(m) <= 0) return straightTo(m, t);
  const angle = Math.atan2(m[2] - m[1], m[0] + m[3]);
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const stretch: Matrix2 = [c * m[0] + s * m[2], c * m[1] + s * m[3], -s * m[0] + c * m[2], -s * m[1] + c * m[3]];
  const part: Matrix2 = [1 + (stretch[0] - 1) * t, stretch[1] * t, stretch[2] * t, 1 + (stretch[3] - 1) * t];
  const [ct, st] = [Math.cos(angle * t), Math.sin(angle * t)];
  return [
    ct * part[0] - st * part[2],
    ct * part[1] - st * part[3],
    st * part[0] + ct * part[2],
    st * part[1] + ct * part[3],
  ];
}

/** Real eigenvalues with unit directions: two, one where only one direction exists, none for a complex pair; 'all' when every direction is one. */
export function eigenlines(m: Matrix2): 'all' | readonly { readonly value: number; readonly direction: Vector2 }[] {
  const half = (m[0] + m[3]) / 2;
  const scale = Math.max(...m.map(Math.abs), 1e-300);
  const d = ((m[0] - m[3]) / 2 / scale) ** 2 + (m[1] / scale) * (m[2] / scale);
  if (Math.abs(m[1]) + Math.abs(m[2]) + Math.abs(m[0] - m[3]) < 1e-12 * scale) return 'all';
  if (d < -1e-14) return [];
  const root = scale * Math.sqrt(Math.max(d, 0));
  const values = root < 1e-7 * scale ? [half] : [half + root, half - root];
  return values.map(value => {
    const a: Vector2 = [m[1], value - m[0]];
    const b: Vector2 = [value - m[3], m[2]];
    const v = Math.hypot(...a) >= Math.hypot(...b) ? a : b;
    const n = Math.hypot(...v);
    return { value, direction: [v[0] / n, v[1] / n] };
  });
}

/** Singular values and the directions that are stretched by them: `m` maps v₁ to σ₁ u₁. */
export function singular(m: Matrix2): {
  readonly large: number;
  readonly small: number;
  readonly from: Vector2;
  readonly to: Vector2;
} {
  const [e, f, g, h] = [(m[0] + m[3]) / 2, (m[0] - m[3]) / 2, (m[2] + m[1]) / 2, (m[2] - m[1]) / 2];
  const [q, r] = [Math.hypot(e, h), Math.hypot(f, g)];
  const a1 = Math.atan2(g, f);
  const a2 = Math.atan2(h, e);
  const [v, u] = [(a1 - a2) / 2, (a1 + a2) / 2];
  return { large: q + r, small: Math.abs(q - r), from: [Math.cos(v), Math.sin(v)], to: [Math.cos(u), Math.sin(u)] };
}

/** A number in a picture: at most three significant digits. */
export const brief = (x: number): string => briefer(x, 3);

/** The same in another number of digits. */
export function briefer(x: number, digits: number): string {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? 'NaN' : x > 0 ? '∞' : '−∞';
  const text =
    Math.abs(x) >= 1e5 || (x !== 0 && Math.abs(x) < 1e-3)
      ? Number(x.toPrecision(digits)).toExponential()
      : String(Number(x.toPrecision(digits)) + 0);
  return text.replace(/-/g, '−');
}

/** A matrix by a vector, as a label: `Ai`, but `view i` of a longer name. */
export const times = (matrix: string, vector: string): string => `${matrix}${matrix.length > 1 ? ' ' : ''}${vector}`;

/** A vector in a picture; what rounding has left of a zero component is shown as the zero it stands for. */
export function pair(v: readonly number[]): string {
  const small = 1e-14 * Math.max(...v.map(Math.abs));
  return `(${v.map(x => brief(Math.abs(x) > small || Number.isNaN(x) ? x : 0)).join(', ')})`;
}

/** 1, 2 or 5 times a power of ten: about `count` ticks over the extent. */
export function tickStep(extent: number, count = 8): number {
  if (!(extent > 0) || !Number.isFinite(extent)) return 1;
  const raw = extent / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  return [1, 2, 5, 10].map(k => k * power).find(s => s >= raw) ?? 10 * power;
}

/** Bounds around the points and the origin, with room for labels; finite points only. */
export function around(points: readonly Point[], least = 0): Scene['bounds'] {
  const finite = points.filter(p => Number.isFinite(p[0]) && Number.isFinite(p[1]));
  const reach = Math.max(least, ...finite.flatMap(p => [Math.abs(p[0]), Math.abs(p[1])])) || 1;
  const xs = [0, ...finite.map(p => p[0])];
  const ys = [0, ...finite.map(p => p[1])];
  const pad = 0.22 * reach;
  const grow = (low: number, high: number): [number, number] => {
    const lack = Math.max(0, reach - (high - low)) / 2;
    return [low - pad - lack, high + pad + lack];
  };
  const [left, right] = grow(Math.min(...xs), Math.max(...xs));
  const [bottom, top] = grow(Math.min(...ys), Math.max(...ys));
  return { left, right, bottom, top };
}

/** Grid lines mapped by `m`: those of constant x and those of constant y, each with its step. */
export function gridLines(
  bounds: Scene['bounds'],
  steps: readonly [number, number],
  m: Matrix2,
  stroke: Paint,
  opacity: number,
): Mark {
  const reach =
    Math.max(Math.abs(bounds.left), Math.abs(bounds.right), Math.abs(bounds.bottom), Math.abs(bounds.top)) * 3;
  const counts = steps.map(step => Math.min(40, Math.ceil(reach / step)));
  const far = Math.max(counts[0] * steps[0], counts[1] * steps[1]);
  const lines: number[][] = [];
  for (let k = -counts[0]; k <= counts[0]; k++)
    lines.push([...apply(m, [k * steps[0], -far]), ...apply(m, [k * steps[0], far])]);
  for (let k = -counts[1]; k <= counts[1]; k++)
    lines.push([...apply(m, [-far, k * steps[1]]), ...apply(m, [far, k * steps[1]])]);
  return { kind: 'path', lines, stroke, width: 1, opacity };
}

/** The background of a plane picture: faint grid and axes. */
export const backdrop = (grid: boolean, labels: boolean): Mark => ({ kind: 'axes', grid, labels });

export const arrow = (from: Point, to: Point, paint: Paint, width = 2.5, dash?: readonly number[]): Mark => ({
  kind: 'arrow',
  from,
  to,
  paint,
  width,
  ...(dash ? { dash } : {}),
});

/** A label at the tip of an arrow, on the side that the arrow points to. */
export function tipLabel(from: Point, to: Point, text: string, paint: Paint): Mark {
  const right = to[0] >= from[0];
  const up = to[1] >= from[1];
  return {
    kind: 'label',
    at: to,
    text,
    paint,
    offset: [right ? 11 : -11, up ? -7 : 16],
    anchor: right ? 'start' : 'end',
    size: 13,
    bold: true,
  };
}

/** A round dot as a ring of corners. */
export function disc([x, y]: Point, radius: number, corners = 24): number[] {
  const ring: number[] = [];
  for (let k = 0; k < corners; k++) {
    const angle = (2 * Math.PI * k) / corners;
    ring.push(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
  }
  return ring;
}

export const isDrawable = (...vectors: readonly (readonly number[])[]): boolean =>
  vectors.every(v => v.every(Number.isFinite));

/** A scene that only says why nothing can be drawn. */
export const undrawable = (description: string): Scene => ({
  bounds: { left: -1, right: 1, bottom: -1, top: 1 },
  square: true,
  marks: [backdrop(false, true)],
  handles: [],
  description,
  animated: false,
});
