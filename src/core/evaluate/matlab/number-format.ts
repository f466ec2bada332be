import type { Statement } from '../../expression/program';
import { LONG, type NumberStyle, SHORT } from '../../format/octave-numbers';
import type { Site } from '../versions';

/** A place from which numbers print in another way; a reason where it is not known how. */
export interface FormatChange {
  readonly order: number;
  readonly format: NumberStyle | ((line: number) => string);
  readonly statement: Statement;
}

/** The words of `format`, `format long`, `format('short')`; undefined for other statements. */
function formatWords(s: Statement): readonly string[] | undefined {
  if (s.kind === 'opaque') return s.command?.[0] === 'format' ? s.command.slice(1) : undefined;
  if (s.kind !== 'expression' || s.dialect !== 'matlab') return undefined;
  const e = s.expression;
  if (e.kind === 'name') return e.name === 'format' ? [] : undefined;
  if (e.kind !== 'call' || e.callee.kind !== 'name' || e.callee.name !== 'format') return undefined;
  return e.arguments.map(a => (a.value.kind === 'string' ? a.value.value : '?'));
}

/** The statements of a document that set the output format, in order. */
export function formatChanges(sites: readonly Site[]): readonly FormatChange[] {
  return sites.flatMap(({ statement, order, block }): FormatChange[] => {
    const words = formatWords(statement);
    if (!words) return [];
    const wanted = words.join(' ').toLowerCase();
    const certain = block.parent === undefined;
    if (certain && (wanted === '' || wanted === 'short')) return [{ order, format: SHORT, statement }];
    if (certain && wanted === 'long') return [{ order, format: LONG, statement }];
    return [{ order, format: line => `the output format set on line ${line} is not covered`, statement }];
  });
}
