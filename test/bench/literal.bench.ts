import { NumberReader } from '../../src/core/text/decimal';
import { scanNested } from '../../src/core/text/nested-scanner';
import { random } from '../support/random';
import { best, row } from './measure';

/** A list of numbers as `repr` writes them, or of small whole numbers. */
function literal(count: number, next: () => number, whole: boolean): string {
  const items = Array.from({ length: count }, () => String(whole ? Math.floor(1000 * next()) : next()));
  // A string that is put together from parts is not yet one piece of memory, as the text of an editor is.
  return JSON.parse(JSON.stringify(`[${items.join(', ')}]`));
}

/** Reading a literal into a Float64Array against JSON.parse of the same text, which makes a plain array. */
export default async () => {
  const next = random(1);
  const rows = [];
  for (const [what, whole] of [
    ['floats of 17 digits', false],
    ['whole numbers', true],
  ] as const) {
    for (const count of [1e5, 1e6]) {
      const text = literal(count, next, whole);
      rows.push(
        row(
          `${count.toLocaleString('en-US')} ${what}`,
          best(() => scanNested(new NumberReader(text), 0)),
          'JSON.parse',
          best(() => JSON.parse(text)),
        ),
      );
    }
  }
  return [{ title: 'reading a literal', rows }];
};
