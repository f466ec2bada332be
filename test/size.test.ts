import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageFile } from '../scripts/package.mjs';
import { ROOT } from './support/source-files';

const KB = 1024;

/** Sizes of what a production build left, as `npm test` makes one first. */
describe('size', () => {
  const bundle = path.join(ROOT, 'dist', 'extension.js');
  const built = existsSync(bundle) && !readFileSync(bundle, 'utf8').includes('//# sourceMappingURL');
  const packed = existsSync(packageFile());

  it('the start-up bundle is under 100 KB', context => {
    if (!built) context.skip('there is no production build: run `npm run package`');
    expect(statSync(bundle).size).toBeLessThan(100 * KB);
  });

  it('the start-up bundle leaves core out', context => {
    if (!built) context.skip('there is no production build: run `npm run package`');
    const { outputs } = JSON.parse(readFileSync(path.join(ROOT, 'dist', 'meta.json'), 'utf8'));
    const inputs = Object.keys(outputs['dist/extension.js'].inputs);
    expect(inputs.filter(file => file.startsWith('src/core/'))).toEqual([]);
  });

  it('the package is under 2 MB', context => {
    if (!packed) context.skip('there is no package: run `npm run package`');
    expect(statSync(packageFile()).size).toBeLessThan(2 * KB * KB);
  });
});
