import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { functionsTable } from '../../support/functions-table';

test('docs/functions.md is what `npm run docs` writes from the catalogues', () => {
  const committed = readFileSync(new URL('../../../docs/functions.md', import.meta.url), 'utf8');
  expect(committed === functionsTable(), 'run `npm run docs` and commit docs/functions.md').toBe(true);
});
