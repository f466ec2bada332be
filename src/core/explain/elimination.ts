import { type Elimination, nullSpace, type RowStep } from '../exact/elimination';
import { isZero, type Rational } from '../exact/rational';
import { isReadable, isZeroRow } from '../exact/rational-matrix';
import { columnLatex, exactLatex, operationLatex, operationSentence } from './exact-notation';
import type { Step } from './step';

/** More row operations than these are told column by column. */
const MAX_FLAT = 4;

/** Every row operation with the matrix that it leaves, pivots framed. Many operations are grouped by their pivot. */
export function rowSteps(found: Elimination, bar?: number): Step[] {
  const single = ({ operation, after, pivots }: RowStep): Step => ({
    sentence: operationSentence(operation),
    latex: `${operationLatex(operation)}: \\quad ${exactLatex(after, bar, pivots)}`,
  });
  if (found.steps.length <= MAX_FLAT) return found.steps.map(single);
  const groups = found.pivots
    .map((_, k) => found.steps.filter(s => s.pivots.length === k + 1))
    .filter(g => g.length > 0);
  return groups.map(group => {
    if (group.length === 1) return single(group[0]);
    const { after, pivots } = group[group.length - 1];
    const operations = group.map(s => operationLatex(s.operation)).join(', \\; ');
    return {
      sentence: `Column ${pivots[pivots.length - 1] + 1}, with the pivot in row ${pivots.length}: ${group.length} row operations.`,
      latex: `${operations}: \\quad ${exactLatex(after, bar, pivots)}`,
      children: group.map(single),
    };
  });
}

export const isWorkable = (e: Elimination): boolean => e.steps.every(s => isReadable(s.after));

const numbered = (columns: readonly number[]): string =>
  columns
    .map(j => String(j + 1))
    .join(', ')
    .replace(/, (\d+)$/, ' and $1');

const unknowns = (columns: readonly number[]): string => columns.map(j => `x_{${j + 1}}`).join(', ');

/** The row of a reduced [A | b] that reads 0 = something else; undefined when there is none. */
export function impossibleRow(found: Elimination, columns: number): number | undefined {
  const row = found.result.findIndex((r, i) => i >= found.pivots.length && !isZeroRow(r.slice(columns)));
  return row < 0 ? undefined : row;
}

export const freeColumns = (found: Elimination, columns: number): number[] =>
  Array.from({ length: columns }, (_, j) => j).filter(j => !found.pivots.includes(j));

/** What the reduced form of [A | b] says of the solutions of A x = b: none, one, or a family with free unknowns. */
export function readingSteps(found: Elimination, columns: number): Step[] {
  const impossible = impossibleRow(found, columns);
  if (impossible !== undefined) {
    const right = found.result[impossible].slice(columns).find(x => !isZero(x)) as Rational;
    return [
      {
        sentence: `Row ${impossible + 1} reads 0 = something that is not 0: no x satisfies it, the system is inconsistent.`,
        latex: `${Array.from({ length: columns }, (_, j) => `0 x_{${j + 1}}`).join(' + ')} = ${exactLatex([[right]])
          .replace(/\\(begin|end)\{bmatrix\}/g, '')
          .trim()}`,
      },
    ];
  }
  const free = freeColumns(found, columns);
  const width = found.result[0].length - columns;
  if (free.length === 0 || width !== 1) return [];
  const particular = Array.from({ length: columns }, (_, j) => {
    const row = found.pivots.indexOf(j);
    return row < 0 ? found.result[0][0].sub(found.result[0][0]) : found.result[row][columns];
  });
  const directions = nullSpace(found.result.map(r => r.slice(0, columns)));
  const family = free.map((j, k) => `x_{${j + 1}} ${columnLatex(directions[k])}`).join(' + ');
  const many = free.length > 1;
  return [
    {
      sentence: `Column${many ? 's' : ''} ${numbered(free)} ${many ? 'have' : 'has'} no pivot: ${many ? 'these unknowns are' : 'this unknown is'} free, and every choice gives a solution.`,
      latex: `${unknowns(free)} \\text{ free}: \\quad x = ${particular.every(isZero) ? '' : `${columnLatex(particular)} + `}${family}`,
    },
  ];
}
