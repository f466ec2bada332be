import { toValue, type Vector, vectorOf, widest } from '../../values/r-vector';
import type { Value } from '../../values/value';
import { unknown } from '../stop';
import { elementsAs } from './construction';
import { reject } from './errors';
import { type Arguments, define, type RContext, type RFunction } from './library';
import { joint } from './uncertainty';
import { number, vec } from './vectors';

type Names = readonly (string | null)[] | undefined;

interface Piece {
  readonly v: Vector;
  /** The name that the argument gives a vector. */
  readonly name: string;
}

/** `cbind` and `rbind`: matrices side by side or one upon the other; vectors are columns or rows, gone through again. */
function bound(args: Arguments, context: RContext, byColumns: boolean): Value {
  const deparse = args.get('deparse.level');
  const level = deparse ? number(deparse, 'deparse.level') : 1;
  if (level > 1) unknown('rows and columns that are named by expressions are not followed');
  const pieces = args.dots.flatMap((d): readonly Piece[] => {
    if (d.value.kind === 'none') return [];
    if (d.value.kind === 'function') return reject("cannot create a matrix from type 'closure'");
    const v = vec(d.value);
    if (v.others?.some(([n]) => n === 'class')) return unknown('objects with classes are not bound here');
    const symbol = level === 1 ? d.symbol : undefined;
    return [{ v, name: d.name || symbol || '' }];
  });
  if (pieces.length === 0) return { kind: 'none' };
  if (pieces.some(p => p.v.dim && p.v.dim.length > 2)) return unknown('arrays are not bound here');
  const isMatrix = (v: Vector): boolean => v.dim?.length === 2;
  const along = byColumns ? 0 : 1;
  const across = 1 - along;
  const matrices = pieces.filter(p => isMatrix(p.v));
  const lengths = matrices.map(p => p.v.dim?.[along] ?? 0);
  if (lengths.some(n => n !== lengths[0]))
    reject(
      `number of ${byColumns ? 'rows' : 'columns'} of matrices must match (see arg ${1 + pieces.findIndex(p => isMatrix(p.v) && p.v.dim?.[along] !== lengths[0])})`,
    );
  const length = matrices.length > 0 ? lengths[0] : Math.max(...pieces.map(p => p.v.values.length));
  const type = widest(pieces.map(p => p.v.type));
  const used = pieces.filter(p => isMatrix(p.v) || p.v.values.length > 0 || length === 0);
  const widths = used.map(p => (isMatrix(p.v) ? (p.v.dim?.[across] ?? 0) : 1));
  const total = widths.reduce((n, m) => n + m, 0);
  context.budget.claim(length * total);
  const out = new Array<Vector['values'][number]>(length * total);
  let from = 0;
  used.forEach((p, q) => {
    const values = elementsAs(p.v, type);
    for (let j = 0; j < widths[q]; j++)
      for (let i = 0; i < length; i++) {
        const k = isMatrix(p.v) ? (byColumns ? i + j * length : j + i * widths[q]) : i % values.length;
        out[byColumns ? i + (from + j) * length : from + j + i * total] = values[k];
      }
    from += widths[q];
  });
  const names = acrossNames(used, widths, across);
  const own: Names =
    matrices.find(p => p.v.dimnames?.[along])?.v.dimnames?.[along] ??
    (matrices.length === 0
      ? used.find(p => p.v.names && p.v.values.length === length)?.v.names
      : used.find(p => !isMatrix(p.v) && p.v.names && p.v.values.length === length)?.v.names);
  const dim = byColumns ? [length, total] : [total, length];
  const dimnames = own || names ? { dimnames: byColumns ? [own, names] : [names, own] } : {};
  const { doubt } = joint(pieces.map(p => p.v.doubt));
  return toValue(vectorOf(type, out, { dim, ...dimnames, ...(doubt === undefined ? {} : { doubt }) }));
}

function acrossNames(used: readonly Piece[], widths: readonly number[], across: number): Names {
  const any = used.some(p => (p.v.dim ? p.v.dimnames?.[across] : p.name !== ''));
  if (!any) return undefined;
  return used.flatMap((p, q) => {
    if (!p.v.dim) return [p.name];
    const own = p.v.dimnames?.[across];
    return own ? [...own] : new Array<string>(widths[q]).fill('');
  });
}

export const BINDING: readonly RFunction[] = [
  define('cbind', '..., deparse.level = 1', (args, context) => bound(args, context, true)),
  define('rbind', '..., deparse.level = 1', (args, context) => bound(args, context, false)),
];
