/**
 * What a stage of the tests came to. `notes` are lines for the reader: where it ran, why something failed or was skipped.
 * @typedef {{ readonly passed: number, readonly failed: number, readonly skipped: number, readonly notes: readonly string[] }} Tally
 */

/** @param {readonly Tally[]} tallies @returns {Tally} */
export const sum = tallies => ({
  passed: tallies.reduce((n, tally) => n + tally.passed, 0),
  failed: tallies.reduce((n, tally) => n + tally.failed, 0),
  skipped: tallies.reduce((n, tally) => n + tally.skipped, 0),
  notes: tallies.flatMap(tally => tally.notes),
});

/** @param {Tally} tally */
export const counts = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;

/**
 * A stage that is one test, passed when the program ended well.
 * @param {{ readonly code: number, readonly output: string }} result
 * @returns {Tally}
 */
export const oneTest = ({ code, output }) =>
  code === 0
    ? { passed: 1, failed: 0, skipped: 0, notes: [] }
    : { passed: 0, failed: 1, skipped: 0, notes: [output.trim()] };

/** @param {string} reason @returns {Tally} */
export const skippedStage = reason => ({ passed: 0, failed: 0, skipped: 1, notes: [reason] });

/** @param {string} reason @returns {Tally} */
export const failedStage = reason => ({ passed: 0, failed: 1, skipped: 0, notes: [reason] });
