import type { Statement } from '../../expression/program';
import type { Span } from '../../text/span';

/** Lines of a notebook that begin with `%`, such as `%timeit f(x)`: most of them run code, which is not read. */

/** Those that run nothing of the program's, or what stands below them as it stands. */
const QUIET: ReadonlySet<string> = new Set(
  `%matplotlib %load_ext %reload_ext %autoreload %config %pip %conda %mamba %cd %pwd %ls %dir %env %set_env %who %whos %who_ls
   %history %precision %colors %alias %bookmark %%time %%capture %%html %%latex %%markdown %%javascript %%js %%svg %%bash %%sh
   %%writefile`.split(/\s+/),
);
const MAGIC = /^[ \t]*(%{1,2}[A-Za-z]\w*)[^\r\n]*/gm;

/** The statements of a program with those that its magic lines stand for, which may do anything. */
export function withMagics(text: string, statements: Statement[], regions: readonly Span[]): Statement[] {
  const lines: Span[] = [];
  for (const found of text.matchAll(MAGIC)) {
    const span = { start: found.index, end: found.index + found[0].length };
    const read = regions.some(r => r.start <= span.start && span.end <= r.end);
    const within = statements.some(s => s.span.start <= span.start && span.start < s.span.end);
    if (read && !within && !QUIET.has(found[1])) lines.push(span);
  }
  if (lines.length === 0) return statements;
  const magics = lines.map(
    (span): Statement => ({
      kind: 'opaque',
      dialect: 'python',
      binds: [],
      reason: 'a magic line runs code that is not read',
      expressions: [],
      span,
    }),
  );
  return [...statements, ...magics].sort((p, q) => p.span.start - q.span.start);
}
