import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { Watch } from '../../../src/core/evaluate/watch';
import { type Inspection, type InspectOptions, inspect, readDocument, whatIf } from '../../../src/core/index';
import { ndarray } from '../../../src/core/values/ndarray';
import { arrayValue } from '../../../src/core/values/value';
import { readFromPanel } from '../../../src/protocol/read-from-panel';

/** What is meant at the n-th place where `at` stands. */
function found(text: string, at: string, n = 0, options: InspectOptions = {}): Inspection | undefined {
  const source = `import numpy as np\n${text}`;
  let start = -1;
  for (let k = 0; k <= n; k++) start = source.indexOf(at, start + 1);
  if (start < 0) throw new Error(`no “${at}”`);
  return inspect(source, 'python', { start, end: start + at.length }, options);
}

const told = (i: Inspection | undefined): string | undefined => i && [i.text ?? i.message, i.pass?.text].join(' | ');

const DESCENT = `w = np.array([4.0, 1.0])
for step in range(30):
    loss = w @ w
    w = w - 0.1 * w
def unused(v):
    return v @ v
def scaled(v, by=2):
    out = v * by
    return out
total = scaled(np.ones(2)) + scaled(np.arange(2.0), by=5)
`;

describe('the last time that code runs is shown', () => {
  test.each([
    ['an expression in a loop', 'w @ w', 0, '0.03771503098585841 | Pass 30 of 30'],
    ['a name that a loop assigns', 'loss', 0, '0.03771503098585841 | Pass 30 of 30'],
    ['a loop variable', 'step', 0, '29 | Pass 30 of 30'],
    ['an expression in a function', 'v * by', 0, 'array([0., 5.]) | Pass 2 of 2, called from line 11'],
    ['a name that a function assigns', 'out', 0, 'array([0., 5.]) | Pass 2 of 2, called from line 11'],
    ['a name that it reads', 'out', 1, 'array([0., 5.]) | Pass 2 of 2, called from line 11'],
    ['a parameter', 'v, by', 0, undefined],
    ['in a function that nothing calls', 'v @ v', 0, 'v: a parameter, known only when the code runs | '],
  ])('%s', (_, at, n, expected) => expect(told(found(DESCENT, at, n))).toBe(expected));

  test('a parameter and its default', () => {
    const at = DESCENT.indexOf('v, by=2') + 'import numpy as np\n'.length;
    const source = `import numpy as np\n${DESCENT}`;
    const one = (from: number, length: number): string | undefined =>
      told(inspect(source, 'python', { start: from, end: from + length }));
    expect(one(at, 1)).toBe('array([0., 1.]) | Pass 2 of 2, called from line 11');
    expect(one(at + 3, 2)).toBe('5 | Pass 2 of 2, called from line 11');
  });
});

describe('another time', () => {
  it('can be asked for', () => {
    expect(told(found(DESCENT, 'w @ w', 0, { pass: 1 }))).toBe('17.0 | Pass 1 of 30');
    expect(told(found(DESCENT, 'v * by', 0, { pass: 1 }))).toBe('array([2., 2.]) | Pass 1 of 2, called from line 11');
    expect(found(DESCENT, 'w @ w', 0, { pass: 1000 })?.pass?.number).toBe(30);
  });

  it('has values as they were then, also of what is changed in place', () => {
    const text = `A = np.zeros((2, 2))\nfor k in range(2):\n    A[k, k] = k + 1\n    A.sum()\n    B = A\n    A[0, 1] -= 5\n`;
    expect(told(found(text, 'A', 1, { pass: 1 }))).toContain('[[1., 0.]');
    const before = found(text, 'A\n', 0, { pass: 1 });
    expect(before?.text).toBe('array([[1., 0.],\n       [0., 0.]])');
    expect(found(text, 'A\n', 0)?.text).toBe('array([[ 1., -5.],\n       [ 0.,  2.]])');
  });

  it('is a message of the panel', () => {
    expect(readFromPanel({ type: 'pass', number: 3 })).toEqual({ type: 'pass', number: 3 });
    for (const number of [0, -1, 1.5, '2', undefined]) expect(readFromPanel({ type: 'pass', number })).toBeUndefined();
  });

  it('stays when numbers are tried', () => {
    const source = `import numpy as np\nx = np.array([1, 2])\nfor k in range(4):\n    y = x * 2\n    x = y\n`;
    const document = readDocument(source, 'python');
    const start = source.indexOf('x * 2');
    const literal = source.indexOf('[1, 2]');
    const changes = [{ span: { start: literal, end: literal + 6 }, shape: [2], values: [3, 2] }];
    const range = { start, end: start + 5 };
    expect(whatIf(document, range, changes, { pass: 2 })?.inspection.text).toBe('array([12,  8])');
    expect(whatIf(document, range, changes)?.inspection.text).toBe('array([48, 32])');
  });
});

