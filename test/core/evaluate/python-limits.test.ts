import { describe, expect, test } from 'vitest';
import { evaluateSource } from '../../../src/core/index';

const last = (source: string, limits: 'small' | 'large' = 'large') => {
  const found = evaluateSource(`import numpy as np\nimport math\n${source}`, 'python', { limits });
  return found[found.length - 1];
};

test.each([
  'np.zeros((10**6, 10**6))',
  'np.arange(10**15)',
  'np.tile([1, 2], 10**12)',
  'np.pad([1], 10**11)',
  'np.outer(np.arange(10**4), np.arange(10**6))',
  'np.broadcast_to(1, (10**9, 10**9))',
  'np.mgrid[0:10**9, 0:10**9]',
  '[0] * 10**12',
  '"a" * 10**12',
  '10 ** 10 ** 10',
  '1 << 10**9',
  'math.factorial(10**9)',
  'np.bincount([10**12])',
  '[x for x in range(10**12)]',
  'np.fft.fft([1, 2], n=10**9)',
  'np.triu_indices(10**6)',
])('%s is too large and said to be so', source => {
  const answer = last(source, 'small');
  expect(answer.status).toBe('unknown');
  expect(answer.message).not.toBe('');
});

test.each([
  ['an endless loop', 'n = 0\nwhile True:\n    n += 1\nn'],
  ['a function without end', 'def f():\n    while True:\n        pass\nf()'],
  ['a loop over nothing', 'a = np.zeros(2)\nfor[a > 3] = 0\na'],
  ['endless recursion', 'def f(n):\n    return f(n + 1)\nf(0)'],
])('%s ends as unknown', (_, source) => {
  expect(last(source).status).toBe('unknown');
  expect(last(source).message).not.toContain('a fault');
});

