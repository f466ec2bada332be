import type { Program } from '../expression/program';
import type { NDArray } from '../values/ndarray';

/** A language front end: text → Program, and arrays → source text. Add one to the list in `languages/index.ts`. */
export interface Language {
  /** VS Code language ids. */
  readonly ids: readonly string[];
  /** File name extensions with the dot, for the command line. */
  readonly extensions: readonly string[];
  /** Reads a whole document. Never throws; what is malformed becomes Unreadable expressions or Opaque statements. */
  parse(text: string): Program;
  /** A literal of the array in this language, `np.array([[1, 2], [3, 4]])` or `[1 2; 3 4]`. */
  print(array: NDArray): string;
}
