import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { vscode: `${import.meta.dirname}/test/support/vscode-stub.ts` } },
  test: {
    include: [
      'test/core/**/*.test.ts',
      'test/cli/**/*.test.ts',
      'test/golden/**/*.test.ts',
      'test/webview/**/*.test.{ts,tsx}',
      'test/*.test.ts',
    ],
    globalSetup: 'scripts/kernels.mjs',
    testTimeout: 120_000,
  },
});
