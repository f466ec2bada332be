import { readFileSync } from 'node:fs';
import katex from 'katex';
import { describe, expect, test } from 'vitest';
import { valueLatex } from '../../../src/core/format/latex';
import { evaluateSource, inspect, readDocument, type Step } from '../../../src/core/index';
import type { Element } from '../../../src/core/values/dtype';
import { fromElements } from '../../../src/core/values/ndarray';
import { random } from '../../support/random';

/** Every LaTeX string that is produced is read by KaTeX in strict mode: the goldens' programs, and random values. */

const strict = (latex: string, what: string): void => {
  expect(() => katex.renderToString(latex, { strict: 'error', throwOnError: true, trust: false }), what).not.toThrow();
};

const formulasOf = (steps: readonly Step[]): string[] => steps.flatMap(s => [s.latex, ...formulasOf(s.children ?? [])]);

function check(text: string, language: string): number {
  const document = readDocument(text, language);
  let count = 0;
  for (const e of evaluateSource(document, language, { assignments: true })) {
    const found = inspect(document, language, e.span, { orStatement: true });
    const formulas = [
      e.latex,
      found?.latex,
      found?.sourceLatex,
      ...formulasOf(found?.steps ?? []),
      ...(found?.facts ?? []).map(f => f.latex),
    ];
    for (const formula of formulas) {
      if (formula === undefined) continue;
      strict(formula, `${e.source}\n${formula}`);
      count++;
    }
  }
  return count;
}

const programs = (name: string): string[] => {
  const golden = JSON.parse(readFileSync(new URL(`../../golden/${name}.json`, import.meta.url), 'utf8')) as readonly {
    readonly source: string;
  }[];
  return golden.map(g => g.source);
};

/** Every so manieth program: all of them are a matter of minutes. */
const each = (all: readonly string[], most: number): string[] => {
  const stride = Math.max(1, Math.ceil(all.length / most));
  return all.filter((_, k) => k % stride === 0);
};

describe('programs of the goldens', () => {
  test.each([
    ['numpy', 'python', 150],
    ['numpy-manual', 'python', 100],
    ['octave', 'matlab', 400],
  ])('%s', (name, language, most) => {
    let count = 0;
    for (const source of each(programs(name), most))
      count += check(language === 'python' ? `import numpy as np\n${source}` : source, language);
    expect(count).toBeGreaterThan(200);
  });
});

test('random values', () => {
  const next = random(5);
  const pick = <T>(of: readonly T[]): T => of[Math.floor(next() * of.length)];
  const real = (): number =>
    pick([
      0,
      -0,
      1,
      -1,
      Number.NaN,
      Infinity,
      -Infinity,
      1e300,
      5e-324,
      -1e22,
      1 / 3,
      next() * 10 ** (next() * 40 - 20),
    ]);
  const kinds: readonly (readonly ['float64' | 'complex128' | 'bool', () => Element])[] = [
    ['float64', real],
    ['complex128', () => ({ re: real(), im: real() })],
    ['bool', () => next() < 0.5],
  ];
  for (let k = 0; k < 300; k++) {
    const [dtype, element] = pick(kinds);
    const shape = Array.from({ length: Math.floor(next() * 5) }, () => pick([0, 1, 2, 3, 9, 14]));
    const size = shape.reduce((p, n) => p * n, 1);
    if (size > 5000) continue;
    const array = fromElements(dtype, shape, Array.from({ length: size }, element));
    const latex = valueLatex({ kind: 'array', array }, k % 2 === 0 ? {} : { maxRows: 12, maxColumns: 12 });
    strict(latex, latex);
  }
});

describe('forms', () => {
  const latex = (text: string, language: string) => evaluateSource(text, language).at(-1)?.latex;
  const source = (text: string) => inspect(text, 'matlab', { start: 0, end: text.length })?.sourceLatex;

  test('a print is about its last array', () => {
    expect(latex('import numpy as np\nprint("x:", np.array([1, 2]))', 'python')).toBe(
      '\\begin{bmatrix} 1 & 2 \\end{bmatrix}',
    );
  });

  test('words of MATLAB that call themselves have no parentheses in their name', () => {
    expect(source('NaN(2)')).toBe('\\operatorname{NaN}\\left(2\\right)');
    expect(source('pi() * 2')).toBe('\\pi \\cdot 2');
  });

  test('a large number is rounded visibly', () => {
    expect(latex('1.23456789e18 * 1', 'matlab')).toBe('1.23456789 \\times 10^{18}');
  });
});
