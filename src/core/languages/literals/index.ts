import type { DenseLiteral } from '../../expression/expression';
import type { Statement } from '../../expression/program';
import { bracketed } from '../../values/bracketed';
import { elementAt, type NDArray, positions } from '../../values/ndarray';
import type { Language } from '../language';
import { FAMILIES, type Family } from './families';
import { nameOf } from './naming';
import { literalsIn } from './scan';

/** Each family of languages of which array literals are read, as mathematics: numbers without the types of the language. */
export const literals: readonly Language[] = FAMILIES.flatMap(family =>
  family.ids.map(
    (id): Language => ({
      ids: [id],
      extensions: [],
      parse: text => ({ statements: literalsIn(text, family, id).map(literal => statement(text, literal)) }),
      print: array => printed(array, family),
    }),
  ),
);

/** A literal, as what its name stands for where it has one. */
function statement(text: string, literal: DenseLiteral): Statement {
  const name = nameOf(text, literal.span);
  return name
    ? {
        kind: 'assign',
        dialect: 'latex',
        span: { start: Math.min(name.span.start, literal.span.start), end: literal.span.end },
        targets: [name],
        value: literal,
      }
    : { kind: 'expression', dialect: 'latex', span: literal.span, expression: literal };
}

/** `[[1, 2], [3, 4]]`, `{{1, 2}, {3, 4}}` or `[1 2; 3 4]`. */
function printed(array: NDArray, { open, rows, exponents }: Family): string {
  const close = open === '[' ? ']' : '}';
  const exponent = exponents ?? 'e';
  const items = Array.from(positions(array), p => String(elementAt(array, p)).replace('e', exponent));
  if (rows && array.shape.length === 2) {
    const columns = array.shape[1];
    const lines = Array.from({ length: array.shape[0] }, (_, i) => items.slice(i * columns, (i + 1) * columns));
    return `[${lines.map(line => line.join(' ')).join('; ')}]`;
  }
  return bracketed(array.shape, items, open, close);
}
