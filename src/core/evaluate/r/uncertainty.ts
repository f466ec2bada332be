import type { Complex } from '../../values/dtype';
import type { Uncertain, Vector } from '../../values/r-vector';
import { unknown } from '../stop';

export const NOISE = 'a number here is zero up to rounding, and its digits are not known';

/** Numbers that may be so far off; zeros are sure where they come from the zeros of a matrix. */
export const noisy = (noise: number, zeros = false): Uncertain => ({
  reason: NOISE,
  noise,
  ...(zeros ? { zeros: true as const } : {}),
});

/** The parts of a vector that say how sure its numbers are. */
export const doubted = (doubt: Uncertain | undefined): { readonly doubt?: Uncertain } =>
  doubt === undefined ? {} : { doubt };

/** What is not sure of several vectors is not sure of what is made of them: nothing at all, or by how much times a factor. */
export function joint(
  doubts: readonly (Uncertain | undefined)[],
  factor = 1,
  zeros = true,
): { readonly doubt?: Uncertain } {
  const known = doubts.filter(d => d !== undefined);
  if (known.length === 0) return {};
  const hard = known.find(d => d.noise === undefined);
  if (hard) return { doubt: hard };
  const noise = factor * known.reduce((n, d) => Math.max(n, d.noise ?? 0), 0);
  return { doubt: noisy(noise, zeros && known.every(d => d.zeros)) };
}

/** The largest magnitude. */
export const largest = (values: readonly (number | boolean | string | Complex | null | object)[]): number =>
  values.reduce<number>((m, x) => {
    const size =
      typeof x === 'number'
        ? Math.abs(x)
        : typeof x === 'object' && x && 're' in x
          ? Math.hypot((x as Complex).re, (x as Complex).im)
          : Number(x === true);
    return Number.isFinite(size) ? Math.max(m, size) : m;
  }, 0);

/** Stops where the numbers of a vector are not sure. */
export function sure(v: Vector): void {
  if (v.doubt) unknown(v.doubt.reason);
}

/** The doubt about f(x) for each x that may be off. */
export function through(v: Vector, f: (x: number) => number): { readonly doubt?: Uncertain } {
  const { doubt } = v;
  if (doubt?.noise === undefined) return doubted(doubt);
  const { noise } = doubt;
  let most = 0;
  for (const x of v.values) {
    if (typeof x !== 'number') continue;
    const y = f(x);
    most = Math.max(most, Math.abs(f(x + noise) - y), Math.abs(f(x - noise) - y));
  }
  return { doubt: Number.isFinite(most) ? noisy(2 * most) : { reason: NOISE } };
}
