import { expect, test } from 'vitest';
import type { Expression } from '../../../src/core/expression/expression';
import type { Statement } from '../../../src/core/expression/program';
import { deparse } from '../../../src/core/languages/r/deparse';
import { parseR, r } from '../../../src/core/languages/r/index';
import { superAssignedIn } from '../../../src/core/languages/r/outer-names';
import { fromElements } from '../../../src/core/values/ndarray';

const expressions = (text: string): Expression[] =>
  parseR(text).flatMap(s => (s.kind === 'expression' ? [s.expression] : s.kind === 'assign' ? [s.value] : []));

const written = (text: string): string | undefined => deparse(expressions(text)[0]);

test('operators bind as in R', () => {
  expect(written('-2^2')).toBe('-2^2');
  const [power] = expressions('-2^2');
  expect(power.kind).toBe('unary');
  const [range] = expressions('-1:3');
  expect(range.kind).toBe('range');
  const [not] = expressions('!x %in% y');
  expect(not).toMatchObject({ kind: 'unary', operator: 'not', operand: { kind: 'call' } });
  expect(expressions('a <- b + c * d ^ e')[0]).toMatchObject({ operator: 'add', right: { operator: 'multiply' } });
  expect(expressions('2 * 1:3 %*% x')[0]).toMatchObject({ operator: 'multiply', right: { operator: 'matmul' } });
});

test('calls are written back with blanks of R’s own', () => {
  expect(written('f(x,y=2, ...)')).toBe('f(x, y = 2, ...)');
  expect(written('A%*%(b+1)')).toBe('A %*% (b + 1)');
  expect(written('x[ 1,,drop=FALSE ]')).toBe('x[1, , drop = FALSE]');
  expect(written('l$a[["b"]]')).toBe('l$a[["b"]]');
  expect(written('1e5L + 100000 + 0.1')).toBe('100000L + 1e+05 + 0.1');
  expect(written('c(1,-2, 3.50)')).toBe('c(1, -2, 3.5)');
});

test('plain numbers in c() are read at once', () => {
  const [e] = expressions('x <- c(1, 2.5,\n  -3) # note');
  expect(e).toMatchObject({ kind: 'dense', shape: [3] });
  expect(Array.from((e as Extract<Expression, { kind: 'dense' }>).data)).toEqual([1, 2.5, -3]);
  for (const text of ['c(a = 1)', 'c(1L, 2)', 'c(1, 2, )', 'c(1, (2, 3))', 'x$c(1, 2)'])
    expect(expressions(text)[0]?.kind).not.toBe('dense');
  expect(expressions('c <- function(...) 0\nc(1, 2)')[0].kind).toBe('call');
});

test('assignments of every kind', () => {
  const kinds = (text: string): unknown =>
    parseR(text).map(s => [s.kind, 'targets' in s ? s.targets.map(t => t.kind) : []]);
  expect(kinds('a <- b <- 3')).toEqual([['assign', ['name', 'name']]]);
  expect(kinds('3 -> x')).toEqual([['assign', ['name']]]);
  expect(kinds('x[2] <- 1; names(x)[1] = "a"')).toEqual([
    ['assign', ['other']],
    ['assign', ['other']],
  ]);
  expect(kinds('"my name" <- 2')).toEqual([['assign', ['name']]]);
  expect(parseR('(x <- 5)')[0]).toMatchObject({ kind: 'assign', silent: false });
  expect(parseR('x <- 5')[0]).toMatchObject({ kind: 'assign', silent: true });
  expect(parseR('f <- function(x, y = 2) x + y')[0]).toMatchObject({ kind: 'scope', name: 'f' });
  expect(parseR('assign("y", 2)')[0]).toMatchObject({ kind: 'assign', targets: [{ name: 'y' }] });
});

test('blocks, branches and loops', () => {
  const [loop, branch] = parseR('for (i in 1:3) {\n  x <- i\n}\nif (a) 1 else if (b) 2 else 3\n');
  expect(loop).toMatchObject({ kind: 'branching', form: 'for', bound: [{ name: 'i' }] });
  expect(branch).toMatchObject({ kind: 'branching', form: 'if' });
  expect((branch as Extract<Statement, { kind: 'branching' }>).bodies).toHaveLength(3);
  expect(parseR('repeat { break }')[0]).toMatchObject({ form: 'while', heads: [{ value: true }] });
  expect(parseR('x <- if (a) 1 else 2')[0]).toMatchObject({ value: { kind: 'conditional' } });
});

test('a line that does not parse costs that line', () => {
  const found = parseR('a <- 1\nb <- (2 +\nc1 <- 3\nd <- 4 4\ne1 <- 5');
  expect(
    found.map(s => (s.kind === 'assign' ? [s.value.kind, s.targets.map(t => 'name' in t && t.name)] : s.kind)),
  ).toEqual([
    ['number', ['a']],
    ['unreadable', ['b']],
    ['number', ['c1']],
    ['unreadable', ['d']],
    ['number', ['e1']],
  ]);
});

test('texts, raw texts and names in backticks', () => {
  const texts = expressions('"a\\tb"; \'it\\\'s\'; r"(C:\\x)"; `my var`; "\\u00e9"').map(e =>
    e.kind === 'string' ? e.value : e.kind === 'name' ? e.name : e.kind,
  );
  expect(texts).toEqual(['a\tb', "it's", 'C:\\x', 'my var', 'é']);
});

test('names that functions assign around them', () => {
  const outer = (text: string): readonly string[] => superAssignedIn(parseR(text)[0]);
  expect(outer('f <- function() n <<- n + 1')).toEqual(['n']);
  expect(outer('f <- function() {\n  i <- 0\n  function() i <<- i + 1\n}')).toEqual([]);
  expect(outer('sapply(1:3, function(k) total <<- total + k)')).toEqual(['total']);
});

test('arrays as literals go column by column', () => {
  expect(r.print(fromElements('float64', [2, 2], [1, 2, 3, 4]))).toBe('matrix(c(1, 3, 2, 4), nrow = 2)');
  expect(r.print(fromElements('int32', [3], [1, 2, 3]))).toBe('c(1L, 2L, 3L)');
  expect(r.print(fromElements('bool', [2], [true, false]))).toBe('c(TRUE, FALSE)');
  expect(r.print(fromElements('float64', [1, 2, 2], [1, 2, 3, 4]))).toBe('array(c(1, 3, 2, 4), dim = c(1, 2, 2))');
});
