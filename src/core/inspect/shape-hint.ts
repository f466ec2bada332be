import type { Expression } from '../expression/expression';
import type { DialectId } from '../expression/program';
import { children } from '../expression/walk';
import type { Span } from '../text/span';
import type { Value } from '../values/value';
import { shapeText } from './array-facts';
import { arrayOf } from './real-numbers';

/** What is read of the failed expression: the values of its parts, and their text. */
export interface Parts {
  readonly valueAt: (e: Expression) => Value | undefined;
  readonly textOf: (e: Expression) => string;
  readonly dialect: DialectId;
}

/** Longer texts are named by their side. */
const MAX_NAME = 20;

/**
 * Why two arrays do not meet, in shapes: `F is 2×2 and H is 1×2: 2 columns on the left do not meet 1 row on the right. H.T would fit.`
 * `at` is the span of the operation that failed; nothing where it is no product or arithmetic of two arrays within `e`.
 */
export function shapeHint(e: Expression, at: Span, parts: Parts): string | undefined {
  const failed = within(e, at);
  if (failed?.kind !== 'binary') return undefined;
  const [a, b] = [failed.left, failed.right].map(side => {
    const value = parts.valueAt(side);
    return value && arrayOf(value)?.shape;
  });
  if (!a || !b || a.length === 0 || b.length === 0) return undefined;
  const [left, right] = [failed.left, failed.right].map(parts.textOf).map(text => text.replace(/\s+/g, ' '));
  const [first, second] = [name(left, 'the left side'), name(right, 'the right side')];
  const shapes = `${first} is ${shapeText(a)} and ${second} is ${shapeText(b)}`;
  if (!isProduct(failed.operator, parts.dialect))
    return parts.dialect === 'python'
      ? `${shapes}: counted from the last, lengths must be the same, or one of them 1.`
      : `${shapes}.`;
  const columns = a[a.length - 1];
  const rows = b.length === 1 ? b[0] : b[b.length - 2];
  if (columns === rows) return undefined;
  const across = a.length === 1 ? counted(columns, 'entry', 'entries') : counted(columns, 'column', 'columns');
  const down = b.length === 1 ? counted(rows, 'entry', 'entries') : counted(rows, 'row', 'rows');
  const turned = { python: `${right}.T`, matlab: `${right}'`, r: `t(${right})`, latex: `${right}^T` }[parts.dialect];
  const hint = b.length === 2 && b[1] === columns && /^\w+$/.test(right) ? ` ${turned} would fit.` : '';
  return `${shapes}: ${across} on the left ${columns === 1 ? 'does' : 'do'} not meet ${down} on the right.${hint}`;
}

const isProduct = (operator: string, dialect: DialectId): boolean =>
  operator === 'matmul' ||
  operator === 'juxtapose' ||
  (operator === 'multiply' && dialect !== 'python' && dialect !== 'r');

const name = (text: string, otherwise: string): string => (text.length <= MAX_NAME ? text : otherwise);

const counted = (n: number, one: string, more: string): string => `${n} ${n === 1 ? one : more}`;

/** The expression with this span. */
function within(e: Expression, at: Span): Expression | undefined {
  if (e.span.start === at.start && e.span.end === at.end) return e;
  for (const part of children(e)) {
    if (part.span.start > at.start || part.span.end < at.end) continue;
    const found = within(part, at);
    if (found) return found;
  }
  return undefined;
}
