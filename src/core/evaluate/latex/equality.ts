import type { EqualityChain } from '../../expression/expression';
import { latexText } from '../../format/latex-text';
import { type Complex, type Element, isComplex } from '../../values/dtype';
import { elements } from '../../values/ndarray';
import type { Value } from '../../values/value';

/** Whether a stated relation between two values holds, and what differs. */
export interface LinkCheck {
  readonly holds: boolean;
  readonly reason?: string;
}

/** Relative difference within which two computed numbers count as equal. */
const TOLERANCE = 1e-9;

/** Below this, a computed number counts as equal to 0. */
const EPSILON = 1e-15;

/**
 * Checks one link. `=` within rounding; `\approx` when the right side is the left one rounded to the digits that
 * `rightText` shows. Column vectors and inline vectors compare by their entries.
 */
export function checkLink(
  left: Value,
  relation: EqualityChain['relations'][number],
  right: Value,
  rightText: string,
): LinkCheck {
  const a = entriesOf(left);
  const b = entriesOf(right);
  const differ = `${latexText(left)} ≠ ${latexText(right)}`;
  if (!a || !b || a.shape !== b.shape)
    return relation === 'not-equal' ? { holds: true } : { holds: false, reason: differ };
  const decimals = relation === 'approximately' ? decimalsIn(rightText, b.items.length) : undefined;
  // Rounding is in proportion to the largest entry.
  const scale = Math.max(...[...a.items, ...b.items].map(size));
  const close = a.items.every((x, k) => near(x, b.items[k], scale, decimals?.[k]));
  if (relation === 'not-equal')
    return close ? { holds: false, reason: `${latexText(left)} = ${latexText(right)}` } : { holds: true };
  return close ? { holds: true } : { holds: false, reason: differ };
}

function entriesOf(v: Value): { readonly shape: string; readonly items: readonly Element[] } | undefined {
  if (v.kind === 'scalar') return { shape: '', items: [v.value] };
  if (v.kind !== 'array') return undefined;
  const { shape } = v.array;
  const column = shape.length === 2 && shape[1] === 1;
  return { shape: (column ? shape.slice(0, 1) : shape).join('×'), items: elements(v.array) };
}

const parts = (e: Element): Complex => (isComplex(e) ? e : { re: Number(e), im: 0 });

const size = (e: Element): number => Math.hypot(parts(e).re, parts(e).im);

function near(x: Element, y: Element, scale: number, decimals: number | undefined): boolean {
  const [p, q] = [parts(x), parts(y)];
  if (decimals !== undefined) {
    const half = 0.5 * 10 ** -decimals * (1 + 1e-9);
    return Math.abs(p.re - q.re) <= half && Math.abs(p.im - q.im) <= half;
  }
  const difference = Math.hypot(p.re - q.re, p.im - q.im);
  // `\cos(\pi/2) = 0` holds: what is computed from numbers about 1 is not exactly 0.
  return difference <= TOLERANCE * scale || (difference === scale && difference < EPSILON);
}

/** Digits behind the point of each number written, where the text holds exactly `count` of them; else of the most exact one for all. */
function decimalsIn(text: string, count: number): number[] {
  const written = [...text.matchAll(/\d+(?:\.(\d*))?/g)].map(m => m[1]?.length ?? 0);
  return written.length === count ? written : new Array<number>(count).fill(Math.max(0, ...written));
}
