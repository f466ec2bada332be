/** One line of the facts table. `detail` explains it in a sentence; `residual` is the relative residual that verifies it. */
export interface Fact {
  /** Short label: `shape`, `rank`, `determinant`, `condition number`, `eigenvalues`. */
  readonly label: string;
  readonly text: string;
  readonly latex?: string;
  readonly residual?: number;
  readonly detail?: string;
}
