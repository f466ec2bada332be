import type { Evaluator, Outcome } from '../evaluate/evaluate';
import { type Place, placeOf } from '../evaluate/place';
import type { Site } from '../evaluate/versions';
import type { Expression } from '../expression/expression';
import { depthWithin } from '../expression/walk';
import { expressionLatex, nameLatex } from '../format/expression-latex';
import type { Value } from '../values/value';
import type { SourceDocument } from './document';
import type { Definition } from './inspection';
import type { Located } from './locate';
import type { DefinitionOf } from './picture-subject';
import { realOf } from './real-numbers';

/** Most numbers that are compared to tell whether a name still has its value. */
const COMPARED = 1 << 16;

function sameNumbers(a: Value, b: Value): boolean {
  if (a === b) return true;
  const [x, y] = [realOf(a), realOf(b)];
  if (!x || !y || x.shape.join() !== y.shape.join() || x.data.length > COMPARED) return false;
  return Array.from(x.data).every((v, k) => Object.is(v, y.data[k]) || v === y.data[k]);
}

/** Reads names from a place on; `within` tells what an assignment comes to that only a running program tells. */
export const definitionIn =
  (evaluator: Evaluator, place: Place, within?: (e: Expression, site: Site) => Outcome | undefined): DefinitionOf =>
  ({ expression, result }, from = place) => {
    const version = expression.kind === 'name' ? evaluator.lookup(expression.name, from) : undefined;
    if (!version || !('source' in version) || version.source.kind !== 'expression' || version.source.path.length > 0)
      return undefined;
    const at = placeOf(version.site);
    const told = evaluator.evaluate(version.source.expression, at, true);
    const found = told.status === 'unknown' ? within?.(version.source.expression, version.site) : told;
    return found?.status === 'ok' && found.trace && sameNumbers(found.value, result)
      ? { trace: found.trace, place: at }
      : undefined;
  };

/** Deeper trees are not typeset nor explained. */
export const MAX_TYPESET_DEPTH = 60;

/** Longest text of an assignment that is shown beside what it assigns. */
const MAX_LINES = 8;
const MAX_LENGTH = 600;

/** The assignment of an expression that gives the name at `located` its value. */
export function assignmentOf(
  document: SourceDocument,
  evaluator: Evaluator,
  located: Located,
  place: Place,
): Definition | undefined {
  const { name } = located;
  if (name === undefined) return undefined;
  // A literal that has a name stands in the assignment itself.
  if (located.kind === 'literal' || located.kind === 'call')
    return written(document, located.site, name, located.expression);
  const version = located.kind === 'target' ? located.version : evaluator.lookup(name, place);
  if (!version || !('source' in version) || version.source.kind !== 'expression') return undefined;
  const { expression, path } = version.source;
  return written(document, version.site, name, path.length === 0 ? expression : undefined);
}

/** The text of an assignment, and typeset what it gives to the name, where that is all it does. */
function written(
  document: SourceDocument,
  { statement }: Site,
  name: string,
  expression: Expression | undefined,
): Definition | undefined {
  if (statement.kind !== 'assign') return undefined;
  const text = document.slice(statement.span).trim();
  const short = text.split('\n').slice(0, MAX_LINES).join('\n').slice(0, MAX_LENGTH);
  const typeset = expression && depthWithin(expression, MAX_TYPESET_DEPTH) <= MAX_TYPESET_DEPTH;
  return {
    span: statement.span,
    source: short.length < text.length ? `${short} …` : short,
    ...(typeset ? { latex: `${nameLatex(name)} = ${expressionLatex(expression)}` } : {}),
  };
}

/** The text of an expression, and of the assignment that gives a name its value from a place on. */
export const sourceBehind =
  (document: SourceDocument, evaluator: Evaluator, place: Place) =>
  (e: Expression): string => {
    const version = e.kind === 'name' ? evaluator.lookup(e.name, place) : undefined;
    const assigned = version && 'site' in version ? document.slice(version.site.statement.span) : '';
    return `${document.slice(e.span)}\n${assigned}`;
  };
