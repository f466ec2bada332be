import { expect, test } from 'vitest';
import { evaluateSource, locate, readDocument } from '../../../src/core/index';

/** What the comparison with programs that people have published found; the expected texts are those of Python 3.11 and NumPy 1.24. */
const answers = (source: string): string[] =>
  evaluateSource(`import numpy as np\nimport math\n${source}`, 'python').map(a =>
    a.status === 'ok' ? (a.text ?? '') : `${a.status}: ${a.message}`,
  );

test('a tuple among subscripts is a sequence of indices, alone it is the subscripts', () => {
  const source = `b = np.arange(12).reshape(3, 4)
b[(0, 2), 1:3]
b[:, (-1, 2, -1)]
b[(-1, 2), (0, 1)]
b[..., (0, 1)]
b[(1, 2)]
b[((1, 2),)].shape
b[(1, 2),].shape
b[1,]
b[(True, False, True), :].shape
c = b.copy()
c[(0, 1), (0, 1)] = 100
c[(0, 2), 2:] += 1
c`;
  expect(answers(source)).toEqual([
    'array([[ 1,  2],\n       [ 9, 10]])',
    'array([[ 3,  2,  3],\n       [ 7,  6,  7],\n       [11, 10, 11]])',
    'array([8, 9])',
    'array([[0, 1],\n       [4, 5],\n       [8, 9]])',
    '6',
    '(2, 4)',
    '(2, 4)',
    'array([4, 5, 6, 7])',
    '(2, 4)',
    'array([[100,   1,   3,   4],\n       [  4, 100,   6,   7],\n       [  8,   9,  11,  12]])',
  ]);
});

test('a comma behind the only key of a dict makes a tuple of it', () => {
  expect(answers('d = {}\nd[1,] = 7\nd\nd[(1,)]\n[5][0,]')).toEqual([
    '{(1,): 7}',
    '7',
    'error: TypeError: list indices must be integers or slices, not tuple',
  ]);
});

test('what a document sets in a library is not the library’s', () => {
  const found = answers(
    'np.pi\nnp.pi = 3\nnp.pi\nnp.e\nmath.tau += 1\nmath.tau\nnp.linalg.norm = len\nnp.linalg.det([[2]])',
  );
  expect(found[1]).toBe('unknown: numpy.pi: set by this document');
  expect(found.slice(2)).toEqual(['2.718281828459045', 'unknown: math.tau: set by this document', '2.0']);
});

test('what a star import may bring is not undefined', () => {
  const found = answers(
    "from numpy import *\nfrompyfunc(len, 1, 1)\nlinspace(0, 1, 3)\nfrom sympy import *\nsymbols('x')",
  );
  expect(found).toEqual([
    'unknown: frompyfunc: may come from the star import of numpy',
    'array([0. , 0.5, 1. ])',
    'unknown: symbols: may come from the star import on line 6',
  ]);
  const pair = evaluateSource("from sympy import *\nx, y = symbols('x y')", 'python', { assignments: true });
  expect(pair[0]).toMatchObject({ status: 'unknown' });
});

test('what is changed through a masked array or an object of a library is not known', () => {
  const found = answers(`import pandas as pd
x = np.array([1, 2, 3])
m = np.ma.masked_array(x, mask=[0, 0, 1])
m[1] = 9
x
y = np.array([1, 2, 3])
s = pd.Series(y)
s[0] = 9
y`);
  expect(found.map(f => f.split(':')[0])).toEqual(['unknown', 'unknown']);
});

test('a case of a match sees the names of its own pattern, not what other cases assign', () => {
  const source = `k = 2
match k:
    case 1:
        y = 5
    case int(num) if num > 1:
        z = num
    case [first, *rest]:
        y = first
y`;
  const document = readDocument(source, 'python');
  const place = source.indexOf('num\n');
  const located = locate(document, 'python', place);
  expect(located).toMatchObject({ kind: 'name', name: 'num' });
  const found = evaluateSource(document, 'python', { assignments: true });
  expect(found.at(-1)).toMatchObject({
    status: 'unknown',
    message: expect.stringContaining('assigned under the match'),
  });
});

test.each([
  ['math.exp(18.241)', '83553691.90494217'],
  ['math.exp(6.789)', '888.0250925774716'],
  ['math.log(23.784)', '3.1690130856957963'],
  ['math.log(86.931)', '4.465114700533378'],
  ['math.log10(2.303)', '0.36229393796423115'],
  ['math.log10(42.299)', '1.6263301002446524'],
  ['math.sin(-13.389)', '-0.7329371228576061'],
  ['math.sin(38.699)', '0.8414105504724153'],
  ['math.cos(-46.804)', '-0.9492700763438716'],
  ['math.cos(18.192)', '0.7914883761817703'],
  ['math.cosh(4.692)', '54.54013617487284'],
  ['math.cosh(4.529)', '46.338320173497614'],
  ['15.62 ** 2.17', '389.30307499810084'],
  ['math.hypot(15.62, 2.17)', '15.77001268230308'],
  ['abs(15.62 + 2.17j)', '15.77001268230308'],
  ['math.pow(15.62, 2.17)', '389.30307499810084'],
  ['math.hypot(19.88, 0.8)', '19.89609006815158'],
  ['abs(19.88 + 0.8j)', '19.89609006815158'],
  ['1.5 ** -3.76', '0.2177192682289474'],
  ['math.pow(1.5, -3.76)', '0.2177192682289474'],
  ['(-8) ** (1 / 3)', '(1.0000000000000002+1.7320508075688772j)'],
  ['(1.5 - 2.25j) ** 3.7', '(-34.9179771671852+18.838161072446535j)'],
  ['math.hypot(1, 2, 3)', '3.7416573867739413'],
  ['math.exp(710)', 'error: OverflowError: math range error'],
  ['math.log10(0)', 'error: ValueError: math domain error'],
  ['math.pow(-2, 0.5)', 'error: ValueError: math domain error'],
  ['math.pow(2, 5000)', 'error: OverflowError: math range error'],
])('%s has the bits of the C library', (source, text) => {
  expect(answers(source)).toEqual([text]);
});
