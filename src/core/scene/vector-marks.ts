import type { Ground, Vector } from './ground';
import type { LabelledVector } from './picture';
import { arrow, pair, tipLabel } from './plane';
import type { Handle, Mark, Paint, SceneOptions } from './scene';

/** Said where a vector cannot be drawn. */
export const NOT_FINITE = 'A vector has entries that are not finite: there is nothing to draw.';

/** a + t b. */
export const plus = (a: Vector, b: Vector, t = 1): Vector => a.map((x, k) => x + t * b[k]);

export const inner = (a: Vector, b: Vector): number => a.reduce((sum, x, k) => sum + x * b[k], 0);

/** The origin with as many components as `v`. */
export const originOf = (v: Vector): Vector => v.map(() => 0);

/** The handle at the tip of a vector that a literal feeds. */
export const tipHandle = (ground: Ground, v: LabelledVector, id: string, paint: Paint): Handle[] =>
  v.operand === undefined
    ? []
    : [{ id, at: ground.at(v.components), paint, label: `${v.label || 'vector'}, ${pair(v.components)}` }];

/** A vector as an arrow from `from`, and its text at the tip. */
export function named(
  ground: Ground,
  from: Vector,
  to: Vector,
  text: string,
  paint: Paint,
  options: SceneOptions,
  width = 3,
): Mark[] {
  const [p, q] = [ground.at(from), ground.at(to)];
  return [arrow(p, q, paint, width), ...(options.labels && text ? [tipLabel(p, q, text, paint)] : [])];
}

/** `Wx`, with a sum or product in brackets. */
export function productText(a: string, b: string): string {
  const factor = (text: string): string => (/[ +*@/]|[^\s]-/.test(text) ? `(${text})` : text);
  return /\w$/.test(a) && a.length > 1 ? `${factor(a)} ${factor(b)}` : `${factor(a)}${factor(b)}`;
}
