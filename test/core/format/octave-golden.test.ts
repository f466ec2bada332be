import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { evaluateSource } from '../../../src/core/index';

interface Case {
  readonly source: string;
  readonly text?: string;
  readonly error?: string;
}

const cases: readonly Case[] = JSON.parse(readFileSync(new URL('../../golden/octave.json', import.meta.url), 'utf8'));

/** What the prompt would show: a matrix ends with a blank line, printed text as it is. */
const shown = (text: string): string => (/^\S+ =\n/.test(text) ? `${text}\n\n` : `${text}\n`);

function answer(source: string): { readonly text: string; readonly error?: string; readonly unknown?: string } {
  const found = evaluateSource(source, 'octave');
  const stopped = found.find(f => f.status !== 'ok');
  const text = found
    .map(f => (f.status === 'ok' ? shown(f.text ?? '') : ''))
    .join('')
    .replace(/\n+$/, '');
  if (stopped)
    return stopped.status === 'error' ? { text, error: stopped.message } : { text, unknown: stopped.message };
  return { text };
}

test('sources print what Octave 7.3 prints', () => {
  const wrong: string[] = [];
  const unknown: string[] = [];
  for (const c of cases) {
    const got = answer(c.source);
    if (got.unknown !== undefined) unknown.push(`${c.source}: ${got.unknown}`);
    else if (
      got.error !== (c.error?.startsWith('parse error') ? 'parse error' : c.error) ||
      (c.text !== undefined && got.text !== c.text)
    ) {
      wrong.push(
        `${c.source}\n  Octave: ${JSON.stringify(c.error ?? c.text)}\n  here:   ${JSON.stringify(got.error ?? got.text)}`,
      );
    }
  }
  expect(wrong).toEqual([]);
  expect(unknown.length, unknown.join('\n')).toBeLessThanOrEqual(cases.length / 50);
});

test('whole programs print what Octave 7.3 prints', () => {
  const programs: readonly { readonly name: string; readonly text: string }[] = JSON.parse(
    readFileSync(new URL('../../golden/octave-programs.json', import.meta.url), 'utf8'),
  );
  // A line break at the end of what printf writes is not told from one of the prompt's.
  const joined = (text: string): string => text.replaceAll('\n', '');
  for (const { name, text } of programs) {
    const source = readFileSync(new URL(`../../golden/octave-programs/${name}.m`, import.meta.url), 'utf8');
    const found = evaluateSource(source, 'octave');
    const said = found.map(f => (f.status === 'ok' ? f.text : `<${f.status}: ${f.message}>`)).join('\n');
    expect(joined(said), name).toBe(joined(text));
  }
});
