import { defineConfig } from 'vitest/config';

/** One file at a time: each drives a workbench, and a small machine bears one. */
export default defineConfig({
  test: {
    root: `${import.meta.dirname}/../..`,
    include: ['test/e2e/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 240_000,
    // A loaded machine takes its time to draw.
    expect: { poll: { timeout: 10_000 } },
  },
});
