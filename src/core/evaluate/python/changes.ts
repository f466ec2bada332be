import type { Value } from '../../values/value';
import { bind } from '../catalogue';
import type { CallArgument, Context } from '../dialect';
import { fail, unknown } from '../stop';
import { iterate } from './builtins';
import { needInteger } from './coerce';
import { assign } from './indexing';
import { compare, truth } from './operators';
import { sorted } from './sorting';

const SIGNATURES: Readonly<Record<string, string>> = {
  append: 'object, /',
  extend: 'iterable, /',
  insert: 'index, object, /',
  pop: 'index=-1, /',
  remove: 'value, /',
  clear: '',
  reverse: '',
  sort: '*, key=None, reverse=False',
  fill: 'value',
};

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');

/** The receiver after a method that changes it, `items.append(3)`; undefined where the method is none of these. */
export function change(
  receiver: Value,
  method: string,
  args: readonly CallArgument[],
  context: Context,
): Value | undefined {
  const bound = (signature: string): ReturnType<typeof bind> =>
    bind({ path: `builtins.${method}`, signature, evaluate: () => receiver }, args);
  if (receiver.kind === 'array') {
    if (method === 'fill') {
      const x = bound('value');
      return assign(receiver, [{ kind: 'at', value: { kind: 'ellipsis' } }], need(x.value), context);
    }
    if (method === 'sort') {
      const x = bound('axis=-1, kind=None, order=None');
      return { kind: 'array', array: sorted(receiver, x.axis, false) };
    }
    return undefined;
  }
  if (receiver.kind !== 'list' || receiver.lazy !== undefined || !(method in SIGNATURES)) return undefined;
  const x = bound(SIGNATURES[method]);
  const { items } = receiver;
  context.budget.spend(items.length);
  const list = (of: readonly Value[]): Value => ({ kind: 'list', items: of });
  switch (method) {
    case 'append':
      return list([...items, need(x.object)]);
    case 'extend':
      return list([...items, ...iterate(need(x.iterable), context)]);
    case 'insert': {
      const k = needInteger(need(x.index));
      const at = Math.min(Math.max(k < 0 ? k + items.length : k, 0), items.length);
      return list([...items.slice(0, at), need(x.object), ...items.slice(at)]);
    }
    case 'pop': {
      const k = x.index ? needInteger(x.index) : -1;
      if (items.length === 0) return fail('IndexError: pop from empty list');
      if (k < -items.length || k >= items.length) return fail('IndexError: pop index out of range');
      return list(items.filter((_, i) => i !== (k < 0 ? k + items.length : k)));
    }
    case 'remove': {
      const k = items.findIndex(v => truth(compare('equal', v, need(x.value), context)));
      if (k < 0) return fail('ValueError: list.remove(x): x not in list');
      return list(items.filter((_, i) => i !== k));
    }
    case 'clear':
      return list([]);
    case 'reverse':
      return list(items.toReversed());
    case 'sort':
      return context.call({ kind: 'function', path: 'builtins.sorted' }, [receiver]).kind === 'list' &&
        args.length === 0
        ? context.call({ kind: 'function', path: 'builtins.sorted' }, [receiver])
        : unknown('sorting by a key in place is not followed');
    default:
      return undefined;
  }
}
