import { describe, expect, test } from 'vitest';
import { Budget } from '../../../src/core/evaluate/budget';
import { evaluateSource, inspect, locate, readDocument } from '../../../src/core/index';

/** Assignments to items of arrays in running code. The expected values are NumPy's. */
const answers = (source: string): string[] =>
  evaluateSource(`import numpy as np\n${source}`, 'python').map(a =>
    a.status === 'ok' ? (a.text ?? '') : `${a.status}: ${a.message}`,
  );

describe('who sees an assignment to an item', () => {
  test('aliases and views do, copies and results do not', () => {
    const source = `a = np.zeros(6)
b = a
c = a[1:4]
d = a.copy()
L = [a, a[::2]]
for i in range(6):
    a[i] = i
    c[0] = c[0] + 10
    L[1][1] += 5
b
c, d
L[1]
d is a, b is a`;
    expect(answers(source)).toEqual([
      'array([ 0., 51., 22.,  3.,  4.,  5.])',
      '(array([51., 22.,  3.]), array([0., 0., 0., 0., 0., 0.]))',
      'array([ 0., 22.,  4.])',
      '(False, True)',
    ]);
  });

  test('results taken between two assignments keep their numbers', () => {
    const source = `def f():
    q = np.zeros(3)
    kept = []
    for i in range(3):
        q[i] = i + 1
        kept.append(q.copy())
        kept.append(q + 0)
        kept.append(q[1:])
    return kept
f()[:4]
f()[8]`;
    expect(answers(source)).toEqual([
      '[array([1., 0., 0.]), array([1., 0., 0.]), array([2., 3.]), array([1., 2., 0.])]',
      'array([2., 3.])',
    ]);
  });

  test('a grid of one axis is a copy', () => {
    expect(answers('x = np.arange(3)\ny, = np.meshgrid(x)\nfor i in range(3):\n    x[i] = 7\ny')).toEqual([
      'array([0, 1, 2])',
    ]);
  });

  test('the code around a function sees it, a version above does not', () => {
    const source = `x = np.ones(5)
def f(v, n):
    for i in range(n):
        v[i] = i
    return v
x
y = f(x, 3)
x, y is x
for i in range(2):
    x[i] = 7
x, y`;
    expect(answers(source)).toEqual([
      'array([1., 1., 1., 1., 1.])',
      '(array([0., 1., 2., 1., 1.]), True)',
      '(array([7., 7., 2., 1., 1.]), array([7., 7., 2., 1., 1.]))',
    ]);
  });

  test('a loop over the array reads the numbers as they are in their turn', () => {
    expect(answers('x = np.arange(4)\ns = 0\nfor v in x:\n    x[3] = 100\n    s += v\ns')).toEqual(['103']);
    expect(answers('x = np.eye(2)\nfor row in x:\n    row[0] = 5\n    x[1, 1] = 3\nx')).toEqual([
      'array([[5., 0.],\n       [5., 3.]])',
    ]);
  });
});

describe('a loop over what it changes', () => {
  test.each([
    ['enumerate(x)', 'x = np.arange(4)', 'for i, v in enumerate(x):\n    x[(i + 1) % 4] += v', 'array([6, 1, 3, 6])'],
    ['a list', 'x = [1, 2, 3]', 'for i, v in enumerate(x, 1):\n    x[i % 3] += v', '[7, 3, 6]'],
    ['zip', 'x = np.arange(3)', 'for a, b in zip([1, 2, 3], x):\n    x[2] = a + b', 'array([0, 1, 6])'],
    ['flat', 'x = np.eye(2)', 'for v in x.flat:\n    x[1, 1] += v', 'array([[1., 0.],\n       [0., 4.]])'],
    ['rows', 'x = np.arange(4).reshape(2, 2)', 'for row in x:\n    x[1] += row', 'array([[0, 1],\n       [4, 8]])'],
  ])('%s', (_, first, loop, expected) => {
    expect(answers(`${first}\n${loop}\nx`)).toEqual([expected]);
  });

  test('a list that grows meanwhile', () => {
    for (const [turn, item] of [1, 2].entries())
      expect(answers(`x = [1, 2]\nfor i, v in enumerate(x):\n    if i == ${turn}:\n        x.append(v)\nx`)[0]).toBe(
        `[1, 2, ${item}]`,
      );
  });
});

