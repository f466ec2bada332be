import { expect, test } from 'vitest';
import { evaluateSource } from '../../../src/core/index';

const last = (text: string, language = 'r'): string => {
  const found = evaluateSource(text, language, { limits: 'small' });
  const { status, text: shown, message } = found[found.length - 1];
  return status === 'ok' ? (shown ?? '') : `${status}: ${message}`;
};

test('what cannot be known says why', () => {
  expect(last('x <- rnorm(3)\nx')).toMatch(/^unknown: rnorm: not covered yet/);
  expect(last('library(MASS)\nginv(diag(2))')).toBe('unknown: ginv: it may come from what is loaded on line 1');
  expect(last('ginv(diag(2))')).toBe('error: Error in ginv(diag(2)) : could not find function "ginv"');
  expect(last('options(digits = 3)\npi')).toBe('unknown: options are set on line 1, on which what is printed depends');
  expect(last('options(warn = 1)\npi')).toBe('[1] 3.141593');
  expect(last('iris')).toMatch(/^unknown: iris: data that come with R/);
  expect(last('lm(y ~ x)')).toMatch(/^unknown: lm: not covered yet/);
  expect(last('matrix(0, 1e5, 1e5)')).toMatch(/^unknown: an array of/);
  expect(last('x <- 1\nsource("other.R")\nx')).toMatch(/^unknown: x: may be changed by source on line 2/);
});

test('a closure that counts is not guessed', () => {
  const counter = 'make <- function() {\n  i <- 0\n  function() {\n    i <<- i + 1\n    i\n  }\n}\ntick <- make()\n';
  expect(last(`${counter}tick()`)).toMatch(/^unknown: i: what a function keeps/);
});

test('functions are found behind data of their name', () => {
  expect(last('c <- 3\nc(c, 1)')).toBe('[1] 3 1');
  expect(last('t <- 2\nt(matrix(1:2, 1))')).toBe('     [,1]\n[1,]    1\n[2,]    2');
  expect(last('sum <- function(...) "mine"\nsum(1, 2)')).toBe('[1] "mine"');
});

test('functions see names as they are when they are called', () => {
  expect(last('a <- 1\nf <- function() a\na <- 2\nf()')).toBe('[1] 2');
});

test('blocks of R Markdown go on from one another', () => {
  const text = '# Notes\n\n```{r}\nA <- matrix(c(2, 0, 0, 3), 2)\n```\n\nText.\n\n```{r, echo=FALSE}\ndet(A)\n```\n';
  expect(last(text, 'markdown')).toBe('[1] 6');
});

test('endless loops and calls end', () => {
  expect(last('while (TRUE) x <- 1\nx')).toMatch(/^unknown/);
  expect(last('f <- function(n) f(n + 1)\nf(1)')).toMatch(/^unknown: functions call each other too often/);
});

test('long vectors are counted with and not printed', () => {
  const source = 'x <- 1:1011111\nx[x %% 2 == 0] <- NA\nmean(x, na.rm = TRUE)\nx';
  const told = evaluateSource(source, 'r').map(e => e.text ?? e.message);
  expect(told).toEqual(['[1] 505556', 'R leaves out what goes beyond so many entries']);
});
