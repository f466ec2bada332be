import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { evaluateSource } from '../../../src/core/index';

/** Mathematics as authors write it, with the right value, `ok` where a stated equality holds, or how it must end. */
const cases: readonly { readonly source: string; readonly expect: string }[] = JSON.parse(
  readFileSync(new URL('../../golden/latex-authors.json', import.meta.url), 'utf8'),
);

test('mathematics as authors write it', () => {
  const wrong = cases.flatMap(({ source, expect: wanted }) => {
    const found = evaluateSource(source, 'latex').at(-1);
    const text = (found?.text ?? '').replace(/\s+/g, '');
    const got = found?.status === 'ok' && wanted !== 'ok' ? text : (found?.status ?? 'silent');
    return got === wanted ? [] : [`${source}\n  wanted ${wanted}, got ${got} ${found?.message ?? ''}`];
  });
  expect(wrong).toEqual([]);
});
