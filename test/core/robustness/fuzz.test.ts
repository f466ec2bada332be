import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mutated, SEEDS, survive } from '../../support/fuzz';
import { random } from '../../support/random';

/** A few thousand mutated sources of every language: no exception, and an end. `npm run fuzz` runs a million. */
test.each(Object.keys(SEEDS))('%s', language => {
  const next = random(language.length * 101);
  const samples = SEEDS[language].map(seed =>
    seed.startsWith('samples/') ? readFileSync(new URL(`../../../${seed}`, import.meta.url), 'utf8') : seed,
  );
  for (let k = 0; k < 800; k++) {
    const text = mutated(samples, next);
    const problem = survive(text, language, next);
    expect(problem, `${JSON.stringify(text)}\n${problem}`).toBeUndefined();
  }
});
