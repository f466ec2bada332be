import { type Atomic, isAtomic, toValue, vectorOf } from '../../values/r-vector';
import type { Value } from '../../values/value';
import { unknown } from '../stop';
import { reject } from './errors';
import { coerced, vec } from './vectors';

/** What `if` and `while` ask for. */
export function truth(value: Value): boolean {
  if (value.kind === 'none') reject('argument is of length zero');
  if (value.kind === 'function') reject('argument is not interpretable as logical');
  const v = vec(value);
  if (v.doubt !== undefined) unknown(v.doubt.reason);
  if (v.values.length === 0) reject('argument is of length zero');
  if (v.values.length > 1) reject('the condition has length > 1');
  if (!isAtomic(v)) return reject('argument is not interpretable as logical');
  const [x] = coerced(v, 'logical').values as (boolean | null)[];
  if (x === null)
    reject(
      v.type === 'character' ? 'argument is not interpretable as logical' : 'missing value where TRUE/FALSE needed',
    );
  return x === true;
}

/** `&&` and `||`: the second side is asked where the first does not tell. */
export function logical(operator: 'and' | 'or', left: Value, right: () => Value): Value {
  const sign = operator === 'and' ? '&&' : '||';
  const side = (value: Value, name: string): boolean | null => {
    const v: Atomic | undefined =
      value.kind === 'function' || value.kind === 'list' ? undefined : (vec(value) as Atomic);
    if (!v || v.type === 'character') return reject(`invalid '${name}' type in 'x ${sign} y'`);
    if (value.kind === 'none') return reject(`invalid '${name}' type in 'x ${sign} y'`);
    if (v.values.length > 1) unknown(`more than one truth value at ${sign}`);
    return (coerced(v, 'logical').values[0] ?? null) as boolean | null;
  };
  const first = side(left, 'x');
  const decides = operator === 'or';
  const whole = (x: boolean | null): Value => toValue(vectorOf('logical', [x]));
  if (first === decides) return whole(first);
  const second = side(right(), 'y');
  if (second === decides) return whole(decides);
  return whole(first === null || second === null ? null : !decides);
}
