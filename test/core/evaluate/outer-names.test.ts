import { describe, expect, test } from 'vitest';
import { evaluateSource, inspect, locate } from '../../../src/core/index';

const answers = (source: string): string[] =>
  evaluateSource(source, 'python').map(a => (a.status === 'ok' ? (a.text ?? '') : `${a.status}: ${a.message}`));

/** What is said of the place marked by `|` in a source. */
function at(marked: string): string {
  const offset = marked.indexOf('|');
  const source = marked.replace('|', '');
  const found = locate(source, 'python', offset);
  const inspection = found && inspect(source, 'python', found.span);
  return inspection ? `${inspection.status}: ${inspection.message ?? inspection.text}` : 'nothing';
}

describe('a library', () => {
  test('is not changed by functions that share their name with changing methods', () => {
    expect(
      answers('import numpy as np\ndef f(a):\n    np.put(a, 0, 1)\n    return np.sort(a)\nnp.ones(2)\nnp.sort([3, 1])'),
    ).toEqual(['array([1., 1.])', 'array([1, 3])']);
  });

  test('is what functions see, also when they write into a part of it', () => {
    const source = (body: string): string => `import os\ndef f(key):\n${body}\n`;
    expect(at(source('    if key:\n        |os.environ.pop(key)'))).toBe('unknown: os: from os, which is not read');
    expect(at(source('    os.environ[key] = 1\n    |os.getcwd()'))).toBe('unknown: os: from os, which is not read');
  });

  test('may be one of two', () => {
    expect(
      answers('try:\n    import cupy as xp\nexcept ImportError:\n    import numpy as xp\nxp.ones(2)')[0],
    ).toContain('assigned under the try on line 1');
  });
});

describe('names of a function', () => {
  test('that a branch assigns may not be there', () => {
    expect(at('def f(x):\n    if x:\n        z = 1\n    return |z + 1')).toContain('known only when the code runs');
    expect(at('def f(x):\n    y = |z + 1\n    z = 2')).toBe('unknown: z: no assignment above is sure to reach here');
  });

  test('may come from a star import of the file', () => {
    expect(at('from helpers import *\ndef f(x):\n    return |scale * 2')).toBe(
      'unknown: scale: may come from the star import on line 1',
    );
  });

  test("of arrays are changed by the array's own methods", () => {
    const source = 'import numpy as np\na = np.array([3, 1])\ndef f():\n    a.sort()\na\nf()\na';
    expect(answers(source)).toEqual(['array([3, 1])', 'None', 'array([1, 3])']);
  });
});

describe('an argument', () => {
  const source = (call: string): string =>
    `import numpy as np\nfrom shop import Model\na = np.array([1, 2])\n${call}\na`;

  test.each([
    'm = Model()\nm.fit(a)',
    'Model().fit(a)',
    'rng = np.random.default_rng()\nrng.shuffle(a)',
    'a.__setitem__(0, 9)',
  ])('may be changed by a method of who knows what: %s', call =>
    expect(answers(source(call)).at(-1)).toMatch(/^unknown: /),
  );

  test.each(['np.eye(2).dot(a)', 'm = np.linalg.inv(np.eye(2))\nm.dot(a)', '[1, 2].index(a[0])'])(
    'is only read by arrays and lists: %s',
    call => expect(answers(source(call)).at(-1)).toBe('array([1, 2])'),
  );
});

test('compress is the method whose function names the array second', () => {
  expect(answers('import numpy as np\na = np.array([[1, 2], [3, 4]])\na.compress([0, 1], axis=0)')).toEqual([
    'array([[3, 4]])',
  ]);
});

test('ragged lists are refused as numbers only', () => {
  expect(answers('import numpy as np\nnp.array([(1,), (2, 1)], dtype=object)\nEOFError')).toEqual([
    expect.stringMatching(/^unknown: /),
    'unknown: EOFError is not covered yet',
  ]);
});

test('a function that a loop calls sees what the loop has made of the names around it', () => {
  expect(
    answers(
      'a = []\nw = 1\ndef size(): return len(a)\ndef twice(): return 2 * w\nout = []\n' +
        'for i in range(3):\n    a.append(i)\n    w = w + i\n    out.append((size(), twice()))\nout',
    ).at(-1),
  ).toBe('[(1, 2), (2, 4), (3, 8)]');
});

describe('a change from inside a function is seen through every name', () => {
  test('another name of the same object', () => {
    expect(answers("d = {'a': 1}\ne = d\ndef f():\n    d['a'] = 2\nf()\ne").at(-1)).toBe("{'a': 2}");
  });

  test('a name that it is bound to later', () => {
    expect(answers('a = [1]\nb = [2]\ndef f():\n    b[0] = 9\nb = a\nf()\na').at(-1)).toBe('[9]');
  });

  test('and is not known where the program is not followed so far', () => {
    const before = 'from shop import train\nd = [1]\ne = d\ndef f():\n    d[0] = 2\n';
    expect(answers(`${before}train(f)\ne`).at(-1)).toBe(
      'unknown: e: changed from inside f (line 4), known only when the code runs',
    );
  });
});