test.each([
  'np.random.rand(3)',
  'np.random.default_rng().normal(size=3)',
  'np.load("x.npy")',
  'open("x.txt").read()',
  'input()',
  'np.empty(3)',
  'np.ma.array([1, 2])',
  'zip([1], [2])',
  'print(len)',
  'np',
])('%s cannot be known from the text', source => {
  const answer = last(source);
  expect(answer.status).toBe('unknown');
  expect(answer.message).not.toMatch(/undefined|\[object/);
});

/** What is read behind a change that another name can see must be right or unknown, never the value from before. */
test.each([
  ['a view', 'a = np.zeros(3)\nb = a[1:]\nb[0] = 1\na', 'array([0., 1., 0.])'],
  ['a loop over rows', 'a = np.zeros((2, 2))\nfor row in a:\n    row[0] = 1\na', 'array([[1., 0.],\n       [1., 0.]])'],
  ['a function that changes its argument', 'def f(x):\n    x[0] = 9\na = np.zeros(2)\nf(a)\na', 'array([9., 0.])'],
  [
    'a function that returns its argument',
    'def f(x):\n    return x\na = np.zeros(2)\nb = f(a)\nb[0] = 9\na',
    'array([9., 0.])',
  ],
  ['a function that changes an outer array', 'a = np.zeros(2)\ndef f():\n    a[0] = 9\nf()\na', 'array([9., 0.])'],
  ['a list in a list', 'a = [1]\nb = [a, a]\na.append(2)\nb', '[[1, 2], [1, 2]]'],
  ['a list through another name', 'a = [1]\nb = a\nb.append(2)\na', '[1, 2]'],
  ['out=', 'a = np.zeros(2)\nnp.add([1, 2], [3, 4], out=a)\na', 'array([4., 6.])'],
  ['out as the last positional argument', 'a = np.zeros(2)\nnp.add([1, 2], [3, 4], a)\na', 'array([4., 6.])'],
  ['a method of the array', 'a = np.array([2, 1])\na.sort()\na', 'array([1, 2])'],
  ['in-place addition through another name', 'a = np.zeros(2)\nb = a\nb += 1\na', 'array([1., 1.])'],
  ['a list repeated', 'a = [[0]] * 2\na[0].append(1)\na', '[[0, 1], [0, 1]]'],
  ['a block that may not run', 'import sys\na = 1\nif len(sys.argv) > 3:\n    a = 2\na', '1'],
  [
    'a name in a loop that changes a view',
    'a = np.zeros(3)\nfor i in range(2):\n    v = a[i:]\n    v[0] = 5\na',
    'array([5., 5., 0.])',
  ],
  ['einsum as a view', "a = np.zeros((2, 2))\nnp.einsum('ii->i', a)[:] = 1\na", 'array([[1., 0.],\n       [0., 1.]])'],
  ['diagonal filled', 'a = np.zeros((2, 2), int)\nnp.fill_diagonal(a, 3)\na', 'array([[3, 0],\n       [0, 3]])'],
  ['a default argument that is kept', 'def f(x, acc=[]):\n    acc.append(x)\n    return acc\nf(1)\nf(2)', '[1, 2]'],
  ['a name assigned later', 'k = 1\nf = lambda x: x + k\nk = 10\nf(1)', '11'],
])('%s', (_, source, right) => {
  const answer = last(source);
  if (answer.status === 'unknown') expect(answer.message).not.toBe('');
  else expect(answer.text).toBe(right);
});

test('print options change what follows, and only that', () => {
  const texts = evaluateSource(
    `import numpy as np
np.array([1.23456])
np.set_printoptions(precision=2)
np.array([1.23456])
with np.printoptions(precision=1):
    np.array([1.23456])
np.array([1.23456])
def later():
    np.set_printoptions(precision=5)
np.array([1.23456])`,
    'python',
  );
  const arrays = texts.filter(t => t.source.startsWith('np.array'));
  expect(arrays.slice(0, 4).map(t => t.text)).toEqual([
    'array([1.23456])',
    'array([1.23])',
    'array([1.2])',
    'array([1.23])',
  ]);
  expect(arrays[4].status).toBe('unknown');
});

describe('what grows without end is given up before it fills the memory', () => {
  test.each(['l *= 2', 'l = l + l', 'l.extend(l)', 'l[:0] = l'])('a list by %s', step => {
    const found = evaluateSource(`l = [1]\nfor i in range(40):\n    ${step}\nlen(l)`, 'python').at(-1);
    expect(found?.message).toMatch(/^l: a list of 1,048,576 items is too long to follow$/);
  });

  test('a text', () => {
    const found = evaluateSource("s = 'ab'\nfor i in range(40):\n    s = s + s\nlen(s)", 'python').at(-1);
    expect(found?.message).toMatch(/^s: a text of [\d,]+ characters is too long to follow$/);
  });
});

describe("the host's own thread gives up early what a worker follows", () => {
  test.each([
    ['a loop', 's = 0\nfor i in range(20000):\n    s = s + 2 * i\ns', '399980000'],
    ['a list that grows', 'l = []\nfor i in range(1500):\n    l.append((i, i))\nlen(l)', '1500'],
    [
      'a dict with pairs for keys',
      'd = {}\nfor i in range(40):\n    for j in range(40):\n        d[i, j] = i\nlen(d)',
      '1600',
    ],
    ['a comprehension', 'len([i for i in range(90000) if i % 2 == 0 and i % 3 == 0])', '15000'],
  ])('%s', (_, source, value) => {
    expect(last(source, 'small')).toMatchObject({ status: 'unknown', needsMore: true });
    expect(last(source).text).toBe(value);
  });

  test('all that a loop leaves needs more once one name of it does', () => {
    const found = evaluateSource(
      's = t = 0\nfor i in range(20000):\n    s = s + 2 * i\n    t = t + i\ns\nt\nt + 1\n1',
      'python',
      { limits: 'small' },
    );
    expect(found.map(e => e.needsMore)).toEqual([true, true, true, undefined]);
  });
});

/** Processors give the nan of an operation without a value a sign of their own, which nothing else shows. */
test.each([
  'np.signbit(np.log2([-1.0]))',
  'np.copysign(1, np.nan)',
  'np.arcsinh(np.inf * np.array([1j]))',
  'np.sqrt(complex(-np.inf, np.nan))',
])('%s depends on the sign of nan', source => {
  const answer = last(source);
  expect(answer.status).toBe('unknown');
  expect(answer.message).toContain('the sign of nan');
});
