import type { Evaluator } from '../evaluate/evaluate';
import { UNSIZED } from '../evaluate/latex/dialect';
import { checkLink } from '../evaluate/latex/equality';
import type { Place } from '../evaluate/place';
import type { EqualityChain, Expression } from '../expression/expression';
import { cover } from '../text/span';
import type { EqualityLink } from './inspection';

/** Checks a stated equality link by link: each side against its neighbour. */
export function linksOf(chain: EqualityChain, evaluator: Evaluator, place: Place, text: string): EqualityLink[] {
  const alone = chain.parts.map(part => evaluator.evaluate(part, place));
  // An identity matrix takes the size of what it is said to be equal to: as a sum with 0 times that.
  const sides = alone.map((side, i) => {
    const other = side.status === 'unknown' && side.message === UNSIZED ? alone.findIndex(s => s.status === 'ok') : -1;
    return other < 0 ? side : evaluator.evaluate(besideNothing(chain.parts[other], chain.parts[i]), place);
  });
  return chain.relations.map((relation, i): EqualityLink => {
    const left = sides[i];
    const right = sides[i + 1];
    const span = cover(chain.parts[i].span, chain.parts[i + 1].span);
    const source = text.slice(span.start, span.end);
    if (left.status !== 'ok') return { source, span, reason: left.message };
    if (right.status !== 'ok') return { source, span, reason: right.message };
    const { start, end } = chain.parts[i + 1].span;
    return { source, span, ...checkLink(left.value, relation, right.value, text.slice(start, end)) };
  });
}

/** `0 · other + part`. */
function besideNothing(other: Expression, part: Expression): Expression {
  const nothing: Expression = { kind: 'number', value: 0, integer: 0n, span: other.span };
  const shared = { kind: 'binary', operatorSpan: part.span, span: part.span } as const;
  return {
    ...shared,
    operator: 'add',
    left: { ...shared, operator: 'juxtapose', left: nothing, right: other },
    right: part,
  };
}

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];
const ordinal = (i: number): string => ORDINALS[i] ?? `${i + 1}th`;

/** What the check found, in a sentence: which links hold, which do not, which are unknown. */
export function linksSentence(links: readonly EqualityLink[]): string {
  if (links.length === 1) {
    const [link] = links;
    return link.holds === undefined
      ? `the equality cannot be checked: ${link.reason}`
      : link.holds
        ? 'the equality holds'
        : `the equality does not hold: ${link.reason}`;
  }
  if (links.every(l => l.holds)) return `all ${links.length} equalities hold`;
  return links
    .map((l, i) =>
      l.holds
        ? `the ${ordinal(i)} equality holds`
        : l.holds === false
          ? `the ${ordinal(i)} does not hold: ${l.reason}`
          : `the ${ordinal(i)} cannot be checked: ${l.reason}`,
    )
    .join('; ');
}
