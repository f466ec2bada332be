import type { DialectId } from '../expression/program';
import type { Span } from '../text/span';
import { scalar, type Value } from '../values/value';
import type { Context, Dialect } from './dialect';
import { Stop, unknown } from './stop';
import type { TargetPath } from './versions';

/** The item that one target of several receives, `a, b = items`; a starred target takes a list of what is left. */
export function unpackedItem(
  items: readonly Value[],
  { index, count, star }: TargetPath[number],
  dialect: DialectId,
  span: Span,
): Value {
  if (star !== undefined) {
    if (items.length < count - 1)
      throw new Stop(
        'error',
        `ValueError: not enough values to unpack (expected at least ${count - 1}, got ${items.length})`,
        span,
      );
    const left = items.length - (count - 1);
    if (index === star) return { kind: 'list', items: items.slice(star, star + left) };
    return items[index < star ? index : index + left - 1];
  }
  if (dialect === 'matlab') {
    if (index >= items.length) unknown('more results are asked for than are given', span);
  } else if (items.length !== count) {
    const message =
      items.length < count
        ? `not enough values to unpack (expected ${count}, got ${items.length})`
        : `too many values to unpack (expected ${count})`;
    throw new Stop('error', `ValueError: ${message}`, span);
  }
  return items[index];
}

/** What a value gives where it is unpacked. */
export function itemsOf(value: Value, dialect: Dialect, context: Context, span: Span): readonly Value[] {
  if (dialect.iterate) return dialect.iterate(value, context);
  if (value.kind === 'list' || value.kind === 'tuple') return value.items;
  if (value.kind === 'array' && value.array.shape.length > 0) {
    return Array.from({ length: value.array.shape[0] }, (_, i) =>
      dialect.index(value, [{ kind: 'at', value: scalar('int64', i, true) }], context),
    );
  }
  return unknown('unpacking of this value is not followed', span);
}
