/** What makes a vector or matrix of the plain numbers between its brackets, which may be nested as the shape is. */
export interface Constructor {
  /** From the first letter of a name to the opening bracket. */
  readonly pattern: RegExp;
  /** The shape as it is written, for so many numbers; none where the call means something else. */
  readonly shape: (groups: readonly (string | undefined)[], count: number) => readonly number[] | undefined;
  /** Whether numbers go column by column: what is written are the rows of the transpose. */
  readonly byColumns?: boolean;
}

/** `rows × columns` where the numbers are as many; `columns` are as many as rows unless said. */
const table = (rows: string | undefined, columns: string | undefined, count: number): readonly number[] | undefined => {
  const shape = [Number(rows), Number(columns ?? rows)];
  return shape[0] * shape[1] === count ? shape : undefined;
};

const vector = (size: string | undefined, count: number): readonly number[] | undefined =>
  Number(size) === count && count >= 2 ? [count] : undefined;

/** GLSL and glm: `mat2x3` has two columns of three. */
const SHADER: readonly Constructor[] = [
  {
    pattern: /d?mat([234])(?:x([234]))?(?:<\w+>)?\s*(?:\w+\s*)?(?:=\s*)?[({]/y,
    shape: ([columns, rows], count) => table(columns, rows, count),
    byColumns: true,
  },
  { pattern: /[diu]?vec([234])(?:<\w+>)?\s*(?:\w+\s*)?[({]/y, shape: ([size], count) => vector(size, count) },
];

/** HLSL: `float2x3` has two rows of three. */
const DIRECT: readonly Constructor[] = [
  {
    pattern: /(?:float|double|half|int)([1-4])x([1-4])\s*\(/y,
    shape: ([rows, columns], count) => table(rows, columns, count),
  },
  { pattern: /(?:float|double|half|int)([2-4])\s*\(/y, shape: ([size], count) => vector(size, count) },
];

/** Eigen's and OpenCV's small vectors, and OpenCV's small matrices. */
const CPP: readonly Constructor[] = [
  {
    pattern: /Matx([1-6])([1-6])[dfi]\s*(?:\w+\s*)?[({]/y,
    shape: ([rows, columns], count) => table(rows, columns, count),
  },
  { pattern: /(?:Row)?Vector([234])[dfi]\s*(?:\w+\s*)?[({]/y, shape: ([size], count) => vector(size, count) },
];

/** three.js: the arguments of `set` go row by row, though the matrix keeps columns. gl-matrix keeps and takes columns. */
const SCRIPT: readonly Constructor[] = [
  {
    pattern: /Matrix([34])\s*\((?:\s*\)\s*\.set\s*\()?/y,
    shape: ([side], count) => table(side, undefined, count),
  },
  { pattern: /Vector([234])\s*\(/y, shape: ([size], count) => vector(size, count) },
  {
    pattern: /mat([234])\.fromValues\s*\(/y,
    shape: ([side], count) => table(side, undefined, count),
    byColumns: true,
  },
  { pattern: /vec([234])\.fromValues\s*\(/y, shape: ([size], count) => vector(size, count) },
];

/** nalgebra goes row by row; glam takes columns as arrays, which are read as such. */
const RUST: readonly Constructor[] = [
  {
    pattern: /Matrix([1-6])(?:x([1-6]))?(?:::<\w+>)?::new\s*\(/y,
    shape: ([rows, columns], count) => table(rows, columns, count),
  },
  { pattern: /(?:Row)?Vector([2-6])(?:::<\w+>)?::new\s*\(/y, shape: ([size], count) => vector(size, count) },
  {
    pattern: /from_row_slice\s*\(\s*(\d+)\s*,\s*(\d+)\s*,\s*&\s*\[/y,
    shape: ([rows, columns], count) => table(rows, columns, count),
  },
  {
    pattern: /from_column_slice\s*\(\s*(\d+)\s*,\s*(\d+)\s*,\s*&\s*\[/y,
    shape: ([rows, columns], count) => table(columns, rows, count),
    byColumns: true,
  },
  { pattern: /D?Vec([234])A?::new\s*\(/y, shape: ([size], count) => vector(size, count) },
];

/** System.Numerics and Unity. */
const SHARP: readonly Constructor[] = [
  { pattern: /Vector([234])\s*\(/y, shape: ([size], count) => vector(size, count) },
  {
    pattern: /Matrix([34])x([24])\s*\(/y,
    shape: ([rows, columns], count) => table(rows, columns, count),
  },
];

/** gonum goes row by row. */
const GO: readonly Constructor[] = [
  {
    pattern: /NewDense\(\s*(\d+)\s*,\s*(\d+)\s*,\s*\[\]float64\s*\{/y,
    shape: ([rows, columns], count) => table(rows, columns, count),
  },
];

const BY_LANGUAGE: Readonly<Record<string, readonly Constructor[]>> = {
  glsl: SHADER,
  hlsl: DIRECT,
  cpp: [...SHADER, ...CPP],
  'cuda-cpp': [...SHADER, ...CPP],
  javascript: SCRIPT,
  javascriptreact: SCRIPT,
  typescript: SCRIPT,
  typescriptreact: SCRIPT,
  rust: RUST,
  go: GO,
  csharp: SHARP,
};

/** The constructors of matrices and vectors that the graphics and robotics libraries of a language have. */
export const constructorsOf = (languageId: string): readonly Constructor[] => BY_LANGUAGE[languageId] ?? [];
