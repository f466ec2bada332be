import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { evaluateSource } from '../../../src/core/index';

interface Program {
  readonly source: string;
  readonly results: readonly { readonly line: number; readonly text?: string; readonly error?: string }[];
}

const programs: readonly Program[] = JSON.parse(readFileSync(new URL('../../golden/r.json', import.meta.url), 'utf8'));

/** The words of an error without the call that R names. */
const said = (message: string): string => message.replace(/^Error(?: in .*?)? ?: \n? */s, '');

/** What can be told of R's results: at most this share of them is unknown. */
const UNKNOWN = 0.04;

test('R 4.2 prints the same, or ours is unknown', () => {
  let count = 0;
  let unknown = 0;
  for (const { source, results } of programs) {
    const answers = evaluateSource(source, 'r', { limits: 'small' });
    for (const { line, text, error } of results) {
      const found = answers.filter(a => a.line === line);
      count++;
      if (found.some(a => a.status === 'unknown') || (error !== undefined && found.length === 0)) {
        unknown++;
        continue;
      }
      const where = `${source
        .split('\n')
        .slice(0, line + 1)
        .join('\n')}\n`;
      const failed = found.find(a => a.status === 'error');
      if (error !== undefined) expect(said(failed?.message ?? ''), where).toBe(error);
      else
        expect(
          failed?.message ??
            found
              .flatMap(a => a.text || [])
              .join('\n')
              .replace(/\n+$/, ''),
          where,
        ).toBe(text);
    }
  }
  expect(count).toBeGreaterThan(750);
  expect(unknown / count).toBeLessThan(UNKNOWN);
});
