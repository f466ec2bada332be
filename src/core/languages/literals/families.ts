/** How array literals are written in a family of languages, and what may hide brackets there. */
export interface Family {
  /** VS Code language ids. */
  readonly ids: readonly string[];
  /** The bracket that opens a literal. */
  readonly open: '[' | '{';
  /** What begins a comment that ends with its line, and the marks around longer ones. */
  readonly line: readonly string[];
  readonly block?: readonly [open: string, close: string];
  /** Marks around texts; a text in a mark of `multiline` goes over several lines. */
  readonly quotes: string;
  readonly multiline?: string;
  /** Whether regular expressions stand between strokes. */
  readonly patterns?: boolean;
  /** Letters that may stand behind a number and say its type. */
  readonly suffix?: RegExp;
  /** What stands before a power of ten, where that is no `e`. */
  readonly exponents?: string;
  /** Whether blanks separate entries and semicolons rows: `[1 2; 3 4]`. */
  readonly rows?: boolean;
}

const C_SUFFIX = /[fFdDlLuUmM]{1,3}/y;
const C_COMMENTS = { line: ['//'], block: ['/*', '*/'] } as const;

/**
 * Languages of which only array literals of plain numbers are read. Everything else in them (names, arithmetic: 1/3 is 0 in
 * many of them) is left alone.
 */
export const FAMILIES: readonly Family[] = [
  {
    ids: ['javascript', 'javascriptreact', 'typescript', 'typescriptreact', 'dart', 'swift', 'groovy'],
    open: '[',
    ...C_COMMENTS,
    quotes: '"\'`',
    multiline: '`',
    patterns: true,
  },
  { ids: ['json', 'jsonc', 'jsonl'], open: '[', ...C_COMMENTS, quotes: '"' },
  { ids: ['php'], open: '[', line: ['//', '#'], block: ['/*', '*/'], quotes: '"\'', multiline: '"\'' },
  {
    ids: ['rust'],
    open: '[',
    ...C_COMMENTS,
    quotes: '"',
    multiline: '"',
    suffix: /_?(?:f32|f64|[iu](?:8|16|32|64|128|size))/y,
  },
  { ids: ['ruby', 'yaml', 'toml', 'coffeescript'], open: '[', line: ['#'], quotes: '"\'' },
  { ids: ['julia'], open: '[', line: ['#'], block: ['#=', '=#'], quotes: '"', multiline: '"', rows: true },
  {
    ids: ['c', 'cpp', 'cuda-cpp', 'objective-c', 'objective-cpp', 'csharp', 'java', 'go', 'glsl', 'hlsl'],
    open: '{',
    ...C_COMMENTS,
    quotes: '"\'`',
    multiline: '`',
    suffix: C_SUFFIX,
  },
  { ids: ['lua'], open: '{', line: ['--'], block: ['--[[', ']]'], quotes: '"\'' },
  {
    ids: ['wolfram', 'mathematica'],
    open: '{',
    line: [],
    block: ['(*', '*)'],
    quotes: '"',
    multiline: '"',
    exponents: '*^',
  },
];