describe('what happens in it', () => {
  it('an error is told where it arises', () => {
    const i = found('def f(a, b):\n    return a @ b\nf(np.eye(2), np.ones(3))\n', 'a @ b');
    expect(i?.status).toBe('error');
    expect(i?.message).toContain('matmul: Input operand 1 has a mismatch');
    expect(i?.pass?.text).toBe('Runs once, called from line 4');
  });

  it('a name has the steps of its assignment', () => {
    const text = 'def f(W, x):\n    z = W @ x\n    return z\nf(np.array([[1, 2], [3, 4]]), np.array([5, 6]))\n';
    expect(found(text, 'z', 0)?.steps.length).toBeGreaterThan(0);
    expect(found(text, 'z', 1)?.steps).toEqual(found(text, 'z', 0)?.steps);
  });

  it('methods, generators, recursion and inner functions are followed', () => {
    const text = `class Layer:
    def __init__(self, W):
        self.W = W
    def __call__(self, x):
        return self.W @ x
net = [Layer(np.eye(2) * k) for k in (2, 3)]
h = np.ones(2)
for layer in net:
    h = layer(h)
def powers(A):
    P = np.eye(2)
    while True:
        yield P
        P = P @ A
g = powers(np.array([[1, 1], [0, 1]]))
third = [next(g) for _ in range(3)][-1]
def halves(v):
    return v if v @ v < 1 else halves(v / 2)
halves(np.array([8.0, 0.0]))
`;
    expect(told(found(text, 'self.W @ x'))).toBe('array([6., 6.]) | Pass 2 of 2, called from line 9');
    expect(found(text, 'P @ A')?.pass).toMatchObject({ number: 2, count: 2 });
    expect(told(found(text, 'v / 2'))).toBe('array([0.5, 0. ]) | Pass 4 of 4, called from line 20');
  });

  it('where the program cannot be followed further that is said', () => {
    const text =
      'def f(v):\n    return v * 2\nf(np.ones(2))\nx = unheard_of.load()\nwith open(x) as file:\n    f(file)\nf(3)\n';
    expect(told(found(text, 'v * 2'))).toBe(
      'array([2., 2.]) | Runs once, called from line 4, as far as the program is followed',
    );
  });

  it('too long a program asks for the larger budget', () => {
    const text = 'A = np.eye(60)\nfor k in range(3000):\n    A = A @ A\n';
    expect(found(text, 'A @ A')).toMatchObject({ needsMore: true });
    expect(found(text, 'A @ A', 0, { limits: 'large' })?.pass).toMatchObject({ number: 3000, count: 3000 });
  });
});

describe('in comprehensions and lambdas', () => {
  const text = `A = np.array([[1, 2], [3, 4]])
row = 7
norms = [row @ row for row in A if row[0] > 0]
double = lambda v: v * 2
y = double(A[0]) + double(A[1])
w = max(A, key=lambda unused: unused.sum())
`;
  const one = (at: string, skip: number, options: InspectOptions = {}): Inspection | undefined => {
    const source = `import numpy as np\n${text}`;
    const start = source.indexOf(at) + skip;
    return inspect(source, 'python', { start, end: start }, options);
  };

  test.each([
    ['the element', 'row @ row', 4, '25 | Pass 2 of 2'],
    ['its own name, not the one around it', 'row @ row', 0, 'array([3, 4]) | Pass 2 of 2'],
    ['a condition', 'row[0] >', 6, '3 | Pass 2 of 2'],
    ['the body of a lambda', 'v * 2', 2, 'array([6, 8]) | Pass 2 of 2, called from line 6'],
    ['the brackets mean the whole', '[row @', 0, '[5, 25] | '],
  ])('%s', (_, at, skip, expected) => expect(told(one(at, skip))).toBe(expected));

  it('changes nothing outside', () => {
    const i = one('row @ row', 0);
    expect(i?.editable).toEqual([]);
    expect(i?.definition).toBeUndefined();
    expect(told(found(text, 'row @ row', 0, { pass: 1 }))).toBe('5 | Pass 1 of 2');
  });
});

