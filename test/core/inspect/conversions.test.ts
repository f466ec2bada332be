import { describe, expect, it } from 'vitest';
import { conversionsOf } from '../../../src/core/inspect/conversions';
import { readDocument } from '../../../src/core/inspect/document';
import { inspect } from '../../../src/core/inspect/inspect';
import { arrayOf } from '../../../src/core/inspect/real-numbers';
import { complex } from '../../../src/core/values/complex';
import { fromElements, toFloat64 } from '../../../src/core/values/ndarray';
import { arrayValue, type Value } from '../../../src/core/values/value';

const forms = (value: Value): Readonly<Record<string, string>> =>
  Object.fromEntries(conversionsOf(value).map(c => [c.id, c.text]));

const real = (shape: readonly number[], ...numbers: readonly number[]): Value =>
  arrayValue(fromElements('float64', shape, numbers));

describe('a value in the forms of other languages', () => {
  it('is a literal of each', () => {
    expect(forms(real([2, 2], 1, -2.5, 3e-7, 4))).toEqual({
      numpy: 'np.array([[1.0, -2.5], [3e-7, 4.0]])',
      list: '[[1, -2.5], [3e-7, 4]]',
      matlab: '[1 -2.5; 3e-7 4]',
      r: 'matrix(c(1, 3e-7, -2.5, 4), nrow = 2)',
      latex: '\\begin{bmatrix} 1 & -2.5 \\\\ 3 \\times 10^{-7} & 4 \\end{bmatrix}',
      braces: '{{1, -2.5}, {3e-7, 4}}',
      julia: '[1 -2.5; 3e-7 4]',
      wolfram: '{{1, -2.5}, {3*^-7, 4}}',
      tabs: '1\t-2.5\n3e-7\t4',
    });
    expect(forms(real([3], 1, 2, 3))).toMatchObject({ list: '[1, 2, 3]', julia: '[1, 2, 3]', tabs: '1\t2\t3' });
  });

  it('is left out where a language has no such literal', () => {
    expect(Object.keys(forms(real([2, 1, 2], 1, 2, 3, 4)))).toEqual([
      'numpy',
      'list',
      'matlab',
      'r',
      'braces',
      'wolfram',
    ]);
    expect(Object.keys(forms(real([2], 1, Number.NaN)))).toEqual(['numpy', 'matlab', 'r', 'latex', 'tabs']);
    const z = arrayValue(fromElements('complex128', [1, 2], [complex(1, 2), complex(0, -1)]));
    expect(Object.keys(forms(z))).toEqual(['numpy', 'matlab', 'r', 'latex']);
    expect(forms(real([0, 2]))).toEqual({});
    expect(forms({ kind: 'string', value: 'x' })).toEqual({});
  });

  it.each([
    ['python', 'numpy', (text: string) => `import numpy as np\nx = ${text}`],
    ['python', 'list', (text: string) => `x = ${text}`],
    ['matlab', 'matlab', (text: string) => `x = ${text}`],
    ['r', 'r', (text: string) => `x <- ${text}`],
    ['latex', 'latex', (text: string) => `$${text}$`],
    ['javascript', 'list', (text: string) => `x = ${text}`],
    ['cpp', 'braces', (text: string) => `auto x = ${text};`],
    ['julia', 'julia', (text: string) => `x = ${text}`],
    ['wolfram', 'wolfram', (text: string) => `x = ${text}`],
  ])('%s reads its form %s', (languageId, id, within) => {
    const numbers = [1, -2.5, 3, 0.125, -6, 7];
    const text = forms(real([2, 3], ...numbers))[id];
    const source = within(text);
    const start = source.indexOf(text);
    const found = inspect(readDocument(source, languageId), { start, end: start + text.length });
    const array = found?.value && arrayOf(found.value);
    expect([array?.shape, array && Array.from(toFloat64(array))]).toEqual([[2, 3], numbers]);
  });
});