describe('what is assigned', () => {
  test('parts of the array itself are read as they were', () => {
    const source = `def f():
    z = np.arange(6)
    for i in range(3):
        z[1:] = z[:-1]
    z[::-1] = z
    z[:] = z[[5, 4, 3, 2, 1, 0]]
    return z
f()`;
    expect(answers(source)).toEqual(['array([0, 0, 0, 0, 1, 2])']);
  });

  test.each([
    ['int64', '2.7', 'array([2, 2, 2])'],
    ['int64', '2**62', 'array([4611686018427387904, 4611686018427387904, 4611686018427387904])'],
    ['float32', '1 / 3', 'array([0.33333334, 0.33333334, 0.33333334], dtype=float32)'],
    ['bool', 'i', 'array([False,  True,  True])'],
    ['complex', '1j * i', 'array([0.+0.j, 0.+1.j, 0.+2.j])'],
  ])('takes the type of the array: %s from %s', (dtype, value, expected) => {
    expect(
      answers(
        `def f():\n    q = np.zeros(3, dtype='${dtype}')\n    for i in range(3):\n        q[i] = ${value}\n    return q\nf()`,
      ),
    ).toEqual([expected]);
  });

  test('an index out of bounds ends the loop, with what was assigned so far', () => {
    expect(
      answers(
        'q = np.zeros(2)\ntry:\n    for i in range(9):\n        q[i] = i + 1\nexcept IndexError:\n    q[0] = -1\nq',
      ),
    ).toEqual(['array([-1.,  2.])']);
  });

  test('the real part is a view, which sees what is assigned later', () => {
    const source = `def f():
    q = np.zeros(3, dtype=complex)
    re = q.real
    for i in range(3):
        q[i] = i
    return re
f()`;
    expect(answers(source)).toEqual(['array([0., 1., 2.])']);
  });
});

describe('an item of a dict', () => {
  test('is found by the value of its key', () => {
    const source = `d = {1: 'a', 'x': 0}
d[True] = 'b'
d[1.0] = 'c'
d['1'] = 'd'
d[2**70] = 'e'
d[(1, 2)] = 'f'
d[(1.0, 2)] = 'g'
d
d[np.float64(1)], d[2**70], d.get(0)
d[[1]] = 0
d`;
    expect(answers(source)).toEqual([
      "{1: 'c', 'x': 0, '1': 'd', 1180591620717411303424: 'e', (1, 2): 'g'}",
      "('c', 'e', None)",
      "error: TypeError: unhashable type: 'list'",
    ]);
  });

  test('is one of as many as a loop puts in', () => {
    expect(answers('d = {}\nfor i in range(900):\n    d[i % 600] = i\nlen(d), d[10], d[599]')).toEqual([
      '(600, 610, 599)',
    ]);
  });
});

describe('what it costs', () => {
  test('only the first assignment copies the array: a thousand fit the small budget', () => {
    const source = 'import numpy as np\nx = np.zeros(100_000)\nfor i in range(1000):\n    x[i] += i\nx[999]';
    const document = readDocument(source, 'python');
    const span = locate(document, 'python', source.length - 1)?.span;
    expect(span && inspect(document, 'python', span)?.text).toBe('999.0');
  });

  test('a time limit is kept by the clock of the caller', () => {
    let seconds = 0;
    const budget = new Budget({ operations: 1e9, elements: 1, time: { seconds: 2, now: () => seconds } });
    budget.spend(200_000);
    seconds = 3;
    budget.spend(10);
    expect(() => budget.spend(200_000)).toThrow(expect.objectContaining({ message: 'not finished in 2 s' }));
    const document = readDocument('x = 0\nfor i in range(9000):\n    x += 1\nx\n1', 'python', undefined, {
      seconds: 10,
      now: () => seconds++,
    });
    expect(evaluateSource(document, 'python').map(e => e.message ?? e.text)).toEqual(['x: not finished in 10 s', '1']);
  });
});

test('several subscripts of a dict are one key', () => {
  const source = `table = {(1, 2): 3}
table[1, 2]
table[4, 5] = 6
for i in range(2):
    table[i, 0] = i
    table[4, 5] += 1
table
del table[0, 0], table[1, 2]
table
table[:, 1]`;
  expect(answers(source)).toEqual([
    '3',
    '{(1, 2): 3, (4, 5): 8, (0, 0): 0, (1, 0): 1}',
    '{(4, 5): 8, (1, 0): 1}',
    "error: TypeError: unhashable type: 'slice'",
  ]);
});