describe('in MATLAB', () => {
  const source = `A = [4 1; 1 3];
x = [0; 0];
for k = 1:10
  r = [1; 2] - A * x;
  x = x + diag(diag(A)) \\ r;
end
z = scaled([1 2], 3);
w = scaled(z, 2)
y = unheard_of(3);
v = scaled(5, 2);
function y = scaled(v, s)
  t = v * s;
  [m, n] = size(t);
  y = t + 1;
end
`;
  // Octave 7.3 says x = [0.090909; 0.636361] behind the loop, and w = [9 15].
  test.each([
    ['x + diag(diag(A)) \\ r', 'ans =\n\n   0.090909\n   0.636361 | Pass 10 of 10'],
    ['k', 'k = 10 | Pass 10 of 10'],
    ['v * s', 'ans = 10 | Pass 3 of 3, called from line 10'],
    ['v, s', undefined],
    ['n] = size', undefined],
  ])('%s', (at, expected) => {
    const start = source.indexOf(at);
    expect(told(inspect(source, 'matlab', { start, end: start + at.length }))).toBe(expected);
  });

  test('parameters, targets and another time', () => {
    const one = (at: string, skip: number, pass?: number): string | undefined => {
      const start = source.indexOf(at) + skip;
      return told(inspect(source, 'matlab', { start, end: start }, { pass }));
    };
    expect(one('v, s)', 0, 2)).toBe('v =\n\n   4   7 | Pass 2 of 3, called from line 8');
    expect(one('n] = size', 0, 1)).toBe('n = 2 | Pass 1 of 3, called from line 7');
    expect(one('r = [1', 0, 1)).toBe('r =\n\n   1\n   2 | Pass 1 of 10');
  });
});

describe('pictures of the passes', () => {
  it('numbers come first, as they go on', () => {
    const [first] = found(DESCENT, 'w @ w')?.pictures ?? [];
    expect(first).toMatchObject({ kind: 'passes', number: 30, count: 30, stride: 1, width: 1 });
    expect(first.kind === 'passes' && Array.from(first.values.subarray(0, 2))).toEqual(
      [17, 17 * 0.9 * 0.9].map(x => expect.closeTo(x, 12)),
    );
  });

  it('two numbers are a path; what never changes and large arrays are none', () => {
    expect(found(DESCENT, 'w - 0.1 * w')?.pictures[0]).toMatchObject({ kind: 'passes', width: 2 });
    const text = 'for k in range(9):\n    a = np.ones(2) * (k // 99)\n    b = np.eye(2) * k\n';
    for (const at of ['np.ones(2) * (k // 99)', 'np.eye(2) * k'])
      expect(found(text, at)?.pictures.map(p => p.kind)).not.toContain('passes');
  });

  it('large arrays of all passes are not kept, nor what follows one', () => {
    const watch = new Watch({ kind: 'expression', expression: { kind: 'none', span: { start: 0, end: 1 } } });
    const see = (n: number): void =>
      watch.see({ status: 'ok', value: arrayValue(ndarray('float64', [n], new Float64Array(n))), printed: '' });
    for (const n of [2, 2, 1000, 2]) see(n);
    expect([watch.count, watch.kept.length]).toEqual([4, 2]);
  });

  it('of very many passes every so many are kept', () => {
    const i = found('t = 0.5\nfor k in range(3000):\n    t = t * 0.999\n', 't * 0.999', 0, { limits: 'large' });
    const picture = i?.pictures[0];
    if (picture?.kind !== 'passes') throw new Error('no picture of passes');
    expect(picture).toMatchObject({ stride: 8, count: 3000 });
    expect(picture.values).toHaveLength(375);
    picture.values.forEach((x, k) => {
      expect(x).toBeCloseTo(0.5 * 0.999 ** (8 * k + 1), 12);
    });
  });
});

describe('what the text alone tells in a loop holds in every pass', () => {
  test.each([
    [
      'rows that an inner loop changes',
      'm = np.ones((2, 2))\nfor k in range(2):\n    for row in m:\n        row += 1\n    m.sum()\n',
      'm.sum()',
      '12.0',
    ],
    [
      'a generator under another name',
      'g = np.random.default_rng(7)\nfor k in range(3):\n    h = g\n    h.random()\n',
      'h.random()',
      '0.7756856902451935',
    ],
    [
      'what a function does to its argument',
      'def f(p):\n    p[p > 3] = 0\n    p += 2\nm = np.array([1, 9])\nfor k in range(2):\n    f(m)\n    m.sum()\n',
      'm.sum()',
      '9',
    ],
  ])('%s', (_, text, at, expected) => expect(found(text, at)?.text).toBe(expected));
});

interface Golden {
  readonly source: string;
  readonly answers: readonly { start: number; end: number; pass?: number; count: number; text: string }[];
}

it('random programs come by as often, and with the same values, as in Python', () => {
  const programs: Golden[] = JSON.parse(readFileSync(new URL('../../golden/passes.json', import.meta.url), 'utf8'));
  let [same, all] = [0, 0];
  for (const { source, answers } of programs) {
    const document = readDocument(source, 'python');
    for (const { start, end, pass, count, text } of answers) {
      const i = inspect(document, 'python', { start, end }, { limits: 'large', pass });
      if (!i || i.span.start !== start || i.span.end !== end || i.status === 'unknown') continue;
      all++;
      expect(i.text ?? i.message, source.slice(start, end)).toBe(text);
      if (!i.pass) continue;
      same++;
      expect(i.pass.count).toBe(count);
    }
  }
  expect(same).toBeGreaterThan(140);
  expect(all).toBeGreaterThan(230);
});
