import type { Name } from '../../expression/expression';
import type { Span } from '../../text/span';

/** Most characters before a literal in which its name is looked for. */
const NEAR = 200;

/**
 * `const A: number[][] = `, `double A[2][2] = `, `a := [][]float64`, `"weights": `, `m = Matrix`: the name and, behind the sign
 * of assignment, what stands before a literal.
 */
const ASSIGNED =
  /(?<![\w$.])([A-Za-z_$][\w$]*)["']?\s*(?:\[[^\]\n=]*\]\s*)*(?::(?!:)[^=\n;{}"']*)?(?::?=|:(?!:))\s*[\w \t.:<>,[\]!&*()]*\s*$/;
/** `Eigen::Matrix2d A`: a type and the name. */
const DECLARED = /[\w>]\s+([A-Za-z_]\w*)\s*$/;
/** `A << `: numbers put into a matrix. */
const FILLED = /(?<![\w.])([A-Za-z_]\w*)\s*<<\s*$/;
/** The same where the type is a constructor's: `mat3 view(…)`. */
const WITHIN = /^[\w:<>]+\s+([A-Za-z_]\w*)\s*[=({]/;

/** The name that is given to the literal at `span`, where it stands just before it or between its type and its numbers. */
export function nameOf(text: string, span: Span): Name | undefined {
  const within = WITHIN.exec(text.slice(span.start, span.start + NEAR));
  if (within) return named(within[1], span.start + within[0].lastIndexOf(within[1]));
  const from = Math.max(0, span.start - NEAR);
  // A statement or entry before this one names something else.
  const before = withoutSizes(withoutSizes(text.slice(from, span.start)));
  const start = from + Math.max(before.lastIndexOf(';'), before.lastIndexOf('{'), before.lastIndexOf('}')) + 1;
  const near = before.slice(start - from);
  const found = FILLED.exec(near) ?? ASSIGNED.exec(near) ?? (text[span.start] === '{' ? DECLARED.exec(near) : null);
  return found ? named(found[1], start + found.index + found[0].indexOf(found[1])) : undefined;
}

/** Rust's `[f64; 3]` ends no statement. */
const withoutSizes = (text: string): string => text.replace(/\[[^[\]]*;[^[\]]*\]/g, size => ' '.repeat(size.length));

const named = (name: string, start: number): Name => ({
  kind: 'name',
  name,
  span: { start, end: start + name.length },
});
