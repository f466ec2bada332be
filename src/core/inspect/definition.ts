import type { Evaluator } from '../evaluate/evaluate';
import { type Place, placeOf } from '../evaluate/place';
import type { Value } from '../values/value';
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

/** Reads names from a place on. */
export const definitionIn =
  (evaluator: Evaluator, place: Place): DefinitionOf =>
  ({ expression, result }, from = place) => {
    const version = expression.kind === 'name' ? evaluator.lookup(expression.name, from) : undefined;
    if (!version || !('source' in version) || version.source.kind !== 'expression' || version.source.path.length > 0)
      return undefined;
    const at = placeOf(version.site);
    const found = evaluator.evaluate(version.source.expression, at, true);
    return found.status === 'ok' && found.trace && sameNumbers(found.value, result)
      ? { trace: found.trace, place: at }
      : undefined;
  };
